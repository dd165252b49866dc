"""Publications made at random that agree and differ in all that tables of many can: names, types, keys, references."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from random import Random

from ogp_data.collection.handed import Country, Findings, Organisation, Reached, Statuses, Table, TableColumn
from ogp_data.collection.published import Published
from ogp_data.core.words import Words

DATASETS = ("commitments", "themes", "assessments", "budget", "budget_by_id", "publications", "continuations")
NAMES = (
    "title",
    "country",
    "own_country",
    "plan",
    "licence",
    "amount",
    "progress",
    "theme",
    "sequence",
    "title_en",
    "é",
)
VALUES = {
    "string": ("a", "C1", "1.10", "=x", "two words", "“q”\n"),
    "text": ("One.", "é", "a,b"),
    "integer": ("1", "-7", "0"),
    "decimal": ("1.50", "2"),
    "date": ("2026-01-31",),
    "url": ("https://countryq.example/a",),
    "code": ("green", "amber"),
    "places": ("L1", "L1 L2"),
}
ORIGINS = ("source", "repeated", "derived", "reference", "generated", "unknown")


def _column(chance: Random, name: str) -> TableColumn:
    kind = chance.choice([one for one in VALUES if one != "places"])
    return TableColumn(
        name=name,
        type=kind,
        title=Words(en=name),
        description=Words(en=f"What {name} says."),
        rdf=f"https://vocabulary.example/{chance.choice('ab')}#{name}",
        origin=chance.choice(ORIGINS),
        required=chance.random() < 0.3,
        codes=chance.choice(("progress", "elsewhere")) if kind == "code" else "",
        references=chance.choice(DATASETS) if kind == "string" and chance.random() < 0.3 else "",
    )


def _table(chance: Random, name: str) -> Table:
    key = chance.choice(("key", "id")) if chance.random() < 0.2 else "key"
    names = [one for one in NAMES if chance.random() < 0.4]
    chance.shuffle(names)
    fixed = {"title": Words(en=name), "description": Words(en=name), "origin": "generated"}
    columns = [
        TableColumn("publication", "string", rdf="https://vocabulary.example/a#publication", required=True, **fixed),  # type: ignore[arg-type]
        TableColumn(key, "string", rdf="https://vocabulary.example/a#key", key=True, required=True, **fixed),  # type: ignore[arg-type]
        *(_column(chance, one) for one in names),
        TableColumn("source_places", "places", rdf="https://vocabulary.example/a#place", **fixed),  # type: ignore[arg-type]
    ]
    return Table(
        name, f"https://vocabulary.example/a#{name}", Words(en=name), Words(en=name), chance.randrange(4), columns
    )


def _rows(chance: Random, publication: str, table: Table) -> list[dict[str, str]]:
    found = []
    for number in range(table.rows):
        row = {one.name: chance.choice(VALUES[one.type]) for one in table.columns}
        lacking = {one.name: "" for one in table.columns if not one.required and chance.random() < 0.3}
        key = {one.name: f"K{number}" for one in table.columns if one.key}
        found.append({**row, **lacking, **key, "publication": publication})
    return found


def publications(seed: int) -> Sequence[Published]:
    """Return up to four publications of a seed, in the order of their ids."""
    chance, found = Random(seed), list[Published]()
    for number in range(chance.randrange(1, 5)):
        name = f"q-{number}"
        tables = [_table(chance, one) for one in DATASETS if one != "continuations" and chance.random() < 0.6]
        published = Published(
            id=name,
            title=Words(en="The same title"),
            description=Words(en="Of all."),
            country=Country(chance.choice(("", "NLD")), Words(en="Country Q")),
            plan="2025-2027",
            publisher=Organisation("https://countryq.example/cabinet", Words(en="Cabinet")),
            contact=Reached(Words(en="Desk"), "", "desk@countryq.example"),
            licence="https://creativecommons.org/publicdomain/zero/1.0/",
            languages=["en"],
            document_languages=["en"],
            version="1.0.0",
            issued=datetime.date(2026, 1, 1),
            modified=datetime.date(2026, 2, number + 1),
            start="2025",
            end="2027",
            base_iri=f"https://countryq.example/{name}/",
            base_url=f"https://countryq.example/{name}/",
            profile="dcat-ap",
            disclaimer=None,
            continues=[],
            findings=Findings(0, 0),
            scores={},
            statuses=Statuses(),
            tables=tables,
        )
        published._read.update({table.name: _rows(chance, name, table) for table in tables})
        found.append(published)
    return found
