#!/usr/bin/env python3
"""--depfile and --if-changed: what a file says of inputs and outputs, whatever they are called and whatever goes wrong; make and Ninja read it.

    tests/cli/depfile.py PATH_TO_BRIEF

Times of files are set, not waited for: what is older than something else is so by years.
"""
import json
import os
import shutil
import subprocess
import sys
import tempfile
import urllib.parse
from pathlib import Path

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from mistakes import png  # noqa: E402
from tally import PROJECT, Tally  # noqa: E402

BRIEF = os.path.abspath(sys.argv[1])
HEAD = "---\ntitle: A title\nlang: en-GB\ndate: 2024-02-01\n"
tally = Tally()


class Folder:
    """An empty folder in which programs run."""

    def __init__(self, files=None):
        self.path = Path(tempfile.mkdtemp(prefix="brief-depfile-"))
        for name, content in (files or {}).items():
            self.write(name, content)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.path)

    def write(self, name, content, year=2001):
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        self.date(name, year)

    def date(self, name, year):
        seconds = (year - 1970) * 365 * 86400
        os.utime(self.path / name, (seconds, seconds))

    def age(self, name):
        return (self.path / name).stat().st_mtime_ns

    def run(self, *words, **environment):
        return subprocess.run(words, cwd=self.path, capture_output=True, text=True, errors="surrogateescape",
                              env={**os.environ, "MAKEFLAGS": "", **environment})

    def brief(self, *words, **environment):
        return self.run(BRIEF, "make", *words, **environment)

    def text(self, name):
        return (self.path / name).read_text(errors="surrogateescape")

    def names(self):
        return sorted(str(path.relative_to(self.path)) for path in self.path.rglob("*") if path.is_file())


def document(*images, style=None):
    style = f"style: {style}\n" if style else ""
    return HEAD + style + "---\n\nWords.\n" + "".join(f"\n![What it shows]({image})\n" for image in images)


def face():
    """A TrueType face that may be embedded, from where brief's own come from."""
    for line in open(os.path.join(PROJECT, "fonts", "fonts.list"), encoding="utf-8"):
        parts = line.split()
        if parts and parts[0].endswith("sans-regular.ttf"):
            return next(open(path, "rb").read() for path in parts[2:] if os.path.exists(path))
    raise LookupError("no face")


# ---- What it says ---------------------------------------------------------------------------------------------------------

def tree():
    return Folder({
        "docs/a.md": document("../img/x.png", "y.png", "../docs/y.png", style="../sheets/house.yaml"),
        "docs/y.png": png(), "img/x.png": png(),
        "sheets/house.yaml": "extends: more/base.yaml\nfonts:\n  sans: {regular: faces/r.ttf}\n",
        "sheets/more/base.yaml": "extends: report\n", "sheets/faces/r.ttf": face()})


INPUTS = ["docs/a.md", "sheets/house.yaml", "sheets/more/base.yaml", "sheets/faces/r.ttf", "img/x.png", "docs/y.png"]


def said_formats():
    with tree() as folder:
        options = ("--root", ".", "docs/a.md", "--pdf", "--epub", "--depfile", "new/folder/d", "-q")
        result = folder.brief(*options)
        tally.check("make: made", result.returncode == 0, result.stderr)
        tally.equal("make: the rules", "docs/a.pdf docs/a.epub: " + " \\\n ".join(INPUTS) + "\n" + "".join(f"{name}:\n" for name in INPUTS[1:]),
                    folder.text("new/folder/d"))
        folder.brief(*options, "--depfile-format", "json")
        tally.equal("json", str({"documents": [{"outputs": ["docs/a.pdf", "docs/a.epub"], "inputs": INPUTS}]}),
                    str(json.loads(folder.text("new/folder/d"))))
        folder.brief(*options, "--depfile-format", "null")
        tally.equal("null", "".join(f"{word}\0" for word in ["output docs/a.pdf", "output docs/a.epub"] + [f"input {name}" for name in INPUTS]),
                    folder.text("new/folder/d"))
        folder.brief(*options, "--depfile-target", "a stamp%")
        tally.check("a target of its own", folder.text("new/folder/d").startswith("a\\ stamp\\%: docs/a.md \\\n"), folder.text("new/folder/d"))


