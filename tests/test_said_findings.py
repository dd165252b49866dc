"""What is wrong in a document is said in the language of the reader, whoever says it; the data keeps one language."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from pydantic import TypeAdapter, ValidationError

from conftest import NAME, Workspace
from ogp_data.core.records import from_csv
from ogp_data.core.words import Saying

SAYING = TypeAdapter(Saying)


def read(value: str) -> Saying:
    return SAYING.validate_json(value)


def test_a_text_goes_without_a_language_or_names_each() -> None:
    assert (read('"Fout."').of("fr"), read('"Fout."').has("nl")) == ("Fout.", False)
    told = read('{"nl": "Fout.", "en": "Wrong."}')
    assert [told.of(language) for language in ("nl", "en", "fr")] == ["Fout.", "Wrong.", "Wrong."]
    assert (told.has("nl"), told.has("fr")) == (True, False)


@pytest.mark.parametrize("value", ["3", "null", "true", "[1]", '{"nl": 3}'])
def test_what_is_no_text_is_refused_as_one_fault(value: str) -> None:
    with pytest.raises(ValidationError) as refused:
        read(value)
    assert refused.value.error_count() == 1


def said(page: Path) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.read_text(encoding="utf-8"))).split())


DUTCH = (
    "De naam klopt niet: IRM staat voor Independent Reporting Mechanism.",
    "De kleur die hier stond, is bij de omzetting verloren gegaan; de waarde is onbekend.",
    "De alinea staat onder de kop van het laatste thema, maar gaat over het hele actieplan",
)
ENGLISH = (
    "The name is wrong: IRM stands for Independent Reporting Mechanism.",
    "The colour that stood here was lost in conversion; the value is unknown.",
    "The paragraph stands under the heading of the last theme but speaks of the whole action plan",
)


def test_findings_are_told_in_dutch_to_dutch_readers_and_stay_english_in_the_data(published: Path) -> None:
    dutch, english = (said(published / page / "source_findings/index.html") for page in ("", "en"))
    for there, elsewhere in ((dutch, english), (english, dutch)):
        sentences = DUTCH if there is dutch else ENGLISH
        assert [sentence for sentence in sentences if sentence not in there] == []
        assert [sentence for sentence in sentences if sentence in elsewhere] == []
    rows = from_csv((published / "source_findings/source_findings.csv").read_bytes())
    statements = " ".join(row["statement"] for row in rows)
    assert all(sentence in statements for sentence in ENGLISH)


def test_a_reason_that_lacks_a_language_of_the_pages_is_told_with_its_place(workspace: Workspace) -> None:
    record = workspace.data / NAME / "corrections.toml"
    text = record.read_text(encoding="utf-8")
    record.write_text(re.sub(r"reason\.nl = .*\n", "", text, count=1), encoding="utf-8")
    found = [one for one in workspace.publish().report.findings if one.place.key == "correction[0].reason.nl"]
    assert [one.rule for one in found] == ["missing-key"]
    assert found[0].place.file.endswith("corrections.toml")
