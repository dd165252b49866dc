"""XML of the service is well-formed whatever was published: characters that XML has no place for, odd properties."""

from __future__ import annotations

import asyncio
import random
from pathlib import Path
from xml.dom import minidom

import pyoxigraph as ox
import pytest

from made_publication import publication
from ogp_data.service import query_process as worker
from ogp_data.service import wellformed
from ogp_data.service.limits import Limits
from ogp_data.service.query_pool import Pool, Query, QueryError
from service_help import Web, client

PUBLISHED = "a\x01\x02\x1b[31mrood\x07 \ufffe\uffff\tb\r\nc\x7f\x85é😀"
SERVED = "a\ufffd\ufffd\ufffd[31mrood\ufffd \ufffd\ufffd"
BAD = r"a\u0001\u0002\u001B[31mrood\u0007"


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Web:
    dist = tmp_path_factory.mktemp("dist")
    thing = f'<urn:a> <urn:p> "{BAD}" .\n'.encode()
    odd = b"<urn:a> <http://x.example/1> 1 .\n"
    publication(dist, "odd", 250, {"thing.ttl": thing, "odd.ttl": odd}, f'\n:catalog rdfs:comment "{BAD}"@nl .\n')
    return client(dist)


def told(content: bytes) -> str:
    return "".join(node.data for node in texts(minidom.parseString(content)))


def texts(node: minidom.Node) -> list[minidom.Text]:
    own = [node] if isinstance(node, minidom.Text) else []
    return own + [text for child in node.childNodes for text in texts(child)]


def test_a_control_character_of_the_catalogue_is_replaced_on_its_pages(web: Web) -> None:
    for path in ("/odd/catalog.rdf?page=1", "/odd/catalog.rdf?modified_since=2026-11-25", "/odd/thing.rdf"):
        answer = web.get(path)
        assert answer.status_code == 200
        assert SERVED[:13] in told(answer.content), path
    (said,) = ox.parse(web.get("/odd/thing.nt").content, ox.RdfFormat.N_TRIPLES)
    assert said.object == ox.Literal("a\x01\x02\x1b[31mrood\x07")


def test_a_property_that_rdf_xml_cannot_name_is_refused_in_that_form_alone(web: Web) -> None:
    answer = web.get("/odd/odd.rdf")
    assert answer.status_code == 406
    assert "ends in no name" in answer.json()["detail"]
    assert web.get("/odd/odd.nt").status_code == 200


def test_answers_of_queries_are_well_formed(tmp_path: Path) -> None:
    file = tmp_path / "a.nt"
    triple = ox.Triple(ox.NamedNode("urn:a"), ox.NamedNode("urn:p"), ox.Literal(PUBLISHED))
    file.write_bytes(ox.serialize([triple], format=ox.RdfFormat.N_TRIPLES) or b"")
    rows, graph = "application/sparql-results+xml", "application/rdf+xml"

    async def run() -> None:
        pool = Pool({"urn:g": file}, Limits(workers=1, seconds=30))
        await pool.start()
        for text in ("SELECT ?o { ?s ?p ?o }", "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"):
            answer = await pool.query(Query(text, rows, graph))
            assert SERVED in told(answer.content)
        with pytest.raises(QueryError, match="ends in no name"):
            await pool.query(Query("CONSTRUCT { ?s <http://x.example/1> ?o } { ?s ?p ?o }", rows, graph))
        await pool.close()

    asyncio.run(run())


@pytest.mark.parametrize("seed", range(5))
def test_whatever_a_graph_says_its_xml_can_be_read_or_is_refused(seed: int) -> None:
    chance, store = random.Random(seed), ox.Store()
    ends = ("a", "1", "", "é", "-", "a1", "_", "·", "a.b", "p%20", "&x", "'y")
    asked = {"most": 10**6, "default": None, "named": None, "query": "CONSTRUCT WHERE { ?s ?p ?o }"}
    wanted = {"results": "application/sparql-results+xml", "graph": "application/rdf+xml"}
    for _ in range(200):
        store.clear()
        kinds = (range(40), range(0xFFF0, 0x10000), range(0xD7F0, 0xD800), range(0x1F600, 0x1F640))
        text = "".join(chr(chance.choice(chance.choice(kinds))) for _ in range(9))
        iri = f"http://x.example/{chance.choice(ends)}{chance.choice(('', '#', '/'))}{chance.choice(ends)}"
        store.add(ox.Quad(ox.NamedNode("urn:a"), ox.NamedNode(iri), ox.Literal(text)))
        said, content = worker.answer(store, {**asked, **wanted})
        if "fault" in said:
            assert said["detail"].startswith("RDF/XML cannot name")
        else:
            minidom.parseString(content)
            back = [q.predicate.value for q in ox.parse(content, ox.RdfFormat.RDF_XML)]
            assert back == [iri]


def test_a_document_without_such_characters_is_left_as_it_is() -> None:
    content = "<a b='é\t'>x\r\n😀\x7f</a>".encode()
    assert wellformed.xml(content) == content
