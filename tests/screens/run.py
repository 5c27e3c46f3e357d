#!/usr/bin/env python3
"""Opens the content files of EPUBs in Chromium, on a narrow and a wide screen, by day and by night (look.js says what is looked for).

Every sample in every sheet, and the golden cases of what could be too wide or too pale: tables, figures, notes, pull-quotes, code, right to left; and a document
of each script.
look.js is first shown files that it must refuse. Puppeteer is the one that Ace brings: tests/validate/install.sh must have run.
"""
import json
import os
import shutil
import subprocess
import sys
import zipfile

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from corpus import golden_cases, make_all, samples, script_cases  # noqa: E402
from tally import BUILD, Tally  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
OUT = os.path.join(BUILD, "tests", "screens")
WIDTHS = "320,1200"
GOLDEN = ("boxes code contents cover definitions figures front hyphenation images inlines line-blocks links lists long-words marking notes "
          "paragraph-numbers pull-quote quotes recommendations references right-to-left scripts spans sub-superscripts table tasks title").split()

PAGE = """<?xml version="1.0" encoding="utf-8"?>
<html xmlns="http://www.w3.org/1999/xhtml" lang="en"><head><title>Refused</title><style>:root {{ color-scheme: light dark }}</style></head>
<body>{}</body></html>
"""
WIDE = '<div style="width: 2000px">wide</div>'
REFUSED = {  # a body, and what must be said of it
    "wide": (f"<p>x</p>{WIDE}", "the page is"),
    "left": ('<p style="margin-left: -5em">out on the left</p>', "reaches from"),
    "word": (f'<p>{"long" * 99}</p>', "reaches from"),
    "cell": ('<table style="table-layout: fixed; width: 200px"><tr><td>impossibilities</td><td>impossibilities</td>'
             '<td>impossibilities</td></tr></table>', "reaches out of its cell"),
    "unreached": (f'<div style="overflow-x: auto">{WIDE}</div>', "no keyboard reaches"),
    "pale": ('<p style="color: #8a8a8a">pale</p>', "320 px, light: contrast"),
    "dark": ('<p style="color: #00495e">dark on dark</p>', "320 px, dark: contrast"),
    "tint": ('<div style="background: #00000060"><p>black on <b style="color: #777">grey</b></p></div>', "light: contrast"),
    "lost": ('<p><img src="nowhere.png" alt="nothing"/></p>', "not there"),
    "script": ("<script>throw new Error('no')</script>", "console: "),
}


def chromium():
    names = [os.environ.get("CHROMIUM"), "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
    return next(filter(None, (name and shutil.which(name) for name in names)), "")


def look(files):
    """{file: (what is wrong, how many pieces of text were seen)}"""
    with open(os.path.join(BUILD, "validators", "ace"), encoding="utf-8") as file:
        modules = file.read().strip()
    done = subprocess.run(["node", os.path.join(HERE, "look.js"), WIDTHS], input="\n".join(files) + "\n", capture_output=True, text=True,
                          timeout=1200, env={**os.environ, "NODE_PATH": modules, "PUPPETEER_EXECUTABLE_PATH": chromium()})
    seen = {entry["file"]: (entry["faults"], entry["texts"]) for entry in map(json.loads, filter(None, done.stdout.split("\n")))}
    return {file: seen.get(file, (["no verdict", done.stderr[-1500:]], 0)) for file in files}


def unpacked(case):
    """The content files of a case's EPUB, unpacked: all that is XHTML, cover and navigation as well."""
    folder = os.path.join(OUT, case.name)
    with zipfile.ZipFile(case.epub) as archive:
        archive.extractall(folder)
        return [os.path.join(folder, name) for name in archive.namelist() if name.endswith(".xhtml")]


def wanted(case):
    return not case.name.startswith("golden-") or any(case.stem.startswith(word) for word in GOLDEN)


def main():
    tally = Tally()
    shutil.rmtree(OUT, ignore_errors=True)
    cases = [case for case in golden_cases() + script_cases() + samples() if wanted(case) and (not sys.argv[1:] or any(word in case.name for word in sys.argv[1:]))]
    good, faults = make_all(cases)
    for fault in faults:
        tally.check("make", False, fault)
    files = {path: f"{case.name} {os.path.relpath(path, os.path.join(OUT, case.name))}" for case in good for path in unpacked(case)}
    refused = {}
    for name, (body, said) in REFUSED.items():
        path = os.path.join(OUT, "refused", name + ".xhtml")
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(PAGE.format(body))
        refused[path] = said
    seen = look([*refused, *files])
    for path, said in refused.items():
        tally.check(f"refuses {os.path.basename(path)}: {said}", any(said in fault for fault in seen[path][0]), "\n".join(seen[path][0]))
    for path, name in files.items():
        found, texts = seen[path]
        tally.check(f"{name} in Chromium", not found, "\n".join(found[:12]))
        tally.check(f"{name}: text was seen", texts or os.path.basename(path) == "cover.xhtml", "none")
    return tally.done()


if __name__ == "__main__":
    raise SystemExit(main())
