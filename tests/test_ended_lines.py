"""Where the lines of a cell of a PDF end because a paragraph does, whatever room its writer's program saw in it."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

import pytest

from ogp_data.documents.joining import ends_sentence
from ogp_data.documents.pdf.letters import Letter, Line
from ogp_data.documents.pdf.wrapping import InCell, Wrapping

SIZE, LETTER = 11.0, 5.0
SAID = "the council of our small town meets in May and publishes what it decided on open data until 2015"
WORDS = SAID.split()


def line(text: str, top: float, spaced: bool) -> Line:
    """Return a line of letters that are equally wide."""
    return Line(
        [
            Letter(sign, at * LETTER, top, (at + 1) * LETTER, top + SIZE, SIZE, False, False)
            for at, sign in enumerate(text + " " * spaced)
        ]
    )


def sentence(chance: random.Random) -> list[str]:
    words = chance.choices(WORDS, k=chance.randint(4, 60))
    return [words[0].capitalize(), *words[1:-1], words[-1] + chance.choice(".?!;:")]


def lines(words: Sequence[str], room: float) -> Iterator[str]:
    """Yield the lines of a paragraph as a program sets them: a word goes to the next when it has no room."""
    held: list[str] = []
    for word in words:
        if held and len(" ".join([*held, word])) * LETTER > room:
            yield " ".join(held)
            held = []
        held.append(word)
    yield " ".join(held)


def wrongly(chance: random.Random) -> tuple[list[str], list[str]]:
    """Return the lines of a made cell that are wrongly said to end a paragraph, and those that wrongly are not."""
    width, narrower, spaced = chance.uniform(150, 420), chance.uniform(0, SIZE - 1), chance.random() < 0.5
    paragraphs = [list(lines(sentence(chance), width - narrower)) for _ in range(chance.randint(1, 5))]
    said = [one for paragraph in paragraphs for one in paragraph]
    true = {sum(map(len, paragraphs[: n + 1])) - 1 for n in range(len(paragraphs) - 1)}
    cell = InCell([line(one, n * 14.0, spaced) for n, one in enumerate(said)], 0, width)
    ended = Wrapping.of([cell], []).wraps(cell).ended
    # Where the next word had no room, nobody can see that a paragraph ended.
    seen = {at for at in true if len(f"{said[at]} {said[at + 1].split()[0]}") * LETTER < width}
    return [said[at] for at in ended - true], [said[at] for at in seen - ended]


def test_a_line_that_had_no_more_room_ends_no_paragraph_and_one_that_had_does() -> None:
    chance = random.Random(8)
    assert [found for found in (wrongly(chance) for _ in range(400)) if found != ([], [])] == []


@pytest.mark.parametrize(
    ("before", "after", "ends"),
    [
        ("It was done.", "The rest was not.", True),
        ("the President’s 2015", "budget", False),
        ("held by the", "Ministry", False),
        ("e.g.", "schools", False),
        ("said “why?”", "Nobody", True),
        ("open data;", "open schools", True),
        ("公開した。", "次に", True),
    ],
)
def test_what_a_sentence_ends_with(before: str, after: str, ends: bool) -> None:
    assert ends_sentence(before, after) == ends
