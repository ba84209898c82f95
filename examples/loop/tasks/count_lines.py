"""Count the lines of a text.

---
inputs:
  text: {type: txt, description: Any text}
outputs:
  -o: {type: txt, description: The count}
---
"""

import argparse
from pathlib import Path

parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("text", type=Path)
parser.add_argument("-o", type=Path, required=True)
args = parser.parse_args()

count = len(args.text.read_text(encoding="utf-8").splitlines())
args.o.write_text(f"{count}\n", encoding="utf-8")
print(f"{args.text.name}: {count} lines")
