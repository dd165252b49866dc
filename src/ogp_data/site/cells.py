"""A row's cells -> what a page shows of them: text, links, labels of codes, names of organisations, places."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from urllib.parse import unquote

from ogp_data.core import places
from ogp_data.core.columns import Column, DatasetSpec
from ogp_data.core.places import SourcePlace
from ogp_data.core.publication import Publication
from ogp_data.core.records import Record
from ogp_data.core.words import Text
from ogp_data.formats.columns import iri
from ogp_data.site.locations import Addresses, is_anchor
from ogp_data.site.roles import title_column
from ogp_data.types import language_of, type_of
from ogp_data.types.base import Setting, Shown
from ogp_data.types.rows import split


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a cell: its text, the page or address it leads to, and the language it is in ("": none).

    `title` is what the row that it names is called, in the language of the document.
    """

    text: str
    page: str = ""
    address: str = ""
    language: str = ""
    words: Text | None = None
    title: str = ""

    def words_in(self, language: str) -> Text | None:
        """Return the words that stand for it on pages in a language; None where its own text does."""
        # A text has a language, a code has none: of a code the words of another language are better than itself.
        return self.words if self.words and (not self.language or self.words.has(language)) else None


Said = Mapping[tuple[str, int, str], Text]
"""What can be said in several languages, by dataset, row counted from 0, and column."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as a page shows it: its column, its value as in the CSV, and its pieces; none when it is empty."""

    column: Column
    value: str
    parts: Sequence[Part]

    @property
    def language(self) -> str:
        """Return the language of its text; "" for what is in none."""
        return self.parts[0].language if self.parts else ""


@dataclass(frozen=True)
class Row:
    """A row as a page shows it: its dataset, key and cells, and whether its key is its place on the dataset's page.

    `number` counts the rows of its dataset from 0.
    """

    spec: DatasetSpec
    key: str
    cells: Sequence[Cell]
    anchored: bool
    number: int = 0

    def saying(self, *properties: str) -> list[Cell]:
        """Return its cells with a value of one of these properties, in the order of the properties."""
        return [cell for name in properties for cell in self._saying.get(name, ())]

    @cached_property
    def _saying(self) -> Mapping[str, Sequence[Cell]]:
        found: dict[str, list[Cell]] = {}
        for cell in self.cells:
            if cell.value:
                found.setdefault(cell.column.rdf, []).append(cell)
        return found

    def cell(self, column: Column | None) -> Cell | None:
        """Return the cell of a column."""
        return self._named.get(column.name) if column else None

    @cached_property
    def _named(self) -> Mapping[str, Cell]:
        return {cell.column.name: cell for cell in self.cells}

    @cached_property
    def places(self) -> list[SourcePlace]:
        """Return the places of the source that the row came from."""
        return places.read(self.cells[-1].value)


class Reader:
    """Shows rows: knows the labels of codes, the names of organisations, and what other rows are called."""

    def __init__(
        self, publication: Publication, where: Addresses, said: Said, records: Mapping[str, Sequence[Record]]
    ) -> None:
        """Take what is the same for every row."""
        self.publication, self.where, self.said = publication, where, said
        self.named = {name: dict(_titles(spec, records[name])) for name, spec in publication.specs.items()}

    def rows(self, spec: DatasetSpec, records: Sequence[Record]) -> list[Row]:
        """Return rows of a dataset as a page shows them."""
        shows = [(column, self._shower(column)) for column in spec.column]
        return [
            Row(
                spec,
                record[spec.key.name],
                [
                    Cell(
                        column,
                        record[column.name],
                        _parts(column, record, show, self.said.get((spec.name, number, column.name))),
                    )
                    for column, show in shows
                ],
                is_anchor(record[spec.key.name]),
                number,
            )
            for number, record in enumerate(records)
        ]

    def _shower(self, column: Column) -> Callable[[str, Record], Part]:
        kind, setting = type_of(column), Setting(self.publication, column)
        if kind.about.names == "places":
            return lambda value, _: self._place(value)
        if column.references:
            named = self.named.get(column.references, {})
            return lambda value, _: Part(
                value, page=self.where.row(column.references, value), title=named.get(value, "")
            )
        if column.iri:
            return lambda value, record: self._named(column, value, record)
        language = language_of(column, self.publication.declaration.language)
        return lambda value, _: _part(kind.show(value, setting), language)

    def _place(self, text: str) -> Part:
        """Return a place of the source with the page that shows it, or else the address that does."""
        place = places.place(text)
        page = self.where.place(place)
        return Part(text, page=page, address="" if page else self.where.outside(place))

    def _named(self, column: Column, value: str, record: Record) -> Part:
        """Return a value that stands for a dataset or a row, with the page that shows it."""
        dataset, mark, key = iri(column, value, record, self.publication.names).partition("#")
        if dataset not in self.publication.specs:
            return Part(value)
        return Part(value, page=self.where.row(dataset, unquote(key)) if mark else self.where.dataset(dataset))


def _titles(spec: DatasetSpec, records: Iterable[Record]) -> Iterator[tuple[str, str]]:
    """Yield what each row of a dataset is called by its key, where it has a name besides that."""
    title = title_column(spec)
    if not title.key:
        yield from ((record[spec.key.name], record[title.name]) for record in records)


def _parts(
    column: Column, record: Mapping[str, str], show: Callable[[str, Record], Part], said: Text | None
) -> Sequence[Part]:
    """Return the pieces of a cell, none of an empty one; `said` is what its text says in each language."""
    if not record[column.name]:
        return ()
    parts = [show(value, record) for value in split(type_of(column), record[column.name])]
    return [replace(part, words=said) for part in parts] if said else parts


def _part(shown: Shown, language: str) -> Part:
    return Part(shown.text, address=shown.address, language=language, words=shown.words)
