"""Show both tables on one page.

---
inputs:
  by_page: {type: csv, description: Visits by page}
  by_day: {type: csv, description: Visits by day}
outputs:
  -o: {type: txt, description: A page in HTML}
---
"""

import argparse
import csv
from html import escape
from pathlib import Path


def table(path):
    with path.open(newline="", encoding="utf-8") as file:
        rows = ["".join(f"<td>{escape(cell)}</td>" for cell in row) for row in csv.reader(file)]
    return "<table>" + "".join(f"<tr>{row}</tr>\n" for row in rows) + "</table>"


parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("by_page", type=Path)
parser.add_argument("by_day", type=Path)
parser.add_argument("-o", type=Path, required=True)
args = parser.parse_args()

page = f"<!doctype html>\n<title>Visits</title>\n{table(args.by_page)}\n{table(args.by_day)}\n"
args.o.write_text(page, encoding="utf-8")
print(f"page of {len(page)} characters")
