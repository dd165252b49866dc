"""JSON-LD: how deep it is, the contexts that it takes from elsewhere, and where it is no JSON."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urljoin

from ogp_data.checks.incoming import shipped
from ogp_data.checks.incoming.pieces import Broken, Faults
from ogp_data.checks.incoming.words import plain
from ogp_data.core import bounds as most
from ogp_data.core import web
from ogp_data.core.messages import Message
from ogp_data.core.web import json_text

_CONTEXT = re.compile(rb'"@(?:context|import)"')
_SIGNS = re.compile(rb'"(?:[^"\\]++|\\.)*+"|(?P<comma>,)(?=\s*+[\]}])|(?P<broken>")', re.DOTALL)
_IN_TEXT = re.compile(
    rb"(?P<control>[\x00-\x1f])|(?P<pair>\\u[Dd][89ABab][0-9A-Fa-f]{2}\\u[Dd][C-Fc-f][0-9A-Fa-f]{2})"
    rb"|(?P<lone>\\u[Dd][89A-Fa-f][0-9A-Fa-f]{2})|\\.",
    re.DOTALL,
)


def check_depth(content: bytes) -> None:
    """Refuse JSON that is nested too deep: the parser calls itself for each level."""
    if json_text.is_deeper(content, most.NESTING):
        raise web.RefusedError(
            Message("The JSON-LD has brackets within brackets more than {nesting} deep", nesting=most.NESTING)
        )


def with_contexts(content: bytes, base: str, bounds: web.Bounds) -> bytes:
    """Return a JSON-LD document with the contexts of other addresses written into it."""
    if not _CONTEXT.search(content):
        return content
    try:
        document = json_text.parse(content, most.CATALOGUE_BYTES)
        filled = Contexts(bounds).filled_in(document, base)
    except RecursionError as fault:
        raise web.RefusedError(Message("The contexts of the JSON-LD are nested too deeply")) from fault
    except ValueError as fault:
        raise web.RefusedError(Message("It is not well-formed JSON-LD: {reason}", reason=fault)) from fault
    return json.dumps(filled).encode()


def _only_on_request() -> web.RefusedError:
    """Return the refusal of a context that nobody allowed to fetch."""
    return web.RefusedError(
        Message("The JSON-LD takes its context from another address; it is only fetched with --remote-context"),
        Message("Give --remote-context, write the context into the file, or convert the file to Turtle."),
    )


def mended(content: bytes, broken: list[Broken]) -> bytes:
    """Return JSON without the slips that can mean one thing only: a comma too many, a line that breaks in a text."""

    tell = Faults(content, broken).tell

    def mend(sign: re.Match[bytes]) -> bytes:
        if sign["comma"]:
            tell(sign.start(), Message("JSON has no comma behind the last value; it was left out."))
            return b""
        return sign[0] if sign["broken"] else _IN_TEXT.sub(lambda part: mend_text(part, sign.start()), sign[0])

    def mend_text(part: re.Match[bytes], start: int) -> bytes:
        if part["control"]:
            tell(
                start + part.start(),
                Message("In a text of JSON a line break or tab is written as \\n or \\t; it was read so."),
            )
            return b"\\u%04x" % part[0][0]
        if part["lone"]:
            tell(start + part.start(), Message("Half a character, {half}, was read as U+FFFD.", half=part[0].decode()))
            return b"\\ufffd"
        return part[0]

    return _SIGNS.sub(mend, content)


@dataclass
class Contexts:
    """Fetches the contexts that a document names, each once, and writes them where they are named.

    https://www.w3.org/TR/json-ld11-api/#context-processing-algorithm. `room` is how many bytes may still be written.
    """

    bounds: web.Bounds
    fetched: dict[str, tuple[Any, int]] = field(default_factory=dict)
    room: int = field(default_factory=lambda: most.CATALOGUE_BYTES)

    def filled_in(self, node: Any, base: str) -> Any:
        """Return a part of the document with its contexts."""
        if isinstance(node, list):
            return [self.filled_in(item, base) for item in node]
        if not isinstance(node, dict):
            return node
        return {k: self._context(v, base, ()) if k == "@context" else self.filled_in(v, base) for k, v in node.items()}

    def _context(self, context: Any, base: str, trail: tuple[str, ...]) -> Any:
        """Return the value of an @context; relative addresses in it start from `base`, `trail` leads to it."""
        if isinstance(context, str):
            return self._remote(urljoin(base, context), trail)
        if isinstance(context, list):
            parts = [self._context(part, base, trail) for part in context]
            return [item for part in parts for item in (part if isinstance(part, list) else [part])]
        if not isinstance(context, dict):
            return context
        if isinstance(context.get("@import"), str):
            imported = self._remote(urljoin(base, context["@import"]), trail)
            # What the importing context says goes before what it imports (JSON-LD 1.1, Imported Contexts).
            context = {**(imported if isinstance(imported, dict) else {}), **context}
            del context["@import"]
        return {name: self._definition(meaning, base, trail) for name, meaning in context.items()}

    def _definition(self, meaning: Any, base: str, trail: tuple[str, ...]) -> Any:
        """Return a term's definition with the context that holds within the term, if it has one."""
        if not (isinstance(meaning, dict) and "@context" in meaning):
            return meaning
        return {**meaning, "@context": self._context(meaning["@context"], base, trail)}

    def _remote(self, url: str, trail: tuple[str, ...]) -> Any:
        """Return the context at an address: ours where it is one of those that come with the program."""
        if (known := shipped.context(url)) is not None:
            return known
        if not self.bounds.contexts:
            raise _only_on_request()
        if url in trail:
            raise web.RefusedError(Message("The context at {url} refers back to itself", url=url))
        if url not in self.fetched:
            if len(self.fetched) + len(trail) >= self.bounds.contexts:
                raise web.RefusedError(
                    Message(
                        "The JSON-LD takes its context from more than {contexts} addresses",
                        contexts=self.bounds.contexts,
                    )
                )
            context = self._fetch(url, trail)
            self.fetched[url] = context, len(json.dumps(context))
        context, size = self.fetched[url]
        # Each time it is written, not only when it is fetched: a small context that is named a million times is large.
        self.room -= size
        if self.room < 0:
            raise web.RefusedError(
                Message(
                    "Including its contexts, the JSON-LD is longer than {bytes:,} bytes",
                    bytes=most.CATALOGUE_BYTES,
                )
            )
        return context

    def _fetch(self, url: str, trail: tuple[str, ...]) -> Any:
        bounds = replace(self.bounds, bytes=min(self.bounds.bytes, most.CONTEXT_BYTES))
        answer = web.fetch(url, bounds, "application/ld+json, application/json;q=0.9")
        try:
            context = json_text.parse(answer.body, bounds.bytes)["@context"]
        except (ValueError, KeyError, TypeError) as fault:
            raise web.RefusedError(
                Message("{url} does not answer with JSON that has an @context: {reason}", url=url, reason=plain(fault))
            ) from fault
        return self._context(_without_base(context), answer.url, (*trail, url))


def _without_base(context: Any) -> Any:
    """Return a fetched context without @base, which holds for the document that sets it and no other."""
    if isinstance(context, list):
        return [_without_base(part) for part in context]
    return {k: v for k, v in context.items() if k != "@base"} if isinstance(context, dict) else context
