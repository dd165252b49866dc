"""A publication with pages in French: nothing that a reader sees, hears or is told by a script is in another language.

What the document says in its own words, names, codes and addresses is left out; all else is looked for in the
catalogues of messages and in a list of common words.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path

import pytest

from conftest import ROOT
from ogp_data.core import messages
from ogp_data.pipeline import Outcome
from test_countries import FRENCH, countries

sys.path.insert(0, str(ROOT / "tools"))

import messages as tool

__all__ = ["countries"]

TOLD = ("title", "alt", "aria-label", "aria-description", "placeholder", "content", "label", "value", "summary")
"""Attributes that are read out, shown by a pointer, or shown in a field."""

SILENT = ("style", "code", "pre", "bdi", "kbd", "samp")
"""Elements with code, names and addresses."""

VOID = ("meta", "link", "br", "col", "input", "wbr", "img", "hr", "source")

ENGLISH = "the and with from this that these those which were been have there their into about only each row rows"
ENGLISH += " file files download search page table column value empty unknown found yes commitment country spreadsheet"
ENGLISH += " language names words between by is are was of to for when where what how all more than not an at on as it"
DUTCH = "het een van voor met zijn naar deze niet wordt worden zoals bij ook uit aan als meer alle geen regel rij rijen"
DUTCH += " kolom waarde bestand bestanden pagina taal leeg onbekend gevonden zoeken actiepunt land ja nee heeft hebben"
NO_SIGN = frozenset({"on", "page", "table", "an", "as", "land"})
"""Words that French has too."""

WORDS = frozenset(f"{ENGLISH} {DUTCH}".split()) - NO_SIGN
"""Common words of English and Dutch that are none of French."""


MISSPELT = re.compile(
    r"\b(?:de|à) (?:les|le) [a-zé]+\b(?<!le faire)"
    r"|\b\d+ (?:bytes?|[kMG]B)\b"
    r"|\b[01] (?!fois|sans|dans)[a-zéè]+[^su\W]s\b"
)
"""What French contracts, units of other languages, and one thing in the plural."""

COLON = re.compile(r"[^\W\d]:(?:\s|$)")
"""A colon without the space that French has before it."""


class Page(HTMLParser):
    """What a page says in its own language: texts, attributes, and texts that its scripts hold."""

    def __init__(self, content: str) -> None:
        super().__init__(convert_charrefs=True)
        self.language = ""
        self.said: list[str] = []
        self._open: list[tuple[str, str]] = []
        self.feed(content)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        spoken = values.get("lang", self._open[-1][1] if self._open else "")
        if values.get("translate") == "no" or tag in SILENT:
            spoken = ""
        self.language = self.language or values.get("lang", "")
        if spoken == self.language and not (tag == "meta" and values.get("name") == "viewport"):
            told = [values[name] for name in TOLD if values.get(name)]
            told += [value for name, value in values.items() if name.startswith("data-") and " " in value]
            self.said += told if tag != "meta" or values.get("name") in ("description", "author") else []
        if tag not in VOID:
            self._open.append((tag, spoken))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not self._open or not data.strip():
            return
        tag, spoken = self._open[-1]
        if tag == "script":
            self.said += list(_strings(data))
        elif spoken == self.language:
            self.said.append(" ".join(data.split()))


def _strings(script: str) -> Iterator[str]:
    """Yield the texts of a script that have words: of JSON the values in French or without a language."""
    try:
        yield from _values(json.loads(script))
    except ValueError:
        yield from (text for text in re.findall(r'"([^"\\\n]*)"|`([^`]*)`', script) for text in text if " " in text)


def _values(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        if value.get("@language", "fr") == "fr":
            yield from (text for key, one in value.items() if key[0] != "@" or key == "@value" for text in _values(one))
    elif isinstance(value, list):
        yield from (text for one in value for text in _values(one))
    elif isinstance(value, str) and " " in value and "://" not in value:
        yield value


def bare(text: str) -> str:
    return " ".join(text.split()).strip(" .:,;()")


def foreign(language: str) -> tuple[frozenset[str], list[re.Pattern[str]]]:
    """Return what the program says in other languages than one: texts as they are, and those with places."""
    whole: set[str] = set()
    filled: list[re.Pattern[str]] = []
    own: set[str] = set()
    for message in (m for m in tool.template() if m.id):
        forms = [message.id] if isinstance(message.id, str) else list(message.id)
        mine = [messages.translated(form, language) for form in forms]
        mine += [str(form) for form in _plural(forms, language)]
        own |= set(map(bare, mine))
        for said in {*forms, *(messages.translated(form, "nl") for form in forms), *_plural(forms, "nl")}:
            pattern = re.sub(r"\{[^}]*\}", "\0", said)
            if "\0" not in pattern:
                whole.add(bare(said))
            elif len(re.sub(r"\W", "", pattern)) > 8 and said not in mine:
                filled.append(re.compile(".+".join(map(re.escape, bare(pattern).split("\0")))))
    return frozenset(text for text in whole - own if re.search(r"[A-Za-z]{2}", text)), filled


def _plural(forms: list[str], language: str) -> list[str]:
    if len(forms) == 1:
        return []
    return [messages.catalogue(language).ngettext(*forms, number) for number in (0, 1, 2, 5)]


def left(page: Page, known: tuple[frozenset[str], list[re.Pattern[str]]], own: frozenset[str]) -> Iterator[str]:
    """Yield what a page says in another language than its own."""
    whole, filled = known
    said = [text for text in page.said if not text.startswith("PREFIX ")]  # a query is in the language of queries
    for text in map(bare, said):
        if text in own:
            continue
        words = set(re.findall(r"(?<![\w’'.-])[a-z]{2,}(?![\w’'./=(-])", text))
        told = text in whole or any(pattern.fullmatch(text) for pattern in filled)
        if told or len(words & WORDS) > 1 or MISSPELT.search(text):
            yield text
    yield from (text for text in said if COLON.search(text))


@pytest.fixture(scope="module")
def french(countries: Mapping[str, Outcome]) -> Path:
    return Path(countries[FRENCH].folder)


@pytest.fixture(scope="module")
def known() -> tuple[frozenset[str], list[re.Pattern[str]]]:
    return foreign("fr")


@pytest.fixture(scope="module")
def names(french: Path) -> frozenset[str]:
    """Return the names of datasets and columns, which are the same in each language."""
    package = json.loads((french / "datapackage.json").read_bytes())
    tables = [r for r in package["resources"] if "schema" in r and isinstance(r["schema"], dict)]
    found = {r["name"] for r in tables} | {f["name"] for r in tables for f in r["schema"]["fields"]}
    return frozenset(found | {name.replace("_", "-") for name in found})


def pages(folder: Path) -> list[Path]:
    return [p for p in sorted(folder.rglob("*.html")) if "nl" not in p.relative_to(folder).parts]


def test_no_page_in_french_says_anything_in_english_or_dutch(
    french: Path, known: tuple[frozenset[str], list[re.Pattern[str]]], names: frozenset[str]
) -> None:
    found = pages(french)
    assert len(found) > 20
    wrong = {}
    for path in found:
        page = Page(path.read_text(encoding="utf-8"))
        assert page.language == "fr", path
        if said := sorted(set(left(page, known, names))):
            wrong[path.relative_to(french).as_posix()] = said
    assert wrong == {}


@pytest.mark.parametrize(
    "planted",
    [
        "<p>Main menu</p>",
        "<p>Hoofdmenu</p>",
        '<a title="Main menu">x</a>',
        '<img alt="Hoofdmenu">',
        '<nav aria-label="Main menu"></nav>',
        '<input placeholder="Main menu">',
        '<script>const told = "the file is not there";</script>',
        '<script type="application/ld+json">{"name": {"@value": "This is of a page", "@language": "fr"}}</script>',
        "<p>Nothing has changed since version 2.1.0.</p>",
        "<p>This is not from the catalogue.</p>",
        "<p>427 bytes</p>",
        "<p>13,5 kB</p>",
        "<p>1 thèmes</p>",
        "<p>le nombre de les lignes</p>",
        "<p>Licence: <a>CC0</a></p>",
    ],
)
def test_what_is_planted_is_found(known: tuple[frozenset[str], list[re.Pattern[str]]], planted: str) -> None:
    assert list(left(Page(f'<html lang="fr"><body>{planted}</body></html>'), known, frozenset())) != []


@pytest.mark.parametrize(
    "meant", ['<p lang="nl">Hoofdmenu</p>', "<code>from the start</code>", "<p>la page est là</p>"]
)
def test_what_is_meant_is_not_found(known: tuple[frozenset[str], list[re.Pattern[str]]], meant: str) -> None:
    assert list(left(Page(f'<html lang="fr"><body>{meant}</body></html>'), known, frozenset())) == []
