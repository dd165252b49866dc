"""The SPARQL 1.1 Protocol over HTTP, against the published nl-2020-2022; rdflib is the other engine."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import re
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import uvicorn
from rdflib import Dataset, Graph, URIRef
from rdflib.compare import isomorphic
from starlette.types import Receive, Scope, Send

from made_publication import publication
from ogp_data.service import refusals
from ogp_data.service.limits import Limits
from ogp_data.service.server import spoken
from ogp_data.service.snapshot import Published, load, read_all
from ogp_data.service.sparql import Endpoint, graphs_served

BASE = "https://example.org/ogp/nl-2020-2022/"
THEMES, COMMITMENTS = f"{BASE}themes", f"{BASE}commitments"
JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"
FORM, DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"
ASK = "ASK {}"
SECONDS = 2


@pytest.fixture(scope="module")
def graphs(published: Path) -> dict[str, Path]:
    """Return the files that are to be the graphs, found here in another way than by the service."""
    found = {f"{BASE}catalog": published / "catalog.nt"}
    for table in published.glob("*/*.csv"):
        name = table.parent.name
        found[f"{BASE}{name}"] = table.with_suffix(".ttl")
        found[f"{BASE}{name}/{name}.prov.ttl"] = table.with_suffix(".prov.ttl")
    found |= {f"{BASE}codelists/{path.name}": path for path in published.glob("codelists/*.ttl")}
    return {name: path for name, path in found.items() if path.is_file()}


@pytest.fixture(scope="module")
def client(graphs: dict[str, Path]) -> Iterator[httpx.Client]:
    with served(graphs, Limits(seconds=SECONDS, result_bytes=2_000_000)) as made:
        yield made


@contextlib.contextmanager
def served(graphs: dict[str, Path], limits: Limits) -> Iterator[httpx.Client]:
    endpoint = Endpoint(graphs, limits)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await endpoint(scope, receive, send)
            return
        await receive()
        await endpoint.start()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await endpoint.close()
        await send({"type": "lifespan.shutdown.complete"})

    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="on"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        with httpx.Client(base_url=f"http://127.0.0.1:{listener.getsockname()[1]}", timeout=30) as made:
            yield made
        server.should_exit = True
        thread.join()


def get(client: httpx.Client, query: str, accept: str = JSON, **more: object) -> httpx.Response:
    return client.get("/sparql", params={"query": query, **more}, headers={"Accept": accept})


def holds(answer: httpx.Response) -> bool:
    assert answer.status_code == 200, answer.text
    value = answer.json()["boolean"]
    assert isinstance(value, bool)
    return value


# The W3C's tests of the protocol, by their names; its graphs are replaced by published ones ----------------


def test_query_get(client: httpx.Client) -> None:
    assert holds(get(client, ASK))


def test_query_post_form(client: httpx.Client) -> None:
    assert holds(client.post("/sparql", data={"query": ASK}, headers={"Accept": JSON}))


def test_query_post_direct(client: httpx.Client) -> None:
    assert holds(client.post("/sparql", content=ASK, headers={"Accept": JSON, "Content-Type": DIRECT}))


TWO = f"ASK {{ ?a a ?b . FILTER(STRSTARTS(STR(?a), '{THEMES}#')) . ?c a ?d . FILTER(STRSTARTS(STR(?c), '{COMMITMENTS}#')) }}"  # noqa: E501


def test_query_dataset_default_graphs_get(client: httpx.Client) -> None:
    assert holds(get(client, TWO, **{"default-graph-uri": [THEMES, COMMITMENTS]}))
    assert not holds(get(client, TWO, **{"default-graph-uri": THEMES}))
    assert not holds(get(client, "ASK { GRAPH ?g { ?s ?p ?o } }", **{"default-graph-uri": THEMES}))


def test_query_dataset_default_graphs_post(client: httpx.Client) -> None:
    parameters = {"default-graph-uri": [THEMES, COMMITMENTS]}
    headers = {"Accept": JSON, "Content-Type": DIRECT}
    assert holds(client.post("/sparql", params=parameters, content=TWO, headers=headers))
    assert holds(client.post("/sparql", data={"query": TWO, **parameters}, headers={"Accept": JSON}))


NAMED = (
    f"ASK {{ GRAPH <{THEMES}> {{ ?s ?p ?o }} GRAPH <{COMMITMENTS}> {{ ?t ?q ?r }} FILTER NOT EXISTS {{ ?a ?b ?c }} }}"
)


def test_query_dataset_named_graphs_get(client: httpx.Client) -> None:
    assert holds(get(client, NAMED, **{"named-graph-uri": [THEMES, COMMITMENTS]}))
    assert not holds(get(client, NAMED, **{"named-graph-uri": THEMES}))


def test_query_dataset_named_graphs_post(client: httpx.Client) -> None:
    parameters = {"named-graph-uri": [THEMES, COMMITMENTS]}
    headers = {"Accept": JSON, "Content-Type": DIRECT}
    assert holds(client.post("/sparql", params=parameters, content=NAMED, headers=headers))


FULL = (
    f"ASK {{ ?s ?p ?o . GRAPH ?g {{ ?t ?q ?r }} FILTER(?g = <{COMMITMENTS}>) FILTER(STRSTARTS(STR(?s), '{THEMES}')) }}"
)


def test_query_dataset_full(client: httpx.Client) -> None:
    dataset = {"default-graph-uri": THEMES, "named-graph-uri": COMMITMENTS}
    assert holds(get(client, FULL, **dataset))
    assert not holds(get(client, FULL, **{**dataset, "named-graph-uri": THEMES}))


def test_query_multiple_dataset(client: httpx.Client) -> None:
    query = f"ASK FROM <{COMMITMENTS}> {{ ?s ?p ?o FILTER(STRSTARTS(STR(?s), '{THEMES}#')) }}"
    assert not holds(get(client, query))
    assert holds(get(client, query, **{"default-graph-uri": THEMES}))


SELECT = "SELECT ?s { ?s ?p ?o } LIMIT 1"


@pytest.mark.parametrize("media", [JSON, XML, "text/csv", "text/tab-separated-values"])
def test_query_content_type_select(client: httpx.Client, media: str) -> None:
    assert get(client, SELECT, media).headers["content-type"].partition(";")[0] == media


@pytest.mark.parametrize("media", [JSON, XML])
def test_query_content_type_ask(client: httpx.Client, media: str) -> None:
    assert get(client, ASK, media).headers["content-type"] == media


@pytest.mark.parametrize(
    "media", ["text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"]
)
@pytest.mark.parametrize("query", [f"DESCRIBE <{THEMES}>", "CONSTRUCT WHERE { ?s ?p ?o }"])
def test_query_content_type_describe_and_construct(client: httpx.Client, query: str, media: str) -> None:
    answer = get(client, query, media)
    assert answer.headers["content-type"].partition(";")[0] == media
    assert len(Graph().parse(data=answer.text, format=media.replace("application/ld+json", "json-ld"))) > 5


def test_bad_query_method(client: httpx.Client) -> None:
    answer = client.put("/sparql", params={"query": ASK})
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD, POST, OPTIONS"


@pytest.mark.parametrize(
    ("status", "content", "kind", "says"),
    [
        pytest.param(400, b"query=ASK%20%7B%7D&query=SELECT%20*%20%7B%7D", FORM, "2", id="bad_multiple_queries"),
        pytest.param(415, ASK.encode(), "text/plain", FORM, id="bad_query_wrong_media_type"),
        pytest.param(415, b"query=ASK%20%7B%7D", "", FORM, id="bad_query_missing_form_type"),
        pytest.param(415, ASK.encode(), "", DIRECT, id="bad_query_missing_direct_type"),
        pytest.param(415, ASK.encode("utf-16"), f"{DIRECT}; charset=UTF-16", "UTF-8", id="bad_query_non_utf8"),
        pytest.param(400, ASK.encode("utf-16"), DIRECT, "UTF-8", id="bad_query_not_even_utf8"),
        pytest.param(400, b"ASK {\n ?s ?p", DIRECT, "line 2, column 7", id="bad_query_syntax"),
        pytest.param(400, b"query=%FF", FORM, "UTF-8", id="bad_percent"),
        pytest.param(400, b"", FORM, "`query`", id="missing"),
        pytest.param(403, b"update=CLEAR%20ALL", FORM, "read-only", id="update_form"),
        pytest.param(403, b"CLEAR ALL", "application/sparql-update", "read-only", id="update_direct"),
        pytest.param(400, b"CLEAR ALL", DIRECT, "not well formed", id="update_as_query"),
        pytest.param(413, b"ASK {}" + b" " * 300_000, DIRECT, "bytes", id="too_long_body"),
        pytest.param(413, b"ASK {}" + b" " * 70_000, DIRECT, "65536", id="too_long_query"),
    ],
)
def test_bad_requests_are_told(client: httpx.Client, status: int, content: bytes, kind: str, says: str) -> None:
    answer = client.post("/sparql", content=content, headers={"Content-Type": kind} if kind else {})
    assert answer.status_code == status, answer.text
    assert says in answer.json()["detail"]


def test_accept_is_weighed_and_told_when_nothing_fits(client: httpx.Client) -> None:
    assert get(client, SELECT, "text/csv;q=0.5, application/sparql-results+xml").headers["content-type"] == XML
    assert get(client, SELECT, "application/json").headers["content-type"] == "application/json"
    assert get(client, SELECT, "image/png").status_code == 406
    assert get(client, SELECT, "text/turtle").status_code == 406
    assert get(client, "CONSTRUCT WHERE { ?s ?p ?o }", "text/csv").status_code == 406


def test_head_options_and_cors(client: httpx.Client) -> None:
    head = client.head("/sparql", params={"query": ASK})
    assert (head.status_code, head.content, head.headers["access-control-allow-origin"]) == (200, b"", "*")
    assert "Accept" in head.headers["vary"]
    options = client.options("/sparql")
    assert options.status_code == 204
    assert options.headers["allow"] == "GET, HEAD, POST, OPTIONS"
    assert client.get("/sparql/elsewhere").status_code == 404


# What is refused, and what only looks like it --------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SELECT * { { { sErViCe silent ?x { ?s ?p ?o } } } }",
        "SELECT * { ?s ?p ?o FILTER EXISTS { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } } }",
        r"SELECT * { \u0053ERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SELECT * { # }\nSERVICE#\n<http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p 'a\\'#'.SERVICE<http://127.0.0.1:1/>{ ?s ?p ?o } }",
        "SELECT * { ?s ?p trueSERVICE<http://127.0.0.1:1/>{ ?s ?p ?o } }",
        "SELECT * { ?s ?p 1SERVICE<http://127.0.0.1:1/>{ ?s ?p ?o } }",
        "PREFIX : <http://127.0.0.1:1/> SELECT * {SERVICE:x{ ?s ?p ?o }}",
        "PREFIX : <http://127.0.0.1:1/> SELECT * {SERVICE SILENT:x{ ?s ?p ?o }}",
        'SELECT * { VALUES ?x { """a" } SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }',
    ],
)
def test_service_is_refused_in_every_disguise(client: httpx.Client, query: str) -> None:
    answer = get(client, query)
    assert answer.status_code == 403, answer.text
    assert "SERVICE is refused" in answer.json()["detail"]


