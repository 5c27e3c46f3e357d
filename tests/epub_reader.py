"""Reads an EPUB as a reading system does: the package, its spine in order, the text that is read out, the page list and its markers."""
import posixpath
import urllib.parse
import xml.etree.ElementTree as ElementTree
import zipfile

OPF = "{http://www.idpf.org/2007/opf}"
OPS = "{http://www.idpf.org/2007/ops}"
XHTML = "{http://www.w3.org/1999/xhtml}"


class Epub:
    def __init__(self, path):
        with zipfile.ZipFile(path) as archive:
            self.files = {info.filename: archive.read(info) for info in archive.infolist()}
            self.order = archive.namelist()
        container = ElementTree.fromstring(self.files["META-INF/container.xml"])
        rootfile = next(e for e in container.iter() if e.tag.endswith("}rootfile"))
        self.base = posixpath.dirname(rootfile.get("full-path"))
        self.package = ElementTree.fromstring(self.files[rootfile.get("full-path")])
        self.items = {item.get("id"): item for item in self.package.iter(OPF + "item")}
        self.spine = [self.items[ref.get("idref")] for ref in self.package.iter(OPF + "itemref")]

    def name(self, href, base=None):
        return posixpath.normpath(posixpath.join(self.base if base is None else base, urllib.parse.unquote(href)))

    def metadata(self, name):
        """The values of a meta property or a Dublin Core element."""
        return [e.text for e in self.package.iter() if e.get("property") == name or e.tag == "{http://purl.org/dc/elements/1.1/}" + name]

    def conforms_to(self):
        return [e.text for e in self.package.iter(OPF + "meta") if e.get("property") == "dcterms:conformsTo"]

    def documents(self):
        """(name, body) of each content document in the spine that is neither cover nor navigation."""
        for item in self.spine:
            name = self.name(item.get("href"))
            root = ElementTree.fromstring(self.files[name])
            body = root.find(XHTML + "body")
            types = {t for e in [body, *body] for t in (e.get(OPS + "type") or "").split()}
            if "nav" in (item.get("properties") or "").split() or "cover" in types:
                continue
            yield name, body

    def page_list(self):
        """(label, file, id) of each entry of the page list."""
        nav = next(item for item in self.items.values() if "nav" in (item.get("properties") or "").split())
        name = self.name(nav.get("href"))
        for element in ElementTree.fromstring(self.files[name]).iter(XHTML + "nav"):
            if "page-list" in (element.get(OPS + "type") or "").split():
                for link in element.iter(XHTML + "a"):
                    href, _, fragment = link.get("href").partition("#")
                    yield "".join(link.itertext()), self.name(href, posixpath.dirname(name)), fragment
                return

    def events(self):
        """What is read, in order: ("text", words), ("block", "") where words cannot run together, ("page", (file, id, label)),
        ("image", its element), ("id", (file, id)), ("number", a paragraph's), ("note", its number) and ("note-end", "") round a note
        that stands at its file's end."""
        for name, body in self.documents():
            counts = {}
            stack = [body]
            while stack:
                item = stack.pop()
                if isinstance(item, tuple):
                    yield item
                    continue
                if item.get("aria-hidden") == "true" or not isinstance(item.tag, str):
                    continue
                roles, tag = (item.get("role") or "").split(), item.tag[len(XHTML):]
                if "doc-pagebreak" in roles:
                    yield "page", (name, item.get("id"), item.get("aria-label") or item.get("title"))
                    continue
                if item.get("id"):
                    yield "id", (name, item.get("id"))
                if {"doc-noteref", "doc-backlink", "img"} & set(roles):  # a note's number and its way back, the box of a task: labels
                    continue
                if "paragraph-number" in (item.get("class") or "").split():
                    yield "number", "".join(item.itertext())
                    continue
                if tag in ("img", "hr"):
                    yield "image", item
                inline = tag in INLINE
                follow = [] if inline else [("block", "")]
                if "doc-footnote" in roles:
                    follow.append(("note", counts[item]))
                if item.text:
                    follow.append(("text", item.text))
                number = int(item.get("start", 1)) - 1
                for child in item:
                    if tag == "ol":  # what the reading system numbers an item with; a note is in its item
                        number = int(child.get("value", number + 1))
                        counts.update((inner, number) for inner in child)
                    follow.append(child)
                    if child.tail:
                        follow.append(("text", child.tail))
                if "doc-footnote" in roles:
                    follow.append(("note-end", ""))
                if not inline:
                    follow.append(("block", ""))
                stack.extend(reversed(follow))


INLINE = set("a abbr b bdi bdo cite code del dfn em i ins kbd mark q s samp small span strong sub sup u var".split())
