"""Draw strength over the water-binder ratio, with Abrams' law fitted to each class of age.

---
inputs:
  clean: {type: csv, description: From clean}
outputs:
  -o: {type: image, description: "Figure: .svg, .png or .pdf"}
---
"""

import argparse

import numpy as np
import pandas as pd
from _figure import AGE_LOOKS, figure, save
from _table import age_class


def draw_abrams(axes, rows, name):
    """Abrams (1918): strength falls exponentially with the ratio."""
    (colour, shape), ratio = AGE_LOOKS[name], rows["water_binder"]
    slope, start = np.polyfit(ratio, np.log(rows["strength_mpa"]), 1)
    x = np.linspace(ratio.min(), ratio.max(), 60)
    y = np.exp(start + slope * x)
    axes.plot(x, y, color="white", linewidth=4)
    axes.plot(x, y, color=colour, linewidth=2, marker=shape, markevery=[0, -1], label=name)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("clean")
    parser.add_argument("-o", required=True)
    args = parser.parse_args()
    table = pd.read_csv(args.clean)
    drawn, axes = figure(6.4, 4.2)
    groups = list(table.groupby(age_class(table["age_days"]), observed=True))
    for name, rows in groups:
        colour, shape = AGE_LOOKS[name]
        axes.scatter(rows["water_binder"], rows["strength_mpa"], s=16, c=colour, marker=shape, alpha=0.45, linewidths=0)
    # Every line lies above every mark.
    for name, rows in groups:
        draw_abrams(axes, rows, name)
    axes.set(xlabel="Water / binder (kg/kg)", ylabel="Compressive strength (MPa)", xlim=(0.2, 0.93), ylim=(0, 86))
    axes.set_title("Less water and more time make strong concrete")
    axes.legend(title=f"Age ({len(table)} tests)", alignment="left")
    save(drawn, args.o)
    print(f"{len(table)} tests drawn")


if __name__ == "__main__":
    main()
