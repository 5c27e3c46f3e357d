#!/usr/bin/env python3
"""Many documents: `brief make -j`, its limits, lists of names, folders, and what is told meanwhile.

    tests/cli/batch.py PATH_TO_BRIEF [WORD…]     only the cases whose name has one of the words

Every case has a folder of its own and its own copy of the program, so that a process that outlives it is found by its file. Faults are made
with BRIEF_TEST_FAULT (src/cmd/fault.c).
"""
import glob
import json
import os
import pty
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

from tally import Tally

NOBODY = 65534
CODE = re.compile(r"^(\S+?)(?::\d+)*: (?:error|warning|note): .* \[([a-z-]+)\]$", re.M)
DOCUMENT = "---\ntitle: Article {0}\nlang: en-GB\n---\n\nWords of article {0}, and some more of them.\n"


class Scene:
    """A folder with documents, and the program in reach of everybody."""

    def __init__(self, brief):
        self.top = tempfile.mkdtemp(prefix="brief-batch-")
        os.chmod(self.top, 0o755)
        self.brief = os.path.join(self.top, "brief")
        shutil.copy2(brief, self.brief)
        self.folder = os.path.join(self.top, "work")
        os.mkdir(self.folder)

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, text=None):
        os.makedirs(os.path.dirname(self.path(name)), exist_ok=True)
        with open(self.path(name), "wb") as file:
            file.write((DOCUMENT.format(name.strip("-").replace("\n", " ")) if text is None else text).encode())

    def documents(self, count):
        names = [f"{i:03}.md" for i in range(count)]
        for name in names:
            self.write(name)
        return names

    def start(self, arguments, fault=None, drop=False, **more):
        environment = {"PATH": os.environ["PATH"], "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", ""), **more.pop("environment", {})}
        if fault:
            environment["BRIEF_TEST_FAULT"] = fault
        if drop and os.geteuid() == 0:
            more.update(user=NOBODY, group=NOBODY, extra_groups=[])
        return subprocess.Popen([self.brief, "make", *arguments], cwd=self.folder, env=environment, **{
            "stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **more})

    def run(self, arguments, stdin=b"", **more):
        process = self.start(arguments, **more)
        try:
            out, err = process.communicate(stdin, timeout=120)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
        return process.returncode, out.decode(), err.decode()

    def files(self, *endings):
        found = {}
        for top, _, names in os.walk(self.folder):
            for name in names:
                path = os.path.join(top, name)
                if name.endswith(endings) and os.path.isfile(path):
                    with open(path, "rb") as file:
                        found[os.path.relpath(path, self.folder)] = file.read()
        return found

    def clean(self):
        for name in self.files(".pdf", ".epub"):
            os.remove(self.path(name))

    def temporaries(self):
        return glob.glob(os.path.join(glob.escape(self.folder), "**", ".*.tmp"), recursive=True)

    def unplaced(self):
        """Files that have no name of their own yet: hidden ones, and those that a process has open and that have none at all."""
        found = self.temporaries()
        for process in self.processes():
            for link in glob.glob(f"/proc/{process}/fd/*"):
                try:
                    path = os.readlink(link)
                except OSError:
                    continue
                if path.startswith(self.folder + "/") and path.endswith("(deleted)"):
                    found.append(path)
        return found

    def idle(self):
        """Whether all its processes wait, for as long as it takes to believe it."""
        for _ in range(10):
            for path in [path for process in self.processes() for path in glob.glob(f"/proc/{process}/task/*/stat")]:
                try:
                    with open(path, encoding="ascii", errors="replace") as file:
                        if file.read().rpartition(")")[2].split()[0] not in "ST":
                            return False
                except OSError:
                    pass
            time.sleep(0.02)
        return True

    def processes(self):
        """Those that run this copy of the program."""
        found = []
        for link in glob.glob("/proc/[0-9]*/exe"):
            try:
                if os.readlink(link).startswith(self.brief):
                    found.append(int(link.split("/")[2]))
            except OSError:
                pass
        return found

    def gone(self, seconds=10):
        """Whether all its processes end by themselves."""
        return wait_until(lambda: not self.processes(), seconds)

    def close(self):
        for process in self.processes():
            os.kill(process, signal.SIGKILL)
        shutil.rmtree(self.top)


def wait_until(what, seconds=20):
    until = time.monotonic() + seconds
    while not what():
        if time.monotonic() > until:
            return False
        time.sleep(0.01)
    return True


def order_and_bytes(tally, scene):
    names = scene.documents(12)
    scene.write("003.md", "---\ntitle: A title\nlang: en\n---\n\n![A map](nothing-of-that-name.jpeg)\n")
    scene.write("005.md", "---\ntitle: A title\nlang: en\n---\n\n![](nothing-of-that-name.jpeg)\n\n# One\n\n### Three\n\nWords.\n")
    scene.write("006.md", DOCUMENT.format("long") + "\nMore words than the others have, again and again.\n" * 3000)
    names.insert(4, "gone.md")
    alone = scene.run(names)
    files = scene.files(".pdf", ".epub")
    tally.check("three documents are wrong", alone[0] == 1 and len(files) == 20, alone[2])
    tally.equal("the sum", "brief: note: 10 documents were made, 3 failed: 003.md, gone.md, 005.md [documents-failed]",
                alone[2].splitlines()[-1])
    for jobs in ("-j1", "-j2", "-j5", "-j", "--jobs=64"):
        scene.clean()
        tally.equal(f"told with {jobs}", alone, scene.run([jobs, *names]))
        tally.check(f"made with {jobs}", scene.files(".pdf", ".epub") == files)
    quiet = scene.run(["-j2", "-q", *names])
    tally.check("quiet says neither names nor sum", quiet[0] == 1 and quiet[1] == "" and "documents-failed" not in quiet[2])
    verbose = scene.run(["-v", *names[:3]])
    tally.equal("told with -v", verbose, scene.run(["-j2", "-v", *names[:3]]))
    tally.check("nothing is left behind", not scene.temporaries())


def standard_output_full(tally, scene):
    names = scene.documents(4)
    for jobs in ([], ["-j2"]):
        with open("/dev/full", "wb") as full:
            process = scene.start([*jobs, *names], stdout=full)
            err = process.communicate()[1].decode()
        tally.check(f"standard output is full {jobs}", process.returncode == 3 and err.count("[file-write]") == 1, err)


def faults(tally, scene):
    names = scene.documents(40)
    os.chmod(scene.path("021.md"), 0)
    os.symlink("/dev/full", scene.path("027.pdf"))
    os.mkfifo(scene.path("033.pdf"))  # whoever writes to it waits, and the EPUB is there under its temporary name
    for path in [scene.folder, scene.path("033.pdf"), *map(scene.path, names)]:
        os.chown(path, NOBODY, NOBODY) if os.geteuid() == 0 else None
    fault = "crash:002.md,bug:005.md,hang:009.md,memory:014.md"
    status, out, err = scene.run(["-j4", "--time-limit=3", "--memory-limit=128M", *names], fault=fault, drop=True)
    failed = {"002": "worker-crash", "005": "worker-crash", "009": "time-limit", "014": "memory-limit", "021": "file-read",
              "027": "file-write", "033": "time-limit"}
    good = [name[:3] for name in names if name[:3] not in failed]
    tally.equal("status", 1, status)
    said = [(name[:3], code) for name, code in CODE.findall(err) if not name.startswith("brief")]
    tally.equal("who failed, in the order of the inputs", list(failed.items()), said)
    tally.equal("the sum", f"33 documents were made, 7 failed: {', '.join(name + '.md' for name in failed)}",
                re.search(r"note: (.*) \[documents-failed\]", err)[1])
    tally.equal("names of the others", [f"{name}.{ending}" for name in good for ending in ("pdf", "epub")], out.split())
    batch = scene.files(".pdf", ".epub")
    tally.equal("files of the others and of nobody else", sorted(out.split()), sorted(batch))
    scene.clean()
    scene.run([name + ".md" for name in good], drop=True)
    tally.check("they are what they are alone", batch == scene.files(".pdf", ".epub"))
    tally.check("no partial file", not scene.temporaries(), str(scene.temporaries()))
    tally.check("no process", scene.gone(0.5), str(scene.processes()))
    status, _, err = scene.run(["-j2", *names[:4]], preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000)))
    tally.check("a full disk for all", status == 1 and err.count("[file-write]") == 4 and not scene.temporaries(), err)


