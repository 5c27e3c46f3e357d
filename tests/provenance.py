#!/usr/bin/env python3
"""Where a file comes from: every sample carries its source, gives it back byte for byte, and is made of it again byte for byte, in both formats;
`brief verify` says so in another folder, locale, time zone and year, and names whatever has been changed. What a hostile file names is
refused, and nothing is ever written outside the folder that was asked for.
"""
import hashlib
import os
import random
import re
import shutil
import subprocess
import sys
import zipfile

from corpus import DATE, samples
from tally import BRIEF, BUILD, PROJECT, Tally

sys.path.insert(0, os.path.join(PROJECT, "tests", "cli"))
from mistakes import png  # noqa: E402

WORK = os.path.join(BUILD, "tests", "provenance")
ELSEWHERE = {"TZ": "Asia/Tokyo", "LC_ALL": "tr_TR.UTF-8", "HOME": "/nonexistent"}
LATER = ["faketime", "-f", "@2031-05-06 07:08:09"]
HEAD = "---\ntitle: A title\nlang: en-GB\ndate: 2024-03-01\n---\n\n"


def run(*words, folder=WORK, environment=None, stdin=b"", wrapper=()):
    variables = {key: value for key, value in os.environ.items() if key != "SOURCE_DATE_EPOCH"}
    done = subprocess.run([*wrapper, BRIEF, *words], cwd=folder, input=stdin, capture_output=True, timeout=120,
                          env={**variables, "NO_COLOR": "1", **(environment or {})})
    return done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")


def read(*path):
    with open(os.path.join(*path), "rb") as file:
        return file.read()


def write(content, *path):
    path = os.path.join(*path)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(content if isinstance(content, bytes) else content.encode())
    return path


def tree(folder):
    """Every file, link and folder below a folder, with its bytes."""
    found = {}
    for top, folders, names in os.walk(folder):
        for name in folders + names:
            path = os.path.join(top, name)
            link = os.path.islink(path)
            found[os.path.relpath(path, folder)] = os.readlink(path) if link else read(path) if os.path.isfile(path) else None
    return found


def made_with(said):
    """The words of the command that `brief extract` tells, without those that name one format, and its environment."""
    import shlex
    words = shlex.split(re.search(r"it is made by: (.*) \[made-with\]", said)[1])
    environment = dict(word.split("=", 1) for word in words if word.startswith("SOURCE_DATE_EPOCH="))
    return [word for word in words if word not in environment and not word.startswith("SOURCE_DATE_EPOCH=")][1:], environment


def record(path):
    """What the file says of how it was made: {name: [values]}, read off the bytes."""
    if path.endswith(".epub"):
        with zipfile.ZipFile(path) as file:
            text = file.read("EPUB/package.opf").decode()
        pairs = re.findall(r'<meta property="brief:(\w+)">([^<]*)</meta>', text)
    else:
        text = re.search(rb"<rdf:Description [^>]*xmlns:brief=.*?</rdf:Description>", read(path), re.S)[0].decode()
        pairs = []
        for name, value in re.findall(r"<brief:(\w+)>(.*?)</brief:\1>", text, re.S):
            pairs += [(name, item) for item in re.findall(r"<rdf:li>(.*?)</rdf:li>", value)] or [(name, value)]
    found = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found


def check_round_trip(tally, name, files, sources):
    """Each file gives back its sources (a name → bytes), is made again from them, and is verified from elsewhere."""
    for path in files:
        out = os.path.join(WORK, "out", name, os.path.basename(path))
        shutil.rmtree(out, ignore_errors=True)
        status, listed, said = run("extract", path, out)
        if not tally.check(f"{name}: extract {os.path.basename(path)}", status == 0, said):
            continue
        found = {key: value for key, value in tree(out).items() if value is not None}
        tally.equal(f"{name}: {os.path.basename(path)} gives back its sources", sorted(sources), sorted(found))
        tally.check(f"{name}: {os.path.basename(path)}: byte for byte", found == sources)
        tally.equal(f"{name}: the names are told", sorted(os.path.join(out, key) for key in found), sorted(listed.split("\n")[:-1]))
        words, _ = made_with(said)
        again = os.path.join(out, "again" + os.path.splitext(path)[1])
        status, _, said = run(*words, "-q", "-o", again, folder=out)
        tally.check(f"{name}: {os.path.basename(path)} is made again", status == 0 and read(again) == read(path), said)
        for how, wrapper, environment in (("here", (), {}), ("elsewhere, later", LATER, ELSEWHERE)):
            status, text, said = run("verify", path, folder="/", wrapper=wrapper, environment=environment)
            tally.check(f"{name}: verify {os.path.basename(path)} {how}", (status, text) == (0, path + ": identical\n"), text + said)
    pair = [record(path) for path in files]
    tally.check(f"{name}: files of one build say so", all(one["build"] == pair[0]["build"] for one in pair)
                and all(one["sourceDigest"] == pair[0]["sourceDigest"] for one in pair), str(pair))
    digest = hashlib.sha256(sources[pair[0]["input"][0].split(" ", 2)[2]]).hexdigest()
    tally.check(f"{name}: the source's digest", pair[0]["sourceDigest"] == [digest], str(pair[0]))


