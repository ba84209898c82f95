"""Put all letters into one text.

---
inputs:
  inbox: {type: data_folder, description: Letters}
outputs:
  -o: {type: txt, description: One line a letter}
---
"""

import argparse
from pathlib import Path

parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("inbox", type=Path)
parser.add_argument("-o", type=Path, required=True)
args = parser.parse_args()

letters = [path.read_text(encoding="utf-8").split("\n", 1) for path in sorted(args.inbox.glob("*.txt"))]
lines = [f"{head.removeprefix('From: ')}: {body.strip()}\n" for head, body in letters]
args.o.write_text("".join(lines), encoding="utf-8")
print(f"{len(lines)} letters")
