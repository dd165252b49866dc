"""A catalogue -> all its scores: of the whole, of each publisher and of each dataset, and what to mend first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ogp_data.checks.scores import nde
from ogp_data.checks.scores.fixes import Fix, fixes
from ogp_data.checks.scores.google import GOOGLE
from ogp_data.checks.scores.measures import NOT_ASKED, Measured, Outcome, Scored, scored, share
from ogp_data.checks.scores.mqa import MQA, only_matched
from ogp_data.checks.scores.practices import practices
from ogp_data.checks.scores.udata import UDATA
from ogp_data.checks.scores.view import View
from ogp_data.core.messages import Message
from ogp_data.core.namespaces import FOAF
from ogp_data.core.terms import Blank, Iri, Term

SCALES = (MQA, nde.NDE, UDATA)
"""The scores that count points for each dataset."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """A dataset as its scores are told: its IRI, "" where it has none, what it is called, and who publishes it."""

    iri: str
    name: str
    publisher: str

    @property
    def is_nameable(self) -> bool:
        """Return whether others can name it: a catalogue is read with IRIs that are none."""
        try:
            return bool(self.iri and Iri(self.iri))
        except ValueError:
            return False


@dataclass(frozen=True, slots=True)
class Quality:
    """All scores of one catalogue; `note` says what an offline or loopback score does not show."""

    name: str
    as_of: str
    note: str
    datasets: tuple[Dataset, ...]
    mqa: Scored
    nde: Scored
    udata: Scored
    google: Scored
    practices: tuple[Outcome, ...]
    licences: tuple[Outcome, ...]
    """Of which licences the NDE Dataset Register warns."""
    assumptions: tuple[str, ...]
    fixes: tuple[Fix, ...]
    conforming: int | None
    """How many datasets keep to DCAT-AP-NL; None where nobody looked."""

    @property
    def all(self) -> range:
        """Return the places of all datasets."""
        return range(len(self.datasets))

    @property
    def points(self) -> Fraction:
        """Return the points of MQA, out of 405."""
        return self.mqa.points(self.all)

    @property
    def is_offline(self) -> bool:
        """Return whether the addresses were not asked."""
        return not all(measured.asked for measured in self.mqa.measured)

    @property
    def maximum(self) -> int:
        """Return the points that could be had: without a probe, those that need no published address."""
        return MQA.offline_maximum if self.is_offline else MQA.maximum

    @property
    def scores(self) -> tuple[Scored, ...]:
        """Return the scores that count points for each dataset."""
        return (self.mqa, self.nde, self.udata)

    @property
    def publishers(self) -> dict[str, list[int]]:
        """Return publisher -> the places of its datasets, by name; "" has those that name none."""
        return _publishers(self.datasets)

    def reason(self, measured: Measured) -> str:
        """Return why a measure does not have all its points, or that it does."""
        if not measured.asked:
            return NOT_ASKED
        short = [self.datasets[at] for at in measured.short]
        if not short:
            return Message("all {count} datasets", count=len(self.datasets))
        first = ", ".join(f"<{each.iri}>" if each.iri else each.name for each in short[:3])
        more = Message(" and {count} more", count=len(short) - 3) if len(short) > 3 else ""
        return Message(
            "not whole for {count} of {count2} datasets: {first}{more}",
            count=len(short),
            count2=len(self.datasets),
            first=first,
            more=more,
        )


def assess(view: View, name: str, note: str = "") -> Quality | None:
    """Return all scores of a catalogue, None where it has no dataset: there is nothing to score then."""
    if not view.datasets:
        return None
    datasets = tuple(_told(view))
    scores = [scored(scale, view) for scale in SCALES]
    mqa, nde_, udata = scores
    return Quality(
        name=name,
        as_of=view.as_of.isoformat(),
        note=note,
        datasets=datasets,
        mqa=mqa,
        nde=nde_,
        udata=udata,
        google=scored(GOOGLE, view),
        practices=practices(view),
        licences=tuple(nde.warnings(view)),
        assumptions=tuple(_assumptions(view)),
        fixes=fixes(view, scores, _publishers(datasets)),
        conforming=_conforming(view),
    )


def unpublished() -> str:
    """Return what is to be known of a score for which no address was asked."""
    return Message(
        "{points} of the {maximum} points of MQA need the published address.",
        points=MQA.maximum - MQA.offline_maximum,
        maximum=MQA.maximum,
    )


def _conforming(view: View) -> int | None:
    if view.dutch is None:
        return None
    return len(view.owners.datasets - view.owners.touched(view.dutch))


def _assumptions(view: View) -> Iterator[str]:
    """Yield what the scores take for granted that the portals may see otherwise."""
    yield Message(
        "MQA: a dataset conforms when DCAT-AP's own shapes, with its classes of values, find no violation in it, its"
        " files and what they lead to; warnings do not count, nor does what a country asks besides."
    )
    yield Message("MQA and udata: a format is open or machine-readable by the lists of data.europa.eu alone.")
    yield Message(
        "udata: a frequency counts when it is a code of the EU's list, or a term that udata knows; any other text"
        " counts as none."
    )
    if count := only_matched(view):
        yield Message(
            "MQA: licences that are known through skos:exactMatch only, which MQA itself may not follow: {count}.",
            count=count,
        )
    if files := share(view, nde.warned(view))[0]:
        yield Message(
            "NDE: datasets with a licence of which the register warns beside its rating: {count}. Where it holds each"
            " distribution to that, it takes 20 points from each of them.",
            count=files,
        )


def _told(view: View) -> Iterator[Dataset]:
    for dataset in view.datasets:
        term = view.graph.term(dataset)
        who = view.owners.publishers_of(term)
        iri = term.value if isinstance(term, Iri) else ""
        # Of several the first by name: the name of a blank node is by chance.
        yield Dataset(iri, iri or view.name(dataset), min((_called(view, each) for each in who), default=""))


def _called(view: View, publisher: Term) -> str:
    """Return the IRI of a publisher, or its name: a publisher without an IRI is the same for all of its datasets."""
    if not isinstance(publisher, Blank):
        return publisher.value
    name = view.graph.value(publisher, FOAF.name)
    return name.value if name else view.names.of(publisher)


def _publishers(datasets: Sequence[Dataset]) -> dict[str, list[int]]:
    found = dict[str, list[int]]()
    for at, dataset in enumerate(datasets):
        found.setdefault(dataset.publisher, []).append(at)
    return dict(sorted(found.items()))
