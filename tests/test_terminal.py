"""No sign of a stranger's text commands the terminal that it is printed on."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ogp_data.cli import main as cli
from ogp_data.core import terminal

COMMANDS = "\x1b[2J\x07\r\x9b31m\u202e\u2066\u200f\u2028\ufeff\U000e0041\x00\x7f"
"""Escape, bell, return, the C1 form of an escape, marks that turn the order of signs, tags, and what ends a line."""


@given(st.text(st.characters(codec=None), max_size=30))
def test_a_text_is_one_line_in_which_every_sign_is_seen(text: str) -> None:
    said = terminal.line(text)
    assert not {unicodedata.category(sign) for sign in said} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert len(said.splitlines()) <= 1
    kept = [sign for sign in text if unicodedata.category(sign) not in terminal.HIDDEN]
    assert [sign for sign in said if sign in kept][: len(kept)] == kept or len(kept) < len(text)


@given(
    st.recursive(st.none() | st.text(st.characters(codec=None)), lambda v: st.lists(v) | st.dictionaries(st.text(), v))
)
def test_json_says_the_same_with_its_signs_escaped(value: object) -> None:
    text = terminal.document(value)
    assert json.loads(text) == value
    assert not any(unicodedata.category(sign) in terminal.HIDDEN for sign in text if sign != "\n")


@pytest.mark.parametrize("text", ["é", "thema's “groen”", "50 €", "汉字", "😀", "a\u00a0b"])
def test_what_people_write_is_printed_as_they_wrote_it(text: str) -> None:
    assert terminal.line(text) == text
    assert json.loads(terminal.document(text)) == text
    assert text in terminal.document(text)


def test_signs_are_shown_by_their_number() -> None:
    assert terminal.line("a\x1b[31mb\nc\U000e0041") == "a\\u001B[31mb\\u000Ac\\U000E0041"
    assert terminal.lines(["a\nb", "c"]) == "a\\u000Ab\nc"


TURTLE = """@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
<https://a.test.nl/c> a dcat:Catalog ; dct:title "{0}"@nl ; dcat:dataset <https://a.test.nl/d> .
<https://a.test.nl/d> a dcat:Dataset ; dct:title "{0}"@nl ; dct:license "{0}" ; dct:issued "{0}" ; dcat:keyword "{0}" .
"""


@pytest.mark.parametrize("command", ["validate", "quality"])
@pytest.mark.parametrize("extra", [[], ["--json"]])
def test_the_commands_print_none_of_a_catalogues_commands(
    command: str, extra: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "c.ttl"
    signs = "".join(f"\\u{ord(sign):04X}" if ord(sign) < 0x10000 else f"\\U{ord(sign):08X}" for sign in COMMANDS)
    file.write_text(TURTLE.format(f"x{signs}"), encoding="utf-8")
    cli.main([command, str(file), *extra])
    out, err = capsys.readouterr()
    assert not {sign for sign in out + err if unicodedata.category(sign) in terminal.HIDDEN and sign != "\n"}
    assert command == "quality" or "u001b[2j" in out.lower(), "it is told, and spelt"
