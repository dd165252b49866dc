"""What rows offer to columns, by how their dataset is found, and so where a column's values come from."""

from __future__ import annotations

from collections.abc import Mapping

from ogp_data.core.columns import Column, DatasetSpec
from ogp_data.core.messages import Message
from ogp_data.tables.composed import is_template, lookup
from ogp_data.tables.kind import ANYWHERE, ColumnOrigin, finder

ORIGINS: Mapping[ColumnOrigin, Message] = {
    "source": Message("words of the source document"),
    "repeated": Message("words of the source document that are also elsewhere in the data"),
    "derived": Message("derived by the makers of the data from what the source document says"),
    "reference": Message("a table from elsewhere, not the source document"),
    "generated": Message("assigned when the data was made"),
    "unknown": Message("unknown; always empty"),
}


def origin(column: Column, spec: DatasetSpec, specs: Mapping[str, DatasetSpec]) -> ColumnOrigin:
    """Return where a column's values come from; `specs`: every dataset of the publication by name."""
    if is_template(column.take):
        return "generated"
    if found := lookup(column.take):
        return _of_looked_up(*found, spec, specs)
    if column.take in ANYWHERE:
        return ANYWHERE[column.take]
    if column.take.startswith("reference:"):
        return "reference"
    taken_of = specs[column.of] if column.of in specs and not spec.find.base else spec
    return finder(taken_of).origin(column, specs)


def _of_looked_up(refers: str, name: str, spec: DatasetSpec, specs: Mapping[str, DatasetSpec]) -> ColumnOrigin:
    """Return where the values of a column come from that is looked up; what the source says there is repeated here."""
    target = specs[next(column.references for column in spec.column if column.name == refers)]
    found = origin(next(column for column in target.column if column.name == name), target, specs)
    return "repeated" if found == "source" else found
