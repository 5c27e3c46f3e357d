"""A document that has a string in every position of the dialect that takes one.

document() and sheet() ask `say(position)` for each of them; escape() writes a text so that Markdown reads it as that text, quoted() so
that YAML does.
"""
import re
import string


def escape(text):
    return "".join(f"&#{ord(c)};" if c in string.punctuation else c for c in text)


def harmless(text):
    return re.sub("[^A-Za-z0-9]+", "-", text)


def quoted(text):
    return '"' + "".join(c if " " <= c < "\x7f" and c not in '"\\' else f"\\U{ord(c):08X}" for c in text) + '"'


FRONT = ("title", "subtitle", "standfirst", "description", "rights", "publisher", "reference", "marking", "session", "ordered", "published",
         "committee", "logo-alt")
VERBATIM = ("reference",)
LISTS = ("author", "keywords", "verso", "members")

BODY = """
# The first {#first}

*[§bare:abbreviation§]: §bare:expansion§

# §heading§ {#§name:heading-id§ .§name:heading-class§ key="§value:heading-key§"}

Words §words§, *§emphasis§*, **§strong§**, ~~§strike§~~, H~§sub§~, 2^§super§^, [§span§]{.§name:span-class§ #§name:span-id§ key="§value:span-key§"}.
[§link§](https://example.org/§bare:path§?q=§bare:query§ "§link-title§"), [§reference-link§][ref], <https://example.org/§bare:auto§>,
[§relative§](<§bare:file§>), [§inside§](#first), `§code:code§`, a note[^note], [§pull§]{.pull-quote}, ![§alt-inline§](<§image§> "§image-title§").
<kbd>§kbd§</kbd> <mark>§mark§</mark> <small>§small§</small> <cite>§cite§</cite> <q>§q§</q> <abbr title="§html:abbr-title§">§abbr§</abbr>
<span lang="§lang:span-lang§">§html-span§</span> <a href="§html:href§" onclick="§html:onclick§" style="§html:style§">§html-link§</a><!-- §bare:comment§ -->

[ref]: <https://example.org/§bare:reference§> "§reference-title§"
[^note]: §note§ [§note-link§](mailto:§bare:mail§)

![§alt§](<§image§> "§caption§"){credit="§value:credit§" width="§value:width§" longdesc=#first}

| §cell-head§ | b |
|---|---|
| §cell§ | §cell-last§ |

Table: §table-caption§ {#{name:table-id}}

§term§
:   §definition§

> §quotation§

- §item§
- [x] §task§

| §line§

~~~§bare:language§ {.§name:code-class§ caption="§value:code-caption§"}
§code:block§
~~~

<div §bare:html-block§>§bare:html-words§</div>

::: {.box title="§value:box-key§"}
## §box-heading§

§box§
:::

::: §name:div§
§div§
:::

::: pull-quote
§own-pull§

--- §attribution§
:::

::: related
- [§related§](https://example.org/)
:::

::: recommendation
§recommendation§
:::

> [!NOTE]
> §admonition§
"""


# What is said there is text, and must come out as it was. An image's title may become its caption, and is read as Markdown once more; of a link's
# cmark takes backslashes that entities have made for escapes.
EXACT = {*FRONT, *LISTS, "related-title", *re.findall("§([a-z-]+)§", BODY)} - {"image", "image-title", "caption", "link-title", "reference-title"}


def document(say, image, style, bare=False):
    """`bare`: nothing is escaped in the body, so that a text means what it may there."""
    def value(key):
        return quoted(say(key) if bare or key in VERBATIM else escape(say(key)))

    lines = ["---"] + [f"{key}: {value(key)}" for key in FRONT] + [f"{key}: [{value(key)}]" for key in LISTS]
    lines += [f"related: [{{title: {value('related-title')}, url: \"https://example.org/\"}}]", "date: 2019-02-07", "lang: en-GB",
              f"logo: {quoted(image)}", "cover: true", "toc: true", "smart: false", "paragraph-numbers: true", f"style: {quoted(style)}", "---"]
    ways = {"code": lambda text: text.replace("`", "'"), "value": lambda text: text.replace("\\", "\\\\").replace('"', '\\"'), "lang": lambda text: "cy",
            None: escape}

    def written(match):
        way, position = match.groups()
        if position == "image":
            return image.replace("<", "\\<").replace(">", "\\>")
        return say(position) if bare else ways.get(way, harmless)(say(position))

    return "\n".join(lines) + re.sub("§(?:([a-z]+):)?([a-z-]+)§", written, BODY)


def sheet(say):
    head, foot = (quoted(say(position).translate({ord("{"): "(", ord("}"): ")"})) for position in ("furniture-head", "furniture-foot"))
    return f"extends: base\npage: {{head: {{left: {head}}}, foot: {{right: {foot}}}}}\n"