def test_the_place_of_service_is_told_where_it_stands_alone(client: httpx.Client) -> None:
    told = get(client, "ASK {\n  ?s ?p ?o .\n  SERVICE <http://127.0.0.1:1/> { } }").json()
    assert (told["line"], told["column"]) == (3, 3)
    assert "line" not in get(client, "ASK { ?s ?p trueSERVICE<http://127.0.0.1:1/>{ } }").json()


@pytest.mark.parametrize(
    "query",
    [
        "ASK { ?s ?service ?SERVICE FILTER(?service != <http://example.org/SERVICE>) }",
        'ASK { ?s ?p ?o # SERVICE <x> { }\n FILTER(STR(?o) != \' SERVICE <x> {\' && STR(?o) != """\nSERVICE "<x>" """) }',  # noqa: E501
        "PREFIX service: <urn:x> PREFIX myservice: <urn:y> ASK { ?s ?p ?o FILTER(?o != service:a && ?o != myservice:b) }",  # noqa: E501
        "PREFIX ex: <urn:x> ASK { ?s ?p ?o FILTER(?o != ex:service && ?o != ex:SERVICE) }",
        "PREFIX from: <urn:x> ASK { ?s ?p ?o FILTER(?o != from:a && STR(?o) != 'FROM <x>') }",
        "ASK { _:service ?p ?o FILTER(STR(?o) != 'x'@service || 1<2) }",
    ],
)
def test_what_only_has_the_word_in_it_is_answered(client: httpx.Client, query: str) -> None:
    assert holds(get(client, query))


