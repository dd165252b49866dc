"""The tables of a snapshot with typed values, and what a question to them gives."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, cast

from ogp_data.core.collation import without_accents
from ogp_data.core.messages import Message
from ogp_data.core.records import from_csv
from ogp_data.service import cursors
from ogp_data.service.cursors import CursorError
from ogp_data.service.limits import BOUNDS
from ogp_data.service.snapshot import Snapshot
from ogp_data.types import TYPES
from ogp_data.types.base import Type
from ogp_data.types.rows import Value, cell

Values = tuple[Value, ...]
"""The values of a cell: none when it is empty, several when it is a list."""
Row = Mapping[str, Values]

CONTROLS = ("limit", "cursor", "sort", "fields", "q", "f")
"""Query keys that are no filters; a column of such a name cannot be filtered."""

LIMIT, LARGEST = 50, BOUNDS.page_rows
LONGEST = BOUNDS.search_characters
_QUOTES = '["“”„«»]'
_QUOTED = re.compile(f'{_QUOTES}([^"“”„«»]+){_QUOTES}')
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
    kept: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)
    """What was made of its rows to search them."""

    def column(self, name: str) -> Column | None:
        """Return a column by its name or its query key."""
        # Its name first: `a1` is a column, although the query key of `a_1` is the same.
        named = [column for column in self.columns if column.name == name]
        return next(iter([*named, *(column for column in self.columns if column.query_key == name)]), None)

    @property
    def filters(self) -> list[Column]:
        """Return the columns that a query key filters by: not one whose key is that of a control or another column."""
        keys = [(column, column.query_key) for column in self.columns]
        return [column for column, key in keys if key not in CONTROLS and self.column(key) is column]

    def key_of(self, row: Row) -> str:
        """Return the text of a row's key."""
        return row[self.key][0].text


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a table: columns and the values they may have, words, order, columns wanted, and which page."""

    filters: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    words: frozenset[str] = frozenset()
    order: tuple[tuple[str, bool], ...] = ()
    fields: tuple[str, ...] = ()
    limit: int | None = None
    cursor: str = ""

    @property
    def chosen(self) -> str:
        """Return what decides which rows the answer has in which order, as text."""
        filters = sorted((name, sorted(map(repr, values))) for name, values in self.filters.items())
        return repr((filters, sorted(self.words), self.order))


@dataclass(frozen=True, slots=True)
class Page:
    """Rows of an answer, how many that has in all, and the cursors of the pages before and after; "" for none."""

    rows: Sequence[Row]
    total: int
    before: str = ""
    after: str = ""


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
        # The API is described in English, as its columns are; the first text stands in where there is none in it.
        described.get("title:en", described["title"]),
        described.get("description:en", described["description"]),
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


def as_text(column: Column, values: Values) -> str:
    """Return the values of a cell as they stand in the CSV."""
    return (column.separator or column.kind.about.separator).join(one.text for one in values)


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
    limit = _number(controls, "limit", LARGEST, faults) if "limit" in controls else None
    words = _words(controls.get("q", ""), faults)
    order = tuple(_order(table, controls.get("sort"), faults))
    fields = tuple(dict.fromkeys(name for name, _ in _named(table, "fields", controls.get("fields"), faults)))
    if faults and controls.get("cursor"):  # else it is read with the rows
        faults.extend(_wrong_cursor(controls["cursor"]))
    wanted = {name: tuple(values) for name, values in filters.items()}
    return Question(wanted, words, order, fields, limit, controls.get("cursor", "")), faults


def _wrong_cursor(text: str) -> Iterator[Fault]:
    """Yield what is wrong with a cursor of a question that is wrong itself, so that nothing tells of which it is."""
    try:
        cursors.check(text)
    except CursorError as fault:
        yield Fault("cursor", fault.args[0])


def _words(text: str, faults: list[Fault]) -> frozenset[str]:
    """Return the words to be found, as they are compared; several in quotes are one."""
    if len(text) > LONGEST:
        faults.append(Fault("q", Message("It may have {most} characters.", most=LONGEST)))
        return frozenset()
    quoted, plain = _QUOTED.findall(text), _QUOTED.sub(" ", text)
    phrases = (" ".join(_folded(one).split()) for one in quoted)
    return frozenset({*phrases, *_folded(re.sub(_QUOTES, " ", plain)).split()} - {""})


def _folded(text: str) -> str:
    """Return a text as it is searched: in small letters without accents and signs that are not seen."""
    seen = "".join(one for one in text if unicodedata.category(one) != "Cf")
    return without_accents(seen).casefold().replace("’", "'")


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


def _number(controls: Mapping[str, str], name: str, most: int, faults: list[Fault]) -> int | None:
    text = controls[name]
    if NUMBER.fullmatch(text) and int(text) <= most:
        return int(text)
    faults.append(Fault(name, Message("{text!r} is not a whole number from 1 to {most}.", text=text[:100], most=most)))
    return None


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


def page_of(table: Table, question: Question, limit: int, publication: str = "") -> Page:
    """Return a page of what a question wants, with this many rows at most; CursorError when its cursor is wrong.

    A cursor holds for the table of one `publication`, for another may have rows of the same keys.
    """
    rows, chosen = select(table, question), f"{publication} {table.name} {question.chosen}"
    begin, end = 0, limit
    if question.cursor:
        cursor = cursors.read(question.cursor, chosen)
        at = cursors.find(cursor, [table.key_of(row) for row in rows])
        begin, end = (max(0, at - limit), at) if cursor.is_before else (at + 1, at + 1 + limit)
    shown = rows[begin:end]
    before = cursors.write(chosen, table.key_of(shown[0]), begin, is_before=True) if begin and shown else ""
    after = cursors.write(chosen, table.key_of(shown[-1]), end - 1) if shown and end < len(rows) else ""
    return Page(shown, len(rows), before, after)


def _searched(table: Table) -> Sequence[str]:
    """Return what words are looked for in, for each row of a table; made once."""
    if "searched" not in table.kept:
        table.kept["searched"] = [
            _folded("\n".join(value.text for values in row.values() for value in values)) for row in table.rows
        ]
    return cast(Sequence[str], table.kept["searched"])


def select(table: Table, question: Question) -> list[Row]:
    """Return all rows that a question wants, in its order; rows without a value come last."""
    rows: Sequence[Row] = table.rows
    if question.words:
        texts = zip(rows, _searched(table), strict=True)
        rows = [row for row, text in texts if all(word in text for word in question.words)]
    rows = [row for row in rows if all(_has(row[name], wanted) for name, wanted in question.filters.items())]
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
