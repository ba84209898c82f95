"""Mean temperature of the year for each station.

---
inputs:
  stations: {type: csv, description: A station a row and a month a column}
outputs:
  -o: {type: csv, description: Station and mean of its months}
---
"""

import argparse
import csv
from pathlib import Path
from statistics import mean

parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("stations", type=Path)
parser.add_argument("-o", type=Path, required=True)
args = parser.parse_args()

with args.stations.open(newline="", encoding="utf-8") as file:
    _, *rows = csv.reader(file)
lines = [f"{name},{mean(map(float, months)):.2f}\n" for name, *months in rows]
args.o.write_text("station,mean\n" + "".join(lines), encoding="utf-8")
print(f"{len(lines)} stations")
