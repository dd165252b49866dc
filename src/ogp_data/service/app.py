"""Addresses -> answers: health, files, names in the form that a client asks for; other parts are mounted."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from urllib.parse import quote, urlsplit

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from ogp_data.core import templates
from ogp_data.core.messages import Message, languages, say
from ogp_data.core.web.accept import choose, choose_language
from ogp_data.service import harvest, links, resolve
from ogp_data.service.answers import ALLOWED, READ, Representation, address, answer
from ogp_data.service.cache import Kept
from ogp_data.service.feed import FORMATS, PATH, Feed, page_number, quads, serialised
from ogp_data.service.framing import framed, look_of
from ogp_data.service.health import health
from ogp_data.service.listing import titled
from ogp_data.service.paths import below, raw_path, steps
from ogp_data.service.policies import policy_of
from ogp_data.service.problems import ProblemError, problem
from ogp_data.service.snapshot import VOCABULARY, File, Published, Snapshot, made
from ogp_data.service.state import State

QUERY_PAGE = "query.html"
"""The one page that runs a program of its own kind: a query engine in WebAssembly, in a worker."""
FIGURES = "charts"
"""The folder of the pages that other sites may show in theirs."""

_CATALOGUE = ("catalog", "catalog.ttl", "catalog.jsonld", "catalog.rdf", "catalog.nt")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a request leads: a path below a publication, and the first part of the address, to the publication."""

    snapshot: Snapshot
    path: str
    prefix: str


@dataclass(frozen=True, slots=True)
class App:
    """The service as an ASGI application without its guard; `mounts`: other applications by their first step."""

    state: State
    mounts: Mapping[str, ASGIApp] = field(default_factory=dict)
    feed: Feed = field(default_factory=Feed)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        scope = below(scope, self.state.published)
        request = Request(scope, receive)
        # `path` is decoded by the server, and an encoded slash can no longer be told from one that parts steps.
        raw = raw_path(scope)
        mount = self.mounts.get(raw.split(b"/", 2)[1].decode("latin-1")) if raw.startswith(b"/") else None
        if mount is not None:
            await mount(scope, receive, send)
            return
        try:
            path = steps(raw)
            # A step may have them only when they were encoded, and no file of a publication is called so.
            if any("/" in step or "\\" in step for step in path):
                raise ProblemError(404, Message("No name here has a slash in it."))
            if request.method == "OPTIONS":
                await Response(None, 204, {"Allow": ALLOWED})(scope, receive, send)
                return
            if request.method not in READ:
                raise ProblemError(
                    405, Message("{method} is not for this address.", method=request.method), {"Allow": ALLOWED}
                )
            response = await self._respond(request, path)
        except ProblemError as fault:
            response = problem(request, fault)
        await response(scope, receive, send)

    async def _respond(self, request: Request, path: list[str]) -> Response:
        published = self.state.published
        if path == ["health"]:
            return health(request, published)
        if not published.publications:
            raise ProblemError(503, Message("There is nothing to serve yet: see /health."), {"Retry-After": "5"})
        place = find(published, path, request.url.query)
        if isinstance(place, Response):
            return place
        if place is None:
            return _overview(request, published)
        if place.snapshot.is_root:
            return _of_root(request, place)
        if place.snapshot.is_vocabulary:
            return await _give_term(request, place)
        if place.path == PATH:
            return await _stream(request, place, self.feed)
        return await give(request, place)


