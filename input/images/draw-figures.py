#!/usr/bin/env python3
"""Draws the figures of the sample report and the sample research briefing.

    python3 input/images/draw-figures.py [FOLDER]

Python's standard library only. Shapes are polygons of one colour, filled by scan lines with four lines to a pixel; letters are
strokes on a grid. The files are 8-bit RGB PNGs, and the same bytes come out on every run.
"""
import math
import os
import struct
import sys
import zlib

SUB = 4
WHITE = (255, 255, 255)
INK = (29, 26, 51)
GREY = (110, 108, 118)
PALE = (205, 203, 210)
DARK = (27, 63, 125)
LIGHT = (150, 178, 216)
WATER = (120, 165, 205)
EARTH = (168, 136, 98)
GRASS = (118, 150, 92)
WOOD = (62, 102, 66)
RED = (160, 44, 40)
LAND = (238, 234, 220)

# Each letter: strokes of points, on a grid four wide and six high, y downwards.
LETTERS = {
    "0": ["1030 4145 3616 0501 10"], "1": ["0220 2016", "1636"], "2": ["0110 3041 4206 0646"], "3": ["0110 3041 4232 1333 4445 3616 0605"],
    "4": ["3004 0444", "3036"], "5": ["4000 0333 4445 3616 05"], "6": ["4010 0105 1636 4544 3303"], "7": ["0040 4016"],
    "8": ["1030 4142 3313 0201 10", "1333 4445 3616 0504 13"], "9": ["4313 0201 1030 4145 3606"], "-": ["1333"], ",": ["2516"], ".": ["2526"],
    "£": ["4130 2011 1516 0646", "0333"], "%": ["4006", "0010 1101 00", "3545 4636 35"], "A": ["0602 2042 46", "0444"],
    "B": ["0030 4142 3303", "3344 4536 0600"], "C": ["4130 1001 0516 3645"], "m": ["0602", "0312 2226", "2332 4246"],
}


class Canvas:
    def __init__(self, width, height, ground=WHITE):
        self.width, self.height = width, height
        self.rows = [[list(ground) for _ in range(width)] for _ in range(height)]

    def fill(self, colour, *polygons):
        """Fills the polygons, even-odd, as one shape."""
        edges = []
        for points in polygons:
            for (x0, y0), (x1, y1) in zip(points, points[1:] + points[:1]):
                if y0 != y1:
                    edges.append((x0, y0, x1, y1) if y0 < y1 else (x1, y1, x0, y0))
        if not edges:
            return
        for y in range(max(0, math.floor(min(e[1] for e in edges))), min(self.height, math.ceil(max(e[3] for e in edges)))):
            cover = {}
            live = [e for e in edges if e[1] < y + 1 and e[3] > y]
            for k in range(SUB):
                line = y + (k + 0.5) / SUB
                cuts = sorted(x0 + (line - y0) * (x1 - x0) / (y1 - y0) for x0, y0, x1, y1 in live if y0 <= line < y1)
                for left, right in zip(cuts[0::2], cuts[1::2]):
                    left, right = max(0.0, left), min(float(self.width), right)
                    for x in range(int(left), min(self.width - 1, int(right)) + 1):
                        part = min(right, x + 1) - max(left, x)
                        if part > 0:
                            cover[x] = cover.get(x, 0.0) + part / SUB
            row = self.rows[y]
            for x, part in cover.items():
                row[x] = [old + (new - old) * min(1.0, part) for old, new in zip(row[x], colour)]

    def bar(self, colour, x, y, width, height):
        self.fill(colour, [(x, y), (x + width, y), (x + width, y + height), (x, y + height)])

    def disc(self, colour, x, y, radius):
        self.fill(colour, [(x + radius * math.cos(a * math.pi / 24), y + radius * math.sin(a * math.pi / 24)) for a in range(48)])

    def line(self, colour, points, width):
        for (x0, y0), (x1, y1) in zip(points, points[1:]):
            length = math.hypot(x1 - x0, y1 - y0)
            dx, dy = (y1 - y0) / length * width / 2, -(x1 - x0) / length * width / 2
            self.fill(colour, [(x0 + dx, y0 + dy), (x1 + dx, y1 + dy), (x1 - dx, y1 - dy), (x0 - dx, y0 - dy)])
        for x, y in points:
            self.disc(colour, x, y, width / 2)

    def text(self, colour, x, y, words, size, middle=False):
        """Words whose letters are `size` high, from x (or about it) down from y."""
        unit = size / 6
        x -= (len(words) * 6 - 2) * unit / 2 if middle else 0
        for letter in words:
            for stroke in LETTERS.get(letter, []):
                digits = stroke.replace(" ", "")
                points = [(x + int(digits[i]) * unit, y + int(digits[i + 1]) * unit) for i in range(0, len(digits), 2)]
                self.line(colour, [p for p, q in zip(points, [None] + points) if p != q], unit * 0.75)
            x += 6 * unit

    def mark(self, letter, x, y):
        self.disc(WHITE, x, y, 27)
        self.disc(INK, x, y, 24)
        self.text(WHITE, x, y - 13, letter, 26, middle=True)

    def png(self):
        raw = b"".join(b"\0" + bytes(int(v + 0.5) for pixel in row for v in pixel) for row in self.rows)

        def chunk(name, body):
            return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

        return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", self.width, self.height, 8, 2, 0, 0, 0)) +
                chunk(b"pHYs", struct.pack(">IIB", 9449, 9449, 1)) + chunk(b"IDAT", zlib.compress(raw, 9)) + chunk(b"IEND", b""))


