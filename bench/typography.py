#!/usr/bin/env python3
"""Compares the lines and pages of brief with those of Typst and of LaTeX, on the fixed texts of tests/typography.

    bench/typography.py [--write] [TEXT…]    --write puts the table into docs/typography.md

All three set the same words on the same paper, measure, face, size and leading, and are read by the same independent reader
(`mutool trace`) and measured by the same code, tests/typography/figures.py. Typst has its defaults: justification with hyphens,
ragged text without. LaTeX is LuaLaTeX with microtype, babel's British patterns, \\frenchspacing, no widows and orphans, \\raggedbottom,
and ragged2e's \\RaggedRight; a further column, not judged, has LaTeX without microtype. In each row the better figure is marked.

Installs nothing. Needs build/brief (./build.sh), mutool (mupdf-tools) and Noto Serif (fonts-noto-core); for Typst its command, or the
module `typst` from PyPI, for instance in a virtual environment whose Python runs this; for LaTeX the packages texlive-luatex,
texlive-latex-recommended, texlive-latex-extra (ragged2e) and texlive-lang-english. Ends with status 1 when brief is behind Typst somewhere.
"""
import importlib.metadata
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile

PROJECT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path[:0] = [os.path.join(PROJECT, "tests", "typography"), os.path.join(PROJECT, "tests")]
import texts  # noqa: E402
from figures import ROWS, figures  # noqa: E402
from run import BRIEF, brief_pdf  # noqa: E402

NOTES = os.path.join(PROJECT, "docs", "typography.md")
PROGRAMS = ("brief", "Typst", "LaTeX", "LaTeX, plain")  # the last without microtype: what lines cost when glyphs keep their widths
JUDGED = 3  # columns
UNMARKED = ("pages",)  # told, not judged


def output_of(*command):
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()


def write(path, content):
    with open(path, "w", encoding="utf-8") as file:
        file.write(content)


def run_brief(text, folder):
    path, said = brief_pdf(text, folder)
    return path or sys.exit(f"bench: brief: {said}")


def run_typst(text, folder):
    source, path = os.path.join(folder, text.name + ".typ"), os.path.join(folder, text.name + "-typst.pdf")
    write(source, texts.typst(text))
    if importlib.util.find_spec("typst"):
        import typst
        typst.compile(source, output=path)
    else:
        subprocess.run(["typst", "compile", source, path], check=True)
    return path


def run_latex(text, folder, microtype=True):
    name = text.name + ("-latex" if microtype else "-plain")
    source = texts.latex(text)
    write(os.path.join(folder, name + ".tex"), source if microtype else source.replace("\\usepackage{microtype}\n", ""))
    for _ in range(2):
        made = subprocess.run(["lualatex", "-interaction=batchmode", "-halt-on-error", name + ".tex"], cwd=folder, capture_output=True, text=True,
                              check=False)
        if made.returncode:
            sys.exit(f"bench: lualatex: {made.stdout}")
    return os.path.join(folder, name + ".pdf")


def versions(folder):
    typst = importlib.metadata.version("typst") + " (PyPI)" if importlib.util.find_spec("typst") else output_of("typst", "--version")
    logs = [name for name in os.listdir(folder) if name.endswith("-latex.log")]
    microtype = ""
    if logs:
        with open(os.path.join(folder, logs[0]), encoding="utf-8", errors="replace") as file:
            found = re.search(r"Package: microtype \S+ (v\S+)", file.read())
        microtype = f", microtype {found.group(1)}" if found else ""
    latex = re.sub(r"^This is ", "", output_of("lualatex", "--version").split("\n")[0])
    reader = subprocess.run(["mutool", "-v"], capture_output=True, text=True, check=False)
    return [output_of(BRIEF, "--version").split("\n")[0] + " as of this page's commit", f"Typst {typst}", latex + microtype,
            "read with " + (reader.stderr or reader.stdout).strip()]


def best_of(row, results):
    shown = [round(result[row], 2) for result in results]
    return [row not in UNMARKED and column < JUDGED and value == min(shown[:JUDGED]) for column, value in enumerate(shown)]


def figure(row, unit, value):
    return f"{value:.0f}" if unit in ("count", "pages") else f"{value:.2f}"


def table(results, mark, edge):
    """Lines of a table; `mark` puts a mark on a figure, `edge` parts and pads the columns."""
    for row, unit, _ in ROWS:
        if row in results[0]:
            cells = [mark(figure(row, unit, result[row]), best) for result, best in zip(results, best_of(row, results))]
            yield edge(row if unit in ("count", "pages") else f"{row}, {unit}", cells)


