"""What every test script here shares: counting, and the line that says the count.

A script makes one Tally, calls check() for each thing it tests, and ends with exit(tally.done()). Nothing is printed for what
passes. The last line is `N passed, M failed`, which tests/run adds up.
"""
import difflib
import os
import sys

PROJECT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
BUILD = os.path.join(PROJECT, "build")
BRIEF = os.path.abspath(os.environ.get("BRIEF", os.path.join(BUILD, "brief")))


class Tally:
    def __init__(self):
        self.passed = self.failed = 0

    def check(self, name, good, detail=""):
        """Counts one test; `detail` (text, or a function that makes it) is printed when it failed."""
        if good:
            self.passed += 1
        else:
            self.failed += 1
            text = detail() if callable(detail) else detail
            print(f"FAILED {name}")
            for line in text.rstrip("\n").split("\n") if text else []:
                print(f"  {line}")
            sys.stdout.flush()
        return good

    def equal(self, name, wanted, found, what=("wanted", "found")):
        return self.check(name, wanted == found, lambda: unified(wanted, found, what))

    def done(self):
        print(f"{self.passed} passed, {self.failed} failed", flush=True)
        return 1 if self.failed or not self.passed else 0


def unified(wanted, found, names=("wanted", "found"), limit=60):
    """A unified diff of two texts or two lists of words, cut to `limit` lines."""
    rows = [text.split("\n") if isinstance(text, str) else [str(item) for item in text] for text in (wanted, found)]
    diff = list(difflib.unified_diff(*rows, *names, lineterm="", n=3))
    return "\n".join(diff[:limit] + ([f"… and {len(diff) - limit} lines more"] if len(diff) > limit else []))
