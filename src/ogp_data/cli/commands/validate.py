"""Check any catalogue against an application profile."""

from __future__ import annotations

import argparse
import gc
from pathlib import Path
from typing import TYPE_CHECKING

from ogp_data.cli.catalogues import catalogue_command, limits_of, tell_of_source
from ogp_data.cli.exits import ERRORS, PUBLISHED
from ogp_data.cli.telling import wrong_usage
from ogp_data.core.messages import Message

if TYPE_CHECKING:
    from ogp_data.cli.options import Commands


def add(commands: Commands) -> None:
    """Add the command."""
    command = catalogue_command(
        commands, "validate", Message("check any DCAT catalogue against DCAT-AP-NL or DCAT-AP"), _validate
    )
    command.add_argument(
        "--profile",
        default="dcat-ap-nl",
        metavar="NAME",
        help=Message(
            "application profile to check by: dcat-ap-nl, which is the stricter of its versions, dcat-ap-nl-3.0.0,"
            " dcat-ap-nl-3.0.1, or dcat-ap (default: dcat-ap-nl)"
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


def _validate(options: argparse.Namespace) -> int:
    gc.disable()  # as in a build: of 1,000 datasets it is a fifth of the time
    from ogp_data.checks import foreign as catalogues
    from ogp_data.models.profiles import profile_names

    if options.profile not in profile_names():
        names = ", ".join(profile_names())
        none = Message("there is no profile {name!r}; take one of: {names}", name=options.profile, names=names)
        return wrong_usage(none, options.language)
    limits = limits_of(options)
    findings = catalogues.validate(options.source, limits, options.profile, options.shapes)
    tell_of_source(options, findings, limits)
    return ERRORS if any(found.severity == "error" for found in findings) else PUBLISHED
