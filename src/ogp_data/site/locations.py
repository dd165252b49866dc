"""Where the pages of a publication lie below its folder: the first language at the root, each other below its code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

from ogp_data.core.files import is_device
from ogp_data.core.places import Line, SourcePlace
from ogp_data.core.publication import Publication
from ogp_data.core.records import Record
from ogp_data.documents import Picture
from ogp_data.site.roles import Roles

SOURCE = "source/index.html"
"""The first page of the source, where the document is published."""

ROWS = 200
"""How many rows the pages of a dataset show; the files have them all."""

_FIRST, _FILLED = 24_500, 24_000
"""How many bytes of rows fill the page of a dataset, and each with more of them; none is to pass 60 kB in all."""

_OF_COLUMN, _OF_CELL, _FOLDED, _OF_FOLD = 400, 70, 120, 180
"""How many of these bytes the first page needs for what it says of a column besides, and how many a cell takes besides
its own; from how many a text is folded, and what its beginning takes, which stands there twice."""

_TAKEN = re.compile(r"$|.*\s|main$|(?:section|column|h)\.", re.DOTALL)
_PLAIN = re.compile(r"(?!row\.)(?=.{1,200}$)[A-Za-z0-9][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)*", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Addresses:
    """The paths of pages.

    `pages` are those of commitments by key, `sheets` how many rows each page of a dataset shows, `shown` on which of
    them a key is found, counted from 1.
    """

    commitments: str
    pages: Mapping[str, str]
    sheets: Mapping[str, Sequence[int]] = field(repr=False)
    shown: Mapping[str, Mapping[str, int]] = field(repr=False)
    places: Mapping[SourcePlace, str] = field(repr=False)
    publication: Publication = field(repr=False)

    def dataset(self, name: str, sheet: int = 1) -> str:
        """Return the page of a dataset, or the one with more of its rows."""
        return dataset_page(name, sheet)

    def row(self, dataset: str, key: str) -> str:
        """Return where a reader finds a row: its own page, its place on the dataset's page, or that page."""
        if dataset == self.commitments and key in self.pages:
            return self.pages[key]
        return row_place(dataset, key, self.shown.get(dataset, {}))

    def place(self, place: SourcePlace) -> str:
        """Return where a reader finds a place of the source: there, or its page; "" where that is not published."""
        if not self.publication.declaration.source.publish:
            return ""
        page = self.places.get(place.whole)
        return f"{page}#{quote(anchor(place), safe='!:')}" if page else SOURCE

    def outside(self, place: SourcePlace) -> str:
        """Return the address of a place in a document that is not published here, or of that document."""
        file = self.publication.source_files[place.file - 1].name
        return self.publication.names.place(file, place) or self.publication.source_address


def leaf_path(number: int) -> str:
    """Return the page of a leaf of the source, counted from 1."""
    return SOURCE if number == 1 else f"source/pages/{number}.html"


def picture_path(number: int, picture: Picture) -> str:
    """Return where the picture of a leaf lies."""
    return f"source/pages/{number}{picture.suffix}"


def anchor(place: SourcePlace) -> str:
    """Return the id of a place on the page of the source."""
    return f"line-{place.number}" if isinstance(place, Line) and place.file == 1 else place.text


def addresses(
    publication: Publication, records: Mapping[str, Sequence[Record]], parts: Roles, places: Mapping[SourcePlace, str]
) -> Addresses:
    """Return the addresses of a publication's pages; `places` says which page shows each place of its source."""
    sheets = {name: list(sheet_sizes(records[name][:ROWS])) for name in publication.specs}
    spec = parts.commitments
    pages = row_pages(spec.name, (record[spec.key.name] for record in records[spec.name])) if spec else {}
    shown = {name: shown_on(records[name], one.key.name) for name, one in publication.specs.items()}
    return Addresses(spec.name if spec else "", pages, sheets, shown, places, publication)


def dataset_page(name: str, sheet: int = 1) -> str:
    """Return the page of a dataset, or the one with more of its rows."""
    return f"{name}/index.html" if sheet == 1 else f"{name}/rows/{sheet}.html"


def row_place(dataset: str, key: str, shown: Mapping[str, int]) -> str:
    """Return where a row stands on the pages of its dataset; the first of them for one that none shows."""
    return f"{dataset_page(dataset, shown[key])}#{quote(key, safe='')}" if key in shown else dataset_page(dataset)


def shown_on(records: Sequence[Record], key: str) -> dict[str, int]:
    """Return on which page of a dataset each row is found, by its key; those that no page shows are left out."""
    return dict(_anchored((record[key] for record in records), list(sheet_sizes(records[:ROWS]))))


def sheet_sizes(records: Sequence[Record]) -> Iterator[int]:
    """Yield how many rows each page of a dataset shows, at least one; without rows there is one page with none."""
    count = filled = 0
    most = _FIRST - _OF_COLUMN * len(records[0]) if records else 0
    for record in records:
        weight = sum(map(_weight, record.values()))
        if count and filled + weight > most:
            yield count
            count = filled = 0
            most = _FILLED
        count, filled = count + 1, filled + weight
    yield count


def _weight(value: str) -> int:
    """Return about how many bytes a cell takes on a page."""
    size = len(value.encode("utf-8", "backslashreplace"))
    return size + _OF_CELL + (_OF_FOLD if size > _FOLDED else 0)


def _anchored(keys: Iterable[str], sheets: Sequence[int]) -> Iterator[tuple[str, int]]:
    """Yield each key that can be a row's place on a page, with the page that shows it."""
    shown = (number for number, size in enumerate(sheets, 1) for _ in range(size))
    return ((key, number) for key, number in zip(keys, shown, strict=False) if is_anchor(key))


def row_pages(dataset: str, keys: Iterable[str]) -> dict[str, str]:
    """Return the page of each row of a dataset whose rows have one, by its key."""
    pages: dict[str, str] = {}
    taken = {"index"}
    for number, key in enumerate(keys, 1):
        # A key that is no plain word would be written in another way in the address than on the disk, and some disks
        # take c1 for C1.
        is_free = _PLAIN.fullmatch(key) and not is_device(key) and key.casefold() not in taken
        name = key if is_free else f"row.{number}"
        taken.add(name.casefold())
        pages[key] = f"{dataset}/{name}.html"
    return pages


def is_anchor(key: str) -> bool:
    """Return whether a row's key can be its place on a page: one word, and none of the page's own places."""
    return not _TAKEN.match(key)
