"""Collection -> a publication of all publications together, so that every format writes its tables as it writes any.

It has no document: what a document alone has is empty, and nothing of it is written.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pyoxigraph as ox

from ogp_data.collection.handed import Organisation
from ogp_data.collection.licences import common_licence
from ogp_data.collection.published import Collection, Published
from ogp_data.core.columns import DatasetSpec
from ogp_data.core.declared import Declaration, Period, Series, SourceSpec
from ogp_data.core.files import read_file
from ogp_data.core.messages import Message
from ogp_data.core.namespaces import FOAF
from ogp_data.core.publication import Publication
from ogp_data.core.rdf import read
from ogp_data.core.shared import Agent, Contact, Shared
from ogp_data.core.words import Text, WordLists, Words
from ogp_data.models.model import model
from ogp_data.models.vocabulary import vocabulary

ALL = "all"
"""What the tables over all publications are called together: their folder, and their database and archive."""

_NAME = ox.NamedNode(FOAF.name.value)


def whole(collection: Collection, specs: Sequence[DatasetSpec], ogp: str) -> Publication:
    """Return the publication of all together, with the tables that there are."""
    agents = {one.id: one for one in _agents(collection)}
    shared = Shared(agents, {ALL: _contact(collection)}, vocabulary().codelists, vocabulary().terms, _model_lists())
    declaration = _declaration(collection, specs, next(iter(agents)), ogp)
    return Publication(declaration, shared, (), {}, Path(), ())


def _model_lists() -> frozenset[str]:
    return frozenset(vocabulary().codelists)


def _declaration(collection: Collection, specs: Sequence[DatasetSpec], owner: str, ogp: str) -> Declaration:
    said, publications = model().publication, collection.publications
    languages = [*collection.languages]
    spoken = {tag for one in publications for tag in one.document_languages}
    modified = collection.modified or datetime.date.min
    return Declaration(
        id=ALL,
        base_iri=f"{collection.iri}{ALL}/",
        base_url=f"{collection.url}{ALL}/",
        version=modified.isoformat(),
        version_notes=_words(Message("The publications as they are on this day."), languages),
        issued=min((one.issued for one in publications), default=modified),
        modified=modified,
        language=next(iter(spoken)) if len(spoken) == 1 else "und",
        languages=[],
        title=_words(Message("{title}: tables over all publications", title=collection.title), languages),
        description=_words(collection.description, languages),
        keywords=WordLists({tag: said["keywords"].get(tag, said["keywords"]["en"]) for tag in languages}),
        publisher=owner,
        creator=owner,
        contact=ALL,
        licence=common_licence(one.licence for one in publications) or "",
        themes=said["themes"],
        spatial=sorted({one.country.code for one in publications if one.country.code}),
        temporal=_period(publications),
        frequency="IRREG",
        access_rights=said["access_rights"],
        status=said["status"],
        availability=said["availability"],
        series=Series(Words(), Words()),
        source=SourceSpec(kind="", sha256="", title=Words(), description=Words(), publish=False),
        dataset=[*specs],
        page_languages=languages,
        vocabulary=ogp,
        profile=collection.profile or "dcat-ap",
    )


def _words(text: Text, languages: Sequence[str]) -> Words:
    return Words(dict(text.said(languages)))


def _period(publications: Sequence[Published]) -> Period:
    """Return the years from the earliest begin to the latest end; open where that of any publication is."""
    begins, ends = [one.start for one in publications], [one.end for one in publications]
    return Period(min(begins) if all(begins) and begins else "", max(ends) if all(ends) and ends else "")


def _agents(collection: Collection) -> Iterator[Agent]:
    """Yield whose it is, then the organisations that the publications name, each by its IRI."""
    owner = collection.owner or Organisation("", Words())
    yield Agent("owner", owner.name, owner.iri, type=owner.type)
    for number, (iri, name) in enumerate(_organisations(collection.publications).items()):
        yield Agent(f"organisation-{number}", name, iri)


def _organisations(publications: Iterable[Published]) -> dict[str, Words]:
    """Return the organisations in the code lists of the publications, by IRI; the first that names one says how."""
    found: dict[str, dict[str, str]] = {}
    for one in publications:
        names: dict[str, dict[str, str]] = {}
        for triple in _turtle(one.folder / "codelists" / "organisations.ttl"):
            agent, said = triple.subject, triple.object
            if triple.predicate == _NAME and isinstance(agent, ox.NamedNode) and isinstance(said, ox.Literal):
                names.setdefault(agent.value, {})[said.language or "und"] = said.value
        found = {**names, **found}
    return {iri: Words(found[iri]) for iri in sorted(found)}


def _turtle(path: Path) -> list[ox.Triple]:
    return read(read_file(path), "ttl") if path.is_file() else []


def _contact(collection: Collection) -> Contact:
    found = collection.contact
    return Contact(ALL, found.name, found.url, found.email) if found else Contact(ALL, Words())
