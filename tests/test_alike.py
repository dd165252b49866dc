"""Of findings that are alike the first are told, and the others counted: memory is bounded, and nothing is silent."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from ogp_data.checks.foreign import validate
from ogp_data.checks.reports import written
from ogp_data.checks.reports.telling import Telling
from ogp_data.core import bounds

HEAD = """
@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
<https://a.example.nl/catalog> a dcat:Catalog ; dcat:dataset _:b0 .
"""


def chain(folder: Path, count: int) -> str:
    """Write a catalogue of so many nameless datasets, each part of the one before; return its path."""
    file = folder / "catalog.ttl"
    each = (f'_:b{n} a dcat:Dataset ; dct:title "Set"@nl ; dct:hasPart _:b{n + 1} .' for n in range(count))
    file.write_text(HEAD + "\n".join(each), encoding="utf-8")
    return str(file)


def test_the_first_of_each_kind_are_told_and_a_note_counts_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounds, "ALIKE", 7)
    validation = validate(chain(tmp_path, 50))
    told = Counter((found.rule, found.place.property) for found in validation.findings)
    assert told["dcat-ap-nl-required", "dcat:theme"] == 7  # no dataset has one
    assert max(told.values()) == 7
    (note,) = validation.notes
    assert "43 of dcat-ap-nl-required, dcat:theme" in note
    assert validation.fails("error")
    data = json.loads(written(validation, "json", Telling("en")))
    assert data["notes"] == [str(note)]
    assert str(note) in written(validation, "text", Telling("en")).decode()


def test_where_there_are_fewer_all_are_told_and_no_note(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "ALIKE", 50)
    validation = validate(chain(tmp_path, 49))
    told = Counter((found.rule, found.place.property) for found in validation.findings)
    assert told["dcat-ap-nl-required", "dcat:theme"] == 49
    assert validation.notes == []


def test_a_chain_of_nameless_datasets_is_named_by_a_few_steps(tmp_path: Path) -> None:
    """Not by the whole way to each, which would grow with the square of the datasets."""
    names = [found.place.name for found in validate(chain(tmp_path, 2000)).findings]
    assert max(map(len, names)) < 400
