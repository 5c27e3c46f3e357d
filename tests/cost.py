#!/usr/bin/env python3
"""What fixed jobs cost in instructions, counted by valgrind: none may cost 3 % more than tests/cost.json says.

    tests/cost.py             UPDATE=1 tests/cost.py    records what they cost now

Instructions, unlike time, are the same on a busy machine: two runs differ by some thousandths of a percent. They are counted on one core, with an
empty environment, and those of the libraries with them. A job that has become cheaper by 3 % is told, so that the record can be renewed; so is a compiler
or a library of another version than those that were recorded, if a job fails.
"""
import json
import os
import platform
import re
import subprocess
import sys
import tempfile

from tally import BRIEF, PROJECT, Tally

RECORD = os.path.join(PROJECT, "tests", "cost.json")
TEXT = os.path.join(PROJECT, "bench", "text.py")
ALLOWED = 0.03
WORDS = {"article.md": 1_100, "report.md": 10_000}
JOBS = {
    "article, PDF and EPUB": ["--pdf", "--epub", "article.md"],
    "report, PDF": ["--pdf", "report.md"],
    "report, EPUB": ["--epub", "report.md"],
    "report, PDF with hyphens": ["--pdf", "--style=report", "report.md"],
}


def cost(folder, arguments):
    """Instructions, or what valgrind said instead."""
    command = ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null", BRIEF, "make", *arguments, "-q", "--out-dir", "out"]
    core = min(os.sched_getaffinity(0))
    result = subprocess.run(command, cwd=folder, env={"PATH": os.environ["PATH"]}, capture_output=True, text=True, errors="replace", check=False,
                            preexec_fn=lambda: os.sched_setaffinity(0, [core]))
    count = re.search(r"I\s+refs:\s+([\d,]+)", result.stderr)
    return int(count.group(1).replace(",", "")) if count and result.returncode == 0 else result.stderr or f"status {result.returncode}"


def output_of(*command):
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()


def circumstances():
    """What moves the counts without a change of ours: what the program was built with, and what it is run with."""
    libraries = {os.path.basename(os.path.realpath(path)) for path in re.findall(r"=> (/\S+)", output_of("ldd", BRIEF))}
    compiler = re.search(r"GCC: \(.*?\) \S+|clang version \S+", output_of("readelf", "-p", ".comment", BRIEF))
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        vectors = "AVX2" if re.search(r"\bavx2\b", file.read()) else "no AVX2"  # libraries choose their code by it
    return sorted([compiler.group(0) if compiler else "a compiler that is not known", " ".join(platform.libc_ver()), output_of("valgrind", "--version"), vectors,
                   *libraries])


def compare(tally, name, wanted, found, moved):
    change = found / wanted - 1
    tally.check(name, change <= ALLOWED, lambda: f"{found:,} instructions, {change:+.1%} of the {wanted:,} that are recorded" + moved())
    if change < -ALLOWED:
        print(f"{name}: {found:,} instructions, {change:+.1%}: UPDATE=1 tests/cost.py records it")


def moved_since(recorded):
    now = circumstances()
    lost, new = [word for word in recorded if word not in now], [word for word in now if word not in recorded]
    return f"\nrecorded with {', '.join(lost) or 'less'}; here {', '.join(new) or 'less'}" if lost or new else ""


def main():
    tally = Tally()
    with open(RECORD, encoding="utf-8") as file:
        record = json.load(file)
    counts = {}
    with tempfile.TemporaryDirectory(prefix="brief-cost-") as folder:
        for name, words in WORDS.items():
            with open(os.path.join(folder, name), "wb") as file:
                subprocess.run([sys.executable, TEXT, str(words)], stdout=file, check=True)
        for name, arguments in JOBS.items():
            found = cost(folder, arguments)
            if not tally.check(f"{name}: it is counted", isinstance(found, int), str(found)):
                continue
            counts[name] = found
            if not os.environ.get("UPDATE"):
                compare(tally, name, record["instructions"][name], found, lambda: moved_since(record["with"]))
    if os.environ.get("UPDATE") and len(counts) == len(JOBS):
        with open(RECORD, "w", encoding="utf-8") as file:
            json.dump({"instructions": counts, "with": circumstances()}, file, indent=2)
            file.write("\n")
    return tally.done()


if __name__ == "__main__":
    raise SystemExit(main())