def said_places():
    with tree() as folder:
        folder.write("docs/a.md", document("y.png"))
        result = folder.brief("docs/a.md", "-q", "--style", "sheets/../sheets/house.yaml", "--depfile", "d", "--depfile-format", "null")
        wanted = ["docs/a.md"] + INPUTS[1:4] + ["docs/y.png"]
        tally.equal("--style: names from the working folder", "".join(f"input {name}\0" for name in wanted),
                    folder.text("d").partition("epub\0")[2])
        os.symlink("img", folder.path / "elsewhere")
        folder.write("img/a.md", document("../docs/y.png"))
        result = folder.brief("elsewhere/a.md", "-q", "--root", ".", "--depfile", "d", "--depfile-format", "null")
        tally.check("behind a link: made", result.returncode == 0, result.stderr)
        tally.check("behind a link: the same place", folder.text("d").endswith("input docs/y.png\0"), repr(folder.text("d")))
        result = folder.brief("docs/a.md", "--depfile", "-")
        tally.check("on standard output, alone", result.stdout.startswith("docs/a.pdf docs/a.epub: docs/a.md"), result.stdout)
        result = folder.brief("docs/a.md", "--pdf", "-o", "-", "--depfile", "d", "--depfile-target", "out")
        tally.check("beside a file on standard output", folder.text("d").startswith("out: docs/a.md"), result.stderr)


def said_of_standard_input():
    with Folder({"x.png": png()}) as folder:
        subprocess.run([BRIEF, "make", "-", "-q", "-o", "a.pdf", "--depfile", "d"], cwd=folder.path, check=True, input=document("x.png"), text=True)
        tally.equal("standard input is no file", "a.pdf: x.png\nx.png:\n", folder.text("d"))


def said_of_many():
    with tree() as folder:
        for name in "bcde":
            folder.write(f"{name}.md", document("docs/y.png" if name in "bd" else "img/x.png"))
        names = [f"{name}.md" for name in "bcde"]
        for form in ("make", "json", "null"):
            folder.brief(*names, "-q", "--depfile", "one", "--depfile-format", form)
            folder.brief(*names, "-q", "-j2", "--depfile", "two", "--depfile-format", form)
            tally.equal(f"{form}: by workers", folder.text("one"), folder.text("two"))
        tally.check("in the order of the documents", [part.split("\0")[0] for part in folder.text("one").split("output ")[1::2]] ==
                    ["b.pdf", "c.pdf", "d.pdf", "e.pdf"], folder.text("one"))
        result = folder.brief(*names, "-q", "-j2", "--depfile", "d", BRIEF_TEST_FAULT="crash:c.md,bug:e.md")
        tally.check("of one that crashed, the source", result.returncode == 1 and "c.pdf c.epub: c.md\nd.pdf" in folder.text("d")
                    and folder.text("d").endswith("e.pdf e.epub: e.md\n"), result.stderr + folder.text("d"))


# ---- When it fails --------------------------------------------------------------------------------------------------------

FAILING = (
    ("an image is missing", {"a.md": document("x.png", "y.png"), "y.png": png()}, (), 1, ["a.md", "x.png", "y.png"]),
    ("an image is none", {"a.md": document("x.png"), "x.png": "text"}, (), 1, ["a.md", "x.png"]),
    ("the source is missing", {}, (), 3, ["a.md"]),
    ("the source is empty", {"a.md": ""}, (), 1, ["a.md"]),
    ("a sheet is wrong", {"a.md": document(style="s.yaml"), "s.yaml": "extends: t.yaml\n", "t.yaml": "rules: {title: {colour: nothing}}\n"}, (), 1,
     ["a.md", "s.yaml", "t.yaml"]),
    ("a sheet extends nothing", {"a.md": document(style="s.yaml"), "s.yaml": "extends: t.yaml\n"}, (), 1, ["a.md", "s.yaml", "t.yaml"]),
    ("--style extends nothing", {"a.md": document(), "s.yaml": "extends: t.yaml\n"}, ("--style", "s.yaml"), 3, ["a.md", "s.yaml", "t.yaml"]),
    ("--style is wrong", {"a.md": document(), "s.yaml": "rules: {title: {size: red}}\n"}, ("--style", "s.yaml"), 1, ["a.md", "s.yaml"]),
    ("an output cannot be written", {"a.md": document("x.png"), "x.png": png(), "a.pdf/file": ""}, (), 3, ["a.md", "x.png"]),
)


