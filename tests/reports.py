#!/usr/bin/env python3
"""Reports that are large, and reports that are edited.

 * 400 notes, some longer than a page: none lost, none away from its reference, none in the way of the text; the same twice;
 * a paragraph put in and a recommendation taken out: every number, reference, gathered item and entry of the contents follows in one
   run, as reckoned from the inventory of the report before;
 * the same report in large print and for print: the same things with the same numbers;
 * a table of 5,000 rows: every cell in both files, its header on every page and in the structure once;
 * a report of 40,000 words is checked in less time than it is made, and what is found grows no faster than the text.
"""
import filecmp
import os
import re
import shutil
import subprocess
import tempfile

import properties
from corpus import INPUT, Case, run
from epub_reader import XHTML, Epub
from inventory import check_case, inventories
from inventory_model import Target
from inventory_pdf import PdfInventory
from pdf_reader import Element, Pdf
from tally import BRIEF, Tally


def write_case(folder, name, text):
    path = os.path.join(folder, name + ".md")
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    case = Case(name, path)
    case.out = os.path.join(folder, name)
    case.pdf, case.epub = (os.path.join(case.out, name + end) for end in (".pdf", ".epub"))
    return case


def made(tally, case, **how):
    status, _, diagnostics = case.make(**how)
    return tally.check(f"{case.name}: make", status == 0, f"status {status}\n{diagnostics}")


# ---- Notes ----

def report_of_notes(count):
    """Paragraphs of several lengths, each with one or two notes; every 40th note is longer than a page, every 7th a few lines."""
    text, notes, word = ["---", "title: A report of many notes", "style: report", "---", ""], [], 0
    for number in range(1, count + 1):
        if number % 25 == 1:
            text += [f"# Chapter {number // 25 + 1}", ""]
        mark = f"[^n{number}]"
        text.append(f"Paragraph {number} says something {'and more ' * (number % 30)}with a note.{mark}{' And it goes on.' if number % 3 else ''}")
        if number % 2 or number == count:
            text.append("")
        length = 1200 if number % 40 == 0 else 60 if number % 7 == 0 else 5
        notes.append(f"[^n{number}]: Note {number}: " + " ".join(f"w{word + step}" for step in range(length)) + ".")
        word += length
    return "\n".join([*text, *notes, ""])


def check_foot(tally, name, pdf):
    """The notes of a page lie below its text and above its foot, and no two lines of them on one another."""
    in_note = {item for above, item in pdf.tree.walk()
               if not isinstance(item, Element) and any(isinstance(e, Element) and e.kind == "Note" for e in above)}
    wrong, pages = [], {}
    for above, item in pdf.tree.walk():
        note = next((e.identifier for e in above if isinstance(e, Element) and e.kind == "Note"), None)
        if note and not isinstance(item, Element):
            pages.setdefault(note, []).append(item[0])
    for number, shown in enumerate(pdf.shown):
        pieces = [piece for piece in shown if piece.mark is not None and piece.text.strip()]
        notes = [piece for piece in pieces if (number, piece.mark) in in_note]
        text = [piece for piece in pieces if (number, piece.mark) not in in_note]
        foot = [piece for piece in shown if piece.artifact == "Pagination Footer"]
        if not notes:
            continue
        top = max(piece.y + 0.75 * piece.size for piece in notes)
        if text and min(piece.y - 0.2 * piece.size for piece in text) < top:
            wrong.append(f"page {number + 1}: text at {min(piece.y for piece in text)}, a note at {max(piece.y for piece in notes)}")
        if foot and min(piece.y for piece in notes) - 0.2 * notes[0].size < max(piece.y + 0.75 * piece.size for piece in foot):
            wrong.append(f"page {number + 1}: a note reaches into the foot")
        lines = sorted({piece.y for piece in notes if piece.size == max(other.size for other in notes)})
        wrong += [f"page {number + 1}: lines of notes at {a} and {b}" for a, b in zip(lines, lines[1:]) if b - a < 0.9 * notes[0].size]
    tally.check(f"{name}: notes are in nobody's way", not wrong, "\n".join(wrong[:10]))
    apart = [f"{note}: on pages {sorted(set(on))}" for note, on in pages.items() if on != sorted(on) or max(on) - min(on) >= len(set(on))]
    tally.check(f"{name}: a note that goes on goes on on the next page", not apart, "\n".join(apart[:10]))
    return {note: len(set(on)) for note, on in pages.items()}


