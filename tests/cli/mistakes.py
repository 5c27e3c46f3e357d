#!/usr/bin/env python3
"""Mistakes of a new user: each costs one sentence with its place, the right exit status, and leaves no file behind.

    tests/cli/mistakes.py PATH_TO_BRIEF [WORD…]     only the cases whose name has one of the words

Every case runs in an empty folder of its own. What it is given is a table row; what is checked is the same for all: the exit
status, that standard error holds exactly one diagnostic (file:line:column, code) and nothing else, and that the folder holds
the same files with the same bytes as before, and those that the case names.
"""
import os
import re
import resource
import shutil
import struct
import subprocess
import sys
import tempfile
import time
import zlib
from pathlib import Path

DIAGNOSTIC = re.compile(r"^(?P<place>.+?): (?P<severity>error|warning|note): (?P<message>.+) \[(?P<code>[a-z0-9-]+)\]$")
NOBODY = 65534
HEAD = "---\ntitle: A title\nlang: en-GB\n---\n"
ARTICLE = HEAD + "\nSome words.\n"


def png(width=2, height=2, keep=None):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    data = zlib.compress(b"\0" * ((width + 1) * height))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b""))[:keep]


def image(target):
    return HEAD + f"\nWords.\n\n![A picture](<{target}>)\n"


class Case:
    """status, place and code: what is expected. files: name → content before the run; None makes a folder.
    made: names of files that the run is to make. interrupt: SIGTERM once a temporary file is there. check: a function of (case, folder, result) that returns a complaint or None."""

    def __init__(self, name, arguments, status=0, place=None, code=None, hint=None, files=None, made=(), stdin=None,
                 environment=None, setup=None, check=None, drop=False, limit=None, close=(), stdout=None, interrupt=False):
        self.__dict__.update(locals())


def link(name, target):
    return lambda folder: os.symlink(target, folder / name)


def pipe(folder):
    os.mkfifo(folder / "article.md")


def pipe_without_reader(folder):
    os.mkfifo(folder / "article.pdf")


def closed_to_others(folder):
    os.chmod(folder / "article.md", 0)


def read_only_folder(folder):
    os.chmod(folder, 0o555)


def is_pdf(case, folder, result):
    """All of standard output, which has nothing else on it."""
    ends = result.stdout[:8], result.stdout[-6:]
    return None if ends == (b"%PDF-1.7", b"%%EOF\n") else f"standard output begins and ends {ends}"


def starts(magic):
    return lambda case, folder, result: None if result.stdout.startswith(magic) else f"standard output begins {result.stdout[:20]!r}"


def says(text):
    return lambda case, folder, result: None if text in result.stdout.decode() else f"standard output lacks {text!r}"


def says_exactly(text):
    return lambda case, folder, result: None if result.stdout.decode() == text else f"standard output is {result.stdout!r}"


def mode_kept(case, folder, result):
    mode = (folder / "article.pdf").stat().st_mode & 0o777
    whole = (folder / "article.pdf").read_bytes().startswith(b"%PDF")
    return None if mode == 0o640 and whole else f"mode {mode:o}"


def give_mode(folder):
    os.chmod(folder / "article.pdf", 0o640)


def embargoed(moment):
    return f"---\ntitle: A title\nlang: en-GB\nembargo: {moment}\n---\n\nSome words.\n"


def pages(name, count):
    return lambda case, folder, result: None if f"/Count {count}".encode() in (folder / name).read_bytes() else f"{name} has not {count} pages"


