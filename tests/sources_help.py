"""Publications of a made country whose source has several files: laid down, read, and made into tables."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import docx

from ogp_data.core import resources
from ogp_data.core.findings import Finding
from ogp_data.core.publication import Publication
from ogp_data.core.records import from_csv
from ogp_data.core.source import SourceText
from ogp_data.declaration import reading
from ogp_data.documents import Document, Repair, read_all
from ogp_data.formats.csv import to_csv
from ogp_data.models.lists import load_lists
from ogp_data.tables import build, corrections, reconcile

NAME = "xx-2024-2026"
AGENTS = """
[[agent]]
id = "office"
name = { fr = "Bureau", en = "Office" }
type = "national-authority"
origin = "Made up."

[[contact]]
id = "office"
name = { fr = "Bureau", en = "Office" }
url = "https://office.example.org/"
"""
HEAD = f"""
id = "{NAME}"
country = {{ fr = "Pays X", en = "Country X" }}
spatial = ["https://sws.geonames.org/1/"]
plan = "2024-2026"
issued = 2026-11-30
language = "fr"
page_languages = ["fr", "en"]
base_iri = "https://data.example.org/{NAME}/"
publisher = "office"
creator = "office"
contact = "office"
licence = "http://creativecommons.org/licenses/by/4.0/"
profile = "dcat-ap"
"""
RECORDS = """
[datasets.commitments.find]
kind = "records"
starts = '(?:Engagement|Commitment) (?P<number>\\d+)'
title = "next heading"
labels = { problem = ["Enjeux", "Stakes"], lead_institution = ["Porteur", "Lead"] }
"""
BOTH = '[{ path = "source/fr/" }, { path = "source/en/", language = "en" }]'


def markdown(*blocks: tuple[int, str]) -> bytes:
    """Return a document of headings with their levels, and of paragraphs, whose level is 0."""
    return "".join(f"{'#' * level}{' ' if level else ''}{text}\n\n" for level, text in blocks).encode()


def html(*blocks: tuple[int, str]) -> bytes:
    """Return the same document as a page of the web."""
    said = "".join(f"<h{level}>{text}</h{level}>" if level else f"<p>{text}</p>" for level, text in blocks)
    return f"<!DOCTYPE html><html><head><title></title></head><body>{said}</body></html>".encode()


def word(*blocks: tuple[int, str]) -> bytes:
    """Return the same document as Word has it."""
    document, target = docx.Document(), io.BytesIO()
    for level, text in blocks:
        document.add_heading(text, level) if level else document.add_paragraph(text)
    document.save(target)
    return target.getvalue()


def commitment(number: int, title: str, stakes: str, lead: str, words: Sequence[str]) -> Sequence[tuple[int, str]]:
    """Return the blocks of a commitment, whose labels are in a language."""
    name, problem, leading = words
    return (1, f"{name} {number}"), (2, title), (0, f"{leading}: {lead}"), (3, problem), (0, stakes)


FR, EN = ("Engagement", "Enjeux", "Porteur"), ("Commitment", "Stakes", "Lead")


_MADE_UP = ("unknown-source-origin", "vocabulary-unregistered", "placeholder-base-iri")


@dataclass(frozen=True)
class Made:
    """What became of a publication: findings, and where it could be read, its document and tables."""

    told: Sequence[Finding]
    loaded: Publication | None = None
    document: Document | None = None
    tables: Mapping[str, Sequence[Mapping[str, str]]] = field(default_factory=dict)
    figures: reconcile.Figures | None = None

    @property
    def rules(self) -> list[str]:
        """Return the rules of what was found, but for what is so because the publication is made up."""
        return [one.rule for one in self.told if one.rule not in _MADE_UP]


def sum_of(files: Mapping[str, bytes]) -> str:
    """Return what `sha256sum FILES | LC_ALL=C sort | sha256sum` says."""
    lines = sorted(f"{hashlib.sha256(content).hexdigest()}  {path}\n" for path, content in files.items())
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def lay(
    data: Path,
    files: Mapping[str, bytes],
    entries: str = BOTH,
    datasets: str = RECORDS,
    records: Sequence[Mapping[str, str]] = (),
    source: str = "",
) -> Path:
    """Lay down a publication whose source has files, and return the folder of the publications."""
    folder = data / NAME
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    said = f'files = {entries}\nsha256 = "{sum_of(files)}"\npublish = true\n'
    (folder / "publication.toml").write_text(f"{HEAD}\n[source]\n{said}{source}\n{datasets}")
    (data / "agents.toml").write_text(AGENTS)
    tables = ("[[correction]]\n" + "\n".join(f"{k} = {json.dumps(v)}" for k, v in one.items()) for one in records)
    (folder / "corrections.toml").write_text("\n\n".join(tables))
    return data


def make(data: Path, name: str = NAME) -> Made:
    """Return what becomes of a publication down to its tables, as their CSV has them."""
    loaded, told = reading.load(data, name, load_lists(resources.value_lists()))
    if loaded is None:
        return Made(told)

    def recorded(source: SourceText) -> list[Repair]:
        repairs, found = corrections.repairs(loaded, source)
        told.extend(found)
        return repairs

    document = read_all(loaded.source_name, loaded.source_files, recorded)
    built = build.build(loaded, document)
    tables = {table.name: from_csv(to_csv(table.frame)) for table in built.tables}
    figures, lost = reconcile.reconcile(document.source, built.tables, built.asides, tables)
    return Made([*told, *built.findings, *lost], loaded, document, tables, figures)
