"""Material -> the page of each dataset, those with more of its rows, and the page of all data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate
from typing import Any

from ogp_data.catalogue.usage import uses_of
from ogp_data.core.artefact import Artefact
from ogp_data.core.columns import Column, DatasetSpec, is_publication
from ogp_data.core.framed import DATA
from ogp_data.core.licences import licence_terms
from ogp_data.core.messages import Message, Plural
from ogp_data.core.shared import Term
from ogp_data.core.words import Text
from ogp_data.formats.samples import samples
from ogp_data.site import dictionary
from ogp_data.site import formatting as show
from ogp_data.site.context import Material
from ogp_data.site.page import Page, downloads, page_jsonld
from ogp_data.site.reporting import reporting_on
from ogp_data.site.schema_org import dataset_jsonld, whole_jsonld
from ogp_data.site.titles import file_words, short_titles
from ogp_data.types import type_of

MOST_WANTED = ("xlsx", "csv", "ods", "sqlite", "zip", "datapackage")
"""The formats that most people ask for, the commonest first."""

_FIRST = ("ogp:CommitmentOverview", "ogp:Commitment", "ogp:Assessment", "ogp:MilestoneAssessment", "ogp:Milestone")
_LAST = ("ogp:SourceFinding", "ogp:OgpCommitmentRecord", "ogp:DocumentPart")
"""The classes of the tables that most people ask for, and of those that few do; others stand between them."""

_BUTTONS = 3
_TITLE = Message("The data")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page with rows of a dataset: which one of how many, counted from 1, and the rows before it and on it."""

    number: int
    of: int
    before: int
    size: int


@dataclass(frozen=True, slots=True)
class Offered:
    """A dataset as the page of all data offers it."""

    spec: DatasetSpec
    title: Text
    term: Term | None
    rows: int
    files: Sequence[Artefact]


def data_pages(material: Material) -> Iterator[Page]:
    """Yield the page of all data, then each dataset's."""
    publication = material.publication
    yield Page(
        DATA,
        "data.html",
        _TITLE,
        Message("All tables of {title}, in every format.", title=publication.declaration.title),
        partial(_data, material),
        downloads(material, "everything"),
        partial(whole_jsonld, publication, material.files("everything")),
    )
    titles = short_titles(publication)
    for spec in publication.declaration.dataset:
        for sheet in _sheets(material, spec):
            yield _dataset_page(material, spec, titles[spec.name], sheet)


def _sheets(material: Material, spec: DatasetSpec) -> Iterator[Sheet]:
    sizes = material.where.sheets[spec.name]
    for number, (size, end) in enumerate(zip(sizes, accumulate(sizes), strict=True), 1):
        yield Sheet(number, len(sizes), end - size, size)


def _data(material: Material, language: str) -> Mapping[str, Any]:
    publication = material.publication
    titles, whole = short_titles(publication), material.files("everything")
    return {
        "held": _held(material, language),
        "whole": sorted(whole, key=_by_use),
        "counted": lambda one: show.rows(language, one.term, one.rows),
        "file_words": file_words,
        "first_of_whole": wanted(whole),
        "offered": [
            Offered(
                spec,
                titles[spec.name],
                material.term(spec),
                material.counted[spec.name].rows,
                wanted(material.files(spec.name)),
            )
            for spec in sorted(publication.declaration.dataset, key=_rank)
        ],
        "terms": licence_terms(publication.declaration.licence),
        "where": material.where,
        "files": material.files,
    }


def _held(material: Material, language: str) -> str:
    """Return what the data is about and how much of it there is, in a sentence."""
    publication, about = material.publication, material.parts.commitments
    sizes = [material.counted[spec.name].rows for spec in publication.declaration.dataset]
    holds = {
        "document": publication.declaration.source.title,
        "tables": Plural("{num} table", "{num} tables", len(sizes)),
        "rows": show.rows(language, None, sum(sizes)),
    }
    if about is None:
        return Message("Here is what “{document}” says: {tables} with {rows} in all.", **holds).of(language)
    things = show.rows(language, material.term(about), material.counted[about.name].rows)
    said = Message(
        "Here is what “{document}” says about {things}: {tables} with {rows} in all.", things=things, **holds
    )
    return said.of(language)