def printed(text, words, results):
    print(f"{text.title} ({words:,} words); * is the better figure, and less is better throughout")
    print(f"  {'':52}" + "".join(f"{name:>14}" for name in PROGRAMS))
    for line in table(results, lambda value, best: value + ("*" if best else " "),
                      lambda row, cells: f"  {row:52}" + "".join(f"{cell:>14}" for cell in cells)):
        print(line)
    print(flush=True)


def notes(sections, tools, behind):
    out = [NOTES_HEAD.strip(), ""]
    for text, words, results in sections:
        out += [f"## {text.title}", "", f"{words:,} words.", "", "| | " + " | ".join(PROGRAMS) + " |", "|:--|" + "--:|" * len(PROGRAMS)]
        out += table(results, lambda value, best: f"**{value}**" if best else value, lambda row, cells: f"| {row} | " + " | ".join(cells) + " |")
        out.append("")
    out += ["## Where brief is behind", ""] + ([f"- {line}" for line in behind] or ["Nowhere."]) + ["", "## With what", ""]
    return "\n".join(out + [f"- {tool}" for tool in tools]) + "\n"


NOTES_HEAD = f"""
# Lines and pages beside Typst and LaTeX

Made by `bench/typography.py --write`; not to be edited by hand. The three programs set the same words ([`tests/typography`](../tests/typography))
on A4 in Noto Serif, {texts.SIZE} pt on {texts.LEADING}, {texts.MEASURE} pt wide and {texts.HEIGHT // texts.LEADING} lines high, notes at the foot in {texts.NOTE_SIZE} pt, half a line between
paragraphs, chapters of the report on new pages. Typst has its defaults (hyphens when justified, none when ragged). LaTeX is
LuaLaTeX with microtype (protrusion and expansion), babel's British patterns, `\\frenchspacing`, widows and orphans forbidden,
`\\raggedbottom`, and ragged2e's `\\RaggedRight`; “LaTeX, plain” is the same
without microtype, and is told, not judged. Glyphs' places are read from the finished PDFs by MuPDF.

What is measured, without last lines of paragraphs unless it says so; the better figure is bold, and less is better throughout:

- **word space: spread** – the standard deviation of all spaces between words, as a share of their mean; **widest line's mean** – of the line with the widest spaces.
- **rivers** – chains of word spaces through four lines or more, each under the one before by at least half the width of the narrower.
- **lines that leave the measure** – that end more than half an em before or behind it in justified text.
- **line ends: spread** – the standard deviation of what lines lack of the measure; **step** – the mean difference between one line's end and the next one's.
- **hyphens** – only those that the program put in; **ladders** – three lines in a row or more that end with any hyphen.
- **short last lines** – of paragraphs of two lines or more, under five ems.
- **widows**, **orphans** – a paragraph's last line at the head of a page, its first at the foot.
- **white at a page's foot** – in lines of {texts.LEADING} pt, over pages that the text goes on from: last pages of chapters do not count, the notes count as text.
"""


def main():
    arguments = [word for word in sys.argv[1:] if not word.startswith("-")]
    missing = [package for name, package in (("mutool", "mupdf-tools"), ("lualatex", "texlive-luatex and what is named above")) if not shutil.which(name)]
    if not importlib.util.find_spec("typst") and not shutil.which("typst"):
        missing.append("typst (from PyPI)")
    if missing or not os.path.exists(BRIEF):
        sys.exit(f"bench: please install {', '.join(missing)} first" if missing else f"bench: there is no {BRIEF}; ./build.sh makes it")
    sections, behind, lost = [], [], False
    makers = (run_brief, run_typst, run_latex, lambda text, folder: run_latex(text, folder, microtype=False))
    with tempfile.TemporaryDirectory(prefix="brief-bench-") as folder:
        for text in texts.TEXTS:
            if arguments and text.name not in arguments:
                continue
            results = [figures(make(text, folder), text)[0] for make in makers]
            words = sum(len(part.split()) for block in text.blocks() for _, part in block.parts)
            sections.append((text, words, results))
            printed(text, words, results)
            for row, unit, _ in ROWS:
                if row in results[0] and row not in UNMARKED:
                    ahead = [f"{name} {figure(row, unit, result[row])}" for name, result in zip(PROGRAMS[1:JUDGED], results[1:JUDGED])
                             if round(result[row], 2) < round(results[0][row], 2)]
                    if ahead:
                        behind.append(f"{text.title}, {row}: {figure(row, unit, results[0][row])} against {', '.join(ahead)}")
                        lost = lost or ahead[0].startswith("Typst")
        tools = versions(folder)
    print("brief is behind:", *behind or ["nowhere"], sep="\n  ")
    if "--write" in sys.argv:
        write(NOTES, notes(sections, tools, behind))
    return 1 if lost else 0


if __name__ == "__main__":
    raise SystemExit(main())
