"""Count how often each word occurs.

---
inputs:
  words: {type: txt, description: One word a line}
outputs:
  -o: {type: csv, description: "Word and count, most frequent first"}
---
"""

import argparse
import csv
from collections import Counter
from pathlib import Path

parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("words", type=Path)
parser.add_argument("-o", type=Path, required=True)
args = parser.parse_args()

counts = Counter(args.words.read_text(encoding="utf-8").split())
with args.o.open("w", newline="", encoding="utf-8") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["word", "count"])
    writer.writerows(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
print(f"{len(counts)} different words")
