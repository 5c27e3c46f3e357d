#!/usr/bin/env python3
"""The fuzz targets: all are built, everything that was ever found is tried again, and each runs for a fixed number of inputs."""
import glob
import os
import re
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from tally import BUILD, PROJECT, Tally  # noqa: E402

FUZZ = os.path.join(PROJECT, "tests", "fuzz")
# inputs besides the seeds: what takes some seconds
RUNS = {"markdown": 300, "sheet": 1000, "project": 5000, "png": 3000, "jpeg": 3000, "font": 1000, "pdf": 100, "epub": 500, "diff": 200}


def main():
    tally = Tally()
    for command in (["cmake", "--preset", "fuzz"], ["cmake", "--build", "--preset", "fuzz"], [os.path.join(FUZZ, "seeds.py")]):
        done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
        if not tally.check(" ".join(command), done.returncode == 0, (done.stdout + done.stderr)[-6000:]):
            return tally.done()
    folders = {os.path.basename(path) for path in glob.glob(os.path.join(FUZZ, "found", "*"))}
    tally.check("what was found is of targets that are there", folders <= set(RUNS), f"{sorted(folders - set(RUNS))}")
    for target, runs in RUNS.items():
        program = os.path.join(BUILD, "fuzz", "fuzz_" + target)
        for found in sorted(glob.glob(os.path.join(FUZZ, "found", target, "*"))):
            done = subprocess.run([program, "-timeout=20", found], capture_output=True, text=True, errors="replace", check=False)
            tally.check(f"{target}: {os.path.basename(found)}", done.returncode == 0, done.stderr[-4000:])
        done = subprocess.run([os.path.join(FUZZ, "fuzz.sh"), target, "0", f"-runs={runs}", "-seed=1"], capture_output=True, text=True,
                              errors="replace", check=False)
        count = re.search(r"number_of_executed_units: (\d+)", done.stderr)
        tally.check(f"{target}: {runs} inputs", done.returncode == 0 and count and int(count.group(1)) >= runs, done.stderr[-6000:])
    return tally.done()


if __name__ == "__main__":
    raise SystemExit(main())
