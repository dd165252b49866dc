"""How a reader says a date in EDTF (https://www.loc.gov/standards/datetime/); no library at hand says them in Dutch."""

from __future__ import annotations

from datetime import date

from ogp_data.core.edtf import Span, spans

_MONTHS = {
    "nl": (
        *("januari", "februari", "maart", "april", "mei", "juni"),
        *("juli", "augustus", "september", "oktober", "november", "december"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}
_PARTS = {
    "nl": {
        **{"21": "voorjaar", "22": "zomer", "23": "najaar", "24": "winter"},
        **{"33": "eerste kwartaal", "34": "tweede kwartaal", "35": "derde kwartaal", "36": "vierde kwartaal"},
        **{"40": "eerste helft", "41": "tweede helft"},
    },
    "en": {
        **{"21": "spring", "22": "summer", "23": "autumn", "24": "winter"},
        **{"33": "first quarter", "34": "second quarter", "35": "third quarter", "36": "fourth quarter"},
        **{"40": "first half", "41": "second half"},
    },
}
"""Parts of a year that are no months, as level 2 of EDTF numbers them."""


def span(edtf: str) -> tuple[date, date, bool]:
    """Return the first and last day that a date covers, and whether it is uncertain; an open end adds no day.

    Raises ValueError for what is not one of the forms that tables have.
    """
    # An open end is None: it may lie anywhere, so it does not stretch the drawing.
    known = [part for part in spans(edtf) if part]
    return min(part.first for part in known), max(part.last for part in known), any(part.doubt for part in known)


def spoken(edtf: str, language: str) -> str:
    """Return how a reader says a date in Dutch ("nl") or English; what is of another form stays as it is."""
    nl = language == "nl"
    try:
        found = spans(edtf)
    except ValueError:
        # A page shows what is in the table, even where it cannot be said in words.
        return edtf
    said = [_one(part, nl) for part in found if part]
    doubt = _doubt([part.doubt for part in found if part], nl)
    return _together(edtf, found, said, nl) + (f" ({doubt})" if doubt else "")


def _doubt(doubts: list[str], nl: bool) -> str:
    """Return what is uncertain of dates."""
    if set(doubts) == {"year"}:
        return "jaar onzeker" if nl else "year uncertain"
    return ("onzeker" if nl else "uncertain") if any(doubts) else ""


def _together(edtf: str, found: list[Span | None], said: list[str], nl: bool) -> str:
    """Return the dates of a set or a period as one phrase."""
    if edtf.startswith("{"):
        return f" {'en' if nl else 'and'} ".join([", ".join(said[:-1]), said[-1]] if len(said) > 1 else said)
    if found[-1] is None:
        return f"vanaf {said[0]}" if nl else f"from {said[0]} on"
    if found[0] is None:
        return f"tot en met {said[0]}" if nl else f"until {said[0]}"
    return f" {'tot en met' if nl else 'to'} ".join(said)


def _one(part: Span, nl: bool) -> str:
    if not part.part:
        return part.year
    if name := _PARTS["nl" if nl else "en"].get(part.part):
        return f"{name} {'van' if nl else 'of'} {part.year}"
    name = f"{_MONTHS['nl' if nl else 'en'][int(part.part) - 1]} {part.year}"
    return f"{part.day} {name}" if part.day else name
