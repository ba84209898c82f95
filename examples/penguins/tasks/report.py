"""Put summary, metrics, confusion and figure into one page.

---
inputs:
  summary: {type: txt, description: Summary as a Markdown table}
  metrics: {type: json, description: How good the models are}
  confusion: {type: csv, description: True by predicted species}
  figure: {type: image, description: Figure to show}
outputs:
  -o: {type: txt, description: Report in Markdown}
---
"""

import argparse
import csv
import os

from _table import read_json

PAGE = """# Penguins of Palmer Station

![Body mass over flipper length, by species]({figure})

## What was measured

{summary}
## Telling the species apart

From bill, flipper and mass, {accuracy:.1%} of the {birds} birds put aside were named rightly.

{confusion}

## Guessing the mass

Flipper length, species and sex explain {mass_r2:.0%} of the spread in mass; the guess is off by {mass_rmse_g:.0f} g (RMSE).
"""


def table(path):
    with open(path, newline="", encoding="utf-8") as file:
        head, *rows = csv.reader(file)
    lines = [["true \\ predicted", *head[1:]], ["---", *["--:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("summary", "metrics", "confusion", "figure"):
        parser.add_argument(name)
    parser.add_argument("-o", required=True)
    args = parser.parse_args()
    with open(args.summary, encoding="utf-8") as file:
        summary = file.read()
    figure = os.path.relpath(args.figure, os.path.dirname(args.o))
    page = PAGE.format(figure=figure, summary=summary, confusion=table(args.confusion), **read_json(args.metrics))
    with open(args.o, "w", encoding="utf-8") as file:
        file.write(page)
    print(f"report written to {args.o}")


if __name__ == "__main__":
    main()
