"""What of a declaration does not fit together is told with its key, before anything is made of it."""

from __future__ import annotations

import pytest

from generate_declarations import (
    SEQUENCE,
    Entry,
    Small,
    column,
    dataset,
    furniture,
    links,
    narrative,
    read,
    table,
)

CELLS = ("A\tB\nx\ty\n", ["A", "B"])


def told(declared: list[Entry]) -> list[tuple[str, str]]:
    """Return rule and key of each error of a declaration."""
    found = read(Small(f"# Plan\n\nText.\n\n{CELLS[0]}", declared)).findings
    return [(one.rule, one.place.key) for one in found if one.severity == "error"]


def with_column(**more: object) -> list[Entry]:
    """Return a sound declaration, but for one column of its table, the third."""
    one = column(**{"name": "b", "take": "cell", "heading": "B", **more})  # type: ignore[arg-type]
    return [table(CELLS[1], SEQUENCE, column("a", "cell", heading="A"), one), narrative(), furniture()]


def test_what_these_tests_change_is_sound() -> None:
    assert told(with_column()) == []


@pytest.mark.parametrize(
    ("more", "rule", "part"),
    [
        ({"codes": "progress"}, "value-type", "codes"),
        ({"kind": "places"}, "value-type", "type"),
        ({"take": "source_places", "kind": "text"}, "value-type", "type"),
        ({"language": "x y"}, "value-type", "language"),
        ({"iri": "{nobody}"}, "dangling-reference", "iri"),
        ({"iri": "https://example.net/a b"}, "invalid-address", "iri"),
        ({"iri": "https://[/{a}"}, "invalid-address", "iri"),
        ({"references": "narrative", "kind": "string"}, "value-type", "type"),
        ({"take": "url", "of": "links", "heading": ""}, "dangling-reference", "of"),
    ],
)
def test_a_column_that_does_not_fit_is_told_with_its_key(more: Entry, rule: str, part: str) -> None:
    declared = [*with_column(**more), links()]
    assert told(declared) == [(rule, f"dataset[0].column[2].{part}")]


def test_phrases_need_words_and_text_to_stand_in() -> None:
    said = column("derived_said", "phrase", "string", search=["source_places"], phrase=[{"words": " ", "value": "x"}])
    assert told([table(CELLS[1], SEQUENCE, said), narrative(), furniture()]) == [
        ("missing-key", "dataset[0].column[1].phrase[0].words"),
        ("dangling-reference", "dataset[0].column[1].search"),
    ]


def test_phrases_are_not_searched_in_rows_that_are_those_of_others() -> None:
    said = column("derived_said", "phrase", "string", of="again", search=["x"], phrase=[{"words": "x", "value": "x"}])
    again = dataset("again", {"kind": "rows", "of": "narrative"}, column("x", "sequence", "integer", key=True))
    declared = [table(CELLS[1], SEQUENCE, said), again, narrative(), furniture()]
    assert told(declared) == [("dangling-reference", "dataset[0].column[1].of")]


@pytest.mark.parametrize(
    ("find", "rule", "part"),
    [
        ({"kind": "table", "headings": []}, "value-type", "find.headings"),
        ({"kind": "table", "headings": ["A"]}, "value-type", "find.headings"),
        ({"kind": "list", "under": "Plan", "each": "parts"}, "value-type", "find.each"),
        ({"kind": "headings", "under": "Plan", "pattern": "a{99999999999}"}, "value-type", "find.pattern"),
        ({"kind": "quotes", "of": "narrative", "quote": []}, "missing-key", "find.quote"),
        (
            {"kind": "quotes", "of": "narrative", "quote": [{"description": "", "date_as_written": "x"}]},
            "missing-key",
            "find.quote[0].description",
        ),
    ],
)
def test_a_way_to_find_rows_that_cannot_be_is_told_with_its_key(find: Entry, rule: str, part: str) -> None:
    parts = dataset(
        "parts", {"kind": "headings", "under": "Plan", "pattern": "(?P<x>.+)"}, column("x", "group:x", key=True)
    )
    declared = [*with_column(), dataset("made", find, SEQUENCE), parts]
    assert told(declared)[0] == (rule, f"dataset[3].{part}")


def test_quotations_need_a_column_of_text() -> None:
    quote = {"description": "Text.", "date_as_written": "Text."}
    quotes = dataset("events", {"kind": "quotes", "of": "untold", "quote": [quote]}, SEQUENCE)
    untold = dataset("untold", {"kind": "paragraphs"}, SEQUENCE, column("section", "section"))
    assert told([quotes, untold]) == [("dangling-reference", "dataset[0].find.of")]


def test_the_places_of_a_row_are_not_its_key_and_rows_are_not_fewer_than_none() -> None:
    declared = table(CELLS[1], column("a", "cell", heading="A"), rows=-1)
    declared["column"][-1] = {**declared["column"][-1], "key": True}
    declared = {**declared, "find": {"kind": "table", "headings": CELLS[1]}, "rows": -1}
    assert told([declared, narrative(), furniture()]) == [
        ("value-type", "dataset[0].rows"),
        ("key-column", "dataset[0].column[1].key"),
    ]


def test_a_heading_that_stands_twice_is_no_name_of_a_column_but_its_number_is() -> None:
    twice = table(["A", "B", "A"], SEQUENCE, column("a", "cell", heading="A"), column("b", "cell", heading="3"))
    assert told([twice, narrative(), furniture()]) == [("duplicate-name", "dataset[0].column[1].heading")]