def check_notes(tally, folder):
    case = write_case(folder, "many-notes", report_of_notes(400))
    if not made(tally, case):
        return
    again = os.path.join(folder, "again")
    case.make(out=again)
    tally.check("many-notes: twice the same", all(filecmp.cmp(path, os.path.join(again, os.path.basename(path)), shallow=False)
                                                  for path in (case.pdf, case.epub)))
    properties.check_case(tally, case)
    check_case(tally, case)
    spread = check_foot(tally, case.name, Pdf(case.pdf))
    tally.equal("many-notes: all are there", 400, len(spread))
    tally.check("many-notes: some are longer than a page", sum(count > 2 for count in spread.values()) >= 5, str(spread))


# ---- Edits ----

def numbered_links(words, shift):
    """Every number that a reference says, as it must be after an edit: shift(what it is of, its number)."""
    words = re.sub(r"\b(paragraph|Paragraph|recommendation|conclusion)\s(\d+)", lambda m: f"{m[1]} {shift(m[1].lower(), int(m[2]))}", words)
    words = re.sub(r"\bpage\s[ivxlc\d]+", "page …", words)  # that it is the page of its target is a property of every document
    return re.sub(r"^\d+$", lambda m: str(shift("paragraph", int(m[0]))), words)


def without_page(line):
    return re.sub(r", page [ivxlc\d]+$", "", line)


class Expected:
    """The lists that an edit must leave alone or shift, from an inventory."""

    def __init__(self, inventory, shift=lambda kind, number: number, drop=None):
        """`drop`: the number of a recommendation that is not there; what it holds is no longer there either."""
        lists = inventory.lists()
        self.headings, self.notes, self.tables, self.captions, self.pictures = (
            lists[name] for name in ("headings", "notes", "tables", "captions", "pictures"))
        self.notes = [re.sub(r" ← .*", "", line) for line in self.notes]
        self.references = lists["references"]
        self.outline = [without_page(line) for line in lists["outline"]]
        self.contents = [re.sub(r" [ivxlc\d]+ → ", " → ", without_page(line)) for line in lists["contents"]]  # an entry's page is its target's
        things = inventory.in_order()
        self.numbers = [f"{shift('paragraph', number)}. {numbered_links(thing.words(), shift)}" for thing in things if thing.kind == "number"
                        for number in [int(thing.label.strip('.'))] if number is not None and shift("paragraph", number) is not None]
        gathered = gathered_items(inventory)
        self.gathered = [f"{shift('recommendation', item.number)} {numbered_links(item.words(), shift)}" for item in gathered if item.number != drop]
        self.links = [f"{numbered_links(thing.words(), shift)} → {without_page(str(thing.target()))}" for thing in things if thing.kind == "link"
                      and not (drop and thing.words() == f"(Paragraph {drop_paragraph(gathered, drop)})")]


def drop_paragraph(gathered, drop):
    return next(int(re.search(r"(\d+)\)$", item.words())[1]) for item in gathered if item.number == drop)


EXPECTED = ("headings", "numbers", "notes", "references", "tables", "captions", "pictures", "gathered", "links", "contents", "outline")


def check_references(tally, name, inventory):
    """A reference that says a number leads to what has that number: a paragraph, or a conclusion or recommendation."""
    paragraphs = {thing.label.strip("."): thing.words() for thing in inventory.things if thing.kind == "number"}
    gathered = {str(item.number): item.words() for item in gathered_items(inventory)}
    links = [(thing.words(), str(thing.target()).split("”")[0].strip("“")) for thing in inventory.things if thing.kind == "link"]
    said = [(words, target, (gathered if "ec" in kind or "con" in kind else paragraphs).get(number, ""))
            for words, target in links for kind, number in re.findall(r"^\(?(paragraph|recommendation|conclusion|)\s?(\d+)\)?$", words, re.IGNORECASE)]
    wrong = [f"“{words}” leads to “{target}”, which is not in “{of[:80]}…”" for words, target, of in said if not target or target not in of]
    tally.check(f"{name}: references lead to what they name", len(said) > 20 and not wrong, "\n".join([f"{len(said)} references", *wrong]))


def gathered_items(inventory):
    return [thing for thing in inventory.things if thing.kind == "item" and re.search(r"\(Paragraph \d+\)$", thing.words())]


