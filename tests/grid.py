"""One vertical rhythm: in every sample and sheet, lines of running text stand on whole or half lines of the grid.

Read from `brief dump --stage=layout`, and the grid from the sheets themselves. Running text is a paragraph of the body's size
that stands in sections alone; what stands in boxes, lists, tables and notes has a rhythm of its own.
"""
import os
import re

from tally import PROJECT

UNITS = {"pt": 1.0, "mm": 72 / 25.4, "cm": 720 / 25.4, "in": 72.0}
TOLERANCE = 0.02  # the dump has two decimals, and a length is in 64ths of a point


def page_of(sheet):
    """Lengths of a built-in sheet's page in points, with those of the sheets that it extends."""
    with open(os.path.join(PROJECT, "styles", sheet + ".yaml"), encoding="utf-8") as file:
        text = file.read()
    parent = re.search(r"^extends: (\w+)", text, re.M)
    page = page_of(parent.group(1)) if parent else {}
    block = re.search(r"^page:\n((?:[ #].*\n|\n)+)", text, re.M)
    for name, number, unit in re.findall(r"^  ([a-z-]+): ([\d.]+)(pt|mm|cm|in)\b", block.group(1) if block else "", re.M):
        page[name] = float(number) * UNITS[unit]
    return page


def sheet_of(case):
    with open(case.source, encoding="utf-8") as file:
        named = re.search(r"^style: (\w+)$", file.read(), re.M)
    return case.style or (named.group(1) if named else "briefing")


def off_grid(dump, page, running):
    """(paragraphs that were looked at, those off the grid as "page N: node at Y")."""
    seen, off, number, half = 0, [], 0, page["grid"] / 2
    sizes = {}
    boxes = []
    for line in dump.split("\n"):
        if line.startswith("page "):
            number = line.split()[1]
        box = re.match(r"  text (\S+) (\S+) (\S+) (\S+) paragraph (#\d+)$", line)
        run = re.match(r"      run \S+ \S+ \S+ (\S+) ", line)
        if line.startswith("  ") and line[2] != " ":
            boxes.append((number, box))
        elif run and boxes:
            sizes.setdefault(len(boxes) - 1, run.group(1))
    for index, (number, box) in enumerate(boxes):
        if not box or sizes.get(index) != "12.00" or int(box.group(5)[1:]) not in running:
            continue
        top = float(box.group(2))
        seen += 1
        rest = (top - page["margin-top"]) % half
        if min(rest, half - rest) > TOLERANCE:
            off.append(f"page {number}: {box.group(5)} at {top}, {rest:.2f} pt below the half line")
    return seen, off


def check_grid(tally, case, running):
    """`running`: the numbers of the nodes that are running text."""
    status, dump, _ = case.dump("layout")
    seen, off = off_grid(dump, page_of(sheet_of(case)), running)
    tally.check(f"{case.name}: running text stands on the grid", status == 0 and seen > 0 and not off,
                f"{seen} paragraphs looked at; off the grid:\n" + "\n".join(off[:20]))
