"""Break a text into short lines, to be read in a terminal.

---
inputs:
  article: {type: txt, description: Any text}
outputs:
  -o: {type: txt, description: The same in short lines}
args:
  --width: {type: int, default: 60, description: Longest line}
---
"""

import argparse
import textwrap
from pathlib import Path

parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("article", type=Path)
parser.add_argument("-o", type=Path, required=True)
parser.add_argument("--width", type=int, default=60)
args = parser.parse_args()

paragraphs = args.article.read_text(encoding="utf-8").split("\n\n")
preview = "\n\n".join(textwrap.fill(paragraph, args.width) for paragraph in paragraphs)
args.o.write_text(preview + "\n", encoding="utf-8")
print(preview)