def check_samples(tally):
    for case in samples():
        out = os.path.join(WORK, "made", case.name)
        words = ["make", case.file, "--embed-source", "-q", "--out-dir", out] + (["--style", case.style] if case.style else [])
        status, _, said = run(*words, folder=case.folder, environment={"SOURCE_DATE_EPOCH": DATE})
        if not tally.check(f"{case.name}: make", status == 0, said):
            continue
        files = [os.path.join(out, case.stem + ending) for ending in (".pdf", ".epub")]
        names = [line.split(" ", 2)[2] for line in record(files[0])["input"]]
        tally.check(f"{case.name}: the source comes first", names[0] == case.file, str(names))
        written = set(re.findall(r"images/[\w-]+\.png", read(case.source).decode()))
        tally.equal(f"{case.name}: every image is recorded", sorted(written), sorted(names[1:]))
        check_round_trip(tally, case.name, files, {name: read(case.folder, name) for name in names})


def face():
    """A TrueType file of the machine that may be embedded."""
    for path in ("/usr/share/fonts/truetype/lato/Lato-Regular.ttf", "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"):
        if os.path.exists(path):
            return read(path)
    raise AssertionError("no face to test with")


def check_ways(tally):
    """Documents whose inputs come by other ways than beside the document, and other options."""
    sheet = "name: mine\nextends: briefing\ncolours: {accent: \"#6b1230\"}\n"
    ways = {
        "variants": ({"a.md": HEAD + "Words, and [a link](https://example.org/).\n"},
                     ["a.md", "--large-print=24", "--print", "--blank-pages", "--pdf", "--epub"],
                     ["a.pdf", "a.epub", "a-large-print.pdf", "a-print.pdf"], ["a.md"]),
        "final": ({"a.md": HEAD.replace("lang", "embargo: 2024-07-23 00:01 BST\nlang") + "Words.\n"}, ["a.md", "--final"],
                  ["a.pdf", "a.epub"], ["a.md"]),
        "final by force": ({"a.md": HEAD.replace("lang", "embargo: 9999-07-23 00:01 BST\nlang") + "Words.\n"},
                           ["a.md", "--final", "--break-embargo"], ["a.pdf", "a.epub"], ["a.md"]),
        "no title, no date": ({"Minutes 3.md": "Words.\n"}, ["Minutes 3.md"], ["Minutes 3.pdf", "Minutes 3.epub"], ["Minutes 3.md"]),
        "wider root": ({"in/a.md": HEAD + "![A map](../maps/x.png)\n", "maps/x.png": png()}, ["in/a.md", "--root", "."],
                       ["in/a.pdf", "in/a.epub"], ["in/a.md", "maps/x.png"]),
        "names of all kinds": ({"Größe, 1 ½.md": HEAD + "![A](<./a b.png>) ![B](sub/../é.png) ![C](C.PNG)\n", "a b.png": png(),
                                "é.png": png(3, 3), "C.PNG": png(4, 4), "sub/.keep": b""}, ["Größe, 1 ½.md"],
                               ["Größe, 1 ½.pdf", "Größe, 1 ½.epub"], ["Größe, 1 ½.md", "a b.png", "é.png", "C.PNG"]),
        "a sheet that the document names": ({"a.md": HEAD.replace("lang", "style: sheets/mine.yaml\nlang") + "Words.\n",
                                             "sheets/mine.yaml": sheet + "fonts: {sans: {regular: ../faces/own.ttf}}\n",
                                             "faces/own.ttf": face()},
                                            ["a.md"], ["a.pdf", "a.epub"], ["a.md", "sheets/mine.yaml", "faces/own.ttf"]),
        "a sheet of the command line": ({"a.md": HEAD + "Words.\n", "house.yaml": sheet}, ["a.md", "--style", "./house.yaml"],
                                        ["a.pdf", "a.epub"], ["a.md", "house.yaml"]),
    }
    for name, (files, words, made, wanted) in ways.items():
        folder = os.path.join(WORK, "ways", name)
        for path, content in files.items():
            write(content, folder, path)
            os.utime(os.path.join(folder, path), (1600000000, 1600000000))
        status, _, said = run("make", *words, "--embed-source", "-q", folder=folder)
        if tally.check(f"{name}: make", status == 0, said):
            check_round_trip(tally, name, [os.path.join(folder, path) for path in made], {path: read(folder, path) for path in wanted})
    # Sheets that lie outside the document's folder come below a folder of their own, and find each other there.
    folder = os.path.join(WORK, "ways", "outside")
    write(HEAD + "Words.\n", folder, "in/a.md")
    write("name: mine\nextends: ../base/all.yaml\n", folder, "house/mine.yaml")
    write(sheet + "fonts: {sans: {regular: own.ttf}}\n", folder, "base/all.yaml")
    write(face(), folder, "base/own.ttf")
    for given in ("house/mine.yaml", os.path.join(folder, "house/mine.yaml"), "in/../house/mine.yaml"):
        status, _, said = run("make", "in/a.md", "--style", given, "--embed-source", "-q", folder=folder)
        if tally.check(f"a sheet outside, {given}: make", status == 0, said):
            check_round_trip(tally, "a sheet outside", [os.path.join(folder, "in/a" + ending) for ending in (".pdf", ".epub")],
                             {"a.md": read(folder, "in/a.md"), "style/sheet/mine.yaml": read(folder, "house/mine.yaml"),
                              "style/base/all.yaml": read(folder, "base/all.yaml"), "style/base/own.ttf": read(folder, "base/own.ttf")})
            tally.check("nothing of the machine is told", WORK.encode() not in read(folder, "in/a.pdf"))
    # Standard input has a name, too.
    made = os.path.join(folder, "from-input.pdf")
    status, _, said = run("make", "-", "--embed-source", "-o", made, "-q", stdin=b"Words without a title.\n")
    if tally.check("standard input: make", status == 0, said):
        check_round_trip(tally, "standard input", [made], {"Untitled.md": b"Words without a title.\n"})


