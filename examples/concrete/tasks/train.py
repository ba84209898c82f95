"""Fit a model of compressive strength.

---
inputs:
  train: {type: csv, description: From split}
outputs:
  -o: {type: model, description: "Fitted model and the columns it looks at, by joblib"}
args:
  --model: {type: str, default: boosting, choices: [ridge, forest, boosting], description: Kind of model}
  --features: {type: str, default: ratios, choices: [measured, ratios], description: Columns it looks at}
  --depth: {type: int, default: 4, description: Depth of each tree; ridge has none}
  --trees: {type: int, default: 300, description: Number of trees; ridge has none}
  --rate: {type: float, default: 0.1, description: Learning rate of boosting}
  --seed: {type: int, default: 0, description: The same seed fits the same trees}
---
"""

import argparse

import joblib
import pandas as pd
from _table import FEATURES


def ridge(_args):
    from sklearn.linear_model import Ridge
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    return make_pipeline(StandardScaler(), Ridge(alpha=1.0))


def forest(args):
    from sklearn.ensemble import RandomForestRegressor

    return RandomForestRegressor(args.trees, max_depth=args.depth, random_state=args.seed)


def boosting(args):
    from sklearn.ensemble import GradientBoostingRegressor

    return GradientBoostingRegressor(
        n_estimators=args.trees, max_depth=args.depth, learning_rate=args.rate, random_state=args.seed
    )


MODELS = {"ridge": ridge, "forest": forest, "boosting": boosting}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("train")
    parser.add_argument("-o", required=True)
    parser.add_argument("--model", choices=MODELS, default="boosting")
    parser.add_argument("--features", choices=FEATURES, default="ratios")
    parser.add_argument("--depth", type=int, default=4)
    parser.add_argument("--trees", type=int, default=300)
    parser.add_argument("--rate", type=float, default=0.1)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    table, columns = pd.read_csv(args.train), FEATURES[args.features]
    fitted = MODELS[args.model](args).fit(table[columns], table["strength_mpa"])
    joblib.dump({"columns": columns, "model": fitted}, args.o)
    print(f"{args.model} fitted to {len(table)} tests, {len(columns)} columns")


if __name__ == "__main__":
    main()
