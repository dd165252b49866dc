"""Install what a lock file names, and say how far it is: pip alone is silent for minutes where there is no terminal.

.venv/bin/python tools/install.py requirements.lock [--editable .]
"""

from __future__ import annotations

import compileall
import os
import re
import subprocess
import sys
import sysconfig
import tempfile
import time
from pathlib import Path
from typing import IO

PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--progress-bar", "off")
PACKAGES = Path(sysconfig.get_path("purelib"))
PINNED = re.compile(r"^([A-Za-z0-9][^\s=;]*)==", re.M)
FETCHED = re.compile(r"^(?:Collecting|Processing|Requirement already satisfied:) (?:\S*/)?([A-Za-z0-9]\w*)", re.M)
UNPACKING = re.compile(r"^Installing collected packages: (.*)", re.M)


def main(lock: str, *others: str) -> int:
    """Install the packages of a lock file, then `others` as pip names them; return pip's exit code."""
    number = len(PINNED.findall(Path(lock).read_text(encoding="utf-8")))
    say(f"installing the {number} packages of {lock} into {sys.prefix} (once)\n")
    # pip would compile one file after another; this way every processor does.
    if code := pip(number, "--no-compile", "--require-hashes", "-r", lock):
        return code
    say(f"compiling {number} packages")
    compileall.compile_dir(PACKAGES, quiet=2, workers=0)
    if others and (code := pip(1, "--no-deps", "--no-build-isolation", *others)):
        return code
    say(f"installed: {lock}\n")
    return 0


def pip(number: int, *arguments: str) -> int:
    """Let pip install, tell every second how far it is, and what it said when it fails; return its exit code."""
    before = unpacked()
    with tempfile.TemporaryFile() as log, subprocess.Popen((*PIP, *arguments), stdout=log, stderr=log) as process:
        told = ""
        while process.poll() is None:
            now = progress(said(log), number, unpacked() - before)
            if now != told:
                say(now)
            told = now
            time.sleep(1)
        if process.returncode:
            say(f"pip failed\n{said(log)}\n")
    return process.returncode


def progress(log: str, number: int, unpacked: int) -> str:
    """Return how far pip is by what it printed, and by how many packages it has unpacked since it began."""
    if waiting := UNPACKING.search(log):
        return f"unpacking: {unpacked} of {waiting[1].count(',') + 1} packages"
    fetched = FETCHED.findall(log)
    return f"fetching: {len(fetched)} of {number} packages, {fetched[-1]}" if fetched else "fetching"


def unpacked() -> int:
    """Return how many packages lie in the environment."""
    return len(list(PACKAGES.glob("*.dist-info")))


def said(log: IO[bytes]) -> str:
    """Return what a process wrote into a file so far; its place in the file, which is also ours, does not move."""
    return os.pread(log.fileno(), os.fstat(log.fileno()).st_size, 0).decode(errors="replace")


def say(text: str) -> None:
    """Print a line, which the next takes the place of on a terminal."""
    if sys.stdout.isatty():
        print(f"\r\x1b[K{text}", end="", flush=True)
    else:
        print(text.removesuffix("\n"), flush=True)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
