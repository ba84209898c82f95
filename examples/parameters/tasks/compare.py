"""Say how far apart two savings end.

---
inputs:
  less: {type: csv, description: Year and balance}
  more: {type: csv, description: Year and balance}
outputs:
  -o: {type: json, description: Both last balances and their difference}
args:
  --currency: {type: str, default: EUR, description: Shown behind the amounts, choices: [EUR, USD, JPY]}
---
"""

import argparse
import csv
import json
from pathlib import Path


def last_balance(path):
    with path.open(newline="", encoding="utf-8") as file:
        return float(list(csv.DictReader(file))[-1]["balance"])


parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("less", type=Path)
parser.add_argument("more", type=Path)
parser.add_argument("-o", type=Path, required=True)
parser.add_argument("--currency", default="EUR", choices=["EUR", "USD", "JPY"])
args = parser.parse_args()

less, more = last_balance(args.less), last_balance(args.more)
result = {"less": less, "more": more, "difference": round(more - less, 2), "currency": args.currency}
args.o.write_text(json.dumps(result) + "\n", encoding="utf-8")
print(f"{result['difference']:.2f} {args.currency} apart")
