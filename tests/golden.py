#!/usr/bin/env python3
"""Compares what each stage makes of tests/golden/*.md with the files beside them.

    tests/golden.py [WORD…]           only the cases whose names hold one of the words
    UPDATE=1 tests/golden.py [WORD…]  rewrites the files that exist; `git diff` is the review
    UPDATE=tree,xhtml tests/golden.py WORD   makes those files for the cases named

A case NAME.md has any of NAME.tree .resolved .style .layout .tags .xhtml (`brief dump --stage=…`), NAME.diag (what `brief make`
says; without it the case must make both files and say nothing) and NAME.claims (what its files may claim; without it, everything).
"""
import os
import re
import sys

from corpus import golden_cases
from tally import Tally

LENGTHS_APART = 0.1  # points
STAGES = ("tree", "resolved", "style", "layout", "tags", "xhtml")


def write(path, text):
    if text:
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write(text)
    elif os.path.exists(path):
        os.remove(path)


LENGTH = re.compile(r"(?<= )-?\d+\.\d\d(?= |$)", re.MULTILINE)


def settled(expected, dump):
    """The dump with every length that is within LENGTHS_APART of the expected one set to it: a face of another version may have advances
    that differ by a unit or two, while lines, pages and words must be the same."""
    wanted = LENGTH.findall(expected or "")
    if len(wanted) != len(LENGTH.findall(dump)):
        return dump
    lengths = iter(wanted)

    def settle(match):
        near = next(lengths)
        return near if abs(float(near) - float(match.group())) < LENGTHS_APART else match.group()

    return LENGTH.sub(settle, dump)


def main():
    update = os.environ.get("UPDATE", "")
    wanted = set() if update in ("", "1") else set(update.split(","))
    tally = Tally()
    cases = [case for case in golden_cases() if not sys.argv[1:] or any(word in case.name for word in sys.argv[1:])]
    for case in cases:
        status, _, diagnostics = case.make()
        if update:
            write(case.sibling("diag"), diagnostics)
        tally.equal(f"{case.name}.diag", case.expected("diag") or "", diagnostics)
        tally.check(f"{case.name}: exit status", status == (1 if case.expects_errors() else 0), f"{status}")
        made = sorted(os.listdir(case.out))
        tally.equal(f"{case.name}: files", [] if case.expects_errors() else sorted((case.stem + ".pdf", case.stem + ".epub")), made)
        for stage in STAGES:
            if case.expected(stage) is None and stage not in wanted:
                continue
            _, dump, _ = case.dump(stage)
            if update:
                write(case.sibling(stage), dump)
            expected = case.expected(stage)
            tally.equal(f"{case.name}.{stage}", expected or "", settled(expected, dump) if stage == "layout" else dump)
    stray = [name for name in os.listdir(os.path.dirname(cases[0].source) if cases else ".")
             if not name.endswith((".md", ".py")) and name.rpartition(".")[2] in STAGES + ("diag", "claims")
             and name.rpartition(".")[0] not in {case.stem for case in golden_cases()}]
    tally.check("no golden file without its case", not stray, " ".join(stray))
    return tally.done()


if __name__ == "__main__":
    raise SystemExit(main())
