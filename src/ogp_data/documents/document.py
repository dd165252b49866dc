"""What every reader gives back: the blocks of a document, each piece of text with its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeVar

from ogp_data.core.findings import Finding
from ogp_data.core.places import SourcePlace
from ogp_data.core.source import SourceText
from ogp_data.core.text import Passage
from ogp_data.core.unseen import Carried

_SCHEME = re.compile(r"https?://|mailto:", re.I)

Reason = Literal[
    "markup",
    "pattern",
    "table-header",
    "number",
    "separator",
    "invisible",
    "correction",
    "marker",
    "address",
    "running-header",
    "page-number",
    "label",
    "repeated",
]
"""Why something is no cell's text: `label` names what stands beside or below it, `repeated` is said in two languages,
`running-header` and `page-number` are the furniture of pages."""


@dataclass(frozen=True, slots=True)
class Aside:
    """A span of the source that is no cell's text, and why."""

    start: int
    end: int
    reason: Reason


@dataclass(frozen=True, slots=True)
class Anchor:
    """A link as written: its label, its target and where the target stands.

    `resumes` tells that the label goes on with a word broken at a page break.
    """

    label: Passage
    target: Passage
    start: int
    resumes: bool = False

    @property
    def is_made_up(self) -> bool:
        """Return whether a converter made the link of the end of a broken word: its target says nothing but the label.

        Any other target is one that somebody wrote, wherever the label stands.
        """
        # Converters make "https://en" of the end of "gemeent-en"; the scheme is all that they add.
        scheme, label = _SCHEME.match(self.target.text), self.label.text.lower()
        return self.resumes and scheme is not None and self.target.text[scheme.end() :].rstrip("/").lower() == label


@dataclass(frozen=True, slots=True)
class Style:
    """How a span of the source looks. A mark is shown as a sign that everybody has; `drawn` says what it really is.

    Of a picture, which has no span, only a place, `drawn` is what the document says of it.
    """

    kind: Literal["bold", "italic", "raised", "mark", "picture"]
    start: int
    end: int
    drawn: str = ""


@dataclass(frozen=True, slots=True)
class Inline:
    """A run of text with its links and looks; `soft` when it ends in a soft hyphen, which is no part of the text."""

    passage: Passage = field(default_factory=Passage)
    anchors: tuple[Anchor, ...] = ()
    soft: bool = False
    styles: tuple[Style, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell(Inline):
    """A cell of a table: how many rows and columns it spans, whether it is a heading, and its fill, as `#00b050`.

    Each row has one for each column. Where one spans several, the others are empty and `covered`.
    """

    rows: int = 1
    columns: int = 1
    is_header: bool = False
    fill: str = ""
    covered: bool = False


AnyInline = TypeVar("AnyInline", bound=Inline)
"""A text or a cell, where what is given back is of the kind that was given."""


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, list item, table row, marked line, paragraph, picture or rule, and the place where it begins.

    `level` is a heading's depth, `number` a list item's, `emphasis` that the whole block is set in italics; only a row
    has cells. Of an item also `marker`, as people see it, and `depth`, from 1 where the reader knows lists in lists;
    of a row, `table` counts the tables from 1 where the reader knows them; `drawn` is what a picture is said to show.
    """

    kind: Literal["heading", "item", "row", "mark", "paragraph", "picture", "rule"]
    place: SourcePlace
    inline: Inline = field(default_factory=Inline)
    level: int = 0
    number: int = 0
    emphasis: bool = False
    cells: tuple[Cell, ...] = ()
    marker: str = ""
    depth: int = 0
    table: int = 0
    drawn: str = ""

    @property
    def texts(self) -> Sequence[Inline]:
        """Return the texts that the block has: those of its cells, or the one of a block without cells."""
        return self.cells or (self.inline,)

    @property
    def is_numbered(self) -> bool:
        """Return whether the block is an item of a numbered list that stands in no other list."""
        return self.kind == "item" and (not self.depth or (self.depth == 1 and self.number > 0))

    @property
    def is_running(self) -> bool:
        """Return whether the block is running text: a paragraph, or an item where the reader knows all lists."""
        return self.kind == "paragraph" or (self.kind == "item" and self.depth > 0)


@dataclass(frozen=True, slots=True)
class Doubt:
    """A place that is read in one of two ways, and the finding that tells so until a record says which is right."""

    at: int
    told: Finding


@dataclass(frozen=True, slots=True)
class Document:
    """A source document read into blocks, with what is set aside and what is wrong with its markup.

    `differences`: where a second reading, by another library, says something else; for whoever looks at the build.
    """

    source: SourceText
    blocks: tuple[Block, ...]
    asides: tuple[Aside, ...]
    findings: tuple[Finding, ...] = field(default=())
    doubts: tuple[Doubt, ...] = field(default=())
    carried: tuple[Carried, ...] = field(default=())
    """What the file carries beside what people see who read it."""
    differences: tuple[Finding, ...] = field(default=())
