"""What a document seems to have lost before it came here: colours, marks, addresses."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from ogp_data.core.messages import Message, listed
from ogp_data.declaration.drafting.outline import Grid, Outline
from ogp_data.documents import Document

_SPEAKS_OF_LINKS = re.compile(
    r"\b(?:click here|this link|see link|hyperlinks?|klik hier|deze link|zie link|cliquez ici|ce lien|voir lien)\b",
    re.I,
)
_MOST = 3


def losses(seen: Outline) -> Iterator[Message]:
    """Yield what seems to be lost, each with what says so."""
    marks = [block.inline.passage.text[:1] for block in seen.document.blocks if block.kind == "mark"]
    alike = [sign for sign, times in Counter(marks).items() if sign and times > 1]
    if alike:
        signs = listed(alike)
        yield Message("the colours of a legend: {signs} stands before several meanings", signs=signs)
    for grid in seen.grids:
        if empty := _empty(grid):
            yield Message(
                "what stood below {headings}: no row has anything there, so it may have been a colour or a mark",
                headings=listed(f"“{one}”" for one in empty[:_MOST]),
            )
    if not links_of(seen.document) and (found := _SPEAKS_OF_LINKS.search(seen.document.source.text)):
        yield Message("the addresses of links: the text says “{words}”, and has no link", words=found[0])


def _empty(grid: Grid) -> list[str]:
    """Return the headings of a table below which nothing stands, in a row whose other cells say something."""
    if not grid.is_headed or len(grid.rows) < 2:  # of one row nothing follows
        return []
    return [
        heading
        for at, heading in enumerate(grid.headings)
        if not any(_says(grid, row, at) for row in range(len(grid.rows)))
    ]


def _says(grid: Grid, row: int, at: int) -> bool:
    cells = grid.rows[row].cells
    return at < len(cells) and bool(cells[at].passage.text or cells[at].fill)


def links_of(document: Document) -> int:
    """Return how many links a document has."""
    return sum(len(text.anchors) for block in document.blocks for text in block.texts)
