#!/usr/bin/env python3
"""Derives HTML from the structure of every PDF, by a reader that shares nothing with the writer, and compares it with the EPUB's body: the
same elements, in the same order, with the same words, languages, numbers, descriptions.

What must hold for tags besides is in tag_facts.py. What may differ, and why, is one table: DIFFERENCES in markup_epub.py. Notes, which stand in place in one and at the end of a file in the other, are
compared by themselves, by their numbers.
"""
import sys
from concurrent.futures import ThreadPoolExecutor

from corpus import golden_cases, make_all, samples
from epub_reader import Epub
from markup import Html, lines
from markup_epub import DIFFERENCES, read
from markup_pdf import derive
from pdf_reader import Pdf
from tag_facts import DAMAGE, facts
from tally import Tally


def take_notes(body):
    """The notes, by number, and out of what they stand in."""
    notes, stack = [], [body]
    while stack:
        item = stack.pop()
        kids = [kid for kid in item.kids if isinstance(kid, Html)]
        notes.extend(kid for kid in kids if kid.tag == "note")
        item.kids = [kid for kid in item.kids if kid not in notes] if any(kid.tag == "note" for kid in kids) else item.kids
        stack.extend(kids)
    return sorted(notes, key=lambda note: int(note.given.get("number", 0)))


def check_case(tally, case, counts):
    pdf = Pdf(case.pdf)
    mine, faults = derive(pdf)
    theirs, needed = read(Epub(case.epub))
    for why, count in needed.items():
        counts[why] = counts.get(why, 0) + count
    wrong = [*facts(pdf)]
    tally.check(f"{case.name}: tags lead where they should, and hold what they may", not wrong, "\n".join(wrong[:20]))
    tally.check(f"{case.name}: every element says something, where it belongs", not faults, "\n".join(faults[:20]))
    my_notes, their_notes = take_notes(mine), take_notes(theirs)
    tally.equal(f"{case.name}: the HTML derived is the EPUB's body", lines(theirs), lines(mine), ("EPUB", "PDF"))
    tally.equal(f"{case.name}: its notes are the EPUB's", [line for note in their_notes for line in lines(note)],
                [line for note in my_notes for line in lines(note)], ("EPUB", "PDF"))


def check_damage(tally, path):
    """A check that cannot fail would be none."""
    for number, (damage, wanted) in enumerate(DAMAGE):
        pdf = Pdf(path)
        damage(pdf)
        found = [*facts(pdf)]
        tally.check(f"damage {number} is found", any(wanted in words for words in found), f"wanted “{wanted}”, found {found[:3]}")


def main():
    tally, counts = Tally(), {}
    cases = [case for case in golden_cases() + samples() if not sys.argv[1:] or any(word in case.name for word in sys.argv[1:])]
    good, faults = make_all(cases)
    for fault in faults:
        tally.check("make", False, fault)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda case: check_case(tally, case, counts), good))
    for case in good:
        if case.name == "constructs":
            check_damage(tally, case.pdf)
    if not sys.argv[1:]:
        idle = [why for why, _, _ in DIFFERENCES if why not in counts]
        tally.check("every difference that is allowed is needed", not idle, "\n".join(idle))
    return tally.done()


if __name__ == "__main__":
    raise SystemExit(main())
