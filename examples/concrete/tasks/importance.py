"""Measure and draw how much worse the model gets when one column is shuffled.

---
inputs:
  test: {type: csv, description: Tests the model never saw}
  model: {type: model, description: From train}
outputs:
  --table: {type: csv, description: Mean rise of the error and its spread over the repeats}
  --figure: {type: image, description: "Figure: .svg, .png or .pdf"}
args:
  --repeats: {type: int, default: 20, description: Times each column is shuffled}
  --seed: {type: int, default: 0, description: The same seed shuffles the same}
---
"""

import argparse

import joblib
import numpy as np
import pandas as pd
from _figure import ACCENT, INK, figure, save
from _table import LABELS, rmse


def rises(model, inputs, truth, args):
    """Rise of the RMSE for each column and repeat, all shuffles of one column predicted at once."""
    random = np.random.default_rng(args.seed)
    base = rmse(model.predict(inputs) - truth)
    for column in inputs:
        repeated = pd.concat([inputs] * args.repeats, ignore_index=True)
        repeated[column] = np.concatenate([random.permutation(inputs[column]) for _ in range(args.repeats)])
        errors = model.predict(repeated).reshape(args.repeats, -1) - truth
        yield column, np.sqrt((errors**2).mean(axis=1)) - base


def draw(table):
    drawn, axes = figure(6.4, 0.32 * len(table) + 1.3)
    names = [LABELS[column] for column in table["column"]]
    axes.barh(names, table["rise_mpa"], xerr=table["sd_mpa"], color=ACCENT, ecolor=INK, capsize=2, height=0.65)
    axes.invert_yaxis()
    axes.grid(visible=False, axis="y")
    axes.tick_params(axis="y", length=0)
    axes.set(xlabel="Rise of the RMSE when shuffled (MPa, mean ± SD)", xlim=(0, None))
    axes.set_title("What the model relies on")
    return drawn


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("test")
    parser.add_argument("model")
    parser.add_argument("--table", required=True)
    parser.add_argument("--figure", required=True)
    parser.add_argument("--repeats", type=int, default=20)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    test, fitted = pd.read_csv(args.test), joblib.load(args.model)
    found = rises(fitted["model"], test[fitted["columns"]], test["strength_mpa"].to_numpy(), args)
    table = pd.DataFrame([(column, rise.mean(), rise.std()) for column, rise in found])
    table = table.set_axis(["column", "rise_mpa", "sd_mpa"], axis=1).sort_values("rise_mpa", ascending=False).round(3)
    table.to_csv(args.table, index=False)
    save(draw(table), args.figure)
    print(f"the model relies most on {', '.join(table['column'][:3])}")


if __name__ == "__main__":
    main()
