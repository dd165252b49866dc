"""An earlier report as the line to keep: what is new since then, and what of it is mended."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from ogp_data.checks.reports.identity import identity
from ogp_data.checks.validation import Comparison, Validation
from ogp_data.core.messages import Message


class BaselineError(ValueError):
    """A file that is no report to compare with, with the reason in words."""


def read_baseline(path: Path) -> Mapping[str, Any]:
    """Return an earlier report; BaselineError where it has no findings to compare with."""
    try:
        told = json.loads(path.read_bytes())
        findings = told["findings"]
        # Each is looked at now, so that a slip is told before a catalogue is read for minutes.
        _ = [(found["identity"], found["rule"], found["severity"], found["where"]) for found in findings]
    except OSError as reason:
        raise BaselineError(Message("{file} cannot be read: {why}", file=path, why=reason.strerror)) from reason
    except (ValueError, TypeError, KeyError) as reason:
        message = Message("{file} is no report of `ogp-data validate --format json`", file=path)
        raise BaselineError(message) from reason
    return dict(told)


def held_alike(validation: Validation, earlier: Mapping[str, Any], file: str) -> Validation:
    """Return a validation that says so where the earlier report was made by other rules."""
    before, now = (
        ", ".join(f"{name} {version}".strip() for name, version in versions.items()) if versions else ""
        for versions in (_profiles(earlier.get("versions")), _profiles(validation.versions))
    )
    if before == now or not before or not now:
        return validation
    note = Message(
        "{file} was made by {before}, and this report by {now}: what is new or mended may come of that.",
        file=file,
        before=before,
        now=now,
    )
    return replace(validation, notes=[*validation.notes, note])


def _profiles(versions: Any) -> Mapping[str, str]:
    """Return the profiles of a report with their versions; none where an older or foreign report does not say."""
    found = versions.get("profiles") if isinstance(versions, Mapping) else None
    return {str(name): str(version) for name, version in found.items()} if isinstance(found, Mapping) else {}


def compared(validation: Validation, earlier: Sequence[Mapping[str, Any]], file: str) -> Validation:
    """Return a validation that knows which of its findings are new, and what is mended."""
    known = Counter(str(found["identity"]) for found in earlier)
    new = []
    for found in validation.findings:
        which = identity(found)
        if known[which]:
            known[which] -= 1
        else:
            new.append(found)
    mended = []
    for told in earlier:
        if known[str(told["identity"])]:
            known[str(told["identity"])] -= 1
            mended.append(told)
    return replace(validation, comparison=Comparison(file, frozenset(new), mended))
