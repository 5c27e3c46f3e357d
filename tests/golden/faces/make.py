#!/usr/bin/env python3
"""Makes the small faces of the golden cases: every letter is a box. Our own, from nothing. Kept in the project: made once."""
import os
import struct

HERE = os.path.dirname(os.path.abspath(__file__))
CHARACTERS = " .,:-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
EM = 1000


def box(width, height, stem):
    """A glyph: a frame of this stem, outer contour and inner."""
    points = [(50, 0), (50, height), (width - 50, height), (width - 50, 0),
              (50 + stem, stem), (width - 50 - stem, stem), (width - 50 - stem, height - stem), (50 + stem, height - stem)]
    steps = [(x - px, y - py) for (x, y), (px, py) in zip(points, [(0, 0)] + points)]
    body = struct.pack(">hhhhhHHHBB", 2, 50, 0, width - 50, height, 3, 7, 0, 9, 7)
    body += b"".join(struct.pack(">h", x) for x, _ in steps) + b"".join(struct.pack(">h", y) for _, y in steps)
    return body + b"\0" * (-len(body) % 4)


def height(character):
    return 200 if character in ".,:-" else 700 if character.isupper() or character.isdigit() or character in "bdfhklt" else 500


def name_table(family, style):
    texts = {1: family, 2: style, 4: f"{family} {style}", 6: f"{family}-{style}".replace(" ", "")}
    records, strings = b"", b""
    for number, text in texts.items():
        raw = text.encode("utf-16-be")
        records += struct.pack(">HHHHHH", 3, 1, 0x409, number, len(raw), len(strings))
        strings += raw
    return struct.pack(">HHH", 0, len(texts), 6 + len(records)) + records + strings


def cmap_table():
    """Format 12: each character is a group of its own."""
    groups = b"".join(struct.pack(">LLL", ord(c), ord(c), 1 + i) for i, c in sorted(enumerate(CHARACTERS), key=lambda at: at[1]))
    return struct.pack(">HHHHL", 0, 1, 3, 10, 12) + struct.pack(">HHLLL", 12, 0, 16 + len(groups), 0, len(CHARACTERS)) + groups


def check_sum(body):
    body += b"\0" * (-len(body) % 4)
    return sum(struct.unpack(f">{len(body) // 4}L", body)) & 0xFFFFFFFF


def font(family, style, bold, rights):
    stem = 160 if bold else 70
    widths, glyphs = [600], [box(600, 700, 30)]
    for i, character in enumerate(CHARACTERS):
        widths.append(300 if character in " .,:-" else 480 + 20 * (i % 7) + (40 if bold else 0))
        glyphs.append(b"" if character == " " else box(widths[-1], height(character), min(stem, height(character) // 2 - 20, 90)
                                                       if height(character) < 500 or widths[-1] < 400 else stem))
    offsets = [0]
    for glyph in glyphs:
        offsets.append(offsets[-1] + len(glyph))
    count, weight = len(glyphs), 700 if bold else 400
    tables = {
        "OS/2": struct.pack(">HhHHH10hh10s4L4sHHHhhhHH2LhhHHH", 4, 520, weight, 5, rights, *[0] * 8, 50, 300, 0, b"\0" * 10, 0, 0, 0, 0,
                            b"NONE", 0x20 if bold else 0x40, 32, 122, 750, -250, 0, 750, 250, 1, 0, 500, 700, 0, 32, 1),
        "cmap": cmap_table(),
        "glyf": b"".join(glyphs),
        "head": struct.pack(">LLLLHHqqhhhhHHhhh", 0x10000, 0x10000, 0, 0x5F0F3CF5, 3, EM, 0, 0, 50, 0, 600, 700, 1 if bold else 0, 8, 2, 1, 0),
        "hhea": struct.pack(">LhhhHhhhhhhhhhhhH", 0x10000, 750, -250, 0, 700, 50, 50, 600, 1, 0, 0, 0, 0, 0, 0, 0, count),
        "hmtx": b"".join(struct.pack(">Hh", width, 50) for width in widths),
        "loca": b"".join(struct.pack(">L", offset) for offset in offsets),
        "maxp": struct.pack(">LHHHHHHHHHHHHHH", 0x10000, count, 8, 2, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0),
        "name": name_table(family, style),
        "post": struct.pack(">LLhhLLLLL", 0x30000, 0, -100, 50, 0, 0, 0, 0, 0),
    }
    power = len(tables).bit_length() - 1
    head = struct.pack(">LHHHH", 0x10000, len(tables), 16 << power, power, 16 * len(tables) - (16 << power))
    at, directory, body = len(head) + 16 * len(tables), b"", b""
    for tag, table in sorted(tables.items()):
        directory += struct.pack(">4sLLL", tag.encode(), check_sum(table), at + len(body), len(table))
        body += table + b"\0" * (-len(table) % 4)
    whole = bytearray(head + directory + body)
    adjust = at + sum(len(t) + -len(t) % 4 for tag, t in sorted(tables.items()) if tag < "head") + 8
    struct.pack_into(">L", whole, adjust, (0xB1B0AFBA - check_sum(bytes(whole))) & 0xFFFFFFFF)
    return bytes(whole)


def write(name, content):
    with open(os.path.join(HERE, name), "wb") as file:
        file.write(content)


def main():
    write("box-regular.ttf", font("Right Box", "Regular", False, 0))
    write("box-bold.ttf", font("Right Box", "Bold", True, 4))
    write("box-restricted.ttf", font("Right Box", "Italic", False, 2))
    write("box-cut.ttf", font("Right Box", "Regular", False, 0)[:2000])


if __name__ == "__main__":
    main()
