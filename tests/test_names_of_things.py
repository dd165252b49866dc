"""What things without an IRI are called: by what leads to them, each looked at once."""

from __future__ import annotations

from itertools import pairwise

import pytest

from ogp_data.checks import places
from ogp_data.core.graph import Graph
from ogp_data.core.namespaces import DCT
from ogp_data.core.terms import Blank, Iri


def test_each_thing_of_a_long_chain_is_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    graph, looked = Graph(), list[object]()
    chain = [Blank(f"b{number}") for number in range(200)]
    graph.add(Iri("https://a.example/1"), DCT.hasPart, chain[0])
    for above, below in pairwise(chain):
        graph.add(above, DCT.hasPart, below)
    within = places._itself
    monkeypatch.setattr(places, "_itself", lambda graph, node: looked.append(node) or within(graph, node))
    names = places.Names(graph)
    told = [str(names.of(node)) for node in chain]
    assert looked == chain
    assert told[0] == "something (no IRI), dct:hasPart of <https://a.example/1>"
    assert told[1] == f"something (no IRI), dct:hasPart of {told[0]}"
    assert told[100].count("something") == 5
