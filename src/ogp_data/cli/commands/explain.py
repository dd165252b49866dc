"""Explain a rule or a key of a declaration."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from ogp_data.cli.exits import PUBLISHED
from ogp_data.cli.options import add_command
from ogp_data.cli.telling import wrong_usage
from ogp_data.core.messages import Message

if TYPE_CHECKING:
    from ogp_data.cli.options import Commands


def add(commands: Commands) -> None:
    """Add the command."""
    about = Message("explain a rule (when it occurs and how to fix it) or a key of a declaration")
    command = add_command(commands, "explain", about, _explain)
    which = Message("the rule or key, such as dataset.column.take; without it, all rules are listed")
    command.add_argument("name", nargs="?", help=which)


def _explain(options: argparse.Namespace) -> int:
    from ogp_data.cli.explain import explained, index, unknown

    lines = explained(options.name, options.language) if options.name is not None else index(options.language)
    if not lines:
        return wrong_usage(unknown(options.name), options.language)
    print("\n".join(lines))
    return PUBLISHED
