"""The catalogue in pages for harvesters: each a catalogue of its own datasets, with the way to the next one in Hydra.

ckanext-dcat follows `hydra:next`, or the older `hydra:nextPage`, of a `hydra:PagedCollection` until there is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

import pyoxigraph as ox
from rdflib.namespace import RDF, XSD

from ogp_data.core.messages import Message
from ogp_data.core.vocab import HYDRA
from ogp_data.service.listing import Catalogue, catalogue_of, node
from ogp_data.service.problems import ProblemError
from ogp_data.service.snapshot import Snapshot

PARAMETERS = ("page", "modified_since")
PAGE_SIZE = 100
"""Datasets on a page, as many as CKAN gives itself."""

_NUMBER = re.compile(r"[1-9][0-9]{0,5}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the catalogue: its number, how many there are, its datasets of so many, and the day they are from."""

    number: int
    pages: int
    datasets: tuple[ox.NamedNode, ...]
    total: int
    since: str

    def address(self, file: str, number: int) -> str:
        """Return where a page is, given the address of the whole file."""
        asked = {"page": str(number), **({"modified_since": self.since} if self.since else {})}
        return f"{file}?{urlencode(asked)}"

    @property
    def others(self) -> Mapping[str, int]:
        """Return the numbers of the first, last, next and previous page, where there are such."""
        found = {"first": 1, "last": self.pages, "next": self.number + 1, "previous": self.number - 1}
        return {name: number for name, number in found.items() if 1 <= number <= self.pages}


def page_of(snapshot: Snapshot, asked: Mapping[str, str]) -> Page:
    """Return the page that a query asks for; ProblemError when it cannot be given."""
    catalogue = catalogue_of(snapshot)
    text, since = asked.get("page", "1"), asked.get("modified_since", "")
    if not _NUMBER.fullmatch(text):
        raise _wrong("page", Message("{text!r} is not a page number, such as 1.", text=text[:100]))
    day = _day(since) if "modified_since" in asked else ""
    # Days are compared as text, which ISO 8601 is made for.
    chosen = [dataset for dataset in catalogue.datasets if not day or _modified(catalogue, dataset) >= day]
    number, pages = int(text), max(1, -(-len(chosen) // PAGE_SIZE))
    if number > pages:
        raise ProblemError(
            404, Message("There is no page {number}; the last one is {pages}.", number=number, pages=pages)
        )
    shown = chosen[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    return Page(number, pages, tuple(shown), len(chosen), since)


def _wrong(name: str, detail: str) -> ProblemError:
    return ProblemError(
        400,
        Message("{name}: {detail}", name=name, detail=detail),
        errors=[{"in": "query", "name": name, "detail": detail}],
    )


def _day(text: str) -> str:
    """Return the day of a date or moment; catalogues tell days, so a moment counts as its whole day."""
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text).isoformat()
        return datetime.fromisoformat(text.replace(" ", "+")).date().isoformat()  # a plus may come as a space
    except ValueError:
        raise _wrong(
            "modified_since", Message("{text!r} is not a date, such as 2026-11-23.", text=text[:100])
        ) from None


def _modified(catalogue: Catalogue, dataset: ox.NamedNode) -> str:
    """Return the last day on which a dataset may have changed; one that tells none may always have."""
    told = catalogue.modified(dataset)[:10]
    # The last possible day: a harvester that asks "since" would rather fetch one too many than miss one.
    return told + {0: "9999-12-31", 4: "-12-31", 7: "-31"}.get(len(told), "")


def triples(snapshot: Snapshot, page: Page, file: str) -> Iterator[ox.Triple]:
    """Yield a page of the catalogue and what it is a page of; `file` is the address of the whole."""
    yield from hydra(page, file)
    catalogue = catalogue_of(snapshot)
    # The whole catalogue on one page also keeps what no dataset leads to, which a cut would lose.
    if page.total == len(catalogue.datasets) and page.pages == 1:
        yield from (triple for said in catalogue.about.values() for triple in said)
    else:
        yield from catalogue.part(page.datasets)


def hydra(page: Page, file: str) -> Iterator[ox.Triple]:
    """Yield the way from a page to the others, in the words of today and in those that harvesters began with."""
    own = node(page.address(file, page.number))
    for kind in (HYDRA.PagedCollection, HYDRA.PartialCollectionView):
        yield ox.Triple(own, node(RDF.type), node(kind))
    for counted, count in ((HYDRA.totalItems, page.total), (HYDRA.itemsPerPage, PAGE_SIZE)):
        yield ox.Triple(own, node(counted), ox.Literal(str(count), datatype=node(XSD.integer)))
    for name, number in page.others.items():
        for term in (HYDRA[name], HYDRA[f"{name}Page"]):
            yield ox.Triple(own, node(term), node(page.address(file, number)))


def header(page: Page, name: str) -> str:
    """Return the way to the other pages as a Link header; `name` is the file's."""
    rels = {"previous": "prev"}
    return ", ".join(
        f'<{page.address(name, number)}>; rel="{rels.get(rel, rel)}"' for rel, number in page.others.items()
    )
