"""The inventory of an EPUB: by the elements of its content documents and the navigation document."""
import posixpath
import re
import urllib.parse
import xml.etree.ElementTree as ElementTree

from epub_reader import INLINE, OPS, XHTML
from inventory_model import Inventory, Target, clean, first_words

SCOPES = {"col": "column", "colgroup": "column", "row": "row", "rowgroup": "row"}


def steps(body):
    """("begin" or "end", element) and ("say", text) of what is read, in order."""
    stack = [("begin", body)]
    while stack:
        step, item = stack.pop()
        if step == "begin" and item.get("aria-hidden") == "true":
            continue
        yield step, item
        if step == "begin":
            inside = [("say", item.text)] if item.text else []
            for child in item:
                inside.append(("begin", child))
                if child.tail:
                    inside.append(("say", child.tail))
            stack.extend(reversed([*inside, ("end", item)]))


def roles_of(element):
    return set((element.get("role") or "").split())


def is_caption(element):
    """What a <figcaption> holds is the caption, unless it has paragraphs: then one of them may be it, beside whose image it is."""
    return element.tag == XHTML + "figcaption" and element.find(XHTML + "p") is None or \
        element.tag == XHTML + "p" and "caption" in classes_of(element)


def classes_of(element):
    return (element.get("class") or "").split()


class Place:
    """Of an id: how much has been said before it, the page and the note of what is said next, its element."""

    def __init__(self, element, said):
        self.element, self.said, self.page, self.note = element, said, None, None


