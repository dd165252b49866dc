"""A text that is no query -> where it stops being one, and what to do, in words for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ogp_data.core.messages import Listed, Message
from ogp_data.core.sparql.advice import advised, kinds, told
from ogp_data.core.sparql.grammar import Part, grammar
from ogp_data.core.sparql.meanings import contradiction
from ogp_data.core.sparql.tokens import Token, tokenised
from ogp_data.core.vocab import PREFIXES

LONGEST: Final = 10_000
"""Characters of a query that is explained; where a longer one ends to be one, the engine alone says."""

MOST = 8
"""Things that a person reads through; of more the first ones are told."""

UNSAID: Final = frozenset({"BLANK", "NIL", "[", "TRUE", "FALSE", "UNDEF", "SERVICE", "SILENT", "^", "!", "+", "-"})
"""What could stand there as well, but is seldom what is meant."""


@dataclass(frozen=True, slots=True)
class SyntaxFault:
    """What is wrong with a query, what to do, and the line and column at which it is, counted from 1."""

    message: Message
    line: int
    column: int


def explain(query: str) -> SyntaxFault | None:
    """Return where a refused text stops being a query, or contradicts itself, and what to do; None when nowhere."""
    if len(query) > LONGEST:
        return None
    tokens = list(tokenised(query))
    found = _unfit(tokens)
    if found is not None:
        token, message = _told(tokens, *found)
        return _placed(query, token.at, message)
    for token, declared in _undeclared(tokens):
        return _placed(query, token.at, _missing(token.text.partition(":")[0], declared))
    if against := contradiction(tokens):
        return _placed(query, against[0].at, against[1])
    return None


def _unfit(tokens: Sequence[Token]) -> tuple[int, set[str]] | None:
    """Return which token is the first that does not fit, and what would; None when all do.

    With a stack of its own: how deep brackets are nested is for the one who asks to say.
    """
    rules, waiting, at = grammar(), [Part("token", ""), Part("rule", "Query")], 0
    expected: set[str] = set()
    while waiting:
        part, token = waiting.pop(), tokens[at]
        fits = token.kind in rules.begins(part)
        if part.kind == "token":
            if not fits:
                return at, expected | {part.name}
            at, expected = at + 1, set()
        elif part.kind == "rule":
            waiting.append(rules.rules[part.name])
        elif part.kind == "all":
            waiting.extend(reversed(part.parts))
        elif part.kind == "one":
            chosen = next((one for one in part.parts if token.kind in rules.begins(one)), None)
            chosen = chosen or next((one for one in part.parts if rules.can_be_empty(one)), None)
            if chosen is None:
                return at, expected | rules.begins(part)
            expected |= frozenset() if fits else rules.begins(part)
            waiting.append(chosen)
        elif fits:
            waiting.extend([part, part.parts[0]] if part.kind == "any" else [part.parts[0]])
        else:
            expected |= rules.begins(part)
    return None


def _undeclared(tokens: Sequence[Token]) -> Iterator[tuple[Token, set[str]]]:
    """Yield each name whose prefix is not declared, with the prefixes that are."""
    declared: set[str] = set()
    for before, token in zip([Token("", "", 0), *tokens], tokens, strict=False):
        if token.kind == "PREFIXED":
            if before.kind == "PREFIX":
                declared.add(token.text)
            elif token.text.partition(":")[0] + ":" not in declared:
                yield token, {one.rstrip(":") for one in declared}


def _told(tokens: Sequence[Token], at: int, expected: set[str]) -> tuple[Token, Message]:
    """Return where the fault is, and what to do where that is known, else what could stand there."""
    token = tokens[at]
    if token.kind == "STRAY" and token.text in "\"'":
        return token, told("open_text")
    if token.kind == "<" and not expected & {"<"}:
        return token, told("open_address")
    if meant := advised(tokens, at, expected):
        return meant
    listed = Listed(tuple(_named(expected)), ", ")
    if not token.kind:
        return token, told("early", expected=listed)
    if not expected - {""}:
        return token, told("ended", found=token.text[:40])
    return token, told("unfit", found=token.text[:40], expected=listed)


def _named(expected: set[str]) -> Iterator[object]:
    """Yield what can stand somewhere as a person would say it, what is meant most first; not all of very much."""
    named = [name for kind, name in kinds().items() if kind in expected]
    seldom = UNSAID if len(expected) > MOST else frozenset[str]()
    others = sorted(expected - kinds().keys() - {"", "A"} - seldom, key=_likely)
    told = ["“()”" if one == "NIL" else one if one.isalpha() else f"“{one}”" for one in others]
    ends = [one for one in told if one in ENDS]
    yield from [*ends, *named, *(one for one in told if one not in ENDS)][:MOST]


ENDS: Final = ("AS", "“)”", "“}”", "“]”")
"""What is forgotten most: what ends something that was begun."""


def _likely(kind: str) -> tuple[bool, bool, str]:
    """Return what puts what is likely to be meant before what is not: ends, then words, then signs."""
    return kind not in ("AS", ")", "}", "]"), not kind.isalpha(), kind


def _missing(prefix: str, declared: set[str]) -> Message:
    if same := next((one for one in sorted(declared) if one.lower() == prefix.lower()), ""):
        return told("capitals", prefix=prefix, same=same)
    if known := next((one for one in (prefix, prefix.lower()) if one in PREFIXES), ""):
        return told("known", prefix=prefix, line=f"PREFIX {prefix}: <{PREFIXES[known]}>")
    return told("unknown", prefix=prefix)


def _placed(query: str, at: int, message: Message) -> SyntaxFault:
    return SyntaxFault(message, *_place(query, at))


def place_of(query: str, kind: str) -> tuple[int, int] | None:
    """Return line and column of the first token of a kind; None where a query has none."""
    return next((_place(query, token.at) for token in tokenised(query) if token.kind == kind), None)


def _place(query: str, at: int) -> tuple[int, int]:
    before = query[:at]
    return before.count("\n") + 1, at - (before.rfind("\n") + 1) + 1
