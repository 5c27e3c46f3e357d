#!/usr/bin/env python3
"""Claims: what makes one false takes it out of the file, and says so.

Each case is a document that is broken in one way, and its mended twin. Of the broken one: the metadata lack exactly the claims that the case
names, the warning has its code at its line, `make -v` gives the same reason, and --strict makes no file. Then the claim is put into the
finished file all the same (an update appended to the PDF; the EPUB's package document), and veraPDF and Ace are asked: where the case says that a
machine can tell, they refuse it; where it says that none can, they find nothing, so only the program stands between the reader and a false
claim. The twin makes every claim, without a word, and the judges agree.
"""
import json
import os
import re
import shutil
import struct
import sys
import zipfile
import zlib
from concurrent.futures import ThreadPoolExecutor

from corpus import run
from tally import BRIEF, BUILD, PROJECT, Tally

sys.path.insert(0, os.path.join(PROJECT, "tests", "validate"))
from run import ace, java  # noqa: E402

OUT = os.path.join(BUILD, "tests", "claims")
UA, A, EPUB = "pdf-ua", "pdf-a", "epub-a11y"
SPOKEN = {UA: "PDF/UA-1", A: "PDF/A-2a", EPUB: "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"}
HEAD = "---\ntitle: A title\nlang: en-GB\n---\n\nSome words.\n\n"
WIDE = "name: pale\nextends: briefing\nrules:\n  paragraph: {colour: '%s'}\n"


def png(animated=False):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = zlib.compress(b"".join(b"\0" + b"\x60" * 40 for _ in range(40)))
    frames = chunk(b"acTL", struct.pack(">II", 2, 0)) if animated else b""
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 40, 40, 8, 0, 0, 0, 0)) + frames + chunk(b"IDAT", rows)
            + chunk(b"IEND", b""))


FILES = {"bridge.png": png(), "moves.png": png(True), "pale.yaml": (WIDE % "#aaaaaa").encode(), "dark.yaml": (WIDE % "#333333").encode()}


class Case:
    """lost: claims that are not made. told: judges that refuse the claim when it is made all the same."""

    def __init__(self, name, broken, mended, lost, code, line, told=()):
        self.__dict__.update(locals())


CASES = [
    Case("image-without-alternative", HEAD + "![](bridge.png)\n", HEAD + "![A grey square](bridge.png)\n", {UA, A, EPUB}, "image-alt", 8,
         ("ua1", "ace")),
    Case("image-with-an-invisible-one", HEAD + "![\u200b](bridge.png)\n", HEAD + "![](bridge.png){.decorative}\n", {UA, A, EPUB},
         "image-alt", 8, ("ua1", "ace")),
    Case("image-named-by-its-file", HEAD + "![bridge.png](bridge.png)\n", HEAD + "![A bridge](bridge.png)\n", {UA, A, EPUB}, "image-alt-file", 8),
    Case("image-with-a-stand-in", HEAD + "![image](bridge.png)\n", HEAD + "![The image of a bridge](bridge.png)\n", {UA, A, EPUB},
         "image-alt-file", 8),
    Case("alternative-beyond-a-pdf", HEAD + "![" + "word " * 9000 + "](bridge.png)\n", HEAD + "![A long word](bridge.png)\n", {UA}, "alt-long", 8),
    Case("logo-without-alternative", HEAD.replace("lang", "cover: true\nlogo: bridge.png\nlang"),
         HEAD.replace("lang", "cover: true\nlogo: bridge.png\nlogo-alt: A house\nlang"), {UA, A, EPUB}, "image-alt", 4, ("ua1", "ace")),
    Case("image-that-moves", HEAD + "![A square](moves.png)\n", HEAD + "![A square](bridge.png)\n", {EPUB}, "image-animated", 8),
    Case("no-title", "---\nlang: en-GB\n---\n\nSome words.\n", "---\nlang: en-GB\n---\n\n# A title\n\nSome words.\n", {UA, EPUB}, "title-missing", 0),
    Case("language-that-there-is-not", HEAD.replace("en-GB", "english"), HEAD.replace("en-GB", "en"), {UA, EPUB}, "language-unknown", 3, ("ace",)),
    Case("passage-in-no-language", HEAD + "He said [bonjour à tous]{lang=xx}.\n", HEAD + "He said [bonjour à tous]{lang=fr}.\n", {UA, EPUB},
         "language-unknown", 8, ("ace",)),
    Case("passage-with-a-malformed-tag", HEAD + "He said [bonjour à tous]{lang=fr_FR}.\n", HEAD + "He said [bonjour à tous]{lang=fr-FR}.\n",
         {UA, EPUB}, "lang", 8),
    Case("french-without-saying-so", "# Titre\n\nLe rapport de la commission est dans le cadre du débat sur les eaux.\n",
         "---\nlang: fr\n---\n\n# Titre\n\nLe rapport de la commission est dans le cadre du débat sur les eaux.\n", {UA, EPUB}, "language-doubtful", 0),
    Case("character-without-glyph", HEAD + "A word, and \u0378.\n", HEAD + "A word, and \u03b1.\n", {UA, A}, "glyph-missing", 8),
    Case("character-of-a-font's-own", HEAD + "A word, and \uf8ff.\n", HEAD + "A word, and an apple.\n", {A, EPUB}, "character-private", 8, ("2a",)),
    Case("link-of-decoration", HEAD + "[![](bridge.png){.decorative}](https://example.org/)\n",
         HEAD + "[![The bridge's own page](bridge.png)](https://example.org/)\n", {UA}, "link-nameless", 8, ("ua1",)),
    Case("passage-in-another-script", HEAD + "He said: ταύτα τα λόγια του ανδρός.\n", HEAD + "He said: [ταύτα τα λόγια του ανδρός]{lang=el}.\n", {UA, EPUB},
         "language-script", 8),
    Case("table-without-head", HEAD + "|  |  |\n|--|--|\n| a | b |\n| c | d |\n", HEAD + "| Letter | Next |\n|--|--|\n| a | b |\n| c | d |\n",
         {UA, EPUB}, "table-head", 8),
    Case("column-without-header", HEAD + "| Year | |\n|--|--|\n| 2018 | 5 |\n| 2019 | 6 |\n",
         HEAD + "| Year | Reports |\n|--|--|\n| 2018 | 5 |\n| 2019 | 6 |\n", {UA, EPUB}, "table-head-empty", 8),
    Case("pale-text", HEAD.replace("lang", "style: pale.yaml\nlang"), HEAD.replace("lang", "style: dark.yaml\nlang"), {EPUB}, "contrast", 7, ("ace",)),
]


