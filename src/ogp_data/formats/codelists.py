"""Code lists, organisations and vocabularies -> triples."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rdflib import Literal, URIRef
from rdflib.namespace import FOAF, OWL, RDF, RDFS, SKOS, XSD

from ogp_data.core.columns import Column, DatasetSpec
from ogp_data.core.messages import Message
from ogp_data.core.names import Names
from ogp_data.core.publication import Publication
from ogp_data.core.rdf import Triple, literals
from ogp_data.core.shared import Agent, CodeList, Term
from ogp_data.core.vocab import DCT, expand
from ogp_data.core.words import Text
from ogp_data.tables.provides import origin

TITLE = Message("Vocabulary of open government action plans and their assessments")
"""What the vocabulary of the model is called."""


@dataclass(frozen=True, slots=True)
class Used:
    """What a publication uses of what publications share, in the order in which that stands there."""

    terms: Sequence[Term]
    codelists: Sequence[CodeList]

    @classmethod
    def of(cls, publication: Publication, named: Collection[str]) -> Used:
        """Return the terms and code lists of the tables, and those of which an IRI is `named` elsewhere."""
        names, shared, columns = publication.names, publication.shared, list(_columns(publication))
        curies = {"ogp:origin", *(spec.type for spec in publication.declaration.dataset), *(c.rdf for c in columns)}
        lists = {column.codes for column in columns} | {iri.partition("#")[0] for iri in named}
        return cls(
            [t for t in shared.terms.values() if f"ogp:{t.name}" in curies or names.ogp + t.name in named],
            [codes for name, codes in sorted(shared.codelists.items()) if {name, names.concept(name)} & lists],
        )


def _columns(publication: Publication) -> Iterator[Column]:
    return (column for spec in publication.declaration.dataset for column in spec.column)


def codelist_triples(codes: CodeList, names: Names, languages: Sequence[str]) -> Iterator[Triple]:
    """Yield a code list as a SKOS concept scheme, https://www.w3.org/TR/skos-reference/."""
    scheme = URIRef(names.concept(codes.id))
    yield scheme, RDF.type, SKOS.ConceptScheme
    yield from ((scheme, DCT.title, text) for text in literals(codes.title, languages))
    yield from ((scheme, DCT.description, text) for text in literals(codes.description, languages))
    yield scheme, DCT.provenance, URIRef(f"{scheme}#origin")
    yield scheme, DCT.issued, Literal(codes.established.isoformat(), datatype=XSD.date)
    concepts = [(entry, URIRef(names.concept(codes.id, entry.code))) for entry in codes.concept]
    yield from ((scheme, SKOS.hasTopConcept, concept) for _, concept in concepts)
    for entry, concept in concepts:
        yield concept, RDF.type, SKOS.Concept
        yield concept, SKOS.inScheme, scheme
        yield concept, SKOS.topConceptOf, scheme
        yield concept, SKOS.notation, Literal(entry.code)
        yield from ((concept, SKOS.prefLabel, text) for text in literals(entry.label, languages))
        yield from (
            (concept, SKOS.definition, text)
            for words in (entry.definition,)
            if words
            for text in literals(words, languages)
        )
    yield URIRef(f"{scheme}#origin"), RDF.type, DCT.ProvenanceStatement
    yield URIRef(f"{scheme}#origin"), RDFS.label, Literal(codes.origin, lang="en")


def agent_triples(agents: Iterable[Agent], names: Names, languages: Sequence[str]) -> Iterator[Triple]:
    """Yield each organisation with its names."""
    for agent in agents:
        iri = URIRef(names.agent(agent))
        yield iri, RDF.type, FOAF.Agent
        yield from ((iri, FOAF.name, text) for text in literals(agent.name, languages))
        if agent.origin:
            yield iri, SKOS.note, Literal(agent.origin, lang="en")


def vocabulary_triples(terms: Iterable[Term], names: Names, languages: Sequence[str]) -> Iterator[Triple]:
    """Yield terms of the model's vocabulary: classes and properties that no standard vocabulary has."""
    yield from _vocabulary("ogp", TITLE, terms, names, languages)


def own_triples(publication: Publication, names: Names) -> Iterator[Triple]:
    """Yield the terms that a publication declares itself, called and explained as its datasets and columns are."""
    title = Message("Terms of the publication itself: {title}", title=publication.declaration.title)
    terms, languages = own_terms(publication), publication.declaration.page_languages
    return _vocabulary("own", title, terms, names, languages)


def own_terms(publication: Publication) -> list[Term]:
    """Return the classes and properties that a publication declares itself, each as it is first declared."""
    found: dict[str, Term] = {}
    for spec in publication.declaration.dataset:
        for curie, term in _declared(spec, publication.specs):
            prefix, _, name = curie.partition(":")
            if prefix == "own":
                found.setdefault(name, replace(term, name=name))
    return list(found.values())


def _declared(spec: DatasetSpec, specs: Mapping[str, DatasetSpec]) -> Iterator[tuple[str, Term]]:
    """Yield the class of a dataset and the properties of its columns as terms; `specs`: all datasets by name."""
    yield spec.type, Term(spec.type, "class", spec.title, spec.description)
    for column in spec.column:
        is_derived = origin(column, spec, specs) == "derived"
        yield column.rdf, Term(column.rdf, "property", column.title, column.description, derived=is_derived)


def _vocabulary(
    prefix: str, title: Text, terms: Iterable[Term], names: Names, languages: Sequence[str]
) -> Iterator[Triple]:
    ontology = URIRef(names.documents[prefix])
    yield ontology, RDF.type, OWL.Ontology
    yield from ((ontology, DCT.title, text) for text in literals(title, languages))
    for term in terms:
        yield from _term(URIRef(names.spaces[prefix] + term.name), term, ontology, names, languages)


def _term(iri: URIRef, term: Term, ontology: URIRef, names: Names, languages: Sequence[str]) -> Iterator[Triple]:
    is_class = term.kind == "class"
    yield iri, RDF.type, RDFS.Class if is_class else RDF.Property
    yield iri, RDFS.isDefinedBy, ontology
    yield from ((iri, RDFS.label, text) for text in literals(term.label, languages))
    yield from ((iri, RDFS.comment, text) for text in literals(term.definition, languages))
    if broader := expand(term.broader) if term.broader else None:
        yield iri, RDFS.subClassOf if is_class else RDFS.subPropertyOf, broader
    if term.derived:  # so that the linked data is marked, too
        yield iri, URIRef(f"{names.ogp}origin"), Literal("derived")
