"""Improve a line by gradient descent.

---
inputs:
  points: {type: csv, description: Columns x and y}
outputs:
  -o: {type: json, description: Slope and start of the line}
args:
  --lr: {type: float, required: true, description: Length of a step}
  --epochs: {type: int, default: 20, description: Number of steps}
  --resume: {type: str, description: A line to start from instead of zero}
---
"""

import argparse
import csv
import json
from pathlib import Path
from statistics import mean

parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("points", type=Path)
parser.add_argument("-o", type=Path, required=True)
parser.add_argument("--lr", type=float, required=True)
parser.add_argument("--epochs", type=int, default=20)
parser.add_argument("--resume", type=Path)
args = parser.parse_args()

with args.points.open(newline="", encoding="utf-8") as file:
    points = [(float(row["x"]), float(row["y"])) for row in csv.DictReader(file)]
model = json.loads(args.resume.read_text(encoding="utf-8")) if args.resume else {"slope": 0.0, "start": 0.0}
slope, start = model["slope"], model["start"]
for _ in range(args.epochs):
    errors = [slope * x + start - y for x, y in points]
    slope -= args.lr * 2 * mean(error * x for error, (x, _) in zip(errors, points))
    start -= args.lr * 2 * mean(errors)
args.o.write_text(json.dumps({"slope": slope, "start": start}) + "\n", encoding="utf-8")
print(f"y = {slope:.4f} x + {start:.4f}")
