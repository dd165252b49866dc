"""Lines of text in a drawing: none is wider than its room, in any script; no word is lost or needlessly broken."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ogp_data.site.lettering import SIZE, shortened, width, wrapped

ROOM = 288
FONTS = Path("/usr/share/fonts/truetype/dejavu")

ALPHABETS = {
    "latin": "abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ éèüßñøåœæŒÆ,.;:-–’“”()/&@%0123456789",
    "greek": "αβγδεζηθικλμνξοπρστυφχψω ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ άέήίόύώ",
    "cyrillic": "абвгдежзийклмнопрстуфхцчшщъыьэюя АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ ђљњћџєії",
    "hebrew": "אבגדהוזחטיכךלמםנןסעפףצץקרשת ",
    "cjk": "漢字仮名交じり文政府公開透明性、。「」（）한국어정부 ",
    "thai": "กขคงจฉชซญฎฏฐณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮะาำเแโใไ ่้๊๋็์ิีึืุู",
}
TEXTS = st.one_of(*(st.text(letters, max_size=400) for letters in ALPHABETS.values()), st.text(max_size=60))


@given(TEXTS, st.booleans(), st.sampled_from([120, ROOM]))
def test_no_line_is_wider_than_its_room_and_nothing_is_lost(text: str, bold: bool, room: float) -> None:
    lines = wrapped(text, room, bold)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(width(line, bold) <= room for line in lines)
    assert not any(unicodedata.category(line[0]) in ("Mn", "Me", "Mc") for line in lines[1:] if line)


@given(TEXTS, st.integers(1, 4))
def test_a_text_of_more_lines_ends_with_a_sign_and_begins_as_it_does(text: str, most: int) -> None:
    lines, whole = shortened(text, ROOM, most), wrapped(text, ROOM)
    assert len(lines) == min(most, len(whole))
    assert all(width(line) <= ROOM for line in lines)
    if len(whole) > most:
        assert lines[-1].endswith("…")
        assert lines[:-1] == whole[: most - 1]
        assert whole[most - 1].startswith(lines[-1][:-2])
    else:
        assert lines == whole


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("The plan of 2020-2022 is done.", ["The plan of", "2020-2022 is", "done."]),
        ("see https://a.example/it", ["see", "https://a.", "example/it"]),
        ("政府公開透明性（計画）", ["政府公開透明", "性（計画）"]),
        ("W" * 12, ["W" * 7, "W" * 5]),
        ("", [""]),
    ],
)
def test_where_a_line_ends(text: str, lines: list[str]) -> None:
    assert wrapped(text, 84) == lines


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("script", ["latin", "greek", "cyrillic", "hebrew"])
def test_no_letter_is_wider_than_it_is_reckoned(script: str, bold: bool) -> None:
    path = FONTS / ("DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf")
    if not path.is_file():
        pytest.skip("DejaVu Sans is not installed")
    from fontTools.ttLib import TTFont

    font: Any = TTFont(path)
    known, advance, unit = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm
    wide = {sign: advance[known[ord(sign)]][0] / unit * SIZE for sign in ALPHABETS[script] if ord(sign) in known}
    assert [sign for sign, real in wide.items() if real > width(sign, bold) + 0.01] == []
