"""Reads a tagged PDF as a screen reader would: by its structure tree and the marked content that the tree claims.

It shares nothing with the writer. qpdf takes the file apart (`qpdf --json`); fonts are decoded by their ToUnicode maps alone
(ISO 32000-1 §9.10, §14.7, §14.8).
"""
import base64
import json
import re
import subprocess


class Stream:
    def __init__(self, dictionary, data):
        self.dictionary, self.data = dictionary, data


class Element:
    """A structure element: its type after the role map, its kids (Elements, and (page number, marked-content id) pairs), its attributes
    of all owners (names without the slash), and the annotations that belong to it."""

    def __init__(self, kind, alternative=None, actual=None, attributes=None, identifier=None, language=None, expansion=None):
        self.kind, self.alternative, self.actual, self.expansion, self.kids = kind, alternative, actual, expansion, []
        self.attributes, self.identifier, self.language, self.annotations = attributes or {}, identifier, language, []

    def walk(self):
        """The element and everything below it in reading order, without recursion; pairs of (ancestors, Element or content)."""
        stack = [((), self)]
        while stack:
            above, item = stack.pop()
            yield above, item
            if isinstance(item, Element):
                stack.extend((above + (item,), kid) for kid in reversed(item.kids))


class Shown:
    """A piece of text or an image as it is drawn: which marked content it is (or None), which artifact (its /Type and /Subtype, or
    None), what it says, where it begins (an image: its lower left corner), how large it is; where each of its glyphs begins, with the
    number of characters before it; and how many characters of the marked content come before it."""

    def __init__(self, mark, artifact, text, x, y, size, glyphs=(), before=0):  # of turned text, a watermark, the origin alone is right
        self.mark, self.artifact, self.text, self.x, self.y, self.size = mark, artifact, text, x, y, size
        self.glyphs, self.before = list(glyphs) or [(x, 0)], before


