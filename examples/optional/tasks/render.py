"""Make a page of a text: the first paragraph is the title.

---
inputs:
  article: {type: txt, description: Paragraphs between empty lines}
outputs:
  -o: {type: txt, description: A page in HTML}
---
"""

import argparse
from html import escape
from pathlib import Path

parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("article", type=Path)
parser.add_argument("-o", type=Path, required=True)
args = parser.parse_args()

title, *paragraphs = args.article.read_text(encoding="utf-8").strip().split("\n\n")
body = "\n".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
args.o.write_text(f"<!doctype html>\n<title>{escape(title)}</title>\n{body}\n", encoding="utf-8")
print(f"{title}: {len(paragraphs)} paragraphs")
