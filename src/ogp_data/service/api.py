"""The rows as JSON, by the NLGov REST API Design Rules (https://logius-standaarden.github.io/API-Design-Rules/)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from ogp_data.core.messages import Message
from ogp_data.core.vocab import DCT
from ogp_data.core.web.accept import choose
from ogp_data.service import openapi
from ogp_data.service.answers import ALLOWED, READ, Representation, answer
from ogp_data.service.cache import Kept
from ogp_data.service.listing import catalogue_of, node
from ogp_data.service.paths import steps
from ogp_data.service.problems import ProblemError, problem
from ogp_data.service.row_queries import Column, Question, Row, Table, as_json, ask, select, tables_of
from ogp_data.service.snapshot import File, Published, Snapshot, made
from ogp_data.service.state import State

ROOT = "/api/v1"
VERSION = {"API-Version": openapi.VERSION}

Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """A request to the API: what is published at its moment, where the API is, and its query in order."""

    published: Published
    root: str
    query: Sequence[tuple[str, str]]

    def link(self, *path: str, query: str = "") -> Body:
        """Return a link to an address of the API."""
        href = "/".join((self.root, *(quote(step, safe="") for step in path)))
        return {"href": f"{href}?{query}" if query else href}


@dataclass(frozen=True, slots=True)
class Api:
    """The API as an ASGI application; `profiles`: by which catalogues of others are checked beside it, if they are."""

    state: State
    profiles: Sequence[str] = ()
    kept: Kept = field(default_factory=Kept)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; errors are problem details, never pages."""
        request = Request(scope, receive)
        try:
            response = await self._respond(request)
        except ProblemError as fault:
            response = problem(request, fault, page=False)
        response.headers.update(VERSION)
        await response(scope, receive, send)

    async def _respond(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(None, 204, {"Allow": ALLOWED})
        if request.method not in READ:
            raise ProblemError(
                405, Message("{method} is not for this address.", method=request.method), {"Allow": ALLOWED}
            )
        # A key of a row may hold an encoded slash, so the path is cut into steps before it is decoded.
        path = steps(request.scope.get("raw_path") or request.scope["path"].encode())
        # The Design Rules want 404 for a trailing slash, and not a redirect (rule /core/no-trailing-slash).
        if path[:2] != ["api", "v1"] or path[-1] == "":
            raise ProblemError(404, Message("There is nothing at this address; the API begins at {root}.", root=ROOT))
        published = self.state.published
        if not published.publications:
            raise ProblemError(503, Message("There is nothing to serve yet: see /health."), {"Retry-After": "5"})
        asked = Asked(published, root_from(len(path)), request.query_params.multi_items())
        is_yaml = path[2:] == ["openapi.yaml"]
        media_type = "application/yaml" if is_yaml else "application/json"
        # Before anything is looked up: who cannot read the answer is not made to wait for it.
        if choose(request.headers.get("accept", ""), [media_type]) is None:
            raise ProblemError(
                406, Message("This is available as {media_type}.", media_type=media_type), {"Vary": "Accept"}
            )
        if path[2:] in (["openapi.json"], ["openapi.yaml"]):
            _no_query(asked)
            # The description depends on the tables, so a new build is a new key; the old one is forgotten in its turn.
            builds = " ".join(f"{one.id} {one.build}" for one in published.publications.values())
            write = partial(_described, asked, media_type, self.profiles)
            return answer(request, Representation(await self.kept.once(f"{path[2]} {asked.root} {builds}", write)))
        return answer(request, Representation(_file(route(asked, path[2:])), vary="Accept"))


def root_from(steps: int) -> str:
    """Return where the API is as seen from an address of so many steps, whatever a proxy put before them."""
    return f"{'../' * (steps - 2)}v1"


def _file(body: Body) -> File:
    content = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    return made("", content, "application/json")


def _described(asked: Asked, media_type: str, profiles: Sequence[str]) -> File:
    """Return the OpenAPI document."""
    body = openapi.document(list(asked.published.publications.values()), asked.root, profiles)
    return made("", openapi.as_yaml(body), media_type) if media_type == "application/yaml" else _file(body)


def route(asked: Asked, path: Sequence[str]) -> Body:
    """Return what is at a path below the API's root; ProblemError when there is nothing, or the query is wrong."""
    match list(path):
        case []:
            _no_query(asked)
            return _index(asked)
        case ["publications"]:
            _no_query(asked)
            return _publications(asked)
        case ["publications", name, *rest]:
            snapshot = asked.published.publications.get(name)
            if snapshot is None:
                raise ProblemError(404, Message("There is no publication {name!r}.", name=name[:100]))
            return _of_publication(asked, snapshot, rest)
    raise ProblemError(404, Message("There is nothing at this address; the API begins at {root}.", root=ROOT))


def _of_publication(asked: Asked, snapshot: Snapshot, path: Sequence[str]) -> Body:
    match list(path):
        case []:
            _no_query(asked)
            return _publication(asked, snapshot)
        case ["datasets"]:
            _no_query(asked)
            tables = tables_of(snapshot).values()
            links = {"self": asked.link("publications", snapshot.id, "datasets")}
            return {"datasets": [_short(asked, snapshot, table) for table in tables], "_links": links}
        case ["datasets", name, *rest]:
            tables_by_slug = tables_of(snapshot)
            # The rules want hyphens in paths, and whoever knows the dataset by its file writes an underscore.
            table = tables_by_slug.get(name.replace("_", "-")) or tables_by_slug.get(name)
            if table is None:
                raise ProblemError(
                    404, Message("The publication {id} has no dataset {name!r}.", id=snapshot.id, name=name[:100])
                )
            return _of_dataset(asked, snapshot, table, rest)
    raise ProblemError(404, Message("The publication {id} has nothing at this address.", id=snapshot.id))


def _of_dataset(asked: Asked, snapshot: Snapshot, table: Table, path: Sequence[str]) -> Body:
    match list(path):
        case []:
            _no_query(asked)
            return _dataset(asked, snapshot, table)
        case ["rows"]:
            return _rows(asked, snapshot, table)
        case ["rows", key]:
            _no_query(asked)
            row = table.by_key.get(key)
            if row is None:
                raise ProblemError(
                    404, Message("The dataset {name} has no row {key!r}.", name=table.name, key=key[:100])
                )
            return _row(asked, snapshot, table, row, ())
    raise ProblemError(404, Message("The dataset {name} has nothing at this address.", name=table.name))


def _no_query(asked: Asked) -> None:
    # A misspelt parameter that is passed over would give all rows, and look like an answer.
    if asked.query:
        _refuse({name: Message("There is no such parameter at this address.") for name, _ in asked.query})


def _refuse(faults: Mapping[str, str]) -> None:
    """Raise the problem that tells every parameter that is wrong."""
    errors = [{"in": "query", "name": name[:100], "detail": detail} for name, detail in faults.items()]
    names = ", ".join(error["name"] for error in errors)
    raise ProblemError(400, Message("The query is wrong: {names}.", names=names), errors=errors)


# What is at each address ----------------------------------------------------------------------------------


def _index(asked: Asked) -> Body:
    links = {"self": asked.link(), "publications": asked.link("publications"), "openapi": asked.link("openapi.json")}
    return {"title": openapi.TITLE, "version": openapi.VERSION, "_links": links}


def _publications(asked: Asked) -> Body:
    listed = [_publication(asked, snapshot) for snapshot in asked.published.publications.values()]
    return {"publications": listed, "_links": {"self": asked.link("publications")}}


def _publication(asked: Asked, snapshot: Snapshot) -> Body:
    catalogue, at = catalogue_of(snapshot), ("publications", snapshot.id)
    return {
        "id": snapshot.id,
        "version": snapshot.version,
        "build": snapshot.build,
        "iri": catalogue.iri.value,
        "title": catalogue.texts(catalogue.iri, node(DCT.title)),
        "modified": catalogue.text(catalogue.iri, node(DCT.modified)),
        "_links": {"self": asked.link(*at), "datasets": asked.link(*at, "datasets")},
    }


def _short(asked: Asked, snapshot: Snapshot, table: Table) -> Body:
    catalogue, iri = catalogue_of(snapshot), node(f"{snapshot.base_iri}{table.name}")
    at = ("publications", snapshot.id, "datasets", table.slug)
    return {
        "name": table.name,
        "iri": iri.value,
        "title": catalogue.texts(iri, node(DCT.title)),
        "rowCount": len(table.rows),
        "_links": {"self": asked.link(*at), "rows": asked.link(*at, "rows")},
    }


def _dataset(asked: Asked, snapshot: Snapshot, table: Table) -> Body:
    catalogue, iri = catalogue_of(snapshot), node(f"{snapshot.base_iri}{table.name}")
    described = catalogue.texts(iri, node(DCT.description))
    columns = [_column(column) for column in table.columns]
    return {**_short(asked, snapshot, table), "description": described, "key": table.key, "columns": columns}


def _column(column: Column) -> Body:
    told = {"name": column.name, "queryKey": column.query_key, "type": column.type, "required": column.required}
    codes = {"codes": list(column.codes)} if column.codes else {}
    return {**told, "title": column.title, "description": column.description, **codes, **column.details}


def _rows(asked: Asked, snapshot: Snapshot, table: Table) -> Body:
    question, faults = ask(table, asked.query)
    if faults:
        _refuse({fault.name: fault.detail for fault in faults})
    rows = select(table, question)
    pages = max(1, -(-len(rows) // question.page_size))
    if question.page > pages:
        raise ProblemError(
            404, Message("There is no page {page}; the last one is {pages}.", page=question.page, pages=pages)
        )
    begin = (question.page - 1) * question.page_size
    shown = rows[begin : begin + question.page_size]
    return {
        "rows": [_row(asked, snapshot, table, row, question.fields) for row in shown],
        "page": question.page,
        "pageSize": question.page_size,
        "totalRows": len(rows),
        "totalPages": pages,
        "_links": _paging(asked, snapshot, table, question, pages),
    }


def _paging(asked: Asked, snapshot: Snapshot, table: Table, question: Question, pages: int) -> Body:
    at = ("publications", snapshot.id, "datasets", table.slug)
    # As a list of pairs and not as a mapping: a filter may be given more than once.
    others = [pair for pair in asked.query if pair[0] != "page"]
    numbers = {"first": 1, "prev": question.page - 1, "next": question.page + 1, "last": pages}
    links = {
        name: asked.link(*at, "rows", query=urlencode([*others, ("page", number)]))
        for name, number in numbers.items()
        if 1 <= number <= pages
    }
    return {"self": asked.link(*at, "rows", query=urlencode(asked.query)), **links, "dataset": asked.link(*at)}


def _row(asked: Asked, snapshot: Snapshot, table: Table, row: Row, fields: Sequence[str]) -> Body:
    """Return a row with links to itself, to what it is called as linked data, and to rows that it refers to."""
    at, key = ("publications", snapshot.id, "datasets"), row[table.key][0].text
    slugs = {other.name: slug for slug, other in tables_of(snapshot).items()}
    links = {
        "self": asked.link(*at, table.slug, "rows", key),
        "iri": {"href": f"{snapshot.base_iri}{table.name}#{quote(key, safe='')}"},
    }
    for column in table.columns:
        values = row[column.name]
        if column.refers in slugs and values and (not fields or column.name in fields):
            links[column.name] = asked.link(*at, slugs[column.refers], "rows", values[0].text)
    columns = {column.name: column for column in table.columns}
    return {**{name: as_json(columns[name], row[name]) for name in fields or columns}, "_links": links}
