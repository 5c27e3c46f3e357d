#!/usr/bin/env python3
"""What a document has, listed three times: from the PDF's structure, from the EPUB's XHTML, from the tree and the layout.

The lists must be equal, for every sample in every sheet and every golden case: who cites "Table 2, page 12" from one file finds it in
the other, and what the one calls a heading of a table the other does too.

    tests/inventory.py [WORD…]           only the documents whose names hold one of the words
    tests/inventory.py --list FILE.md    prints the lists of a document
"""
import os
import sys
from concurrent.futures import ThreadPoolExecutor

from corpus import Case, golden_cases, make_all, samples
from epub_reader import Epub
from inventory_epub import EpubInventory
from inventory_model import Inventory
from inventory_pdf import PdfInventory
from inventory_tree import TreeInventory
from pdf_reader import Pdf
from properties import notes_apart
from tally import Tally


def inventories(case):
    """The three, by name; the files must have been made."""
    dump, layout = (case.dump(stage)[1] for stage in ("resolved", "layout"))
    return {"tree": TreeInventory(dump, layout), "PDF": PdfInventory(Pdf(case.pdf), notes_apart(dump)), "EPUB": EpubInventory(Epub(case.epub))}


def check_case(tally, case):
    lists = {name: inventory.lists() for name, inventory in inventories(case).items()}
    for name in Inventory.LISTS:
        tally.equal(f"{case.name}: {name} of the tree and the PDF", lists["tree"][name], lists["PDF"][name], ("tree", "PDF"))
        tally.equal(f"{case.name}: {name} of the tree and the EPUB", lists["tree"][name], lists["EPUB"][name], ("tree", "EPUB"))
    return lists["tree"]


def main():
    tally = Tally()
    if sys.argv[1:2] == ["--list"]:
        case = Case(os.path.basename(sys.argv[2])[:-3], os.path.abspath(sys.argv[2]))
        case.make()
        for name, lines in check_case(tally, case).items():
            print(f"== {name}", *lines, sep="\n")
        return tally.done()
    cases = [case for case in golden_cases() + samples() if not sys.argv[1:] or any(word in case.name for word in sys.argv[1:])]
    good, faults = make_all(cases)
    for fault in faults:
        tally.check("make", False, fault)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda case: check_case(tally, case), good))
    return tally.done()


if __name__ == "__main__":
    raise SystemExit(main())
