"""What the commands that read any catalogue have in common: their options, their bounds, what they tell."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ogp_data.cli.options import Run, add_command, json_option, proxy_option
from ogp_data.cli.telling import counted, tell_findings
from ogp_data.core import terminal
from ogp_data.core.web import bounds

if TYPE_CHECKING:
    from ogp_data.cli.options import Commands
    from ogp_data.core.findings import Finding
    from ogp_data.core.web import Bounds


def catalogue_command(commands: Commands, name: str, about: str, run: Run) -> argparse.ArgumentParser:
    """Return a new command that reads a catalogue from a file or an address."""
    command = add_command(commands, name, about, run)
    command.add_argument(
        "source",
        help=f"a file (.ttl, .jsonld, .rdf, .nt) or a web address; {bounds.CATALOGUE_BYTES:,} bytes at most, an address"
        f" within {bounds.ANSWER_SECONDS:g} seconds and with {bounds.REDIRECTS} redirects at most",
    )
    command.add_argument("--allow-private", action="store_true", help="ask addresses that are not public, too")
    proxy_option(command)
    command.add_argument(
        "--remote-context",
        action="store_true",
        help="fetch the contexts that a JSON-LD document takes from other addresses,"
        f" {bounds.CONTEXTS} at most (default: refuse them)",
    )
    json_option(command)
    return command


def limits_of(options: argparse.Namespace) -> Bounds:
    """Return how far the requests of a command may go."""
    from ogp_data.core import web

    contexts = bounds.CONTEXTS if options.remote_context else 0
    return web.Bounds(allow_private=options.allow_private, contexts=contexts, proxy=options.proxy)


def tell_of_source(options: argparse.Namespace, findings: Sequence[Finding], limits: Bounds) -> None:
    """Print what was found in a catalogue of others."""
    from ogp_data.core import web

    note = web.unchecked(limits.proxy)
    if options.json:
        from ogp_data.checks.report import as_dict

        told = {"source": options.source, "findings": list(map(as_dict, findings))}
        print(terminal.document({**told, **({"note": note} if note else {})}))
    else:
        tell_findings(findings, "", options.language)
        errors, warnings = (sum(found.severity == severity for found in findings) for severity in ("error", "warning"))
        sums = f"{options.source}: {counted(errors, 'error')}, {counted(warnings, 'warning')}"
        print(terminal.lines([*([note] if note else []), sums]))
