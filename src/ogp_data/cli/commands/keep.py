"""Keep what is published, for a new version to be compared with."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from ogp_data.cli.exits import ERRORS, PUBLISHED
from ogp_data.cli.options import add_command, data_option, dist_option
from ogp_data.cli.telling import tell_findings, wrong_usage
from ogp_data.core.messages import Message, say

if TYPE_CHECKING:
    from ogp_data.cli.options import Commands


def add(commands: Commands) -> None:
    """Add the command."""
    about = Message("keep what is published before making a new version of it")
    command = add_command(commands, "keep", about, _keep)
    command.add_argument("id", help=Message("name of the publication, such as nl-2020-2022"))
    data_option(command)
    dist_option(command, Message("folder it is published in"))


def _keep(options: argparse.Namespace) -> int:
    from ogp_data.declaration import earlier
    from ogp_data.declaration.toml_files import find_publications

    if options.id not in find_publications(options.data):
        none = Message("there is no publication {id!r} under {data}", id=options.id, data=options.data)
        return wrong_usage(none, options.language)
    kept, findings = earlier.keep(options.data, options.dist, options.id)
    tell_findings(findings, "", options.language)
    if kept is None:
        return ERRORS
    declaration = options.data / options.id / "publication.toml"
    new = kept.is_new
    told = (
        Message("kept: {folder}", folder=kept.folder) if new else Message("kept already: {folder}", folder=kept.folder)
    )
    then = Message(
        "next: end {declaration} with these lines, replacing an older [previous], and raise `version` there",
        declaration=declaration,
    )
    lines = f'[previous]\nmanifest = "previous/{kept.version}/manifest.json"\nsha256 = "{kept.sha256}"'
    print(f"{say(told, options.language)}\n{say(then, options.language)}\n\n{lines}")
    return PUBLISHED
