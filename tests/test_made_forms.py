"""Made documents of a form, read by it and nothing else: the rows are those of which they were made."""

from __future__ import annotations

from random import Random

from form_help import facts, formed, lost
from made_forms import document, expected


def check(seed: int) -> None:
    """Hold the rows of a made document against what it was made of."""
    made = document(Random(seed))
    found = formed("ogp-self-assessment", "html", f"<!DOCTYPE html><html><body>{made.text}</body></html>")
    told = [one for one in found.told if one[0] != "label-not-found"]
    assert told == [], (seed, made.shape, made.text)
    for name, rows in expected(made.made).items():
        assert facts(found, name) == rows, (seed, made.shape, name, made.text)
    assert lost(found) == [], (seed, made.shape, made.text)


def test_made_documents_of_the_form_are_read_as_they_were_made() -> None:
    for seed in range(12):
        check(seed)
