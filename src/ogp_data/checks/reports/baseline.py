"""An earlier report as the line to keep: what is new since then, and what of it is mended."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from ogp_data.checks.reports.identity import identity
from ogp_data.checks.validation import Comparison, Validation
from ogp_data.core.messages import Message


class BaselineError(ValueError):
    """A file that is no report to compare with, with the reason in words."""


def read_baseline(path: Path) -> list[Mapping[str, Any]]:
    """Return the findings of an earlier report; BaselineError where there are none to be had."""
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
    return list(findings)


def compared(validation: Validation, earlier: list[Mapping[str, Any]], file: str) -> Validation:
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
