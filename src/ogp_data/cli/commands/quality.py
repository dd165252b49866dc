"""Score any catalogue as portals do."""

from __future__ import annotations

import argparse
import gc
from pathlib import Path
from typing import TYPE_CHECKING

from ogp_data.cli.catalogues import catalogue_command, limits_of, tell_unread
from ogp_data.cli.exits import ERRORS, PUBLISHED
from ogp_data.cli.telling import wrong_usage
from ogp_data.core.messages import Message

if TYPE_CHECKING:
    from ogp_data.cli.options import Commands


def add(commands: Commands) -> None:
    """Add the command."""
    command = catalogue_command(commands, "quality", Message("score any DCAT catalogue as portals do"), _quality)
    probe = Message("ask every address of the catalogue whether it answers")
    command.add_argument("--probe", action="store_true", help=probe)
    as_of = Message("the day to judge timeliness by (default: today)")
    command.add_argument("--as-of", default="", metavar=Message("DATE"), help=as_of)
    page, dqv = Message("also write the scores as a page"), Message("also write the scores as DQV in Turtle")
    command.add_argument("--html", type=Path, metavar=Message("FILE"), help=page)
    command.add_argument("--dqv", type=Path, metavar=Message("FILE"), help=dqv)


def _quality(options: argparse.Namespace) -> int:
    gc.disable()  # as in a build
    from datetime import date

    from ogp_data.checks import foreign as catalogues

    try:
        as_of = date.fromisoformat(options.as_of) if options.as_of else date.today()
    except ValueError:
        wrong = Message("{date!r} is not a date, such as 2026-11-23", date=options.as_of)
        return wrong_usage(wrong, options.language)
    limits = limits_of(options)
    quality, findings = catalogues.score(options.source, as_of, options.probe, limits)
    if quality is None:
        tell_unread(options, findings, limits)
        return ERRORS
    try:
        catalogues.write(quality, options.html, options.dqv)
    except OSError as reason:
        return wrong_usage(reason, options.language)
    print(catalogues.as_json(quality) if options.json else catalogues.as_text(quality, options.language))
    return PUBLISHED
