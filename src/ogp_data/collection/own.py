"""Collection -> the tables that only it has: the publications, and what became of commitments from one to the next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ogp_data.collection.published import Collection, Published
from ogp_data.collection.stacking import CONTINUATIONS, PUBLICATION, PUBLICATIONS, Stack
from ogp_data.core.columns import Column, DatasetSpec
from ogp_data.core.records import Record
from ogp_data.core.words import Words
from ogp_data.models.model import model
from ogp_data.models.over import beside_publication, own_tables

COMMITMENTS = "commitments"


def publications(collection: Collection) -> tuple[DatasetSpec, list[Record]]:
    """Return the table of the publications, with a title and a publisher in each language over all."""
    first, *others = collection.languages
    spec = _spec(PUBLICATIONS)
    columns = [one for column in spec.column for one in (column, *_translated(column, others))]
    return replace(spec, column=columns), [_publication(one, first, others) for one in collection.publications]


def continuations(collection: Collection) -> tuple[DatasetSpec, list[Record]]:
    """Return what became of the commitments of each edition in the later ones, as these declare it."""
    records = [_continued(one, row, collection) for one in collection.publications for row in one.rows(CONTINUATIONS)]
    return _spec(CONTINUATIONS), records


def _spec(name: str) -> DatasetSpec:
    own, shared = own_tables()[name], model().shared[PUBLICATION]
    title, description = Words(shared.keys["title"]), Words(shared.keys["description"])
    first = Column(PUBLICATION, "string", PUBLICATION, title, description, shared.keys["rdf"], required=True)
    columns = [first, *beside_publication(), *own.column]
    return DatasetSpec(name, own.type, own.title, own.description, own.keywords, Stack(), columns)


def _translated(column: Column, languages: Iterable[str]) -> Iterator[Column]:
    """Yield the columns behind one for what it says in further languages."""
    if column.name in ("title", "publisher"):
        yield from (replace(column, name=f"{column.name}_{language}") for language in languages)


def _publication(one: Published, first: str, others: Sequence[str]) -> Record:
    table = one.table(COMMITMENTS)
    return {
        PUBLICATION: one.id,
        "country": one.country.code or one.country.said,
        "plan": one.plan,
        "licence": one.licence,
        "id": one.id,
        "title": one.title.of(first),
        **{f"title_{tag}": one.title.of(tag) for tag in others},
        "publisher": one.publisher.name.of(first),
        **{f"publisher_{tag}": one.publisher.name.of(tag) for tag in others},
        "languages": " ".join(one.document_languages),
        "issued": one.issued.isoformat(),
        "modified": one.modified.isoformat(),
        "version": one.version,
        "catalogue": one.catalogue,
        "commitments": str(table.rows) if table else "",
        "rows": str(sum(one.counts.values())),
    }


def _continued(later: Published, row: Record, collection: Collection) -> Record:
    """Return a row of a later edition as it is read from the earlier one, which need not be published here."""
    before = collection.of(row["previous_publication"])
    ends = (row["previous_publication"], row["previous_commitment"], later.id, row["commitment"])
    return {
        PUBLICATION: row["previous_publication"],
        "country": (before.country.code or before.country.said) if before else "",
        "plan": before.plan if before else "",
        "licence": later.licence,
        "continuation": "~".join(ends),
        "commitment": row["previous_commitment"],
        "title": row["previous_title"],
        "next_publication": later.id,
        "next_commitment": row["commitment"],
        "change": row["change"],
    }
