"""Cells -> what is read of them: the paragraphs and links of the document, and single sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ogp_data.core.places import SourcePlace
from ogp_data.core.text import fold, url_fault
from ogp_data.documents.paragraphs import Paragraph, Words
from ogp_data.site.cells import Cell, Row
from ogp_data.site.context import Material

_END = re.compile(r"(?<=[.!?؟。！？])[\"'”’»)\]]*\s+(?=[\"'“‘«(\[]*[^\W\da-z_])")
"""Where a sentence ends: the next one begins with no small letter and no digit."""
_SHORT = re.compile(r"(?:\b\w|\b(?:nr|no|dr|mr|mrs|ir|drs|prof|art|etc|bijv|e\.g|i\.e))\.$", re.IGNORECASE)
"""What ends in a full stop and ends no sentence."""


@dataclass(frozen=True, slots=True)
class Prose:
    """The text of a cell as the document has it, and where that stands."""

    row: Row
    cell: Cell
    paragraphs: Sequence[Paragraph]
    places: Sequence[SourcePlace]
    """Where it stands in the document; nowhere for what comes from elsewhere."""
    origin: str = ""
    """The address that it comes from, where it stands in no document."""

    @property
    def text(self) -> str:
        """Return it on one line, its paragraphs apart."""
        return " ".join(one.text for one in self.paragraphs)

    @property
    def pictures(self) -> list[str]:
        """Return what the document says of the pictures in it."""
        return [said for one in self.paragraphs for said in one.pictures]

    @property
    def is_plain(self) -> bool:
        """Return whether it is one paragraph without a link or picture."""
        first = self.paragraphs[0]
        return len(self.paragraphs) == 1 and not first.pictures and not any(run.address for run in first.words)


def prose(material: Material, row: Row, cell: Cell) -> Prose:
    """Return the text of a cell as the document has it; where it reads otherwise there, the cell's own."""
    laid = material.laid
    known = laid.cell(row.spec.name, row.number, cell.column.name)
    passage = known.passage if known else None
    found = laid.paragraphs.of(passage) if passage and laid.paragraphs else []
    if fold(" ".join(one.text for one in found)) != fold(cell.value):
        found = [Paragraph((Words(cell.value),), pictures=tuple(said for one in found for said in one.pictures))]
    origin = _elsewhere(material) if known and known.origin == "reference" else ""
    # Of a page of a PDF each text has a box of its own, which says nothing to a reader.
    at = dict.fromkeys(place.whole for place in laid.source.places(passage)) if passage else ()
    return Prose(row, cell, found, tuple(at), origin)


def _elsewhere(material: Material) -> str:
    """Return where the facts of the reference table come from, where there is one, at an address."""
    tables = material.publication.declaration.reference
    origin = tables[0].origin if len(tables) == 1 else ""
    return origin if not url_fault(origin) else ""


def items(found: Prose) -> list[str]:
    """Return what a cell names, where the document has each in a paragraph of its own."""
    names = (one.text.strip(" ;,") for one in found.paragraphs)
    return list(dict.fromkeys(filter(None, names)))


def sentences(text: str) -> Iterator[str]:
    """Yield the sentences of a text; put together with spaces they are the text."""
    at = 0
    for end in _END.finditer(text):
        if not _SHORT.search(text[at : end.start()]):
            yield text[at : end.end()].strip()
            at = end.end()
    if rest := text[at:].strip():
        yield rest


def sentence_with(text: str, words: str) -> str:
    """Return the sentences in which words stand; the words themselves where they stand in none."""
    start = text.find(words)
    if start < 0:
        return words
    at, held = 0, []
    for one in sentences(text):
        begin = text.index(one, at)
        at = begin + len(one)
        if begin < start + len(words) and start < at:
            held.append(one)
    return " ".join(held)
