"""The rows as JSON, CSV and pages, by the NLGov REST API Design Rules (https://gitdocumentatie.logius.nl/publicatie/api/adr/)."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Final
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from ogp_data.core.messages import Message
from ogp_data.core.web.accept import choose
from ogp_data.service import console, openapi
from ogp_data.service.answers import ALLOWED, READ, Representation, address, answer
from ogp_data.service.bodies import (
    ROOT,
    VERSION,
    Asked,
    Body,
    Rows,
    paging,
    refuse,
    root_from,
    route,
    rows_asked,
    rows_csv,
)
from ogp_data.service.cache import Kept
from ogp_data.service.paths import parameters, steps
from ogp_data.service.policies import policy_of
from ogp_data.service.problems import ProblemError, send_answer
from ogp_data.service.row_queries import Fault
from ogp_data.service.snapshot import File, made
from ogp_data.service.state import State

JSON, CSV, HTML, YAML = "application/json", "text/csv", "text/html", "application/yaml"
FORMS: Final = {"json": JSON, "csv": CSV, "html": HTML}
"""What `f` may ask for, for those who cannot say it in Accept: a person with a browser, a cell of a spreadsheet."""

SENT_BY_FORM: Final = "form"
"""What `f` says when the page's own form was sent: fields that were left empty ask for nothing then."""


