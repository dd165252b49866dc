"""What the program says: every message in every catalogue with its placeholders, and pages in their languages."""

from __future__ import annotations

import copy
import hashlib
import itertools
import json
import pickle
import re
import shutil
import string
import sys
import unicodedata
from html.parser import HTMLParser
from pathlib import Path

import pytest

from conftest import ROOT

sys.path.insert(0, str(ROOT / "tools"))

import messages as tool

from ogp_data import pipeline
from ogp_data.cli import main as cli
from ogp_data.core import messages, resources, templates
from ogp_data.core.date_phrases import spoken
from ogp_data.core.findings import Place, finding, rules
from ogp_data.core.messages import Message, Plural, say
from ogp_data.core.pages import in_language, naming
from ogp_data.core.words import Words
from ogp_data.declaration import reading
from ogp_data.models.lists import load_lists
from ogp_data.pipeline import Folders
from ogp_data.site import formatting

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


_WE = {
    "en": re.compile(r"\b(we|our|ours|us|ourselves)\b", re.IGNORECASE),
    "nl": re.compile(r"\b(wij|we|ons|onze)\b", re.IGNORECASE),
    "fr": re.compile(r"\b(nous|notre|nos|nôtres?)\b", re.IGNORECASE),
}
"""Words by which a page would speak as somebody: above it stands the name of its publisher, who did not write it."""


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parents[1].name)
def test_no_page_says_we(path: object) -> None:
    catalogue = tool.read(path)  # type: ignore[arg-type]
    shown = [one for one in catalogue if one.id and not all("/cli/" in file for file, _ in one.locations)]
    assert len(shown) > 3000
    english = [said for one in shown for said in strings(one.id) if _WE["en"].search(said)]
    others = [said for one in shown for said in strings(one.string) if _WE[str(catalogue.locale)].search(said)]
    assert english + others == []


@pytest.mark.parametrize(
    ("language", "said", "is_we"),
    [
        ("en", "The colours are ours.", True),
        ("en", "Answers, houses and usage", False),
        ("nl", "Onze bron", True),
        ("nl", "Consent en wijziging", False),
        ("fr", "Selon nos règles", True),
        ("fr", "Diagnostic", False),
    ],
)
def test_the_search_for_we_finds_it_and_no_part_of_a_word(language: str, said: str, is_we: bool) -> None:
    assert bool(_WE[language].search(said)) is is_we


def _begins(text: str) -> bool:
    # French has a space before a semicolon that joins two clauses.
    return text[:1].isspace() and text.strip() != ";"


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parents[1].name)
def test_a_translation_has_the_placeholders_of_its_message(path: object) -> None:
    wrong = [
        message.id
        for message in tool.read(path)  # type: ignore[arg-type]
        if message.id
        for said in strings(message.string)
        if fields(said) != fields(strings(message.id)[-1]) or _begins(said) != _begins(strings(message.id)[0])
    ]
    assert wrong == []


def test_there_are_catalogues_and_english_needs_none() -> None:
    assert messages.languages()[0] == "en"
    assert {"nl"} <= set(messages.languages())
    assert len(CATALOGUES) == len(messages.languages()) - 1


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


@pytest.mark.parametrize(("number", "french"), [(0, "0 ligne"), (1, "1 ligne"), (2, "2 lignes")])
def test_a_catalogue_has_the_plurals_that_its_header_says(number: int, french: str) -> None:
    assert Plural("{num} row", "{num} rows", number).of("fr") == french


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
    names = naming("a/index.html", "nl", ["fr", "nl"])
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
    assert [formatting.size(language, 1500) for language in ("nl", "en")] == ["1,5\u00a0kB", "1.5\u00a0kB"]


