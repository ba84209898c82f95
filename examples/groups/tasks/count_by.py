"""Count the rows of a table by one of its columns.

---
inputs:
  visits: {type: csv, description: Any table}
outputs:
  -o: {type: csv, description: Value and count}
args:
  --column: {type: str, required: true, description: Column to count by}
---
"""

import argparse
import csv
from collections import Counter
from pathlib import Path

parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("visits", type=Path)
parser.add_argument("-o", type=Path, required=True)
parser.add_argument("--column", required=True)
args = parser.parse_args()

with args.visits.open(newline="", encoding="utf-8") as file:
    counts = Counter(row[args.column] for row in csv.DictReader(file))
with args.o.open("w", newline="", encoding="utf-8") as file:
    csv.writer(file, lineterminator="\n").writerows([[args.column, "visits"], *sorted(counts.items())])
print(f"{len(counts)} values of {args.column}")
