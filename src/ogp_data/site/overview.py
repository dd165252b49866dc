"""What the catalogue page shows: the commitments at a glance, progress as the text says it, evidence, time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from markupsafe import Markup

from ogp_data.catalogue.metadata import EVERYTHING
from ogp_data.core.columns import Column, DatasetSpec
from ogp_data.core.messages import Message
from ogp_data.core.pages import in_language, relative
from ogp_data.site import charts
from ogp_data.site import date_phrases as dates
from ogp_data.site import formatting as show
from ogp_data.site.cells import Row
from ogp_data.site.context import Commitment, Material
from ogp_data.site.roles import lost_columns, taking

_SHOWN = 40
"""How many characters of a title a picture shows."""


def overview(material: Material, language: str) -> dict[str, Any]:
    """Return what the catalogue page shows in a language."""
    publication, parts = material.publication, material.parts
    return {
        "commitments": material.commitments,
        "themes": material.themes,
        "total": material.counted[EVERYTHING],
        "counted": material.counted,
        "lost": list(_lost(material)),
        "evidence": parts.links is not None and material.rows[parts.links.name],
        "events": parts.process is not None and material.rows[parts.process.name],
        "links": parts.links,
        "process": parts.process,
        "findings": parts.findings,
        "files": material.files,
        "where": material.where,
        "charts": {
            "grid": _grid(material, language),
            "progress": _progress(material, language),
            "evidence": _evidence(material, language),
            "by_commitment": _by_commitment(material, language),
            "timeline": _timeline(material, language),
        },
        "judged": _judged(material),
        "addressed": addressed,
        "citation": show.citation(
            publication, publication.declaration.title, publication.names.dataset("catalog"), language
        ),
    }


def _lost(material: Material) -> Iterator[tuple[DatasetSpec, Column, int, int]]:
    """Yield each column that the conversion lost, with how many of how many rows are empty."""
    for spec, column in lost_columns(material.publication):
        records = material.records[spec.name]
        yield spec, column, sum(1 for record in records if not record[column.name]), len(records)


def addressed(commitment: Commitment) -> int:
    """Return how many links of a commitment's assessment have an address."""
    return sum(1 for row in commitment.links if _has_address(row))


def _has_address(row: Row) -> bool:
    cell = row.cell(taking(row.spec, "url"))
    return bool(cell and cell.value)


def _href(material: Material, page: str, language: str) -> str:
    languages = material.publication.declaration.page_languages
    return relative(in_language(page, language, languages), in_language("index.html", language, languages))


# Pictures -----------------------------------------------------------------------------------------------

_NOT_SAID = Message("The text does not say")
_NOT_JUDGED = Message("Not judged")


def _judged(material: Material) -> bool:
    """Return whether the document itself judges the progress of a commitment."""
    return any(one.judged for one in material.commitments)


def _grid(material: Material, language: str) -> Markup:
    groups = [
        charts.Group(
            f"{theme.mark}. {theme.title}" if theme.title else (Message("Without a theme").of(language)),
            [_item(material, one, language) for one in theme.commitments],
        )
        for theme in material.themes
        if theme.commitments
    ]
    count = len(material.commitments)
    return charts.grid(
        "chart-themes",
        Message("Commitments by theme").of(language),
        Message(
            "{count} commitments in {themes} themes; a filled tile means that the document tells of progress,"
            " whatever it is.",
            count=count,
            themes=len(groups),
        ).of(language),
        groups,
    )


def _item(material: Material, one: Commitment, language: str) -> charts.Item:
    said = (one.progress or _NOT_SAID).of(language)
    return charts.Item(
        f"{one.mark}. {one.title}: {said}",
        one.mark,
        "known" if one.progress else "unknown",
        _href(material, one.page, language),
    )


