#!/usr/bin/env python3
"""Draws mobile-mast.png, the picture of the sample briefing: masts above a row of houses at dusk.

    python3 input/images/draw-mobile-mast.py [OUT.png]

Python's standard library only. Shapes are polygons of one colour, filled by scan lines with exact horizontal cover and four
lines to a pixel; the file is an 8-bit RGB PNG of 1600 by 800 pixels. The same bytes come out on every run.
"""
import math
import os
import struct
import sys
import zlib

WIDTH, HEIGHT, SUB = 1600, 800, 4

NAVY = (16, 42, 67)
SLATE = (39, 73, 101)
HILL_FAR = (142, 170, 190)
HILL_MIDDLE = (92, 126, 150)
HILL_NEAR = (47, 82, 108)
SKY_TOP = (196, 216, 229)
SKY_LOW = (250, 233, 214)
SIGNAL = (176, 58, 46)
WINDOW = (250, 205, 120)
SUN = (247, 201, 160)


class Canvas:
    def __init__(self):
        self.rows = []
        for y in range(HEIGHT):
            t = min(1.0, y / (HEIGHT * 0.72))
            colour = [SKY_TOP[i] + (SKY_LOW[i] - SKY_TOP[i]) * t for i in range(3)]
            self.rows.append([list(colour) for _ in range(WIDTH)])

    def fill(self, colour, *polygons, opacity=1.0):
        """Fills the polygons, even-odd, as one shape."""
        edges = []
        for points in polygons:
            for (x0, y0), (x1, y1) in zip(points, points[1:] + points[:1]):
                if y0 != y1:
                    edges.append((x0, y0, x1, y1) if y0 < y1 else (x1, y1, x0, y0))
        if not edges:
            return
        top = max(0, math.floor(min(e[1] for e in edges)))
        bottom = min(HEIGHT, math.ceil(max(e[3] for e in edges)))
        for y in range(top, bottom):
            cover = {}
            live = [e for e in edges if e[1] < y + 1 and e[3] > y]
            for k in range(SUB):
                line = y + (k + 0.5) / SUB
                cuts = sorted(x0 + (line - y0) * (x1 - x0) / (y1 - y0) for x0, y0, x1, y1 in live if y0 <= line < y1)
                for left, right in zip(cuts[0::2], cuts[1::2]):
                    left, right = max(0.0, left), min(float(WIDTH), right)
                    first, last = int(left), min(WIDTH - 1, int(right))
                    if right <= left:
                        continue
                    for x in range(first, last + 1):
                        part = min(right, x + 1) - max(left, x)
                        cover[x] = cover.get(x, 0.0) + part / SUB
            row = self.rows[y]
            for x, part in cover.items():
                part = min(1.0, part) * opacity
                pixel = row[x]
                for i in range(3):
                    pixel[i] += (colour[i] - pixel[i]) * part

    def stroke(self, colour, x0, y0, x1, y1, width):
        length = math.hypot(x1 - x0, y1 - y0)
        dx, dy = (y1 - y0) / length * width / 2, -(x1 - x0) / length * width / 2
        self.fill(colour, [(x0 + dx, y0 + dy), (x1 + dx, y1 + dy), (x1 - dx, y1 - dy), (x0 - dx, y0 - dy)])

    def disc(self, colour, x, y, radius, opacity=1.0):
        self.fill(colour, arc(x, y, radius, 0, 360), opacity=opacity)

    def ring(self, colour, x, y, radius, width, start, end, opacity=1.0):
        """Part of a ring, from one angle to another in degrees, clockwise from the right."""
        outer, inner = arc(x, y, radius + width / 2, start, end), arc(x, y, radius - width / 2, start, end)
        self.fill(colour, outer + inner[::-1], opacity=opacity)

    def png(self):
        raw = b"".join(b"\0" + bytes(int(v + 0.5) for pixel in row for v in pixel) for row in self.rows)

        def chunk(name, body):
            return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

        return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)) +
                chunk(b"pHYs", struct.pack(">IIB", 9449, 9449, 1)) + chunk(b"IDAT", zlib.compress(raw, 9)) + chunk(b"IEND", b""))


def arc(x, y, radius, start, end):
    steps = max(8, int(abs(end - start) * radius / 180))
    return [(x + radius * math.cos(math.radians(start + (end - start) * i / steps)),
             y + radius * math.sin(math.radians(start + (end - start) * i / steps))) for i in range(steps + 1)]


