"""A thousand different articles at once: brief's time for the PDF and the EPUB of all, pandoc's for the EPUB of some, and brief's memory.

The files must be those that come of one document at a time, byte for byte.
"""
import filecmp
import os
import shutil
import statistics
import subprocess

import peers
import text
from measure import failed, memory_together, timed_run

WORDS = 1_100
JOBS = 2
ROUNDS = 5
PANDOC_RUNS = 50


def articles(folder, count):
    os.makedirs(folder, exist_ok=True)
    names = [f"article-{seed:04}.md" for seed in range(1, count + 1)]
    for seed, name in enumerate(names, 1):
        path = os.path.join(folder, name)
        if not os.path.exists(path):
            with open(path, "w", encoding="utf-8") as file:
                file.write(text.Text(seed).write(WORDS))
    return names


def differing(folder, names):
    """Makes each document by itself; how many files differ from those that were made together, or are missing."""
    for name in names:
        made = subprocess.run([peers.BRIEF, "make", name, "--out-dir", "alone", "-q"], cwd=folder, capture_output=True, text=True, check=False)
        if made.returncode:
            failed(["brief", "make", name], made.stderr)
    wanted = [name.replace(".md", ending) for name in names for ending in (".pdf", ".epub")]
    _, different, missing = filecmp.cmpfiles(os.path.join(folder, "alone"), os.path.join(folder, "together-0"), wanted, shallow=False)
    return len(different) + len(missing)


def many(folder, count, quick):
    names = articles(folder, count)
    for left in ("alone", *(f"together-{turn}" for turn in range(ROUNDS + 1))):
        shutil.rmtree(os.path.join(folder, left), ignore_errors=True)

    def together(turn):  # each into a folder of its own: removing files keeps the disk busy for a while
        return [peers.BRIEF, "make", *names, f"-j{JOBS}", "--out-dir", f"together-{turn}", "-q"]

    memory = memory_together(together(ROUNDS), folder)  # the first time: caches are filled
    walls, pandoc = [], []
    for turn in range(ROUNDS):
        walls.append(timed_run(together(turn), folder)[0])
        share = [] if quick else names[len(pandoc):len(pandoc) + -(-PANDOC_RUNS // ROUNDS)]
        pandoc += [timed_run([peers.pandoc_path(), "-o", "pandoc.epub", name], folder)[0] for name in share[:PANDOC_RUNS - len(pandoc)]]
    found = {"count": count, "jobs": JOBS, "wall": statistics.median(walls), "memory": memory, "differing": differing(folder, names)}
    if pandoc:
        found.update(pandoc=statistics.mean(pandoc), pandoc_runs=len(pandoc), factor=statistics.mean(pandoc) * count / found["wall"])
    return found
