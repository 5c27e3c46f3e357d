#!/usr/bin/env python3
"""`brief diff`: each kind of change is told once, by number and page, and what follows from it is not."""
import json
import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from tally import PROJECT, Tally  # noqa: E402

BRIEF = os.path.abspath(sys.argv[1])
OLD = """---
title: A report
lang: en-GB
date: 2019-02-07
paragraph-numbers: true
toc: true
---

## First

The sum of five pounds was paid in the first week of the year.

It is said in [](#end) that nothing more was paid.[^a]

[^a]: Evidence of the treasurer, question 12.

Words that will be taken away by the clerk before the meeting.

## Second {#end}

| Year | Sum |
|------|----:|
| 2018 |   5 |
| 2019 |   6 |

Words that stay where they are, whatever happens round them.

The end of it all is told here, at some length.
"""
EDITS = [  # name, what is replaced, by what, changes in JSON: [kind, kind of passage, number before, number after]
    ("a word", "five pounds", "ten pounds", [["changed", "paragraph", "1", "1"]]),
    ("a paragraph more", "It is said", "Wholly new words, of which nobody knew.\n\nIt is said", [["added", "paragraph", None, "2"]]),
    ("a paragraph less", "Words that will be taken away by the clerk before the meeting.\n\n", "", [["removed", "paragraph", "3", None]]),
    ("a heading", "## Second {", "## Second and last {", [["changed", "heading", None, None]]),
    ("a heading's level", "## Second", "### Second", [["changed", "heading", None, None]]),
    ("a cell", "|   6 |", "|   7 |", [["changed", "row of a table", None, None]]),
    ("a note", "question 12", "question 13", [["changed", "note", "1", "1"]]),
    ("the date", "2019-02-07", "2019-02-08", [["changed", "date", None, None]]),
    ("only white space", "five pounds was", "five  pounds\nwas", []),
    ("the style of words", "five pounds", "*five* pounds", []),
]


def run(folder, *arguments):
    return subprocess.run([BRIEF, "diff", *arguments], capture_output=True, text=True, check=False, cwd=folder)


def write(folder, name, text):
    with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
        file.write(text)


def seen(change):
    before, after = change["before"], change["after"]
    return [change["change"], (after or before)["kind"], before and before["number"], after and after["number"]]


def edits(tally, folder):
    for name, old, new, wanted in EDITS:
        tally.check(f"{name}: it is in the document", old in OLD)
        write(folder, "new.md", OLD.replace(old, new))
        result = run(folder, "--format=json", "old.md", "new.md")
        tally.equal(f"{name}: status", [1 if wanted else 0], [result.returncode])
        told = json.loads(result.stdout)
        tally.equal(name, wanted, [seen(change) for change in told["changes"]])
        back = run(folder, "--format=json", "new.md", "old.md")
        tally.equal(f"{name}: as many the other way round", [len(wanted)], [len(json.loads(back.stdout)["changes"])])
        for change in told["changes"]:
            if change["words"]:
                for side, other in (("before", "added"), ("after", "removed")):
                    words = " ".join(part["words"] for part in change["words"] if part["what"] != other)
                    tally.equal(f"{name}: the words {side}", change[side]["words"].split(), words.split())


def words(tally, folder):
    write(folder, "new.md", OLD.replace("five pounds", "ten pounds"))
    tally.equal("text: a word", "paragraph 1, page 1: changed\n    The sum of [-five-] {+ten+} pounds was paid in the first …\n1 changed\n",
                run(folder, "old.md", "new.md").stdout)
    write(folder, "new.md", OLD.replace("It is said", "Wholly new words, of which nobody knew.\n\nIt is said"))
    tally.equal("text: a paragraph more", "paragraph 2, page 1, after paragraph 1: added\n    Wholly new words, of which nobody knew.\n"
                "paragraphs 2 to 5 are now 3 to 6\n1 added\n", run(folder, "old.md", "new.md").stdout)
    moved = "Words that will be taken away by the clerk before the meeting.\n\n"
    write(folder, "new.md", OLD.replace(moved, "").replace("The end of it", moved + "The end of it"))
    tally.equal("text: moved", "paragraph 4, page 1 (was paragraph 3): moved\nparagraph 4 is now 3\n1 moved\n", run(folder, "old.md", "new.md").stdout)
    tally.equal("text: the same", "nothing changed in the words\n", run(folder, "old.md", "old.md").stdout)


def finished(tally, folder):
    """Files that carry their source are compared as that is."""
    write(folder, "new.md", OLD.replace("five pounds", "ten pounds"))
    for name, form in (("old.md", "--pdf"), ("new.md", "--epub")):
        subprocess.run([BRIEF, "make", name, form, "--embed-source", "-q"], check=True, cwd=folder)
    told = run(folder, "old.md", "new.md").stdout
    tally.equal("a PDF and an EPUB", told, run(folder, "old.pdf", "new.epub").stdout)
    tally.equal("a PDF and a source", told, run(folder, "old.pdf", "new.md").stdout)
    with open(os.path.join(folder, "old.md"), encoding="utf-8") as file:
        piped = subprocess.run([BRIEF, "diff", "-", "new.md"], stdin=file, capture_output=True, text=True, check=False, cwd=folder)
    tally.equal("standard input and a source", told, piped.stdout)
    subprocess.run([BRIEF, "make", "old.md", "--pdf", "-q"], check=True, cwd=folder)
    without = run(folder, "old.pdf", "new.md")
    tally.equal("a PDF without its source", [2, ""], [without.returncode, without.stdout])
    tally.check("a PDF without its source: what to do", "--embed-source" in without.stderr, without.stderr)


def mistakes(tally, folder):
    tally.equal("one file", [2], [run(folder, "old.md").returncode])
    tally.equal("three files", [2], [run(folder, "old.md", "old.md", "old.md").returncode])
    tally.equal("no such format", [2], [run(folder, "--format=xml", "old.md", "old.md").returncode])
    gone = run(folder, "old.md", "gone.md")
    tally.equal("no such file", [3, ""], [gone.returncode, gone.stdout])
    tally.check("no such file: it is named", "gone.md" in gone.stderr, gone.stderr)


def samples(tally, folder):
    report = os.path.join(PROJECT, "input", "committee-report.md")
    tally.equal("a report and itself", [0], [run(folder, report, report).returncode])
    other = run(folder, report, os.path.join(PROJECT, "input", "huawei-letter.md"))
    tally.equal("a report and an article", [1], [other.returncode])


def main():
    tally = Tally()
    with tempfile.TemporaryDirectory(prefix="brief-diff-") as folder:
        write(folder, "old.md", OLD)
        for part in (edits, words, finished, mistakes, samples):
            part(tally, folder)
    return tally.done()


raise SystemExit(main())