def _rank(spec: DatasetSpec) -> int:
    """Return where a table stands among the others by how many people ask for it."""
    middle = len(_FIRST)
    if spec.type in _FIRST:
        return _FIRST.index(spec.type)
    return middle + 1 + _LAST.index(spec.type) if spec.type in _LAST else middle


def _by_use(file: Artefact) -> int:
    """Return where a file stands among the others by how many people ask for its format."""
    name = file.format.name if file.format else ""
    return MOST_WANTED.index(name) if name in MOST_WANTED else len(MOST_WANTED)


def wanted(files: Sequence[Artefact]) -> Sequence[Artefact]:
    """Return the few of some files that most people want, the commonest first."""
    named = {file.format.name: file for file in files if file.format}
    first = [named[name] for name in MOST_WANTED if name in named]
    return first[:_BUTTONS] or [file for file in files if file.format][:_BUTTONS]


def _dataset_page(material: Material, spec: DatasetSpec, title: Text, sheet: Sheet) -> Page:
    publication, page = material.publication, material.where.dataset(spec.name, sheet.number)
    if sheet.number == 1:
        return Page(
            page,
            "dataset.html",
            title,
            spec.description,
            partial(_dataset, material, spec, sheet),
            downloads(material, spec.name),
            partial(dataset_jsonld, publication, spec, material.files(spec.name)),
            crumbs=[(DATA, _TITLE)],
        )
    named = Message("Rows {first} to {last}", first=sheet.before + 1, last=sheet.before + sheet.size)
    return Page(
        page,
        "rows.html",
        Message("{page}, {document}", page=named, document=title),
        spec.description,
        partial(_rows, material, spec, sheet),
        downloads(material, spec.name),
        partial(page_jsonld, publication, title),
        crumbs=[(DATA, _TITLE), (material.where.dataset(spec.name), title)],
    )


def _rows(material: Material, spec: DatasetSpec, sheet: Sheet, _: str) -> dict[str, Any]:
    """Return what a page shows of the rows of a dataset."""
    rows = material.rows[spec.name]
    return {
        "spec": spec,
        "name": short_titles(material.publication)[spec.name],
        "sheet": sheet,
        "rows": rows[sheet.before : sheet.before + sheet.size],
        "count": len(rows),
        "shown": sum(material.where.sheets[spec.name]),
        "own_page": partial(material.where.row, spec.name) if material.where.commitments == spec.name else None,
        "columns": [column for column in spec.column if not is_publication(column)],
        "type_of": type_of,
        "where": material.where,
    }


def _dataset(material: Material, spec: DatasetSpec, sheet: Sheet, language: str) -> dict[str, Any]:
    publication, files = material.publication, material.files(spec.name)
    return {
        **_rows(material, spec, sheet, language),
        "term": material.term(spec),
        "filled": dict(_filled(material, spec)),
        "statistics": material.counted[spec.name],
        "files": sorted(files, key=_by_use),
        "file_words": file_words,
        "first_files": wanted(files),
        "samples": samples(publication, spec, material.artefacts),
        "terms": licence_terms(publication.declaration.licence),
        "explained": partial(dictionary.column_page, spec),
        "earlier": publication.earlier,
        "edition": publication.compared,
        "change": next((one for one in material.changed if one.dataset == spec.name), None),
        "findings": material.parts.findings,
        "uses": [use for _, use in uses_of(publication, spec.name)],
        "report_address": reporting_on(publication, language, spec.name),
        "citation": show.citation(publication, spec.title, publication.names.dataset(spec.name), language),
    }


def _filled(material: Material, spec: DatasetSpec) -> Iterator[tuple[str, int]]:
    """Yield how many rows have a value in each column."""
    for column in spec.column:
        yield column.name, _count(material, spec, column)


def _count(material: Material, spec: DatasetSpec, column: Column) -> int:
    return sum(1 for record in material.records[spec.name] if record[column.name])
