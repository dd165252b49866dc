"""What a disk refused -> the finding that says so, and what stands in the way."""

from __future__ import annotations

import errno
from pathlib import Path

from ogp_data.core.files import in_the_way
from ogp_data.core.findings import Finding, Place, finding
from ogp_data.core.messages import Message, reason
from ogp_data.package.store import ForeignError


def refused(name: str, fault: OSError | ForeignError, folder: Path) -> Finding:
    """Return the finding that a disk refused; not every refusal names its file, so `folder` says where it was."""
    if isinstance(fault, ForeignError):
        return finding("occupied-output", reason(fault), Place(file=str(fault.place)))
    if isinstance(fault, BlockingIOError):
        return finding(
            "build-running", Message("Another build of {name} is running.", name=name), Place(file=str(folder))
        )
    path = Path(fault.filename2 or fault.filename or folder)
    if blocked := _blocked(path, folder, fault):
        message = Message("In the place of a folder or file of the build there is {blocked}.", blocked=blocked[1])
        hint = Message(
            "Move it away, or name another folder with --dist or --build; what was published before is untouched."
        )
        return finding("unwritable-output", message, Place(file=str(blocked[0])), hint)
    return finding(
        "unwritable-output",
        Message("The disk refused: {strerror}.", strerror=fault.strerror or reason(fault)),
        Place(file=str(path)),
    )


def _blocked(path: Path, folder: Path, fault: OSError) -> tuple[Path, str] | None:
    """Return what the disk stumbled over, and what it is; not every refusal names the file that is to blame."""
    if fault.errno not in (errno.EEXIST, errno.ENOTDIR, errno.ENOENT, errno.ELOOP, errno.EISDIR):
        return None
    if path.is_symlink() and path.exists():
        return path, Message("a link")
    if path.is_dir() and fault.errno == errno.EISDIR:
        return path, Message("a folder")
    return in_the_way(path if fault.errno in (errno.EEXIST, errno.ELOOP) else path.parent) or in_the_way(folder)
