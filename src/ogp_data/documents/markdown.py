"""Reads Markdown as sites publish it: CommonMark with tables, footnotes and front matter, and HTML amid it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from ogp_data.core.messages import Message
from ogp_data.core.places import Line
from ogp_data.core.source import SourceFile
from ogp_data.documents.building import Builder, Piece
from ogp_data.documents.document import Cell, Document
from ogp_data.documents.grid import Spot, laid_out
from ogp_data.documents.markers import follows, marker

_NESTED = 40
"""Markup in so many levels is read."""
_MEMBER = re.compile(r"(?P<label>[A-Za-z][\w .-]{0,60}):[ \t]+(?P<value>\S.*)")
_TAG = re.compile(r"<(?P<closing>/?)(?P<name>[A-Za-z][A-Za-z0-9]*)\b[^>]*>")
_LOOKS = {"b": "bold", "strong": "bold", "i": "italic", "em": "italic", "sup": "raised"}
_REMARK = re.compile(r" {0,3}\[(?://|comment|_)[^\]]*\]:\s*(?:#|<>)\s*\S", re.I)
"""How people write what no page shows: a definition of a link that nothing refers to."""
_ATTRIBUTES = re.compile(r"\{:[^{}\n]*\}")
"""What Kramdown writes behind a block: classes and ids."""

Node = Any
"""A node of markdown-it's tree, which has no types of its own here."""


def read(file: SourceFile) -> Document:
    """Return the document that a text in Markdown is."""
    text = file.said.text
    parser = MarkdownIt("commonmark", {"maxNesting": _NESTED}).enable(["table", "strikethrough"])
    tokens = parser.use(front_matter_plugin).use(footnote_plugin).parse(text)
    reading = _Reading(Builder(file.name, file.limits), text.splitlines())
    # The parser gives up what lies deeper without a word.
    if deep := next((token for token in tokens if token.nesting == 1 and token.level >= _NESTED - 1), None):
        message = Message(
            "Lists or quotations lie in more than {limit} levels; what is deeper is lost.", limit=_NESTED - 1
        )
        reading.builder.warn("damaged-file", message, Line((deep.map or [0])[0] + 1))
    for number, line in enumerate(reading.lines, start=1):
        if _REMARK.match(line):
            reading.builder.unseen.add("comments", Line(number))
    for node in SyntaxTreeNode(tokens).children:
        reading.block(node)
    return reading.builder.document()


@dataclass(slots=True)
class _Item:
    """The marker of an item whose text has not come yet."""

    marker: str = ""
    number: int = 0


@dataclass(slots=True)
class _Reading:
    """One reading: the document under way, and the lists that are open."""

    builder: Builder
    lines: Sequence[str]
    depth: int = 0
    item: _Item = field(default_factory=_Item)
    line: int = 1

    def block(self, node: Node) -> None:
        """Take up a block and those in it."""
        if node.map:
            self.line = node.map[0] + 1
        take = getattr(self, f"_{node.type}", None)
        if take:
            take(node)
        else:
            self._inner(node)

    def _inner(self, node: Node) -> None:
        for child in node.children:
            self.block(child)

    def _heading(self, node: Node) -> None:
        pieces = self._pieces(node)
        if not any(piece.text.strip() for piece in pieces):
            self.builder.warn("empty-heading", Message("A heading has no text."), Line(self.line))
            return
        self.builder.add("heading", Line(self.line), pieces, level=int(node.tag[1]))

    def _paragraph(self, node: Node) -> None:
        pieces = [piece for piece in self._pieces(node) if not _ATTRIBUTES.fullmatch(piece.text.strip())]
        if not any(piece.text.strip() or piece.link for piece in pieces):
            self.builder.pictures(pieces)
            return
        for item, part in _items(pieces):
            found = item or self.item
            kind = "item" if found.marker else "paragraph"
            depth = max(self.depth + bool(item), bool(found.marker))
            self.builder.add(kind, part[0].place, part, marker=found.marker, number=found.number, depth=depth)
            self.item = _Item()

    def _bullet_list(self, node: Node) -> None:
        self._list(node, ordered=False)

    def _ordered_list(self, node: Node) -> None:
        self._list(node, ordered=True)

    def _list(self, node: Node, ordered: bool) -> None:
        self.depth += 1
        number = int(node.attrs.get("start", 1)) if ordered else 0
        for child in node.children:
            # As pages number them: the first number counts, whatever the others say.
            self.item = _Item(f"{number}{child.markup}", number) if ordered else _Item(child.markup)
            number += ordered
            self._inner(child)
            self.item = _Item()
        self.depth -= 1

    def _table(self, node: Node) -> None:
        self.builder.tables += 1
        rows = [row for part in node.children for row in part.children]
        spots = [[Spot(partial(self._cell, cell, row)) for cell in row.children] for row in rows]
        for row, cells in zip(rows, laid_out(spots, self.builder.limits.cells), strict=True):
            self.builder.row(Line(row.map[0] + 1), cells, self.builder.tables)

    def _cell(self, node: Node, row: Node) -> Cell:
        self.line = row.map[0] + 1
        return self.builder.cell(self._pieces(node), is_header=node.type == "th")

    def _code_block(self, node: Node) -> None:
        self._verbatim(node.content, self.line)

    def _fence(self, node: Node) -> None:
        self._verbatim(node.content, self.line + 1)

    def _verbatim(self, text: str, line: int) -> None:
        pieces = [Piece(f"{said}\n", Line(line + at)) for at, said in enumerate(text.split("\n")) if said]
        if pieces:
            self.builder.add("paragraph", pieces[0].place, pieces)

    def _front_matter(self, node: Node) -> None:
        for at, line in enumerate(node.content.split("\n"), start=2):
            place = Line(at)
            if member := _MEMBER.fullmatch(line.rstrip()):
                cells = [self.builder.cell([Piece(_bare(part), place)]) for part in member.groups()]
                self.builder.row(place, cells, 0)
            elif line.strip():
                self.builder.add("paragraph", place, [Piece(line, place)])

    def _hr(self, _node: Node) -> None:
        self.builder.add("rule", Line(self.line))

    def _footnote(self, node: Node) -> None:
        self.item = _Item(f"[{int(node.meta['id']) + 1}]")
        self._inner(node)
        self.item = _Item()

    def _html_block(self, node: Node) -> None:
        # Loaded here: a text without HTML needs no reader of it.
        from ogp_data.documents.web.fragment import read_fragment

        read_fragment(self.builder, node.content, Line(self.line))

    def _pieces(self, node: Node) -> list[Piece]:
        inline = next((child for child in node.children if child.type == "inline"), None)
        if inline is None:
            return []
        runs = _Runs(self, self.line)
        runs.take(inline)
        return runs.pieces


