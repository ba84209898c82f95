"""Keep the most frequent words.

---
inputs:
  counts: {type: csv, description: "Word and count, most frequent first"}
outputs:
  -o: {type: json, description: Word to count}
args:
  --top: {type: int, default: 3, description: How many words to keep}
---
"""

import argparse
import csv
import json
from pathlib import Path

parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("counts", type=Path)
parser.add_argument("-o", type=Path, required=True)
parser.add_argument("--top", type=int, default=3)
args = parser.parse_args()

with args.counts.open(newline="", encoding="utf-8") as file:
    rows = list(csv.DictReader(file))[: args.top]
top = {row["word"]: int(row["count"]) for row in rows}
args.o.write_text(json.dumps(top, indent=2) + "\n", encoding="utf-8")
print(", ".join(f"{word} {count}" for word, count in top.items()))
