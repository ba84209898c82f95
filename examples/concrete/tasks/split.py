"""Put some tests aside to judge by: any rows, or whole mixes.

---
inputs:
  clean: {type: csv, description: From clean}
outputs:
  --train: {type: csv, description: Tests to learn from}
  --test: {type: csv, description: Tests to judge by}
args:
  --by: {type: str, default: mix, choices: [row, mix], description: "What is drawn; by row, a mix can be on both sides"}
  --share: {type: float, default: 0.25, description: Share put aside}
  --seed: {type: int, default: 0, description: The same seed draws the same}
---
"""

import argparse

import numpy as np
import pandas as pd


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("clean")
    parser.add_argument("--train", required=True)
    parser.add_argument("--test", required=True)
    parser.add_argument("--by", choices=["row", "mix"], default="mix")
    parser.add_argument("--share", type=float, default=0.25)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    table = pd.read_csv(args.clean)
    unit = table["mix"].to_numpy() if args.by == "mix" else np.arange(len(table))
    units = np.random.default_rng(args.seed).permutation(np.unique(unit))
    aside = np.isin(unit, units[: round(args.share * len(units))])
    table[~aside].to_csv(args.train, index=False)
    table[aside].to_csv(args.test, index=False)
    seen = table["mix"][aside].isin(table["mix"][~aside]).mean()
    print(f"{(~aside).sum()} tests to learn from, {aside.sum()} to judge by; {seen:.0%} of a mix that was learnt")


if __name__ == "__main__":
    main()
