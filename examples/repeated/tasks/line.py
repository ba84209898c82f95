"""Say the line in words.

---
inputs:
  model: {type: json, description: Slope and start of the line}
  score: {type: json, description: The loss}
outputs:
  -o: {type: txt, description: A sentence}
---
"""

import argparse
import json
from pathlib import Path

parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("model", type=Path)
parser.add_argument("score", type=Path)
parser.add_argument("-o", type=Path, required=True)
args = parser.parse_args()

model, score = (json.loads(path.read_text(encoding="utf-8")) for path in (args.model, args.score))
text = f"y = {model['slope']:.2f} x + {model['start']:.2f}, loss {score['loss']:.4f}\n"
args.o.write_text(text, encoding="utf-8")
print(text, end="")