def one_document(tally, scene):
    scene.write("a.md")
    for kind, status, code in (("crash", 70, "worker-crash"), ("hang", 1, "time-limit"), ("memory", 1, "memory-limit")):
        found = scene.run(["--time-limit=1", "--memory-limit=100M", "a.md"], fault=f"{kind}:a.md")
        tally.check(f"one document: {kind}", found[0] == status and [c for _, c in CODE.findall(found[2])] == [code], str(found))
    tally.check("without limits and -j, nothing is forked", scene.run(["a.md"], fault="crash:a.md")[0] == -signal.SIGABRT)
    tally.check("nor with -j for one document", scene.run(["-j2", "a.md"], fault="crash:a.md")[0] == -signal.SIGABRT)
    plain = scene.start(["-", "--pdf"]).communicate(DOCUMENT.encode())[0]
    limited = scene.start(["-", "--pdf", "--time-limit=60"]).communicate(DOCUMENT.encode())[0]
    tally.check("standard input and output under limits", plain[:5] == b"%PDF-" and plain == limited)
    # A book that would fit without its bound says so, and gives no file: what a library left out would be missed by nobody.
    scene.write("book.md", DOCUMENT + "".join(f"\n# Chapter {i}\n\n" + f"Some words {i} of it. " * 400 + "\n" for i in range(300)))
    found = scene.run(["--memory-limit=16M", "book.md"])
    tally.check("a book in too little memory", found[0] == 1 and "[memory-limit]" in found[2] and not scene.files(".pdf", ".epub"), str(found))
    tally.check("and in enough", scene.run(["--memory-limit=1G", "book.md"])[0] == 0)


