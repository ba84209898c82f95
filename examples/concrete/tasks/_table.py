"""The columns of the table, what they are called in figures, and what is computed from them."""

import numpy as np
import pandas as pd

INGREDIENTS = ["cement", "slag", "fly_ash", "water", "superplasticizer", "coarse", "fine"]
RATIOS = ["log_age", "water_binder", "water_cement", "binder"]

# What a model may look at: the table as measured, or with what engineers compute from it.
FEATURES = {
    "measured": [*INGREDIENTS, "age_days"],
    "ratios": [*INGREDIENTS, *RATIOS],
}

LABELS = {
    "cement": "Cement",
    "slag": "Blast-furnace slag",
    "fly_ash": "Fly ash",
    "water": "Water",
    "superplasticizer": "Superplasticizer",
    "coarse": "Coarse aggregate",
    "fine": "Fine aggregate",
    "age_days": "Age",
    "log_age": "Age (log)",
    "water_binder": "Water / binder",
    "water_cement": "Water / cement",
    "binder": "Binder",
}

# Days after casting, by the usual dates of a test: the last day of each class and its name.
AGES = {7: "1–7 days", 28: "14–28 days", 100: "56–100 days", 365: "120–365 days"}


def with_ratios(table):
    """The table and what is known to drive strength; binder is all that sets: cement, slag and fly ash."""
    binder = table["cement"] + table["slag"] + table["fly_ash"]
    return table.assign(
        log_age=np.log(table["age_days"]),
        water_binder=table["water"] / binder,
        water_cement=table["water"] / table["cement"],
        binder=binder,
    )


def age_class(days):
    """Name of the class of each age, in their order."""
    return pd.cut(days, [0, *AGES], labels=list(AGES.values()))


def rmse(errors):
    """Root of the mean square."""
    return float(np.sqrt(np.mean(np.square(errors))))
