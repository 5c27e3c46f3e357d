"""docs/performance.md, of what bench/run measured."""
import peers
from chart import duration, in_order
from wanted import megabytes, row_of, verdicts

HEAD = """
# How fast brief is, and beside whom

Made by `bench/run`; not to be edited by hand. It installs the other programs, writes the texts ([`bench/text.py`](../bench/text.py) has their grammar), looks at
every file that is made (a PDF has pages, an EPUB can be opened, nearly all words of the source are in it; brief's PDFs are tagged), and measures. It ends with
status 1 when a bound below is not met.

![Bars of the time of each program, for each input; the tables below have the figures.](performance.svg)
"""
NOTES = """
Times are of the whole process, start-up included, by the clock; programs take turns, round by round (those that take seconds among themselves), and what one left to be written is on the
disk before the next begins. Given are the median, the range of the middle half of the rounds, and the
processor's time, which is more than the clock's where two cores are used. Memory is the peak of the largest process.

Programs that read Markdown are given the Markdown. htmldoc and WeasyPrint read HTML, which lowdown makes of it outside the clock; htmldoc runs with `--webpage`, which is
faster than `--book`. lowdown's troff goes through a pipe to groff; pandoc's Typst to the module `typst`, whose Python takes some 20 ms to start.

What they make is not alike. brief's text is shaped, its PDFs are tagged and archivable, and hold those letters of their fonts that they use; htmldoc's are not tagged, and hold whole
Type 1 fonts, of Latin letters alone. A program runs fewer rounds when they would take more than fifteen seconds; WeasyPrint, which takes minutes for
a book, has none.
"""

GROWTH = """
Times here are of the fastest round of each program: a machine that is itself virtual needs up to half a second more in some rounds than in others to find the
memory of four million words, whoever asks for it.
"""


def table(head, rows, right=()):
    lines = ["| " + " | ".join(head) + " |", "|" + "|".join("--:" if at in right else ":--" for at in range(len(head))) + "|"]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


def times(rows, name):
    made = []
    for row in in_order(rows, name):
        peer = row_of(rows, name, "htmldoc", "EPUB" if row["form"] == "EPUB" else "PDF")
        spread = f"{duration(row['low'])} – {duration(row['high'])}" if row["rounds"] > 1 else "one run"
        pages = f"{row['pages']:,}{', tagged' if row['tagged'] else ''}" if "pages" in row else ""
        made.append([row["form"], row["program"], duration(row["wall"]), f"{row['wall'] / peer['wall']:.2f}", spread, duration(row["processor"]), f"{megabytes(row):,.0f} MB",
                     pages, f"{row['bytes'] / 1000:,.0f} kB"])
    return table(["", "", "time", "of htmldoc's", "middle half", "processor", "memory", "pages", "size"], made, right=(2, 3, 4, 5, 6, 7, 8))


def growth(results):
    sizes = results["sizes"]
    made = []
    for form in ("PDF", "EPUB"):
        for program in ("brief", "htmldoc"):
            rows = [row_of(results["rows"] + results["large"], name, program, form) for name, _ in sizes]
            made.append([form, program] + [f"{duration(row['least'])}, {megabytes(row):,.0f} MB" for row in rows]
                        + [f"{step['time']:.1f} × time, {step['memory']:.1f} × memory" for step in results["growth"] if (step["form"], step["program"]) == (form, program)])
    steps = [f"{a[1]:,} → {b[1]:,}" for a, b in zip(sizes, sizes[1:])]
    return table(["", "", *(f"{words:,} words" for _, words in sizes), *steps], made, right=range(2, 2 + len(sizes)))


def many(found):
    lines = [f"{found['count']:,} different articles, PDF and EPUB of each, by `brief make -j{found['jobs']}`: {duration(found['wall'])}, "
             f"{found['wall'] / found['count']:.1f} ms a document; all processes together hold at most {megabytes(found):.0f} MB (shared pages counted once). "
             f"Files that are not, byte for byte, those made one at a time: {found['differing']}."]
    if "factor" in found:
        lines.append(f"pandoc, for the EPUB alone, takes {duration(found['pandoc'])} an article (the mean of {found['pandoc_runs']} runs), so "
                     f"{duration(found['pandoc'] * found['count'])} for all: {found['factor']:.0f} times as long.")
    return "\n".join(lines)


def page(results):
    judged = [[what, found, bound, "met" if met else "**not met**"] for what, found, bound, met in verdicts(results)]
    parts = [HEAD.strip(), "## What was wanted", table(["", "found", "wanted", ""], judged, right=(1,)), "## Beside others", NOTES.strip()]
    for name, called in results["inputs"]:
        parts += [f"### {called}", times(results["rows"], name)]
    parts += ["## Growth", GROWTH.strip(), growth(results), "## Many documents", many(results["many"]),
              "## With what", "\n".join(f"- {line}" for line in [results["machine"], *results["versions"]]), "Once more: `bench/run`"]
    return "\n\n".join(parts) + "\n"


def printed(results):
    """The same for a terminal, in short."""
    for name, called in results["inputs"]:
        print(called)
        for row in results["rows"]:
            if row["input"] == name:
                peer = row_of(results["rows"], name, "htmldoc", "EPUB" if row["form"] == "EPUB" else "PDF")
                print(f"  {row['program']:16}{row['form']:14}{row['wall']:10.1f} ms  {row['wall'] / peer['wall']:6.2f} × htmldoc  "
                      f"{megabytes(row):6.0f} MB  {row['share']:.1%} of the words")
    print(many(results["many"]))
    for what, found, bound, met in verdicts(results):
        print(f"  {'met    ' if met else 'NOT MET'}  {what}: {found} ({bound})")
    print(*[results["machine"], *results["versions"]], sep="\n")
