"""The tables of a snapshot with typed values, and what a question to them gives."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, cast

from ogp_data.core.messages import Message
from ogp_data.core.records import from_csv
from ogp_data.service.limits import BOUNDS
from ogp_data.service.snapshot import Snapshot
from ogp_data.types import TYPES
from ogp_data.types.base import Type
from ogp_data.types.rows import Value, cell

Values = tuple[Value, ...]
"""The values of a cell: none when it is empty, several when it is a list."""
Row = Mapping[str, Values]

CONTROLS = ("page", "pageSize", "sort", "fields")
"""Query keys that are no filters; a column of such a name cannot be filtered."""

PAGE_SIZE, LARGEST = 50, BOUNDS.page_rows
_DETAILS = ("currency", "currencyIn")
"""What a Data Package can say of a column beside what Table Schema has for it."""
NUMBER = re.compile(r"[1-9][0-9]{0,8}")


@dataclass(frozen=True, slots=True)
class Column:
    """A column as the Data Package describes it.

    `refers`: the table whose key its values are; `separator`: what stands between the values of a cell, if several do;
    `details`: what more is said of its type.
    """

    name: str
    type: str
    title: str
    description: str
    required: bool
    codes: tuple[str, ...]
    refers: str = ""
    separator: str = ""
    details: Mapping[str, str] = field(default_factory=dict)

    @property
    def kind(self) -> Type:
        """Return the type of its values; what the Data Package calls by no name that is known is text."""
        return TYPES.get(self.type) or TYPES["string"]

    @property
    def query_key(self) -> str:
        """Return the name in lower camelCase, as the API Design Rules want query keys."""
        first, *rest = self.name.split("_")
        return first + "".join(part.capitalize() for part in rest)


@dataclass(frozen=True, slots=True)
class Table:
    """A dataset: its names, texts, columns, key and rows. `slug` is its name in kebab-case."""

    name: str
    slug: str
    title: str
    description: str
    columns: tuple[Column, ...]
    key: str
    rows: Sequence[Row] = field(repr=False)
    by_key: Mapping[str, Row] = field(repr=False)

    def column(self, name: str) -> Column | None:
        """Return a column by its name or its query key."""
        return next((column for column in self.columns if name in (column.name, column.query_key)), None)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a table: columns and the values they may have, order, columns wanted, and which page."""

    filters: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    order: tuple[tuple[str, bool], ...] = ()
    fields: tuple[str, ...] = ()
    page: int = 1
    page_size: int = PAGE_SIZE


@dataclass(frozen=True, slots=True)
class Fault:
    """A parameter that is wrong, and why."""

    name: str
    detail: str


def tables_of(snapshot: Snapshot) -> Mapping[str, Table]:
    """Return the tables of a snapshot by slug, read once."""
    known = snapshot.kept.get("tables")
    if known is None:
        resources = cast(list[dict[str, Any]], snapshot.datapackage["resources"])
        slugs = [resource["name"].replace("_", "-") for resource in resources]
        # `a_b` and `a-b` may both be datasets; then each keeps its own name instead of sharing one address.
        named = [s if slugs.count(s) == 1 else r["name"] for s, r in zip(slugs, resources, strict=True)]
        known = {slug: _table(snapshot, resource, slug) for slug, resource in zip(named, resources, strict=True)}
        snapshot.kept["tables"] = known
    return cast(Mapping[str, Table], known)


def _table(snapshot: Snapshot, resource: Mapping[str, Any], slug: str) -> Table:
    schema = resource["schema"]
    # The last column is the row's own; before it may stand that of the publication, which is this one.
    refers = {key["fields"][-1]: key["reference"]["resource"] for key in schema.get("foreignKeys", ())}
    columns = tuple(_column(each, refers.get(each["name"], "")) for each in schema["fields"])
    key = schema["primaryKey"][-1]
    records = from_csv(snapshot.files[resource["path"]].content)
    kinds = [(column.name, column.kind, column.separator) for column in columns]
    rows = [{name: cell(kind, record[name], separator) for name, kind, separator in kinds} for record in records]
    # By the text of the key as it stands in the CSV, which is what addresses hold.
    by_key = {record[key]: row for record, row in zip(records, rows, strict=True)}
    return Table(resource["name"], slug, resource["title"], resource["description"], columns, key, rows, by_key)


def _column(described: Mapping[str, Any], refers: str) -> Column:
    limits = described.get("constraints", {})
    return Column(
        described["name"],
        described.get("columnType", described["type"]),
        # The API is described in Dutch, as the Design Rules want; the English text stands in for a missing one.
        described.get("title:nl", described["title"]),
        described.get("description:nl", described["description"]),
        bool(limits.get("required")),
        tuple(limits.get("enum", ())),
        refers,
        described.get("separator", ""),
        {name: described[name] for name in _DETAILS if name in described},
    )


