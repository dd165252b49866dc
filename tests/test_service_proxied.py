"""Behind a proxy that takes a path away every link leads on: one in Python, and nginx where it is installed."""

from __future__ import annotations

import http.client
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

import httpx
import pyoxigraph as ox
import pytest

from nginx import NGINX, nginx
from service_help import Running, free_port, running

TOLD = ("X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Forwarded-Prefix")
LINKS = re.compile(r"/(ns/hydra/core#(next|last)|w3id.org/tree#node|ns/sparql-service-description#endpoint)")
BEGIN = ("", "nl-2020-2022/", "dictionary.html", "en/", "api/v1", "api/v1/openapi.json", "linkset", "sparql", "catalog")
PAGES = ("catalog.ttl?page=1", "catalog.nt?modified_since=2020-01-01", "ldes", "sparql")


@contextmanager
def stripping(service: Running, fields: str) -> Iterator[str]:
    """Yield the address of a proxy of a few lines, which tells what it does in fields of one kind, or not at all."""
    port = free_port()

    class Proxy(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

        def do_GET(self) -> None:
            if not self.path.startswith("/ogp/"):
                self.send_error(404)
                return
            told = {"X-Forwarded-Prefix": "/ogp", "X-Forwarded-Host": f"127.0.0.1:{port}", "X-Forwarded-Proto": "http"}
            if fields == "Forwarded":
                told = {"X-Forwarded-Prefix": "/ogp", "Forwarded": f'for=192.0.2.7;proto=http;host="127.0.0.1:{port}"'}
            connection = http.client.HTTPConnection("127.0.0.1", service.port)
            connection.request("GET", self.path[4:], headers={"Accept": self.headers.get("Accept", "*/*"), **told})
            answer = connection.getresponse()
            body = answer.read()
            self.send_response(answer.status)
            for name, value in answer.getheaders():
                if name.lower() in ("content-type", "location", "link", "content-location"):
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            connection.close()

    with ThreadingHTTPServer(("127.0.0.1", port), Proxy) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{port}/ogp/"
        server.shutdown()
        thread.join()


def documented(service: Running, port: int) -> str:
    """Return what docs/running.md sets up in nginx, without TLS."""
    page = (Path(__file__).parents[1] / "docs/running.md").read_text(encoding="utf-8")
    (location,) = re.findall(r"^ *location /ogp/ \{.*?^ *\}$", page, re.MULTILINE | re.DOTALL)
    location = location.replace("127.0.0.1:8000", f"127.0.0.1:{service.port}").replace("$host;", "$http_host;")
    return f"server {{ listen 127.0.0.1:{port};\n{location}\n}}"


class Targets(HTMLParser):
    """What a page leads to, loads and sends to."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, _: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name in ("href", "src", "action") and value is not None]


def links(answer: httpx.Response) -> Iterator[str]:
    """Yield all addresses that an answer leads to, made absolute as a client does it."""
    here, kind = str(answer.url), answer.headers.get("content-type", "").partition(";")[0]
    for target in re.findall(r"<([^>]*)>", answer.headers.get("link", "")):
        yield urljoin(here, target)
    if kind == "text/html":
        page = Targets()
        page.feed(answer.text)
        yield from (urljoin(here, target) for target in page.found)
    elif kind in ("application/json", "application/linkset+json"):
        for target in re.findall(r'"(?:href|anchor|url)": ?"([^"{]*)"', answer.text):
            yield urljoin(here, target)
    elif kind in ("text/turtle", "application/n-triples", "application/trig"):
        form = ox.RdfFormat.from_media_type(kind)
        for quad in ox.parse(answer.content, form):
            if LINKS.search(f"/{quad.predicate.value.partition('//')[2]}") and isinstance(quad.object, ox.NamedNode):
                yield quad.object.value


def dead(front: str, begin: tuple[str, ...]) -> tuple[dict[str, int], int]:
    """Return the links from some addresses that lead nowhere, and how many lead on."""
    statuses: dict[str, int] = {}
    host = urlsplit(front).netloc
    with httpx.Client(follow_redirects=True) as asking:
        for path in begin:
            for accept in ("text/html", "*/*"):
                answer = asking.get(front + path, headers={"Accept": accept})
                if answer.status_code == 406 and accept == "text/html":
                    continue
                assert answer.status_code == 200, (path, accept, answer.text[:300])
                assert str(answer.url).startswith(front)
                for target in (urldefrag(found)[0] for found in links(answer)):
                    if urlsplit(target).netloc in (host, "127.0.0.1", "127.0.0.1:80") and target not in statuses:
                        statuses[target] = asking.get(target).status_code
    return {target: status for target, status in statuses.items() if status != 200}, len(statuses)


@pytest.mark.parametrize("fields", ["X-Forwarded", "Forwarded"])
def test_behind_a_declared_proxy_every_link_leads_on(published: Path, tmp_path: Path, fields: str) -> None:
    with running(published.parent, tmp_path, "--trust-proxy", "127.0.0.1") as service, stripping(service, fields) as at:
        wrong, right = dead(at, (*BEGIN, *PAGES))
        assert wrong == {}
        assert right > 80
        anchor = httpx.get(f"{at}linkset").json()["linkset"][0]["anchor"]
        assert anchor == f"{at}catalog"


def test_behind_one_that_nobody_declared_the_links_of_pages_and_api_lead_on(published: Path, tmp_path: Path) -> None:
    with running(published.parent, tmp_path) as service, stripping(service, "X-Forwarded") as at:
        wrong, right = dead(at, tuple(path for path in BEGIN if path not in ("linkset", "sparql")))
        assert wrong == {}
        assert right > 40
        anchor = httpx.get(f"{at}linkset").json()["linkset"][0]["anchor"]
        assert anchor == f"{service.url}catalog"  # his word counts for nothing


@pytest.mark.skipif(NGINX is None, reason="nginx is not installed: apt install nginx-light")
def test_behind_nginx_as_it_is_documented_every_link_leads_on(published: Path, tmp_path: Path) -> None:
    with (
        running(published.parent, tmp_path, "--trust-proxy", "127.0.0.1", "--log-clients") as service,
        nginx(tmp_path, lambda port: documented(service, port)) as root,
    ):
        at = f"{root}/ogp/"
        wrong, right = dead(at, (*BEGIN, *PAGES))
        assert wrong == {}
        assert right > 80
        lied = {"Forwarded": "for=192.0.2.66", "X-Forwarded-For": "192.0.2.66", "X-Forwarded-Prefix": "/evil"}
        assert httpx.get(f"{at}linkset", headers=lied).json()["linkset"][0]["anchor"] == f"{at}catalog"
        assert {line["client"] for line in service.requests()} == {"127.0.0.1"}