def interrupted(tally, scene):
    names = scene.documents(12)
    os.mkfifo(scene.path("004.pdf"))
    for number, group in ((signal.SIGINT, True), (signal.SIGTERM, False), (signal.SIGHUP, False)):
        process = scene.start(["-j2", "--time-limit=0", *names], fault="hang:011.md", start_new_session=True)
        there = wait_until(lambda: scene.unplaced() and len(glob.glob(scene.path("*.epub"))) == 10)
        (os.killpg if group else os.kill)(process.pid, number)
        err = process.communicate(timeout=20)[1].decode()
        tally.check(f"{number.name}: was it waiting", there)
        tally.equal(f"{number.name}: it ends as the signal does", -number, process.returncode)
        tally.check(f"{number.name}: it says how many were done", re.search(r"interrupted when (9|10) of 12 documents were done", err), err)
        tally.check(f"{number.name}: no partial file", not scene.temporaries())
        tally.check(f"{number.name}: no process", scene.gone(0.5))
        scene.clean()


def stopped(tally, scene):
    """Time in which all of it was stopped (Ctrl-Z) counts for nobody."""
    names = scene.documents(3)
    os.mkfifo(scene.path("001.pdf"))
    process = scene.start(["-j2", "--time-limit=3", *names], start_new_session=True)
    tally.check("was it waiting", wait_until(lambda: scene.unplaced() and os.path.exists(scene.path("002.epub"))))
    os.killpg(process.pid, signal.SIGSTOP)
    time.sleep(4)
    os.killpg(process.pid, signal.SIGCONT)
    whole = subprocess.run(["cat", "001.pdf"], cwd=scene.folder, capture_output=True, timeout=20, check=False).stdout.startswith(b"%PDF")
    err = process.communicate(timeout=20)[1].decode()
    tally.check("it went on where it was", process.returncode == 0 and whole and not err, err)


