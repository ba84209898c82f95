"""Mean of the numbers in a range.

---
inputs:
  numbers: {type: csv, description: One number a line}
outputs:
  -o: {type: json, description: Count and mean}
args:
  --from: {type: float, default: 0.0, description: Smallest number that counts}
  --below: {type: float, default: 100.0, description: First number that no longer counts}
---
"""

import argparse
import json
from pathlib import Path
from statistics import mean

parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("numbers", type=Path)
parser.add_argument("-o", type=Path, required=True)
parser.add_argument("--from", dest="start", type=float, default=0.0)
parser.add_argument("--below", type=float, default=100.0)
args = parser.parse_args()

numbers = [float(line) for line in args.numbers.read_text(encoding="utf-8").split()]
chosen = [number for number in numbers if args.start <= number < args.below]
result = {"count": len(chosen), "mean": round(mean(chosen), 3)}
args.o.write_text(json.dumps(result) + "\n", encoding="utf-8")
print(f"{result['count']} numbers, mean {result['mean']}")
