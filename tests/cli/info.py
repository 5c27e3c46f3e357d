#!/usr/bin/env python3
"""`brief info`: what it tells of our own files, of those of other tools, and of hostile ones.

A file that cannot be read costs one sentence and status 1, whatever is in it: no crash, no gigabytes, no minutes. What is told is compared with
what qpdf and Python's zipfile find, and with what is known of files that are made here byte by byte.
"""
import functools
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
import zlib

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from tally import PROJECT, Tally  # noqa: E402

BRIEF = os.path.abspath(sys.argv[1])
MEMORY_KB, SECONDS = 2_500_000, 60  # what the most hostile file may cost
KEYS = ["file", "format", "version", "bytes", "title", "authors", "language", "date", "marking", "draft", "pages", "tagged", "claims", "fonts",
        "attachments", "program", "record", "encrypted", "damaged", "incomplete"]
SOURCE = """---
title: A “title” & more
author: [A. Writer, B. Writer]
lang: cy
date: 2024-07-23
marking: OFFICIAL
draft: true
---

Geiriau, a *geiriau*.
"""


def info(*arguments, folder=None, stdin=None):
    return subprocess.run([BRIEF, "info", *arguments], capture_output=True, cwd=folder, input=stdin, timeout=300, check=False)


def told(path):
    result = info("--format=json", path)
    return result.returncode, json.loads(result.stdout)["files"][0]


# ---- Files made here


def pdf(objects, root=1, extra=b"", header=b"%PDF-1.7\n"):
    """A PDF of {number: bytes}, with a table of references."""
    parts, places, size = [header], {}, len(header)
    for number, body in objects.items():
        places[number] = size
        parts.append(b"%d 0 obj\n" % number + body + b"\nendobj\n")
        size += len(parts[-1])
    table = b"xref\n0 1\n0000000000 65535 f \n" + b"".join(b"%d 1\n%010d 00000 n \n" % (n, at) for n, at in sorted(places.items()))
    return b"".join(parts) + table + b"trailer\n<</Size %d/Root %d 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (max(objects) + 1, root, extra, size)


def stream(data, entries=b""):
    return b"<<%s/Length %d>>\nstream\n" % (entries, len(data)) + data + b"\nendstream"


@functools.cache
def bomb(megabytes):
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(b" " * (1 << 20)) for _ in range(megabytes)) + packer.flush()


def plain_pdf(pages=b"<</Type/Pages/Kids[3 0 R]/Count 1>>", catalogue=b"", more=None):
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>"
    return pdf({1: b"<</Type/Catalog/Pages 2 0 R" + catalogue + b">>", 2: pages, 3: page, **(more or {})})


def deep_pdf(depth):
    kids = {n: b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (n + 1) for n in range(2, depth)}
    return pdf({1: b"<</Type/Catalog/Pages 2 0 R>>", **kids, depth: b"<</Type/Page/MediaBox[0 0 9 9]>>"})


