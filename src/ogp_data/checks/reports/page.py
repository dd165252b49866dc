"""A validation as one page of HTML, with nothing beside it: to keep, to send, to open from a pipeline's artefacts."""

from __future__ import annotations

from ogp_data.checks.reports.telling import Telling, number, placed
from ogp_data.checks.validation import Validation
from ogp_data.core import terminal
from ogp_data.core.findings import SEVERITIES, harm
from ogp_data.core.frame import alone
from ogp_data.core.messages import Message, in_language
from ogp_data.core.templates import render

MOST = 1000
"""Places of a group that the page has: a browser shows that many at once; the other reports have them all."""


def _title(validation: Validation) -> Message:
    """Return what the page is called, after what was checked."""
    name: object = Message("this catalogue") if validation.source == "-" else validation.source
    return Message("Validation of {publication}", publication=name)


def as_bytes(validation: Validation, telling: Telling) -> bytes:
    """Return a validation as a page in a language."""
    language = telling.language
    page = render(
        "report.html",
        language,
        frame=alone(_title(validation).of(language), "report"),
        validation=validation,
        severities=SEVERITIES,
        groups=validation.groups,
        harm=harm,
        publishers=validation.by_publisher(),
        most=MOST,
        number=lambda count: in_language(number(count), language),
        place=lambda found: placed(found, validation, language),
    )
    # A catalogue may hold signs that turn the order of what a browser shows, or that no page may have.
    return terminal.lines(page.decode().split("\n")).encode()
