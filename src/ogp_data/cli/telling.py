"""What commands tell the people who run them: findings, how far they are, and what was wrong in the asking."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ogp_data.cli.exits import USAGE
from ogp_data.core import terminal
from ogp_data.core.messages import Message, Plural, reason, say

if TYPE_CHECKING:
    from ogp_data.core.findings import Finding


def wrong_usage(why: str | Exception, language: str) -> int:
    """Print what is wrong in how a command was asked, and return the exit code that says so."""
    told = why if isinstance(why, str) else reason(why)
    print(f"ogp-data: {say(told, language)}", file=sys.stderr)
    return USAGE


def tell_findings(findings: Sequence[Finding], where: str, language: str) -> None:
    """Print the findings in a language, what is said of several places once."""
    from ogp_data.core.findings import grouped

    for found, places in grouped(findings):
        also = [Message("    also at: {place}", place=place).of(language) for place in places[1:]]
        if also and found.severity != "error":
            others = Plural("    also: {num} other place", "    also: {num} other places", len(also))
            also = [f"{others.of(language)}{where}"]
        print(terminal.lines([*found.lines(language), *also]))


def sums(name: str, errors: int, warnings: int) -> Message:
    """Return how many errors and warnings something has."""
    told = {"errors": Plural("{num} error", "{num} errors", errors)}
    told["warnings"] = Plural("{num} warning", "{num} warnings", warnings)
    return Message("{name}: {errors}, {warnings}", name=name, **told)


class Progress:
    """Tells the stage under way on one changing line of a terminal; a pipe keeps each line, and gets just the first."""

    def __init__(self, name: str, silent: bool, language: str) -> None:
        """Tell of something by its name in a language, or of nothing where programs read."""
        self.name, self.silent, self.language, self.terminal = name, silent, language, sys.stderr.isatty()
        if not silent and not self.terminal:
            print(self._line(Message("building")), file=sys.stderr, flush=True)

    def __call__(self, stage: str) -> None:
        """Print the stage that begins, in the place of the one before."""
        if self.terminal and not self.silent:
            print(f"\r\x1b[K{self._line(stage)}", end="", file=sys.stderr, flush=True)

    def _line(self, stage: str) -> str:
        told = Message("{name}: {stage}", name=self.name, stage=say(stage, self.language))
        return terminal.line(told.of(self.language))

    def clear(self) -> None:
        """Leave the line of a terminal to what comes next."""
        if self.terminal and not self.silent:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
