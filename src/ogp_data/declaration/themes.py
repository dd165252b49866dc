"""The key `theme` -> the theme of the pages: one of the program, or a style sheet in the data folder."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from ogp_data.core import theme
from ogp_data.core.files import read_file
from ogp_data.core.findings import Finding, Place, finding
from ogp_data.core.frame import PARTS
from ogp_data.core.messages import Message, listed, reason
from ogp_data.core.theme import Theme


def theme_of(data: Path, said: str, place: Place, found: list[Finding]) -> Theme:
    """Return the theme that a key names; the neutral one, with a finding at its place, where that cannot be had."""
    if not said or said in theme.shipped():
        return theme.of_name(said or "neutral")
    path = _within(data, said)
    if path is None:
        names = listed(theme.shipped())
        message = Message("There is no theme {said!r}; there are {names}.", said=said, names=names)
        found.append(finding("unfit-theme", message, place))
        return Theme()
    try:
        made = theme.read(read_file(path).decode("utf-8"))
    except (OSError, ValueError) as fault:
        message = Message("The theme {said} cannot be read: {reason}", said=said, reason=reason(fault))
        found.append(finding("unfit-theme", message, place))
        return Theme()
    if made.sheet(PARTS) == Theme().sheet(PARTS):
        message = Message("The theme {said} gives no value to any token that the pages use.", said=said)
        found.append(finding("unfit-theme", message, place))
    return made


def _within(data: Path, said: str) -> Path | None:
    """Return the path of a style sheet in the data folder; None for what is no such path."""
    with suppress(ValueError, RuntimeError, OSError):  # a NUL in it; links in a circle; a name without end
        path = (data / said).resolve()
        return path if said.endswith(".css") and path.is_relative_to(data.resolve()) else None
    return None
