"""A declaration with one mistake: that mistake is told, and nothing that follows from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import Workspace
from ogp_data.core.declared_site import Site
from ogp_data.core.findings import Finding, errors
from ogp_data.declaration.toml_files import read_toml


def told(small: Workspace, line: str) -> list[Finding]:
    """Return the errors of a sound publication in Dutch and English when its declaration says one thing more."""
    small.edit("small/publication.toml", 'id = "small"', f'id = "small"\n{line}')
    return errors(small.publish().report.findings)


@pytest.mark.parametrize("code", ["xx", "EN", "en-GB", "english", ""])
def test_a_language_that_there_is_not_is_told_alone(small: Workspace, code: str) -> None:
    (found,) = told(small, f'page_languages = ["nl", "{code}"]')
    assert (found.rule, found.place.key) == ("value-type", "page_languages[1]")
    assert found.hint == ('Write "en".' if code in ("EN", "en-GB") else "Write a code of ISO 639-1, such as en.")


def test_of_pages_without_a_language_that_alone_is_told(small: Workspace) -> None:
    (found,) = told(small, "page_languages = []")
    assert (found.rule, found.place.key) == ("missing-key", "page_languages")


def test_each_text_that_lacks_one_of_the_languages_of_the_pages_is_told_at_its_key(small: Workspace) -> None:
    found = told(small, 'page_languages = ["nl", "en", "fr"]')
    assert {one.rule for one in found} == {"missing-key"}
    assert "title.fr" in [one.place.key for one in found]
    assert all(str(one.place.key).endswith(".fr") for one in found)


def test_texts_in_no_language_of_the_pages_are_told_once_with_both_ways_out(small: Workspace) -> None:
    (found,) = (one for one in told(small, 'page_languages = ["fr"]') if one.rule == "unknown-key")
    assert found.place.key == "page_languages"
    assert found.hint == 'Write ["nl", "en"] there, or write each of those texts in fr.'


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("publisher = 9", 'Write it in quotation marks: "9".'),
        ('languages = "en"', 'Write a list: ["en"].'),
    ],
)
def test_a_value_of_another_shape_is_told_with_how_it_is_written(tmp_path: Path, line: str, hint: str) -> None:
    (tmp_path / "site.toml").write_text(line, encoding="utf-8")
    found = list[Finding]()
    assert read_toml(tmp_path / "site.toml", Site, found) is None
    assert [one.hint for one in found] == [hint]
