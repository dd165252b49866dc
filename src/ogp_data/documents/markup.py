"""Where the markup of a run of text begins: tags, addresses, references, escapes, ends of lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.entities import html5

from ogp_data.core.messages import Message
from ogp_data.core.text import ENTITY, Passage, decode
from ogp_data.documents.characters import INVISIBLE, joins
from ogp_data.documents.gathering import Gathering
from ogp_data.documents.html_names import is_tag
from ogp_data.documents.runs import (
    ESCAPED,
    Token,
    decoded,
    take_address,
    take_entity,
    take_escaped,
    take_invisible,
    take_line_end,
    take_markup,
    take_tag,
)

_LINE_END = "(?:\r\n|[\n\r\f\u2028\u2029])"
_POINT = re.compile(rf"[<&\\{INVISIBLE}]|{_LINE_END}\s*")
_BREAK = re.compile(rf"\\{_LINE_END}")
"""A backslash at the end of a line, by which Pandoc and CommonMark break it."""
_UNENDED = re.compile(r"&(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31})(?![\w;=])")
_NAME = r"[A-Za-z][A-Za-z0-9]*+"
_VALUE = r"""(?:"[^"]*+"|'[^']*+'|[^\s"'=<>`]++)"""
_ATTRIBUTE = rf"""\s++([^\s"'<>/=]++)(?:\s*+=\s*+({_VALUE}))?+"""
_TAG = re.compile(rf"<(?P<closing>/?)(?P<name>{_NAME})(?P<attributes>(?:{_ATTRIBUTE})*+)\s*+/?>")
_ATTRIBUTES = re.compile(_ATTRIBUTE)
_TORN = re.compile(rf"<(?P<name>{_NAME})\s++(?P<attribute>[^\s\"'<>/=]++)\s*+=")
_ADDRESS = re.compile(r"<(?P<address>(?:https?|ftp)://[^\s<>]++|mailto:[^\s<>]++)>", re.I)
_MAIL = re.compile(r"<(?P<address>[\w.!#$%&'*+/=?^`{|}~-]++@[\w-]++(?:\.[\w-]++)++)>", re.A)
_LIKE_A_TAG = re.compile(r"<(?:[/!?]?[A-Za-z][^<>]*+>|!(?:--|\[)[^<>]*+>?)")
"""What may be meant as a tag, a comment that goes on behind a blank line, or a condition of Word."""


def tokens(reading: Gathering, start: int, end: int) -> Iterator[Token]:
    """Yield tags, addresses, references, escapes, invisible characters and ends of lines from left to right."""
    text, at = reading.source.text, start
    closed = text.rfind("-->", start, end)
    while found := _POINT.search(text, at, end):
        token = _token(reading, found, end, closed)
        at = token.end if token else found.end()
        if token:
            yield token


def _token(reading: Gathering, found: re.Match[str], end: int, closed: int) -> Token | None:
    text, at, character = found.string, found.start(), found[0][0]
    if character == "<":
        return _pointed(reading, text, at, end, closed)
    if character == "&":
        return _reference(reading, text, at, end)
    if character == "\\":
        escaped = ESCAPED.match(text, at, end)
        if _BREAK.match(text, at, end):
            return Token(at, at + 1, take_markup)
        return Token(at, at + 2, take_escaped) if escaped else None
    if character.isspace():
        return Token(at, found.end(), take_line_end)
    if joins(text, at, end):
        return None
    return Token(at, at + 1, take_invisible, text=character)


def _reference(reading: Gathering, text: str, at: int, end: int) -> Token | None:
    """Return a character reference; what looks like one and stands for nothing is text, and is told."""
    entity = ENTITY.match(text, at, end)
    character = decode(entity[0]) if entity else ""
    if entity and character == entity[0]:
        message = Message(
            "“{entity}” does not stand for a character that can be published; it is published as written.",
            entity=entity[0],
        )
        reading.fault("markup-as-text", message, at)
    elif entity is None and (torn := _UNENDED.match(text, at, end)) and _is_name(torn[1]):
        meant = decode(f"{torn[0]};")
        message = Message(
            "“{torn}” is not followed by a semicolon, so it is published as text and not as “{meant}”.",
            torn=torn[0],
            meant=meant,
        )
        reading.fault("markup-as-text", message, at)
    return Token(at, entity.end(), take_entity, text=character) if entity else None


def _is_name(reference: str) -> bool:
    """Return whether a reference without & and ; is one: very short names are words as well (R&D, and&or)."""
    return reference[0] == "#" or reference in html5 or (len(reference) > 3 and f"{reference};" in html5)


def _pointed(reading: Gathering, text: str, at: int, end: int, closed: int) -> Token | None:
    """Return what begins with <: a comment, a tag, an address; None when it is text."""
    if text.startswith("<!--", at):
        if closed >= at + 4:
            return Token(at, text.index("-->", at + 4) + 3, take_markup)
    elif address := _ADDRESS.match(text, at, end) or _MAIL.match(text, at, end):
        return Token(at, address.end(), take_address, text="" if ":" in address["address"] else "mailto:")
    elif tag := _TAG.match(text, at, end):
        attributes = _attributes(tag)
        if is_tag(tag["name"], ((name, value) for name, value, _ in attributes), tag["closing"] == "/"):
            return _tag(tag, attributes)
    elif (torn := _TORN.match(text, at, end)) and is_tag(torn["name"], [(torn["attribute"], "")]):
        line = text[at : at + 40].splitlines()[0]
        reading.fault("unclosed-anchor", Message("The tag that begins with {line!r} is not closed.", line=line), at)
        return None
    if like := _LIKE_A_TAG.match(text, at, end):
        message = Message(
            "“{short}” may be meant as markup, but HTML does not have it here; it is published as text.",
            short=short(like[0]),
        )
        reading.fault("markup-as-text", message, at)
    return None


def _attributes(tag: re.Match[str]) -> list[tuple[str, str | None, int]]:
    """Return the attributes of a tag, each with its value as written and the offset of the value."""
    found = []
    for match in _ATTRIBUTES.finditer(tag.string, *tag.span("attributes")):
        value, at = match[2], match.start(2)
        quoted = value is not None and value[0] in "\"'"
        found.append((match[1], value[1:-1] if quoted else value, at + 1 if quoted else at))
    return found


def _tag(tag: re.Match[str], attributes: list[tuple[str, str | None, int]]) -> Token:
    name, closing = tag["name"].lower(), tag["closing"] == "/"
    named = {key.lower(): (value, at) for key, value, at in reversed(attributes)}
    target = None
    if name == "a" and not closing and not ("href" not in named and named.keys() & {"name", "id"}):
        value, at = named.get("href", ("", tag.end()))
        target = Passage(decoded(tag.string, at, at + len(value or "")))
    return Token(tag.start(), tag.end(), take_tag, name, closing, target)


def short(text: str) -> str:
    """Return the beginning of a text in one line."""
    return " ".join(text[:80].split())
