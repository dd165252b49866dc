"""Where the pages of a publication lie below its folder: the first language at the root, each other below its code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

from ogp_data.core.places import Line, SourcePlace
from ogp_data.core.publication import Publication
from ogp_data.core.records import Record
from ogp_data.documents import Picture
from ogp_data.site.roles import Roles

SOURCE = "source/index.html"
"""The first page of the source, where the document is published."""

ROWS = 200
"""How many rows a page of a dataset shows; the files have them all."""

_TAKEN = re.compile(r"$|.*\s|main$|(?:section|column|h)\.", re.DOTALL)
_PLAIN = re.compile(r"(?!row\.)(?=.{1,200}$)[A-Za-z0-9][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Addresses:
    """The paths of pages; `pages` are those of commitments by key, `shown` the keys on each dataset's page."""

    commitments: str
    pages: Mapping[str, str]
    shown: Mapping[str, frozenset[str]] = field(repr=False)
    places: Mapping[SourcePlace, str] = field(repr=False)
    publication: Publication = field(repr=False)

    def dataset(self, name: str) -> str:
        """Return the page of a dataset."""
        return f"{name}/index.html"

    def row(self, dataset: str, key: str) -> str:
        """Return where a reader finds a row: its own page, its place on the dataset's page, or that page."""
        if dataset == self.commitments and key in self.pages:
            return self.pages[key]
        place = f"#{quote(key, safe='')}" if key in self.shown.get(dataset, ()) else ""
        return f"{self.dataset(dataset)}{place}"

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
    keys = {
        name: [key for record in records[name][:ROWS] if is_anchor(key := record[spec.key.name])]
        for name, spec in publication.specs.items()
    }
    spec = parts.commitments
    pages = row_pages(spec.name, (record[spec.key.name] for record in records[spec.name])) if spec else {}
    shown = {name: frozenset(known) for name, known in keys.items()}
    return Addresses(parts.commitments.name if parts.commitments else "", pages, shown, places, publication)


def row_pages(dataset: str, keys: Iterable[str]) -> dict[str, str]:
    """Return the page of each row of a dataset whose rows have one, by its key."""
    pages: dict[str, str] = {}
    taken = {"index"}
    for number, key in enumerate(keys, 1):
        # A key that is no plain word would be written in another way in the address than on the disk, and some disks
        # take c1 for C1.
        is_free = _PLAIN.fullmatch(key) and key.casefold() not in taken
        name = key if is_free else f"row.{number}"
        taken.add(name.casefold())
        pages[key] = f"{dataset}/{name}.html"
    return pages


def is_anchor(key: str) -> bool:
    """Return whether a row's key can be its place on a page: one word, and none of the page's own places."""
    return not _TAKEN.match(key)