DRAFT = HEAD.replace("lang", "draft: Draft 3\nlang") + "\nSome words.\n"
BEFORE, AFTER = {"SOURCE_DATE_EPOCH": "1721689259"}, {"SOURCE_DATE_EPOCH": "1721689260"}  # a second before 2024-07-23 00:01 BST, and then
SHEET = "name: mine\nextends: briefing\n"
CASES = [
    # ---- the command line
    Case("no command", [], 2, "brief", "usage", "brief make"),
    Case("unknown command", ["mkae", "article.md"], 2, "brief", "usage", "brief make"),
    Case("a file instead of a command", ["article.md"], 2, "brief", "usage", "brief make article.md", {"article.md": ARTICLE}),
    Case("unknown option", ["make", "--ebup", "article.md"], 2, "brief", "usage", "--epub", {"article.md": ARTICLE}),
    Case("unknown letter", ["make", "-x", "article.md"], 2, "brief", "usage", "brief help make", {"article.md": ARTICLE}),
    Case("option without its value", ["make", "article.md", "--style"], 2, "brief", "usage", None, {"article.md": ARTICLE}),
    Case("switch with a value", ["make", "--pdf=yes", "article.md"], 2, "brief", "usage", None, {"article.md": ARTICLE}),
    Case("no file", ["make"], 2, "brief", "usage"),
    Case("unknown topic of help", ["help", "maek"], 2, "brief", "usage", "make"),
    Case("one output for two inputs", ["make", "-o", "x.pdf", "a.md", "b.md"], 2, "brief", "usage", "--out-dir",
         {"a.md": ARTICLE, "b.md": ARTICLE}),
    Case("output with both formats", ["make", "a.md", "-o", "x.pdf", "--pdf", "--epub"], 2, "brief", "usage", None, {"a.md": ARTICLE}),
    Case("output named like the other format", ["make", "a.md", "-o", "x.pdf", "--epub"], 2, "brief", "usage", None, {"a.md": ARTICLE}),
    Case("output whose name tells no format", ["make", "a.md", "-o", "x.out"], 2, "brief", "usage", "--pdf", {"a.md": ARTICLE}),
    Case("output and output folder", ["make", "a.md", "-o", "x.pdf", "--out-dir", "d"], 2, "brief", "usage", None, {"a.md": ARTICLE}),
    Case("two inputs, one output", ["make", "a/x.md", "a/x.markdown", "--out-dir", "out"], 2, "brief", "usage", None,
         {"a/x.md": ARTICLE, "a/x.markdown": ARTICLE}),
    Case("the same input twice", ["make", "x.md", "./x.md"], 2, "brief", "usage", None, {"x.md": ARTICLE}),
    Case("input would be overwritten", ["make", "article.md", "--pdf", "-o", "article.md"], 2, "brief", "usage", "-o",
         {"article.md": ARTICLE}),
    Case("input would be overwritten through a link", ["make", "article.md", "-o", "article.pdf"], 2, "brief", "usage", "-o",
         {"article.md": ARTICLE}, setup=link("article.pdf", "article.md")),
    Case("both formats of standard input", ["make", "-"], 2, "brief", "usage", "--pdf", stdin=ARTICLE),
    Case("standard input among files", ["make", "-", "a.md", "--pdf"], 2, "brief", "usage", None, {"a.md": ARTICLE}, stdin=ARTICLE),
    Case("bad SOURCE_DATE_EPOCH", ["make", "a.md"], 2, "brief", "usage", "seconds since 1970", {"a.md": ARTICLE},
         environment={"SOURCE_DATE_EPOCH": "yesterday"}),
    Case("unknown stage", ["dump", "--stage=layuot", "a.md"], 2, "brief", "usage", "layout", {"a.md": ARTICLE}),
    Case("no stage", ["dump", "a.md"], 2, "brief", "usage", "tree", {"a.md": ARTICLE}),
    Case("unknown style", ["make", "a.md", "--style", "breifing"], 2, None, None, "briefing", {"a.md": ARTICLE}),
    Case("large print that is none", ["make", "a.md", "--large-print=12"], 2, "brief", "usage", "20 points", {"a.md": ARTICLE}),
    Case("large print too large", ["make", "a.md", "--large-print=29"], 2, "brief", "usage", "20 points", {"a.md": ARTICLE}),
    Case("large print in words", ["make", "a.md", "--large-print=big"], 2, "brief", "usage", "20 points", {"a.md": ARTICLE}),
    Case("large print of half points", ["make", "a.md", "--large-print=20.5"], 2, "brief", "usage", "20 points", {"a.md": ARTICLE}),
    Case("large print of a size beyond numbers", ["make", "a.md", "--large-print=99999999999999999999"], 2, "brief", "usage", "20 points",
         {"a.md": ARTICLE}),
    Case("large print of nothing", ["make", "a.md", "--large-print="], 2, "brief", "usage", None, {"a.md": ARTICLE}),
    Case("size of large print as a word of its own", ["make", "--large-print", "24", "a.md"], 2, "brief", "usage", "--large-print=24",
         {"a.md": ARTICLE}),
    Case("print with a value", ["make", "--print=2", "a.md"], 2, "brief", "usage", None, {"a.md": ARTICLE}),
    Case("blank pages on a screen", ["make", "--blank-pages", "a.md"], 2, "brief", "usage", None, {"a.md": ARTICLE}),
    Case("blank pages in large print", ["make", "--blank-pages", "--large-print", "a.md"], 2, "brief", "usage", None, {"a.md": ARTICLE}),
    Case("large print as an EPUB", ["make", "a.md", "--large-print", "-o", "a.epub"], 2, "brief", "usage", "reader", {"a.md": ARTICLE}),
    Case("print as an EPUB", ["make", "a.md", "--print", "-o", "a.epub"], 2, "brief", "usage", None, {"a.md": ARTICLE}),
    Case("one output for two variants", ["make", "a.md", "--print", "--large-print", "-o", "a.pdf"], 2, "brief", "usage", "--out-dir",
         {"a.md": ARTICLE}),
    Case("two variants of standard input", ["make", "-", "--print", "--large-print"], 2, "brief", "usage", "--print", stdin=ARTICLE),
    Case("a document named like another's variant", ["make", "a.md", "a-print.md", "--pdf", "--print"], 2, "brief", "usage", None,
         {"a.md": ARTICLE, "a-print.md": ARTICLE}),
    Case("two variants dumped", ["dump", "--stage=layout", "--print", "--large-print", "a.md"], 2, "brief", "usage", None, {"a.md": ARTICLE}),
    Case("EPUB dumped in a variant", ["dump", "--stage=xhtml", "--print", "a.md"], 2, "brief", "usage", None, {"a.md": ARTICLE}),
    Case("embargo broken without need", ["make", "--break-embargo", "a.md"], 2, "brief", "usage", None, {"a.md": ARTICLE}),
    Case("no number of jobs", ["make", "-j0", "a.md"], 2, "brief", "usage", None, {"a.md": ARTICLE}),
    Case("jobs in a word of their own", ["make", "-j", "4", "a.md"], 2, "brief", "usage", "--jobs=4", {"a.md": ARTICLE}),
    Case("jobs that are no number", ["make", "-jq", "a.md"], 2, "brief", "usage", None, {"a.md": ARTICLE}),
    Case("time limit in minutes", ["make", "--time-limit", "1m", "a.md"], 2, "brief", "usage", "0 is no limit", {"a.md": ARTICLE}),
    Case("memory in words", ["make", "--memory-limit=much", "a.md"], 2, "brief", "usage", "512M", {"a.md": ARTICLE}),
    Case("memory in unknown units", ["make", "--memory-limit=5X", "a.md"], 2, "brief", "usage", "512M", {"a.md": ARTICLE}),
    Case("memory beyond numbers", ["make", "--memory-limit=99999999999999999999G", "a.md"], 2, "brief", "usage", "512M", {"a.md": ARTICLE}),
    Case("memory too little for anything", ["make", "--memory-limit=1000K", "a.md"], 2, "brief", "usage", "10 MB", {"a.md": ARTICLE}),
    Case("unknown progress", ["make", "--progress=slow", "a.md"], 2, "brief", "usage", "json", {"a.md": ARTICLE}),
    Case("list that is missing", ["make", "--files-from", "lsit"], 3, "lsit", "file-missing", "list", {"list": "a.md"}),
    Case("list and document on standard input", ["make", "--files-from=-", "-", "--pdf"], 2, "brief", "usage", None, stdin="a.md"),
    Case("list for one output", ["make", "--files-from=-", "-o", "x.pdf"], 2, "brief", "usage", "--out-dir", {"a.md": ARTICLE},
         stdin="a.md\nb.md\n"),
    Case("nothing to extract from", ["extract"], 2, "brief", "usage", "brief help extract"),
    Case("two files to extract from", ["extract", "a.pdf", "b.pdf", "c"], 2, "brief", "usage", None, {"a.pdf": "%PDF-1.7", "b.pdf": "%PDF-1.7"}),
    Case("nothing to verify", ["verify"], 2, "brief", "usage", "brief help verify"),
    Case("two files to verify", ["verify", "a.pdf", "b.pdf"], 2, "brief", "usage", None, {"a.pdf": "%PDF-1.7", "b.pdf": "%PDF-1.7"}),
    Case("a sheet to verify with, and no source", ["verify", "a.pdf", "--style", "b.yaml"], 2, "brief", "usage", None, {"a.pdf": "%PDF-1.7"}),
    Case("source with a value", ["make", "a.md", "--embed-source=yes"], 2, "brief", "usage", None, {"a.md": ARTICLE}),
    # ---- files
    Case("extract from a missing file", ["extract", "artcle.pdf"], 3, "artcle.pdf", "file-missing", "article.pdf", {"article.pdf": "%PDF-1.7"}),
    Case("extract from what is no PDF", ["extract", "a.md", "out"], 1, "a.md", "file-foreign", None, {"a.md": ARTICLE}),
    Case("verify what is cut off", ["verify", "a.pdf"], 1, "a.pdf", "file-damaged", None, {"a.pdf": "%PDF-1.7\n"}),
    Case("a name that cannot be carried", ["make", "a.md", "--embed-source"], 1, "a.md", "embed-name", "rename", {"a.md": image("a|b.png"), "a|b.png": png()}),
    Case("missing file", ["make", "artcle.md"], 3, "artcle.md", "file-missing", "article.md", {"article.md": ARTICLE}),
    Case("missing file in a folder", ["make", "notes/artcle.md"], 3, "notes/artcle.md", "file-missing", "notes/article.md",
         {"notes/article.md": ARTICLE}),
    Case("folder instead of a file", ["make", "notes"], 3, "notes", "file-folder", "name the file", {"notes": None}),
    Case("pipe instead of a file", ["make", "article.md"], 3, "article.md", "file-special", "standard input", setup=pipe),
    Case("empty file", ["make", "article.md"], 1, "article.md", "empty", None, {"article.md": ""}),
    Case("nothing but white space", ["make", "article.md"], 1, "article.md", "empty", None, {"article.md": "\ufeff \r\n\t\n"}),
    Case("empty standard input", ["make", "-", "--pdf"], 1, "standard input", "empty", None, stdin=""),
    Case("input that may not be read", ["make", "article.md"], 3, "article.md", "file-read", None, {"article.md": ARTICLE},
         setup=closed_to_others, drop=True),
    Case("folder that may not be written to", ["make", "article.md", "--pdf"], 3, "article.pdf", "file-write", None,
         {"article.md": ARTICLE}, setup=read_only_folder, drop=True),
    Case("output is a folder", ["make", "a.md", "--pdf", "-o", "out"], 3, "out", "file-write", "--out-dir",
         {"a.md": ARTICLE, "out": None}),
    Case("output in a missing folder", ["make", "a.md", "-o", "out/a.pdf"], 3, "out/a.pdf", "file-write", "folder", {"a.md": ARTICLE}),
    Case("output folder is a file", ["make", "a.md", "--out-dir", "out"], 3, "out", "out-dir", None, {"a.md": ARTICLE, "out": "x"}),
    Case("output folder below a file", ["make", "a.md", "--out-dir", "out/in"], 3, "out", "out-dir", None, {"a.md": ARTICLE, "out": "x"}),
    Case("output where nothing can be made", ["make", "a.md", "-o", "/proc/a.pdf"], 3, "/proc/a.pdf", "file-write", None, {"a.md": ARTICLE}),
    Case("full device", ["make", "a.md", "--pdf", "-o", "/dev/full"], 3, "/dev/full", "file-write", None, {"a.md": ARTICLE}),
    Case("full disk", ["make", "a.md"], 3, "a.pdf", "file-write", None, {"a.md": ARTICLE}, limit=3000),
    Case("full disk, with an older file", ["make", "a.md"], 3, "a.pdf", "file-write", None,
         {"a.md": ARTICLE, "a.pdf": "old", "a.epub": "old"}, limit=3000),
    Case("standard output is full", ["make", "a.md", "--pdf", "-o", "-"], 3, "standard output", "file-write", None, {"a.md": ARTICLE},
         stdout="/dev/full"),
    Case("standard output is closed", ["dump", "--stage=tree", "a.md"], 3, "standard output", "file-write", None, {"a.md": ARTICLE},
         close=(1,)),
    Case("root that does not hold the document", ["make", "a.md", "--root", "other"], 3, None, "root-outside", None,
         {"a.md": ARTICLE, "other": None}),
    Case("root that is missing", ["make", "a.md", "--root", "othr"], 3, "othr", "file-missing", "other", {"a.md": ARTICLE, "other": None}),
    # Opening the pipe waits for a reader, and the EPUB is complete under its temporary name by then.
    Case("interrupted between the two files", ["make", "article.md"], -15, files={"article.md": ARTICLE}, setup=pipe_without_reader,
         interrupt=True),
    # ---- the document
    Case("bad UTF-8", ["make", "a.md"], 1, "a.md:6:7", None, None, {"a.md": (HEAD + "\nSome w").encode() + b"\xe9rds.\n"}),
    Case("front matter that is no YAML", ["make", "a.md"], 1, re.compile(r"a\.md:[234](:\d+)?"), None, None,
         {"a.md": "---\ntitle: \"A title\nlang: en\n---\n\n# A title\n\nWords.\n"}),
    Case("unknown style in the document", ["make", "a.md"], 1, re.compile(r"a\.md(:.*)?"), None, "briefing",
         {"a.md": "---\ntitle: A title\nlang: en\nstyle: breifing\n---\n\nWords.\n"}),
    Case("unknown property in a sheet", ["make", "a.md", "--style", "mine.yaml"], 1, "mine.yaml:5:5", None, "leading",
         {"a.md": ARTICLE, "mine.yaml": SHEET + "rules:\n  paragraph:\n    leadign: 16pt\n"}),
    Case("wrong unit in a sheet", ["make", "a.md", "--style", "mine.yaml"], 1, re.compile(r"mine\.yaml:5:\d+"), None, None,
         {"a.md": ARTICLE, "mine.yaml": SHEET + "rules:\n  paragraph:\n    size: 16furlongs\n"}),
    Case("sheet that extends itself", ["make", "a.md", "--style", "mine.yaml"], 1, re.compile(r"mine\.yaml:.*"), None, None,
         {"a.md": ARTICLE, "mine.yaml": "name: mine\nextends: mine.yaml\n"}),
    Case("missing sheet", ["make", "a.md", "--style", "mine.yaml"], None, None, None, None, {"a.md": ARTICLE}),
    Case("sheet outside the root", ["make", "in/a.md"], 1, re.compile(r"in/a\.md(:.*)?"), "file-outside", None,
         {"in/a.md": "---\ntitle: A title\nlang: en\nstyle: ../mine.yaml\n---\n\nWords.\n", "mine.yaml": SHEET}),
    Case("missing image", ["make", "a.md"], 1, "a.md:8:1", "file-missing", "img/map.png", {"a.md": image("img/mpa.png"), "img/map.png": png()}),
    Case("image that is none", ["make", "a.md"], 1, "a.md:8:1", "image-format", None, {"a.md": image("x.png"), "x.png": "words"}),
    Case("image of another kind", ["make", "a.md"], 1, "a.md:8:1", "image-format", "convert", {"a.md": image("x.png"), "x.png": "GIF89a..."}),
    Case("image that is cut off", ["make", "a.md"], 1, "a.md:8:1", "image-broken", None, {"a.md": image("x.png"), "x.png": png(keep=60)}),
    Case("image that is too large", ["make", "a.md"], 1, "a.md:8:1", "image-large", None, {"a.md": image("x.png"), "x.png": png(40000, 1)}),
    Case("image that is a folder", ["make", "a.md"], 1, "a.md:8:1", "file-folder", None, {"a.md": image("img"), "img": None}),
    Case("image outside the root", ["make", "in/a.md"], 1, "in/a.md:8:1", "file-outside", "--root",
         {"in/a.md": image("../x.png"), "x.png": png()}),
    Case("link that leads outside the root", ["make", "in/a.md"], 1, "in/a.md:8:1", "file-outside", "--root",
         {"in/a.md": image("x.png"), "x.png": png()}, setup=link("in/x.png", "../x.png")),
    Case("image with an absolute path", ["make", "a.md"], 1, "a.md:8:1", "file-absolute", None, {"a.md": image("/etc/x.png")}),
    Case("image from the network", ["make", "a.md"], 1, "a.md:8:1", "file-url", None, {"a.md": image("https://example.org/x.png")}),
    Case("final before the embargo is over", ["make", "a.md", "--final"], 1, "a.md:4:10", "embargo", "--break-embargo",
         {"a.md": embargoed("2024-07-23 00:01 BST"), "a.pdf": "old"}, environment=BEFORE),
    Case("final in a variant before the embargo is over", ["make", "a.md", "--final", "--large-print"], 1, "a.md:4:10", "embargo",
         "--break-embargo", {"a.md": embargoed("2024-07-23T00:01+01:00")}, environment=BEFORE),
    Case("final before an embargo without an end", ["make", "a.md", "--final"], 1, "a.md:4:10", "embargo", "--break-embargo",
         {"a.md": embargoed("Not before the Minister has spoken")}),
    Case("final before an embargo far away, by the clock", ["make", "a.md", "--final"], 1, "a.md:4:10", "embargo", "--break-embargo",
         {"a.md": embargoed("9999-12-31 00:01 GMT")}),
    Case("final draft", ["make", "a.md", "--final"], 1, "a.md:3:8", "draft", "draft", {"a.md": DRAFT}),
    Case("embargo in an unknown zone", ["make", "a.md"], 1, "a.md:4:10", "embargo-zone", "BST", {"a.md": embargoed("2024-07-23 00:01 XYZ")}),
    Case("embargo in a zone with two meanings", ["make", "a.md", "--final"], 1, "a.md:4:10", "embargo-zone", "+01:00",
         {"a.md": embargoed("2024-07-23 00:01 IST")}),
    Case("embargo on a day that is none", ["make", "a.md"], 1, "a.md:4:10", "embargo-form", "00:01 GMT", {"a.md": embargoed("2024-02-30 00:01 GMT")}),
    # ---- no mistakes
    Case("final when the embargo is over", ["make", "a.md", "--final", "--epub"], files={"a.md": embargoed("2024-07-23 00:01 BST")},
         environment=AFTER, made=["a.epub"]),
    Case("final before the embargo is over, by force", ["make", "a.md", "--final", "--break-embargo", "--pdf"],
         files={"a.md": embargoed("2024-07-23 00:01 BST")}, environment=BEFORE, made=["a.pdf"]),
    Case("final once an embargo of long ago is over, by the clock", ["make", "a.md", "--final", "--pdf"],
         files={"a.md": embargoed("2001-07-23 00:01 BST")}, made=["a.pdf"]),
    Case("embargoed without --final", ["make", "a.md", "--pdf"], files={"a.md": embargoed("2024-07-23 00:01 BST")}, environment=AFTER,
         made=["a.pdf"]),
    Case("a final version does not say that it was embargoed", ["dump", "--stage=layout", "--final", "a.md"],
         files={"a.md": embargoed("2024-07-23 00:01 BST")}, environment=AFTER,
         check=lambda case, folder, result: "it does" if b"mbargo" in result.stdout else None),
    Case("another version does", ["dump", "--stage=layout", "a.md"], files={"a.md": embargoed("2024-07-23 00:01 BST")},
         environment=AFTER, check=says("Embargoed until 23 July 2024, 00:01 BST")),
    Case("variants only", ["make", "a.md", "--large-print=16", "--print"], files={"a.md": ARTICLE},
         made=["a-large-print.pdf", "a-print.pdf"], check=says_exactly("a-large-print.pdf\na-print.pdf\n")),
    Case("all forms", ["make", "a.md", "--pdf", "--epub", "--large-print=28pt", "--print", "--out-dir", "o"], files={"a.md": ARTICLE},
         made=["o/a.pdf", "o/a.epub", "o/a-large-print.pdf", "o/a-print.pdf"]),
    Case("a variant under another name", ["make", "a.md", "--large-print", "-o", "big.pdf"], files={"a.md": ARTICLE}, made=["big.pdf"]),
    Case("a variant on standard output", ["make", "-", "--print"], stdin=ARTICLE, check=starts(b"%PDF-1.7")),
    Case("sheets of paper filled up", ["make", "a.md", "--print", "--blank-pages"], files={"a.md": ARTICLE}, made=["a-print.pdf"],
         check=pages("a-print.pdf", 4)),
    Case("both formats with their source", ["make", "article.md", "--embed-source"], files={"article.md": ARTICLE}, made=["article.pdf", "article.epub"],
         check=says_exactly("article.pdf\narticle.epub\n")),
    Case("both formats", ["make", "article.md"], files={"article.md": ARTICLE}, made=["article.pdf", "article.epub"],
         check=says_exactly("article.pdf\narticle.epub\n")),
    Case("quiet", ["make", "-q", "article.md"], files={"article.md": ARTICLE}, made=["article.pdf", "article.epub"], check=says_exactly("")),
    Case("byte order mark and CRLF", ["make", "a.md"], files={"a.md": "\ufeff" + ARTICLE.replace("\n", "\r\n")}, made=["a.pdf", "a.epub"]),
    Case("standard input to standard output", ["make", "-", "--pdf"], stdin=ARTICLE, check=starts(b"%PDF-1.7")),
    Case("EPUB to standard output", ["make", "a.md", "--epub", "-o", "-"], files={"a.md": ARTICLE}, check=starts(b"PK\3\4")),
    Case("standard output by another name", ["make", "a.md", "--pdf", "-o", "/dev/stdout"], files={"a.md": ARTICLE}, check=is_pdf),
    Case("standard input to a file", ["make", "-", "-o", "x.epub"], stdin=ARTICLE, made=["x.epub"]),
    Case("output folder is made", ["make", "a.md", "--out-dir=out/here", "--pdf"], files={"a.md": ARTICLE}, made=["out/here/a.pdf"]),
    Case("name that begins with a dash", ["make", "--pdf", "--", "-x.md"], files={"-x.md": ARTICLE}, made=["-x.pdf"]),
    Case("name that is not ASCII", ["make", "Größe, 1 ½.md", "--pdf"], files={"Größe, 1 ½.md": ARTICLE}, made=["Größe, 1 ½.pdf"]),
    Case("name without extension", ["make", "README"], files={"README": ARTICLE}, made=["README.pdf", "README.epub"]),
    Case("older file is replaced and keeps its mode", ["make", "article.md", "--pdf"], files={"article.md": ARTICLE, "article.pdf": "old"},
         made=["article.pdf"], setup=give_mode, check=mode_kept),
    Case("image with a space in its name", ["make", "a.md"], files={"a.md": image("a%20b.png"), "a b.png": png()}, made=["a.pdf", "a.epub"]),
    Case("image in a wider root", ["make", "in/a.md", "--root", "."], files={"in/a.md": image("../x.png"), "x.png": png()},
         made=["in/a.pdf", "in/a.epub"]),
    Case("sheet beside the document", ["make", "in/a.md", "--pdf"], made=["in/a.pdf"],
         files={"in/a.md": "---\ntitle: A title\nlang: en\nstyle: mine.yaml\n---\n\nWords.\n", "in/mine.yaml": SHEET}),
    Case("output is a device", ["make", "a.md", "--pdf", "-o", "/dev/null"], files={"a.md": ARTICLE}),
    Case("styles", ["styles"], check=says("briefing")),
    Case("help", ["help"], check=says("make")),
    Case("help of a command", ["make", "--help"], check=says("--out-dir")),
    Case("version", ["--version"], check=says("brief ")),
]


