#!/usr/bin/env python3
"""`brief make --timings`: each stage is told once, the stages make up the whole, and what is made does not depend on being watched.

    tests/cli/timings.py PATH_TO_BRIEF
"""
import json
import os
import re
import subprocess
import sys
import tempfile

import jsonschema

TESTS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
sys.path.insert(0, TESTS)
from tally import PROJECT, Tally  # noqa: E402

BRIEF = os.path.abspath(sys.argv[1])
TEXT = os.path.join(PROJECT, "bench", "text.py")
STAGES = ["start", "read", "resolve", "style", "images", "fonts", "layout", "claims", "record", "pdf", "epub", "write"]
AMOUNT = {"type": "object", "required": ["ms", "bytes"], "additionalProperties": False,
    "properties": {"ms": {"type": "number", "minimum": 0}, "bytes": {"type": "integer", "minimum": 0}}}
SCHEMA = {"type": "object", "required": ["file", "whole", "stages"], "additionalProperties": False,
    "properties": {"file": {"type": "string"}, "whole": AMOUNT,
        "stages": {"type": "object", "additionalProperties": False, "properties": {stage: AMOUNT for stage in STAGES}}}}


def make(folder, *arguments, status=0):
    # On one core nothing overlaps, so that a sum is a sum.
    result = subprocess.run([BRIEF, "make", *arguments], cwd=folder, capture_output=True, text=True, check=False,
                            preexec_fn=lambda: os.sched_setaffinity(0, [min(os.sched_getaffinity(0))]))
    if result.returncode != status:
        raise RuntimeError(f"{arguments}: {result.returncode} {result.stderr}")
    return result


def objects(tally, name, result):
    told = [json.loads(line) for line in result.stderr.splitlines()]
    for one in told:
        errors = [error.message for error in jsonschema.Draft202012Validator(SCHEMA).iter_errors(one)]
        tally.check(f"{name}: the schema", not errors, "\n".join(errors))
    return told


def check_json(tally, folder):
    [told] = objects(tally, "json", make(folder, "report.md", "-q", "--timings=json"))
    tally.equal("json: the file", "report.md", told["file"])
    tally.equal("json: every stage, in order", STAGES, list(told["stages"]))
    for unit in ("ms", "bytes"):
        total, whole = sum(stage[unit] for stage in told["stages"].values()), told["whole"][unit]
        tally.check(f"json: {unit} of the stages are most of the whole", 0.7 * whole <= total <= 1.01 * whole + 0.1, f"{total} of {whole}")
    for stage in ("read", "layout", "pdf", "epub"):
        tally.check(f"json: {stage} takes time", told["stages"][stage]["ms"] > 0)


def check_several(tally, folder):
    result = make(folder, "report.md", "wrong.md", "article.md", "--pdf", "-q", "--timings=json", status=1)
    lines = [line for line in result.stderr.splitlines() if line.startswith("{")]
    told = [json.loads(line) for line in lines]
    tally.equal("several: one object for each document", ["report.md", "wrong.md", "article.md"], [one["file"] for one in told])
    tally.check("several: no stage that was not reached", "layout" not in told[1]["stages"] and "epub" not in told[0]["stages"])
    beside = make(folder, "report.md", "wrong.md", "article.md", "--pdf", "-q", "--timings=json", "-j2", status=1)
    order = [json.loads(line)["file"] for line in beside.stderr.splitlines() if line.startswith("{")]
    tally.equal("several: in the order of the inputs, also from workers", ["report.md", "wrong.md", "article.md"], order)
    [variants] = objects(tally, "variants", make(folder, "article.md", "--pdf", "--large-print", "--print", "-q", "--timings=json"))
    tally.check("variants: all are in the one sum", variants["stages"]["layout"]["ms"] > 0)


def check_table(tally, folder):
    result = make(folder, "article.md", "--timings")
    lines = result.stderr.splitlines()
    tally.equal("table: its file", "article.md", lines[0])
    tally.equal("table: its rows", [*STAGES, "whole"], [line.split()[0] for line in lines[2:]])
    tally.check("table: its columns", all(re.fullmatch(r"  \w+ +\d+\.\d{3} +\d+", line) for line in lines[2:]), result.stderr)
    tally.equal("table: the names go to standard output", "article.pdf\narticle.epub\n", result.stdout)


def check_unwatched(tally, folder):
    def files():
        made = []
        for name in ("article.pdf", "article.epub"):
            with open(os.path.join(folder, name), "rb") as file:
                made.append(file.read())
        return made
    make(folder, "article.md", "-q", "--timings")
    watched = files()
    plain = make(folder, "article.md", "-q")
    tally.equal("unwatched: nothing is said", "", plain.stderr)
    tally.check("unwatched: the same files", watched == files())
    wrong = make(folder, "article.md", "--timings=xml", status=2)
    tally.check("unwatched: a format that there is not", "unknown format “xml” [usage]" in wrong.stderr, wrong.stderr)


def main():
    tally = Tally()
    with tempfile.TemporaryDirectory(prefix="brief-timings-") as folder:
        for name, words in (("article.md", "600"), ("report.md", "20000")):
            with open(os.path.join(folder, name), "wb") as file:
                subprocess.run([sys.executable, TEXT, words], stdout=file, check=True)
        with open(os.path.join(folder, "wrong.md"), "w", encoding="utf-8") as file:
            file.write("\n")
        check_json(tally, folder)
        check_several(tally, folder)
        check_table(tally, folder)
        check_unwatched(tally, folder)
    return tally.done()


if __name__ == "__main__":
    raise SystemExit(main())
