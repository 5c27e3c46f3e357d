#!/usr/bin/env python3
"""Does the same source give the same program, byte for byte? It is built once more, in another folder with a longer path, by somebody with another umask,
locale, zone, home and date, with no cache and more at once, and compared with build/brief."""
import os
import re
import shutil
import subprocess
import sys
import tempfile

from tally import BRIEF, PROJECT, Tally

SOURCES = ("CMakeLists.txt", "cmake", "docs", "fonts", "share", "src", "styles")
ELSEWHERE = {"TZ": "Pacific/Chatham", "LC_ALL": "C", "LANG": "C", "SOURCE_DATE_EPOCH": "86400", "USER": "somebody", "CCACHE_DISABLE": "1",
             "CFLAGS": "", "LDFLAGS": ""}


def sections(path):
    """Name → bytes."""
    text = subprocess.run(["readelf", "-W", "-S", path], capture_output=True, text=True, check=True).stdout
    with open(path, "rb") as file:
        content = file.read()
    places = re.findall(r"^\s+\[ ?\d+\] (\.\S+)\s+(?!NOBITS)\w+\s+[0-9a-f]+ ([0-9a-f]+) ([0-9a-f]+)", text, re.M)
    return {name: content[int(start, 16):int(start, 16) + int(size, 16)] for name, start, size in places}


def difference(one, other):
    """Where two programs part."""
    first, second = sections(one), sections(other)
    for name in first:
        left, right = first[name], second.get(name, b"")
        if left != right:
            at = next((i for i, (x, y) in enumerate(zip(left, right)) if x != y), min(len(left), len(right)))
            yield f"{name}: {len(left)} and {len(right)} bytes, from byte {at}: {left[max(at - 16, 0):at + 48]!r} | {right[max(at - 16, 0):at + 48]!r}"


def build(folder):
    """A release in a folder that is not called as here; what was said when it failed."""
    source, binary = os.path.join(folder, "brief in another place, the name of which is longer"), os.path.join(folder, "out")
    os.makedirs(source)
    for name in SOURCES:
        path = os.path.join(PROJECT, name)
        (shutil.copytree if os.path.isdir(path) else shutil.copyfile)(path, os.path.join(source, name))
    environment = {**os.environ, **ELSEWHERE, "HOME": folder}
    for command in (["cmake", "-G", "Ninja", "-S", source, "-B", binary, "-DCMAKE_BUILD_TYPE=Release", "-DBRIEF_WERROR=ON"],
                    ["cmake", "--build", binary, "-j", str(len(os.sched_getaffinity(0)) + 1)]):
        done = subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True, errors="replace", check=False, umask=0o077)
        if done.returncode:
            return None, (done.stdout + done.stderr)[-6000:]
    return os.path.join(binary, "brief"), ""


def main():
    tally = Tally()
    with tempfile.TemporaryDirectory(prefix="brief-reproducible-") as folder:
        program, said = build(folder)
        if tally.check("it is built elsewhere, with warnings as errors", program, said):
            with open(program, "rb") as file, open(BRIEF, "rb") as other:
                same = file.read() == other.read()
            tally.check("it is the same program", same, lambda: "\n".join(difference(BRIEF, program)))
    return tally.done()


if __name__ == "__main__":
    sys.exit(main())
