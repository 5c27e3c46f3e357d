"""What the tests of faults and kills run: a scene is a command in a folder of its own, with what is there before and what is to be there after.

A run is judged by its status, what it says, and every file of the folder: each output is what it was before or what it is to be, nothing else is there, and
no process is left.
"""
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
PROJECT = os.path.dirname(os.path.dirname(HERE))
BRIEF = os.path.abspath(os.environ.get("BRIEF", os.path.join(PROJECT, "build", "brief")))
OLD = b"what was there before\n"
SECONDS = 60  # after which a run is said to hang
ENVIRONMENT = {"PATH": os.environ["PATH"], "SOURCE_DATE_EPOCH": "1700000000"}
SUMMED = re.compile(r"^(brief: )?note: .*\[(documents-failed|interrupted|made-with)\]$|^\S+: \d+ errors?$")
OF_A_DOCUMENT = re.compile(r"^[abc]\.md: ")  # a folder that cannot be reached is said of each document in it

DOCUMENT = """---
title: Article {0}
lang: en-GB
style: house.yaml
---

## A hill

Words of article {0}, and some more of them.[^a]

![A drawing of a hill](hill.png "A hill")

| Year | Hills |
|------|-------|
| 2019 | 3     |

[^a]: A note.
"""


def inputs():
    with open(os.path.join(PROJECT, "input", "images", "mobile-mast.png"), "rb") as file:
        image = file.read()
    files = {f"{name}.md": DOCUMENT.format(name).encode() for name in "abc"}
    return {**files, "hill.png": image, "house.yaml": b"extends: briefing\nrules:\n  heading:\n    colour: \"#003366\"\n"}


