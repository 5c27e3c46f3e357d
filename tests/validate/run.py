#!/usr/bin/env python3
"""Puts every file that the tests make before the judges: veraPDF, EPUBCheck, Ace. In large print and for print, too, every document is a PDF that
conforms.

A PDF that claims PDF/UA-1 and PDF/A-2a is held to both; one that had to give up a claim is held to what is left, and its case
says which (NAME.claims; tests/properties.py compares that with the file's metadata). EPUBCheck may find neither error nor warning, Ace no
violation of any impact. Each judge is first shown a file that it must refuse. install.sh must have run.
"""
import os
import shutil
import subprocess
import sys
import zipfile
from concurrent.futures import ThreadPoolExecutor

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from corpus import golden_cases, make_all, make_carriers, make_variants, samples, script_cases  # noqa: E402
from tally import BUILD, Tally  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
HOME = os.path.join(BUILD, "validators")
BROKEN = os.path.join(BUILD, "tests", "broken")


def said(name):
    with open(os.path.join(HOME, name), encoding="utf-8") as file:
        return file.read().strip()


def judge(command, lines, **environment):
    """{line: what was found, "" when nothing} for each line given to a judge, all in one run of it."""
    done = subprocess.run(command, input="\n".join(lines) + "\n", capture_output=True, text=True, timeout=1200, check=False,
                          env={**os.environ, **environment})
    found, current = {}, None
    for line in done.stdout.split("\n"):
        if line.startswith(("PASS ", "FAIL ")):
            current = line[5:]
            found[current] = "" if line.startswith("PASS") else "refused\n"
        elif current:
            found[current] += line + "\n" if line else ""
    return {line: found.get(line, "no verdict\n" + done.stderr[-2000:]) for line in lines}


def java(program, lines):
    return judge(["java", "-Xss8m", "-Xshare:auto", "-cp", said("class-path"), program], lines)


def ace(lines):
    return judge(["node", os.path.join(HERE, "ace_run.js")], lines, NODE_PATH=said("ace"),
                 PUPPETEER_EXECUTABLE_PATH=os.environ.get("CHROMIUM") or shutil.which("chromium") or "")


def break_files(case):
    """A PDF that claims what it has not, an EPUB with a dangling link, one with a picture that has no alternative text."""
    os.makedirs(BROKEN, exist_ok=True)
    pdf, linked, silent = (os.path.join(BROKEN, name) for name in ("broken.pdf", "linked.epub", "silent.epub"))
    with open(case.pdf, "rb") as file:
        data = file.read()
    with open(pdf, "wb") as file:
        file.write(data.replace(b"/Marked true", b"/Marked null").replace(b"/MarkInfo", b"/MarkOnfi"))

    def rewrite(path, old, new):
        with zipfile.ZipFile(case.epub) as source, zipfile.ZipFile(path, "w") as target:
            for info in source.infolist():
                data = source.read(info)
                target.writestr(info, data.replace(old, new, 1) if info.filename.endswith(".xhtml") else data)
    rewrite(linked, b"</body>", b'<p><a href="nowhere.xhtml">a link</a></p></body>')
    rewrite(silent, b' alt="', b' data-alt="')
    return pdf, linked, silent


def main():
    tally = Tally()
    good, faults = make_all(golden_cases() + script_cases() + samples())
    variants, more_faults = make_variants([case for case in good if case.style is None and case.claims >= {"pdf-ua", "pdf-a"}])
    # A document with a sheet and faces of its own, and each sample in its own sheet, with what they were made from inside.
    carriers, most_faults = make_carriers([case for case in good if case.style is None and case.claims >= {"pdf-ua", "pdf-a", "epub-a11y"}
                                           and (case.name == "golden-own-faces" or not case.name.startswith(("golden-", "script-")))])
    for fault in faults + more_faults + most_faults:
        tally.check("make", False, fault)
    sample = next(case for case in good if case.name == "huawei-letter")
    bad_pdf, bad_epub, bad_ace = break_files(sample)
    pdfs = [f"{flavour} {case.pdf}" for case in good
            for flavour in filter(None, ("ua1" if "pdf-ua" in case.claims else None, "2a" if "pdf-a" in case.claims else "2u"))]
    pdfs += [f"{flavour} {path}" for path in variants for flavour in ("ua1", "2a")]
    pdfs += [f"{flavour} {path}" for path, _ in carriers for flavour in ("ua1", "3a")]
    # Ace looks at the text, and sheets differ in the style sheet only by what EPUBCheck reads: each document once, the briefing in all.
    spoken = [case for case in good if "epub-a11y" in case.claims and (case.style is None or case.stem == "huawei-letter")]
    with ThreadPoolExecutor(3) as pool:
        vera = pool.submit(java, "VeraRun", [f"ua1 {bad_pdf}", f"2a {bad_pdf}"] + pdfs)
        check = pool.submit(java, "EpubRun", [bad_epub] + [case.epub for case in good] + [path for _, path in carriers])
        heard = pool.submit(ace, [bad_ace] + [case.epub for case in spoken] + [path for _, path in carriers])
    for name, found, bad in (("veraPDF", vera, [f"ua1 {bad_pdf}", f"2a {bad_pdf}"]), ("EPUBCheck", check, [bad_epub]), ("Ace", heard, [bad_ace])):
        for line, faults in found.result().items():
            if line in bad:
                tally.check(f"{name} refuses {line}", faults and not faults.startswith("no verdict"), faults or "passed")
            else:
                tally.check(f"{name} {line}", not faults, faults)
    return tally.done()


if __name__ == "__main__":
    raise SystemExit(main())