@dataclass(slots=True)
class _Runs:
    """The runs of a text under way: the line, and the looks and link that hold."""

    reading: _Reading
    line: int
    pieces: list[Piece] = field(default_factory=list)
    looks: frozenset[str] = frozenset()
    link: str = ""

    def take(self, node: Node) -> None:
        """Take up what stands in a node."""
        for child in node.children:
            take = getattr(self, f"_{child.type}", None)
            if take:
                take(child)
            elif child.children:
                self.take(child)
            else:
                self._say(child.content)

    def _say(self, text: str) -> None:
        looks = dict.fromkeys(self.looks, True)
        self.pieces.append(Piece(text, Line(self.line), self.link, **looks))  # type: ignore[arg-type]

    def _softbreak(self, _node: Node) -> None:
        self._say("\n")
        self.line += 1

    _hardbreak = _softbreak

    def _strong(self, node: Node) -> None:
        self._looking("bold", node)

    def _em(self, node: Node) -> None:
        self._looking("italic", node)

    def _looking(self, look: str, node: Node) -> None:
        before, self.looks = self.looks, self.looks | {look}
        self.take(node)
        self.looks = before

    def _link(self, node: Node) -> None:
        before, self.link = self.link, str(node.attrs["href"])
        if self.link.startswith("#"):  # it leads to a place of this document
            self.link = ""
        count = len(self.pieces)
        self.take(node)
        if self.link and not any(piece.text.strip() for piece in self.pieces[count:]):
            message = Message("A link to {text!r} has no label.", text=self.link[:80])
            self.reading.builder.warn("link-without-label", message, Line(self.line))
            self._say("")
        self.link = before

    def _image(self, node: Node) -> None:
        self._picture("".join(_texts(node)))

    def _picture(self, said: str) -> None:
        self.pieces.append(self.reading.builder.picture(said, Line(self.line)))

    def _footnote_ref(self, node: Node) -> None:
        number = str(int(node.meta["id"]) + 1)
        self.pieces.append(Piece(number, Line(self.line), raised=True))

    def _footnote_anchor(self, _node: Node) -> None:
        """Take up nothing: the way back from a note is no text."""

    def _html_inline(self, node: Node) -> None:
        tag = _TAG.fullmatch(node.content)
        name = tag["name"].lower() if tag else ""
        if node.content.startswith("<!--"):
            self.reading.builder.unseen.add("comments", Line(self.line))
        if tag and name in _LOOKS:
            look = {_LOOKS[name]}
            self.looks = self.looks - look if tag["closing"] else self.looks | look
        elif name == "br":
            self._say("\n")
        elif name == "a" and tag:
            address = re.search(r"""href\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""", node.content, re.I)
            self.link = next(filter(None, address.groups()), "") if address and not tag["closing"] else ""
            self.link = "" if self.link.startswith("#") else self.link
        elif name == "img":
            said = re.search(r"""alt\s*=\s*(?:"([^"]*)"|'([^']*)')""", node.content, re.I)
            self._picture(next(filter(None, said.groups()), "") if said else "")
        elif name in ("p", "div", "li"):
            self._say("\n")


def _texts(node: Node) -> Iterator[str]:
    for child in node.children:
        yield child.content or "".join(_texts(child))


def _bare(value: str) -> str:
    """Return a value of front matter without the quotes around it."""
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value


def _items(pieces: Sequence[Piece]) -> Iterator[tuple[_Item | None, list[Piece]]]:
    """Yield the lines of a paragraph that begin as the items of a list do, `a.`, `b.`, each with those below it.

    Markdown knows no letters in front of items, but people write them; a number that is none to it is text.
    """
    part: list[Piece] = []
    item: _Item | None = None
    for line in _lines(pieces):
        found = marker("".join(piece.text for piece in line))
        if found and found.is_letter and follows(found, item.marker if item else ""):
            if part:
                yield item, part
            item, part = _Item(found.text, found.number), _without(line, found.end)
        else:
            part += line
    if part:
        yield item, part


def _lines(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    line: list[Piece] = []
    for piece in pieces:
        line.append(piece)
        if piece.text == "\n":
            yield line
            line = []
    if line:
        yield line


def _without(line: Sequence[Piece], length: int) -> list[Piece]:
    """Return a line without so many characters at its start."""
    rest = []
    for piece in line:
        cut, length = piece.text[length:], max(length - len(piece.text), 0)
        if cut:
            rest.append(Piece(cut, piece.place, piece.link, piece.bold, piece.italic, piece.raised, piece.drawn))
    return rest