class Scene:
    """`outputs` are the files that the command makes; with `over` they are there before. `given`: files to make first, by other commands."""

    def __init__(self, name, arguments, outputs=(), *, over=False, stdin=None, first=(), files=None, environment=None):
        self.name, self.arguments, self.outputs, self.over, self.stdin = name, arguments, outputs, over, stdin
        self.environment, self.findings = environment or {}, arguments[0] == "check"  # which are told on standard output
        self.inputs = {**inputs(), **(files or {})}
        self.folder = tempfile.mkdtemp(prefix="brief-fault-")
        self.clear()
        for command in first:
            subprocess.run([BRIEF, *command], cwd=self.folder, check=True, capture_output=True, env={**os.environ, **ENVIRONMENT})
        self.inputs = {file: content for file, content in self.files().items() if file not in outputs}
        self.clear()
        good = self.run()
        assert good.status == 0 and not good.err, (name, good.status, good.err)
        self.good, self.out = self.files(), good.out
        assert set(self.good) == {*self.inputs, *outputs}, (name, set(self.good) ^ {*self.inputs, *outputs})

    def close(self):
        shutil.rmtree(self.folder)

    def clear(self):
        """The folder as it is before."""
        for entry in os.scandir(self.folder):
            if entry.is_dir(follow_symlinks=False):
                shutil.rmtree(entry.path)
            elif entry.name not in self.inputs:
                os.remove(entry.path)
        for name, content in {**self.inputs, **dict.fromkeys(self.outputs if self.over else (), OLD)}.items():
            path = os.path.join(self.folder, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            try:
                with open(path, "rb") as file:
                    if file.read() == content:
                        continue
            except FileNotFoundError:
                pass
            with open(path, "wb") as file:
                file.write(content)
            os.utime(path, (1600000000, 1600000000))

    def files(self):
        found = {}
        for top, _, names in os.walk(self.folder):
            for name in names:
                path = os.path.join(top, name)
                with open(path, "rb") as file:
                    found[os.path.relpath(path, self.folder)] = file.read()
        return found

    def start(self, environment=None, **more):
        return subprocess.Popen([BRIEF, *self.arguments], cwd=self.folder, env={**ENVIRONMENT, **self.environment, **(environment or {})}, start_new_session=True,
                                **{"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **more})

    def run(self, environment=None):
        process = self.start(environment)
        try:
            out, err = process.communicate(self.stdin or b"", timeout=SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            return Run(None, b"", "it hangs", process.pid)
        return Run(process.returncode, out, err.decode(errors="replace"), process.pid)

    def is_good(self, name, content):
        """Whether it is an output as it is to be. A run that fails has asked for less, and says so to make."""
        good = self.good[name]
        return content == good or (name.endswith(".d") and content[-1:] == b"\n" and {*content.split()} < {*good.split()})

    def wrong_files(self):
        """What is wrong in the folder; None: nothing."""
        found = self.files()
        for name, content in found.items():
            if name in self.inputs and content != self.inputs[name]:
                return f"{name}, which is an input, was changed"
            if name not in self.inputs and name not in self.outputs:
                return f"{name} was left behind"
            if name in self.outputs and not self.is_good(name, content) and not (self.over and content == OLD):
                return f"{name} is neither the old file nor the new one"
        lost = [name for name in {*self.inputs, *(self.outputs if self.over else ())} if name not in found]
        return f"{lost[0]} is gone" if lost else None

    def wrong(self, run, must_succeed=False):
        """What is wrong with a run that has ended by itself; None: nothing."""
        if run.status is None or run.status < 0:
            return run.err if run.status is None else f"ended by signal {-run.status}"
        said = run.err + (run.out.decode() if self.findings else "")
        sentences = [line for line in said.splitlines() if line and line[0] != " " and not SUMMED.match(line)]
        if "internal error" in run.err:
            return "it says that it is a bug"
        if run.status == 0 and (run.err or run.out != self.out or self.files() != self.good):
            return "status 0, but not what is made without the fault"
        if run.status != 0 and must_succeed:
            return "it is not taken up again"
        if run.status != 0 and len({OF_A_DOCUMENT.sub("", sentence) for sentence in sentences}) != 1:
            return f"{len(sentences)} sentences"
        return self.wrong_files() or (None if run.gone() else "a process is left")


class Run:
    def __init__(self, status, out, err, group):
        self.status, self.out, self.err, self.group = status, out, err, group

    def gone(self, seconds=10):
        """Whether all its processes end by themselves."""
        until = time.monotonic() + seconds
        while True:
            try:
                os.killpg(self.group, 0)
            except ProcessLookupError:
                return True
            if time.monotonic() > until:
                os.killpg(self.group, signal.SIGKILL)
                return False
            time.sleep(0.005)


MADE = ["a.pdf", "a.epub"]
MANY = [f"{name}.{form}" for name in "abc" for form in ("pdf", "epub")]
EMBEDDED = [["make", "--embed-source", "a.md"]]
SCENES = {
    "over": (["make", "-q", "a.md"], MADE, {"over": True}),
    "named": (["make", "-q", "a.md"], MADE, {"over": True, "named": True}),
    "new": (["make", "--out-dir", "out", "a.md"], ["out/a.pdf", "out/a.epub"], {}),
    "batch": (["make", "-j2", "a.md", "b.md", "c.md"], MANY, {"over": True}),
    "batch named": (["make", "-j2", "a.md", "b.md", "c.md"], MANY, {"over": True, "named": True}),
    "one by one": (["make", "-q", "a.md", "b.md", "c.md"], MANY, {"over": True}),
    "pipe": (["make", "--pdf", "-o", "-", "-"], [], {"stdin": DOCUMENT.format("a").encode()}),
    "depfile": (["make", "-q", "--depfile", "a.d", "a.md"], ["a.d", *MADE], {"over": True}),
    "if changed": (["make", "-q", "--if-changed", "a.md"], MADE, {"over": True}),
    "check": (["check", "a.md"], [], {"files": {".brief.yaml": b"check: {profile: print}\n"}}),
    "info": (["info", "a.pdf", "a.epub"], [], {"first": EMBEDDED}),
    "extract": (["extract", "-q", "a.epub", "out"], ["out/a.md", "out/hill.png", "out/house.yaml"], {"first": EMBEDDED}),
    "verify": (["verify", "a.pdf"], [], {"first": EMBEDDED}),
}


def scene(name, library):
    """With the library that makes faults (inject.c), which also has a file system know no files without a name."""
    arguments, outputs, more = SCENES[name]
    named = {"LD_PRELOAD": library, "FAULT_NAMED": "1"} if more.get("named") else {}
    return Scene(name, arguments, outputs, environment=named, **{key: value for key, value in more.items() if key != "named"})
