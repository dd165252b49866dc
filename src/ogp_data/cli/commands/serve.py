"""Serve what is published over HTTP."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from ogp_data.cli.exits import EXIT_CODES, PUBLISHED
from ogp_data.cli.options import add_command, dist_option
from ogp_data.cli.telling import wrong_usage
from ogp_data.core.messages import Message, say

if TYPE_CHECKING:
    from ogp_data.cli.options import Commands


def add(commands: Commands) -> None:
    """Add the command."""
    from ogp_data.service.limits import BOUNDS, table

    about = Message("serve what is published: files, names, SPARQL, rows and harvest")
    heading, codes = (say(text, commands.language) for text in (Message("bounds:"), EXIT_CODES))
    epilog = f"{heading}\n{table(BOUNDS, commands.language)}\n\n{codes}"
    command = add_command(commands, "serve", about, _serve, epilog, argparse.RawDescriptionHelpFormatter)
    host = Message("address to listen at (default: %(default)s)")
    command.add_argument("--host", default="127.0.0.1", help=host)
    port = Message("port to listen at; 0 takes a free one (default: %(default)s)")
    command.add_argument("--port", type=int, default=8000, help=port)
    dist_option(command)
    command.add_argument(
        "--rate",
        type=_rate,
        default=BOUNDS.rate,
        metavar="N",
        help=Message("requests a second for each client, 0: any; burst changes with it (default: %(default)g)"),
    )
    command.add_argument(
        "--query-seconds",
        type=_seconds,
        default=BOUNDS.seconds,
        metavar="S",
        help=Message("seconds that a query may take (default: %(default)g)"),
    )
    command.add_argument(
        "--trust-proxy",
        action="append",
        default=[],
        metavar=Message("ADDRESS"),
        help=Message(
            "trust the proxy at this address or in this network (10.0.0.0/8) for who the client is and how"
            " it reaches the service, by X-Forwarded-* or Forwarded; several with commas, or by giving it again"
        ),
    )
    checks = Message("check catalogues that are posted to /validate, where a page is to post one (default: do not)")
    command.add_argument("--validate", action="store_true", help=checks)
    log = Message("write the addresses of clients into the log")
    command.add_argument("--log-clients", action="store_true", help=log)


def _profiles() -> tuple[str, ...]:
    """Return the profiles by which catalogues are checked, the one that the command takes by itself first."""
    from ogp_data.models.profiles import profile_names

    return tuple(sorted(profile_names(), key=lambda name: (name != "dcat-ap-nl", name)))


def _rate(text: str) -> float:
    value = _number(text)
    if value and not 0.001 <= value <= 1_000_000:
        raise argparse.ArgumentTypeError(Message("{text} is neither 0 nor a number from 0.001 to 1000000", text=text))
    return value


def _seconds(text: str) -> float:
    value = _number(text)
    if not 0.001 <= value <= 86_400:
        raise argparse.ArgumentTypeError(Message("{text} is not a number of seconds from 0.001 to 86400", text=text))
    return value


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(Message("{text!r} is not a number", text=text)) from None


def _serve(options: argparse.Namespace) -> int:
    from ogp_data.service import server
    from ogp_data.service.forwarded import trusted
    from ogp_data.service.guard import to_stream
    from ogp_data.service.limits import BOUNDS

    try:
        proxies = trusted(",".join(options.trust_proxy))
    except ValueError as reason:
        wrong = Message("--trust-proxy: {reason}; name addresses or networks, such as 127.0.0.1", reason=reason)
        return wrong_usage(wrong, options.language)
    limits = BOUNDS.asked(options.rate, options.query_seconds)
    profiles = _profiles() if options.validate else ()
    settings = server.Options(options.dist, options.host, options.port, limits, proxies, options.log_clients, profiles)

    def tell(address: str) -> None:
        print(say(Message("serving at {address}", address=address), options.language), flush=True)

    try:
        server.run(settings, to_stream(sys.stderr), tell)
    except server.RefusedError as fault:
        return wrong_usage(fault, options.language)
    return PUBLISHED