# ---- Reading, and putting in what is not true


def xmp(data):
    return data[data.rindex(b"<x:xmpmeta"):data.rindex(b"</x:xmpmeta>") + 12].decode()


def claims_made(pdf, epub):
    """As a reader finds them that shares nothing with the program."""
    with open(pdf, "rb") as file:
        packet = xmp(file.read())
    with zipfile.ZipFile(epub) as book:
        package = book.read("EPUB/package.opf").decode() if "EPUB/package.opf" in book.namelist() else book.read(
            next(name for name in book.namelist() if name.endswith(".opf"))).decode()
    found = {UA} if "<pdfuaid:part>1</pdfuaid:part>" in packet else set()
    found |= {A} if "<pdfaid:conformance>A</pdfaid:conformance>" in packet else set()
    return found | ({EPUB} if f">{SPOKEN[EPUB]}</meta>" in package else set())


def pdf_forced(source, target, honest):
    """The PDF with the claims of another one's metadata: an incremental update (ISO 32000-1 §7.5.6), which changes nothing else."""
    with open(source, "rb") as file:
        data = file.read()
    with open(honest, "rb") as file:
        packet = xmp(file.read())
    own = xmp(data)
    own = re.sub("<pdfaid:conformance>.</pdfaid:conformance>", "<pdfaid:conformance>A</pdfaid:conformance>", own)
    if "<pdfuaid:part>" not in own:
        own = own.replace("</pdfaid:conformance>", "</pdfaid:conformance>\n<pdfuaid:part>1</pdfuaid:part>", 1)
    schema = re.search(r"<rdf:Description[^>]*pdfaExtension.*?</rdf:Description>", packet, re.S).group(0)
    own = re.sub(r"<rdf:Description[^>]*pdfaExtension.*?</rdf:Description>", "", own, flags=re.S)
    own = own.replace("</rdf:RDF>", schema + "\n</rdf:RDF>")
    body = ('<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n' + own + '\n<?xpacket end="r"?>').encode()
    number = int(re.findall(rb"/Metadata (\d+) 0 R", data)[-1])
    start = re.findall(rb"startxref\s+(\d+)", data)[-1].decode()
    trailer = data[data.rindex(b"trailer"):]
    entries = " ".join(f"/{key} {value.decode()}" for key, value in (
        (key, re.search(rb"/" + key.encode() + rb"\s*(\d+ 0 R|\d+|\[.*?\])", trailer, re.S).group(1)) for key in ("Size", "Root", "Info", "ID")))
    at = len(data) + 1
    obj = f"{number} 0 obj\n<</Type/Metadata/Subtype/XML/Length {len(body)}>>\nstream\n".encode() + body + b"\nendstream\nendobj\n"
    with open(target, "wb") as file:
        file.write(data + b"\n" + obj + f"xref\n{number} 1\n{at:010} 00000 n \ntrailer\n<<{entries} /Prev {start}>>\nstartxref\n{at + len(obj)}\n%%EOF\n"
                   .encode())


def epub_forced(source, target):
    claim = f'<meta property="dcterms:conformsTo">{SPOKEN[EPUB]}</meta></metadata>'.encode()
    with zipfile.ZipFile(source) as book, zipfile.ZipFile(target, "w") as out:
        for info in book.infolist():
            data = book.read(info)
            out.writestr(info, data.replace(b"</metadata>", claim, 1) if info.filename.endswith(".opf") else data)


