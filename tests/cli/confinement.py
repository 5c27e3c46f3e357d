#!/usr/bin/env python3
"""What is confined: which files a document can reach by whatever name, and what a process that converts may still do.

    confinement.py PROGRAM          UPDATE=1 confinement.py PROGRAM    renews the listing in docs/security.md

Every trick with names is played on images, sheets, what sheets extend and project files, with openat2 and without, and must be refused by name. Then
tests/confinement/probe.c tries from inside what should not be possible, in a single process and in a worker: where the kernel has Landlock and seccomp,
where it has one of them, and where it has neither; there nearly all must be possible, or the attempt would show nothing. Such kernels are had from
a filter that answers as they do.
"""
import ctypes
import errno
import os
import platform
import re
import socket
import struct
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TESTS))
from tally import PROJECT, Tally  # noqa: E402

HEAD = "---\ntitle: A title\nlang: en\n---\n\n"
ARTICLE = HEAD + "Some words.\n"
LISTING = Path(PROJECT) / "docs" / "security.md"
NUMBERS = {"x86_64": {"seccomp": 317}, "aarch64": {"seccomp": 277}}[platform.machine()]
NUMBERS.update({"openat2": 437, "landlock": (444, 445, 446)})


# ---- Kernels that have less ------------------------------------------------------------------------------------------------

def without(names, error):
    """For preexec_fn: system calls of these names are answered with an error, as by a kernel or a container that has none."""
    numbers = []
    for name in names:
        number = NUMBERS[name]
        numbers += number if isinstance(number, tuple) else [number]
    instruction = struct.Struct("HBBI")
    code = [instruction.pack(0x20, 0, 0, 0)]
    for number in numbers:
        code += [instruction.pack(0x15, 0, 1, number), instruction.pack(0x06, 0, 0, 0x00050000 | error)]
    code.append(instruction.pack(0x06, 0, 0, 0x7FFF0000))
    program = ctypes.create_string_buffer(b"".join(code))
    filter_ = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(code), ctypes.addressof(program)))
    libc = ctypes.CDLL(None, use_errno=True)

    def install():
        if libc.prctl(38, 1, 0, 0, 0) or libc.prctl(22, 2, filter_, 0, 0):
            os._exit(99)
    install.keep = program
    return install


KERNELS = {"both": None, "without Landlock": ("landlock",), "without seccomp": ("seccomp",), "neither": ("landlock", "seccomp", "openat2")}


def run(program, arguments, folder, lacking=None, error=errno.ENOSYS, **environment):
    return subprocess.run([program, *arguments], cwd=folder, capture_output=True, text=True, errors="replace", timeout=60, check=False,
                          stdin=subprocess.DEVNULL, env={**os.environ, **environment}, preexec_fn=without(lacking, error) if lacking else None)


# ---- Names ---------------------------------------------------------------------------------------------------------------

def png():
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b""))


# name in the document → the code it is refused with; None: it is read
TRICKS = {
    "good.png": None, "in/../good.png": None, "link-inside.png": None, "absolute-link-inside.png": None, "folder-link/good.png": None,
    "in%2F..%2Fgood.png": None, "caf\u00e9.png": None, "in//.././good.png": None,
    "../secret.png": "file-outside", "in/../../secret.png": "file-outside", "../root-like/secret.png": "file-outside",
    "..%2Fsecret.png": "file-outside", "%2e%2e/secret.png": "file-outside", "%2E%2E%2Fsecret.png": "file-outside",
    "%252e%252e%252fsecret.png": "file-missing", "..%252Fsecret.png": "file-missing",
    "..%5Csecret.png": "file-missing", "..%C0%AFsecret.png": "file-missing", "%2Fetc/passwd": "file-outside|file-absolute|file-missing",
    "/etc/passwd": "file-absolute", "/proc/self/environ": "file-absolute", "//host/share.png": "file-url",
    "file:///etc/passwd": "file-url", "FILE:///etc/passwd": "file-url", "file:secret.png": "file-url", "https://x.org/a.png": "file-url",
    "link-outside.png": "file-outside", "link-chain.png": "file-outside", "link-to-folder/secret.png": "file-outside", "up/secret.png": "file-outside",
    "link-to-passwd.png": "file-outside", "loop.png": "file-read", "dangling.png": "file-missing",
    "magic.png": "file-outside|file-special|file-missing", "magic-root/etc/passwd": "file-outside", "magic-cwd/good.png": None,
    "pipe.png": "file-special", "socket.png": "file-special", "null.png": "file-outside", "full/good.png": "file-read",
    "in": "file-folder", "in/": "file-folder", ".": "file-folder", "good.png/": "file-read", "huge.png": "file-large", "closed.png": "file-read",
    "GOOD.PNG": "file-missing", "cafe\u0301.png": "file-missing", "\u202egnp.doog": "file-missing", "good.png%00.txt": "file-missing",
    "good.png%20": "file-missing", "\uff0e\uff0e/secret.png": "file-missing", "..\u2215secret.png": "file-missing", "a" * 300 + ".png": "file-read",
}
ONLY_ROOT_READS = {"closed.png"} if os.geteuid() == 0 else set()


