"""What the lines and pages of a PDF are worth, in figures: less is better in all of them.

Each line of the PDF is found in the source text, letter by letter, so that where paragraphs begin and end, which hyphens are the
program's own, and that nothing is missing, is known and not guessed from white space.
"""
import statistics
import unicodedata
from dataclasses import dataclass, field

from glyphs import HYPHENS, pages_of
from texts import HEIGHT, INDENT, LEADING, LEFT, MEASURE, NOTE_SIZE, SIZE, TOP

SHORT = 5 * SIZE  # a last line shorter than this looks like a slip
RIVER = 4  # lines that a river runs through at the least

# Rows of the table: name, unit, and which of the settings it says something about
ROWS = [
    ("word space: spread", "% of its mean", "justified"),
    ("word space: widest line's mean", "em", "justified"),
    ("rivers", "per 100 lines", "justified"),
    ("lines that leave the measure", "per 100 lines", "justified"),
    ("line ends: spread", "em", "ragged"),
    ("lines under 85 % of the measure", "per 100 lines", "ragged"),
    ("shortest line: what it lacks", "% of the measure", "ragged"),
    ("step from a line's end to the next", "em", "ragged"),
    ("hyphens", "per 100 lines", "both"),
    ("ladders of three hyphens", "count", "both"),
    ("hyphens across pages", "count", "both"),
    ("short last lines", "per 100 paragraphs", "both"),
    ("widows", "count", "both"),
    ("orphans", "count", "both"),
    ("headings at a page's foot", "count", "both"),
    ("white at a page's foot: mean", "lines", "both"),
    ("white at a page's foot: worst", "lines", "both"),
    ("pages", "pages", "both"),
]


class Mismatch(Exception):
    pass


@dataclass
class Set:
    """A block of the source, and the lines that it was set in."""
    block: object
    lines: list = field(default_factory=list)
    hyphens: list = field(default_factory=list)  # for each line: 2 when it ends with a hyphen of the program's, 1 with one of the author's


def letters(text):
    return [(at, char) for at, char in enumerate(text) if char.isalnum()]


def set_blocks(blocks, pages):
    lines = iter([line for page in pages for line in page.lines])
    result = []
    for block in blocks:
        text = unicodedata.normalize("NFKC", block.text)
        wanted = letters(text)
        done, item = 0, Set(block)
        while done < len(wanted):
            line = next(lines, None)
            if line is None:
                raise Mismatch(f"the PDF ends before: {text[:60]}")
            shown = line.text
            found = "".join(char for _, char in letters(shown))
            if "".join(char for _, char in wanted[done:done + len(found)]) != found:
                raise Mismatch(f"page {line.page}, {line.baseline:.1f} down: found “{shown}”, wanted “{text[wanted[done][0]:][:90]}”")
            done += len(found)
            ends = shown.rstrip()[-1:] in tuple(HYPHENS)
            own = ends and done < len(wanted) and wanted[done][0] == wanted[done - 1][0] + 1
            item.lines.append(line)
            item.hyphens.append(2 if own else 1 if ends else 0)
        result.append(item)
    rest = next(lines, None)
    if rest is not None:
        raise Mismatch(f"page {rest.page}: “{rest.text}” is not in the source")
    return result


def place(line):
    return f"page {line.page}, line at {line.baseline:.0f} pt: “{line.said}”"


def without_label(line, block):
    """The words of a line without the item's label before it."""
    edge = LEFT + INDENT - 2
    return [word for word in line.words if block.kind != "item" or word[0] > edge]


def rivers(lines):
    """Chains of word spaces, each under the one before by half the width of the narrower, through RIVER lines or more."""
    count, above = 0, []
    for words in [*lines, []]:
        gaps = [(a[1], b[0]) for a, b in zip(words, words[1:])]
        now, gone_on = [], set()
        for left, right in gaps:
            depth = 1
            for at, (left2, right2, depth2) in enumerate(above):
                if min(right, right2) - max(left, left2) >= min(right - left, right2 - left2) / 2:
                    depth = max(depth, depth2 + 1)
                    gone_on.add(at)
            now.append((left, right, depth))
        count += sum(depth >= RIVER for at, (_, _, depth) in enumerate(above) if at not in gone_on)
        above = now
    return count


