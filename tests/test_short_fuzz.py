"""Short declarations with things wrong at every place: each is told with its place, and none stops the program."""

from __future__ import annotations

import copy
import datetime
import random
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from conftest import NAME, ROOT
from fuzz.toml import to_toml
from generate_declarations import shared_and_lists
from ogp_data.core.declared import Declaration
from ogp_data.core.findings import Finding, errors
from ogp_data.core.written import Written
from ogp_data.declaration import checking
from ogp_data.declaration.complete import complete
from ogp_data.declaration.languages import check_shared
from ogp_data.declaration.short import Given, expand
from ogp_data.declaration.toml_files import as_noun
from ogp_data.declaration.typing import check_types
from ogp_data.models.model import model

FILE = f"data/{NAME}/publication.toml"
SITE = tomllib.loads((ROOT / "data" / "site.toml").read_text(encoding="utf-8"))
REFERENCE = frozenset(["ogp_id", "ogp_url", "short_title", "lead_institution", "lead_organisation"])

MADE = """
id = "nl-2020-2022"
country = { en = "Freedonia" }
spatial = ["https://sws.geonames.org/6295630/"]
plan = "2023-2025"
issued = 2026-11-30
language = "en"
page_languages = ["en"]
profile = "dcat-ap"
[source]
file = "source/a.txt"
sha256 = "0"
publish = true
[datasets.document]
find.normalise = [{ label = "Date", to = "date" }]
[datasets.themes]
find = { under = "Introduction", pattern = '(?P<roman>[IVX]+)\\. (?P<title>.+)' }
[datasets.commitments]
rows = 4
find.each = "themes"
columns.title_in_assessment = { of = "assessments", heading = "Commitment" }
[datasets.assessments]
find.headings = ["Commitment", "Status", "Evidence"]
columns.assessed_on = { of = "document", where = "Date" }
columns.progress = { heading = "Status", written.amber = ["Yellow"] }
columns.evidence = { heading = "Evidence" }
columns.derived_progress = { search = ["evidence"], phrase = [{ words = "done", value = "delayed" }] }
columns.derived_progress_quote = true
[datasets.links]
columns.url = "url"
[datasets.narrative]
[datasets.overview]
columns.progress = false
[datasets.ogp-crosswalk]
columns.country_locality = { of = "document", where = "Country", take = "as_written" }
[datasets.budget]
title.en = "Budget"
description.en = "What was budgeted."
find = { kind = "table", headings = ["Commitment", "Budget"] }
columns.commitment = { key = true }
columns.budget = { heading = "Budget", type = "integer", title.en = "Budget" }
"""

Step = str | int
DEEP: Any = {"a": [{"b": {"c": [1]}}]}
VALUES: tuple[Any, ...] = (
    *(5, -1, 0.5, True, False, "", " ", "x", "nl", "cell", "C{number}", "C{x}", "{", "a.b", "group:", "rows", "\u0007"),
    *([], {}, [[]], [5], ["x"], {"en": 5}, {"en": ""}, {"en": "x", "nl": "y"}, {"kind": "rows"}, {"kind": 5}, DEEP),
    *({"take": 5}, {"take": "number"}, {"heading": []}, {"type": "text"}, {"written": 5}, {"of": []}, {"of": "links"}),
    *({"references": []}, {"references": {}}, {"take": "referred", "references": []}, {"having": [], "lacking": {}}),
    *({"written": {"x": 5}}, {"phrase": 5}, {"search": 5, "phrase": [5]}, {"where": 5}, {"basis": []}, {"key": 5}),
    *(datetime.date(2020, 1, 1), datetime.time(1), float("inf"), "(" * 50, "[", "(?P<title>", "\\", "'", 10**30),
)
NAMES = (
    "datasets",
    "dataset",
    "columns",
    "find",
    "title",
    "publication",
    "source_places",
    "commitment",
    "x y",
    "é",
    "",
)


@cache
def bases() -> tuple[dict[str, Any], ...]:
    """Return the declarations that are spoilt: one made up, and the Dutch one."""
    return tuple(tomllib.loads(text) for text in (MADE, (ROOT / FILE).read_text(encoding="utf-8")))


def places(value: Any, path: tuple[Step, ...] = ()) -> Iterator[tuple[Step, ...]]:
    """Yield every place of a value."""
    yield path
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from places(inner, (*path, key))


def spoilt(chance: random.Random) -> dict[str, Any]:
    """Return a declaration with one to three things changed."""
    table = copy.deepcopy(chance.choice(bases()))
    for _ in range(chance.randint(1, 3)):
        _, *rest = places(table)
        if rest:
            _spoil(table, chance.choice(rest), chance)
    return table


def _spoil(table: Any, path: tuple[Step, ...], chance: random.Random) -> None:
    *above, last = path
    for step in above:
        table = table[step]
    match chance.choice(("set", "set", "drop", "rename", "add")):
        case "set":
            table[last] = copy.deepcopy(chance.choice(VALUES))
        case "drop":
            del table[last]
        case "rename" if isinstance(table, dict):
            name = str(last)
            at = chance.randrange(len(name) + 1)
            table[chance.choice((name[:at] + name[at + 1 :], chance.choice(NAMES)))] = table.pop(last)
        case "add" if isinstance(table, dict):
            table[chance.choice(NAMES)] = copy.deepcopy(chance.choice(VALUES))


def found_in(table: dict[str, Any]) -> list[Finding]:
    """Return what is told of a declaration, up to where its document would be read."""
    shared, lists = shared_and_lists()
    long = expand(table, Given(model(), lists, SITE, REFERENCE))
    found = [*long.findings]
    declaration = as_noun(long.tables, Declaration, Path(FILE), found)
    if declaration and not errors(found):
        whole = complete(declaration)
        found += check_types(whole, NAME)
        if not errors(found):
            found += checking.check(whole, NAME, shared, lists)
            found += check_shared(whole, shared)
    files = ("", FILE, f"{NAME}/publication.toml")
    places = Written(files, long.keys, dict.fromkeys(files, to_toml(table)))
    return [places.located(fault) for fault in found]


def check(seed: int) -> bool:
    """Spoil a declaration and look at what is told of it; return whether anything was."""
    table = spoilt(random.Random(seed))
    found = found_in(table)
    for fault in errors(found):
        place = fault.place
        assert place.key, (seed, fault)
        assert fault.message, (seed, fault)
        assert fault.hint, (seed, fault)
        # What was written short is not told of in the words of the long form.
        assert "dataset" in table or not place.key.startswith("dataset["), (seed, fault)
        first = re.split(r"[.\[]", place.key)[0]
        assert place.at or first not in table or place.file.endswith("site.toml"), (seed, fault)
    return bool(errors(found))


def test_the_declarations_that_are_spoilt_are_sound() -> None:
    for table in bases():
        assert errors(found_in(copy.deepcopy(table))) == []


def test_whatever_is_wrong_with_a_short_declaration_is_told_with_its_place() -> None:
    assert sum(check(seed) for seed in range(120)) > 60
