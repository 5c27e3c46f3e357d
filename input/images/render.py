#!/usr/bin/env python3
"""Makes the PNG beside each SVG of this folder anew:

    python3 input/images/render.py

Wanted: rsvg-convert and pngquant (apt-get install librsvg2-bin pngquant), and the typeface Lato (fonts-lato). The build does not
need them: the PNGs are kept. An SVG's unit is the point, and its width is the measure of the sheet that the document names, so
that type in a figure has the size that it says; 300 dots to the inch.
"""
import glob
import os
import struct
import subprocess
import zlib

DPI = 300


def chunk(name, body):
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


for svg in sorted(glob.glob(os.path.join(os.path.dirname(os.path.abspath(__file__)), "*.svg"))):
    drawn = subprocess.run(["rsvg-convert", "--dpi-x", str(DPI), "--dpi-y", str(DPI), "--background-color", "white", svg],
                           check=True, capture_output=True).stdout
    png = subprocess.run(["pngquant", "--nofs", "--speed", "1", "--strip", "64", "-"], check=True, input=drawn, capture_output=True).stdout
    per_metre = round(DPI / 0.0254)
    after_header = 8 + 25
    with open(svg[:-4] + ".png", "wb") as out:
        out.write(png[:after_header] + chunk(b"pHYs", struct.pack(">IIB", per_metre, per_metre, 1)) + png[after_header:])
