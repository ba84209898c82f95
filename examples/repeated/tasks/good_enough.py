"""Whether the loss is small enough to stop.

---
kind: condition
inputs:
  score: {type: json, description: The loss}
args:
  below: {type: float, description: Loss that is small enough}
---
"""

import json
from pathlib import Path


def evaluate(score, below):
    return json.loads(Path(score).read_text(encoding="utf-8"))["loss"] < below
