"""Validates a graph: by the compiled engine, or by pyshacl where the shapes ask what is not compiled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from ogp_data.checks.shacl.compiling import compile as compiled
from ogp_data.checks.shacl.engine import BeyondError, Result, evaluate
from ogp_data.core.graph import Graph


@dataclass(frozen=True, slots=True)
class Outcome:
    """What shapes find in a graph; `beyond` is the property of SHACL for which pyshacl had to be asked."""

    shapes: Graph
    data: Graph
    results: Sequence[Result]
    beyond: str = ""

    @property
    def engine(self) -> str:
        """Return what evaluated the shapes."""
        return "pyshacl" if self.beyond else "compiled"

    def where(self, holds: Callable[[Result], bool]) -> Outcome:
        """Return it with the results of which something holds."""
        return replace(self, results=list(filter(holds, self.results)))


def validate(shapes: Graph, data: Graph) -> Outcome:
    """Return what shapes find in a graph, in no certain order; ShapesError when the shapes cannot be applied."""
    try:
        return Outcome(shapes, data, evaluate(compiled(shapes), data))
    except BeyondError as reason:
        from ogp_data.checks.shacl.fallback import by_pyshacl  # large, and seldom needed

        return Outcome(shapes, data, by_pyshacl(shapes, data), str(reason))
