#!/usr/bin/env python3
"""make with share/brief/brief.mk, Ninja and CMake: of many documents, exactly those that depend on what was changed are made again.

Two hundred documents, some with an image, some with a sheet that extends another. What was made again is seen three ways: the names that
brief prints, the times of the files, and what is downstream of them. The snippets of README.md are run as they stand there.
"""
import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import time
import zlib
from pathlib import Path

from tally import BRIEF, PROJECT, Tally

DOCUMENTS = 200
RULES = os.path.join(PROJECT, "share", "brief", "brief.mk")
tally = Tally()


def png(grey):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    header = struct.pack(">IIBBBBB", 2, 2, 8, 0, 0, 0, 0)
    data = zlib.compress((b"\0" + bytes([grey, grey])) * 2)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def source(number, words="Words."):
    """Every tenth has the image of its tens, every third the sheet, every second lies in a folder."""
    above = "../" if number % 2 else ""
    style = f"style: {above}house.yaml\n" if number % 3 == 0 else ""
    image = f"\n![A picture]({above}images/{number // 50}%20grey.png)\n" if number % 10 == 0 or number % 10 == 5 else ""
    return f"---\ntitle: Number {number}\nlang: en-GB\ndate: 2024-02-01\n{style}---\n\n{words}\n{image}"


def stem(number):
    return f"chapter/{number}" if number % 2 else f"{number}"


def files(numbers, endings=(".pdf", ".epub")):
    return sorted(stem(number) + ending for number in numbers for ending in endings)


ALL = range(DOCUMENTS)
WITH_IMAGE = [number for number in ALL if number % 5 == 0 and number // 50 == 1]
WITH_SHEET = [number for number in ALL if number % 3 == 0]


class Folder:
    def __init__(self):
        self.path = Path(tempfile.mkdtemp(prefix="brief-building-"))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.path)

    def write(self, name, content):
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())

    def run(self, *words, **environment):
        time.sleep(0.02)  # a file system's clock is coarser than a change is quick
        search = os.pathsep.join([str(self.path / "bin"), os.environ["PATH"]])
        return subprocess.run(words, cwd=self.path, capture_output=True, text=True,
                              env={**os.environ, "MAKEFLAGS": "", "PATH": search, **environment})

    def ages(self, endings=(".pdf", ".epub")):
        return {str(path.relative_to(self.path)): path.stat().st_mtime_ns for path in self.path.rglob("*") if path.suffix in endings}


def written():
    folder = Folder()
    for number in ALL:
        folder.write(stem(number) + ".md", source(number))
    for number in range(4):
        folder.write(f"images/{number} grey.png", png(number))
    folder.write("house.yaml", "extends: sheets/base.yaml\n")
    folder.write("sheets/base.yaml", "extends: note\n")
    os.mkdir(folder.path / "bin")
    os.symlink(BRIEF, folder.path / "bin" / "brief")
    return folder


def said(result):
    return "\n".join((result.stdout + result.stderr).split("\n")[-20:])


def named(result):
    """The files whose names brief printed."""
    return sorted(line for line in result.stdout.split("\n") if re.fullmatch(r"\S+\.(pdf|epub)", line))


def expect(what, folder, before, result, wanted, status=0):
    """That the files `wanted` were made, and none else."""
    good = tally.check(f"{what}: status", result.returncode == status, said(result))
    tally.equal(f"{what}: names", wanted, named(result))
    now = folder.ages()
    tally.equal(f"{what}: times", wanted, sorted(name for name in now if now[name] != before.get(name)))
    return good


def changes(tool, folder, build, idle):
    """The same edits, whichever tool decides what follows from them. `build` runs it, `idle` is how it says that nothing is to be done."""
    expect(f"{tool}: first", folder, {}, build(), files(ALL))

    def then(what, wanted, status=0):
        before = folder.ages()
        expect(f"{tool}: {what}", folder, before, build(), wanted, status)
        if status == 0:
            result = build()
            tally.check(f"{tool}: {what}: and no more", result.returncode == 0 and idle in result.stdout, said(result))

    then("nothing changed", [])
    folder.write("images/1 grey.png", png(90))
    then("an image", files(WITH_IMAGE))
    folder.write("sheets/base.yaml", "extends: note\nrules:\n  title: {size: 30pt}\n")
    then("a sheet that another extends", files(WITH_SHEET))
    folder.write(stem(7) + ".md", source(7, "Other words."))
    then("a source", files([7]))
    os.utime(folder.path / (stem(8) + ".md"))
    then("a source that stays the same", [])
    os.utime(folder.path / "house.yaml")
    then("a sheet that stays the same", [])
    os.remove(folder.path / (stem(9) + ".epub"))
    then("a file made was removed", [stem(9) + ".epub"])
    image = folder.path / "images" / "1 grey.png"
    os.rename(image, folder.path / "images" / "away.png")
    then("an image was removed", [], 2 if tool == "make" else 1)
    os.rename(folder.path / "images" / "away.png", image)
    then("and came back", [])


