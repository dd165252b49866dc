"""What shapes must know besides a catalogue: the classes of all that the lists accept, which it only names."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from ogp_data.core.graph import Graph
from ogp_data.core.namespaces import DCT
from ogp_data.core.terms import RDF, Iri
from ogp_data.models.licences import Licences
from ogp_data.models.lists import ValueLists


def background(graph: Graph, lists: ValueLists) -> list[ox.Triple]:
    """Return what the lists say of the IRIs that a catalogue names, and that web addresses of licences are licences."""
    return [*lists.background(graph.named()), *_licences(graph, Licences(lists))]


def _licences(graph: Graph, licences: Licences) -> Iterator[ox.Triple]:
    for address in dict.fromkeys(value for _, value in graph.pairs(DCT.license) if isinstance(value, Iri)):
        if licences.is_known(address.value) or licences.is_creative_commons(address.value):
            yield ox.Triple(address, RDF.type, DCT.LicenseDocument)
