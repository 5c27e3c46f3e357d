#!/usr/bin/env python3
"""Work on several cores gives the bytes and the messages of work on one: the PDF and the EPUB together, which are made side by side, and each
alone. Also of documents in one run, which share what is built in.
"""
import os
import subprocess
import sys
import tempfile
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TESTS))
from tally import Tally  # noqa: E402

BRIEF = os.path.abspath(sys.argv[1])
CORES = sorted(os.sched_getaffinity(0))
# Said while the EPUB is made, and by the layout before: their order is part of what is compared.
LINKS = "---\ntitle: Links\nlang: en-GB\n---\n\n" + "".join(
    f"# Section {i}\n\nA [page](https://example.org:{70000 + i}/) and [one more](https://example.org:{80000 + i}/).\n\n" for i in range(40))


def make(folder, sources, *options, cores=None):
    """The files by name, and what was said."""
    os.makedirs(folder)
    result = subprocess.run([BRIEF, "make", *options, "--out-dir", folder, *map(str, sources)], capture_output=True, check=False,
                            preexec_fn=lambda: os.sched_setaffinity(0, cores or CORES))
    made = {path.name: path.read_bytes() for path in sorted(Path(folder).rglob("*")) if path.is_file()}
    return made, result.stderr.decode(errors="replace"), result.returncode


def main():
    tally = Tally()
    with tempfile.TemporaryDirectory(prefix="brief-cores-") as top:
        links = Path(top) / "links.md"
        links.write_text(LINKS)
        sources = [links, *sorted((TESTS.parent / "input").glob("*.md"))]
        both, said, status = make(os.path.join(top, "many"), sources, "--pdf", "--epub")
        one_core, one_said, _ = make(os.path.join(top, "one"), sources, "--pdf", "--epub", cores=CORES[:1])
        tally.check("files are made", status == 0 and len(both) == 2 * len(sources), said)
        tally.check("something is said of the links", said.count("[epub-link]") >= 40, said)
        tally.check("one core says the same", said == one_said, one_said)
        for name, content in both.items():
            tally.check(f"{name}: the same on one core", one_core.get(name) == content)
        for source in sources:
            for form in ("pdf", "epub"):
                name = f"{source.stem}.{form}"
                alone, _, _ = make(os.path.join(top, name), [source], f"--{form}")
                tally.check(f"{name}: the same alone", alone == {name: both[name]})
    return tally.done()


if __name__ == "__main__":
    raise SystemExit(main())
