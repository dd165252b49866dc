"""What this program is, to the byte: whatever it made is made again when that changes."""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from ogp_data.core import resources

_PACKAGE = Path(__file__).parents[1]


@cache
def digest() -> str:
    """Return a digest of the program: its code with its data, the libraries that it names, and Python.

    By what the files hold and not by their times, which a package manager sets as it likes.
    """
    folders = dict.fromkeys((_PACKAGE, resources.shapes()))
    files = (path for folder in folders for path in sorted(folder.rglob("*")) if path.suffix != ".pyc")
    code = (f"{path.name} {_sha256(path.read_bytes())}" for path in files if path.is_file())
    return of([sys.version, *code, *(f"{name} {_version(name)}" for name in _libraries())])


def of(parts: Iterable[str]) -> str:
    """Return a digest of texts, one after the other."""
    return _sha256("\0".join(parts).encode(errors="surrogatepass"))


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _libraries() -> Iterator[str]:
    with suppress(PackageNotFoundError):
        yield from sorted({re.split(r"[^\w.-]", one, maxsplit=1)[0] for one in requires("ogp-data") or ()})


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
