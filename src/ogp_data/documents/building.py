"""Puts a document together out of what a reader meets: the text that people see, its blocks, links and looks.

The text grows as the reader goes on, so the order in which it says things is the reading order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from ogp_data.core.findings import Finding, Place, finding
from ogp_data.core.limits import Limits
from ogp_data.core.messages import Message, changed
from ogp_data.core.places import SourcePlace
from ogp_data.core.source import SourceText
from ogp_data.core.text import Fragment, Passage, shown
from ogp_data.documents.characters import CONTROLS, visible
from ogp_data.documents.document import Anchor, Aside, Block, Cell, Document, Doubt, Inline, Reason, Style
from ogp_data.documents.joining import HYPHENS, doubt, doubt_of_word
from ogp_data.documents.marks import LEGEND, SIGNS
from ogp_data.documents.raising import raised
from ogp_data.documents.unseen.gathered import Unseen

PICTURE = Message("picture")
"""What most of what is no text is."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text as a reader meets it: where it stands, the address that it leads to, and how it looks.

    `drawn` says what a mark really is that `text` shows by a sign that everybody has. `broken`: with what the next line
    goes on, where the hyphen at the end may not belong to the word. `reason`: why it is no part of the text.
    `ink`: the colour that it has of its own. `pictured`: what the document says of a picture that stands there.
    """

    text: str
    place: SourcePlace
    link: str = ""
    bold: bool = False
    italic: bool = False
    raised: bool = False
    drawn: str = ""
    broken: str = ""
    reason: Reason | None = None
    ink: str = ""
    pictured: str = ""

    @property
    def looks(self) -> Iterable[tuple[str, str]]:
        """Return the kinds of its looks, each with what is drawn."""
        yield from (("bold", "") for _ in range(self.bold))
        yield from (("italic", "") for _ in range(self.italic))
        yield from (("raised", "") for _ in range(self.raised))
        yield from (("mark", self.drawn) for _ in range(bool(self.drawn)))


@dataclass(slots=True)
class Builder:
    """A document under way."""

    name: str
    limits: Limits = field(default_factory=Limits)
    blocks: list[Block] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    texts: list[list[str]] = field(default_factory=list)
    places: list[SourcePlace] = field(default_factory=list)
    unseen: Unseen = field(default_factory=Unseen)
    length: int = 0
    tables: int = 0
    edges: list[int] = field(default_factory=list)

    def add(self, kind: str, place: SourcePlace, pieces: Sequence[Piece] = (), **members: object) -> None:
        """Take up a block with its text; one in which all is italic is emphasised."""
        said = [piece for piece in pieces if piece.text.strip()]
        emphasis = bool(said) and all(piece.italic for piece in said)
        if kind == "paragraph" and _is_legend(said):
            kind = "mark"
        block = Block(kind, place, self.inline(pieces), emphasis=emphasis, **members)  # type: ignore[arg-type]
        self.blocks.append(block)

    def row(self, place: SourcePlace, cells: Sequence[Cell], table: int) -> None:
        """Take up a row of cells, each of which has its text already."""
        self.blocks.append(Block("row", place, cells=tuple(cells), table=table))

    def cell(self, pieces: Sequence[Piece], **members: object) -> Cell:
        """Return a cell with its text, which now is part of the document's."""
        said = self.inline(pieces)
        return Cell(said.passage, said.anchors, False, said.styles, **members)  # type: ignore[arg-type]

    def inline(self, pieces: Sequence[Piece]) -> Inline:
        """Return a text of pieces, with its links; what comes next stands apart from it."""
        fragments: list[Fragment] = []
        styles: list[Style] = []
        labels: list[tuple[Piece, list[Fragment]]] = []
        before = None
        for piece in _seen_apart(_raised(pieces)):
            if piece.pictured:
                styles.append(Style("picture", self.length, self.length, piece.pictured))
                continue
            fragment = self.say(piece.text, piece.place)
            if piece.reason:
                self.asides.append(Aside(fragment.start, fragment.end, piece.reason))
                continue
            fragments.append(fragment)
            self._doubt(piece, fragment)
            styles += (Style(kind, fragment.start, fragment.end, drawn) for kind, drawn in piece.looks)  # type: ignore[arg-type]
            styles += _signs(fragment)
            if visible(piece.link):
                if before is None or before.link != piece.link:
                    labels.append((piece, []))
                labels[-1][1].append(fragment)
            before = piece
        self.part()
        anchors = tuple(self._anchor(piece, label) for piece, label in labels)
        return Inline(Passage(tuple(fragments)), anchors, styles=_joined(styles))

    def _doubt(self, piece: Piece, fragment: Fragment) -> None:
        """Take up that the hyphen at the end of a line may not belong to its word, or that a word may be two."""
        if piece.broken:
            word = piece.text.split()[-1]
            rule, how = ("hyphen-at-line-end", doubt) if word.endswith(HYPHENS) else ("word-at-line-end", doubt_of_word)
            told = finding(rule, changed(how(word, piece.broken), shown), Place(file=self.name, at=piece.place))
            self.findings.append(told)
            self.doubts.append(Doubt(fragment.end - 1, told))

    def say(self, text: str, place: SourcePlace) -> Fragment:
        """Take up text at a place, and return where it stands now; a tab parts no cells here."""
        text = visible(text.replace("\t", " "))
        if self.places and self.places[-1] == place:
            self.texts[-1].append(text)
        elif text:
            self.texts.append([text])
            self.places.append(place)
        start, self.length = self.length, self.length + len(text)
        return Fragment(text, start, self.length)

    def part(self) -> None:
        """Keep what comes next apart."""
        if self.texts:
            self.texts[-1].append("\n")
            self.length += 1
            self.edges.append(self.length)

    def aside(self, text: str, place: SourcePlace, reason: Reason) -> Fragment:
        """Take up text that is in no block, and why; return where it stands."""
        fragment = self.say(text, place)
        self.part()
        if fragment.text.strip():
            self.asides.append(Aside(fragment.start, fragment.end, reason))
        return fragment

    def warn(self, rule: str, message: str, place: SourcePlace | None = None, hint: str = "") -> None:
        """Take up a finding; what it quotes is shown without characters that a page may not hold."""
        self.findings.append(finding(rule, changed(message, shown), Place(file=self.name, at=place), hint))

    def pictures(self, pieces: Iterable[Piece]) -> None:
        """Take up the pictures of a paragraph that has no text, as far as the document says anything of them."""
        for piece in pieces:
            if piece.pictured:
                self.add("picture", piece.place, drawn=piece.pictured)

    def picture(self, said: str, place: SourcePlace, name: str = PICTURE) -> Piece:
        """Tell of something that is no text, and return what stands for it: what the document says of it."""
        piece = Piece("", place, pictured=" ".join(said.split()))
        said = piece.pictured[:80]
        message = Message("A {name} is not published; the document says of it: “{said}”.", name=name, said=said)
        if not said:
            message = Message("A {name} is not published; the document says nothing of it.", name=name)
        self.warn("picture-unread", message, place)
        return piece

    def document(self) -> Document:
        """Return the document."""
        stretches = zip(("".join(texts) for texts in self.texts), self.places, strict=True)
        source = SourceText.placed(self.name, stretches, self.edges)
        carried = tuple(replace(one, file=self.name) for one in self.unseen.carried)
        blocks, asides, findings = tuple(self.blocks), tuple(self.asides), tuple(self.findings)
        return Document(source, blocks, asides, findings, tuple(self.doubts), carried)

    def _anchor(self, piece: Piece, label: Sequence[Fragment]) -> Anchor:
        address = self.aside(piece.link, piece.place, "address")
        return Anchor(Passage(tuple(label)), Passage((address,)), address.start)


