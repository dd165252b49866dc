"""What the parts of the benchmark share: a ratio with its target, and measures that alternate."""

from __future__ import annotations

import math
import os
import resource
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

# Without bytecode every process compiles the libraries again, which would be measured instead of the program.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


@dataclass(frozen=True)
class Target:
    """A ratio that was measured, and the most that it may be; some ratios are only told."""

    name: str
    numerator: float
    denominator: float
    limit: float = math.inf

    @property
    def ratio(self) -> float:
        return self.numerator / self.denominator

    @property
    def met(self) -> bool:
        return self.ratio <= self.limit

    def as_dict(self) -> dict[str, object]:
        """Return it for JSON, which has no infinity."""
        limit = None if self.limit == math.inf else self.limit
        figures = {"name": self.name, "numerator": self.numerator, "denominator": self.denominator}
        return {**figures, "ratio": self.ratio, "limit": limit, "met": self.met}


def clocks() -> tuple[float, float]:
    """Return what passed, and what the processors took for processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.perf_counter(), used.ru_utime + used.ru_stime


def duration(work: Callable[[], object]) -> float:
    """Return what passed while a process did some work, or what the processors took when that is less.

    Other programs lengthen the one, a process that uses several cores the other.
    """
    begun = clocks()
    work()
    return min(now - then for now, then in zip(clocks(), begun, strict=True))


def alternated(rounds: int, *measures: Callable[[], float]) -> list[float]:
    """Return the median of each measure, all of them measured once in each round."""
    times = [[measure() for measure in measures] for _ in range(rounds)]
    return [statistics.median(column) for column in zip(*times, strict=True)]