def parent_killed(tally, scene):
    names = scene.documents(6)
    os.mkfifo(scene.path("002.pdf"))
    process = scene.start(["-j2", "--time-limit=0", *names], fault="hang:004.md")
    tally.check("was it waiting", wait_until(lambda: scene.unplaced() and os.path.exists(scene.path("003.epub"))))
    time.sleep(0.5)  # until the other hangs, which nobody can see
    process.kill()
    process.communicate(timeout=10)  # which waits for the workers
    tally.check("no process", scene.gone(), str(scene.processes()))
    tally.check("no partial file", not scene.temporaries())


def workers_killed(tally, scene):
    """As when there is no memory left for all: each costs one document, and those before it that wait for the disk are made."""
    names = scene.documents(300)
    process = scene.start(["-j3", *names])
    killed = 0
    told = []
    reader = threading.Thread(target=lambda: told.append(process.communicate(timeout=120)))
    reader.start()
    while reader.is_alive() and killed < 15:
        for worker in scene.processes():
            if worker != process.pid and killed < 15:
                try:
                    os.kill(worker, signal.SIGKILL)
                    killed += 1
                except ProcessLookupError:
                    pass
        time.sleep(0.01)
    reader.join()
    out, err = (text.decode() for text in told[0])
    lost = [name[:3] for name, code in CODE.findall(err) if code == "worker-crash"]
    made = [f"{name[:3]}.{ending}" for name in names if name[:3] not in lost for ending in ("pdf", "epub")]
    tally.check("workers were killed, and each cost no more than one document", 0 < len(lost) <= killed, f"{killed}: {err}")
    tally.equal("the others are told", made, out.split())
    tally.equal("and made, and nobody else", sorted(made), sorted(scene.files(".pdf", ".epub")))
    tally.check("no partial file", not scene.temporaries(), str(scene.temporaries()))
    tally.check("no process", scene.gone(0.5))


def place_taken(tally, scene):
    """What fails when a document is finished and its worker has left it is told of that document."""
    scene.write("a.md")
    scene.write("long.md", DOCUMENT.format("long") + "".join(f"\n# Chapter {i}\n\n" + f"Some words {i} of it. " * 400 + "\n" for i in range(100)))
    process = scene.start(["-j2", "a.md", "long.md"])
    begun = wait_until(lambda: os.path.exists(scene.path("a.epub")))
    process.send_signal(signal.SIGSTOP)
    left = wait_until(scene.idle)
    os.mkdir(scene.path("long.epub"))
    process.send_signal(signal.SIGCONT)
    out, err = (text.decode() for text in process.communicate(timeout=20))
    tally.check("was it waiting", begun and left)
    tally.equal("status and names", (1, ["a.pdf", "a.epub"]), (process.returncode, out.split()))
    tally.check("why", err.startswith("long.epub: error: cannot be written: it is a folder [file-write]") and "1 failed: long.md" in err, err)
    tally.check("no partial file", not scene.temporaries(), str(scene.temporaries()))


def lists(tally, scene):
    for name in ("a.md", "b c.md", "-d.md", "-", "ü.md", "x\ny.md", " e.md"):
        scene.write(name)

    def made(what, text, wanted, *operands, **more):
        scene.clean()
        scene.write("list", text)
        for arguments, stdin in ((["--files-from", "list"], b""), (["--files-from=-", "-j2"], text.encode())):
            status, out, err = scene.run([*arguments, "--pdf", *operands], stdin, **more)
            tally.equal(f"{what} {arguments}", (0, "".join(name + "\n" for name in wanted), ""), (status, out, err))

    made("lines", "a.md\nb c.md\nü.md\n", ["a.pdf", "b c.pdf", "ü.pdf"])
    made("no end of the last line", "a.md\nb c.md", ["a.pdf", "b c.pdf"])
    made("empty lines", "\n\na.md\n\n\nü.md\n\n", ["a.pdf", "ü.pdf"])
    made("CRLF", "a.md\r\nb c.md\r\n", ["a.pdf", "b c.pdf"])
    made("byte order mark", "\ufeffa.md\n", ["a.pdf"])
    made("names that look like options", "-d.md\n-\n", ["-d.pdf", "./-.pdf"])
    made("spaces are of the name", " e.md\n", [" e.pdf"])
    made("NUL", "a.md\0x\ny.md\0b c.md\0", ["a.pdf", "x\ny.pdf", "b c.pdf"])
    made("NUL between two", "a.md\0b c.md", ["a.pdf", "b c.pdf"])
    made("after the operands", "a.md\n", ["b c.pdf", "ü.pdf", "a.pdf"], "b c.md", "ü.md")
    made("an empty list", "", [])
    scene.write("list", "a.md\nno.md\n")
    status, _, err = scene.run(["--files-from", "list"])
    tally.check("a name without a file", status == 1 and "no.md: error:" in err)
    scene.write("list", "".join(f"d{i % 300}/name{i}.md\n" for i in range(100000)) + "d0/name0.md\n")
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    status, _, err = scene.run(["--files-from", "list"])
    spent = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
    tally.check("100,000 names are looked over in no time", status == 2 and "would both be written" in err and spent < 5, f"{spent} s: {err}")


