"""What must hold for the tags of every PDF, besides what they say (ISO 32000-1 §14.7, §14.8; ISO 14289-1 §7; Tagged PDF Best Practice Guide):
everything drawn or clickable leads to its element and back, elements hold something, and stand in what may hold them.
"""
import re

from pdf_reader import Element, pdf_text

BLOCKS = {"P", "L", "Table", "TOC", "Sect", "Div", "BlockQuote", "Note", "Caption"} | {f"H{level}" for level in range(1, 7)}
LINES = {"P", "Lbl", "Caption", "TH", "TD"} | {f"H{level}" for level in range(1, 7)}  # hold words and what stands among them
INSIDE = {  # what may stand in it, where that is little
    "L": {"LI"}, "LI": {"Lbl", "LBody"}, "Table": {"Caption", "THead", "TBody", "TR"}, "THead": {"TR"}, "TBody": {"TR"}, "TR": {"TH", "TD"},
    "TOC": {"TOCI"}, "TOCI": {"Lbl", "Reference", "TOC"}, "Reference": {"Link"}}


def facts(pdf):
    """What does not hold."""
    return [*tree(pdf), *parents(pdf), *annotations(pdf), *artifacts(pdf), *headings(pdf)]


def elements(pdf):
    for above, item in pdf.tree.walk():
        if above and isinstance(item, Element):
            yield above, item


def tree(pdf):
    root = pdf.at(pdf.catalog["/StructTreeRoot"])
    if "/RoleMap" in root:
        yield "there is a role map, and no type that needs it"
    if len(pdf.tree.kids) > 1:
        yield "there is more than one root"
    names = {pdf_text(name): value for name, value in pdf.number_tree(root.get("/IDTree")).items()}
    for above, item in elements(pdf):
        outer = above[-1]
        wanted = outer.reference if len(above) > 1 else pdf.catalog["/StructTreeRoot"]
        if item.above != wanted:
            yield f"{item.kind} names another parent than the {outer.kind} that holds it"
        if not item.kids and item.kind != "TD":
            yield f"{item.kind} holds nothing"
        if item.kind == "Span" and [kid.kind for kid in item.kids if isinstance(kid, Element)] == ["Span"] and len(item.kids) == 1:
            yield "a Span holds nothing but a Span"
        if outer.kind in INSIDE and item.kind not in INSIDE[outer.kind]:
            yield f"{item.kind} stands in {outer.kind}"
        if outer.kind in LINES and item.kind in BLOCKS:
            yield f"{item.kind} stands in {outer.kind}, among words"
        if item.kind == "Link" and any(e.kind == "Link" for e in above):
            yield "a Link stands in a Link"
        if item.kind == "Note" and (item.identifier is None or names.get(item.identifier) != item.reference):
            yield f"a Note is not found by its ID {item.identifier}"
        if item.actual is not None:
            yield f"{item.kind} states its text: its characters say it"
        if outer.kind in INSIDE and any(not isinstance(kid, Element) for kid in outer.kids):
            yield f"words stand in {outer.kind}"
        if item.language and item.language == next((e.language for e in reversed(above) if e.language), pdf.language):
            yield f"{item.kind} states the language that it stands in, {item.language}"


def parents(pdf):
    """The parent tree leads from each piece of content and each annotation to the element that holds it."""
    root = pdf.at(pdf.catalog["/StructTreeRoot"])
    numbers = {int(key): value for key, value in pdf.number_tree(root["/ParentTree"]).items()}
    wanted = {}
    for above, item in pdf.tree.walk():
        if not isinstance(item, Element):
            page, mark = item
            wanted.setdefault(pdf.pages[page].get("/StructParents"), {})[mark] = above[-1].reference
    for key, marks in wanted.items():
        listed = pdf.at(numbers.get(key)) or []
        if dict(enumerate(listed)) != marks:
            yield f"the parent tree has {len(listed)} elements for entry {key}, not the {len(marks)} that hold the page's content"
    for element, reference in pdf.objects_of:
        if numbers.get(pdf.at(reference).get("/StructParent")) != element.reference:
            yield f"the parent tree does not lead from {reference} to its {element.kind}"
    if root.get("/ParentTreeNextKey", 0) <= max(numbers, default=-1):
        yield "the next key of the parent tree is in use"


