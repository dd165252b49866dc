"""SPARQL 1.1 Protocol, its query part: https://www.w3.org/TR/sparql11-protocol/#query-operation. Read-only."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from ogp_data.core import templates as pages
from ogp_data.core.graphs import graph_name
from ogp_data.core.messages import Message, languages, reason, say
from ogp_data.core.sparql.faults import SyntaxFault, explain, place_of
from ogp_data.core.web.accept import choose, choose_language
from ogp_data.service import description, refusals
from ogp_data.service.answers import READ, Representation, address, answer, content_type, respond
from ogp_data.service.asking import help_of, local
from ogp_data.service.forwarded import client_of
from ogp_data.service.framing import framed, look_of
from ogp_data.service.limits import BOUNDS, Limits
from ogp_data.service.paths import parameters
from ogp_data.service.policies import policy_of
from ogp_data.service.problems import PROBLEM, ProblemError, send_answer
from ogp_data.service.query_pool import Answer, Graph, Pool, Query, QueryError
from ogp_data.service.query_process import GRAPHS, RESULTS
from ogp_data.service.snapshot import VOCABULARY, Published, Snapshot, made
from ogp_data.service.waiting import while_connected

METHODS: Final = "GET, HEAD, POST, OPTIONS"
FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
UPDATE = "application/sparql-update"
HTML = "text/html"
SCRIPT: Final = "complete.js"
"""What suggests names while a query is written, below the endpoint's own address."""

READ_ONLY = Message("This endpoint is read-only: updates are refused, only queries are answered.")
ALIASES = {
    "application/json": "application/sparql-results+json",
    "application/xml": "application/sparql-results+xml",
    "text/plain": "application/n-triples",
}
CORS = {"Access-Control-Allow-Origin": "*"}
AFTER_QUERY = {"Vary": "Accept", "Cache-Control": "no-cache"}

Fields = list[tuple[str, str]]


def graphs_served(published: Published) -> dict[str, Graph]:
    """Return the graphs of all that is served, by their names."""
    found: dict[str, Graph] = {}
    for snapshot in published.publications.values():
        tables = set(snapshot.datasets)
        for path, file in snapshot.files.items():
            if name := graph_name(path, tables):
                found[f"{snapshot.base_iri}{name}"] = (path.rpartition(".")[2], file.content)
    return {**found, **(dict(_shared(published.vocabulary)) if published.vocabulary else {})}


def _shared(vocabulary: Snapshot) -> Iterator[tuple[str, Graph]]:
    """Yield the graphs of the terms and of each code list, which have the names of these."""
    for path, file in vocabulary.files.items():
        document, _, suffix = path.rpartition(".")
        if suffix == "ttl":
            name = "" if document == VOCABULARY else document
            yield f"{vocabulary.base_iri}{name}", (suffix, file.content)


