"""Accept -> one of what is offered, by RFC 9110 section 12.5.1."""

from __future__ import annotations

import re
from collections.abc import Sequence

_QUALITY = re.compile(r"0?\.[0-9]{1,3}|0\.?|1(?:\.0{0,3})?")
"""A weight; `.2`, which clients made with old Java send, is taken too, as is `*` for any media type."""

_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*+"?')
"""A quoted string; one without an end goes on to the end, so that no header is read twice."""

_PART = re.compile(rf'(?:[^,"]|{_QUOTED.pattern})++')
"""A part of a list; a comma between quotes ends none."""


def choose(accept: str, offered: Sequence[str]) -> str | None:
    """Return the media type that the header likes best, of equals the one offered first; None when it takes none."""
    ranges = [_range(part) for part in _PART.findall(accept) if part.strip()] or [("*/*", 1.0)]
    # The index is negated so that max() takes the first of equals.
    weighed = [(_weight(media, ranges), -index, media) for index, media in enumerate(offered)]
    best = max(weighed, default=(0.0, 0, ""))
    return best[2] if best[0] > 0 else None


def _range(part: str) -> tuple[str, float]:
    media, *parameters = (piece.strip().lower() for piece in re.sub(_QUOTED, "", part).split(";"))
    media = "*/*" if media == "*" else media
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            # A weight that cannot be read is 0: a client that meant to refuse a form should not get it because of a
            # slip.
            return media, float(value) if _QUALITY.fullmatch(value.strip()) else 0.0
    return media, 1.0


def _weight(media: str, ranges: Sequence[tuple[str, float]]) -> float:
    whole = media.partition("/")[0] + "/*"
    # The most specific range counts, even with a lower weight: `text/*;q=0.9, text/html;q=0` refuses HTML.
    for name in (media, whole, "*/*"):
        found = [quality for known, quality in ranges if known == name]
        if found:
            return max(found)
    return 0.0