@pytest.mark.parametrize(
    "query",
    [
        "ASK FROM <http://example.org/not> { ?s ?p ?o }",
        "ASK FROM NAMED <http://example.org/not> { ?s ?p ?o }",
        "PREFIX ex: <http://example.org/> ASK FROM ex:not { ?s ?p ?o }",
        "BASE <http://example.org/> ASK from<not> { ?s ?p ?o }",
    ],
)
def test_graphs_that_are_not_published_are_refused(client: httpx.Client, query: str) -> None:
    answer = get(client, query)
    assert answer.status_code == 403
    assert "http://example.org/not" in answer.json()["detail"]


def test_published_graphs_may_be_named_in_every_way(client: httpx.Client) -> None:
    assert holds(get(client, f"PREFIX x: <{BASE}> ASK FROM x:themes FROM NAMED <{COMMITMENTS}> {{ ?s ?p ?o }}"))
    for name in ("default-graph-uri", "named-graph-uri"):
        assert get(client, ASK, **{name: "http://example.org/not"}).status_code == 403


@pytest.mark.parametrize("query", ["a-" * 30_000, "PREFIX a:<b> " * 4_000, "BASE<abc>" * 6_000])
def test_a_query_that_is_made_to_take_long_is_looked_at_to_its_end(query: str) -> None:
    """How the time grows with the length is measured by `make bench`; what is not linear would not end here."""
    assert refusals.dataset(query, set()) is None


