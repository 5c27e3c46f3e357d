#!/usr/bin/env python3
"""Whatever a document says, its files are harmless: they hold text, and nothing that a program would act on.

dialect.py has a string in every position. Each text of TEXTS is put into all of them, once so that it means itself and once bare, so that it
means what it may; documents and images have names as bad. Both files are read by parsers that share nothing with the writers (Python's expat,
qpdf), and must be well formed; have only elements, attributes, objects and actions that are listed here; name nothing outside
themselves but addresses with a safe scheme, behind links; hold the text as it was; and say nothing of the machine that made them. What says that a file is hostile must
be able to: `self_test()` breaks a sound file in each way and has it found.
"""
import html
import os
import posixpath
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import urllib.parse
import xml.etree.ElementTree as ElementTree
import zipfile
from xml.parsers import expat

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from dialect import EXACT, document, quoted, sheet  # noqa: E402
from pdf_reader import Pdf, Stream, pdf_text  # noqa: E402
from tally import BRIEF, PROJECT, Tally  # noqa: E402

SCHEMES = ("http", "https", "mailto", "tel")
TEXTS = {
    "plain": "plain words",
    "markup": "<script>alert(1)</script></title></style>]]> --> <!-- <![CDATA[ &amp; &lt; &#60; <?x y?> <iframe src=//evil.example> <base href=x>",
    "quotes": "\"'><img src=x onerror=alert(1)> \" onload=\"x\" style='x' ` \u2018 \u201c \u2019 \u201d &quot; &#39;",
    "pdf": ") >> endobj 9 0 obj <</S/JavaScript/JS(app.alert(1))>> endstream stream \\) ( \\ \\( % %%EOF trailer <</Launch/AA>> ET BT EMC",
    "css": "}*{background:url(http://evil.example/x)} @import \"http://evil.example\"; \\22 \\7d </style> /* */ expression(alert(1)) a:b",
    "yaml": "- : a: b [c] # ! | > & * @ % ? --- ... ~ $HOME %s %n",
    "controls": "a" + "".join(map(chr, [*range(1, 9), 11, *range(14, 32), *range(127, 133), *range(134, 160)])) + "b",
    "marks": "a \u202e b \u2067 c \u202b \u05d0 \u202d d \u2066 e",
    "noncharacters": "a\ufffeb\uffffc\ufdd0d\U0001fffee\U0010fffff\ufeffg\u2028h\u2029i\ue000j\u200bk",
    "nul": "a\0b",
}
LONG = ("words of a text " * 4096, "w" * 65536, "\u202e\u2067(" * 9362)
# The whole length stands where it is read in ways of its own; a part of it elsewhere: 64 kB in every position take minutes, since long words and
# headings cost more than their share.
WHOLE = ("title", "description", "keywords", "words", "link-title", "query", "alt", "code", "block", "comment", "html-words", "credit")
PART = 1024
LINKS = ("javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "\x01javascript:alert(1)", "java&#10;script:alert(1)",
         "java&Tab;script:alert(1)", "java&#0;script:x", "&#106;avascript:alert(1)", "javascript&colon;alert(1)", "javascript&#58;x", "vbscript:x", "data:text/html,<script>",
         "DATA:text/html;base64,PHNjcmlwdD4=", "file:///etc/passwd", "FILE:/etc/passwd", "//evil.example/x", "\\\\evil.example\\x", "/etc/passwd",
         "../../../etc/passwd", "%2e%2e/%2e%2e/etc/passwd", "annex.pdf", "C:\\x.exe", "C:/x.exe", "~/x", "blob:x", "about:blank", "jar:x", "view-source:x",
         "feed:javascript:x", "ms-word:x", "smb://x/y", "ftp://example.org/", "http:javascript:x", "http:///etc/passwd", "https://a\\@b/", "mailto:a@b.example?body=%0d%0aBcc:c",
         "tel:+441234", "https://example.org/\">x<", "?q=javascript:x", "./javascript:x", "ｊavascript:x", "javascript\u200b:x", "\u202ejavascript:x", "#end")
