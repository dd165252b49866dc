"""Random small publications: no exception, every error with its place, what is sound holds together."""

from __future__ import annotations

from random import Random

from fuzz.small import kept, made, settled
from ogp_data.core.findings import errors


def test_no_declaration_and_no_document_ends_in_an_exception_and_enough_are_sound() -> None:
    rows = []
    for seed in range(160):
        kept(small := made(Random(seed)))
        result = kept(settled(small))
        if result.built and not errors(list(result.findings)):
            rows.append(sum(len(table.cells) for table in result.built.tables))
    assert len(rows) >= 15
    assert sum(rows) >= 200