def snapshot(folder):
    found = {}
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        if path.is_symlink():
            found[name] = "link " + os.readlink(path)
        elif path.is_file():
            found[name] = path.read_bytes() if os.access(path, os.R_OK) else "closed"
        else:
            found[name] = None
    return found


def prepare(case, folder):
    for name, content in (case.files or {}).items():
        path = folder / name
        if content is None:
            path.mkdir(parents=True)
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    if case.drop and os.geteuid() == 0:
        for path in [folder, *folder.rglob("*")]:
            os.chown(path, NOBODY, NOBODY)
    if case.setup:
        case.setup(folder)


def child(case):
    def run():
        os.umask(0o022)
        if case.limit:
            resource.setrlimit(resource.RLIMIT_FSIZE, (case.limit, case.limit))
        for descriptor in case.close:
            os.close(descriptor)
        if case.drop and os.geteuid() == 0:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
    return run


def started(case, brief, folder):
    environment = {"PATH": os.environ.get("PATH", ""), "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", ""), **(case.environment or {})}
    stdin = (case.stdin or "").encode()
    with open(case.stdout or os.devnull, "wb") as out:
        process = subprocess.Popen([brief, *case.arguments], cwd=folder, env=environment, stdin=subprocess.PIPE,
                                   stdout=out if case.stdout else subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=child(case))
    try:
        if case.interrupt:
            wait_for_temporary(folder, process)
            process.terminate()
        stdout, stderr = process.communicate(stdin, timeout=60)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        raise
    return subprocess.CompletedProcess(process.args, process.returncode, stdout, stderr)


