"""Draw predicted over measured strength, and the errors by age, for tests the model never saw.

---
inputs:
  predictions: {type: csv, description: From evaluate}
outputs:
  -o: {type: image, description: "Figure: .svg, .png or .pdf"}
---
"""

import argparse

import pandas as pd
from _figure import AGE_LOOKS, INK, QUIET, figure, save
from _table import age_class, rmse


def draw_fit(axes, groups):
    for name, rows in groups:
        colour, shape = AGE_LOOKS[name]
        marks = {"s": 18, "c": colour, "marker": shape, "alpha": 0.75, "linewidths": 0}
        axes.scatter(rows["strength_mpa"], rows["predicted_mpa"], **marks, label=name)
    axes.axline((0, 0), slope=1, color=INK, linewidth=1, zorder=0)
    axes.set(xlabel="Measured strength (MPa)", ylabel="Predicted strength (MPa)", aspect="equal")
    axes.set(xlim=(0, 86), ylim=(0, 86), xticks=range(0, 81, 20), yticks=range(0, 81, 20))
    axes.legend(title="Age", alignment="left", loc="upper left", handletextpad=0.2)


def draw_errors(axes, groups):
    boxes = axes.boxplot(
        [rows["error"] for _, rows in groups],
        tick_labels=[f"{name.replace(' days', '')}\nn = {len(rows)}" for name, rows in groups],
        widths=0.5,
        patch_artist=True,
        medianprops={"color": INK},
        flierprops={"marker": ".", "markeredgecolor": QUIET},
    )
    for box, (name, _) in zip(boxes["boxes"], groups):
        box.set(facecolor=AGE_LOOKS[name][0], alpha=0.75, edgecolor=INK)
    axes.axhline(0, color=INK, linewidth=1, zorder=0)
    axes.grid(visible=False, axis="x")
    axes.set(xlabel="Age (days)", ylabel="Predicted − measured (MPa)")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("predictions")
    parser.add_argument("-o", required=True)
    args = parser.parse_args()
    table = pd.read_csv(args.predictions)
    table["error"] = table["predicted_mpa"] - table["strength_mpa"]
    groups = list(table.groupby(age_class(table["age_days"]), observed=True))
    drawn, (left, right) = figure(8.4, 4.0, columns=2)
    draw_fit(left, groups)
    left.set_title(f"a  RMSE {rmse(table['error']):.1f} MPa, {len(table)} tests")
    draw_errors(right, groups)
    right.set_title("b  Errors by age")
    save(drawn, args.o)
    print(f"{len(table)} tests drawn")


if __name__ == "__main__":
    main()
