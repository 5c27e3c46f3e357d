"""The files that the tests make: every sample, every sample in every sheet, every golden case, a document for each script.

make_all() makes each into build/tests/corpus/NAME/, both formats, with a fixed SOURCE_DATE_EPOCH for those that have no date.
A case whose .diag has an error must leave no file; all others must leave both.
"""
import glob
import os
import shutil
import subprocess

from tally import BRIEF, BUILD, PROJECT

GOLDEN = os.path.join(PROJECT, "tests", "golden")
INPUT = os.path.join(PROJECT, "input")
OUT = os.path.join(BUILD, "tests", "corpus")
DATE = "1700000000"


class Case:
    """One document: where it lies, the sheet it is made with (None: its own), what is claimed for it, what came of it."""

    def __init__(self, name, source, style=None):
        self.name, self.source, self.style = name, source, style
        self.folder, self.file = os.path.split(source)
        self.out = os.path.join(OUT, name)
        self.stem = os.path.splitext(self.file)[0]
        self.pdf = os.path.join(self.out, self.stem + ".pdf")
        self.epub = os.path.join(self.out, self.stem + ".epub")
        self.status = self.diagnostics = None

    def sibling(self, stage):
        return os.path.splitext(self.source)[0] + "." + stage

    def expected(self, stage):
        """What the golden file beside it says; None when there is none."""
        if self.style or not os.path.exists(self.sibling(stage)):
            return None
        with open(self.sibling(stage), encoding="utf-8", newline="") as file:
            return file.read()

    @property
    def claims(self):
        """What its files may claim: all, unless a .claims file beside it names the rest."""
        text = self.expected("claims")
        return {"pdf-ua", "pdf-a", "epub-a11y"} if text is None else set(text.split())

    def expects_errors(self):
        return ": error: " in (self.expected("diag") or "")

    def make(self, brief=BRIEF, out=None, folder=None, environment=(), wrapper=()):
        """Runs `brief make` in the document's folder (or in `folder`, a copy of it); gives status, output, diagnostics."""
        out = out or self.out
        shutil.rmtree(out, ignore_errors=True)
        os.makedirs(out)
        command = [*wrapper, brief, "make", self.file, "--pdf", "--epub", "-q", "--out-dir", out]
        if self.style:
            command += ["--style", self.style]
        return run(command, folder or self.folder, environment)

    def dump(self, stage, brief=BRIEF):
        command = [brief, "dump", "--stage=" + stage, self.file]
        if self.style:
            command += ["--style", self.style]
        return run(command, self.folder)


def run(command, folder, environment=()):
    done = subprocess.run(command, cwd=folder, capture_output=True, timeout=120,
                          env={**os.environ, "SOURCE_DATE_EPOCH": DATE, "NO_COLOR": "1", **dict(environment)})
    return done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")


def golden_cases():
    return [Case("golden-" + os.path.basename(path)[:-3], path) for path in sorted(glob.glob(os.path.join(GOLDEN, "*.md")))]


def script_cases():
    """A document for each script (tests/scripts)."""
    return [Case("script-" + os.path.basename(path)[:-3], path) for path in sorted(glob.glob(os.path.join(PROJECT, "tests", "scripts", "*.md")))]


# Which samples are made in a sheet: all, unless it is named here. A sheet for one sort of paper need not set the others.
SUITS = {
    "newsletter": ("huawei-letter", "constructs"),
    "note": ("research-briefing", "constructs"),
    "committee": ("committee-report", "constructs"),
}


def suits(path, sheet):
    return sheet not in SUITS or os.path.basename(path)[:-3] in SUITS[sheet]


def samples():
    paths = sorted(glob.glob(os.path.join(INPUT, "*.md")))
    status, listed, _ = run([BRIEF, "styles"], PROJECT)
    sheets = [None] + [line.split()[0] for line in listed.split("\n") if line]
    return [Case("-".join(filter(None, (os.path.basename(path)[:-3], sheet))), path, sheet) for path in paths for sheet in sheets
            if suits(path, sheet)]


def make_variants(cases):
    """The PDFs of each case in large print and for print, with blank pages: the cases that have files already, in their own sheets."""
    paths, faults = [], []
    for case in cases:
        out = os.path.join(case.out, "variants")
        shutil.rmtree(out, ignore_errors=True)
        status, _, diagnostics = run([BRIEF, "make", case.file, "--large-print", "--print", "--blank-pages", "-q", "--out-dir", out], case.folder)
        made = [os.path.join(out, f"{case.stem}-{variant}.pdf") for variant in ("large-print", "print")]
        if status != 0 or not all(map(os.path.exists, made)):
            faults.append(f"{case.name} in variants: status {status}\n{diagnostics}")
        else:
            paths += made
    return paths, faults


def make_carriers(cases):
    """Both files of each case, carrying their source."""
    pairs, faults = [], []
    for case in cases:
        out = os.path.join(case.out, "carriers")
        shutil.rmtree(out, ignore_errors=True)
        words = ["--style", case.style] if case.style else []
        status, _, diagnostics = run([BRIEF, "make", case.file, "--embed-source", "-q", "--out-dir", out, *words], case.folder)
        made = tuple(os.path.join(out, case.stem + ending) for ending in (".pdf", ".epub"))
        if status != 0 or not all(map(os.path.exists, made)):
            faults.append(f"{case.name} with its source: status {status}\n{diagnostics}")
        else:
            pairs.append(made)
    return pairs, faults


def make_all(cases):
    """Makes every case; gives those that have files, and the names of those that ought to have them and do not (or the reverse)."""
    good, faults = [], []
    for case in cases:
        case.status, case.output, case.diagnostics = case.make()
        left = sorted(os.listdir(case.out))
        wanted = sorted((case.stem + ".pdf", case.stem + ".epub"))
        if case.expects_errors():
            if case.status != 1 or left:
                faults.append(f"{case.name}: its .diag has an error, so it should end with status 1 and leave nothing; "
                              f"status {case.status}, left {left}\n{case.diagnostics}")
        elif case.status != 0 or left != wanted:
            faults.append(f"{case.name}: status {case.status}, left {left}\n{case.diagnostics}")
        else:
            good.append(case)
    return good, faults
