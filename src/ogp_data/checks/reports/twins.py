"""An order of nameless things that are called alike which does not depend on how their statements are ordered."""

from __future__ import annotations

import hashlib
from functools import cache

from ogp_data.core.graph import Graph
from ogp_data.core.terms import Blank, Term

_STEPS = 4
"""How far from a thing it is looked for what tells it apart: as far as names of things go."""

Rank = tuple[str, tuple[str, ...]]


class Twins:
    """Ranks the nameless things of a graph by what is said of them and by what leads to them."""

    def __init__(self, graph: Graph) -> None:
        """Take the graph."""
        self._graph = graph
        self._described, self._led = cache(self._describe), cache(self._way)

    def rank(self, thing: Blank) -> Rank:
        """Return where a thing stands among others of its name; those that nothing tells apart stand in one order.

        That order follows what leads to them, so that the parts of two equal things do not change places.
        """
        return self._described(thing, _STEPS), self._led(thing, _STEPS)

    def _describe(self, thing: Term, steps: int) -> str:
        if not isinstance(thing, Blank):
            return str(thing)
        if not steps:
            return "_"
        said = sorted(f">{term.value} {self._described(value, steps - 1)}" for term, value in self._graph.about(thing))
        leads = sorted(f"<{term.value} {self._described(by, steps - 1)}" for by, term in self._graph.leading_to(thing))
        return hashlib.sha256("\n".join([*said, *leads]).encode(errors="backslashreplace")).hexdigest()

    def _way(self, thing: Term, steps: int) -> tuple[str, ...]:
        leads = [by for by, _ in self._graph.leading_to(thing) if isinstance(by, Blank)] if steps else []
        above = self._led(min(leads, key=lambda by: by.value), steps - 1) if leads else ()
        return (*above, thing.value)
