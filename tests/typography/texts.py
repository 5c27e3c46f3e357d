"""The fixed texts, and the same text as each program reads it.

article.txt and report.txt are frozen here, so that figures of different days can be compared: the samples under input/ and bench/ go
on being edited. A block is a paragraph of the file: `= ` the title, `# ` and `## ` headings, `- ` an item, else a paragraph, with a
note where `[^…]` stands. Quotation marks and dashes are typographic already, so that all programs set the same characters.

A report of a hundred pages is three tellings of report.txt. The first is the text as it stands; each of the others moves the sentences
in a paragraph on by one more, has other names for places and bodies, shorter or longer, and other figures: so that lines fall
otherwise although the words remain English. Nothing is drawn by lot.
"""
import os
import re
from dataclasses import dataclass

HERE = os.path.dirname(os.path.abspath(__file__))

# All lengths in PostScript points. Text stands in HEIGHT from TOP down, MEASURE wide, on every page of every program.
PAPER, MEASURE, LEFT, TOP, HEIGHT = (595.28, 841.89), 390, 102.64, 90, 646
SIZE, LEADING, SPACE, INDENT = 12, 17, 8.5, 17
NOTE_SIZE, NOTE_LEADING = 9.6, 12.75

NAMES = {  # of the first telling, and what the others say instead
    "Sallowby": ("Ware", "Hexworthy", "Norton-under-Edge", "Lydd"),
    "Sallowshire": ("Westmarch", "Kentmere", "the Northern Wolds", "Rutland"),
    "Ashmere": ("Thornhill", "Holme", "Great Wishford", "Addle"),
    "Brindle": ("Windrush", "Ash", "Thistleborough", "Eskdale"),
    "Ellenbrook": ("Wick", "Cransford", "Hatherleigh", "Netherbourne"),
    "Rivers Agency": ("Waterways Authority", "Environment Executive", "Flood Service", "Inspectorate"),
    "Department": ("Ministry", "Executive", "Secretariat", "Administration"),
    "Committee": ("Commission", "Panel", "Select Committee", "Assembly"),
    "Treasury": ("Exchequer", "Finance Ministry", "Audit Office", "Chancellery"),
    "Council": ("Authority", "Board", "Corporation", "Assembly"),
    "Government": ("Administration", "Cabinet", "Ministers", "Executive"),
}
NAME = re.compile(r"\b(" + "|".join(sorted(NAMES, key=len, reverse=True)) + r")\b")


@dataclass
class Block:
    kind: str  # title, heading-1, heading-2, item, paragraph
    parts: list  # of (is a note, text)

    @property
    def text(self):
        return "".join(text for note, text in self.parts if not note)


def blocks_of(source):
    kinds = {"=": "title", "#": "heading-1", "##": "heading-2", "-": "item"}
    for paragraph in source.strip().split("\n\n"):
        mark, _, rest = paragraph.partition(" ")
        kind, text = (kinds[mark], rest) if mark in kinds else ("paragraph", paragraph)
        pieces = re.split(r"\[\^([^\]]*)\]", text)
        yield Block(kind, [(bool(at % 2), piece) for at, piece in enumerate(pieces) if piece])


