"""The numbers by which rows are named: each once, in order, without gaps, and those of the list that is referred to."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence

from ogp_data.core.columns import Column, DatasetSpec
from ogp_data.core.findings import Place
from ogp_data.core.messages import Message, sentences
from ogp_data.tables.composed import filled, variables
from ogp_data.tables.rows import Reading, Row

NUMBERED = re.compile(r"(?P<number>[1-9]\d{0,8})\.\s+")
"""The number of an item of a list."""

_NUMBERS = ("number", "group:number", "unique_key")
"""What columns call the number of a row."""

_COUNT = r"0*[1-9]\d{0,8}"
_LETTERS = r"[A-Za-z]{1,3}[-.]?"
_PARTS = r"0*[1-9]\d{0,2}(?:-\d{1,3})+"
"""A number in parts with hyphens, as in 5-2; no part is as long as a year."""
_WORD = r"(?P<word>[^\W\d_]{4,20}[ \u00a0])"
"""What people call the thing that they number: `Action 4`."""
_PRINTED = rf"(?:{_LETTERS})?{_COUNT}(?:\.\d{{1,9}})*"
_ALONE = re.compile(rf"(?P<number>{_PRINTED}|{_PARTS})[.:)]?")
_BRACKETED = re.compile(rf"\((?P<number>(?:{_LETTERS})?0*[1-9]\d{{0,2}}(?:\.\d{{1,3}})*|{_PARTS})\)(?:\s+|\Z)")
_CALLED = re.compile(rf"{_WORD}(?P<number>\d{{1,3}}(?:\.\d{{1,3}})*|{_PARTS})(?:\Z|[.:)]?\Z|[.:)]\s+|\s+[-–—]\s+)")
_MARKED = re.compile(rf"(?P<number>{_PRINTED}|{_PARTS})(?:[.:)]\s+|\s+[-–—]\s+(?!\d))")
_BARE = re.compile(rf"(?P<number>{_LETTERS}{_COUNT}(?:\.\d{{1,9}})*|{_COUNT}(?:\.\d{{1,9}})+|{_PARTS})\s+(?![a-z])")


def mark(text: str) -> re.Match[str] | None:
    """Return the number with which a text begins and what stands behind it, up to the rest: `7. `, `C1: `, `1.10 `.

    With letters, or in parts, a number needs no full stop; but where the text goes on in small letters it is an amount
    or a name, as in `1.5 million` and `A4 paper`. A text may be the number alone; a word may stand before it, as in
    `Action 4: `, and brackets around it.
    """
    whole = _ALONE.fullmatch(text)
    return whole or next(filter(None, (one.match(text) for one in (_MARKED, _BARE, _BRACKETED, _CALLED))), None)


def bare(number: str) -> str:
    """Return a number without the letters that only some texts write before it: 7 for C7."""
    return re.sub(rf"\A{_LETTERS}(?=\d)", "", number)


def is_named(spec: DatasetSpec) -> bool:
    """Return whether the rows of a dataset are named, or those of another, by the number that stands with them."""
    return _naming(spec) is not None


def _naming(spec: DatasetSpec) -> Column | None:
    naming = (column for column in spec.column if column.key or column.references)
    return next((column for column in naming if takes_number(column)), None)


def takes_number(column: Column) -> bool:
    """Return whether a column takes the number of a row, alone or in a template."""
    return not {column.take, *variables(column.take)}.isdisjoint(_NUMBERS)


def check_all_numbers(reading: Reading, specs: Sequence[DatasetSpec], rows: Mapping[str, list[Row]]) -> None:
    """Check the numbers that name the rows of a table or list, and that a table's are in the list it refers to.

    Where a template puts something else beside the number, the numbers begin again with each of these.
    """
    _check_joins(reading, specs, rows)
    known = {spec.name: spec for spec in specs}
    # A row in pieces says its number once.
    rows = {name: [row for row in found if row.text("piece") in ("", "1")] for name, found in rows.items()}
    for spec in specs:
        column = _naming(spec)
        if column is None or not rows.get(spec.name):
            continue
        if not column.key:
            # What only refers by its number may say it of several rows, and of some that are listed of none.
            if listed := rows.get(column.references):
                _check_known_numbers(reading, spec, column, rows[spec.name], known[column.references], listed)
            continue
        series = list(_series(spec, column, rows[spec.name]))
        for run in series:
            _check_numbers(reading, run, spec.name, column)
        if listed := rows.get(column.references):
            _check_same_numbers(reading, spec, column, rows[spec.name], known[column.references], listed)
        else:
            for run in series:
                _check_gaps(reading, run, spec.name)


def _check_joins(reading: Reading, specs: Sequence[DatasetSpec], rows: Mapping[str, list[Row]]) -> None:
    """Report datasets of which a value is taken by a number that several of their rows have."""
    wanted = {column.of for spec in specs for column in spec.column if column.of and _is_by_number(spec, column)}
    wanted |= {spec.name for spec in specs for column in spec.column if column.take.startswith("reference:")}
    for name in sorted(wanted & rows.keys()):
        first: dict[str, Row] = {}
        twice = (row for row in rows[name] if row.number and first.setdefault(row.number, row) is not row)
        if _restarts(next(spec for spec in specs if spec.name == name)) and (row := next(twice, None)):
            message = Message(
                "Number {number} stands with several rows of '{name}', so that nothing can be taken by it.",
                number=row.number,
                name=name,
            )
            hint = Message("Let a column refer to the row by its key, and take COLUMN.COLUMN.")
            reading.fault("duplicate-number", message, _at_number(reading, row, name), hint)


def _is_by_number(spec: DatasetSpec, column: Column) -> bool:
    return not (column.where or spec.find.base or column.take in ("phrase", "row"))


def _restarts(spec: DatasetSpec) -> bool:
    """Return whether numbers may stand twice: where they may not, that is reported on its own."""
    column = _naming(spec)
    return column is None or not column.key or len(variables(column.take)) > 1


def _series(spec: DatasetSpec, column: Column, rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Yield the rows whose numbers go on: those that have the same of all else that a template names."""
    takes = {other.name: other.take for other in spec.column if not other.of}
    beside = [name for name in variables(column.take) if name not in _NUMBERS]
    beside += ["parent"] if column.take == "unique_key" and any(_printed(row) != row.number for row in rows) else []
    found: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        said = tuple(row.text(name if name in row.offers else takes.get(name, "")) for name in beside)
        found.setdefault(said, []).append(row)
    yield from found.values()


