#!/usr/bin/env python3
"""Holds brief's lines and pages to the figures recorded in bounds.txt, on the fixed texts of texts.py.

    tests/typography/run.py             fails where a figure is worse than recorded by more than its margin
    UPDATE=1 tests/typography/run.py    records the figures as they are now; `git diff` is the review
    tests/typography/run.py TEXT…       only these texts; prints every figure, and where the worst lines are

Rows named in NEVER must be nought in the report, whatever is recorded. bench/typography.py shows the same figures beside those of
Typst and LaTeX. Needs mutool, an independent reader of what is drawn.
"""
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.dirname(HERE)]
from figures import ROWS, Mismatch, figures, place, rivers  # noqa: E402
from tally import BRIEF, Tally  # noqa: E402
from texts import TEXTS, markdown, sheet  # noqa: E402

BOUNDS = os.path.join(HERE, "bounds.txt")
# How much worse than recorded a figure may be: a twentieth of itself, and this by its unit. A change that is worth making may cost a
# little somewhere; what costs more is meant, and is recorded.
MARGIN = {"count": 0, "em": 0.02, "% of its mean": 0.5, "% of the measure": 0.5, "per 100 lines": 0.3, "per 100 paragraphs": 0.3, "lines": 0.25,
          "pages": 1}
NEVER = ("hyphens across pages", "widows", "orphans", "headings at a page's foot")


def brief_pdf(text, folder):
    """Makes the PDF of a text with brief: its path, or None and what brief said."""
    source, style = os.path.join(folder, text.name + ".md"), os.path.join(folder, text.name + ".yaml")
    for path, content in ((source, markdown(text)), (style, sheet(text))):
        with open(path, "w", encoding="utf-8") as file:
            file.write(content)
    made = subprocess.run([BRIEF, "make", source, "--style", style, "--pdf", "--out-dir", folder, "-q"], capture_output=True, text=True, check=False)
    return (None if made.returncode else os.path.join(folder, text.name + ".pdf")), made.stderr


def recorded():
    bounds = {}
    with open(BOUNDS, encoding="utf-8") as file:
        for line in file:
            if not line.startswith("#"):
                name, row, figure = line.rstrip("\n").split("\t")
                bounds[name, row] = float(figure)
    return bounds


def record(found):
    with open(BOUNDS, "w", encoding="utf-8") as file:
        file.write("# text, row, figure: written by UPDATE=1 tests/typography/run.py\n")
        for (name, row), figure in found.items():
            file.write(f"{name}\t{row}\t{figure:.3f}\n")


def check_rivers(tally):
    """Lines of three words, whose first space is 4 pt wide and stands `step` further right in each; the second one moves away."""
    def lines(count, step):
        return [[(0, 50 + step * at), (54 + step * at, 150 + 7 * at), (155 + 7 * at, 200 + 7 * at)] for at in range(count)]
    for count, step, wanted in ((4, 0, 1), (9, 2, 1), (3, 0, 0), (9, 3, 0)):
        tally.check(f"rivers: {count} lines, {step} pt", rivers(lines(count, step)) == wanted, f"{rivers(lines(count, step))} instead of {wanted}")


def main():
    tally, found, words = Tally(), {}, sys.argv[1:]
    bounds = {} if os.environ.get("UPDATE") else recorded()
    check_rivers(tally)
    with tempfile.TemporaryDirectory(prefix="brief-typography-") as folder:
        for text in TEXTS:
            if words and not any(text.name == word for word in words):
                continue
            pdf, said = brief_pdf(text, folder)
            if not tally.check(f"{text.name}: make", pdf, said):
                continue
            try:
                result, places = figures(pdf, text)
            except Mismatch as mismatch:
                tally.check(f"{text.name}: all of the text, in order", False, str(mismatch))
                continue
            tally.check(f"{text.name}: all of the text, in order", True)
            for row, unit, _ in ROWS:
                if row not in result:
                    continue
                figure = found[text.name, row] = result[row]
                where = "\n".join(place(line) for line in places[row][:8])
                if words:
                    print(f"{row}: {figure:.2f} {unit}" + "".join(f"\n    {line}" for line in where.split("\n") if line))
                if row in NEVER and text.chapters:
                    tally.check(f"{text.name}: {row}", figure == 0, f"{figure:.0f}, where there must be none\n{where}")
                elif bounds:
                    bound = bounds.get((text.name, row))
                    tally.check(f"{text.name}: {row}", bound is not None and figure <= bound * 1.05 + MARGIN[unit],
                                f"{figure:.3f} {unit}, recorded is {bound}\n{where}")
    if os.environ.get("UPDATE") and not words:
        record(found)
    return tally.done()


if __name__ == "__main__":
    raise SystemExit(main())
