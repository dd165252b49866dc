"""The currencies that there are: the codes of ISO 4217, as Babel has them of Unicode's CLDR."""

from __future__ import annotations

from functools import cache

from ogp_data.core import near


@cache
def codes() -> frozenset[str]:
    """Return the codes of all currencies, those of the past too: documents have amounts in guilders."""
    from babel.numbers import list_currencies

    return frozenset(list_currencies())


@cache
def _today() -> list[str]:
    """Return the codes of the currencies with which somebody pays today."""
    from babel.core import get_global

    used = (entry for entries in get_global("territory_currencies").values() for entry in entries)
    return sorted({code for code, _, end, is_tender in used if is_tender and end is None})


def nearest(text: str) -> str:
    """Return the code of today that is most like a text, "" when none is."""
    return near.nearest(text, _today())