def other_figure(telling):
    def other(match):
        digits = match.group()
        if len(digits) == 4 and digits[:2] in ("19", "20"):  # a year stays one
            return str(int(digits) - telling)
        return str((int(digits) * (10 + 3 * telling)) // 10 + telling)
    return other


def told_again(block, telling):
    """The block in another telling: its sentences in another order, other names, other figures."""
    parts = []
    for note, text in block.parts:
        if block.kind == "paragraph" and not note:
            sentences = re.split(r"(?<=[a-z][.”]) (?=[A-Z])", text)
            if len(sentences) > 2 and len(block.parts) == 1:
                at = telling % len(sentences)
                text = " ".join(sentences[at:] + sentences[:at])
        text = NAME.sub(lambda match: NAMES[match.group()][telling - 1], text)
        parts.append((note, re.sub(r"(?<![\d,.])\d+(?![\d,.–]*\d)", other_figure(telling), text)))
    return Block(block.kind, parts)


def text_blocks(name, tellings):
    with open(os.path.join(HERE, name + ".txt"), encoding="utf-8") as file:
        first = list(blocks_of(file.read()))
    blocks = list(first)
    for telling in range(1, tellings):
        blocks += [told_again(block, telling) for block in first if block.kind != "title"]
    return blocks


@dataclass
class Text:
    name: str
    title: str
    source: str
    tellings: int
    justified: bool
    chapters: bool  # a heading of the first level begins a page

    def blocks(self):
        return text_blocks(self.source, self.tellings)


TEXTS = [
    Text("article", "An article, justified", "article", 1, True, False),
    Text("article-ragged", "The same article, ragged right", "article", 1, False, False),
    Text("report", "A report, justified", "report", 3, True, True),
    Text("report-ragged", "The same report, ragged right", "report", 3, False, True),
]


# ---- brief

def markdown(text):
    def escaped(string):
        return re.sub(r"([\\`*_{}\[\]<>#$|~^])", r"\\\1", string)

    out, notes = [], []
    for block in text.blocks():
        line = ""
        for note, string in block.parts:
            if note:
                notes.append(escaped(string))
                line += f"[^n{len(notes)}]"
            else:
                line += escaped(string)
        if block.kind == "title":
            out.append(f'---\ntitle: "{block.text}"\nlang: en-GB\nnotes: page\n---')
        else:
            out.append({"heading-1": "# ", "heading-2": "## ", "item": "- "}.get(block.kind, "") + line)
    return "\n\n".join(out + [f"[^n{number}]: {note}" for number, note in enumerate(notes, 1)]) + "\n"


def sheet(text):
    """The sheet of the report in justified setting, and what the other texts have otherwise."""
    with open(os.path.join(HERE, "sheet.yaml"), encoding="utf-8") as file:
        rules = file.read()
    if not text.justified:
        rules = rules.replace("align: justify", "align: left")
    return rules if text.chapters else rules.replace("break-before: true", "break-before: false")


# ---- Typst

def typst(text):
    def quoted(string):
        return '#"' + string.replace("\\", "\\\\").replace('"', '\\"') + '"'

    edge = 0.8  # of an em above the baseline; below it is what the leading leaves
    out = [f"""#set page(width: {PAPER[0]}pt, height: {PAPER[1]}pt, margin: (left: {LEFT}pt, right: {LEFT}pt, top: {TOP}pt,
  bottom: {PAPER[1] - TOP - HEIGHT}pt))
#set text(font: "Noto Serif", size: {SIZE}pt, lang: "en", region: "GB", top-edge: {edge}em, bottom-edge: {edge - LEADING / SIZE:.6f}em)
#set par(justify: {str(text.justified).lower()}, leading: 0pt, spacing: {SPACE}pt)
#set list(tight: false, spacing: {SPACE}pt, indent: 0pt, body-indent: {INDENT}pt - 7.2pt, marker: box(width: 7.2pt)[•])
#set footnote.entry(gap: 2.1pt, clearance: {LEADING}pt)
#show footnote.entry: set text(size: {NOTE_SIZE}pt)
#show footnote.entry: set par(leading: {NOTE_LEADING - LEADING * NOTE_SIZE / SIZE:.4f}pt)
#set super(typographic: false)
#set heading(numbering: none)
#show heading: set text(hyphenate: false)
#show heading: set par(justify: false)
#show heading.where(level: 1): set text(size: 20pt)
#show heading.where(level: 2): set text(size: 15pt)
#show heading.where(level: 1): set block(above: 25.5pt, below: {SPACE}pt)
#show heading.where(level: 2): set block(above: 17pt, below: {SPACE}pt)"""]
    for block in text.blocks():
        line = "".join(f"#footnote[{quoted(string)}]" if note else quoted(string) for note, string in block.parts)
        if block.kind == "heading-1" and text.chapters:
            line = "#pagebreak(weak: true)\n\n= " + line
        else:
            line = {"title": "= ", "heading-1": "= ", "heading-2": "== ", "item": "- "}.get(block.kind, "") + line
        out.append(line)
    return "\n\n".join(out) + "\n"


# ---- LaTeX

def latex(text):
    def escaped(string):
        return re.sub(r"[\\#$%&_{}~^]", lambda m: {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}.get(
            m.group(), "\\" + m.group()), string)

    out = [rf"""\documentclass[12pt]{{article}}
\usepackage[paperwidth={PAPER[0]}bp,paperheight={PAPER[1]}bp,left={LEFT}bp,width={MEASURE}bp,top={TOP}bp,height={HEIGHT}bp]{{geometry}}
\usepackage{{fontspec}}
\setmainfont{{Noto Serif}}
\usepackage[british]{{babel}}
\usepackage{{microtype}}
\usepackage{{ragged2e}}
\pagestyle{{empty}}
\frenchspacing
\raggedbottom
\widowpenalty=10000 \clubpenalty=10000
\setlength\parindent{{0pt}} \setlength\parskip{{{SPACE}bp}} \setlength\topskip{{14bp}} \setlength\RaggedRightParindent{{0pt}}
\setlength{{\skip\footins}}{{{LEADING}bp}} \setlength\footnotesep{{11bp}}
\renewcommand\normalsize{{\fontsize{{{SIZE}bp}}{{{LEADING}bp}}\selectfont}}
\renewcommand\footnotesize{{\fontsize{{{NOTE_SIZE}bp}}{{{NOTE_LEADING}bp}}\selectfont}}
\newcommand\head[3]{{\par\penalty-300\vskip#1\relax{{\RaggedRight\hyphenpenalty10000 #2\bfseries #3\par}}\nobreak}}
\newcommand\one[1]{{\head{{25bp}}{{\fontsize{{20bp}}{{25.5bp}}\selectfont}}{{#1}}}}
\newcommand\two[1]{{\head{{17bp}}{{\fontsize{{15bp}}{{21.25bp}}\selectfont}}{{#1}}}}
\newcommand\point[1]{{\par{{\advance\leftskip{INDENT}bp\noindent\hskip-{INDENT}bp\hbox to {INDENT}bp{{•\hfil}}#1\par}}}}
\begin{{document}}\normalsize{"" if text.justified else chr(10) + chr(92) + "RaggedRight"}"""]
    for block in text.blocks():
        line = "".join(rf"\footnote{{{escaped(string)}}}" if note else escaped(string) for note, string in block.parts)
        command = {"title": r"\one", "heading-1": r"\clearpage\one" if text.chapters else r"\one", "heading-2": r"\two",
                   "item": r"\point"}.get(block.kind)
        out.append(f"{command}{{{line}}}" if command else line)
    return "\n\n".join(out) + "\n\n\\end{document}\n"
