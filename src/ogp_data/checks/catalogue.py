"""What the rules read: a catalogue with the lists and the profile that it is held to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from ogp_data.checks.places import Labels, Places
from ogp_data.core.findings import Finding, finding, rules
from ogp_data.core.graph import LOW, SHIFT, Graph
from ogp_data.core.namespaces import ADMS, DCAT, DCT, FOAF, GEO, LOCN, SPDX, VCARD
from ogp_data.core.terms import RDF, Iri, Term
from ogp_data.models.lists import ValueLists
from ogp_data.models.profiles import Profile, load_profile

Sentences = Mapping[tuple[str, str], tuple[str, str]]
"""Class and property -> address and number of what a profile says of it; class "": wherever it stands."""

House = Literal["ours", "told", "untold"]
"""What becomes of house rules: they count in our own publications; of others they are told as info, or not."""

KINDS = (
    DCAT.Catalog,
    DCAT.CatalogRecord,
    DCAT.Dataset,
    DCAT.DatasetSeries,
    DCAT.DataService,
    DCAT.Distribution,
    FOAF.Agent,
    FOAF.Organization,
    VCARD.Kind,
    DCT.Location,
    DCT.PeriodOfTime,
    SPDX.Checksum,
)
"""The classes that profiles are about."""
LEADING = (
    DCAT.catalog,
    DCAT.record,
    DCAT.dataset,
    DCAT.inSeries,
    DCAT.service,
    DCAT.accessService,
    DCAT.distribution,
    ADMS.sample,
    DCAT.contactPoint,
    SPDX.checksum,
)
"""The properties that lead to what profiles are about, whatever has them, and whatever class it is given, or none."""
SHARED = (DCT.publisher, DCT.creator, DCAT.theme, DCT.spatial, DCT.temporal, LOCN.geometry, GEO.hasGeometry)
"""Those that all kinds of things have: they lead to it only from what profiles are about, in this order."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a value, whatever has it: the rule, the message, and the fix."""

    rule: str
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What a rule reads: the graph, the lists, the profile to check by, and how findings name places.

    `allow_private` lets addresses be of a network of one's own, `today` is the day of the run, `sentences` is what the
    profile says of each property.
    """

    graph: Graph
    lists: ValueLists
    file: str = ""
    profile: Profile = field(default_factory=load_profile)
    labels: Labels = field(default_factory=dict)
    allow_private: bool = False
    today: date = field(default_factory=date.today)
    sentences: Sentences = field(default_factory=dict)
    places: Places = field(init=False, compare=False, repr=False)
    """Where findings are: it remembers what things are called, for a thing has many faults."""
    _meant: set[int] = field(default_factory=set, init=False, compare=False, repr=False)
    """The numbers of what profiles are about: a vocabulary or a page described beside it is not held to them."""

    def __post_init__(self) -> None:
        """Prepare the places, and find what the profile is about."""
        graph = self.graph
        object.__setattr__(self, "places", Places(graph, self.file, self.labels))
        for kind in KINDS:
            self._meant.update(graph.subjects_of(graph.number(RDF.type), graph.number(kind)))
        for term in LEADING:
            self._meant.update(each & LOW for each in graph.column(graph.number(term)))
        for term in SHARED:
            self._meant.update([each & LOW for each in self.column(term)])

    def fault(self, rule: str, subject: Term, term: Iri, message: str, hint: str = "") -> Finding:
        """Return a finding about one property of one resource, as grave as the profile says."""
        told = finding(rule, message, self.places.of(subject, term.value), hint)
        norm, clause = self.profile.norms.get(rule, (told.norm, told.clause))
        severity = self.profile.severity(rule, term.value, told.severity)
        if rules()[rule].by_property and self.sentences:
            norm, clause = self._sentence(subject, term)
            # What no sentence of the profile is about, it does not forbid.
            severity = severity if norm else "warning"
        return replace(told, severity=severity, norm=norm, clause=clause)

    def _sentence(self, subject: Term, term: Iri) -> tuple[str, str]:
        """Return address and number of what the profile says of a property there, or of it anywhere; or nothing."""
        kinds = sorted(kind.value for kind in self.graph.objects(subject, RDF.type))
        found = (self.sentences.get((kind, term.value)) for kind in [*kinds, ""])
        return next((each for each in found if each), ("", ""))

    def faults(self, term: Iri, judge: Callable[[Term], Fault | None]) -> Iterator[Finding]:
        """Yield what is wrong with a property of what profiles are about; a value is judged once, whatever has it."""
        column = self.graph.column(self.graph.number(term))
        judged = ((number, judge(self.graph.term(number))) for number in {each & LOW for each in column})
        if faulty := {number: fault for number, fault in judged if fault}:
            for each in self.column(term):
                if fault := faulty.get(each & LOW):
                    yield self.fault(fault.rule, self.graph.term(each >> SHIFT), term, fault.message, fault.hint)

    def values(self, terms: Iterable[Iri]) -> Iterator[tuple[Term, Iri, Term]]:
        """Yield subject, property and value of what profiles are about, with these properties."""
        for term in terms:
            yield from ((subject, term, value) for subject, value in self.pairs(term))

    def pairs(self, term: Iri) -> Iterator[tuple[Term, Term]]:
        """Yield each value of a property with what has it, of what profiles are about."""
        for each in self.column(term):
            yield self.graph.term(each >> SHIFT), self.graph.term(each & LOW)

    def groups(self, term: Iri) -> Iterator[tuple[Term, list[Term]]]:
        """Yield what has a property with all its values, of what profiles are about."""
        return ((one, values) for one, values in self.graph.groups(term) if self.graph.number(one) in self._meant)

    def column(self, term: Iri) -> Iterator[int]:
        """Return the statements of a property whose subjects profiles are about, as numbers."""
        return (each for each in self.graph.column(self.graph.number(term)) if each >> SHIFT in self._meant)

    def all(self, kind: Iri) -> list[Term]:
        """Return the resources of a class."""
        return self.graph.instances(kind)
