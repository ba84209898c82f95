"""Mean squared distance of points from a line.

---
inputs:
  points: {type: csv, description: Columns x and y}
  model: {type: json, description: Slope and start of the line}
outputs:
  -o: {type: json, description: The loss}
---
"""

import argparse
import csv
import json
from pathlib import Path
from statistics import mean

parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("points", type=Path)
parser.add_argument("model", type=Path)
parser.add_argument("-o", type=Path, required=True)
args = parser.parse_args()

model = json.loads(args.model.read_text(encoding="utf-8"))
with args.points.open(newline="", encoding="utf-8") as file:
    rows = list(csv.DictReader(file))
loss = mean((model["slope"] * float(row["x"]) + model["start"] - float(row["y"])) ** 2 for row in rows)
args.o.write_text(json.dumps({"loss": loss}) + "\n", encoding="utf-8")
print(f"loss {loss:.5f}")