def check_changes(tally):
    """One changed byte, wherever, is found and named."""
    folder = os.path.join(WORK, "changes")
    files = {"a.md": (HEAD + "".join(f"Paragraph {i} of some words.\n\n" for i in range(60)) + "![A map](maps/x.png)\n").encode(),
             "mine.yaml": b"name: mine\nextends: briefing\nrules:\n  title: {size: 32pt}\n", "maps/x.png": png(40, 30)}
    for path, content in files.items():
        write(content, folder, path)
    for embedded in (True, False):
        words = ["--embed-source"] if embedded else []
        status, _, said = run("make", "a.md", "--style", "mine.yaml", "-q", *words, folder=folder)
        tally.check("changes: make", status == 0, said)
        for made in ("a.pdf", "a.epub"):
            what = f"{made}, {'carrying' if embedded else 'without'} its source"
            status, _, said = run("verify", made, folder=folder)
            tally.check(f"{what}: alone", status == 0 if embedded else status == 1 and "[no-source]" in said, said)
            status, text, said = run("verify", made, "--source", "a.md", folder=folder)
            tally.check(f"{what}: with its source", (status, text) == (0, made + ": identical\n"), said)
            shutil.rmtree(os.path.join(WORK, "sheets"), ignore_errors=True)
            write(files["mine.yaml"], WORK, "sheets/mine.yaml")
            os.rename(os.path.join(folder, "mine.yaml"), os.path.join(folder, "moved.yaml"))
            status, text, said = run("verify", made, "--source", "a.md", "--style", "../sheets/mine.yaml", folder=folder)
            tally.check(f"{what}: with a sheet from elsewhere", (status, text) == (0, made + ": identical\n"), said)
            os.rename(os.path.join(folder, "moved.yaml"), os.path.join(folder, "mine.yaml"))
            for path, old, new, role, line in (("a.md", b"Paragraph 7", b"Paragraph 9", "source", 21),
                                               ("mine.yaml", b"32pt", b"33pt", "sheet", 4),
                                               ("maps/x.png", b"IEND", b"IENd", "image", 0)):
                write(files[path].replace(old, new), folder, path)
                status, _, said = run("verify", made, "--source", "a.md", folder=folder)
                place = f"{path}:{line}: " if line and embedded else f"{path}: "
                tally.check(f"{what}: changed {path}", status == 1 and f"{place}error: the {role} is not the one" in said
                            and said.count("error:") == 1, said)
                write(files[path], folder, path)
            os.remove(os.path.join(folder, "maps/x.png"))
            status, _, said = run("verify", made, "--source", "a.md", folder=folder)
            tally.check(f"{what}: a file that is gone", status == 3 and "maps/x.png" in said, said)
            write(files["maps/x.png"], folder, "maps/x.png")
    status, _, said = run("extract", "a.pdf", "none", folder=folder)
    tally.check("extract without a source", status == 1 and said.count("error:") == 1 and "[no-source]" in said
                and not os.path.exists(os.path.join(folder, "none")), said)
    check_mutations(tally, folder)


