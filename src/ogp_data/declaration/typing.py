"""Whether the types that columns are declared to have are known; nothing else can be asked of a column before."""

from __future__ import annotations

from collections.abc import Iterator

from ogp_data.core.columns import written
from ogp_data.core.declared import Declaration
from ogp_data.core.findings import Finding, Place, finding
from ogp_data.core.messages import Message
from ogp_data.core.near import meant
from ogp_data.types import TYPES


def check_types(declaration: Declaration, name: str) -> Iterator[Finding]:
    """Yield the types that nothing is called, with what is called nearly so."""
    for number, spec in enumerate(declaration.dataset):
        for index, column in enumerate(spec.column):
            if column.type not in TYPES:
                message = Message("There is no type of column {type!r}.", type=column.type)
                place = Place(file=f"{name}/publication.toml", key=written(f"dataset[{number}].column[{index}].type"))
                yield finding("value-type", message, place, meant(column.type, list(TYPES.all())))
