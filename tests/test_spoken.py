"""A document in another language than declared is told, with how sure that is; a short one is not."""

from __future__ import annotations

import random

import pytest

from conftest import shared
from ogp_data.core.source import SourceFile
from ogp_data.declaration.drafting.language import _WORDS
from ogp_data.declaration.spoken import check_spoken
from ogp_data.documents import READERS
from ogp_data.documents.several import joined, numbered

NAMES = ["Arendia", "Borland", "Celsia", "archive", "budget", "contract", "portal", "register", "council", "data"]


def made(rng: random.Random, language: str, words: int) -> str:
    """Return a text of a language: a third of it are its small words, the others belong to none."""
    small = _WORDS[language].split()
    return " ".join(rng.choice(small if rng.random() < 0.35 else NAMES) for _ in range(words))


def told(text: str, declared: str) -> list[str]:
    file = SourceFile("a.md", text.encode())
    return [one.hint for one in check_spoken(READERS["markdown"].read(file), [file], declared)]


@pytest.mark.parametrize("spoken", sorted(_WORDS))
def test_a_text_is_told_where_another_language_is_declared(spoken: str) -> None:
    rng = random.Random(spoken)
    for _ in range(3):
        text = made(rng, spoken, rng.randint(120, 400))
        assert told(text, spoken) == []
        for declared in ("nl", "en", "fr", "da"):
            assert bool(told(text, declared)) == (declared != spoken), (declared, text)


def test_of_a_short_text_and_a_list_of_names_nothing_is_told() -> None:
    assert told(made(random.Random(1), "fr", 40), "en") == []
    assert told(" ".join(NAMES * 50), "nl") == []


def test_each_file_of_a_source_is_held_against_its_own_language() -> None:
    rng = random.Random(2)
    texts = {"a.md": ("fr", "fr"), "b.md": ("en", "fr"), "c.md": ("nl", "")}
    files = [
        SourceFile(name, made(rng, spoken, 200).encode(), number=number, kind="markdown", language=declared)
        for number, (name, (spoken, declared)) in enumerate(texts.items(), start=1)
    ]
    document = joined("source", [numbered(READERS["markdown"].read(file), file.number) for file in files])
    found = list(check_spoken(document, files, "nl"))
    assert [(one.rule, one.severity, one.place.file) for one in found] == [("another-language", "warning", "b.md")]
    assert '`language = "en"`' in found[0].hint


def test_no_file_of_the_samples_is_taken_for_one_of_another_language() -> None:
    folder = shared() / "samples" / "fr-nap1-2015-2017"
    for language in ("fr", "en"):
        paths = sorted((folder / language).rglob("*.md"))
        assert len(paths) > 40
        for path in paths:
            file = SourceFile(path.name, path.read_bytes())
            document = READERS["markdown"].read(file)
            assert list(check_spoken(document, [file], language)) == [], path
