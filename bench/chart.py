"""The picture of docs/performance.md: one bar for each program and input, its length by the logarithm of its time. It is told in light and in dark."""
from math import log10
from xml.sax.saxutils import escape

WIDTH, LEFT, RIGHT, TOP = 860, 200, 90, 78
ROW, BAR, GROUP = 19, 13, 40
STYLE = """
svg { background: #ffffff; font: 13px system-ui, -apple-system, "Segoe UI", sans-serif }
text { fill: #1c2330 } .quiet { fill: #5a6372; font-size: 12px } .title { font-size: 17px; font-weight: 600 } .group { font-weight: 600 }
.own { font-weight: 600 } .line { stroke: #d5dae2 } .bar { fill: #9aa5b5 } .bar.own { fill: #0b6e8a }
@media (prefers-color-scheme: dark) {
svg { background: #12161d } text { fill: #e8ecf2 } .quiet { fill: #a4aebd } .line { stroke: #333b48 } .bar { fill: #6b7789 } .bar.own { fill: #46b5d3 }
}"""


def duration(milliseconds):
    if milliseconds < 10:
        return f"{milliseconds:.1f} ms"
    return f"{milliseconds:,.0f} ms" if milliseconds < 10_000 else f"{milliseconds / 1000:.1f} s"


def in_order(rows, name):
    """Those of one input: PDFs, both in one run, EPUBs; the fastest first."""
    return sorted((row for row in rows if row["input"] == name), key=lambda row: (row["form"] != "PDF", row["form"] == "EPUB", row["wall"]))


def text(x, y, words, kind="", anchor="start"):
    return f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}"{f" class={chr(34)}{kind}{chr(34)}" if kind else ""}>{escape(words)}</text>'


class Scale:
    """From milliseconds to places, between two powers of ten."""

    def __init__(self, rows):
        self.first = int(log10(min(row["wall"] for row in rows)) // 1)
        self.last = int(-(-log10(max(row["wall"] for row in rows)) // 1))

    def at(self, milliseconds):
        return LEFT + (log10(milliseconds) - self.first) / (self.last - self.first) * (WIDTH - LEFT - RIGHT)

    def marks(self):
        return [10 ** power for power in range(self.first, self.last + 1)]


def axis(scale, bottom):
    for mark in scale.marks():
        x = scale.at(mark)
        yield f'<line class="line" x1="{x:.1f}" x2="{x:.1f}" y1="{TOP - 6}" y2="{bottom:.0f}"/>'
        yield text(x, TOP - 12, f"{mark:g} ms" if mark < 1000 else f"{mark / 1000:g} s", "quiet", "middle")


def bars(rows, scale, y):
    for row in rows:
        own = "own" if row["program"] == "brief" else ""
        end = scale.at(row["wall"])
        yield text(LEFT - 10, y + BAR - 2, f"{row['program']}: {row['form']}", own, "end")
        yield f'<rect class="bar {own}" x="{LEFT}" y="{y}" width="{max(end - LEFT, 1):.1f}" height="{BAR}" rx="2"/>'
        yield text(end + 6, y + BAR - 2, duration(row["wall"]), own or "quiet")
        y += ROW


def chart(rows, inputs):
    """`inputs`: (name, what it is called) in order."""
    scale, y, parts, told = Scale(rows), TOP, [], []
    for name, called in inputs:
        of_it = in_order(rows, name)
        parts.append(text(14, y + 16, called, "group"))
        parts += bars(of_it, scale, y + GROUP - 14)
        y += GROUP + ROW * len(of_it)
        told.append(f"{called}: " + ", ".join(f"{row['program']} {row['form']} {duration(row['wall'])}" for row in of_it))
    height = y + 14
    head = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" role="img" '
            'aria-labelledby="title desc">', '<title id="title">Time from Markdown to a finished file, by program</title>',
            f'<desc id="desc">{escape(". ".join(told))}.</desc>', f"<style>{STYLE}</style>",
            text(14, 28, "Time from Markdown to a finished file", "title"),
            text(14, 46, "Whole process, median; less is better. Each line to the right is ten times as long.", "quiet")]
    return "\n".join([*head, *axis(scale, y), *parts, "</svg>"]) + "\n"
