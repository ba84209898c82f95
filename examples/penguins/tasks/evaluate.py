"""Judge both models by the birds put aside.

---
inputs:
  test: {type: csv, description: Birds to judge by}
  species_model: {type: json, description: From fit_species}
  mass_model: {type: json, description: From fit_mass}
outputs:
  --metrics: {type: json, description: "Accuracy, error and explained share"}
  --confusion: {type: csv, description: True species by predicted species}
---
"""

import argparse
import math
from statistics import mean

from _least_squares import terms
from _softmax import chances, features
from _table import SPECIES, read_json, read_rows, write_json, write_rows


def predict(row, model):
    weights = [model["weights"][species] for species in SPECIES]
    found = chances(weights, features(row, model["scale"]))
    return SPECIES[found.index(max(found))]


def mass_metrics(rows, model):
    coefficients = model["coefficients"].values()
    masses = [row["body_mass_g"] for row in rows]
    errors = [m - sum(c * x for c, x in zip(coefficients, terms(row))) for m, row in zip(masses, rows)]
    squares = sum(error**2 for error in errors)
    total = sum((m - mean(masses)) ** 2 for m in masses)
    return {"mass_rmse_g": round(math.sqrt(squares / len(rows)), 1), "mass_r2": round(1 - squares / total, 4)}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("test", "species_model", "mass_model"):
        parser.add_argument(name)
    parser.add_argument("--metrics", required=True)
    parser.add_argument("--confusion", required=True)
    args = parser.parse_args()
    rows, species_model = read_rows(args.test), read_json(args.species_model)
    pairs = [(row["species"], predict(row, species_model)) for row in rows]
    accuracy = sum(truth == guess for truth, guess in pairs) / len(pairs)
    metrics = {"birds": len(rows), "accuracy": round(accuracy, 4), **mass_metrics(rows, read_json(args.mass_model))}
    write_json(args.metrics, metrics)
    write_rows(args.confusion, [{"true": t, **{g: pairs.count((t, g)) for g in SPECIES}} for t in SPECIES])
    print(f"accuracy {metrics['accuracy']:.1%}, mass within {metrics['mass_rmse_g']} g (RMSE)")


if __name__ == "__main__":
    main()
