"""How long a process takes, and how much memory it holds.

Programs take turns, in an order that moves on by one each round, so that whatever else the machine does meets all of them alike; those that take seconds do
so among themselves, since a processor that a virtual machine has left alone for so long, and memory that it has given back, are slow at first. Memory is asked in the
first round, by time(1): a child of this Python would count this Python's own pages as well. That round fills the caches, and is not timed.

What a program leaves to be written to the disk is written before the next one begins: brief asks for its files to be on the disk (fsync), and would
wait for those of the others too.
"""
import os
import statistics
import subprocess
import sys
import tempfile
import time

SLOW_MS = 1_000  # a program that takes longer takes turns with others that do
TIME_MS = 15_000  # a program runs as often as it can in so long, by what it took in the first round, but once at least


def failed(command, said):
    sys.exit(f"bench: {' '.join(command)}: {said.strip()[-2000:]}")


def first_run(command, folder):
    """Wall-clock milliseconds, and peak memory in KiB of the largest of its processes."""
    with tempfile.NamedTemporaryFile("r", encoding="utf-8") as told:
        start = time.perf_counter()
        result = subprocess.run(["time", "-o", told.name, "-f", "%M", *command], cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                                errors="replace", check=False)
        wall = (time.perf_counter() - start) * 1000
        if result.returncode:
            failed(command, result.stderr or f"status {result.returncode}")
        return wall, int(told.read().split()[-1])


def timed_run(command, folder):
    """Milliseconds: by the clock, and of the processor."""
    os.sync()
    start = time.perf_counter()
    with subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        failed(command, f"status {process.returncode}")
    return wall * 1000, (usage.ru_utime + usage.ru_stime) * 1000


def side_by_side(programs, name, folder, rounds, judge):
    """A row for each program: what it took. `judge(program)` looks at what the first round made, and its findings go into the row."""
    rows, left, slow = [], [], []
    for program in programs:
        wall, memory = first_run(program.words(name), folder)
        rows.append({"input": name, "program": program.name, "form": program.form, "memory": memory, **judge(program)})
        left.append(max(1, min(rounds, int(TIME_MS / wall))))
        slow.append(wall > SLOW_MS)
    times = [[] for _ in programs]
    for group in (False, True):
        together = [at for at in range(len(programs)) if slow[at] == group]
        for turn in range(rounds if together else 0):
            first = turn % len(together)
            for at in together[first:] + together[:first]:
                if turn < left[at]:
                    times[at].append(timed_run(programs[at].words(name), folder))
    for row, taken in zip(rows, times):
        walls = sorted(wall for wall, _ in taken)
        row.update(rounds=len(walls), wall=statistics.median(walls), least=walls[0], low=walls[len(walls) // 4], high=walls[-1 - len(walls) // 4],
                   processor=statistics.median(processor for _, processor in taken))
    return rows


# ---- Of several processes together

def family(process):
    """A process and what it began."""
    found = [process]
    for parent in found:
        try:
            for task in os.listdir(f"/proc/{parent}/task"):
                with open(f"/proc/{parent}/task/{task}/children", encoding="ascii") as file:
                    found += map(int, file.read().split())
        except OSError:
            pass  # it has ended
    return found


def proportional(process):
    """KiB: pages that several processes share are parted among them."""
    try:
        with open(f"/proc/{process}/smaps_rollup", encoding="ascii") as file:
            return next((int(line.split()[1]) for line in file if line.startswith("Pss:")), 0)
    except OSError:
        return 0


def memory_together(command, folder):
    """The most that all processes of a command held together, in KiB, looked at about a hundred times a second."""
    most = 0
    with subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        while process.poll() is None:
            most = max(most, sum(map(proportional, family(process.pid))))
            time.sleep(0.01)
    if process.returncode:
        failed(command, f"status {process.returncode}")
    return most
