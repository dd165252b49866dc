"""The official shapes as an oracle: what they find in a catalogue that they see as we do, and what only ours find.

The official files are no part of this repository: `needs_official` skips what needs them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from ogp_data.checks import foreign, shacl
from ogp_data.checks.background import background
from ogp_data.core import resources
from ogp_data.core.findings import Finding
from ogp_data.core.graph import Graph
from ogp_data.core.namespaces import SH, curie
from ogp_data.core.terms import RDF, RDFS, Iri, Literal, Term
from ogp_data.models.lists import AXIOMS, ValueLists, load_lists
from ogp_data.models.profiles import held_to
from test_shapes_dcat_ap_nl import OFFICIAL, STANDARDS

FULL = STANDARDS / "dcat-ap-nl-3.0.1" / "dcat-ap-SHACL.ttl"
EU = [STANDARDS / "dcat-ap-eu-3.0.1" / f"{name}.ttl" for name in ("shapes", "range", "shapes_recommended")]
FILES: dict[str, list[Path]] = {
    "dcat-ap-nl-3.0.1": [
        STANDARDS / "dcat-ap-nl-3.0.1" / name for name in (*OFFICIAL, "dcat-ap-nl-SHACL-aanbevolen.ttl")
    ],
    "dcat-ap-nl-3.0.0": [STANDARDS / "dcat-ap-nl-3.0.0" / name for name in OFFICIAL],
    "dcat-ap": [*EU, FULL],
    "dcat-ap-hvd": [STANDARDS / "dcat-ap-hvd-3.0.0" / "hvd-SHACL.ttl", FULL],
}
"""Profile -> the official files that say what it asks."""

Spot = tuple[str, str]
"""A thing, "" where it has no IRI, and a property."""


@dataclass(frozen=True)
class Compared:
    """What both found in a catalogue: where the official shapes find errors and warnings, and what ours found."""

    errors: frozenset[Spot]
    warnings: frozenset[Spot]
    findings: tuple[Finding, ...]

    @property
    def missed(self) -> set[Spot]:
        """Return where the official shapes find an error and ours none; nameless things are compared by nobody."""
        ours = {spot(found) for found in self.findings if found.severity == "error"}
        return {each for each in self.errors - ours if each[0]}

    @property
    def unwarned(self) -> set[Spot]:
        """Return where the official shapes find something and ours nothing."""
        return {each for each in self.warnings - set(map(spot, self.findings)) if each[0]}

    @property
    def beyond(self) -> list[Finding]:
        """Return the errors of ours where the official shapes find none."""
        return [found for found in self.findings if found.severity == "error" and spot(found) not in self.errors]


def spot(found: Finding) -> Spot:
    """Return where a finding is."""
    return found.place.iri, found.place.property


@cache
def lists() -> ValueLists:
    """Return the value lists, read once."""
    return load_lists(resources.value_lists())


@cache
def official(profile: str) -> Graph:
    """Return the official shapes of a profile, without what the files themselves leave hanging or contradict.

    shapes.ttl wants locn:geometry to be a literal, the full file and the text a thing.
    """
    shapes, _ = shacl.without_dangling(shacl.load_shapes(FILES[profile]))
    contradicted = {
        shape
        for shape, path in shapes.pairs(SH.path)
        if curie(path.value) == "locn:geometry" and shapes.has(shape, SH.nodeKind, SH.Literal)
    }
    return Graph.of(
        ox.Triple(s, p, o) for s, p, o in shapes.statements() if not (s in contradicted and p == SH.nodeKind)
    )


def seen(graph: Graph) -> Graph:
    """Return a catalogue as our shapes see it: with the background of the lists, and everything a rdfs:Resource."""
    whole = graph.with_statements(background(graph, lists()))
    whole = whole.with_statements(ox.Triple(below, RDFS.subClassOf, above) for below, above in AXIOMS)
    things = {value for _, _, value in whole.statements() if not isinstance(value, Literal)}
    return whole.with_statements(ox.Triple(thing, RDF.type, RDFS.Resource) for thing in things)


def compare(statements: Iterable[ox.Triple], profile: str) -> Compared:
    """Return what the official shapes and our checks of a profile find in a catalogue."""
    graph = Graph.of(statements)
    own = {subject for subject, _, _ in graph.statements()}
    results = [each for each in shacl.validate(official(profile), seen(graph)).results if each.focus in own]
    grave = frozenset(_spot(each.focus, each.path) for each in results if each.severity == SH.Violation)
    # What a list's own concept lacks is for its publisher to add.
    others = frozenset(_spot(each.focus, each.path) for each in results if lists().home(each.focus.value) is None)
    found = foreign.held(graph, lists(), "x.ttl", held_to([profile])).findings
    return Compared(grave, others, tuple(found))


def _spot(focus: Term, path: object) -> Spot:
    return (focus.value if isinstance(focus, Iri) else "", curie(path.value) if isinstance(path, Iri) else "")