def wave(x, y, length, swell, steps=40):
    return [(x + length * i / steps, y + swell * math.sin(i / steps * 4 * math.pi)) for i in range(steps + 1)]


def axes(canvas, top, step, unit, left=130, bottom=640):
    """Lines across for every step up to the top; gives the height of a value."""
    scale = 540 / top
    for value in range(0, top + 1, step):
        y = bottom - value * scale
        canvas.line(PALE if value else INK, [(left, y), (canvas.width - 40, y)], 3)
        canvas.text(GREY, 20, y - 14, f"{value}", 28)
    canvas.text(GREY, 20, 24, unit, 28)
    return lambda value: value * scale


def spending():
    canvas = Canvas(1500, 720)
    height = axes(canvas, 800, 200, "£m")
    capital = (402, 418, 441, 452, 470, 505, 588, 634, 671, 702)
    maintenance = (171, 166, 160, 162, 164, 168, 172, 175, 183, 190)
    for i, (built, kept) in enumerate(zip(capital, maintenance)):
        x = 160 + i * 131
        canvas.bar(DARK, x, 640 - height(built), 56, height(built))
        canvas.bar(LIGHT, x + 56, 640 - height(kept), 42, height(kept))
        canvas.text(INK, x + 28, 640 - height(built) - 34, str(built), 22, middle=True)
        canvas.text(INK, x + 84, 640 - height(kept) - 28, str(kept), 17, middle=True)
        canvas.text(GREY, x + 49, 664, f"{14 + i}-{15 + i}", 24, middle=True)
    return canvas


def bank():
    canvas = Canvas(1500, 620)
    ground, crest = 470, 230
    canvas.bar(EARTH, 0, ground, 1500, 150)
    canvas.fill(WATER, [(0, 300), (640, 300), (560, 420), (400, 540), (0, 540)])
    canvas.fill(EARTH, [(340, 545), (720, crest), (860, crest), (1100, ground), (1100, 560)])
    canvas.line(GRASS, [(640, 298), (720, crest), (860, crest), (1100, ground), (1500, ground)], 14)
    canvas.line(INK, [(790, crest), (786, 60)], 22)  # a dead tree
    for x, y, u, v in ((787, 150, 700, 70), (787, 120, 880, 50), (788, 180, 890, 120)):
        canvas.line(INK, [(x, y), (u, v)], 10)
    canvas.line(INK, [(790, crest), (785, 300), (770, 360)], 16)
    canvas.line(WATER, [(560, 366), (680, 372), (770, 372), (900, 410), (1010, 440), (1080, 470)], 18)
    canvas.fill(WATER, [(1060, 474), (1240, 474), (1210, 496), (1090, 496)])
    canvas.fill(PALE, [(1310, 470), (1310, 360), (1460, 360), (1460, 470)])
    canvas.fill(RED, [(1290, 364), (1385, 280), (1480, 364)])
    canvas.bar(INK, 1370, 400, 34, 70)
    canvas.mark("A", 850, 300)
    canvas.mark("B", 590, 430)
    canvas.mark("C", 1150, 430)
    return canvas


