"""Targets -> what would be sent to each, for people to read: `upload/<target>/<dataset>.json`."""

from __future__ import annotations

from pathlib import Path

from rdflib import Graph

from ogp_data.core.findings import Finding, Place, finding
from ogp_data.core.messages import Message
from ogp_data.core.publication import Publication
from ogp_data.core.rdf import dump
from ogp_data.core.stage import Stage
from ogp_data.delivery import package_reader as contents
from ogp_data.delivery import targets
from ogp_data.delivery.faults import DeliveryError
from ogp_data.delivery.package_reader import Package


def stage_uploads(publication: Publication, graph: Graph, stage: Stage) -> list[Finding]:
    """Write what each target of a publication would be sent; return which could not be written, and why.

    A target that cannot be delivered to is no fault of the data, so it does not stop a publication.
    """
    paths = {file.sha256: file.path for file in sorted(stage.artefacts, key=lambda a: a.path, reverse=True)}
    package = contents.package(publication.id, publication.declaration.version, stage.folder, graph, paths)
    files = sorted((publication.folder.parent / "targets").glob("*.toml"))
    return [found for path in files for found in _stage_target(path, package, stage)]


def _stage_target(path: Path, package: Package, stage: Stage) -> list[Finding]:
    target, faults = targets.load(path)
    if target is None:
        return [_left_out(path, fault) for fault in faults]
    if target.publication != package.id:
        return []
    try:
        bodies = targets.bodies(target, package)
    except DeliveryError as reason:
        return [_left_out(path, reason.finding)]
    for dataset, body in zip(package.datasets, bodies, strict=True):
        stage.add(f"upload/{path.stem}/{dataset.name}.json", dump(body))
    return []


def _left_out(path: Path, fault: Finding) -> Finding:
    message = Message("What would be sent to {stem} is left out: {message}", stem=path.stem, message=fault.message)
    return finding("upload-omitted", message, Place(file=f"targets/{path.name}", key=fault.place.key), fault.hint)