class Endpoint:
    """A SPARQL endpoint over published graphs, as an ASGI application.

    `path` is where it answers, `spoken` gives the languages of its page, the default one first, `published` what its
    answers lead to.
    """

    def __init__(
        self,
        graphs: Mapping[str, Graph],
        limits: Limits = BOUNDS,
        path: str = "/sparql",
        spoken: Callable[[], Sequence[str]] = languages,
        published: Callable[[], Published] = Published,
    ) -> None:
        """Read the graphs; nothing runs before `start`."""
        self.limits, self.path, self._spoken, self._published = limits, path, spoken, published
        self.pool = Pool(graphs, self.limits)

    async def start(self) -> None:
        """Start the workers; QueryError when the graphs cannot be loaded."""
        await self.pool.start()

    async def replace(self, graphs: Mapping[str, Graph]) -> None:
        """Answer from other graphs; queries under way are answered from the graphs that they began with."""
        pool = await asyncio.to_thread(Pool, graphs, self.limits)
        await pool.start()
        # Only when the new pool answers: queries that come meanwhile go to the old one, and none meets a pool without
        # workers.
        self.pool, before = pool, self.pool
        await before.drain()

    async def close(self) -> None:
        """End the workers."""
        await self.pool.close()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        await send_answer(self._respond, (scope, receive, send), CORS)

    async def _respond(self, request: Request) -> Response:
        if request.scope["path"] == f"{self.path}/{SCRIPT}" and request.method in READ:
            return answer(request, Representation(made("", pages.asset(f"service/{SCRIPT}"), "text/javascript")))
        if request.scope["path"] not in (self.path, f"{self.path}/"):
            raise ProblemError(
                404, Message("There is nothing at this address; queries are answered at {path}.", path=self.path)
            )
        if request.method == "OPTIONS":
            return Response(None, 204, {"Allow": METHODS})
        if not self.pool.graphs:
            raise ProblemError(503, Message("There is nothing to ask yet: see /health."), {"Retry-After": "5"})
        if request.method not in ("GET", "HEAD", "POST"):
            raise ProblemError(
                405, Message("{method} is not for a SPARQL endpoint.", method=request.method), {"Allow": METHODS}
            )
        fields = await _fields(request, self.limits)
        # These belong to the update part of the protocol. 403 says that it is refused, where 400 would say that it is
        # malformed.
        if any(name in ("update", "using-graph-uri", "using-named-graph-uri") for name, _ in fields):
            raise ProblemError(403, READ_ONLY)
        queries = [value for name, value in fields if name == "query"]
        if not queries and request.method != "POST" and not fields:
            return self._described(request)
        if len(queries) != 1:
            raise ProblemError(
                400, Message("A request has one query, this one has {count}: give `query` once.", count=len(queries))
            )
        try:
            return await self._answered(request, queries[0], fields)
        except ProblemError as fault:
            # A person goes on with the query that was written, and sees beside it what is wrong.
            if choose(request.headers.get("accept", ""), (PROBLEM, HTML)) != HTML:
                raise
            return await asyncio.to_thread(self._page, request, queries[0], {}, fault)

    def _described(self, request: Request) -> Response:
        """Return the service description, or the page where a person writes a query."""
        chosen = choose(request.headers.get("accept", ""), (*GRAPHS, HTML))
        if chosen is None:
            raise ProblemError(
                406,
                Message("The description is available as {value}.", value=", ".join((*GRAPHS, HTML))),
                {"Vary": "Accept"},
            )
        if chosen == HTML:
            return self._page(request, "", {})
        body = description.write(address(request, self.path), self.pool.counts, GRAPHS[chosen])
        return respond(request, body, {"Content-Type": content_type(chosen), **AFTER_QUERY})

    async def _answered(self, request: Request, text: str, fields: Fields) -> Response:
        if len(text.encode()) > self.limits.query_bytes:
            raise ProblemError(
                413, Message("A query may have {query_bytes} bytes at most.", query_bytes=self.limits.query_bytes)
            )
        # Reading a query that is made to take long must hold nobody else up.
        given = await asyncio.to_thread(_dataset, text, fields, self.pool.graphs)
        results, graph = _wanted(request)
        # Whether a query gives rows or a graph only the engine knows, so it is refused here only if neither could be
        # sent.
        if not results and not graph:
            raise _not_acceptable((*RESULTS, *GRAPHS))
        default, named = given or (None, None)
        query = Query(text, _engine(results, RESULTS), _engine(graph, GRAPHS), default, named)
        answer = await self._evaluated(request, query)
        chosen = graph if answer.is_graph else results
        if not chosen:
            raise _not_acceptable(GRAPHS if answer.is_graph else RESULTS)
        if chosen == HTML:
            return await asyncio.to_thread(lambda: self._page(request, text, _shown(answer)))
        return respond(request, answer.content, {"Content-Type": content_type(chosen), **AFTER_QUERY})

    async def _evaluated(self, request: Request, query: Query) -> Answer:
        """Return the answer; when the client goes away the query is stopped."""
        try:
            return await while_connected(request, self.pool.query(query, client_of(request.scope)))
        except QueryError as fault:
            where = await asyncio.to_thread(explain, query.text) if fault.kind == "syntax" else None
            raise _misspelt(where) if where else _told(fault, self.limits) from None

    def _page(
        self, request: Request, query: str, shown: Mapping[str, Any], fault: ProblemError | None = None
    ) -> Response:
        language = choose_language(request.headers.get("accept-language", ""), self._spoken())
        published, up = self._published(), "../" if request.scope["path"].endswith("/") else ""
        title = say(Message("Query it yourself"), language)
        context = {
            "frame": framed(title, up, "sparql", language, look=look_of(request.scope)),
            "help": help_of(published, language),
            "script": f"{up}{self.path.removeprefix('/')}/{SCRIPT}",
            "to": lambda iri: local(iri, published, up),
            "query": query,
            "counts": self.pool.counts,
            "fault": fault,
            "marked": _marked(query, fault),
            **{"head": [], "rows": [], "text": "", "cut": 0},
            **shown,
        }
        body = pages.render("service/sparql.html", language, **context)
        headers = {"Content-Type": f"{HTML}; charset=utf-8", "Content-Security-Policy": policy_of(body)}
        told = {"Cache-Control": "no-store", **fault.headers} if fault else {}
        status = fault.status if fault else 200
        return respond(request, body, {**headers, **AFTER_QUERY, **told, "Vary": "Accept, Accept-Language"}, status)


