"""Any DCAT file from outside -> a graph, or a finding: truncated, mislabelled, enormous and hostile files included."""

from __future__ import annotations

import codecs
import hashlib
import json
import re
import stat
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import urljoin
from xml.parsers import expat

import pyoxigraph as ox

from ogp_data.core import bounds as most
from ogp_data.core import terminal, web
from ogp_data.core.findings import Finding, Place, finding
from ogp_data.core.graph import Graph
from ogp_data.core.messages import Message, changed, reason
from ogp_data.core.terms import Blank, Term
from ogp_data.core.web import json_text

FORMATS: dict[str, ox.RdfFormat] = {
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/json": ox.RdfFormat.JSON_LD,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "text/turtle": ox.RdfFormat.TURTLE,
}
SUFFIXES: dict[str, ox.RdfFormat] = {
    ".json": ox.RdfFormat.JSON_LD,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".ttl": ox.RdfFormat.TURTLE,
    ".xml": ox.RdfFormat.RDF_XML,
}
ACCEPT = "text/turtle, application/ld+json;q=0.9, application/rdf+xml;q=0.8, application/n-triples;q=0.7"
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.I)
_BRACKET = re.compile(
    rb"""(?:[^"'<>#\\\[\](){}]++|\\.|<[^<>\s]*+>|\#[^\r\n]*+
         |\"\"\"(?:[^"\\]++|\\.|"(?!""))*+\"\"\"|'''(?:[^'\\]++|\\.|'(?!''))*+'''
         |"(?:[^"\\\r\n]++|\\.)*+"|'(?:[^'\\\r\n]++|\\.)*+')*+
        (?:(?P<opens>[\[({]|<<)|(?P<closes>[\])}]|>>)|.|\Z)""",
    re.DOTALL | re.VERBOSE,
)
"""A bracket of Turtle, N-Triples or JSON with what stands before it: names, texts and comments hold none."""


def is_address(source: str) -> bool:
    """Return whether a source is an address, not a file."""
    return "://" in source


def read(source: str, bounds: web.Bounds) -> tuple[Graph | None, list[Finding]]:
    """Return the graph of a file or address, or why there is none."""
    try:
        return _read(source, bounds), []
    except (OSError, web.RefusedError) as fault:
        why = _plain_of(getattr(fault, "strerror", None) or reason(fault))
        hint = getattr(fault, "hint", "")
        return None, [finding("unreadable-catalogue", Message("{reason}.", reason=why), Place(file=source), hint)]


def _plain_of(why: str) -> str:
    """Return a reason whose quotations are on one line, and leave room for the words around them."""
    return changed(why, lambda text: _plain(text, 240)) if isinstance(why, Message) else _plain(why)


def _plain(text: str, longest: int = 300) -> str:
    """Return a reason on one line, not too long; parsers quote whatever stands in the file."""
    line = terminal.line(" ".join(text.split()))
    return line if len(line) <= longest else line[:longest].rstrip() + "..."


def _read(source: str, bounds: web.Bounds) -> Graph:
    answer = web.fetch(source, bounds, ACCEPT) if is_address(source) else web.Answer(_file(source))
    # The media type first: the server knows what it sends, and a name may have any ending.
    form = FORMATS.get(answer.media_type) or SUFFIXES.get(Path(source.partition("?")[0]).suffix.lower())
    if form is None:
        hint = Message(
            "Name the file {SUFFIXES}, or serve it with its media type.",
            SUFFIXES=", ".join("*" + suffix for suffix in SUFFIXES),
        )
        raise web.RefusedError(Message("Neither its name nor its media type says in which format it is"), hint)
    return _parse(answer.body, form, answer.url, bounds)


def _file(source: str) -> bytes:
    kind = Path(source).stat().st_mode
    if not (stat.S_ISREG(kind) or stat.S_ISDIR(kind)):
        raise web.RefusedError(Message("It is a pipe or a device, not a file"))  # opening a pipe can wait for ever
    with Path(source).open("rb") as file:
        # One byte more than may be tells a file that is too long from one that is just long enough.
        content = file.read(most.CATALOGUE_BYTES + 1)
    if len(content) > most.CATALOGUE_BYTES:
        raise web.RefusedError(Message("The file is longer than {bytes:,} bytes", bytes=most.CATALOGUE_BYTES))
    return content


