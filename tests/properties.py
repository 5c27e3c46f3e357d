#!/usr/bin/env python3
"""What must hold for every document, whatever it says (docs/architecture.md, "What is promised").

Over every sample in every sheet, and every golden case that has files:
 * the words of the PDF, read by its structure tree, are the words of the EPUB's spine and the words of the tree;
 * the PDF has as many pages as the EPUB's page list has entries and its text has markers, in the same order, and what stands on
   a page is what stands between its marker and the next;
 * all that is drawn is either claimed by the structure tree, once, or an artifact; artifacts are never read;
 * a block of the tree is one element of the PDF, however many pages it runs over;
 * both files come out the same, to the byte, from another folder, under another locale, time zone, umask and clock;
 * the files claim what the case says they may claim, and nothing else.
"""
import filecmp
import os
import re
import shutil
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

from corpus import golden_cases, make_all, samples
from epub_reader import Epub
from pdf_reader import Element, Pdf
from tally import Tally

# Structure types whose elements stand inside a line (ISO 32000-1 §14.8.4.4); the rest begin and end one.
INLINE = {"Span", "Quote", "Note", "Reference", "BibEntry", "Code", "Link", "Annot", "Ruby", "Warichu"}
TEXT_BLOCKS = {"P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "Caption", "TH", "TD", "Lbl", "LBody"}
BLOCKS_AS_P = {"paragraph", "subtitle", "standfirst", "byline", "dateline", "attribution", "box-title", "code-block"}
LABELS = {"Lbl", "Reference"}  # list markers, numbers of notes: made by the layout, or by the reading system


def words(text):
    return text.replace("\u00ad", "").split()


# ---- the tree, from `brief dump --stage=resolved` ----

def unquote(text):
    return re.sub(r"\\(u\{([0-9A-F]+)\}|.)",
                  lambda m: chr(int(m.group(2), 16)) if m.group(2) else {"n": "\n", "t": "\t"}.get(m.group(1), m.group(1)), text)


def tree_nodes(dump):
    """(depth, kind, artifact, text) of each node."""
    lines = dump.split("\n")
    start = next(i for i, line in enumerate(lines) if line.startswith("document"))
    for line in filter(None, lines[start:]):
        body = line.lstrip(" ")
        plain = re.sub(r'"(?:\\.|[^"\\])*"', '""', body)
        text = re.search(r' "((?:\\.|[^"\\])*)"$', body)
        yield (len(line) - len(body)) // 2, body.split(" ")[0], " artifact" in plain, unquote(text.group(1)) if text else ""


def tree_text(dump):
    inline = {"text", "code", "emphasis", "strong", "strike", "subscript", "superscript", "small", "keyboard", "mark", "cite", "quote",
              "abbreviation", "span", "link", "image", "note-reference", "back-link"}
    out, hidden = [], None
    for depth, kind, artifact, text in tree_nodes(dump):
        if hidden is not None and depth > hidden:
            continue
        hidden = depth if artifact else None
        if hidden is not None:
            continue
        if kind not in inline:
            out.append(" ")
        if kind in ("text", "code", "code-block", "back-link"):
            out.append(text)
    return "".join(out)


# ---- the PDF, by its structure ----

def pdf_pieces(pdf):
    """(page, text) in reading order; page None for a break between blocks."""
    texts = pdf.text_of()
    label = {}
    for above, item in pdf.tree.walk():
        kinds = [e.kind for e in above if isinstance(e, Element)]
        if isinstance(item, Element):
            if item.kind not in INLINE or not any(kind in TEXT_BLOCKS for kind in kinds):
                yield None, " "
        elif not any(kind in LABELS for kind in kinds):
            kind_of_block = next((e for e in reversed(above) if e.kind not in INLINE), None)
            if label.get("block") is not kind_of_block:
                yield None, " "
            label["block"] = kind_of_block
            yield item[0], texts.get(item, "")


def check_claimed(tally, name, pdf):
    drawn = [(number, mark) for number, pieces in enumerate(pdf.contents) for mark, artifact, _ in pieces if mark is not None]
    unmarked = [(number + 1, text) for number, pieces in enumerate(pdf.contents)
                for mark, artifact, text in pieces if mark is None and not artifact and text.strip()]
    claimed = pdf.claimed()
    tally.check(f"{name}: what is drawn is content or an artifact", not unmarked, str(unmarked[:5]))
    tally.check(f"{name}: the structure claims what is drawn, each piece once",
                len(claimed) == len(set(claimed)) and set(claimed) == set(drawn),
                lambda: f"claimed, not drawn: {sorted(set(claimed) - set(drawn))[:5]}; drawn, not claimed: {sorted(set(drawn) - set(claimed))[:5]}")


# ---- the EPUB ----

def check_pages(tally, name, pdf, epub):
    """Page list, markers and pages agree; the text of each page is the text behind its marker."""
    between, markers = [""], []
    for kind, value in epub.events():
        if kind == "page":
            markers.append(value)
            between.append("")
        else:
            between[-1] += value if kind == "text" else " "
    listed = [(label, file, fragment) for label, file, fragment in epub.page_list()]
    tally.check(f"{name}: page list, markers and pages are as many", len(listed) == len(markers) == len(pdf.pages),
                f"{len(listed)} in the page list, {len(markers)} markers, {len(pdf.pages)} pages")
    tally.equal(f"{name}: the page list names the markers, in order", [entry[1:] for entry in listed], [marker[:2] for marker in markers])
    tally.check(f"{name}: nothing stands before the first page", not between[0].strip(), between[0][:200])
    on_page = ["" for _ in pdf.pages]
    last = 0
    for page, text in pdf_pieces(pdf):
        last = last if page is None else page
        on_page[last] += text
    for number, (mine, theirs) in enumerate(zip(on_page, between[1:]), 1):
        # White space is left out: a marker inside a word, at a break that the layout chose, is no break between words.
        tally.equal(f"{name}: page {number} holds the words behind its marker", squeeze(mine), squeeze(theirs), ("EPUB", "PDF"))


def squeeze(text):
    return "".join(words(text))


# ---- claims ----

def check_claims(tally, case, pdf, epub):
    metadata = pdf.metadata()
    found = set()
    if re.search(r"pdfuaid:part\b[^0-9]*1", metadata):
        found.add("pdf-ua")
    if re.search(r"pdfaid:conformance\b[^A-Z]*A", metadata):
        found.add("pdf-a")
    if any("WCAG" in (value or "") for value in epub.conforms_to()):
        found.add("epub-a11y")
    tally.equal(f"{case.name}: claims", sorted(case.claims), sorted(found))
    tally.check(f"{case.name}: PDF 1.7, PDF/A-2", pdf.version == "1.7" and re.search(r"pdfaid:part\b[^0-9]*2", metadata))


def check_blocks(tally, name, dump, pdf):
    """One element for each block of running text, also when a page cuts it."""
    wanted, hidden = 0, None
    for depth, kind, artifact, text in tree_nodes(dump):
        if hidden is not None and depth > hidden:
            continue
        hidden = depth if artifact else None
        wanted += hidden is None and kind in BLOCKS_AS_P and (kind != "code-block" or text != "")
    found = sum(1 for _, item in pdf.tree.walk() if isinstance(item, Element) and item.kind == "P")
    tally.check(f"{name}: a paragraph is one P", wanted == found, f"{wanted} paragraphs, {found} P")


# ---- the same bytes ----

def check_same(tally, case, folder):
    """Makes the case again from a copy elsewhere, in another environment."""
    away = os.path.join(folder, case.name, "elsewhere with a space")
    shutil.copytree(case.folder, away, ignore=shutil.ignore_patterns("*.tree", "*.layout", "*.xhtml", "*.tags"))
    environment = {"LC_ALL": "C", "LANG": "C", "LANGUAGE": "tr", "TZ": "Pacific/Kiritimati", "HOME": folder, "COLUMNS": "40"}
    out = os.path.join(folder, case.name, "out")
    wrapper = ["faketime", "-f", "2031-03-04 05:06:07", "sh", "-c", 'umask 077; exec "$@"', "sh"]
    status, _, diagnostics = case.make(out=out, folder=away, environment=environment.items(), wrapper=wrapper)
    same = status == 0 and all(filecmp.cmp(path, os.path.join(out, os.path.basename(path)), shallow=False) for path in (case.pdf, case.epub))
    tally.check(f"{case.name}: the same bytes from elsewhere", same, f"status {status}; {os.path.dirname(case.pdf)} and {out} differ\n{diagnostics}")
    if same:
        shutil.rmtree(os.path.join(folder, case.name))


def check_case(tally, case):
    pdf, epub = Pdf(case.pdf), Epub(case.epub)
    status, dump, diagnostics = case.dump("resolved")
    if not tally.check(f"{case.name}: dump", status == 0, diagnostics):
        return
    tree = words(tree_text(dump))
    tally.equal(f"{case.name}: words of the PDF", tree, words("".join(text for _, text in pdf_pieces(pdf))), ("tree", "PDF"))
    tally.equal(f"{case.name}: words of the EPUB", tree, words("".join(" " if kind == "block" else value if kind == "text" else ""
                                                                  for kind, value in epub.events())), ("tree", "EPUB"))
    check_pages(tally, case.name, pdf, epub)
    check_claimed(tally, case.name, pdf)
    check_claims(tally, case, pdf, epub)
    check_blocks(tally, case.name, dump, pdf)


def main():
    tally = Tally()
    cases = [case for case in golden_cases() + samples() if not sys.argv[1:] or any(word in case.name for word in sys.argv[1:])]
    good, faults = make_all(cases)
    for fault in faults:
        tally.check("make", False, fault)
    with ThreadPoolExecutor(2) as pool:  # qpdf and brief are processes of their own
        list(pool.map(lambda case: check_case(tally, case), good))
        with tempfile.TemporaryDirectory(prefix="brief-") as folder:
            list(pool.map(lambda case: check_same(tally, case, folder), good))
    return tally.done()


if __name__ == "__main__":
    raise SystemExit(main())
