"""Parse, call, print, exit code. Heavy libraries are imported inside the command that needs them."""

from __future__ import annotations

import argparse
import atexit
import gc
import io
import logging
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ogp_data.cli.exits import ERRORS, PUBLISHED
from ogp_data.cli.parser import language_asked, make_parser
from ogp_data.cli.speaking import speaking
from ogp_data.core import terminal
from ogp_data.core.messages import SOURCE, Message, say

if TYPE_CHECKING:
    from ogp_data.core.findings import Finding


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code."""
    if arguments is None:  # a process of its own: when it ends, Python looks for cycles in all objects not frozen
        atexit.register(gc.freeze)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # findings quote the document, whatever the terminal can show
            stream.reconfigure(errors="backslashreplace")
    with terminal.streams() as out:
        language = SOURCE
        try:
            given = sys.argv[1:] if arguments is None else arguments
            language = language_asked(given)
            with speaking(language):
                options = make_parser(language, next(iter(given), "")).parse_args(given)
        except SystemExit as ended:  # help or wrong usage
            code = ended.code if isinstance(ended.code, int) else 0
            raise SystemExit(_with_output(code, out, language)) from None
        return _with_output(_ended(options), out, options.language, _DONE.get(options.command))


_DONE = {
    "publish": Message("published"),
    "check": Message("sound"),
    "apply": Message("delivered"),
    "new": Message("begun"),
    "keep": Message("kept"),
}
"""What is true after a command that ended well."""


def _ended(options: argparse.Namespace) -> int:
    """Run a command and return its exit code, however it ends."""
    _silence_libraries()
    try:
        result: int = options.run(options)
    except KeyboardInterrupt:
        return 130
    except SystemExit as reason:
        if _is_ours(reason):
            raise
        return _tell_internal(options, reason)  # a package of others that ends the program is told as what it is
    except Exception as reason:  # the last guard: a traceback helps nobody who runs a command
        return _tell_internal(options, reason)
    return result


def _is_ours(reason: SystemExit) -> bool:
    from ogp_data.core.doors import culprit

    return culprit(reason) is None


def _silence_libraries() -> None:
    """Keep what libraries log or warn of to themselves: what is wrong with an input is told as a finding."""
    logging.captureWarnings(True)
    root = logging.getLogger()
    if not root.handlers:
        root.addHandler(logging.NullHandler())


def _with_output(code: int, out: terminal.Stream, language: str, done: str | None = None) -> int:
    """Return the exit code of a command when its output is written too; say it where that was lost."""
    out.flush()
    if out.lost is None:
        return code
    if not isinstance(out.lost, BrokenPipeError):  # a reader that has seen enough knows it
        lost = Message("the output could not be written: {reason}", reason=out.lost.strerror)
        if done and code == PUBLISHED:
            lost = Message("{done}, but {lost}", done=done, lost=lost)
        print(f"ogp-data: {say(lost, language)}", file=sys.stderr)
    return code or ERRORS


def _tell_internal(options: argparse.Namespace, reason: BaseException) -> int:
    """Print that the program failed, and what to do; for programs as JSON."""
    from ogp_data.core import internal

    found = internal.fault(reason)
    if getattr(options, "json", False) or getattr(options, "format", "") == "json":
        print(terminal.document(_as_json(options, found)))
    else:
        print(terminal.lines(found.lines(options.language)), file=sys.stderr)
    return ERRORS


def _as_json(options: argparse.Namespace, found: Finding) -> dict[str, Any]:
    """Return a finding as the command would have told its own."""
    from ogp_data.checks.reports import data
    from ogp_data.checks.validation import Validation

    if hasattr(options, "source"):
        return data.as_dict(Validation(str(options.source), [found], unread=True))
    about = {"target": str(options.target)} if hasattr(options, "target") else {}
    return {**about, "findings": [data.finding_as_dict(found)]}