def tree_make(top):
    root = top / "root"
    (root / "in").mkdir(parents=True)
    (top / "root-like").mkdir()
    for path in (root / "good.png", root / "caf\u00e9.png", top / "secret.png", top / "root-like" / "secret.png", root / "closed.png"):
        path.write_bytes(png())
    (root / "closed.png").chmod(0)
    for name, to in {"link-inside.png": "good.png", "absolute-link-inside.png": root / "good.png", "folder-link": ".", "link-outside.png": "../secret.png",
                     "link-chain.png": "link-outside.png", "link-to-folder": "..", "up": "../../" + top.name, "link-to-passwd.png": "/etc/passwd",
                     "loop.png": "loop.png", "dangling.png": "nowhere.png", "magic.png": "/proc/self/fd/0", "magic-root": "/proc/self/root",
                     "magic-cwd": "/proc/self/cwd", "null.png": "/dev/null", "full": "good.png"}.items():
        (root / name).symlink_to(to)
    os.mkfifo(root / "pipe.png")
    here = os.getcwd()
    os.chdir(root)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("socket.png")
    os.chdir(here)
    with open(root / "huge.png", "wb") as file:
        file.truncate(1 << 40)
    return root


def names_try(tally, program, folder):
    root = tree_make(folder)
    tricks = {name: code for name, code in TRICKS.items() if name not in ONLY_ROOT_READS}
    lines = {}
    text = HEAD
    for name in tricks:
        lines[text.count("\n") + 1] = name
        text += f"![An image](<{name}>)\n\n"
    (root / "images.md").write_text(text, "utf-8")
    sheets = {}
    for number, name in enumerate(tricks):
        named = name if name.endswith(".yaml") else name.replace(".png", ".yaml")
        sheets[f"style-{number}.md"] = name
        here = "" if re.match(r"\w+:|/", named) else "./"
        (root / f"style-{number}.md").write_text(f'---\ntitle: A title\nlang: en\nstyle: "{here}{named}"\n---\n\nWords.\n', "utf-8")
        (root / f"extends-{number}.yaml").write_text(f'name: mine\nextends: "{named}"\n', "utf-8")
        (root / f"extends-{number}.md").write_text(f"---\ntitle: A title\nlang: en\nstyle: ./extends-{number}.yaml\n---\n\nWords.\n", "utf-8")
    for path in list(root.iterdir()) + [folder / "secret.png", folder / "root-like" / "secret.png"]:
        if path.name.endswith(".png") and path.is_file() and not path.is_symlink() and path.stat().st_size < 1000:
            path.with_suffix(".yaml").write_text("extends: briefing\n")
            path.with_suffix(".yaml").chmod(path.stat().st_mode & 0o777)
        elif path.name.endswith(".png"):
            path.with_name(path.name[:-4] + ".yaml").symlink_to(path.readlink().with_suffix(".yaml") if path.is_symlink() else path.name)
    for lacking in (None, ("openat2",), ("landlock", "openat2", "seccomp")):
        words = "with all" if lacking is None else "without " + ", ".join(lacking)
        made = run(program, ["make", "images.md"], root, lacking)
        tally.check(f"no file is made of it ({words})", made.returncode == 1 and not (root / "images.pdf").exists(), made.stderr)
        plain = run(program, ["check", "--no-project", "-q", "images.md"], root, lacking).stdout
        for line, name in lines.items():
            codes = re.findall(rf"^images\.md:{line}:\d+: error: .*\[([a-z-]+)\]$", plain, re.M)
            wanted = tricks[name]
            good = codes == [] if wanted is None else len(codes) == 1 and codes[0] in wanted.split("|")
            tally.check(f"image “{name[:60]}” ({words})", good, f"{codes} in place of {wanted}")
        tally.check(f"what turns the text round is not shown as it is ({words})", "\u202e" not in plain, plain)
        for kind in ("style", "extends"):
            documents = [name.replace("style", kind) for name in sheets]
            plain = run(program, ["check", "--no-project", "-q", *documents], root, lacking).stdout
            for document, name in zip(documents, sheets.values()):
                wanted = tricks[name]
                codes = re.findall(rf"^(?:{document}|{document[:-3]}\.yaml)(?::\d+)*: error: .*\[([a-z-]+)\]$", plain, re.M)
                tally.check(f"{kind} “{name[:60]}” ({words})", (codes == []) == (wanted is None), f"{codes} for {wanted}")
    project_try(tally, program, folder)


