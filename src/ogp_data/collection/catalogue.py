"""Collection and the tables over all -> one catalogue: its own, and in it that of each publication, whole.

A portal that harvests it gets every dataset of every publication once, under the names that these have anyway, and the
tables over all beside them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import pyoxigraph as ox
from rdflib import Literal, URIRef
from rdflib.namespace import FOAF, PROV, RDF
from rdflib.term import Node

from ogp_data.catalogue import tables
from ogp_data.catalogue.metadata import distribution, named
from ogp_data.catalogue.nodes import Table, eu, triples
from ogp_data.catalogue.tables import About, AboutAll, AboutDataset, AboutFile, Described
from ogp_data.collection.published import Collection, Published
from ogp_data.core.artefact import Artefact
from ogp_data.core.files import read_file
from ogp_data.core.messages import Message
from ogp_data.core.publication import Publication
from ogp_data.core.rdf import Triple, from_ox, read, unique
from ogp_data.core.vocab import DCAT
from ogp_data.models.languages import eu_code
from ogp_data.models.lists import ValueLists

SEVERAL = "MUL"
"""What the EU's table of languages calls content in several of them: a file is said to be in one."""

EVERYTHING = "everything"

_NOT_OF_ALL = {DCAT.inSeries, PROV.wasDerivedFrom}
DATASET: Table[AboutDataset] = tuple(row for row in tables.DATASET if row[0] not in _NOT_OF_ALL)
CATALOG: Table[AboutAll] = tuple(row for row in tables.CATALOG if row[0] != FOAF.homepage)


def own_triples(
    collection: Collection, publication: Publication, artefacts: Sequence[Artefact], lists: ValueLists
) -> Iterator[Triple]:
    """Yield what the catalogue over all says of itself and of the tables over all."""
    d, root = publication.declaration, URIRef(f"{collection.iri}catalog")
    spoken = [eu("language", eu_code(language, lists)) for language in d.page_languages]
    datasets = _described(collection, publication, artefacts)
    about = AboutAll(_told(collection, publication, lists), spoken, datasets)
    yield from triples(root, [DCAT.Catalog], CATALOG, about, d.page_languages)
    yield root, FOAF.homepage, URIRef(collection.url)
    yield URIRef(collection.url), RDF.type, FOAF.Document
    yield from ((root, DCAT.catalog, URIRef(one.catalogue)) for one in collection.publications)
    for dataset in datasets:
        yield from _dataset(collection, AboutDataset(about.publication, spoken, dataset))
    yield from named(About(about.publication, spoken), artefacts, lists)


def published_catalogue(one: Published) -> list[ox.Triple]:
    """Return the catalogue of a publication."""
    return read(read_file(one.folder / "catalog.ttl"), "ttl")


def known_of(collection: Collection) -> list[ox.Triple]:
    """Return what is said of the catalogues in the one over all, by which that can be checked without all the rest."""
    names = {one.catalogue for one in collection.publications}
    said = (triple for one in collection.publications for triple in published_catalogue(one))
    return [one for one in said if isinstance(one.subject, ox.NamedNode) and one.subject.value in names]


def whole(own: Iterable[Triple], collection: Collection) -> list[Triple]:
    """Return the triples of the catalogue over all, each once: its own, then those of the publications.

    What several describe, such as a series or a concept of a list, has each property once: as the publication says it
    below whose address the name lies, else as the first that says it. Two publishers of one series would be none.
    """
    each = [list(map(from_ox, published_catalogue(one))) for one in collection.publications]
    parts = [("", list(own)), *zip((one.base_iri for one in collection.publications), each, strict=True)]
    said: dict[_Key, str] = {}
    for base, part in parts:
        for key in map(_key, part):
            if key not in said or (base != said[key] and base and str(key[0]).startswith(base)):
                said[key] = base
    return list(unique(one for base, part in parts for one in part if one[1] == RDF.type or said[_key(one)] == base))


_Key = tuple[Node, Node, str]
"""A thing, a property, and the language of the value."""


def _key(triple: Triple) -> _Key:
    subject, predicate, value = triple
    return subject, predicate, (value.language or "") if isinstance(value, Literal) else ""


def _told(collection: Collection, publication: Publication, lists: ValueLists) -> Publication:
    """Return the publication of all together with the language of its rows, by its code in the EU's table."""
    spoken = sorted({tag for one in collection.publications for tag in one.document_languages})
    codes = [eu_code(tag, lists) for tag in spoken]
    declaration = replace(publication.declaration, languages=codes if len(codes) == 1 else [SEVERAL])
    return replace(publication, declaration=declaration)


def _described(collection: Collection, publication: Publication, files: Sequence[Artefact]) -> list[Described]:
    """Return the tables over all, then everything together."""
    d = publication.declaration
    own = [
        Described(spec.name, spec.title, spec.description, spec.keywords, _files(files, spec.name))
        for spec in d.dataset
    ]
    title = Message("{title}: everything together", title=d.title)
    description = Message(
        "All tables over all publications together, as a database, as an archive, as workbooks and as a Data Package."
        " {description}",
        description=collection.description,
    )
    return [*own, Described(EVERYTHING, title, description, None, _files(files, EVERYTHING))]


def _files(files: Iterable[Artefact], dataset: str) -> list[Artefact]:
    return [file for file in files if file.dataset == dataset and file.format]


def _dataset(collection: Collection, about: AboutDataset) -> Iterator[Triple]:
    """Yield a dataset over all, made of that of each publication that has it, and its files."""
    name, record = about.dataset.name, tables.record(about.names, about.dataset.name)
    yield from triples(record, [DCAT.CatalogRecord], tables.RECORD, about, about.languages)
    yield from triples(about.iri, [DCAT.Dataset], DATASET, about, about.languages)
    of = (one for one in collection.publications if one.table(name) or name == EVERYTHING)
    yield from ((about.iri, PROV.wasDerivedFrom, URIRef(f"{one.base_iri}{name}")) for one in of)
    for file in about.dataset.files:
        if file.format:
            yield from distribution(AboutFile(about.publication, about.spoken, about.dataset, file, file.format))
