"""A catalogue that is posted -> its report, as `ogp-data validate` makes it; and the page on which people post one."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qsl

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from ogp_data.core import templates as pages
from ogp_data.core.frame import Link
from ogp_data.core.messages import Message, languages, own_name
from ogp_data.core.web.accept import choose, choose_language
from ogp_data.service import multipart
from ogp_data.service.answers import content_type, respond
from ogp_data.service.bodies import VERSION
from ogp_data.service.checking import CheckError, Checks
from ogp_data.service.forwarded import client_of
from ogp_data.service.framing import framed, look_of
from ogp_data.service.limits import Limits
from ogp_data.service.policies import policy_of
from ogp_data.service.problems import ProblemError, send_answer
from ogp_data.service.waiting import while_connected

PATH: Final = "/validate"
METHODS: Final = "GET, HEAD, POST, OPTIONS"
HTML: Final = "text/html"
FORM: Final = "multipart/form-data"
REPORTS: Final = {
    "application/json": "json",
    HTML: "html",
    "text/turtle": "turtle",
    "application/ld+json": "jsonld",
    "application/sarif+json": "sarif",
    "text/plain": "text",
}
"""Media type of a report -> its name among the formats of the command. Who takes anything gets JSON."""
SYNTAXES: Final = (
    "text/turtle",
    "application/ld+json",
    "application/rdf+xml",
    "application/n-triples",
    "application/n-quads",
    "application/trig",
    "text/n3",
    "text/plain",
    "text/xml",
    "application/xml",
    "application/json",
    "application/octet-stream",
)
"""Media types in which a catalogue can be posted; how it is read is decided by what stands in it, as of a file.

