"""The order of words for readers."""

from __future__ import annotations

import random
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ogp_data.core.collation import order


@pytest.mark.parametrize(
    "words",
    [
        ["eau", "école", "Etat", "été", "être", "zèbre"],
        ["cote", "coté", "côte", "côté"],
        ["coeur", "cœur", "cohésion"],
        ["ijs", "ijverig", "ik", "ik-figuur"],
        ["a", "A", "à", "b"],
        ["C1", "C2", "C10", "C10-b"],
        ["reëel", "reeks", "reën"],
        ["à propos", "annexe", "avis"],
        ["Maße", "Masse 2", "Masse 10"],
        ["", "1", "2 a", "a"],
    ],
    ids=" ".join,
)
def test_words_stand_where_readers_look_for_them(words: list[str]) -> None:
    """The orders are those of dictionaries (ISO/IEC 14651), read off by hand."""
    shuffled = random.Random(7).sample(words, len(words))
    assert sorted(shuffled, key=order) == words


@given(st.text(), st.text())
@settings(max_examples=300)
def test_no_two_texts_share_a_place(one: str, other: str) -> None:
    assert (order(one) == order(other)) == (one == other)


@given(st.text(alphabet="aeiou", min_size=1))
def test_an_accent_moves_no_word_past_another_letter(word: str) -> None:
    accented = unicodedata.normalize("NFC", "".join(letter + "\u0301" for letter in word))
    assert order(word)[0] == order(accented)[0]
    assert order(word) < order(accented) < order(word + "a")
