#!/usr/bin/env python3
"""What do analysers find in the source? clang's warnings and clang-tidy (.clang-tidy), cppcheck and gcc's analyzer, over every file of src/; clang's
warnings over the tests and the programs of the build as well. Nothing may be found but what EXCEPTIONS names, with its reason, and nothing may be named
there that is not found. A line may say NOLINT(check), with a reason, to clang-tidy.

    tests/analysis.py [WORD]…    only files whose path has one of the words

What was found in a file is kept in build/analysis/, by everything that it depends on. clang's own analyzer is not asked: it takes many times as long as
all others together.
"""
import glob
import hashlib
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

from tally import BUILD, PROJECT, Tally

KEPT = os.path.join(BUILD, "analysis")
WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Wshadow", "-Wstrict-prototypes", "-Wswitch-enum", "-Wformat=2", "-Wno-unused-command-line-argument"]
TOOLS = {
    "gcc": lambda path, flags: ["gcc", "-fanalyzer", "-S", "-o", "/dev/null", *flags, path],
    "clang-tidy": lambda path, flags: ["clang-tidy", "--quiet", f"--config-file={PROJECT}/.clang-tidy", path, "--", *WARNINGS, *flags],
    "cppcheck": lambda path, flags: ["cppcheck", "--quiet", "--std=c11", "--enable=warning,portability",
                                     "--suppress=varFuncNullUB",  # POSIX has NULL be a pointer
                                     "-D_Noreturn=__attribute__((noreturn))",
                                     "--template={file}:{line}:{column}: {severity}: {message} [{id}]",
                                     *[flag for flag in flags if not flag.startswith(("-std", "-I/usr"))], path],
    "clang": lambda path, flags: ["clang", "-fsyntax-only", *WARNINGS, *flags, path],
}

# (tool, file, what it calls the finding) → why it is none
EXCEPTIONS = {
    ("clang-tidy", "src/base/arena.c", "bugprone-branch-clone"): "what is left free behind a piece of memory is nought but when it is fuzzed",
    ("clang-tidy", "src/base/work_apart.c", "bugprone-signal-handler,cert-sig30-c"): "the handler goes over an array, unlinks and ends",
    ("clang-tidy", "src/cmd/timings.c", "bugprone-integer-division"): "nanoseconds are cut to microseconds before they become milliseconds",
    ("clang-tidy", "src/layout/pages.c", "misc-no-recursion"): "as deep as pages are looked ahead, which is four",
    ("clang-tidy", "src/pdf/syntax.c", "bugprone-not-null-terminated-result"): "what is written has a length, and no NUL",
    ("clang-tidy", "src/read/blocks.c", "bugprone-misplaced-widening-cast"): "columns of a file of at most 256 MB",
    ("clang-tidy", "src/style/property.c", "bugprone-macro-parentheses"): "the macro's arguments are rows of a table: names of members, and initialisers",
    ("clang-tidy", "src/style/vary.c", "bugprone-sizeof-expression"): "it counts an array of pointers",
    ("cppcheck", "src/base/turns.c", "invalidFunctionArg"): "memchr makes an unsigned char of the byte itself",
    ("cppcheck", "src/epub/inline.c", "internalAstError"): "cppcheck 2.10 cannot read `? (Str){0} :`",
    ("cppcheck", "src/layout/breaks.c", "internalAstError"): "the same",
    ("cppcheck", "src/pdf/link.c", "internalAstError"): "the same",
    ("cppcheck", "src/text/hyphenate.c", "internalAstError"): "the same",
    ("cppcheck", "src/text/assemble.c", "identicalInnerCondition"): "what is returned is set in between",
    ("cppcheck", "src/text/divide.c", "compareBoolExpressionWithInt"): "a loop that runs once, or twice if that is true",
    ("cppcheck", "src/text/shape.c", "invalidFunctionArg"): "the same as in src/base/turns.c",
    ("gcc", "src/base/late.c", "-Wanalyzer-use-of-uninitialized-value"): "it is what dlsym gave, and is looked at in the line before",
}