def find(published: Published, path: list[str], query: str = "") -> Place | Response | None:
    """Return where a path leads; None for the root when there are several publications and nothing is over them.

    A publication answers at its name, at the path of its base IRI, and at the root when it is the only one; the
    vocabulary at its name only. Where something is over all publications, it is at the root, and the only publication
    is led to from there: its pages would take the root's files for their own.
    """
    if named := published.snapshots.get(path[0]):
        if len(path) == 1:
            # Relative links of the page would lead one folder too high without the slash.
            return _moved(f"{path[0]}/", query)
        return Place(named, "/".join(path[1:]), f"/{path[0]}/")
    if target := _moved_to(published, path):
        return _moved(target, query)
    for snapshot in published.publications.values():
        # So that names work behind a proxy that hands on the whole path of https://data.example.nl/ogp/... .
        base = [step for step in urlsplit(snapshot.base_iri).path.split("/") if step]
        if base and path[: len(base)] == base and len(path) > len(base):
            return Place(snapshot, "/".join(path[len(base) :]), f"/{'/'.join(base)}/")
    if published.root and (found := _at_root(published.root, "/".join(path), query)):
        return found
    if published.root and path == urlsplit(published.root.base_iri).path.strip("/").split("/") != [""]:
        return _moved(f"{path[-1]}/", query)
    if published.only and published.root and _has(published.only, "/".join(path)):
        return _moved(f"{'../' * (len(path) - 1)}{published.only.id}/{quote('/'.join(path))}", query)
    if published.only and not published.root:
        return Place(published.only, "/".join(path), "/")
    if path == [""]:
        return None
    raise ProblemError(
        404,
        Message(
            "There is nothing at this address. Publications: {publications}.",
            publications=", ".join(published.publications),
        ),
    )


def _moved_to(published: Published, path: list[str]) -> str:
    """Return where a path below an id of before leads now, from there; "" for another path.

    That is one below the id itself, or below the base IRI with it, so that the names of things lead on as well.
    """
    for old, snapshot in published.moved.items():
        base = [step for step in urlsplit(snapshot.base_iri).path.split("/") if step]
        before = [*base[:-1], old] if base[-1:] == [snapshot.id] else []
        for was, now in (([old], [snapshot.id]), (before, base)):
            if was and path[: len(was)] == was:
                further = path[len(was) :] or [""]
                return "../" * (len(path) - 1) + "/".join(map(quote, [*now, *further]))
    return ""


def _has(snapshot: Snapshot, path: str) -> bool:
    """Return whether a publication has something at a path, so that nobody is led to where there is nothing."""
    served = {*snapshot.files, links.LINKSET, PATH}
    is_file = path in served or f"{path.removesuffix('/')}/index.html" in served
    return is_file or resolve.is_converted(snapshot, path) or bool(resolve.forms(snapshot, path))


def _at_root(root: Snapshot, path: str, query: str) -> Place | Response | None:
    """Return the file over all publications that a path leads to; None when there is none."""
    index = f"{path}index.html" if not path or path.endswith("/") else path
    if index in root.files:
        return Place(root, index, "/")
    if f"{path}/index.html" in root.files:
        return _moved(f"{path.rpartition('/')[2]}/", query)
    # Browsers ask for it by this name, whatever a page says.
    return _moved("favicon.svg", "") if path == "favicon.ico" and "favicon.svg" in root.files else None


def _of_root(request: Request, place: Place) -> Response:
    """Return a file over all publications, as any web server would; its catalogue is one page, and has no second."""
    number = request.query_params.get("page", "1")
    if place.path in _CATALOGUE and number != "1":
        raise ProblemError(
            404, Message("There is no page {number}; the last one is {pages}.", number=number[:100], pages=1)
        )
    file = place.snapshot.files[place.path]
    return answer(request, Representation(file, place.snapshot.modified, _csp(place.snapshot, file)))


def _moved(target: str, query: str) -> Response:
    # 308 and not 301, which lets a client turn a POST into a GET. Relative, so that it holds behind any proxy.
    location = f"{target}?{query}" if query else target
    return Response(None, 308, {"Location": location, "Cache-Control": "no-cache"})


def _overview(request: Request, published: Published) -> Response:
    """Return a page that leads to each of several publications, where nothing over all of them was published."""
    language = choose_language(request.headers.get("accept-language", ""), languages())
    title = say(Message("Publications"), language)
    page = templates.render(
        "service/publications.html",
        language,
        frame=framed(title, "", language=language, look=look_of(request.scope)),
        publications={name: titled(one, "catalog", language) for name, one in published.publications.items()},
        vocabulary=VOCABULARY if published.vocabulary else "",
    )
    about = {"Content-Security-Policy": policy_of(page), "Content-Language": language}
    return answer(request, Representation(made("", page, "text/html"), headers=about, vary="Accept-Language"))


# Files and documents --------------------------------------------------------------------------------------


