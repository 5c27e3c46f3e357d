#!/usr/bin/env python3
"""Builds the debug and the sanitizer presets with warnings as errors, and runs every unit test in both."""
import glob
import os
import re
import subprocess

from tally import BUILD, PROJECT, Tally


def main():
    tally = Tally()
    for preset in ("debug", "asan"):
        for command in (["cmake", "--preset", preset], ["cmake", "--build", "--preset", preset, "--target", "brief", "units"]):
            done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True)
            if not tally.check(" ".join(command), done.returncode == 0, (done.stdout + done.stderr)[-6000:]):
                return tally.done()
        sources = sorted(glob.glob(os.path.join(PROJECT, "tests", "unit", "*.c")))
        for source in sources:
            name = "unit_" + os.path.basename(source)[:-2]
            done = subprocess.run([os.path.join(BUILD, preset, "tests", name)], cwd=PROJECT, capture_output=True, text=True, timeout=300,
                                  env={**os.environ, "CMOCKA_MESSAGE_OUTPUT": "TAP"})
            output = done.stdout + done.stderr
            plan = sum(int(count) for count in re.findall(r"^1\.\.(\d+)$", output, re.M))
            results = re.findall(r"^(ok|not ok) \d+ - (\S+)(.*)$", output, re.M)
            for result, test, rest in results:
                tally.check(f"{preset} {name}: {test}", result == "ok" and "SKIP" not in rest, output[-3000:])
            tally.check(f"{preset} {name}", done.returncode == 0 and plan == len(results) > 0, f"status {done.returncode}\n{output[-6000:]}")
    return tally.done()


if __name__ == "__main__":
    raise SystemExit(main())