def output_of(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def flags_of():
    """File → what the build tells the compiler of names and folders."""
    with open(os.path.join(BUILD, "compile_commands.json"), encoding="utf-8") as file:
        entries = json.load(file)
    flags = {os.path.relpath(entry["file"], PROJECT): [word for word in shlex.split(entry["command"].replace("-isystem ", "-I"))
                                                       if re.match(r"-[DI](?!_FORTIFY)", word)] for entry in entries}
    everywhere = sorted({word for words in flags.values() for word in words if not word.startswith("-DBRIEF_")} | {f'-DPROJECT_DIR="{PROJECT}"'})
    return lambda path: ["-std=c17", *flags.get(path, everywhere)]


def tasks(words):
    flags = flags_of()
    sources = [os.path.relpath(path, PROJECT) for path in sorted(glob.glob(os.path.join(PROJECT, "src", "**", "*.c"), recursive=True))]
    others = [os.path.relpath(path, PROJECT) for folder in ("tests/**", "cmake") for path in sorted(glob.glob(os.path.join(PROJECT, folder, "*.c"), recursive=True))]
    for tool in ("gcc", "clang-tidy", "cppcheck", "clang"):
        for path in others if tool == "clang" else sources:
            if not words or any(word in path for word in words):
                yield tool, path, TOOLS[tool](path, flags(path))


def findings(command):
    """(file, line, name, sentence) of each thing that a tool says."""
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, errors="replace", check=False)
    text = done.stdout + done.stderr
    found = re.findall(r"^([^\s:]+):(\d+):\d+: (?:warning|error|fatal error|portability|information): (.*?)(?: \[([^\]]+)\])?$", text, re.M)
    rows = sorted({(os.path.relpath(os.path.join(PROJECT, path), PROJECT), int(line), name or "error", said) for path, line, said, name in found})
    return rows if rows or done.returncode == 0 else [(command[-1], 0, "error", text[-600:])]


class Keeper:
    """Findings of before, by the tool, the file, and all that a file may include."""

    def __init__(self):
        os.makedirs(KEPT, exist_ok=True)
        headers = hashlib.sha256()
        for path in sorted(glob.glob(os.path.join(PROJECT, "src", "**", "*.h"), recursive=True)):
            with open(path, "rb") as file:
                headers.update(path.encode() + b"\0" + file.read())
        with open(os.path.join(PROJECT, ".clang-tidy"), "rb") as file:
            asked = {"clang-tidy": file.read()}
        self.digest = {tool: headers.digest() + asked.get(tool, b"") + output_of(tool, "--version").encode() for tool in TOOLS}

    def findings(self, command, path):
        with open(os.path.join(PROJECT, path), "rb") as file:
            key = hashlib.sha256(self.digest[command[0]] + repr(command).encode() + file.read()).hexdigest()
        kept = os.path.join(KEPT, key)
        if os.path.exists(kept):
            with open(kept, encoding="utf-8") as file:
                return json.load(file)
        rows = findings(command)
        with open(kept + ".new", "w", encoding="utf-8") as file:
            json.dump(rows, file)
        os.replace(kept + ".new", kept)
        return rows


def check_tools(tally):
    """Each tool must be able to find something."""
    faults = {
        "gcc": "#include <stdlib.h>\nvoid f(void) { char *p = malloc(1); free(p); free(p); }\n",
        "clang-tidy": "#include <string.h>\nint f(char *p, char *q) { return strcmp(p, q) == -1; }\nint g(int n) { return n ? g(n - 1) : 0; }\n",
        "cppcheck": "int f(void) { int a[3] = {0}; return a[3]; }\n",
        "clang": "int f(int a) { int b = a; { int b = a; return b; } return b; }\n",
    }
    with tempfile.TemporaryDirectory() as folder:
        for tool, text in faults.items():
            path = os.path.join(folder, "fault.c")
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
            found = [row for row in findings(TOOLS[tool](path, ["-std=c17"])) if row[2] != "error"]
            tally.check(f"{tool} finds a fault", found)


def main():
    tally = Tally()
    check_tools(tally)
    keeper, words = Keeper(), sys.argv[1:]
    used = set()
    work = list(tasks(words))
    with ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        for (tool, path, _), rows in zip(work, pool.map(lambda task: keeper.findings(task[2], task[1]), work)):
            faults = []
            for where, line, name, said in rows:
                if (tool, where, name) in EXCEPTIONS:
                    used.add((tool, where, name))
                else:
                    faults.append(f"{where}:{line}: {said} [{name}]")
            tally.check(f"{tool} {path}", not faults, "\n".join(faults))
    if not words:
        tally.equal("every exception is needed", [" ".join(key) for key in sorted(EXCEPTIONS)], [" ".join(key) for key in sorted(used)])
    return tally.done()


if __name__ == "__main__":
    sys.exit(main())
