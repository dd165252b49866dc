"""Made reports of made countries with short declarations, and what their tables must hold, by how they were made."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from random import Random

_WORDS = {
    "nl": "weg brug school dorp lucht water bos recht plan boek stad kaart bus trein park huis tuin markt",
    "en": "road bridge school town air water wood law plan book city map bus train park house garden market",
    "fr": "route pont école ville air eau forêt loi projet livre carte bus train parc maison jardin marché",
    "de": "Straße Brücke Schule Stadt Luft Wasser Wald Recht Plan Buch Karte Bus Zug Park Haus Garten Markt",
    "es": "camino puente escuela ciudad aire agua bosque ley plan libro mapa autobús tren parque casa jardín mercado",
}
WORDS = {language: words.split() for language, words in _WORDS.items()}
COLOURS = {
    "nl": {"green": "Groen", "amber": "Oranje", "red": "Rood"},
    "en": {"green": "Green", "amber": "Yellow", "red": "Red"},
    "fr": {"green": "Vert", "amber": "Orange", "red": "Rouge"},
    "de": {"green": "Grün", "amber": "Gelb", "red": "Rot"},
    "es": {"green": "Verde", "amber": "Amarillo", "red": "Rojo"},
}
LEVELS = {
    "nl": {"not-started": "Niet begonnen", "limited": "Beperkt", "substantial": "Aanzienlijk", "completed": "Klaar"},
    "en": {"not-started": "Not started", "limited": "Limited", "substantial": "Substantial", "completed": "Completed"},
    "fr": {"not-started": "Non commencé", "limited": "Limité", "substantial": "Substantiel", "completed": "Achevé"},
    "de": {"not-started": "Nicht begonnen", "limited": "Begrenzt", "substantial": "Weitgehend", "completed": "Fertig"},
    "es": {"not-started": "Sin iniciar", "limited": "Limitado", "substantial": "Sustancial", "completed": "Completo"},
}
SCALES = {"progress": COLOURS, "completion": LEVELS}
DATES = {
    **{"nl": "14 maart 2025", "en": "March 14 2025", "fr": "14 mars 2025"},
    **{"de": "14. März 2025", "es": "14 de marzo de 2025"},
}
PAGES = ("nl", "en", "fr")
ROMAN = ("I", "II", "III")
UNDER_THEMES = ("each", "again")
KINDS = (*UNDER_THEMES, "list", "table", "headings")
"""Where commitments stand: in a list under each theme, whose numbers may begin again there, or under one heading."""
STYLES = {"plain": "{at}", "letter": "C{at}", "padded": "C{at:02}", "parts": "{part}.{at}"}
"""How numbers are printed."""


@dataclass(frozen=True)
class Commitment:
    """A commitment as it was made: its theme, counted from 1 or 0 for none, its number as printed, its key."""

    theme: int
    number: str
    key: str
    title: str
    progress: str
    has_link: bool


@dataclass(frozen=True)
class Report:
    """What a document and its declaration are made of."""

    language: str
    languages: tuple[str, ...]
    """Those of the pages."""
    kind: str
    scale: str
    """The code list of progress; "" where the document has no such scale."""
    themes: int
    commitments: tuple[Commitment, ...]
    has_budget: bool
    has_plan_links: bool

    @property
    def document(self) -> str:
        return "\n".join([*_plan(self), *([] if self.kind == "again" else _progress(self)), ""])

    @property
    def declaration(self) -> str:
        return "\n".join([*_head(self), *_declared_plan(self), *_declared_progress(self), *_DECLARED_REST, ""])


def made_report(chance: Random) -> Report:
    """Return a report of one to three themes or none, in one of the ways in which documents list commitments."""
    language, kind = chance.choice([*WORDS]), chance.choice(KINDS)
    scale = chance.choice(("progress", "completion", ""))
    themes = chance.randint(1, 3) if kind in UNDER_THEMES or chance.random() < 0.3 else 0
    commitments = _commitments(chance, language, kind, scale, themes)
    languages = tuple(chance.sample(PAGES, chance.randint(1, 3)))
    has_budget, has_plan_links = chance.random() < 0.5, chance.random() < 0.3 and kind == "list"
    return Report(language, languages, kind, scale, themes, commitments, has_budget, has_plan_links)


def _commitments(chance: Random, language: str, kind: str, scale: str, themes: int) -> tuple[Commitment, ...]:
    codes = {"progress": [*COLOURS["en"]], "completion": [*LEVELS["en"]], "": [""]}[scale]
    # The items of a list are numbered 1, 2, 3.
    style = STYLES[chance.choice([*STYLES]) if kind in ("table", "headings") else "plain"]
    found: list[Commitment] = []
    for theme in range(1, themes + 1) if kind in UNDER_THEMES else (0,):
        for at in range(1, chance.randint(1, 4) + 1):
            begins_again = kind == "again" or "part" in style
            number = style.format(part=theme or 1, at=at if begins_again else len(found) + 1)
            key = number if number.startswith("C") else f"C{number}"
            title = " ".join(chance.sample(WORDS[language], 3)).capitalize()
            code = chance.choice([*codes, ""])
            key = f"T{theme}-{key}" if kind == "again" else key
            found.append(Commitment(theme, number, key, title, code, chance.random() < 0.3))
    return tuple(found)


def _plan(report: Report) -> list[str]:
    words = WORDS[report.language]
    lines = ["## Report", "", f"<b>Date</b>\t{DATES[report.language]}", "", "## Plan", "", f"{words[0]}.", ""]
    for theme in range(1, report.themes + 1):
        lines += [f"### {ROMAN[theme - 1]}. {words[theme].capitalize()}", "", *_items(report, theme), ""]
    if report.kind in UNDER_THEMES:
        return lines
    lines += ["## Commitments", ""]
    if report.kind == "list":
        return [*lines, *_items(report, 0)]
    if report.kind == "table":
        return [*lines, "Title\tLead", *(f"{one.number}. {one.title}\tOffice {one.key}" for one in report.commitments)]
    for one in report.commitments:
        lines += [f"### {one.number}. {one.title}", "", f"{one.title}.", ""]
    return lines


def _items(report: Report, theme: int) -> list[str]:
    link = " [page](https://example.com/plan)" if report.has_plan_links else ""
    return [f"{one.number}. {one.title}{link}" for one in report.commitments if one.theme == theme]


def _progress(report: Report) -> list[str]:
    words = SCALES.get(report.scale, {}).get(report.language, {})
    lines = ["", "## Progress", "", "Commitment\tStatus\tEvidence"]
    for one in report.commitments:
        link = f' <a href="https://example.com/{one.key}">{one.key} link</a>' if one.has_link else ""
        lines.append(f"{one.number}. {one.title}\t{words.get(one.progress, '')}\tReport{link}")
    if report.has_budget:
        lines += ["", "## Budget", "", "Commitment\tAmount"]
        lines += [f"{one.number}. {one.title}\t{100 * at}" for at, one in enumerate(report.commitments, start=1)]
    return lines


def _head(report: Report) -> list[str]:
    return [
        *('id = "m"', f"country = {_texts(report, 'Country M')}", 'plan = "2020-2022"', "issued = 2026-11-30"),
        *(f'language = "{report.language}"', f"page_languages = {json.dumps(report.languages)}"),
        *('base_iri = "https://ogp.voorbeeld.nl/m/"', 'spatial = ["https://sws.geonames.org/6295630/"]'),
        *('profile = "dcat-ap"', 'licence = "https://creativecommons.org/publicdomain/zero/1.0/"'),
        *('publisher = "m"', 'creator = "m"', 'contact = "m"', "[source]", 'file = "m.txt"'),
        f'sha256 = "{hashlib.sha256(report.document.encode()).hexdigest()}"',
        "publish = true",
    ]


def _texts(report: Report, text: str) -> str:
    return "{ " + ", ".join(f'{language} = "{text}"' for language in report.languages) + " }"


def _declared_plan(report: Report) -> list[str]:
    themes = [
        *("[datasets.themes]", f"rows = {report.themes}"),
        r"find = { under = 'Plan', pattern = '(?P<roman>[IVXLC]+)\. (?P<title>.+)' }",
    ]
    lines = [*(themes if report.themes else ()), "[datasets.commitments]", f"rows = {len(report.commitments)}"]
    if report.kind != "again":
        lines.append('columns.title_in_assessment = { of = "assessments", heading = "Commitment" }')
    return [*lines, *_FIND[report.kind]]


_FIND = {
    "each": ['find.each = "themes"'],
    "again": ['find.each = "themes"', 'columns.commitment = "T{parent}-C{number}"'],
    "list": ['find.under = "Commitments"'],
    "table": [
        'find = { kind = "table", headings = ["Title", "Lead"] }',
        'columns.title = { heading = "Title" }',
        'columns.lead_institution = { heading = "Lead" }',
    ],
    "headings": [
        r"find = { kind = 'headings', under = 'Commitments', pattern = '(?P<number>C?[0-9.]+)\. (?P<title>.+)' }"
    ],
}


def _declared_progress(report: Report) -> list[str]:
    if report.kind == "again":
        return []  # a number alone says no more which commitment is meant
    lines = [
        *("[datasets.assessments]", 'find.headings = ["Commitment", "Status", "Evidence"]'),
        'columns.assessed_on = { of = "document", where = "Date" }',
        'columns.evidence = { heading = "Evidence" }',
    ]
    if words := SCALES.get(report.scale, {}).get(report.language):
        written = ", ".join(f'{code} = ["{word}"]' for code, word in words.items())
        lines.append(
            f'columns.progress = {{ heading = "Status", codes = "{report.scale}", written = {{ {written} }} }}'
        )
    else:
        text = _texts(report, "Status")
        lines.append(f'columns.status = {{ heading = "Status", type = "text", title = {text} }}')
    return [*lines, *(_declared_budget(report) if report.has_budget else ())]


def _declared_budget(report: Report) -> list[str]:
    text = _texts(report, "Budget")
    return [
        *("[datasets.budget]", f"title = {text}", f"description = {text}"),
        'find = { kind = "table", headings = ["Commitment", "Amount"] }',
        "columns.commitment = { key = true }",
        f'columns.title = {{ heading = "Commitment", type = "text", title = {text} }}',
        f'columns.amount = {{ heading = "Amount", type = "integer", title = {text} }}',
    ]


_DECLARED_REST = (
    *("[datasets.links]", "[datasets.narrative]", "[datasets.source_findings]", "[datasets.overview]"),
    *("[datasets.document]", 'find.normalise = [{ label = "Date", to = "date" }]'),
)