async def give(request: Request, place: Place) -> Response:
    """Return the file at a path, or the document that it names in the form that the client likes best."""
    snapshot, path = place.snapshot, place.path
    if not path and "index.html" not in snapshot.files:
        return await _document(request, snapshot, "", "catalog")
    if path == links.LINKSET:
        return await _linkset(request, place)
    # Only with these parameters: any other query on the file gives the file, as a static host would.
    if path in _CATALOGUE and any(name in request.query_params for name in harvest.PARAMETERS):
        return await _page(request, place)
    return await _given(request, snapshot, path)


async def _given(request: Request, snapshot: Snapshot, path: str) -> Response:
    """Return the file at a path, that of a folder, or the document that the path names."""
    if path.endswith("/") or not path:
        index = snapshot.files.get(f"{path}index.html")
        return _file(request, snapshot, index, path) if index else _nothing(snapshot)
    # Before the forms of a name: `commitments/index.html` is a file, however it would be negotiated.
    if path in snapshot.files:
        return _file(request, snapshot, snapshot.files[path], path)
    if resolve.is_converted(snapshot, path):
        made_file = await _converted(snapshot, path)
        return _file(request, snapshot, made_file, path)
    if resolve.forms(snapshot, path):
        return await _document(request, snapshot, path, path)
    if f"{path}/index.html" in snapshot.files:
        return _moved(f"{path.rpartition('/')[2]}/", request.url.query)
    return _nothing(snapshot)


async def _give_term(request: Request, place: Place) -> Response:
    """Return a file of the vocabulary, or what a term or code list leads to; at its root stand all of its terms."""
    if not place.path:
        return await _document(request, place.snapshot, "", VOCABULARY)
    return await _given(request, place.snapshot, place.path)


async def _linkset(request: Request, place: Place) -> Response:
    """Return the links of everything in one document, https://www.rfc-editor.org/rfc/rfc9264."""
    base = address(request, place.prefix)

    def write() -> File:
        body = json.dumps(links.linkset(place.snapshot, base), ensure_ascii=False, indent=2) + "\n"
        return made(links.LINKSET, body.encode(), links.LINKSET_TYPE)

    file = await _once(place.snapshot, f"links {base}", write)
    return answer(request, Representation(file, place.snapshot.modified))


# For harvesters -------------------------------------------------------------------------------------------


async def _page(request: Request, place: Place) -> Response:
    """Return a page of the catalogue, in the form of the file that is asked for or the one that is liked best."""
    snapshot = place.snapshot
    offered = [media for media, suffix in resolve.FORMS.items() if f"catalog{suffix}" in _CATALOGUE]
    chosen, vary = choose(request.headers.get("accept", ""), offered), "Accept"
    # The default only stands in until the two cases below decide: a suffix in the path, or 406.
    suffix = resolve.FORMS[chosen or offered[0]].removeprefix(".")
    if place.path != "catalog":
        suffix, vary = place.path.rpartition(".")[2], ""
    elif chosen is None:
        raise ProblemError(
            406, Message("Pages are available as {offered}.", offered=", ".join(offered)), {"Vary": vary}
        )
    page = harvest.page_of(snapshot, request.query_params)
    file = address(request, f"{place.prefix}catalog.{suffix}")

    def write() -> File:
        content = resolve.serialised(list(harvest.triples(snapshot, page, file)), suffix, snapshot.base_iri)
        return made(f"catalog.{suffix}", content, next(m for m, s in resolve.FORMS.items() if s == f".{suffix}"))

    written = await _once(snapshot, f"page {page.address(file, page.number)}", write)
    about = {
        "Link": harvest.header(page, f"catalog.{suffix}"),
        "Content-Location": page.address(f"catalog.{suffix}", page.number),
    }
    return answer(request, Representation(written, snapshot.modified, about, vary))