def by_make():
    with written() as folder:
        folder.write("Makefile", f"""all: copies
BRIEF_SOURCES := $(wildcard *.md chapter/*.md)
BRIEFFLAGS := --root .
include {RULES}
copies: $(BRIEF_SOURCES:.md=.copy)
%.copy: %.pdf
\t@cp $< $@; echo copied $<
all: brief
""")

        def build():
            result = folder.run("make", "-j2", "-k", "all")
            tally.equal("make: what is downstream", [name for name in named(result) if name.endswith(".pdf")],
                        sorted(re.findall(r"^copied (\S+)$", result.stdout, re.M)))
            return result

        changes("make", folder, build, "Nothing to be done")
        by_make_more(folder)


def by_make_more(folder):
    before = folder.ages()
    result = folder.run("make", stem(4) + "-print.pdf", stem(4) + "-large-print.pdf")
    expect("make: variants of one", folder, before, result, [stem(4) + "-large-print.pdf", stem(4) + "-print.pdf"])
    before = folder.ages()
    result = folder.run("make", "-j2", "brief", "BRIEFFLAGS=--root . --style plain", f"BRIEF_SOURCES={stem(4)}.md {stem(5)}.md")
    expect("make: other flags", folder, before, result, files([4, 5]))
    before = folder.ages()
    result = folder.run("make", "brief", "BRIEFFLAGS=--root . --style plain", "BRIEF_OUT=out/", "BRIEF_FORMATS=epub print",
                        f"BRIEF_SOURCES={stem(4)}.md {stem(5)}.md")
    expect("make: another folder and other formats", folder, before, result,
           sorted(f"out/{stem(number)}{ending}" for number in (4, 5) for ending in ("-print.pdf", ".epub")))
    result = folder.run("make", "brief-clean")
    left = [name for name in folder.ages() if not name.startswith("out/")]
    tally.equal("make: clean", [], left)
    tally.check("make: clean: what it knew", not (folder.path / ".brief").exists())


NINJA = re.compile(r"```ninja\n(.*?)```", re.S)
CMAKE = re.compile(r"```cmake\n(.*?)```", re.S)
MAKE = re.compile(r"```make\n(.*?)```", re.S)


def snippet(kind):
    """What README.md has of it."""
    with open(os.path.join(PROJECT, "README.md"), encoding="utf-8") as file:
        found = kind.findall(file.read())
    if not tally.check(f"README.md: one snippet {kind.pattern[:9]}", len(found) == 1):
        raise SystemExit(tally.done())
    return found[0]


def by_ninja():
    with written() as folder:
        rule = snippet(NINJA).partition("build ")[0].replace(" -q", " --root .")
        folder.write("build.ninja", rule + "".join(
            f"build {stem(number)}.pdf {stem(number)}.epub: brief {stem(number)}.md\n" for number in ALL))
        changes("ninja", folder, lambda: folder.run("ninja", "-j2", "-k0"), "no work to do")


def snippets():
    with written() as folder:
        folder.write("report.md", source(2))
        before = folder.ages()
        folder.write("build.ninja", snippet(NINJA))
        result = folder.run("ninja")
        tally.check("README.md: Ninja", result.returncode == 0 and len(folder.ages()) == 2 and not before, result.stdout)
        for name in folder.ages():
            os.remove(folder.path / name)
        prefix = folder.path / "prefix"
        result = folder.run("cmake", "--install", os.path.join(PROJECT, "build"), "--prefix", str(prefix))
        tally.check("install: brief.mk", (prefix / "share" / "brief" / "brief.mk").is_file(), result.stderr)
        folder.write("Makefile", snippet(MAKE).replace("/usr/local", str(prefix)))
        result = folder.run("make", "-j2", "report.pdf", "report-large-print.pdf")
        tally.equal("README.md: make", "report-large-print.pdf report.epub report.pdf", " ".join(named(result)))


def by_cmake(generator):
    with written() as folder:
        folder.write("report.md", source(0))
        folder.write("CMakeLists.txt", "cmake_minimum_required(VERSION 3.20)\nproject(documents NONE)\n" + snippet(CMAKE))
        result = folder.run("cmake", "-S", ".", "-B", "b", "-G", generator)
        tally.check(f"CMake, {generator}: configured", result.returncode == 0, result.stderr)
        made = []
        for change in (None, None, "images/0 grey.png", "sheets/base.yaml", "images/1 grey.png", "report.md"):
            if change:
                time.sleep(0.02)
                os.utime(folder.path / change)
            before = folder.ages()
            result = folder.run("cmake", "--build", "b")
            tally.check(f"CMake, {generator}: {change}", result.returncode == 0, said(result))
            made.append(folder.ages() != before)
        tally.equal(f"CMake, {generator}: what is made again", "True False True True False True", " ".join(map(str, made)))


by_make()
by_ninja()
snippets()
by_cmake("Ninja")
by_cmake("Unix Makefiles")
sys.exit(tally.done())
