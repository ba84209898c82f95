"""Draw a signal as dots and its smoothed form as a line.

---
inputs:
  signal: {type: csv, description: Time and value}
  smooth: {type: csv, description: "Time and value, smoothed"}
outputs:
  -o: {type: image, description: Picture in SVG}
args:
  --title: {type: str, default: Signal, description: Shown above}
---
"""

import argparse
import csv
from html import escape
from pathlib import Path

LEFT, TOP, WIDTH, HEIGHT = 60, 60, 640, 300
STYLE = "text{font:13px system-ui,Arial,sans-serif;fill:#333}.title{font-size:18px;font-weight:600}.grid{stroke:#e6e6e6}"


def read(path):
    with path.open(newline="", encoding="utf-8") as file:
        return [(float(row["time"]), float(row["value"])) for row in csv.DictReader(file)]


def place(time, value):
    """Times from 0 to 20 and values from -3 to 3 as points of the picture."""
    return f"{LEFT + time / 20 * WIDTH:.1f} {TOP + (3 - value) / 6 * HEIGHT:.1f}".split()


def grid():
    for value in range(-3, 4):
        y = place(0, value)[1]
        yield f'<path class="grid" d="M{LEFT} {y}h{WIDTH}"/><text x="{LEFT - 10}" y="{float(y) + 4}" text-anchor="end">{value}</text>'
    for time in range(0, 21, 5):
        x, y = place(time, -3)
        yield f'<path stroke="#777" d="M{x} {y}v5"/><text x="{x}" y="{float(y) + 22}" text-anchor="middle">{time} s</text>'


def picture(title, signal, smooth):
    dots = ['<circle cx="{}" cy="{}" r="2"/>'.format(*place(*point)) for point in signal]
    line = "L".join(" ".join(place(*point)) for point in smooth)
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{LEFT + WIDTH + 30}" height="{TOP + HEIGHT + 50}">',
        f'<style>{STYLE}</style><rect width="100%" height="100%" fill="#fff"/>',
        f'<text class="title" x="{LEFT}" y="34">{escape(title)}</text>',
        *grid(),
        f'<g fill="#8aa9c4">{"".join(dots)}</g>',
        f'<path d="M{line}" fill="none" stroke="#c0392b" stroke-width="2.5" stroke-linejoin="round"/>',
        f'<g transform="translate({LEFT + WIDTH - 190} 30)"><circle cx="0" cy="0" r="3" fill="#8aa9c4"/>',
        '<text x="10" y="4">measured</text><path d="M90 0h22" stroke="#c0392b" stroke-width="2.5"/>',
        '<text x="120" y="4">smoothed</text></g>',
        "</svg>\n",
    ])


parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("signal", type=Path)
parser.add_argument("smooth", type=Path)
parser.add_argument("-o", type=Path, required=True)
parser.add_argument("--title", default="Signal")
args = parser.parse_args()

args.o.write_text(picture(args.title, read(args.signal), read(args.smooth)), encoding="utf-8")
print(f"drawn as {args.o}")
