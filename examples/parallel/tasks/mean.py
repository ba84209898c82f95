"""Take the mean of four estimates.

---
inputs:
  a: {type: json, description: An estimate}
  b: {type: json, description: An estimate}
  c: {type: json, description: An estimate}
  d: {type: json, description: An estimate}
outputs:
  -o: {type: json, description: "Their mean, and all points"}
---
"""

import argparse
import json
from pathlib import Path
from statistics import mean

parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("estimates", nargs=4, type=Path)
parser.add_argument("-o", type=Path, required=True)
args = parser.parse_args()

estimates = [json.loads(path.read_text(encoding="utf-8")) for path in args.estimates]
result = {"pi": mean(it["pi"] for it in estimates), "points": sum(it["points"] for it in estimates)}
args.o.write_text(json.dumps(result) + "\n", encoding="utf-8")
print(f"pi is about {result['pi']:.5f}, from {result['points']} points")
