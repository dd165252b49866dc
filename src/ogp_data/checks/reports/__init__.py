"""A validation -> what people and programs read: text, JSON, SHACL in Turtle and JSON-LD, HTML, SARIF and JUnit."""

from __future__ import annotations

from collections.abc import Callable

from ogp_data.checks.reports.telling import Telling
from ogp_data.checks.validation import Validation


def written(validation: Validation, form: str, telling: Telling) -> bytes:
    """Return a validation in a format."""
    return _writer(form)(validation, telling)


def _writer(form: str) -> Callable[[Validation, Telling], bytes]:
    # Each loads what it needs when it is asked for: a check of one small file takes as long as its imports do.
    if form in ("text", "json"):
        from ogp_data.checks.reports import data, text

        return text.as_bytes if form == "text" else data.as_bytes
    if form in ("turtle", "jsonld"):
        from ogp_data.checks.reports import shacl

        return shacl.turtle if form == "turtle" else shacl.jsonld
    if form == "html":
        from ogp_data.checks.reports import page

        return page.as_bytes
    from ogp_data.checks.reports import pipelines

    return pipelines.sarif if form == "sarif" else pipelines.junit
