#!/usr/bin/env python3
"""Runs that are killed at random moments: nothing is lost, and nothing is left.

    tests/faults/kills.py [--times 100] [--seed 1]
    UPDATE=1 tests/faults/kills.py --times 1000      writes the figures into docs/security.md

Alone and in batches, by SIGKILL, SIGTERM, SIGINT and SIGPIPE; the process, all of its group, or a worker. Afterwards each output is the old file or
the new one, whole, no other file is there and no process. A file that replaces another has a hidden name for the moment before it is renamed: what
SIGKILL leaves just then must be gone after the next run, and is counted. Where files cannot be without a name, workers remove those of the process that
began them, even when that is killed.
"""
import argparse
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import faults  # noqa: E402
import scene as scenery  # noqa: E402
from tally import PROJECT, Tally  # noqa: E402

DOCUMENT = os.path.join(PROJECT, "docs", "security.md")
FIGURES = re.compile(r"(<!-- kills -->\n).*?(<!-- end of kills -->)", re.S)
KILLS = [(scene, number, whom) for scene in ("over", "new", "batch", "one by one") for number in (signal.SIGKILL, signal.SIGTERM, signal.SIGINT)
         for whom in ("process", "group")]
KILLS += [("batch", signal.SIGKILL, "worker"), ("batch", signal.SIGPIPE, "reader"), ("pipe", signal.SIGPIPE, "reader")]
KILLS += [("batch named", number, "process") for number in (signal.SIGKILL, signal.SIGTERM, signal.SIGINT)]
KILLS += [("named", number, "process") for number in (signal.SIGTERM, signal.SIGINT)]
HIDDEN = re.compile(r"\.(.*)\.brief-\d+\.tmp was left behind$")


def workers(process):
    try:
        with open(f"/proc/{process.pid}/task/{process.pid}/children", encoding="ascii") as file:
            return [int(word) for word in file.read().split()]
    except OSError:
        return []


def kill(process, number, whom):
    if whom == "reader":
        process.stdout.close()
        process.stdout = None
    elif whom == "group":
        os.killpg(process.pid, number)
    elif whom == "worker":
        for worker in workers(process)[:1]:
            os.kill(worker, number)
    else:
        process.send_signal(number)


class Killer:
    def __init__(self, seed, library):
        self.library = library
        self.random, self.scenes, self.longest = random.Random(seed), {}, {}
        self.passed_by = self.hidden = 0

    def scene(self, name):
        if name not in self.scenes:
            self.scenes[name] = scenery.scene(name, self.library)
            self.scenes[name].clear()
            begin = time.monotonic()
            self.scenes[name].run()
            self.longest[name] = time.monotonic() - begin
        return self.scenes[name]

    def wrong(self, name, number, whom):
        """What is wrong after a kill at a random moment; None: nothing."""
        scene = self.scene(name)
        scene.clear()
        process = scene.start()
        if scene.stdin:
            process.stdin.write(scene.stdin)
        process.stdin.close()
        process.stdin = None
        time.sleep(self.random.uniform(0, self.longest[name]))
        try:
            kill(process, number, whom)
        except ProcessLookupError:
            pass
        try:
            _, err = process.communicate(timeout=scenery.SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            return "it hangs"
        run = scenery.Run(process.returncode, b"", err.decode(errors="replace"), process.pid)
        self.passed_by += run.status == 0
        return self.judged(scene, run, number, whom)

    def judged(self, scene, run, number, whom):
        if not run.gone():
            return "a process is left"
        if run.status not in (0, -number) and whom not in ("worker", "reader"):
            return f"status {run.status}"
        wrong = scene.wrong_files()
        if wrong and number == signal.SIGKILL and HIDDEN.match(wrong):
            self.hidden += 1
            scene.run()
            wrong = scene.wrong_files()
        if wrong:
            return f"{wrong}\n{run.err}"
        return None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--times", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    tally = Tally()
    with tempfile.TemporaryDirectory(prefix="brief-inject-") as folder:
        killer = Killer(options.seed, faults.injector(folder))
        for i in range(options.times):
            name, number, whom = KILLS[i % len(KILLS)]
            wrong = killer.wrong(name, number, whom)
            tally.check(f"kill {i}: {name}, {number.name} to the {whom}", not wrong, wrong or "")
        for scene in killer.scenes.values():
            scene.close()
    figures = (f"{options.times:,} kills, of which {options.times - killer.passed_by:,} ended a run or a part of it: {tally.failed} wrong. "
               f"{killer.hidden} left a hidden file, which the next run removed.\n")
    print(figures, end="")
    if os.environ.get("UPDATE"):
        with open(DOCUMENT, encoding="utf-8") as file:
            text = file.read()
        with open(DOCUMENT, "w", encoding="utf-8") as file:
            file.write(FIGURES.sub(lambda match: match[1] + figures + match[2], text))
    return tally.done()


if __name__ == "__main__":
    raise SystemExit(main())