@pytest.mark.parametrize(
    "iri", ["http://[::1", "http://[", "http://[y", "//[", "http://a]b/", "http://℀/", "http://[::g]/"]
)
@pytest.mark.parametrize(
    "query",
    [
        "BASE <a> SELECT * FROM <{}> {{}}",
        "BASE <http://a/> PREFIX x: <{}> ASK {{}}",
        "BASE <{}> BASE <b> ASK {{}}",
        "BASE <{}> PREFIX x: <b> ASK {{}}",
        "BASE <{}> ASK FROM NAMED <b> {{}}",
    ],
)
def test_what_makes_no_iri_is_the_fault_of_the_query(client: httpx.Client, query: str, iri: str) -> None:
    answer = get(client, query.format(iri))
    assert answer.status_code == 400, answer.text
    assert iri in answer.json()["detail"]


def test_a_base_that_grows_without_end_is_refused() -> None:
    with pytest.raises(refusals.RefusedError, match="An IRI may have 2048 characters"):
        refusals.dataset("BASE<a/>" * 7_000, set())


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("ASK " + "{" * 30_000 + "}" * 30_000, 403),
        ("ASK { FILTER(" + "(" * 30_000 + "1" + ")" * 30_000 + ") }", 403),
        ("{" * 100_000, 413),
        ("ASK { FILTER(" + "!" * 60_000 + "true) }", 422),
        ('"""' + '\\"""' * 15_000, 400),
        ("a." * 30_000, 400),
        ("a-" * 30_000, 400),
        ("BASE<a/>" * 7_000 + "ASK{}", 403),
        ("BASE<a/b/c/d/e/f/>" * 3_000 + "ASK{}", 403),
        ("PREFIX a:<" + "b/" * 30_000 + "> ASK{}", 403),
        ("SELECT * { ?a ?b ?c . ?d ?e ?f }", 422),
        ("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", 504),
    ],
    ids=[
        "braces",
        "parentheses",
        "long",
        "not",
        "quotes",
        "dots",
        "minuses",
        "base",
        "bases",
        "prefix",
        "huge",
        "endless",
    ],
)
def test_hostile_queries_get_a_clear_answer_and_the_next_is_answered(
    client: httpx.Client, query: str, status: int
) -> None:
    answer = client.post("/sparql", content=query, headers={"Content-Type": DIRECT, "Accept": JSON})
    assert answer.status_code == status, answer.text
    assert len(answer.json()["detail"]) < 700
    assert holds(get(client, ASK))


