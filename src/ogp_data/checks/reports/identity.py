"""Which finding of an earlier report a finding is: by rule, place, property and value, not by its words or its line."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from ogp_data.core.findings import Finding
from ogp_data.core.messages import Message


def identity(found: Finding) -> str:
    """Return what is the same for a finding in each report that has it, as 16 hexadecimal digits.

    Which file it is in does not count, since a pipeline may have it elsewhere, nor do numbers: "3 texts" may become 4.
    """
    place = found.place
    what = (place.iri, *quoted(place.name), place.table, place.row, place.column, place.key, place.property)
    values = list(quoted(found.message)) or list(quoted(found.hint))
    told = "\0".join([found.rule, *what, "", *values])
    return hashlib.sha256(told.encode(errors="backslashreplace")).hexdigest()[:16]


def quoted(told: object) -> Iterator[str]:
    """Yield the texts that a message quotes, whatever words stand around them."""
    if isinstance(told, Message):
        inner = [value for _, value in sorted(told.values.items())]
    else:
        inner = [*getattr(told, "parts", ())]
    for value in inner:
        if isinstance(value, str) and not isinstance(value, Message):
            yield value
        else:
            yield from quoted(value)
