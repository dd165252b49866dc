"""A store -> the store without editions that have what is published no longer."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from ogp_data.core.files import read_file
from ogp_data.core.messages import Message
from ogp_data.package.store import ForeignError, discard, editions, files, held, published, store_of

IsWithdrawn = Callable[[str, bytes], bool]
"""Says of a file, by its path in an edition and its bytes, whether it has what is published no longer."""


def withdraw(dist: Path, name: str, is_withdrawn: IsWithdrawn) -> list[Path]:
    """Remove every kept edition that has a withdrawn file, and return which; what is published now stays.

    Raises OSError when the disk refuses, and ForeignError where somebody has put files into such an edition: whose
    they are is not known, so whoever did it must remove it.
    """
    store, removed = store_of(dist, name), list[Path]()
    with held(store):
        now = published(dist / name, store)
        for edition in editions(store):
            if edition != now and _has(edition, is_withdrawn):
                discard(edition)
                if edition.exists():
                    message = Message(
                        "Somebody has put files into a kept edition that has what is published no longer."
                    )
                    raise ForeignError(message, edition)
                removed.append(edition)
    return removed


def _has(edition: Path, is_withdrawn: IsWithdrawn) -> bool:
    return any(is_withdrawn(path, read_file(edition / path, sys.maxsize)) for path in sorted(files(edition)))
