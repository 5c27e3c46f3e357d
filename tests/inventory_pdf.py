"""The inventory of a PDF: by its structure tree, its annotations and outline, and where things are drawn."""
import re

from inventory_model import Inventory, Target, clean, first_words
from pdf_reader import Element, roman
from properties import INLINE, TEXT_BLOCKS, holds_label, said

SCOPES = {"Column": "column", "Row": "row", "Both": "column"}  # Both: the corner of a table with row headers; HTML has no such scope


def roman_number(spelt):
    return next((number for number in range(1, 400) if roman(number) == spelt), None)


NUMBERS = {"Decimal": lambda text: int(text) if text.isdigit() else None,  # a task's box numbers nothing
           "LowerAlpha": lambda text: ord(text) - ord("a") + 1 if len(text) == 1 and text.isalpha() else None, "LowerRoman": roman_number}


class PdfInventory(Inventory):
    def __init__(self, pdf, apart):
        super().__init__()
        self.pdf, self.apart, self.texts, self.labels = pdf, apart, pdf.text_of(), pdf.page_labels()
        self.content, self.number = [], {}  # in reading order: (mark, block, whether it is a label, note, alternative text); by mark
        self.read()
        self.outline = [(depth, title, lambda place=place: self.at(place)) for depth, title, place in pdf.outline()]

    def read(self):
        last, opened = None, []  # (element, what it began)
        for above, item in self.pdf.tree.walk():
            while opened and opened[-1][0] not in above:
                thing = opened.pop()[1]
                if thing:
                    self.end(thing)
            if isinstance(item, Element):
                if item.kind not in INLINE or not any(e.kind in TEXT_BLOCKS for e in above):
                    self.say(" ")
                opened.append((item, self.element(item, above)))
                continue
            label = holds_label(above)
            block = next((e for e in reversed(above) if e.kind not in INLINE and (e.kind != "Lbl" or label)), None)  # a caption's number is in it
            figure = next((e for e in above if e.kind == "Figure"), None)
            alternative = figure.alternative or "" if figure and above[-1] is figure else ""
            self.number[item] = len(self.content)
            self.content.append((item, block, label, self.note, alternative))
            if not label:
                self.say((" " if block is not last else "") + self.texts.get(item, ""))
                last = block
        for _, thing in reversed(opened):
            if thing:
                self.end(thing)

    def element(self, item, above):
        """What an element begins, if anything."""
        parent = above[-1] if above else None
        label = item.kids[0] if item.kids and isinstance(item.kids[0], Element) and item.kids[0].kind == "Lbl" else None
        heading = re.fullmatch(r"H(\d)", item.kind)
        if heading:
            return self.begin("heading", level=int(heading.group(1)))
        if item.kind == "Note":
            back = link_in(label)
            return self.begin_note(note_number(said(label, self.texts)), lambda: self.reference(back), self.apart)
        if item.kind == "LI" and parent.attributes.get("ListNumbering") in NUMBERS and label:
            number = NUMBERS[parent.attributes["ListNumbering"]](said(label, self.texts).strip(" .)"))
            return self.begin("item", number=number) if number else None
        if item.kind == "P" and label:
            return self.begin("number", label=said(label, self.texts).strip())
        if item.kind == "Table":
            return self.begin("table", rows=[], caption="")
        if item.kind == "TR":
            self.inside("table").rows.append([])
        elif item.kind in ("TH", "TD"):
            given = item.attributes
            cell = self.begin("cell", scope=SCOPES[given["Scope"]] if item.kind == "TH" else None, columns=given.get("ColSpan", 1),
                              rows=given.get("RowSpan", 1))
            self.inside("table").rows[-1].append(cell)
            return cell
        elif item.kind == "Caption" and parent.kind == "Table":
            self.inside("table").caption = clean(words_of(item, self.texts))
        elif item.kind == "Caption":
            return self.begin("caption")
        elif item.kind == "Figure":
            self.end(self.begin("picture", alternative=item.alternative))
        elif item.kind == "Reference" and parent.kind == "TOCI":
            entry = self.begin("entry", depth=sum(e.kind == "TOC" for e in above), target=lambda: self.target(link_in(item)))
            entry.text.extend(said(kid, self.texts) + " " for kid in parent.kids if isinstance(kid, Element) and kid.kind == "Lbl")
            return entry
        elif item.kind == "Reference":
            self.refer(note_number(said(item, self.texts)), lambda: self.target(link_in(item)))
        elif item.kind == "Link" and parent.kind != "Reference" and not (parent.kind == "Lbl" and above[-2].kind == "Note"):
            return self.begin("link", target=lambda: self.target(item))
        return None

    # ---- where things lead ----

    def target(self, link):
        """All areas of a link, one a line, lead to the same."""
        targets = {str(target): target for target in map(self.pdf.target, link.annotations)} if link else {}
        if len(targets) != 1:
            return f"{len(targets)} targets: {' '.join(targets)}"
        target = next(iter(targets.values()))
        return target if isinstance(target, str) else self.at(target)

    def drawn_at(self, place):
        """What has its top left corner there, and how many of its characters come before: destinations are the tops of lines."""
        page, x, y = place
        best = None
        for shown in self.pdf.shown[page]:
            below = y - shown.y if shown.text else shown.y + shown.size - y
            if shown.mark is None or not -0.5 < below < (3 * shown.size if shown.text else 0.5):
                continue
            begin = None  # of a run: one from right to left begins at its right end
            for number, (at, before) in enumerate(shown.glyphs):
                if number == 0 or at > shown.glyphs[number - 1][0]:
                    begin = before
                away = 4 * abs(at - x) + abs(below)
                if best is None or away < best[0]:
                    best = away, shown, begin
        return best[1:] if best else (None, 0)

    def at(self, place):
        shown, before = self.drawn_at(place)
        if shown is None:
            return f"nothing, on page {self.labels[place[0]]}"
        begin = self.number[place[0], shown.mark]
        if self.content[begin][3] is not None:
            return Target("", "", self.content[begin][3])
        skip, text, last = shown.before + before, "", None
        for mark, block, label, note, alternative in self.content[begin:]:
            if not label and note is None:
                if last is not None and block is not last and clean(text):
                    break
                last = block
                text += alternative + self.texts.get(mark, "")[skip:]
            skip = 0
        return Target(first_words(text), self.labels[place[0]])

    def reference(self, link):
        """What a note's number leads back to: the number in the text."""
        if link is None:
            return None
        place = self.pdf.target(link.annotations[0])
        shown, before = self.drawn_at(place)
        if shown is None:
            return f"nothing, on page {self.labels[place[0]]}"
        note = self.content[self.number[place[0], shown.mark]][3]
        return f"[{shown.text[before:].strip()}] {'on page ' + self.labels[place[0]] if note is None else f'in note {note}'}"


def note_number(text):
    """A number; or the letters of an address that is a note on paper."""
    text = text.strip(" .")
    return int(text) if text.isdigit() else text


def link_in(element):
    """The element in it that has an area on a page."""
    return next((e for _, e in element.walk() if isinstance(e, Element) and e.annotations), None) if element else None


def words_of(element, texts):
    """What it says, without labels."""
    return "".join(texts.get(item, "") for above, item in element.walk() if not isinstance(item, Element) and not holds_label(above))