class Pdf:
    def __init__(self, path):
        done = subprocess.run(["qpdf", "--json=2", "--json-key=qpdf", "--json-stream-data=inline", "--decode-level=generalized", path],
                              capture_output=True, check=True)
        header, objects = json.loads(done.stdout)["qpdf"]
        self.version = header["pdfversion"]
        self.objects = {}
        for name, body in objects.items():
            if name == "trailer":
                self.trailer = body["value"]
            elif "stream" in body:
                self.objects[name[4:]] = Stream(body["stream"]["dict"], base64.b64decode(body["stream"].get("data", "")))
            else:
                self.objects[name[4:]] = body["value"]
        self.catalog = self.at(self.trailer["/Root"])
        self.language = pdf_text(self.catalog.get("/Lang"))
        self.pages = self.page_list()
        self.numbers = {page["reference"]: number for number, page in enumerate(self.pages)}
        self.fonts = {}
        self.artifacts = []  # (page number, its properties)
        self.shown = []  # a page: what is shown on it, as it is drawn (Shown)
        self.contents = [self.page_contents(page) for page in self.pages]  # a page: [(marked-content id or None, artifact, text)]
        self.objects_of = []  # (element, reference of the annotation that it has)
        self.tree = self.structure()

    def at(self, value):
        while isinstance(value, str) and re.fullmatch(r"\d+ \d+ R", value):
            value = self.objects.get(value)
        return value

    def page_list(self):
        pages, stack = [], [self.catalog["/Pages"]]
        while stack:
            reference = stack.pop()
            node = self.at(reference)
            if "/Kids" in node:
                stack.extend(reversed(self.at(node["/Kids"])))
            else:
                pages.append({**node, "reference": reference})
        return pages

    def metadata(self):
        return self.at(self.catalog["/Metadata"]).data.decode("utf-8")

    # ---- marked content ----

    def page_contents(self, page):
        streams = self.at(page["/Contents"])
        data = b"\n".join(self.at(s).data for s in (streams if isinstance(streams, list) else [streams]))
        resources = self.inherited(page, "/Resources") or {}
        fonts = self.at(resources.get("/Font")) or {}
        properties = self.at(resources.get("/Properties")) or {}
        pieces, marks, operands, font = [], [], [], None
        shown, size, spacing, origin, line, saved = [], 0, 0, (0, 0), (0, 0), []
        scale = 1
        height, said = 0, {}  # said: how many characters of each marked content so far
        self.shown.append(shown)
        for token in tokens(data):
            if not isinstance(token, Operator):
                operands.append(token)
                continue
            if token in ("BDC", "BMC"):
                given = operands[-1] if token == "BDC" else {}
                given = given if isinstance(given, dict) else self.at(properties.get(given)) or {}
                marks.append((operands[0], given))
                if operands[0] == "/Artifact":
                    self.artifacts.append((len(self.shown) - 1, given))
                if "/ActualText" in given:
                    text = pdf_text(given["/ActualText"])
                    pieces.append((*self.owner(marks), text))
                    said[self.owner(marks)[0]] = said.get(self.owner(marks)[0], 0) + len(text)
                elif "/MCID" in given:
                    pieces.append((*self.owner(marks), ""))
            elif token == "EMC":
                marks.pop()
            elif token == "Tf":
                font, size = self.font(fonts[operands[0]]), operands[1]
            elif token == "Tc":
                spacing = operands[0]
            elif token == "Tz":
                scale = operands[0] / 100
            elif token == "BT":
                line = (0, 0)
            elif token in ("Td", "TD"):
                line = (line[0] + operands[0], line[1] + operands[1])
            elif token == "Tm":
                line = (operands[4], operands[5])
            elif token == "q":
                saved.append(origin)
            elif token == "Q":
                origin = saved.pop()
            elif token == "cm":
                origin = (origin[0] + operands[4], origin[1] + operands[5])
                height = operands[3]
            elif token == "Do":
                shown.append(Shown(self.owner(marks)[0], self.artifact(marks), "", origin[0], origin[1], height))
            elif token in ("Tj", "TJ", "'", '"') and not any("/ActualText" in given for _, given in marks):
                strings = operands[-1] if isinstance(operands[-1], list) else [operands[-1]]
                text, at, glyphs = "", line[0], []
                for part in strings:
                    if not isinstance(part, bytes):
                        at -= part / 1000 * size * scale
                        continue
                    for character, advance in font(part):
                        glyphs.append((at, len(text)))
                        text += character
                        at += (advance / 1000 * size + spacing) * scale
                mark = self.owner(marks)[0]
                pieces.append((*self.owner(marks), text))
                shown.append(Shown(mark, self.artifact(marks), text, *line, size, glyphs, said.get(mark, 0)))
                said[mark] = said.get(mark, 0) + len(text)
            operands = []
        if marks:
            raise ValueError("marked content is not closed")
        return pieces

    @staticmethod
    def owner(marks):
        """(the id that claims what is shown now, or None; whether it is an artifact)"""
        for tag, given in reversed(marks):
            if tag == "/Artifact":
                return None, True
            if "/MCID" in given:
                return given["/MCID"], False
        return None, False

    @staticmethod
    def artifact(marks):
        for tag, given in reversed(marks):
            if tag == "/Artifact":
                return " ".join(given[key][1:] for key in ("/Type", "/Subtype") if key in given)
        return None

    def inherited(self, page, key):
        while page is not None:
            if key in page:
                return self.at(page[key])
            page = self.at(page.get("/Parent"))
        return None

    def font(self, reference):
        """A decoder: codes to (text, advance in thousandths of the size)."""
        if reference not in self.fonts:
            font = self.at(reference)
            table = to_unicode(self.at(font["/ToUnicode"]).data)
            descendant = self.at(self.at(font["/DescendantFonts"])[0])
            usual, widths = descendant.get("/DW", 1000), glyph_widths(self.at(descendant.get("/W")) or [])
            n, less = self.encoding(self.at(font["/Encoding"]))
            self.fonts[reference] = lambda codes: [(table[codes[i:i + n]], widths.get(int.from_bytes(codes[i:i + n], "big") - less, usual))
                                                   for i in range(0, len(codes), n)]
        return self.fonts[reference]

    @staticmethod
    def encoding(encoding):
        """How many bytes a code has, and how much less than it the number is that it has in the font: Identity-H, or a map in the file."""
        if encoding == "/Identity-H":
            return 2, 0
        space, = re.findall(rb"1 begincodespacerange\s*<(0+)>\s*<(F+)>\s*endcodespacerange", encoding.data)
        (first, last, number), = re.findall(rb"1 begincidrange\s*<([0-9A-F]+)>\s*<(F+)>\s*(\d+)\s*endcidrange", encoding.data)
        digits, = {len(part) for part in (*space, first, last)}
        return digits // 2, int(first, 16) - int(number)

    # ---- structure ----

    def structure(self):
        root = self.at(self.catalog["/StructTreeRoot"])
        roles = self.at(root.get("/RoleMap")) or {}
        top = Element("Root", None, None)
        stack = [(top, root.get("/K"), None)]
        while stack:
            parent, value, page = stack.pop()
            reference, value = value, self.at(value)
            if isinstance(value, list):
                stack.extend((parent, kid, page) for kid in reversed(value))
            elif isinstance(value, int):
                parent.kids.append((page, value))
            elif isinstance(value, dict):
                page = self.numbers.get(value.get("/Pg"), page)
                if value.get("/Type") == "/MCR":
                    parent.kids.append((page, value["/MCID"]))
                elif value.get("/Type") == "/OBJR":
                    parent.annotations.append(self.at(value["/Obj"]))
                    self.objects_of.append((parent, value["/Obj"]))
                elif "/S" in value:
                    kind = value["/S"]
                    while kind in roles:
                        kind = roles[kind]
                    element = Element(kind[1:], pdf_text(value.get("/Alt")), pdf_text(value.get("/ActualText")), self.attributes(value),
                                      pdf_text(value.get("/ID")), pdf_text(value.get("/Lang")), pdf_text(value.get("/E")))
                    element.reference, element.above = reference, value["/P"]
                    parent.kids.append(element)
                    stack.append((element, value.get("/K"), page))
        return top

    def attributes(self, element):
        """ISO 32000-1 §14.7.5: one dictionary or several, each of an owner; revision numbers may stand between them."""
        given = self.at(element.get("/A"))
        found = {}
        for part in given if isinstance(given, list) else [given]:
            part = self.at(part)
            if isinstance(part, dict):
                found.update({key[1:]: self.at(value) for key, value in part.items() if key != "/O"})
        return {key: value[1:] if isinstance(value, str) and value.startswith("/") else value for key, value in found.items()}

    # ---- where links, outline and labels lead ----

    def destination(self, value):
        """(page number, x, y) of an explicit or named destination (§12.3.2)."""
        value = self.at(value)
        if isinstance(value, str):
            value = self.at((self.at(self.catalog.get("/Dests")) or {})[value])
        if isinstance(value, dict):
            value = self.at(value["/D"])
        return self.numbers[value[0]], value[2], value[3]

    def target(self, annotation):
        """An address, or where a link leads in the document."""
        action = self.at(annotation.get("/A"))
        if action and action["/S"] == "/URI":
            return pdf_text(action["/URI"])
        return self.destination(action["/D"] if action else annotation["/Dest"])

    def number_tree(self, root):
        """{key: value} of a number tree, or of a name tree by its names (§7.9.6, §7.9.7)."""
        found, stack = {}, [self.at(root)]
        while stack:
            node = stack.pop() or {}
            pairs = self.at(node.get("/Nums") or node.get("/Names")) or []
            found.update(zip(pairs[0::2], pairs[1::2]))
            stack.extend(map(self.at, self.at(node.get("/Kids")) or []))
        return found

    def page_labels(self):
        """Of each page, in order (§12.4.2)."""
        labels, ranges, stack = [], {}, [self.at(self.catalog.get("/PageLabels"))]
        while stack:
            node = stack.pop() or {}
            numbers = self.at(node.get("/Nums")) or []
            ranges.update(zip(numbers[0::2], map(self.at, numbers[1::2])))
            stack.extend(map(self.at, self.at(node.get("/Kids")) or []))
        first, style = 0, {"/S": "/D"}
        for number in range(len(self.pages)):
            if number in ranges:
                first, style = number, ranges[number]
            count = style.get("/St", 1) + number - first
            spelt = {"/D": str, "/r": roman, "/R": lambda n: roman(n).upper(), None: lambda n: ""}[style.get("/S")](count)
            labels.append((pdf_text(style.get("/P")) or "") + spelt)
        return labels

    def outline(self):
        """(depth from 1, title, (page number, x, y)) of each item, in order."""
        stack = [(1, (self.at(self.catalog.get("/Outlines")) or {}).get("/First"))]
        while stack:
            depth, reference = stack.pop()
            item = self.at(reference)
            if item is None:
                continue
            yield depth, pdf_text(item["/Title"]), self.destination(item["/Dest"] if "/Dest" in item else self.at(item["/A"])["/D"])
            stack.extend([(depth, item.get("/Next")), (depth + 1, item.get("/First"))])

    def claimed(self):
        """Every (page, marked-content id) that the structure tree holds, in reading order."""
        return [item for _, item in self.tree.walk() if not isinstance(item, Element)]

    def text_of(self):
        """The text of each piece of marked content: {(page, id): text}."""
        texts = {}
        for number, pieces in enumerate(self.contents):
            for mark, _, text in pieces:
                if mark is not None:
                    texts[number, mark] = texts.get((number, mark), "") + text
        return texts