@dataclass(frozen=True, slots=True)
class Api:
    """The API as an ASGI application; `profiles`: by which catalogues of others are checked beside it, if they are."""

    state: State
    profiles: Sequence[str] = ()
    kept: Kept = field(default_factory=Kept)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; who asks for a page gets one of an error too, and else problem details."""
        # A browser that follows a link to the JSON asks for a page all the same, and `f` says what is wanted.
        page = Request(scope).query_params.get("f", "html") in ("html", SENT_BY_FORM)
        await send_answer(self._respond, (scope, receive, send), {"API-Version": VERSION}, page=page)

    async def _respond(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(None, 204, {"Allow": ALLOWED})
        if request.method not in READ:
            raise ProblemError(
                405, Message("{method} is not for this address.", method=request.method), {"Allow": ALLOWED}
            )
        # A key of a row may hold an encoded slash, so the path is cut into steps before it is decoded.
        path = steps(request.scope.get("raw_path") or request.scope["path"].encode())
        if path == ["api"]:
            return Response(None, 308, {"Location": "api/v1", "Cache-Control": "no-cache"})
        # The Design Rules want 404 for a trailing slash, and not a redirect (rule /core/no-trailing-slash).
        if path[:2] != ["api", "v1"] or path[-1] == "":
            raise ProblemError(404, Message("There is nothing at this address; the API begins at {root}.", root=ROOT))
        if not self.state.published.publications:
            raise ProblemError(503, Message("There is nothing to serve yet: see /health."), {"Retry-After": "5"})
        if path[2:3] == ["publications"] and (today := self.state.published.moved.get("".join(path[3:4]))):
            return _moved([today.id, *path[4:]], request.url.query)
        asked = Asked(self.state.published, root_from(len(path)), parameters(request.scope.get("query_string", b"")))
        if path[2:] in (["openapi.json"], ["openapi.yaml"]):
            return await self._description(request, asked, YAML if path[2] == "openapi.yaml" else JSON)
        return await _answered(request, asked, path[2:])

    async def _description(self, request: Request, asked: Asked, media_type: str) -> Response:
        _acceptable(request, [media_type])
        if asked.query:
            refuse([Fault(name, Message("There is no such parameter at this address.")) for name, _ in asked.query])
        # The description depends on the tables, so a new build is a new key; the old one is forgotten in its turn.
        builds = " ".join(f"{one.id} {one.build}" for one in asked.published.publications.values())
        write = partial(_described, asked, media_type, self.profiles)
        file = await self.kept.once(f"{media_type} {asked.root} {builds}", write)
        return answer(request, Representation(file))


def _moved(path: Sequence[str], query: str) -> Response:
    """Return the way to the same below the id of today, relative, so that it holds behind any proxy."""
    further = "../" * (len(path) - 1) + "/".join(quote(step, safe="") for step in path)
    location = f"{further}?{query}" if query else further
    return Response(None, 308, {"Location": location, "Cache-Control": "no-cache"})


async def _answered(request: Request, asked: Asked, path: Sequence[str]) -> Response:
    """Return what is at a path in the form that `f` names, else the one that is accepted."""
    has_rows = len(path) == 5 and path[-1] == "rows"
    asked, named = _form(asked, [name for name in FORMS if name != "csv" or has_rows])
    if named == SENT_BY_FORM and has_rows:
        # Sent on to the address without them, so that it says what is asked, and can be kept and passed on.
        query = urlencode([("f", "html"), *(pair for pair in asked.query if pair[1])])
        return Response(None, 303, {"Location": f"rows?{query}", "Cache-Control": "no-cache"})
    offered = [JSON, CSV, HTML] if has_rows else [JSON, HTML]
    # Before anything is looked up: who cannot read the answer is not made to wait for it.
    media = FORMS[named] if named else _acceptable(request, offered)
    # Large tables are searched and put in order: that must hold up nobody else.
    given = await asyncio.to_thread(_given, asked, path, media, address(request, ROOT))
    return answer(request, replace(given, vary="" if named else "Accept"))


def _acceptable(request: Request, offered: Sequence[str]) -> str:
    """Return the media type of the answer; ProblemError when none is accepted."""
    media = choose(request.headers.get("accept", ""), offered)
    if media is None:
        listed = ", ".join(offered)
        raise ProblemError(406, Message("This is available as {media_type}.", media_type=listed), {"Vary": "Accept"})
    return media


def _form(asked: Asked, known: Sequence[str]) -> tuple[Asked, str]:
    """Return a request without `f`, and what that names; "" when it is not given."""
    named = [text for name, text in asked.query if name == "f"]
    if len(named) > 1:
        refuse([Fault("f", Message("It is given more than once."))])
    if named and named[0] not in (*known, SENT_BY_FORM):
        refuse([Fault("f", Message("{text!r} is not one of {codes}.", text=named[0][:100], codes=", ".join(known)))])
    form = next(iter(named), "")
    return replace(asked, query=[pair for pair in asked.query if pair[0] != "f"], form=form), form


def _given(asked: Asked, path: Sequence[str], media: str, origin: str) -> Representation:
    """Return what is at a path, in a form."""
    rows = rows_asked(asked, path, whole=media == CSV)
    if media == HTML:
        shown = console.of_rows(asked, rows, origin) if rows else console.of(asked, path, route(asked, path))
        policy = {"Content-Security-Policy": policy_of(shown), "Content-Language": "en"}
        return Representation(made("", shown, HTML), headers=policy, status=400 if rows and rows.faults else 200)
    if media == CSV and rows:
        return _as_csv(asked, rows)
    return Representation(_as_json(route(asked, path)))


def _as_csv(asked: Asked, rows: Rows) -> Representation:
    """Return rows as CSV, spelled as in the file of the dataset; the links to other pages stand in a header."""
    refuse(rows.faults) if rows.faults else None
    links = paging(asked, rows)
    others = [f'<{links[name]["href"]}>; rel="{name}"' for name in ("first", "prev", "next") if name in links]
    headers = {
        "Link": ", ".join(others),
        "Content-Disposition": f'attachment; filename="{rows.snapshot.id}-{rows.table.slug}.csv"',
    }
    return Representation(made("", rows_csv(rows), CSV), headers=headers)


def _as_json(body: Body) -> File:
    return made("", json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode(), JSON)


def _described(asked: Asked, media_type: str, profiles: Sequence[str]) -> File:
    """Return the OpenAPI document."""
    body = openapi.document(asked.published, asked.root, profiles)
    return made("", openapi.as_yaml(body), YAML) if media_type == YAML else _as_json(body)