# Requests -------------------------------------------------------------------------------------------------


async def _fields(request: Request, limits: Limits) -> Fields:
    """Return the parameters of a request, the query of a direct POST among them."""
    fields = parameters(request.scope.get("query_string", b""), limits.form_fields)
    if request.method != "POST":
        return fields
    kind, charset = _media_type(request)
    if kind == UPDATE:
        raise ProblemError(403, READ_ONLY)
    if kind not in (FORM, DIRECT):
        raise ProblemError(
            415,
            Message("A query is posted as {form} or as {direct}.", form=FORM, direct=DIRECT),
            {"Accept-Post": f"{FORM}, {DIRECT}"},
        )
    if charset not in ("", "utf-8", "utf8"):
        raise ProblemError(415, Message("A query is in UTF-8."))
    # In a form each byte may be three (`%3F`), and the graphs are parameters beside the query.
    body = await _body(request, 3 * limits.query_bytes + limits.query_string_bytes, limits.body_bytes)
    if kind == FORM:
        return fields + parameters(body, limits.form_fields)
    try:
        return [*fields, ("query", body.decode("utf-8"))]
    except UnicodeDecodeError:
        raise ProblemError(400, Message("The query is not in UTF-8.")) from None


def _media_type(request: Request) -> tuple[str, str]:
    kind, *parameters = (part.strip().lower() for part in request.headers.get("content-type", "").split(";"))
    values = [part.partition("=")[2].strip('"') for part in parameters if part.startswith("charset=")]
    return kind, values[0] if values else ""


async def _body(request: Request, most: int, read_on: int) -> bytes:
    """Return the body; ProblemError when it is larger than a query can be.

    Such a one is read on for some bytes all the same: a client that is still sending may not see an answer.
    """
    body, size = bytearray(), 0
    async for part in request.stream():
        size += len(part)
        if size > read_on:
            break
        body += part if size <= most else b""
    if size > most:
        raise ProblemError(413, Message("A request may have {most} bytes at most.", most=most), {"Connection": "close"})
    return bytes(body)


def _dataset(text: str, fields: Fields, published: Sequence[str]) -> tuple[list[str], list[str]] | None:
    """Return the default and the named graphs: the request's, else the query's own, else None for all that there is."""
    default = [value for name, value in fields if name == "default-graph-uri"]
    named = [value for name, value in fields if name == "named-graph-uri"]
    known = frozenset(published)
    try:
        own = refusals.dataset(text, known)
        for iri in (*default, *named):
            refusals.check_graph(iri, known)
    except refusals.MalformedError as fault:
        raise ProblemError(400, reason(fault)) from None
    except refusals.ServiceError as fault:
        place = place_of(text, "SERVICE")
        more = dict(zip(("line", "column"), place or (), strict=False))
        raise ProblemError(403, reason(fault), None, **more) from None
    except refusals.RefusedError as fault:
        raise ProblemError(403, reason(fault)) from None
    return (default, named) if default or named else own


