"""A command of the parser, and the options that several commands have."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ogp_data.cli.exits import EXIT_CODES
from ogp_data.core.messages import SOURCE, Message, languages, say

if TYPE_CHECKING:
    from ogp_data.cli.speaking import Parser

Run = Callable[[argparse.Namespace], int]
"""What a command does with its options; it returns the exit code."""


BUILD = Path("build")
"""Where builds take shape, unless an option says otherwise."""


@dataclass(frozen=True, slots=True)
class Commands:
    """Where commands are added, and the language of their help."""

    made: argparse._SubParsersAction[Parser]
    language: str


def add_command(
    commands: Commands,
    name: str,
    about: str,
    run: Run,
    epilog: str = EXIT_CODES,
    formatter: type[argparse.HelpFormatter] = argparse.HelpFormatter,
) -> Parser:
    """Return a new command, which its help describes in the words that the list of commands has for it."""
    said = say(about, commands.language)
    command = commands.made.add_parser(
        name, help=said, description=said[0].upper() + said[1:] + ".", epilog=epilog, formatter_class=formatter
    )
    command.set_defaults(run=run)
    return command


def data_option(command: argparse.ArgumentParser) -> None:
    """Let a command be told where the publications are."""
    about = Message("folder of the publications (default: data)")
    command.add_argument("--data", type=Path, default=Path("data"), help=about)


def dist_option(command: argparse.ArgumentParser, about: str = Message("folder of what is published")) -> None:
    """Let a command be told where what is published is."""
    about = Message("{about} (default: {folder})", about=about, folder="dist")
    command.add_argument("--dist", type=Path, default=Path("dist"), help=about)


def json_option(command: argparse.ArgumentParser) -> None:
    """Let a command be asked for an answer to programs."""
    command.add_argument("--json", action="store_true", help=Message("print one JSON document instead of text"))


def language_option(command: argparse.ArgumentParser, default: str = SOURCE) -> None:
    """Let a command be asked to speak a language."""
    about = Message("language of what the program says (default: {language})", language=SOURCE)
    command.add_argument("--language", choices=languages(), default=default, help=about)


def private_option(command: argparse.ArgumentParser) -> None:
    """Let a command that is given addresses ask those that are not public."""
    about = Message("ask addresses that are not public, too")
    command.add_argument("--allow-private", action="store_true", help=about)


def proxy_option(command: argparse.ArgumentParser) -> None:
    """Let a command that asks other machines do so through a proxy."""
    command.add_argument(
        "--proxy",
        type=_proxy,
        default="",
        metavar="URL",
        help=Message(
            "ask through this proxy, http://HOST:PORT; it looks up names itself, so which addresses they lead to is"
            " not checked (default: none, whatever HTTP_PROXY says)"
        ),
    )


def _proxy(value: str) -> str:
    if not value:  # what stands there by default is read too, also on the way to `--help`
        return value
    from ogp_data.core.web import names

    parts = names.parts_of(value)
    if parts is None or parts.scheme != "http":
        raise argparse.ArgumentTypeError(
            Message("it is not the address of a proxy, such as http://proxy.example.nl:3128")
        )
    return value