def test_a_client_that_goes_away_frees_its_place(graphs: dict[str, Path]) -> None:
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    with served(graphs, Limits(workers=1, waiting=0, seconds=600)) as client:
        for _ in range(2):
            with pytest.raises(httpx.ReadTimeout):
                client.get("/sparql", params={"query": endless}, timeout=0.3)
        answer = get(client, ASK)
        for _ in range(200):  # the service learns a moment later that somebody went away
            if answer.status_code != 503:
                break
            time.sleep(0.05)
            answer = get(client, ASK)
        assert holds(answer)


# Description and page ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "media", ["text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"]
)
def test_without_a_query_the_endpoint_describes_itself(
    client: httpx.Client, graphs: dict[str, Path], media: str
) -> None:
    answer = client.get("/sparql", headers={"Accept": media})
    assert answer.headers["content-type"].partition(";")[0] == media
    found = Graph().parse(data=answer.text, format=media.replace("application/ld+json", "json-ld"))
    sd, void = "http://www.w3.org/ns/sparql-service-description#", "http://rdfs.org/ns/void#"
    here = URIRef(str(client.base_url.join("/sparql")))
    assert (here, URIRef(f"{sd}endpoint"), here) in found
    assert (here, URIRef(f"{sd}feature"), URIRef(f"{sd}UnionDefaultGraph")) in found
    assert {str(name) for name in found.objects(None, URIRef(f"{sd}name"))} == set(graphs)
    (named,) = found.subjects(URIRef(f"{sd}name"), URIRef(THEMES))
    (graph,) = found.objects(named, URIRef(f"{sd}graph"))
    (count,) = found.objects(graph, URIRef(f"{void}triples"))
    assert int(count) == len(Graph().parse(graphs[THEMES]))


def test_the_page_works_without_script_and_shows_markup_as_text(client: httpx.Client) -> None:
    page = client.get("/sparql", headers={"Accept": "text/html"})
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert "unsafe" not in page.headers["content-security-policy"]
    assert re.findall("<script[^>]*>", page.text) == SCRIPTS
    assert client.get("/sparql/complete.js").headers["content-type"] == "text/javascript; charset=utf-8"
    assert "style=" not in page.text
    shown = get(client, 'SELECT ("<script>alert(1)</script>" AS ?x) {} # </textarea><script>', "text/html")
    assert "<td><bdi>&lt;script&gt;alert(1)&lt;/script&gt;</bdi></td>" in shown.text
    assert re.findall("<script[^>]*>", shown.text) == SCRIPTS


SCRIPTS = ['<script src="sparql/complete.js" defer>']
"""What may run on the page: a file that suggests names. Without it a query is written and sent all the same."""


# Beside rdflib ----------------------------------------------------------------------------------------------

