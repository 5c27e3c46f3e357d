"""Processes that stand for machines: a daemon with all that it begins, which can be taken away at once, as by a power cut."""
import ctypes
import os
import signal
import subprocess
import sys
import time

PR_SET_CHILD_SUBREAPER = 36
LIBC = ctypes.CDLL(None)


def orphans_keep():
    """Orphans below this process become its children and not init's, so that they stay in its tree."""
    LIBC.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def tree_below(root):
    """The processes below `root`, but for those that have ended."""
    below = {}
    for name in os.listdir("/proc"):
        if not name.isdigit():
            continue
        try:
            with open(f"/proc/{name}/stat", encoding="utf-8", errors="replace") as file:
                state, parent = file.read().rpartition(")")[2].split()[:2]
        except OSError:
            continue
        if state != "Z":
            below.setdefault(int(parent), []).append(int(name))
    found = list(below.get(root, []))
    for process in found:
        found += below.get(process, [])
    return found


def signal_send(process, number):
    try:
        os.kill(process, number)
    except ProcessLookupError:
        pass


def tree_kill(root):
    """Kills what is below `root`, until nothing is left."""
    while found := tree_below(root):
        for process in found:
            signal_send(process, signal.SIGKILL)
        time.sleep(0.01)


def orphans_reap():
    """Lets go of orphans that have ended."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass


def wait_for(what, seconds=60):
    """Waits until what() is true; whether it came to be so in time."""
    end = time.monotonic() + seconds
    while not (good := what()) and time.monotonic() < end:
        time.sleep(0.05)
    return bool(good)


class Machine:
    def __init__(self, command, log, environment=None):
        with open(log, "ab") as file:
            self.daemon = subprocess.Popen([sys.executable, __file__, *command], stdin=subprocess.DEVNULL, stdout=file, stderr=file,
                                           env={**os.environ, **(environment or {})})

    def kill(self):
        if self.daemon.poll() is None:
            self.daemon.send_signal(signal.SIGSTOP)  # it begins nothing more meanwhile
            tree_kill(self.daemon.pid)
            self.daemon.kill()
        self.daemon.wait()


if __name__ == "__main__":  # the daemon itself, with its orphans in its tree
    orphans_keep()
    os.execv(sys.argv[1], sys.argv[1:])