def failing():
    for name, files, options, status, inputs in FAILING:
        with Folder(files) as folder:
            folder.write("d", "old")
            result = folder.brief("a.md", "--depfile", "d", "--depfile-format", "json", *options)
            tally.check(f"{name}: status", result.returncode == status, f"{result.returncode}: {result.stderr}")
            found = json.loads(folder.text("d"))["documents"][0]["inputs"] if folder.text("d") != "old" else ["nothing written"]
            tally.equal(f"{name}: inputs", inputs, found)
            tally.equal(f"{name}: no other file", sorted([*files, "d"]), folder.names())
    with Folder({"a.md": document(), "d/file": ""}) as folder:
        result = folder.brief("a.md", "-q", "--depfile", "d")
        tally.check("it cannot be written", result.returncode == 3 and "[file-write]" in result.stderr, result.stderr)
        tally.equal("it cannot be written: no other file", ["a.epub", "a.md", "a.pdf", "d/file"], folder.names())


WRONG = (
    ("is an input", ("a.md", "--depfile", "a.md")),
    ("is an input, by another name", ("a.md", "--depfile", "./folder/../a.md")),
    ("is an output", ("a.md", "--depfile", "a.epub")),
    ("an output without a name", ("a.md", "--pdf", "-o", "-", "--depfile", "d")),
    ("two files on standard output", ("a.md", "--pdf", "-o", "-", "--depfile", "-", "--depfile-format", "json")),
    ("a format that there is not", ("a.md", "--depfile", "d", "--depfile-format", "xml")),
    ("a format of nothing", ("a.md", "--depfile-format", "json")),
    ("a target of nothing", ("a.md", "--depfile-target", "t")),
    ("a target in JSON", ("a.md", "--depfile", "d", "--depfile-format", "json", "--depfile-target", "t")),
    ("a target that no rule can have", ("a.md", "--depfile", "d", "--depfile-target", "a\nb")),
    ("an output that no rule can have", ("new\nline.md", "--depfile", "d")),
)


def wrong():
    for name, words in WRONG:
        with Folder({"a.md": document(), "new\nline.md": document(), "folder/file": ""}) as folder:
            before = folder.names()
            result = folder.brief(*words)
            tally.check(f"{name}: status", result.returncode == 2 and result.stderr.count("error:") == 1, f"{result.returncode}: {result.stderr}")
            tally.equal(f"{name}: no file", before, folder.names())


# ---- Names, as make and Ninja read them -----------------------------------------------------------------------------------

NAMES = ("plain.png", "two words.png", "sp  aces .png", "a$b.png", "$(x) $$.png", "a#b.png", "a:b.png", "a%b.png", "%.png", "größe 图.png",
         "back\\slash.png", "back\\ space.png", "a\\%b.png", "(1){2}~.png", "~x.png", "-dash,plus+.png", "!@.png", "[1].png")
# Ninja takes these to be missing, and makes the document each time; make knows them.
NAMES_OF_MAKE = ("it's.png", 'a"b.png', "a;b.png", "a&b.png", "a|b.png", "a*b.png", "a?b.png", "<a>.png", "a`b^.png", "a\\#b.png", "end:")


def made(result):
    """Whether a build was right, and brief ran in it."""
    return result.returncode == 0 and "a.pdf\n" in result.stdout


def names_make(name, folder):
    folder.write("Makefile", f"a.pdf: a.md\n\t@{BRIEF} make --pdf a.md --depfile d\n-include d\n")
    tally.check(f"make: {name}", made(folder.run("make")) and not made(folder.run("make")), folder.text("d"))
    folder.date(f"i/{name}", 2099)
    result = folder.run("make")
    tally.check(f"make: {name} is newer", made(result), lambda: result.stdout + result.stderr + folder.text("d"))
    os.remove(folder.path / "i" / name)
    result = folder.run("make")
    tally.check(f"make: {name} is gone", result.returncode == 2 and "[file-missing]" in result.stderr, result.stderr)
    folder.write(f"i/{name}", png())
    os.utime(folder.path / "i" / name)
    tally.check(f"make: {name} is back", made(folder.run("make")) and not made(folder.run("make")), folder.text("d"))


