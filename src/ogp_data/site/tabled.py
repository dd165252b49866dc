"""A table as a publication hands it over -> which part it plays and what its columns are, by class and property.

Never by name: a publication may call its datasets and columns as it likes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ogp_data.collection.handed import Table
from ogp_data.collection.published import Published
from ogp_data.core.records import Record
from ogp_data.core.vocab import DCT

_TITLE = str(DCT.title)


def local_name(iri: str) -> str:
    """Return the name of a class or property within its vocabulary, whose address differs between publications."""
    return re.split("[#/]", iri)[-1]


def of_class(published: Published, name: str) -> Table | None:
    """Return the dataset of a class of the vocabulary that others refer to, or else the first of that class."""
    own = [table for table in published.tables if local_name(table.type) == name]
    referred = {column.references for table in published.tables for column in table.columns}
    return next((table for table in own if table.name in referred), own[0] if own else None)


def key_of(table: Table) -> str:
    """Return the column that tells the rows of a dataset apart."""
    return next((column.name for column in table.columns if column.key), table.columns[0].name)


def title_in(table: Table, row: Record) -> str:
    """Return the title of a row; "" where the dataset has none."""
    return next((row[column.name] for column in table.columns if column.rdf == _TITLE), "")


def saying(table: Table, name: str, row: Record) -> str:
    """Return what a row says of itself by a property of the vocabulary; "" where the dataset has no such column."""
    return next((row[column.name] for column in table.columns if local_name(column.rdf) == name), "")


def reference(table: Table, target: Table) -> str:
    """Return the column whose values are keys of another dataset; "" for none."""
    return next((column.name for column in table.columns if column.references == target.name), "")


def titles(published: Published) -> Mapping[str, str]:
    """Return the title of each commitment of a publication by its key."""
    table = of_class(published, "Commitment")
    return {row[key_of(table)]: title_in(table, row) for row in published.rows(table.name)} if table else {}
