#!/usr/bin/env python3
"""What must hold for every document, whatever it says (docs/architecture.md, "What is promised").

Over every sample in every sheet, and every golden case that has files:
 * the words of the PDF, read by its structure tree, are the words of the EPUB's spine and the words of the tree. Notes in place are at
   the foot of a page in one and at the end of a file in the other, so they are compared by themselves, each by its number; what a
   reference to a page says is the label of the page on which the EPUB has its target;
 * numbers of paragraphs are the same in all three, and labels, no words;
 * a note begins on the page of its first reference;
 * the PDF has as many pages as the EPUB's page list has entries and its text has markers, in the same order, and what stands on
   a page is what stands between its marker and the next;
 * all that is drawn is either claimed by the structure tree, once, or an artifact; artifacts are never read;
 * a block of the tree is one element of the PDF, however many pages it runs over;
 * both files come out the same, to the byte, from another folder, under another locale, time zone, umask and clock;
 * lines of running text stand on the grid, in every sample and sheet (grid.py);
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
from grid import check_grid
from pdf_reader import Element, Pdf
from tally import Tally

# Structure types whose elements stand inside a line (ISO 32000-1 §14.8.4.4); the rest begin and end one.
INLINE = {"Span", "Quote", "Note", "Reference", "BibEntry", "Code", "Link", "Annot", "Ruby", "Warichu"}
TEXT_BLOCKS = {"P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "Caption", "TH", "TD", "Lbl", "LBody"}
BLOCKS_AS_P = {"paragraph", "subtitle", "standfirst", "byline", "dateline", "attribution", "box-title", "code-block", "front-line", "status", "credit", "description"}


def words(text):
    return text.replace("\u00ad", "").split()


# ---- the tree, from `brief dump --stage=resolved` ----

def unquote(text):
    return re.sub(r"\\(u\{([0-9A-F]+)\}|.)",
                  lambda m: chr(int(m.group(2), 16)) if m.group(2) else {"n": "\n", "t": "\t"}.get(m.group(1), m.group(1)), text)


class TreeNode:
    def __init__(self, line):
        body = line.lstrip(" ")
        plain = re.sub(r'"(?:\\.|[^"\\])*"', '""', body)
        text = re.search(r' "((?:\\.|[^"\\])*)"$', body)
        self.depth, self.kind = (len(line) - len(body)) // 2, body.split(" ")[0]
        self.flags = plain.split(" ")[1:]
        self.text = unquote(text.group(1)) if text else ""
        self.fields = {name: unquote(value) for name, value in re.findall(r' ([a-z-]+)="((?:\\.|[^"\\])*)"', body)}
        self.artifact = "artifact" in self.flags
        self.id = next((flag[1:] for flag in self.flags if flag.startswith("#")), None)
        self.value = next((int(flag) for flag in self.flags if re.fullmatch(r"-?\d+", flag)), None)


def tree_nodes(dump):
    """What is no artifact, each with the kinds that it stands in."""
    lines = dump.split("\n")
    start = next(i for i, line in enumerate(lines) if line.startswith("document"))
    hidden, above = None, []
    for number, line in enumerate(filter(None, lines[start:])):
        node = TreeNode(line)
        node.number = number  # as in the layout: in reading order
        if hidden is not None and node.depth > hidden:
            continue
        hidden = node.depth if node.artifact else None
        if hidden is not None:
            continue
        del above[node.depth:]
        node.above = tuple(above)
        above.append(node.kind)
        yield node


class Reading:
    """What one of the three says: the running text, the notes that stand in place (number, words), the numbers of paragraphs, the running
    text of each page, and the page on which each note begins."""

    def __init__(self, pages=1):
        self.text, self.notes, self.numbers, self.pages, self.note_pages = [], [], [], [[] for _ in range(pages)], {}
        self.note, self.page = None, 0

    def open_note(self, number):
        self.note = []
        self.notes.append((number, self.note))

    def close_note(self):
        self.note = None

    def add(self, text):
        (self.text if self.note is None else self.note).append(text)
        if self.note is None:
            self.pages[self.page].append(text)
        elif text.strip():
            self.note_pages.setdefault(self.notes[-1][0], self.page)

    def words(self):
        return words("".join(self.text))

    def note_words(self):
        """A line each, by number: the EPUB has them by file, the others by place. Two of one number stay two."""
        return [f"{number}: {' '.join(words(''.join(text)))}" for number, text in sorted(self.notes, key=lambda note: note[0])]


SECTIONS = {"document", "section", "div"}
INLINE_KINDS = {"text", "code", "emphasis", "strong", "strike", "subscript", "superscript", "small", "keyboard", "mark", "cite", "quote",
                "abbreviation", "span", "link", "image", "note-reference", "back-link", "page-reference"}


def notes_apart(dump):
    return not re.search(r"^  notes end$", dump, re.MULTILINE)


def tree_reading(dump, page_of):
    """`page_of`: the label of the page on which an id stands."""
    reading, note_depth = Reading(), None
    for node in tree_nodes(dump):
        if note_depth is not None and node.depth <= note_depth:
            reading.close_note()
            note_depth = None
        if node.kind == "note" and notes_apart(dump):
            reading.open_note(node.value)
            note_depth = node.depth
        if node.kind not in INLINE_KINDS:
            reading.add(" ")
        if node.kind == "paragraph" and "label" in node.fields:
            reading.numbers.append(node.fields["label"])
        if node.kind == "page-reference":
            if "contents-entry" in node.above:
                reading.add(" ")  # on paper the leader, and in the EPUB a space, keep it from the words
            reading.add(page_of.get(node.fields["to"][1:], "?"))
        if node.kind in ("text", "code", "code-block", "back-link"):
            reading.add(node.text)
    return reading


# ---- the PDF, by its structure ----

def holds_label(above):
    """Whether content is a list marker or the number of a note or a paragraph, and no words: these are made by the layout, or by the
    reading system. A term of a definition list is an Lbl too (ISO 32000-1 §14.8.4.3.3), of a list that numbers nothing; an entry of the
    contents is a Reference. Its number, and that of a caption, are Lbl, and words of it."""
    elements = [e for e in above if isinstance(e, Element)]
    for outer, e in zip([None, *elements], elements):
        if e.kind == "Reference" and outer.kind != "TOCI":
            return True
        if e.kind == "Lbl" and outer.kind not in ("TOCI", "Caption") and not (
                outer.kind == "LI" and elements[elements.index(outer) - 1].attributes.get("ListNumbering") == "None"):
            return True
    return False


def said(element, texts):
    return "".join(texts.get(item, "") for _, item in element.walk() if not isinstance(item, Element))


def pdf_reading(pdf, apart):
    reading, texts, last_block, references = Reading(len(pdf.pages)), pdf.text_of(), None, {}
    note = None
    for above, item in pdf.tree.walk():
        if note is not None and note not in above:
            reading.close_note()
            note = None
        if isinstance(item, Element):
            if item.kind == "Note" and apart:
                note = item
                number = said(item.kids[0], texts) if item.kids[0].kind == "Lbl" else ""
                reading.open_note(int(number.strip(" .")) if number else None)
            elif item.kind == "Lbl" and above[-1].kind == "P":
                reading.numbers.append(said(item, texts).strip())
            if item.kind not in INLINE or not any(e.kind in TEXT_BLOCKS for e in above):
                reading.add(" ")
            continue
        reading.page = item[0]
        if holds_label(above):
            number = texts.get(item, "").strip()
            if any(e.kind == "Reference" for e in above) and number.isdigit():
                references.setdefault(int(number), item[0])
            continue
        block = next((e for e in reversed(above) if e.kind not in INLINE), None)
        if last_block is not block:
            reading.add(" ")
        last_block = block
        reading.add(texts.get(item, ""))
    reading.first_references = references
    return reading


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

class EpubReading(Reading):
    """Also the markers, in order; on which page each id is, as a page that begins with what the element holds begins with the element;
    and in which note, if it is in one: only the PDF knows on which page that is."""

    def __init__(self, epub):
        super().__init__(0)
        self.markers, self.before, self.page_of, self.note_of, waiting = [], [], {}, {}, []
        for kind, value in epub.events():
            if kind == "page":
                if self.note is not None:
                    raise ValueError(f"the marker of {value[2]} stands in a note")
                self.markers.append(value)
                self.pages.append([])
                self.page = len(self.pages) - 1
            elif kind == "note":
                self.open_note(value)
            elif kind == "note-end":
                self.close_note()
            elif kind == "number":
                self.numbers.append(value)
            elif kind == "id":
                waiting.append(value[1])
            elif kind == "image" or value.strip():
                if self.note is None:
                    self.page_of.update((name, self.label()) for name in waiting)
                else:
                    self.note_of.update((name, self.notes[-1][0]) for name in waiting)
                waiting = []
            if kind in ("text", "block"):
                if not self.pages:
                    self.before.append(value)
                    (self.text if self.note is None else self.note).append(value or " ")
                else:
                    self.add(value or " ")

    def label(self):
        return self.markers[-1][2].split()[-1] if self.markers else None


def check_pages(tally, name, mine, epub, theirs, labels):
    """Page list, markers and pages agree; the text of each page is the text behind its marker, notes apart."""
    markers = theirs.markers
    listed = epub.page_list()
    listed = list(listed)
    tally.check(f"{name}: page list, markers and pages are as many", len(listed) == len(markers) == len(labels),
                f"{len(listed)} in the page list, {len(markers)} markers, {len(labels)} pages")
    tally.equal(f"{name}: the page list names the markers, in order", [entry[1:] for entry in listed], [marker[:2] for marker in markers])
    tally.equal(f"{name}: the page list has the PDF's labels", labels, [entry[0] for entry in listed], ("PDF", "EPUB"))
    tally.equal(f"{name}: the markers have the PDF's labels", labels, [marker[2].split()[-1] for marker in markers], ("PDF", "EPUB"))
    tally.check(f"{name}: nothing stands before the first page", not "".join(theirs.before).strip(), "".join(theirs.before)[:200])
    for number, (pdf, epub_page) in enumerate(zip(mine.pages, theirs.pages), 1):
        # White space is left out: a marker inside a word, at a break that the layout chose, is no break between words.
        tally.equal(f"{name}: page {number} holds the words behind its marker", squeeze("".join(pdf)), squeeze("".join(epub_page)), ("PDF", "EPUB"))


def check_notes(tally, name, tree, pdf, epub):
    wanted = tree.note_words()
    tally.equal(f"{name}: notes of the PDF", wanted, pdf.note_words(), ("tree", "PDF"))
    tally.equal(f"{name}: notes of the EPUB", wanted, epub.note_words(), ("tree", "EPUB"))
    tally.equal(f"{name}: each note once", [number for number, _ in sorted(tree.notes, key=lambda note: note[0])],
                list(range(1, len(tree.notes) + 1)))
    wrong = [f"note {number}: referred to on page {pdf.first_references[number] + 1}, begins on page {page + 1}"
             for number, page in pdf.note_pages.items() if pdf.first_references.get(number, page) != page]
    tally.check(f"{name}: a note begins on the page of its first reference", not wrong, "\n".join(wrong))


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
    wanted = sum(node.kind in BLOCKS_AS_P and (node.kind != "code-block" or node.text != "") for node in tree_nodes(dump))
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
    theirs, mine = EpubReading(epub), pdf_reading(pdf, notes_apart(dump))
    labels = pdf.page_labels()
    in_notes = {name: labels[mine.note_pages[number]] for name, number in theirs.note_of.items() if number in mine.note_pages}
    tree = tree_reading(dump, {**theirs.page_of, **in_notes})
    tally.equal(f"{case.name}: words of the PDF", tree.words(), mine.words(), ("tree", "PDF"))
    tally.equal(f"{case.name}: words of the EPUB", tree.words(), theirs.words(), ("tree", "EPUB"))
    tally.equal(f"{case.name}: numbers of paragraphs in the PDF", tree.numbers, mine.numbers, ("tree", "PDF"))
    tally.equal(f"{case.name}: numbers of paragraphs in the EPUB", tree.numbers, theirs.numbers, ("tree", "EPUB"))
    check_notes(tally, case.name, tree, mine, theirs)
    check_pages(tally, case.name, mine, epub, theirs, labels)
    check_claimed(tally, case.name, pdf)
    check_claims(tally, case, pdf, epub)
    check_blocks(tally, case.name, dump, pdf)
    if not case.name.startswith("golden-"):
        check_grid(tally, case, {node.number for node in tree_nodes(dump) if node.kind == "paragraph" and set(node.above) <= SECTIONS})


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
