"""Keep what is published, for a new version to be compared with."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from ogp_data.cli.exits import ERRORS, EXIT_CODES, PUBLISHED
from ogp_data.cli.options import data_option, dist_option
from ogp_data.cli.telling import tell_findings, wrong_usage

if TYPE_CHECKING:
    from ogp_data.cli.options import Commands


def add(commands: Commands) -> None:
    """Add the command."""
    command = commands.add_parser(
        "keep", help="keep what is published before making a new version of it", epilog=EXIT_CODES
    )
    command.add_argument("id", help="name of the publication, such as nl-2020-2022")
    data_option(command)
    dist_option(command, "folder it is published in")
    command.set_defaults(run=_keep)


def _keep(options: argparse.Namespace) -> int:
    from ogp_data.declaration import earlier
    from ogp_data.declaration.toml_files import find_publications

    if options.id not in find_publications(options.data):
        return wrong_usage(f"there is no publication {options.id!r} under {options.data}")
    kept, findings = earlier.keep(options.data, options.dist, options.id)
    tell_findings(findings, "", options.language)
    if kept is None:
        return ERRORS
    declaration = options.data / options.id / "publication.toml"
    print(
        f"{'kept' if kept.is_new else 'kept already'}: {kept.folder}\n"
        f"next: end {declaration} with these lines, replacing an older [previous], and raise `version` there\n\n"
        f'[previous]\nmanifest = "previous/{kept.version}/manifest.json"\nsha256 = "{kept.sha256}"'
    )
    return PUBLISHED
