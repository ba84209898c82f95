"""Predict the body mass from flipper length, species and sex: least squares.

---
inputs:
  train: {type: csv, description: Birds to learn from}
outputs:
  -o: {type: json, description: Coefficients in grams}
---
"""

import argparse

from _least_squares import TERMS, solve, terms
from _table import read_rows, write_json


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("train")
    parser.add_argument("-o", required=True)
    args = parser.parse_args()
    rows = read_rows(args.train)
    coefficients = solve([terms(row) for row in rows], [row["body_mass_g"] for row in rows])
    write_json(args.o, {"coefficients": {name: round(c, 4) for name, c in zip(TERMS, coefficients)}})
    for name, value in zip(TERMS, coefficients):
        print(f"{name:>12} {value:10.2f} g")


if __name__ == "__main__":
    main()
