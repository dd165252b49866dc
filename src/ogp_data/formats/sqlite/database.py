"""The database itself: every statement executed in its order, in memory, the same bytes each time."""

from __future__ import annotations

import sqlite3

from ogp_data.core.publication import Publication
from ogp_data.core.source import SourceText
from ogp_data.formats.sqlite.about import columns, datasets, metadata
from ogp_data.formats.sqlite.lists import lists
from ogp_data.formats.sqlite.lookups import codelists, organisations, source_text
from ogp_data.formats.sqlite.plan import Plan, Tables
from ogp_data.formats.sqlite.rows import tables_of_rows
from ogp_data.formats.sqlite.views import views

_PAGE = 4096
_PARTS = (source_text, organisations, codelists, datasets, columns, tables_of_rows, lists, metadata)
"""What makes the tables, in the order in which they come in the file."""


def to_sqlite(publication: Publication, tables: Tables, source: SourceText) -> bytes:
    """Return a database of all tables, with keys, code lists, descriptions and views.

    The bytes are the same with the same SQLite; the version number that it writes into bytes 96 to 99 of a file on
    a disk stays 0, since the database is made in memory.
    Raises sqlite3.IntegrityError when a row breaks a key, a code list or a reference.
    """
    plan = Plan(publication, tables, source)
    database = sqlite3.connect(":memory:", isolation_level=None)
    try:
        for pragma in (f"page_size = {_PAGE}", "encoding = 'UTF-8'", "auto_vacuum = NONE", "foreign_keys = ON"):
            database.execute(f"PRAGMA {pragma}")
        database.execute("BEGIN")
        database.execute("PRAGMA defer_foreign_keys = ON")
        for part in _PARTS:
            for statement, rows in part(plan):
                database.execute(statement) if rows is None else database.executemany(statement, rows)
        for statement in views(plan):
            database.execute(statement)
        database.execute("COMMIT")
        database.execute("VACUUM")
        return database.serialize()
    finally:
        database.close()
