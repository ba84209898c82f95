"""Ask for more letters.

---
inputs:
  inbox: {type: data_folder, description: Letters}
outputs:
  -o: {type: txt, description: A reminder}
---
"""

import argparse
from pathlib import Path

parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("inbox", type=Path)
parser.add_argument("-o", type=Path, required=True)
args = parser.parse_args()

count = len(list(args.inbox.glob("*.txt")))
args.o.write_text(f"Only {count} letters so far. Please write!\n", encoding="utf-8")
print(f"only {count} letters")
