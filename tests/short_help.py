"""A small model of OGP data, and short declarations that are read with it."""

from __future__ import annotations

import tempfile
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from ogp_data.core import resources
from ogp_data.declaration.short import Expanded, Given, expand
from ogp_data.models.lists import load_lists
from ogp_data.models.model import Model, load_model

DATASETS = {
    "themes": """
class = "ogp:Theme"
key = "theme_number"
find = { kind = "headings" }
column = [
    { name = "theme_number", take = { headings = "position" }, references = "" },
    { name = "roman", type = "string", rdf = "skos:notation" },
    { name = "title", type = "text", rdf = "dct:title", core = true },
]
""",
    "commitments": """
class = "ogp:Commitment"
key = "commitment"
find = { kind = "list" }
column = [
    { name = "commitment", references = "" },
    { name = "commitment_number", core = true, take = "number" },
    { name = "theme_number", core = true },
    { name = "title", type = "text", rdf = "dct:title", core = true, required = true, take = { list = "text" } },
    { name = "title_in_assessment", type = "text", rdf = "ogp:titleInAssessment" },
    { name = "ogp_id", type = "string", rdf = "dct:identifier" },
    { name = "short_title", type = "text", rdf = "ogp:shortTitle", language = "en" },
]
""",
    "assessments": """
class = "ogp:Assessment"
key = "commitment"
find = { kind = "table", continues = "never" }
column = [
    { name = "commitment", core = true },
    { name = "commitment_number", core = true },
    { name = "assessed_on", type = "date", rdf = "dct:date", take = { document = "value" } },
    { name = "progress", type = "code", codes = "progress", rdf = "ogp:progress", core = true },
    { name = "evidence", type = "text", rdf = "ogp:evidence", core = true, required = true },
    { name = "derived_progress", type = "code", codes = "progress-statement", rdf = "ogp:text", search = ["evidence"] },
    { name = "derived_progress_quote", type = "text", rdf = "ogp:text", take = "quote", basis = "derived_progress" },
]
""",
    "links": """
class = "ogp:Link"
key = "link"
find = { kind = "links" }
column = [
    { name = "link", type = "integer", rdf = "schema:position", take = "link" },
    { name = "commitment", core = true, take = { links = "referred" } },
    { name = "url", type = "url", rdf = "schema:url", take = "url" },
]
""",
    "overview": """
class = "ogp:CommitmentOverview"
key = "commitment"
find = { kind = "rows", of = "commitments" }
column = [
    { name = "commitment" },
    { name = "commitment_number", core = true },
    { name = "theme", type = "text", rdf = "ogp:themeTitle", of = "themes", take = "title" },
    { name = "title", type = "text", rdf = "dct:title", take = "title" },
    { name = "links", type = "integer", rdf = "ogp:linksWithAddress", of = "links", take = "count", having = "url" },
    { name = "full_text", type = "text", rdf = "ogp:text", core = true },
]
""",
    "document": """
class = "ogp:DocumentPart"
key = "sequence"
find = { kind = "document", instructions_under = [] }
column = [{ name = "sequence", type = "integer", rdf = "schema:position", take = "sequence" }]
""",
}
SHARED = """
[[column]]
name = "commitment"
type = "string"
rdf = "ogp:commitment"
references = "commitments"
take = { list = "C{number}", table = "C{number}", rows = "commitment" }
[[column]]
name = "commitment_number"
type = "string"
rdf = "ogp:commitmentNumber"
take = "commitment.commitment_number"
[[column]]
name = "theme_number"
type = "integer"
rdf = "ogp:theme"
references = "themes"
take = { list = "parent" }
"""
PUBLICATION = """
version = "1.0.0"
frequency = "NEVER"
title = { nl = "Plan van {country}, {plan}", en = "Plan of {country}, {plan}", fr = "Plan : {country}, {plan}" }
keywords = { nl = ["plan"], en = ["plan"], fr = ["plan"] }
series.title = { nl = "Plannen van {country}", en = "Plans of {country}", fr = "Plans : {country}" }
source.kind = "converted-text"
source.title = { nl = "Verslag {plan}", en = "Report {plan}", fr = "Rapport {plan}" }
"""
HEAD = """
id = "x-2020-2022"
country = "NLD"
plan = "2020-2022"
issued = 2026-11-23
language = "en"
[source]
file = "source/x.txt"
"""


def texts(name: str) -> dict[str, dict[str, str]]:
    """Return a title and a description in three languages, which say country and plan."""
    said = {
        part: {lang: f"{part} of {name} ({lang}), {{country}}" for lang in ("nl", "en", "fr")} for part in ("title",)
    }
    return {**said, "description": dict.fromkeys(("nl", "en", "fr"), f"{name}, {{plan}}")}


@cache
def model() -> Model:
    """Return the small model, read as that of the package is."""
    from fuzz.toml import to_toml

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "datasets").mkdir()
        for dataset, text in DATASETS.items():
            table = tomllib.loads(text)
            table |= {**texts(dataset), "keywords": {lang: [dataset] for lang in ("nl", "en", "fr")}}
            table["column"] = [{**texts(one["name"]), **one} for one in table["column"]]
            (folder / "datasets" / f"{dataset}.toml").write_text(to_toml(table), encoding="utf-8")
        shared = [{**texts(one["name"]), **one} for one in tomllib.loads(SHARED)["column"]]
        (folder / "shared.toml").write_text(to_toml({"column": shared}), encoding="utf-8")
        (folder / "publication.toml").write_text(PUBLICATION, encoding="utf-8")
        return load_model(folder)


def given(site: Mapping[str, Any] | None = None, reference: frozenset[str] = frozenset()) -> Given:
    """Return the small model with the lists of the package."""
    return Given(model(), load_lists(resources.value_lists()), site or {}, reference)


def expanded(text: str, site: Mapping[str, Any] | None = None, reference: frozenset[str] = frozenset()) -> Expanded:
    """Return the long form of what is written behind a head."""
    return whole(HEAD + text, site, reference)


def whole(text: str, site: Mapping[str, Any] | None = None, reference: frozenset[str] = frozenset()) -> Expanded:
    """Return the long form of a declaration."""
    return expand(tomllib.loads(text), given(site, reference))


def takes(found: Expanded, dataset: int = 0) -> dict[str, str]:
    """Return what each column of a dataset takes, in their order."""
    return {column["name"]: column.get("take", "") for column in found.tables["dataset"][dataset]["column"]}


def told(found: Expanded) -> list[tuple[str, str]]:
    """Return rule and key of each finding."""
    return [(fault.rule, fault.place.key) for fault in found.findings]
