#!/usr/bin/env python3
"""The walls between the rooms of src/ (docs/architecture.md), read off the #include lines.

A room includes the public headers of the rooms it may use, its own headers, the C and POSIX libraries, and the third-party
headers that are its alone. What C offers and this project does not use is looked for as well: memory outside base/, functions
that depend on the locale or trust the length of a string.
"""
import os
import re

from tally import PROJECT, Tally

# room: rooms whose public header (ROOM/ROOM.h) it may include, third-party headers that only it includes
ROOMS = {
    "base": ("", r"malloc\.h|dlfcn\.h|sys/auxv\.h|nettle/(md5|sha2)\.h|libdeflate\.h|pthread\.h|sched\.h|stdatomic\.h|sys/(file|ioctl|mman|prctl|socket)\.h|sanitizer/asan_interface\.h"),
    "record": ("base", ""),
    "tree": ("base", ""),
    "read": ("tree base", r"cmark-gfm.*\.h|yaml\.h"),
    "resolve": ("tree base", ""),
    "style": ("tree base text", r"yaml\.h"),
    "text": ("base", r"hb(-.*)?\.h|hyphen\.h|(linebreak|wordbreak|graphemebreak|unibreakbase|unibreakdef)\.h|fribidi.*\.h|thai/thbrk\.h"),
    "image": ("base", r"png\.h|jpeglib\.h|jerror\.h|librsvg/.*"),
    "layout": ("style text image tree base resolve", ""),
    "pdf": ("layout style text image tree base resolve record", r"hpdf.*\.h|libdeflate\.h|zlib\.h"),
    "epub": ("layout style text image tree base resolve record", ""),
    "check": ("layout style text image tree base", r"jansson\.h"),
    "diff": ("layout style text image tree base", r"jansson\.h"),
    "inspect": ("base", r"qpdf/qpdf-c\.h|dlfcn\.h|libxml/.*|minizip/.*|unzip\.h|zlib\.h"),
    "cmd": ("base check diff inspect tree read resolve style text image layout pdf epub record", r"jansson\.h"),
    "": ("base cmd", ""),  # src/main.c
}

SYSTEM = set("""assert.h errno.h inttypes.h iso646.h limits.h math.h signal.h setjmp.h stdalign.h stdarg.h stdbool.h stddef.h stdint.h stdio.h
stdlib.h string.h time.h dirent.h fcntl.h poll.h unistd.h sys/resource.h sys/stat.h sys/time.h sys/types.h sys/wait.h""".split())

# what is not used: where it is allowed, and why it is not used elsewhere
BANNED = (
    (r"\b(strcpy|strcat|sprintf|vsprintf|strtok|gets|strncpy|strncat)\s*\(", "", "trusts the length of a string"),
    (r"\b(atoi|atol|atof|strtod|strtof|setlocale|localtime|localtime_r|mktime|strftime|asctime|ctime)\s*\(", "",
     "depends on the locale or the time zone, or reports no error"),
    (r"\b(malloc|calloc|realloc|strdup|strndup)\s*\(", "base", "memory comes from an arena"),
    (r"\b(alloca)\s*\(", "", "the stack is not for input"),
    (r'printf\s*\([^;]*"[^"]*%[-+ #0-9.*]*[efgaEFGA]\b', "", "depends on the locale"),
    (r"#\s*include\s*<(ctype|locale|wchar|wctype)\.h>", "", "depends on the locale"),
)


def without_comments(text):
    """The text with comments blanked and line numbers kept."""
    def blank(match):
        token = match.group(0)
        return token if token[0] in "\"'" else re.sub(r"[^\n]", " ", token)
    return re.sub(r'"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|//[^\n]*|/\*.*?\*/', blank, text, flags=re.S)


def sources():
    source = os.path.join(PROJECT, "src")
    for folder, _, names in sorted(os.walk(source)):
        for name in sorted(names):
            if name.endswith((".c", ".h")):
                yield os.path.relpath(os.path.join(folder, name), source)


def include_fault(path, quoted, angled):
    """What is wrong with one #include line of the file `path`, or None."""
    room = os.path.dirname(path)
    uses, own = ROOMS[room]
    if angled:
        if angled in SYSTEM or (own and re.fullmatch(own, angled)):
            return None
        return f"<{angled}> does not belong to this room"
    other = os.path.dirname(quoted)
    if other == room or (other == "" and os.path.exists(os.path.join(PROJECT, "src", room, quoted))):
        return None
    if other not in uses.split():
        return f'"{quoted}": {room or "src"}/ may not use {other or "that"}'
    if os.path.basename(quoted) != other + ".h":
        return f'"{quoted}" is private to {other}/'
    return None


def main():
    tally = Tally()
    seen = set()
    for path in sources():
        room = os.path.dirname(path)
        if not tally.check(f"src/{path}", room in ROOMS, f"there is no room {room}/ in tests/walls.py"):
            continue
        seen.add(room)
        with open(os.path.join(PROJECT, "src", path), encoding="utf-8") as file:
            text = without_comments(file.read())
        faults = []
        for number, line in enumerate(text.split("\n"), 1):
            match = re.match(r'\s*#\s*include\s*(?:"([^"]+)"|<([^>]+)>)', line)
            fault = match and include_fault(path, match.group(1), match.group(2))
            if fault:
                faults.append(f"src/{path}:{number}: {fault}")
            for pattern, allowed, why in BANNED:
                found = room not in allowed.split() and re.search(pattern, line)
                if found:
                    faults.append(f"src/{path}:{number}: {found.group(0).strip(' (')}: {why}")
        tally.check(f"src/{path}", not faults, "\n".join(faults))
    tally.equal("every room is there", sorted(ROOMS), sorted(seen))
    # The check must be able to fail.
    for path, quoted, angled in (("pdf/a.c", "epub/epub.h", None), ("epub/a.c", None, "hpdf.h"), ("layout/a.c", "tree/build.h", None),
                                 ("tree/a.c", "read/read.h", None), ("cmd/a.c", None, "yaml.h")):
        tally.check(f"{path} may not include {quoted or angled}", include_fault(path, quoted, angled))
    return tally.done()


if __name__ == "__main__":
    raise SystemExit(main())
