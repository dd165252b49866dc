"""Artefacts -> a folder and its manifest, all or nothing.

`dist/<id>` is a link to an edition: a folder in a store of the program's own, `dist/.<id>.editions`. A new edition is
laid beside the old one and the link is replaced in one step, so at every moment the name leads to a whole publication.
That holds after a power cut too: an edition is on the disk before the link changes, and the link before anything is
said or removed. The edition before stays until the next one has come that far, unless it has what is withdrawn.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import json
import os
import re
import shutil
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ogp_data.core.files import is_folder, mode, read_file
from ogp_data.core.messages import Message
from ogp_data.core.stage import MANIFEST, ROOT

MARK = ".ogp-data-editions"
"""A file in every store: only in a folder that has it is anything ever removed."""

MARKED = b"""The editions in this folder are kept by ogp-data: the one that is published, and the one before.
It removes the older ones, and nothing that it did not put here.
"""

_UNFIT = (errno.ENOENT, errno.ENOTDIR, errno.EINVAL, errno.ELOOP, errno.EFBIG)
"""What a disk says of a file that is not there, or that is none."""

_EDITION = re.compile(r"(\d+)-[0-9a-f]{16}")
_UNFINISHED = re.compile(_EDITION.pattern + r"\.(?:incoming|outgoing|link)")


class ForeignError(Exception):
    """Something stands in the way that this program did not make: `place` says where."""

    def __init__(self, message: str, place: Path) -> None:
        """Keep the reason in words, and the place."""
        super().__init__(message)
        self.place = place


@contextmanager
def building(build: Path, name: str) -> Iterator[Path]:
    """Yield the build folder of a publication, held so that two builds cannot disturb each other.

    Raises BlockingIOError when another build of the same publication is under way, ForeignError when the folder is
    not one of builds: a build begins by emptying it.
    """
    build.mkdir(parents=True, exist_ok=True)
    handle = _lock(build / f".{name}.lock", build / name)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield build / name
    finally:
        _let_go(handle)


def _lock(lock: Path, folder: Path) -> int:
    """Open the lock beside a build folder, which is its mark as well: a folder without it is somebody else's."""
    # NOFOLLOW: a link could make any other file the lock. NONBLOCK: opening a pipe would wait for whoever writes to it.
    flags = os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    try:
        return os.open(lock, flags)
    except FileNotFoundError:
        if mode(folder):
            kind = Message("folder") if is_folder(folder) else Message("file or link")
            message = Message("In the place of the build there is a {kind} that this program did not make.", kind=kind)
            raise ForeignError(message, folder) from None
        # Without O_EXCL, so that two first builds open the same file; flock then lets one of them in.
        return os.open(lock, flags | os.O_CREAT, 0o666)


def _let_go(handle: int) -> None:
    """Let go of a lock; what was done under it stays done, whatever the system says of that."""
    with suppress(OSError):
        os.close(handle)


def publish(staged: Path, dist: Path, name: str) -> bool:
    """Put the staged folder in the place of `dist/<name>`; return False when the same bytes stand there already.

    Either way what stands there then is on the disk. Raises OSError when the disk refuses and ForeignError when
    something stands in the way, with `dist/<name>` as it was.
    """
    store, link = store_of(dist, name), dist / name
    make_folders(store)
    with held(store):
        _mark(store)
        before = published(link, store)
        sync(dist)  # a killed build may have left a link that only the memory knows; now the disk knows it too
        with suppress(OSError):  # what cannot be cleared now, the next build clears
            _clear_unpublished(store, before)
        # Equal manifests mean equal bytes, since a manifest has every checksum. That the edition still holds those
        # bytes is checked all the same: somebody may have changed a file in it.
        if before and holds(before, hashlib.sha256(read_file(staged / MANIFEST)).hexdigest()):
            edition, changed = before, False
            sync_all(edition)  # it may have come here by a copy that nobody waited for
        else:
            edition, changed = _lay(staged, store), True
            _point(link, edition)
        with suppress(OSError):
            _clear_older(edition)
    return changed


# The store ----------------------------------------------------------------------------------------------


def store_of(dist: Path, name: str) -> Path:
    """Return where the editions of a name are kept; one that begins with a full stop is hidden itself."""
    return dist / f".{name.removeprefix('.')}.editions"


def make_folders(folder: Path) -> None:
    """Make a folder and those above it that are missing, for others to read, and on the disk."""
    if not folder.parent.exists():
        make_folders(folder.parent)
    try:
        folder.mkdir()
    except FileExistsError:
        return
    folder.chmod(0o755)
    sync(folder.parent)


