"""What scores are made of: measures with points, and what each dataset earns of them, exactly."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from ogp_data.checks.scores.view import Resources, View
from ogp_data.core.messages import Message
from ogp_data.core.terms import Iri

Counted = Literal["dataset", "files", "best", "either"]
"""On what a measure is counted: the dataset, each of its files, the best of these, or it or any of these."""

OPEN = Message("Offer an open, machine-readable type, such as CSV, JSON or XML.")
NOT_ASKED = Message("not asked: needs the published address (--probe)")


@dataclass(frozen=True, slots=True)
class Blame:
    """Which properties of a resource cost it the points, and what is to be told of it besides."""

    of: tuple[Iri, ...]
    late: tuple[str, ...] = ()
    """The codes of how often it says that it is updated, where it is just overdue."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure of a score: its points, on what it is counted, and which resources pass.

    `of` are the properties that it looks at, and `mend` says what to do where their values do not do; `by_file` says
    that these are properties of a file, though the dataset is what counts. `blame` says which of several properties
    does not do in a resource that has them all.
    """

    name: str
    label: str
    points: int
    on: Counted
    passing: Callable[[View], Resources]
    of: tuple[Iri, ...] = ()
    mend: str = ""
    dimension: str = ""
    live: bool = False
    by_file: bool = False
    blame: Callable[[View, int], Blame] | None = None


@dataclass(frozen=True, slots=True)
class Scale:
    """A score: what a catalogue has for nothing, and what its measures can add."""

    name: str
    measures: tuple[Measure, ...]
    base: int = 0

    @property
    def maximum(self) -> int:
        """Return the most points that there are."""
        return self.base + sum(measure.points for measure in self.measures)

    @property
    def offline_maximum(self) -> int:
        """Return the most points that can be had without asking an address."""
        return self.base + sum(measure.points for measure in self.measures if not measure.live)


@dataclass(frozen=True, slots=True)
class Measured:
    """A measure of a catalogue: of how many things counted each dataset passes with how many, in their order.

    `short` are the resources that cost points, `asked` is false for addresses that nobody probed.
    """

    measure: Measure
    passed: Sequence[int]
    counted: Sequence[int]
    short: Mapping[int, tuple[int, ...]]
    asked: bool = True

    def points(self, datasets: Iterable[int]) -> Fraction:
        """Return the mean points of some datasets, which are given by their places in the order."""
        # Thirds of points do not add up again in floating point, and the same input has to give the same. What is
        # counted on equally many things is added up as whole numbers first, since adding fractions is slow.
        sums, number = dict[int, int](), 0
        for at in datasets:
            sums[self.counted[at]] = sums.get(self.counted[at], 0) + self.passed[at]
            number += 1
        shares = sum((Fraction(passed, counted) for counted, passed in sums.items()), Fraction(0))
        return self.measure.points * shares / number if number else Fraction(0)

    def of(self, at: int) -> Fraction:
        """Return the points of one dataset."""
        return Fraction(self.measure.points * self.passed[at], self.counted[at])

    def whole(self, at: int) -> bool:
        """Return whether a dataset has all points."""
        return self.passed[at] == self.counted[at]


@dataclass(frozen=True, slots=True)
class Scored:
    """A catalogue by one score."""

    scale: Scale
    measured: tuple[Measured, ...]

    def points(self, datasets: Sequence[int]) -> Fraction:
        """Return the mean points of some datasets."""
        return self.scale.base + sum((each.points(datasets) for each in self.measured), Fraction(0))

    def of(self, at: int) -> Fraction:
        """Return the points of one dataset."""
        # As in `Measured.points`: whole numbers first.
        sums = dict[int, int]()
        for each in self.measured:
            sums[each.counted[at]] = sums.get(each.counted[at], 0) + each.measure.points * each.passed[at]
        return self.scale.base + sum((Fraction(points, counted) for counted, points in sums.items()), Fraction(0))


def scored(scale: Scale, view: View) -> Scored:
    """Return the datasets of a catalogue by a score."""
    best = _best(scale, view)
    return Scored(scale, tuple(_measured(measure, view, best) for measure in scale.measures))


def _measured(measure: Measure, view: View, best: Mapping[int, int]) -> Measured:
    if measure.live and view.answers is None:
        return Measured(measure, [0] * len(view.datasets), [1] * len(view.datasets), {}, asked=False)
    passing = measure.passing(view)
    passed, counted, short = list[int](), list[int](), dict[int, tuple[int, ...]]()
    for at, dataset in enumerate(view.datasets):
        things, is_enough = _things(measure, view, dataset, best)
        lacking = tuple(thing for thing in things if thing not in passing)
        if is_enough:
            counted.append(1)
            passed.append(int(len(lacking) < len(things)))
        else:
            counted.append(len(things) or 1)
            passed.append(len(things) - len(lacking))
        if passed[-1] < counted[-1]:
            short[at] = lacking
    return Measured(measure, passed, counted, short)


def _things(measure: Measure, view: View, dataset: int, best: Mapping[int, int]) -> tuple[Sequence[int], bool]:
    """Return on what of a dataset a measure is counted, and whether one of these that passes is enough."""
    if measure.on == "dataset":
        return (dataset,), True
    if measure.on == "best":
        return ((best[dataset],) if dataset in best else ()), True
    files = view.files.get(dataset, [])
    return ((dataset, *files), True) if measure.on == "either" else (files, False)


def _best(scale: Scale, view: View) -> dict[int, int]:
    """Return dataset -> the distribution with the most points of what is counted on the best one."""
    measures = [measure for measure in scale.measures if measure.on == "best"]
    if not measures:
        return {}
    tests = [(measure.points, measure.passing(view)) for measure in measures]

    def worth(file: int) -> tuple[int, list[bool]]:
        passes = [file in passing for _, passing in tests]
        # Of equally good ones that which passes the earlier measures, for the order of a graph must not decide.
        return sum(points for (points, _), does in zip(tests, passes, strict=True) if does), passes

    best = {}
    for dataset, files in view.files.items():
        most = max(map(worth, files))
        best[dataset] = view.first([file for file in files if worth(file) == most])
    return best


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer to one question: whether it is met, and the evidence; `judged` is false where nobody can tell."""

    name: str
    met: bool
    evidence: str
    judged: bool = True


def share(view: View, passing: Resources) -> tuple[int, int]:
    """Return how many of the datasets are among some resources, and how many there are."""
    return sum(dataset in passing for dataset in view.datasets), len(view.datasets)
