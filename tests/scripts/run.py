#!/usr/bin/env python3
"""What is copied from a page, or read out, is what was written: code point by code point, in logical order, composed or not as the author had it.

A document for each script (NAME.md: paragraphs of plain text, each on one line). Its PDF is read
 * by its structure, with our own reader and with Poppler's (`pdfinfo -struct-text`), as a screen reader does: each paragraph exactly;
 * as it is seen, with MuPDF and Poppler's pdftotext, as one copies with the mouse: all characters but white space, line after line.
   Poppler puts the marks of Arabic and Hebrew words elsewhere than they are in the file, and is not asked about these two;
and its EPUB by its content files. Nothing may be normalised on the way, so the sources must hold what NFC and NFKC would change.
"""
import glob
import os
import re
import subprocess
import sys
import unicodedata

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from corpus import Case, make_all  # noqa: E402
from epub_reader import Epub  # noqa: E402
from pdf_reader import Element, Pdf  # noqa: E402
from tally import Tally  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
RIGHT_TO_LEFT = ("arabic", "hebrew")
BIDI_MARKS = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"  # Poppler adds some round runs


def paragraphs(path):
    """The title and the paragraphs, as they were written."""
    with open(path, encoding="utf-8", newline="") as file:
        head, body = re.fullmatch(r"---\n(.*?)---\n(.*)", file.read(), re.DOTALL).groups()
    return [re.search(r"^title: (.*)$", head, re.MULTILINE).group(1)] + [line for line in body.split("\n") if line]


def spelt(text):
    return " ".join(f"{ord(character):04X}" for character in text)


def run(*command):
    """MuPDF writes a character beyond U+FFFF as two surrogates."""
    text = subprocess.run(command, capture_output=True, check=True).stdout.decode("utf-8", "surrogatepass")
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def by_structure(path):
    pdf = Pdf(path)
    texts = pdf.text_of()
    return ["".join(texts.get(item, "") for _, item in element.walk() if not isinstance(item, Element))
            for _, element in pdf.tree.walk() if isinstance(element, Element) and element.kind in ("H1", "P")]


def by_poppler(path):
    """Poppler's tree: an element on a line, its words below it in quotation marks, further in."""
    found = []
    for line in run("pdfinfo", "-struct-text", path).split("\n"):
        words = re.fullmatch(r'\s*"(.*)"', line)
        if words:
            found[-1] += words.group(1)
        elif re.match(r"\s*(H1|P)\b", line):
            found.append("")
    return found


def of_epub(path):
    found = []
    for kind, text in (event for event in Epub(path).events() if event[0] in ("text", "block")):
        if kind == "block":
            found.append("")
        elif found:
            found[-1] += text
    return [text for text in (text.strip("\n") for text in found) if text]


def seen(text, kept):
    """What of a text can be seen: white space is where lines end as well, and a soft hyphen where one was needed."""
    return "".join(c for c in text if not c.isspace() and c not in "\u200b\u00ad" and (c not in BIDI_MARKS or c in kept))


def first_difference(wanted, found):
    at = next((i for i, (a, b) in enumerate(zip(wanted, found)) if a != b), min(len(wanted), len(found)))
    near = slice(max(0, at - 6), at + 12)
    return f"from character {at}\nwanted {wanted[near]!r} {spelt(wanted[near])}\nfound  {found[near]!r} {spelt(found[near])}"


def check(tally, name, wanted, found):
    tally.check(name, wanted == found, lambda: first_difference(wanted, found))


def check_document(tally, case):
    written = paragraphs(case.source)
    for reader, found in (("by the structure", by_structure(case.pdf)), ("by Poppler's structure", by_poppler(case.pdf)), ("the EPUB", of_epub(case.epub))):
        tally.check(f"{case.name}, {reader}: {len(written)} paragraphs", len(found) == len(written), "\n".join(found))
        for number, (wanted, got) in enumerate(zip(written, found), 1):
            check(tally, f"{case.name}, {reader}: paragraph {number}", wanted, got)
    whole = seen("".join(written), "")
    readers = [("MuPDF", run("mutool", "draw", "-q", "-F", "txt", case.pdf))]
    if case.stem not in RIGHT_TO_LEFT:
        readers.append(("pdftotext", run("pdftotext", "-nopgbrk", "-enc", "UTF-8", case.pdf, "-")))
    for reader, text in readers:
        got = seen(text, "")
        check(tally, f"{case.name}, as seen by {reader}", whole, got[:len(whole)])
        tally.check(f"{case.name}, as seen by {reader}: the foot of the page and no more", len(got) - len(whole) <= 20, got[len(whole):])


def main():
    tally = Tally()
    cases = [Case("script-" + os.path.basename(path)[:-3], path) for path in sorted(glob.glob(os.path.join(HERE, "*.md")))
             if not sys.argv[1:] or any(word in path for word in sys.argv[1:])]
    good, faults = make_all(cases)
    for fault in faults:
        tally.check("make", False, fault)
    for case in good:
        tally.check(f"{case.name}: nothing to say", not case.diagnostics, case.diagnostics)
        check_document(tally, case)
    if not sys.argv[1:]:
        text = "".join("".join(paragraphs(case.source)) for case in good)
        for form in ("NFC", "NFD", "NFKC"):
            tally.check(f"{form} would be noticed", unicodedata.normalize(form, text) != text)
    return tally.done()


if __name__ == "__main__":
    raise SystemExit(main())
