#!/usr/bin/env python3
"""--shard: every document is in one share, is written where it would be without, and stays in its share whatever else is in the list."""
import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from tally import Tally  # noqa: E402

BRIEF = os.path.abspath(sys.argv[1])
NAMES = [f"{folder}/{number}.md" for folder in ("a", "b/c") for number in range(6)]
SHARES = 3


def main():
    tally = Tally()
    with tempfile.TemporaryDirectory(prefix="brief-shard-") as top:
        def make(*arguments):
            result = subprocess.run([BRIEF, "make", "--pdf", *arguments], cwd=top, capture_output=True, text=True, check=False)
            return result.returncode, result.stdout.splitlines(), result.stderr

        for name in NAMES:
            os.makedirs(os.path.dirname(os.path.join(top, name)), exist_ok=True)
            with open(os.path.join(top, name), "w", encoding="utf-8") as file:
                file.write(f"---\ntitle: {name}\nlang: en-GB\ndate: 2019-02-07\n---\n\nWords.\n")

        _, whole, _ = make(*NAMES)
        tally.equal("without it: one PDF each", [name[:-3] + ".pdf" for name in NAMES], whole)
        pages = {name: open(os.path.join(top, name), "rb").read() for name in whole}
        for name in whole:
            os.remove(os.path.join(top, name))
        shares = [make("--shard", f"{k}/{SHARES}", *NAMES) for k in range(1, SHARES + 1)]
        tally.equal("every share ends well", [0] * SHARES, [status for status, _, _ in shares])
        tally.check("no share is all or nothing", all(0 < len(made) < len(NAMES) for _, made, _ in shares), str(shares))
        tally.equal("every document is in one", sorted(whole), sorted(name for _, made, _ in shares for name in made))
        tally.check("in the order of the list", all(made == [name for name in whole if name in made] for _, made, _ in shares), str(shares))
        tally.check("their bytes are the same", all(open(os.path.join(top, name), "rb").read() == pages[name] for name in whole))

        second = shares[1][1]
        less = [name for i, name in enumerate(NAMES) if i % 2 or name[:-3] + ".pdf" in second]
        tally.equal("others taken away: the share stays", second, make(f"--shard=2/{SHARES}", *less)[1])
        tally.equal("another order: the same share", list(reversed(second)), make(f"--shard=2/{SHARES}", *reversed(NAMES))[1])
        tally.equal("one share is all", whole, make("--shard=1/1", *NAMES)[1])
        # What the whole list clashes in is a mistake of every share, or each machine would overwrite another's file.
        os.link(os.path.join(top, "a", "1.md"), os.path.join(top, "a", "1.markdown"))
        clash = [make("--shard", f"{k}/{SHARES}", "a/1.md", "a/1.markdown")[0] for k in range(1, SHARES + 1)]
        tally.equal("two documents of one result are refused in every share", [2] * SHARES, clash)

        with open(os.path.join(top, "list"), "w", encoding="utf-8") as file:
            file.writelines(name + "\n" for name in NAMES)
        listed = [make("--shard", f"{k}/{SHARES}", "--files-from", "list", "--out-dir", "out", "-j2")[1] for k in range(1, SHARES + 1)]
        tally.equal("below --out-dir they lie as if all were made", [["out/" + name for name in made] for _, made, _ in shares], listed)
        for name in whole:
            if name not in second:
                os.remove(os.path.join(top, name[:-3] + "md"))
        tally.equal("the files of other shares are not looked for", (0, second), make(f"--shard=2/{SHARES}", *NAMES)[:2])

        empty = [make("--shard", f"{k}/9", second[0][:-3] + "md") for k in range(1, 10)]
        tally.equal("a share that is empty is no error", [0] * 9, [status for status, _, _ in empty])
        tally.equal("and says so", 8, sum(made == [] and "shard-empty" in said for _, made, said in empty))
        for wrong in ("", "0/3", "4/3", "3", "1/", "/3", "1/0", "a/b", "1/3/3", "-1/3", "+1/3", "1/3 ", "1/1000001", "1/99999999999999999999"):
            status, made, said = make("--shard=" + wrong, *NAMES)
            tally.check(f"“{wrong}” is no share", (status, made) == (2, []) and "usage" in said, said)
    return tally.done()


if __name__ == "__main__":
    raise SystemExit(main())
