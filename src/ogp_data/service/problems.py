"""Errors that say what is wrong: problem details for programs (RFC 9457), a short page for people."""

from __future__ import annotations

import html
import json
from collections.abc import Mapping
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response

from ogp_data.core.web.accept import choose
from ogp_data.service.answers import respond

PROBLEM = "application/problem+json"


class ProblemError(Exception):
    """A request that cannot be answered: status, what is wrong, and more members of the problem details."""

    def __init__(self, status: int, detail: str, headers: Mapping[str, str] | None = None, **more: object) -> None:
        """Keep what the answer says."""
        super().__init__(detail)
        self.status, self.detail, self.headers, self.more = status, detail, headers or {}, more


def problem(request: Request, fault: ProblemError, page: bool = True) -> Response:
    """Return the answer that tells a fault; `page`: browsers get it as a page."""
    title = HTTPStatus(fault.status).phrase
    # A 404 or 503 of now may be a file in a second, when the next build comes.
    headers = {"Cache-Control": "no-store", **fault.headers}
    # The problem is offered first, so that a client that takes anything, like curl, gets JSON.
    if page and choose(request.headers.get("accept", ""), (PROBLEM, "text/html")) == "text/html":
        text = f"{html.escape(title)}</title>\n<h1>{html.escape(title)}</h1>\n<p>{html.escape(fault.detail)}</p>\n"
        body = f'<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<title>{text}'.encode()
        return respond(request, body, {**headers, "Content-Type": "text/html; charset=utf-8"}, fault.status)
    told = {"status": fault.status, "title": title, "detail": fault.detail, **fault.more}
    body = (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()
    return respond(request, body, {**headers, "Content-Type": PROBLEM}, fault.status)
