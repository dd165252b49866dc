"""Small publications for tests: a document, a declaration of datasets and columns, and corrections.

`small` makes one in memory, for the stages up to the tables; `Small.write` lays it down as files, for a whole build.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from conftest import ROOT
from finding_help import line_of
from fuzz.toml import to_toml
from ogp_data.core import resources
from ogp_data.core.declared import Declaration
from ogp_data.core.findings import Finding, errors
from ogp_data.core.publication import Correction, Publication
from ogp_data.core.shared import Shared
from ogp_data.core.source import SourceFile, SourceText
from ogp_data.declaration import checking, toml_files
from ogp_data.declaration import reading as publication
from ogp_data.declaration.complete import complete
from ogp_data.documents import READERS, Document, Repair
from ogp_data.documents import read as read_document
from ogp_data.models.lists import ValueLists, load_lists
from ogp_data.tables import build as tables
from ogp_data.tables import corrections

Entry = Mapping[str, Any]
"""A table of TOML."""

NAME = "small"


def words(text: str) -> dict[str, str]:
    """Return a text in both languages."""
    return {"nl": f"{text} (nl).", "en": f"{text} (en)."}


HEAD: Entry = {
    "id": NAME,
    "base_iri": "https://data.voorbeeld.nl/small/",
    "version": "1.0.0",
    "version_notes": words("First"),
    "issued": "2024-05-03",
    "modified": "2024-05-03",
    "language": "en",
    "languages": ["ENG"],
    "title": words("A plan"),
    "description": words("What a plan says"),
    "keywords": {"nl": ["plan"], "en": ["plan"]},
    "publisher": "bzk",
    "creator": "bzk",
    "contact": "open-overheid",
    "licence": "http://creativecommons.org/publicdomain/zero/1.0/deed.nl",
    "themes": ["GOVE"],
    "spatial": ["NLD"],
    "temporal": {"start": "2021", "end": "2024"},
    "frequency": "NEVER",
    "access_rights": "PUBLIC",
    "status": "COMPLETED",
    "availability": "STABLE",
    "series": {"title": words("Series"), "description": words("A series")},
}


def column(name: str, take: str, kind: str = "text", rdf: str = "ogp:text", **more: Any) -> Entry:
    """Return a column."""
    texts = {"title": words(name), "description": words(f"Column {name}")}
    return {"name": name, "type": kind, "take": take, "rdf": rdf, **texts, **more}


PLACES = column("source_places", "source_places", "places", "ogp:sourcePlace", required=True)
SEQUENCE = column("sequence", "sequence", "integer", "schema:position", key=True)
NUMBER = column("number", "number", "integer", "schema:position", key=True)


def dataset(name: str, find: Entry, *columns: Entry, **more: Any) -> Entry:
    """Return a dataset with the given columns, and the places of its rows behind them."""
    texts = {"title": words(f"Table {name}"), "description": words(f"Rows of {name}")}
    keywords = {"keywords": {"nl": [name], "en": [name]}}
    return {
        "name": name,
        "type": "ogp:Paragraph",
        **texts,
        **keywords,
        "find": find,
        "column": [*columns, PLACES],
        **more,
    }


def table(headings: Sequence[str], *columns: Entry, name: str = "actions", **find: Any) -> Entry:
    """Return a dataset of the rows of a table; without columns, one for each heading behind a sequence number."""
    cells = [column(f"c{index}", "cell", heading=heading) for index, heading in enumerate(headings)]
    found = {"kind": "table", "headings": list(headings), **find}
    return dataset(name, found, *(columns or (SEQUENCE, *cells)))


def narrative() -> Entry:
    """Return a dataset of all paragraphs."""
    section, text = column("section", "section", rdf="ogp:section"), column("text", "text", required=True)
    return dataset("narrative", {"kind": "paragraphs"}, SEQUENCE, section, text)


def furniture(**find: Any) -> Entry:
    """Return a dataset of what frames the text."""
    parts = [column(name, name, rdf="ogp:text") for name in ("kind", "label", "as_written")]
    return dataset("document", {"kind": "document", "instructions_under": [], **find}, SEQUENCE, *parts)


def links() -> Entry:
    """Return a dataset of all links."""
    parts = [column(name, name, "string") for name in ("dataset", "row", "column", "label", "url_status")]
    address = column("url", "url", "url", "schema:url")
    return dataset("links", {"kind": "links"}, column("link", "link", "integer", key=True), *parts, address)


def faults() -> Entry:
    """Return a dataset of the faults of the source."""
    parts = [column(name, name, "string") for name in ("kind", "statement", "dataset", "row", "column", "status")]
    return dataset("source_findings", {"kind": "findings"}, SEQUENCE, *parts, column("as_written", "as_written"))


@dataclass(frozen=True)
class Small:
    """A small publication that is yet to be read."""

    text: str | bytes
    datasets: Sequence[Entry]
    corrections: Sequence[Entry] = ()
    more: Entry = field(default_factory=dict)
    kind: str = "converted-text"

    @property
    def content(self) -> bytes:
        """Return the bytes of its document."""
        return self.text.encode() if isinstance(self.text, str) else self.text

    @property
    def declaration(self) -> Entry:
        """Return what its publication.toml says."""
        source = {
            "file": "source/document.txt",
            "kind": self.kind,
            "sha256": hashlib.sha256(self.content).hexdigest(),
            "publish": True,
            "title": words("The document"),
            "description": words("The document"),
        }
        return {**HEAD, "source": source, "dataset": self.datasets, **self.more}

    def write(self, data: Path) -> Path:
        """Lay it down below a folder of publications, with what publications share, and return its folder."""
        folder = data / NAME
        (folder / "source").mkdir(parents=True)
        if not (data / "agents.toml").exists():
            (data / "agents.toml").symlink_to(ROOT / "data" / "agents.toml")
        (folder / "source" / "document.txt").write_bytes(self.content)
        (folder / "publication.toml").write_text(to_toml(self.declaration), encoding="utf-8")
        if self.corrections:
            (folder / "corrections.toml").write_text(to_toml({"correction": self.corrections}), encoding="utf-8")
        return folder


# In memory ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Read:
    """How far a small publication came: what is wrong with it, and its tables when the declaration is sound."""

    findings: Sequence[Finding]
    built: tables.Tables | None = None
    loaded: Publication | None = None
    document: Document | None = None

    @property
    def told(self) -> list[tuple[str, str]]:
        """Return rule and place of each error."""
        return [(found.rule, str(found.place)) for found in errors(list(self.findings))]

    @property
    def warned(self) -> list[tuple[str, int | None]]:
        """Return rule and line of each warning about the document."""
        warnings = [found for found in self.findings if found.severity == "warning" and line_of(found)]
        return [(found.rule, line_of(found)) for found in warnings]

    def rows(self, name: str = "actions") -> list[dict[str, str]]:
        """Return the rows of a dataset without their publication, keys of the kind `sequence` and places."""
        assert self.built
        (found,) = (table for table in self.built.tables if table.name == name)
        return [
            {name: cell.value for name, cell in row.items() if name not in ("publication", "sequence", "source_places")}
            for row in found.cells
        ]

    def cells(self, name: str = "actions") -> list[tuple[str, ...]]:
        """Return the rows of a dataset as tuples of their values."""
        return [tuple(row.values()) for row in self.rows(name)]


@cache
def shared_and_lists() -> tuple[Shared, ValueLists]:
    """Return what publications share, and the lists of values."""
    found: list[Finding] = []
    lists = load_lists(resources.value_lists())
    shared = publication._shared(ROOT / "data", lists, found)
    assert shared
    return shared, lists


def _recorded(loaded: Publication, faults: list[Finding], text: SourceText) -> Sequence[Repair]:
    """Return the repairs that are recorded for a text; what is wrong with them is taken up."""
    repairs, found = corrections.repairs(loaded, text)
    faults += found
    return repairs


def read(small: Small, here: bool = False) -> Read:
    """Return what becomes of a small publication up to its tables, without a disk; `here`: in this very process."""
    shared, lists = shared_and_lists()
    try:
        declaration = complete(toml_files.parse(small.declaration, Declaration))
        records = [toml_files.parse(record, Correction) for record in small.corrections]
    except ValidationError as reason:
        path = Path(NAME) / "publication.toml"
        return Read(list(toml_files.declaration_faults(path, reason, Declaration, small.declaration)))
    found = checking.check(declaration, NAME, shared, lists)
    if errors(found):
        return Read(found)
    source = declaration.source
    file = SourceFile(Path(source.file).name, small.content, source.codec, source.limits, 1, source.file, small.kind)
    loaded = Publication(declaration, shared, tuple(records), {}, Path(NAME), (file,))
    faults: list[Finding] = []
    recorded, first = partial(_recorded, loaded, faults), loaded.source_files[0]
    document = READERS[small.kind].read(first) if here else read_document(small.kind, first, recorded)
    built = tables.build(loaded, document)
    return Read([*found, *faults, *built.findings], built, loaded, document)