def roman(number):
    spelt = ""
    for value, letters in ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
                           (9, "ix"), (5, "v"), (4, "iv"), (1, "i")):
        spelt += letters * (number // value)
        number %= value
    return spelt


def pdf_text(value):
    if value is None or isinstance(value, str):
        return value[2:] if value and value.startswith("u:") else pdf_text(bytes.fromhex(value[2:])) if value else value
    if value[:2] == b"\xfe\xff":
        return value[2:].decode("utf-16-be")
    return value.decode("latin-1")


class Operator(str):
    pass


TOKEN = re.compile(rb"[\0\t\n\f\r ]+|%[^\n\r]*|(?P<hex><[0-9A-Fa-f\s]*>)|(?P<open><<)|(?P<close>>>)|(?P<string>\()|(?P<array>\[)|(?P<end>\])"
                   rb"|(?P<name>/[^\0\t\n\f\r \[\]<>(){}/%]*)|(?P<number>[-+]?(?:\d+\.?\d*|\.\d+)(?=[\0\t\n\f\r \[\]<>(){}/%]|$))"
                   rb"|(?P<word>[^\0\t\n\f\r \[\]<>(){}/%]+)")


def tokens(data):
    """Operands and operators of a content stream (ISO 32000-1 §7.8.2)."""
    at, stack = 0, []
    while at < len(data):
        match = TOKEN.match(data, at)
        if not match:
            raise ValueError(f"content stream, byte {at}: {data[at:at + 20]!r}")
        at, kind = match.end(), match.lastgroup
        if kind is None:
            continue
        text = match.group()
        if kind == "string":
            value, at = literal(data, at)
        elif kind == "hex":
            digits = re.sub(rb"\s", b"", text[1:-1])
            value = bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
        elif kind in ("open", "array"):
            stack.append([])
            continue
        elif kind == "close":
            items = stack.pop()
            value = dict(zip(items[0::2], items[1::2]))
        elif kind == "end":
            value = stack.pop()
        elif kind == "name":
            value = re.sub(rb"#([0-9A-Fa-f]{2})", lambda m: bytes.fromhex(m.group(1).decode()), text).decode("latin-1")
        elif kind == "number":
            value = float(text) if b"." in text else int(text)
        else:
            value = Operator(text.decode("latin-1"))
        if stack:
            stack[-1].append(value)
        else:
            yield value


def literal(data, at):
    """A string in parentheses, from behind its first one."""
    out, depth = bytearray(), 1
    escapes = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
    while True:
        byte = data[at:at + 1]
        if byte == b"\\":
            octal = re.match(rb"[0-7]{1,3}", data[at + 1:at + 4])
            if octal:
                out.append(int(octal.group(), 8) & 255)
                at += 1 + octal.end()
                continue
            out += escapes.get(data[at + 1:at + 2], data[at + 1:at + 2])
            at += 2
            continue
        depth += (byte == b"(") - (byte == b")")
        at += 1
        if depth == 0:
            return bytes(out), at
        out += byte


def glyph_widths(listed):
    """ISO 32000-1 §9.7.4.3: first [width…], or first last width."""
    widths, at = {}, 0
    while at < len(listed):
        if isinstance(listed[at + 1], list):
            widths.update((listed[at] + step, width) for step, width in enumerate(listed[at + 1]))
            at += 2
        else:
            widths.update((code, listed[at + 2]) for code in range(listed[at], listed[at + 1] + 1))
            at += 3
    return widths


def to_unicode(data):
    """Two-byte codes to text, from a ToUnicode map (ISO 32000-1 §9.10.3)."""
    table, operands = {}, []
    for token in tokens(data):
        if not isinstance(token, Operator):
            operands.append(token)
            continue
        if token == "endbfchar":
            for code, text in zip(operands[0::2], operands[1::2]):
                table[code] = text.decode("utf-16-be")
        elif token == "endbfrange":
            for first, last, text in zip(operands[0::3], operands[1::3], operands[2::3]):
                for step in range(int.from_bytes(last, "big") - int.from_bytes(first, "big") + 1):
                    code = (int.from_bytes(first, "big") + step).to_bytes(len(first), "big")
                    table[code] = (text[step] if isinstance(text, list) else
                                   text[:-2] + (int.from_bytes(text[-2:], "big") + step).to_bytes(2, "big")).decode("utf-16-be")
        operands = []
    return table
