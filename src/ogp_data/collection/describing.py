"""A publication and what its build found -> what it hands over to the root."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain

from ogp_data.collection.handed import Country, Findings, Organisation, Reached, Score, Statuses, Table, TableColumn
from ogp_data.collection.published import Published
from ogp_data.core.columns import Column, DatasetSpec
from ogp_data.core.publication import Publication
from ogp_data.core.records import Record
from ogp_data.core.vocab import expand
from ogp_data.core.words import Text, Words
from ogp_data.models.countries import country_name
from ogp_data.models.lists import ValueLists
from ogp_data.tables.provides import origin


def described(
    publication: Publication,
    records: Mapping[str, Sequence[Record]],
    lists: ValueLists,
    statuses: Statuses,
    findings: Findings,
    scores: Mapping[str, Score],
) -> Published:
    """Return what a publication hands over to the root."""
    d, publisher = publication.declaration, publication.shared.agents[publication.declaration.publisher]
    said, contact = publication.disclaimer, publication.shared.contacts[d.contact]
    return Published(
        id=d.id,
        title=_spoken(d.title, d.page_languages),
        description=_spoken(d.description, d.page_languages),
        country=_country(publication, lists),
        plan=d.plan,
        publisher=Organisation(
            publication.names.agent(publisher), _spoken(publisher.name, d.page_languages), publisher.type
        ),
        contact=Reached(_spoken(contact.name, d.page_languages), contact.url, contact.email),
        licence=d.licence,
        languages=d.page_languages,
        document_languages=d.source_languages,
        version=d.version,
        issued=d.issued,
        modified=d.modified,
        start=d.temporal.start,
        end=d.temporal.end,
        base_iri=publication.names.base,
        base_url=publication.names.url,
        profile=d.profile,
        disclaimer=_spoken(said, d.page_languages) if said else None,
        continues=_continued(publication),
        findings=replace(findings, document=_faults(publication, records)),
        scores=scores,
        statuses=statuses,
        tables=[_table(publication, spec, len(records[spec.name])) for spec in d.dataset],
    )


def _faults(publication: Publication, records: Mapping[str, Sequence[Record]]) -> int:
    """Return how many faults of the document are published."""
    return sum(len(records[spec.name]) for spec in publication.declaration.dataset if spec.find.lists == "defects")


def _spoken(text: Text, languages: Sequence[str]) -> Words:
    return Words(dict(text.said(languages)))


def _country(publication: Publication, lists: ValueLists) -> Country:
    """Return the country: its code where the data is about just one that has a code, and its declared or known name."""
    d = publication.declaration
    known = [found for code in d.spatial if (found := lists["country"].of_code(code))]
    code = known[0].code if len(known) == 1 else ""
    if d.country:
        return Country(code, _spoken(d.country, d.page_languages))
    return Country(code, Words({tag: country_name(known[0], tag) for tag in d.page_languages} if code else {}))


def _continued(publication: Publication) -> list[str]:
    """Return the editions before, the newest first: those that are named, then those that they name."""
    named = [edition.id for edition in publication.editions]
    further = chain.from_iterable(reversed(edition.before) for edition in publication.editions)
    return list(dict.fromkeys([*named, *further]))


def _table(publication: Publication, spec: DatasetSpec, rows: int) -> Table:
    columns = [_column(publication, spec, column) for column in spec.column]
    languages = publication.declaration.page_languages
    title, description = _spoken(spec.title, languages), _spoken(spec.description, languages)
    return Table(spec.name, _iri(publication, spec.type), title, description, rows, columns)


def _column(publication: Publication, spec: DatasetSpec, column: Column) -> TableColumn:
    languages = publication.declaration.page_languages
    return TableColumn(
        name=column.name,
        type=column.type,
        title=_spoken(column.title, languages),
        description=_spoken(column.description, languages),
        rdf=_iri(publication, column.rdf),
        origin=origin(column, spec, publication.specs),
        key=column.key,
        required=column.required,
        codes=column.codes,
        references=column.references,
        iri=column.iri,
        currency=column.currency,
        currency_in=column.currency_in,
        language=column.language,
    )


def _iri(publication: Publication, curie: str) -> str:
    return str(expand(curie, publication.names.spaces))
