"""Mean and spread of each measure, by species and sex.

---
inputs:
  tidy: {type: csv, description: Cleaned table}
outputs:
  --csv: {type: csv, description: The same for programs}
  --markdown: {type: txt, description: Table for people}
---
"""

import argparse
from statistics import mean, stdev

from _table import MEASURES, SPECIES, read_rows, write_rows

TITLES = ["Species", "Sex", "Birds", "Bill length (mm)", "Bill depth (mm)", "Flipper (mm)", "Mass (g)"]


def summarize(rows, species, sex):
    members = [row for row in rows if row["species"] == species and row["sex"] == sex]
    result = {"species": species, "sex": sex, "birds": len(members)}
    for name in MEASURES:
        values = [row[name] for row in members]
        result[f"{name}_mean"] = round(mean(values), 2)
        result[f"{name}_sd"] = round(stdev(values), 2)
    return result


def markdown(groups):
    lines = [f"| {' | '.join(TITLES)} |", "|---|---|--:|--:|--:|--:|--:|"]
    for group in groups:
        cells = [f"{group[f'{name}_mean']:.1f} ± {group[f'{name}_sd']:.1f}" for name in MEASURES]
        lines.append(f"| {' | '.join([group['species'], group['sex'], str(group['birds']), *cells])} |")
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("tidy")
    parser.add_argument("--csv", required=True)
    parser.add_argument("--markdown", required=True)
    args = parser.parse_args()
    rows = read_rows(args.tidy)
    groups = [summarize(rows, species, sex) for species in SPECIES for sex in ("female", "male")]
    write_rows(args.csv, groups)
    with open(args.markdown, "w", encoding="utf-8") as file:
        file.write(markdown(groups))
    print(f"{len(groups)} groups summarized")


if __name__ == "__main__":
    main()