def _is_legend(said: Sequence[Piece]) -> bool:
    """Return whether a text begins with a sign in another colour than the rest: a line of a legend."""
    return len(said) > 1 and said[0].text.strip() in LEGEND and said[0].ink != said[1].ink


def _raised(pieces: Sequence[Piece]) -> Iterable[Piece]:
    """Yield the pieces, those that are raised with the characters that look so where the text needs them."""
    before = ""
    for piece in pieces:
        text = raised(before, piece.text) if piece.raised else piece.text
        yield piece if text == piece.text else replace(piece, text=text)
        before = text or before


_PARTS = re.compile(f"([{CONTROLS}]+)")


def _seen_apart(pieces: Iterable[Piece]) -> Iterable[Piece]:
    """Yield the pieces, each control character that shows nothing as one of its own, which is no part of the text."""
    for piece in pieces:
        if piece.reason is not None or not _PARTS.search(piece.text):
            yield piece
            continue
        texts = _PARTS.split(piece.text)
        last = max((at for at in range(0, len(texts), 2) if texts[at].strip()), default=0)
        for at, text in enumerate(texts):
            if text or at == last:
                reason: Reason | None = "invisible" if at % 2 else None
                yield replace(piece, text=text, reason=reason, broken=piece.broken if at == last and text else "")


def _signs(fragment: Fragment) -> Iterable[Style]:
    """Yield the marks that a text has as characters of their own."""
    for match in SIGNS.finditer(fragment.text):
        yield Style("mark", fragment.start + match.start(), fragment.start + match.end(), f"U+{ord(match[0]):04X}")


def _joined(styles: Sequence[Style]) -> tuple[Style, ...]:
    """Return looks in order, each once, with those that follow one another as one; a mark stands by itself."""
    found: list[Style] = []
    for style in sorted(styles, key=lambda one: (one.kind, one.start)):
        last = found[-1] if found else None
        if style.kind == "picture":
            found.append(style)
        elif last and last.kind == style.kind != "mark" and last.end == style.start:
            found[-1] = replace(last, end=style.end)
        elif style.end > style.start and not (last and last.kind == style.kind == "mark" and last.end > style.start):
            found.append(style)
    return tuple(sorted(found, key=lambda one: (one.start, one.kind)))


def folded(text: str) -> str:
    """Return a text with each run of white space as one space, also at its ends, as browsers show it."""
    return re.sub(r"[ \t\r\n\f]+", " ", text)
