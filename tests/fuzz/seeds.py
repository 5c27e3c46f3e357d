#!/usr/bin/env python3
"""Makes what fuzzing begins with: build/fuzz/seeds/TARGET/, from golden cases, samples, and what brief makes of them.

    tests/fuzz/seeds.py [TARGET…]
"""
import glob
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import zlib

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import pictures  # noqa: E402
from tally import BRIEF, BUILD, PROJECT  # noqa: E402

SEEDS = os.path.join(BUILD, "fuzz", "seeds")
PIECE_MOST = 900  # bytes: what is short is tried often


def read(path):
    with open(path, "rb") as file:
        return file.read()


def files(*patterns):
    for pattern in patterns:
        yield from sorted(glob.glob(os.path.join(PROJECT, pattern), recursive=True))


def pieces(text):
    """A document, cut between blocks into pieces that are small enough."""
    piece = b""
    for block in text.split(b"\n\n"):
        if piece and len(piece) + len(block) > PIECE_MOST:
            yield piece
            piece = b""
        piece += block[:PIECE_MOST] + b"\n\n"
    yield piece


def documents():
    for path in files("tests/golden/*.md", "tests/checks/*.bad.md", "input/*.md"):
        for number, piece in enumerate(pieces(read(path))):
            yield f"{os.path.basename(path)[:-3]}-{number}", piece


def markdown():
    """The first byte says what else is looked at: each has something else."""
    for number, (name, text) in enumerate(documents()):
        yield name, bytes([0x40 | number % 64]) + text


