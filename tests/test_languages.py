"""What the program says: every message in every catalogue with its placeholders, and pages in their languages."""

from __future__ import annotations

import ast
import copy
import pickle
import string
import sys
from collections.abc import Iterator

import pytest

from conftest import ROOT

sys.path.insert(0, str(ROOT / "tools"))

import messages as tool

from ogp_data.cli import main as cli
from ogp_data.core import messages
from ogp_data.core.findings import Place, finding, rules
from ogp_data.core.messages import Message, Plural, say
from ogp_data.core.pages import frame, in_language
from ogp_data.core.words import Words
from ogp_data.site import formatting
from ogp_data.site.date_phrases import spoken

CATALOGUES = sorted(tool.LOCALES.glob("*/LC_MESSAGES/ogp_data.po"))
SRC = ROOT / "src" / "ogp_data"


def fields(text: str) -> list[tuple[str, str]]:
    """Return the names in braces with how each is shown; text that is never filled in has none."""
    try:
        return sorted((name, f"{shown or ''}{form}") for _, name, form, shown in string.Formatter().parse(text) if name)
    except ValueError:
        return []


def strings(said: object) -> list[str]:
    return list(said) if isinstance(said, list | tuple) else [str(said)]


# The catalogues -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parents[1].name)
def test_a_catalogue_has_every_message_and_no_other(path: object) -> None:
    catalogue = tool.read(path)  # type: ignore[arg-type]
    assert {message.id for message in catalogue if message.id} == {m.id for m in tool.template() if m.id}
    assert [m.id for m in catalogue if m.id and (m.fuzzy or not all(map(str.strip, strings(m.string))))] == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parents[1].name)
def test_a_translation_has_the_placeholders_of_its_message(path: object) -> None:
    wrong = [
        message.id
        for message in tool.read(path)  # type: ignore[arg-type]
        if message.id
        for said in strings(message.string)
        if fields(said) != fields(strings(message.id)[-1]) or said[:1].isspace() != strings(message.id)[0][:1].isspace()
    ]
    assert wrong == []


def test_there_are_catalogues_and_english_needs_none() -> None:
    assert messages.languages()[0] == "en"
    assert {"nl"} <= set(messages.languages())
    assert len(CATALOGUES) == len(messages.languages()) - 1


