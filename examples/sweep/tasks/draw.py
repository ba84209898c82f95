"""Draw the head, each seed as large as its own nearest neighbour allows.

---
inputs:
  seeds: {type: csv, description: From grow}
outputs:
  -o: {type: image, description: Picture in SVG}
---
"""

import argparse
import csv
import math

SIZE, MARGIN = 480, 20
# From the young seeds in the middle to the old ones at the rim.
INNER, OUTER = (94, 60, 18), (250, 190, 40)


def colour(share):
    return "#" + "".join(f"{round(a + share * (b - a)):02x}" for a, b in zip(INNER, OUTER))


def circle(here, places):
    half = SIZE / 2 - MARGIN
    gap = min(math.dist(here, there) for there in places if there is not here)
    x, y = (SIZE / 2 + half * value for value in here)
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{min(half * gap / 2, 18):.2f}" fill="{colour(math.hypot(*here))}"/>'


parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("seeds")
parser.add_argument("-o", required=True)
args = parser.parse_args()

with open(args.seeds, newline="", encoding="utf-8") as file:
    places = [(float(row["x"]), float(row["y"])) for row in csv.DictReader(file)]
with open(args.o, "w", encoding="utf-8") as file:
    file.write(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE} {SIZE}" width="{SIZE}" height="{SIZE}">\n')
    file.write('<rect width="100%" height="100%" fill="#fffdf5"/>\n')
    file.write("\n".join(circle(here, places) for here in places))
    file.write("\n</svg>\n")
print(f"{len(places)} seeds drawn")