def folders(tally, scene):
    for name in ("in/a/b/c.md", "in/a/d.md", "in/e.md", "f.md"):
        scene.write(name)

    def made(what, wanted, *arguments):
        for jobs in ([], ["-j2"]):
            shutil.rmtree(scene.path("out"), ignore_errors=True)
            status, out, err = scene.run([*jobs, "--epub", "--out-dir", "out", *arguments])
            tally.equal(f"{what} {jobs}", (0, wanted, ""), (status, out.split(), err))
            tally.equal(f"{what} {jobs}: files", sorted(wanted), sorted(scene.files(".epub")))

    made("one input is flat", ["out/c.epub"], "in/a/b/c.md")
    made("one folder is flat", ["out/e.epub"], "in/e.md")
    made("below what all have in common", ["out/b/c.epub", "out/d.epub"], "in/a/b/c.md", "in/a/d.md")
    made("with the working folder", ["out/in/a/b/c.epub", "out/f.epub"], "in/a/b/c.md", "f.md")
    made("nothing leads out", ["out/b/c.epub", "out/d.epub"], "in/../in/a/b/../../../in/a/b/c.md", scene.path("in/a/d.md"))
    scene.write("in/a/d.markdown")
    status, _, err = scene.run(["--out-dir", "out", "in/a/d.md", "in/a/d.markdown", "f.md"])
    tally.check("two of one name in one folder", status == 2 and "would both be written" in err)


def progress_json(tally, scene):
    names = scene.documents(8)
    scene.write("003.md", "")
    _, _, plain = scene.run(names)
    for jobs in ([], ["-j3"]):
        status, _, err = scene.run([*jobs, "--progress=json", *names], fault="hang:none")
        lines = [json.loads(line) for line in err.splitlines() if line.startswith("{")]
        rest = "".join(line + "\n" for line in err.splitlines() if not line.startswith("{"))
        tally.check(f"json {jobs}", status == 1 and len(lines) == 9, err)
        tally.equal(f"json {jobs}: who", sorted(names), sorted(line["input"] for line in lines[:-1]))
        tally.equal(f"json {jobs}: how many", [*range(1, 9), 8], [line["done"] for line in lines])
        tally.equal(f"json {jobs}: who failed", [("003.md", "empty", [])],
                    [(line["input"], line["reason"], line["outputs"]) for line in lines[:-1] if not line["made"]])
        tally.check(f"json {jobs}: files", all(line["outputs"] == [line["input"][:3] + ".pdf", line["input"][:3] + ".epub"]
                                                for line in lines[:-1] if line["made"]))
        tally.check(f"json {jobs}: the end", lines[-1]["event"] == "end" and lines[-1]["failed"] == 1 and lines[-1]["total"] == 8)
        tally.equal(f"json {jobs}: what else is told", plain, rest)


