"""`dist/` -> whether what was published there stands, so that nothing is made to find that it does."""

from __future__ import annotations

from pathlib import Path

from ogp_data.package.store import ForeignError, holds, published, store_of, sync, sync_all


def standing(dist: Path, name: str, sha256: str) -> Path | None:
    """Return the edition that a name leads to, where it is whole and has the manifest of a checksum; then it is on the
    disk. None where it is another, or none that this program made.
    """
    try:
        edition = published(dist / name, store_of(dist, name))
    except ForeignError:
        return None
    if edition is None or not holds(edition, sha256):
        return None
    sync_all(edition)
    sync(dist)
    return edition
