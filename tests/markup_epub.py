"""The body of an EPUB as HTML to be compared: all documents of the spine, one after the other; and the table of what may differ.

DIFFERENCES is the whole of it: what HTML says and PDF 1.7 has no word for, or says in another place. Each rule meets the elements that it names
and no others, and is counted: one that is never needed has no business here (derived.py).
"""
import urllib.parse
import xml.etree.ElementTree as ElementTree

from epub_reader import OPS, XHTML
from markup import Html, Text
from pdf_reader import roman

LANG = "{http://www.w3.org/XML/1998/namespace}lang"
KEPT = {"img": ("alt",), "th": ("scope", "colspan", "rowspan"), "td": ("colspan", "rowspan"), "abbr": ("title",)}


def read(epub):
    """(the body, how often each rule was needed)."""
    body, counts = None, {}
    for name, element in epub.documents():
        root = ElementTree.fromstring(epub.files[name])
        language = root.get("lang")
        body = body or Html("body", language)
        body.kids.extend(converted(element, language).kids)
    apply(body, counts)
    return body, counts


def converted(top, language):
    """The elements as they are."""
    made = {}
    stack = [(top, language, None)]
    while stack:
        item, language, parent = stack.pop()
        if isinstance(item, str):
            parent.kids.append(Text(item, language))
            continue
        language = item.get("lang") or language
        tag = item.tag[len(XHTML):]
        raw = {**{key.replace(OPS, "epub:"): value for key, value in item.attrib.items()}}
        element = made[item] = Html(tag, language, raw, **{name: raw[name] for name in KEPT.get(tag, ()) if name in raw})
        if tag == "a" and "href" in raw:
            address = urllib.parse.quote(raw["href"], safe="!#$%&'()*+,/:;=?@[]~")
            outside = urllib.parse.urlsplit(address).scheme
            element.given["href"] = address if outside else "#"
            if "doc-noteref" in raw.get("role", ""):
                element.given["role"] = "doc-noteref"
        if parent is not None:
            parent.kids.append(element)
        follow = [(item.text, language, element)] if item.text else []
        for child in item:
            follow.append((child, language, element))
            if child.tail:
                follow.append((child.tail, language, element))
        stack.extend(reversed(follow))
    return made[top]


# ---- Numbers ----

def spelt(number, kind):
    return {"a": lambda: chr(ord("a") + number - 1), "i": lambda: roman(number)}.get(kind, lambda: str(number))()


def number_items(element):
    """What the reading system numbers the items of a list with stands in the PDF."""
    number = int(element.raw.get("start", 1)) - 1
    for kid in element.kids:
        if isinstance(kid, Html):
            number = int(kid.raw.get("value", number + 1))
            if "alt" not in kid.given:  # a task has a box instead
                kid.given["number"] = spelt(number, element.raw.get("type"))


# ---- The table ----

def classes(element):
    return element.raw.get("class", "").split()


def role(element):
    return element.raw.get("role")


def inside(element, tag):
    return [kid for kid in element.kids if isinstance(kid, Html) and kid.tag == tag]


def is_blank(element):
    return all(isinstance(kid, Text) and not kid.words.strip() for kid in element.kids)


def row_groups(table):
    return inside(table, "thead") + inside(table, "tbody")


def gone(element, parent):
    return []


def through(element, parent):
    return element.kids


def renamed(tag):
    def rename(element, parent):
        element.tag = tag
        return [element]
    return rename


def paragraph_number(element, parent):
    parent.given["number"] = "".join(kid.words for kid in element.kids)
    return []


def task(element, parent):
    """The box of a task stands in the item, or in its first paragraph."""
    parent.given["alt"] = element.raw["aria-label"]
    return []


def task_of_item(element, parent):
    parent.given["alt"] = element.given.pop("alt")
    return [element]


def notes(element, parent):
    for item in inside(element, "li"):
        item.tag = "note"
    return element.kids


def note_inside(element, parent):
    """The note is what its item holds, and has its language."""
    parent.language = element.language
    return element.kids


def back(element, parent):
    parent.raw["back"] = "yes"
    return []


