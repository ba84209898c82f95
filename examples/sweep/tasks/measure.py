"""Measure how much of the disc the seeds fill, each as large as its nearest neighbour allows.

---
inputs:
  seeds: {type: csv, description: From grow}
outputs:
  --metrics: {type: json, description: "Filled share, and the smallest and the largest gap"}
---
"""

import argparse
import csv
import json
import math

parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("seeds")
parser.add_argument("--metrics", required=True)
args = parser.parse_args()

with open(args.seeds, newline="", encoding="utf-8") as file:
    places = [(float(row["x"]), float(row["y"])) for row in csv.DictReader(file)]
gaps = [min(math.dist(here, there) for there in places if there is not here) for here in places]
# Discs of half the smallest gap touch, and none overlaps; the best packing there is fills 0.907.
filled = len(places) * (min(gaps) / 2) ** 2
metrics = {"filled": round(filled, 4), "smallest_gap": round(min(gaps), 5), "largest_gap": round(max(gaps), 5)}
with open(args.metrics, "w", encoding="utf-8") as file:
    json.dump(metrics, file, indent=2)
print(f"{filled:.1%} filled")
