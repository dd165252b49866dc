"""What the catalogue page shows: the commitments at a glance, progress as the text says it, evidence, time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from ogp_data.catalogue.metadata import EVERYTHING
from ogp_data.core.columns import Column, DatasetSpec
from ogp_data.core.messages import Message, Plural, listed
from ogp_data.core.pages import in_language, relative
from ogp_data.core.words import Text
from ogp_data.site import charts
from ogp_data.site import date_phrases as dates
from ogp_data.site import formatting as show
from ogp_data.site.cells import Row
from ogp_data.site.context import Commitment, Material, Theme, progress_columns
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
            "parts": _parts(material, language),
            "evidence": _evidence(material, language),
            "by_commitment": _by_commitment(material, language),
            "timeline": _timeline(material, language),
        },
        "told": material.told,
        "assessed": material.parts.assessments is not None,
        "addressed": addressed,
        "levels": levels,
        "citation": show.citation(
            publication, publication.declaration.title, publication.names.dataset("catalog"), language
        ),
    }


def _lost(material: Material) -> Iterator[tuple[DatasetSpec, Column, Plural]]:
    """Yield each column that the conversion lost, and in how many of how many rows it is empty."""
    for spec, column in lost_columns(material.publication):
        records = material.records[spec.name]
        empty = sum(1 for record in records if not record[column.name])
        of = Plural("of {num} row", "of {num} rows", len(records))
        yield spec, column, Plural("Empty in {num} {of}.", "Empty in {num} {of}.", empty, values={"of": of})


def addressed(commitment: Commitment) -> int:
    """Return how many links of a commitment have an address."""
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


def _grid(material: Material, language: str) -> Markup:
    shown = [theme for theme in material.themes if theme.commitments]
    themes = [theme for theme in shown if theme.title]
    title = Message("Commitments by theme") if themes else Message("Commitments")
    groups = [
        charts.Group(
            (_called(theme) if theme.title else Message("Without a theme").of(language)) if themes else "",
            [_item(material, one, language) for one in theme.commitments],
        )
        for theme in shown
    ]
    return charts.grid("chart-themes", title.of(language), _divided(material, themes).of(language), groups)


def _called(theme: Theme) -> str:
    return f"{theme.mark}. {theme.title}" if theme.mark else theme.title


def _divided(material: Material, themes: Sequence[Theme]) -> Message:
    """Return how the commitments are divided into themes; those without one are counted, but are no theme."""
    within = sum(len(theme.commitments) for theme in themes)
    left = len(material.commitments) - within
    said: object = Plural("{num} commitment", "{num} commitments", within or left)
    if themes:
        counted = Plural("{num} theme", "{num} themes", len(themes))
        said = Message("{commitments} in {themes}", commitments=said, themes=counted)
    if themes and left:
        without = Plural("{num} without a theme", "{num} without a theme", left)
        said = Message("{divided}, {without}", divided=said, without=without)
    if not material.told:
        return Message("{divided}.", divided=said)
    return Message("{divided}; a filled tile means that the document tells of progress, whatever it is.", divided=said)


def _item(material: Material, one: Commitment, language: str) -> charts.Item:
    title = f"{one.mark}. {one.title}"
    by_part = levels(one) if one.by_part else None
    said = Message("{label}: {value}", label=title, value=one.progress or by_part or _missing(material))
    return charts.Item(
        said.of(language) if material.told else title,
        one.mark,
        "known" if one.progress or by_part else "unknown",
        _href(material, one.page, language),
    )


def levels(one: Commitment) -> Text:
    """Return the level of each part of a commitment, behind the part's mark."""
    said = (Message("{label}: {value}", label=part.mark, value=part.progress or _NOT_JUDGED) for part in one.parts)
    return Message("{sentences}", sentences=listed(said, Message("; ")))


def _missing(material: Material) -> Message:
    """Return what is said of a commitment whose progress is not told."""
    return _NOT_JUDGED if material.told == "document" else _NOT_SAID


