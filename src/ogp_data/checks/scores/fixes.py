"""What to mend first: the changes that bring most points for least work.

What lacks points for one reason is one fix: a property that resources do not have, a value that does not do, a shared
thing that breaks the shapes. Of a publisher that never gives a property the template lacks it, so that is one change.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from ogp_data.checks.scores.measures import Blame, Measure, Scored
from ogp_data.checks.scores.udata import changed
from ogp_data.checks.scores.view import View
from ogp_data.core.messages import Message, listed, sentences
from ogp_data.core.namespaces import DCAT, DCT, curie
from ogp_data.core.terms import Iri

SHOWN = 3
"""Of so many resources a fix says the names."""


@dataclass(frozen=True, slots=True)
class Fix:
    """One thing to do: how many points of each score it brings, on how many datasets, with how many changes."""

    do: str
    gains: Mapping[str, Fraction]
    measures: tuple[str, ...]
    datasets: int
    changes: int
    places: tuple[str, ...]
    worth: Fraction
    """Of each score the share of its points that is gained, together, for each change."""


Key = tuple[object, ...]


@dataclass
class _Cause:
    """Why resources lack points: which of them, in which datasets, and what each score would gain."""

    measures: dict[str, Measure] = field(default_factory=dict)
    gains: dict[str, Fraction] = field(default_factory=dict)
    resources: dict[int, None] = field(default_factory=dict)
    datasets: set[int] = field(default_factory=set)
    changes: int = 0

    def add(self, scale: str, measure: Measure, gain: Fraction, resource: int, dataset: int) -> None:
        self.measures[f"{scale} {measure.name}"] = measure
        self.gains[scale] = self.gains.get(scale, Fraction(0)) + gain
        self.resources[resource] = None
        self.datasets.add(dataset)

    def join(self, other: _Cause) -> None:
        self.measures |= other.measures
        for scale, gain in other.gains.items():
            self.gains[scale] = self.gains.get(scale, Fraction(0)) + gain
        self.resources |= other.resources
        self.datasets |= other.datasets
        self.changes += other.changes


def fixes(view: View, scores: Sequence[Scored], publishers: Mapping[str, Sequence[int]]) -> tuple[Fix, ...]:
    """Return what can be done, the cheapest points first; `publishers` has the places of each one's datasets."""
    causes = _causes(view, scores)
    templates = _Templates(view, publishers)
    for (kind, *_), cause in causes.items():
        if kind == "missing":
            cause.changes = templates.changes(cause.resources)
    # A point of nine is worth more than one of 405.
    most = {each.scale.name: each.scale.maximum for each in scores}
    found = [_fix(view, key, cause, most) for key, cause in _joined(causes).items()]
    return tuple(sorted(found, key=lambda fix: (-fix.worth, -fix.datasets, fix.do, fix.places)))


def _causes(view: View, scores: Sequence[Scored]) -> dict[Key, _Cause]:
    causes = dict[Key, _Cause]()
    faults = _faults(view)
    for each in scores:
        for measured in each.measured:
            measure = measured.measure
            for at, lacking in measured.short.items():
                points = Fraction(measure.points, measured.counted[at] * len(view.datasets))
                for resource in _mendable(view, measure, view.datasets[at], lacking):
                    key = _key(view, measure, resource, faults)
                    causes.setdefault(key, _Cause()).add(each.scale.name, measure, points, resource, at)
    for (kind, *about), cause in causes.items():
        if kind == "shapes":
            cause.changes = sum(faults.sizes[group] for group in about if isinstance(group, int))
        elif kind == "value":
            cause.changes = 1
        elif kind == "late":
            cause.changes = len(cause.resources)
    return causes


def _mendable(view: View, measure: Measure, dataset: int, lacking: Sequence[int]) -> Sequence[int]:
    """Return what is to be changed: the files that lack it, the dataset, or of its files one."""
    files = view.files.get(dataset, [])
    if measure.on == "either":
        return (dataset,)
    if measure.by_file and files:
        return (view.first(files),)
    return lacking or (dataset,)


def _key(view: View, measure: Measure, resource: int, faults: _Faults) -> Key:
    """Return by what things to mend are alike: what is missing, or which values do not do."""
    if not measure.of:
        return "shapes", *faults.groups.get(resource, ())
    is_dataset = resource in view.owners.datasets
    if is_dataset and resource not in view.files and (measure.by_file or measure.on in ("files", "best")):
        return "missing", DCAT.distribution, True
    for predicate in measure.of:
        if resource not in view.having(predicate):
            return "missing", predicate, is_dataset
    blame = measure.blame(view, resource) if measure.blame else Blame(measure.of)
    if blame.late:
        return "late", *blame.late
    # A code is replaced wherever it stands at once; a description is written for each thing.
    if blame.of == (DCT.description,):
        return "value", blame.of, resource
    return "value", blame.of, tuple(str(value) for p in blame.of for value in view.values(resource, p))


