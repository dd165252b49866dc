"""A document laid out for people: its leaves, its pages as pictures, and what took each stretch of its text."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ogp_data.core.places import SourcePlace
from ogp_data.core.publication import Publication
from ogp_data.core.source import SourceText
from ogp_data.core.tables import Cell, Table
from ogp_data.documents import Document, Picture
from ogp_data.documents.paragraphs import Paragraphs
from ogp_data.site.document.layout import parts
from ogp_data.site.document.leaves import Leaf, Part, Run, bound, rows_of
from ogp_data.tables.build import Tables
from ogp_data.tables.claims import Claim, claims


@dataclass(frozen=True)
class Laid:
    """A document in leaves, with the pictures of those that are pages, and its text with what took each stretch."""

    source: SourceText = field(repr=False)
    leaves: Sequence[Leaf]
    pictures: Mapping[SourcePlace, Picture] = field(repr=False)
    claims: Sequence[Claim] = field(repr=False)
    tables: Mapping[str, Table] = field(default_factory=dict, repr=False)
    paragraphs: Paragraphs | None = field(default=None, repr=False)
    unread: int = 0
    """How many pictures, and other things that are no text, readers of the pages do not see."""

    def cell(self, dataset: str, row: int, column: str) -> Cell | None:
        """Return a cell with what it came from; None where it is not in the tables."""
        return self.tables[dataset].cells[row].get(column) if dataset in self.tables else None

    def picture(self, leaf: Leaf) -> Picture | None:
        """Return the picture of a leaf; None where it is no page, or was not drawn."""
        return self.pictures.get(leaf.first.whole)

    @cached_property
    def _holding(self) -> Mapping[tuple[str, int], Sequence[int]]:
        """The parts of pages that have text of each row, by their number."""
        found: dict[tuple[str, int], list[int]] = {}
        for number, part in enumerate(self._parts):
            for row in rows_of(part.all_runs):
                found.setdefault(row, []).append(number)
        return found

    @cached_property
    def _parts(self) -> Sequence[Part]:
        """The parts of pages, in their order."""
        return [part for leaf in self.leaves if leaf.page for part in leaf.parts]

    def said_by(self, rows: Collection[tuple[str, int]]) -> Mapping[SourcePlace, str]:
        """Return what rows have of each page that they came from, which holds much else.

        Each part of a page is a line of that, with the labels of what the rows have; the cells of a row stand apart.
        """
        found: dict[SourcePlace, list[str]] = {}
        for part in (self._parts[number] for number in sorted({n for row in rows for n in self._holding.get(row, ())})):
            taken = [run for run in part.all_runs if run.claim and (run.claim.dataset, run.claim.row) in rows]
            for page in dict.fromkeys(run.place.whole for run in taken):
                shown = [run for run in part.all_runs if run.place.whole == page and (run in taken or _goes_with(run))]
                found.setdefault(page, []).append(_line(part, shown))
        return {place: "\n".join(said) for place, said in found.items()}


def _goes_with(run: Run) -> bool:
    """Return whether a run says what the text beside it is, or is the white space between words."""
    return not run.text.strip() or (run.claim is not None and run.claim.reason in ("label", "marker", "number"))


def _line(part: Part, shown: Sequence[Run]) -> str:
    """Return runs of a part on one line: where the lines of a page end says nothing about its text."""
    held = [square.runs for square in part.squares] or [part.runs]
    # What is left out parts the words beside it, such as the full stop between a number and a title.
    texts = (" ".join("".join(run.text if run in shown else " " for run in runs).split()) for runs in held)
    return " │ ".join(filter(None, texts))


def lay(publication: Publication, document: Document, built: Tables, pictures: Iterable[Picture]) -> Laid:
    """Return the document of a publication laid out."""
    drawn: dict[SourcePlace, Picture] = {picture.page: picture for picture in pictures}
    held = claims(document.source, built.tables, built.asides)
    names = [file.name for file in publication.source_files]
    leaves = bound(parts(document, held), names, [one.page for one in drawn.values()])
    tables = {table.name: table for table in built.tables}
    return Laid(document.source, leaves, drawn, held, tables, Paragraphs(document), _unread(document, drawn))


def _unread(document: Document, drawn: Mapping[SourcePlace, Picture]) -> int:
    """Return how much of a document is no text and on no page that was drawn."""
    places = (one.place.at for one in document.findings if one.rule == "picture-unread")
    return sum(1 for place in places if place is None or place.whole not in drawn)
