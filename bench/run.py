#!/usr/bin/env python3
"""Times brief beside htmldoc and lowdown with groff, on one article of about 1,100 words.

    bench/run.py [ROUNDS]    (default: 40)

The programs take turns, so that whatever else the machine does meets all of them alike; medians are given, and each time as a
multiple of brief's for PDF and EPUB together. Each run reads the file from disk and leaves its result there. What htmldoc reads is made
from the same Markdown by lowdown beforehand, outside the clock. Needs build/brief (./build.sh), htmldoc, lowdown and groff; installs
nothing. Ends with status 1 when brief's two files took longer than htmldoc's one.
"""
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
BRIEF = os.environ.get("BRIEF", os.path.join(os.path.dirname(HERE), "build", "brief"))


def timed(command, folder):
    """Wall-clock milliseconds, processor milliseconds, peak memory in KiB."""
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0,):
        sys.exit(f"bench: {' '.join(command)}: status {process.returncode}")
    return wall * 1000, (usage.ru_utime + usage.ru_stime) * 1000, usage.ru_maxrss


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    missing = [name for name in ("htmldoc", "lowdown", "groff") if not shutil.which(name)]
    if missing or not os.path.exists(BRIEF):
        sys.exit(f"bench: please install {' '.join(missing)} first" if missing else f"bench: there is no {BRIEF}; ./build.sh makes it")
    with tempfile.TemporaryDirectory(prefix="brief-bench-") as folder:
        shutil.copy(os.path.join(HERE, "article.md"), folder)
        subprocess.run(["lowdown", "-s", "-thtml", "-o", "article.html", "article.md"], cwd=folder, check=True)
        programs = {
            "brief, PDF and EPUB": [BRIEF, "make", "article.md", "--pdf", "--epub", "--out-dir", ".", "-q"],
            "brief, PDF": [BRIEF, "make", "article.md", "--pdf", "--out-dir", ".", "-q"],
            "brief, EPUB": [BRIEF, "make", "article.md", "--epub", "--out-dir", ".", "-q"],
            "htmldoc, PDF": ["htmldoc", "--quiet", "--webpage", "--charset", "utf-8", "-t", "pdf14", "-f", "htmldoc.pdf", "article.html"],
            "lowdown and groff, PDF": ["sh", "-c", "lowdown -s -tms article.md | groff -Kutf8 -ms -Tpdf >groff.pdf"],
        }
        times = {name: [] for name in programs}
        for turn in range(rounds + 1):
            for name, command in programs.items():
                measured = timed(command, folder)
                if turn > 0:  # the first round fills the caches
                    times[name].append(measured)
        with open(os.path.join(HERE, "article.md"), encoding="utf-8") as file:
            count = len(file.read().split())
        print(f"An article of {count:,} words, median of {rounds} rounds, ms (milliseconds of processor; peak memory)")
        base = statistics.median(wall for wall, _, _ in times["brief, PDF and EPUB"])
        medians = {}
        for name, measured in times.items():
            wall, processor, memory = (statistics.median(column) for column in zip(*measured))
            medians[name] = wall
            print(f"  {name:24}{wall:8.1f}  {wall / base:6.2f} ×   ({processor:.1f}; {memory / 1024:.0f} MiB)")
    return 0 if medians["brief, PDF and EPUB"] <= medians["htmldoc, PDF"] else 1


if __name__ == "__main__":
    raise SystemExit(main())