@contextmanager
def held(store: Path) -> Iterator[None]:
    """Hold a store against other builds; the system lets go of it when the program ends, however it ends."""
    if not is_folder(store):
        raise ForeignError(Message("In the place of the editions there is something that is not a folder."), store)
    # The folder itself is locked, not a file in it: nothing may be written here before the mark was looked for.
    handle = os.open(store, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        _let_go(handle)


def _mark(store: Path) -> None:
    """Mark a new store as the program's own, or find the mark; ForeignError where others keep something."""
    mark = store / MARK
    content = read_file(mark) if stat.S_ISREG(mode(mark)) else None
    if content != MARKED:
        begun = content is not None and MARKED.startswith(content)  # a build was killed, or lost its power, just here
        if any(path.name != MARK or not begun for path in store.iterdir()):
            message = Message(
                "In the place of the editions there is a folder without this program's marker, {MARK}.", MARK=MARK
            )
            raise ForeignError(message, store)
        store.chmod(0o755)
        mark.write_bytes(MARKED)
        mark.chmod(0o644)
    sync(mark)  # also when it stood there: without it the next build would take the store for somebody else's
    sync(store)


def published(link: Path, store: Path) -> Path | None:
    """Return the edition that the name leads to, if any; ForeignError where it is no link into the store.

    Where one was withdrawn or has moved, the root has its page there: that is no edition, and may be replaced by one.
    """
    try:
        # Not Path.resolve, which takes a link that cannot be read for a file, and says nothing.
        edition = link.parent / link.readlink()
    except FileNotFoundError:
        return None
    except OSError as reason:
        if reason.errno != errno.EINVAL:
            raise
        message = Message("In the place of the publication there is something that this program did not make.")
        raise ForeignError(message, link) from None
    if edition == link.parent / ROOT / link.name:
        return None
    # Somebody may have made the link on purpose, for instance to another disk. We cannot tell, so it stays.
    if edition.parent != store or not _EDITION.fullmatch(edition.name):
        raise ForeignError(
            Message("In the place of the publication there is a link that this program did not make."), link
        )
    return edition


def editions(store: Path) -> list[Path]:
    """Return the editions of a store, the newest first; the number before the hyphen counts them."""
    found = [path for path in store.iterdir() if _EDITION.fullmatch(path.name) and is_folder(path)]
    return sorted(found, key=_number, reverse=True)


def _number(edition: Path) -> int:
    return int(edition.name.partition("-")[0])


def holds(edition: Path, sha256: str) -> bool:
    """Return whether an edition is whole, and has just the manifest of this checksum."""
    with suppress(OSError):
        return hashlib.sha256(read_file(edition / MANIFEST)).hexdigest() == sha256 and _is_whole(edition)
    return False


def _is_whole(folder: Path) -> bool:
    """Return whether a folder holds just the files of its manifest, byte for byte.

    Raises OSError where the disk does not say: what cannot be read just now is no reason to remove it.
    """
    try:
        wanted = _listed(folder)
        return files(folder) == {MANIFEST, *wanted} and all(
            hashlib.sha256(read_file(folder / path, sys.maxsize)).hexdigest() == sha256
            for path, sha256 in wanted.items()
        )
    except ValueError:
        return False
    except OSError as reason:
        if reason.errno in _UNFIT:
            return False
        raise


def _listed(folder: Path) -> dict[str, str]:
    """Return the files of a folder's manifest, path -> SHA-256; ValueError when it is none."""
    try:
        return {entry["path"]: entry["sha256"] for entry in json.loads(read_file(folder / MANIFEST))["files"]}
    except (KeyError, TypeError) as reason:
        raise ValueError(Message("no manifest")) from reason


def files(folder: Path) -> set[str]:
    """Return the paths of everything below a folder that is no folder."""
    return {path.relative_to(folder).as_posix() for path in _below(folder) if not is_folder(path)}


def _below(folder: Path) -> Iterator[Path]:
    """Yield everything below a folder, a folder after what is in it.

    Raises OSError where a folder cannot be read; pathlib's own walks pass over it, and so would a copy.
    """
    for path in sorted(folder.iterdir()):
        if is_folder(path):
            yield from _below(path)
        yield path


# Laying an edition --------------------------------------------------------------------------------------


def _lay(staged: Path, store: Path) -> Path:
    """Lay the staged folder in the store and return where; it gets its name only when it is whole and on the disk."""
    # What killed builds left behind counts too, or a new edition could get a name that is taken.
    taken = [int(number[1]) for path in store.iterdir() if (number := re.match(r"(\d+)-", path.name))]
    digest = hashlib.sha256((staged / MANIFEST).read_bytes()).hexdigest()[:16]
    edition = store / f"{max(taken, default=0) + 1}-{digest}"
    # In the store and not in a temporary folder, because a rename is one step only within a file system.
    incoming = edition.with_suffix(".incoming")
    try:
        _copy(staged, incoming)
        sync_all(incoming)
        incoming.rename(edition)
        sync(store)
    except OSError:
        for unfinished in (incoming, edition):
            shutil.rmtree(unfinished, ignore_errors=True)
        raise
    return edition


def _copy(staged: Path, target: Path) -> None:
    """Copy just the files of the manifest, for others to read, each as it was when it was checked."""
    for path, sha256 in {MANIFEST: "", **_listed(staged)}.items():
        # Read once: the bytes that are hashed are the bytes that are written, whatever happens to the file meanwhile.
        content = read_file(staged / path, sys.maxsize)
        if sha256 not in ("", hashlib.sha256(content).hexdigest()):
            raise OSError(
                errno.EIO, Message("A staged file is not what it was when it was checked"), str(staged / path)
            )
        _make_readable((target / path).parent, target)
        (target / path).write_bytes(content)
        # Set afterwards: a umask of 077, as cron jobs have it, would make files that the web server cannot read.
        (target / path).chmod(0o644)


def _make_readable(folder: Path, top: Path) -> None:
    """Make a folder at or below another, for others to read."""
    if not folder.exists():
        if folder != top:
            _make_readable(folder.parent, top)
        folder.mkdir()
        folder.chmod(0o755)


def sync_all(folder: Path) -> None:
    """Return when a folder and everything in it is on the disk, the name of the folder included."""
    # A file system may keep the names of files longer in memory than their bytes, or the bytes longer than the
    # names: ext4 does the second, XFS and btrfs may do both. Only what was synced itself is there for certain.
    for path in (*_below(folder), folder, folder.parent):
        sync(path)


def sync(path: Path) -> None:
    """Return when a file's bytes, or a folder's names, are on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as reason:
        if reason.errno != errno.EINVAL:  # some file systems of a network cannot be asked
            raise OSError(reason.errno, reason.strerror, str(path)) from None
    finally:
        os.close(handle)


def _point(link: Path, edition: Path) -> None:
    """Let the name lead to another edition, in one step and on the disk; where the disk refuses it leads back."""
    before = link.readlink() if link.is_symlink() else None
    _replace(link, edition)
    try:
        sync(link.parent)
    except OSError:
        with suppress(OSError):
            if before:
                point(link, before, edition.with_suffix(".link"))
            else:
                link.unlink()
            sync(link.parent)
        raise


def _replace(link: Path, edition: Path) -> None:
    point(link, edition.relative_to(link.parent), edition.with_suffix(".link"))


def point(link: Path, target: Path, fresh: Path) -> None:
    """Let a link lead to a target, in one step; `fresh` is a name in the same file system that nobody uses."""
    # A symlink cannot be changed in place, so a new one is renamed over it; rename(2) replaces in one step.
    fresh.symlink_to(target)
    fresh.replace(link)


# Clearing -----------------------------------------------------------------------------------------------


def _clear_unpublished(store: Path, published: Path | None) -> None:
    """Remove what killed builds left: what is unfinished, and editions that came after the published one."""
    for path in sorted(store.iterdir()):
        if _UNFINISHED.fullmatch(path.name):
            # The kind of file is checked as well as the name: somebody's own file may be called like one of ours.
            if path.suffix == ".link" and path.is_symlink():
                path.unlink()
            elif path.suffix != ".link" and is_folder(path):
                shutil.rmtree(path)
    if published:
        for edition in editions(store):
            if _number(edition) > _number(published):
                discard(edition)


def _clear_older(published: Path) -> None:
    """Remove all editions but the published one and the one before: another that is whole."""
    others = [edition for edition in editions(published.parent) if edition != published]
    # An edition with the same digest is the published one again, and nothing to go back to.
    different = (edition for edition in others if edition.name.partition("-")[2] != published.name.partition("-")[2])
    before = next(filter(_is_whole, different), None)
    for edition in others:
        if edition != before:
            discard(edition)


def discard(edition: Path) -> None:
    """Remove an edition, unless somebody has put something into it.

    It loses its name first, so that what a kill leaves of it is known as such.
    """
    try:
        listed = _listed(edition)
    except (OSError, ValueError):
        listed = {}
    if files(edition) <= {MANIFEST, *listed}:
        outgoing = edition.with_suffix(".outgoing")
        edition.rename(outgoing)
        shutil.rmtree(outgoing)
