#!/usr/bin/env python3
"""What else a machine does: two runs on the same files at once, a clock that goes backwards, folders that cannot be written or are removed meanwhile, an
input that is changed while it is read, disks that fill up, standard output that is closed or full, Ctrl-C over several documents."""
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import scene as scenery  # noqa: E402
from tally import Tally  # noqa: E402

NOBODY = 65534
# A file system of few kilobytes in a name space of its own, with a file that is to be replaced.
FULL = """mount -t tmpfs -o size=40k none out && head -c 8192 /dev/zero > out/a.pdf && "$@"
status=$?
[ "$(ls -A out)" = a.pdf ] && [ $(stat -c %s out/a.pdf) = 8192 ] && cmp -n 8192 out/a.pdf /dev/zero || echo "something was lost or left" >&2
exit $status"""
INTERRUPTED = re.compile(r"brief: note: interrupted when [0-3] of 3 documents were done; no file is half-written \[interrupted\]\n")


def ended(scene, command, **more):
    """A command of any kind that ends by itself, with its output."""
    result = subprocess.run(command, **{"cwd": scene.folder, "capture_output": True, "env": scenery.ENVIRONMENT, "timeout": scenery.SECONDS,
                                        "check": False, **more})
    return scenery.Run(result.returncode, result.stdout, result.stderr.decode(), 0)


def fails(tally, scene, name, run, words):
    """With one sentence, which has these words, and the old files."""
    told = re.search(words, run.err) and len(run.err.splitlines()) <= 2  # with its hint
    tally.check(f"{name}: one sentence", run.status not in (0, None) and told, f"{run.status}\n{run.err}")
    tally.check(f"{name}: nothing is lost or left", not (wrong := scene.wrong_files()), wrong or "")


def two_at_once(tally):
    for name in ("over", "new", "batch"):
        scene = scenery.scene(name, None)
        for i in range(8):
            scene.clear()
            both = [scene.start(), scene.start()]
            ends = [process.communicate(timeout=scenery.SECONDS) for process in both]
            good = all(process.returncode == 0 and not err for process, (_, err) in zip(both, ends))
            tally.check(f"two at once, {name} {i}", good and scene.files() == scene.good, f"{ends} {scene.wrong_files()}")
        scene.close()


def clock_backwards(tally):
    scene = scenery.scene("batch", None)
    for speed in ("-10 x1", "@2031-01-01 00:00:00 i-3600", "@1970-01-01 00:00:05"):
        scene.clear()
        run = ended(scene, ["faketime", "-f", speed, scenery.BRIEF, *scene.arguments])
        tally.check(f"clock {speed}", run.status == 0 and scene.files() == scene.good, run.err)
    scene.close()


def folder_closed(tally):
    scene = scenery.scene("over", None)
    scene.clear()
    os.chmod(scene.folder, 0o555)
    program = os.path.join(tempfile.mkdtemp(prefix="brief-world-"), "brief")  # in reach of everybody
    shutil.copy2(scenery.BRIEF, program)
    os.chmod(os.path.dirname(program), 0o755)
    more = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
    run = ended(scene, [program, *scene.arguments], **more)
    fails(tally, scene, "a folder that may not be written", run, "a.pdf: error: .*permission denied")
    os.chmod(scene.folder, 0o755)
    shutil.rmtree(os.path.dirname(program))
    scene.close()


def slowly(scene, meanwhile, **more):
    """A run that reads its document from a pipe and waits there, while something happens."""
    process = scene.start(**more)
    process.stdin.write(scenery.DOCUMENT.format("a").encode()[:100])
    process.stdin.flush()
    time.sleep(0.05)
    meanwhile()
    out, err = process.communicate(scenery.DOCUMENT.format("a").encode()[100:], timeout=scenery.SECONDS)
    return scenery.Run(process.returncode, out, err.decode(), process.pid)


def folder_removed(tally):
    scene = scenery.scene("pipe", None)
    scene.arguments = ["make", "--pdf", "-o", "out/a.pdf", "-"]
    os.mkdir(os.path.join(scene.folder, "out"))
    run = slowly(scene, lambda: os.rmdir(os.path.join(scene.folder, "out")))
    fails(tally, scene, "a folder that is removed", run, "out/a.pdf: error: cannot be written: it does not exist")
    scene.close()


