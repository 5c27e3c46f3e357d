"""The inventory of a document's tree (`brief dump --stage=resolved`), with the pages of its layout (`--stage=layout`)."""
import re

from inventory_model import Inventory, Target, clean, first_words, outline_depths
from properties import INLINE_KINDS, notes_apart, tree_nodes, unquote


class Pages:
    """By a node's number: the label of the page on which it is first drawn; and what a reference to a page says."""

    def __init__(self, dump):
        self.first, self.texts, page = {}, {}, None
        for line in dump.split("\n"):
            if line.startswith("page "):
                page = line.split(" ")[1]
                continue
            number = re.search(r" #(\d+)(?:\+\d+)?(?= |$)", line.split(' "')[0])
            drawn = line.startswith(("      run", "      page", "      label", "  image"))
            if number and drawn and " artifact" not in line:
                self.first.setdefault(int(number.group(1)), page)
                if line.startswith("      page"):
                    text = unquote(re.search(r' "((?:\\.|[^"\\])*)"$', line).group(1))
                    self.texts[int(number.group(1))] = self.texts.get(int(number.group(1)), "") + text

    def of(self, number):
        """What is not drawn itself begins where the next thing is."""
        return self.first[min(n for n in self.first if n >= number)]


class TreeInventory(Inventory):
    def __init__(self, dump, layout):
        super().__init__()
        self.nodes, self.pages, self.apart = list(tree_nodes(dump)), Pages(layout), notes_apart(dump)
        self.ids = {node.id: index for index, node in enumerate(self.nodes) if node.id}
        self.ordered = {}  # by depth: whether the list there that is being read is
        self.note_of, self.levels, self.headings, self.entries = [], [], [], []
        self.read()
        for depth, (title, index) in zip(outline_depths(self.levels), self.headings):
            self.outline.append((depth, title.words(), lambda index=index: self.at(index)))

    def read(self):
        opened = []  # (depth, what it began)
        for index, node in enumerate(self.nodes):
            while opened and opened[-1][0] >= node.depth:
                thing = opened.pop()[1]
                if thing:
                    self.end(thing)
            if node.kind not in INLINE_KINDS:
                self.say(" ")
            opened.append((node.depth, self.node(node, index)))
            self.note_of.append(self.note)
            self.say(self.said(node))
        for _, thing in reversed(opened):
            if thing:
                self.end(thing)

    def said(self, node):
        if node.kind == "page-reference":
            return (" " if "contents-entry" in node.above else "") + self.pages.texts.get(node.number, "?")
        return node.text if node.kind in ("text", "code", "code-block") else " " if node.kind == "line-break" else ""

    def node(self, node, index):
        """What a node begins, if anything."""
        if node.kind in ("title", "heading"):
            heading = self.begin("heading", level=1 if node.kind == "title" else node.value)
            if node.kind == "heading" and self.note is None:
                self.levels.append(node.value)
                self.headings.append((heading, index))
            return heading
        if node.kind == "note":
            return self.begin_note(node.value, lambda: self.reference(node), self.apart)
        if node.kind == "paragraph" and "label" in node.fields:
            return self.begin("number", label=node.fields["label"])
        if node.kind == "table":
            return self.begin("table", rows=[], caption="")
        if node.kind == "table-row":
            self.inside("table").rows.append([])
            self.inside("table").head = "header" in node.flags
        elif node.kind == "table-cell":
            scope = None if "header" not in node.flags else "column" if self.inside("table").head else "row"
            cell = self.begin("cell", scope=scope, columns=int(node.fields.get("colspan", 1)), rows=int(node.fields.get("rowspan", 1)))
            self.inside("table").rows[-1].append(cell)
            return cell
        elif node.kind == "caption" and node.above[-1] == "table":
            self.inside("table").caption = clean(self.words(index))
        elif node.kind == "caption":
            return self.begin("caption")
        elif node.kind == "image" and (node.text or "no-alt" in node.flags):
            self.end(self.begin("picture", alternative=node.text or None))
        elif node.kind == "contents":
            self.entries = []
        elif node.kind == "contents-entry":
            self.entries.append(node.value)
            return self.begin("entry", depth=list(outline_depths(self.entries))[-1])
        elif node.kind == "list":
            self.ordered[node.depth] = "ordered" in node.flags
        elif node.kind == "item" and self.ordered[node.depth - 1] and not {"open", "done"} & set(node.flags):
            return self.begin("item", number=node.value)
        elif node.kind == "note-reference":
            self.refer(node.value, lambda: self.target(node))
        elif node.kind == "link" and self.inside("entry"):
            self.inside("entry").target = lambda: self.target(node)
        elif node.kind == "link" and "to" in node.fields:
            return self.begin("link", target=lambda: self.target(node))
        return None

    def words(self, index):
        """Of a block, or from an inline to the end of its block: without notes, numbers of which are no words."""
        text, top = "", self.nodes[index]
        for at in range(index, len(self.nodes)):
            node = self.nodes[at]
            if at > index and node.kind not in INLINE_KINDS and clean(text):
                break
            if at > index and self.note_of[at:at + 1] not in ([], [None]) and self.note_of[index] is None:
                continue
            text += node.text if node.kind == "image" else self.said(node)
        return text

    def target(self, node):
        to = node.fields["to"]
        if not to.startswith("#"):
            return to
        return self.at(self.ids[to[1:]]) if to[1:] in self.ids else f"nothing: {to}"

    def at(self, index):
        if self.note_of[index] is not None:
            return Target("", "", self.note_of[index])
        return Target(first_words(self.words(index)), self.pages.of(self.nodes[index].number))

    def reference(self, note):
        index = self.ids.get(note.fields.get("to", "#")[1:])
        if index is None:
            return None
        inside = self.note_of[index]
        page = self.pages.of(self.nodes[index].number)
        return f"[{self.nodes[index].value}] {'on page ' + page if inside is None else f'in note {inside}'}"
