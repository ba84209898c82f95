"""Say it louder.

---
inputs:
  text: {type: txt, description: Any text}
outputs:
  -o: {type: txt, description: The same in capitals}
---
"""

import argparse
from pathlib import Path

parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("text", type=Path)
parser.add_argument("-o", type=Path, required=True)
args = parser.parse_args()

args.o.write_text(args.text.read_text(encoding="utf-8").upper(), encoding="utf-8")
print(args.o.read_text(encoding="utf-8"), end="")
