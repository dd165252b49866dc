"""Begin a publication: a declaration to start from, and what publications share."""

from __future__ import annotations

import argparse
import datetime
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ogp_data.cli.exits import ERRORS, PUBLISHED
from ogp_data.cli.options import BUILD, add_command, data_option, private_option, proxy_option
from ogp_data.cli.telling import Progress, tell_findings, wrong_usage
from ogp_data.core import bounds, terminal
from ogp_data.core.messages import Message, reason, say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ogp_data.cli.options import Commands
    from ogp_data.core import web
    from ogp_data.core.findings import Finding
    from ogp_data.declaration.drafting.answers import Answers
    from ogp_data.declaration.receiving import Delivery
    from ogp_data.declaration.scaffold import Start
    from ogp_data.pipeline import Outcome

_STOPPED = 130
"""The exit code of what was ended by whoever sits at the terminal."""


def add(commands: Commands) -> None:
    """Add the command."""
    command = add_command(commands, "new", Message("write a declaration to start from"), _new)
    named = Message(
        "name of the publication, such as nl-2023-2027; without it, only what publications share and is not there"
        " is laid down"
    )
    command.add_argument("id", nargs="?", help=named)
    about = Message(
        "what to publish, copied into the new folder: files of any kind that is read, folders of them, web addresses;"
        " {bytes:,} bytes at most, an address within {seconds:g} seconds",
        bytes=bounds.DOCUMENT_BYTES,
        seconds=bounds.DOCUMENT_SECONDS,
    )
    command.add_argument("document", nargs="*", help=about)
    said = Message("language of the document in two letters, such as en (default: by its words)")
    command.add_argument("--language-of-document", type=_code, metavar="CODE", help=said)
    taken = Message("ask nothing, and take what was found; the publication then says that nobody has confirmed it")
    command.add_argument("--yes", action="store_true", help=taken)
    formed = Message("the form that the document follows, such as ogp-self-assessment (default: what it looks like)")
    command.add_argument("--form", default="", metavar=Message("NAME"), help=formed)
    shared = Message("take this site.toml, and the agents.toml beside it, where data/ has none, and ask nothing")
    command.add_argument("--site", type=Path, metavar=Message("FILE"), help=shared)
    data_option(command)
    private_option(command)
    proxy_option(command)


def _code(value: str) -> str:
    from ogp_data.declaration.naming import LANGUAGE_CODES

    if value not in LANGUAGE_CODES:
        raise argparse.ArgumentTypeError(Message("it is not the code of a language, such as en"))
    return value


def _new(options: argparse.Namespace) -> int:
    from ogp_data.core.web import RefusedError
    from ogp_data.declaration.scaffold import complete

    try:
        if options.id is None:
            return _tell_laid(options.data, complete(options.data, options.language), options.language)
        return _begin(options)
    except (OSError, ValueError, RefusedError) as fault:
        return wrong_usage(_reason_in_words(fault), options.language)
    except KeyboardInterrupt:
        print(Message("stopped: nothing was written").of(options.language))
        return _STOPPED


def _begin(options: argparse.Namespace) -> int:
    """Begin a publication with its documents, and tell what came of it."""
    from ogp_data.cli import seen
    from ogp_data.declaration.drafting.draft import Asked
    from ogp_data.declaration.receiving import receive
    from ogp_data.declaration.scaffold import create, prepare
    from ogp_data.documents import keeping

    language, delivery = options.language, receive(options.document, _bounds(options))
    asked = Asked(options.id, "", language, options.language_of_document or "", form=options.form)
    with keeping(BUILD):
        start = prepare(options.data, asked, delivery.documents, options.site)
    if start.seen and start.seen.opened.wrong:
        tell_findings(start.seen.opened.wrong, "", language)
        print(Message("not begun: nothing was written").of(language))
        return ERRORS
    _say(seen.of_delivery(delivery), language)
    if start.seen:
        _say(seen.of_document(start.seen), language)
    begun = create(start, _answers(options, start, delivery))
    _say(seen.of_beginning(begun), language)
    outcome = None if begun.open else _checked(options)
    if outcome:
        tell_findings(_first(outcome), "", language)
    _say(seen.of_next(options, outcome), language)
    return PUBLISHED


def _first(outcome: Outcome) -> list[Finding]:
    """Return an error of each rule: a check tells the others, and one cause often has many."""
    from ogp_data.core.findings import errors

    by_rule = {found.rule: found for found in reversed(errors([*outcome.report.findings]))}
    return [*reversed(by_rule.values())]


def _checked(options: argparse.Namespace) -> Outcome:
    """Check what was begun, with the page that shows the document beside its rows, and return how that ended."""
    from ogp_data import pipeline
    from ogp_data.documents import keeping

    progress = Progress(options.id, False, options.language)
    folders = pipeline.Folders(options.data, BUILD, Path("dist"), Path("site-assets"))
    with keeping(BUILD):
        outcome = pipeline.run(folders, options.id, "", "", progress, write_dist=False, look="always")
    progress.clear()
    return outcome


def _bounds(options: argparse.Namespace) -> web.Bounds:
    """Return how far the request of a document may go."""
    from ogp_data.core import web

    return web.Bounds(
        bounds.DOCUMENT_SECONDS,
        bounds.DOCUMENT_BYTES,
        allow_private=options.allow_private,
        proxy=options.proxy,
    )


def _answers(options: argparse.Namespace, start: Start, delivery: Delivery) -> Answers:
    """Return what is known of the publication: what was found, or what a person at the terminal says."""
    from ogp_data.cli import asking, dialogue
    from ogp_data.core import resources
    from ogp_data.declaration.drafting.answers import Answers
    from ogp_data.models.lists import load_lists

    if start.seen is None:
        return Answers()
    found, today = start.seen.answers, datetime.date.today()
    if url := next((one.url for one in delivery.documents if one.url), ""):
        found = replace(found, url=url, retrieved=today)
    if options.yes or options.site:
        return replace(found, issued=today, confirmed=False)
    if not asking.is_terminal():
        return found
    countries = load_lists(resources.value_lists())["country"]
    return dialogue.answered(start, found, countries, today, options.language)


def _say(told: Iterable[str], language: str) -> None:
    if lines := [say(line, language) for line in told]:
        print(terminal.lines(lines))


def _tell_laid(data: Path, laid: Sequence[Path], language: str) -> int:
    """Print what was laid down of what publications share."""
    from ogp_data.cli.seen import created

    nothing = Message("nothing that publications share is missing in {data}", data=data)
    _say([*map(created, laid)] or [nothing], language)
    return PUBLISHED


def _reason_in_words(fault: Exception) -> str:
    """Return why something could not be begun, without numbers of the system."""
    if isinstance(fault, OSError) and fault.strerror:
        if fault.filename:
            return Message("{place}: {reason}", place=fault.filename, reason=fault.strerror)
        return Message("the disk refused: {reason}", reason=fault.strerror)
    return reason(fault)
