#!/usr/bin/env python3
"""The whole corpus once more through the program built with AddressSanitizer and UndefinedBehaviorSanitizer.

Every stage of every document. The files must be those of the release build, to the byte: another compiler setting, another
allocator and other addresses make no difference.
"""
import filecmp
import os
import subprocess
from concurrent.futures import ThreadPoolExecutor

from corpus import golden_cases, make_all, samples, script_cases
from tally import BUILD, PROJECT, Tally, unified

ASAN = os.path.join(BUILD, "asan", "brief")
STAGES = ("tree", "resolved", "style", "layout", "tags", "xhtml")


def main():
    tally = Tally()
    for command in (["cmake", "--preset", "asan"], ["cmake", "--build", "--preset", "asan", "--target", "brief"]):
        done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True)
        if not tally.check(" ".join(command), done.returncode == 0, (done.stdout + done.stderr)[-6000:]):
            return tally.done()
    cases = golden_cases() + script_cases() + samples()
    make_all(cases)

    def check_case(case):
        out = os.path.join(BUILD, "tests", "asan", case.name)
        status, _, diagnostics = case.make(brief=ASAN, out=out)
        same = sorted(os.listdir(out)) == sorted(os.listdir(case.out)) and all(
            filecmp.cmp(os.path.join(out, name), os.path.join(case.out, name), shallow=False) for name in os.listdir(out))
        tally.check(f"{case.name}: make", status == case.status and diagnostics == case.diagnostics and same,
                    f"status {status}, the release build's {case.status}; files {'as' if same else 'unlike'} the release build's\n{diagnostics[-4000:]}")
        for stage in STAGES:
            wanted, found = case.dump(stage), case.dump(stage, brief=ASAN)
            tally.check(f"{case.name}: {stage}", wanted == found,
                        lambda: f"status {found[0]}, the release build's {wanted[0]}\n{unified(wanted[1], found[1])}\n{found[2][-4000:]}")

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(check_case, cases))
    return tally.done()


if __name__ == "__main__":
    raise SystemExit(main())
