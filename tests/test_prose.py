"""Sentences of a text, and the one in which words stand; lines of markup as people read them."""

from __future__ import annotations

import random

import pytest

from ogp_data.core.text import fold
from ogp_data.site.lines import as_read
from ogp_data.site.prose import sentence_with, sentences


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It was done. All of it was.", ["It was done.", "All of it was."]),
        ("Published on 27 May d.d. 2021 in the journal.", ["Published on 27 May d.d. 2021 in the journal."]),
        ("He asked “why?” Nobody knew.", ["He asked “why?”", "Nobody knew."]),
        ("See e.g. The Hague. It is there.", ["See e.g. The Hague.", "It is there."]),
        ("The minister, J. Jansen, said so.", ["The minister, J. Jansen, said so."]),
        ("Klaar! Écrit en mai. 3 left", ["Klaar!", "Écrit en mai. 3 left"]),
        ("no end", ["no end"]),
        ("", []),
    ],
)
def test_a_text_is_read_in_sentences(text: str, found: list[str]) -> None:
    assert list(sentences(text)) == found


def test_words_stand_in_whole_sentences() -> None:
    text = "A long story. Due to a change, the work was put on hold. More in June."
    assert sentence_with(text, "was put on hold") == "Due to a change, the work was put on hold."
    assert sentence_with(text, "hold. More") == "Due to a change, the work was put on hold. More in June."
    assert sentence_with(text, "not there") == "not there"


def test_sentences_lose_no_word_of_a_text() -> None:
    chance, parts = random.Random(17), ("Open", "data", "nr.", "J.", "2021.", "why?", "“Done!”", "(zie", "kaart).", "…")
    for _ in range(3000):
        text = " ".join(chance.choices(parts, k=chance.randint(1, 20)))
        assert fold(" ".join(sentences(text))) == text
        at = chance.randrange(len(text))
        words = text[at : at + chance.randint(1, 30)].strip()
        assert words in sentence_with(text, words)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (
            '1. Title\t\t<p>See <a href="https://a.example">it &amp; that</a></p>\tWhy',
            "1. Title │  │  See it & that  │ Why",
        ),
        ("[Alliance](#) was [set up](https://b.example)", "Alliance was set up"),
        ("<b>Date</b>\tMay 26 2023", "Date │ May 26 2023"),
        ("2 < 3 and 5 > 4", "2 < 3 and 5 > 4"),
    ],
)
def test_a_line_of_markup_is_read_without_it(written: str, read: str) -> None:
    assert as_read(written) == read
