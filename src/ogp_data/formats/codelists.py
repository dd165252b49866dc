"""Code lists, organisations and the `ogp` vocabulary -> triples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rdflib import Literal, URIRef
from rdflib.namespace import FOAF, OWL, RDF, RDFS, SKOS, XSD

from ogp_data.core.names import Names
from ogp_data.core.publication import Publication
from ogp_data.core.rdf import Triple
from ogp_data.core.shared import Agent, CodeList, Term
from ogp_data.core.vocab import DCT, expand
from ogp_data.core.words import Words
from ogp_data.tables.provides import origin


def texts(words: Words) -> Iterator[Literal]:
    """Yield a text in each language, Dutch first."""
    return (Literal(text, lang=language) for language, text in words)


def codelist_triples(codes: CodeList, names: Names) -> Iterator[Triple]:
    """Yield a code list as a SKOS concept scheme, https://www.w3.org/TR/skos-reference/."""
    scheme = URIRef(names.concept(codes.id))
    yield scheme, RDF.type, SKOS.ConceptScheme
    yield from ((scheme, DCT.title, text) for text in texts(codes.title))
    yield from ((scheme, DCT.description, text) for text in texts(codes.description))
    yield scheme, DCT.provenance, URIRef(f"{scheme}#origin")
    yield scheme, DCT.issued, Literal(codes.established.isoformat(), datatype=XSD.date)
    concepts = [(entry, URIRef(names.concept(codes.id, entry.code))) for entry in codes.concept]
    yield from ((scheme, SKOS.hasTopConcept, concept) for _, concept in concepts)
    for entry, concept in concepts:
        yield concept, RDF.type, SKOS.Concept
        yield concept, SKOS.inScheme, scheme
        yield concept, SKOS.topConceptOf, scheme
        yield concept, SKOS.notation, Literal(entry.code)
        yield from ((concept, SKOS.prefLabel, text) for text in texts(entry.label))
        yield from ((concept, SKOS.definition, text) for words in (entry.definition,) if words for text in texts(words))
    yield URIRef(f"{scheme}#origin"), RDF.type, DCT.ProvenanceStatement
    yield URIRef(f"{scheme}#origin"), RDFS.label, Literal(codes.origin, lang="en")


def agent_triples(agents: Iterable[Agent], names: Names) -> Iterator[Triple]:
    """Yield each organisation with its names."""
    for agent in agents:
        iri = URIRef(names.agent(agent))
        yield iri, RDF.type, FOAF.Agent
        yield from ((iri, FOAF.name, text) for text in texts(agent.name))
        if agent.origin:
            yield iri, SKOS.note, Literal(agent.origin, lang="en")


def vocabulary_triples(publication: Publication, names: Names) -> Iterator[Triple]:
    """Yield the `ogp` vocabulary: classes and properties that no standard vocabulary has."""
    # The document that defines the terms, so without the mark that parts it from a term's name.
    ontology = URIRef(names.ogp.rstrip("#/"))
    yield ontology, RDF.type, OWL.Ontology
    yield ontology, DCT.title, Literal("Vocabulaire voor zelfevaluaties van open overheid", lang="nl")
    yield ontology, DCT.title, Literal("Vocabulary for open government self-assessments", lang="en")
    for term in publication.shared.terms.values():
        yield from _term(term, ontology, names)
    yield from _derived(publication, names)


def _derived(publication: Publication, names: Names) -> Iterator[Triple]:
    """Yield which of our properties state what is derived, so that the linked data is marked, too."""
    specs = publication.specs
    derived = {c.rdf for spec in specs.values() for c in spec.column if origin(c, spec, specs) == "derived"}
    for curie in sorted(derived):
        # Of a property that is not ours nothing is said: dct:title is not derived because one of our columns is.
        if curie.startswith("ogp:"):
            yield URIRef(names.ogp + curie.removeprefix("ogp:")), URIRef(f"{names.ogp}origin"), Literal("derived")


def _term(term: Term, ontology: URIRef, names: Names) -> Iterator[Triple]:
    iri = URIRef(names.ogp + term.name)
    is_class = term.kind == "class"
    yield iri, RDF.type, RDFS.Class if is_class else RDF.Property
    yield iri, RDFS.isDefinedBy, ontology
    yield from ((iri, RDFS.label, text) for text in texts(term.label))
    yield from ((iri, RDFS.comment, text) for text in texts(term.definition))
    if broader := expand(term.broader, names.ogp) if term.broader else None:
        yield iri, RDFS.subClassOf if is_class else RDFS.subPropertyOf, broader