So many programs do not know the type of what they send that the usual ones for "a text" or "a file" are taken too.
"""
_MAIN = re.compile(r"<main\b[^>]*>(.*)</main>", re.DOTALL)
_TITLE = re.compile(r"<h1>(.*?)</h1>", re.DOTALL)
_HOUSE = {"1": True, "true": True, "on": True, "0": False, "false": False, "": False}
_AGAIN = {"Retry-After": "5"}


@dataclass(frozen=True, slots=True)
class Posted:
    """A catalogue as it was posted, and what is asked of its check: the values of each parameter."""

    content: bytes
    asked: Mapping[str, Sequence[str]]

    def last(self, name: str) -> str:
        """Return the value of a parameter that has one; "" for none."""
        return next(reversed(self.asked.get(name, ())), "")


@dataclass(frozen=True, slots=True)
class Validator:
    """Checks of catalogues as an ASGI application: by which profiles, the usual one first, and how many at once.

    Nothing is changed by a request, so one that another site lets a browser send does no more than that site could.
    """

    checks: Checks
    profiles: Sequence[str]
    spoken: Callable[[], Sequence[str]] = languages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        await send_answer(self._respond, (scope, receive, send), {"API-Version": VERSION})

    async def _respond(self, request: Request) -> Response:
        if request.scope["path"] != PATH:
            raise ProblemError(
                404, Message("There is nothing at this address; catalogues are checked at {path}.", path=PATH)
            )
        if request.method == "OPTIONS":
            return Response(None, 204, {"Allow": METHODS, "Accept-Post": ", ".join((*SYNTAXES, FORM))})
        if request.method in ("GET", "HEAD"):
            return self._page(request)
        if request.method != "POST":
            raise ProblemError(
                405, Message("{method} is not for this address.", method=request.method), {"Allow": METHODS}
            )
        return await self._report(request)

    def _page(self, request: Request, wrong: str = "", status: int = 200) -> Response:
        """Return the page with the form, which tells what was wrong when it was sent."""
        if choose(request.headers.get("accept", ""), (HTML,)) is None:
            raise _not_acceptable((HTML,))
        language = choose_language(request.headers.get("accept-language", ""), self.spoken())
        named = {one: own_name(one) for one in self.spoken()}
        look = look_of(request.scope)
        frame = framed(Message("Check a catalogue").of(language), "", PATH.removeprefix("/"), language, look=look)
        shown = {"profiles": self.profiles, "named": named, "reports": REPORTS, "limits": self.checks.limits}
        body = pages.render("service/validate.html", language, frame=frame, wrong=wrong, **shown)
        return _answer(request, body, HTML, language, status)

    async def _report(self, request: Request) -> Response:
        chosen = choose(request.headers.get("accept", ""), tuple(REPORTS))
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        try:
            # What cannot be taken is read to its end all the same: a client that still sends may not see an answer.
            if chosen is None:
                raise _not_acceptable(tuple(REPORTS))
            _check_kind(request, kind)
            with self.checks.place(client_of(request.scope)):
                posted = _posted(request, kind, await request.body(), self.checks.limits)
                options, language = self._options(request, posted, chosen)
                report = await while_connected(request, self.checks.report(options, posted.content))
        except CheckError as fault:
            if fault.kind == "failed":  # the guard tells the client, and the log what the program said
                raise
            await _drain(request)
            raise _told(fault, self.checks.limits) from None
        except ProblemError as fault:
            await _drain(request)
            # A person goes on with the form, and sees on it what is wrong.
            if (chosen, kind, fault.status) == (HTML, FORM, 400):
                return self._page(request, fault.detail, fault.status)
            raise
        return _answer(
            request, _framed(report, language, look_of(request.scope)) if chosen == HTML else report, chosen, language
        )

    def _options(self, request: Request, posted: Posted, chosen: str) -> tuple[list[str], str]:
        """Return the options of the command, and the language of its report."""
        accepted = choose_language(request.headers.get("accept-language", ""), self.spoken())
        language, house = posted.last("language") or accepted, posted.last("houseRules")
        profiles = [name for name in posted.asked.get("profile", ()) if name] or self.profiles[:1]
        for name in profiles:
            _check("profile", name, self.profiles)
        _check("language", language, self.spoken())
        _check("houseRules", house, _HOUSE)
        told = [*(f"--profile={name}" for name in profiles), *(["--house-rules"] if _HOUSE[house] else [])]
        return ["--format", REPORTS[chosen], "--language", language, *told], language


# Requests -------------------------------------------------------------------------------------------------


def _check_kind(request: Request, kind: str) -> None:
    """Raise ProblemError when the body is of a kind that is not taken."""
    if kind and kind not in (*SYNTAXES, FORM):
        offered = ", ".join((*SYNTAXES, FORM))
        raise ProblemError(
            415, Message("A catalogue is posted as one of: {offered}.", offered=offered), {"Accept-Post": offered}
        )
    coding = request.headers.get("content-encoding", "identity").strip().lower()
    if coding not in ("identity", "gzip") or (coding == "gzip" and kind == FORM):
        raise ProblemError(
            415, Message("A catalogue is posted plain or as gzip, a form plain."), {"Accept-Encoding": "gzip"}
        )


def _posted(request: Request, kind: str, body: bytes, limits: Limits) -> Posted:
    """Return what was posted; ProblemError when that is no catalogue, or something is asked that does not exist."""
    query = parse_qsl(request.scope.get("query_string", b"").decode("latin-1"), keep_blank_values=True)
    fields = [(name, value.encode()) for name, value in query]
    if kind == FORM:
        fields += _fields(request.headers["content-type"], body, limits)
    else:
        fields.append(("file", body))
    # A form has a field for a file and one for a text, of which a person fills in one.
    given = [content for name, content in fields if name in ("file", "text") and content.strip()]
    if len(given) != 1:
        raise ProblemError(400, Message("A request has one catalogue, this one has {count}.", count=len(given)))
    asked: dict[str, list[str]] = {}
    for name, value in fields:
        if name not in ("file", "text"):
            asked.setdefault(name, []).append(value.decode("utf-8", "replace"))
    if unknown := sorted(asked.keys() - {"profile", "houseRules", "language"}):
        raise ProblemError(400, Message("There is no parameter {name!r}.", name=unknown[0]))
    return Posted(given[0], asked)


def _fields(kind: str, body: bytes, limits: Limits) -> list[tuple[str, bytes]]:
    try:
        return list(multipart.fields(kind, body, limits.form_fields))
    except multipart.MalformedError:
        raise ProblemError(400, Message("The form cannot be read: it is not {kind}.", kind=FORM)) from None


def _check(name: str, value: str, known: Sequence[str] | Mapping[str, Any]) -> None:
    """Raise ProblemError when a parameter has a value that does not exist."""
    if value not in known:
        raise ProblemError(
            400,
            Message(
                "{name} cannot be {value!r}; take one of: {known}",
                name=name,
                value=value[:100],
                known=", ".join(filter(None, known)),
            ),
        )


async def _drain(request: Request) -> None:
    """Read a body on that nobody wants: the guard and the connection bound it in bytes and time."""
    async for _ in request.stream():
        pass


# Answers --------------------------------------------------------------------------------------------------


def _framed(report: bytes, language: str, look: str) -> bytes:
    """Return a report as a page among the others of the service; as the program writes it, it stands alone."""
    text = report.decode()
    within, title = _MAIN.search(text), _TITLE.search(text)
    if within is None or title is None:
        return report
    form = Link(Message("Check a catalogue").of(language), PATH.removeprefix("/"))
    named = html.unescape(title[1])
    frame = framed(named, "", PATH.removeprefix("/"), language, crumbs=[form], parts=("service", "report"), look=look)
    return pages.render("service/report.html", language, frame=frame, form=form, report=Markup(within[1]))


def _answer(request: Request, body: bytes, media: str, language: str, status: int = 200) -> Response:
    headers = {
        "Content-Type": content_type(media),
        "Content-Language": language,
        # What somebody sent is theirs: no cache on the way keeps a report of it.
        "Cache-Control": "no-store",
        "Vary": "Accept, Accept-Language",
    }
    policy = {"Content-Security-Policy": policy_of(body)} if media == HTML else {}
    return respond(request, body, {**headers, **policy}, status)


def _not_acceptable(offered: Sequence[str]) -> ProblemError:
    return ProblemError(406, Message("This is available as {offered}.", offered=", ".join(offered)), {"Vary": "Accept"})


def _told(fault: CheckError, limits: Limits) -> ProblemError:
    """Return what a client is told of a catalogue without a report."""
    seconds = limits.check_seconds
    kinds = {
        # Profiles may exist and not go together, which the command knows and tells in the language that is asked for.
        "usage": (400, fault.detail.rpartition("ogp-data: ")[2], {}),
        "crowded": (429, Message("Other catalogues of yours are being checked; try again when one is done."), _AGAIN),
        "busy": (503, Message("Too many catalogues wait to be checked; try again later."), _AGAIN),
        "expired": (
            503,
            Message("The catalogue waited {seconds:g} s for others; try again later.", seconds=seconds),
            _AGAIN,
        ),
        "slow": (
            504,
            Message(
                "The check was stopped after {seconds:g} s; send less, or run ogp-data validate yourself.",
                seconds=seconds,
            ),
            {},
        ),
        "memory": (
            422,
            Message("The check needs more memory than is allowed; send less, or run ogp-data validate yourself."),
            {},
        ),
        "large": (
            422,
            Message(
                "The report has more than {report_bytes} bytes; mend what is most frequent, or ask for text/plain.",
                report_bytes=limits.report_bytes,
            ),
            {},
        ),
    }
    return ProblemError(*kinds[fault.kind])