def _printed(row: Row) -> str:
    """Return the number of a row without that of the heading above, behind which it may begin again."""
    return row.text("number") or row.number


def _check_known_numbers(
    reading: Reading, spec: DatasetSpec, column: Column, rows: Sequence[Row], of: DatasetSpec, listed: Sequence[Row]
) -> set[str]:
    """Report numbers that no listed row has, as far as both make keys of them, and return those that rows have."""
    known, present = {_named(of.key, row) for row in listed}, set[str]()
    for row in rows:
        present.add(_named(column, row))
        if row.number and _named(column, row) not in known:
            message = Message("Number {number} is not in the list '{of}'.", number=row.number, of=of.name)
            reading.fault("unknown-number", message, reading.place(row.places[0], spec.name, row=row.number))
    return present


def _check_same_numbers(
    reading: Reading, spec: DatasetSpec, column: Column, rows: Sequence[Row], of: DatasetSpec, listed: Sequence[Row]
) -> None:
    present = _check_known_numbers(reading, spec, column, rows, of, listed)
    for row in listed:
        if _named(of.key, row) not in present:
            message = Message(
                "Number {number} of the list '{of}' has no row in '{name}'.",
                number=row.number,
                of=of.name,
                name=spec.name,
            )
            reading.fault("missing-number", message, reading.place(row.places[0], of.name, row=row.number))


def _named(column: Column, row: Row) -> str:
    """Return what a column makes of the number of a row: where a template adds a letter, C1 and 1 are one."""
    names = variables(column.take)
    if len(names) != 1 or names[0] not in _NUMBERS:
        return row.number
    return filled(column.take, {names[0]: row.number})


def _counts(row: Row) -> tuple[int, ...]:
    """Return a number as printed as what it is ordered by: 1.10 comes behind 1.9."""
    return tuple(map(int, re.findall(r"\d+", row.number)))


def _lettered(row: Row) -> tuple[str, ...]:
    """Return the letters after which a number begins again: A of A3, II of II.4; none of 3a, where they go on."""
    return tuple(letters.casefold() for letters in re.findall(r"[^\W\d_]+(?=[\W_]*\d)", row.number))


