"""Drop repeated rows, number the mixes, and add the ratios that engineers look at.

---
inputs:
  raw: {type: csv, description: Table as published}
outputs:
  -o: {type: csv, description: "One row for each test of a cylinder: mix, age, strength"}
---
"""

import argparse

import pandas as pd
from _table import INGREDIENTS, with_ratios

NAMES = {
    "blast_furnace_slag": "slag",
    "coarse_aggregate": "coarse",
    "fine_aggregate": "fine",
    "age": "age_days",
    "compressive_strength": "strength_mpa",
}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("raw")
    parser.add_argument("-o", required=True)
    args = parser.parse_args()
    raw = pd.read_csv(args.raw)
    table = raw.drop_duplicates().rename(columns=NAMES)
    # One mix is tested at several ages: its rows are no independent witnesses.
    table.insert(0, "mix", table.groupby(INGREDIENTS, sort=False).ngroup())
    with_ratios(table).round(6).to_csv(args.o, index=False)
    twins = table.groupby(["mix", "age_days"])["strength_mpa"].std().dropna()
    print(f"{len(table)} tests of {table['mix'].nunique()} mixes; {len(raw) - len(table)} repeated rows dropped")
    print(f"the same mix tested again at the same age: SD {twins.median():.1f} MPa (median of {len(twins)})")


if __name__ == "__main__":
    main()