def on_terminal(scene, arguments, **more):
    """What the program writes to a terminal as standard error."""
    ours, theirs = pty.openpty()
    process = scene.start(arguments, stderr=theirs, environment={"TERM": "xterm", "NO_COLOR": "1"}, **more)
    os.close(theirs)
    pieces = []

    def read():
        try:
            while piece := os.read(ours, 4096):
                pieces.append(piece)
        except OSError:
            pass
    reader = threading.Thread(target=read)
    reader.start()
    process.communicate(timeout=20)
    reader.join(timeout=10)
    os.close(ours)
    return b"".join(pieces).decode().replace("\r\n", "\n")


def screen(text):
    """What stands on it in the end."""
    lines = []
    for line in text.split("\n"):
        shown = ""
        for part in re.split("(\r|\x1b\\[K)", line):
            shown = shown + part if part not in ("\r", "\x1b[K") else "" if part == "\r" else shown
        lines.append(shown)
    return "\n".join(lines)


def terminal(tally, scene):
    names = scene.documents(10)
    scene.write("003.md", "")
    scene.write("006.md", "---\ntitle: A title\nlang: en\n---\n\n![A map](nothing-of-that-name.jpeg)\n")
    plain = scene.run(names)[2]
    for jobs in ([], ["-j2"]):
        # One that is given up after a second leaves time for the bar.
        arguments = [*jobs, *names] if not jobs else [*jobs, "--time-limit=1", *names, "011.md"]
        scene.write("011.md")
        text = on_terminal(scene, arguments, fault="hang:011.md")
        wanted = plain if not jobs else scene.run(arguments, fault="hang:011.md")[2]
        tally.check(f"a bar {jobs}", re.search(r"\r\[=* *\] \d+ of 1[01]", text), repr(text))
        tally.equal(f"nothing of it is left {jobs}", wanted, screen(text))
        if jobs:
            tally.check("rate and time left", re.search(r"\[=+ *\] 10 of 11, 2 failed, \d+\.\d a second, \d+:\d\d left", text), repr(text))
    for arguments in (["--progress=none", *names], ["-q", *names[:2]], names[:1]):
        text = on_terminal(scene, arguments)
        tally.check(f"no bar {arguments[:1]}", " of " not in text.replace("documents", "") or "\r" not in text, repr(text))
    tally.check("a bar where nobody asked for one", "\r" not in plain)
    tally.check("a bar that was asked for", "\r" in scene.run(["--progress=bar", *names])[2])


def memory(tally, scene):
    # Each with words of its own, so that those that are kept from one document to the next would become more and more.
    names = []
    for i in range(160):
        names.append(f"{i}.md")
        scene.write(names[-1], DOCUMENT.format(i) + "\n" + " ".join(f"w{i * 1000 + k}x" for k in range(1000)) + "\n")
    process = subprocess.run([sys.executable, "-c", "import resource, subprocess, sys\nsubprocess.run(sys.argv[1:], check=True, "
                              "stdout=subprocess.DEVNULL)\nprint(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)",
                              scene.brief, "make", "-j2", "-q", *names], cwd=scene.folder, capture_output=True, text=True, check=False)
    most = int(process.stdout or 1 << 30)
    tally.check("a worker takes less than 100 MB", process.returncode == 0 and most < 100 << 10, f"{most} kB {process.stderr}")
    batch = scene.files(".pdf", ".epub")
    for name in names[::53]:
        scene.run([name])
    tally.check("what was forgotten between two documents makes no difference", batch == scene.files(".pdf", ".epub"))


CASES = [order_and_bytes, standard_output_full, faults, one_document, interrupted, stopped, parent_killed, workers_killed, place_taken, lists, folders, progress_json, terminal, memory]


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    tally = Tally()
    for case in CASES:
        if sys.argv[2:] and not any(word in case.__name__ for word in sys.argv[2:]):
            continue
        scene = Scene(os.path.abspath(sys.argv[1]))
        try:
            case(tally, scene)
        except (subprocess.TimeoutExpired, TypeError) as error:
            tally.check(case.__name__, False, repr(error))
        finally:
            scene.close()
    return tally.done()


if __name__ == "__main__":
    raise SystemExit(main())
