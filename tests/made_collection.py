"""Made publications as the root reads them: countries, languages and scales that differ, editions, and what is odd."""

from __future__ import annotations

import csv
import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ogp_data.collection.handed import Country, Findings, Organisation, Reached, Statuses, Table, TableColumn
from ogp_data.collection.published import Collection, Gone, Published
from ogp_data.core.messages import Message
from ogp_data.core.words import Words

OGP, TITLE = "https://w3id.org/ogp-data/", "http://purl.org/dc/terms/title"
CLASSES = {
    "themes": "Theme",
    "commitments": "Commitment",
    "assessments": "Assessment",
    "narrative": "Paragraph",
    "continuations": "Continuation",
}
PROPERTIES = {
    "commitment_number": "commitmentNumber",
    "previous_publication": "previousPublication",
    "previous_commitment": "previousKey",
    "previous_title": "previousTitle",
}
KEYS = {"themes": "theme_number", "narrative": "sequence", "continuations": "continuation"}
GENERATED = {"publication", "commitment", "theme_number", "sequence", "continuation", "source_places"}


@dataclass(frozen=True)
class Made:
    """What differs from one made publication to the next."""

    id: str
    country: str
    code: str
    plan: str
    titles: Sequence[str]
    said: Sequence[str]
    codes: str = "completion"
    progress: Sequence[str] = ()
    basis: str = "document"
    language: str = "en"
    languages: Sequence[str] = ("en",)
    title: str = ""
    narrative: Sequence[str] = ()
    continued: Sequence[tuple[str, str, str, str]] = ()
    """What became of LAKELAND's commitments: the key and title before, the key now, and the change."""
    others: Mapping[str, str] = field(default_factory=dict)
    """The country in other languages."""


LAKELAND = Made(
    "ll-2021-2023",
    "Lakeland",
    "",
    "2021-2023",
    ["Register of lobbyists", "Draft laws online", "Map of public land"],
    ["The law is in force.", "All of 2022 is online.", "Nothing was done."],
    progress=["completed", "substantial", "not-started"],
    narrative=["The plan was written with forty organisations of citizens."],
    others={"nl": "Merenland"},
)
LATER = replace(
    LAKELAND,
    id="ll-2025-2026",
    plan="2025-2026",
    titles=["Register of lobbyists, second part", "Budget for residents"],
    said=["Meetings are in it.", "Two cities take part."],
    progress=["limited", ""],
    continued=[
        ("C1", "Register of lobbyists", "C1", "continued"),
        ("C2", "Draft laws online", "", "dropped"),
        ("C3", "Map of public land", "", ""),
        ("", "", "C2", "new"),
    ],
)
MERVALE = Made(
    "mv-2022-2024",
    "Mervale",
    "",
    "2022-2024",
    ["Œuvre des archives publiques", "Élections transparentes"],
    ["L’été dernier, les archives ont été ouvertes.", "Les procès-verbaux sont publiés."],
    "progress",
    ["green", "amber"],
    language="fr",
    languages=("fr", "en"),
    others={"fr": "Mervale"},
)
SANDLAND = Made(
    "sl-2023",
    "أرض الرمال",
    "",
    "2023",
    ["نشر البيانات المفتوحة", "مشاركة المواطنين"],
    ["نُشرت البيانات.", "لم يبدأ العمل بعد."],
    "",
    basis="",
    language="ar",
    languages=("ar",),
)
REASON = Words(en="It held personal data.", nl="Er stonden persoonsgegevens in.")
ALL = (LAKELAND, LATER, MERVALE, SANDLAND)