def figure_words(element, parent):
    """The caption; what else is said, after it; the way to a description, after the figure."""
    after = []
    for outer in inside(element, "figcaption"):
        for kid in inside(outer, "p"):
            if "caption" in classes(kid):
                kid.tag = "figcaption"
            elif "description" in classes(kid):
                after.append(kid)
        at = element.kids.index(outer)
        element.kids[at:at + 1] = [kid for kid in outer.kids if kid not in after]
    return [element, *after]


def decoration_words(element, parent):
    element.tag = "div"
    return figure_words(element, parent)


EMPHASIS = {"em", "strong", "small", "kbd", "mark", "cite"}

DIFFERENCES = (  # why; which elements, by themselves and what they stand in; what becomes of them
    ("what repeats words is an artifact", lambda e, p: e.raw.get("aria-hidden") == "true", gone),
    ("a PDF has pages and no markers of them", lambda e, p: role(e) == "doc-pagebreak", gone),
    ("a rule is an artifact", lambda e, p: e.tag == "hr", gone),
    ("a decoration is an artifact", lambda e, p: e.tag == "img" and e.given.get("alt") == "" and role(e) == "presentation", gone),
    ("a decoration without words is nothing", lambda e, p: e.tag == "figure" and is_blank(e), gone),
    ("a decoration with words is its words", lambda e, p: e.tag == "figure" and not inside(e, "img"), decoration_words),
    ("emphasis has no type: the font tells it", lambda e, p: e.tag in EMPHASIS, through),
    ("a span states its language, as the words in it do, or nothing", lambda e, p: e.tag == "span" and not role(e) and "paragraph-number" not in classes(e),
     through),
    ("a line that ends has no type: it is white space", lambda e, p: e.tag == "br", lambda e, p: [Text(" ", e.language)]),
    ("what belongs to the title stands in the document", lambda e, p: e.tag == "header" and "title-block" in classes(e), through),
    ("a table that scrolls has a frame", lambda e, p: e.tag == "div" and "scroll" in classes(e), through),
    ("rows need no group when there is one", lambda e, p: e.tag in ("thead", "tbody") and len(row_groups(p)) == 1, through),
    ("a box is a section: there is no type for an aside", lambda e, p: e.tag == "aside" and "box" in classes(e), renamed("section")),
    ("a pull-quote of words of its own is a quotation", lambda e, p: role(e) == "doc-pullquote", renamed("blockquote")),
    ("a block of code is a paragraph of code", lambda e, p: e.tag == "pre", renamed("p")),
    ("HTML has one caption for all that is said below an image", lambda e, p: e.tag == "figure" and any(inside(f, "p") for f in inside(e, "figcaption")),
     figure_words),
    ("a paragraph's number is its label", lambda e, p: "paragraph-number" in classes(e), paragraph_number),
    ("a task's box is its label", lambda e, p: e.tag == "span" and role(e) == "img", task),
    ("a task's box is the label of the item", lambda e, p: e.tag == "p" and p.tag == "li" and "alt" in e.given, task_of_item),
    ("a note's way back is its number", lambda e, p: role(e) == "doc-backlink", back),
    ("a paragraph that holds a note's way back says nothing else", lambda e, p: "back" in e.raw and is_blank(e), gone),
    ("a reference to a note is raised by its style", lambda e, p: e.tag == "sup" and [kid.given.get("role") for kid in inside(e, "a")] == ["doc-noteref"],
     through),
    ("a note stands in no item", lambda e, p: role(e) == "doc-footnote", note_inside),
    ("notes stand in no list", lambda e, p: e.tag == "ol" and role(p) == "doc-endnotes", notes),
    ("a screen has no foot: notes in place are gathered", lambda e, p: e.tag == "section" and "footnotes" in classes(e), through),
)


def apply(body, counts):
    """The first rule that meets an element; what is in it comes before it."""
    order, stack = [], [(None, body)]
    while stack:
        parent, element = stack.pop()
        if isinstance(element, Html):
            order.append((parent, element))
            stack.extend((element, kid) for kid in element.kids)
    becomes = {}
    for parent, element in reversed(order):
        element.kids = [new for kid in element.kids for new in becomes.get(kid, [kid])]
        if element.tag == "ol" and "contents" not in classes(element):
            number_items(element)
        for why, meets, rule in DIFFERENCES:
            if parent is not None and meets(element, parent):
                becomes[element] = rule(element, parent)
                counts[why] = counts.get(why, 0) + 1
                break
