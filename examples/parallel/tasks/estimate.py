"""Estimate pi: the share of random points of a square that lie in its circle.

---
outputs:
  -o: {type: json, description: The estimate}
args:
  --points: {type: int, default: 100000, description: How many points to throw}
  --seed: {type: int, default: 0, description: The same seed gives the same estimate}
---
"""

import argparse
import json
import random
from pathlib import Path

parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("-o", type=Path, required=True)
parser.add_argument("--points", type=int, default=100_000)
parser.add_argument("--seed", type=int, default=0)
args = parser.parse_args()

throw = random.Random(args.seed).random
inside = sum(throw() ** 2 + throw() ** 2 < 1 for _ in range(args.points))
result = {"pi": 4 * inside / args.points, "points": args.points}
args.o.write_text(json.dumps(result) + "\n", encoding="utf-8")
print(f"pi is about {result['pi']:.4f}")
