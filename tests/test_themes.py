"""Themes: the tokens of a style sheet that was compiled for the NL Design System, as far as pages use them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ogp_data.core import theme
from ogp_data.core.findings import Finding, Place
from ogp_data.core.frame import PARTS
from ogp_data.core.theme import Theme
from ogp_data.declaration.themes import theme_of

SHEET = """\
/* .old-theme { --utrecht-link-color: red; } */
@import url("https://host.example/fonts.css");
@font-face { font-family: "Own"; src: url(https://host.example/own.woff2); }
.own-theme {
  --own-blue: #004488;
  --utrecht-link-color: var(--own-blue);
  --utrecht-document-font-family: "Own; } Sans", sans-serif;
  --utrecht-unused-color: pink;
  --utrecht-document-background-color: url(https://host.example/paper.png);
}
.own-theme .inner, .other-theme { --utrecht-link-color: green; }
@media (prefers-color-scheme: dark) { .own-theme { --own-blue: #88ccff; } }
@media print { .own-theme { --own-blue: black; } }
"""


def put_on(made: Theme) -> str:
    """Return what a theme adds to the style of the pages."""
    plain = Theme().sheet(PARTS)
    return made.sheet(PARTS).removeprefix(plain)


def test_the_tokens_that_pages_use_are_taken_with_what_they_stand_for() -> None:
    made = theme.read(SHEET)
    assert put_on(made) == (
        ":root {\n--own-blue: #004488;\n--utrecht-link-color: var(--own-blue);\n}\n"
        "@media (prefers-color-scheme: dark) {\n:root {\n--own-blue: #88ccff;\n}\n}\n"
    )


def test_a_theme_without_dark_colours_is_light_in_the_dark() -> None:
    sheet = theme.read(".a-theme { --utrecht-document-color: #222; }").sheet(PARTS)
    assert "prefers-color-scheme" not in sheet
    assert sheet.endswith(":root {\ncolor-scheme: light;\n--utrecht-document-color: #222;\n}\n")
    assert "prefers-color-scheme:dark" in Theme().sheet(PARTS)


@pytest.mark.parametrize("name", theme.shipped())
def test_each_theme_of_the_program_is_read_whole(name: str) -> None:
    sheet = theme.of_name(name)
    used = put_on(sheet)
    assert {*sheet.light, *sheet.dark} <= set(re.findall(r"--[\w-]+(?=:)", used)), "a token that no page uses"
    assert bool(sheet.light) == (name != "neutral")


def told(data: Path, said: str) -> list[str]:
    found: list[Finding] = []
    theme_of(data, said, Place(file="x/publication.toml", key="theme"), found)
    return [one.message for one in found]


def test_what_is_no_theme_is_told_with_the_themes_that_there_are(tmp_path: Path) -> None:
    (tmp_path / "own.css").write_text(SHEET, encoding="utf-8")
    (tmp_path / "other.css").write_text("p { color: red }", encoding="utf-8")
    (tmp_path / "latin.css").write_bytes(b"/* \xe9 */")
    (tmp_path / "circle.css").symlink_to("circle.css")
    assert told(tmp_path, "") == told(tmp_path, "green") == told(tmp_path, "own.css") == []
    for said in ("blue", "../own.css", "own.txt", "a\0.css", "/etc/passwd"):
        assert told(tmp_path, said) == [f"There is no theme {said!r}; there are contrast, green, neutral."], said
    assert told(tmp_path, "other.css") == ["The theme other.css gives no value to any token that the pages use."]
    for said in ("gone.css", "latin.css", "circle.css", "x" * 300 + ".css"):
        (message,) = told(tmp_path, said)
        assert re.match(r"The theme \S+ cannot be read: |There is no theme ", message), message


PIECES = st.sampled_from(
    [
        *("--utrecht-link-color", "--utrecht-document-color", "--own", ":", ";", "{", "}", "var(--own)", "#123", " "),
        *(".a-theme", ":root", "@media (prefers-color-scheme: dark)", "@import", "url(https://h.example/)", "</style>"),
        *("/*", "*/", '"', "'", "\\", "<script>", "expression(1)", ",", "\n", "é"),
    ]
)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_no_sheet_can_end_a_rule_or_ask_another_host(css: str) -> None:
    added = put_on(theme.read(css)) if theme.read(css).dark else theme.read(css).sheet(("tokens", "frame"))
    own = "".join(re.findall(r"^--(?:own|utrecht-[a-z-]+): .*$", added, re.MULTILINE))
    assert not re.search(r"[<>{}@]|url\(|h\.example", own)
    # Each line that was added is a token, or one of the rules that hold them.
    assert added.count("{") == added.count("}")