def annotations(pdf):
    held = [reference for _, reference in pdf.objects_of]
    keys = [pdf.at(reference).get("/StructParent") for reference in held]
    if len(keys) != len(set(keys)):
        yield "two annotations have one key in the parent tree"
    if len(held) != len(set(held)):
        yield "an annotation belongs to two elements"
    for page in pdf.pages:
        if page.get("/Tabs") != "/S":
            yield "a page does not tab by its structure"
        for reference in pdf.at(page.get("/Annots")) or []:
            if reference not in held:
                yield f"{reference} belongs to no element"
    for element, reference in pdf.objects_of:
        area = pdf.at(reference)
        said = pdf_text(area.get("/Contents")) or ""
        if element.kind != "Link" or not said.strip():
            yield f"a link in {element.kind} is described as “{said}”"
        left, bottom, right, top = area["/Rect"]
        if left >= right or bottom >= top:
            yield f"a link described as “{said}” has no area"


def artifacts(pdf):
    for number, given in pdf.artifacts:
        kind, subtype = given.get("/Type"), given.get("/Subtype")
        if kind not in ("/Layout", "/Pagination"):
            yield f"an artifact on page {number + 1} is of type {kind}"
        if subtype in ("/Header", "/Footer") and given.get("/Attached") != ["/Top" if subtype == "/Header" else "/Bottom"]:
            yield f"{subtype} on page {number + 1} is attached to {given.get('/Attached')}"
        if kind == "/Pagination" and "/BBox" not in given:
            yield f"what recurs on page {number + 1} does not say where"
        if "/BBox" in given:
            left, bottom, right, top = given["/BBox"]
            if left > right or bottom > top:
                yield f"an artifact on page {number + 1} lies in {given['/BBox']}"


def headings(pdf):
    before = 0
    for _, item in elements(pdf):
        match = re.fullmatch(r"H(\d)", item.kind)
        if match:
            if int(match[1]) > before + 1:
                yield f"{item.kind} follows a heading of level {before}"
            before = int(match[1])


# ---- That each can fail: what is broken on purpose, in a file that has one of everything ----

def element(pdf, kind):
    return next(item for _, item in elements(pdf) if item.kind == kind)


def artifact(pdf, key, value):
    return next(given for _, given in pdf.artifacts if given.get(key) == value)


DAMAGE = (  # what is done, what is then said
    (lambda pdf: pdf.at(pdf.objects_of[0][1]).update({"/Contents": "u:"}), "is described as"),
    (lambda pdf: pdf.at(pdf.objects_of[0][1]).update({"/StructParent": 0}), "the parent tree does not lead"),
    (lambda pdf: pdf.at(pdf.objects_of[0][1]).update({"/StructParent": pdf.at(pdf.objects_of[1][1])["/StructParent"]}), "one key"),
    (lambda pdf: pdf.pages[0].pop("/Tabs"), "does not tab"),
    (lambda pdf: artifact(pdf, "/Type", "/Pagination").pop("/BBox"), "does not say where"),
    (lambda pdf: artifact(pdf, "/Subtype", "/Footer").update({"/Attached": ["/Top"]}), "is attached to"),
    (lambda pdf: artifact(pdf, "/Type", "/Layout").update({"/Type": "/Page"}), "is of type"),
    (lambda pdf: element(pdf, "P").kids.clear(), "P holds nothing"),
    (lambda pdf: setattr(element(pdf, "H2"), "kind", "H4"), "follows a heading"),
    (lambda pdf: setattr(element(pdf, "Note"), "identifier", "other"), "is not found by its ID"),
    (lambda pdf: setattr(element(pdf, "P"), "language", pdf.language), "states the language"),
    (lambda pdf: setattr(element(pdf, "LBody"), "kind", "P"), "P stands in LI"),
    (lambda pdf: setattr(element(pdf, "Reference"), "kind", "P"), "among words"),
    (lambda pdf: setattr(element(pdf, "P"), "above", "0 0 R"), "names another parent"),
    (lambda pdf: setattr(element(pdf, "P"), "actual", "words"), "states its text"),
)
