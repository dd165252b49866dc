"""A catalogue held to the rules and shapes of a profile, whoever made it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, partial
from pathlib import Path

import pyoxigraph as ox

from ogp_data.checks import rules, shacl
from ogp_data.checks.alike import Alike, Kind
from ogp_data.checks.catalogue import House
from ogp_data.checks.shacl.engine import Asked
from ogp_data.core import resources
from ogp_data.core.findings import Finding
from ogp_data.core.graph import Graph
from ogp_data.core.messages import Message
from ogp_data.core.namespaces import DCAT, DCT, SH, curie
from ogp_data.core.terms import RDF, RDFS, Iri, Term
from ogp_data.models.lists import AXIOMS, ValueLists
from ogp_data.models.profiles import Profile

SHAPES = "https://example.org/shapes/"
"""Below which our shapes have their IRIs, those of a profile below its name."""

OF_LISTS = {"authority-scheme", "unlisted-licence", "value-list"}
"""The rules by which a value is none of the list that its property takes values from."""


@dataclass(frozen=True, slots=True)
class Held:
    """What is wrong with a catalogue, and what the shapes found in it."""

    findings: list[Finding]
    outcome: shacl.Outcome
    note: Message | None = None
    """How many findings were counted only, since so many are alike."""


def hold(
    graph: Graph,
    lists: ValueLists,
    file: str,
    profile: Profile,
    shapes: Graph | None = None,
    allow_private: bool = False,
    house: House = "ours",
    today: date | None = None,
    known: Sequence[ox.Triple] = (),
) -> Held:
    """Return what is wrong with a catalogue by the rules and shapes of a profile and of what is on top of it.

    The catalogue must say of what kind the things are that it names, or come with what is `known` of them besides.
    `shapes` come in the place of ours. ShapesError when these cannot be applied.
    """
    # A graph of its own, because shapes look up labels and classes of concepts, and the scores must not count them as
    # the catalogue's.
    catalogue, graph = graph, graph.with_statements(known)
    ours = shacl.load_shapes(path for part in profile.whole for path in _shape_files(part))
    labels = shacl.property_labels(ours)
    sentences = shacl.property_sentences(ours)
    alike = Alike()
    found = rules.check_catalogue(graph, lists, file, profile, labels, allow_private, house, today, sentences, alike)
    # That a vcard:Organization is a vcard:Kind, and the like: sh:class asks the data graph, not the vocabulary.
    whole = graph.with_statements(_axioms())
    if shapes is not None and shapes.subjects(SH["class"], RDFS.Resource):
        # Everything is one, by RDFS; DCAT-AP-NL 3.0.0 and DCAT-AP HVD ask for it nevertheless.
        whole = whole.with_statements(
            ox.Triple(iri, RDF.type, RDFS.Resource) for iri in map(whole.find, whole.named()) if iri
        )
    # What is recommended and a list's own concept lacks is for the publisher of the list to add.
    is_listed = cache(lambda iri: lists.home(iri) is not None)
    asked = Asking(catalogue, ours if shapes is None else shapes, known)
    outcome = shacl.validate(asked.shapes, whole).where(
        lambda result: (
            (result.severity == SH.Violation or not is_listed(result.focus.value))
            and asked.of(result.focus, result.shape)
        )
    )
    judged = {fault.place for fault in found if fault.rule in OF_LISTS and fault.severity == "error"}
    meant = _meant(profile, lists)
    for rules_of, results in _by_rules(outcome, profile, shapes is None):
        names = {True: f"{rules_of}-required", False: f"{rules_of}-recommended"}
        part = replace(outcome, results=list(alike.first(results, partial(_kind, names))))
        found += shacl.told(part, names[True], names[False], file, labels, judged, meant)
    return Held(found, outcome, alike.note)


def _kind(names: Mapping[bool, str], result: shacl.Result) -> Kind:
    """Return by which rule a result is told, and of which property."""
    return names[result.severity == SH.Violation], curie(result.path.value) if isinstance(result.path, Iri) else ""


def _meant(profile: Profile, lists: ValueLists) -> shacl.Meant:
    """Return what tells which value of the lists of a property a text stands for: a code, a label, an IRI."""
    names = {
        **profile.lists,
        DCT.license.value: profile.licence.lists,
        DCT.spatial.value: profile.places,
        DCAT.theme.value: (profile.themes,),
    }

    def meant(path: Term | None, text: str) -> str:
        for name in filter(None, names.get(path.value, ()) if isinstance(path, Iri) else ()):
            # A code is what it says, although other things may have it as a label or an extension: JSON.
            exact = lists[name].of_code(text) or lists[name].of_code(text.upper())
            near = [text] if text in lists[name] else [each.iri for each in [exact] if each]
            near = near or [concept.iri for concept in lists[name].nearest(text)]
            if near:
                return near[0] if len(near) == 1 else ""
        return ""

    return meant


class Asking:
    """Tells what shapes ask of a thing by what the catalogue itself calls it, not by a class that we know it has.

    A register's organisation is an agent where something is published by it; whoever says that it is a place, or just
    what it is called, did not undertake to describe an agent.
    """

    def __init__(self, catalogue: Graph, shapes: Graph, known: Iterable[ox.Triple]) -> None:
        """Take what the catalogue says, the shapes, and what is known besides."""
        self.shapes = shapes
        self._known = {triple.subject for triple in known}
        self._own = Asked(catalogue.with_statements(_axioms()))
        self._targets = cache(self._targeted)

    def of(self, focus: Term, shape: Term) -> bool:
        """Return whether a shape is about a thing by the catalogue's own words."""
        if focus not in self._known:
            return True
        kinds, number = self._targets(shape), self._own.graph.number(focus)
        return not kinds or any(number in self._own.instances(kind) for kind in kinds)

    def _targeted(self, shape: Term) -> set[Iri]:
        """Return the classes that a shape is about, by itself or by the shapes that it is a property of."""
        whole, todo = {shape}, [shape]
        while todo:
            new = set(self.shapes.subjects(SH.property, todo.pop())) - whole
            whole |= new
            todo += new
        kinds = {kind for each in whole for kind in self.shapes.objects(each, SH.targetClass)}
        kinds |= {each for each in whole if self.shapes.has(each, RDF.type, RDFS.Class)}
        return {kind for kind in kinds if isinstance(kind, Iri)}


def _axioms() -> Iterator[ox.Triple]:
    return (ox.Triple(below, RDFS.subClassOf, above) for below, above in AXIOMS)


def _by_rules(outcome: shacl.Outcome, profile: Profile, is_ours: bool) -> list[tuple[str, list[shacl.Result]]]:
    """Return the results by whose rules they are told: those of the profile of each shape, which its IRI names.

    What a profile asks that is on top of another, and which that asks as well, is told of the one below alone.
    """
    if not is_ours:
        return [("shapes", list(outcome.results))]
    by_rules, below = [], set[tuple[object, ...]]()
    for part in profile.whole:
        of_part = [each for each in outcome.results if each.shape.value.startswith(f"{SHAPES}{part.id}#")]
        by_rules.append((part.id, [each for each in of_part if _broken(each) not in below]))
        if part is not profile.whole[-1]:
            below |= set(map(_broken, of_part))
    return by_rules


def _broken(result: shacl.Result) -> tuple[object, ...]:
    return result.focus, result.path, result.value, result.component, result.severity


def _shape_files(profile: Profile) -> list[Path]:
    """Return the files of our shapes; `only-<version>.ttl` holds what that version alone asks."""
    files = sorted((resources.shapes() / profile.id).glob("*.ttl"))
    return [path for path in files if profile.asks_of(path.stem.partition("only-")[2])]
