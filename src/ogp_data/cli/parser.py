"""Every command and its options; what a command needs to run is imported when it runs."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from importlib import import_module

from ogp_data import __version__
from ogp_data.cli.exits import EXIT_CODES
from ogp_data.cli.options import Commands, language_option
from ogp_data.cli.speaking import Parser
from ogp_data.core.messages import SOURCE, Message, languages, say

_MODULES = ("publish", "new", "keep", "validate", "quality", "deliver", "serve", "explain")
"""The modules of commands, as help lists these."""
_ALONE = ("validate", "quality")
"""The commands that begin alone: they check a small catalogue in the time in which all options are made."""


def make_parser(language: str = SOURCE, asked: str = "") -> argparse.ArgumentParser:
    """Return the parser of the command line, with its help in a language; `asked` is the command that it is for."""
    parser = Parser(
        language,
        prog="ogp-data",
        description=Message("Publish a government's open government self-assessment as validated open data."),
        epilog=EXIT_CODES,
    )
    about = Message("show program's version number and exit")
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}", help=about)
    language_option(parser)
    named = say(Message("COMMAND"), language)
    commands = Commands(parser.subparsers(say(Message("commands"), language), named), language)
    for name in (asked,) if asked in _ALONE else _MODULES:
        import_module(f"ogp_data.cli.commands.{name}").add(commands)
    for command in commands.made.choices.values():  # each can end with a finding, even if only with that it failed
        language_option(command, default=argparse.SUPPRESS)
    return parser


def language_asked(arguments: Sequence[str]) -> str:
    """Return the language that a command line asks for, before anything else of it is looked at."""
    early = argparse.ArgumentParser(add_help=False, exit_on_error=False)
    early.add_argument("--language", default=SOURCE, nargs="?")
    try:
        asked = str(early.parse_known_args(arguments)[0].language)
    except argparse.ArgumentError:
        return SOURCE
    return asked if asked in languages() else SOURCE
