"""Code lists, organisations and the `ogp` vocabulary -> triples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rdflib import Literal, URIRef
from rdflib.namespace import FOAF, OWL, RDF, RDFS, SKOS, XSD

from ogp_data.core.messages import Message
from ogp_data.core.names import Names
from ogp_data.core.publication import Publication
from ogp_data.core.rdf import Triple, literals
from ogp_data.core.shared import Agent, CodeList, Term
from ogp_data.core.vocab import DCT, expand
from ogp_data.tables.provides import origin


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


def vocabulary_triples(publication: Publication, names: Names) -> Iterator[Triple]:
    """Yield the `ogp` vocabulary: classes and properties that no standard vocabulary has."""
    # The document that defines the terms, so without the mark that parts it from a term's name.
    ontology = URIRef(names.ogp.rstrip("#/"))
    yield ontology, RDF.type, OWL.Ontology
    languages = publication.declaration.page_languages
    title = Message("Vocabulary for open government self-assessments")
    yield from ((ontology, DCT.title, text) for text in literals(title, languages))
    for term in publication.shared.terms.values():
        yield from _term(term, ontology, names, languages)
    yield from _derived(publication, names)


def _derived(publication: Publication, names: Names) -> Iterator[Triple]:
    """Yield which of our properties state what is derived, so that the linked data is marked, too."""
    specs = publication.specs
    derived = {c.rdf for spec in specs.values() for c in spec.column if origin(c, spec, specs) == "derived"}
    for curie in sorted(derived):
        # Of a property that is not ours nothing is said: dct:title is not derived because one of our columns is.
        if curie.startswith("ogp:"):
            yield URIRef(names.ogp + curie.removeprefix("ogp:")), URIRef(f"{names.ogp}origin"), Literal("derived")


def _term(term: Term, ontology: URIRef, names: Names, languages: Sequence[str]) -> Iterator[Triple]:
    iri = URIRef(names.ogp + term.name)
    is_class = term.kind == "class"
    yield iri, RDF.type, RDFS.Class if is_class else RDF.Property
    yield iri, RDFS.isDefinedBy, ontology
    yield from ((iri, RDFS.label, text) for text in literals(term.label, languages))
    yield from ((iri, RDFS.comment, text) for text in literals(term.definition, languages))
    if broader := expand(term.broader, names.ogp) if term.broader else None:
        yield iri, RDFS.subClassOf if is_class else RDFS.subPropertyOf, broader
