"""Begin a publication: a declaration to start from, and what publications share."""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ogp_data.cli.exits import PUBLISHED
from ogp_data.cli.options import add_command, data_option
from ogp_data.cli.telling import wrong_usage
from ogp_data.core.messages import Message, reason, say

if TYPE_CHECKING:
    from ogp_data.cli.options import Commands


def add(commands: Commands) -> None:
    """Add the command."""
    command = add_command(commands, "new", Message("write a declaration to start from"), _new)
    named = Message(
        "name of the publication, such as nl-2023-2027; without it, only what publications share and is not there"
        " is laid down"
    )
    command.add_argument("id", nargs="?", help=named)
    about = Message("the document to publish; copied into the new folder")
    command.add_argument("--source", type=Path, help=about)
    data_option(command)


def _new(options: argparse.Namespace) -> int:
    from ogp_data.core.resources import guide
    from ogp_data.declaration.scaffold import complete, create

    if options.id is None and options.source:
        return wrong_usage(Message("name the publication to begin: ogp-data new ID --source FILE"), options.language)
    try:
        if options.id is None:
            return _tell_laid(options.data, complete(options.data), options.language)
        begun = create(options.data, options.id, options.source)
    except (OSError, ValueError) as fault:
        return wrong_usage(_reason_in_words(fault), options.language)
    told = list(map(_created, begun.beside))
    if options.source and begun.document != options.source.name:
        renamed = Message(
            "renamed: {name!r} cannot be part of a web address; the copy is called {document}",
            name=options.source.name,
            document=begun.document,
        )
        told.insert(0, renamed)
    elsewhere = [] if options.data == Path("data") else ["--data", shlex.quote(str(options.data))]
    then = Message(
        "next: describe it there (every key is explained in {guide}), and its publisher in {agents}, then: {check}",
        guide=guide(),
        agents=options.data / "agents.toml",
        check=" ".join(["ogp-data check", *elsewhere, options.id]),
    )
    begins = Message("begun: {declaration}", declaration=begun.folder / "publication.toml")
    print("\n".join(say(line, options.language) for line in (*told, begins, then)))
    return PUBLISHED


def _created(path: Path) -> Message:
    return Message("created for all publications to share: {path}", path=path)


def _tell_laid(data: Path, laid: Sequence[Path], language: str) -> int:
    """Print what was laid down of what publications share."""
    nothing = Message("nothing that publications share is missing in {data}", data=data)
    print("\n".join(say(line, language) for line in list(map(_created, laid)) or [nothing]))
    return PUBLISHED


def _reason_in_words(fault: OSError | ValueError) -> str:
    """Return why something could not be begun, without numbers of the system."""
    if isinstance(fault, OSError) and fault.strerror:
        if fault.filename:
            return Message("{place}: {reason}", place=fault.filename, reason=fault.strerror)
        return Message("the disk refused: {reason}", reason=fault.strerror)
    return reason(fault)
