#!/usr/bin/env python3
"""`brief check --format=sarif` against the schema of SARIF 2.1.0 (tests/validate/install.sh fetches it), and against what --format=json says of
the same documents: the same findings, at columns of UTF-16. Then fingerprints: they stay when lines are moved.
"""
import glob
import json
import os
import subprocess
import sys
import tempfile
from urllib.parse import unquote

import jsonschema

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from tally import BUILD, PROJECT, Tally  # noqa: E402

BRIEF = os.path.abspath(sys.argv[1])
HEAD = "---\ntitle: A title\nlang: en-GB\n---\n\n"


def run(*arguments, stdin=None, folder=None, status=(0, 1)):
    result = subprocess.run([BRIEF, "check", *arguments], input=stdin, capture_output=True, check=False, cwd=folder)
    if result.returncode not in status:
        raise RuntimeError(f"{arguments}: {result.returncode} {result.stderr.decode()}")
    return json.loads(result.stdout)


def units(path, line, column):
    """A column in characters as one in UTF-16 code units."""
    with open(path, "rb") as file:
        text = file.read().decode("utf-8-sig", errors="replace").replace("\r\n", "\n").replace("\r", "\n").split("\n")[line - 1]
    return len(text[:column - 1].encode("utf-16-le")) // 2 + 1


def compare(tally, validator, name, *arguments, folder=None, stdin=None, status=(0, 1)):
    log = run("--format=sarif", *arguments, folder=folder, stdin=stdin, status=status)
    errors = [f"{list(error.absolute_path)}: {error.message[:200]}" for error in validator.iter_errors(log)]
    tally.check(f"{name}: the schema", not errors, "\n".join(errors[:10]))
    plain = run("--format=json", *arguments, folder=folder, stdin=stdin, status=status)
    wanted, got = [], []
    for file in plain["files"]:
        for one in file["findings"]:
            column = one["column"]
            path = os.path.join(folder or os.getcwd(), one["file"] or "")
            if column and os.path.isfile(path):
                column = units(path, one["line"], column)
            wanted.append((one["file"], one["line"], column, one["code"], one["severity"]))
    only = log["runs"][0]
    rules = only["tool"]["driver"]["rules"]
    for result in only["results"]:
        place = result["locations"][0]["physicalLocation"] if result["locations"] else {}
        uri = place.get("artifactLocation", {}).get("uri")
        path = unquote(uri.removeprefix("file://")) if uri else None
        region = place.get("region", {})
        got.append((path, region.get("startLine"), region.get("startColumn"), result["ruleId"], result["level"]))
        tally.equal(f"{name}: the rule's index", result["ruleId"], rules[result["ruleIndex"]]["id"])
    tally.equal(f"{name}: the same findings", wanted, got)
    return log


def prints(log):
    return [result["partialFingerprints"]["brief/v1"] for result in log["runs"][0]["results"]]


def main():
    tally = Tally()
    try:
        with open(os.path.join(BUILD, "validators", "sarif-schema"), encoding="utf-8") as file:
            schema = file.read().strip()
        with open(schema, encoding="utf-8") as file:
            schema = json.load(file)
    except OSError as error:
        tally.check("the schema of SARIF is there", False, f"run tests/validate/install.sh: {error}")
        return tally.done()
    validator = jsonschema.Draft4Validator(schema)
    tally.check("the schema refuses what is no SARIF", not validator.is_valid({"version": "2.1.0", "runs": [{"results": []}]}))

    documents = sorted(glob.glob(os.path.join(PROJECT, "tests", "checks", "*.bad.md")) + glob.glob(os.path.join(PROJECT, "tests", "golden", "*.md")))
    log = compare(tally, validator, "all", "--profile=basic,public-sector,print,government-style", *documents)
    tally.check("there are findings", len(log["runs"][0]["results"]) > 50)
    tally.check("every rule has its help", all(len(rule["help"]["text"]) > 20 for rule in log["runs"][0]["tool"]["driver"]["rules"]))

    with tempfile.TemporaryDirectory(prefix="brief-sarif-") as folder:
        def case(name, text, **more):
            with open(os.path.join(folder, "ä b.md"), "wb") as file:
                file.write(text.encode("utf-8", errors="surrogateescape"))
            return compare(tally, validator, name, "ä b.md", folder=folder, **more)

        empty = case("nothing found", HEAD + "Words.\n")
        tally.equal("nothing found: results", [], empty["runs"][0]["results"])
        astral = case("beyond the first plane", HEAD + "\U0001D538\U0001F600 [words]()\n")
        tally.equal("its column", 6, astral["runs"][0]["results"][-1]["locations"][0]["physicalLocation"]["region"]["startColumn"])
        tally.check("its words are sentences", all(result["message"]["text"].endswith((".", "?")) for result in astral["runs"][0]["results"]))
        case("a byte order mark, and lines as Windows has them", "\ufeff" + (HEAD + "\U0001F600 [words]()\n").replace("\n", "\r\n"))
        case("an error", HEAD + "See [there](#nowhere).\n")
        case("no UTF-8", HEAD + "Words \udcff.\n")
        before = case("two alike", HEAD + "## One\n\n[words]()\n\n[words]()\n")
        tally.check("two alike have two fingerprints", len(set(prints(before))) == 2 == len(prints(before)), str(prints(before)))
        after = case("moved", HEAD + "A paragraph.\n\n## One\n\n[words]()\n\n[words]()\n")
        tally.equal("moved: the same fingerprints", prints(before), prints(after))
        other = case("other words", HEAD + "## One\n\n[some words]()\n\n[words]()\n")
        tally.check("other words: another fingerprint", prints(other)[0] not in prints(before) and prints(other)[1] in prints(before))
        many = case("more than are kept", HEAD + "".join(f"[words {n}]()\n\n" for n in range(2100)))
        told = many["runs"][0]["invocations"][0].get("toolExecutionNotifications", [])
        tally.check("more than are kept: it is told", len(told) == 1 and "100 more" in told[0]["message"]["text"], str(told))
        compare(tally, validator, "standard input", "-", folder=folder, stdin=(HEAD + "[words]()\n").encode())
        missing = compare(tally, validator, "no such file", "none.md", folder=folder, status=(3,))
        tally.check("no such file: it failed", missing["runs"][0]["invocations"][0]["executionSuccessful"] is False)
    return tally.done()


if __name__ == "__main__":
    raise SystemExit(main())
