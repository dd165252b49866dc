"""A fault of the program itself -> one finding, and a file that says what a report of it needs."""

from __future__ import annotations

import os
import platform
import shlex
import sys
import tempfile
import traceback
from contextlib import suppress
from pathlib import Path

from ogp_data import __version__
from ogp_data.core import extras
from ogp_data.core.doors import culprit, said
from ogp_data.core.findings import Finding, Place, finding
from ogp_data.core.messages import Message

FILE = "internal-error.txt"


def fault(reason: BaseException, folder: Path | None = None) -> Finding:
    """Return the finding; what it knows of the fault goes into a file, in `folder` or else in the system's own.

    A library that an extra would install is no fault of the program, and neither is the code of another package.
    """
    if lacking := extras.missing(reason):
        return lacking
    if place := culprit(reason):
        return finding("extension-broken", Message("It fails: {said}.", said=said(reason)), place)
    message = Message(
        "A fault in this program stopped it ({name}): it was not written for this input.", name=type(reason).__name__
    )
    written = _write(_account(reason), folder)
    hint = Message(
        "Report it with your input and what {written} says; nothing needs fixing by you.",
        written=written or "ogp-data --version",
    )
    return finding("internal-error", message, Place(file=written), hint)


def _account(reason: BaseException) -> str:
    """Return version, command and the calls that led to a fault."""
    command = shlex.join(["ogp-data", *sys.argv[1:]])
    run_by = f"Python {platform.python_version()} on {platform.platform()}"
    calls = "".join(traceback.format_exception(reason, limit=-20))
    return f"ogp-data {__version__}, {run_by}\n{command}\n\n{calls}"


def _write(account: str, folder: Path | None) -> str:
    """Write what is known of a fault, and return where; "" when no disk takes it."""
    with suppress(OSError):
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / FILE).write_text(account, encoding="utf-8", errors="backslashreplace")
            return str(folder / FILE)
        handle, path = tempfile.mkstemp(prefix="ogp-data-", suffix=f"-{FILE}")
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(account)
        return path
    return ""
