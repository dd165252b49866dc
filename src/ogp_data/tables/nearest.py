"""A dataset that finds nothing: an error, and what of the document came nearest to what it looks for."""

from __future__ import annotations

from collections.abc import Collection

from ogp_data.core.findings import errors
from ogp_data.tables.kind import finder
from ogp_data.tables.rows import Search


def check_found(search: Search, empty: Collection[str]) -> None:
    """Report datasets without rows that must have some, but for those of which something is reported already."""
    reading = search.reading
    faults = errors(reading.findings)
    told = {found.place.table for found in faults}
    for index, spec in enumerate(reading.declaration.dataset):
        here = f"dataset[{index}].find"
        if any(found.place.key.startswith(f"{here}.") for found in faults):
            told.add(spec.name)
        find = finder(spec)
        is_due = spec.name in empty and spec.rows != 0 and not (find.may_be_empty or spec.optional)
        if not is_due or {spec.name, find.parent or spec.name} & told:
            continue
        told.add(spec.name)
        reading.nothing_found(spec.name, here, next(find.nearest(search.placed), ""))
