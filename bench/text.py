#!/usr/bin/env python3
"""Writes a text of a stated length in Markdown: what the programs under bench/ are timed on.

    bench/text.py WORDS [SEED] >FILE

The words are made of the syllables below and not taken from anybody; how often each comes follows Zipf's and Mandelbrot's law, as in any
language: a text of 40,000 words has about 7,000 different ones, and one of 370,000 about 22,000. They stand in sentences of 8 to 28, in
paragraphs of 2 to 6, with emphasis, links, numbers and quotations; under headings of two levels come lists, tables and block quotations. All is Markdown that
every program under test understands. The same arguments give the same bytes.
"""
import random
import sys
from bisect import bisect
from functools import cache
from itertools import accumulate

ONSETS = "b c d f g h l m n p r s t v w br ch cl cr dr fl gr pl pr sh sl sp st str th tr wh".split() + [""] * 4
NUCLEI = "a e i o u a e i o ai ea ee ou oo ie".split()
CODAS = "n r s t l d m nt nd st rs ck ng ll ss th".split() + [""] * 12
COMMON = ("the of and to in a that is was it for on with as be by at he not from his or are this which but had have an they were her "
    "their one all there been has if more when will would who so no out up said what its about into than them can only other time new some").split()
ENDINGS = "s ed ing ly er ion al ment ness able".split()
VOCABULARY = 32_000


@cache
def vocabulary():
    """One language, whatever the text is."""
    chance = random.Random(1)
    words, seen = list(COMMON), set(COMMON)
    while len(words) < VOCABULARY:
        syllables = 1 + min(2, int(chance.random() * 0.9 + len(words) / 9_000 + chance.random() * 0.6))
        word = "".join(chance.choice(ONSETS) + chance.choice(NUCLEI) + (chance.choice(CODAS) if chance.random() < 0.6 else "")
                       for _ in range(syllables))
        if chance.random() < 0.35:
            word += chance.choice(ENDINGS)
        if 2 < len(word) < 15 and word not in seen:
            seen.add(word)
            words.append(word)
    return words, list(accumulate(1 / (rank + 2.7) ** 1.16 for rank in range(len(words))))


class Text:
    def __init__(self, seed):
        self.chance = random.Random(seed)
        self.words, self.weights = vocabulary()
        self.count = 0

    def word(self):
        self.count += 1
        if self.chance.random() < 0.015:
            return f"{self.chance.randrange(1, 3000):,}"
        return self.words[bisect(self.weights, self.chance.random() * self.weights[-1])]

    def phrase(self, low, high):
        return " ".join(self.word() for _ in range(self.chance.randint(low, high)))

    def sentence(self):
        words = self.phrase(8, 28).split(" ")
        for at in range(3, len(words) - 2, 7):
            if self.chance.random() < 0.3:
                words[at] += ","
        mark = self.chance.random()
        at = self.chance.randrange(1, len(words) - 3)
        if mark < 0.06:
            words[at] = f"*{words[at].rstrip(',')}*"
        elif mark < 0.10:
            words[at] = f"**{words[at].rstrip(',')}**"
        elif mark < 0.13:
            words[at] = f"[{words[at].rstrip(',')}](https://www.example.org/{words[at].rstrip(',').replace(',', '')})"
        elif mark < 0.17:
            words[at], words[at + 2] = '"' + words[at], words[at + 2].rstrip(",") + '"'
        return words[0].capitalize() + " " + " ".join(words[1:]) + "."

    def paragraph(self):
        return " ".join(self.sentence() for _ in range(self.chance.randint(2, 6)))

    def list(self):
        mark = self.chance.choice(["-", "1."])
        return "\n".join(f"{mark} {self.phrase(6, 22).capitalize()}." for _ in range(self.chance.randint(3, 6)))

    def table(self):
        rows = [f"| {self.word().capitalize()} | {self.word().capitalize()} | {self.word().capitalize()} |", "|---|---|---:|"]
        rows += [f"| {self.phrase(1, 4).capitalize()} | {self.phrase(2, 6).capitalize()} | {self.chance.randrange(10_000):,} |"
                 for _ in range(self.chance.randint(4, 8))]
        return "\n".join(rows)

    def block(self):
        kind = self.chance.random()
        return self.list() if kind < 0.06 else self.table() if kind < 0.07 else f"> {self.paragraph()}" if kind < 0.10 else self.paragraph()

    def write(self, wanted):
        title = self.phrase(4, 6).capitalize()
        parts = [f"---\ntitle: {title}\nauthor: {self.phrase(2, 2).title()}\ndate: 2024-05-01\nlang: en-GB\n---", self.paragraph()]
        section = 0
        while self.count < wanted:
            section += 1
            level = "#" if section % 8 == 1 and wanted > 5000 else "##"
            parts.append(f"{level} {self.phrase(2, 7).capitalize()}")
            for _ in range(self.chance.randint(3, 9)):
                if self.count < wanted:
                    parts.append(self.block())
        return "\n\n".join(parts) + "\n"


def main():
    if len(sys.argv) not in (2, 3) or not all(argument.isdigit() for argument in sys.argv[1:]):
        sys.exit(__doc__.strip())
    sys.stdout.write(Text(int(sys.argv[2]) if len(sys.argv) == 3 else 1).write(int(sys.argv[1])))


if __name__ == "__main__":
    main()
