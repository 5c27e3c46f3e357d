#!/usr/bin/env python3
"""Input that is made to be slow: each kind in two sizes, one four times the other. What it takes must grow no faster than n log n, in time and memory,
or the document be refused by a limit, and soon.

    tests/pathological.py [WORD…]     only the kinds whose names hold one of the words
    UPDATE=1 tests/pathological.py    writes the table into docs/security.md

Time is the processor's in the program itself, of both sizes on the same machine, without what an empty document takes; a ratio that is too large is
measured again, since another program may have been in the way, and the least counts. What the kernel takes to hand out memory is left out: of the same
document it was a tenth of a second or two; how much it hands out is what memory says.
"""
import math
import os
import re
import resource
import subprocess
import sys
import tempfile

from tally import BRIEF, PROJECT, Tally

PAGE = os.path.join(PROJECT, "docs", "security.md")
STEP = 4
GROWTH = 1.35      # of n to this power: n log n is 1.1 at these sizes, n² is 2
LITTLE = 0.06      # seconds, and megabytes: below, growth cannot be told
LITTLE_MEMORY = 24
SOON = 2           # seconds of the processor until a limit refuses
GIVEN_UP = 60
ROUNDS = 4
KB, MB = 1000, 1000000


def repeat(piece, end="\n"):
    return lambda n: piece * (n // len(piece)) + end


def nested(opening, closing, middle="x"):
    return lambda n: opening * (n // (len(opening) + len(closing))) + middle + closing * (n // (len(opening) + len(closing))) + "\n"


def numbered(line, end=lambda n: "", each=None):
    """Lines with their number in them, and what follows so many."""
    def text(n):
        count = n // (each or len(line.format(10000)))
        return "".join(line.format(i) for i in range(count)) + end(count)
    return text


def backticks(n):
    runs = range(1, math.isqrt(2 * n))
    return "".join("`" * i + "x" for i in runs) + "\n"


def cycle(n):
    count = n // 40
    return "start[^0]\n\n" + "".join(f"[^{i}]: see[^{(i + 1) % count}] the next\n\n" for i in range(count))


def notes(between):
    return lambda n: between.join(f"w[^{i}]" for i in range(n)) + "\n\n" + "".join(f"[^{i}]: note\n\n" for i in range(n))


# name: the larger size, and the text of a size (in bytes, or in things where it says so)
KINDS = {
    "brackets, open": (150 * KB, repeat("[")),
    "brackets, nested": (150 * KB, nested("[", "]")),
    "links, nested": (200 * KB, nested("[", "](/u)")),
    "links, begun `[a](`": (200 * KB, repeat("[a](")),
    "links, begun `[a](<b`": (200 * KB, repeat("[a](<b")),
    "links, 30,000 in a paragraph": (900 * KB, repeat("[word](https://example.org/x) ")),
    "images, open": (200 * KB, repeat("![")),
    "images `![[]()`": (200 * KB, repeat("![[]()")),
    "spans, nested": (200 * KB, nested("[", "]{.a}")),
    "braces": (100 * KB, repeat("{")),
    "emphasis, open": (300 * KB, repeat("*a _b ")),
    "emphasis, mixed": (300 * KB, repeat("*a **a ")),
    "emphasis, closing": (300 * KB, repeat("a* ")),
    "emphasis, nested": (200 * KB, nested("*a **a ", " a** a*")),
    "stars": (500 * KB, lambda n: "a" + "*" * n + "b\n"),
    "sub- and superscripts": (150 * KB, repeat("a~b~ c^d ")),
    "back-ticks, ever longer": (300 * KB, backticks),
    "back-ticks, pairs": (200 * KB, repeat("`a")),
    "quotations in a line": (MB, repeat(">")),
    "quotations in lines": (MB, repeat("> " * 90 + "a\n")),
    "quotations, lazy": (300 * KB, lambda n: ">" * (n // 3) + "a\n" + "b\n" * (n // 3)),
    "quotations, lazy, below the limit": (200 * KB, lambda n: "> " * 99 + "a\n" + "b\n" * (n // 2)),
    "lists in a line": (300 * KB, lambda n: "* " * (n // 2) + "a\n"),
    "lists, ever deeper": (MB, lambda n: "".join("  " * i + "- a\n" for i in range(math.isqrt(n)))),
    "list of many items": (60 * KB, numbered("{}. a\n")),
    "boxes, nested": (200 * KB, lambda n: "::: box\n" * (n // 12) + "x\n" + ":::\n" * (n // 12)),
    "boxes, open": (200 * KB, repeat("::: box\n")),
    "table, wide": (500 * KB, lambda n: "|" + " a |" * (n // 8) + "\n|" + "---|" * (n // 8) + "\n"),
    "table, short rows": (500 * KB, lambda n: "|" + " a |" * 300 + "\n|" + "---|" * 300 + "\n" + "a\n" * (n // 2)),
    "table, many rows": (150 * KB, lambda n: "| a | b |\n|---|---|\n" + "| a | b |\n" * (n // 10)),
    "table heads": (200 * KB, repeat("| a |\n| - |\n\n")),
    "table heads that do not fit": (600 * KB, repeat("a|b|c\n-|-\n")),
    "lines that might be heads": (200 * KB, repeat("a | b\n")),
    "pipes and hyphens": (60 * KB, repeat("a|\n-|\n")),
    "word of 100 kB in a cell": (100 * KB, lambda n: "| a |\n|---|\n| " + "a" * n + " |\n"),
    "definitions of references": (500 * KB, numbered("[a{}]: /u\n", lambda n: "\n" + " ".join(f"[a{i}]" for i in range(n)) + "\n", 30)),
    "one definition again and again": (500 * KB, repeat("[a]: /u\n")),
    "one long address, used often": (400 * KB, lambda n: "[a]: /" + "u" * (n // 2) + "\n\n" + "[a]\n\n" * (n // 10)),
    "HTML comments, open": (500 * KB, repeat("a <!-- ")),
    "HTML, instructions": (200 * KB, repeat("a<?")),
    "HTML, declarations": (200 * KB, repeat("a<!A")),
    "HTML, tags": (300 * KB, repeat("a<sub>")),
    "HTML, broken tags": (300 * KB, repeat('a<x y="')),
    "entities": (300 * KB, repeat("&amp;")),
    "entities, broken": (150 * KB, repeat("&#")),
    "headings, 100,000 the same (in headings)": (100000, lambda n: "# Same\n\n" * n),
    "notes, 100,000 (in notes)": (100000, notes("\n\n")),
    "notes, all in a paragraph (in notes)": (20000, notes(" ")),
    "notes that refer in a circle": (300 * KB, cycle),
    "paragraph of 10 MB": (10 * MB, repeat("some words of prose that go on. ")),
    "word of 1 MB": (MB, repeat("a")),
    "a million empty lines": (MB, lambda n: "a\n" + "\n" * n + "b\n"),
    "heading of 1 MB": (MB, lambda n: "# " + "word " * (n // 5) + "\n"),
    "title of 1 MB": (MB, lambda n: "---\ntitle: " + "word " * (n // 5) + "\n---\n\nText.\n"),
    "front matter, deep": (500 * KB, lambda n: "---\na: " + "[" * n + "\n---\n\nText.\n"),
    "code, empty blocks": (300 * KB, repeat("```\n")),
    "abbreviations": (300 * KB, numbered("*[AB{}]: b\n", lambda n: "\n" + " ".join(f"AB{i}" for i in range(n)) + "\n", 24)),
    "addresses, bare": (200 * KB, repeat("https://example.org/a ")),
    "addresses of mail": (150 * KB, repeat("a@")),
    "right-to-left and back": (200 * KB, lambda n: "\u0634\u0635 abc " * (n // 9) + "\n"),
    "directional marks": (300 * KB, lambda n: "\u2067" * (n // 3) + "\n"),
}


def run(folder, text):
    """Processor seconds of the program itself, megabytes, status, what was said, processor seconds in all."""
    path = os.path.join(folder, "a.md")
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    with open(os.path.join(folder, "told"), "w+", encoding="utf-8", errors="replace") as told:
        process = subprocess.Popen([BRIEF, "make", "-q", "a.md"], cwd=folder, stdout=subprocess.DEVNULL, stderr=told,
                                   preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (GIVEN_UP, GIVEN_UP)))
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        told.seek(0)
        return used.ru_utime, used.ru_maxrss / 1024, process.returncode, told.read(), used.ru_utime + used.ru_stime


def growth(small, large, little):
    """The power of n that it grows with; None when it is too little to tell."""
    if large < little:
        return None
    return math.log(large / max(small, little / STEP / STEP), STEP)


def measure(folder, size, text, empty):
    """The larger size's result, and both growths: the least of some rounds."""
    best = [None, None]
    large = None
    for _ in range(ROUNDS):
        small, again = run(folder, text(size // STEP)), run(folder, text(size))
        large = again if large is None or again[0] < large[0] else large
        now = [growth(small[i] - empty[i], again[i] - empty[i], little) for i, little in enumerate((LITTLE, LITTLE_MEMORY))]
        best = now if best == [None, None] else [one if two is None else two if one is None else min(one, two) for one, two in zip(best, now)]
        if all(one is None or one <= GROWTH for one in best) or again[2] < 0:
            break
    return large, best


def row(name, size, large, grows, code):
    amount = f"{size:,}" if "(in " in name else f"{size / MB:g} MB" if size >= MB else f"{size // KB} kB"
    said = f"refused: `{code}`" if code else ", ".join(f"n^{one:.1f}" if one is not None else "too little to tell" for one in grows[:1])
    return f"| {re.sub(r' [(]in .*[)]', '', name)} | {amount} | {large[0]:.2f} s | {large[1]:.0f} MB | {said} |"


def main():
    tally, rows = Tally(), []
    wanted = [name for name in KINDS if not sys.argv[1:] or any(word in name for word in sys.argv[1:])]
    with tempfile.TemporaryDirectory(prefix="brief-pathological-") as folder:
        empty = min(run(folder, "# T\n\nWords.\n")[:2] for _ in range(5))
        for name in wanted:
            size, text = KINDS[name]
            large, grows = measure(folder, size, text, empty)
            errors = re.findall(r": error: .*\[([a-z0-9-]+)\]$", large[3], re.M)
            limited = large[2] == 1 and ("--limit " in large[3] or "front-matter" in errors)
            tally.check(f"{name}: made, or refused by a limit", large[2] == 0 or limited, f"status {large[2]}\n{large[3][:600]}")
            if limited:
                tally.check(f"{name}: refused soon", large[4] < SOON, f"{large[4]:.1f} s")
            else:
                for what, one in zip(("time", "memory"), grows):
                    tally.check(f"{name}: {what} does not grow faster than n log n", one is None or one <= GROWTH, f"n^{one or 0:.2f}")
            rows.append(row(name, size, large, grows, errors[0] if limited else None))
            print(rows[-1], flush=True)
    if os.environ.get("UPDATE") and not sys.argv[1:]:
        page_write(rows)
    return tally.done()


def page_write(rows):
    heading = "## Pathological input\n"
    section = heading + """
Each kind of input that is known to make programs of this sort slow, made into both files. Growth is that of the processor's time from a quarter of the
size to the whole; memory grows no faster. `tests/pathological.py` measures it, and fails above n log n.

| input | size | time | memory | growth |
|---|--:|--:|--:|---|
""" + "\n".join(rows) + "\n"
    page = ""
    if os.path.exists(PAGE):
        with open(PAGE, encoding="utf-8") as file:
            page = file.read()
    found = re.search(rf"^{re.escape(heading)}.*?(?=^## |\Z)", page, re.M | re.S)
    page = page[:found.start()] + section + ("\n" if found.end() < len(page) else "") + page[found.end():] if found \
        else (page.rstrip("\n") + "\n\n" if page else "# Security\n\n") + section
    with open(PAGE, "w", encoding="utf-8") as file:
        file.write(page)


if __name__ == "__main__":
    raise SystemExit(main())