def project_try(tally, program, folder):
    """A project file that is a link to elsewhere, a pipe or a folder is not read; a dependency file names what was asked for."""
    inside = folder / "project"
    inside.mkdir()
    (inside / "a.md").write_text(ARTICLE + "\n![An image](../secret.png)\n")
    (folder / "secret.yaml").write_text("check: {deny: warnings}\n")
    for name, make, code in (("a link that leads out", lambda path: path.symlink_to("../secret.yaml"), "file-outside"), ("a pipe", os.mkfifo, "file-special"),
                             ("a device", lambda path: path.symlink_to("/dev/zero"), "file-outside"), ("a folder", os.mkdir, "file-folder")):
        place = inside / ".brief.yaml"
        make(place)
        for lacking in (None, ("openat2",)):
            result = run(program, ["check", "a.md"], inside, lacking)
            tally.check(f"project file: {name}, {lacking}", f"[{code}]" in result.stdout, result.stdout + result.stderr)
        place.rmdir() if place.is_dir() else place.unlink()
    run(program, ["make", "a.md", "--depfile", "a.d"], inside)
    depends = (inside / "a.d").read_text() if (inside / "a.d").exists() else ""
    tally.check("what is outside is named as it was asked for, and nothing made", "secret.png" in depends and not (inside / "a.pdf").exists(), depends)


# ---- From inside -----------------------------------------------------------------------------------------------------------

ALLOWED = {"read a file in the document's folder", "list the document's folder", "read where libraries are", "see whether a file is there, and how large it is",
           "make a file in the output folder", "rename a file in the output folder", "remove a file in the output folder",
           "make a folder in the output folder", "remove an empty folder in the output folder", "change the rights of a file that it may open", "begin a thread"}
# what an ordinary person may not do anyway, or not on every machine
PRIVILEGED = {"mount a file system", "leave its namespaces", "change its root", "load a program into the kernel (bpf)", "watch the machine (perf)",
              "give the kernel a queue of work (io_uring)", "serve its own page faults (userfaultfd)", "open a file by its number", "use the key ring",
              "type for the person at the terminal (TIOCSTI)", "change the owner of a file elsewhere", "give a file elsewhere an attribute",
              "trace another process", "read another process's memory", "bound another process", "leave its memory on the disk when it crashes"}


def probe(program, library, folder, lacking, arguments):
    """What it said, by what it tried; in a fresh folder."""
    with tempfile.TemporaryDirectory(dir=folder) as top:
        root, outside = Path(top) / "root", Path(top) / "outside"
        (root / "out").mkdir(parents=True)
        (outside / "empty").mkdir(parents=True)
        for name in ("secret", "victim", "doomed", "linked"):
            (outside / name).write_text("secret")
        (root / "inside.txt").write_text("words")
        for name in ("a.md", "b.md"):
            (root / name).write_text(ARTICLE)
        with socket.create_server(("127.0.0.1", 0)) as tcp, socket.socket(socket.AF_UNIX) as named, socket.socket(socket.AF_UNIX) as abstract:
            named.bind(str(outside / "s"))
            abstract.bind("\0brief-" + top)
            for one in (named, abstract):
                one.listen()
            with subprocess.Popen(["sleep", "60"]) as other:
                result = run(program, ["make", *arguments], root, lacking, LD_PRELOAD=str(library), BRIEF_TEST_FAULT="hang:a.md", PROBE_OUTSIDE=str(outside),
                             PROBE_PID=str(other.pid), PROBE_PORT=str(tcp.getsockname()[1]), PROBE_SOCKET=str(outside / "s"),
                             PROBE_ABSTRACT="brief-" + top)
                other.kill()
    return dict(re.findall(r"^probe: (.*): (allowed|E\w+)$", result.stderr, re.M)) if "probe: done" in result.stderr else {"it did not end": result.stderr}


def listing(with_all, with_seccomp):
    rows = ["| | Landlock and seccomp | only seccomp |", "|---|---|---|"]
    for what in with_all:
        rows.append(f"| {what} | " + " | ".join("yes" if outcomes.get(what) == "allowed" else "no" for outcomes in (with_all, with_seccomp)) + " |")
    return "\n" + "\n".join(rows) + "\n\n"


def listing_keep(tally, text, landlock):
    """Compares the listing with the one in docs/security.md, between two comments; or renews it. Without Landlock one column is known."""
    page = LISTING.read_text("utf-8")
    parts = re.fullmatch(r"(.*<!-- listing -->\n)(.*)(<!-- end of listing -->.*)", page, re.S)
    if not tally.check("docs/security.md has a place for the listing", parts):
        return
    if os.environ.get("UPDATE"):
        LISTING.write_text(parts[1] + text + parts[3], "utf-8")
        return
    known = [text if landlock else re.sub(r"\| (yes|no) \| (yes|no) \|", r"| \2 |", text) for text in (parts[2], text)]
    tally.equal("docs/security.md says what is so", *known, ("docs/security.md", "found"))


