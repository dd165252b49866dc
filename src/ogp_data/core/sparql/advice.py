"""A piece that does not fit in a query -> what is meant by it more often than not, and what to do instead."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from ogp_data.core.messages import Message
from ogp_data.core.sparql.tokens import KEYWORDS, Token

_FILE: Final = Path(__file__).with_name("advice.toml")
NEAR = 2
"""Letters by which a word may differ from the one that is meant; of a word of four letters half."""


@dataclass(frozen=True, slots=True)
class Advice:
    """What to say where a piece and its neighbours are as this says; None: whatever they are."""

    says: str
    at: str | None = None
    kind: Sequence[str] | None = None
    before: str | None = None
    earlier: str | None = None
    after: str | None = None
    wants: Sequence[str] | None = None
    back: int = 0

    def fits(self, tokens: Sequence[Token], at: int, expected: set[str]) -> bool:
        """Return whether this is said of a piece, in whose place other things could stand."""
        return (
            (self.kind is None or tokens[at].kind in self.kind)
            and _matches(self.at, tokens[at].text)
            and _matches(self.before, _text(tokens, at - 1))
            and _matches(self.earlier, _text(tokens, at - 2))
            and _matches(self.after, _text(tokens, at + 1))
            and (self.wants is None or any(_wanted(one, expected) for one in self.wants))
        )


def _text(tokens: Sequence[Token], at: int) -> str:
    """Return the text of a token; "" before the first and behind the last."""
    return tokens[at].text if 0 <= at < len(tokens) else ""


def _matches(pattern: str | None, text: str) -> bool:
    return pattern is None or re.fullmatch(pattern, text, re.IGNORECASE) is not None


def _wanted(one: str, expected: set[str]) -> bool:
    """Return whether a thing could stand there; two signs in one: whether both could."""
    return one in expected or (len(one) == 2 and one not in ("&&", "||", "!=") and {*one} <= expected)


@cache
def read() -> Mapping[str, Any]:
    """Return what stands in the file: advice, and how things are called and told where there is none."""
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


@cache
def known() -> Sequence[Advice]:
    """Return what is advised, in the order in which it is tried."""
    return [Advice(**entry) for entry in read()["advice"]]


@cache
def kinds() -> Mapping[str, Message]:
    """Return what kinds of tokens are called, those first that people write most."""
    return {kind: _message(entry) for kind, entry in read()["kinds"].items()}


def told(which: str, /, **values: object) -> Message:
    """Return one of the other things that are said."""
    return _message(read()["told"][which], **values)


def _message(entry: Mapping[str, str], /, **values: object) -> Message:
    says = entry["says"]
    return Message(says, **values)


def advised(tokens: Sequence[Token], at: int, expected: set[str]) -> tuple[Token, Message] | None:
    """Return where something else was meant, and what to do; None where nobody knows."""
    found = tokens[at]
    if found.kind == "WORD" and found.text.isascii() and (word := meant(found.text, expected)):
        return found, told("meant", found=found.text[:40], word=word)
    for one in known():
        if one.fits(tokens, at, expected):
            places = {"found": at, "before": at - 1, "earlier": at - 2, "after": at + 1}
            said = {name: _text(tokens, place)[:40] for name, place in places.items()}
            return tokens[at - one.back], Message(one.says, **said)
    return None


def meant(word: str, expected: set[str]) -> str:
    """Return the keyword that a word of almost the same letters means; "" for none."""
    upper = word.upper()
    most = min(NEAR, len(word) // 3)
    near = sorted((_distance(upper, one), one) for one in expected & KEYWORDS if abs(len(one) - len(word)) <= most)
    return near[0][1] if near and near[0][0] <= most else ""


def _distance(one: str, other: str) -> int:
    """Return how many letters are put in, left out, changed or swapped with the next to make one of the other."""
    rows = [list(range(len(other) + 1))]
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, against in enumerate(other, 1):
            cost = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (letter != against))
            if i > 1 and j > 1 and (letter, against) == (other[j - 2], one[i - 2]):
                cost = min(cost, rows[-2][j - 2] + 1)
            row.append(cost)
        rows.append(row)
    return rows[-1][-1]
