"""Make a wave that dies away, with noise.

---
outputs:
  -o: {type: csv, description: Time and value}
args:
  --points: {type: int, default: 200, description: How many}
  --noise: {type: float, default: 0.1, description: Spread of the noise}
  --seed: {type: int, default: 0, description: The same seed gives the same noise}
---
"""

import argparse
import math
import random
from pathlib import Path

parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("-o", type=Path, required=True)
parser.add_argument("--points", type=int, default=200)
parser.add_argument("--noise", type=float, default=0.1)
parser.add_argument("--seed", type=int, default=0)
args = parser.parse_args()

source = random.Random(args.seed)
times = [20 * i / (args.points - 1) for i in range(args.points)]
values = [2 * math.exp(-t / 8) * math.cos(2 * t) + source.gauss(0, args.noise) for t in times]
lines = [f"{t:.4f},{value:.4f}\n" for t, value in zip(times, values)]
args.o.write_text("time,value\n" + "".join(lines), encoding="utf-8")
print(f"{len(lines)} points")
