"""The logistic model: from measures to the chance of each species."""

import math

from _table import MEASURES


def features(row, scale):
    """Measures with mean 0 and spread 1, and a 1 for the intercept."""
    return [1.0] + [(row[name] - scale[name][0]) / scale[name][1] for name in MEASURES]


def chances(weights, point):
    """Chance of each class; they sum to 1."""
    scores = [sum(w * x for w, x in zip(row, point)) for row in weights]
    highest = max(scores)
    powers = [math.exp(score - highest) for score in scores]
    return [power / sum(powers) for power in powers]


def loss_and_gradient(weights, points, labels):
    """Mean cross-entropy and its slope in every weight."""
    gradient = [[0.0] * len(row) for row in weights]
    loss = 0.0
    for point, label in zip(points, labels):
        for k, chance in enumerate(chances(weights, point)):
            loss -= math.log(max(chance, 1e-12)) if k == label else 0.0
            error = chance - (k == label)
            for j, x in enumerate(point):
                gradient[k][j] += error * x / len(points)
    return loss / len(points), gradient
