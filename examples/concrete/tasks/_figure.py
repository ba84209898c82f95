"""One look for all figures."""

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
from _table import AGES

INK, QUIET, ACCENT = "#222222", "#6b6b6b", "#0072b2"

# From young to old: dark to light and blue to yellow, told apart by all, also in grey; the shapes help in print.
AGE_LOOKS = dict(zip(AGES.values(), [("#2d1e6b", "o"), ("#0f6fa8", "s"), ("#2aa784", "^"), ("#e3b505", "D")]))

STYLE = {
    "font.family": "DejaVu Sans",
    "font.size": 9,
    "axes.titlesize": 10.5,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.titlepad": 10,
    "axes.edgecolor": QUIET,
    "axes.labelcolor": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.grid": True,
    "grid.color": "#e8e8e8",
    "grid.linewidth": 0.8,
    "xtick.color": QUIET,
    "ytick.color": QUIET,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    # A white ground without a frame: no grid behind the words.
    "legend.framealpha": 1,
    "legend.edgecolor": "white",
    "figure.constrained_layout.use": True,
    "savefig.dpi": 200,
    # The same numbers give the same bytes.
    "svg.hashsalt": "concrete",
}


def figure(width, height, columns=1):
    """A figure of so many inches and its axes."""
    plt.rcParams.update(STYLE)
    return plt.subplots(1, columns, figsize=(width, height))


def save(drawn, path):
    """The ending of the path says what is written: svg, png or pdf."""
    without_date = {"Date": None} if path.endswith(".svg") else {"CreationDate": None} if path.endswith(".pdf") else {}
    drawn.savefig(path, metadata=without_date)