def diff():
    texts = list(documents())
    for (name, one), (_, other) in zip(texts, texts[1:] + texts[:1]):
        yield name, one + b"\n%%%%\n" + other
        lines = one.split(b"\n")
        yield name + "-edited", one + b"\n%%%%\n" + b"\n".join(lines[: len(lines) // 2] + lines[len(lines) // 2 + 2:])


def sheet():
    for path in files("styles/*.yaml", "tests/golden/sheets/*.yaml", "tests/golden/*.yaml"):
        yield os.path.basename(path)[:-5], read(path)


def project():
    yield "all", b"""check:
  profile: [basic, public-sector]
  deny: [warnings, link-bare]
  allow: image-alt
  files:
    - match: docs/**/*.md
      profile: print
      allow: [title-missing]
    - match: "?.md"
      deny: and-or
"""
    yield "small", b"check: {profile: government-style, files: [{match: '*', allow: ~}]}\n"
    yield "stars", b"check:\n  files:\n    - match: '**a*a*a*a*a*b'\n      deny: warnings\n"


def images(ending):
    for path in files(f"tests/**/*.{ending}", f"input/images/*.{ending}"):
        if os.path.getsize(path) < 20000:
            yield os.path.basename(path), read(path)


def png():
    yield from images("png")
    profile = pictures.chunk(b"iCCP", b"odd\0\0" + zlib.compress(pictures.SWAPPED))
    gamma = pictures.chunk(b"gAMA", struct.pack(">I", 100000))
    text = pictures.chunk(b"tEXt", b"Comment\0words") + pictures.chunk(b"eXIf", pictures.exif(6))
    for colour, channels, depths in ((0, 1, (1, 2, 4, 8, 16)), (2, 3, (8, 16)), (3, 1, (1, 2, 4, 8)), (4, 2, (8, 16)), (6, 4, (8, 16))):
        for depth in depths:
            rows = [bytes((17 * y + x) % 256 & (1 if colour == 3 else 255) for x in range((8 * channels * depth + 7) // 8)) for y in range(8)]
            palette = pictures.chunk(b"PLTE", bytes(range(6))) + pictures.chunk(b"tRNS", b"\x80\xFF") if colour == 3 else b""
            for name, extra in (("plain", text + palette), ("profile", profile + palette), ("gamma", gamma + palette)):
                yield f"{colour}-{depth}-{name}", pictures.png(rows, 8, 8, colour, depth, extra)


def jpeg():
    yield from images("jpg")
    for coding in ("ycc", "grey", "rgb", "cmyk", "ycck"):
        for orientation in range(1, 9):
            yield f"{coding}-{orientation}", pictures.jpeg(width=24, height=16, coding=coding, parts=pictures.camera(orientation))
        yield f"{coding}-profile", pictures.jpeg(width=16, height=16, coding=coding, parts=pictures.profile_parts(pictures.SWAPPED))
        yield f"{coding}-progressive", pictures.jpeg(width=16, height=16, coding=coding, frame=0xC2, scans=3)


def font():
    for path in files("tests/golden/faces/*.ttf"):
        yield os.path.basename(path), read(path)


TINY = {
    "words": "---\ntitle: A title\nauthor: [Ann, Ben]\ndate: 2024-05-17\nlang: en-GB\nmarking: Official\ndraft: true\n---\n\nWords.\n",
    "image": "---\ntitle: Bars\n---\n\n![Bars](bars.png)\n",
    "sheet": "---\nstyle: tiny.yaml\n---\n\n# Words\n\nMore[^1].\n\n[^1]: A note.\n",
}


def made(ending):
    """Small documents, as files that carry their source, and some that do not."""
    with tempfile.TemporaryDirectory() as folder:
        for path in ("tests/golden/images/bars.png", "tests/golden/sheets/tiny.yaml"):
            shutil.copy(os.path.join(PROJECT, path), folder)
        for name, text in TINY.items():
            with open(os.path.join(folder, name + ".md"), "w", encoding="utf-8") as file:
                file.write(text)
        documents = [os.path.join(folder, name + ".md") for name in TINY]
        documents += [os.path.join(PROJECT, "tests", "golden", name + ".md") for name in ("notes", "own-faces")]
        for path in documents:
            for option in ("--embed-source", "--print" if ending == "pdf" else "-q"):
                out = os.path.join(folder, "out")
                subprocess.run([BRIEF, "make", "-q", f"--{ending}", option, path, "--out-dir", out], capture_output=True, check=False)
                for file in sorted(glob.glob(os.path.join(out, "*"))):
                    yield os.path.basename(path)[:-3] + option, read(file)
                    os.remove(file)


def qpdf_kinds(name, data):
    """The same PDF in other people's ways."""
    kinds = {"objects": ["--object-streams=generate"], "plain": ["--qdf", "--object-streams=disable"], "linear": ["--linearize"],
             "locked": ["--encrypt", "", "owner", "256", "--"], "weak": ["--encrypt", "", "owner", "40", "--"]}
    with tempfile.TemporaryDirectory() as folder:
        one, other = os.path.join(folder, "in.pdf"), os.path.join(folder, "out.pdf")
        with open(one, "wb") as file:
            file.write(data)
        for kind, options in kinds.items():
            subprocess.run(["qpdf", "--allow-weak-crypto", *options, one, other], capture_output=True, check=False)
            if os.path.exists(other):
                yield f"{name}-{kind}", read(other)
                os.remove(other)


def pdf():
    for number, (name, data) in enumerate(made("pdf")):
        yield name, data
        if number % 4 == 0:
            yield from qpdf_kinds(name, data)


SEEDS_OF = {"markdown": markdown, "sheet": sheet, "project": project, "png": png, "jpeg": jpeg, "font": font, "pdf": pdf, "epub": lambda: made("epub"), "diff": diff}


def main():
    for target in sys.argv[1:] or SEEDS_OF:
        folder = os.path.join(SEEDS, target)
        seeds = list(SEEDS_OF[target]())
        os.makedirs(folder, exist_ok=True)  # when all could be made: fuzz.sh makes them where there is none
        for number, (name, data) in enumerate(seeds):
            with open(os.path.join(folder, f"{number:03}-{name}"), "wb") as file:
                file.write(data)
        print(f"{target}: {len(seeds)} seeds in {os.path.relpath(folder, PROJECT)}")


if __name__ == "__main__":
    main()
