"""Add up the counts of a folder.

---
inputs:
  counts: {type: data_folder, description: Files with one number each}
outputs:
  -o: {type: json, description: "Count by file, and their sum"}
---
"""

import argparse
import json
from pathlib import Path

parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("counts", type=Path)
parser.add_argument("-o", type=Path, required=True)
args = parser.parse_args()

counts = {path.stem: int(path.read_text(encoding="utf-8")) for path in sorted(args.counts.iterdir())}
result = {"files": counts, "total": sum(counts.values())}
args.o.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
print(f"{len(counts)} files, {result['total']} lines")
