/**
 * What a new pipeline begins with.
 *
 * @module
 */

/** Names of the templates. */
export const TEMPLATES = ["empty", "step", "example"] as const;

/** One of them. */
export type Template = typeof TEMPLATES[number];

/** Files by path from the folder of the pipeline, which itself is `""`. */
export function templateFiles(template: Template): ReadonlyMap<string, string> {
  return new Map(Object.entries(FILES[template]));
}

const STEP = `"""Writes a greeting.

---
outputs:
  --out: {type: txt, description: Where the greeting goes}
args:
  --name: {type: str, default: world, description: Who is greeted}
---
"""
import argparse
import pathlib

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--out", required=True)
parser.add_argument("--name", default="world")
args = parser.parse_args()

out = pathlib.Path(args.out)
out.parent.mkdir(parents=True, exist_ok=True)
out.write_text(f"Hello, {args.name}!\\n")
print("wrote", out)
`;

const MAKE = `"""Draws random numbers into a table.

---
outputs:
  --out: {type: csv, description: The table}
args:
  --count: {type: int, default: 200, description: How many rows}
  --seed: {type: int, default: 1, description: The same seed gives the same numbers}
---
"""
import argparse
import csv
import pathlib
import random

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--out", required=True)
parser.add_argument("--count", type=int, default=200)
parser.add_argument("--seed", type=int, default=1)
args = parser.parse_args()

random.seed(args.seed)
out = pathlib.Path(args.out)
out.parent.mkdir(parents=True, exist_ok=True)
with out.open("w", newline="") as file:
    writer = csv.writer(file)
    writer.writerow(["x", "y"])
    for _ in range(args.count):
        x = random.random()
        writer.writerow([x, 2 * x + random.gauss(0, 0.1)])
print("drew", args.count, "rows")
`;

const FIT = `"""Fits a line through a table of x and y.

---
inputs:
  table: {type: csv, description: Columns x and y}
outputs:
  --out: {type: json, description: Slope and intercept}
---
"""
import argparse
import csv
import json
import pathlib

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("table")
parser.add_argument("--out", required=True)
args = parser.parse_args()

with open(args.table, newline="") as file:
    rows = [(float(row["x"]), float(row["y"])) for row in csv.DictReader(file)]
mean_x = sum(x for x, _ in rows) / len(rows)
mean_y = sum(y for _, y in rows) / len(rows)
slope = sum((x - mean_x) * (y - mean_y) for x, y in rows) / sum((x - mean_x) ** 2 for x, _ in rows)
out = pathlib.Path(args.out)
out.parent.mkdir(parents=True, exist_ok=True)
out.write_text(json.dumps({"slope": slope, "intercept": mean_y - slope * mean_x}, indent=2))
print("slope", round(slope, 3))
`;

const FILES: Readonly<Record<Template, Readonly<Record<string, string>>>> = {
  empty: { "": "data: {}\n\nparameters: {}\n\npipeline: []\n" },
  step: {
    "": `data:
  greeting: {path: output/greeting.txt, type: txt}

pipeline:
  - name: greet
    task: tasks/greet.py
    outputs:
      --out: $greeting
    args:
      --name: world
`,
    "tasks/greet.py": STEP,
  },
  example: {
    "": `# Draws points around a line, then finds that line again.
data:
  points: {path: output/points.csv, type: csv}
  line: {path: output/line.json, type: json}

parameters:
  seed: 1

pipeline:
  - name: draw points
    task: tasks/draw_points.py
    outputs:
      --out: $points
    args:
      --count: 200
      --seed: $seed

  - name: fit line
    task: tasks/fit_line.py
    inputs:
      table: $points
    outputs:
      --out: $line
`,
    "tasks/draw_points.py": MAKE,
    "tasks/fit_line.py": FIT,
  },
};
