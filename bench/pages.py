#!/usr/bin/env python3
"""What the pages of documents look like at their feet and cuts, counted from `brief dump --stage=layout`.

    bench/pages.py [FILE.md…]    (default: the samples in all sheets, and a report of about 100 pages made here)

For each: pages; white at feet in lines of the grid (mean, worst, root of the mean square, and pages with more than two), of pages that another page of text
follows upright; widows and orphans (one line of a paragraph alone on a page); headings at a foot; tables cut in two; hyphens at a page's
end. BRIEF names another program, to compare with. Prints, and judges nothing.
"""
import glob
import os
import random
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
BRIEF = os.environ.get("BRIEF", os.path.join(os.path.dirname(HERE), "build", "brief"))
SHEETS = [os.path.basename(name)[:-5] for name in sorted(glob.glob(os.path.join(HERE, "..", "styles", "*.yaml"))) if "base" not in name]
BOX = re.compile(r"  (text|fill|image) (\S+) (\S+) (\S+) (\S+)(?: (#[0-9a-f]{6}))?(?: (\S+) #(\d+))?(.*)")


def report(seed=7, sections=150):
    """A report with all that makes pages hard: headings, lists led in, tables, boxes, notes; the same in every run."""
    rnd = random.Random(seed)
    words = "the committee of letter network in assurance has equipment government inquiry evidence which recommends that a security".split()

    def text(count):
        return (" ".join(rnd.choice(words) for _ in range(count))).capitalize() + "."

    out, notes = ["---\ntitle: A long report\n---\n"], 0
    for number in range(sections):
        out.append(f"{'##' if number % 6 else '#'} {text(4)[:-1]} {number + 1}\n")
        for _ in range(rnd.randint(2, 5)):
            notes += 1
            mark = f"[^{notes}]" if rnd.random() < 0.2 else ""
            out.append(text(rnd.randint(15, 130)) + mark + "\n")
            if mark:
                out.append(f"[^{notes}]: {text(rnd.randint(6, 40))}\n")
        kind = rnd.random()
        if kind < 0.25:
            out.append(f"{text(12)[:-1]}:\n\n" + "".join(f"- {text(rnd.randint(4, 30))}\n" for _ in range(rnd.randint(2, 6))))
        elif kind < 0.45:
            out.append("| Year | Sum | Share |\n|---|--:|--:|\n" + "".join(f"| {2000 + row} | {row * 37} | {row * 3} |\n" for row in range(rnd.randint(3, 12))))
        elif kind < 0.55:
            out.append(f"::: box\n{text(rnd.randint(20, 70))}\n:::\n")
    return "\n".join(out)


def pages_of(dump):
    pages = []
    for line in dump.splitlines():
        if line.startswith("page "):
            pages.append([])
            continue
        match = BOX.match(line)
        if match:
            kind, x, y, width, height, _, name, node, rest = match.groups()
            rest = rest.strip()
            pages[-1].append({"kind": kind, "y": float(y), "end": float(y) + float(height), "width": float(width), "name": name,
                              "node": node, "artifact": rest, "lines": 0, "landscape": False, "text": ""})
        elif line.startswith("    line") and pages[-1]:
            pages[-1][-1]["lines"] += 1
        elif line.startswith("      run") and pages[-1]:
            pages[-1][-1]["text"] = line
            if " hyphen " in line:
                pages[-1][-1]["text"] = "hyphen"
    return pages


def grid_of(document, sheet):
    found = {}
    for name in (sheet, "base"):
        with open(os.path.join(HERE, "..", "styles", f"{name}.yaml"), encoding="utf-8") as file:
            source = file.read()
        match = re.search(r"note-area: \{[^}]*space-before: ([0-9.]+) line", source)
        if match:
            found.setdefault("above-notes", float(match[1]))
        for key in ("grid", "margin-bottom", "margin-top"):
            match = re.search(rf"^\s+{key}: ([0-9.]+)(pt|mm)", source, re.M)
            if match and key not in found:
                found[key] = float(match[1]) * (72 / 25.4 if match[2] == "mm" else 1)
    return found["grid"], 841.89 - found["margin-bottom"], found.get("above-notes", 0)


def figures(document, sheet):
    dump = subprocess.run([BRIEF, "dump", "--stage=layout", f"--style={sheet}", document], capture_output=True, text=True, check=False).stdout
    grid, foot, above = grid_of(document, sheet)
    pages = pages_of(dump)
    whites, widows, orphans, stranded, hyphens, tables = [], 0, 0, 0, 0, 0
    for here, following in zip(pages, pages[1:]):
        text = [b for b in here if not b["artifact"] and b["name"] and b["kind"] != "fill"]
        after = [b for b in following if not b["artifact"] and b["name"] and b["kind"] != "fill"]
        if not text or not after:
            continue
        rules = [b["y"] for b in here if b["kind"] == "fill" and not b["name"] and b["y"] < foot - 1]
        notes = rules[-1] if rules and rules[-1] > text[0]["y"] else None
        body = [b for b in text if notes is None or b["y"] < notes]
        if not body:
            continue
        last, first = max(body, key=lambda b: b["end"]), after[0]
        whites.append((foot - last["end"]) / grid if notes is None else (notes - last["end"]) / grid - above)
        stranded += last["name"] in ("heading", "label", "caption", "term")
        if last["node"] == first["node"] and last["name"] not in ("table-cell",):
            orphans += last["lines"] == 1
            widows += first["lines"] == 1
            hyphens += last["text"] == "hyphen"
        tables += last["name"] in ("table-cell",) and any("table-head" in b["artifact"] for b in following)
    many = sum(white > 2 for white in whites)
    spread = (sum(white * white for white in whites) / max(len(whites), 1)) ** 0.5
    mean = sum(whites) / len(whites) if whites else 0
    print(f"{os.path.basename(document):24} {sheet:10} {len(pages):5} {mean:7.2f} {max(whites, default=0):7.1f} {spread:7.2f} {many:5} {widows:7} {orphans:7} "
          f"{stranded:8} {tables:7} {hyphens:7}")


def main():
    print(f"{'document':24} {'sheet':10} pages   white   worst  spread    >2  widows orphans stranded  tables hyphens")
    with tempfile.TemporaryDirectory(prefix="brief-pages-") as folder:
        made = os.path.join(folder, "report.md")
        with open(made, "w", encoding="utf-8") as file:
            file.write(report())
        for document in sys.argv[1:] or sorted(glob.glob(os.path.join(HERE, "..", "input", "*.md"))) + [made]:
            for sheet in SHEETS:
                figures(document, sheet)


main()
