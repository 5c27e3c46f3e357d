#!/usr/bin/env python3
"""Codes of diagnostics: every one that the program uses is in a table of src/check/, with the gravest severity that it is used with, and
every one there is used; docs/checks.md is what `brief explain --markdown` says (UPDATE=1 writes it).

The source is read: a function that is given a code has a parameter `const char *code`, and what callers put there is looked at.
"""
import glob
import os
import re
import subprocess

from tally import BRIEF, PROJECT, Tally
from walls import without_comments

PAGE = os.path.join(PROJECT, "docs", "checks.md")
SEVERITIES = ["DIAG_NOTE", "DIAG_WARNING", "DIAG_ERROR"]
CODE = r"[a-z0-9]+(?:-[a-z0-9]+)*"
ALWAYS = {"diag_claim": "DIAG_WARNING", "diag_world": "DIAG_ERROR"}


def arguments(text, at):
    """The arguments of a call, from behind its parenthesis."""
    found, depth, start, quote = [], 0, at, None
    while at < len(text):
        c = text[at]
        if quote:
            if c == "\\":
                at += 1
            elif c == quote:
                quote = None
        elif c in "\"'":
            quote = c
        elif c in "([{":
            depth += 1
        elif c in ")]}":
            if not depth:
                return found + [text[start:at].strip()]
            depth -= 1
        elif c == "," and not depth:
            found.append(text[start:at].strip())
            start = at + 1
        at += 1
    return found


def takers(text):
    """Functions with a code among their parameters: name → its index."""
    found = {}
    for match in re.finditer(r"\b([a-z_]+)\(([^()]*\bconst char \*code\b[^()]*)\)", text):
        parameters = [parameter.strip() for parameter in match[2].split(",")]
        found[match[1]] = parameters.index("const char *code")
    return found


def uses(sources):
    """(code, severity or None, place) of every use, and complaints about what cannot be followed."""
    found, unknown = [], []
    public = {name: index for path, text in sources.items() if path.endswith(".h") for name, index in takers(text).items()}
    for path, text in sources.items():
        constants = dict(re.findall(rf'\bstatic const char (\w+)\[\] = "({CODE})"', text))
        for name, index in {**public, **takers(text)}.items():
            for match in re.finditer(rf"\b{name}\(", text):
                given = arguments(text, match.end())
                place = f"{path}:{text.count(chr(10), 0, match.start()) + 1}"
                if len(given) <= index or "const char *" in given[index]:
                    continue
                what = given[index]
                codes = re.findall(rf'"({CODE})"', what) or [constants[word] for word in [what] if word in constants]
                if not codes and not re.fullmatch(r"(\w+(->|\.))?code", what):
                    unknown.append(f"{place}: {name}() is given {what}")
                severity = ALWAYS.get(name) or next((word for word in given if word in SEVERITIES), None)
                found += [(code, severity, place) for code in codes]
        # a table of faults, each with its code
        found += [(match[1], None, path) for match in re.finditer(rf'^\s+\[\w+\] = {{"({CODE})", "', text, re.M)]
        # the limits, which limit_tell() tells
        if path.endswith("base/limits.h"):
            found += [(match[1], "DIAG_ERROR", path) for match in re.finditer(rf'^    L\(\w+, "[^"]+", "({CODE})"', text, re.M)]
        # an image's fault, made by hand
        found += [(match[1], None, path) for match in re.finditer(rf'\.code = "({CODE})", \.message', text)]
        found += [(match[1], "DIAG_NOTE", path) for match in re.finditer(rf"note: [^\"]*\[({CODE})\]", text)]
    return found, unknown


def tables(sources):
    """Entries of the tables: code → (severity, file)."""
    found = {}
    for path, text in sources.items():
        if re.match(r"check/rules_\w+\.c$", path):
            for code, severity in re.findall(rf'\{{"({CODE})",\s*(DIAG_\w+),', text):
                found[code] = (severity, path)
    return found


def main():
    tally = Tally()
    sources = {}
    for path in sorted(glob.glob(os.path.join(PROJECT, "src", "*", "*.[ch]"))):
        with open(path, encoding="utf-8") as file:
            sources[os.path.relpath(path, os.path.join(PROJECT, "src"))] = without_comments(file.read())
    entries = tables(sources)
    found, unknown = uses({path: text for path, text in sources.items() if not path.startswith("check/rules_")})
    tally.check("every code can be followed", not unknown, "\n".join(unknown))
    tally.check("there are codes", len(found) > 100 and len(entries) > 80)
    for code, _, place in found:
        tally.check(f"{place} {code}", code in entries, "no table in src/check/ has this code")
    used = {code for code, _, _ in found}
    for code, (severity, path) in sorted(entries.items()):
        if not tally.check(f"{path} {code}", code in used, "nothing uses this code"):
            continue
        given = {one for name, one, _ in found if name == code and one}
        worst = max(given, key=SEVERITIES.index, default=severity)
        tally.equal(f"{path} {code}: severity", worst, severity)
    for path in {path for _, path in entries.values()}:
        order = [code for code, (_, other) in entries.items() if other == path]
        tally.equal(f"{path} is sorted", sorted(order), order)
    page = subprocess.run([BRIEF, "explain", "--markdown"], capture_output=True, text=True, check=True).stdout
    if os.environ.get("UPDATE"):
        with open(PAGE, "w", encoding="utf-8") as file:
            file.write(page)
    with open(PAGE, encoding="utf-8") as file:
        tally.equal("docs/checks.md (UPDATE=1 tests/codes.py)", page, file.read())
    return tally.done()


if __name__ == "__main__":
    raise SystemExit(main())