def _progress(material: Material, language: str) -> Markup:
    """Draw how many commitments the text says what of; those that it says nothing of are counted, too."""
    counted = Counter(one.kind for one in material.commitments)
    judged = _judged(material)
    names = {one.kind: one.progress or (_NOT_JUDGED if judged else _NOT_SAID) for one in material.commitments}
    # What is not said comes last, however often: it is no kind of progress.
    order = sorted(counted, key=lambda kind: (kind == "", -counted[kind], kind))
    bars = [charts.Bar(names[kind].of(language), counted[kind], "known" if kind else "unknown") for kind in order]
    known, of = len(material.commitments) - counted[""], len(material.commitments)
    if judged:
        title = Message("Progress according to the document")
        text = Message("The document gives the progress of {known} of the {of} commitments.", known=known, of=of)
    else:
        title = Message("Progress according to the text")
        text = Message(
            "The text says something about the progress of {known} of the {of} commitments.", known=known, of=of
        )
    return charts.bars(
        "chart-progress",
        title.of(language),
        text.of(language),
        bars,
        Message("commitments").of(language),
    )


def _evidence(material: Material, language: str) -> Markup:
    """Draw how many links have which status of address, those with an address first."""
    spec = material.parts.links
    if spec is None:
        return Markup()
    status = taking(spec, "url_status")
    rows = material.rows[spec.name]
    found: dict[str, list[Row]] = {}
    for row in rows:
        cell = row.cell(status)
        found.setdefault(cell.value if cell else "", []).append(row)
    ordered = sorted(found.values(), key=lambda same: (not _has_address(same[0]), -len(same)))
    bars = [
        charts.Bar(_status(same[0], status, language), len(same), "known" if _has_address(same[0]) else "unknown")
        for same in ordered
    ]
    usable = sum(map(_has_address, rows))
    return charts.bars(
        "chart-evidence",
        Message("Links by the status of their address").of(language),
        Message("{usable} of the {links} links still have an address.", usable=usable, links=len(rows)).of(language),
        bars,
        Message("links").of(language),
    )


def _status(row: Row, column: Column | None, language: str) -> str:
    cell = row.cell(column)
    if cell is None or not cell.parts:
        return "?"
    words = cell.parts[0].words
    return words.of(language) if words else cell.value


def _by_commitment(material: Material, language: str) -> Markup:
    """Draw how many links with an address each commitment has, of how many."""
    with_links = [one for one in material.commitments if one.links]
    bars = [
        charts.Bar(
            f"{one.mark}. {_cut(one.title)}",
            addressed(one),
            "known",
            Message("of {links}", links=len(one.links)).of(language),
        )
        for one in with_links
    ]
    return charts.bars(
        "chart-commitments",
        Message("Links with an address by commitment").of(language),
        Message(
            "{count} of the {assessments} assessments have links.",
            count=len(with_links),
            assessments=len(material.commitments),
        ).of(language),
        bars,
        Message("links").of(language),
    )


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN].rpartition(' ')[0] or text[:_SHOWN]}…"


def _timeline(material: Material, language: str) -> Markup:
    spec = material.parts.process
    if spec is None:
        return Markup()
    events = list(_events(material, spec, material.rows[spec.name], language))
    return charts.timeline(
        "chart-timeline",
        Message("Timeline of the process").of(language),
        Message("{count} events that the document names, with dates as it gives them.", count=len(events)).of(language),
        events,
    )


def _events(material: Material, spec: DatasetSpec, rows: Sequence[Row], language: str) -> Iterator[charts.Event]:
    when, what = taking(spec, "date"), taking(spec, "description")
    for row in rows:
        date, text = row.cell(when), row.cell(what)
        if date is None or not date.value:
            continue
        try:
            start, end, uncertain = dates.span(date.value)
        except ValueError:  # a date that cannot be drawn still stands in the table
            continue
        yield charts.Event(
            start,
            end,
            text.value if text else row.key,
            dates.spoken(date.value, language),
            uncertain,
            _href(material, material.where.row(spec.name, row.key), language),
        )
