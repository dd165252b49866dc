"""Begin a publication: a declaration to start from, and what publications share."""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ogp_data.cli.exits import PUBLISHED
from ogp_data.cli.options import BUILD, add_command, data_option
from ogp_data.cli.telling import wrong_usage
from ogp_data.core import terminal
from ogp_data.core.messages import SOURCE, Message, Plural, language_name, reason, say

if TYPE_CHECKING:
    from ogp_data.cli.options import Commands
    from ogp_data.declaration.drafting.draft import Draft
    from ogp_data.declaration.drafting.language import Spoken

_MOST = 5
"""So many places that no dataset takes are told; the declaration has them all."""


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
    said = Message("language of the document in two letters, such as en (default: by its words)")
    command.add_argument("--language-of-document", type=_code, metavar="CODE", help=said)
    data_option(command)


def _code(value: str) -> str:
    from ogp_data.declaration.naming import LANGUAGE_CODES

    if value not in LANGUAGE_CODES:
        raise argparse.ArgumentTypeError(Message("it is not the code of a language, such as en"))
    return value


def _new(options: argparse.Namespace) -> int:
    from ogp_data.core import resources
    from ogp_data.declaration.scaffold import complete, create
    from ogp_data.documents import keeping

    if options.id is None and options.source:
        return wrong_usage(Message("name the publication to begin: ogp-data new ID --source FILE"), options.language)
    try:
        if options.id is None:
            return _tell_laid(options.data, complete(options.data, options.language), options.language)
        spoken = options.language_of_document or ""
        with keeping(BUILD):
            begun = create(options.data, options.id, options.source, options.language, spoken)
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
    told.append(Message("begun: {declaration}", declaration=begun.folder / "publication.toml"))
    elsewhere = [] if options.data == Path("data") else ["--data", shlex.quote(str(options.data))]
    spoken_in = [] if options.language == SOURCE else ["--language", options.language]
    check = " ".join(["ogp-data check", *elsewhere, options.id, *spoken_in])
    told += [*(_seen(begun.draft) if options.source else ()), *_to_fill_in(begun.open)]
    guide = resources.guide()
    told.append(
        Message("next: fill these in (every key is explained in {guide}), then: {check}", guide=guide, check=check)
    )
    print(terminal.lines([say(line, options.language) for line in told]))
    return PUBLISHED


def _seen(draft: Draft) -> Iterator[Message]:
    """Yield what was seen of a document: its language, the datasets with their rows, and what is missing or left."""
    from ogp_data.declaration.drafting.draft import has_commitments

    yield _in_language(draft.spoken)
    for one in draft.proposals:
        rows = Plural("{num} row", "{num} rows", one.rows)
        about = Message("{about}, {rows}", about=one.about, rows=rows) if one.rows >= 0 else one.about
        yield Message("  {name}: {about}", name=one.name, about=about)
    if not has_commitments(draft.proposals):
        yield Message(
            "no commitments were found, so what is made of them is not drafted: overview, ogp-crosswalk; say under"
            " [datasets.commitments] in publication.toml in which list, table or headings they stand"
        )
    if draft.left:
        yield Message("no dataset takes this: {places}", places="; ".join(draft.left[:_MOST]))


@dataclass(frozen=True, slots=True)
class _Named:
    """A language by its code, called by its name in the language of who reads it."""

    code: str

    def of(self, language: str) -> str:
        """Return its name in a language."""
        return language_name(self.code, language)


def _in_language(spoken: Spoken) -> Message:
    name = _Named(spoken.language)
    if not spoken.language:
        return Message("the language of the document is not sure; say it with --language-of-document")
    if not spoken.words:
        return Message("the document is in {name}, as said", name=name)
    return Message("the document is in {name}, by {words} of its words; it found:", name=name, words=spoken.words)


def _to_fill_in(left: Mapping[Path, Sequence[int]]) -> Iterator[Message]:
    """Yield the lines of each file that are to be filled in."""
    for path, lines in left.items():
        count = Plural("{num} line", "{num} lines", len(lines))
        yield Message("to fill in: {path}, {count}: {lines}", path=path, count=count, lines=", ".join(map(str, lines)))


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
