#!/usr/bin/env python3
"""`brief check` and `brief explain`.

tests/checks/CODE.bad.md breaks a rule at the places that CODE.found names (line:column code), and no other; CODE.good.md does not break it. The
profile is the rule's last. Then what the options do, and that the samples' pages have no fault, in every sheet and version: no
widow, orphan, heading or label at a foot, caption parted, pull-quote cut, hyphen over a page's end.
"""
import glob
import json
import os
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from tally import PROJECT, Tally  # noqa: E402

BRIEF = os.path.abspath(sys.argv[1])
CHECKS = os.path.join(PROJECT, "tests", "checks")
FAULTS = {"widow", "orphan", "heading-foot", "label-foot", "caption-parted", "pull-quote-split", "pull-quote-near", "hyphen-foot", "line-wide",
          "row-parted", "page-white"}
HEAD = "---\ntitle: A title\nlang: en-GB\n---\n\n"
SKIPS = HEAD + "## One\n\nWords.\n\n#### Two\n\nWords.\n\n## Three\n\n#### Four\n\nWords.\n"  # two warnings, heading-skip, at 10:1 and 16:1


def run(*arguments, stdin=None, folder=None):
    return subprocess.run([BRIEF, *arguments], input=stdin, capture_output=True, text=True, check=False, cwd=folder)


def found(result):
    return [f"{one['line']}:{one['column']} {one['code']}" for file in json.loads(result.stdout)["files"] for one in file["findings"]]


def pairs(tally):
    names = sorted(os.path.basename(path)[:-6] for path in glob.glob(os.path.join(CHECKS, "*.found")))
    tally.check("there are pairs", len(names) > 5)
    for name in names:
        told = run("explain", name).stdout
        profile = re.search(r"profile .*?([a-z-]+)\)", told.split("\n")[0])
        options = ["check", "--format=json", f"--profile={profile[1] if profile else 'basic'}"]
        bad = run(*options, os.path.join(CHECKS, f"{name}.bad.md"))
        with open(os.path.join(CHECKS, f"{name}.found"), encoding="utf-8") as file:
            tally.equal(f"{name}: what is found", file.read().split("\n")[:-1], found(bad))
        good = run(*options, os.path.join(CHECKS, f"{name}.good.md"))
        tally.equal(f"{name}: the mended one", [], found(good))
        if profile:
            other = run("check", "--format=json", "--profile=basic", os.path.join(CHECKS, f"{name}.bad.md"))
            tally.equal(f"{name}: in another profile", [], found(other))


