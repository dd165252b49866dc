"""A catalogue as the scores look at it: its datasets with their files, and which resources have what.

Whatever is asked of a property is asked of its whole column at once and answered with the resources that pass, so that
a score is a matter of sets: 10,000 datasets take no longer than their statements.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from ogp_data.checks.owners import Owners
from ogp_data.checks.places import Names
from ogp_data.core.graph import LOW, SHIFT, Graph
from ogp_data.core.namespaces import DCAT, DCT, SKOS
from ogp_data.core.terms import Blank, Iri, Literal, Term
from ogp_data.models.licences import Licences
from ogp_data.models.lists import Concept, ValueLists

Answers = Mapping[str, int]
"""Address -> HTTP status of a probe; 0 when nothing answered."""
Resources = Collection[int]
"""Which resources of a graph pass a test, by their numbers."""

ADDRESSES = (DCAT.accessURL, DCAT.downloadURL)


@dataclass(frozen=True, eq=False)
class View:
    """A graph with what is needed to score it: value lists, what breaks DCAT-AP, the day, a probe's answers.

    `faulty` are the resources that break DCAT-AP's own shapes, `dutch` those that break DCAT-AP-NL, None where nobody
    looked.
    """

    graph: Graph
    lists: ValueLists
    as_of: date
    faulty: Collection[Term] = ()
    dutch: Collection[Term] | None = None
    answers: Answers | None = None
    _having: dict[Iri, frozenset[int]] = field(default_factory=dict)
    _concepts: dict[tuple[str, str], Concept | None] = field(default_factory=dict)

    @cached_property
    def owners(self) -> Owners:
        """Return whose each resource is."""
        return Owners(self.graph)

    @cached_property
    def datasets(self) -> tuple[int, ...]:
        """Return the datasets, by name."""
        # Sorted, since the order of a graph changes from run to run and the order of reasons must not.
        return tuple(sorted(self.owners.datasets, key=self.name))

    @cached_property
    def names(self) -> Names:
        """Return what the things are called that have no IRI."""
        return Names(self.graph)

    def name(self, resource: int) -> str:
        """Return the IRI of a resource, or what it is when it has none, as a finding's place does."""
        term = self.graph.term(resource)
        return term.value if isinstance(term, Iri) else self.names.of(term)

    def first(self, files: Sequence[int]) -> int:
        """Return one of some files, the same whatever the order of the graph: the first by IRI, else by what it has."""
        if len(files) == 1:
            return files[0]
        known = {file: self._identity(file) for file in files}
        alike = [file for file in files if known[file] == min(known.values())]
        # Naming costs time, and files that are alike so far are rare.
        return alike[0] if len(alike) == 1 else min(alike, key=self.name)

    def _identity(self, file: int) -> tuple[str, list[str]]:
        # The name of a blank node is by chance: what files without IRI have tells them apart, or nothing does.
        told = (DCT["format"], DCAT.mediaType, *ADDRESSES)
        values = [_text(value) for predicate in told for value in self.values(file, predicate)]
        return _text(self.graph.term(file)), values

    @cached_property
    def files(self) -> Mapping[int, list[int]]:
        """Return dataset -> its distributions, of all datasets that have one."""
        found: dict[int, list[int]] = {}
        for each in self._column(DCAT.distribution):
            if not isinstance(self.graph.term(each & LOW), Literal):
                found.setdefault(each >> SHIFT, []).append(each & LOW)
        return {dataset: files for dataset, files in found.items() if dataset in self.owners.datasets}

    def _column(self, predicate: Iri) -> Collection[int]:
        return self.graph.column(self.graph.number(predicate))

    def having(self, *predicates: Iri) -> Resources:
        """Return the resources that have a value for one of the properties."""
        first, *others = map(self._with, predicates)
        return first.union(*others) if others else first

    def _with(self, predicate: Iri) -> frozenset[int]:
        if predicate not in self._having:
            self._having[predicate] = frozenset(each >> SHIFT for each in self._column(predicate))
        return self._having[predicate]

    def some(self, predicate: Iri, test: Callable[[Term], bool]) -> set[int]:
        """Return the resources of which at least one value of a property passes a test."""
        fits = self._fits(predicate, test)
        return {each >> SHIFT for each in self._column(predicate) if each & LOW in fits}

    def every(self, predicate: Iri, test: Callable[[Term], bool]) -> set[int]:
        """Return the resources that have a property, and of which all values pass a test."""
        fits = self._fits(predicate, test)
        return set(self._with(predicate)) - {
            each >> SHIFT for each in self._column(predicate) if each & LOW not in fits
        }

    def _fits(self, predicate: Iri, test: Callable[[Term], bool]) -> set[int]:
        # Each value once: 30,000 files name a handful of formats.
        return {value for value in {each & LOW for each in self._column(predicate)} if test(self.graph.term(value))}

    def values(self, resource: int, predicate: Iri) -> list[Term]:
        """Return a property's values, in an order that does not depend on chance."""
        found = self.graph.values_of(resource, self.graph.number(predicate))
        return sorted(map(self.graph.term, found), key=str)

    def with_files(self, files: Resources, *, all_of_them: bool = False) -> set[int]:
        """Return the datasets of which one of some files is one, or to which only such files belong."""
        held = all if all_of_them else any
        return {dataset for dataset, own in self.files.items() if held(file in files for file in own)}

    def of_class(self, *kinds: Iri) -> set[int]:
        """Return the resources of one of the classes."""
        return {self.graph.number(thing) for kind in kinds for thing in self.graph.instances(kind)}

    # Lists -------------------------------------------------------------------------------------------------

    def concept(self, value: Term, list_id: str) -> Concept | None:
        """Return what a list knows of a value, None where it does not have it."""
        if not isinstance(value, Iri):
            return None
        where = (list_id, value.value)
        if where not in self._concepts:
            # Portals hold IANA's addresses with http as well.
            iri = value.value.replace("http://www.iana.org/", "https://www.iana.org/", 1)
            self._concepts[where] = self.lists[list_id].get(iri)
        return self._concepts[where]

    def listed(self, predicate: Iri, list_id: str) -> set[int]:
        """Return the resources that have a property, with values of a list only."""
        return self.every(predicate, lambda value: self.concept(value, list_id) is not None)

    def file_type(self, word: str) -> set[int]:
        """Return the files with a type that data.europa.eu calls so: "machine-readable" or "non-proprietary"."""

        def is_called(value: Term) -> bool:
            concept = self.concept(value, "file-type")
            return concept is not None and word in concept.facts["mqa"].split()

        return self.some(DCT["format"], is_called)

    @cached_property
    def licences(self) -> Licences:
        """Return the licences of the lists."""
        return Licences(self.lists)

    def is_known(self, licence: Term) -> bool:
        """Return whether the EU's table of licences has this one, by its IRI or by a web address."""
        return isinstance(licence, Iri) and self.licences.is_known(licence.value)

    @cached_property
    def matched(self) -> set[int]:
        """Return the licences that the catalogue itself says to be the same as one of the EU's table."""
        return self.some(SKOS.exactMatch, self.is_known)

    # A probe -----------------------------------------------------------------------------------------------

    def answering(self, predicate: Iri) -> set[int]:
        """Return the resources of which all addresses answered a probe with a status of 200 to 399."""
        answers = self.answers or {}
        return self.every(predicate, lambda address: 200 <= answers.get(address.value, 0) < 400)

    def addresses(self) -> list[str]:
        """Return every address that a probe is to ask."""
        files = {file for own in self.files.values() for file in own}
        pairs = ((each >> SHIFT, each & LOW) for predicate in ADDRESSES for each in self._column(predicate))
        return sorted({self.graph.term(address).value for file, address in pairs if file in files})


def _text(term: Term) -> str:
    return "" if isinstance(term, Blank) else str(term)
