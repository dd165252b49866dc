"""A recorded repair of a line is read as if it were made, with the places of the document as it was received."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from finding_help import line_of
from fuzz.converted import document
from ogp_data import documents as source
from ogp_data.core.findings import Finding
from ogp_data.core.places import Box, Line, Page
from ogp_data.core.source import SourceFile, SourceText
from ogp_data.documents import Document, Repair
from ogp_data.documents.detection import is_utf16, kind_by_bytes
from ogp_data.documents.repairs import repaired


def read(text: str, *repairs: tuple[str, str]) -> Document:
    found = [Repair(text.index(expect), text.index(expect) + len(expect), value) for expect, value in repairs]
    return source.read("converted-text", SourceFile("document.txt", text.encode()), lambda _: found)


def texts(result: Document) -> list[str]:
    return [inline.passage.text for block in result.blocks for inline in (block.cells or (block.inline,))]


def told(result: Document) -> list[tuple[str, int | None]]:
    return [(found.rule, line_of(found)) for found in result.findings]


@pytest.mark.parametrize(
    ("text", "repair", "published"),
    [
        ("een tw\aee drie", ("\a", ""), ["een twee drie"]),
        ("een\tb\x00c", ("\x00", ""), ["een", "bc"]),
        ("<a href='x'\ny</a>", ("<a href='x'", "<a href='x'>"), ["y"]),
        ("a\tb c", ("b c", "b\tc"), ["a", "b", "c"]),
        ("l. punt", ("l.", "1."), ["punt"]),
        ("1. geen punt", ("1.", "1\\."), ["1. geen punt"]),
        ("# een", ("# een", "## twee drie"), ["twee drie"]),
        ("weg\n\nblijft", ("weg", ""), ["blijft"]),
    ],
)
def test_a_line_is_read_as_its_record_says(text: str, repair: tuple[str, str], published: list[str]) -> None:
    result = read(text, repair)
    assert texts(result) == published
    assert told(result) == []
    assert once(text, result)


def test_a_list_item_amid_a_paragraph_is_read_as_one_when_its_advice_is_followed() -> None:
    text = "1. Een\n\nDan een zin\n5. Vijf"
    assert told(read(text)) == [("item-as-text", 4)]
    assert 'expect = "5."' in read(text).findings[0].hint
    assert 'value = "\\u20295."' in read(text).findings[0].hint
    result = read(text, ("5.", "\u20295."))
    assert [(block.kind, block.number) for block in result.blocks] == [("item", 1), ("paragraph", 0), ("item", 5)]
    assert (texts(result), told(result)) == (["Een", "Dan een zin", "Vijf"], [])


def test_a_number_without_a_space_is_a_list_item_when_its_advice_is_followed() -> None:
    text = "1. Een\n2.Twee"
    assert 'expect = "2.", ' in read(text).findings[0].hint.replace(
        " (with text around it where it occurs more than once)", ""
    )
    assert 'value = "2. "' in read(text).findings[0].hint
    result = read(text, ("2.", "2. "))
    assert (texts(result), told(result)) == (["Een", "Twee"], [])


def test_a_hyphen_that_a_repair_makes_soft_is_told_no_more() -> None:
    result = read("de gemeen-\nten doen", ("gemeen-", "gemeen\u00ad"))
    assert (texts(result), told(result)) == (["de gemeenten doen"], [])


def test_a_doubt_behind_a_repair_has_the_place_of_the_document() -> None:
    text = "een lang woord gemeen-\nten doen"
    (doubt,) = read(text, ("een lang", "1")).doubts
    assert doubt.at == text.index("-")


def test_a_repaired_link_keeps_its_place_and_its_address() -> None:
    text = "een\n\nzie <a href='https://x.nl>de wet</a>"
    (_, block) = read(text, ("l>", "l'>")).blocks
    (anchor,) = block.inline.anchors
    assert (anchor.label.text, anchor.target.text, anchor.start) == ("de wet", "https://x.nl", text.index("<a"))


def test_a_part_of_a_repaired_text_is_told_as_repaired() -> None:
    (block,) = read("I. Tietel", ("I. Tietel", "I. Titel en meer")).blocks
    part = block.inline.passage.find("Titel en")
    assert part is not None
    assert all(fragment.recorded for fragment in part.fragments)
    assert list(part.spans) == []  # the number in front of it stands for all that was written
    first = block.inline.passage.find("I.")
    assert first is not None
    assert list(first.spans) == [(0, 9)]


def once(text: str, result: Document) -> bool:
    """Return whether every character of the document has just one place."""
    spans = [span for b in result.blocks for i in (b.cells or (b.inline,)) for span in i.passage.spans]
    spans += [(aside.start, aside.end) for aside in result.asides]
    times = Counter(offset for start, end in spans for offset in range(start, end))
    return all(times[offset] == 1 for offset, character in enumerate(text) if not character.isspace())


@pytest.mark.parametrize("tens", range(5))
def test_made_documents_with_repairs_at_random_are_whole(tens: int) -> None:
    for seed in range(tens * 40, tens * 40 + 40):
        assert repaired_at_random(seed), seed


def repaired_at_random(seed: int) -> bool:
    """Return whether a made document with up to three repairs is whole."""
    chance, (text, _) = random.Random(seed), document(random.Random(seed))
    made, at = [], 0
    for _ in range(3):
        start = at + chance.randint(0, 20)
        end = min(start + chance.randint(1, 12), len(text))
        if end > start and not {"\n", "\r"} & set(text[start:end]):
            value = chance.choice(("", "x", "een twee", "\t", "<b>", "[a](b)", "1. ", "&amp;", " ", "**", "-"))
            made.append(Repair(start, end, value))
            at = end
    return once(text, source.read("converted-text", SourceFile("made.txt", text.encode()), lambda _: made))


# Characters ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "character", ["\x00", "\x08", "\x0b", "\x1b", "\x1f", "\x85", "\ufdd0", "\uffff", "\U0001fffe"]
)
def test_a_character_that_no_file_can_hold_is_an_error_with_its_line_and_the_record_to_write(character: str) -> None:
    (found,) = read(f"een\n\ntwee {character} drie").findings
    assert (found.rule, found.severity, line_of(found)) == ("control-character", "error", 3)
    assert f"U+{ord(character):04X}" in found.message
    assert 'place = "L3"' in found.hint
    assert told(read(f"een\n\ntwee {character} drie", (character, ""))) == []


def test_a_finding_shows_a_sign_for_a_character_that_no_report_may_hold() -> None:
    messages = [found.message for found in read("een <b.v. tw\x1bee> drie").findings]
    assert [("<b.v. tw␛ee>" in message, "\x1b" in message) for message in messages] == [(False, False), (True, False)]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("een \u202etwee", "U+202E"),
        ("een \u200ftwee", "U+200F"),
        ("een \ue0fc twee", "U+E0FC"),
        ("een caf\ufffd twee", "U+FFFD"),
        ("financi\u00c3\u00able", "ë"),
        ("de overheid\u00e2\u20ac\u2122s", "’"),
        ("de overheid\u00e2\u0080\u0099s", "’"),
        ("\u00c3\u2030\u00c3\u00a9n", "Éé"),
        ("\u00e2\u201a\u00ac 5", "€"),
        ("\u00d0\u00bf\u00d1\u20ac\u00d0\u00b8", "при"),
    ],
)
def test_a_doubtful_character_is_a_warning_with_its_line(text: str, says: str) -> None:
    found = by_rule(read(f"een\n\n{text}"), "suspicious-character")
    assert [(one.severity, line_of(one), says in one.message) for one in found] == [("warning", 3, True)]


@pytest.mark.parametrize(
    "text",
    [
        "café à la carte – “één”",
        "«CAFÉ»",
        "21 °C, 5 µm, ±3 × 2",
        "Ñandú, Ångström, Æsir",
        "naïve façade",
        "€ 5 ½ §",
        "نمی‌خواهم",
        "Прив'ет",
        "■ groen",
        "😀",
    ],
)
def test_letters_of_any_language_are_no_doubt(text: str) -> None:
    assert by_rule(read(text), "suspicious-character") == []


def by_rule(result: Document, rule: str) -> list[Finding]:
    return [found for found in result.findings if found.rule == rule]


# Kinds --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "# TODO\nresource: tracker\nfields:\n  - id: commitment\n    label: {en: Commitment}\n  - id: status\n",
            "YAML",
        ),
        ('{"title": "Plan", "rows": [1, 2]}\n', "JSON"),
        ('<!DOCTYPE html>\n<html lang="en"><body><h1>Plan</h1></body></html>\n', "HTML"),
        ('<?xml version="1.0"?>\n<plan/>\n', "XML"),
        ("nr,titel,stand\n1,Open,klaar\n2,Dicht,bezig\n3,Half,niet\n", "CSV"),
        ('id = "x"\n[source]\nfile = "y"\nrows = 3\n', "TOML"),
        ("{\\rtf1\\ansi Plan}", "RTF"),
        ("nr;titel\n1;Open\n2;Dicht\n3;Half\n", "CSV"),
    ],
)
def test_another_kind_of_file_is_told(text: str, kind: str) -> None:
    (found, *_) = by_rule(read(text), "unexpected-file-kind")
    assert f"looks like {kind}" in found.message


@pytest.mark.parametrize(
    "text",
    [
        "Land: Nederland\nPeriode: 2020-2022\n\nDe overheid werkt, met velen, aan openheid.\nZo gaat dat.\nEn meer.\n",
        "a, b en c.\nd, e en f.\ng, h en i, of j.\nk, l en m.\n",
        "Nr\tTitel\n1\tEen, twee, drie\n2\tVier, vijf, zes\n3\tA, b, c\n",
        "[noot] bij de tekst",
        "Een, twee.\nDrie, vier.\nVijf, zes.\nZeven, acht.\n",
    ],
)
def test_prose_is_no_other_kind_of_file(text: str) -> None:
    assert by_rule(read(text), "unexpected-file-kind") == []


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "a PDF"),
        (b"\xef\xbb\xbf%PDF-1.4", "a PDF"),
        (b"PK\x03\x04..word/document.xml", "a DOCX, which Word writes"),
        (b"PK\x03\x04..mimetypeapplication/vnd.oasis.opendocument.text", "an ODT, which LibreOffice writes"),
        (b"PK\x03\x04..xl/workbook.xml", "an XLSX, which Excel writes"),
        (b"PK\x03\x04..a.txt", "a ZIP archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "a file of an older Word, Excel or PowerPoint"),
        (b"# Plan\n\nEen zin over PDF.", ""),
    ],
)
def test_a_file_without_text_is_known_by_its_bytes(content: bytes, kind: str) -> None:
    assert kind_by_bytes(content) == kind


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf16_is_known_by_its_bytes(encoding: str) -> None:
    assert is_utf16("# Zelfevaluatie\n\nEen zin – met een streep.\n".encode(encoding))
    assert not is_utf16("# Zelfevaluatie – plan\n".encode())
    assert not is_utf16(b"een\0twee drie vier vijf")


@pytest.mark.parametrize("character", ["\ufffc", "\ufff9", "\u034f", "\u3164", "\U000e0001", "\U000e0041"])
def test_a_character_that_nobody_sees_or_that_stands_for_something_else_is_told(character: str) -> None:
    assert told(read(f"een\n\ntwee{character} drie")) == [("suspicious-character", 3)]


# Where a text stands once it is repaired -----------------------------------------------------------------


def made(chance: random.Random) -> tuple[SourceText, list[Repair]]:
    """Return a text of lines, or one of pages with boxes, and repairs that do not overlap."""
    words = ["een ", "twee", "\t", "é", "drie\n", "\r\n", "\r", "\n", ""]
    if chance.random() < 0.5:
        source = SourceText.of("made.txt", "".join(chance.choices(words, k=chance.randrange(30))))
    else:
        boxes = sorted(Page(chance.randrange(1, 4), Box(0, chance.randrange(9), 9, 9)) for _ in range(6))
        source = SourceText.placed("made.pdf", [("".join(chance.choices(words, k=3)), box) for box in boxes])
    edges = sorted({chance.randrange(len(source.text) + 1) for _ in range(2 * chance.randrange(5))})
    spans = zip(edges[::2], edges[1::2], strict=False)
    return source, [Repair(start, end, chance.choice(["", "x", "nieuwe woorden"])) for start, end in spans]


def check_places(source: SourceText, repairs: list[Repair]) -> None:
    """Hold the places of a repaired text against those of the text: what nobody repaired stands where it stood."""
    text = repaired(source, repairs)[0]
    assert list(text.starts) == sorted(text.starts)
    assert text.starts[0] == 0
    are_joined = any(set(source.text[repair.start : repair.end]) & {"\r", "\n"} for repair in repairs)
    for index, character in enumerate(source.text):
        if any(repair.start <= index < repair.end for repair in repairs):
            continue
        moved = sum(len(r.value) - (r.end - r.start) for r in repairs if r.end <= index)
        assert text.text[index + moved] == character
        place, at = text.place(index + moved), source.place(index)
        assert place == at or (are_joined and place < at)


def test_what_is_not_repaired_stands_where_it_stood() -> None:
    for seed in range(500):
        check_places(*made(random.Random(seed)))


def test_a_line_whose_end_is_taken_away_takes_in_the_next_one() -> None:
    source = SourceText.of("document.txt", "een\ntwee\r\ndrie")
    for end, places in ((4, [Line(1), Line(3)]), (3, [Line(1), Line(2), Line(3)])):
        text = repaired(source, [Repair(2, end, "x")])[0]
        assert list(text.stretches) == places
        assert text.place(len(text.text) - 1) == Line(3)
    assert list(repaired(source, [Repair(2, 11, "")])[0].stretches) == [Line(1)]
