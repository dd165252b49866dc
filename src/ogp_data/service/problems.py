"""Errors that say what is wrong: problem details for programs (RFC 9457), a short page for people."""

from __future__ import annotations

import html
import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from ogp_data.core.messages import Message, languages, say
from ogp_data.core.templates import render
from ogp_data.core.web.accept import choose, choose_language
from ogp_data.service.answers import respond
from ogp_data.service.framing import framed, look_of
from ogp_data.service.policies import policy_of

PROBLEM = "application/problem+json"
VARY = "Accept, Accept-Language"


TITLES: Mapping[int, Message] = {
    400: Message("Bad Request"),
    403: Message("Forbidden"),
    404: Message("Not Found"),
    405: Message("Method Not Allowed"),
    406: Message("Not Acceptable"),
    408: Message("Request Timeout"),
    413: Message("Request Entity Too Large"),
    414: Message("Request-URI Too Long"),
    415: Message("Unsupported Media Type"),
    416: Message("Requested Range Not Satisfiable"),
    422: Message("Unprocessable Entity"),
    429: Message("Too Many Requests"),
    431: Message("Request Header Fields Too Large"),
    500: Message("Internal Server Error"),
    503: Message("Service Unavailable"),
    504: Message("Gateway Timeout"),
}
"""What each status that this service gives is called."""


_PLAIN = frozenset({408, 429, 500, 503, 504})
"""The statuses of a service that has too much to do, or is broken."""


class ProblemError(Exception):
    """A request that cannot be answered: status, what is wrong, and more members of the problem details."""

    def __init__(self, status: int, detail: str, headers: Mapping[str, str] | None = None, **more: object) -> None:
        """Keep what the answer says."""
        super().__init__(detail)
        self.status, self.detail, self.headers, self.more = status, detail, headers or {}, more


async def send_answer(
    respond: Callable[[Request], Awaitable[Response]],
    connection: tuple[Scope, Receive, Send],
    headers: Mapping[str, str] | None = None,
    page: bool = True,
) -> None:
    """Send what answers a request, or the problem that it ends in, with these headers; nothing to a client that left.

    `page`: browsers get the problem as a page.
    """
    scope, receive, send = connection
    request = Request(scope, receive)
    try:
        response = await respond(request)
    except ProblemError as fault:
        response = problem(request, fault, page)
    except ClientDisconnect:
        return
    response.headers.update(headers or {})
    await response(scope, receive, send)


def problem(request: Request, fault: ProblemError, page: bool = True) -> Response:
    """Return the answer that tells a fault, in the language that is asked for; `page`: browsers get it as a page."""
    language = choose_language(request.headers.get("accept-language", ""), languages())
    title, detail = say(TITLES[fault.status], language), say(fault.detail, language)
    # A 404 or 503 of now may be a file in a second, when the next build comes.
    headers = {"Cache-Control": "no-store", **fault.headers, "Content-Language": language, "Vary": VARY}
    # The problem is offered first, so that a client that takes anything, like curl, gets JSON.
    if page and choose(request.headers.get("accept", ""), (PROBLEM, "text/html")) == "text/html":
        body = _page(request, fault.status, title, detail, language)
        policy = {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": policy_of(body)}
        return respond(request, body, {**headers, **policy}, fault.status)
    told = {"status": fault.status, "title": title, "detail": detail, **_said(fault.more, language)}
    body = (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()
    return respond(request, body, {**headers, "Content-Type": PROBLEM}, fault.status)


def _page(request: Request, status: int, title: str, detail: str, language: str) -> bytes:
    """Return a fault as a page; a small one where many may be asked for at a bad moment."""
    if status in _PLAIN:
        text = f"{html.escape(title)}</title>\n<h1>{html.escape(title)}</h1>\n<p>{html.escape(detail)}</p>\n"
        return f'<!doctype html>\n<html lang="{language}">\n<meta charset="utf-8">\n<title>{text}'.encode()
    # As many steps up as the address has: nothing else says where the service begins for who asked.
    up = "../" * (request.scope["path"].count("/") - 1)
    return render(
        "service/problem.html",
        language,
        frame=framed(title, up, "nothing", language, look=look_of(request.scope)),
        detail=detail,
    )


def _said(value: Any, language: str) -> Any:
    """Return JSON in which each message is said in a language."""
    if isinstance(value, Message):
        return value.of(language)
    if isinstance(value, Mapping):
        return {name: _said(one, language) for name, one in value.items()}
    return [_said(one, language) for one in value] if isinstance(value, list | tuple) else value
