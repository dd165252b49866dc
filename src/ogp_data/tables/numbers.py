"""The numbers by which rows are named: each once, in order, without gaps, and those of the list that is referred to."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence

from ogp_data.core.columns import DatasetSpec
from ogp_data.core.findings import Place
from ogp_data.core.messages import Message
from ogp_data.tables.rows import Reading, Row

NUMBERED = re.compile(r"(?P<number>[1-9]\d{0,8})\.\s+")


def check_all_numbers(reading: Reading, specs: Sequence[DatasetSpec], rows: Mapping[str, list[Row]]) -> None:
    """Check the numbers that name the rows of a table or list, and that a table's are in the list it refers to."""
    for spec in specs:
        naming = (column for column in spec.column if column.key or column.references)
        column = next((column for column in naming if column.take == "number"), None)
        if column is None or not rows.get(spec.name):
            continue
        _check_numbers(reading, rows[spec.name], spec.name)
        if listed := rows.get(column.references):
            _check_same_numbers(reading, spec.name, rows[spec.name], column.references, listed)
        else:
            _check_gaps(reading, rows[spec.name], spec.name)


def _check_same_numbers(reading: Reading, name: str, rows: Sequence[Row], of: str, listed: Sequence[Row]) -> None:
    known, present = {row.number for row in listed}, {row.number for row in rows}
    for row in rows:
        if row.number and row.number not in known:
            message = Message("Number {number} is not in the list '{of}'.", number=row.number, of=of)
            reading.fault("unknown-number", message, reading.place(row.places[0], name, row=str(row.number)))
    for row in listed:
        if row.number not in present:
            message = Message(
                "Number {number} of the list '{of}' has no row in '{name}'.", number=row.number, of=of, name=name
            )
            reading.fault("missing-number", message, reading.place(row.places[0], of, row=str(row.number)))


def _check_numbers(reading: Reading, rows: Sequence[Row], name: str) -> None:
    """Report numbers that stand twice or out of order; where rows that follow each other repeat others, once."""
    first: dict[int, Row] = {}
    highest = 0
    numbered = [row for row in rows if row.number]
    # A table that is copied into itself would otherwise give an error for each of its rows.
    for again, run in itertools.groupby(numbered, lambda row: row is not first.setdefault(row.number, row)):
        if again:
            _report_twice(reading, list(run), first, name)
            continue
        for row in run:
            if row.number < highest:
                message = Message("Number {number} comes after {highest}.", number=row.number, highest=highest)
                reading.fault("number-out-of-order", message, _at_number(reading, row, name))
            highest = max(highest, row.number)


def _report_twice(reading: Reading, run: Sequence[Row], first: Mapping[int, Row], name: str) -> None:
    row, last = run[0], run[-1]
    message = Message(
        "Number {number} occurs more than once; first on {places}.",
        number=row.number,
        places=first[row.number].places[0],
    )
    if last is not row:
        more = Message(" So do those of the rows after it, down to {place}.", place=last.places[0])
        message = Message("{message}{more}", message=message, more=more)
    reading.fault("duplicate-number", message, _at_number(reading, row, name))


def _at_number(reading: Reading, row: Row, name: str) -> Place:
    return reading.place(row.places[0], name, row=str(row.number))


def _check_gaps(reading: Reading, rows: Sequence[Row], name: str) -> None:
    """Report numbers that are missing: they must be 1, 2, 3, ..."""
    last = {row.number: row.places[-1] for row in rows if row.number}
    # With 0 in front, a list that begins with 2 lacks its first number.
    for before, after in itertools.pairwise(sorted({0, *last})):
        if after - before > 1:
            missing = f"number {before + 1}" if after - before == 2 else f"number from {before + 1} to {after - 1}"
            at = last.get(before, rows[0].places[0])
            reading.fault("missing-number", Message("There is no {missing}.", missing=missing), reading.place(at, name))