def check_mutations(tally, folder):
    run("make", "a.md", "--style", "mine.yaml", "-q", "--embed-source", folder=folder)
    chance = random.Random(7)
    for made in ("a.pdf", "a.epub"):
        whole = read(folder, made)
        kinds = set()
        for _ in range(150):
            at = chance.randrange(len(whole))
            changed = bytearray(whole)
            changed[at] ^= 1 << chance.randrange(8)
            status, text, said = run("verify", write(bytes(changed), folder, "changed" + made[1:]), folder=folder)
            kinds.add(re.sub(r"“.*?”|[0-9]+", "…", said.split("error: ", 1)[-1].split("\n")[0]))
            tally.check(f"{made}: byte {at} changed", status == 1 and said.count(": error: ") >= 1 and not text, f"status {status}\n{text}{said}")
        tally.check(f"{made}: pages are named", any("first differs" in kind for kind in kinds), "\n".join(sorted(kinds)))
    # A page that is drawn otherwise in a file that is sound, and written by another program from end to end.
    loose = os.path.join(folder, "loose.pdf")
    subprocess.run(["qpdf", "--stream-data=uncompress", "--normalize-content=n", os.path.join(folder, "a.pdf"), loose], check=True)
    status, _, said = run("verify", "loose.pdf", folder=folder)
    tally.check("a.pdf, written anew by qpdf", status == 1 and "its pages draw the same" in said, said)
    data = read(loose)
    pages = [match.end() for match in re.finditer(rb"stream\n(?=[^\x80-\xff]*?/MCID 0)", data)]
    at = data.index(b" Td", data.index(b"/MCID 5", pages[1]))
    write(data[:at - 1] + (b"1" if data[at - 1:at] != b"1" else b"2") + data[at:], loose)
    status, _, said = run("verify", "loose.pdf", folder=folder)
    tally.check("a.pdf: page, paragraph and line are named", status == 1 and re.search(r"page \d first differs in the paragraph “Paragraph \d+ of some words.” of line \d+ ", said), said)
    with zipfile.ZipFile(os.path.join(folder, "a.epub")) as source, zipfile.ZipFile(os.path.join(folder, "changed.epub"), "w") as target:
        for info in source.infolist():
            data = source.read(info)
            if info.filename.endswith(".xhtml"):
                data = data.replace(b"Paragraph 33 of some words", b"Paragraph 33 of same words")
            target.writestr(info, data)
    status, _, said = run("verify", "changed.epub", folder=folder)
    tally.check("a.epub: the paragraph is named", status == 1 and "first differs at the words “Paragraph 33 of some words.”, on page" in said, said)


# ---- Hostile files --------------------------------------------------------------------------------------------------


def build_digest(lines):
    return hashlib.sha256("".join(f"{name} {value}\n" for name, value in lines).encode()).hexdigest()


def hostile_epub(path, out, names):
    """The EPUB with its inputs under other names, and a record that agrees with itself."""
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(out, "w") as target:
        for info in source.infolist():
            data = source.read(info)
            if info.filename == "EPUB/package.opf":
                text = data.decode()
                for old, new in names.items():
                    text = text.replace(f" {old}</meta>", f" {new}</meta>").replace(f">{old}</meta>", f">{new}</meta>")
                values = re.findall(r'<meta property="brief:(version|input|style|final|embedded|date)">([^<]*)</meta>', text)
                text = re.sub(r'(<meta property="brief:build">)[^<]*', lambda match: match[1] + build_digest(values), text)
                data = text.encode()
            target.writestr(info, data)


