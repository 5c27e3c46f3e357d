"""HTML as a tree that can be compared: elements with the attributes that say something, text with its language."""


class Html:
    """`given`: attributes that are compared; `raw`: those of the file that it was read from."""

    def __init__(self, tag, language, raw=None, **given):
        self.tag, self.language, self.raw, self.kids = tag, language, raw or {}, []
        self.given = {name: value for name, value in given.items() if value is not None}

    def holds(self, tag):
        return any(isinstance(kid, Html) and kid.tag == tag for kid in self.kids)


class Text:
    def __init__(self, words, language):
        self.words, self.language = words, language


INLINE = {"a", "abbr", "br", "code", "img", "q", "s", "span", "sub", "sup"}


def lines(top):
    """An element a line with its attributes, what it says below it, and where it ends. White space is one space, and none where a block
    begins or ends; text goes on over whatever has been looked through, so long as its language is the same."""
    out, stack, spaced = [], [(top, False)], True  # spaced: a space has been said, or none is wanted
    words, language = "", None

    def say():
        nonlocal words
        if words:
            out.append(f'  {language} "{words}"')
        words = ""

    while stack:
        item, end = stack.pop()
        if isinstance(item, Text):
            if item.language != language:
                say()
                language = item.language
            for character in item.words.replace("\u00ad", ""):
                blank = character in " \t\n\r\f"
                if not (blank and spaced):
                    words += " " if blank else character
                spaced = blank
            continue
        block = item.tag not in INLINE
        if block:
            words = words.rstrip(" ")
        spaced = spaced or block
        say()
        if end:
            out.append(f"</{item.tag}>")
            continue
        if item.tag == "img":
            spaced = False
        attributes = "".join(f' {name}="{item.given[name]}"' for name in sorted(item.given))
        out.append(f"<{item.tag}{attributes}>" + (f" {item.language}" if block else ""))
        stack.append((item, True))
        stack.extend((kid, False) for kid in reversed(item.kids))
    return out