def check_edit(tally, case, wanted):
    """The edited report against what is expected of it, in each of the three; and whatever must hold for any document."""
    if not made(tally, case):
        return
    properties.check_case(tally, case)
    for name, inventory in inventories(case).items():
        found = Expected(inventory)
        check_references(tally, f"{case.name}, {name}", inventory)
        for part in EXPECTED:
            tally.equal(f"{case.name}: {part} in the {name}", getattr(wanted, part), getattr(found, part))


def check_edits(tally, folder):
    shutil.copytree(os.path.join(INPUT, "images"), os.path.join(folder, "images"))
    with open(os.path.join(INPUT, "committee-report.md"), encoding="utf-8") as file:
        report = file.read()
    case = write_case(folder, "report", report)
    if not made(tally, case):
        return
    before = inventories(case)["tree"]
    third = Expected(before).numbers[2]
    begins = report.index(" ".join(third.split()[1:5]))
    extra = "Here stands a paragraph that was not there before. It has no notes and refers to nothing."
    wanted = Expected(before, lambda kind, number: number + (kind == "paragraph" and number >= 3))
    wanted.numbers.insert(2, "3. " + extra)
    check_edit(tally, write_case(folder, "report-longer", report[:begins] + extra + "\n\n" + report[begins:]), wanted)

    # A recommendation of one paragraph goes, to which nothing refers and which refers to nothing; and with it its paragraph's number.
    gathered = gathered_items(before)
    boxes = list(re.finditer(r"\n::: \{?\.?(?:conclusion|recommendation)\b[^\n]*#([\w-]+)[^\n]*\n(.*?)\n:::\n", report, re.DOTALL))
    drop, box = next((number, box) for number, box in enumerate(boxes, 1) if "recommendation" in box[0] and f"(#{box[1]})" not in report
                     and not any(sign in box[2] for sign in ("\n\n", "[^", "](")))
    tally.equal("report: the boxes of the source are the items gathered", len(boxes), len(gathered))
    paragraph = drop_paragraph(gathered, drop)

    def shift(kind, number):
        if kind == "paragraph":
            return None if number == paragraph else number - (number > paragraph)
        return number - (number > drop)

    shorter = report[:box.start() + 1] + report[box.end():]
    check_edit(tally, write_case(folder, "report-shorter", shorter), Expected(before, shift, drop))


# ---- Forms ----

FORMS = {"large-print": "-large-print.pdf", "print": "-print.pdf"}


def on_paper(inventory):
    """Takes out what only the version for print has, the addresses of links: notes with letters, and in notes behind the words; gives the
    addresses that were there, and those that ought to be."""
    links = {str(thing.target()) for thing in inventory.things if thing.kind == "link" and not isinstance(thing.target(), Target)}
    lettered = [thing for thing in inventory.things if thing.kind == "note" and not isinstance(thing.number, int)]
    there = {thing.words() for thing in lettered}
    inventory.things = [thing for thing in inventory.things if not isinstance(thing.note, str)
                        and not (thing.kind == "reference" and isinstance(thing.number, str))]
    for thing in inventory.things:
        for address in sorted(links, key=len, reverse=True):
            words = thing.words()
            if thing.note is not None and f" <{address}>" in words:
                there.add(address)
                thing.text = [words.replace(f" <{address}>", "")]
    return there, links


def check_forms(tally, folder):
    """The same things, whatever they are set in; pages apart."""
    shutil.copytree(os.path.join(INPUT, "images"), os.path.join(folder, "images"))
    shutil.copy(os.path.join(INPUT, "committee-report.md"), folder)
    case = Case("forms", os.path.join(folder, "committee-report.md"))
    status, _, diagnostics = run([BRIEF, "make", case.file, "--pdf", *(f"--{form}" for form in FORMS), "-q"], folder)
    if not tally.check("forms: make", status == 0, f"status {status}\n{diagnostics}"):
        return
    wanted = Expected(PdfInventory(Pdf(os.path.join(folder, case.stem + ".pdf")), True))
    for form, end in FORMS.items():
        inventory = PdfInventory(Pdf(os.path.join(folder, case.stem + end)), True)
        there, links = on_paper(inventory)
        tally.check(f"{form}: addresses are on paper, and none that is no link's", there <= links and (form != "print" or len(there) > 20),
                    f"{len(there)} addresses of {len(links)} links; {sorted(there - links)[:5]}")
        check_references(tally, form, inventory)
        found = Expected(inventory)
        for part in EXPECTED:
            tally.equal(f"{form}: {part}", getattr(wanted, part), getattr(found, part), ("as usual", form))


