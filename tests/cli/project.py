#!/usr/bin/env python3
"""The project file, .brief.yaml: where it is looked for, what it does, that the command line wins, and what its mistakes are told as."""
import json
import os
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from tally import Tally  # noqa: E402

BRIEF = os.path.abspath(sys.argv[1])
HEAD = "---\ntitle: A title\nlang: en-GB\n---\n\n"
SKIPS = HEAD + "## One\n\nWords.\n\n#### Two\n\nWords, e.g. these.\n"  # heading-skip at 10:1; latin-abbreviation at 12:8, government-style
SKIP, LATIN = "10:1 heading-skip", "12:8 latin-abbreviation"


def main():
    tally = Tally()
    with tempfile.TemporaryDirectory(prefix="brief-project-") as top:
        def write(path, text):
            path = os.path.join(top, path)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)

        def case(name, project, status, wanted, *arguments, at=".brief.yaml", document="a.md", folder="", stdin=None):
            if project is not None:
                write(at, project)
            result = subprocess.run([BRIEF, "check", "--format=json", *arguments, document], cwd=os.path.join(top, folder), input=stdin,
                                    capture_output=True, text=True, check=False)
            found = [f"{one['line']}:{one['column']} {one['code']}" for file in json.loads(result.stdout)["files"] for one in file["findings"]]
            tally.equal(name, [status, wanted], [result.returncode, found])
            files = {one["file"] for file in json.loads(result.stdout)["files"] for one in file["findings"]}
            if project is not None:
                os.remove(os.path.join(top, at))
            return files

        write("a.md", SKIPS)
        write("b/c/d.md", SKIPS)
        case("no project", None, 0, [SKIP])
        case("profile", "check: {profile: government-style}\n", 0, [SKIP, LATIN])
        case("profiles", "check: {profile: [print, government-style]}\n", 0, [SKIP, LATIN])
        case("deny", "check: {deny: heading-skip}\n", 1, [SKIP])
        case("deny warnings", "check: {deny: [warnings]}\n", 1, [SKIP])
        case("allow", "check: {allow: [heading-skip]}\n", 0, [])
        case("--profile wins", "check: {profile: government-style}\n", 0, [SKIP], "--profile=basic")
        case("--allow wins", "check: {deny: heading-skip}\n", 0, [], "--allow=heading-skip")
        case("--allow, and the rest is denied", "check: {deny: warnings}\n", 0, [], "--allow=heading-skip")
        case("--deny wins", "check: {allow: heading-skip}\n", 1, [SKIP], "--deny=heading-skip")
        case("--no-project", "check: {allow: heading-skip}\n", 0, [SKIP], "--no-project")
        some = "check:\n  files:\n    \"b/**\": {allow: heading-skip}\n"
        case("a pattern of others", some, 0, [SKIP])
        case("a pattern", some, 0, [], document="b/c/d.md")
        case("the last pattern's profile", "check:\n  profile: print\n  files:\n    \"*\": {profile: government-style}\n", 0, [SKIP, LATIN])
        case("standard input", "check: {allow: heading-skip}\n", 0, [], document="-", stdin=SKIPS)

        allow = "check: {allow: heading-skip}\n"
        case("two folders up", allow, 0, [], document="b/c/d.md")
        case("whatever the working folder is", allow, 0, [], document="d.md", folder="b/c")
        case("and the name is absolute", allow, 0, [], document=os.path.join(top, "b/c/d.md"), folder="/")
        write(".brief.yaml", allow)
        case("the nearest counts, alone", "check: {profile: government-style}\n", 0, [SKIP, LATIN], at="b/.brief.yaml", document="b/c/d.md")
        os.remove(os.path.join(top, ".brief.yaml"))
        case("not above --root", allow, 0, [SKIP], "--root", "b", document="b/c/d.md")
        case("as far as --root", allow, 0, [], "--root", "b", at="b/.brief.yaml", document="b/c/d.md")
        os.mkdir(os.path.join(top, "b", ".git"))
        case("not above a repository", allow, 0, [SKIP], document="b/c/d.md")
        case("at the top of a repository", allow, 0, [], at="b/.brief.yaml", document="b/c/d.md")
        shutil.rmtree(os.path.join(top, "b", ".git"))
        os.chmod(os.path.join(top, "b"), 0o777)
        case("not through a folder that is open to everybody", allow, 0, [SKIP], document="b/c/d.md")
        os.chmod(os.path.join(top, "b"), 0o755)

        files = case("an unknown key", "check:\n  denny: widow\n", 1, ["2:3 project-key"])
        tally.equal("it is in the project file", {".brief.yaml"}, files)
        files = case("the file's name from elsewhere", "check:\n  denny: widow\n", 1, ["2:3 project-key"], document="d.md", folder="b/c")
        tally.equal("it is told whole", {os.path.join(os.path.realpath(top), ".brief.yaml")}, files)
        case("an unknown code", "check:\n  deny: [widow, widwo]\n", 1, ["2:17 project-value"])
        case("an unknown profile", "check:\n  profile: strict\n", 1, ["2:12 project-value"])
        case("warnings cannot be allowed", "check:\n  allow: warnings\n", 1, ["2:10 project-value"])
        case("a mistake in a pattern that does not match", "check:\n  files:\n    x.md: {allow: widwo}\n", 1, ["3:19 project-value"])
        case("no YAML", "check: [\n", 1, ["2:1 project"])
        case("mistakes cannot be allowed", "check:\n  denny: widow\n  allow: project-key\n", 1, ["2:3 project-key"])
        case("--no-project, with mistakes in it", "check: [\n", 0, [SKIP], "--no-project")
        with tempfile.TemporaryDirectory(prefix="brief-elsewhere-") as other:
            with open(os.path.join(other, "secret"), "w", encoding="utf-8") as file:
                file.write(allow)
            os.symlink(os.path.join(other, "secret"), os.path.join(top, ".brief.yaml"))
            case("a link that leads out", None, 1, ["None:None file-outside"])
            os.remove(os.path.join(top, ".brief.yaml"))
        os.mkdir(os.path.join(top, ".brief.yaml"))
        case("a folder of that name", None, 1, ["None:None file-folder"])
        os.rmdir(os.path.join(top, ".brief.yaml"))
        write(".brief.yaml", "check: [\n")
        made = subprocess.run([BRIEF, "make", "--out-dir", "out", "a.md"], cwd=top, capture_output=True, text=True, check=False)
        tally.equal("make does not read it", 0, made.returncode)
    return tally.done()


if __name__ == "__main__":
    raise SystemExit(main())
