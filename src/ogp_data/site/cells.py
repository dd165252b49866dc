"""A row's cells -> what a page shows of them: text, links, labels of codes, names of organisations, lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from ogp_data.core import places
from ogp_data.core.columns import Column, DatasetSpec
from ogp_data.core.publication import Publication
from ogp_data.core.records import Record
from ogp_data.core.words import Words
from ogp_data.formats.columns import iri, values
from ogp_data.site.locations import Addresses, is_anchor


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a cell: its text, the page or address it leads to, and the language it is in ("": none)."""

    text: str
    page: str = ""
    address: str = ""
    language: str = ""
    words: Words | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as a page shows it: its column, its value as in the CSV, and its pieces; none when it is empty."""

    column: Column
    value: str
    parts: Sequence[Part]


@dataclass(frozen=True, slots=True)
class Row:
    """A row as a page shows it: its dataset, key and cells, and whether its key is its place on the dataset's page."""

    spec: DatasetSpec
    key: str
    cells: Sequence[Cell]
    anchored: bool

    def cell(self, column: Column | None) -> Cell | None:
        """Return the cell of a column."""
        return next((cell for cell in self.cells if column and cell.column.name == column.name), None)

    @property
    def lines(self) -> list[int]:
        """Return the lines of the source document that the row came from."""
        return [place.number for place in places.read(self.cells[-1].value) if place.kind == "line"]


class Reader:
    """Shows rows: knows the labels of codes and the names of organisations."""

    def __init__(self, publication: Publication, where: Addresses) -> None:
        """Take what is the same for every row."""
        self.publication, self.where = publication, where
        shared = publication.shared
        self._codes = {
            name: {concept.code: concept.label for concept in known.concept} for name, known in shared.codelists.items()
        }
        self._agents = {publication.names.agent(agent): agent.name for agent in shared.agents.values()}

    def rows(self, spec: DatasetSpec, records: Sequence[Record]) -> list[Row]:
        """Return rows of a dataset as a page shows them."""
        shows = [(column, self._shower(column)) for column in spec.column]
        return [
            Row(
                spec,
                record[spec.key.name],
                [
                    Cell(column, record[column.name], list(_parts(column, record, show)) if record[column.name] else ())
                    for column, show in shows
                ],
                is_anchor(record[spec.key.name]),
            )
            for record in records
        ]

    def _shower(self, column: Column) -> Callable[[str, Record], Part]:
        if column.type == "places":
            return lambda value, _: Part(value, page=self.where.place(places.place(value)))
        if column.references:
            return lambda value, _: Part(value, page=self.where.row(column.references, value))
        if column.iri:
            return lambda value, record: self._named(column, value, record)
        if column.type == "code":
            labels = self._codes[column.codes]
            return lambda value, _: Part(value, words=labels.get(value))
        if column.type == "agent":
            return lambda value, _: Part(value, address=value, words=self._agents.get(value))
        if column.type == "url":
            return lambda value, _: Part(value, address=value if _is_web(value) else "")
        language = column.spoken(self.publication.declaration.language) if column.type == "text" else ""
        return lambda value, _: Part(value, language=language)

    def _named(self, column: Column, value: str, record: Record) -> Part:
        """Return a value that stands for a dataset or a row, with the page that shows it."""
        dataset, mark, key = iri(column, value, record).partition("#")
        if dataset not in self.publication.specs:
            return Part(value)
        return Part(value, page=self.where.row(dataset, unquote(key)) if mark else self.where.dataset(dataset))


def _parts(column: Column, record: Mapping[str, str], show: Callable[[str, Record], Part]) -> Iterator[Part]:
    for value in values(column, record[column.name]):
        yield show(value, record)


def _is_web(address: str) -> bool:
    """Return whether an address can be a link; nothing else than the web is."""
    return address.lower().startswith(("https://", "http://"))
