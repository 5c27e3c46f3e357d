#!/usr/bin/env python3
"""What is copied from a page, or read out, is what was written: code point by code point, in logical order, composed or not as the author had it.

A document for each script (NAME.md: paragraphs of plain text, each on one line). Its PDF is read
 * by its structure, with our own reader and with Poppler's (`pdfinfo -struct-text`), as a screen reader does: each paragraph exactly;
 * as it is seen, with MuPDF and Poppler's pdftotext, as one copies with the mouse: all characters but white space, line after line.
and its EPUB by its content files. Nothing may be normalised on the way, so the sources must hold what NFC and NFKC would change. What a
reader is not asked, and why, is said at NOT_ASKED. A soft hyphen is a place and no letter: the PDF has none where no line ends.
"""
import os
import re
import subprocess
import sys
import unicodedata

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from corpus import make_all, script_cases  # noqa: E402
from epub_reader import Epub  # noqa: E402
from pdf_reader import Element, Pdf  # noqa: E402
from tally import Tally  # noqa: E402

STRUCTURE, POPPLER, EPUB, MUPDF, PDFTOTEXT, RAW = ("by the structure", "by Poppler's structure", "in the EPUB", "seen by MuPDF", "seen by pdftotext",
                                                   "seen by pdftotext -raw")
NOT_ASKED = {
    "arabic": (PDFTOTEXT, RAW),  # sorts by place, and so puts a word's marks behind other letters; each letter a line
    "hebrew": (PDFTOTEXT, RAW),
    "thai": (PDFTOTEXT,  # the same
             POPPLER),  # loses what follows an ActualText inside marked content, which sara am has: more glyphs than characters
    "flags": (MUPDF,),  # gives up where one glyph stands for more than eight UTF-16 units
}
OUT = "the output"
JOINER = "\u2060"  # what the further glyphs of a character say to a reader that knows no ActualText: MuPDF of Debian 12
BIDI_MARKS = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"  # Poppler adds some round runs


def paragraphs(path):
    """The title and the paragraphs, as they were written."""
    with open(path, encoding="utf-8", newline="") as file:
        head, body = re.fullmatch(r"---\n(.*?)---\n(.*)", file.read(), re.DOTALL).groups()
    return [re.search(r"^title: (.*)$", head, re.MULTILINE).group(1)] + [line for line in body.split("\n") if line]


def spelt(text):
    return " ".join(f"{ord(character):04X}" for character in text)


def run(*command, out=None):
    """What a reader says, or writes to `out`, which stands for OUT. MuPDF writes a character beyond U+FFFF as two surrogates."""
    done = subprocess.run([out if word is OUT else word for word in command], capture_output=True, check=True).stdout
    if out:
        with open(out, "rb") as file:
            done = file.read()
    return done.decode("utf-8", "surrogatepass").encode("utf-16", "surrogatepass").decode("utf-16", "replace")


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


def seen(text):
    """What of a text can be seen: white space is where lines end as well, and a soft hyphen where one was needed."""
    return "".join(c for c in text if not c.isspace() and c not in "\u200b\u00ad" + JOINER + BIDI_MARKS)


def first_difference(wanted, found):
    at = next((i for i, (a, b) in enumerate(zip(wanted, found)) if a != b), min(len(wanted), len(found)))
    near = slice(max(0, at - 6), at + 12)
    return f"from character {at}\nwanted {wanted[near]!r} {spelt(wanted[near])}\nfound  {found[near]!r} {spelt(found[near])}"


def check(tally, name, wanted, found):
    tally.check(name, wanted == found, lambda: first_difference(wanted, found))


def check_document(tally, case):
    written = paragraphs(case.source)
    asked = lambda reader: reader not in NOT_ASKED.get(case.stem, ())  # noqa: E731
    for reader, read, path in ((STRUCTURE, by_structure, case.pdf), (POPPLER, by_poppler, case.pdf), (EPUB, of_epub, case.epub)):
        if not asked(reader):
            continue
        found = read(path)
        tally.check(f"{case.name}, {reader}: {len(written)} paragraphs", len(found) == len(written), "\n".join(found))
        for number, (wanted, got) in enumerate(zip(written, found), 1):
            check(tally, f"{case.name}, {reader}: paragraph {number}", wanted if reader is EPUB else wanted.replace("\u00ad", ""), got)
    whole = seen("".join(written))
    for reader, command in ((MUPDF, ("mutool", "convert", "-F", "text", "-O", "preserve-ligatures", "-o", OUT, case.pdf)),
                            (PDFTOTEXT, ("pdftotext", "-nopgbrk", "-enc", "UTF-8", case.pdf, OUT)),
                            (RAW, ("pdftotext", "-raw", "-nopgbrk", "-enc", "UTF-8", case.pdf, OUT))):
        if not asked(reader):
            continue
        got = seen(run(*command, out=os.path.join(case.out, "seen.txt")))
        check(tally, f"{case.name}, {reader}", whole, got[:len(whole)])
        tally.check(f"{case.name}, {reader}: the foot of the page and no more", len(got) - len(whole) <= 20, got[len(whole):])


def main():
    tally = Tally()
    cases = [case for case in script_cases() if not sys.argv[1:] or any(word in case.name for word in sys.argv[1:])]
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
