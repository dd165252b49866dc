"""Plan and apply: what delivering to a catalogue would change, and making the change."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ogp_data.cli.exits import ERRORS, EXIT_CODES, PENDING, PLAN_CODES, PUBLISHED
from ogp_data.cli.options import Run, add_command, dist_option, json_option, proxy_option
from ogp_data.cli.telling import Progress
from ogp_data.core import terminal
from ogp_data.core.messages import Message, Plural, say

if TYPE_CHECKING:
    from ogp_data.cli.options import Commands
    from ogp_data.delivery.faults import DeliveryError


def add(commands: Commands) -> None:
    """Add the commands."""
    _add(commands, "plan", Message("show what delivering to a catalogue would change"), _plan, PLAN_CODES)
    about = Message("deliver to a catalogue: make it hold what is published")
    apply = _add(commands, "apply", about, _apply, EXIT_CODES)
    expect = Message("go on only when the plan is still this one")
    apply.add_argument("--expect", default="", metavar="PLAN", help=expect)


def _add(commands: Commands, name: str, about: str, run: Run, codes: str) -> argparse.ArgumentParser:
    command = add_command(commands, name, about, run, codes)
    file = Message("file of the target, such as data/targets/ckan.toml")
    command.add_argument("target", type=Path, help=file)
    dist_option(command)
    prune = Message("delete datasets that are no longer published")
    command.add_argument("--prune", action="store_true", help=prune)
    proxy_option(command)
    json_option(command)
    return command


def _plan(options: argparse.Namespace) -> int:
    from ogp_data.delivery import deliver, plan
    from ogp_data.delivery.faults import DeliveryError

    try:
        made = deliver.plan_target(options.target, options.dist, options.prune, options.proxy)
    except DeliveryError as reason:
        return _tell_undelivered(options, reason)
    note = [made.note] if made.note else []
    if options.json:
        print(terminal.document({**made.told, **({"note": made.note} if note else {})}))
    else:
        print(terminal.lines(say(line, options.language) for line in (*note, *plan.lines(made.told))))
    return PENDING if made.plan.pending else PUBLISHED


def _apply(options: argparse.Namespace) -> int:
    from ogp_data.delivery import deliver, plan
    from ogp_data.delivery.faults import DeliveryError, StoppedError

    progress = Progress(str(options.target), options.json, options.language)
    try:
        done = deliver.apply_target(
            options.target, options.dist, options.prune, progress, options.expect, options.proxy
        )
    except DeliveryError as reason:
        progress.clear()
        return _tell_undelivered(options, reason)
    except StoppedError as reason:
        progress.clear()
        told = Message("stopped: {progress} Run the same command again to go on.", progress=reason.progress.told)
        print(say(told, options.language), file=sys.stderr)
        raise
    progress.clear()
    note = [done.note] if done.note else []
    if options.json:
        sums = {"requests": done.asked, "writes": done.written, **({"note": done.note} if note else {})}
        print(terminal.document({**done.told, **sums}))
    else:
        sum_up = Message(
            "delivered with {requests}, {writes} among them",
            requests=Plural("{num} request", "{num} requests", done.asked),
            writes=Plural("{num} write", "{num} writes", done.written),
        )
        lines = [*note, plan.summary(done.told, done=True), sum_up]
        print(terminal.lines(say(line, options.language) for line in lines))
    return PUBLISHED


def _tell_undelivered(options: argparse.Namespace, reason: DeliveryError) -> int:
    """Print why a delivery ended, and for programs how many changes it had made."""
    if options.json:
        from ogp_data.checks.reports.data import finding_as_dict

        told = {"target": str(options.target), "findings": [finding_as_dict(reason.finding)]}
        made = {"made": reason.progress.made, "of": reason.progress.of} if reason.progress else {}
        print(terminal.document({**told, **made}))
    else:
        print(terminal.lines(reason.finding.lines(options.language)))
    return ERRORS
