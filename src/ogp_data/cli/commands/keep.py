"""Keep what is published, for a new version to be compared with."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from ogp_data.cli.exits import ERRORS, PUBLISHED
from ogp_data.cli.options import add_command, data_option, dist_option
from ogp_data.cli.telling import tell_findings, wrong_usage
from ogp_data.core.messages import Message, say

if TYPE_CHECKING:
    from ogp_data.cli.options import Commands


def add(commands: Commands) -> None:
    """Add the command."""
    about = Message("keep what is published before making a new version of it, or the edition after it")
    command = add_command(commands, "keep", about, _keep)
    command.add_argument("id", help=Message("name of the publication, such as nl-2020-2022"))
    command.add_argument(
        "--for",
        dest="next",
        metavar="NEXT",
        default="",
        help=Message("keep it as the edition before the publication NEXT, such as the next plan of the same country"),
    )
    data_option(command)
    dist_option(command, Message("folder it is published in"))


def _keep(options: argparse.Namespace) -> int:
    from ogp_data.declaration import earlier, editions
    from ogp_data.declaration.toml_files import find_publications

    owner = options.next or options.id
    if owner not in find_publications(options.data):
        none = Message("there is no publication {id!r} under {data}", id=owner, data=options.data)
        return wrong_usage(none, options.language)
    if options.next == options.id:
        none = Message("a publication is not an edition before itself; leave --for out to keep a version of it")
        return wrong_usage(none, options.language)
    kept, findings = earlier.keep(options.data, options.dist, options.id, options.next)
    tell_findings(findings, "", options.language)
    if kept is None:
        return ERRORS
    told = Message("kept: {folder}", folder=kept.folder)
    if not kept.is_new:
        told = Message("kept already: {folder}", folder=kept.folder)
    then = _then(options.data / owner / "publication.toml", bool(options.next))
    lines = earlier.declared(kept, options.next)
    print(f"{say(told, options.language)}\n{say(then, options.language)}\n\n{lines}")
    if not options.next and (moved := editions.moved(options.data / owner)):
        also = Message(
            "then put these lines into the [[continues]] of {edition}, which [previous] named until now",
            edition=moved.publication,
        )
        print(f'\n{say(also, options.language)}\n\nmanifest = "{moved.manifest}"\nsha256 = "{moved.sha256}"')
    return PUBLISHED


def _then(declaration: Path, edition: bool) -> Message:
    """Return what to do with the lines that are printed."""
    if edition:
        return Message(
            "next: end {declaration} with these lines, and name for each commitment those here that continue it",
            declaration=declaration,
        )
    return Message(
        "next: end {declaration} with these lines, replacing an older [previous], and raise `version` there",
        declaration=declaration,
    )
