"""Score any catalogue as portals do."""

from __future__ import annotations

import argparse
import gc
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ogp_data.cli.catalogues import catalogue_command, code_of, reading_of, whole_number
from ogp_data.cli.exits import PUBLISHED, QUALITY_CODES
from ogp_data.cli.telling import Progress, wrong_usage
from ogp_data.core import terminal
from ogp_data.core.messages import Message, say

if TYPE_CHECKING:
    from ogp_data.checks.scores.summary import Quality
    from ogp_data.checks.validation import Validation
    from ogp_data.cli.options import Commands

MOST = 10
"""So many lines of a kind fit a screen."""


def add(commands: Commands) -> None:
    """Add the command."""
    about = Message("score any DCAT catalogue as portals do")
    command = catalogue_command(commands, "quality", about, _quality, QUALITY_CODES)
    probe = Message("ask every address of the catalogue whether it answers")
    command.add_argument("--probe", action="store_true", help=probe)
    as_of = Message("the day to judge timeliness by (default: today)")
    command.add_argument("--as-of", default="", metavar=Message("DATE"), help=as_of)
    command.add_argument(
        "--max",
        type=whole_number,
        default=MOST,
        metavar="N",
        help=Message("lines to print of a kind, 0 for all (default: {most})", most=MOST),
    )
    dataset, publisher = Message("also give the scores of each dataset"), Message("also give those of each publisher")
    command.add_argument("--per-dataset", action="store_true", help=dataset)
    command.add_argument("--per-publisher", action="store_true", help=publisher)
    page, dqv = Message("also write the scores as a page"), Message("also write the scores as DQV in Turtle")
    table = Message("also write a table of the datasets with their points for each measure")
    command.add_argument("--html", type=Path, metavar=Message("FILE"), help=page)
    command.add_argument("--dqv", type=Path, metavar=Message("FILE"), help=dqv)
    command.add_argument("--csv", type=Path, metavar=Message("FILE"), help=table)


def _quality(options: argparse.Namespace) -> int:
    gc.disable()  # as in a build
    from datetime import date

    from ogp_data.checks import scored

    try:
        as_of = date.fromisoformat(options.as_of) if options.as_of else date.today()
    except ValueError:
        wrong = Message("{date!r} is not a date, such as 2026-11-23", date=options.as_of)
        return wrong_usage(wrong, options.language)
    progress = Progress(options.source, options.json or not sys.stderr.isatty(), options.language)
    quality, validation = scored.score(options.source, as_of, options.probe, reading_of(options), progress)
    progress.clear()
    if quality is None:
        _tell(validation, "json" if options.json else "text", options.language)
        return code_of(validation, fails=True)
    try:
        scored.write(quality, options.html, options.dqv, options.csv, per_dataset=options.per_dataset)
    except OSError as reason:
        return wrong_usage(reason, options.language)
    _tell_scores(quality, validation, options)
    return PUBLISHED


def _tell(validation: Validation, form: str, language: str) -> None:
    from ogp_data.checks.reports import written
    from ogp_data.checks.reports.telling import Telling

    print(written(validation, form, Telling(language)).decode(), end="")


def _tell_scores(quality: Quality, validation: Validation, options: argparse.Namespace) -> None:
    from ogp_data.checks.scores import report

    parts = {"per_publisher": options.per_publisher, "per_dataset": options.per_dataset}
    if options.json:
        _tell(replace(validation, scores=report.as_dict(quality, **parts)), "json", options.language)
    else:
        lines = report.as_lines(quality, options.max, **parts)
        print(terminal.lines(say(line, options.language) for line in lines))
