"""What a reader gathers beside the text: what is set aside, and what is wrong."""

from __future__ import annotations

from dataclasses import dataclass, field

from ogp_data.findings import Finding, Place, finding
from ogp_data.source.document import Aside, Reason
from ogp_data.text import SourceText, shown


@dataclass(slots=True)
class Gathering:
    """Asides and findings of one reading; one finding of a rule for each line and form is enough."""

    source: SourceText
    asides: list[Aside] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    labels: frozenset[str] = frozenset()
    """The labels of the document's reference links and footnotes."""
    forms: list[tuple[str, int]] = field(default_factory=list)
    """Structures that the reader does not read, each with its line."""
    _told: set[tuple[str, int, str]] = field(default_factory=set)

    def aside(self, start: int, end: int, reason: Reason = "markup") -> None:
        """Account for a span that is no text of the document."""
        if end > start:
            self.asides.append(Aside(start, end, reason))

    def fault(self, rule: str, message: str, offset: int, hint: str = "", form: str = "") -> None:
        """Take up a finding with its line, unless the line has one of that rule and form."""
        line = self.source.line(offset)
        if (rule, line, form) not in self._told:
            self._told.add((rule, line, form))
            self.findings.append(finding(rule, shown(message), Place(file=self.source.name, line=line), hint))

    def unread(self, form: str, offset: int) -> None:
        """Take up that a structure stands here that the reader does not read."""
        self.forms.append((form, self.source.line(offset)))

    def tell_forms(self) -> None:
        """Take up one finding for each run of lines with a structure that the reader does not read."""
        runs: dict[str, list[list[int]]] = {}
        for form, line in self.forms:
            known = runs.setdefault(form, [[line]])
            if line - known[-1][-1] <= 2:
                known[-1].append(line)
            else:
                known.append([line])
        for form, stretches in runs.items():
            for lines in stretches:
                until = f" to {lines[-1]}" if lines[-1] > lines[0] else ""
                message = (
                    f"The reader does not read {form}; what it holds is published as text (line {lines[0]}{until})."
                )
                place = Place(file=self.source.name, line=lines[0])
                self.findings.append(finding("structure-unread", message, place))
