"""A small chart: two axes, marks, lines and a legend, as SVG text."""

WIDTH, HEIGHT = 760, 500
LEFT, RIGHT, TOP, BOTTOM = 78, 28, 84, 64


class Axes:
    """A chart whose axes run as told: (first, last, distance of ticks)."""

    def __init__(self, x, y):
        self.x, self.y = x, y
        self.parts, self.entries = [], 0
        self.ticks()

    def place(self, x, y):
        """Where a pair of values is drawn."""
        across = (x - self.x[0]) / (self.x[1] - self.x[0])
        up = (y - self.y[0]) / (self.y[1] - self.y[0])
        return LEFT + across * (WIDTH - LEFT - RIGHT), HEIGHT - BOTTOM - up * (HEIGHT - TOP - BOTTOM)

    def ticks(self):
        for value in range(self.x[0], self.x[1] + 1, self.x[2]):
            at, base = self.place(value, self.y[0])
            self.add(f'<path class="tick" d="M{at:.1f} {base}v6"/>')
            self.text(at, base + 22, value, "middle")
        for value in range(self.y[0], self.y[1] + 1, self.y[2]):
            at = self.place(self.x[0], value)[1]
            self.add(f'<path class="grid" d="M{LEFT} {at:.1f}H{WIDTH - RIGHT}"/>')
            self.text(LEFT - 10, at + 4, f"{value:,}".replace(",", "\u202f"), "end")
        self.add(f'<path class="tick" d="M{LEFT} {HEIGHT - BOTTOM}H{WIDTH - RIGHT}"/>')

    def titles(self, title, subtitle):
        self.text(LEFT, 34, title, "start", "title")
        self.text(LEFT, 57, subtitle, "start", "quiet")

    def labels(self, x, y):
        self.text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 16, x, "middle", "label")
        middle = (TOP + HEIGHT - BOTTOM) / 2
        self.add(f'<text class="label" text-anchor="middle" transform="translate(20 {middle}) rotate(-90)">{y}</text>')

    def mark(self, x, y, colour, shape):
        self.add(symbol(*self.place(x, y), colour, shape))

    def line(self, points, colour):
        path = "L".join("{:.1f} {:.1f}".format(*self.place(*point)) for point in points)
        self.add(f'<path d="M{path}" stroke="#fff" stroke-width="5"/><path d="M{path}" stroke="{colour}" stroke-width="2.5"/>')

    def legend(self, name, note, colour, shape):
        x, y = LEFT + 20, TOP + 16 + 24 * self.entries
        self.entries += 1
        self.add(symbol(x, y - 4, colour, shape))
        self.text(x + 14, y, name, "start")
        self.text(x + 134, y, note, "start", "quiet")

    def text(self, x, y, text, anchor, kind="plain"):
        self.add(f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{text}</text>')

    def add(self, part):
        self.parts.append(part)

    def svg(self):
        head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">'
        return "\n".join([head, STYLE, f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>', *self.parts, "</svg>\n"])


STYLE = """<style>
  text { font: 13px system-ui, "Helvetica Neue", Arial, sans-serif; fill: #333 }
  .title { font-size: 20px; font-weight: 600; fill: #111 }
  .quiet { fill: #6b6b6b }
  .label { font-weight: 600 }
  .grid { stroke: #e6e6e6 }
  .tick { stroke: #777; fill: none }
</style>"""


def symbol(x, y, colour, shape):
    look = f'fill="{colour}" fill-opacity="0.6" stroke="#fff" stroke-width="0.7"'
    if shape == "circle":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.2" {look}/>'
    if shape == "square":
        return f'<rect x="{x - 3.8:.1f}" y="{y - 3.8:.1f}" width="7.6" height="7.6" {look}/>'
    return f'<path d="M{x:.1f} {y - 5.4:.1f}l5.4 5.4l-5.4 5.4l-5.4 -5.4z" {look}/>'