def names_ninja(name, folder, known):
    folder.write("build.ninja", f"rule b\n  command = {BRIEF} make --pdf $in --depfile d\n  depfile = d\n  deps = gcc\nbuild a.pdf: b a.md\n")
    os.remove(folder.path / "a.pdf")
    result = folder.run("ninja")
    tally.check(f"ninja: {name}", made(result), result.stdout + result.stderr)
    tally.check(f"ninja: {name} is " + ("known" if known else "thought missing"), made(folder.run("ninja")) != known)
    folder.date(f"i/{name}", 2099)
    tally.check(f"ninja: {name} is newer", made(folder.run("ninja")))


def names():
    for name in NAMES + NAMES_OF_MAKE:
        with Folder({"a.md": document("i/" + urllib.parse.quote(name)), f"i/{name}": png()}) as folder:
            names_make(name, folder)
            names_ninja(name, folder, name in NAMES)
    # No rule can have these, and the others are there all the same.
    for name in ("new\nline.png", "tab\t.png", "end\\"):
        with Folder({"a.md": document("i/" + urllib.parse.quote(name), "x.png"), f"i/{name}": png(), "x.png": png()}) as folder:
            folder.brief("a.md", "-q", "--depfile", "d")
            tally.equal(f"left out: {name!r}", "a.pdf a.epub: a.md \\\n x.png\nx.png:\n", folder.text("d"))
            folder.brief("a.md", "-q", "--depfile", "d", "--depfile-format", "json")
            tally.check(f"in JSON: {name!r}", f"i/{name}" in json.loads(folder.text("d"))["documents"][0]["inputs"], folder.text("d"))
    with Folder({"a.md": document("i/a=b.png", "x.png"), "i/a=b.png": png(), "x.png": png()}) as folder:
        folder.brief("a.md", "-q", "--depfile", "d")
        tally.equal("a sign of equality", "a.pdf a.epub: a.md \\\n i/a=b.png \\\n x.png\nx.png:\n", folder.text("d"))
    with Folder({"a b$1%#.md": document("x.png"), "x.png": png()}) as folder:
        folder.brief("a b$1%#.md", "-q", "--depfile", "d")
        tally.equal("an odd output", "a\\ b$$1\\%\\#.pdf a\\ b$$1\\%\\#.epub: a\\ b$$1%\\#.md \\\n x.png\nx.png:\n", folder.text("d"))


# ---- --if-changed ---------------------------------------------------------------------------------------------------------

def if_changed():
    with Folder({"a.md": document()}) as folder:
        result = folder.brief("a.md", "--if-changed")
        tally.equal("if-changed: what was not there", "a.pdf\na.epub\n", result.stdout)
        folder.date("a.pdf", 2010), folder.date("a.epub", 2010)
        old = folder.age("a.pdf")
        result = folder.brief("a.md", "--if-changed")
        tally.check("if-changed: the same", result.stdout == "" and folder.age("a.pdf") == folder.age("a.epub") == old, result.stdout)
        result = folder.brief("a.md", "--if-changed", "-v", "--pdf")
        tally.equal("if-changed: the same, with -v", "a.pdf\n  unchanged\n  claims PDF/UA-1, PDF/A-2a\n", result.stdout)
        whole = (folder.path / "a.epub").read_bytes()
        folder.write("a.epub", whole[:-1] + b"?", year=2010)
        result = folder.brief("a.md", "--if-changed")
        tally.check("if-changed: one of two", result.stdout == "a.epub\n" and folder.age("a.pdf") == old < folder.age("a.epub"), result.stdout)
        tally.check("if-changed: is whole again", (folder.path / "a.epub").read_bytes() == whole)
        folder.write("a.md", document() + "More.\n")
        result = folder.brief("a.md", "--if-changed", "-j2")
        tally.check("if-changed: another text", result.stdout == "a.pdf\na.epub\n" and folder.age("a.pdf") > old, result.stdout)
        folder.brief("a.md")
        tally.check("without it all is written", folder.age("a.pdf") > old)


for test in (said_formats, said_places, said_of_standard_input, said_of_many, failing, wrong, names, if_changed):
    test()
sys.exit(tally.done())
