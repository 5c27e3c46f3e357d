"""Whether what a program made is what it should be: a PDF with pages, an EPUB that can be opened, and in either nearly all words of the source."""
import html
import os
import re
import subprocess
import sys
import zipfile
from collections import Counter

SHARE = 0.97  # of the words: a reader of a finished PDF may take a few apart
WORD = re.compile(r"[a-z]+")


def words_of(text):
    return Counter(WORD.findall(text.lower()))


def source_words(path):
    with open(path, encoding="utf-8") as file:
        _, _, body = file.read()[4:].partition("\n---\n")  # titles are set in many ways, or not at all
    return words_of(re.sub(r"\]\([^)]*\)", "]", body))


def pdf_text(path):
    text = subprocess.run(["mutool", "draw", "-q", "-F", "txt", "-o", "-", path], capture_output=True, text=True, errors="replace", check=True).stdout
    return re.sub("[-\u00ad\u2010]\\s*\n\\s*", "", text)  # words that the program divided


def epub_text(path):
    with zipfile.ZipFile(path) as book:
        parts = [book.read(name).decode("utf-8", "replace") for name in book.namelist() if name.endswith((".xhtml", ".html", ".htm"))]
    return html.unescape("\n".join(re.sub(r"<[^>]*>", "", re.sub(r"</?(p|h\d|li|td|th|tr|div|br)\b", " <", part)) for part in parts))


def pdf_facts(path):
    told = subprocess.run(["pdfinfo", path], capture_output=True, text=True, errors="replace", check=True).stdout
    facts = dict(re.findall(r"^(\w+):\s+(.*)$", told, flags=re.M))
    return int(facts.get("Pages", 0)), facts.get("Tagged") == "yes"


def judge(program, name, folder, wanted):
    """Facts of what `program` made: pages, tagged, bytes, the share of the source's words. Ends the run when it is not what it should be."""
    facts = {"bytes": 0, "share": 1.0}
    for made in program.files(name):
        path = os.path.join(folder, made)
        fault, is_pdf = None, made.endswith(".pdf")
        if is_pdf:
            facts["pages"], facts["tagged"] = pdf_facts(path)
            fault = "no page" if not facts["pages"] else "it is not tagged" if program.name == "brief" and not facts["tagged"] else None
        found = words_of(pdf_text(path) if is_pdf else epub_text(path))
        share = sum((wanted & found).values()) / sum(wanted.values())
        if share < SHARE:
            fault = f"only {share:.1%} of the words"
        if fault:
            sys.exit(f"bench: {program.name}, {made} of {name}.md: {fault}")
        facts["bytes"] += os.path.getsize(path)
        facts["share"] = min(facts["share"], share)
    return facts