def white_feet(text, pages, sets):
    """For each page that text goes on from, the white at its foot in lines. Notes count as text; what parts them from it does not."""
    last = {line.page: (at, line) for at, item in enumerate(sets) for line in item.lines}
    foot = max((line.baseline for page, (_, line) in last.items() if not pages[page - 1].notes), default=TOP + HEIGHT - 4)
    note_foot = max((page.notes[-1] for page in pages if page.notes), default=foot)
    apart = min((page.notes[0] - last[page.number][1].baseline for page in pages if page.notes and page.number in last), default=0)
    for page in pages:
        at, line = last.get(page.number, (None, None))
        if line is None or page.number == max(last):
            continue
        following = sets[at + (line is sets[at].lines[-1])].block if at + 1 < len(sets) or line is not sets[at].lines[-1] else None
        if following is None or text.chapters and following.kind == "heading-1":
            continue
        white = page.notes[0] - line.baseline - apart + note_foot - page.notes[-1] if page.notes else foot - line.baseline
        yield white / LEADING, line


def figures(path, text):
    """(row: figure), and (row: the places that it comes from), for a PDF of the text."""
    pages = pages_of(path, SIZE, NOTE_SIZE, TOP, TOP + HEIGHT + 2)
    sets = set_blocks(text.blocks(), pages)
    found, places = {}, {}
    full, spaces, means, lacks, steps, short, ladders, river_count = 0, [], [], [], [], [], [], 0
    hyphens, crossing, leaving, widows, orphans, stranded, texts = [], [], [], [], [], [], 0
    for at, item in enumerate(sets):
        lines = item.lines
        if item.block.kind not in ("paragraph", "item"):
            if at + 1 < len(sets) and lines[-1].page != sets[at + 1].lines[0].page and item.block.kind != "title":
                stranded.append(lines[-1])
            continue
        texts += 1
        ends, run = [], 0
        measure = MEASURE - (INDENT if item.block.kind == "item" else 0)
        for number, line in enumerate(lines):
            words = without_label(line, item.block)
            hyphen = item.hyphens[number]
            run = run + 1 if hyphen else 0
            if run == 3:
                ladders.append(line)
            if hyphen == 2:
                hyphens.append(line)
            if number == len(lines) - 1:
                break
            full += 1
            if hyphen and lines[number + 1].page != line.page:
                crossing.append(line)
            gaps = [after[0] - before[1] for before, after in zip(words, words[1:])]
            spaces += gaps
            if gaps:
                means.append((statistics.fmean(gaps) / SIZE, line))
            lack = LEFT + MEASURE - line.right
            lacks.append((lack, measure, line))
            ends.append(lack)
            if abs(lack) > SIZE / 2:
                leaving.append(line)
        steps += [abs(a - b) for a, b in zip(ends, ends[1:])]
        river_count += rivers([without_label(line, item.block) for line in lines])
        if len(lines) > 1:
            if lines[-1].right - without_label(lines[-1], item.block)[0][0] < SHORT:
                short.append(lines[-1])
            if lines[-1].page != lines[-2].page:
                widows.append(lines[-1])
            if lines[0].page != lines[1].page and len(lines) > 2:
                orphans.append(lines[0])
    whites = list(white_feet(text, pages, sets))

    def put(row, value, where=()):
        found[row], places[row] = value, list(where)

    def share(row, lines, of=None):
        put(row, 100 * len(lines) / (of or full), lines)

    if text.justified:
        mean = statistics.fmean(spaces)
        put("word space: spread", 100 * statistics.pstdev(spaces) / mean)
        means.sort(key=lambda pair: -pair[0])
        put("word space: widest line's mean", means[0][0], [line for _, line in means[:8]])
        put("rivers", 100 * river_count / full)
        share("lines that leave the measure", leaving)
    else:
        put("line ends: spread", statistics.pstdev(lack for lack, _, _ in lacks) / SIZE)
        lacks.sort(key=lambda entry: -entry[0] / entry[1])
        share("lines under 85 % of the measure", [line for lack, measure, line in lacks if lack > 0.15 * measure])
        put("shortest line: what it lacks", 100 * lacks[0][0] / lacks[0][1], [line for _, _, line in lacks[:8]])
        put("step from a line's end to the next", statistics.fmean(steps) / SIZE)
    share("hyphens", hyphens)
    put("ladders of three hyphens", len(ladders), ladders)
    put("hyphens across pages", len(crossing), crossing)
    share("short last lines", short, texts)
    put("widows", len(widows), widows)
    put("orphans", len(orphans), orphans)
    put("headings at a page's foot", len(stranded), stranded)
    whites.sort(key=lambda pair: -pair[0])
    put("white at a page's foot: mean", statistics.fmean(white for white, _ in whites) if whites else 0)
    put("white at a page's foot: worst", whites[0][0] if whites else 0, [line for _, line in whites[:8]])
    put("pages", len(pages))
    return found, places
