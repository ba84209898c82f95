"""Grow the head of a sunflower: each seed a little further out, turned by the same angle.

---
outputs:
  -o: {type: csv, description: Place of each seed in a disc of radius 1}
args:
  --seeds: {type: int, default: 300, description: How many}
  --angle: {type: float, default: 137.5, description: Turn from one seed to the next in degrees}
  --power: {type: float, default: 0.5, description: "How they move out: the distance is (number / all) to this power"}
---
"""

import argparse
import math

parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("-o", required=True)
parser.add_argument("--seeds", type=int, default=300)
parser.add_argument("--angle", type=float, default=137.5)
parser.add_argument("--power", type=float, default=0.5)
args = parser.parse_args()

with open(args.o, "w", encoding="utf-8") as file:
    file.write("x,y\n")
    for i in range(1, args.seeds + 1):
        distance, turn = (i / args.seeds) ** args.power, math.radians(i * args.angle)
        file.write(f"{distance * math.cos(turn):.6f},{distance * math.sin(turn):.6f}\n")
print(f"{args.seeds} seeds, {args.angle}° apart")
