"""Where the glyphs of a PDF stand, whoever made it: read by MuPDF (`mutool trace`), which shares no code with brief.

It tells each glyph's character, origin and advance as they are drawn; what the file says elsewhere of its text (ActualText, tags)
does not come into it, so that a hyphen at a line's end is seen whatever a reader aloud would make of it.
"""
import html
import re
import subprocess
import unicodedata
from dataclasses import dataclass, field

TOKEN = re.compile(r'<page |<fill_text[^>]*? transform="([^"]*)"|<span [^>]*?trm="([^"]*)"|'
                   r'<g unicode="([^"]*)"[^>]*? x="([^"]*)" y="([^"]*)" adv="([^"]*)"')
GAP = 0.12  # of an em: more white than this between two glyphs parts words; kerning never has as much
HYPHENS = "-\u00ad\u2010"


@dataclass
class Glyph:
    char: str
    x: float
    y: float  # of the baseline, down from the top of the page
    end: float
    size: float


@dataclass
class Line:
    page: int
    baseline: float
    size: float
    glyphs: list = field(default_factory=list)
    words: list = field(default_factory=list)  # (first x, last x)

    @property
    def left(self):
        return self.words[0][0]

    @property
    def right(self):
        return self.words[-1][1]

    @property
    def text(self):
        return "".join(glyph.char for glyph in self.glyphs if glyph.size > 0.9 * self.size)

    @property
    def said(self):
        """The line as words, for a reader: LaTeX draws no spaces."""
        out, starts = "", [word[0] for word in self.words[1:]]
        for glyph in self.glyphs:
            if starts and glyph.x >= starts[0] and not glyph.char.isspace():
                out, starts = out + " ", starts[1:]
            out += glyph.char.strip()
        return out


@dataclass
class Page:
    number: int
    lines: list  # of body text and headings
    notes: list  # baselines of the notes' lines


def glyphs_of(path):
    """For each page, its glyphs in the order in which they are drawn."""
    trace = subprocess.run(["mutool", "trace", path], check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout.decode("utf-8", "replace")
    pages, matrix, trm = [], (1, 0, 0, 1, 0, 0), (1, 0, 0, 1)
    for match in TOKEN.finditer(trace):
        transform, span, char, x, y, advance = match.groups()
        if char is not None:
            x, y = float(x), float(y)
            left, top = matrix[0] * x + matrix[2] * y + matrix[4], matrix[1] * x + matrix[3] * y + matrix[5]
            width = float(advance) * abs(trm[0] * matrix[0])
            pages[-1].append(Glyph(unicodedata.normalize("NFKC", html.unescape(char)), left, top, left + width, abs(trm[3] * matrix[3])))
        elif span is not None:
            trm = tuple(map(float, span.split()))
        elif transform is not None:
            matrix = tuple(map(float, transform.split()))
        else:
            pages.append([])
    return pages


def words_of(glyphs):
    """Where words begin and end, from the glyphs of a line by their place."""
    words, parted = [], True
    for glyph in glyphs:
        if glyph.char.isspace() or not glyph.char:
            parted = True
        elif words and not (parted or glyph.x - words[-1][1] > GAP * glyph.size):
            words[-1] = (words[-1][0], max(words[-1][1], glyph.end))
        else:
            words.append((glyph.x, glyph.end))
            parted = False
    return words


def pages_of(path, body, note, top, bottom):
    """The lines of each page between `top` and `bottom`, of type as large as `body` or larger; lines of the size `note` apart."""
    pages = []
    for number, glyphs in enumerate(glyphs_of(path), 1):
        lines, notes, small = {}, set(), []
        for glyph in glyphs:
            if not top <= glyph.y <= bottom:
                continue
            if glyph.size > 0.95 * body:
                key = next((at for at in (round(glyph.y), round(glyph.y) - 1, round(glyph.y) + 1) if at in lines), round(glyph.y))
                lines.setdefault(key, Line(number, glyph.y, glyph.size)).glyphs.append(glyph)
            elif abs(glyph.size - note) < 0.15 and not glyph.char.isspace():
                notes.add(round(glyph.y, 1))
            else:
                small.append(glyph)
        for glyph in small:  # superscripts belong to the line just below
            for key in range(round(glyph.y), round(glyph.y + 0.6 * body) + 1):
                if key in lines:
                    lines[key].glyphs.append(glyph)
                    break
        kept = []
        for _, line in sorted(lines.items()):
            line.glyphs.sort(key=lambda glyph: glyph.x)
            line.words = words_of(line.glyphs)
            if line.words:
                kept.append(line)
        pages.append(Page(number, kept, sorted(notes)))
    return pages