def hostile_pdf(path, out, names):
    data = read(path)
    for old, new in names.items():
        data = data.replace(f" {old}</rdf:li>".encode(), f" {new}</rdf:li>".encode())
        data = data.replace(f"/UF({old})".encode(), f"/UF({new})".encode()).replace(f"/F({old})".encode(), f"/F({new})".encode())
    with open(out, "wb") as file:
        file.write(data)
    found = record(out)
    lines = [(name, value) for name in ("version", "input", "style", "final", "embedded", "date") for value in found.get(name, [])]
    with open(out, "wb") as file:
        file.write(data.replace(found["build"][0].encode(), build_digest(lines).encode()))


def check_hostile(tally):
    folder = os.path.join(WORK, "hostile")
    write(HEAD + "![A map](maps/x.png) ![Another](maps/y.png)\n", folder, "a.md")
    write(png(), folder, "maps/x.png")
    write(png(3, 3), folder, "maps/y.png")
    status, _, said = run("make", "a.md", "-q", "--embed-source", folder=folder)
    tally.check("hostile: make", status == 0, said)
    harmless = {"maps/x.png": "maps/z.png"}  # the makers of hostile files must be able to make one that is taken
    names = ["../x.png", "maps/../../x.png", "/tmp/brief-hostile.png", "maps//x.png", "./x.png", "..", "x.png/", "nul", "maps/COM1.png",
             "con.png", "C:x.png", "maps\\x.png", "a" * 300 + ".png", "x/" * 600 + "x.png", "x.png.", " x.png", "a?.png",
             "maps/y.png", "MAPS/Y.png", "a.md", "A.MD"]
    for ending, hostile in ((".epub", hostile_epub), (".pdf", hostile_pdf)):
        for number, name in enumerate([harmless["maps/x.png"]] + names):
            inside = os.path.join(folder, "inside", ending[1:] + str(number))
            os.makedirs(inside)
            bad = os.path.join(inside, "bad" + ending)
            hostile(os.path.join(folder, "a" + ending), bad, {"maps/x.png": name})
            before = tree(folder)
            status, _, said = run("extract", "bad" + ending, "out/here", folder=inside)
            if number == 0:
                tally.check(f"{ending}: a name that is none of ours, but harmless", status == 0, said)
                tally.check(f"{ending}: and its bytes", read(inside, "out/here", name) == png())
                continue
            tally.check(f"{ending}: “{name[:40]}” is refused", status == 1 and re.search(r"\[source-name\]", said), f"status {status}\n{said}")
            tally.check(f"{ending}: “{name[:40]}”: nothing is written", tree(folder) == before and not os.path.exists("/tmp/brief-hostile.png"))
            if name.startswith(("..", "/")):
                status, _, said = run("verify", "bad" + ending, folder=inside)
                tally.check(f"{ending}: verify refuses “{name}”", status == 1 and "[source-name]" in said, said)
    # A record that does not agree with itself; a file that has none.
    data = read(folder, "a.pdf")
    write(data.replace(b" maps/x.png</rdf:li>", b" maps/z.png</rdf:li>"), folder, "changed.pdf")
    status, _, said = run("extract", "changed.pdf", "never", folder=folder)
    tally.check("a record that was changed", status == 1 and "[record]" in said and said.count("error:") == 1, said)
    write(re.sub(rb"<brief:", b"<brxxf:", re.sub(rb"</brief:", b"</brxxf:", data.replace(b"xmlns:brief", b"xmlns:brxxf")))
          .replace(b"617faee0-c704", b"617faee0-c705"), folder, "foreign.pdf")
    for command in ("extract", "verify"):
        status, _, said = run(command, "foreign.pdf", folder=folder)
        tally.check(f"{command}: a file without a record", status == 1 and "[record]" in said and said.count("error:") == 1, said)
        status, _, said = run(command, "a.md", folder=folder)
        tally.check(f"{command}: no finished file", status == 1 and said.count("error:") == 1, said)
    version = read(folder, "a.pdf").replace(b"<brief:version>0", b"<brief:version>9")
    write(version, folder, "version.pdf")
    lines = record(os.path.join(folder, "version.pdf"))
    digest = build_digest([(name, value) for name in ("version", "input", "style", "final", "embedded", "date") for value in lines.get(name, [])])
    write(version.replace(lines["build"][0].encode(), digest.encode()), folder, "version.pdf")
    status, _, said = run("verify", "version.pdf", folder=folder)
    tally.check("another version of the program", status == 1 and "it was made by brief 9" in said and "[other-version]" in said, said)
    check_links(tally, folder)


