"""HTML derived from the structure of a PDF and from nothing else, as the PDF Association's “Deriving HTML from PDF” does for PDF 2.0.

Whatever is derived was stated by an element of a standard type or by an attribute of it (ISO 32000-1 §14.8.4, §14.8.5, §14.9). What states
nothing, or stands where it does not belong, is a fault.
"""
from markup import Html, Text
from pdf_reader import Element

PLAIN = {"Sect": "section", "Div": "div", "P": "p", "BlockQuote": "blockquote", "Quote": "q", "Code": "code", "TOC": "ol", "TOCI": "li", "Table": "table",
         "THead": "thead", "TBody": "tbody", "TR": "tr", "TD": "td", "Note": "note", **{f"H{level}": f"h{level}" for level in range(1, 7)}}
SCOPES = {"Column": "col", "Row": "row", "Both": "col"}  # Both: the corner of a table with row headers; HTML has no such scope
ORDERED = {"Decimal", "UpperRoman", "LowerRoman", "UpperAlpha", "LowerAlpha"}
UNORDERED = {"None", "Disc", "Circle", "Square"}


def kinds(element):
    return [kid.kind if isinstance(kid, Element) else "" for kid in element.kids]


def derive(pdf):
    """The body, and what is wrong with the structure."""
    faults, texts, body = [], pdf.text_of(), None
    made = {}  # by element: what its kids go into, and its language; None: they have been read already
    for above, item in pdf.tree.walk():
        if not above:
            continue
        parent, language = made.get(above[-1], (None, pdf.language))
        if not isinstance(item, Element):
            if parent is not None:
                parent.kids.append(Text(texts.get(item, ""), language))
            continue
        if len(above) == 1:
            body = Html("body", item.language or pdf.language)
            made[item] = body, body.language
            if item.kind != "Document":
                faults.append(f"the root is {item.kind}")
            continue
        if parent is None:
            continue
        made[item] = Step(faults, texts, pdf, above, item, parent, language).take(), item.language or language
    return body, faults


class Step:
    """One element on the way."""

    def __init__(self, faults, texts, pdf, above, item, parent, language):
        self.faults, self.texts, self.pdf, self.above, self.item, self.parent = faults, texts, pdf, above, item, parent
        self.kind, self.within, self.given = item.kind, above[-1].kind, item.attributes
        self.language = item.language or language

    def check(self, good, words):
        if not good:
            self.faults.append(words)

    def add(self, tag, **given):
        self.parent.kids.append(Html(tag, self.language, **given))
        return self.parent.kids[-1]

    def take(self):
        """What the kids of the element go into."""
        if self.kind in PLAIN:
            return self.add(PLAIN[self.kind])
        take = getattr(self, "take_" + self.kind, None)
        self.check(take, f"{self.kind} is no type that a document needs")
        return take() if take else self.parent

    def take_L(self):
        numbering = self.given.get("ListNumbering")
        labelled = {"Lbl" in kinds(entry) for entry in self.item.kids}
        self.check(set(kinds(self.item)) == {"LI"}, f"a list holds {kinds(self.item)}")
        self.check(numbering in ORDERED | UNORDERED, f"a list has the numbering {numbering}")
        self.check(len(labelled) == 1 and (True in labelled or numbering == "None"), f"of a list numbered {numbering}, the items have labels: {labelled}")
        return self.add("ol" if numbering in ORDERED else "dl" if numbering == "None" and labelled == {True} else "ul")

    def take_LI(self):
        return self.add("div" if self.parent.tag == "dl" else "li")

    def take_LBody(self):
        """The body of an item is the item, that of a definition is one."""
        self.check(self.within == "LI", f"a body of an item stands in {self.within}")
        return self.add("dd") if self.parent.tag == "div" else self.parent

    def take_Lbl(self):
        """A term; or the number of an item, a note or a paragraph, which HTML has as an attribute or makes itself, or of a caption or an entry of
        the contents, which are words."""
        if self.parent.tag == "div":
            return self.add("dt")
        if self.within == "Caption":
            return self.parent
        said = "".join(self.texts.get(kid, "") for _, kid in self.item.walk() if not isinstance(kid, Element)).strip()
        self.check(said and self.above[-1].kids[0] is self.item, f"a label of {self.within} says “{said}” or does not come first")
        self.check(self.within in ("LI", "Note", "P", "TOCI"), f"a label stands in {self.within}")
        if self.item.alternative:
            self.parent.given["alt"] = self.item.alternative
        elif self.parent.tag == "p":
            self.parent.given["number"] = said
        elif self.within == "TOCI":
            self.parent.raw["label"] = said
        elif self.parent.tag == "note" or self.above[-2].attributes.get("ListNumbering") in ORDERED:
            self.parent.given["number"] = said.strip("(). ")
        return None

    def take_Reference(self):
        self.check(kinds(self.item) == ["Link"], f"a reference holds {kinds(self.item)}")
        return self.parent

    def take_Link(self):
        targets = {str(self.pdf.target(area)): self.pdf.target(area) for area in self.item.annotations}
        target = next(iter(targets.values()), None)
        self.check(len(targets) == 1, f"a link leads to {list(targets)}")
        noteref = self.within == "Reference" and self.above[-2].kind != "TOCI"
        link = self.add("a", href=target if isinstance(target, str) else "#", role="doc-noteref" if noteref else None)
        if "label" in self.parent.raw:  # an entry's number stands before its reference (ISO 32000-1 Table 333); its link covers both
            link.kids.append(Text(self.parent.raw.pop("label") + " ", self.language))
        return link

    def take_TH(self):
        self.check(self.given.get("Scope") in SCOPES, f"a header cell has the scope {self.given.get('Scope')}")
        return self.add("th", scope=SCOPES.get(self.given.get("Scope")))

    def take_Caption(self):
        self.check(self.within in ("Table", "Figure", "Div"), f"a caption stands in {self.within}")
        return self.add("caption" if self.within == "Table" else "figcaption")

    def take_Figure(self):
        block = self.given.get("Placement") == "Block"
        size = "Height" if block else "Width"
        self.check("BBox" in self.given and size in self.given, f"a figure states no BBox or no {size}: {sorted(self.given)}")
        if not block:
            return self.add("img", alt=self.item.alternative)
        figure = self.add("figure")
        figure.kids.append(Html("img", self.language, alt=self.item.alternative))
        return figure

    def take_Span(self):
        """Only for what it states: an expansion, a shifted baseline, a line through the words, a language."""
        if self.item.expansion:
            return self.add("abbr", title=self.item.expansion)
        shift = self.given.get("BaselineShift", 0)
        if shift:
            return self.add("sup" if shift > 0 else "sub")
        if self.given.get("TextDecorationType") == "LineThrough":
            return self.add("s")
        self.check(self.item.language, "a span states nothing")
        return self.parent
