"""What the rows of a dataset amount to: counted once, where they are written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from ogp_data.core.columns import DatasetSpec
from ogp_data.core.publication import Publication
from ogp_data.core.records import Record


@dataclass(frozen=True, slots=True)
class Statistics:
    """Counts of rows, cells, cells with a value, rows with source lines, triples, and faults of the source.

    `faults` is None where the publication does not tell them. `first` is the key of the first row, `columns` are the
    columns that have a value.
    """

    rows: int
    cells: int
    filled: int
    traced: int
    triples: int
    faults: int | None = None
    first: str = ""
    columns: tuple[str, ...] = ()


def measure(
    spec: DatasetSpec, records: Sequence[Record], triples: Collection[object], faults: Mapping[str, int] | None
) -> Statistics:
    """Return the statistics of a dataset; `triples` are those of its file, `faults` those of every dataset."""
    filled = {column.name: sum(1 for record in records if record[column.name]) for column in spec.column}
    return Statistics(
        rows=len(records),
        cells=len(records) * len(spec.column),
        filled=sum(filled.values()),
        # The last column is always that of the places; a check of the declaration holds it there.
        traced=filled[spec.column[-1].name],
        # A set, since two columns with one property and value give a statement twice, and a graph has it once.
        triples=len(set(triples)),
        faults=None if faults is None else faults.get(spec.name, 0),
        first=records[0][spec.key.name] if records else "",
        columns=tuple(name for name, count in filled.items() if count),
    )


def total(measured: Iterable[Statistics], faults: Mapping[str, int] | None) -> Statistics:
    """Return the statistics of all datasets together; faults outside the tables count, too."""
    parts = list(measured)
    return Statistics(
        rows=sum(part.rows for part in parts),
        cells=sum(part.cells for part in parts),
        filled=sum(part.filled for part in parts),
        traced=sum(part.traced for part in parts),
        triples=sum(part.triples for part in parts),  # a row's triples are in one dataset only
        faults=None if faults is None else sum(faults.values()),
    )


def faults_by_dataset(publication: Publication, records: Mapping[str, Sequence[Record]]) -> Counter[str] | None:
    """Return how many faults of the source lie in each dataset ("": in none of them); None when that is not told."""
    for spec in publication.declaration.dataset:
        column = next((column.name for column in spec.column if column.take == "dataset"), "")
        if spec.find.lists == "defects" and column:
            return Counter(record[column] for record in records[spec.name])
    return None