def as_json(column: Column, values: Values) -> Any:
    """Return the values of a cell as JSON: null when it is empty, an array when it is a list."""
    found = [column.kind.json(one.value) for one in values]
    return found if column.separator and found else next(iter(found), None)


# Asking ---------------------------------------------------------------------------------------------------


def ask(table: Table, parameters: Sequence[tuple[str, str]]) -> tuple[Question, list[Fault]]:
    """Return what a query string asks of a table, and everything that is wrong with it."""
    faults: list[Fault] = []
    filters: dict[str, list[Any]] = {}
    controls: dict[str, str] = {}
    for name, text in parameters:
        column = table.column(name)
        # A control given twice is an error, for which of the two counts cannot be guessed; a filter given twice means
        # either.
        if name in CONTROLS:
            if name in controls:
                faults.append(Fault(name, Message("It is given more than once.")))
            controls[name] = text
        elif column is None:
            known = ", ".join((*CONTROLS, *(each.query_key for each in table.columns)))
            faults.append(Fault(name, Message("There is no such parameter. There are: {known}.", known=known)))
        else:
            filters.setdefault(column.name, []).extend(_wanted(column, name, text, faults))
    page = _number(controls, "page", 1, 10**9, faults)
    size = _number(controls, "pageSize", PAGE_SIZE, LARGEST, faults)
    order = tuple(_order(table, controls.get("sort"), faults))
    fields = tuple(dict.fromkeys(name for name, _ in _named(table, "fields", controls.get("fields"), faults)))
    return Question({name: tuple(values) for name, values in filters.items()}, order, fields, page, size), faults


def _wanted(column: Column, name: str, text: str, faults: list[Fault]) -> list[Any]:
    """Return the value that a filter names; an empty one stands for rows without a value."""
    try:
        value = column.kind.value(text) if text else None
    except ValueError:
        faults.append(
            Fault(name, Message("{text!r} is not a value of the type {type}.", text=text[:100], type=column.type))
        )
        return []
    if value is not None and column.codes and value not in column.codes:
        faults.append(
            Fault(name, Message("{text!r} is not one of {codes}.", text=text[:100], codes=", ".join(column.codes)))
        )
    return [value]


def _number(controls: Mapping[str, str], name: str, default: int, most: int, faults: list[Fault]) -> int:
    text = controls.get(name, str(default))
    if NUMBER.fullmatch(text) and int(text) <= most:
        return int(text)
    faults.append(Fault(name, Message("{text!r} is not a whole number from 1 to {most}.", text=text[:100], most=most)))
    return default


def _order(table: Table, text: str | None, faults: list[Fault]) -> list[tuple[str, bool]]:
    return _named(table, "sort", text, faults)


def _named(table: Table, name: str, text: str | None, faults: list[Fault]) -> list[tuple[str, bool]]:
    """Return the columns that a parameter names, and whether a minus stands before each (in `sort` only)."""
    found: list[tuple[str, bool]] = []
    for part in [] if text is None else text.split(","):
        descending = name == "sort" and part.startswith("-")
        column = table.column(part[descending:])
        if column is None:
            known = ", ".join(each.name for each in table.columns)
            faults.append(
                Fault(
                    name,
                    Message(
                        "There is no column {part!r}. There are: {known}.", part=part[descending:][:100], known=known
                    ),
                )
            )
        else:
            found.append((column.name, descending))
    return found


def select(table: Table, question: Question) -> list[Row]:
    """Return all rows that a question wants, in its order; rows without a value come last."""
    rows = [row for row in table.rows if all(_has(row[name], wanted) for name, wanted in question.filters.items())]
    # Sorting is stable, so the last column first gives the order by all of them. Rows without a value are kept apart
    # each time, since they come last in either direction.
    for name, descending in reversed(question.order):
        column = next(column for column in table.columns if column.name == name)
        known = sorted((row for row in rows if row[name]), key=partial(_rank, column), reverse=descending)
        rows = [*known, *(row for row in rows if not row[name])]
    return rows


def _has(values: Values, wanted: Sequence[Any]) -> bool:
    """Return whether a cell has one of the values wanted, be it one of several; None stands for an empty one."""
    return any(value.value in wanted for value in values) if values else None in wanted


def _rank(column: Column, row: Row) -> Any:
    """Return what a cell is ordered by: words and lists by the numbers in them, so that C2 comes before C10."""
    values = row[column.name]
    if not (column.separator or column.kind.about.words):
        return column.kind.rank(values[0].value)
    return [
        [(int(part) if part.isdecimal() else 0, part) for part in re.split(r"([0-9]+)", one.text)] for one in values
    ]
