"""The nouns of what can be wrong: a rule, a place, a finding. `rules.toml` has the rules."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from ogp_data.core.messages import SOURCE, Message, say

if TYPE_CHECKING:  # the kinds of places are loaded by who makes one
    from ogp_data.core.places import SourcePlace

Severity = Literal["error", "warning", "info"]
"""`info` is what this project asks of its own publications, told about a catalogue of somebody else."""

_RULES = Path(__file__).with_name("rules.toml")


SEVERITIES: Mapping[Severity, Message] = {
    "error": Message("error"),
    "warning": Message("warning"),
    "info": Message("house rule"),
}
"""What each severity is called, the gravest first."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What can be wrong: the engine that finds it, when it occurs, how to fix it, and the sentence that requires it.

    `norm` is the address of that sentence, `clause` its document with the number or name of its section. A `house`
    rule is what this project asks of its own publications; a catalogue of somebody else is never wrong by it. Of what is
    asked `by_property`, the sentence is that of the property, where the profile has one.
    """

    name: str
    severity: Severity
    engine: str
    occurs: str
    fix: str
    norm: str = ""
    clause: str = ""
    house: bool = False
    by_property: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where a fault is; prints as a person would say it. `at` is the place in the file; file rows count from 1.

    `name` says what a thing without an IRI is, `label` what its property is called in Dutch, which is
    said to readers of Dutch alone. `node` tells things apart that have no IRI and are called alike; it is never told.
    """

    file: str = ""
    key: str = ""
    table: str = ""
    at: SourcePlace | None = None
    row: str = ""
    column: str = ""
    iri: str = ""
    property: str = ""
    name: str = ""
    label: str = ""
    node: str = ""

    def __str__(self) -> str:
        """Return "document.txt, table 'assessments', line 102, column 'Evidence'"."""
        return self.of(SOURCE)

    def of(self, language: str) -> str:
        """Return the place as a person says it in a language."""
        parts = [
            self.file,
            Message("key {key}", key=self.key).of(language) if self.key else "",
            Message("table '{table}'", table=self.table).of(language) if self.table else "",
            self.at.of(language) if self.at else "",
            Message("row {row}", row=self.row).of(language) if self.row else "",
            Message("column '{column}'", column=self.column).of(language) if self.column else "",
            f"<{self.iri}>" if self.iri else say(self.name, language),
            f"{self.property} ({self.label})" if self.label and language == "nl" else self.property,
        ]
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault of the data or its declaration: a value, collected and reported, never raised.

    `norm` and `clause` say which sentence it breaks, as those of a rule do.
    """

    rule: str
    message: str
    place: Place = field(default_factory=Place)
    hint: str = ""
    severity: Severity = "error"
    norm: str = ""
    clause: str = ""

    def lines(self, language: str = SOURCE) -> list[str]:
        """Return the fault in one sentence, its place and its fix, on lines that read aloud in a language."""
        at = Message("    at: {place}", place=self.place).of(language)
        fix = Message("    fix: {fix}", fix=say(self.hint, language)).of(language)
        norm = Message("    norm: {norm}", norm=sentence(self)).of(language)
        told = Message(
            "{severity} {rule}: {message}",
            severity=SEVERITIES[self.severity],
            rule=self.rule,
            message=say(self.message, language),
        )
        return [told.of(language), *([at] if str(self.place) else []), fix, *([norm] if self.norm else [])]

    def __str__(self) -> str:
        """Return the lines as one text."""
        return "\n".join(self.lines())


def finding(rule: str, message: str, place: Place | None = None, hint: str = "") -> Finding:
    """Return a finding of a known rule; the rule gives severity and norm, and the fix where no hint is closer."""
    known = rules()[rule]
    return Finding(rule, message, place or Place(), hint or known.fix, known.severity, known.norm, known.clause)


def harm(found: Finding) -> str:
    """Return what is lost by a finding that no norm forbids, which its rule says; "" where a sentence is broken."""
    known = rules().get(found.rule)
    return known.occurs if known and known.engine == "rules" and found.severity == "warning" and not found.norm else ""


def sentence(broken: Rule | Finding) -> str:
    """Return "DCAT-AP-NL 3.0, 4.1.34 <https://...>" for what a rule or finding breaks; "" where no norm requires it."""
    return f"{broken.clause} <{broken.norm}>".lstrip() if broken.norm else ""


def errors(findings: list[Finding]) -> list[Finding]:
    """Return the findings that stop a publication."""
    return [found for found in findings if found.severity == "error"]


def grouped(findings: Iterable[Finding]) -> list[tuple[Finding, list[Place]]]:
    """Return the findings that say the same of several places once, with all those places."""
    groups: dict[tuple[str, ...], list[Finding]] = {}
    for found in findings:
        groups.setdefault((found.rule, found.message, found.hint, found.norm), []).append(found)
    return [(group[0], [found.place for found in group]) for group in groups.values()]


@cache
def rules() -> Mapping[str, Rule]:
    """Return every rule by its name, in the order in which reports have them."""
    # Read when the first one is asked for: most commands, and `--help`, ask for none.
    with _RULES.open("rb") as file:
        engines = tomllib.load(file)
    entries = [(engine, name, entry) for engine, named in engines.items() for name, entry in named.items()]
    return MappingProxyType({name: _rule(engine, name, **entry) for engine, name, entry in entries})


def _rule(engine: str, name: str, severity: Severity, occurs: str, fix: str, **more: Any) -> Rule:
    """Return an entry of the file as a rule; where its long texts are broken into lines means nothing."""
    return Rule(name, severity, engine, " ".join(occurs.split()), " ".join(fix.split()), **more)
