"""Each kind of dataset is one file: its keys, its rows, what they offer, what is checked of its declaration."""

from __future__ import annotations

from typing import Any

import pytest

from generate_declarations import SEQUENCE, Small, column, dataset, furniture, read


def told(find: Any) -> list[tuple[str, str, str]]:
    """Return rule, key and message of what is wrong with a declaration with this `find`."""
    found = read(Small("# Plan\n\nText.\n", [dataset("text", find, SEQUENCE, column("text", "text")), furniture()]))
    return [(one.rule, one.place.key, one.message) for one in found.findings]


@pytest.mark.parametrize(
    ("find", "rule", "key", "message"),
    [
        ({"kind": "quotes", "of": "text"}, "missing-key", "find.quote", "The key 'quote' is missing."),
        ({"kind": "quotes", "of": "text", "quote": [{"year": "x"}]}, "value-type", "find.quote[0].year", "integer"),
        ({"kind": "links", "of": "text"}, "unknown-key", "find.of", "There is no key 'of'."),
        ({"kind": "linkz"}, "value-type", "find.kind", "Input should be one of: headings, list, table, paragraphs"),
        ({"kind": 7}, "value-type", "find.kind", "it is 7"),
        ({"of": "text"}, "missing-key", "find.kind", "The key 'kind' is missing."),
        ("paragraphs", "value-type", "find", "it is 'paragraphs'"),
    ],
)
def test_a_wrong_key_of_find_is_told_of_the_kind_that_is_meant(find: Any, rule: str, key: str, message: str) -> None:
    found = [one for one in told(find) if one[0] == rule]
    assert [one[1] for one in found] == [f"dataset[0].{key}"]
    assert message in found[0][2]