async def _stream(request: Request, place: Place, feed: Feed) -> Response:
    """Return a page of the stream of changes."""
    snapshot = place.snapshot
    chosen = choose(request.headers.get("accept", ""), list(FORMATS))
    if chosen is None:
        raise ProblemError(
            406, Message("The stream is available as {formats}.", formats=", ".join(FORMATS)), {"Vary": "Accept"}
        )
    # The first call parses the catalogues of all kept versions, and other requests would wait for that.
    events = await asyncio.to_thread(feed.events, snapshot)
    number = page_number(request.query_params, events)
    here = address(request, place.prefix + PATH)

    def write() -> File:
        return made(PATH, serialised(quads(snapshot, events, number, here), chosen, snapshot.base_iri), chosen)

    written = await _once(snapshot, f"stream {here} {number} {len(events)} {chosen}", write)
    return answer(request, Representation(written, snapshot.modified, vary="Accept"))


async def _once(snapshot: Snapshot, key: str, write: Callable[[], File]) -> File:
    """Return what is written for a snapshot, from memory when it was written before."""
    pages = snapshot.kept.setdefault("pages", Kept())
    assert isinstance(pages, Kept)
    return await pages.once(key, write)


def _nothing(snapshot: Snapshot) -> Response:
    if snapshot.is_vocabulary:
        raise ProblemError(404, Message("The vocabulary has nothing at this address."))
    raise ProblemError(404, Message("The publication {id} has nothing at this address.", id=snapshot.id))


async def _converted(snapshot: Snapshot, path: str) -> File:
    file = snapshot.kept.get(path) or await asyncio.to_thread(resolve.converted, snapshot, path)
    assert isinstance(file, File)
    return file


def _file(request: Request, snapshot: Snapshot, file: File, path: str) -> Response:
    """Return a file; `path` is the address that was asked for."""
    about = {"Link": _links(snapshot, path), **_csp(snapshot, file)}
    return answer(request, Representation(file, snapshot.modified, about))


async def _document(request: Request, snapshot: Snapshot, here: str, name: str) -> Response:
    """Return a document in the form that is asked for: with 200 where it is, with 303 where another one has it."""
    language = choose_language(request.headers.get("accept-language", ""), resolve.languages_of(snapshot))
    forms = resolve.forms(snapshot, name, language)
    chosen = choose(request.headers.get("accept", ""), list(forms))
    vary = "Accept, Accept-Language" if resolve.is_translated(snapshot, name) else "Accept"
    if chosen is None:
        raise ProblemError(406, Message("This is available as {forms}.", forms=", ".join(forms)), {"Vary": vary})
    form = forms[chosen]
    target = links.relative(form.path, here)
    # A page asked for elsewhere than where it lies would look for its style and its links in the wrong folder.
    if form.elsewhere or (chosen == resolve.HTML and "/" in target):
        location = f"{target}#{form.fragment}" if form.fragment else target
        about = {"Location": location, "Vary": vary, "Link": _links(snapshot, here, name), "Cache-Control": "no-cache"}
        return Response(None, 303, about)
    file = snapshot.files.get(form.path) or await _converted(snapshot, form.path)
    about = {"Content-Location": target, "Link": _links(snapshot, here, name)}
    return answer(request, Representation(file, snapshot.modified, {**about, **_csp(snapshot, file)}, vary))


def _links(snapshot: Snapshot, path: str, name: str = "") -> str:
    """Return the Link header of an address, made once."""
    key = f"link {path} {name}"
    known = snapshot.kept.get(key)
    if not isinstance(known, str):
        forms = resolve.forms(snapshot, name) if name else None
        known = snapshot.kept[key] = links.header(links.links_of(snapshot, name or path, forms), path)
    return known


# What a page may do ---------------------------------------------------------------------------------------


def _csp(snapshot: Snapshot, file: File) -> dict[str, str]:
    policy = _policy(snapshot, file)
    return {"Content-Security-Policy": policy} if policy else {}


def _policy(snapshot: Snapshot, file: File) -> str:
    """Return the policy of a page: the common one, with its own style sheets by their hash; nothing for other files."""
    if file.media_type not in ("text/html", "image/svg+xml"):
        return ""
    key = f"csp {file.path}"
    known = snapshot.kept.get(key)
    if not isinstance(known, str):
        known = snapshot.kept[key] = policy_of(
            file.content,
            runs_queries=PurePosixPath(file.path).name == QUERY_PAGE,
            is_shown_elsewhere=PurePosixPath(file.path).parent.name == FIGURES,
        )
    return known
