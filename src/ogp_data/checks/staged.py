"""Every check of a staged publication, one engine after another."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

import pyoxigraph as ox
from rdflib import Graph

from ogp_data.catalogue.metadata import CATALOGUE_FILES
from ogp_data.checks import readback as formats
from ogp_data.checks import rules, shacl, tables
from ogp_data.core import resources
from ogp_data.core.background import beside
from ogp_data.core.findings import Finding
from ogp_data.core.publication import Publication
from ogp_data.core.rdf import read, to_graph
from ogp_data.core.records import Record
from ogp_data.core.stage import Stage
from ogp_data.core.tables import Table
from ogp_data.core.vocab import RDFS_SUBCLASS
from ogp_data.models.lists import AXIOMS, ValueLists

OGP_PLACEHOLDER = "https://example.org/ogp-vocabulary#"
"""The vocabulary's IRI in shapes/ogp; each publication has its own."""


def begin_tables(publication: Publication, stage: Stage) -> AbstractContextManager[Callable[[], list[Finding]]]:
    """Begin Frictionless over the staged data package, beside all else; it yields what waits for its findings."""
    rows = {spec.name: spec.rows for spec in publication.declaration.dataset if spec.rows is not None}
    return beside(tables.check_package, stage.folder, rows)


def check_tables(
    publication: Publication, tables: Sequence[Table], records: Mapping[str, Sequence[Record]], stage: Stage
) -> list[Finding]:
    """Return where the files of a dataset differ."""
    found: list[Finding] = []
    for table in tables:
        paths = [f"{table.name}/{table.name}.{suffix}" for suffix in ("jsonld", "ttl", "prov.ttl")]
        files = {path: stage.read(path) for path in paths}
        found += formats.check_formats(publication, table, records[table.name], files)
    return found


def check_linked(publication: Publication, stage: Stage) -> list[Finding]:
    """Return what breaks the rules about commitments and assessments (shapes/ogp)."""
    texts = (path.read_text(encoding="utf-8") for path in sorted((resources.shapes() / "ogp").glob("*.ttl")))
    shapes = shacl.parse_shapes(text.replace(OGP_PLACEHOLDER, publication.names.ogp) for text in texts)
    # What no shape names cannot break one, since none is sh:closed. It is two thirds of the triples.
    named = {str(term) for triple in shapes for term in triple}
    data = to_graph(
        triple
        for spec in publication.declaration.dataset
        for triple in read(stage.read(f"{spec.name}/{spec.name}.ttl"), "ttl")
        if triple.predicate.value in named
    )
    return shacl.check_shapes(data, shapes, "ogp-required", "ogp-recommended", "")


def check_catalogue(
    publication: Publication, expected: Sequence[ox.Triple], lists: ValueLists, stage: Stage, graph: Graph
) -> list[Finding]:
    """Return what is wrong with the staged catalogue: shapes, rules, files, and its four serialisations."""
    files = {artefact.path: (artefact.bytes, artefact.sha256) for artefact in stage.artefacts}
    found = rules.check_files(graph, publication.names.url, files)
    found += formats.check_catalogue_files({name: stage.read(name) for name in CATALOGUE_FILES}, expected)
    return found + check_graph(graph, lists, "catalog.ttl")


def check_graph(
    graph: Graph, lists: ValueLists, file: str, profile: str = "", shapes: Graph | None = None
) -> list[Finding]:
    """Return what is wrong with a catalogue by the rules and shapes of DCAT-AP-NL, whoever made it.

    The catalogue must say of what kind the things are that it names, or come with the background of the lists.
    `profile` is the version to check by; "" is the stricter of all. `shapes` come in the place of ours.
    """
    ours = shacl.load_shapes(_shape_files(profile))
    labels = shacl.property_labels(ours)
    found = rules.check_catalogue(graph, lists, file, profile, labels)
    # That a vcard:Organization is a vcard:Kind, and the like: sh:class asks the data graph, not the vocabulary.
    for below, above in AXIOMS:
        graph.add((below, RDFS_SUBCLASS, above))
    if shapes is None:
        return found + shacl.check_shapes(graph, ours, "dcat-ap-nl-required", "dcat-ap-nl-recommended", file, labels)
    return found + shacl.check_shapes(graph, shapes, "shapes-required", "shapes-recommended", file, labels)


def _shape_files(profile: str) -> list[Path]:
    """Return the files of our shapes; `only-<version>.ttl` holds what that version alone asks."""
    files = sorted((resources.shapes() / "dcat-ap-nl").glob("*.ttl"))
    only_in = {path: path.stem.partition("only-")[2] for path in files}
    return [path for path in files if not (profile and only_in[path]) or only_in[path] == profile]
