"""What shapes must know besides a catalogue: the classes of all that the lists accept, which it only names."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pyoxigraph as ox

from ogp_data.core.graph import Graph
from ogp_data.core.namespaces import DCATAP, DCT, ELI
from ogp_data.core.terms import RDF, Iri
from ogp_data.models.licences import Licences
from ogp_data.models.lists import ValueLists

EU_LAW = re.compile(r"http://data\.europa\.eu/eli/(?!ontology)[a-z_]+/.+")
"""The European Legislation Identifier of a law of the EU, as the Publications Office forms it: it names laws alone."""


def background(graph: Graph, lists: ValueLists) -> list[ox.Triple]:
    """Return what the lists say of the IRIs that a catalogue names, and which web addresses are licences and laws."""
    return [*lists.background(graph.named()), *_licences(graph, Licences(lists)), *_laws(graph)]


def _licences(graph: Graph, licences: Licences) -> Iterator[ox.Triple]:
    for address in dict.fromkeys(value for _, value in graph.pairs(DCT.license) if isinstance(value, Iri)):
        if licences.is_known(address.value) or licences.is_creative_commons(address.value):
            yield ox.Triple(address, RDF.type, DCT.LicenseDocument)


def _laws(graph: Graph) -> Iterator[ox.Triple]:
    for law in dict.fromkeys(value for _, value in graph.pairs(DCATAP.applicableLegislation) if isinstance(value, Iri)):
        if EU_LAW.fullmatch(law.value):
            yield ox.Triple(law, RDF.type, ELI.LegalResource)
