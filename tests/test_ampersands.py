"""Labels with & are those with the word for it, in either direction, and no others."""

from __future__ import annotations

import random

import pytest

from ogp_data.core.text import Fragment, Passage
from ogp_data.documents import Inline
from ogp_data.tables.records.labels import in_order, label_at

WORDS = ("and", "en", "et", "und", "y")


def _found(label: str, text: str) -> bool:
    """Return whether a text that stands for itself, such as a heading, is a label."""
    inline = Inline(Passage((Fragment(text, 0, len(text)),)))
    found = label_at(inline, in_order([label]), whole=True)
    return found is not None and found[1] == len(text)


@pytest.mark.parametrize(
    ("label", "text", "is_one"),
    [
        ("Context and aim", "Context & Aim", True),
        ("Context & aim", "Context and Aim:", True),
        ("Contexte et ambition", "CONTEXTE&AMBITION", True),
        ("Begin- en einddatum", "Begin- & einddatum", True),
        ("Ziele und Mittel", "Ziele & Mittel", True),
        ("Context & aim", "Context & aim", True),
        ("Context and aim", "Context, aim", False),
        ("Context and aim", "Context & aims", False),
        ("Context", "Context & aim", False),
    ],
)
def test_an_ampersand_in_a_label(label: str, text: str, is_one: bool) -> None:
    assert _found(label, text) is is_one


def misjudged(count: int) -> list[tuple[str, str]]:
    """Return labels and texts that are held for the same and are not, or the reverse, of so many made pairs."""
    rng, wrong = random.Random(15), []
    for _ in range(count):
        parts = ["".join(rng.choices("bcdfgé", k=rng.randint(2, 6))) for _ in range(rng.randint(2, 3))]
        joint = rng.choice(WORDS)
        spelt, short = (f" {one} ".join(parts) for one in (joint, "&"))
        label, text = rng.choice([(spelt, short), (short, spelt)])
        other = text.removesuffix(parts[-1]) + "xq"
        text, other = (rng.choice([one, one.upper(), one.title(), f"{one}:"]) for one in (text, other))
        if not _found(label, text) or _found(label, other):
            wrong.append((label, text))
    return wrong


def test_made_labels_with_an_ampersand() -> None:
    """Of 20,000 made pairs none was misjudged."""
    assert misjudged(1000) == []
