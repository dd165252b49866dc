"""A catalogue held to the rules and shapes of a profile, whoever made it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from ogp_data.checks import rules, shacl
from ogp_data.checks.catalogue import House
from ogp_data.core import resources
from ogp_data.core.findings import Finding
from ogp_data.core.graph import Graph
from ogp_data.core.namespaces import SH
from ogp_data.core.terms import RDF, RDFS
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


def hold(
    graph: Graph,
    lists: ValueLists,
    file: str,
    profile: Profile,
    shapes: Graph | None = None,
    allow_private: bool = False,
    house: House = "ours",
    today: date | None = None,
) -> Held:
    """Return what is wrong with a catalogue by the rules and shapes of a profile and of what is on top of it.

    The catalogue must say of what kind the things are that it names, or come with the background of the lists.
    `shapes` come in the place of ours. ShapesError when these cannot be applied.
    """
    ours = shacl.load_shapes(path for part in profile.whole for path in _shape_files(part))
    labels = shacl.property_labels(ours)
    found = rules.check_catalogue(graph, lists, file, profile, labels, allow_private, house, today)
    # That a vcard:Organization is a vcard:Kind, and the like: sh:class asks the data graph, not the vocabulary.
    whole = graph.with_statements(ox.Triple(below, RDFS.subClassOf, above) for below, above in AXIOMS)
    if shapes is not None and shapes.subjects(SH["class"], RDFS.Resource):
        # Everything is one, by RDFS; DCAT-AP-NL 3.0.0 and DCAT-AP HVD ask for it nevertheless.
        whole = whole.with_statements(
            ox.Triple(iri, RDF.type, RDFS.Resource) for iri in map(whole.find, whole.named()) if iri
        )
    # What is recommended and a list's own concept lacks is for the publisher of the list to add.
    is_listed = cache(lambda iri: lists.home(iri) is not None)
    outcome = shacl.validate(ours if shapes is None else shapes, whole).where(
        lambda result: result.severity == SH.Violation or not is_listed(result.focus.value)
    )
    judged = {fault.place for fault in found if fault.rule in OF_LISTS and fault.severity == "error"}
    for rules_of, results in _by_rules(outcome, profile, shapes is None):
        part = replace(outcome, results=results)
        found += shacl.told(part, f"{rules_of}-required", f"{rules_of}-recommended", file, labels, judged)
    return Held(found, outcome)


def _by_rules(outcome: shacl.Outcome, profile: Profile, is_ours: bool) -> list[tuple[str, list[shacl.Result]]]:
    """Return the results by whose rules they are told: those of the profile of each shape, which its IRI names."""
    if not is_ours:
        return [("shapes", list(outcome.results))]
    bases = {part.id: f"{SHAPES}{part.id}#" for part in profile.whole}
    return [
        (name, [result for result in outcome.results if result.shape.value.startswith(base)])
        for name, base in bases.items()
    ]


def _shape_files(profile: Profile) -> list[Path]:
    """Return the files of our shapes; `only-<version>.ttl` holds what that version alone asks."""
    files = sorted((resources.shapes() / profile.id).glob("*.ttl"))
    return [path for path in files if profile.asks_of(path.stem.partition("only-")[2])]
