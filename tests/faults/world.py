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


def fails(tally, scene, name, run, words):
    """With one sentence, which has these words, and the old files."""
    tally.check(f"{name}: one sentence", run.status not in (0, None) and re.search(words, run.err) and len(run.err.splitlines()) <= 2, f"{run.status}\n{run.err}")
    tally.check(f"{name}: nothing is lost or left", not (wrong := scene.wrong_files()), wrong or "")


def two_at_once(tally):
    for name in ("over", "new", "batch"):
        scene = scenery.scene(name, None)
        for i in range(8):
            scene.clear()
            both = [scene.start(), scene.start()]
            ends = [process.communicate(timeout=scenery.SECONDS) for process in both]
            tally.check(f"two at once, {name} {i}", all(p.returncode == 0 and not err for p, (_, err) in zip(both, ends)) and scene.files() == scene.good,
                        f"{[p.returncode for p in both]} {ends} {scene.wrong_files()}")
        scene.close()


def clock_backwards(tally):
    scene = scenery.scene("batch", None)
    for speed in ("-10 x1", "@2031-01-01 00:00:00 i-3600", "@1970-01-01 00:00:05"):
        scene.clear()
        wrapper = ["faketime", "-f", speed, scenery.BRIEF, *scene.arguments]
        result = subprocess.run(wrapper, cwd=scene.folder, capture_output=True, env={**os.environ, **scenery.ENVIRONMENT}, timeout=scenery.SECONDS, check=False)
        tally.check(f"clock {speed}", result.returncode == 0 and scene.files() == scene.good, result.stderr.decode())
    scene.close()


def folder_closed(tally):
    scene = scenery.scene("over", None)
    scene.clear()
    os.chmod(scene.folder, 0o555)
    program = os.path.join(tempfile.mkdtemp(prefix="brief-world-"), "brief")  # in reach of everybody
    shutil.copy2(scenery.BRIEF, program)
    os.chmod(os.path.dirname(program), 0o755)
    more = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
    result = subprocess.run([program, *scene.arguments], cwd=scene.folder, capture_output=True, env=scenery.ENVIRONMENT, check=False, **more)
    fails(tally, scene, "a folder that may not be written", scenery.Run(result.returncode, b"", result.stderr.decode(), 0), "a.pdf: error: .*permission denied")
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
        taken = subprocess.run([scenery.BRIEF, "extract", "-q", "a.pdf", "out"], cwd=scene.folder, capture_output=True, check=False)
        with open(os.path.join(scene.folder, "out", "a.md"), "rb") as file:
            text = file.read()
        shutil.move(os.path.join(scene.folder, "a.pdf"), os.path.join(scene.folder, "out"))
        proved = subprocess.run([scenery.BRIEF, "verify", "out/a.pdf"], cwd=scene.folder, capture_output=True, check=False)
        tally.check(f"an input changed meanwhile {i}", (process.returncode, taken.returncode, proved.returncode) == (0, 0, 0) and text in texts,
                    f"{process.returncode} {taken} {proved}")
    scene.close()


def disk_full(tally):
    """A file system of few kilobytes; mounted in a name space of its own."""
    scene = scenery.scene("over", None)
    scene.clear()
    for arguments in (["a.md"], ["-j2", "a.md", "b.md"]):
        os.makedirs(os.path.join(scene.folder, "out"), exist_ok=True)
        script = ('mount -t tmpfs -o size=40k none out && head -c 8192 /dev/zero > out/a.pdf && "$@"; status=$?; '
                  'test "$(ls -A out)" = a.pdf && cmp -n 8192 out/a.pdf /dev/zero && test $(stat -c %s out/a.pdf) = 8192 || echo "something was lost or left" >&2; exit $status')
        result = subprocess.run(["unshare", "-m" if os.geteuid() == 0 else "-rm", "sh", "-c", script, "sh", scenery.BRIEF, "make", "-q", "--out-dir", "out", *arguments], cwd=scene.folder,
                                capture_output=True, text=True, env=scenery.ENVIRONMENT, check=False)
        lines = result.stderr.splitlines()
        tally.check(f"a full disk, {len(arguments)}", result.returncode in (1, 3) and len(lines) == len(arguments) - (len(arguments) > 1) and all("the disk is full" in line for line in lines),
                    f"{result.returncode}\n{result.stderr}")
    scene.close()


def output_closed(tally):
    scene = scenery.scene("pipe", None)
    for name, redirect in (("closed", ">&-"), ("full", "> /dev/full")):
        result = subprocess.run(["sh", "-c", f'"$@" {redirect}', "sh", scenery.BRIEF, *scene.arguments], cwd=scene.folder, input=scene.stdin, capture_output=True, env=scenery.ENVIRONMENT, check=False)
        fails(tally, scene, f"standard output is {name}", scenery.Run(result.returncode, b"", result.stderr.decode(), 0), "standard output: error: cannot be written")
    scene.close()


def interrupted(tally):
    """Several documents without -j: what Ctrl-C leaves is said as with -j."""
    scene = scenery.scene("one by one", None)
    told = 0
    for i in range(6):
        scene.clear()
        process = scene.start()
        time.sleep(0.02 + 0.03 * i)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=scenery.SECONDS)
        if process.returncode == 0:
            continue
        told += bool(re.fullmatch(r"brief: note: interrupted when [0-3] of 3 documents were done; no file is half-written \[interrupted\]\n", err.decode()))
        tally.check(f"Ctrl-C {i}: one sentence, or none before there was a document", process.returncode == -signal.SIGINT and (told or not err) and not scene.wrong_files(),
                    f"{process.returncode} {err.decode()} {scene.wrong_files()}")
    tally.check("Ctrl-C is told", told)
    scene.close()


def project_unreadable(tally):
    scene = scenery.scene("check", None)
    os.remove(os.path.join(scene.folder, ".brief.yaml"))
    os.symlink(".brief.yaml", os.path.join(scene.folder, ".brief.yaml"))  # a link to itself
    result = subprocess.run([scenery.BRIEF, "check", "a.md"], cwd=scene.folder, capture_output=True, text=True, env=scenery.ENVIRONMENT, check=False)
    tally.check("a project file that cannot be read", result.returncode != 0 and "cannot be read" in result.stdout, result.stdout + result.stderr)
    scene.close()


def main():
    tally = Tally()
    for case in (two_at_once, clock_backwards, folder_closed, folder_removed, input_changed, disk_full, output_closed, interrupted, project_unreadable):
        if not sys.argv[1:] or case.__name__ in sys.argv[1:]:
            case(tally)
    return tally.done()


if __name__ == "__main__":
    raise SystemExit(main())
