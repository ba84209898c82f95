"""Split a text into lower-case words, one a line.

---
inputs:
  text: {type: txt, description: Any text}
outputs:
  -o: {type: txt, description: One word a line}
---
"""

import argparse
import re
from pathlib import Path

parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("text", type=Path)
parser.add_argument("-o", type=Path, required=True)
args = parser.parse_args()

words = re.findall(r"[a-z']+", args.text.read_text(encoding="utf-8").lower())
args.o.write_text("\n".join(words) + "\n", encoding="utf-8")
print(f"{len(words)} words")