def valley():
    canvas = Canvas(1500, 900, LAND)
    for x, y, size in ((180, 90, 120), (330, 60, 90), (760, 50, 140), (930, 80, 100), (1290, 110, 130), (1400, 60, 90)):
        canvas.fill(PALE, [(x - size, y + size * 0.8), (x, y - size * 0.5), (x + size, y + size * 0.8)])
    river = [(800, 150), (770, 260), (820, 380), (760, 500), (790, 620), (740, 740), (760, 899)]
    for points, width in ((river, 20), ([(260, 170), (360, 300), (520, 380), (640, 470), (762, 500)], 12),
                          ([(1290, 220), (1180, 330), (1040, 450), (900, 560), (786, 620)], 12)):
        canvas.line(WATER, points, width)
    for x, y in ((300, 222), (350, 288), (420, 332), (1250, 260), (1200, 310), (1130, 374)):
        canvas.line(INK, [(x - 26, y + 16), (x + 26, y - 16)], 9)
    for x, y in ((130, 300), (190, 350), (120, 390), (230, 300), (1330, 340), (1390, 390), (1320, 420), (600, 180), (560, 240), (640, 260)):
        canvas.disc(WOOD, x, y, 34)
    for x, y in ((680, 560), (640, 600), (870, 660)):
        canvas.disc(WATER, x, y, 26)
    canvas.line(EARTH, [(560, 700), (715, 700)], 24)
    canvas.line(EARTH, [(775, 700), (930, 700)], 24)
    for x, y in ((640, 800), (700, 840), (620, 860), (810, 800), (860, 850), (900, 800)):
        canvas.fill(RED, [(x - 24, y), (x, y - 22), (x + 24, y)])
        canvas.bar(INK, x - 18, y, 36, 24)
    for letter, x, y in (("1", 470, 270), ("1", 1080, 310), ("2", 280, 370), ("3", 570, 560), ("4", 990, 690)):
        canvas.mark(letter, x, y)
    return canvas


def mark():
    canvas = Canvas(360, 360)
    ring = [(180 + r * math.cos(math.pi * (1 + i / 40)), 190 + r * math.sin(math.pi * (1 + i / 40))) for r, order in ((160, 1), (132, -1))
            for i in (range(41) if order == 1 else range(40, -1, -1))]
    canvas.fill(INK, ring)
    for i in range(3):
        canvas.line(DARK, wave(24, 216 + i * 48, 312, 12), 16)
    return canvas


def allotments():
    canvas = Canvas(1500, 720)
    height = axes(canvas, 60, 10, "")
    waiting = (("2014", 31), ("2016", 29), ("2018", 27), ("2020", 41), ("2021", 52), ("2022", 55), ("2023", 54), ("2024", 51))
    for i, (year, number) in enumerate(waiting):
        x = 170 + i * 164
        canvas.bar(WOOD, x, 640 - height(number), 100, height(number))
        canvas.text(INK, x + 50, 640 - height(number) - 42, str(number), 30, middle=True)
        canvas.text(GREY, x + 50, 664, year, 28, middle=True)
    return canvas


def plots():
    """A full plot of ten rods, and what is let more often now."""
    canvas = Canvas(1500, 520, LAND)
    x = 40
    for width, beds in ((640, 8), (320, 4), (160, 2)):
        canvas.bar(EARTH, x, 60, width, 340)
        for i in range(beds):
            canvas.bar(GRASS, x + 14 + i * 80, 76, 52, 308)
        canvas.line(INK, [(x, 60), (x + width, 60), (x + width, 400), (x, 400), (x, 60)], 5)
        x += width + 100
    for x, label in ((360, "250"), (940, "125"), (1280, "62.5")):
        canvas.text(INK, x, 430, label, 40, middle=True)
    return canvas


FIGURES = {"flood-spending": spending, "flood-bank": bank, "flood-valley": valley, "committee-mark": mark, "allotment-waiting": allotments,
           "allotment-plots": plots}

if __name__ == "__main__":
    folder = sys.argv[1] if len(sys.argv) > 1 else os.path.dirname(os.path.abspath(__file__))
    for name, draw in FIGURES.items():
        with open(os.path.join(folder, name + ".png"), "wb") as out:
            out.write(draw().png())
