"""A catalogue harvested by a real CKAN with ckanext-dcat: served, added as a source, run, and looked at afterwards."""

from __future__ import annotations

import functools
import http.server
import os
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import requests
from rdflib import RDF, Graph, Literal, URIRef
from rdflib.term import Node

from ckan_server import Ckan
from ogp_data.core.vocab import DCAT, DCT, SPDX

NOT_QUIET = re.compile(r"^\S+ \S+ (?:WARN|ERROR|CRIT)\S* *\[(ckanext\.(?:dcat|harvest)\S*)\] (.*)$", re.MULTILINE)
MEDIA_TYPES = {".ttl": "text/turtle", ".rdf": "application/rdf+xml", ".jsonld": "application/ld+json"}
NESTED = (SPDX.Checksum, DCT.PeriodOfTime)
"""Classes whose nodes ckanext-dcat gives back without a name."""


@dataclass(frozen=True, slots=True)
class Run:
    """What one run of the harvester did, by its own count, and what it complained of."""

    added: int
    updated: int
    deleted: int
    errored: int
    complaints: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """A dataset as CKAN holds it: its identifier and name there, and the identifiers of its resources by their IRI."""

    id: str
    name: str
    resources: Mapping[str, str]


class _Files(http.server.SimpleHTTPRequestHandler):
    """Serves files under the media types by which a harvester chooses its parser."""

    def guess_type(self, path: str | os.PathLike[str]) -> str:
        """Return the media type of a file."""
        return MEDIA_TYPES.get(Path(path).suffix, "application/octet-stream")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Yield the address at which a folder is served on loopback."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Files, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def add_source(ckan: Ckan, address: str, name: str) -> str:
    """Return the identifier of a new harvest source of an organisation of its own."""
    organisation = ckan.organisation(f"{name}-organisation")
    source = ckan.call(
        "harvest_source_create",
        name=name,
        title=name,
        url=address,
        source_type="dcat_rdf",
        owner_org=organisation,
        frequency="MANUAL",
    )
    return str(source["id"])


def run(ckan: Ckan, source: str) -> Run:
    """Return what one harvest of a source did."""
    said = ckan.command("harvester", "run-test", source)
    job = ckan.call("harvest_source_show", id=source)["status"]["last_job"]
    told = [f"{logger}: {text}" for logger, text in NOT_QUIET.findall(said)]
    refused = [fault["message"] for kind in ("gather", "object") for fault in job[f"{kind}_error_summary"]]
    counts = {name: int(job["stats"][name]) for name in ("added", "updated", "deleted", "errored")}
    return Run(**counts, complaints=(*told, *refused))


def report(ckan: Ckan, source: str) -> dict[str, Held]:
    """Return the datasets that CKAN holds of a source, by their IRI in the catalogue."""
    found = ckan.call("package_search", fq=f'+dataset_type:dataset +harvest_source_id:"{source}"', rows=1000)
    # The search index is older than the dataset after a second harvest.
    shown = [ckan.call("package_show", id=dataset["id"]) for dataset in found["results"]]
    return {_iri(dataset): _held(dataset) for dataset in shown}


def _iri(dataset: Mapping[str, list[dict[str, str]]]) -> str:
    return next(extra["value"] for extra in dataset["extras"] if extra["key"] == "guid")


def _held(dataset: Mapping[str, object]) -> Held:
    resources = dataset["resources"]
    assert isinstance(resources, list)
    return Held(str(dataset["id"]), str(dataset["name"]), {each["uri"]: each["id"] for each in resources})


def given_back(ckan: Ckan, held: Held) -> Graph:
    """Return the DCAT that CKAN gives of a dataset."""
    answer = requests.get(f"{ckan.url}/dataset/{held.id}.ttl", timeout=60)
    assert answer.ok, f"{answer.status_code} {answer.url}"
    return Graph().parse(data=answer.content, format="turtle")


def lost(sent: Graph, back: Graph, dataset: str, language: str) -> set[tuple[Node, Node]]:
    """Return the classes and properties of which a dataset or its distributions lost a value.

    CKAN keeps one language of each text and drops its tag, gives an identifier back as an IRI, and writes checksums and
    periods as blank nodes: a value counts as kept when it reads the same.
    """
    came = _values(back, dataset, "")
    return {(kind, name) for kind, subject, name, value in _values(sent, dataset, language) - came}


def _values(graph: Graph, dataset: str, language: str) -> set[tuple[Node, Node, Node, object]]:
    """Return what a graph says of a dataset and of its distributions."""
    iri = URIRef(dataset)
    subjects = [(DCAT.Dataset, iri), *((DCAT.Distribution, each) for each in graph.objects(iri, DCAT.distribution))]
    return {
        (kind, subject, predicate, _read(graph, value))
        for kind, subject in subjects
        for predicate, value in graph.predicate_objects(subject)
        if predicate != RDF.type and _in_language(value, language)
    }


def _read(graph: Graph, value: Node) -> object:
    """Return a value as it reads: of a nested node what it says, of another its text."""
    if graph.value(value, RDF.type) in NESTED:
        return frozenset((name, str(each)) for name, each in graph.predicate_objects(value))
    return str(value)


def _in_language(value: Node, language: str) -> bool:
    return not isinstance(value, Literal) or value.language in (None, language)
