"""What rows offer to columns, by how their dataset is found, and so where a column's values come from."""

from __future__ import annotations

from collections.abc import Mapping

from ogp_data.core.columns import Column, DatasetSpec
from ogp_data.core.words import Words
from ogp_data.tables.kind import ANYWHERE, ColumnOrigin, finder

ORIGINS: Mapping[ColumnOrigin, Words] = {
    "source": Words("woorden van het brondocument", "words of the source document"),
    "repeated": Words(
        "woorden van het brondocument die ook elders in de data staan",
        "words of the source document that also stand elsewhere in the data",
    ),
    "derived": Words(
        "afgeleid door de makers van de data uit wat het brondocument zegt",
        "derived by the makers of the data from what the source document says",
    ),
    "reference": Words(
        "een tabel van elders, niet het brondocument", "a table from elsewhere, not the source document"
    ),
    "generated": Words("toegekend bij het maken van de data", "assigned when the data was made"),
    "unknown": Words("onbekend; altijd leeg", "unknown; always empty"),
}


def origin(column: Column, spec: DatasetSpec, specs: Mapping[str, DatasetSpec]) -> ColumnOrigin:
    """Return where a column's values come from; `specs`: every dataset of the publication by name."""
    if column.take in ANYWHERE:
        return ANYWHERE[column.take]
    if column.take.startswith("reference:"):
        return "reference"
    taken_of = specs[column.of] if column.of in specs and column.take != "row" and not spec.find.base else spec
    return finder(taken_of).origin(column, specs)