def by_number(rows: Sequence[Row]) -> list[Row]:
    """Return the rows of several files by their numbers, as the files stand in the order of their names alone.

    Rows stay as they are where numbers do not count them all, or do not go up in a file.
    """
    files: dict[int, list[tuple[int, ...]]] = {}
    for row in rows:
        files.setdefault(row.places[0].file if row.places else 0, []).append(_counts(row))
    counted = [number for found in files.values() for number in found]
    goes_up = all(found == sorted(found) for found in files.values())
    is_sure = all(counted) and len({*counted}) == len(counted) and not any(map(_lettered, rows))
    return sorted(rows, key=_counts) if goes_up and is_sure else list(rows)


def _check_numbers(reading: Reading, rows: Sequence[Row], name: str, column: Column) -> None:
    """Report numbers that stand twice or out of order; where rows that follow each other repeat others, once."""
    first: dict[str, Row] = {}
    before: dict[tuple[str, ...], Row] = {}
    numbered = [row for row in rows if row.number]
    # A table that is copied into itself would otherwise give an error for each of its rows.
    for again, run in itertools.groupby(numbered, lambda row: row is not first.setdefault(row.number, row)):
        if again:
            _report_twice(reading, list(run), first, name, column)
            continue
        for row in run:
            if not _counts(row):  # such as IV, of which no order is known here
                continue
            # The files of a source stand in the order of their names, whatever numbers these begin with.
            run_of = (str(row.places[0].file), *_lettered(row))
            last = before.get(run_of, row)
            before[run_of] = row
            if _counts(row) < _counts(last):
                message = Message("Number {number} comes after {last}.", number=row.number, last=last.number)
                hint = _restarting(row, last) or _as_they_are(column)
                reading.fault("number-out-of-order", message, _at_number(reading, row, name), hint)


def _report_twice(reading: Reading, run: Sequence[Row], first: Mapping[str, Row], name: str, column: Column) -> None:
    row, last = run[0], run[-1]
    message = Message(
        "Number {number} occurs more than once; first on {places}.",
        number=row.number,
        places=reading.first_at(first[row.number].places[0], row.places[0]),
    )
    if last is not row:
        more = Message(" So do those of the rows after it, down to {place}.", place=last.places[0])
        message = Message("{message}{more}", message=message, more=more)
    hint = _restarting(row, first[row.number]) or _as_they_are(column)
    reading.fault("duplicate-number", message, _at_number(reading, row, name), hint)


def _restarting(row: Row, before: Row) -> str:
    """Return how to say that numbers begin again, where a row stands under another heading than one before it."""
    return _HOW_IT_RESTARTS if row.text("parent") != before.text("parent") else ""


_HOW_IT_RESTARTS = Message(
    'If the numbers begin again below each heading, let the key be made of both: take = "T{parent}-C{number}".'
)
_COUNT_BESIDE = Message(
    "If the numbers are meant as they stand, let a column of your own be the key:"
    ' with key = true, type = "integer" and take = "sequence".'
)


def _as_they_are(key: Column) -> str:
    """Return what makes rows a key of their own, so that their numbers may stand as they do.

    Others refer to the rows by their key, so the column stays the key, unless it has to say which row of another
    dataset it means.
    """
    wrong = Message("Record the line in corrections.toml if the number is wrong.")
    if key.references:
        return sentences(wrong, _COUNT_BESIDE)
    counted = Message(
        "If the numbers are meant as they stand, let '{key}', the key, count the rows: take = \"sequence\".",
        key=key.name,
    )
    return sentences(wrong, counted)


def _at_number(reading: Reading, row: Row, name: str) -> Place:
    return reading.place(row.places[0], name, row=row.number)


def _check_gaps(reading: Reading, rows: Sequence[Row], name: str) -> None:
    """Report numbers that are missing: they must be 1, 2, 3, ... unless they have names of their own: C7, 1.2, IV."""
    counted = [row for row in rows if row.number]
    if not all(_printed(row).isdecimal() for row in counted):
        return
    last = {int(_printed(row)): row.places[-1] for row in counted}
    # With 0 in front, a list that begins with 2 lacks its first number.
    for before, after in itertools.pairwise(sorted({0, *last})):
        if after - before > 1:
            missing = (
                Message("number {before}", before=before + 1)
                if after - before == 2
                else Message("number from {before} to {after}", before=before + 1, after=after - 1)
            )
            at = last.get(before, rows[0].places[0])
            reading.fault("missing-number", Message("There is no {missing}.", missing=missing), reading.place(at, name))
