"""Spoilt documents of every kind, as `fuzz/spoilt_documents.py` makes them, are read or refused by a rule."""

from __future__ import annotations

import random

import pytest

from document_help import links, read, words
from fuzz.spoilt_documents import read_spoilt, sound, spoilt_inside

SOUND = sound()


@pytest.mark.parametrize("kind", SOUND)
def test_a_spoilt_document_is_read_or_refused(kind: str) -> None:
    became = {read_spoilt(kind, spoilt_inside(random.Random(seed), SOUND[kind])) for seed in range(25)}
    assert became <= {"read", "damaged-file", "encrypted-file", "no-text-layer", "too-large"}


@pytest.mark.parametrize("tag", ["div", "ul", "table", "tbody", "td"])
def test_what_lies_in_very_many_elements_is_read(tag: str) -> None:
    document = read("html", f"<p>before</p>{f'<{tag}>' * 240}deep")
    assert "deep" in " ".join(words(document))


def test_an_address_that_shows_nothing_is_none() -> None:
    assert links(read("html", '<p><a href="&shy;">a label</a></p>')) == []
