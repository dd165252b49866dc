"""What rows offer to columns, by how their dataset is found, and so where a column's values come from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args, get_type_hints

from ogp_data.core.columns import Column, DatasetSpec
from ogp_data.core.finds import Faults, Furniture, Headings, Links, ListItems, Paragraphs, Quotes, Rows, TableRows
from ogp_data.core.words import Words

ColumnOrigin = Literal["source", "repeated", "derived", "reference", "generated", "unknown"]
"""Where a column's values come from; `ORIGINS` says what each means."""

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

OFFERS: dict[type, dict[str, ColumnOrigin]] = {
    Headings: {"position": "generated"},
    ListItems: {"number": "source", "parent": "source", "text": "source"},
    TableRows: {"cell": "source", "number": "source", "section": "repeated"},
    Paragraphs: {"section": "repeated", "text": "source"},
    Furniture: {
        "as_written": "source",
        "kind": "generated",
        "label": "source",
        "level": "source",
        "value": "derived",
    },
    Links: {
        "column": "generated",
        "dataset": "generated",
        "label": "repeated",
        "link": "generated",
        "row": "generated",
        "url": "source",
        "url_status": "generated",
    },
    Quotes: {
        "date": "derived",
        "date_as_written": "repeated",
        "date_earliest": "derived",
        "date_latest": "derived",
        "description": "repeated",
        "phase": "repeated",
    },
    Faults: {
        "as_written": "repeated",
        "column": "generated",
        "dataset": "generated",
        "kind": "generated",
        "row": "generated",
        "statement": "generated",
        "status": "generated",
    },
    Rows: {"count": "derived"},
}
"""What a column can `take` of a row, and where that comes from; `group:NAME`, `reference:COLUMN` and, of the kind
`rows`, the names of the other dataset's columns come on top."""

ANYWHERE: dict[str, ColumnOrigin] = {
    "sequence": "generated",
    "phrase": "derived",
    "quote": "derived",
    "quote_places": "derived",
    "unknown": "unknown",
    "source_places": "generated",
}
"""What a column can take whatever the rows are."""

KINDS = {kind.__name__: get_args(get_type_hints(kind)["kind"])[0] for kind in OFFERS}
"""Class -> `kind` of every way to find a dataset."""


def origin(column: Column, spec: DatasetSpec, specs: Mapping[str, DatasetSpec]) -> ColumnOrigin:
    """Return where a column's values come from; `specs`: every dataset of the publication by name."""
    if column.take in ANYWHERE:
        return ANYWHERE[column.take]
    if column.take.startswith("reference:"):
        return "reference"
    if isinstance(spec.find, Rows):
        return _joined_origin(column, specs.get(column.of or spec.find.of), specs)
    if column.take.startswith("group:"):
        return "source"
    find = specs[column.of].find if column.of in specs and column.take != "row" else spec.find
    return OFFERS[type(find)].get(column.take, "source")


def _joined_origin(column: Column, target: DatasetSpec | None, specs: Mapping[str, DatasetSpec]) -> ColumnOrigin:
    """Return the origin of the column that is repeated; what the source says there is repeated here."""
    if column.take in OFFERS[Rows]:
        return OFFERS[Rows][column.take]
    original = next((c for c in target.column if c.name == column.take), None) if target else None
    found = origin(original, target, specs) if original and target else "source"
    return "repeated" if found == "source" else found