def check_links(tally, folder):
    """Links that lie in the way lead nowhere; what is there stays, but with --force."""
    target = os.path.join(folder, "target")
    os.makedirs(target)
    write("kept", folder, "kept.md")
    out = os.path.join(folder, "links")
    os.makedirs(out)
    os.symlink(target, os.path.join(out, "maps"))
    for words in ((), ("--force",)):
        status, _, said = run("extract", "a.pdf", "links", *words, folder=folder)
        tally.check("a folder that is a link", status == 3 and not os.listdir(target) and not os.path.exists(os.path.join(out, "a.md")), said)
    os.remove(os.path.join(out, "maps"))
    os.symlink(os.path.join(folder, "kept.md"), os.path.join(out, "a.md"))
    status, _, said = run("extract", "a.pdf", "links", folder=folder)
    tally.check("a file that is a link", status == 3 and "[file-exists]" in said and sorted(os.listdir(out)) == ["a.md"], said)
    status, _, said = run("extract", "a.pdf", "links", "--force", folder=folder)
    tally.check("with --force the link itself is replaced", status == 0 and read(folder, "kept.md") == b"kept"
                and not os.path.islink(os.path.join(out, "a.md")) and read(out, "a.md") == read(folder, "a.md"), said)
    before = tree(out)
    status, _, said = run("extract", "a.epub", "links", folder=folder)
    tally.check("files that are there", status == 3 and said.count("[file-exists]") == 3 and tree(out) == before, said)
    write("mine", out, "a.md")
    status, listed, said = run("extract", "a.epub", "links", "-f", "-q", folder=folder)
    tally.check("--force, --quiet", status == 0 and not listed and not said and tree(out) == before, listed + said)


def check_refusals(tally):
    """Names that nobody could take out again are refused when a file is made."""
    folder = os.path.join(WORK, "refusals")
    for name in ("a|b.png", "CON.png", "x\u202egnp.png", "a" * 240 + ".png"):
        write(png(), folder, name)
        write(HEAD + f"![A](<{name}>)\n", folder, "a.md")
        status, _, said = run("make", "a.md", "-q", "--embed-source", folder=folder)
        tally.check(f"“{name[:20]}” cannot be carried", status == 1 and "[embed-name]" in said and not os.path.exists(os.path.join(folder, "a.pdf")), said)
        status, _, said = run("make", "a.md", "-q", folder=folder)
        tally.check(f"“{name[:20]}” can be set", status == 0, said)
        os.remove(os.path.join(folder, "a.pdf"))
    write(png(), folder, "Map.png")
    write(png(3, 3), folder, "map.png")
    write(HEAD + "![A](Map.png) ![B](map.png)\n", folder, "a.md")
    status, _, said = run("make", "a.md", "-q", "--embed-source", folder=folder)
    tally.check("names that differ in case", status == 1 and "[embed-name]" in said, said)
    write("name: mine\nextends: briefing\n", folder, "base.yaml")
    write(f"name: mine\nextends: {folder}/base.yaml\n", folder, "mine.yaml")
    write(HEAD + "Words.\n", folder, "a.md")
    status, _, said = run("make", "a.md", "-q", "--embed-source", "--style", "mine.yaml", folder=folder)
    tally.check("a sheet by an absolute path", status == 1 and "[embed-name]" in said, said)
    status, _, said = run("make", "a.md", "-q", "--style", "mine.yaml", folder=folder)
    tally.check("which can be used", status == 0 and folder.encode() not in read(folder, "a.pdf"), said)


def main():
    shutil.rmtree(WORK, ignore_errors=True)
    os.makedirs(WORK)
    tally = Tally()
    for check in (check_samples, check_ways, check_changes, check_hostile, check_refusals):
        check(tally)
    return tally.done()


if __name__ == "__main__":
    raise SystemExit(main())
