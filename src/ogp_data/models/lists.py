"""The lists of values that DCAT-AP-NL prescribes: membership, labels and types.

They stand in shapes/dcat-ap-nl/value-lists.toml. Validation needs to know that, say, the EU's CSV is a
dct:MediaTypeOrExtent; a catalogue only names its IRI.
"""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from rdflib import Literal, URIRef
from rdflib.namespace import FOAF, RDF, RDFS, SKOS
from rdflib.term import Node

from ogp_data.core.vocab import DCAT, DCT, VCARD, expand

Triple = tuple[Node, Node, Node]

# Not here: dcat:Catalog as subclass of dcat:Dataset. DCAT says so, but catalogues would then be held to what
# DCAT-AP-NL asks of datasets.
AXIOMS: tuple[tuple[URIRef, URIRef], ...] = (
    (DCAT.Dataset, DCAT.Resource),
    (DCAT.DataService, DCAT.Resource),
    (DCAT.DatasetSeries, DCAT.Resource),
    (VCARD.Organization, VCARD.Kind),
    (VCARD.Individual, VCARD.Kind),
    (FOAF.Organization, FOAF.Agent),
    (DCT.MediaType, DCT.MediaTypeOrExtent),
)
"""Class and superclass, from DCAT 3, vCard, FOAF and Dublin Core."""


@dataclass(frozen=True, slots=True)
class Concept:
    """One value of a list. `nl` is empty where the table has no Dutch label."""

    iri: URIRef
    code: str
    en: str
    nl: str = ""
    exact_match: tuple[URIRef, ...] = ()

    def labels(self) -> Iterator[Literal]:
        """Yield the label in each language there is, Dutch first."""
        return (Literal(text, lang=lang) for lang, text in (("nl", self.nl), ("en", self.en)) if text)


@dataclass(frozen=True)
class ValueList:
    """A list, its concepts by IRI, and the class that a property's range asks of them."""

    id: str
    scheme: URIRef
    base: str
    title_nl: str
    title_en: str
    source: str
    retrieved: datetime.date
    concepts: Mapping[URIRef, Concept]
    kind: URIRef | None = None
    pattern: str = ""
    complete: bool = False

    def __contains__(self, iri: Node) -> bool:
        """Return whether the list holds the IRI, as a concept or because its code fits the pattern."""
        return iri in self.concepts or (self.pattern != "" and self._fits(str(iri)))

    def _fits(self, iri: str) -> bool:
        code = iri.removeprefix(self.base)
        return code != iri and re.fullmatch(self.pattern, code) is not None

    def triples(self) -> Iterator[Triple]:
        """Yield the list as a concept scheme: its titles, and each concept's types, scheme and labels."""
        return self.described(self.concepts)

    def described(self, iris: Iterable[URIRef]) -> Iterator[Triple]:
        """Yield the list as a concept scheme with some of its concepts; KeyError when one is not in it."""
        yield self.scheme, RDF.type, SKOS.ConceptScheme
        yield self.scheme, DCT.title, Literal(self.title_nl, lang="nl")
        yield self.scheme, DCT.title, Literal(self.title_en, lang="en")
        for iri in iris:
            yield from self._described(self.concepts[iri])

    def _described(self, concept: Concept) -> Iterator[Triple]:
        for kind in filter(None, (SKOS.Concept, self.kind)):
            yield concept.iri, RDF.type, kind
        yield concept.iri, SKOS.inScheme, self.scheme
        for label in concept.labels():
            yield concept.iri, SKOS.prefLabel, label


@dataclass(frozen=True)
class ValueLists:
    """All lists, by id."""

    lists: Mapping[str, ValueList] = field(default_factory=dict)

    def __getitem__(self, list_id: str) -> ValueList:
        """Return the list of this id; KeyError when there is none."""
        return self.lists[list_id]

    @cached_property
    def _homes(self) -> dict[Node, tuple[ValueList, Concept]]:
        return {iri: (values, concept) for values in self.lists.values() for iri, concept in values.concepts.items()}

    def concept(self, iri: Node) -> Concept | None:
        """Return what is known of an IRI: code and labels."""
        home = self._homes.get(iri)
        return home[1] if home else None

    def home(self, iri: Node) -> ValueList | None:
        """Return the list, thus the scheme and class, of an IRI."""
        home = self._homes.get(iri)
        return home[0] if home else None

    def label(self, iri: Node, language: str = "en") -> str:
        """Return an IRI's label; English where there is no Dutch one, "" when the IRI is in no list."""
        concept = self.concept(iri)
        if concept is None:
            return ""
        return (concept.nl if language == "nl" else "") or concept.en

    def background(self) -> Iterable[Triple]:
        """Yield what a validator must know besides the catalogue: the lists and the axioms."""
        for below, above in AXIOMS:
            yield below, RDFS.subClassOf, above
        for values in self.lists.values():
            yield from values.triples()


def load_lists(path: Path) -> ValueLists:
    """Return the lists of a TOML file; KeyError, ValueError or TypeError when it is not as it should be."""
    tables: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))["list"]
    lists = [_value_list(table) for table in tables]
    return ValueLists({values.id: values for values in lists})


def _value_list(table: dict[str, Any]) -> ValueList:
    base = table.get("base", table["scheme"] + "/")
    concepts = [_concept(base, entry) for entry in table["concepts"]]
    return ValueList(
        id=table["id"],
        scheme=URIRef(table["scheme"]),
        base=base,
        title_nl=table["title"]["nl"],
        title_en=table["title"]["en"],
        source=table["source"],
        retrieved=table["retrieved"],
        concepts={concept.iri: concept for concept in concepts},
        kind=_class(table.get("class", "")),
        pattern=table.get("pattern", ""),
        complete=table.get("complete", False),
    )


def _concept(base: str, entry: dict[str, Any]) -> Concept:
    iri = URIRef(entry.get("iri", base + entry["code"]))
    matches = tuple(map(URIRef, entry.get("exactMatch", ())))
    return Concept(iri, entry["code"], entry["en"], entry.get("nl", ""), matches)


def _class(curie: str) -> URIRef | None:
    if not curie:
        return None
    iri = expand(curie, "")
    if iri is None:
        raise ValueError(f"the class {curie} is in no vocabulary of this project")
    return iri
