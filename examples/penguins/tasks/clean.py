"""Keep the birds that were measured and sexed, under short names.

---
inputs:
  raw: {type: csv, description: Table as collected}
outputs:
  -o: {type: csv, description: "Species, island, sex, year and four measures"}
---
"""

import argparse
import csv

from _table import MEASURES, write_rows

COLUMNS = ["Culmen Length (mm)", "Culmen Depth (mm)", "Flipper Length (mm)", "Body Mass (g)"]


def tidy(row):
    """One raw row under short names, or None where something is missing."""
    measures = [row[column] for column in COLUMNS]
    if "NA" in measures or row["Sex"] not in ("MALE", "FEMALE"):
        return None
    return {
        "species": row["Species"].split()[0],
        "island": row["Island"],
        "sex": row["Sex"].lower(),
        "year": row["Date Egg"][:4],
        **dict(zip(MEASURES, measures)),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("raw")
    parser.add_argument("-o", required=True)
    args = parser.parse_args()
    with open(args.raw, newline="", encoding="utf-8") as file:
        raw = list(csv.DictReader(file))
    rows = [row for row in map(tidy, raw) if row is not None]
    write_rows(args.o, rows)
    print(f"{len(rows)} of {len(raw)} birds kept, {len(raw) - len(rows)} with gaps dropped")


if __name__ == "__main__":
    main()
