"""Begin a publication: a declaration to start from, and what publications share."""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ogp_data.cli.exits import EXIT_CODES, PUBLISHED
from ogp_data.cli.options import data_option
from ogp_data.cli.telling import wrong_usage

if TYPE_CHECKING:
    from ogp_data.cli.options import Commands


def add(commands: Commands) -> None:
    """Add the command."""
    command = commands.add_parser("new", help="write a declaration to start from", epilog=EXIT_CODES)
    command.add_argument(
        "id",
        nargs="?",
        help="name of the publication, such as nl-2023-2027; without it, only what publications share and is not there"
        " is laid down",
    )
    command.add_argument("--source", type=Path, help="the document to publish; copied into the new folder")
    data_option(command)
    command.set_defaults(run=_new)


def _new(options: argparse.Namespace) -> int:
    from ogp_data.core.resources import guide
    from ogp_data.declaration.scaffold import complete, create

    if options.id is None and options.source:
        return wrong_usage("name the publication to begin: ogp-data new ID --source FILE")
    try:
        if options.id is None:
            return _tell_laid(options.data, complete(options.data))
        begun = create(options.data, options.id, options.source)
    except (OSError, ValueError) as reason:
        return wrong_usage(_reason_in_words(reason))
    if options.source and begun.document != options.source.name:
        print(f"renamed: {options.source.name!r} cannot be part of a web address; the copy is called {begun.document}")
    for path in begun.beside:
        print(f"created for all publications to share: {path}")
    elsewhere = "" if options.data == Path("data") else f"--data {shlex.quote(str(options.data))} "
    print(
        f"begun: {begun.folder}/publication.toml\n"
        f"next: describe it there (every key is explained in {guide()}), and its publisher"
        f" in {options.data}/agents.toml, then: ogp-data check {elsewhere}{options.id}"
    )
    return PUBLISHED


def _tell_laid(data: Path, laid: Sequence[Path]) -> int:
    """Print what was laid down of what publications share."""
    for path in laid:
        print(f"created for all publications to share: {path}")
    if not laid:
        print(f"nothing that publications share is missing in {data}")
    return PUBLISHED


def _reason_in_words(reason: OSError | ValueError) -> str:
    """Return why something could not be begun, without numbers of the system."""
    if isinstance(reason, OSError) and reason.strerror:
        return f"{reason.filename}: {reason.strerror}" if reason.filename else f"the disk refused: {reason.strerror}"
    return str(reason)
