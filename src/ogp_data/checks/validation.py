"""What became of a catalogue that was checked: its findings in groups, counted, and which of them are new."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ogp_data.checks.incoming.lines import nowhere
from ogp_data.checks.places import anchor
from ogp_data.checks.shacl.outcome import Outcome
from ogp_data.core.findings import Finding, Place, rules
from ogp_data.core.messages import Message, Plural
from ogp_data.core.namespaces import SH

RANKS = {"error": 0, "warning": 1, "info": 2}
"""The severities, the worst first."""

OF_READING = frozenset({"missing-file", "unreadable-catalogue", "broken-syntax"})
"""The rules of what cannot be read: much else that is found in such a file may only be a consequence of it."""

FIRST = OF_READING | {"wrong-namespace"}
"""The rules that are told before all others: what else is found may only follow from it."""

FILLED_IN = re.compile(r"\{[^{}]*\}")
"""Where a value stands in the words of a message."""


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who publishes datasets of a catalogue, and how many; `iri` is "" where it has none."""

    name: str
    iri: str = ""
    datasets: int = 0


@dataclass(frozen=True, slots=True)
class Size:
    """How much was checked."""

    datasets: int = 0
    distributions: int = 0
    statements: int = 0


@dataclass(frozen=True, slots=True)
class Engine:
    """What held the catalogue to the shapes, and why it was not the compiled one where it was not."""

    name: str = "compiled"
    why: Message | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Which findings an earlier report does not have, and what that has of which nothing is left."""

    file: str
    new: frozenset[Finding]
    mended: Sequence[Mapping[str, Any]] = ()

    def only_errors(self) -> Comparison:
        """Return it without what is less severe, now or in the earlier report."""
        new = frozenset(found for found in self.new if found.severity == "error")
        return replace(self, new=new, mended=[told for told in self.mended if told["severity"] == "error"])


@dataclass(frozen=True, slots=True)
class Validation:
    """What was checked by what, and everything that was found; the findings are in the order of `in_order`."""

    source: str
    findings: Sequence[Finding] = ()
    profiles: Sequence[str] = ()
    checked: Sequence[str] = ()
    """The rules that were checked; none where there was nothing to check."""
    versions: Mapping[str, Any] = field(default_factory=dict)
    engine: Engine = Engine()
    size: Size = Size()
    outcomes: Sequence[Outcome] = ()
    """What the shapes of each profile found, as they found it."""
    publishers: Sequence[Publisher] = ()
    owners: Mapping[Place, Publisher] = field(default_factory=dict)
    """Place of a finding -> whose dataset it is in."""
    notes: Sequence[str] = ()
    lines: Callable[[str], int | None] = nowhere
    """IRI -> the line of the file where that thing is described, where the source is a file of lines."""
    scores: Mapping[str, Any] | None = None
    comparison: Comparison | None = None
    has_errors_only: bool = False
    """Whether what is less severe was left out."""
    unread: bool = False
    """Whether there was nothing to check: the source could not be read, or does not describe a catalogue."""

    def count(self, severity: str) -> int:
        """Return how many findings have a severity."""
        return sum(found.severity == severity for found in self.findings)

    @property
    def conforms(self) -> bool:
        """Return whether no error was found."""
        return not self.count("error")

    @property
    def groups(self) -> list[Group]:
        """Return the findings in groups: what others follow from, then the worst, then the most frequent."""
        groups = defaultdict[tuple[str, ...], list[Finding]](list)
        for found in self.findings:
            groups[_kind(found)].append(found)
        order = {name: number for number, name in enumerate(rules())}
        made = (Group(tuple(group)) for group in groups.values())

        def rank(group: Group) -> tuple[object, ...]:
            rule, severity = group.first.rule, RANKS[group.first.severity]
            return rule not in FIRST, severity, -len(group.findings), order[rule], *group.key

        return sorted(made, key=rank)

    def is_new(self, found: Finding) -> bool:
        """Return whether an earlier report, where there is one, does not have a finding."""
        return self.comparison is None or found in self.comparison.new

    def line_of(self, found: Finding) -> int | None:
        """Return the line of a finding: its own, or where its thing is described, or the one that leads to it."""
        if found.place.at:
            line = found.place.at.members.get("line")
            return line if isinstance(line, int) else None
        iri = anchor(found.place)
        return self.lines(iri) if iri else None

    def fails(self, fail_on: str) -> bool:
        """Return whether a finding that counts is at least as bad as what is to fail: error, warning or never."""
        if self.unread or fail_on == "never":
            return self.unread
        return any(RANKS[found.severity] <= RANKS[fail_on] and self.is_new(found) for found in self.findings)

    @property
    def is_misnamed(self) -> bool:
        """Return whether a file that was named cannot be read, for which whoever runs the command is to blame."""
        return any(found.rule == "missing-file" for found in self.findings)

    def only_errors(self) -> Validation:
        """Return it with its errors and nothing else, and with a note of how much is not shown."""
        outcomes = [outcome.where(lambda result: result.severity == SH.Violation) for outcome in self.outcomes]
        shown = [found for found in self.findings if found.severity == "error"]
        less = len(self.findings) - len(shown)
        note = Message(
            "only errors are shown: {left_out} not", left_out=Plural("{num} finding", "{num} findings", less)
        )
        return replace(
            self,
            findings=shown,
            outcomes=outcomes,
            notes=[*self.notes, *([note] if less else [])],
            comparison=self.comparison and self.comparison.only_errors(),
            has_errors_only=True,
        )

    def by_publisher(self) -> list[tuple[Publisher, Counter[str]]]:
        """Return each publisher with how many findings of each severity its datasets have, the most first."""
        counts: dict[Publisher, Counter[str]] = {publisher: Counter() for publisher in self.publishers}
        for found in self.findings:
            if owner := self.owners.get(found.place):
                counts.setdefault(owner, Counter())[found.severity] += 1
        return sorted(counts.items(), key=lambda each: (*(-each[1][s] for s in RANKS), each[0].name, each[0].iri))


@dataclass(frozen=True, slots=True)
class Group:
    """Findings of one rule about one property that say the same, or the same with other values filled in."""

    findings: tuple[Finding, ...]

    @property
    def first(self) -> Finding:
        """Return the finding that stands for all."""
        return self.findings[0]

    @property
    def key(self) -> tuple[str, ...]:
        """Return what the findings have in common."""
        return _kind(self.first)

    @property
    def words(self) -> str:
        """Return what the findings say, without the values that are filled in."""
        return _without_values(self.first.message)

    @property
    def says_one_thing(self) -> bool:
        """Return whether all findings have the same words."""
        return all(found.message == self.first.message for found in self.findings)

    @property
    def fixes(self) -> list[str]:
        """Return the fixes of the findings, each once."""
        return list(dict.fromkeys(found.hint for found in self.findings))


def _kind(found: Finding) -> tuple[str, ...]:
    return found.severity, found.rule, found.place.property, _without_values(found.message)


def _without_values(message: str) -> str:
    """Return the words of a message without what is filled in; all of it where little else is left."""
    words = getattr(message, "msgid", message)
    # "{text}" holds what a shape says: that is the message, not a value of it.
    return words if any(map(str.isalpha, FILLED_IN.sub("", words))) else str(message)


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings, each once: what others follow from, then the worst, then by rule, then by place."""
    order = {name: number for number, name in enumerate(rules())}

    def rank(found: Finding) -> tuple[object, ...]:
        p = found.place
        where = (p.at.order if p.at else (), p.file, p.key, p.table, p.row, p.column, p.iri, p.property, p.name)
        return (
            found.rule not in FIRST,
            RANKS[found.severity],
            order[found.rule],
            where,
            found.message,
            found.hint,
        )

    return sorted(_numbered(dict.fromkeys(findings)), key=rank)


def _numbered(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the findings; of those that are alike but for the nameless thing they are about, each has its number.

    What a file's nameless nodes are called within a program depends on the order of its statements, how many are
    alike does not.
    """
    seen = Counter[Finding]()
    for found in findings:
        if found.place.node:
            alike = replace(found, place=replace(found.place, node=""))
            seen[alike] += 1
            yield replace(found, place=replace(found.place, node=str(seen[alike])))
        else:
            yield found
