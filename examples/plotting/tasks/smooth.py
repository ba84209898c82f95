"""Smooth a signal by the mean of its neighbours.

---
inputs:
  signal: {type: csv, description: Time and value}
outputs:
  -o: {type: csv, description: "Time and value, smoothed"}
args:
  --window: {type: int, default: 9, description: "Points that are averaged, odd"}
---
"""

import argparse
import csv
from pathlib import Path
from statistics import mean

parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("signal", type=Path)
parser.add_argument("-o", type=Path, required=True)
parser.add_argument("--window", type=int, default=9)
args = parser.parse_args()

with args.signal.open(newline="", encoding="utf-8") as file:
    rows = [(row["time"], float(row["value"])) for row in csv.DictReader(file)]
half = args.window // 2
lines = []
for i, (time, _) in enumerate(rows):
    near = [value for _, value in rows[max(0, i - half) : i + half + 1]]
    lines.append(f"{time},{mean(near):.4f}\n")
args.o.write_text("time,value\n" + "".join(lines), encoding="utf-8")
print(f"{len(lines)} points, each the mean of up to {args.window}")
