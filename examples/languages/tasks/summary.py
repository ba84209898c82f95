"""Mean, lowest and highest temperature of each gauge.

---
inputs:
  readings: {type: txt, description: Tidy readings}
outputs:
  --out: {type: json}
args:
  --decimals: {type: int, default: 1}
---
"""

import argparse
import json
from pathlib import Path

parser = argparse.ArgumentParser()
parser.add_argument("readings", type=Path)
parser.add_argument("--out", type=Path, required=True)
parser.add_argument("--decimals", type=int, default=1)
args = parser.parse_args()

gauges: dict[str, list[float]] = {}
for line in args.readings.read_text().splitlines():
    gauge, _hour, temperature = line.split()
    gauges.setdefault(gauge, []).append(float(temperature))

summary = {
    gauge: {
        "mean": round(sum(values) / len(values), args.decimals),
        "lowest": min(values),
        "highest": max(values),
    }
    for gauge, values in gauges.items()
}
args.out.write_text(json.dumps(summary, indent=2) + "\n")
