#!/usr/bin/env python3
"""Times long and wide tables, and looks whether each cell is where it belongs.

    bench/tables.py [ROUNDS]    (default: 3; the best of them counts)

Tables of 500, 5,000 and 50,000 rows by 8 columns become PDF and EPUB: time and peak memory of the process, and how much each of
them grows when the rows grow tenfold. What is linear grows tenfold at the most: all that a short document costs besides is
counted with the small table, so that growth from there looks slower. Then 200 columns, and cells higher than a page. The table of
5,000 rows, and the wide and the high ones, are read with the readers of tests/, which share nothing with the writers: each cell
once and in order in both files, one Table in the tag tree, the header on each page, as an artifact on all but the first.
Needs build/brief (./build.sh), and qpdf for the looking. Ends with status 1 when a cell is lost or something grows faster than the rows.
"""
import os
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "tests"))
from epub_reader import XHTML, Epub  # noqa: E402
from pdf_reader import Element, Pdf  # noqa: E402
from run import BRIEF, timed  # noqa: E402

GROWTH = 12  # for ten times the rows


def cell(row, column):
    return f"Item {row + 1}" if column == 0 else f"{(row * 7919 + column * 104729) % 1000000:,}"


def rows_of(rows, columns, cell_of=cell):
    return [[f"Head {c + 1}" for c in range(columns)]] + [[cell_of(r, c) for c in range(columns)] for r in range(rows)]


def write(path, table):
    lines = ["| " + " | ".join(row) + " |" for row in table]
    lines.insert(1, "|" + "---|" * len(table[0]))
    with open(path, "w", encoding="utf-8") as file:
        file.write("---\ntitle: A table\n---\n\n# Figures\n\nText before it.\n\n" + "\n".join(lines) + "\n\nTable: Figures\n\nText behind it.\n")


def measure(folder, name, rounds):
    command = [BRIEF, "make", name + ".md", "--pdf", "--epub", "--out-dir", ".", "-q"]
    runs = [timed(command, folder) for _ in range(rounds)]
    return min(run[0] for run in runs), min(run[1] for run in runs), min(run[2] for run in runs)


def words(text):
    return " ".join(text.split())


def pdf_faults(path, table):
    pdf = Pdf(path)
    texts, tables, found = pdf.text_of(), [], {}
    for above, item in pdf.tree.walk():
        if isinstance(item, Element):
            if item.kind == "Table":
                tables.append(item)
            if item.kind in ("TH", "TD"):
                found[id(item)] = ""
        else:
            for element in above:
                if id(element) in found:
                    found[id(element)] += texts.get(item, "")
    if len(tables) != 1:
        yield f"{len(tables)} Tables in the tag tree"
    if [words(text) for text in found.values()] != [text for row in table for text in row]:
        yield "the cells of the PDF are not those of the table"
    heads = [0, 0]
    for page in pdf.contents:
        said = words("".join(text for _, artifact, text in page if not artifact))
        repeated = words("".join(text for _, artifact, text in page if artifact))
        has_rows = any(mark is not None for mark, _, _ in page) and said not in ("Text behind it.", "")
        heads[0] += has_rows
        heads[1] += table[0][0] in said or table[0][0] in repeated or table[0][0].replace(" ", "") in repeated
    if heads[1] < heads[0] - 1:  # the first page may have nothing but the text before the table
        yield f"{heads[0]} pages with rows, {heads[1]} with their header"


def epub_faults(path, table):
    found = [words("".join(element.itertext())) for _, body in Epub(path).documents() for element in body.iter()
             if element.tag in (XHTML + "td", XHTML + "th")]
    if found != [text for row in table for text in row]:
        yield "the cells of the EPUB are not those of the table"


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    if not os.path.exists(BRIEF):
        sys.exit(f"bench: there is no {BRIEF}; ./build.sh makes it")
    faults = []
    with tempfile.TemporaryDirectory(prefix="brief-bench-") as folder:
        looks = []  # afterwards: a process counts the memory of the one that it was forked from
        print(f"A table of 8 columns to PDF and EPUB, best of {rounds} rounds")
        print("      rows        ms    growth   ms of processor    growth   peak MiB    growth")
        before = None
        for rows in (500, 5000, 50000):
            name, table = f"rows-{rows}", rows_of(rows, 8)
            write(os.path.join(folder, name + ".md"), table)
            now = measure(folder, name, rounds)
            growth = [a / b for a, b in zip(now, before)] if before else None
            told = [f"{g:8.1f} ×" for g in growth] if growth else [" " * 10] * 3
            print(f"{rows:10,}{now[0]:10.0f}{told[0]}{now[1]:18.0f}{told[1]}{now[2] / 1024:11.0f}{told[2]}")
            if growth and (growth[1] > GROWTH or growth[2] > GROWTH):
                faults.append(f"{name}: ten times the rows cost {growth[1]:.1f} times the time and {growth[2]:.1f} times the memory")
            if rows == 5000:
                looks.append((name, table))
            before = now
        others = {
            "200 columns by 200 rows": rows_of(200, 200),
            "2 columns by 3 rows, a cell of 6,000 words": rows_of(3, 2, lambda r, c: "word " * 5999 + "end" if (r, c) == (1, 1) else cell(r, c)),
        }
        for title, table in others.items():
            name = title.split(",")[0].replace(" ", "-")
            write(os.path.join(folder, name + ".md"), table)
            wall, processor, memory = measure(folder, name, rounds)
            print(f"{title}: {wall:.0f} ms ({processor:.0f} of processor), {memory / 1024:.0f} MiB")
            looks.append((name, table))
        for name, table in looks:
            for fault in (*pdf_faults(os.path.join(folder, name + ".pdf"), table), *epub_faults(os.path.join(folder, name + ".epub"), table)):
                faults.append(f"{name}: {fault}")
    for fault in faults:
        print(f"bench: {fault}", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
