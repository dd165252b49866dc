"""What is refused of a query before it is parsed: other services, graphs that are not published, deep nesting.

This is to tell people why, in time. That no query reaches the network is held by the worker, which can open no socket.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urljoin

from ogp_data.core.messages import Message
from ogp_data.service.limits import BOUNDS

_ESCAPE = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
_LETTER = rf"(?:[^\W\d]|{_ESCAPE})"
_PART = rf"(?:[\w·.-]|{_ESCAPE})*+"
_TOKEN = re.compile(
    rf"""(?P<iri><(?:[^<>"{{}}|^`\\\x00-\x20]|{_ESCAPE})*>)
    |(?P<text>\"\"\"(?:\"{{0,2}}(?:[^"\\]|\\.))*\"\"\"|'''(?:'{{0,2}}(?:[^'\\]|\\.))*'''
        |"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')
    |(?P<comment>\#[^\n\r]*)
    |(?P<other>[?$]\w+|@[A-Za-z]+(?:-[A-Za-z0-9]+)*|_:[\w.-]+)
    |(?P<name>(?:{_LETTER}{_PART})?:(?:[\w·.:%-]|\\.)*)
    |(?P<words>{_LETTER}{_PART})
    |(?P<open>[({{\[])|(?P<close>[)}}\]])
    |(?P<stray>\\.)""",
    re.VERBOSE | re.DOTALL,
)


class RefusedError(Exception):
    """A query that is not evaluated, and the reason."""


class ServiceError(RefusedError):
    """A query that asks another service."""


class MalformedError(RefusedError):
    """A query that nobody could evaluate."""


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a query: its kind, and its text with escapes resolved."""

    kind: str
    text: str


def dataset(query: str, published: Container[str]) -> tuple[list[str], list[str]] | None:
    """Return the graphs of FROM and of FROM NAMED, None when there are neither; RefusedError with the reason."""
    default: list[str] = []
    named: list[str] = []
    tokens = list(_bounded(query))
    prefixes, base = {}, ""
    for index, token in enumerate(tokens):
        # For every token and not only where a clause may begin: knowing that would take the grammar.
        _check_service(tokens, index)
        word = token.text.upper() if token.kind == "word" else ""
        after = tokens[index + 1 : index + 3]
        if word == "BASE" and after and after[0].kind == "iri":
            base = _resolved(base, after[0].text)
            if len(base) > BOUNDS.iri_characters:
                raise RefusedError(
                    Message("An IRI may have {iri_characters} characters.", iri_characters=BOUNDS.iri_characters)
                )
        elif word == "PREFIX" and len(after) == 2 and after[1].kind == "iri":
            prefixes[after[0].text.partition(":")[0]] = _resolved(base, after[1].text)
        elif word == "FROM":
            is_named = bool(after) and after[0].kind == "word" and after[0].text.upper() == "NAMED"
            iri = _iri(after[is_named:][:1], prefixes, base)
            if iri is not None:
                check_graph(iri, published)
                (named if is_named else default).append(iri)
    return (default, named) if default or named else None


def check_graph(iri: str, published: Container[str]) -> None:
    """Raise RefusedError when a graph is not published here."""
    # With an empty graph instead, a misspelt name would look as if there were nothing to find.
    if iri not in published:
        raise RefusedError(
            Message("The graph <{iri}> is not published here, and no graph is fetched from elsewhere.", iri=iri)
        )


def _check_service(tokens: Sequence[Token], index: int) -> None:
    """Raise RefusedError for SERVICE.

    A parser takes it also where it touches what is before or behind it: `trueSERVICE`, `SERVICE:name {`.
    No other keyword has it inside.
    """
    token, before = tokens[index], tokens[index - 1].text.upper() if index else ""
    behind = tokens[index + 1].text if index + 1 < len(tokens) else ""
    joined = token.kind == "name" and behind == "{" and not before.endswith("GRAPH")
    keyword = token.text.partition(":")[0].upper() if joined else token.text.upper() if token.kind == "word" else ""
    if "SERVICE" in keyword:
        raise ServiceError(
            Message("SERVICE is refused: queries are answered from what is published here, and ask nobody else.")
        )


def _iri(tokens: Sequence[Token], prefixes: dict[str, str], base: str) -> str | None:
    """Return the IRI that a token means; None when it means none, which the parser will tell."""
    if not tokens:
        return None
    if tokens[0].kind == "iri":
        return _resolved(base, tokens[0].text)
    prefix, _, local = tokens[0].text.partition(":")
    if tokens[0].kind != "name" or prefix not in prefixes:
        return None
    return prefixes[prefix] + re.sub(r"\\(.)", r"\1", local)


def _resolved(base: str, iri: str) -> str:
    """Return an IRI resolved by a base; MalformedError when one of them is none."""
    try:
        return urljoin(base, iri)
    except ValueError:  # a host in brackets that are not closed, or one that would be read as another
        raise MalformedError(Message("<{iri}> with the base <{base}> makes no IRI.", iri=iri, base=base)) from None


def _bounded(query: str) -> Iterator[Token]:
    """Yield the tokens of a query; RefusedError when brackets are nested too deep."""
    depth = 0
    for match in _TOKEN.finditer(query):
        kind = str(match.lastgroup)
        if kind in ("text", "comment", "other", "stray"):
            continue
        depth += (kind == "open") - (kind == "close")
        if depth > BOUNDS.query_depth:
            raise RefusedError(Message("Brackets may be nested {query_depth} deep.", query_depth=BOUNDS.query_depth))
        text = re.sub(_ESCAPE, lambda m: _character(m[0]), match[0][1:-1] if kind == "iri" else match[0])
        if len(text) > BOUNDS.iri_characters and kind in ("iri", "name"):
            raise RefusedError(
                Message("An IRI may have {iri_characters} characters.", iri_characters=BOUNDS.iri_characters)
            )
        if kind == "words":  # without a colon no name: a point or a minus ends a word
            yield from (Token("word", word) for word in re.findall(r"\w+", text))
        else:
            yield Token(kind, text)


def _character(escape: str) -> str:
    number = int(escape[2:], 16)
    # Unicode ends there. The engine will refuse the query; here it is only kept from ending in a traceback.
    return chr(number) if number < 0x110000 else "�"
