#!/usr/bin/env python3
"""Makes the small pictures of the golden cases. The two JPEGs need ImageMagick; the rest only Python. Kept in the project: made once."""
import os
import struct
import subprocess
import sys
import zlib

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(os.path.dirname(HERE)))
import pictures  # noqa: E402


def chunk(name, body):
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(name, width, height, colour, rows, bits=8, extra=b""):
    header = struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0)
    with open(os.path.join(HERE, name), "wb") as out:
        out.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + extra +
                  chunk(b"IDAT", zlib.compress(b"".join(b"\0" + row for row in rows), 9)) + chunk(b"IEND", b""))


def main():
    bars = [(176, 58, 46), (247, 201, 160), (92, 126, 150), (16, 42, 67)]
    png("bars.png", 80, 40, 2, [b"".join(bytes(bars[x // 20]) for x in range(80)) for _ in range(40)])
    png("grey.png", 64, 32, 0, [bytes(x * 4 for x in range(64)) for _ in range(32)])
    png("clear.png", 40, 40, 6, [b"".join(bytes((16, 42, 67, min(255, 8 * abs(x - 20) + 8 * abs(y - 20)))) for x in range(40)) for y in range(40)])
    png("palette.png", 48, 24, 3, [bytes(x // 12 for x in range(48)) for _ in range(24)],
        extra=chunk(b"PLTE", b"".join(bytes(bar) for bar in bars)))
    png("tall.png", 60, 1200, 2, [bytes((200 - y // 12, 120, y // 6)) * 60 for y in range(1200)])
    with open(os.path.join(HERE, "broken.png"), "wb") as out:
        out.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 10, 10, 8, 2, 0, 0, 0)) + b"\0\0\0\7IDAT")
    with open(os.path.join(HERE, "text.png"), "w", encoding="ascii") as out:
        out.write("This is not a picture.\n")
    with open(os.path.join(HERE, "photograph.jpg"), "wb") as out:
        out.write(pictures.jpeg(width=320, height=240, parts=pictures.camera(6, 150), behind=pictures.jpeg(parts=pictures.camera()), jfif=False))
    bars = os.path.join(HERE, "bars.png")
    for name, options in (("bars.jpg", []), ("grey.jpg", ["-colorspace", "Gray"])):
        subprocess.run(["convert", bars, *options, "-strip", "-quality", "90", os.path.join(HERE, name)], check=True)


if __name__ == "__main__":
    main()