def inside_try(tally, program, folder):
    library = folder / "probe.so"
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", library, TESTS / "confinement" / "probe.c", "-lpthread"], check=True)
    single, worker = ["a.md", "--out-dir", "out"], ["-j2", "a.md", "b.md", "--out-dir", "out"]
    outcomes = {kernel: probe(program, library, folder, lacking, single) for kernel, lacking in KERNELS.items()}
    landlock = "no Landlock" not in run(program, ["--version", "--verbose"], folder).stdout
    for what, outcome in outcomes["both"].items():
        tally.check(f"confined: {what}", (outcome == "allowed") == (what in ALLOWED) or not landlock, outcome)
    for what, outcome in outcomes["neither"].items():
        tally.check(f"not confined: {what}", outcome == "allowed" or what in PRIVILEGED, outcome)
        if " elsewhere" in what and not re.match("change|give", what):
            tally.check(f"with Landlock alone: {what}", outcomes["without seccomp"].get(what) in ("EACCES", "EXDEV") or not landlock, str(outcomes))
    tally.check("all was tried", len(outcomes["both"]) > 50 and all(list(tried) == list(outcomes["both"]) for tried in outcomes.values()), str(outcomes))
    found = listing(outcomes["both"], outcomes["without Landlock"])
    workers = [probe(program, library, folder, KERNELS[kernel], worker) for kernel in ("both", "without Landlock")]
    tally.equal("a worker may do what a single process may", found, listing(*workers))
    listing_keep(tally, found, landlock)


# ---- And it still works ------------------------------------------------------------------------------------------------------

def work_try(tally, program, folder):
    """The same files on every kernel, alone and with workers; and each command is confined before the first byte of its input has come."""
    files = {}
    for kernel, lacking in KERNELS.items():
        for error in (errno.ENOSYS, errno.EPERM):
            for arguments in (["a.md"], ["-j2", "a.md", "b.md"]):
                with tempfile.TemporaryDirectory(dir=folder) as top:
                    for name in ("a.md", "b.md"):
                        Path(top, name).write_text(ARTICLE)
                    result = run(program, ["make", *arguments, "--out-dir", "new/out", "--depfile", "new/d"], top, lacking, error, SOURCE_DATE_EPOCH="1")
                    made = {path.name: path.read_bytes() for path in Path(top, "new").rglob("*") if path.is_file()}
                    good = result.returncode == 0 and result.stderr == "" and made and made == files.setdefault(len(arguments), made)
                    tally.check(f"the same files: {kernel}, {errno.errorcode[error]}, {arguments}", good, result.stderr)
    said = {kernel: run(program, ["--version", "--verbose"], folder, lacking).stdout for kernel, lacking in KERNELS.items()}
    for words, kernel, there in (("Landlock 1", "both", None), (": seccomp", "both", True), (": openat2", "both", True), ("no Landlock", "without Landlock", True),
                                 ("no filter", "without seccomp", True), ("no openat2", "neither", True)):
        if there:
            tally.check(f"--version --verbose, {kernel}: {words}", words in said[kernel], said[kernel])
    tally.check("--version --verbose tells the version of Landlock", re.search(r"Landlock \d", said["both"]), said["both"])
    for arguments in (["make", "-", "--pdf"], ["check", "-"], ["dump", "--stage=tree", "-"], ["diff", "-", "a.md"], ["info", "-"], ["verify", "-"], ["extract", "-"]):
        with subprocess.Popen([program, *arguments], cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            status = ""
            while process.poll() is None and "read" not in status and "pipe" not in status:
                status = Path(f"/proc/{process.pid}/wchan").read_text() + Path(f"/proc/{process.pid}/syscall").read_text()
                status = "read" if re.search(r"(^|\D)(0|63) 0x0 ", status) else ""
            facts = Path(f"/proc/{process.pid}/status").read_text() if process.poll() is None else ""
            process.stdin.close()
        tally.check(f"confined before the first byte: {arguments[0]}", "Seccomp:\t2" in facts and "NoNewPrivs:\t1" in facts, facts)


def main():
    program, tally = os.path.abspath(sys.argv[1]), Tally()
    with tempfile.TemporaryDirectory() as folder:
        for part in (names_try, inside_try, work_try):
            place = Path(folder, part.__name__)
            place.mkdir()
            part(tally, program, place)
    return tally.done()


if __name__ == "__main__":
    raise SystemExit(main())
