"""What is marked in a record: the codes of ticks, of the letters of sub-items, and of words beside a label."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ogp_data.core.text import Passage
from ogp_data.documents import Cell, Inline
from ogp_data.tables.records.labels import begins, spelt
from ogp_data.tables.records.marks import Scale, Token, marked, tokens
from ogp_data.tables.rows import Placed

_GUIDE = re.compile(r"\s*\([^()]*\)\s*\Z")
"""How to fill in the form, in brackets behind a label."""
_SIGNS = ("tick", "empty", "letter")


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark: the code of its heading ("" without one), its text, and the letter that it is."""

    code: str
    passage: Passage
    spot: Placed
    letter: str = ""


@dataclass(slots=True)
class Ticked:
    """What is ticked in a record: its marks, and what else stands where they do.

    `unread` are texts in the place of marks that are none.
    """

    marks: list[Mark] = field(default_factory=list)
    headings: list[Passage] = field(default_factory=list)
    labels: list[Passage] = field(default_factory=list)
    empty: list[Passage] = field(default_factory=list)
    between: list[Passage] = field(default_factory=list)
    unread: list[tuple[Inline, Placed]] = field(default_factory=list)
    spots: set[int] = field(default_factory=set)


@dataclass(slots=True)
class Ticks:
    """Reads the marks of a record, row by row; `columns` are the codes under whose headings the next ones stand."""

    scale: Scale
    ticked: Ticked = field(default_factory=Ticked)
    columns: Mapping[int, str] = field(default_factory=dict)
    table: int = 0
    above: int = -1
    label: str = ""
    """The block of the headings, and what stands before these."""

    def row(self, spot: Placed) -> bool:
        """Take a row of headings or of marks; False where it is another one."""
        if not self.scale.codes:
            return False
        if spot.block.table != self.table:
            self._turn_page(spot)
        cells = [(at, cell) for at, cell in enumerate(spot.block.cells) if cell.passage.text]
        labels = [cell for _, cell in cells if self._is_label(cell)]
        said = [(at, cell, tokens(cell.passage, self.scale)) for at, cell in cells if cell not in labels]
        read = [(at, cell, found) for at, cell, found in said if found is not None]
        before = [cell for at, cell, found in said if found is None and read and at < read[0][0]]
        if len(read) + len(before) == len(said) and _headings(read) >= self.scale.least:
            labels += before
            self.label = " ".join(cell.passage.text for cell in labels)
            self._take_headings(spot, read)
        elif self.columns and self._are_marks(spot, cells, labels, len(read) == len(said)):
            for at, cell, found in said:
                self._take_marks(spot, cell, found, self.columns.get(at, ""))
        else:
            self.columns = {}
            return False
        self.ticked.labels += [cell.passage for cell in labels]
        self.ticked.spots.add(spot.number)
        return True

    def _turn_page(self, spot: Placed) -> None:
        """Look for the columns of the headings right before in another table, as one is that goes on on a new page."""
        cells = [at for at, cell in enumerate(spot.block.cells) if not cell.covered][1:]
        codes = [code for code, _ in itertools.groupby(self.columns.values())]
        is_next = spot.number == self.above + 1 and len(cells) == len(codes)
        self.columns, self.table = (dict(zip(cells, codes, strict=True)) if is_next else {}), spot.block.table

    def text(self, inline: Inline, spot: Placed, is_beside: bool) -> bool:
        """Take a text that is nothing but ticked headings or, beside the label of levels, the words for one."""
        found = tokens(inline.passage, self.scale) if self.scale.codes and inline.passage.text else None
        kinds = {token.kind for token in found or ()}
        if not found or "heading" not in kinds or not (is_beside or kinds.intersection(("tick", "empty"))):
            return False
        if kinds.isdisjoint(_SIGNS) and _headings([(0, inline, found)]) == 1:
            heading = next(token for token in found if token.kind == "heading")
            self.ticked.marks.append(Mark(heading.said, inline.passage.slice(heading.start, heading.end), spot))
            self._put_aside(inline, [token for token in found if token is not heading])
        else:
            self._take(spot, [(inline, token) for token in found], "")
        return True

    def _is_label(self, cell: Cell) -> bool:
        label = begins(cell, self.scale.labels, whole=True)
        return (label is not None and not label.rest.passage.text) or (bool(self.columns) and self._goes_on(cell))

    def _goes_on(self, cell: Cell) -> bool:
        """Return whether a cell is the rest of the label before the headings, which spans both rows on a page."""
        text = cell.passage.text
        # `(X)` is a tick, not what a label says in brackets.
        is_word = any(character.isalpha() for character in text) and tokens(cell.passage, self.scale) is None
        return is_word and spelt(_GUIDE.sub("", f"{self.label} {text}")) in self.scale.labels

    def _are_marks(
        self, spot: Placed, cells: Sequence[tuple[int, Cell]], labels: Sequence[Cell], is_read: bool
    ) -> bool:
        """Return whether a row below headings is one of marks, or of texts in their place."""
        if is_read and len(cells) > len(labels):
            return True
        first = spot.block.cells[0]
        return (not first.passage.text or first in labels) and all(
            at in self.columns for at, cell in cells if cell not in labels
        )

    def _take_headings(self, spot: Placed, read: Sequence[tuple[int, Cell, Sequence[Token]]]) -> None:
        self._take(spot, [(cell, token) for _, cell, found in read for token in found], "")
        if any(token.kind in _SIGNS for _, _, found in read for token in found):
            self.columns = {}
            return
        codes = ((at, cell, next((t.said for t in found if t.kind == "heading"), "")) for at, cell, found in read)
        self.columns = {at + more: code for at, cell, code in codes if code for more in range(max(1, cell.columns))}
        self.table, self.above = spot.block.table, spot.number

    def _take_marks(self, spot: Placed, cell: Cell, found: Sequence[Token] | None, code: str) -> None:
        if found is None:
            self.ticked.unread.append((cell, spot))
        else:
            self._take(spot, [(cell, token) for token in found], code)

    def mark(self, spot: Placed, cell: Cell, code: str) -> None:
        """Take the cell of a row below a heading that stands at the top of the table."""
        self._take_marks(spot, cell, tokens(cell.passage, self.scale), code)

    def _take(self, spot: Placed, pieces: Sequence[tuple[Inline, Token]], code: str) -> None:
        """Take the pieces of the texts of a row, of which one may be the heading of another."""
        owners = {id(token): inline for inline, token in pieces}
        for said, token in marked([token for _, token in pieces], code):
            passage = owners[id(token)].passage
            letter = token.said if token.kind == "letter" else ""
            start = token.start
            part = passage.slice(start, start + len(letter) if letter else token.end)
            self.ticked.marks.append(Mark(said, part, spot, letter))
            if letter:
                self.ticked.between.append(passage.slice(start + len(letter), token.end))
        for inline, group in itertools.groupby(pieces, key=lambda piece: piece[0]):
            self._put_aside(inline, [token for _, token in group if token.kind not in ("tick", "letter")])

    def _put_aside(self, inline: Inline, found: Sequence[Token]) -> None:
        kept = {"heading": self.ticked.headings, "empty": self.ticked.empty, "between": self.ticked.between}
        for token in found:
            kept[token.kind].append(inline.passage.slice(token.start, token.end))


def _headings(read: Sequence[tuple[int, Inline, Sequence[Token]]]) -> int:
    """Return how many levels are named in the texts of a row."""
    return len({token.said for _, _, found in read for token in found if token.kind == "heading"})