QUERIES = {
    "all": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "graphs": "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g",
    "types": "SELECT ?type (COUNT(DISTINCT ?s) AS ?n) { ?s a ?type } GROUP BY ?type",
    "datasets": "PREFIX dct: <http://purl.org/dc/terms/> PREFIX dcat: <http://www.w3.org/ns/dcat#> "
    "SELECT ?d ?t { ?d a dcat:Dataset ; dct:title ?t FILTER(LANG(?t) = 'nl') }",
    "formats": "PREFIX dcat: <http://www.w3.org/ns/dcat#> "
    "SELECT DISTINCT ?m { ?d dcat:distribution/dcat:mediaType ?m }",
    "optional": "PREFIX dcat: <http://www.w3.org/ns/dcat#> "
    "SELECT ?d ?page { ?d a dcat:Dataset OPTIONAL { ?d dcat:landingPage ?page } }",
    "not compressed": "PREFIX dcat: <http://www.w3.org/ns/dcat#> "
    "SELECT ?x { ?x a dcat:Distribution FILTER NOT EXISTS { ?x dcat:compressFormat ?m } }",
    "two graphs": f"SELECT (COUNT(*) AS ?n) FROM <{THEMES}> FROM <{COMMITMENTS}> {{ ?s ?p ?o }}",
    "one graph": f"SELECT ?s ?p ?o FROM <{THEMES}> {{ ?s ?p ?o }}",
    "union": f"SELECT ?p (COUNT(*) AS ?n) {{ {{ GRAPH <{THEMES}> {{ ?s ?p ?o }} }} UNION "
    f"{{ GRAPH <{COMMITMENTS}> {{ ?s ?p ?o }} }} }} GROUP BY ?p",
    "minus": "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
    "SELECT DISTINCT ?c { ?c a skos:Concept MINUS { ?c skos:topConceptOf ?s } }",
    "values": f"SELECT ?s ?o {{ VALUES ?g {{ <{THEMES}> <{COMMITMENTS}> }} GRAPH ?g {{ ?s a ?o }} }}",
    "path": "PREFIX prov: <http://www.w3.org/ns/prov#> SELECT (COUNT(DISTINCT ?x) AS ?n) { ?s prov:wasDerivedFrom+ ?x }",  # noqa: E501
    "lengths": "SELECT ?p (MAX(STRLEN(STR(?o))) AS ?n) { ?s ?p ?o FILTER(isLiteral(?o)) } GROUP BY ?p",
}


@pytest.fixture(scope="module")
def oracle(graphs: dict[str, Path]) -> Dataset:
    dataset = Dataset(default_union=True)
    for name, path in graphs.items():
        dataset.graph(URIRef(name)).parse(path)
    return dataset


def rows(text: str) -> Counter[tuple[str, ...]]:
    head, *found = csv.reader(io.StringIO(text))
    order = sorted(range(len(head)), key=head.__getitem__)
    return Counter(tuple(row[at] for at in order) for row in found if row)


@pytest.mark.parametrize("name", QUERIES)
def test_results_equal_those_of_rdflib(
    client: httpx.Client, oracle: Dataset, graphs: dict[str, Path], name: str
) -> None:
    over: Graph = oracle
    if name == "two graphs":  # rdflib would fetch the graphs of FROM
        over = Graph().parse(graphs[THEMES]).parse(graphs[COMMITMENTS])
    elif name == "one graph":
        over = Graph().parse(graphs[THEMES])
    query = QUERIES[name]
    plain = query if "FROM" not in query else query[: query.index("FROM")] + query[query.index("{") :]
    expected = rows(over.query(plain).serialize(format="csv").decode())
    assert expected
    assert rows(get(client, query, "text/csv").text) == expected


def test_a_construct_equals_that_of_rdflib(client: httpx.Client, oracle: Dataset) -> None:
    query = "PREFIX dct: <http://purl.org/dc/terms/> CONSTRUCT { ?t <urn:x:titles> ?s } WHERE { ?t dct:title ?s }"
    found = Graph().parse(data=get(client, query, "text/turtle").text, format="turtle")
    assert len(found) > 10
    assert isomorphic(found, oracle.query(query).graph)


def test_the_graphs_are_those_of_the_publication_and_not_of_earlier_versions(
    published: Path, graphs: dict[str, Path]
) -> None:
    served = graphs_served(Published({published.name: load(published.parent, published.name)}))
    assert served == {name: (path.suffix[1:], path.read_bytes()) for name, path in graphs.items()}
    assert {f"{BASE}catalog", THEMES, f"{THEMES}/themes.prov.ttl", f"{BASE}codelists/ogp.ttl"} <= set(graphs)
    assert not any("/v/" in name or "/reports/" in name for name in graphs)
    package = json.loads((graphs[f"{BASE}catalog"].parent / "datapackage.json").read_text(encoding="utf-8"))
    assert all(f"{BASE}{resource['name']}" in graphs for resource in package["resources"])


def test_the_page_is_first_in_the_first_language_of_what_is_published(tmp_path: Path) -> None:
    pages = {"index.html": b'<!doctype html>\n<html lang="fr">\n', "nl/index.html": b""}
    publication(tmp_path, "one", 1, pages)
    assert spoken(read_all(tmp_path, None)) == ["fr", "nl", "en"]
    assert spoken(Published()) == ["en", "fr", "nl"]
