"""Accept, Accept-Language, Accept-Encoding -> one of what is offered, by RFC 9110 section 12.5: one parser for all."""

from __future__ import annotations

import re
from collections.abc import Sequence

_QUALITY = re.compile(r"0?\.[0-9]{1,3}|0\.?|1(?:\.0{0,3})?")
"""A weight; `.2`, which clients made with old Java send, is taken too, as is `*` for any media type."""

_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*+"?')
"""A quoted string; one without an end goes on to the end, so that no header is read twice."""

_PART = re.compile(rf'(?:[^,"]|{_QUOTED.pattern})++')
"""A part of a list; a comma between quotes ends none."""


def weights(header: str) -> list[tuple[str, float]]:
    """Return what a header of the kind of Accept lists, in small letters, each with its weight."""
    return [_weighed(part) for part in _PART.findall(header) if part.strip()]


def choose(accept: str, offered: Sequence[str]) -> str | None:
    """Return the media type that the header likes best, of equals the one offered first; None when it takes none."""
    ranges = [("*/*" if name == "*" else name, weight) for name, weight in weights(accept)] or [("*/*", 1.0)]
    # The index is negated so that max() takes the first of equals.
    best = max(((_liked(media, ranges), -index, media) for index, media in enumerate(offered)), default=(0.0, 0, ""))
    return best[2] if best[0] > 0 else None


def choose_language(accept_language: str, offered: Sequence[str]) -> str:
    """Return the language that the header likes best, else the one offered first; `nl-BE` counts as `nl`."""
    known = [(name.partition("-")[0], weight) for name, weight in weights(accept_language)]
    liked = [(_most(known, language, "*"), -index) for index, language in enumerate(offered)]
    return offered[-max(liked)[1]]


def accepts_gzip(accept_encoding: str) -> bool:
    """Return whether gzip is wanted at least as much as no coding."""
    known = weights(accept_encoding)
    gzip = _most(known, "gzip", "x-gzip", "*")
    return gzip > 0 and gzip >= _most(known, "identity")


def _weighed(part: str) -> tuple[str, float]:
    name, *parameters = (piece.strip().lower() for piece in re.sub(_QUOTED, "", part).split(";"))
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip() == "q":
            # A weight that cannot be read is 0: a client that meant to refuse a form should not get it because of a
            # slip.
            return name, float(value) if _QUALITY.fullmatch(value.strip()) else 0.0
    return name, 1.0


def _liked(media: str, ranges: Sequence[tuple[str, float]]) -> float:
    # The most specific range counts, even with a lower weight: `text/*;q=0.9, text/html;q=0` refuses HTML.
    return _most(ranges, media, media.partition("/")[0] + "/*", "*/*")


def _most(known: Sequence[tuple[str, float]], *names: str) -> float:
    """Return the weight of the first of some names that is there at all, its highest; 0 for none."""
    found = ([weight for other, weight in known if other == name] for name in names)
    return next((max(weighed) for weighed in found if weighed), 0.0)
