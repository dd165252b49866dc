"""Statements of SQL: how names and texts are quoted, tables made and rows put in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Step = tuple[str, Iterable[Sequence[str | int | None]] | None]
"""A statement, and the rows to execute it for; None: execute it once."""


def quoted(name: str) -> str:
    """Return a name as SQL has it, whatever is in it."""
    return '"' + name.replace('"', '""') + '"'


def literal(value: str) -> str:
    """Return a text as SQL has it, whatever is in it."""
    return "'" + value.replace("'", "''") + "'"


def names(columns: Iterable[str]) -> str:
    """Return the names of columns as a list."""
    return ", ".join(map(quoted, columns))


def primary_key(columns: Iterable[str]) -> str:
    """Return the constraint by which columns together identify a row."""
    return f"PRIMARY KEY ({names(columns)})"


def foreign_key(columns: Iterable[str], table: str, others: Iterable[str]) -> str:
    """Return the constraint by which columns together name a row of a table; where one is empty, they name none."""
    return f"FOREIGN KEY ({names(columns)}) REFERENCES {quoted(table)} ({names(others)})"


def insert(table: str, width: int) -> str:
    """Return the statement that puts a row of so many columns into a table."""
    return f"INSERT INTO {quoted(table)} VALUES ({', '.join('?' * width)})"


def create(table: str, parts: Iterable[str]) -> str:
    """Return the statement that makes a table of columns and constraints."""
    body = ",\n  ".join(parts)
    return f"CREATE TABLE {quoted(table)} (\n  {body}\n)"