# A publication in French and Dutch -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def french(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Publish the tiny publication with its English texts in made French, under the EU's profile."""
    folder = tmp_path_factory.mktemp("french")
    data = folder / "data"
    shutil.copytree(ROOT / "tests" / "tiny" / "data", data)
    for path in (data / "tiny" / "publication.toml", data / "agents.toml", data / "codelists" / "oordelen.toml"):
        path.write_text(_in_french(path.read_text("utf-8")), encoding="utf-8")
    declared = data / "tiny" / "publication.toml"
    head = 'id = "tiny"\npage_languages = ["fr", "nl"]\nprofile = "dcat-ap"\n'
    declared.write_text(declared.read_text("utf-8").replace('id = "tiny"\n', head, 1), encoding="utf-8")
    outcome = pipeline.run(Folders(data, folder / "build", folder / "dist"), "tiny", "", "", lambda _: None)
    assert outcome.published, [str(found) for found in outcome.report.findings if found.severity == "error"]
    return folder / "dist" / "tiny"


def _in_french(text: str) -> str:
    numbers = itertools.count(1)
    return re.sub(r'\ben = (\[?)"[^"]*"', lambda m: f'fr = {m[1]}"Texte {next(numbers)}"', text)


class Said(HTMLParser):
    """The texts of a page that are in its language, and those that only hearers or a pointer get."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.texts: set[str] = set()
        self.language = ""
        self._open: list[tuple[str, str]] = []
        self.feed(content)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        inherited = self._open[-1][1] if self._open else ""
        spoken = "" if tag in ("script", "style", "code", "pre", "bdi") else values.get("lang", inherited)
        self.language = self.language or values.get("lang", "")
        if tag not in ("meta", "link", "br", "col", "input", "wbr", "img"):
            self._open.append((tag, spoken))
        if spoken == self.language:
            told = (values.get(name, "") for name in ("title", "aria-label", "data-search", "data-found", "data-sort"))
            self.texts |= set(filter(None, map(str.strip, told)))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1][1] == self.language and data.strip():
            self.texts.add(" ".join(data.split()).strip(" .:,;("))


def others() -> tuple[set[str], list[re.Pattern[str]]]:
    """Return what the program says in English and Dutch and says otherwise in French: as it is, and with places."""
    whole: set[str] = set()
    filled: list[re.Pattern[str]] = []
    for message in (m for m in tool.template() if isinstance(m.id, str) and m.id):
        own = messages.translated(message.id, "fr")
        for said in {message.id, messages.translated(message.id, "nl")} - {own}:
            if not fields(said):
                whole.add(" ".join(said.split()).strip(" .:,;("))
            elif len(re.sub(r"\{[^}]*\}|\W", "", said)) > 8:  # what is a word at least beside its places
                parts = (".+" if part.startswith("{") else re.escape(part) for part in re.split(r"(\{[^}]*\})", said))
                filled.append(re.compile("".join(parts)))
    french = {" ".join(str(s).split()).strip(" .:,;(") for m in tool.read(FRENCH) for s in strings(m.string)}
    return whole - french, filled


FRENCH = tool.LOCALES / "fr" / "LC_MESSAGES" / "ogp_data.po"


def test_no_english_or_dutch_message_is_left_on_a_french_page(french: Path) -> None:
    whole, filled = others()
    pages = [p for p in french.rglob("*.html") if "nl" not in p.relative_to(french).parts]
    # Cells and pointers show names of datasets and columns, which are the same in each language.
    declared = (ROOT / "tests" / "tiny" / "data" / "tiny" / "publication.toml").read_text(encoding="utf-8")
    names = set(re.findall(r'^name = "(\w+)"', declared, re.M))
    assert len(whole) > 800
    assert len(pages) > 15
    for path in pages:
        page = Said(path.read_text(encoding="utf-8"))
        assert page.language == "fr", path
        assert page.texts & whole - names == set(), path
        for text in page.texts - names:
            assert not any(pattern.fullmatch(text) for pattern in filled), (path, text)


def test_the_search_for_what_is_left_finds_what_is_planted() -> None:
    whole, filled = others()
    for planted in ("Main menu", "Hoofdmenu", "Nothing has changed since version 2.1.0."):
        texts = Said(f'<html lang="fr"><p>{planted}</p><p lang="en">Main menu</p></html>').texts
        assert texts & whole or any(p.fullmatch(f"{text}.") for text in texts for p in filled), planted
    assert Said('<html lang="fr"><p lang="nl">Hoofdmenu</p></html>').texts & whole == set()


def test_every_page_is_there_in_french_and_in_dutch(french: Path) -> None:
    found = {path.relative_to(french).as_posix() for path in french.rglob("*.html")}
    assert {f"nl/{path}" for path in found if not path.startswith("nl/")} == {p for p in found if p.startswith("nl/")}
    assert {"index.html", "dictionary.html", "changes.html", "reports/validation.html", "reports/quality.html"} <= found


def test_files_for_programs_have_every_language_of_the_publication(french: Path) -> None:
    catalogue = (french / "catalog.ttl").read_text(encoding="utf-8")
    assert '"Texte 2"@fr' in catalogue
    assert '"Kleine uitgave"@nl' in catalogue
    assert "authority/language/FRA>" in catalogue or "language:FRA" in catalogue
    report = json.loads((french / "reports" / "validation.json").read_bytes())
    assert all(set(found["messages"]) == {"fr", "nl"} for found in report["findings"])
    columns = json.loads((french / "themes" / "themes.csv-metadata.json").read_bytes())
    assert "fr" in columns["tables"][0]["tableSchema"]["columns"][0]["titles"]


@pytest.mark.parametrize(
    ("text", "key", "rule"),
    [
        ('page_languages = ["nl", "en", "fr"]', "title.fr", "missing-key"),
        ('page_languages = ["nl"]', "title.en", "unknown-key"),
        ('page_languages = ["nl", "en", "nl"]', "page_languages[2]", "duplicate-name"),
        ('page_languages = ["nl", "ar"]', "page_languages[1]", "language-without-messages"),
        ('page_languages = ["nl", "xq"]', "page_languages[1]", "value-type"),
        ("page_languages = []", "page_languages", "missing-key"),
    ],
)
def test_languages_that_do_not_fit_are_told_with_their_place(tmp_path: Path, text: str, key: str, rule: str) -> None:
    data = tmp_path / "data"
    shutil.copytree(ROOT / "tests" / "tiny" / "data", data)
    path = data / "tiny" / "publication.toml"
    path.write_text(path.read_text("utf-8").replace('id = "tiny"\n', f'id = "tiny"\n{text}\n', 1), encoding="utf-8")
    _, found = reading.load(data, "tiny", load_lists(resources.value_lists()))
    assert (rule, key) in {(fault.rule, fault.place.key) for fault in found}


# A language that runs from right to left ---------------------------------------------------------------


ARABIC = {
    "Klaar.": "انتهى العمل (2024).",
    "Het begin": "البداية",
    "en het eind.": "والنهاية.",
    "Open begin": "بداية مفتوحة",
    "Eerste punt": "OGP: النقطة الأولى",
    "Zie <a": "انظر <a",
    "Twee thema&#39;s &amp; drie actiepunten.": "موضوعان وثلاثة التزامات.",
}
"""Words of the tiny document, and what stands in their place."""


@pytest.fixture(scope="module")
def arabic(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Publish the tiny publication as if its document were in Arabic."""
    folder = tmp_path_factory.mktemp("arabic")
    shutil.copytree(ROOT / "tests" / "tiny" / "data", folder / "data")
    declared, source = (folder / "data" / "tiny" / name for name in ("publication.toml", "source/evaluatie.txt"))
    text, words = declared.read_text(encoding="utf-8"), source.read_text(encoding="utf-8")
    before = hashlib.sha256(source.read_bytes()).hexdigest()
    for dutch, said in ARABIC.items():
        words, text = words.replace(dutch, said), text.replace(f'"{dutch}"', f'"{said}"')
    source.write_text(words, encoding="utf-8")
    text = text.replace(before, hashlib.sha256(source.read_bytes()).hexdigest()).replace(
        'language = "nl"', 'language = "ar"', 1
    )
    declared.write_text(text.replace('languages = ["NLD"]', 'languages = ["ARA"]', 1), encoding="utf-8")
    outcome = pipeline.run(Folders(folder / "data", folder / "build", folder / "dist"), "tiny", "", "", lambda _: None)
    assert outcome.published, [str(found) for found in outcome.report.findings if found.severity == "error"]
    return folder / "dist" / "tiny"


