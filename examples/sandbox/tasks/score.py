"""Work a formula out for each answer. Whoever wrote the formula can do what this script can do.

---
inputs:
  survey: {type: csv, description: One answer a line}
  formula: {type: txt, description: Python expression over the columns}
outputs:
  -o: {type: json, description: Score by name}
---
"""

import argparse
import csv
import json
from pathlib import Path

parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("survey", type=Path)
parser.add_argument("formula", type=Path)
parser.add_argument("-o", type=Path, required=True)
args = parser.parse_args()

formula = args.formula.read_text(encoding="utf-8").strip()
with args.survey.open(encoding="utf-8", newline="") as file:
    rows = list(csv.DictReader(file))
scores = {row["name"]: eval(formula, {name: int(row[name]) for name in row if name != "name"}) for row in rows}
args.o.write_text(json.dumps(scores, indent=2) + "\n", encoding="utf-8")
print(f"{len(scores)} scores")
