"""What is over all publications -> the top of `dist/`, whole or not at all.

The names at the top lie in one folder with those of the publications, so no one link can be replaced for all of them.
They are links that never change, each through `dist/.root` to what it is called there: `index.html` leads to
`.root/index.html`, `all` to `.root/all`. Only `.root` is a link to an edition, and that one is replaced in one step.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from ogp_data.core.files import is_folder
from ogp_data.core.messages import Message
from ogp_data.core.stage import ROOT
from ogp_data.package.standing import standing
from ogp_data.package.store import (
    ForeignError,
    discard,
    editions,
    held,
    make_folders,
    point,
    publish,
    store_of,
    sync,
)


def publish_root(staged: Path, dist: Path, gone: Collection[str] = ()) -> bool:
    """Put what is staged at the top of `dist/`; return False when all of it stands there already.

    `gone` are the ids of publications in whose place something is staged: their editions are removed. Raises OSError
    when the disk refuses, and ForeignError when something else stands where a name would; then all is as it was.
    """
    make_folders(dist)
    wanted = sorted(path.name for path in staged.iterdir())
    for name in wanted:
        _check(dist, name, gone)
    missing = [name for name in wanted if not os.path.lexists(dist / name)]
    try:
        for name in missing:  # until the root is replaced such a link leads nowhere: there is no such address yet
            (dist / name).symlink_to(_target(name))
        changed = publish(staged, dist, ROOT)
    except OSError:
        with suppress(OSError):
            _remove(_dangling(dist))
        raise
    replaced = [name for name in wanted if not is_of_root(dist / name)]
    for name in replaced:
        _replace(dist, name)
    dropped = [link for link in _links(dist) if link.name not in wanted]
    _remove(dropped)
    sync(dist)
    for name in gone:
        _forget(store_of(dist, name))
    return bool(changed or missing or replaced or dropped)


def stands(dist: Path, sha256: str, gone: Collection[str] = ()) -> bool:
    """Return whether the root whose manifest has a checksum stands at the top of `dist/` with all that it has to.

    Then each of its files is there as it was written, each name at the top leads to it and no other does, of what is
    gone nothing is left, and all of it is on the disk. Raises OSError when the disk does not say.
    """
    edition = standing(dist, ROOT, sha256)
    if edition is None or {link.name for link in _links(dist)} != {path.name for path in edition.iterdir()}:
        return False
    return not any(_has_editions(store_of(dist, name)) for name in gone)


def _has_editions(store: Path) -> bool:
    return is_folder(store) and bool(editions(store))


def is_of_root(entry: Path) -> bool:
    """Return whether an entry of `dist/` is one of the root, and no publication."""
    return _leads(entry) == _target(entry.name)


def published_ids(dist: Path) -> list[str]:
    """Return the names in `dist/` that are links into a store of editions of their own; none without such a folder."""
    names = sorted(entry.name for entry in dist.iterdir()) if dist.is_dir() else []
    return [name for name in names if name != ROOT and _is_published(dist, name)]


def _target(name: str) -> Path:
    return Path(ROOT, name)


def _leads(link: Path) -> Path | None:
    """Return where a link leads, as it says itself; None for what is none."""
    with suppress(OSError):
        return link.readlink()
    return None


def _check(dist: Path, name: str, gone: Collection[str]) -> None:
    """Raise ForeignError where something stands in the place of a name that is not the root's, nor gone."""
    if not os.path.lexists(dist / name) or is_of_root(dist / name) or (name in gone and _is_published(dist, name)):
        return
    message = Message("In the place of what is over all publications there is something else.")
    raise ForeignError(message, dist / name)


def _is_published(dist: Path, name: str) -> bool:
    target = _leads(dist / name)
    return target is not None and target.parent == store_of(Path(), name)


def _links(dist: Path) -> Iterator[Path]:
    return (entry for entry in sorted(dist.iterdir()) if is_of_root(entry))


def _dangling(dist: Path) -> list[Path]:
    return [link for link in _links(dist) if not link.exists()]


def _remove(links: Iterable[Path]) -> None:
    for link in links:
        link.unlink()


def _replace(dist: Path, name: str) -> None:
    """Let the name of a publication that is gone lead to the root."""
    fresh = store_of(dist, ROOT) / "0-0000000000000000.link"
    fresh.unlink(missing_ok=True)  # a killed run may have left it
    point(dist / name, _target(name), fresh)


def _forget(store: Path) -> None:
    """Remove the editions of a publication that is gone; what somebody else put there stays."""
    if store.is_dir() and not store.is_symlink():
        with held(store):
            for edition in editions(store):
                discard(edition)
