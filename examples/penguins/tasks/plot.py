"""Draw body mass over flipper length, a line fitted to each species.

---
inputs:
  tidy: {type: csv, description: Cleaned table}
outputs:
  -o: {type: image, description: Figure in SVG}
---
"""

import argparse

from _least_squares import solve
from _svg import Axes
from _table import SPECIES, read_rows

# Okabe and Ito's colours are told apart by all; the shapes help in print.
LOOKS = {"Adelie": ("#d55e00", "circle"), "Chinstrap": ("#7b4fa3", "diamond"), "Gentoo": ("#007a5e", "square")}


def draw_marks(axes, species, rows):
    for row in rows:
        axes.mark(row["flipper_length_mm"], row["body_mass_g"], *LOOKS[species])


def draw_fit(axes, species, rows):
    colour, shape = LOOKS[species]
    flippers = [row["flipper_length_mm"] for row in rows]
    start, slope = solve([[1.0, x - 200] for x in flippers], [row["body_mass_g"] for row in rows])
    axes.line([(x, start + slope * (x - 200)) for x in (min(flippers), max(flippers))], colour)
    axes.legend(f"{species} ({len(rows)})", f"{slope:+.0f} g per mm", colour, shape)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("tidy")
    parser.add_argument("-o", required=True)
    args = parser.parse_args()
    rows = read_rows(args.tidy)
    axes = Axes(x=(170, 235, 10), y=(2500, 6500, 500))
    axes.titles("Longer flippers, heavier birds", f"{len(rows)} penguins of Palmer Station, Antarctica, 2007–2009")
    axes.labels("Flipper length (mm)", "Body mass (g)")
    # Every line lies above every mark.
    for draw in (draw_marks, draw_fit):
        for species in SPECIES:
            draw(axes, species, [row for row in rows if row["species"] == species])
    with open(args.o, "w", encoding="utf-8") as file:
        file.write(axes.svg())
    print(f"{len(rows)} birds drawn")


if __name__ == "__main__":
    main()
