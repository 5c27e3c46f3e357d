"""The documents that are made on many machines, and what one machine makes of them."""
import hashlib
import os
import shutil
import subprocess
import sys

from tally import BRIEF, PROJECT

sys.path.insert(0, os.path.join(PROJECT, "bench"))
from text import Text  # noqa: E402

COUNT, WORDS = 200, 300
FOLDERS = ["letters", "letters/2019", "Grüße", "a b"]
SHEET, IMAGE = "house.yaml", "images/plots.png"
OPTIONS = ["--style", SHEET, "--root", "."]


def documents_write(top):
    """Writes them below `top`, with a list; gives their names. Each is dated by its file alone, and some show an image: both must come along."""
    os.makedirs(os.path.join(top, "images"))
    shutil.copy(os.path.join(PROJECT, "input", "images", "allotment-plots.png"), os.path.join(top, IMAGE))
    with open(os.path.join(top, SHEET), "w", encoding="utf-8") as file:
        file.write('extends: briefing\ncolours: {accent: "#6b1230"}\n')
    names = [f"{FOLDERS[i % len(FOLDERS)]}/{i}.md" for i in range(COUNT)]
    text = Text(1)
    for i, name in enumerate(names):
        text.count = 0
        path = os.path.join(top, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        words = text.write(WORDS).replace("date: 2024-05-01\n", "")
        if i % 10 == 0:
            words += f"\n![Plots in rows]({'../' * os.path.dirname(name).count('/')}../{IMAGE})\n"
        with open(path, "w", encoding="utf-8") as file:
            file.write(words)
        os.utime(path, (1_500_000_000 + i * 86_400,) * 2)
    list_write(top, "list", names)
    return names


def list_write(top, name, documents):
    with open(os.path.join(top, name), "w", encoding="utf-8") as file:
        file.writelines(document + "\n" for document in documents)


def files_hash(folder):
    """The SHA-256 digests of the files below a folder, by name."""
    found = {}
    for path, _, names in os.walk(folder):
        for name in names:
            whole = os.path.join(path, name)
            with open(whole, "rb") as file:
                found[os.path.relpath(whole, folder)] = hashlib.sha256(file.read()).hexdigest()
    return found


def documents_make(top):
    """What one machine makes of all of them, one after the other."""
    subprocess.run([BRIEF, "make", "-q", "--files-from", "list", "--out-dir", "one", *OPTIONS], cwd=top, check=True)
    return files_hash(os.path.join(top, "one"))
