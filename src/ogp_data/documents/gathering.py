"""What a reader gathers beside the text: what is set aside, and what is wrong."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from ogp_data.core.findings import Finding, Place, finding
from ogp_data.core.messages import Message, changed
from ogp_data.core.places import SourcePlace
from ogp_data.core.source import SourceText
from ogp_data.core.text import shown
from ogp_data.documents.document import Aside, Doubt, Reason
from ogp_data.documents.joining import doubt


@dataclass(slots=True)
class Gathering:
    """Asides and findings of one reading; one finding of a rule for each place and form, which counts the others."""

    source: SourceText
    asides: list[Aside] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    labels: frozenset[str] = frozenset()
    """The labels of the document's reference links and footnotes."""
    forms: list[tuple[str, int]] = field(default_factory=list)
    """Structures that the reader does not read, each with the stretch of the source that it begins in."""
    doubts: list[Doubt] = field(default_factory=list)
    _told: dict[tuple[str, SourcePlace, str], tuple[int, set[int]]] = field(default_factory=dict)
    """Where among the findings one of a rule, place and form is, and the offsets that it is told of."""
    _outcomes: dict[str, str] = field(default_factory=dict)

    def aside(self, start: int, end: int, reason: Reason = "markup") -> None:
        """Account for a span that is no text of the document."""
        if end > start:
            self.asides.append(Aside(start, end, reason))

    def fault(self, rule: str, message: str, offset: int, hint: str = "", form: str = "") -> None:
        """Take up a finding with its place, or one more of it where that has one of that rule and form."""
        at = self.source.place(offset)
        told = self._told.setdefault((rule, at, form), (len(self.findings), {offset}))
        if told[0] == len(self.findings):
            self.findings.append(finding(rule, changed(message, shown), Place(file=self.source.name, at=at), hint))
        told[1].add(offset)

    def doubt(self, word: str, after: str, offset: int) -> None:
        """Take up that a hyphen, which stands at an offset, may not belong to the word that a line breaks there."""
        at = self.source.place(offset)
        told = finding("hyphen-at-line-end", changed(doubt(word, after), shown), Place(file=self.source.name, at=at))
        self.findings.append(told)
        self.doubts.append(Doubt(offset, told))

    def unread(self, form: str, offset: int, outcome: str = Message("its content is published as text")) -> None:
        """Take up that a structure stands here that the reader does not read, and what becomes of it."""
        self.forms.append((form, self.source.stretch(offset)))
        self._outcomes[form] = outcome

    def finish(self) -> None:
        """Take up what can only be told at the end: how often, and over which lines."""
        for index, offsets in self._told.values():
            if len(offsets) > 1:
                found = self.findings[index]
                message = Message(
                    "{message} The line has {count} more of the kind.", message=found.message, count=len(offsets) - 1
                )
                self.findings[index] = replace(found, message=message)
        self._tell_forms()

    def _tell_forms(self) -> None:
        """Take up one finding for each run of stretches with a structure that the reader does not read."""
        runs: dict[str, list[list[int]]] = {}
        for form, stretch in self.forms:
            known = runs.setdefault(form, [[stretch]])
            if stretch - known[-1][-1] <= 2:
                known[-1].append(stretch)
            else:
                known.append([stretch])
        for form, found in runs.items():
            for run in found:
                first, last = self.source.stretches[run[0]], self.source.stretches[run[-1]]
                where = (
                    Message("{place}", place=first)
                    if first == last
                    else Message("{first} to {last}", first=first, last=last)
                )
                message = Message(
                    "The reader does not support {form}; {outcomes} ({where}).",
                    form=form,
                    outcomes=self._outcomes[form],
                    where=where,
                )
                place = Place(file=self.source.name, at=first)
                self.findings.append(finding("unsupported-structure", message, place))
