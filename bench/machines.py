#!/usr/bin/env python3
"""Reckons what ten million articles cost: how many cores for how long, how much money, and what holds more cores up.

    bench/machines.py [--write]    --write puts the tables into docs/machines.md

Makes some hundred articles of 1,100 words (bench/text.py) into PDF and EPUB on all cores, and takes from that the processor time and the sizes;
everything else is arithmetic on them and on the assumptions below. Processor time, not the clock's, so that a machine with other work gives the same.
"""
import os
import re
import resource
import subprocess
import sys
import tempfile

PROJECT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, os.path.join(PROJECT, "bench"))
from text import Text  # noqa: E402

BRIEF = os.path.abspath(os.environ.get("BRIEF", os.path.join(PROJECT, "build", "brief")))
NOTES = os.path.join(PROJECT, "docs", "machines.md")
DOCUMENTS, WORDS = 400, 1_100
WANTED = 10_000_000
CORE_HOUR = 0.04  # dollars: a core of a rented machine, on demand
GIGABYTE_MONTH = 0.023  # dollars: object storage
CALLS, SYNCS = 25, 3  # to the file system, for a document's two files: counted with strace -f -c; of those, fsync
CORES = (2, 16, 64, 256)
# What may hold cores up, and how much of it there is in a second.
LIMITS = (
    ("network of 1 Gb/s, for what is made", 125e6, "bytes"),
    ("network of 10 Gb/s", 1.25e9, "bytes"),
    ("a shared file system that answers 5,000 calls a second", 5_000, "calls"),
    ("the same, 100,000 (many servers)", 100_000, "calls"),
    ("a solid-state disk that syncs 5,000 times a second", 5_000, "syncs"),
    ("a turning disk that syncs 100 times a second", 100, "syncs"),
)


def size(folder):
    return sum(os.path.getsize(os.path.join(path, name)) for path, _, names in os.walk(folder) for name in names)


def measure():
    with tempfile.TemporaryDirectory(prefix="brief-machines-") as top:
        text = Text(1)
        os.mkdir(os.path.join(top, "in"))
        for i in range(DOCUMENTS):
            text.count = 0
            with open(os.path.join(top, "in", f"{i}.md"), "w", encoding="utf-8") as file:
                file.write(text.write(WORDS))
        with open(os.path.join(top, "list"), "w", encoding="utf-8") as file:
            file.writelines(f"in/{i}.md\n" for i in range(DOCUMENTS))
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([BRIEF, "make", "-q", "-j", "--files-from", "list", "--out-dir", "out"], cwd=top, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        out = os.path.join(top, "out")
        pdf = sum(os.path.getsize(os.path.join(out, name)) for name in os.listdir(out) if name.endswith(".pdf"))
        return {
            "seconds": (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) / DOCUMENTS,
            "source": size(os.path.join(top, "in")) / DOCUMENTS,
            "pdf": pdf / DOCUMENTS,
            "epub": (size(out) - pdf) / DOCUMENTS,
        }


def processor():
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        name = re.search(r"^model name\s*:\s*(.*)$", file.read(), re.M)
    return f"{name.group(1) if name else 'a machine'}, {len(os.sched_getaffinity(0))} cores"


def duration(seconds):
    for unit, length in (("days", 86_400), ("hours", 3_600), ("minutes", 60)):
        if seconds >= 1.5 * length:
            return f"{seconds / length:.1f} {unit}"
    return f"{seconds:.0f} seconds"


def table(head, rows):
    return "\n".join("| " + " | ".join(row) + " |" for row in (head, ("---",) + ("--:",) * (len(head) - 1), *rows))


def tables(one):
    made = one["pdf"] + one["epub"]
    core_hours = WANTED * one["seconds"] / 3600
    gigabytes = WANTED * made / 1e9
    measured = table(("an article of 1,100 words", "one", "ten million"), (
        ("processor", f"{one['seconds'] * 1000:.1f} ms", f"{core_hours:.0f} core-hours"),
        ("source", f"{one['source'] / 1000:.1f} kB", f"{WANTED * one['source'] / 1e9:.0f} GB"),
        ("PDF and EPUB", f"{one['pdf'] / 1000:.1f} + {one['epub'] / 1000:.1f} kB", f"{gigabytes:.0f} GB in {2 * WANTED:,} files"),
        (f"computing, at ${CORE_HOUR:.2f} a core-hour", "", f"${core_hours * CORE_HOUR:.2f}"),
        (f"storage, at ${GIGABYTE_MONTH:.3f} a gigabyte and month", "", f"${gigabytes * GIGABYTE_MONTH:.2f} a month"),
    ))
    hours = table(("cores", "ten million", "documents a second"),
                  [(str(cores), duration(WANTED * one["seconds"] / cores), f"{cores / one['seconds']:,.0f}") for cores in CORES])
    needs = {"bytes": made, "calls": CALLS, "syncs": SYNCS}
    limits = table(("what holds them up", "documents a second", "ten million", "cores that keep it busy"),
                   [(name, f"{rate / needs[unit]:,.0f}", duration(WANTED * needs[unit] / rate), f"{rate / needs[unit] * one['seconds']:,.1f}")
                    for name, rate, unit in LIMITS])
    return f"Measured on: {processor()}; {DOCUMENTS} articles, `brief make -j`.\n\n{measured}\n\n{hours}\n\n{limits}\n"


def main():
    text = tables(measure())
    if sys.argv[1:] != ["--write"]:
        print(text, end="")
        return
    with open(NOTES, encoding="utf-8") as file:
        notes = file.read()
    head, rest = notes.split("<!-- bench/machines.py -->\n")
    with open(NOTES, "w", encoding="utf-8") as file:
        file.write(f"{head}<!-- bench/machines.py -->\n{text}<!-- end -->{rest.split('<!-- end -->')[1]}")


if __name__ == "__main__":
    main()
