"""Names over HTTP: the form that a client asks for, what it is a form of, and where else to look."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from conftest import Workspace
from ogp_data.core.web.accept import choose
from ogp_data.declaration import earlier
from service_help import Web, client

BASE = "https://example.org/ogp/nl-2020-2022/"
RDF = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
}
DATASETS = (
    "themes", "commitments", "assessments", "links", "process", "irm_lessons", "recommendations", "narrative",
    "document", "source_findings", "overview", "ogp-crosswalk",
)  # fmt: skip


@pytest.fixture(scope="module")
def web(published: Path) -> Web:
    return client(published.parent)


def triples(content: bytes, media: str) -> set[str]:
    return {str(quad.triple) for quad in ox.parse(content, format=RDF[media])}


@pytest.mark.parametrize("media", RDF)
@pytest.mark.parametrize(
    "name", [*DATASETS, "codelists/progress", "codelists/ogp", "codelists/organisations", "catalog"]
)
def test_a_name_gives_the_same_graph_in_every_form(web: Web, published: Path, name: str, media: str) -> None:
    answer = web.get(f"/nl-2020-2022/{name}", headers={"Accept": media})
    assert answer.status_code == 200
    assert answer.headers["content-type"].split(";")[0] == media
    file = published / (f"{name}.ttl" if (published / f"{name}.ttl").exists() else f"{name}/{name}.ttl")
    expected = triples(file.read_bytes(), "text/turtle")
    assert triples(answer.content, media) == expected
    assert len(expected) > 5


def test_the_form_says_where_it_lies_and_is_there_too(web: Web) -> None:
    for media in (*RDF, "text/csv"):
        answer = web.get("/nl-2020-2022/commitments", headers={"Accept": media})
        where = answer.headers["content-location"]
        there = web.get(f"/nl-2020-2022/{where}")
        assert there.content == answer.content
        assert there.headers["etag"] == answer.headers["etag"]
        assert "Accept" in re.split(r",\s*", answer.headers["vary"])


def test_a_dataset_is_its_csv_for_who_asks_for_csv(web: Web, published: Path) -> None:
    answer = web.get("/commitments", headers={"Accept": "text/csv"})
    assert answer.content == (published / "commitments/commitments.csv").read_bytes()
    assert answer.headers["content-location"] == "commitments/commitments.csv"


def test_a_browser_is_led_to_the_page_of_a_dataset(web: Web) -> None:
    browser = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "Accept-Language": "en"}
    answer = web.get("/nl-2020-2022/commitments", headers=browser)
    assert answer.status_code == 303
    there = web.get(f"/nl-2020-2022/{answer.headers['location'].partition('#')[0]}")
    assert there.status_code == 200
    assert there.headers["content-type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize(
    ("name", "language", "page"),
    [
        ("commitments", "", "commitments/index.html"),
        ("commitments", "nl-NL, en;q=0.5", "commitments/index.html"),
        ("commitments", "en", "en/commitments/index.html"),
        ("catalog", "de", "index.html"),
        ("catalog", "en-GB,en;q=0.9,nl;q=0.8", "en/index.html"),
        ("commitments/C3", "en", "../en/commitments/C3.html"),
    ],
)
def test_a_page_is_in_the_language_that_a_browser_asks_for(web: Web, name: str, language: str, page: str) -> None:
    answer = web.get(f"/nl-2020-2022/{name}", headers={"Accept": "text/html", "Accept-Language": language})
    location = answer.headers.get("location") or answer.headers["content-location"]
    assert location == page
    assert answer.headers["vary"].startswith("Accept, Accept-Language")


def test_everything_together_has_no_form_of_its_own_and_leads_to_what_describes_it(web: Web) -> None:
    for media, where in (
        ("text/turtle", "catalog.ttl"),
        ("application/rdf+xml", "catalog.rdf"),
        ("application/json", "datapackage.json"),
    ):
        answer = web.get("/nl-2020-2022/everything", headers={"Accept": media})
        assert (answer.status_code, answer.headers["location"]) == (303, where)
        assert "Accept" in answer.headers["vary"]


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("text/turtle;q=0.5, application/ld+json", "application/ld+json"),
        ("application/rdf+xml;q=0.9, text/turtle;q=0.95", "text/turtle"),
        ("text/*;q=0.3, application/n-triples;q=0.4", "application/n-triples"),
        ("text/csv;q=0, text/turtle", "text/turtle"),
        ("TEXT/TURTLE", "text/turtle"),
    ],
)
def test_what_is_liked_best_is_given(web: Web, accept: str, media: str) -> None:
    answer = web.get("/nl-2020-2022/themes", headers={"Accept": accept})
    assert answer.headers["content-type"].split(";")[0] == media


def test_what_is_not_to_be_had_is_406_and_says_what_is(web: Web) -> None:
    answer = web.get("/nl-2020-2022/themes", headers={"Accept": "image/png"})
    assert answer.status_code == 406
    assert "text/turtle" in answer.json()["detail"]


def test_a_file_is_given_whatever_is_accepted(web: Web) -> None:
    assert web.get("/catalog.ttl", headers={"Accept": "image/png"}).status_code == 200


@pytest.mark.parametrize(
    "accept", ["", ";;;", "text/turtle;q=", ",,,", "*", "a" * 5000, "text/turtle;q=2", "\xff/\xfe"]
)
def test_an_accept_header_that_is_none_is_no_error_of_ours(web: Web, accept: str) -> None:
    headers = [(b"Accept", accept.encode("latin-1"))]
    assert web.get("/nl-2020-2022/themes", headers=headers).status_code in (200, 303, 400, 406)


def test_names_answer_at_the_path_of_their_own_iri_too(web: Web) -> None:
    turtle = {"Accept": "text/turtle"}
    assert (
        web.get("/ogp/nl-2020-2022/commitments", headers=turtle).content
        == web.get("/commitments", headers=turtle).content
    )


def test_what_no_name_leads_to_is_404(web: Web) -> None:
    for path in ("nothing", "../nothing", "codelists/nothing", "commitments/C99"):
        answer = web.get(f"/nl-2020-2022/{path}")
        assert answer.status_code == 404
        assert answer.headers["content-type"] == "application/problem+json"


def test_an_earlier_version_answers_by_its_own_names(workspace: Workspace) -> None:
    assert workspace.publish().published

    kept, _ = earlier.keep(workspace.data, workspace.dist, "nl-2020-2022")
    assert kept is not None
    path = workspace.data / "nl-2020-2022/publication.toml"
    text = path.read_text(encoding="utf-8").replace('version = "1.0.0"', 'version = "1.1.0"', 1)
    path.write_text(f'{text}\n[previous]\nmanifest = "previous/1.0.0/manifest.json"\nsha256 = "{kept.build.sha256}"\n')
    assert workspace.publish().published
    web = client(workspace.dist)
    answer = web.get("/nl-2020-2022/v/1.0.0/commitments", headers={"Accept": "application/rdf+xml"})
    assert answer.status_code == 200
    assert answer.headers["content-location"] == "commitments/commitments.rdf"
    before = (workspace.dist / "nl-2020-2022/v/1.0.0/commitments/commitments.ttl").read_bytes()
    assert triples(answer.content, "application/rdf+xml") == triples(before, "text/turtle")
    answer = web.get("/nl-2020-2022/v/1.0.0/catalog", headers={"Accept": "text/turtle"})
    assert answer.content == (workspace.dist / "nl-2020-2022/v/1.0.0/catalog.ttl").read_bytes()


# Signposts ------------------------------------------------------------------------------------------------


def signposts(header: str) -> dict[str, list[tuple[str, str]]]:
    """Return the links of a header by relation: target and media type."""
    found: dict[str, list[tuple[str, str]]] = {}
    for target, rel, media in re.findall(r'<([^>]*)>; rel="([^"]*)"(?:; type="([^"]*)")?', header):
        found.setdefault(rel, []).append((target, media))
    return found


def test_the_page_of_a_dataset_has_every_signpost_of_level_1(web: Web) -> None:
    answer = web.get("/nl-2020-2022/commitments", headers={"Accept": "text/turtle"})
    posts = signposts(answer.headers["link"])
    assert posts["cite-as"] == [(f"{BASE}commitments", "")]
    assert ("https://schema.org/Dataset", "") in posts["type"]
    assert ("https://schema.org/AboutPage", "") in posts["type"]
    assert posts["license"] == [("http://creativecommons.org/publicdomain/zero/1.0/deed.nl", "")]
    assert posts["author"] == [("https://identifier.overheid.nl/tooi/id/ministerie/mnre1034", "")]
    assert ("commitments/commitments.csv-metadata.json", "application/csvm+json") in posts["describedby"]
    assert ("commitments/commitments.parquet", "application/vnd.apache.parquet") in posts["item"]
    for rel in ("item", "describedby", "linkset", "alternate", "collection"):
        for target, _ in posts[rel]:
            assert web.get(f"/nl-2020-2022/{target}").status_code in (200, 303), (rel, target)


def test_a_file_leads_back_to_its_dataset_and_a_csv_to_its_description(web: Web) -> None:
    posts = signposts(web.get("/nl-2020-2022/commitments/commitments.csv").headers["link"])
    assert posts["collection"] == [("../commitments", "text/html")]
    assert posts["describedby"] == [("commitments.csv-metadata.json", "application/csvm+json")]
    back = signposts(web.get("/nl-2020-2022/commitments/commitments.csv-metadata.json").headers["link"])
    assert back["describes"] == [("commitments.csv", "text/csv")]


def test_the_link_set_says_the_same_for_everything(web: Web) -> None:
    answer = web.get("/nl-2020-2022/linkset")
    assert answer.headers["content-type"] == "application/linkset+json"
    anchors = {each["anchor"]: each for each in json.loads(answer.content)["linkset"]}
    own = anchors["http://testserver/nl-2020-2022/commitments"]
    assert own["cite-as"] == [{"href": f"{BASE}commitments"}]
    assert {"href": "http://testserver/nl-2020-2022/commitments/commitments.csv", "type": "text/csv"} in own["item"]
    csv = anchors["http://testserver/nl-2020-2022/commitments/commitments.csv"]
    assert csv["collection"] == [{"href": "http://testserver/nl-2020-2022/commitments", "type": "text/html"}]
    assert len(anchors["http://testserver/nl-2020-2022/catalog"]["item"]) == 13


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ('text/turtle;profile="http://x,y";q=0.1, text/html;q=0.2', "text/html"),  # RFC 9110, section 5.6.4
        ('text/turtle;a="q=0.1;\\"", text/html;q=0.2', "text/turtle"),
        ("text/html;q=.2, *;q=.1", "text/html"),
        ("*", "text/turtle"),
        ("image/png", None),
        ("text/turtle;q=0", None),
    ],
)
def test_accept_is_read_as_it_is_written(accept: str, chosen: str | None) -> None:
    assert choose(accept, ["text/turtle", "text/html"]) == chosen


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ('"' + '\\"' * 16_000 + "\\", None),
        ('\\"' * 16_000 + "\\", None),
        ('"a' * 16_000, None),
        ("," * 32_000, "text/turtle"),
        ('"a' * 16_000 + ", text/html", "text/html"),  # as many quotes begin as end
        ("," * 32_000 + "text/html", "text/html"),
    ],
)
def test_a_header_that_is_made_to_take_long_is_read_to_its_end(accept: str, chosen: str | None) -> None:
    """How the time grows with the length is measured by `make bench`; what is not linear would not end here."""
    assert choose(accept, ["text/turtle", "text/html"]) == chosen