@dataclass(frozen=True, slots=True)
class _Faults:
    """What breaks the shapes of DCAT-AP: dataset -> which groups of things, and how many each group has."""

    groups: Mapping[int, Sequence[int]]
    sizes: Sequence[int]


def _faults(view: View) -> _Faults:
    """Return what of each dataset breaks the shapes; things of just the same datasets are one group."""
    # Without groups, a thousand faults in what ten thousand datasets share would be ten million.
    sizes = Counter(view.owners.heads_of(thing) for thing in view.faulty)
    found: dict[int, list[int]] = {}
    for group, heads in enumerate(sizes):
        for dataset in heads & view.owners.datasets:
            found.setdefault(dataset, []).append(group)
    return _Faults(found, list(sizes.values()))


def _joined(causes: Mapping[Key, _Cause]) -> dict[Key, _Cause]:
    """Return the causes, with those that just one resource has of a property, or of the shapes, as one."""
    joined = dict[Key, _Cause]()
    for key, cause in causes.items():
        kind, *about = key
        is_single = kind in ("value", "shapes") and len(cause.resources) == 1
        place = (kind, about[0] if kind == "value" else "", "single") if is_single else key
        if place in joined:
            joined[place].join(cause)
        else:
            joined[place] = cause
    return joined


def _fix(view: View, key: Key, cause: _Cause, most: Mapping[str, int]) -> Fix:
    places = sorted(map(view.name, cause.resources))[:SHOWN] if len(cause.resources) < 1000 else _first(view, cause)
    return Fix(
        _do(view, key, cause),
        cause.gains,
        tuple(sorted(cause.measures)),
        len(cause.datasets),
        cause.changes,
        tuple(places),
        sum((points / most[scale] for scale, points in cause.gains.items()), Fraction(0)) / cause.changes,
    )


def _first(view: View, cause: _Cause) -> list[str]:
    """Return the first names of very many resources, of which those that have none are left out: these cost time."""
    named = (term.value for term in map(view.graph.term, cause.resources) if isinstance(term, Iri))
    return sorted(named)[:SHOWN] or sorted(view.name(resource) for resource in list(cause.resources)[:SHOWN])


def _do(view: View, key: Key, cause: _Cause) -> str:
    if key[0] == "late":
        return _overdue(view, key[1:], cause)
    measures = list(cause.measures.values())
    mend = dict.fromkeys(measure.mend for measure in measures if measure.mend)
    if key[0] != "missing":
        return sentences(*mend)
    if key[1] == DCAT.distribution:
        return sentences(_distribution(measures), *mend)
    property_ = curie(key[1].value) if isinstance(key[1], Iri) else ""
    give = (
        Message("Add {property} to each dataset that has none.", property=property_)
        if key[2]
        else Message("Add {property} to each distribution that has none.", property=property_)
    )
    return sentences(give, *mend)


def _distribution(measures: Sequence[Measure]) -> Message:
    """Return that a distribution is to be added, with all that the points are counted on: a bare one brings few."""
    # DCAT-AP asks for the address, though without a probe no point is counted on it.
    asked = dict.fromkeys((DCAT.accessURL, *(predicate for measure in measures for predicate in measure.of)))
    names = listed((curie(each.value) for each in asked if each != DCAT.distribution), ", ")
    return Message("Add a dcat:distribution to each dataset that has none, with {properties}.", properties=names)


def _overdue(view: View, codes: Key, cause: _Cause) -> Message:
    """Return that data are to be updated, with how often they say so and since when they were not."""
    days = sorted(changed(view, resource).isoformat() for resource in cause.resources)
    last = days[0] if days[0] == days[-1] else Message("{first} to {last}", first=days[0], last=days[-1])
    frequencies = (view.lists["frequency"].of_code(str(code)) for code in codes)
    return Message(
        "Update the data as often as they promise ({frequency}: updated last on {date}), or give the frequency that"
        " they keep to.",
        frequency=listed((each.words for each in frequencies if each), ", "),
        date=last,
    )


class _Templates:
    """What one publisher gives in one form: all its datasets, all its files, and those of one format."""

    def __init__(self, view: View, publishers: Mapping[str, Sequence[int]]) -> None:
        self.view = view
        self.forms: list[list[set[int]]] = []
        for places in publishers.values():
            datasets = [view.datasets[at] for at in places]
            files = [file for dataset in datasets for file in view.files.get(dataset, ())]
            self.forms.append([set(datasets)])
            self.forms.append([set(files), *self._by_format(files)])

    def _by_format(self, files: Sequence[int]) -> Iterator[set[int]]:
        formats = dict[tuple[int, ...], set[int]]()
        number = self.view.graph.number(DCT["format"])
        for file in files:
            formats.setdefault(tuple(self.view.graph.values_of(file, number)), set()).add(file)
        yield from formats.values()

    def changes(self, resources: Collection[int]) -> int:
        """Return how many changes mend all resources: a form that always lacks something is mended once."""
        rest, count = set(resources), 0
        for forms in self.forms:
            for form in forms:
                if len(form) > 1 and form <= rest:
                    rest -= form
                    count += 1
        return count + len(rest)
