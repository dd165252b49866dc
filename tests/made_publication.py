"""A folder of a publication around a made catalogue, as large as asked for, with nothing else in it than is served."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path

from conftest import ROOT
from ogp_data.core.rdf import from_ox as as_rdflib
from ogp_data.core.rdf import jsonld, read, to_graph, unique, write
from ogp_data.core.stage import MANIFEST, Stage, manifest
from ogp_data.core.vocab import PREFIXES
from ogp_data.package import store

sys.path.insert(0, str(ROOT / "bench"))

import made_catalogue

BASE = made_catalogue.BASE
SOUND = 10**9
"""One in so many datasets is spoilt, beginning with the first: so only that one, which is fixed below."""


def catalogue(count: int) -> str:
    """Return a sound catalogue of so many datasets, every fifth of them changed five days later."""
    parts = list(made_catalogue.turtle(count, SOUND))
    sound = [parts[0].replace(":catalogus", ":catalog")]
    for number, part in enumerate(parts[1:]):
        whole = part.replace("dct:alternative", "dct:title") if number == 0 else part
        later = whole.replace("2026-11-20", "2026-11-25") if number % 5 == 0 else whole
        sound.append(later.replace(":catalogus", ":catalog"))
    return "".join(sound)


def publication(dist: Path, name: str, count: int, files: Mapping[str, bytes] | None = None, more: str = "") -> Path:
    """Publish a made catalogue as `name` with more files and more Turtle, and return where it stands."""
    stage = Stage(dist / ".staged")
    text = (catalogue(count) + more).encode()
    triples = read(text, "ttl")
    stage.add("catalog.ttl", text)
    stage.add("catalog.rdf", write(sorted(triples, key=str), "rdf", PREFIXES))
    stage.add("catalog.nt", write(sorted(triples, key=str), "nt", {}))
    stage.add("catalog.jsonld", jsonld(unique(map(as_rdflib, triples)), PREFIXES))
    stage.add("datapackage.json", json.dumps({"id": f"{BASE}catalog", "resources": []}).encode())
    for path, content in (files or {}).items():
        stage.add(path, content)
    stage.add(MANIFEST, manifest(stage.artefacts, name, "1.0.0"))
    store.publish(dist / ".staged", dist, name)
    assert len(to_graph(triples)) > 50 * count
    return dist / name