def wide_pdf():
    """Nodes that share one list of nodes that share it."""
    return pdf({1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Kids 3 0 R>>", 3: b"[" + b"<</Kids 3 0 R>>" * 2000 + b"2 0 R]"})


def epub(package, container=None, mimetype=True, name="EPUB/package.opf", more=()):
    path = os.path.join(tempfile.mkdtemp(dir=TOP), "x.epub")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        if mimetype:
            book.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        book.writestr("META-INF/container.xml", container or f"""<?xml version="1.0"?><container version="1.0"
            xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="{name}"
            media-type="application/oebps-package+xml"/></rootfiles></container>""")
        if package is not None:
            book.writestr(name, package)
        for entry, data in more:
            book.writestr(entry, data)
    return path


def package(metadata="", manifest="", doctype="", version="3.0", prefix=""):
    return f"""<?xml version="1.0"?>{doctype}<package xmlns="http://www.idpf.org/2007/opf" version="{version}" {prefix}><metadata
        xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Another's</dc:title><dc:language>fr</dc:language>{metadata}</metadata>
        <manifest>{manifest}</manifest><spine/></package>"""


LAUGHS = '<!DOCTYPE package [<!ENTITY a "ha ha ha ha ha ha ha ha">' + "".join(
    f'<!ENTITY {b} "{f"&{a};" * 12}">' for a, b in zip("abcdefghi", "bcdefghij")) + "]>"
SECRET = '<!DOCTYPE package [<!ENTITY s SYSTEM "file:///etc/passwd">]>'
ENCRYPTION = '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"/>'


# ---- What is checked


def own_files(tally):
    folder = os.path.join(TOP, "own")
    os.mkdir(folder)
    with open(os.path.join(folder, "a.md"), "w", encoding="utf-8") as file:
        file.write(SOURCE)
    subprocess.run([BRIEF, "make", "-q", "a.md"], cwd=folder, check=True, capture_output=True)
    shared = {"title": "A “title” & more", "authors": ["A. Writer", "B. Writer"], "language": "cy", "date": "2024-07-23", "marking": "OFFICIAL",
              "draft": True, "pages": 1, "tagged": True, "encrypted": False, "damaged": False, "incomplete": False}
    for name, own in (("a.pdf", {"format": "pdf", "version": "1.7", "claims": ["PDF/UA-1", "PDF/A-2a"]}),
                      ("a.epub", {"format": "epub", "version": "3.0", "claims": ["EPUB Accessibility 1.1 - WCAG 2.2 Level AA", "EPUB 3.3"]})):
        path = os.path.join(folder, name)
        status, file = told(path)
        tally.equal(f"{name}: keys, in their order", KEYS, list(file))
        tally.equal(f"{name}: what it is", {**shared, **own, "bytes": os.path.getsize(path)},
                    {key: file[key] for key in {**shared, **own, "bytes": 0}})
        tally.check(f"{name}: status", status == 0)
        with open(path, "rb") as data:
            piped = info("-", stdin=data.read())
        tally.check(f"{name}: from standard input", piped.returncode == 0 and piped.stdout.startswith(b"standard input\n  Title"),
                    piped.stdout.decode())
    _, file = told(os.path.join(folder, "a.pdf"))
    tally.check("fonts are named, embedded and parts", file["fonts"] and all(
        font["embedded"] and font["subset"] and font["name"] and "+" not in font["name"] for font in file["fonts"]), str(file["fonts"]))
    both = info("a.pdf", "nowhere.pdf", "a.epub", folder=folder)
    tally.check("one of several that is missing", both.returncode != 0 and both.stdout.count(b"  Title") == 2 and both.stderr.count(b": error: ") == 1,
                both.stderr.decode())
    tally.check("a source is no finished file", info("a.md", folder=folder).returncode == 2)
    tally.check("unknown format", info("--format=xml", "a.pdf", folder=folder).returncode == 2)
    return os.path.join(folder, "a.pdf"), os.path.join(folder, "a.epub")


def foreign_files(tally, own):
    plain = os.path.join(TOP, "plain.pdf")
    write(plain, plain_pdf())
    status, file = told(plain)
    tally.equal("a PDF that says nothing", [0, None, None, 1, False, [], [{"name": "Helvetica", "embedded": False, "subset": False}]],
                [status, file["title"], file["language"], file["pages"], file["tagged"], file["claims"], file["fonts"]])
    with open(os.path.join(TOP, "page.txt"), "w", encoding="ascii") as page:
        page.write("%%MediaBox 0 0 200 200\n%%Font F Times-Roman\nBT /F 12 Tf (Words) Tj ET\n")
    subprocess.run(["mutool", "create", "-o", os.path.join(TOP, "mutool.pdf"), os.path.join(TOP, "page.txt")], check=True, capture_output=True)
    status, file = told(os.path.join(TOP, "mutool.pdf"))
    tally.equal("a PDF by mutool", [0, 1, ["Times-Roman"]], [status, file["pages"], [font["name"] for font in file["fonts"]]])

    for name, arguments in (("objects in streams", ["--object-streams=generate"]), ("linearized", ["--linearize"]),
                            ("encrypted, no password to read", ["--encrypt", "", "owner", "256", "--"])):
        path = os.path.join(TOP, name.split()[0] + ".pdf")
        subprocess.run(["qpdf", *arguments, own, path], check=True)
        status, file = told(path)
        tally.equal(f"ours, {name}", [0, "A “title” & more", ["PDF/UA-1", "PDF/A-2a"], "encrypted" in name],
                    [status, file["title"], file["claims"], file["encrypted"]])
    locked, attached = os.path.join(TOP, "locked.pdf"), os.path.join(TOP, "attached.pdf")
    subprocess.run(["qpdf", "--encrypt", "user", "owner", "256", "--", own, locked], check=True)
    refused(tally, "a PDF with a password", locked, "file-locked")
    subprocess.run(["qpdf", own, "--add-attachment", os.path.join(TOP, "page.txt"), "--mimetype=text/plain", "--description=What was typed",
                    "--", attached], check=True)
    _, file = told(attached)
    tally.equal("an attached file", [{"name": "page.txt", "description": "What was typed", "media_type": "text/plain", "relationship": None,
                                      "bytes": os.path.getsize(os.path.join(TOP, "page.txt")), "source": False}],
                [one for one in file["attachments"] if one["name"] == "page.txt"])

    old = package('<meta name="generator" content="Another 1.0"/>', version="2.0")
    _, file = told(epub(old))
    tally.equal("an EPUB 2", ["Another's", "fr", ["EPUB 2.0"], "Another 1.0", None],
                [file["title"], file["language"], file["claims"], file["program"], file["pages"]])
    _, file = told(epub(package('<link rel="dcterms:conformsTo" href="http://www.idpf.org/epub/a11y/accessibility-20170105.html#wcag-aa"/>')))
    tally.equal("an EPUB of the older standard", ["EPUB Accessibility 1.0 - WCAG 2.0 Level AA", "EPUB 3"], file["claims"])
    _, file = told(epub(package(manifest='<item id="f" href="../Fonts/My%20Face.otf" media-type="font/otf"/>'), more=[("Fonts/My Face.otf", b"x")]))
    tally.equal("an EPUB's fonts", [{"name": "My Face", "embedded": True, "subset": False}], file["fonts"])
    _, file = told(epub(package(), more=[("META-INF/encryption.xml", ENCRYPTION)]))
    tally.check("an EPUB with encryption", file["encrypted"])


def write(path, data):
    with open(path, "wb") as file:
        file.write(data)
    return path


def refused(tally, name, path, code):
    result = info(path)
    text = result.stderr.decode("utf-8", "replace")
    tally.check(f"{name}: one sentence", result.returncode == 1 and not result.stdout and text.count("\n") == 1 and text.endswith(f"[{code}]\n"),
                f"status {result.returncode}\n{text}{result.stdout.decode('utf-8', 'replace')}")
    tally.check(f"{name}: in JSON", told(path)[1].keys() == {"file", "error"})


def told_or_refused(tally, name, path):
    """One of the two, in good time and little memory."""
    start = time.monotonic()
    result = info(path)
    text = result.stderr.decode("utf-8", "replace")
    answered = result.returncode == 0 and b"  Format" in result.stdout and not text or result.returncode == 1 and text.count(": error: ") == 1
    tally.check(f"{name}: an answer", answered and text.count("\n") <= 1, f"status {result.returncode}\n{text}{result.stdout.decode('utf-8', 'replace')}")
    tally.check(f"{name}: in good time", time.monotonic() - start < SECONDS)
    return result.stdout.decode("utf-8", "replace")


def hostile_files(tally):
    def case(name, data):
        return told_or_refused(tally, name, write(os.path.join(TOP, "hostile.pdf"), data))
    packed = stream(bomb(1800), b"/Type/Metadata/Subtype/XML/Filter/FlateDecode")
    case("nearly two gigabytes of metadata", plain_pdf(catalogue=b"/Metadata 4 0 R", more={4: packed}))
    twice = stream(zlib.compress(bomb(1800), 9), b"/Type/Metadata/Subtype/XML/Filter[/FlateDecode/FlateDecode]")
    case("nearly two gigabytes, packed twice", plain_pdf(catalogue=b"/Metadata 4 0 R", more={4: twice}))
    head = stream(bomb(1800), b"/Type/ObjStm/N 1/First 10/Filter/FlateDecode")
    places = b"".join(bytes([1]) + at.to_bytes(4, "big") + b"\0" for at in (9,) * 4)
    objects = b"%PDF-1.7\n1 0 obj\n" + head + b"\nendobj\n"
    index = stream(bytes([0, 0, 0, 0, 0, 0]) + places + bytes([2, 0, 0, 0, 1, 0]), b"/Type/XRef/W[1 4 1]/Size 6/Root 5 0 R")
    case("nearly two gigabytes of objects", objects + b"4 0 obj\n" + index + b"\nendobj\nstartxref\n%d\n%%%%EOF" % len(objects))
    case("pages a hundred thousand deep", deep_pdf(100_000))
    case("pages that hold themselves", plain_pdf(pages=b"<</Type/Pages/Kids[2 0 R 2 0 R 3 0 R]/Count 9>>"))
    case("lists that are shared", wide_pdf())
    case("brackets without end", plain_pdf(catalogue=b"/X " + b"[" * 200_000))
    case("dictionaries without end", plain_pdf(catalogue=b"/X " + b"<</X" * 200_000))
    case("files named in a circle", plain_pdf(catalogue=b"/Names<</EmbeddedFiles 4 0 R>>", more={4: b"<</Kids[4 0 R 5 0 R]>>", 5: b"<</Kids[4 0 R]>>"}))
    case("forms that draw themselves", plain_pdf(pages=b"<</Type/Pages/Kids[3 0 R]/Resources 4 0 R>>", more={
        4: b"<</XObject<</A 5 0 R/B 5 0 R>>>>", 5: stream(b"", b"/Subtype/Form/Resources 4 0 R")}))
    laughing = (b'<!DOCTYPE x [<!ENTITY a "ha ha ha">' + b"".join(b'<!ENTITY %c "%s">' % (b, b"&%c;" % a * 12) for a, b in zip(b"abcdefghi", b"bcdefghij"))
                + b']><x:xmpmeta xmlns:x="adobe:ns:meta/">&j;</x:xmpmeta>')
    case("laughs in the metadata", plain_pdf(catalogue=b"/Metadata 4 0 R", more={4: stream(laughing, b"/Type/Metadata")}))
    text = case("a title that drives the terminal", plain_pdf(catalogue=b"/Lang(en\x1b[31m)", more={}))
    tally.check("nothing drives the terminal", "\x1b" not in text, repr(text))
    told_or_refused(tally, "laughs in the package", epub(package("<dc:creator>&j;</dc:creator>", doctype=LAUGHS)))
    text = told_or_refused(tally, "an entity from outside", epub(package("<dc:creator>&s;</dc:creator>", doctype=SECRET)))
    tally.check("nothing from outside is told", "root:" not in text)
    told_or_refused(tally, "a package of a quarter of a gigabyte", epub(package("<dc:creator>" + " " * (1 << 28) + "</dc:creator>")))
    told_or_refused(tally, "elements a million deep", epub(package("<a>" * 1_000_000)))
    told_or_refused(tally, "a hundred thousand statements", epub(package("<dc:creator>x</dc:creator>" * 100_000)))
    told_or_refused(tally, "a hundred thousand files", epub(package(), more=[(f"{n}", b"") for n in range(100_000)]))
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    tally.check("memory is bounded", peak < MEMORY_KB, f"{peak} kB")


def damaged_files(tally, own_pdf, own_epub):
    refused(tally, "nothing", write(os.path.join(TOP, "empty"), b""), "file-foreign")
    refused(tally, "words", write(os.path.join(TOP, "words"), b"Some words.\n"), "file-foreign")
    refused(tally, "a PDF's first line", write(os.path.join(TOP, "line"), b"%PDF-1.7\n"), "file-damaged")
    refused(tally, "a zip that is no EPUB", epub(None, container="<x/>"), "file-damaged")
    refused(tally, "an EPUB without its package", epub(None), "file-damaged")
    refused(tally, "a container that is not XML", epub(package(), container="<container"), "file-damaged")
    chance = random.Random(20)
    for path in (own_pdf, own_epub):
        with open(path, "rb") as file:
            data = file.read()
        ending = os.path.splitext(path)[1]
        for share in (0.1, 0.5, 0.9, 0.99):
            told_or_refused(tally, f"{share:.0%} of a{ending}", write(os.path.join(TOP, "cut"), data[:int(len(data) * share)]))
        names = []
        for number in range(200):
            changed = bytearray(data)
            for _ in range(chance.choice((1, 4, 30))):
                at = chance.randrange(len(changed))
                kind = chance.randrange(3)
                if kind == 0:
                    changed[at] = chance.randrange(256)
                elif kind == 1:
                    del changed[at:at + chance.choice((1, 50, 2000))]
                else:
                    changed[at:at] = changed[chance.randrange(len(changed)):][:200]
            names.append(write(os.path.join(TOP, f"changed-{number}{ending}"), changed))
        result = info(*names)
        answers = result.stdout.count(b"  Format") + result.stderr.count(b": error: ")
        tally.check(f"200 changed files{ending}: an answer to each", result.returncode in (0, 1) and answers == 200 and result.stderr.count(b"\n") ==
                    result.stderr.count(b": error: "), f"status {result.returncode}, {answers} answers\n" + result.stderr.decode("utf-8", "replace")[:2000])


def main():
    tally = Tally()
    own_pdf, own_epub = own_files(tally)
    foreign_files(tally, own_pdf)
    damaged_files(tally, own_pdf, own_epub)
    hostile_files(tally)
    with open(os.path.join(PROJECT, "docs", "info.md"), encoding="utf-8") as page:
        text = page.read()
    for key in KEYS + ["error", "name", "embedded", "subset", "description", "media_type", "relationship", "source"]:
        tally.check(f"docs/info.md: `{key}`", f"`{key}`" in text)
    return tally.done()


if __name__ == "__main__":
    TOP = tempfile.mkdtemp(prefix="brief-info-")
    try:
        status = main()
    finally:
        shutil.rmtree(TOP, ignore_errors=True)
    raise SystemExit(status)