# ---- The cases


def make(name, text, *options):
    """Makes a document in a folder of its own; gives status, output, diagnostics and the paths of both files."""
    folder = os.path.join(OUT, name)
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    for file, content in {**FILES, "article.md": text.encode()}.items():
        with open(os.path.join(folder, file), "wb") as out:
            out.write(content)
    return *run([BRIEF, "make", "article.md", *options], folder), os.path.join(folder, "article.pdf"), os.path.join(folder, "article.epub")


def told_by_info(pdf, epub):
    status, output, _ = run([BRIEF, "info", "--format=json", pdf, epub], OUT)
    claims = {claim for file in json.loads(output)["files"] for claim in file["claims"]} if status == 0 else set()
    return {key for key, words in SPOKEN.items() if words in claims}


def check_broken(tally, case):
    status, output, diagnostics, pdf, epub = make(case.name, case.broken, "-v")
    place = f"article.md:{case.line}:" if case.line else "article.md:"
    warnings = [line for line in diagnostics.split("\n") if re.search(r": (warning|error): ", line)]
    tally.check(f"{case.name}: made", status == 0, diagnostics)
    tally.check(f"{case.name}: one warning at its place",
                len(warnings) == 1 and warnings[0].startswith(place) and warnings[0].endswith(f"[{case.code}]") and ": warning: " in warnings[0],
                diagnostics)
    wanted = set(SPOKEN) - case.lost
    tally.equal(f"{case.name}: claims", sorted(wanted), sorted(claims_made(pdf, epub)))
    tally.equal(f"{case.name}: claims that info tells", sorted(wanted), sorted(told_by_info(pdf, epub)))
    for claim, words in SPOKEN.items():
        told = f"  not {words}: {place}" in output and f"[{case.code}]" in output
        tally.check(f"{case.name}: -v tells of {words}", told if claim in case.lost else f"not {words}" not in output, output)
    forced = pdf.replace(".pdf", "-forced.pdf"), epub.replace(".epub", "-forced.epub")
    return pdf, epub, *forced


def check_strict(tally, case):
    status, _, diagnostics, pdf, epub = make(case.name + "-strict", case.broken, "--strict")
    tally.check(f"{case.name}: --strict makes nothing", status == 1 and not os.path.exists(pdf) and not os.path.exists(epub)
                and ": error: " in diagnostics and f"[{case.code}]" in diagnostics, f"status {status}\n{diagnostics}")
    if not case.lost & {UA, A}:
        status, _, diagnostics, pdf, epub = make(case.name + "-strict-pdf", case.broken, "--strict", "--pdf")
        tally.check(f"{case.name}: --strict asks of what is made only", status == 0 and os.path.exists(pdf), diagnostics)


def check_mended(tally, case):
    status, _, diagnostics, pdf, epub = make(case.name + "-mended", case.mended, "--strict", "-q")
    tally.check(f"{case.name}: the twin is made without a word", status == 0 and not diagnostics, diagnostics)
    tally.equal(f"{case.name}: the twin claims everything", sorted(SPOKEN), sorted(claims_made(pdf, epub)))
    return pdf, epub


def main():
    tally = Tally()
    shutil.rmtree(OUT, ignore_errors=True)
    os.makedirs(OUT)
    vera, heard = {}, {}  # what is asked: whether it is to be refused
    for case in CASES:
        check_strict(tally, case)
        good_pdf, good_epub = check_mended(tally, case)
        pdf, epub, forced_pdf, forced_epub = check_broken(tally, case)
        pdf_forced(pdf, forced_pdf, good_pdf)
        for claim, flavour in ((UA, "ua1"), (A, "2a")):
            vera[f"{flavour} {good_pdf}"] = False
            if claim in case.lost:
                vera[f"{flavour} {forced_pdf}"] = flavour in case.told
        if EPUB in case.lost:
            epub_forced(epub, forced_epub)
            heard[forced_epub] = "ace" in case.told
            heard[good_epub] = False
    with ThreadPoolExecutor(2) as pool:
        judged, spoken = pool.submit(java, "VeraRun", list(vera)), pool.submit(ace, list(heard))
    for judge, asked, found in (("veraPDF", vera, judged), ("Ace", heard, spoken)):
        for line, refused in asked.items():
            faults = found.result()[line]
            good = not faults.startswith("no verdict") and bool(faults) == refused and not re.search(r"^  (5-1|6\.6\.4)", faults, re.M)
            tally.check(f"{judge} {'refuses' if refused else 'finds nothing in'} {os.path.relpath(line, OUT)}", good, faults or "passed")
    tally.check("ten kinds and more", len(CASES) >= 10 and len({case.code for case in CASES}) >= 10)
    return tally.done()


if __name__ == "__main__":
    raise SystemExit(main())