# ---- A long table ----

ROWS, COLUMNS = 5000, 8


def check_table(tally, folder):
    head = [f"Column{column}" for column in range(COLUMNS)]
    rows = [[f"r{row}c{column}" for column in range(COLUMNS)] for row in range(ROWS)]
    lines = ["---", "title: A long table", "---", "", "| " + " | ".join(head) + " |", "|" + "---|" * COLUMNS]
    lines += ["| " + " | ".join(row) + " |" for row in rows] + ["", "Table: Many rows", ""]
    case = write_case(folder, "long-table", "\n".join(lines))
    if not made(tally, case):
        return
    pdf = Pdf(case.pdf)
    texts = pdf.text_of()
    tables = [item for _, item in pdf.tree.walk() if isinstance(item, Element) and item.kind == "Table"]
    tally.equal("long-table: one Table in the structure", 1, len(tables))
    found = [[properties.said(cell, texts).strip() for cell in row.kids] for _, row in tables[0].walk() if isinstance(row, Element) and row.kind == "TR"]
    tally.equal("long-table: every cell in the PDF", [" ".join(row) for row in [head, *rows]], [" ".join(row) for row in found])
    of_table = {item[0] for above, item in tables[0].walk() if not isinstance(item, Element)}
    bare = []
    for page in sorted(of_table)[1:]:
        repeated = "".join(shown.text for shown in pdf.shown[page] if shown.artifact is not None)
        marked = " ".join(shown.text for shown in pdf.shown[page] if shown.mark is not None)
        if not all(word in repeated and word not in marked for word in head):
            bare.append(page + 1)
    tally.check("long-table: its header again on every page, as an artifact", len(of_table) > 50 and not bare, f"{len(of_table)} pages; not on {bare[:9]}")
    cells = [[" ".join("".join(cell.itertext()).split()) for cell in row] for _, body in Epub(case.epub).documents() for row in body.iter(XHTML + "tr")]
    tally.equal("long-table: every cell in the EPUB", [" ".join(row) for row in [head, *rows]], [" ".join(row) for row in cells])


# ---- Checking ----

def report_of_words(count):
    """The committee's report, its paragraphs again and again, with headings, a list and emphasis now and then."""
    with open(os.path.join(INPUT, "committee-report.md"), encoding="utf-8") as file:
        blocks = [block for block in file.read().split("\n\n") if re.match(r"[A-Z]", block) and not re.search(r"[\[{<|]", block)]
    text, words, number = ["---\ntitle: A long report\nlang: en-GB\nstyle: report\n---"], 0, 0
    while words < count:
        if number % 12 == 0:
            text.append(f"## Part {number // 12 + 1}")
        block = blocks[number % len(blocks)]
        text.append(f"- {block}" if number % 9 == 4 else f"*Note.* {block}" if number % 7 == 3 else block)
        words += len(block.split())
        number += 1
    return "\n\n".join([*text, ""])


def processor_time(command, folder):
    """Seconds of the processor, the least of five runs."""
    times = []
    for _ in range(5):
        with subprocess.Popen([BRIEF, *command], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        times.append(usage.ru_utime + usage.ru_stime)
        if process.returncode:
            return float("inf")
    return min(times)


def check_times(tally, folder):
    profiles = "--profile=basic,public-sector,print,government-style"
    for name, count in (("words", 40000), ("more", 160000)):
        with open(os.path.join(folder, f"{name}.md"), "w", encoding="utf-8") as file:
            file.write(report_of_words(count))
    checked = processor_time(["check", profiles, "words.md"], folder)
    made = processor_time(["make", "-q", "words.md"], folder)
    tally.check("40,000 words: checked in less time than made", 0 < checked < made, f"checked in {checked:.3f} s, made in {made:.3f} s")
    more = processor_time(["check", profiles, "more.md"], folder)
    tally.check("four times the words: checked in four times the time", 0 < more < 7 * checked, f"{checked:.3f} s and {more:.3f} s")


def main():
    tally = Tally()
    checks = (check_notes, check_edits, check_forms, check_table, check_times)
    with tempfile.TemporaryDirectory(prefix="brief-") as folder:
        for number, check in enumerate(checks):
            inside = os.path.join(folder, str(number))
            os.mkdir(inside)
            check(tally, inside)
    return tally.done()


if __name__ == "__main__":
    raise SystemExit(main())
