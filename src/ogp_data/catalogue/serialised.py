"""Triples -> the four files of a catalogue, which say the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyoxigraph as ox

from ogp_data.core.rdf import Triple, jsonld, to_ox, write
from ogp_data.core.stage import Stage
from ogp_data.core.vocab import PREFIXES


def stage_triples(triples: Sequence[Triple], spaces: Mapping[str, str], stage: Stage) -> list[ox.Triple]:
    """Write the triples of a catalogue four times and return them as they were written."""
    converted = list(map(to_ox, triples))
    stage.add("catalog.ttl", write(converted, "ttl", spaces))
    stage.add("catalog.jsonld", jsonld(triples, spaces))
    stage.add("catalog.rdf", write(sorted(converted, key=_sort_key), "rdf", spaces))
    stage.add("catalog.nt", write(sorted(converted, key=str), "nt", {}))
    return converted


def _sort_key(triple: ox.Triple) -> tuple[str, bool, str, bool, str]:
    """Order by subject, its type first, so that RDF/XML names each node by its class: that of DCAT where it has one."""
    kind, value = triple.predicate.value.endswith("#type"), str(triple.object)
    return str(triple.subject), not kind, triple.predicate.value, not value.startswith(f"<{PREFIXES['dcat']}"), value
