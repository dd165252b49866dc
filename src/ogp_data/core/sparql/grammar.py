"""The grammar of queries, read from grammar.ebnf: rules as trees, and with which tokens each may begin."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("grammar.ebnf")
_PIECE = re.compile(r'"([^"]+)"|([A-Za-z]+)|([()|?*+])')


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A part of a rule: a token, a rule, all of its parts, one of them, any number of one, or maybe one.

    No two parts are equal, so that looking one up does not look through all that is in it.
    """

    kind: str
    name: str = ""
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Grammar:
    """The rules by name, and of each part with which tokens it may begin, and whether it may be nothing."""

    rules: Mapping[str, Part]
    known: dict[Part, tuple[frozenset[str], bool]] = field(default_factory=dict, repr=False)

    def begins(self, part: Part) -> frozenset[str]:
        """Return the tokens with which a part may begin."""
        return self._looked_up(part)[0]

    def can_be_empty(self, part: Part) -> bool:
        """Return whether a part may be nothing."""
        return self._looked_up(part)[1]

    def _looked_up(self, part: Part) -> tuple[frozenset[str], bool]:
        if part not in self.known:
            self.known[part] = self._worked_out(part)
        return self.known[part]

    def _worked_out(self, part: Part) -> tuple[frozenset[str], bool]:
        match part.kind:
            case "token":
                return frozenset({part.name}), False
            case "rule":
                return self._looked_up(self.rules[part.name])
            case "any" | "maybe":
                return self.begins(part.parts[0]), True
            case "one":
                begins = frozenset[str]().union(*(self.begins(one) for one in part.parts))
                return begins, any(self.can_be_empty(one) for one in part.parts)
        begins = frozenset[str]()
        for one in part.parts:
            begins |= self.begins(one)
            if not self.can_be_empty(one):
                return begins, False
        return begins, True


@cache
def grammar() -> Grammar:
    """Return the grammar of queries."""
    lines = [line for line in _FILE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    rules = dict(line.split(": ", 1) for line in lines)
    return Grammar({name: _Reader(text, rules.keys()).alternatives() for name, text in rules.items()})


class _Reader:
    """Reads the text of one rule."""

    def __init__(self, text: str, rules: Container[str]) -> None:
        self._pieces = [match.group(0) for match in _PIECE.finditer(text)]
        self._rules = rules

    def alternatives(self) -> Part:
        found = [self._sequence()]
        while self._take("|"):
            found.append(self._sequence())
        return found[0] if len(found) == 1 else Part("one", parts=tuple(found))

    def _sequence(self) -> Part:
        found: list[Part] = []
        while self._pieces and self._pieces[0] not in ("|", ")"):
            found.append(self._repeated(self._single()))
        return found[0] if len(found) == 1 else Part("all", parts=tuple(found))

    def _single(self) -> Part:
        piece = self._pieces.pop(0)
        if piece == "(":
            inner = self.alternatives()
            self._pieces.pop(0)
            return inner
        if piece.startswith('"'):
            return Part("token", piece[1:-1])
        return Part("token" if piece.isupper() and piece not in self._rules else "rule", piece)

    def _repeated(self, part: Part) -> Part:
        if self._take("?"):
            return Part("maybe", parts=(part,))
        if self._take("*"):
            return Part("any", parts=(part,))
        if self._take("+"):
            return Part("all", parts=(part, Part("any", parts=(part,))))
        return part

    def _take(self, piece: str) -> bool:
        if self._pieces and self._pieces[0] == piece:
            self._pieces.pop(0)
            return True
        return False
