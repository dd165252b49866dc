"""A small publication of one table with columns of given types, made of what its document is to say."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from conftest import ROOT
from ogp_data import pipeline
from ogp_data.core.findings import Finding
from ogp_data.pipeline import Folders

HEAD = """\
id = "typed"
base_iri = "https://data.voorbeeld.nl/typed/"
version = "1.0.0"
version_notes = {{ nl = "Eerste uitgave.", en = "First edition." }}
issued = 2024-05-03
modified = 2024-05-03
language = "{language}"
languages = ["NLD"]
title = {{ nl = "Waarden", en = "Values" }}
description = {{ nl = "Waarden van elk soort.", en = "Values of each type." }}
keywords = {{ nl = ["waarden"], en = ["values"] }}
publisher = "ministerie"
creator = "ministerie"
contact = "loket"
licence = "http://creativecommons.org/publicdomain/zero/1.0/deed.nl"
themes = ["GOVE"]
spatial = ["NLD"]
temporal = {{ start = "2023", end = "2024" }}
frequency = "NEVER"
access_rights = "PUBLIC"
status = "COMPLETED"
availability = "STABLE"

[series]
title = {{ nl = "Waarden", en = "Values" }}
description = {{ nl = "Waarden.", en = "Values." }}

[source]
file = "source/document.txt"
kind = "converted-text"
sha256 = "{sha256}"
publish = true
title = {{ nl = "Document", en = "Document" }}
description = {{ nl = "Het document.", en = "The document." }}

[[dataset]]
name = "rows"
type = "ogp:DocumentPart"
title = {{ nl = "Rijen met waarden", en = "Rows of values" }}
description = {{ nl = "Een rij van waarden.", en = "A row of values." }}
keywords = {{ nl = ["waarden"], en = ["values"] }}
find = {{ kind = "table", headings = {headings} }}
"""

COLUMN = """
[[dataset.column]]
name = "{name}"
type = "{type}"
take = "{take}"
rdf = "{rdf}"
title = {{ nl = "{name}", en = "{name}" }}
description = {{ nl = "Kolom {name}.", en = "Column {name}." }}
{more}
"""


@dataclass(frozen=True)
class Typed:
    """A column of the document, whose heading and property have its name: its type and further keys."""

    name: str
    type: str
    more: str = ""


def lay_down(data: Path, columns: Sequence[Typed], rows: Sequence[Sequence[str]], language: str = "nl") -> None:
    """Write the declaration and document of a publication `typed` below `data`."""
    data.mkdir(parents=True)
    shutil.copy(ROOT / "tests" / "tiny" / "data" / "agents.toml", data)
    headings = [column.name.title() for column in columns]
    document = "\n".join("\t".join(cells) for cells in (headings, *rows)) + "\n"
    (data / "typed" / "source").mkdir(parents=True)
    (data / "typed" / "source" / "document.txt").write_text(document, encoding="utf-8")
    sha256 = hashlib.sha256(document.encode()).hexdigest()
    key = COLUMN.format(name="sequence", type="integer", take="sequence", rdf="schema:position", more="key = true")
    cells = (
        COLUMN.format(
            name=column.name,
            type=column.type,
            take="cell",
            rdf=f"own:its{column.name.title()}",
            more=f'heading = "{column.name.title()}"\n{column.more}',
        )
        for column in columns
    )
    last = COLUMN.format(
        name="source_places", type="places", take="source_places", rdf="ogp:sourcePlace", more="required = true"
    )
    head = HEAD.format(language=language, sha256=sha256, headings=json.dumps(headings))
    (data / "typed" / "publication.toml").write_text("".join((head, key, *cells, last)), encoding="utf-8")


def publish(
    folder: Path, columns: Sequence[Typed], rows: Sequence[Sequence[str]], language: str = "nl"
) -> tuple[Path, list[Finding]]:
    """Publish such a publication; return where it stands, and what was found."""
    lay_down(folder / "data", columns, rows, language)
    folders = Folders(folder / "data", folder / "build", folder / "dist")
    outcome = pipeline.run(folders, "typed", "", "", lambda _: None)
    return folder / "dist" / "typed", list(outcome.report.findings)


def table(rows: Sequence[Mapping[str, str]], names: Sequence[str]) -> list[list[str]]:
    """Return the cells of rows in the order of some columns."""
    return [[row[name] for name in names] for row in rows]
