"""Draw how mixes harden, as predicted and as measured.

---
inputs:
  test: {type: csv, description: From split}
  model: {type: model, description: From train}
outputs:
  -o: {type: image, description: "Figure: .svg, .png or .pdf"}
---
"""

import argparse

import joblib
import numpy as np
import pandas as pd
from _figure import figure, save
from _table import INGREDIENTS, with_ratios

LOOKS = [("#7a3b9a", "o"), ("#0072b2", "s"), ("#009e73", "^"), ("#d55e00", "D")]
DAYS = np.geomspace(3, 365, 1000)


def chosen(test):
    """Mixes tested both young and often, evenly from the driest to the wettest."""
    mixes = test.groupby("mix").agg(
        ages=("age_days", "nunique"), first=("age_days", "min"), ratio=("water_binder", "first")
    )
    known = mixes[(mixes["ages"] >= min(4, mixes["ages"].max())) & (mixes["first"] <= 7)].sort_values("ratio")
    places = np.linspace(0, len(known) - 1, min(len(LOOKS), len(known))).round().astype(int)
    return [test[test["mix"] == mix].sort_values("age_days") for mix in known.index[places]]


def curve(fitted, mix):
    """Predicted strength of one mix on each of DAYS."""
    days = pd.DataFrame([mix[INGREDIENTS].iloc[0]] * len(DAYS)).assign(age_days=DAYS)
    return fitted["model"].predict(with_ratios(days)[fitted["columns"]])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("test")
    parser.add_argument("model")
    parser.add_argument("-o", required=True)
    args = parser.parse_args()
    test, fitted = pd.read_csv(args.test), joblib.load(args.model)
    drawn, axes = figure(6.4, 4.2)
    mixes = chosen(test)
    for mix, (colour, shape) in zip(mixes, LOOKS):
        label = f"{mix['water_binder'].iloc[0]:.2f}"
        axes.plot(DAYS, curve(fitted, mix), color=colour, linewidth=1.4)
        axes.plot(mix["age_days"], mix["strength_mpa"], shape, color=colour, markersize=6, label=label)
    ticks = [3, 7, 14, 28, 56, 90, 180, 365]
    axes.set(xlabel="Age (days)", ylabel="Compressive strength (MPa)", xscale="log", ylim=(0, None))
    axes.set_xticks(ticks, ticks)
    axes.minorticks_off()
    axes.set_title("Mixes put aside harden: measured (marks), predicted (lines)")
    axes.legend(title="Water / binder", alignment="left")
    save(drawn, args.o)
    print(f"{len(mixes)} mixes drawn")


if __name__ == "__main__":
    main()