def input_changed(tally):
    """What a file was made from is what it carries, whatever becomes of the input meanwhile: it is read once."""
    scene = scenery.scene("over", None)
    scene.arguments = ["make", "-q", "--embed-source", "a.md"]
    path, texts = os.path.join(scene.folder, "a.md"), [scenery.DOCUMENT.format(word).encode() for word in ("first", "later" * 2000)]
    for i in range(12):
        scene.clear()
        with open(path, "wb") as file:
            file.write(texts[0])
        process = scene.start(stdout=subprocess.DEVNULL)
        time.sleep(0.002 * i)
        with open(path + ".new", "wb") as file:
            file.write(texts[1])
        os.replace(path + ".new", path)
        process.communicate(timeout=scenery.SECONDS)
        taken = ended(scene, [scenery.BRIEF, "extract", "-q", "a.pdf", "out"])
        with open(os.path.join(scene.folder, "out", "a.md"), "rb") as file:
            text = file.read()
        shutil.move(os.path.join(scene.folder, "a.pdf"), os.path.join(scene.folder, "out"))
        proved = ended(scene, [scenery.BRIEF, "verify", "out/a.pdf"])
        statuses = process.returncode, taken.status, proved.status
        tally.check(f"an input changed meanwhile {i}", statuses == (0, 0, 0) and text in texts, f"{statuses}\n{taken.err}{proved.err}")
    scene.close()


def disk_full(tally):
    scene = scenery.scene("over", None)
    scene.clear()
    os.makedirs(os.path.join(scene.folder, "out"))
    apart = ["unshare", "-m" if os.geteuid() == 0 else "-rm", "sh", "-c", FULL, "sh", scenery.BRIEF, "make", "-q", "--out-dir", "out"]
    for arguments in (["a.md"], ["-j2", "a.md", "b.md"]):
        run, documents = ended(scene, [*apart, *arguments]), [word for word in arguments if word.endswith(".md")]
        lines = run.err.splitlines()
        told = len(lines) == len(documents) and all("the disk is full" in line for line in lines)
        tally.check(f"a full disk, {len(documents)}", run.status in (1, 3) and told, f"{run.status}\n{run.err}")
    scene.close()


def output_closed(tally):
    scene = scenery.scene("pipe", None)
    for name, redirect in (("closed", ">&-"), ("full", "> /dev/full")):
        run = ended(scene, ["sh", "-c", f'"$@" {redirect}', "sh", scenery.BRIEF, *scene.arguments], input=scene.stdin)
        fails(tally, scene, f"standard output is {name}", run, "standard output: error: cannot be written")
    scene.close()


def interrupted(tally):
    """Several documents without -j: what Ctrl-C leaves is said as with -j; nothing before there was a document."""
    scene = scenery.scene("one by one", None)
    told = i = 0
    while told < 4 and i < 100:
        i += 1
        scene.clear()
        process = scene.start()
        time.sleep(0.002 * i)
        process.send_signal(signal.SIGINT)
        err = process.communicate(timeout=scenery.SECONDS)[1].decode()
        if process.returncode == 0:
            continue
        told += bool(INTERRUPTED.fullmatch(err))
        good = process.returncode == -signal.SIGINT and (INTERRUPTED.fullmatch(err) or not err) and not scene.wrong_files()
        tally.check(f"Ctrl-C {i}", good, f"{process.returncode} {err} {scene.wrong_files()}")
    tally.check("Ctrl-C is told", told)
    scene.close()


def project_unreadable(tally):
    scene = scenery.scene("check", None)
    os.remove(os.path.join(scene.folder, ".brief.yaml"))
    os.symlink(".brief.yaml", os.path.join(scene.folder, ".brief.yaml"))  # a link to itself
    run = ended(scene, [scenery.BRIEF, "check", "a.md"])
    tally.check("a project file that cannot be read", run.status != 0 and b"cannot be read" in run.out, run.out.decode() + run.err)
    scene.close()


def main():
    tally = Tally()
    for case in (two_at_once, clock_backwards, folder_closed, folder_removed, input_changed, disk_full, output_closed, interrupted, project_unreadable):
        if not sys.argv[1:] or case.__name__ in sys.argv[1:]:
            case(tally)
    return tally.done()


if __name__ == "__main__":
    raise SystemExit(main())
