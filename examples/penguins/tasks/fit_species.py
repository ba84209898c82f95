"""Learn to tell the species from four measures: multinomial logistic regression.

---
inputs:
  train: {type: csv, description: Birds to learn from}
outputs:
  -o: {type: json, description: "Weights, and how to scale the measures"}
args:
  --learning-rate: {type: float, default: 0.5, description: Length of a step of gradient descent}
  --epochs: {type: int, default: 400, description: Times the whole table is gone through}
---
"""

import argparse
from statistics import mean, stdev

from _softmax import features, loss_and_gradient
from _table import MEASURES, SPECIES, read_rows, write_json


def fit(rows, scale, args):
    """Weights after gradient descent from zero, one list for each species, and the last loss."""
    points = [features(row, scale) for row in rows]
    labels = [SPECIES.index(row["species"]) for row in rows]
    weights = [[0.0] * len(points[0]) for _ in SPECIES]
    for epoch in range(args.epochs):
        loss, gradient = loss_and_gradient(weights, points, labels)
        weights = [[w - args.learning_rate * g for w, g in zip(*pair)] for pair in zip(weights, gradient)]
        if (epoch + 1) % 100 == 0:
            print(f"epoch {epoch + 1}: loss {loss:.4f}", flush=True)
    return weights, loss


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("train")
    parser.add_argument("-o", required=True)
    parser.add_argument("--learning-rate", type=float, default=0.5)
    parser.add_argument("--epochs", type=int, default=400)
    args = parser.parse_args()
    rows = read_rows(args.train)
    scale = {name: [mean(row[name] for row in rows), stdev(row[name] for row in rows)] for name in MEASURES}
    weights, loss = fit(rows, scale, args)
    write_json(args.o, {"scale": scale, "weights": dict(zip(SPECIES, weights)), "loss": round(loss, 6)})


if __name__ == "__main__":
    main()