def hill(height, swell, phase, length):
    """The outline of a range of hills, from the left edge to the right, closed along the foot of the picture."""
    outline = [(x, height + swell * math.sin(x / length + phase) + swell * 0.35 * math.sin(x / length * 2.3 + phase * 3))
               for x in range(0, WIDTH + 1, 8)]
    return outline + [(WIDTH, HEIGHT), (0, HEIGHT)]


def mast(canvas, colour, x, foot, top, scale):
    """A lattice mast that narrows to its top, with three antenna panels and two dishes."""
    base, head = 46 * scale, 9 * scale

    def half(y):
        return head + (base - head) * (y - top) / (foot - top)

    levels = 9
    ys = [top + (foot - top) * (i / levels) ** 1.25 for i in range(levels + 1)]
    for a, b in zip(ys, ys[1:]):
        canvas.stroke(colour, x - half(a), a, x + half(b), b, 3.2 * scale)
        canvas.stroke(colour, x + half(a), a, x - half(b), b, 3.2 * scale)
        canvas.stroke(colour, x - half(b), b, x + half(b), b, 3.2 * scale)
    canvas.stroke(colour, x - half(top), top, x - base, foot, 6 * scale)
    canvas.stroke(colour, x + half(top), top, x + base, foot, 6 * scale)
    canvas.stroke(colour, x, top - 62 * scale, x, top, 5 * scale)
    for side in (-1, 0, 1):
        left = x + side * 22 * scale - 6.5 * scale
        canvas.fill(colour, [(left, top - 34 * scale), (left + 13 * scale, top - 34 * scale), (left + 13 * scale, top + 30 * scale),
                             (left, top + 30 * scale)])
    canvas.stroke(colour, x - 30 * scale, top + 8 * scale, x + 30 * scale, top + 8 * scale, 5 * scale)
    for side, y in ((1, ys[4]), (-1, ys[5])):
        canvas.disc(colour, x + side * (half(y) + 12 * scale), y, 15 * scale)


def house(canvas, x, ground, width, height, lit):
    roof = height * 0.45
    canvas.fill(NAVY, [(x, ground), (x, ground - height), (x + width / 2, ground - height - roof), (x + width, ground - height),
                       (x + width, ground)])
    canvas.fill(NAVY, [(x + width * 0.72, ground - height), (x + width * 0.72, ground - height - roof),
                       (x + width * 0.86, ground - height - roof), (x + width * 0.86, ground - height)])
    for i, on in enumerate(lit):
        left = x + width * (0.17 + 0.38 * (i % 2))
        upper = ground - height * (0.86 - 0.42 * (i // 2))
        if on:
            canvas.fill(WINDOW, [(left, upper), (left + width * 0.26, upper), (left + width * 0.26, upper + height * 0.24),
                                 (left, upper + height * 0.24)])


def draw():
    canvas = Canvas()
    canvas.disc(SUN, 1130, 470, 150, opacity=0.75)
    canvas.fill(HILL_FAR, hill(500, 46, 0.6, 260))
    mast(canvas, SLATE, 1270, 625, 330, 0.5)
    canvas.fill(HILL_MIDDLE, hill(585, 34, 2.4, 190))
    canvas.fill(HILL_NEAR, hill(668, 22, 4.0, 330))
    mast(canvas, NAVY, 520, 752, 222, 1.15)
    for k, opacity in enumerate((1.0, 0.8, 0.6, 0.42, 0.28)):
        canvas.ring(SIGNAL, 520, 222, 92 + 62 * k, 9, -38, 38, opacity)
        canvas.ring(SIGNAL, 520, 222, 92 + 62 * k, 9, 142, 218, opacity)
    for k, opacity in enumerate((0.9, 0.65, 0.4)):
        canvas.ring(SIGNAL, 1270, 330, 46 + 34 * k, 6, 142, 218, opacity)
    canvas.fill(NAVY, hill(742, 9, 1.0, 420))
    for x, width, height, lit in ((745, 92, 74, (1, 0, 1, 1)), (846, 84, 66, (0, 1, 1, 0)), (939, 100, 82, (1, 1, 0, 1)),
                                  (1050, 86, 68, (0, 1, 0, 0)), (1148, 96, 78, (1, 0, 1, 0)), (1258, 84, 64, (0, 0, 1, 1)),
                                  (90, 92, 70, (1, 0, 0, 1)), (194, 84, 62, (0, 1, 1, 0)), (1352, 98, 76, (1, 1, 0, 0))):
        house(canvas, x, 755, width, height, lit)
    return canvas.png()


if __name__ == "__main__":
    name = sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(os.path.abspath(__file__)), "mobile-mast.png")
    with open(name, "wb") as out:
        out.write(draw())
