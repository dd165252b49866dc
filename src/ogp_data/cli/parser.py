"""Every command and its options; what a command needs to run is imported when it runs."""

from __future__ import annotations

import argparse

from ogp_data import __version__
from ogp_data.cli.commands import deliver, explain, keep, new, publish, quality, serve, validate
from ogp_data.cli.exits import EXIT_CODES
from ogp_data.cli.options import language_option

_IN_ORDER = (publish.add, new.add, keep.add, validate.add, quality.add, deliver.add, serve.add, explain.add)
"""What adds the commands, as help lists them."""


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    parser = argparse.ArgumentParser(
        prog="ogp-data",
        description="Publish a government's open government self-assessment as validated open data.",
        epilog=EXIT_CODES,
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND", dest="command")
    for add in _IN_ORDER:
        add(commands)
    for command in commands.choices.values():  # each can end with a finding, even if only with that it failed
        language_option(command)
    return parser
