#!/usr/bin/env python3
"""What becomes of a run in which one call to the system fails, is interrupted or does less than it was asked to.

    tests/faults/faults.py            a sample: some calls of each operation in each scene
    tests/faults/faults.py --all      every call, until the run gets by without the fault; prints the table
    tests/faults/faults.py --all --every 10    of what takes memory, every tenth
    UPDATE=1 tests/faults/faults.py --all      and writes it into docs/security.md
"""
import argparse
import concurrent.futures
import os
import re
import struct
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import scene as scenery  # noqa: E402
from tally import PROJECT, Tally  # noqa: E402

OPERATIONS = {  # as inject.c names them: what it is, and how it goes wrong
    "alloc": ("malloc, calloc, realloc", "ENOMEM"),
    "mmap": ("mmap", "ENOMEM"),
    "read": ("read, recv, recvmsg", "EIO EINTR short"),
    "write": ("write, send, sendmsg", "ENOSPC EIO EINTR short"),
    "open": ("open, openat, opendir", "EACCES EMFILE EINTR"),
    "fsync": ("fsync, sync_file_range", "EIO"),
    "rename": ("rename, renameat, linkat", "EACCES EXDEV"),
    "close": ("close", "EIO EINTR"),
    "mkdir": ("mkdir, mkdirat", "EACCES ENOSPC"),
    "stat": ("stat, fstat, access, realpath, getcwd", "EACCES EIO"),
    "mode": ("fchmod, futimens", "EIO"),
    "unlink": ("unlink, unlinkat", "EIO"),
    "process": ("fork, socketpair, pipe2, waitpid, poll", "EAGAIN EINTR"),
    "thread": ("pthread_create", "EAGAIN"),
    "library": ("dlopen", "ENOMEM"),
}
TAKEN_UP = {("read", "EINTR"), ("read", "short"), ("write", "EINTR"), ("write", "short"), ("close", "EINTR")}  # these must succeed
SAMPLED = 3  # calls of each kind in each scene
DOCUMENT = os.path.join(PROJECT, "docs", "security.md")
TABLE = re.compile(r"(<!-- faults -->\n).*?(<!-- end of faults -->)", re.S)


def injector(folder):
    path = os.path.join(folder, "inject.so")
    source = os.path.join(scenery.HERE, "inject.c")
    subprocess.run(["cc", "-std=gnu17", "-O1", "-Wall", "-Wextra", "-Werror", "-fPIC", "-shared", "-o", path, source, "-ldl"], check=True)
    return path


class Faults:
    def __init__(self, scene, library):
        self.scene, self.library = scene, library
        self.counter = os.path.join(os.path.dirname(library), re.sub(r"\W", "-", scene.name))

    def run(self, operation, how, at):
        """The run, how many calls there were, and whether the fault came."""
        with open(self.counter, "wb") as file:
            file.write(bytes(8))
        self.scene.clear()
        run = self.scene.run({"LD_PRELOAD": self.library, "FAULT_OP": operation, "FAULT_HOW": how, "FAULT_AT": str(at), "FAULT_FILE": self.counter})
        with open(self.counter, "rb") as file:
            calls, fired = struct.unpack("II", file.read())
        return run, calls, bool(fired)


def points(faults, operation, every):
    """The calls to be tried; `every`: of all, or 0."""
    if every:
        return range(1, 1 << 30, every if operation == "alloc" else 1)
    calls = faults.run(operation, "count", 0)[1]
    return sorted({1 + i * (calls - 1) // (SAMPLED - 1) for i in range(SAMPLED)}) if calls else []


def try_scene(name, library, every):
    """(operation, how, at, status, what is wrong or None, what was said) of each fault that came."""
    scene = scenery.scene(name, library)
    faults, results = Faults(scene, library), []
    for operation, (_, hows) in OPERATIONS.items():
        at_all = points(faults, operation, every)
        for how in hows.split():
            late = 0
            for at in at_all:
                run, _, fired = faults.run(operation, how, at)
                if fired:
                    wrong = scene.wrong(run, (operation, how) in TAKEN_UP)
                    results.append((operation, how, at, run.status, wrong, run.err))
                late = 0 if fired else late + 1
                if late == 3:  # with several processes there is not always the same number of calls
                    break
    scene.close()
    return name, results


def table(rows, every):
    lines = ["| calls | fault | tried | the right files | one sentence, and the old files or the new | wrong |", "|---|---|--:|--:|--:|--:|"]
    total = [0, 0, 0, 0]
    for (operation, how), (good, refused, wrong) in rows.items():
        some = f", every {every}th" if operation == "alloc" and every > 1 else ""
        lines.append(f"| {OPERATIONS[operation][0]}{some} | {how} | {good + refused + wrong:,} | {good:,} | {refused:,} | {wrong} |")
        total = [a + b for a, b in zip(total, (good + refused + wrong, good, refused, wrong))]
    return "\n".join([*lines, f"| all | | {total[0]:,} | {total[1]:,} | {total[2]:,} | {total[3]} |", ""])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("scenes", nargs="*")
    options = parser.parse_args()
    tally, every = Tally(), options.every if options.all else 0
    rows = {(operation, how): [0, 0, 0] for operation, (_, hows) in OPERATIONS.items() for how in hows.split()}
    if os.path.isdir("/dev/shm"):
        tempfile.tempdir = "/dev/shm"  # thousands of runs need not wait for a disk
    with tempfile.TemporaryDirectory(prefix="brief-inject-") as folder, concurrent.futures.ThreadPoolExecutor(2) as pool:
        library = injector(folder)
        chosen = options.scenes or scenery.SCENES
        for name, results in pool.map(lambda name: try_scene(name, library, every), chosen):
            for operation, how, at, status, wrong, err in results:
                rows[operation, how][2 if wrong else 1 if status else 0] += 1
                tally.check(f"{name}: {operation} {at} {how}", not wrong, f"{wrong}; status {status}\n{err}")
    if every:
        print(table(rows, every))
    if every and os.environ.get("UPDATE"):
        with open(DOCUMENT, encoding="utf-8") as file:
            text = file.read()
        with open(DOCUMENT, "w", encoding="utf-8") as file:
            file.write(TABLE.sub(lambda match: match[1] + table(rows, every) + match[2], text))
    return tally.done()


if __name__ == "__main__":
    raise SystemExit(main())
