"""The labels of lines of front matter that columns take a value from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ogp_data.core.columns import DatasetSpec
from ogp_data.core.edtf import is_date
from ogp_data.core.messages import Message
from ogp_data.tables.rows import Reading, Row
from ogp_data.types import type_of


def check_labels(reading: Reading, specs: Sequence[DatasetSpec], rows: Mapping[str, list[Row]]) -> None:
    """Report labels that columns take a value from and the document does not have, and dates there that are none."""
    for index, spec in enumerate(specs):
        for at, column in enumerate(spec.column):
            if not column.where:
                continue
            named = [row for row in rows.get(column.of, ()) if row.text("label") == column.where]
            if not named:
                message = Message(
                    "The document has no line of front matter with the label {where!r}.", where=column.where
                )
                reading.dangling(message, f"dataset[{index}].column[{at}].where")
            elif type_of(column).about.datatype == "xsd:date" and "value" in named[0].offers:
                _check_day(reading, named[0], column.where)


def _check_day(reading: Reading, row: Row, label: str) -> None:
    """Report a line of front matter that must say a day and says something else."""
    value, written, at = row.text("value"), row.text("as_written"), row.places[0]
    told = any(found.rule == "invalid-date" and found.place.at == at for found in reading.findings)
    if not is_date(value) and not told:
        message = Message("{written!r} is not a calendar date.", written=written)
        reading.fault("invalid-date", message, reading.place(at, column=label), date_hint(written))


def date_hint(written: str) -> str:
    """Return how a line of front matter is given a date that can be read."""
    codes = f'codes = {{ "{written}" = "..." }}'
    return Message('Say what is meant under normalise in publication.toml: to = "codes", {codes}.', codes=codes)
