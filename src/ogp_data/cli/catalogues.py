"""What the commands that read any catalogue have in common: their options, their bounds, what they tell."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from ogp_data.cli.exits import ERRORS, PUBLISHED, USAGE
from ogp_data.cli.options import Run, add_command, json_option, private_option, proxy_option
from ogp_data.core import bounds
from ogp_data.core.messages import Message

if TYPE_CHECKING:
    from ogp_data.checks.incoming import Reading
    from ogp_data.checks.validation import Validation
    from ogp_data.cli.options import Commands
    from ogp_data.cli.speaking import Parser


def catalogue_command(commands: Commands, name: str, about: str, run: Run, epilog: str) -> Parser:
    """Return a new command that reads a catalogue from a file or an address."""
    command = add_command(commands, name, about, run, epilog)
    command.add_argument(
        "source",
        help=Message(
            "a file (Turtle, JSON-LD, RDF/XML, N-Triples, TriG or N-Quads, also packed as gzip), a web address, or -"
            " for standard input; an address {bytes:,} bytes at most, within {seconds:g} seconds and with {redirects}"
            " redirects at most",
            bytes=bounds.CATALOGUE_BYTES,
            seconds=bounds.ANSWER_SECONDS,
            redirects=bounds.REDIRECTS,
        ),
    )
    private_option(command)
    proxy_option(command)
    command.add_argument(
        "--remote-context",
        action="store_true",
        help=Message(
            "fetch the contexts that a JSON-LD document takes from other addresses,"
            " {contexts} at most (default: refuse them)",
            contexts=bounds.CONTEXTS,
        ),
    )
    command.add_argument(
        "--base",
        default="",
        metavar="IRI",
        help=Message("the address that relative IRIs begin from (default: that of the file)"),
    )
    command.add_argument(
        "--follow",
        action="store_true",
        help=Message(
            "read all pages of a catalogue that comes in pages (hydra:next), {pages:,} at most", pages=bounds.PAGES
        ),
    )
    json_option(command)
    return command


def whole_number(value: str) -> int:
    """Return the number of an option that counts something."""
    if not value.isdecimal():
        raise argparse.ArgumentTypeError(Message("it is no whole number, such as 20"))
    return int(value)


def reading_of(options: argparse.Namespace) -> Reading:
    """Return how a command reads a catalogue, and how far its requests may go."""
    from ogp_data.checks.incoming import Reading
    from ogp_data.core import web

    contexts = bounds.CONTEXTS if options.remote_context else 0
    limits = web.Bounds(allow_private=options.allow_private, contexts=contexts, proxy=options.proxy)
    return Reading(limits, options.base, options.follow)


def code_of(validation: Validation, fails: bool) -> int:
    """Return the exit code of a catalogue that was read: that of wrong usage where a file that was named cannot be."""
    if validation.is_misnamed:
        return USAGE
    return ERRORS if fails else PUBLISHED
