"""What a dataset is as linked data, in VoID (https://www.w3.org/TR/void/)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rdflib import Literal, URIRef
from rdflib.namespace import RDF, VOID

from ogp_data.catalogue.statistics import Statistics
from ogp_data.core.columns import DatasetSpec
from ogp_data.core.names import Names
from ogp_data.core.rdf import Triple
from ogp_data.core.vocab import PREFIXES


def void_triples(spec: DatasetSpec, names: Names, counted: Statistics, dumps: Iterable[str]) -> Iterator[Triple]:
    """Yield a dataset as VoID describes it; `dumps` are the paths of the files that hold all of its triples."""
    iri = URIRef(names.dataset(spec.name))
    yield iri, RDF.type, VOID.Dataset
    yield iri, VOID.triples, Literal(counted.triples)
    yield iri, VOID.entities, Literal(counted.rows)
    yield from ((iri, VOID.dataDump, URIRef(names.download(path))) for path in dumps)
    yield iri, VOID.uriSpace, Literal(names.row(spec.name, ""))
    if counted.first:
        yield iri, VOID.exampleResource, URIRef(names.row(spec.name, counted.first))
    yield from ((iri, VOID.vocabulary, URIRef(vocabulary)) for vocabulary in _vocabularies(spec, names, counted))


def subset_triples(whole: URIRef, parts: Iterable[URIRef]) -> Iterator[Triple]:
    """Yield that a dataset holds others, each of which can be had by itself."""
    yield whole, RDF.type, VOID.Dataset
    yield from ((whole, VOID.subset, part) for part in parts)


def _vocabularies(spec: DatasetSpec, names: Names, counted: Statistics) -> list[str]:
    """Return the vocabularies of the rows' class and of the properties that have a value."""
    curies = [column.rdf for column in spec.column if column.name in counted.columns]
    used = {curie.partition(":")[0] for curie in ([spec.type, *curies] if counted.rows else ())}
    known = {**PREFIXES, **names.documents}
    return sorted(known[prefix] for prefix in used)
