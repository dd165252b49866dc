"""What rows show to be wrong with the source: what a conversion lost, and what is written in two ways."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ogp_data.core.columns import DatasetSpec
from ogp_data.core.messages import Message
from ogp_data.core.tables import Fault
from ogp_data.tables.kind import finder
from ogp_data.tables.rows import Draft, Reading, Row


def row_defects(
    reading: Reading,
    specs: Sequence[DatasetSpec],
    rows: Mapping[str, list[Row]],
    drafts: Mapping[str, list[Draft]],
) -> None:
    """Take up what is wrong with the source by what its rows show."""
    for spec in specs:
        for row, draft in zip(rows.get(spec.name, ()), drafts.get(spec.name, ()), strict=True):
            key = draft.cells[spec.key.name].value
            reading.faults.extend(_faults_of_row(spec, row, draft, key))


def _faults_of_row(spec: DatasetSpec, row: Row, draft: Draft, key: str) -> Iterator[Fault]:
    yield from finder(spec).defects(spec, row, key)
    for column in spec.column:
        if column.lost and not draft.cells[column.name].value:
            statement = Message("The colour that stood here was lost in conversion; the value is unknown.")
            yield Fault(column.lost, statement, row.places[0], spec.name, key, column.name)
    yield from _differing_titles(spec, draft, key)


def _differing_titles(spec: DatasetSpec, draft: Draft, key: str) -> Iterator[Fault]:
    """Yield a fault when the same title is written in two ways, here and in the dataset it is also taken from."""
    own = next((c for c in spec.column if c.take == "text"), None)
    for column in spec.column[:-1]:
        other = draft.cells[column.name]
        if own is None or not column.of or other.origin != "source" or other.value == draft.cells[own.name].value:
            continue
        statement = Message(
            "The title is written in two ways: “{value}” and “{value2}”.",
            value=draft.cells[own.name].value,
            value2=other.value,
        )
        yield Fault("title-differs", statement, draft.places[-1], spec.name, key, column.name, other.passage)
