"""Terms of RDF as pyoxigraph has them, and vocabularies of them: what checks any catalogue imports no larger library.

`ogp_data.core.vocab` has the same vocabularies as rdflib's terms, for what describes our own data.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

Iri = ox.NamedNode
Blank = ox.BlankNode
Literal = ox.Literal
Term = ox.NamedNode | ox.BlankNode | ox.Literal
"""What stands in a statement; statements about statements (RDF 1.2) are refused before."""


class Vocabulary:
    """The terms of a namespace, closed: a term that its specification does not have raises instead of passing."""

    def __init__(self, base: str, terms: str) -> None:
        """Take the namespace and its terms, separated by white space."""
        self.base = base
        self._terms = dict.fromkeys(terms.split(), None)
        self._made: dict[str, Iri] = {}

    def __getattr__(self, name: str) -> Iri:
        """Return the term of a name; AttributeError when the vocabulary does not have it."""
        term = self.__dict__[name] = self[name]  # from now on it is found without asking here
        return term

    def __getitem__(self, name: str) -> Iri:
        """Return the term of a name, which may be one that Python does not allow: DCT["format"]."""
        if name not in self._made:
            if name not in self._terms:
                raise AttributeError(f"<{self.base}{name}> is no term of the vocabulary")
            self._made[name] = Iri(self.base + name)
        return self._made[name]

    def __contains__(self, term: Iri) -> bool:
        """Return whether an IRI is one of the terms."""
        return term.value.startswith(self.base) and term.value[len(self.base) :] in self._terms

    def __iter__(self) -> Iterator[str]:
        """Yield the names of the terms."""
        return iter(self._terms)


RDF = Vocabulary(
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "type first rest nil List Property langString wktLiteral"
)
RDFS = Vocabulary(
    "http://www.w3.org/2000/01/rdf-schema#",
    "Class Datatype Literal Resource subClassOf label comment seeAlso isDefinedBy",
)
XSD = Vocabulary(
    "http://www.w3.org/2001/XMLSchema#",
    "string boolean decimal integer nonNegativeInteger positiveInteger long int double float date dateTime"
    " dateTimeStamp gYear gYearMonth gMonth gDay time duration dayTimeDuration yearMonthDuration anyURI hexBinary"
    " base64Binary language token",
)


def text(term: Term) -> str:
    """Return an IRI, the name of a blank node, or the lexical form of a literal."""
    return term.value