def options(tally, folder):
    def case(name, wanted_status, wanted, *arguments, text=SKIPS):
        with open(os.path.join(folder, "a.md"), "w", encoding="utf-8") as file:
            file.write(text)
        result = run("check", "--format=json", *arguments, "a.md", folder=folder)
        tally.equal(name, [wanted_status, wanted], [result.returncode, found(result)])
        return result

    both = ["10:1 heading-skip", "16:1 heading-skip"]
    case("warnings", 0, both)
    case("--deny warnings", 1, both, "--deny", "warnings")
    case("--deny CODE", 1, both, "--deny=heading-skip")
    case("--deny another", 0, both, "--deny=image-alt,widow")
    case("--allow", 0, [], "--allow", "heading-skip")
    case("--allow with commas, and again", 0, [], "--allow", "widow,orphan", "--allow", "heading-skip")
    case("--allow, and the others are errors", 0, [], "--allow", "heading-skip", "--deny", "warnings")
    case("--deny is stronger", 1, both, "--allow", "heading-skip", "--deny", "heading-skip")
    case("allowed for the block, and no farther", 0, ["17:1 heading-skip"], text=SKIPS.replace("#### Two", "<!-- brief: allow heading-skip -->\n#### Two"))
    case("allowed for a whole list", 0, [], text=HEAD + "Words.\n\n<!-- brief: allow link-address -->\n\n- One\n\n- [Two]()\n")
    case("and not behind it", 0, ["12:5 link-address"], text=HEAD + "Words.\n\n<!-- brief: allow link-address -->\n\n- One\n\nAnd [two]()\n")
    case("allowed for the document", 0, [], text=SKIPS.replace("## One", "<!-- brief: allow heading-skip -->\n\n## One"))
    case("two comments before the document", 0, [],
         text=SKIPS.replace("## One", "<!-- a comment -->\n\n<!-- brief: allow heading-skip -->\n\n## One"))
    case("what has no line", 0, [], text="<!-- brief: allow title-missing -->\n\nWords.\n")
    case("denied, though the document allows it", 1, ["12:1 heading-skip", "18:1 heading-skip"], "--deny=heading-skip",
         text=SKIPS.replace("## One", "<!-- brief: allow heading-skip -->\n\n## One"))
    case("another code", 0, ["11:1 heading-skip", "17:1 heading-skip"], text=SKIPS.replace("#### Two", "<!-- brief: allow widow -->\n#### Two"))
    case("in code it is no comment", 0, ["13:1 heading-skip"],
         text=HEAD + "Words.\n\n```\n<!-- brief: allow heading-skip -->\n```\n## One\n\n#### Two\n\nWords.\n")
    case("an error stays", 1, ["6:5 link-target"], text=HEAD + "See [there](#nowhere).\n\n<!-- -->\n")
    case("an error that the document allows", 1, ["8:5 link-target"], text=HEAD + "<!-- brief: allow link-target -->\n\nSee [there](#nowhere).\n")
    tally.equal("nothing is written", ["a.md"], sorted(os.listdir(folder)))

    text = run("check", "a.md", folder=folder)
    tally.check("as text", text.stdout.startswith("a.md:8:5: error: ") and text.stdout.endswith("\na.md: 1 error\n") and not text.stderr, text.stdout + text.stderr)
    make = run("make", "a.md", folder=folder)
    tally.equal("the words of make", make.stderr, run("check", "-q", "a.md", folder=folder).stdout)
    with open(os.path.join(folder, "b.md"), "w", encoding="utf-8") as file:
        file.write(HEAD + "Words.\n")
    several = run("check", "b.md", "a.md", "none.md", folder=folder)
    tally.equal("several files", 3, several.returncode)
    tally.check("each with its count", re.search(r"^b\.md: no errors, no warnings\na\.md:8:5.*^a\.md: 1 error$.*^none\.md: 1 error\n\Z", several.stdout, re.S | re.M), several.stdout)
    several = json.loads(run("check", "--format=json", "b.md", "a.md", folder=folder).stdout)
    tally.equal("several in JSON", [("b.md", 0), ("a.md", 1)], [(file["file"], file["errors"]) for file in several["files"]])
    tally.equal("standard input", ["-", ["8:5 link-target"]], (lambda result: [json.loads(result.stdout)["files"][0]["file"], found(result)])(
        run("check", "--format=json", "-", stdin=HEAD + "<!-- -->\n\nSee [there](#nowhere).\n")))
    odd = run("check", "--format=json", "-", stdin=HEAD + 'See [“there”](#a"\\\t\x01).\n')
    tally.check("odd characters in JSON", json.loads(odd.stdout))
    for arguments, word in ((["--deny", "widows", "a.md"], "“widow”"), (["--allow=imagealt", "a.md"], "“image-alt”"), (["--profile=strict", "a.md"], "public-sector"),
                            (["--format=xml", "a.md"], "json"), ([], "no file"), (["-", "a.md"], "standard input"), (["--allow=warnings", "a.md"], "warnings")):
        result = run("check", *arguments, folder=folder)
        tally.check(f"check {' '.join(arguments)}", result.returncode == 2 and word in result.stderr and not result.stdout, result.stdout + result.stderr)
    tall = HEAD + "| What | Who |\n|---|---|\n| " + "many words " * 1100 + " | Few. |\n"
    with open(os.path.join(folder, "a.md"), "w", encoding="utf-8") as file:
        file.write(tall)
    variants = run("check", "--large-print", "-q", "a.md", folder=folder).stdout
    tally.equal("each version is checked, and says which it is", ["", " (in large print)"],
                sorted(set(re.findall(r"page \d+( \(.*\))? \[row-parted\]", variants))))
    tally.check("make does not tell", "row-parted" not in run("make", "--out-dir", "out", "a.md", folder=folder).stderr)


def explanations(tally):
    listed = re.findall(r"^  ([a-z0-9-]+)  ", run("explain").stdout, re.M)
    tally.check("explain lists the codes", len(listed) > 80 and len(set(listed)) == len(listed))
    for code in listed:
        result = run("explain", code)
        good = result.returncode == 0 and re.match(rf"{code}: [^\n.]+ \((note|warning|error)[^\n]*\)\n\n(  [^\n]+\n)+(\n(  [^\n]+\n)+){{1,2}}\Z", result.stdout)
        tally.check(f"explain {code}", good and max(map(len, result.stdout.split("\n")[1:])) <= 78, result.stdout)
    result = run("explain", "widows")
    tally.check("an unknown code", result.returncode == 2 and "“widow”" in result.stderr, result.stderr)


def samples(tally):
    documents = sorted(glob.glob(os.path.join(PROJECT, "input", "*.md")))
    sheets = [os.path.basename(path)[:-5] for path in sorted(glob.glob(os.path.join(PROJECT, "styles", "*.yaml")))]
    for profile in ("public-sector", "print"):
        result = run("check", "--format=json", f"--profile={profile}", *documents)
        tally.equal(f"the samples as they are, {profile}", [], found(result))
    for sheet in sheets:
        if sheet == "base":
            continue
        result = run("check", "--format=json", f"--style={sheet}", "--print", "--large-print", *documents)
        tally.equal(f"pages of the samples, {sheet}: status", 0, result.returncode)
        files = json.loads(result.stdout)["files"]
        tally.equal(f"pages of the samples, {sheet}: all", len(documents), len(files))
        for file in files:
            bad = [one for one in file["findings"] if one["code"] in FAULTS]
            tally.check(f"{os.path.basename(file['file'])}, {sheet}", not bad, "\n".join(f"{one['line']}: {one['message']} [{one['code']}]" for one in bad))


def main():
    tally = Tally()
    pairs(tally)
    with tempfile.TemporaryDirectory(prefix="brief-check-") as folder:
        options(tally, folder)
    explanations(tally)
    samples(tally)
    return tally.done()


if __name__ == "__main__":
    raise SystemExit(main())
