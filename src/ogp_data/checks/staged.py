"""Every check of a staged publication, one engine after another."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager

import pyoxigraph as ox

from ogp_data.catalogue.metadata import CATALOGUE_FILES
from ogp_data.checks import readback as formats
from ogp_data.checks import shacl, tables
from ogp_data.checks.files import check_files
from ogp_data.checks.held import hold
from ogp_data.core import resources
from ogp_data.core.background import beside
from ogp_data.core.findings import Finding
from ogp_data.core.graph import Graph
from ogp_data.core.publication import Publication
from ogp_data.core.rdf import read
from ogp_data.core.records import Record
from ogp_data.core.stage import Stage
from ogp_data.core.tables import Table
from ogp_data.core.vocab import OGP
from ogp_data.models.lists import ValueLists
from ogp_data.models.profiles import load_profile


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
    # The shapes are about the vocabulary of all publications; one that stands apart is held to the same.
    shapes = shacl.parse_shapes(text.replace(f"<{OGP}>", f"<{publication.names.ogp}>") for text in texts)
    # What no shape names cannot break one, since none is sh:closed. It is two thirds of the triples.
    data = Graph.of(
        triple
        for spec in publication.declaration.dataset
        for triple in read(stage.read(f"{spec.name}/{spec.name}.ttl"), "ttl")
        if shapes.number(triple.predicate) >= 0
    )
    return shacl.check_shapes(data, shapes, "ogp-required", "ogp-recommended", "")


def check_catalogue(
    publication: Publication, expected: Sequence[ox.Triple], lists: ValueLists, stage: Stage
) -> list[Finding]:
    """Return what is wrong with the staged catalogue: shapes, rules, files, and its four serialisations."""
    files = {artefact.path: (artefact.bytes, artefact.sha256) for artefact in stage.artefacts}
    graph = Graph.of(expected)
    found = check_files(graph, publication.names.url, files)
    found += formats.check_catalogue_files({name: stage.read(name) for name in CATALOGUE_FILES}, expected)
    profile = load_profile(publication.declaration.profile)
    held = hold(graph, lists, "catalog.ttl", profile, allow_private=True, today=publication.declaration.modified)
    # Of a file of no bytes others may have forgotten the size; here it was compared with the file itself.
    return [*found, *(fault for fault in held.findings if fault.rule != "empty-file")]
