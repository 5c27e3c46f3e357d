#!/usr/bin/env python3
"""Every limit of `brief help limits`, reached on purpose: at the limit the document is made; one above it is an error with the limit's code and the
place, status 1, and no file.

    tests/cli/limits.py PATH_TO_BRIEF
"""
import os
import re
import struct
import subprocess
import sys
import tempfile
import zlib

TESTS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
sys.path.insert(0, TESTS)
from tally import PROJECT, Tally  # noqa: E402

BRIEF = os.path.abspath(sys.argv[1])
HEAD = "# T\n\n"
ADDRESS = "https://example.org/" + "u" * 280  # 300 bytes


def png(width, height):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = zlib.compress((b"\0" + b"\x80" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def table(columns, rows):
    return HEAD + "|" + " a |" * columns + "\n|" + "---|" * columns + "\n" + "".join("|" + " b |" * n + "\n" for n in rows)


def notes(count):
    return HEAD + "".join(f"Words.[^{i}]\n\n" for i in range(count)) + "".join(f"[^{i}]: Note.\n\n" for i in range(count))


# limit, value, code, the document for a number of whatever is limited, the place of the error for one too many
CASES = [
    ("input-size", 64, "file-large", lambda n: (HEAD + "word " * 20)[:n], ""),
    ("front-matter", 24, "front-matter-size", lambda n: "---\n" + f"title: {'x' * (n - 8)}\n" + "---\n\nWords.\n", "1:1"),
    ("line-length", 30, "line-size", lambda n: HEAD + ("word " * 20)[:n - 1] + "x\n", "3:31"),
    ("heading-length", 20, "heading-size", lambda n: "Words.\n\n## " + "x" * n + "\n\nWords.\n", "3:1"),
    ("heading-length", 20, "heading-size", lambda n: f"---\ntitle: {'x' * n}\n---\n\nWords.\n", "2:8"),
    ("block-nesting", 5, "nesting", lambda n: HEAD + "> " * n + "words\n", "3:11"),
    ("block-nesting", 100, "nesting", lambda n: HEAD + "> " * n + "words\n", "3:201"),
    ("block-nesting", 200, "nesting", lambda n: HEAD + "> " * n + "words\n", "3:401"),
    ("block-nesting", 3, "nesting", lambda n: HEAD + "::: box\n" * n + "Words.\n" + ":::\n" * n, "6:1"),
    ("block-nesting", 6, "nesting", lambda n: HEAD + "- " * -(-n // 2) + "words\n", "3:7"),  # a list, and its item
    ("inline-nesting", 3, "nesting", lambda n: HEAD + "[" * n + "words" + "]{.a}" * n + "\n", None),
    ("inline-nesting", 100, "nesting", lambda n: HEAD + "[" * n + "words" + "]{.a}" * n + "\n", None),
    ("inline-nesting", 3, "nesting", lambda n: HEAD + "<sub>" * n + "words" + "</sub>" * n + "\n", "3:16"),
    ("table-columns", 3, "table-size", lambda n: table(n, [n]), "4:1"),
    ("table-columns", 400, "table-size", lambda n: table(n, [n]), "4:1"),
    ("table-cells", 6, "table-size", lambda n: table(2, [2] * (n - 3)), "8:1"),
    ("empty-cells", 4, "table-size", lambda n: table(4, [2, 4, 4 - (n - 2)]), "7:1"),
    ("notes", 2, "notes-many", notes, "13:1"),
    ("references", 900, "references-size", lambda n: HEAD + "[a]\n\n" * -(-n // 300) + f"[a]: {ADDRESS}\n", "9:1"),
    ("references", 900, "references-size", lambda n: HEAD + "[a] " * -(-n // 300) + f"\n\n[a]: {ADDRESS}\n", "3:13"),
    ("files", 2, "files-many", lambda n: HEAD + "".join(f"![A square]({i}.png)\n\n" for i in range(n)) + "![Again](0.png)\n", "7:1"),
    ("image-pixels", 100, "image-large", lambda n: HEAD + f"![A square]({n}.png)\n", "3:1"),
    ("all-pixels", 164, "image-large", lambda n: HEAD + f"![A square](1.png)\n\n![Again](1.png)\n\n![Another]({n - 64}.png)\n", "7:1"),
    ("pages", 2, "pages-many", lambda n: HEAD + "Words.\n\n" + "::: page-break\n:::\n\nWords.\n\n" * (n - 1), "13:1"),
]


class Scene:
    def __init__(self, tally):
        self.tally = tally
        self.folder = tempfile.mkdtemp(prefix="brief-limits-")
        for i in range(3):
            self.write(f"{i}.png", png(8, 8))
        self.write("100.png", png(10, 10))
        self.write("101.png", png(101, 1))

    def write(self, name, content):
        with open(os.path.join(self.folder, name), "wb") as file:
            file.write(content if isinstance(content, bytes) else content.encode())

    def run(self, *arguments, stdin=None):
        return subprocess.run([BRIEF, *arguments], cwd=self.folder, input=stdin, capture_output=True, text=True, check=False)

    def made(self):
        names = [name for name in os.listdir(self.folder) if name.endswith((".pdf", ".epub"))]
        for name in names:
            os.remove(os.path.join(self.folder, name))
        return sorted(names)


def reach(scene, limit, value, code, document, place):
    name = f"{limit}={value}: {code}"
    option = f"--limit={limit}={value}"
    scene.write("a.md", document(value))
    result = scene.run("make", "-q", option, "a.md")
    scene.tally.check(f"{name}: at the limit", result.returncode == 0 and scene.made() == ["a.epub", "a.pdf"], result.stderr)
    scene.write("a.md", document(value + 1))
    result = scene.run("make", "-q", option, "a.md")
    scene.tally.check(f"{name}: above it, no file and status 1", result.returncode == 1 and not scene.made(), f"{result.returncode} {result.stderr}")
    where = r"(:\d+:\d+)" if place is None else re.escape(f":{place}" if place else "")
    told = re.findall(rf"^a\.md{where}: error: .*\[{code}\]$", result.stderr, re.M)
    scene.tally.check(f"{name}: one error, at its place", len(told) == 1, result.stderr)
    scene.tally.check(f"{name}: it says how to raise it", f"--limit {limit}=…" in result.stderr, result.stderr)


def defaults(scene):
    """The option is not needed for what is usual; what the help lists is what the manual and the page on security list."""
    listed = dict(re.findall(r"^  ([a-z-]+)=(\d+[KMG]?)", scene.run("help", "limits").stdout, re.M))
    scene.tally.check("every limit is tried", set(listed) == {case[0] for case in CASES} | {"output-size"}, str(listed))
    with open(os.path.join(PROJECT, "docs", "brief.1"), encoding="utf-8") as file:
        manual = dict(re.findall(r"^\.It Cm ([a-z-]+)=(\d+[KMG]?)", file.read(), re.M))
    scene.tally.equal("the manual page lists them", sorted(listed.items()), sorted(manual.items()))


def outputs(scene):
    scene.write("a.md", HEAD + "Words.\n")
    scene.run("make", "-q", "a.md")
    largest = max(os.path.getsize(os.path.join(scene.folder, f"a.{kind}")) for kind in ("pdf", "epub"))
    scene.made()
    result = scene.run("make", "-q", f"--limit=output-size={largest}", "a.md")
    scene.tally.check("output-size: at the limit", result.returncode == 0 and len(scene.made()) == 2, result.stderr)
    result = scene.run("make", "-q", f"--limit=output-size={largest - 1}", "a.md")
    scene.tally.check("output-size: above it", result.returncode == 1 and not scene.made() and "[output-size]" in result.stderr, result.stderr)


def options(scene):
    scene.write("a.md", HEAD + "> " * 6 + "words\n")
    for command in (["check"], ["dump", "--stage=layout"], ["make", "-q", "-j2"]):
        result = scene.run(*command, "--limit", "block-nesting=5", "a.md")
        scene.tally.check(f"{command[0]} keeps to it", result.returncode == 1 and "[nesting]" in result.stderr + result.stdout, result.stderr)
    both = scene.run("make", "-q", "--limit=block-nesting=5,notes=1", "--limit", "block-nesting=6", "a.md")
    scene.tally.check("the last one counts", both.returncode == 0 and len(scene.made()) == 2, both.stderr)
    scene.write("a.md", "x " * 2000)
    for text, good in (("1K", False), ("4K", True), ("4k", True), ("1G", True)):
        result = scene.run("make", "-q", f"--limit=line-length={text}", "a.md")
        scene.made()
        scene.tally.check(f"line-length={text}", (result.returncode == 0) == good, result.stderr)
    result = scene.run("make", "-q", "--pdf", "--limit=input-size=100", "-", stdin="x" * 101)
    scene.tally.check("standard input", result.returncode == 1 and "[file-large]" in result.stderr and not result.stdout, result.stderr)
    for wrong in ("line-lenght=5K", "line-length", "line-length=", "line-length=x", "line-length=5T", "line-length=5KK", "line-length=-5",
                  "line-length=2G", "line-length=1", "line-length=99999999999999999999999", "=5", ""):
        result = scene.run("make", "--limit", wrong, "a.md")
        scene.tally.check(f"“{wrong}” is refused", result.returncode == 2 and "[usage]" in result.stderr and not scene.made(), result.stderr)


def main():
    scene = Scene(Tally())
    for case in CASES:
        reach(scene, *case)
    outputs(scene)
    options(scene)
    defaults(scene)
    return scene.tally.done()


if __name__ == "__main__":
    raise SystemExit(main())
