"""Turn a log of visits into a table.

---
inputs:
  log: {type: txt, description: "Day, time and page of one visit a line"}
outputs:
  -o: {type: csv, description: "Columns day, time, page"}
---
"""

import argparse
import csv
from pathlib import Path

parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("log", type=Path)
parser.add_argument("-o", type=Path, required=True)
args = parser.parse_args()

visits = [line.split() for line in args.log.read_text(encoding="utf-8").splitlines()]
with args.o.open("w", newline="", encoding="utf-8") as file:
    csv.writer(file, lineterminator="\n").writerows([["day", "time", "page"], *visits])
print(f"{len(visits)} visits")
