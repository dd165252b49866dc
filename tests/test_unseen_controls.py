"""Control characters that show nothing: the text is as it is without them, and each is told with its place."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

import pytest

from ogp_data.core.source import SourceFile, SourceText
from ogp_data.documents import READERS, Document, read
from ogp_data.documents.repairs import Repair

UNSEEN = [chr(code) for code in (*range(0x01, 0x08), *range(0x10, 0x18), 0x19, 0x7F)]
WORDS = ("Toegang", "tot", "de", "actie", "één", "loket", "plan", "Open")


def markdown(texts: Sequence[str]) -> str:
    one, two, three, *rest = texts
    cells = "".join(f"| {one} | {text} |\n" for text in rest)
    return (
        f"# {one}\n\n**{two}** {three}\n\n- {two}\n- [{three}](https://example.org/a)\n\n| a | b |\n|---|---|\n{cells}"
    )


def html(texts: Sequence[str]) -> str:
    one, two, three, *rest = texts
    cells = "".join(f"<tr><td>{one}</td><td>{text}</td></tr>" for text in rest)
    return f"<html><body><h1>{one}</h1><p><b>{two}</b> {three}</p><table>{cells}</table></body></html>"


def converted(texts: Sequence[str]) -> str:
    one, two, three, *rest = texts
    rows = "".join(f"{one}\t{text}\n" for text in rest)
    return f"# {one}\n\n{two} <b>{three}</b>\n\n1. {three}\n2. {two}\n\n{rows}"


def csv(texts: Sequence[str]) -> str:
    return "a,b\n" + "".join(f'"{one}",{one}\n' for one in texts)


KINDS: dict[str, Callable[[Sequence[str]], str]] = {
    "markdown": markdown,
    "html": html,
    "converted-text": converted,
    "csv": csv,
}


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process for each document is no matter of these tests."""
    monkeypatch.setattr("ogp_data.documents.read_bounded", lambda kind, file: READERS[kind].read(file))


def read_as(kind: str, text: str) -> Document:
    return read(kind, SourceFile("made.txt", text.encode()))


def shown(document: Document) -> list[list[str]]:
    """Return what people read: the texts of each block."""
    return [[text.passage.text for text in (one.cells or (one.inline,))] for one in document.blocks]


def spoilt(chance: random.Random, text: str) -> str:
    """Return a text with control characters in it, or at the ends of its words."""
    for _ in range(chance.randint(0, 3)):
        at = chance.randint(1, len(text) - 1)
        text = text[:at] + chance.choice(UNSEEN) * chance.randint(1, 2) + text[at:]
    return text


def is_unseen(seed: int) -> bool:
    """Return whether a made document reads as one without its control characters, each of which is set aside."""
    chance, kind = random.Random(seed), [*KINDS][seed % len(KINDS)]
    texts = [" ".join(chance.choices(WORDS, k=chance.randint(1, 4))) for _ in range(chance.randint(4, 6))]
    text = KINDS[kind]([spoilt(chance, one) for one in texts])
    plain, held = read_as(kind, KINDS[kind](texts)), read_as(kind, text)
    controls = [at for at, one in enumerate(held.source.text) if one in UNSEEN]
    aside = {at for one in held.asides if one.reason == "invisible" for at in range(one.start, one.end)}
    told = {found.place.at for found in held.findings if found.rule == "invisible-control-character"}
    return (
        shown(held) == shown(plain)
        and aside == {*controls}
        and len(controls) == sum(map(text.count, UNSEEN))
        and told == {held.source.place(at) for at in controls}
        and {found.severity for found in held.findings} <= {"warning"}
    )


@pytest.mark.parametrize("kind", range(len(KINDS)))
def test_a_document_reads_as_without_its_unseen_controls(kind: int) -> None:
    assert [seed for seed in range(kind, 400, len(KINDS)) if not is_unseen(seed)] == []


@pytest.mark.parametrize(
    ("kind", "text", "place"),
    [("converted-text", "een\n\ntwee\x02drie", "L3"), ("markdown", "een\n\ntwee\x02drie", "L3")],
)
def test_two_words_that_are_one_can_be_parted_by_a_record(kind: str, text: str, place: str) -> None:
    file = SourceFile("made.txt", text.encode())
    (found,) = read(kind, file).findings
    assert f'place = "{place}", expect = "twee\\u0002drie", value = "twee drie"' in found.hint

    def recorded(source: SourceText) -> list[Repair]:
        (span,) = source.find("twee\x02drie", source.place(5))
        return [Repair(*span, "twee drie")]

    parted = read(kind, file, recorded)
    assert (shown(parted), parted.findings) == ([["een"], ["twee drie"]], ())


def test_what_stands_alone_needs_no_second_word() -> None:
    (found,) = read_as("markdown", "twee \x02 drie").findings
    assert (found.rule, "expect = " in found.hint) == ("invisible-control-character", False)
