"""Tables -> who has each stretch of the document: a cell, the reason why none has it, or nobody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ogp_data.core.source import SourceText
from ogp_data.core.tables import Table
from ogp_data.documents import Aside


@dataclass(frozen=True, slots=True)
class Claim:
    """A stretch of the source and its fate: the cell that has it, the reason why none has, or neither.

    A row is counted from 0 in its dataset.
    """

    start: int
    end: int
    dataset: str = ""
    row: int = -1
    column: str = ""
    reason: str = ""

    @property
    def is_lost(self) -> bool:
        """Return whether nothing has the stretch, and no reason says why."""
        return not self.dataset and not self.reason


def homes(tables: Iterable[Table]) -> Iterator[Claim]:
    """Yield the stretches of the source that have their home in a cell."""
    for table in tables:
        for number, row in enumerate(table.cells):
            for column, cell in row.items():
                if cell.origin == "source" and cell.passage:
                    for start, end in cell.passage.spans:
                        yield Claim(start, end, table.name, number, column)


def claims(source: SourceText, tables: Iterable[Table], asides: Sequence[Aside]) -> tuple[Claim, ...]:
    """Return the words of the source as stretches that follow each other, each with its fate.

    What two cells claim is told of the first; white space between two stretches is in none.
    """
    known = [*homes(tables), *(Claim(one.start, one.end, reason=one.reason) for one in asides)]
    return tuple(_parted(source, sorted(known, key=lambda one: (one.start, one.end))))


def _parted(source: SourceText, known: Iterable[Claim]) -> Iterator[Claim]:
    at = 0
    for claim in known:
        if source.text[at : claim.start].strip():
            yield Claim(at, claim.start)
        if claim.end > max(at, claim.start):
            yield Claim(max(at, claim.start), claim.end, claim.dataset, claim.row, claim.column, claim.reason)
            at = claim.end
        at = max(at, claim.start)
    if source.text[at:].strip():
        yield Claim(at, len(source.text))
