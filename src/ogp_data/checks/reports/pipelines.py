"""A validation as pipelines show it: SARIF for findings at lines of a file, JUnit for what passed and what failed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree as ET

from ogp_data import __version__
from ogp_data.checks.reports.identity import identity
from ogp_data.checks.reports.telling import Telling, within
from ogp_data.checks.validation import FILLED_IN, RANKS, Group, Validation
from ogp_data.core import terminal
from ogp_data.core.findings import Finding, Rule, harm, rules, sentence
from ogp_data.core.messages import Message, say

MOST = 25_000
"""Results that SARIF gets: GitHub refuses a file with more."""

_PLACES = 100
"""Places of a failed test that its text names."""

_LEVELS = {"error": "error", "warning": "warning", "info": "note"}


# SARIF 2.1.0, https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html --------------------------


def sarif(validation: Validation, telling: Telling) -> bytes:
    """Return a validation as SARIF: each finding at the line of its thing, with the rule that it breaks."""
    told = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [_run(validation, telling.language)],
    }
    return terminal.document(told).encode() + b"\n"


def _run(validation: Validation, language: str) -> dict[str, Any]:
    shown = list(validation.findings[:MOST])
    broken = list(dict.fromkeys(found.rule for found in shown))
    numbers = {name: number for number, name in enumerate(broken)}
    described = [_described(rules()[name], language) for name in broken]
    left = len(validation.findings) - len(shown)
    notes = [say(note, language) for note in validation.notes]
    if left:
        notes.append(Message("{count:,} findings more are in the other reports.", count=left).of(language))
    return {
        "tool": {"driver": {"name": "ogp-data", "version": __version__, "rules": described}},
        "language": language,
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {
                "executionSuccessful": not validation.unread,
                "toolExecutionNotifications": [{"level": "note", "message": {"text": note}} for note in notes],
            }
        ],
        "results": [_result(found, numbers[found.rule], validation, language) for found in shown],
    }


def _described(rule: Rule, language: str) -> dict[str, Any]:
    fix = say(rule.fix, language)
    about = {
        "id": rule.name,
        "shortDescription": {"text": say(rule.occurs, language)},
        "help": {"text": f"{fix} {rule.norm}".rstrip()},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }
    return {**about, "helpUri": rule.norm} if rule.norm else about


def _result(found: Finding, index: int, validation: Validation, language: str) -> dict[str, Any]:
    text = " ".join(filter(None, [say(found.message, language), say(found.hint, language), found.clause]))
    told: dict[str, Any] = {
        "ruleId": found.rule,
        "ruleIndex": index,
        "level": _LEVELS[found.severity],
        "message": {"text": text},
        "locations": [_location(found, validation, language)],
        "partialFingerprints": {"ogpDataFinding/v1": identity(found)},
    }
    if validation.comparison:
        told["baselineState"] = "new" if validation.is_new(found) else "unchanged"
    return told


def _location(found: Finding, validation: Validation, language: str) -> dict[str, Any]:
    """Return where a finding is: its file and line, and its thing and property."""
    place = found.place
    told: dict[str, Any] = {}
    if (file := place.file or validation.source) != "-":
        physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(file)}}
        if line := validation.line_of(found):
            physical["region"] = {"startLine": line}
        told["physicalLocation"] = physical
    if name := place.iri or within(place, validation).of(language):
        logical = {"name": place.property or name, "fullyQualifiedName": f"{name} {place.property}".rstrip()}
        told["logicalLocations"] = [{**logical, "kind": "property" if place.property else "resource"}]
    return told


def _uri(file: str) -> str:
    """Return a file as a reference: relative where its path is, so that a pipeline finds it in its checkout."""
    if "://" in file:
        return quote(file, safe="%:/?#[]@!$&'()*+,;=~")
    path = PurePath(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())


# JUnit ----------------------------------------------------------------------------------------------------


def junit(validation: Validation, telling: Telling) -> bytes:
    """Return a validation as JUnit: a test for each rule and property, whatever number of things break it.

    A merge request then shows a thousand equal faults as one failed test, and as mended once all are. What is told but
    does not fail the pipeline is a skipped test, the only other kind whose text GitLab shows; a rule that nothing
    breaks is one that passed.
    """
    cases = [*_broken(validation, telling), *_passed(validation)]
    failed = sum(case.find("failure") is not None for case in cases)
    skipped = sum(case.find("skipped") is not None for case in cases)
    counts = {"tests": str(len(cases)), "failures": str(failed), "errors": "0", "skipped": str(skipped)}
    suites = ET.Element("testsuites", {"name": "ogp-data", **counts})
    suite = ET.SubElement(suites, "testsuite", {"name": _xml(validation.source), **counts})
    suite.extend(cases)
    ET.indent(suites)
    told = str(ET.tostring(suites, encoding="unicode"))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{told}\n'.encode()


def _broken(validation: Validation, telling: Telling) -> Iterator[ET.Element]:
    """Yield a test for each group of findings."""
    for group in validation.groups:
        case = ET.Element("testcase", {"classname": group.first.rule, "name": _xml(_name(group)), **_file(validation)})
        kind = "failure" if _fails(group, validation, telling.fail_on) else "skipped"
        said = _xml(say(group.first.message, telling.language))
        about = {"type": group.first.severity} if kind == "failure" else {}
        told = ET.SubElement(case, kind, {"message": said, **about})
        told.text = _xml("\n".join(_text(group, validation, telling.language)))
        yield case


def _name(group: Group) -> str:
    """Return what a test is called, the same in each run: GitLab compares tests of two runs by their names."""
    return ": ".join(filter(None, [group.first.place.property, FILLED_IN.sub("…", group.words)]))


def _fails(group: Group, validation: Validation, fail_on: str) -> bool:
    if fail_on == "never" or RANKS[group.first.severity] > RANKS[fail_on]:
        return False
    return any(map(validation.is_new, group.findings))


def _text(group: Group, validation: Validation, language: str) -> Iterator[str]:
    """Yield the lines of a test: each place with what is wrong there, and the fix."""
    yield say(group.first.hint, language)
    if why := harm(group.first) or sentence(group.first):
        yield say(why, language)
    for found in group.findings[:_PLACES]:
        place = within(found.place, validation).of(language)
        yield place if group.says_one_thing else f"{place}: {say(found.message, language)}"
    if more := len(group.findings[_PLACES:]):
        yield Message("and {more} more", more=more).of(language)


def _passed(validation: Validation) -> Iterator[ET.Element]:
    """Yield a test for each rule that was checked and that nothing breaks."""
    broken = {found.rule for found in validation.findings}
    for rule in validation.checked:
        if rule not in broken:
            yield ET.Element("testcase", {"classname": rule, "name": rule, **_file(validation)})


def _file(validation: Validation) -> Mapping[str, str]:
    return {} if "://" in validation.source or validation.source == "-" else {"file": _xml(validation.source)}


_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _xml(text: str) -> str:
    """Return a text as XML can hold it, the other signs as their numbers."""
    return _NOT_IN_XML.sub(lambda sign: f"\\u{ord(sign[0]):04X}", terminal.line(text) if "\n" not in text else text)
