"""Check any catalogue against an application profile."""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ogp_data.cli.catalogues import catalogue_command, code_of, reading_of, whole_number
from ogp_data.cli.exits import CHECK_CODES, PUBLISHED
from ogp_data.cli.telling import Progress, wrong_usage
from ogp_data.core.messages import Message, reason

if TYPE_CHECKING:
    from ogp_data.checks.reports.telling import Telling
    from ogp_data.checks.validation import Validation
    from ogp_data.cli.options import Commands
    from ogp_data.cli.speaking import Parser

FORMATS = ("text", "json", "turtle", "jsonld", "html", "sarif", "junit")


def add(commands: Commands) -> None:
    """Add the command."""
    command = catalogue_command(
        commands,
        "validate",
        Message("check any DCAT catalogue against DCAT-AP-NL or DCAT-AP"),
        _validate,
        CHECK_CODES,
    )
    more = Message("more catalogues, each checked by itself and told as text; the worst exit code counts")
    command.add_argument("more", nargs="*", metavar="source", help=more)
    _asking(command)
    _telling(command)


def _asking(command: Parser) -> None:
    """Add what a catalogue is held to."""
    command.add_argument(
        "--profile",
        action="append",
        metavar="NAME",
        help=Message(
            "application profile to check by: dcat-ap-nl (version 3.0.1), dcat-ap-nl-3.0.0, dcat-ap or, on top of one"
            " of these, dcat-ap-hvd; give it again for another version or for what is on top (default: dcat-ap-nl)"
        ),
    )
    command.add_argument(
        "--shapes",
        type=Path,
        metavar=Message("DIR"),
        help=Message(
            "check by the SHACL shapes in this folder's .ttl, .jsonld, .rdf and .nt files in the place of our shapes;"
            " our other rules are checked as well, and nothing that the files import is fetched"
        ),
    )
    house = Message("tell also what this project asks of its own publications only; it never counts as wrong")
    command.add_argument("--house-rules", action="store_true", help=house)
    fail_on = Message("what ends with exit code 1: error, warning, or never (default: error)")
    command.add_argument("--fail-on", choices=("error", "warning", "never"), default="error", help=fail_on)
    baseline = Message("an earlier report in JSON: only what is new since then fails, and what is mended is told")
    command.add_argument("--baseline", type=Path, metavar=Message("FILE"), help=baseline)


def _telling(command: Parser) -> None:
    """Add how what was found is told."""
    form = Message("what to print (default: text); turtle and jsonld are a validation report of SHACL")
    command.add_argument("--format", choices=FORMATS, default="text", help=form)
    command.add_argument(
        "--output",
        action="append",
        default=[],
        metavar=Message("[FORMAT=]FILE"),
        help=Message(
            "also write a report to a file, in the format before = or that its name says (.json, .ttl, .jsonld,"
            " .html, .sarif, .xml for JUnit, .txt); may be given several times"
        ),
    )
    groups = Message("kinds of findings to print, 0 for all (default: what a screen can hold)")
    command.add_argument("--max", type=whole_number, metavar="N", help=groups)
    places = Message("places to print of each kind of finding (default: 3)")
    command.add_argument("--places", type=whole_number, metavar="N", help=places)
    command.add_argument("--errors-only", action="store_true", help=Message("tell errors and nothing else"))


def _validate(options: argparse.Namespace) -> int:
    """Check one catalogue after the other, and return the worst exit code."""
    if not options.more:
        gc.disable()  # as in a build: of 1,000 datasets it is a fifth of the time
    elif options.json or options.format != "text" or options.output or options.baseline:
        one = Message("a report in a file or format, and a baseline, are of one catalogue: give one, or ask for text")
        return wrong_usage(one, options.language)
    sources = (options.source, *options.more)
    return max(_validate_one(argparse.Namespace(**{**vars(options), "source": source})) for source in sources)


def _validate_one(options: argparse.Namespace) -> int:
    from ogp_data.checks import foreign as catalogues
    from ogp_data.checks.reports.telling import Telling
    from ogp_data.models.profiles import DEFAULT

    try:
        outputs = dict(map(_output, options.output))
        earlier = _earlier(options)
    except (OSError, ValueError) as reason:
        return wrong_usage(reason, options.language)
    options.profile = options.profile or [DEFAULT]
    if fault := _usage_fault(options):
        return wrong_usage(fault, options.language)
    form = "json" if options.json else options.format
    # In a pipe there is nobody to see how far it is.
    progress = Progress(options.source, form != "text" or not sys.stderr.isatty(), options.language)
    validation = catalogues.validate(
        options.source,
        reading_of(options),
        options.profile,
        options.shapes,
        progress,
        "told" if options.house_rules else "untold",
    )
    progress.clear()
    if earlier is not None:
        validation = _compared(validation, earlier, options)
    code = code_of(validation, validation.fails(options.fail_on))
    shown = validation.only_errors() if options.errors_only else validation
    telling = Telling(options.language, options.max, options.places, options.fail_on)
    return _told(shown, telling, form, outputs, options.language) or code


def _usage_fault(options: argparse.Namespace) -> str:
    if options.errors_only and options.fail_on == "warning":
        return Message("with --errors-only nothing would be shown of what --fail-on warning fails for: leave one out")
    from ogp_data.models.profiles import ProfilesError, held_to

    try:
        held_to(options.profile)
    except ProfilesError as fault:
        return reason(fault)
    return ""


def _output(asked: str) -> tuple[Path, str]:
    """Return the file and the format of a report that is to be written."""
    from ogp_data.checks.reports.telling import form_of

    form, equals, file = asked.partition("=")
    if equals and form in FORMATS:
        return Path(file), form
    if form := form_of(Path(asked)):
        return Path(asked), form
    formats = ", ".join(FORMATS)
    raise ValueError(
        Message(
            "in which format is {file!r} to be? Write FORMAT=FILE, with one of: {formats}", file=asked, formats=formats
        )
    )


def _earlier(options: argparse.Namespace) -> Mapping[str, Any] | None:
    if not options.baseline:
        return None
    from ogp_data.checks.reports.baseline import read_baseline

    return read_baseline(options.baseline)


def _compared(validation: Validation, earlier: Mapping[str, Any], options: argparse.Namespace) -> Validation:
    from ogp_data.checks.reports.baseline import compared, held_alike

    file = str(options.baseline)
    return held_alike(compared(validation, earlier["findings"], file), earlier, file)


def _told(validation: Validation, telling: Telling, form: str, outputs: Mapping[Path, str], language: str) -> int:
    """Write and print the reports; return the exit code of what cannot be written, else 0."""
    from ogp_data.checks.reports import written

    try:
        for path, one in outputs.items():
            path.write_bytes(written(validation, one, telling))
    except OSError as reason:
        return wrong_usage(reason, language)
    print(written(validation, form, telling).decode(), end="")
    return PUBLISHED