def _parse(content: bytes, form: ox.RdfFormat, base: str, bounds: web.Bounds) -> Graph:
    content = content.removeprefix(codecs.BOM_UTF8)
    # Entities may stand for files of this machine, or for one another a billion times over.
    if form == ox.RdfFormat.RDF_XML and _DOCTYPE.search(content):
        why = Message("The RDF/XML declares a document type or entities, which are refused and never fetched")
        raise web.RefusedError(why, Message("Write the file without <!DOCTYPE> and <!ENTITY>."))
    # The parser below calls itself for each level, and a stack that overflows in it ends the process.
    if (_depth_of_xml if form == ox.RdfFormat.RDF_XML else _depth)(content) > most.NESTING:
        inner = (
            Message("elements within elements") if form == ox.RdfFormat.RDF_XML else Message("brackets within brackets")
        )
        raise web.RefusedError(
            Message(
                "The {name} has {inner} more than {nesting} deep", name=form.name, inner=inner, nesting=most.NESTING
            )
        )
    try:
        graph = to_graph(content, form, base)
    except (SyntaxError, ValueError) as fault:
        if "LoadDocumentCallback" not in str(fault):
            raise web.RefusedError(
                Message("It is not well-formed {name}: {reason}", name=form.name, reason=fault)
            ) from fault
        # With the contexts written in there is nothing left to load; contexts=0 ends it should there be something after
        # all.
        return _parse(_with_contexts(content, base, bounds), form, base, replace(bounds, contexts=0))
    except MemoryError as fault:  # the reader's own bound of one name or text
        raise web.RefusedError(
            Message("It contains a name or text that is too long to read: {reason}", reason=_plain(str(fault)))
        ) from fault
    # An empty graph breaks no rule. To call it valid would hide that the wrong file was given.
    if not graph:
        raise web.RefusedError(Message("It is {name} without any statement", name=form.name))
    return graph


def _depth(content: bytes) -> int:
    """Return how deep brackets stand in each other, up to just over the limit; RefusedError for too many of them."""
    if sum(map(content.count, (b"[", b"(", b"{", b"<<"))) <= most.NESTING:
        return 0
    depth = deepest = opened = 0
    for bracket in _BRACKET.finditer(content):
        opens = bracket["opens"] is not None
        depth += opens - (bracket["closes"] is not None)
        deepest, opened = max(deepest, depth), opened + opens
        if opened > most.STATEMENTS:  # what a bracket opens says something, or has something said of it
            raise web.RefusedError(
                Message(
                    "It has more than {statements:,} statements, or as many empty brackets", statements=most.STATEMENTS
                )
            )
        if depth > most.NESTING:
            break
    return deepest


def _depth_of_xml(content: bytes) -> int:
    """Return how deep the elements of XML stand in each other, up to just over the limit."""
    depth = deepest = 0

    def begin(_name: str, _attributes: object) -> None:
        nonlocal depth, deepest
        depth += 1
        deepest = max(deepest, depth)
        if depth > most.NESTING:
            raise ValueError

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = begin, end
    with suppress(expat.ExpatError, ValueError):  # what is not well formed is told by the reader, with its line
        parser.Parse(content, True)
    return deepest


def to_graph(content: bytes, form: ox.RdfFormat, base: str = "") -> Graph:
    """Return what a file says, all its graphs as one; SyntaxError or ValueError when it is not well formed."""
    graph, run = Graph(), hashlib.sha256(content).hexdigest()[:16]
    names: dict[Term, Term] = {}

    def named(node: Term) -> Term:
        # Names of nodes without IRI that depend on the file alone: what is told of two such nodes keeps its order.
        return names.setdefault(node, Blank(f"b{run}-{len(names)}")) if isinstance(node, Blank) else node

    for count, quad in enumerate(ox.parse(content, format=form, base_iri=base or None, rename_blank_nodes=True)):
        if count == most.STATEMENTS:
            raise web.RefusedError(Message("It has more than {statements:,} statements", statements=most.STATEMENTS))
        if isinstance(quad.object, ox.Triple):
            raise ValueError(Message("it makes statements about statements (RDF 1.2), which DCAT does not use"))
        graph.add(named(quad.subject), quad.predicate, named(quad.object))
    return graph


# JSON-LD that takes its context from elsewhere ----------------------------------------------------------


def _with_contexts(content: bytes, base: str, bounds: web.Bounds) -> bytes:
    """Return a JSON-LD document with the contexts of other addresses written into it."""
    if not bounds.contexts:
        raise web.RefusedError(
            Message("The JSON-LD takes its context from another address; it is only fetched with --remote-context"),
            Message("Give --remote-context, write the context into the file, or convert the file to Turtle."),
        )
    try:
        document = json_text.parse(content, most.CATALOGUE_BYTES)
        return json.dumps(_Contexts(bounds).filled_in(document, base)).encode()
    except RecursionError as fault:
        raise web.RefusedError(Message("The contexts of the JSON-LD are nested too deeply")) from fault
    except ValueError as fault:
        raise web.RefusedError(Message("It is not well-formed JSON-LD: {reason}", reason=fault)) from fault


@dataclass
class _Contexts:
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
        """Return the context at an address."""
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
                Message(
                    "{url} does not answer with JSON that has an @context: {reason}", url=url, reason=_plain(str(fault))
                )
            ) from fault
        return self._context(_without_base(context), answer.url, (*trail, url))


def _without_base(context: Any) -> Any:
    """Return a fetched context without @base, which holds for the document that sets it and no other."""
    if isinstance(context, list):
        return [_without_base(part) for part in context]
    return {k: v for k, v in context.items() if k != "@base"} if isinstance(context, dict) else context
