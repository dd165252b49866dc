"""A validation as JSON, in the envelope that `validate` and `quality` share: docs/validation.schema.json."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

from ogp_data.checks.reports.identity import identity
from ogp_data.checks.reports.telling import Telling, line_of
from ogp_data.checks.validation import RANKS, Group, Validation
from ogp_data.core import terminal
from ogp_data.core.findings import Finding, Place, rules
from ogp_data.core.messages import languages as all_languages
from ogp_data.core.messages import say

SCHEMA = "https://w3id.org/ogp-data/validation.schema.json"
"""The address of the schema of this envelope."""

_PLACES = 3


def as_bytes(validation: Validation, _: Telling) -> bytes:
    """Return a validation as a JSON document."""
    return terminal.document(as_dict(validation)).encode() + b"\n"


def as_dict(validation: Validation) -> dict[str, Any]:
    """Return a validation as programs read it; its texts in each language of the program."""
    groups = validation.groups
    number = {found: index for index, group in enumerate(groups) for found in group.findings}
    return {
        "$schema": SCHEMA,
        "source": validation.source,
        "profiles": list(validation.profiles),
        "versions": dict(validation.versions),
        "conforms": validation.conforms and not validation.unread,
        "totals": _totals(validation),
        "engine": {"name": validation.engine.name, "why": str(validation.engine.why or "")},
        "groups": list(map(_group, groups)),
        "findings": [{**_told(found, validation), "group": number[found]} for found in validation.findings],
        "scores": validation.scores,
        "notes": list(map(str, validation.notes)),
        **_baseline(validation),
    }


def _baseline(validation: Validation) -> dict[str, Any]:
    """Return what an earlier report was compared with, if it was."""
    if (compared := validation.comparison) is None:
        return {}
    new = len(compared.new)
    known = len(validation.findings) - new
    mended = [{key: one[key] for key in ("identity", "rule", "severity", "where")} for one in compared.mended]
    return {"baseline": {"file": compared.file, "new": new, "known": known, "mended": mended}}


def _totals(validation: Validation) -> dict[str, Any]:
    by_rule = Counter(found.rule for found in validation.findings)
    size = validation.size
    return {
        "errors": validation.count("error"),
        "warnings": validation.count("warning"),
        "info": validation.count("info"),
        "rules": dict(by_rule),
        "publishers": [
            {"name": p.name, "iri": p.iri, "datasets": p.datasets, **{_PLURAL[s]: counts[s] for s in RANKS}}
            for p, counts in validation.by_publisher()
        ],
        "datasets": size.datasets,
        "distributions": size.distributions,
        "statements": size.statements,
    }


_PLURAL = {"error": "errors", "warning": "warnings", "info": "info"}


def _group(group: Group) -> dict[str, Any]:
    """Return what the findings of a group have in common, with the words of the first."""
    first = group.first
    return {
        "severity": first.severity,
        "rule": first.rule,
        "property": first.place.property,
        "count": len(group.findings),
        "message": first.message,
        "hint": first.hint,
        "norm": first.norm,
        "clause": first.clause,
        "same": group.says_one_thing,
        "places": [str(found.place) for found in group.findings[:_PLACES]],
    }


def _told(found: Finding, validation: Validation) -> dict[str, Any]:
    owner = validation.owners.get(found.place)
    line = line_of(found, validation)
    return {
        **finding_as_dict(found),
        "identity": identity(found),
        **({"line": line} if line else {}),
        **({"publisher": owner.iri or owner.name} if owner else {}),
        **({"new": validation.is_new(found)} if validation.comparison else {}),
    }


def finding_as_dict(found: Finding, languages: Sequence[str] = ()) -> dict[str, Any]:
    """Return a finding with its engine, as programs read it: in English, and in each of the languages, or in all."""
    spoken = languages or all_languages()
    return {
        "severity": found.severity,
        "rule": found.rule,
        "engine": rules()[found.rule].engine,
        "message": found.message,
        "messages": {language: say(found.message, language) for language in spoken},
        "place": _members(found.place),
        "where": str(found.place),
        "hint": found.hint,
        "hints": {language: say(found.hint, language) for language in spoken},
        **({"norm": found.norm, "clause": found.clause} if found.norm else {}),
    }


def _members(place: Place) -> Mapping[str, object]:
    """Return the parts of a place that are known, by name; those of a place in a source stand where `at` does."""
    found: dict[str, object] = {}
    for part in fields(place):
        value = getattr(place, part.name)
        if part.name == "at":
            found |= value.members if value else {}
        elif value and part.name != "node":
            found[part.name] = value
    return found
