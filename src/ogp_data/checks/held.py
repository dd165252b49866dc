"""A catalogue held to the rules and shapes of a profile, whoever made it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from ogp_data.checks import rules, shacl
from ogp_data.core import resources
from ogp_data.core.findings import Finding
from ogp_data.core.graph import Graph
from ogp_data.core.namespaces import SH
from ogp_data.core.terms import RDFS
from ogp_data.models.lists import AXIOMS, ValueLists
from ogp_data.models.profiles import Profile


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
) -> Held:
    """Return what is wrong with a catalogue by the rules and shapes of a profile.

    The catalogue must say of what kind the things are that it names, or come with the background of the lists.
    `shapes` come in the place of ours. ShapesError when these cannot be applied.
    """
    ours = shacl.load_shapes(_shape_files(profile))
    labels = shacl.property_labels(ours)
    found = rules.check_catalogue(graph, lists, file, profile, labels, allow_private)
    # That a vcard:Organization is a vcard:Kind, and the like: sh:class asks the data graph, not the vocabulary.
    whole = graph.with_statements(ox.Triple(below, RDFS.subClassOf, above) for below, above in AXIOMS)
    asked, prefix = (ours, profile.id) if shapes is None else (shapes, "shapes")
    # What is recommended and a list's own concept lacks is for the publisher of the list to add.
    is_listed = cache(lambda iri: lists.home(iri) is not None)
    outcome = shacl.validate(asked, whole).where(
        lambda result: result.severity == SH.Violation or not is_listed(result.focus.value)
    )
    found = [fault for fault in found if fault.severity != "warning" or not is_listed(fault.place.iri)]
    found += shacl.told(outcome, f"{prefix}-required", f"{prefix}-recommended", file, labels)
    return Held(found, outcome)


def _shape_files(profile: Profile) -> list[Path]:
    """Return the files of our shapes; `only-<version>.ttl` holds what that version alone asks."""
    files = sorted((resources.shapes() / profile.id).glob("*.ttl"))
    return [path for path in files if profile.asks_of(path.stem.partition("only-")[2])]
