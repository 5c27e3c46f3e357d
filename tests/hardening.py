#!/usr/bin/env python3
"""Is the finished program hardened as cmake/hardening.cmake says? Read off the file itself, with readelf: what was asked of a compiler is not always
what it did."""
import os
import platform
import re
import subprocess
import sys
import tempfile

from tally import BRIEF, PROJECT, Tally


def readelf(path, *options):
    return subprocess.run(["readelf", "-W", *options, path], capture_output=True, text=True, check=True, env={**os.environ, "LC_ALL": "C"}).stdout


def facts(path):
    """Name of a property → whether the program has it."""
    header, dynamic = readelf(path, "-h"), readelf(path, "-d")
    symbols = set(re.findall(r" UND (\w+)", readelf(path, "--dyn-syms")))
    segments = {}
    for kind, flags in re.findall(r"^  (\w+) .* ([R ][W ][E ]) 0x\w+$", readelf(path, "-l"), re.M):
        segments.setdefault(kind, []).append(flags)
    notes = readelf(path, "-n")
    with open(path, "rb") as file:
        content = file.read()
    return {
        "position-independent": "Type:                              DYN" in header and "PIE" in dynamic,
        "functions of libraries are bound at the start": re.search(r"\bBIND_NOW\b|FLAGS_1.*\bNOW\b", dynamic) is not None,
        "relocations are read-only then": "GNU_RELRO" in segments,
        "the stack cannot be run": segments.get("GNU_STACK") == ["RW "],
        "nothing that can be written can be run": not any("W" in flags and "E" in flags for rows in segments.values() for flags in rows),
        "only one segment can be run": sum("E" in flags for flags in segments.get("LOAD", [])) == 1,
        "frames are guarded": "__stack_chk_fail" in symbols,
        "lengths are checked": {"__memcpy_chk", "__fprintf_chk"} & symbols and len([name for name in symbols if name.endswith("_chk")]) >= 3,
        "no code is relocated": "TEXTREL" not in dynamic,
        "libraries are not looked for in a folder of its own": not re.search(r"\b(RPATH|RUNPATH)\b", dynamic),
        "no path of the build is in it": os.fsencode(PROJECT) not in content and b"../src/" not in content and b"/src/base/" not in content,
        "jumps are marked": platform.machine() != "x86_64" or content.count(b"\xf3\x0f\x1e\xfa") > 100,
        "so says its note": not note_known() or {"IBT", "SHSTK"} <= set(re.findall(r"\b(?:IBT|SHSTK)\b", notes)),
    }


def note_known():
    """Whether this machine's linker says of a program that its jumps and returns are marked: on Debian 12 the start files are not, so it does not."""
    with tempfile.TemporaryDirectory() as folder:
        program = os.path.join(folder, "a")
        done = subprocess.run(["cc", "-fcf-protection=full", "-x", "c", "-", "-o", program], input="int main(void) { return 0; }", text=True, capture_output=True, check=False)
        return done.returncode == 0 and "IBT" in readelf(program, "-n")


def main():
    tally = Tally()
    for name, good in facts(BRIEF).items():
        tally.check(f"{name} ({BRIEF})", good)
    # The checks must be able to fail: a program that is not hardened, with a path in it.
    with tempfile.TemporaryDirectory() as folder:
        program = os.path.join(folder, "soft")
        source = f'#include <string.h>\nchar *volatile p = "{PROJECT}"; int main(void) {{ char b[9]; strcpy(b, p); return b[0]; }}'
        subprocess.run(["cc", "-O1", "-no-pie", "-U_FORTIFY_SOURCE", "-fno-stack-protector", "-Wl,-z,norelro,-z,lazy,-z,execstack,-z,noseparate-code,-rpath,/tmp", "-w", "-x", "c",
                        "-", "-o", program], input=source, text=True, check=True)
        good = {name for name, good in facts(program).items() if good}
    tally.equal("a soft program is found to be one", [], sorted(good - {"only one segment can be run", "no code is relocated", "so says its note"}))
    return tally.done()


if __name__ == "__main__":
    sys.exit(main())
