"""Draw random numbers between 0 and 100.

---
outputs:
  -o: {type: csv, description: One number a line}
args:
  --count: {type: int, default: 100, description: How many}
  --seed: {type: int, default: 0, description: The same seed gives the same numbers}
---
"""

import argparse
import random
from pathlib import Path

parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("-o", type=Path, required=True)
parser.add_argument("--count", type=int, default=100)
parser.add_argument("--seed", type=int, default=0)
args = parser.parse_args()

source = random.Random(args.seed)
args.o.write_text("".join(f"{source.uniform(0, 100):.3f}\n" for _ in range(args.count)), encoding="utf-8")
print(f"{args.count} numbers")
