#!/usr/bin/env python3
"""Counts the lines of src/ that tests and the corpora of fuzzing run, by room. No test itself: nothing fails.

    tests/coverage.py [STEP…]    steps of tests/run besides the unit tests and the corpora (golden cli building provenance claims)
    tests/coverage.py none       no step: unit tests and corpora alone

The lines that nothing runs are listed in build/coverage/uncovered.txt: FILE:FROM-TO, and what stands there.
"""
import collections
import glob
import os
import re
import subprocess
import sys

from tally import BUILD, PROJECT

COVERAGE = os.path.join(BUILD, "coverage")
PROFILES = os.path.join(COVERAGE, "profiles")
STEPS = ["golden", "cli", "building", "provenance", "claims"]
FILES_AT_ONCE = 500  # that a target is given as arguments


def tool(name):
    """clang's own, of the same version."""
    version = subprocess.run(["clang", "-dumpversion"], capture_output=True, text=True, check=True).stdout.split(".")[0]
    return f"{name}-{version}"


def run_everything(steps):
    """Every process of a program counts in the same mapped file (%c), and each program has a file of its own (%m)."""
    environment = {**os.environ, "BRIEF": os.path.join(COVERAGE, "brief"), "LLVM_PROFILE_FILE": os.path.join(PROFILES, "%m%c.profraw")}
    quiet = {"env": environment, "cwd": PROJECT, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "check": False}
    for program in sorted(glob.glob(os.path.join(COVERAGE, "tests", "unit_*"))):
        subprocess.run([program], **quiet)
    for program in sorted(glob.glob(os.path.join(COVERAGE, "fuzz_*"))):
        target = os.path.basename(program)[len("fuzz_"):]
        files = [path for folder in ("build/fuzz/corpus/", "build/fuzz/seeds/", "tests/fuzz/found/")
                 for path in sorted(glob.glob(os.path.join(PROJECT, folder + target, "*")))]
        print(f"{target}: {len(files)} inputs", flush=True)
        for at in range(0, len(files), FILES_AT_ONCE):
            subprocess.run([program, *files[at:at + FILES_AT_ONCE]], **quiet)
    if steps:
        subprocess.run([os.path.join(PROJECT, "tests", "run"), *steps], **quiet)


def lines_counted():
    """file → line → how often it was run"""
    profile = os.path.join(COVERAGE, "all.profdata")
    subprocess.run([tool("llvm-profdata"), "merge", "-sparse", "-o", profile, *glob.glob(os.path.join(PROFILES, "*.profraw"))], check=True)
    programs = [os.path.join(COVERAGE, "brief"), *sorted(glob.glob(os.path.join(COVERAGE, "fuzz_*")))]
    programs += [path for path in sorted(glob.glob(os.path.join(COVERAGE, "tests", "unit_*"))) if os.access(path, os.X_OK)]
    objects = [word for path in programs[1:] for word in ("-object", path)]
    text = subprocess.run([tool("llvm-cov"), "export", "-format=lcov", "-instr-profile", profile, programs[0], *objects, os.path.join(PROJECT, "src")],
                          capture_output=True, text=True, check=True).stdout
    counts, lines = collections.defaultdict(dict), {}
    for row in text.split("\n"):
        if row.startswith("SF:"):
            lines = counts[os.path.relpath(row[3:], PROJECT)]
        found = re.match(r"DA:(\d+),(\d+)", row)
        if found:
            lines[int(found[1])] = max(int(found[2]), lines.get(int(found[1]), 0))
    return counts


def ranges(numbers):
    """[1, 2, 3, 7] → (1, 3), (7, 7)"""
    begin = last = None
    for number in numbers:
        if begin is not None and number == last + 1:
            last = number
            continue
        if begin is not None:
            yield begin, last
        begin = last = number
    if begin is not None:
        yield begin, last


def report(counts):
    rooms = collections.defaultdict(lambda: [0, 0])
    with open(os.path.join(COVERAGE, "uncovered.txt"), "w", encoding="utf-8") as out:
        for path, lines in sorted(counts.items()):
            room = rooms[os.path.dirname(path)[len("src/"):] or "main"]
            room[0] += sum(1 for count in lines.values() if count)
            room[1] += len(lines)
            with open(os.path.join(PROJECT, path), encoding="utf-8") as file:
                text = file.read().split("\n")
            for begin, end in ranges(sorted(number for number, count in lines.items() if not count)):
                out.write(f"{path}:{begin}-{end}\n" + "".join(f"    {line}\n" for line in text[begin - 1:end]))
    rooms["all"] = [sum(room[0] for room in rooms.values()), sum(room[1] for room in rooms.values())]
    for name, (run, all_lines) in rooms.items():
        print(f"{name:<10}{run:>7} of {all_lines:>6} lines {100 * run / all_lines:6.1f} %")


def main():
    steps = [step for step in sys.argv[1:] if step != "none"] or ([] if sys.argv[1:] else STEPS)
    for command in (["cmake", "--preset", "coverage"], ["cmake", "--build", "--preset", "coverage", "--target", "all", "units"]):
        subprocess.run(command, cwd=PROJECT, check=True, stdout=subprocess.DEVNULL)
    os.makedirs(PROFILES, exist_ok=True)
    for path in glob.glob(os.path.join(PROFILES, "*")):
        os.remove(path)
    run_everything(steps)
    report(lines_counted())


if __name__ == "__main__":
    main()