class Running(HTMLParser):
    """The texts of a page, each with its language and the direction in which a browser shows it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[tuple[str, str, str]] = []
        self.texts: list[tuple[str, str, str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        _, tongue, runs = self.open[-1] if self.open else ("", "", "ltr")
        own = given.get("dir", "auto" if tag == "bdi" else runs)
        if tag not in {"meta", "link", "img", "br", "wbr", "input", "hr", "rect", "path", "line"}:
            self.open.append((tag, given.get("lang", tongue), own))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self.open and data.strip():
            tag, tongue, runs = self.open[-1]
            if tag not in {"script", "style", "title", "desc"}:
                self.texts.append((data.strip(), tongue, by_its_letters(data) if runs == "auto" else runs))


def by_its_letters(text: str) -> str:
    """Return in which direction a browser shows a text of which nobody says it: that of its first letter."""
    strong = (unicodedata.bidirectional(letter) for letter in text)
    return "rtl" if next((kind for kind in strong if kind in "L R AL"), "L") != "L" else "ltr"


def test_a_document_from_right_to_left_is_shown_so_on_pages_that_are_not(arabic: Path) -> None:
    pages = {path.relative_to(arabic).as_posix(): path.read_text(encoding="utf-8") for path in arabic.rglob("*.html")}
    found = [(path, text, tongue, runs) for path, page in pages.items() for text, tongue, runs in Running(page).texts]
    wrong = [one for one in found if one[2] and one[3] != {"ar": "rtl"}.get(one[2], "ltr")]
    assert wrong == []
    # The first of these begins with Latin letters: a browser that is told nothing would show it from the left.
    for said in ("OGP: النقطة الأولى", "انتهى العمل (2024)."):
        assert {tongue for _, text, tongue, _ in found if text == said} == {"ar"}
        assert len({path for path, text, _, _ in found if text == said}) > 2
    assert '<html lang="nl">' in pages["index.html"]


def test_nothing_names_a_language_without_its_direction() -> None:
    named = re.compile(r"""\slang=(?!\\?""[ >{])["'{]""")
    assert named.search('<p lang="{{ one }}">')
    assert not named.search('<code lang="" translate="no">')
    written = [*(SRC / "templates").rglob("*.html"), *(SRC / "site").rglob("*.py")]
    assert [path for path in written if named.search(path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize(
    ("language", "around", "attributes"),
    [
        ("nl", "en", ' lang="nl"'),
        ("he", "en", ' lang="he" dir="rtl"'),
        ("en", "he", ' lang="en" dir="ltr"'),
        ("he", "ar", ' lang="he" dir="rtl"'),
        ("ar-EG", "", ' lang="ar-EG" dir="rtl"'),
        ("", "ar", ""),
    ],
)
def test_a_language_stands_with_its_direction_wherever_not_all_runs_from_left_to_right(
    language: str, around: str, attributes: str
) -> None:
    assert templates.of_language(language, around) == attributes


def test_pages_of_a_document_from_left_to_right_turn_nothing(french: Path) -> None:
    turned = re.compile(r"<\w[^>]*\sdir=")  # an element that is, and no style for one
    assert turned.search('<p lang="ar" dir="rtl">')
    assert [path for path in french.rglob("*.html") if turned.search(path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize(
    ("direction", "languages"),
    [
        ("rtl", "ar he iw fa ur ps ckb yi dv syr nqo ug sd ar-EG he-IL az-Arab pa-PK pa-Arab ff-Adlm AR-eg he-x-latn"),
        ("ltr", " fr nl ar-Latn he-Latn pa pa-IN az ff sr-Cyrl zh-Hant-HK xx x-hebr"),
    ],
)
def test_the_direction_of_a_language_is_that_of_its_script(direction: str, languages: str) -> None:
    assert {one: messages.direction(one) for one in languages.split(" ")} == dict.fromkeys(
        languages.split(" "), direction
    )
