"""A query of right grammar that no engine evaluates -> what contradicts itself in it, where, and what to do.

Asked only of a query that the engine refused: of what is in scope it looks no further than the names that stand there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise, takewhile
from typing import Final

from ogp_data.core.messages import Message
from ogp_data.core.sparql.advice import told
from ogp_data.core.sparql.tokens import Token

_OPEN: Final = frozenset({"(", "{"})
_CLOSE: Final = frozenset({")", "}"})
AGGREGATES: Final = frozenset({"AVG", "COUNT", "GROUP_CONCAT", "MAX", "MIN", "SAMPLE", "SUM"})
_ENDS: Final = frozenset({"", "}", "HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES"})

Contradiction = tuple[Token, Message]
"""The place, and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class _Select:
    """A SELECT: what it asks for, its group, and what stands behind that."""

    asked: Sequence[Token]
    group: Sequence[Token]
    behind: Sequence[Token]

    @property
    def keys(self) -> set[str] | None:
        """Return the variables of GROUP BY; None where there is none."""
        kinds = [token.kind for token in self.behind]
        if kinds[:2] != ["GROUP", "BY"]:
            return None
        clause = list(_until(self.behind[2:], _ENDS))
        plain = {token.text[1:] for token, depth in _deep(clause) if token.kind == "VARIABLE" and not depth}
        return plain | {token.text[1:] for token in _named(clause)}


def contradiction(tokens: Sequence[Token]) -> Contradiction | None:
    """Return the first place at which a query contradicts itself, and how; None where none is known."""
    selects = list(_selects(tokens))
    found = [
        *_misplaced(tokens),
        *_rows(tokens),
        *(one for select in selects for one in _asked(select)),
        *_labels(tokens),
    ] or [*(one for select in selects for one in _taken(select)), *_bound(tokens)]
    return min(found, key=lambda one: one[0].at, default=None)


def _selects(tokens: Sequence[Token]) -> Iterator[_Select]:
    for at, token in enumerate(tokens):
        if token.kind == "SELECT":
            asked = list(_until(tokens[at + 1 :], frozenset({"WHERE", "FROM", "{", ""})))
            begin = next((n for n in range(at + 1 + len(asked), len(tokens)) if tokens[n].kind == "{"), len(tokens))
            group = list(_inside(tokens[begin:]))
            behind = list(_until(tokens[begin + len(group) + 2 :], frozenset({"}", ""})))
            yield _Select(asked, group, behind)


def _until(tokens: Sequence[Token], ends: frozenset[str]) -> Iterator[Token]:
    """Yield the tokens up to one that ends them, outside brackets."""
    for token, depth in _deep(tokens):
        if not depth and token.kind in ends:
            return
        yield token


def _deep(tokens: Sequence[Token]) -> Iterator[tuple[Token, int]]:
    """Yield each token with how many brackets are open around it; a bracket stands where what is in it does not."""
    depth = 0
    for token in tokens:
        depth -= token.kind in _CLOSE and depth > 0
        yield token, depth
        depth += token.kind in _OPEN


def _inside(tokens: Sequence[Token]) -> Iterator[Token]:
    """Yield what stands in the bracket that is the first token."""
    for token, depth in islice(_deep(tokens), 1, None):
        if not depth:
            return
        yield token


def _named(tokens: Sequence[Token]) -> Iterator[Token]:
    """Yield the variables that get a name by AS."""
    for before, token in pairwise(tokens):
        if before.kind == "AS" and token.kind == "VARIABLE":
            yield token


def _asked(select: _Select) -> Iterator[Contradiction]:
    """Yield what is asked for twice, and what has no single value in a group of rows."""
    known: set[str] = set()
    ours = list(_named(select.asked))
    for token, depth in _deep(select.asked):
        if (token.kind == "VARIABLE" and not depth) or token in ours:
            if token.text[1:] in known:
                yield token, told("twice_asked", name=token.text)
            known.add(token.text[1:])
    keys = select.keys
    if keys is None and not any(token.text.upper() in AGGREGATES for token in (*select.asked, *select.behind)):
        return
    for token in _loose(select.asked):
        if token.kind == "*":
            yield token, told("all_grouped")
        elif token not in ours and token.text[1:] not in (keys or set()) | {one.text[1:] for one in ours}:
            yield (
                token,
                told(
                    "many",
                    name=token.text,
                ),
            )