def _untold() -> Iterator[str]:
    """Yield the texts of findings that are put together without a message, so that they are English only."""
    for path in sorted(SRC.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in _TELLING:
                yield from (f"{path.name}: {ast.unparse(arg)}" for arg in node.args if _is_text(arg))
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") in ("message", "hint"):
                yield from (f"{path.name}: {ast.unparse(value)}" for value in (node.value,) if _is_text(value))


_TELLING = ("finding", "fault", "dangling", "Fault")


def _is_text(node: ast.expr) -> bool:
    """Return whether an argument is a sentence; names of rules and paths of keys have no spaces."""
    return isinstance(node, ast.JoinedStr | ast.Constant) and " " in ast.unparse(node)


def test_no_more_findings_than_these_are_english_only() -> None:
    """It may only shrink: a new finding gives a `Message`."""
    assert len(list(_untold())) <= ENGLISH_ONLY


ENGLISH_ONLY = 12


# Messages -----------------------------------------------------------------------------------------------


def test_a_message_is_its_english_text_and_says_itself_in_others() -> None:
    message = Message("There is no key '{error}'.", error="titel")
    assert message == "There is no key 'titel'."
    assert message.of("en") == message
    assert message.of("nl") == "Er is geen sleutel 'titel'."
    assert message.of("xx") == message, "English where there is no catalogue"
    assert dict(message.said(["nl", "en"])) == {"nl": "Er is geen sleutel 'titel'.", "en": str(message)}


def test_a_copy_of_a_message_says_the_same() -> None:
    message = Message("line {number}", number=7)
    for made in (copy.deepcopy(message), pickle.loads(pickle.dumps(message))):
        assert (made, made.of("nl")) == ("line 7", "regel 7")


def test_values_are_said_in_the_language_too() -> None:
    whole = Message("{title}: everything together", title=Words(nl="Zelfevaluatie", en="Self-assessment"))
    assert (whole, whole.of("nl")) == ("Self-assessment: everything together", "Zelfevaluatie: alles bij elkaar")
    assert (
        Message("file {file}, {place}", file=2, place=Message("line {number}", number=3)).of("nl")
        == "bestand 2, regel 3"
    )


@pytest.mark.parametrize(("number", "dutch"), [(0, "0 rijen"), (1, "1 rij"), (2, "2 rijen")])
def test_a_language_has_its_own_plurals(number: int, dutch: str) -> None:
    assert Plural("{num} row", "{num} rows", number).of("nl") == dutch


def test_braces_of_a_message_without_values_are_braces() -> None:
    assert Message('Declare a dataset with find = { kind = "rows" } for it.').endswith('{ kind = "rows" } for it.')


def test_a_text_says_what_it_is_declared_as_and_else_what_the_catalogue_has() -> None:
    assert Words(nl="Kop", en="Heading").of("nl") == "Kop"
    assert Words(en="Heading").of("nl") == "Kop", "a code list without Dutch"
    assert Words(de="Titel").of("nl") == "Titel", "nothing else is there"
    assert not Words(de="Titel").has("nl")


def test_a_finding_is_told_in_the_language_that_is_asked_for() -> None:
    found = finding(
        "row-width", Message("A row has {count} cells, but the table has {width} columns.", count=3, width=2)
    )
    assert say(found.message, "nl") == "Een rij heeft 3 cellen, maar de tabel heeft 2 kolommen."
    assert say(found.hint, "nl") != found.hint == rules()["row-width"].fix
    assert Place(table="themes", row="1").of("nl") == "tabel 'themes', rij 1"
    assert found.lines("nl")[0].startswith("fout row-width: Een rij heeft 3 cellen")


def test_the_terminal_speaks_english_unless_another_language_is_asked_for(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "nl_NL.UTF-8")
    assert cli.main(["explain", "row-width"]) == 0
    assert "When it occurs: A row of a table has more or fewer cells" in capsys.readouterr().out
    assert cli.main(["explain", "row-width", "--language", "nl"]) == 0
    assert "Wanneer het voorkomt: Een rij van een tabel heeft meer of minder cellen" in capsys.readouterr().out


# Pages --------------------------------------------------------------------------------------------------


def test_pages_in_the_first_language_stand_at_the_root() -> None:
    assert in_language("a/index.html", "fr", ["fr", "nl"]) == "a/index.html"
    assert in_language("a/index.html", "nl", ["fr", "nl"]) == "nl/a/index.html"
    names = frame("a/index.html", "nl", ["fr", "nl"])
    assert names["to"]("b.html") == "../../nl/b.html"
    assert names["file"]("b.csv") == "../../b.csv"
    assert names["page_in"]("fr") == "../../a/index.html"
    assert names["others"] == ["fr"]


@pytest.mark.parametrize(
    ("edtf", "language", "said"),
    [
        ("2023-05-26", "nl", "26 mei 2023"),
        ("2023-05-26", "en", "26 May 2023"),
        ("2021-22", "nl", "zomer van 2021"),
        ("2020/..", "en", "from 2020 on"),
        ("../2020-05", "nl", "tot en met mei 2020"),
        ("2020/2022", "nl", "2020 tot en met 2022"),
    ],
)
def test_a_date_is_said_as_readers_say_it(edtf: str, language: str, said: str) -> None:
    assert spoken(edtf, language) == said


def test_numbers_are_written_as_a_language_writes_them() -> None:
    assert [formatting.number(language, 1234567) for language in ("nl", "en")] == ["1.234.567", "1,234,567"]
    assert [formatting.size(language, 1500) for language in ("nl", "en")] == ["1,5 kB", "1.5 kB"]
