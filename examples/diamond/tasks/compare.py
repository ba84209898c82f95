"""Put two means side by side.

---
inputs:
  low: {type: json, description: Count and mean of the small numbers}
  high: {type: json, description: Count and mean of the large numbers}
outputs:
  -o: {type: json, description: "How many in all, and how far apart"}
---
"""

import argparse
import json
from pathlib import Path

parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("low", type=Path)
parser.add_argument("high", type=Path)
parser.add_argument("-o", type=Path, required=True)
args = parser.parse_args()

low, high = (json.loads(path.read_text(encoding="utf-8")) for path in (args.low, args.high))
result = {"count": low["count"] + high["count"], "distance": round(high["mean"] - low["mean"], 3)}
args.o.write_text(json.dumps(result) + "\n", encoding="utf-8")
print(f"{result['count']} numbers, means {result['distance']} apart")