def _loose(asked: Sequence[Token]) -> Iterator[Token]:
    """Yield the variables that stand in no function that makes one value of many, and the star that means all."""
    within: int | None = None
    before = Token("", "", 0)
    for token, depth in _deep(asked):
        if within is not None and depth <= within and token.kind == ")":
            within = None
        elif within is None and token.kind == "(" and before.text.upper() in AGGREGATES:
            within = depth
        elif within is None and (token.kind == "VARIABLE" or (token.kind == "*" and not depth)):
            yield token
        before = token


def _misplaced(tokens: Sequence[Token]) -> Iterator[Contradiction]:
    """Yield the functions over rows in what sees a single one, but for queries within it."""
    for at, token in enumerate(tokens):
        if token.kind in ("FILTER", "BIND"):
            first = tokens[at + 1]
            condition = [first, *_inside(tokens[at + 1 + (first.kind not in _OPEN) :])]
            for one in takewhile(lambda one: one.kind != "{", condition):
                if one.kind == "FUNCTION" and one.text.upper() in AGGREGATES:
                    yield (
                        one,
                        told(
                            "over_rows",
                            name=one.text,
                        ),
                    )


def _rows(tokens: Sequence[Token]) -> Iterator[Contradiction]:
    """Yield the rows of VALUES that are longer or shorter than its variables are many, and variables named twice."""
    for at, token in enumerate(tokens):
        if token.kind == "VALUES" and tokens[at + 1].kind == "(":
            names = list(_inside(tokens[at + 1 :]))
            for number, name in enumerate(names):
                if name.text[1:] in {one.text[1:] for one in names[:number]}:
                    yield name, told("twice_values", name=name.text)
            yield from _lengths(list(_inside(tokens[at + len(names) + 3 :])), len(names))


def _lengths(data: Sequence[Token], width: int) -> Iterator[Contradiction]:
    for at, token in enumerate(data):
        if token.kind in ("(", "NIL"):
            row = list(_inside(data[at:])) if token.kind == "(" else []
            values = [one.kind for one in row if one.kind not in ("LANGUAGE", "+", "-", "^^")]
            count = len(values) - sum(one.kind == "^^" for one in row)
            if count != width:
                yield (
                    token,
                    told(
                        "row",
                        count=count,
                        width=width,
                    ),
                )


def _labels(tokens: Sequence[Token]) -> Iterator[Contradiction]:
    """Yield the blank nodes that stand in several blocks."""
    block, seen = 0, dict[str, int]()
    for token, depth in _deep(tokens):
        block += token.kind in ("{", "}")
        if not depth:  # what CONSTRUCT makes has blank nodes of its own
            seen.clear()
        if token.kind == "BLANK" and token.text.startswith("_:") and seen.setdefault(token.text, block) != block:
            yield token, told("blocks", name=token.text)


def _taken(select: _Select) -> Iterator[Contradiction]:
    """Yield the names that SELECT gives to something new, and that what is selected from has."""
    used = {token.text[1:] for token in select.group if token.kind == "VARIABLE"}
    yield from (_again(token) for token in _named(select.asked) if token.text[1:] in used)


def _bound(tokens: Sequence[Token]) -> Iterator[Contradiction]:
    """Yield the names that BIND gives to something new, and that stand before it in its group."""
    for at, token in enumerate(tokens):
        if token.kind == "BIND":
            before = {one.text[1:] for one in _before(tokens[:at]) if one.kind == "VARIABLE"}
            own = list(_inside(tokens[at + 1 :]))[-2:]
            yield from (_again(one) for one in _named(own) if one.text[1:] in before)


def _before(tokens: Sequence[Token]) -> Iterator[Token]:
    """Yield backwards what stands in the group whose bracket is the last one open."""
    depth = 0
    for token in reversed(tokens):
        depth += (token.kind == "}") - (token.kind == "{")
        if depth < 0:
            return
        yield token


def _again(token: Token) -> Contradiction:
    return token, told("taken", name=token.text)