def _progress(material: Material, language: str) -> Markup:
    """Draw how many commitments have which progress; those of which nothing is told are counted, too."""
    if not material.told:
        return Markup()
    whole = [(one.kind, one.progress) for one in material.commitments if one.progress]
    by_part = sum(one.by_part for one in material.commitments)
    bars = [
        *_levels(whole, _ranks(material, progress_columns(material.parts)), language),
        charts.Bar(Message("Judged by part").of(language), by_part),
        # What is not said comes last: it is no kind of progress.
        charts.Bar(_missing(material).of(language), len(material.commitments) - len(whole) - by_part, "unknown"),
    ]
    title, text = _told(material, len(whole), by_part)
    return charts.bars(
        "chart-progress",
        title.of(language),
        text.of(language),
        [bar for bar in bars if bar.value],
        Message("commitments").of(language),
        language,
    )


def _parts(material: Material, language: str) -> Markup:
    """Draw how many parts of commitments have which level, where the document judges any by its parts."""
    parts = [part for one in material.commitments for part in one.parts]
    spec, judged = material.parts.by_part, [(part.kind, part.progress) for part in parts if part.progress]
    if spec is None or not judged:
        return Markup()
    bars = [
        *_levels(judged, _ranks(material, spec.column), language),
        charts.Bar(_NOT_JUDGED.of(language), len(parts) - len(judged), "unknown"),
    ]
    of = Plural("of {num} commitment", "of {num} commitments", sum(bool(one.parts) for one in material.commitments))
    return charts.bars(
        "chart-parts",
        Message("Progress of the parts according to the document").of(language),
        Plural("{num} part {of}.", "{num} parts {of}.", len(parts), values={"of": of}).of(language),
        [bar for bar in bars if bar.value],
        Message("parts").of(language),
        language,
    )


def _levels(told: Sequence[tuple[str, Text]], ranks: Mapping[str, int], language: str) -> Iterator[charts.Bar]:
    """Yield a bar for each level that is told, in the order of its scale."""
    counted, names = Counter(kind for kind, _ in told), dict(told)
    for kind in sorted(counted, key=lambda kind: (ranks.get(kind, len(ranks)), kind)):
        yield charts.Bar(names[kind].of(language), counted[kind])


def _ranks(material: Material, columns: Iterable[Column]) -> Mapping[str, int]:
    """Return the place of each progress in its code list, which is the order of its scale."""
    lists = material.publication.shared.codelists
    codes = [one.code for c in columns if c.codes in lists for one in lists[c.codes].concept]
    return {code: rank for rank, code in reversed(list(enumerate(codes)))}


def _told(material: Material, known: int, by_part: int) -> tuple[Message, Plural]:
    """Return the title of the picture of progress, and of how many commitments something is known."""
    of = {"of": Plural("of the {num} commitment", "of the {num} commitments", len(material.commitments))}
    if by_part:
        return Message("Progress according to the document"), Plural(
            "The document judges {num} {of} as a whole, and {parts} by part.",
            "The document judges {num} {of} as a whole, and {parts} by part.",
            known,
            values={**of, "parts": by_part},
        )
    if material.told == "document":
        return Message("Progress according to the document"), Plural(
            "The document gives the progress of {num} {of}.",
            "The document gives the progress of {num} {of}.",
            known,
            values=of,
        )
    return Message("Progress according to the text"), Plural(
        "The text says something about the progress of {num} {of}.",
        "The text says something about the progress of {num} {of}.",
        known,
        values=of,
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
        Plural(
            "{num} {of} still has an address.",
            "{num} {of} still have an address.",
            usable,
            values={"of": Plural("of the {num} link", "of the {num} links", len(rows))},
        ).of(language),
        bars,
        Message("links").of(language),
        language,
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
        _linked(material, len(with_links)).of(language),
        bars,
        Message("links").of(language),
        language,
    )


def _linked(material: Material, count: int) -> Plural:
    """Return how many commitments have links; as many assessments have them where each commitment has just one."""
    of = len(material.commitments)
    if all(len(one.assessments) == 1 for one in material.commitments):
        assessments = {"assessments": Plural("of the {num} assessment", "of the {num} assessments", of)}
        return Plural("{num} {assessments} has links.", "{num} {assessments} have links.", count, values=assessments)
    commitments = {"commitments": Plural("of the {num} commitment", "of the {num} commitments", of)}
    return Plural("{num} {commitments} has links.", "{num} {commitments} have links.", count, values=commitments)


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
        Plural(
            "{num} event that the document names, with its date as it gives it.",
            "{num} events that the document names, with dates as it gives them.",
            len(events),
        ).of(language),
        events,
        language,
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
