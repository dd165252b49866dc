"""At which line of a file a thing is described: for reports that show findings beside the text.

Only names are looked at, not what is said: a scan for the subjects of statements, the identifiers of JSON-LD and the
`rdf:about` of XML. What cannot be told for certain has no line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from html import unescape
from urllib.parse import urljoin

from ogp_data.checks.incoming import turtle
from ogp_data.checks.incoming.characters import encoding_of, in_utf_8
from ogp_data.checks.incoming.forms import declared, detected
from ogp_data.checks.incoming.material import Material
from ogp_data.core import bounds as most
from ogp_data.core import web
from ogp_data.core.messages import Message
from ogp_data.core.web import unpack

_PREFIX = re.compile(rb"(?i:@?prefix)\s+([^\s:]*):\s*<([^<>\s]*)>")
_BASE = re.compile(rb"(?i:@?base)\s*<([^<>\s]*)>")
_SUBJECT = re.compile(rb"<([^<>\r\n]*)>|((?:[^\s:<>\"'\\]|\\.)*):((?:[^\s<>\"'()\[\]{};,\\]|\\.)*)")
_ESCAPED = re.compile(rb"\\([^uU])")
_CODE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")

_STRING = rb'"((?:[^"\\]|\\.)*)"'
_ID = re.compile(rb'(?P<before>\{\s*)?(?P<at>"(?:@id|id|uri|iri)"\s*:\s*)' + _STRING + rb"(?P<after>\s*\})?")
_SPACE = re.compile(_STRING + rb'\s*:\s*"([A-Za-z][A-Za-z0-9+.-]*:[^"\s]*[#/:])"')

_ABOUT = re.compile(rb"""(?P<at>\b(?:[\w.-]+:)?(?:about|ID)\s*=)\s*(?:"([^"]*)"|'([^']*)')""")
_XML_BASE = re.compile(rb"""\bxml:base\s*=\s*["']([^"']*)["']""")

Found = Iterator[tuple[str, int]]


def nowhere(_iri: str) -> None:
    """Return that a thing has no line, as in what is no file of lines."""


class Lines:
    """The lines of a document's things, found when the first one is asked for."""

    def __init__(self, material: Material) -> None:
        """Take the document, which is read once more."""
        self._material = material

    def __call__(self, iri: str) -> int | None:
        """Return the line where a thing is first described; None where that is not known."""
        return self._lines.get(iri)

    @cached_property
    def _lines(self) -> Mapping[str, int]:
        try:
            return lines_of(self._material)
        except (OSError, web.RefusedError):
            return {}


def lines_of(material: Material) -> Mapping[str, int]:
    """Return the line where each thing of a document is first described."""
    encoding = encoding_of(head := material.head())
    form = detected(
        head[encoding.mark :].decode(encoding.name, "replace"), declared(material.name, material.media_type)
    )
    if form is None:
        return {}
    pieces, found = in_utf_8(material.pieces(), encoding, form), dict[str, int]()
    for iri, line in _found(form.family, pieces, material.base):
        found.setdefault(iri, line)
    return found


def _found(family: str, pieces: Iterable[bytes], base: str) -> Found:
    """Yield the things of a text with their lines; TooLargeError where it would have to be held and is too large."""
    if family == "lines":
        return _of_lines(pieces)
    return _SCANS[family](unpack.collected(pieces, most.CATALOGUE_BYTES, Message("The file")), base)


# Turtle, TriG, N-Triples, N-Quads -------------------------------------------------------------------------


def _of_statements(content: bytes, base: str) -> Found:
    head, spaces, start = b"", dict[bytes, str](), base
    for piece in turtle.pieces(content, []):
        if piece.head != head:
            head = piece.head
            start = urljoin(base, _text(_BASE.findall(head)[-1])) if _BASE.search(head) else base
            spaces = {prefix: urljoin(start, _text(iri)) for prefix, iri in _PREFIX.findall(head)}
        if subject := _SUBJECT.match(piece.text):
            iri, prefix, local = subject.groups()
            if iri is not None:
                yield _joined(start, _text(iri)), piece.line
            elif prefix in spaces:
                yield spaces[prefix] + _text(_ESCAPED.sub(rb"\1", local)), piece.line


def _of_lines(pieces: Iterable[bytes]) -> Found:
    last = b""
    for piece in turtle.lines(pieces):
        iri, closed, _rest = piece.text.partition(b">")
        if closed and iri != last and iri.startswith(b"<"):
            last = iri
            yield _text(iri[1:]), piece.line


def _text(content: bytes) -> str:
    """Return a name with what its codes stand for."""
    return _CODE.sub(lambda code: chr(int(code[1] or code[2], 16)), content.decode("utf-8", "replace"))


def _joined(base: str, iri: str) -> str:
    # urljoin rewrites what is absolute already, such as dots in its path.
    return iri if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", iri) else urljoin(base, iri)


# JSON-LD, RDF/XML -----------------------------------------------------------------------------------------


def _of_json(content: bytes, base: str) -> Found:
    spaces = {_value(name): _value(iri) for name, iri in _SPACE.findall(content)}
    for named, line in _with_lines(_ID, content):
        if named["before"] and named["after"]:
            continue  # it is only referred to here
        value = _value(named[3])
        prefix, colon, local = value.partition(":")
        yield spaces[prefix] + local if colon and prefix in spaces else _joined(base, value), line


def _value(text: bytes) -> str:
    try:
        return str(json.loads(b'"' + text + b'"'))
    except ValueError:
        return ""


def _of_xml(content: bytes, base: str) -> Found:
    own = _XML_BASE.search(content)
    start = urljoin(base, own[1].decode("utf-8", "replace")) if own else base
    for named, line in _with_lines(_ABOUT, content):
        value = unescape((named[2] if named[2] is not None else named[3]).decode("utf-8", "replace"))
        is_id = b"ID" in named["at"]
        yield _joined(start, f"#{value}" if is_id else value), line


def _of_page(_content: bytes, _base: str) -> Found:
    return iter(())


def _with_lines(pattern: re.Pattern[bytes], content: bytes) -> Iterator[tuple[re.Match[bytes], int]]:
    """Yield each match with its line; what lies between two of them is looked at once."""
    line, counted = 1, 0
    for match in pattern.finditer(content):
        line += content.count(b"\n", counted, match.start("at"))
        counted = match.start("at")
        yield match, line


_SCANS: Mapping[str, Callable[[bytes, str], Found]] = {
    "text": _of_statements,
    "json": _of_json,
    "xml": _of_xml,
    "html": _of_page,
}
"""Family of a syntax -> what finds its things with their lines; lines need not be held."""
