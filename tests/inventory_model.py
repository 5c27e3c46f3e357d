"""What a document has, as lists that can be compared: headings with their level, numbered paragraphs, notes and references to them, tables
cell by cell, numbered items of lists, pictures and captions, links and where they lead, contents with their pages, the outline."""

WORDS = 6  # of what a link leads to


def clean(text):
    return " ".join(text.replace("\u00ad", "").split())


def first_words(text, count=WORDS):
    return " ".join(clean(text).split(" ")[:count])


class Target:
    """Where something leads: the first words there, of the block that holds it, and the label of the page. What is in a note in place
    has no page of its own in the EPUB."""

    def __init__(self, words, page, note=None):
        self.words, self.page, self.note = words, page, note

    def __str__(self):
        return f"note {self.note}" if self.note is not None else f"“{self.words}”, page {self.page}"


class Thing:
    def __init__(self, kind, note, given):
        self.kind, self.note, self.text = kind, note, []
        self.__dict__.update(given)

    def words(self):
        return clean("".join(self.text))


class Inventory:
    """Things are begun and ended in reading order; what is said belongs to all that are open. Notes in place, which each of the three has
    elsewhere, come last in the order of their numbers, with all that stands in them. Where something leads is asked for when everything is
    read: `target` is a function."""

    LISTS = ("headings", "numbers", "notes", "references", "tables", "items", "pictures", "captions", "links", "contents", "outline")

    def __init__(self):
        self.things, self.open, self.note, self.before, self.outline = [], [], None, "", []

    def begin(self, kind, **given):
        thing = Thing(kind, self.note, given)
        self.things.append(thing)
        self.open.append(thing)
        return thing

    def begin_note(self, number, back, apart):
        """`back`: where its number, or an arrow at its end, leads back to."""
        note = self.begin("note", number=number, back=back)
        if apart:
            self.note = note.note = number
        return note

    def end(self, thing):
        self.open.remove(thing)
        if thing.kind == "note":
            self.note = None

    def say(self, text):
        for thing in self.open:
            thing.text.append(text)
        self.before = (self.before + text)[-80:]

    def refer(self, number, target):
        """A reference to a note, with the word before it."""
        word = self.before.split()[-1] if self.before.split() else ""
        self.things.append(Thing("reference", self.note, {"number": number, "word": word, "target": target}))

    def inside(self, kind):
        return next((thing for thing in reversed(self.open) if thing.kind == kind), None)

    def in_order(self):
        """Notes by number, behind everything else; addresses that are notes on paper by their letters, behind those."""
        return sorted(self.things, key=lambda thing: (0,) if thing.note is None else (1, thing.note) if isinstance(thing.note, int)
                      else (2, len(thing.note), thing.note))

    def lists(self):
        """The lists by name, each a list of lines."""
        of = {name: [] for name in self.LISTS}
        for thing in self.in_order():
            LINES[thing.kind](of, thing, "" if thing.note is None else f" (in note {thing.note})")
        of["outline"] = [f"{'  ' * (depth - 1)}{clean(title)} → {target()}" for depth, title, target in self.outline]
        return of


# ---- Lines ----

def heading_line(of, thing, where):
    of["headings"].append(f"{thing.level} {thing.words()}{where}")


def number_line(of, thing, where):
    of["numbers"].append(f"{thing.label} {first_words(thing.words(), 10)}{where}")


def note_line(of, thing, _):
    of["notes"].append(f"{thing.number} {thing.words()} ← {thing.back()}")


def reference_line(of, thing, where):
    of["references"].append(f"{thing.word} [{thing.number}] → {thing.target()}{where}")


def cell_text(cell):
    span = "" if (cell.columns, cell.rows) == (1, 1) else f"({cell.columns} × {cell.rows}) "
    scope = f"[{cell.scope}] " if cell.scope and cell.words() else ""  # an empty cell heads nothing
    return scope + span + cell.words()


def table_lines(of, thing, where):
    of["tables"].append(f"{len(thing.rows)} × {max(map(len, thing.rows), default=0)}: {thing.caption}{where}")
    of["tables"].extend("    " + " | ".join(map(cell_text, row)) for row in thing.rows)


def item_line(of, thing, where):
    of["items"].append(f"{thing.number} {first_words(thing.words(), 10)}{where}")


def picture_line(of, thing, where):
    of["pictures"].append(f"{thing.alternative}{where}")


def caption_line(of, thing, where):
    of["captions"].append(f"{thing.words()}{where}")


def link_line(of, thing, where):
    of["links"].append(f"{thing.words()} → {thing.target()}{where}")


def entry_line(of, thing, _):
    target = thing.target()
    of["contents"].append(f"{'  ' * (thing.depth - 1)}{thing.words()} → {target}")
    if not isinstance(target, Target) or thing.words().split(" ")[-1] != target.page:
        raise ValueError(f"an entry of the contents says “{thing.words()}” and leads to {target}")


def nothing(of, thing, where):
    """Cells stand in their tables."""


LINES = {"heading": heading_line, "number": number_line, "note": note_line, "reference": reference_line, "table": table_lines, "cell": nothing,
         "item": item_line, "picture": picture_line, "caption": caption_line, "link": link_line, "entry": entry_line}


def outline_depths(levels):
    """How deep each stands when it stands under the nearest before it of a higher level."""
    above = []
    for level in levels:
        while above and above[-1] >= level:
            above.pop()
        above.append(level)
        yield len(above)