# What the texts of links lead to is text; these hold addresses.
ADDRESS_POSITIONS = "[{n}]({{}}) ![a](<{{}}>) <{{}}> [{n}][r{n}]\n\n[r{n}]: {{}} \"t\"\n"

NOT_IN_EPUB = set()
NOT_IN_PDF = set()
ELEMENTS = set("""html head title meta link body section div p span a h1 h2 h3 h4 h5 h6 ol ul li dl dt dd table caption thead tbody tr th td img figure
    figcaption blockquote pre code em strong s sub sup small kbd mark cite q abbr aside nav header footer br hr
    package metadata identifier language creator publisher rights subject description date contributor manifest item spine itemref guide reference
    ncx docTitle docAuthor navMap navPoint navLabel text content pageList pageTarget source type container rootfiles rootfile
    svg rect image tspan desc g path""".split())
ATTRIBUTES = set("""id class lang dir title href src alt role type rel name content charset colspan rowspan scope headers start value width height hidden
    version unique-identifier property refines scheme idref linear media-type properties full-path toc page-progression-direction prefix viewBox
    playOrder x y fill font-size font-family font-weight text-anchor preserveAspectRatio opf:role cite data-label""".split())
ATTRIBUTE_PATTERN = re.compile(r"aria-[a-z]+|data-[a-z-]+|xmlns(:[a-z]+)?|epub:(type|prefix)|xml:(lang|space)|dc:.*|xlink:href")
OWN_VALUES = {"style": re.compile(r"(max-)?(width|height): [0-9.]+(em|rem|%|px|pt)"), "tabindex": re.compile("0")}
PDF_KEYS = set("/AA /JS /JavaScript /Launch /AcroForm /XFA /RichMediaContent /RichMediaSettings /F3D /Movie /Sound /OPI /Ref /Collection".split())
PDF_ACTIONS = {"/URI", "/GoTo"}
PDF_FORBIDDEN = set("""/Launch /JavaScript /SubmitForm /ResetForm /ImportData /GoToR /GoToE /GoTo3DView /RichMedia /RichMediaExecute /Movie /Sound /Rendition /Trans
    /SetOCGState /Hide /Named /Thread /Screen /Widget /3D /FileAttachment /PS""".split())


# ---- The EPUB ----

def epub_faults(path, carries):
    """What is wrong with it, and all that it says."""
    faults, said = [], []
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    ids = {}
    parsed = {}
    for name, data in files.items():
        if posixpath.isabs(name) or ".." in name.split("/") or "\\" in name:
            faults.append(f"an entry named {name!r}")
        if re.search(r"\.(xhtml|opf|ncx|xml|svg)$", name) and not is_source(name, carries):
            try:
                parsed[name] = xml_events(data, faults, name)
            except expat.ExpatError as error:
                faults.append(f"{name}: {error}")
                continue
            ids[name] = {attributes["id"] for _, attributes in parsed[name][0] if "id" in attributes}
        elif name.endswith(".css"):
            faults += css_faults(name, data.decode("utf-8"), files)
    for name, (elements, text) in parsed.items():
        said.append(text)
        for element, attributes in elements:
            said += attributes.values()
            faults += element_faults(name, element, attributes, files, ids)
    return faults, "\n".join(said), files


def is_source(name, carries):
    return carries and "source" in name.split("/")[1:-1]


def xml_events(data, faults, name):
    elements, text = [], []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda element, attributes: elements.append((element, attributes))
    parser.CharacterDataHandler = text.append
    parser.ProcessingInstructionHandler = lambda target, _: faults.append(f"{name}: <?{target}")
    parser.EntityDeclHandler = lambda *_: faults.append(f"{name}: an entity")
    parser.Parse(data, True)
    return elements, "".join(text)


