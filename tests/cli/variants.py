#!/usr/bin/env python3
"""The same document as a PDF, in large print and for print: what is numbered and its words are the same.

    tests/cli/variants.py PATH_TO_BRIEF [WORD…]     only the documents whose name has one of the words

The finished PDFs are read by their structure trees. Pages differ, so lists of contents and what a reference to a page says are left out; so
are, for print, the addresses of links, which are looked for by themselves. Then: no type in large print is smaller than it may be, sheets
of paper are full, and a variant is the same file when it is made alone.
"""
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TESTS))
from pdf_reader import Element, Pdf  # noqa: E402
from tally import Tally  # noqa: E402

INPUT = TESTS.parent / "input"
PAGE = re.compile(r"(page|dudalen)\d+")
ADDRESSES = """---
title: Addresses
lang: en-GB
paragraph-numbers: true
---

# A [heading](https://example.org/heading) {#first}

See [the report](https://example.org/report) and [its annex](https://example.org/annex),[^1] or write to
[the clerk](mailto:clerk@example.org), or go to <https://example.org/shown> or [example.org/plain](https://www.example.org/plain/).

[The report](https://example.org/report) again,[^2] and [what is here](#first).

| Paper | Where |
|---|---|
| [One](https://example.org/one) | here |

# Second

[The report](https://example.org/report) in another chapter. [Call](tel:+442072193000) or [020 7219 3000](tel:+442072193000).

[^1]: In a note: ([evidence](https://example.org/evidence)), twice [evidence](https://example.org/evidence).
[^2]: Another.
"""


def squeezed(text):
    return "".join(text.replace("\u00ad", "").split())


def numbered(pdf):
    """What has a number or heads something, in reading order, a line each: its type, label and words without white space; and the
    addresses that are given for links, each with its mark."""
    texts, given, out = pdf.text_of(), [], []

    def said(element, without):
        words = []
        for kid in element.kids:
            if not isinstance(kid, Element):
                words.append(texts.get(kid, ""))
            elif kid.kind == "Reference" and re.fullmatch(r"[a-z]+", squeezed(said(kid, ()))):
                continue
            elif kid.kind != "Note" and kid.kind not in without:
                words.append(said(kid, without))
        return "".join(words)

    stack = [pdf.tree]
    while stack:
        element = stack.pop()
        if element.kind == "TOC":
            continue
        kids = [kid for kid in element.kids if isinstance(kid, Element)]
        labels = [kid for kid in kids if kid.kind == "Lbl"]
        label = squeezed(said(labels[0], ())) if labels else ""
        if element.kind == "Note" and re.fullmatch(r"[a-z]+\.", label):
            given.append(label + " " + "".join(said(kid, ()) for kid in kids if kid.kind != "Lbl"))
            continue
        if labels or re.fullmatch(r"Caption|H\d?|TH|TD|P", element.kind):
            text = said(element, ("Lbl", "L"))
            given.extend(re.findall(r"<[^<> ]+>", text))
            out.append(f"{element.kind} | {label} | {PAGE.sub('page #', squeezed(re.sub(' ?<[^<> ]+>', '', text)))}")
        stack.extend(reversed(kids))
    return "\n".join(out), list(dict.fromkeys(given))


class Variants:
    def __init__(self, tally, brief, folder):
        self.tally, self.brief, self.folder = tally, brief, folder

    def make(self, source, *arguments):
        done = subprocess.run([self.brief, "make", str(source), "--out-dir", self.folder, "-q", *arguments], capture_output=True, text=True,
                              env={**os.environ, "SOURCE_DATE_EPOCH": "1700000000", "NO_COLOR": "1"}, timeout=120)
        self.tally.check(f"{source.name}: {' '.join(arguments)}", done.returncode == 0, done.stderr)
        return done.returncode == 0

    def pdf(self, source, ending=""):
        return Pdf(os.path.join(self.folder, source.stem + ending + ".pdf"))

    def document(self, source, addresses=None):
        name, tally = source.stem, self.tally
        if not self.make(source, "--pdf", "--large-print", "--print", "--blank-pages"):
            return
        once = {path.name: path.read_bytes() for path in Path(self.folder).glob("*.pdf")}
        usual, large, paper = self.pdf(source), self.pdf(source, "-large-print"), self.pdf(source, "-print")
        (wanted, none), (in_large, also_none), (on_paper, given) = numbered(usual), numbered(large), numbered(paper)
        tally.equal(f"{name}: large print has the same numbers and words", wanted, in_large)
        tally.equal(f"{name}: print has the same numbers and words", wanted, on_paper)
        tally.check(f"{name}: only print adds addresses", not none and not also_none, f"{none} {also_none}")
        if addresses is not None:
            tally.equal(f"{name}: the addresses", "\n".join(addresses), "\n".join(given))
        self.sizes(name, large)
        tally.check(f"{name}: sheets of paper are full", len(paper.pages) % 4 == 0, f"{len(paper.pages)} pages")
        self.make(source, "--print", "--blank-pages")
        self.make(source, "--large-print=20")
        for path in Path(self.folder).glob("*.pdf"):
            tally.check(f"{name}: {path.name} is the same alone", path.read_bytes() == once[path.name])
            path.unlink()

    def sizes(self, name, pdf):
        small = {(round(shown.size, 2), shown.text) for page in pdf.shown for shown in page
                 if shown.text.strip() and shown.size < (14 if shown.artifact else 16)}
        self.tally.check(f"{name}: no words of the large print are small", not small, str(sorted(small)[:5]))


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    brief, chosen, tally = os.path.abspath(sys.argv[1]), sys.argv[2:], Tally()
    with tempfile.TemporaryDirectory(prefix="brief-variants-") as folder:
        variants = Variants(tally, brief, folder)
        for source in sorted(INPUT.glob("*.md")):
            if not chosen or any(word in source.name for word in chosen):
                variants.document(source)
        if not chosen or "addresses" in chosen:
            source = Path(folder) / "addresses.md"
            source.write_text(ADDRESSES)
            variants.document(source, ["a. https://example.org/report", "b. https://example.org/annex", "<https://example.org/evidence>",
                                       "c. clerk@example.org", "d. https://example.org/one", "e. https://example.org/report",
                                       "f. +442072193000"])
    return tally.done()


if __name__ == "__main__":
    raise SystemExit(main())
