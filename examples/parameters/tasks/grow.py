"""Let savings grow, year by year.

---
outputs:
  -o: {type: csv, description: Year and balance}
args:
  --start: {type: float, default: 0.0, description: Balance at the start}
  --yearly: {type: float, default: 0.0, description: What is added each year}
  --rate: {type: float, required: true, description: "Interest of a year, 0.04 is 4 %"}
  --years: {type: int, default: 10, description: How long}
  --monthly: {type: bool, default: false, description: Add interest each month instead of each year}
---
"""

import argparse
from pathlib import Path

parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("-o", type=Path, required=True)
parser.add_argument("--start", type=float, default=0.0)
parser.add_argument("--yearly", type=float, default=0.0)
parser.add_argument("--rate", type=float, required=True)
parser.add_argument("--years", type=int, default=10)
parser.add_argument("--monthly", action="store_true")
args = parser.parse_args()

growth = (1 + args.rate / 12) ** 12 if args.monthly else 1 + args.rate
balances = [args.start]
for _ in range(args.years):
    balances.append(balances[-1] * growth + args.yearly)
lines = [f"{year},{balance:.2f}\n" for year, balance in enumerate(balances)]
args.o.write_text("year,balance\n" + "".join(lines), encoding="utf-8")
print(f"{balances[-1]:.2f} after {args.years} years")