def _wanted(request: Request) -> tuple[str, str]:
    """Return the media types in which the client wants rows, and a graph; "" where it takes none."""
    accept = request.headers.get("accept", "")
    results = choose(accept, (*RESULTS, HTML, "application/json", "application/xml"))
    graph = choose(accept, (*GRAPHS, HTML, "text/plain"))
    return results or "", graph or ""


def _engine(media: str, known: Mapping[str, Any]) -> str:
    """Return the media type to ask the engine for."""
    return next(iter(known)) if media == HTML else ALIASES.get(media, media)


# Answers --------------------------------------------------------------------------------------------------


def _not_acceptable(offered: Mapping[str, Any] | Sequence[str]) -> ProblemError:
    return ProblemError(406, Message("This is available as {offered}.", offered=", ".join(offered)), {"Vary": "Accept"})


def _misspelt(where: SyntaxFault) -> ProblemError:
    """Return what a client is told of a query that is none."""
    detail = Message(
        "The query is not well formed: line {line}, column {column}: {detail}",
        line=where.line,
        column=where.column,
        detail=where.message,
    )
    return ProblemError(400, detail, line=where.line, column=where.column)


def _marked(query: str, fault: ProblemError | None) -> str:
    """Return the line of a query that is wrong, with a mark below its place; "" where no place is known."""
    line, column = (fault.more.get(name) for name in ("line", "column")) if fault else (None, None)
    if not isinstance(line, int) or not isinstance(column, int):
        return ""
    text = query.split("\n")[line - 1].rstrip("\r")
    # A tab before it stays one, so that the mark stands below its place.
    before = "".join(one if one == "\t" else " " for one in text[: column - 1])
    return f"{text}\n{before}^"


def _told(fault: QueryError, limits: Limits) -> ProblemError:
    """Return what a client is told of a query without an answer."""
    again = {"Retry-After": str(max(1, round(limits.seconds)))}
    kinds = {
        "busy": (503, Message("Too many queries are waiting; try again later."), again),
        "expired": (
            503,
            Message("The query waited {seconds:g} s for others to end; try again later.", seconds=limits.seconds),
            again,
        ),
        "closed": (503, Message("The service is being stopped."), again),
        "slow": (
            504,
            Message("The query was stopped after {seconds:g} s; ask for less, or add LIMIT.", seconds=limits.seconds),
            {},
        ),
        "memory": (
            422,
            Message("The query needs more memory, or is nested deeper, than is allowed; ask for less."),
            {},
        ),
        "large": (
            422,
            Message(
                "The result has more than {result_bytes} bytes; ask for less, or add LIMIT.",
                result_bytes=limits.result_bytes,
            ),
            {},
        ),
        "syntax": (400, Message("The query is not well formed: {detail}", detail=fault.detail[:500]), {}),
    }
    status, detail, headers = kinds.get(
        fault.kind, (422, Message("The query cannot be evaluated: {detail}", detail=fault.detail[:500]), {})
    )
    return ProblemError(status, detail, headers)


def _shown(answer: Answer) -> dict[str, Any]:
    """Return an answer as the page shows it: a table of rows, or text."""
    if answer.is_graph:
        return {"text": answer.content.decode()}
    told = json.loads(answer.content)
    if "boolean" in told:
        return {"text": str(told["boolean"]).lower()}
    head, rows = told["head"]["vars"], told["results"]["bindings"]
    cells = [[_cell(row.get(name)) for name in head] for row in rows[: BOUNDS.page_results]]
    return {"head": head, "rows": cells, "cut": max(0, len(rows) - BOUNDS.page_results)}


def _cell(term: Mapping[str, Any] | None) -> dict[str, str]:
    """Return a cell of an answer: its text, and its IRI where that is what it is."""
    value = "" if term is None else term["value"]
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return {"text": text, "iri": text if term and term["type"] == "uri" else ""}
