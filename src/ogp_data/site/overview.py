"""What the catalogue page shows: the commitments at a glance, progress as the text says it, evidence, time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from markupsafe import Markup

from ogp_data.catalogue.metadata import EVERYTHING
from ogp_data.core.columns import Column, DatasetSpec
from ogp_data.core.words import Words
from ogp_data.site import charts
from ogp_data.site import date_phrases as dates
from ogp_data.site import formatting as show
from ogp_data.site.cells import Row
from ogp_data.site.context import Commitment, Material
from ogp_data.site.locations import Language, in_language, relative
from ogp_data.site.roles import lost_columns, taking

_SHOWN = 40
"""How many characters of a title a picture shows."""


def overview(material: Material, language: Language) -> dict[str, Any]:
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


def _href(page: str, language: Language) -> str:
    return relative(in_language(page, language), in_language("index.html", language))


# Pictures -----------------------------------------------------------------------------------------------

_NOT_SAID = Words("De tekst zegt het niet", "The text does not say")
_NOT_JUDGED = Words("Niet beoordeeld", "Not judged")


def _judged(material: Material) -> bool:
    """Return whether the document itself judges the progress of a commitment."""
    return any(one.judged for one in material.commitments)


def _grid(material: Material, language: Language) -> Markup:
    nl = language == "nl"
    groups = [
        charts.Group(
            f"{theme.mark}. {theme.title}" if theme.title else ("Zonder thema" if nl else "Without a theme"),
            [_item(one, language) for one in theme.commitments],
        )
        for theme in material.themes
        if theme.commitments
    ]
    count = len(material.commitments)
    return charts.grid(
        "chart-themes",
        "Actiepunten per thema" if nl else "Commitments by theme",
        f"{count} actiepunten in {len(groups)} thema's; een gevulde tegel betekent dat het document iets over de"
        " voortgang zegt, hoe die ook is."
        if nl
        else f"{count} commitments in {len(groups)} themes; a filled tile means that the document tells of progress,"
        " whatever it is.",
        groups,
    )


def _item(one: Commitment, language: Language) -> charts.Item:
    said = (one.progress or _NOT_SAID).of(language)
    return charts.Item(
        f"{one.key}. {one.title}: {said}", one.key, "known" if one.progress else "unknown", _href(one.page, language)
    )


def _progress(material: Material, language: Language) -> Markup:
    """Draw how many commitments the text says what of; those that it says nothing of are counted, too."""
    nl = language == "nl"
    counted = Counter(one.kind for one in material.commitments)
    judged = _judged(material)
    names = {one.kind: one.progress or (_NOT_JUDGED if judged else _NOT_SAID) for one in material.commitments}
    # What is not said comes last, however often: it is no kind of progress.
    order = sorted(counted, key=lambda kind: (kind == "", -counted[kind], kind))
    bars = [charts.Bar(names[kind].of(language), counted[kind], "known" if kind else "unknown") for kind in order]
    known, of = len(material.commitments) - counted[""], len(material.commitments)
    if judged:
        title = Words("Voortgang volgens het document", "Progress according to the document")
        text = Words(
            f"Het document geeft de voortgang van {known} van de {of} actiepunten.",
            f"The document gives the progress of {known} of the {of} commitments.",
        )
    else:
        title = Words("Voortgang volgens de tekst", "Progress according to the text")
        text = Words(
            f"Van {known} van de {of} actiepunten zegt de tekst iets over de voortgang.",
            f"The text says something about the progress of {known} of the {of} commitments.",
        )
    return charts.bars(
        "chart-progress",
        title.of(language),
        text.of(language),
        bars,
        "actiepunten" if nl else "commitments",
    )


def _evidence(material: Material, language: Language) -> Markup:
    """Draw how many links have which status of address, those with an address first."""
    spec = material.parts.links
    if spec is None:
        return Markup()
    nl, status = language == "nl", taking(spec, "url_status")
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
        "Links naar status van hun adres" if nl else "Links by the status of their address",
        f"{usable} van de {len(rows)} links hebben nog een adres."
        if nl
        else f"{usable} of the {len(rows)} links still have an address.",
        bars,
        "links",
    )


def _status(row: Row, column: Column | None, language: Language) -> str:
    cell = row.cell(column)
    if cell is None or not cell.parts:
        return "?"
    words = cell.parts[0].words
    return words.of(language) if words else cell.value


def _by_commitment(material: Material, language: Language) -> Markup:
    """Draw how many links with an address each commitment has, of how many."""
    nl = language == "nl"
    with_links = [one for one in material.commitments if one.links]
    bars = [
        charts.Bar(
            f"{one.key}. {_cut(one.title)}",
            addressed(one),
            "known",
            f"van {len(one.links)}" if nl else f"of {len(one.links)}",
        )
        for one in with_links
    ]
    return charts.bars(
        "chart-commitments",
        "Links met een adres per actiepunt" if nl else "Links with an address by commitment",
        f"{len(with_links)} van de {len(material.commitments)} beoordelingen hebben links."
        if nl
        else f"{len(with_links)} of the {len(material.commitments)} assessments have links.",
        bars,
        "links",
    )


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN].rpartition(' ')[0] or text[:_SHOWN]}…"


def _timeline(material: Material, language: Language) -> Markup:
    spec = material.parts.process
    if spec is None:
        return Markup()
    nl = language == "nl"
    events = list(_events(material, spec, material.rows[spec.name], language))
    return charts.timeline(
        "chart-timeline",
        "Tijdlijn van het proces" if nl else "Timeline of the process",
        f"{len(events)} gebeurtenissen die het document noemt, met data zoals het die geeft."
        if nl
        else f"{len(events)} events that the document names, with dates as it gives them.",
        events,
    )


def _events(material: Material, spec: DatasetSpec, rows: Sequence[Row], language: Language) -> Iterator[charts.Event]:
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
            _href(material.where.row(spec.name, row.key), language),
        )
