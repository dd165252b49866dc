"""Spoilt documents of every kind, as `fuzz/spoilt_documents.py` makes them, are read or refused by a rule."""

from __future__ import annotations

import random

import pytest

from fuzz.spoilt_documents import read_spoilt, sound, spoilt_inside

SOUND = sound()


@pytest.mark.parametrize("kind", SOUND)
def test_a_spoilt_document_is_read_or_refused(kind: str) -> None:
    became = {read_spoilt(kind, spoilt_inside(random.Random(seed), SOUND[kind])) for seed in range(25)}
    assert became <= {"read", "damaged-file", "encrypted-file", "no-text-layer", "too-large"}