def element_faults(name, element, attributes, files, ids):
    faults = []
    local = element.split(":")[-1]
    if local not in ELEMENTS:
        faults.append(f"{name}: <{element}>")
    for attribute, value in attributes.items():
        own = OWN_VALUES.get(attribute)
        if not (own and own.fullmatch(value)) and attribute not in ATTRIBUTES and not ATTRIBUTE_PATTERN.fullmatch(attribute):
            faults.append(f"{name}: <{element} {attribute}={value[:60]!r}>")
        if attribute in ("href", "src", "xlink:href", "full-path"):
            fault = address_fault(name, local, attribute, value, files, ids)
            if fault:
                faults.append(f"{name}: <{element} {attribute}={value[:100]!r}>: {fault}")
    return faults


def address_fault(name, element, attribute, value, files, ids):
    plain = re.sub(r"[\0-\x20]", "", value)
    scheme = re.match(r"([A-Za-z][A-Za-z0-9+.-]*):", plain)
    if scheme or plain.startswith(("//", "\\")):
        if element != "a":
            return "a resource that is not in the file"
        return None if scheme and scheme.group(1).lower() in SCHEMES and plain == value else "not a safe address"
    path, _, fragment = value.partition("#")
    base = "" if attribute == "full-path" else posixpath.dirname(name)
    target = posixpath.normpath(posixpath.join(base, urllib.parse.unquote(path))) if path else name
    if target not in files:
        return "leads to nothing in the file"
    if fragment and target in ids and urllib.parse.unquote(fragment) not in ids[target]:
        return "leads to nothing in the file"
    return None


def css_faults(name, css, files):
    faults = []
    plain = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    for address in re.findall(r"url\(\s*[\"']?(.*?)[\"']?\s*\)", plain):
        if posixpath.normpath(posixpath.join(posixpath.dirname(name), address)) not in files:
            faults.append(f"{name}: url({address})")
    outside = re.sub(r'"(\\.|[^"\\\n])*"', '""', plain)
    faults += [f"{name}: {word}" for word in re.findall(r"@import|expression|javascript|behaviou?r|</|http", outside)]
    if outside.count("{") != outside.count("}") or '"' in outside.replace('""', ""):
        faults.append(f"{name}: braces or quotes are not closed")
    return faults


# ---- The PDF ----

class Unread(Pdf):
    """Without what its pages show: there is too much of it."""

    def page_contents(self, page):
        return []


def pdf_faults(path, carries, reader=Pdf):
    checked = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, errors="replace")
    faults = [] if checked.returncode == 0 else ["qpdf --check: " + (checked.stdout + checked.stderr)[-400:]]
    pdf = reader(path)
    said = []
    attached = []
    stack = [*pdf.objects.values(), pdf.trailer]
    while stack:
        item = stack.pop()
        if isinstance(item, Stream):
            if item.dictionary.get("/Type") == "/EmbeddedFile":
                attached.append(item)
            if "/F" in item.dictionary:
                faults.append("a stream in another file")
            item = item.dictionary
        if isinstance(item, dict):
            faults += dictionary_faults(pdf, item)
            stack += item.values()
        elif isinstance(item, list):
            stack += item
        elif isinstance(item, str) and item[:2] in ("u:", "b:"):
            said.append(pdf_text(item))
    opening = pdf.at(pdf.catalog.get("/OpenAction"))
    if opening is not None and not isinstance(opening, list):
        faults.append(f"/OpenAction {opening}")
    if bool(attached) != carries:
        faults.append(f"{len(attached)} files attached")
    said.append("".join(ElementTree.fromstring(pdf.metadata()[pdf.metadata().index("<x:xmpmeta"):pdf.metadata().rindex("<?xpacket")]).itertext()))
    texts = pdf.text_of()
    said.append("".join(texts.get(item, "") for item in pdf.claimed()))
    return faults, "\n".join(said), pdf