def is_temporary(folder, link):
    """Whether a process has a file open that has no name."""
    try:
        path = os.readlink(link)
    except OSError:
        return False
    return path.startswith(f"{folder}/") and path.endswith("(deleted)")


def wait_for_temporary(folder, process):
    until = time.monotonic() + 20
    links = Path(f"/proc/{process.pid}/fd")
    while not any(folder.glob(".*.tmp")) and not any(is_temporary(folder, link) for link in links.glob("*")):
        if time.monotonic() > until:
            raise AssertionError("no temporary file appeared")
        time.sleep(0.01)


def complaints(case, folder, before, result):
    if case.status is None and result.returncode not in (1, 2, 3):
        yield f"exit status {result.returncode}, not 1, 2 or 3"
    if case.status is not None and result.returncode != case.status:
        yield f"exit status {result.returncode}, not {case.status}"
    text = result.stderr.decode(errors="replace")
    said = [match for match in map(DIAGNOSTIC.match, text.splitlines()) if match]
    wanted = 0 if case.status == 0 or case.interrupt else 1
    if len(said) != wanted:
        yield f"{len(said)} diagnostics, not {wanted}"
    if re.search(r"[\x00-\x09\x0b-\x1f\x7f]", text):
        yield "control characters on standard error"
    for match in said:
        place = case.place
        if place is not None and not (place.fullmatch(match["place"]) if hasattr(place, "fullmatch") else place == match["place"]):
            yield f"place {match['place']!r}, not {getattr(place, 'pattern', place)!r}"
        if case.code is not None and match["code"] != case.code:
            yield f"code {match['code']}, not {case.code}"
        if match["message"].endswith("."):
            yield "a final full stop"
        others = [line for line in text.splitlines()[1:] if not line.startswith("    ")]
        if any(not line.startswith("  hint: ") for line in others) or len(others) > 1:
            yield "more than an excerpt and a hint"
    if case.hint is not None and not re.search("^  hint: .*" + re.escape(case.hint), text, re.M):
        yield f"no hint with {case.hint!r}"
    after = snapshot(folder)
    made = set(case.made)
    for name in sorted(set(after) | set(before)):
        if name in made:
            if not after.get(name) or after.get(name) == before.get(name):
                yield f"{name} was not made"
        elif name not in before:
            if not any(other.startswith(name + "/") for other in made):
                yield f"{name} was left behind"
        elif after.get(name, "gone") != before[name]:
            yield f"{name} was changed"
    for name in made - set(after):
        yield f"{name} was not made"
    if case.check and result.returncode == 0:
        wrong = case.check(case, folder, result)
        if wrong:
            yield wrong


def run_case(case, brief):
    with tempfile.TemporaryDirectory(prefix="brief-mistakes-") as top:
        os.chmod(top, 0o755)
        folder = Path(top) / "work"
        folder.mkdir()
        own = Path(top) / "brief"  # where a user without rights can reach it
        shutil.copy2(brief, own)
        prepare(case, folder)
        before = snapshot(folder)
        try:
            result = started(case, own, folder)
        except subprocess.TimeoutExpired:
            return ["no end within a minute"], ""
        except AssertionError as error:
            return [str(error)], ""
        wrong = list(complaints(case, folder, before, result))
        os.chmod(folder, 0o755)
        return wrong, result.stderr.decode(errors="replace")


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    brief, words = os.path.abspath(sys.argv[1]), sys.argv[2:]
    passed = failed = 0
    for case in CASES:
        if words and not any(word in case.name for word in words):
            continue
        wrong, stderr = run_case(case, brief)
        print(("ok    " if not wrong else "FAIL  ") + case.name + (": " + "; ".join(wrong) if wrong else ""), flush=True)
        if wrong:
            failed += 1
            print("      | " + "\n      | ".join(stderr.splitlines()[:12]))
        else:
            passed += 1
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
