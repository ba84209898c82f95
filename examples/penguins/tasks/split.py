"""Put a share of the birds of each species aside for testing.

---
inputs:
  tidy: {type: csv, description: Cleaned table}
outputs:
  --train: {type: csv, description: Birds to learn from}
  --test: {type: csv, description: Birds to judge by}
args:
  --test-share: {type: float, default: 0.3, description: Share of each species put aside}
  --seed: {type: int, default: 0, description: The same seed gives the same split}
---
"""

import argparse
import random

from _table import SPECIES, read_rows, write_rows


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("tidy")
    parser.add_argument("--train", required=True)
    parser.add_argument("--test", required=True)
    parser.add_argument("--test-share", type=float, default=0.3)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    rows, random_order = read_rows(args.tidy), random.Random(args.seed)
    train, test = [], []
    for species in SPECIES:
        members = [row for row in rows if row["species"] == species]
        random_order.shuffle(members)
        cut = round(len(members) * args.test_share)
        test += members[:cut]
        train += members[cut:]
    write_rows(args.train, train)
    write_rows(args.test, test)
    print(f"{len(train)} birds to learn from, {len(test)} to judge by")


if __name__ == "__main__":
    main()