def dictionary_faults(pdf, item):
    faults = [f"{key}" for key in item if key in PDF_KEYS]
    kinds = {pdf.at(item.get(key)) for key in ("/S", "/Subtype", "/Type") if isinstance(pdf.at(item.get(key)), str)}
    faults += [f"a {kind}" for kind in kinds & PDF_FORBIDDEN]
    action = pdf.at(item.get("/A")) if item.get("/Subtype") == "/Link" else None
    if isinstance(action, dict) and action.get("/S") not in PDF_ACTIONS:
        faults.append(f"a link's action {action}")
    if item.get("/S") == "/URI":
        address = pdf_text(item["/URI"])
        scheme = re.match(r"([a-z]+):", address)
        if not scheme or scheme.group(1) not in SCHEMES or re.search(r"[^!-~]", address):
            faults.append(f"the address {address[:100]!r}")
    if item.get("/Type") == "/Annot" and item.get("/Subtype") != "/Link":
        faults.append(f"an annotation {item.get('/Subtype')}")
    return faults


# ---- A document and its files ----

class Machine:
    """A folder, a user, a machine and a time whose names must be nowhere."""

    def __init__(self, folder):
        self.folder = os.path.join(folder, "telltale-folder")
        os.makedirs(os.path.join(self.folder, "telltale-home"))
        self.environment = {**os.environ, "HOME": os.path.join(self.folder, "telltale-home"), "USER": "telltale-user", "LOGNAME": "telltale-user",
                            "HOSTNAME": "telltale-host", "TZ": "Telltale-07:13", "NO_COLOR": "1"}
        self.environment.pop("SOURCE_DATE_EPOCH", None)
        words = [b"telltale", b"Telltale", b"2031-03-0", b"D:203103", PROJECT.encode(), socket.gethostname().encode()]
        self.telling = [word for plain in words if len(plain) > 3 for word in (plain, plain.decode().encode("utf-16-be"))]

    def make(self, name, text, options=()):
        """(status, what was said, {ending: path})"""
        with open(os.path.join(self.folder, name), "wb") as file:
            file.write(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
        out = os.path.join(self.folder, "out")
        shutil.rmtree(out, ignore_errors=True)
        done = subprocess.run(["faketime", "-f", "2031-03-04 05:06:07", BRIEF, "make", "./" + name, "--pdf", "--epub", "-q", "--out-dir", out, *options],
                              cwd=self.folder, env=self.environment, capture_output=True, timeout=120)
        made = {os.path.splitext(file)[1]: os.path.join(out, file) for file in (os.listdir(out) if os.path.isdir(out) else ())}
        return done.returncode, done.stderr.decode("utf-8", "replace"), made

    def told(self, pieces):
        return sorted({f"{name}: {word!r}" for name, data in pieces for word in self.telling if word in data})


def squeeze(text):
    """Characters that are no text are U+FFFD in both files, and soft places to break are in neither."""
    text = re.sub("[\0-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff\ufdd0-\ufdef\U0001fffe\U0010ffff]", "\ufffd", text)
    return re.sub(r"[\s\xad]+", "", text)


def check_files(tally, label, machine, made, carries, reader=Pdf):
    """Gives what both say, squeezed."""
    faults, epub_said, files = epub_faults(made[".epub"], carries)
    tally.check(f"{label}: the EPUB is harmless", not faults, "\n".join(faults[:20]))
    faults, pdf_said, pdf = pdf_faults(made[".pdf"], carries, reader)
    tally.check(f"{label}: the PDF is harmless", not faults, "\n".join(faults[:20]))
    with open(made[".pdf"], "rb") as file:
        pieces = [("PDF", file.read())] + [("PDF, " + name, item.data) for name, item in pdf.objects.items() if isinstance(item, Stream)]
    told = machine.told(pieces + [("EPUB, " + name, name.encode() + data) for name, data in files.items()] + [("PDF", pdf_said.encode("utf-8", "replace"))])
    tally.check(f"{label}: nothing is told of the machine", not told, "\n".join(told))
    return squeeze(epub_said), squeeze(pdf_said)


def chosen(texts):
    return [(label, text) for label, text in texts.items() if label == "plain" or not sys.argv[1:] or label in sys.argv[1:]]


def check_texts(tally, machine, image, style):
    expected = None
    for label, text in chosen(TEXTS):
        positions = []

        def say(position, text=text, positions=positions):
            positions.append(position)
            number = positions.index(position)
            return f"q{number}z{text}z{number}q"

        with open(os.path.join(machine.folder, style), "w", encoding="utf-8") as file:
            file.write(sheet(say))
        source = document(say, image, style)
        status, said, made = machine.make("a <b>&\"'(c) \\ %41.md", source)
        if not tally.check(f"{label}: both files are made", status == 0 and len(made) == 2, f"status {status}\n{said[-1500:]}"):
            continue
        found = check_files(tally, label, machine, made, False)
        whole = [{position for number, position in enumerate(positions) if squeeze(f"q{number}z{text}z{number}q") in where} for where in found]
        if expected is None:
            expected = whole
            for name, there, exempt in zip(("EPUB", "PDF"), whole, (NOT_IN_EPUB, NOT_IN_PDF)):
                tally.equal(f"what the {name} does not say", sorted(exempt), sorted((EXACT & set(positions)) - there))
        else:
            for name, wanted, there in zip(("EPUB", "PDF"), expected, whole):
                lost = sorted((wanted & EXACT) - there)
                tally.check(f"{label}: each text is in the {name} as it was", not lost, ", ".join(lost))


def check_bare(tally, machine, image, style):
    """A text means what it may in Markdown; and the files carry their source."""
    for label, text in chosen(TEXTS):
        numbers = iter(range(1000))
        source = document(lambda position, text=text, numbers=numbers: f"{text} z{next(numbers)}", image, style, bare=True)
        status, said, made = machine.make("a <b>&\"'(c) \\ %41.md", source, ["--embed-source"])
        if status == 1 and not made:  # refused, with a sentence
            tally.check(f"{label}, bare: refused", ": error: " in said, said[-500:])
        elif tally.check(f"{label}, bare: both files are made", status == 0 and len(made) == 2, f"status {status}\n{said[-1500:]}"):
            check_files(tally, f"{label}, bare", machine, made, True)


def check_long(tally, machine, image, style):
    """One of the texts in each position: all in all would be 16 MB."""
    counted = []

    def say(position):
        counted.append(position)
        text = LONG[len(counted) % len(LONG)]
        return f"q{len(counted)}z" + (text if position in WHOLE else text[:PART])

    with open(os.path.join(machine.folder, style), "w", encoding="utf-8") as file:
        file.write(sheet(say))
    status, said, made = machine.make("long.md", document(say, image, style), ["--limit=heading-length=128K"])
    if tally.check("64 kB: both files are made", status == 0 and len(made) == 2, f"status {status}\n{said[-1500:]}"):
        check_files(tally, "64 kB", machine, made, False, Unread)


def check_links(tally, machine):
    body = "".join(ADDRESS_POSITIONS.format(n=n).format(*[address] * 4) for n, address in enumerate(LINKS))
    related = "".join(f"  - {{title: t, url: {quoted(html.unescape(address))}}}\n" for address in LINKS)
    body = re.sub(r"!\[a\]\(<[^\n]*?>\) ", "", body)  # an image must be there; images.py of tests/cli has those
    source = f"---\ntitle: Links\nlang: en\ndate: 2019-02-07\nrelated:\n{related}---\n\n{body}\n# End {{#end}}\n\nWords.\n"
    status, said, made = machine.make("links.md", source)
    if tally.check("links: both files are made", status == 0 and len(made) == 2, f"status {status}\n{said[-1500:]}"):
        check_files(tally, "links", machine, made, False)
        for code in ("link-scheme", "link-relative", "link-address"):
            tally.check(f"links: {code} is said", f"[{code}]" in said)


def check_refused(tally, machine):
    head = b"---\ntitle: T\nlang: en\n---\n\n"
    for label, text in {"lone surrogates": head + b"a \xed\xa0\x80 b \xed\xb0\x80", "overlong": head + b"\xc0\xaf \xe0\x80\xaf", "a lone byte": head + b"\xff"}.items():
        status, said, made = machine.make("bytes.md", text)
        tally.check(f"{label}: refused", status == 1 and not made and "[utf-8]" in said, f"status {status}, {made}\n{said[-500:]}")
    for rule in ('page: {header: {left: "x"}, "}*{": 1}', '"}*{background:url(//x)}": {size: 12pt}', 'paragraph: {colour: "red;background:url(x)"}',
                 'paragraph: {family: "x\\"; src: url(//x)"}', '"paragraph.a{b}": {bold: true}', 'fonts: {sans: {regular: "../../etc/passwd"}}'):
        with open(os.path.join(machine.folder, "bad.yaml"), "w", encoding="utf-8") as file:
            file.write("extends: base\n" + rule + "\n")
        status, said, made = machine.make("sheet.md", "---\ntitle: T\nlang: en\nstyle: bad.yaml\n---\n\nWords.\n")
        tally.check(f"a sheet with {rule}: refused", status == 1 and not made and ": error: " in said, f"status {status}, {made}\n{said[-500:]}")


# ---- Whether what is hostile is found ----

def self_test(tally):
    files, ids = {"a.xhtml": b"", "b.css": b""}, {"a.xhtml": {"x"}}
    bad = [("script", {}), ("iframe", {}), ("p", {"onclick": "x"}), ("p", {"style": "x"}), ("img", {"src": "http://x/y"}), ("img", {"src": "//x"}),
           ("img", {"src": "gone.png"}), ("a", {"href": "javascript:x"}), ("a", {"href": "java\nscript:x"}), ("a", {"href": "file:///x"}), ("a", {"href": "/etc/passwd"}),
           ("a", {"href": "#y"}), ("form", {}), ("link", {"href": "https://x"})]
    for element, attributes in bad:
        tally.check(f"found: <{element} {attributes}>", element_faults("a.xhtml", element, attributes, files, ids))
    for css in ('@import "x";', "a{b:url(http://x)}", 'a{content:"x}', "a{b:c}}", "a{b:expression(c)}"):
        tally.check(f"found: {css}", css_faults("b.css", css, files))
    pdf = Pdf.__new__(Pdf)
    pdf.objects = {}
    for item in ({"/AA": {}}, {"/S": "/Launch"}, {"/S": "/JavaScript"}, {"/JS": "u:x"}, {"/S": "/URI", "/URI": "u:file:///x"}, {"/S": "/URI", "/URI": "u:x.pdf"},
                 {"/S": "/GoToR"}, {"/Type": "/Annot", "/Subtype": "/Widget"}, {"/Subtype": "/RichMedia"}, {"/AcroForm": {}}):
        tally.check(f"found: {item}", dictionary_faults(pdf, item))
    tally.check("sound ones are not", not element_faults("a.xhtml", "a", {"href": "a.xhtml#x"}, files, ids)
                and not dictionary_faults(pdf, {"/S": "/URI", "/URI": "u:https://x/"}) and not css_faults("b.css", 'a{content:"}"}', files))


def main():
    tally = Tally()
    self_test(tally)
    with tempfile.TemporaryDirectory(prefix="brief-") as folder:
        machine = Machine(folder)
        image, style = "i <b>&'(c) %41.png", "s&x.yaml"
        shutil.copy(os.path.join(PROJECT, "input", "images", "mobile-mast.png"), os.path.join(machine.folder, image))
        check_texts(tally, machine, image, style)
        check_bare(tally, machine, image, style)
        check_long(tally, machine, image, style)
        check_links(tally, machine)
        check_refused(tally, machine)
    return tally.done()


if __name__ == "__main__":
    raise SystemExit(main())
