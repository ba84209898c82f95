"""Judge the model by the tests put aside.

---
inputs:
  train: {type: csv, description: Tests it learnt from}
  test: {type: csv, description: Tests it never saw}
  model: {type: model, description: From train}
outputs:
  --metrics: {type: json, description: "Errors in MPa, explained share, and how much of the test was seen before"}
  --predictions: {type: csv, description: Measured and predicted strength of each test}
  --by-age: {type: csv, description: Error and bias of each class of age}
---
"""

import argparse
import json

import joblib
import pandas as pd
from _table import age_class, rmse


def judge(train, test):
    """Numbers for the table of a sweep; `seen_share` tells an honest test from a flattering one."""
    errors, spread = test["error_mpa"], test["strength_mpa"] - test["strength_mpa"].mean()
    return {
        "rmse_mpa": round(rmse(errors), 3),
        "mae_mpa": round(float(errors.abs().mean()), 3),
        "r2": round(1 - float((errors**2).sum() / (spread**2).sum()), 4),
        "train_rmse_mpa": round(rmse(train["error_mpa"]), 3),
        "seen_share": round(float(test["mix"].isin(train["mix"]).mean()), 4),
        "tests": len(test),
    }


def by_age(test):
    """A row for each class of age: how many tests, how far off, and to which side."""
    groups = test.groupby(age_class(test["age_days"]), observed=True)["error_mpa"]
    table = pd.DataFrame({"tests": groups.size(), "rmse_mpa": groups.apply(rmse), "bias_mpa": groups.mean()})
    return table.round(2).rename_axis("age").reset_index()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("train", "test", "model"):
        parser.add_argument(name)
    for flag in ("--metrics", "--predictions", "--by-age"):
        parser.add_argument(flag, required=True)
    args = parser.parse_args()
    fitted = joblib.load(args.model)
    train, test = pd.read_csv(args.train), pd.read_csv(args.test)
    for table in (train, test):
        table["predicted_mpa"] = fitted["model"].predict(table[fitted["columns"]]).round(3)
        table["error_mpa"] = table["predicted_mpa"] - table["strength_mpa"]
    metrics = judge(train, test)
    with open(args.metrics, "w", encoding="utf-8") as file:
        json.dump(metrics, file, indent=2)
        file.write("\n")
    test[["mix", "age_days", "strength_mpa", "predicted_mpa"]].to_csv(args.predictions, index=False)
    by_age(test).to_csv(args.by_age, index=False)
    print(f"RMSE {metrics['rmse_mpa']:.2f} MPa on {len(test)} tests (R² {metrics['r2']:.3f})")
    print(by_age(test).to_string(index=False))


if __name__ == "__main__":
    main()
