"""Put a finished page where readers look.

---
inputs:
  html: {type: txt, description: The page}
outputs:
  -o: {type: txt, description: Where it is published}
---
"""

import argparse
import shutil

parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("html")
parser.add_argument("-o", required=True)
args = parser.parse_args()

shutil.copyfile(args.html, args.o)
print(f"published as {args.o}")
