"""What any document keeps: no exception, nothing lost, nothing doubled, and no word taken for markup in silence."""

from __future__ import annotations

import unicodedata
from collections import Counter
from random import Random

import pytest

from fuzz.converted import document
from ogp_data.core.source import SourceText
from ogp_data.core.text import Passage
from ogp_data.documents import Document
from ogp_data.documents.converted_text import read
from ogp_data.documents.looks import decoded, words_in


def passages(result: Document) -> list[Passage]:
    return [inline.passage for block in result.blocks for inline in (block.cells or (block.inline,))]


def check(text: str, words: list[str]) -> None:
    """Hold a reading against the text itself, without asking the reader how it came about."""
    result = read(SourceText.of("made.txt", text))
    homes = [span for passage in passages(result) for span in passage.spans]
    asides = [(aside.start, aside.end) for aside in result.asides]
    times = Counter(offset for start, end in [*homes, *asides] for offset in range(start, end))
    visible = [offset for offset, character in enumerate(text) if not character.isspace()]
    assert [offset for offset in visible if times[offset] != 1] == []
    told = " ".join(words_in(text[a.start : a.end], a.reason) or "" for a in result.asides)
    assert [a for a in result.asides if words_in(text[a.start : a.end], a.reason) is None] == []
    anchors = [anchor for block in result.blocks for i in (block.inline, *block.cells) for anchor in i.anchors]
    said = " ".join(passage.text for passage in passages(result))
    everything = " ".join((said, told, *(anchor.target.text for anchor in anchors), *map(str, result.findings)))
    everything = unicodedata.normalize("NFD", everything)
    assert [word for word in words if word not in everything] == []
    left = letters(decoded(text))
    for start, end in asides:
        left.subtract(letters(decoded(text[start:end])))
    assert +left == letters(said)


def letters(text: str) -> Counter[str]:
    return Counter("".join(unicodedata.normalize("NFKD", text).replace("\u2212", "-").split()))


@pytest.mark.parametrize("tens", range(10))
def test_no_word_of_a_made_document_vanishes(tens: int) -> None:
    for seed in range(tens * 40, tens * 40 + 40):
        text, words = document(Random(seed))
        try:
            check(text, words)
        except Exception as reason:
            reason.add_note(f"seed {seed}: {text!r}")
            raise
