"""The cells of a column -> the type that all of them are of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ogp_data.core.dates import read_date
from ogp_data.core.edtf import is_date
from ogp_data.core.text import url_fault
from ogp_data.types import currencies, numbers
from ogp_data.types.integer import FORM

_DIGITS = 15
"""A spreadsheet keeps no more digits of a number."""
_SIGNS = {"€": "EUR", "£": "GBP"}
_AMOUNT = re.compile(r"(?P<before>[€£]|[A-Z]{3})?\s*(?P<number>[-+]?\d.*?)\s*(?P<after>[€£]|[A-Z]{3})?")


def keys_of(cells: Sequence[str], language: str) -> dict[str, str]:
    """Return the type of a column, with its currency: `text` where a cell is no value of any other."""
    said = [cell for cell in cells if cell]
    if not said:
        return {"type": "text"}
    read = [cell if FORM.fullmatch(cell) else _number(cell, language) for cell in said]
    if all(read):
        is_kept = all(len(re.sub(r"\D", "", one)) <= _DIGITS for one in read)
        whole = "integer" if all(map(FORM.fullmatch, read)) else "decimal"
        return {"type": whole if is_kept else "text"}
    if currency := _currency(said, language):
        return {"type": "money", "currency": currency}
    dates = [read_date(cell, language).edtf for cell in said]
    if all(dates):
        return {"type": "date" if all(map(is_date, dates)) else "edtf"}
    is_address = all(re.fullmatch(r"https?://\S+", cell) and not url_fault(cell) for cell in said)
    return {"type": "url" if is_address else "text"}


def _number(cell: str, language: str) -> str:
    return numbers.read(cell, language).number if language else ""


def _currency(cells: Sequence[str], language: str) -> str:
    """Return the currency that stands beside the number in each cell; "" where one has another, or none."""
    found = [_AMOUNT.fullmatch(cell) for cell in cells]
    if not all(match and _number(match["number"], language) for match in found):
        return ""
    named = {match["before"] or match["after"] or "" for match in found if match}
    code = _SIGNS.get(label := named.pop(), label) if len(named) == 1 else ""
    return code if code in currencies.codes() else ""