class EpubInventory(Inventory):
    def __init__(self, epub):
        super().__init__()
        self.epub, self.page = epub, None
        self.all, self.places, self.waiting = [], {}, []  # all that is said, None between blocks; Place by (file, id); those still to arrive
        for name, body in epub.documents():
            self.read(name, body)
        self.outline = [(depth, title, lambda place=place: self.at(place)) for depth, title, place in navigation(epub)]

    def read(self, name, body):
        self.places[name, ""] = Place(body, len(self.all))
        self.waiting.append(self.places[name, ""])
        above, silent = [], None  # (element, what it began); the element that is no words of the document's
        self.numbers = {}  # of notes, by their item or what stands in it
        for step, item in steps(body):
            if silent is not None:
                silent = None if step == "end" and item is silent else silent
                continue
            if step == "say":
                self.say(item)
                self.all.append(item)
                if item.strip():
                    self.arrive()
                continue
            if item.tag[len(XHTML):] not in INLINE:
                self.say(" ")
                self.all.append(None)
            if step == "end":
                thing = above.pop()[1]
                if thing:
                    self.end(thing)
                continue
            if item.get("id") and "doc-pagebreak" not in roles_of(item):
                self.places[name, item.get("id")] = Place(item, len(self.all))
                self.waiting.append(self.places[name, item.get("id")])
            if self.is_silent(name, item):
                silent = item
                continue
            above.append((item, self.element(name, item, [e for e, _ in above])))

    def arrive(self):
        for place in self.waiting:
            place.page, place.note = self.page, self.note
        self.waiting = []

    def is_silent(self, name, item):
        roles = roles_of(item)
        if "doc-pagebreak" in roles:
            self.page = item.get("aria-label").split()[-1]
        elif "doc-noteref" in roles:
            self.arrive()
            self.refer(int("".join(item.itertext())), lambda: self.target(name, item))
        return bool(roles & {"doc-pagebreak", "doc-noteref", "doc-backlink", "img"} or "paragraph-number" in classes_of(item))

    def element(self, name, item, above):
        """What an element begins, if anything."""
        tag, parent = item.tag[len(XHTML):], above[-1] if above else None
        if tag == "ol":
            number = int(item.get("start", 1)) - 1
            for child in item:
                number = int(child.get("value", number + 1))
                self.numbers.update((e, number) for e in (child, *child))
        apart = "doc-footnote" in roles_of(item)
        if apart or (tag == "li" and "endnotes" in (above[-2].get(OPS + "type") or "").split()):
            back = next((link for link in item.iter(XHTML + "a") if "doc-backlink" in roles_of(link)), None)
            return self.begin_note(self.numbers[item], lambda: self.reference(name, back), apart)
        if tag == "li" and parent.tag == XHTML + "ol" and not {"contents-entry", "task"} & set(classes_of(item)) and \
                "footnotes" not in (above[-2].get(OPS + "type") or "").split():
            return self.begin("item", number=self.numbers[item])
        if re.fullmatch("h[1-6]", tag):
            return self.begin("heading", level=int(tag[1]))
        if tag == "p" and "numbered" in classes_of(item):
            number = next(e for e in item if "paragraph-number" in classes_of(e))
            return self.begin("number", label="".join(number.itertext()))
        if tag == "table":
            return self.begin("table", rows=[], caption="")
        if tag == "tr":
            self.inside("table").rows.append([])
        elif tag in ("th", "td"):
            cell = self.begin("cell", scope=SCOPES[item.get("scope")] if tag == "th" else None, columns=int(item.get("colspan", 1)),
                              rows=int(item.get("rowspan", 1)))
            self.inside("table").rows[-1].append(cell)
            return cell
        elif tag == "caption":
            self.inside("table").caption = clean(words_of(item))
        elif is_caption(item):
            return self.begin("caption")
        elif tag == "img":
            self.arrive()
            self.all.append(item.get("alt") or "")
            if item.get("role") != "presentation":
                self.end(self.begin("picture", alternative=item.get("alt")))
        elif tag == "a" and parent is not None and "contents-entry" in classes_of(parent):
            return self.begin("entry", depth=sum(e.tag == XHTML + "ol" for e in above), target=lambda: self.target(name, item))
        elif tag == "a" and item.get("href"):
            return self.begin("link", target=lambda: self.target(name, item))
        return None

    # ---- where things lead ----

    def place(self, name, href):
        path, _, fragment = href.partition("#")
        return self.epub.name(path, posixpath.dirname(name)) if path else name, urllib.parse.unquote(fragment)

    def target(self, name, link):
        href = link.get("href")
        return href if re.match(r"[a-z][a-z0-9+.-]*:", href, re.IGNORECASE) else self.at(self.place(name, href))

    def at(self, key):
        place = self.places.get(key)
        if place is None:
            return f"nothing: {key}"
        if place.note is not None:
            return Target("", "", place.note)
        text = ""
        for part in self.all[place.said:]:
            if part is None and clean(text):
                break
            text += part or " "
        return Target(first_words(text), place.page)

    def reference(self, name, link):
        place = self.places.get(self.place(name, link.get("href"))) if link is not None else None
        if place is None:
            return None
        return f"[{''.join(place.element.itertext())}] {'on page ' + place.page if place.note is None else f'in note {place.note}'}"


def words_of(element):
    text, silent = "", None
    for step, item in steps(element):
        if silent is None and step == "begin" and roles_of(item) & {"doc-pagebreak", "doc-noteref"}:
            silent = item
        elif silent is None and step == "say":
            text += item
        elif step == "end" and item is silent:
            silent = None
    return text


def navigation(epub):
    """(depth, words, (file, id)) of each entry of the navigation's contents; what leads to no heading stands for the title."""
    nav = next(item for item in epub.items.values() if "nav" in (item.get("properties") or "").split())
    name = epub.name(nav.get("href"))
    depth = 0
    for element in ElementTree.fromstring(epub.files[name]).iter(XHTML + "nav"):
        for step, item in steps(element) if "toc" in (element.get(OPS + "type") or "").split() else ():
            if step != "say" and item.tag == XHTML + "ol":
                depth += 1 if step == "begin" else -1
            elif step == "begin" and item.tag == XHTML + "a":
                path, _, fragment = item.get("href").partition("#")
                if fragment:
                    yield depth, "".join(item.itertext()), (epub.name(path, posixpath.dirname(name)), fragment)