def publication(folder: Path, made: Made) -> Published:
    """Write the tables of a made publication and return it as the root reads it."""
    tables = []
    for name, rows in _rows(made).items():
        path = folder / made.id / name / f"{name}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        tables.append(_table(name, rows))
    progress = [*made.progress, *[""] * (len(made.titles) - len(made.progress))]
    counts = {code: progress.count(code) for code in dict.fromkeys([*filter(None, progress), ""]) if code in progress}
    first, _, last = made.plan.partition("-")
    titled = made.title or f"Open government in {made.country}, {made.plan}"
    return Published(
        id=made.id,
        title=Words(dict.fromkeys(made.languages, titled)),
        description=Words(dict.fromkeys(made.languages, f"What came of the plan {made.plan}.")),
        country=Country(made.code, Words({made.languages[0]: made.country, **made.others})),
        plan=made.plan,
        publisher=Organisation(f"https://ogp.example/{made.id}/cabinet", Words(en="Cabinet Office")),
        contact=Reached(Words(en="Open Government Desk"), email="desk@ogp.example"),
        licence="https://creativecommons.org/publicdomain/zero/1.0/",
        languages=made.languages,
        document_languages=[made.language],
        version="1.0.0",
        issued=datetime.date(2026, 11, 23),
        modified=datetime.date(2026, 11, 25),
        start=first,
        end=last or first,
        base_iri=f"https://ogp.example/{made.id}/",
        base_url=f"https://ogp.example/{made.id}/",
        profile="dcat-ap",
        disclaimer=None,
        continues=[],
        findings=Findings(0, 1, 2),
        scores={},
        statuses=Statuses(made.basis, made.codes, counts) if made.basis else Statuses(),
        tables=tables,
        folder=folder / made.id,
    )


def _rows(made: Made) -> dict[str, list[dict[str, str]]]:
    own = {"publication": made.id}
    keys = [f"C{number}" for number in range(1, len(made.titles) + 1)]
    progress = [*made.progress, *[""] * (len(keys) - len(made.progress))]
    found = {
        "themes": [{**own, "theme_number": "1", "title": "Openness"}],
        "commitments": [
            {**own, "commitment": key, "commitment_number": key[1:], "theme_number": "1", "title": title}
            for key, title in zip(keys, made.titles, strict=True)
        ],
        "assessments": [
            {**own, "commitment": key, "progress": code, "evidence": said}
            for key, code, said in zip(keys, progress, made.said, strict=True)
        ],
        "narrative": [
            {**own, "sequence": str(number), "section": "Introduction", "text": text}
            for number, text in enumerate(made.narrative, 1)
        ],
        "continuations": [
            {
                **own,
                "continuation": str(number),
                "previous_publication": LAKELAND.id,
                **dict(zip(("previous_commitment", "previous_title", "commitment", "change"), row, strict=True)),
            }
            for number, row in enumerate(made.continued, 1)
        ],
    }
    return {name: rows for name, rows in found.items() if rows}


def _table(name: str, rows: Sequence[Mapping[str, str]]) -> Table:
    key = KEYS.get(name, "commitment")
    columns = [
        TableColumn(
            column,
            "string"
            if column in GENERATED or column.endswith("number")
            else "code"
            if column == "progress"
            else "text",
            Words(en=column),
            Words(en=column),
            TITLE if column == "title" else f"{OGP}{PROPERTIES.get(column, column)}",
            "generated"
            if column in GENERATED or "previous" in column
            else "repeated"
            if column == "section"
            else "source",
            key=column == key,
            references="commitments" if column == "commitment" and name not in ("commitments", "continuations") else "",
        )
        for column in rows[0]
    ]
    return Table(name, f"{OGP}{CLASSES[name]}", Words(en=name), Words(en=name), len(rows), columns)


def collection(folder: Path, made: Sequence[Made] = ALL, languages: Sequence[str] = ("nl", "en")) -> Collection:
    """Return made publications as a collection, with one that is withdrawn and one that moved."""
    found = [publication(folder, one) for one in sorted(made, key=lambda one: one.id)]
    return Collection(
        found,
        languages,
        Words(nl="Open overheid: plannen en uitkomsten", en="Open government: plans and outcomes"),
        Message("Action plans and their assessments as open data."),
        Organisation("https://ogp.example/cabinet", Words(nl="Ministerie van Voorbeelden", en="Ministry of Examples")),
        withdrawn=[Gone("ll-2019", datetime.date(2026, 11, 20), REASON)],
        moved={"lakeland": LAKELAND.id},
    )
