"""Try what a formula could have tried, and write down what came of it.

---
inputs:
  result: {type: json, description: Scores}
outputs:
  -o: {type: json, description: What was tried, and what came of it}
---
"""

import argparse
import json
import os
import socket
from pathlib import Path

parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("result", type=Path)
parser.add_argument("-o", type=Path, required=True)
args = parser.parse_args()

project = args.result.parents[2]


def outcome(attempt):
    try:
        attempt()
        return "done"
    except OSError as error:
        return error.strerror


tried = {
    "change a script": outcome(lambda: Path(__file__).open("a")),
    "change the scores": outcome(lambda: args.result.open("a")),
    "leave something in the project": outcome(lambda: (project / "left.txt").write_text("x")),
    "look around beside it": sorted(path.name for path in project.parent.iterdir()),
    "connect to somewhere": outcome(lambda: socket.create_connection(("192.0.2.1", 80), 2)),
    "see other programs": len([name for name in os.listdir("/proc") if name.isdigit()]) > 10,
    "see variables": sorted(name for name in os.environ if "KEY" in name or "TOKEN" in name or "SECRET" in name),
}
args.o.write_text(json.dumps(tried, indent=2) + "\n", encoding="utf-8")
for what, came in tried.items():
    print(f"{what}: {came}")
