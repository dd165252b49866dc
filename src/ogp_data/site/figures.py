"""Figures of a publication: what came of its commitments, when it was made, which links still work, what came before.

A figure is a drawing with the same figures as a table; a page shows both, and they are files and a page of their own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from ogp_data.core import date_phrases as dates
from ogp_data.core.columns import Column
from ogp_data.core.edtf import spans
from ogp_data.core.messages import Message, Plural
from ogp_data.site.cells import Row
from ogp_data.site.charts import Event, Share, Stack, Stretch, timeline
from ogp_data.site.context import Commitment, Material, Theme
from ogp_data.site.edition_figures import continuations, progress_over_editions
from ogp_data.site.figure import MOST, Entry, Figure, Said, Table, code, counted, placed_by, share
from ogp_data.site.roles import taking
from ogp_data.site.statuses import Status, Tally, status_of
from ogp_data.site.titles import labels


def figures(material: Material, language: str) -> dict[str, Figure]:
    """Return the figures of a publication in a language by name, as far as it has what they show."""
    made = (
        _statuses(material, language),
        _parts(material, language),
        _timeline(material, language),
        evidence(material, language),
        progress_over_editions(material, language),
        continuations(material, language),
    )
    return {one.name: one for one in made if one}


# Progress -----------------------------------------------------------------------------------------------


def _statuses(material: Material, language: str) -> Figure | None:
    """Draw how many commitments have which status, all together and by theme, in the order of the scale."""
    tally = material.tally
    if not tally.basis or not material.commitments:
        return None
    levels = [one.status for one in tally.shown]
    themes = [theme for theme in material.themes if theme.commitments]
    shown = [_stack(material, _ALL, material.commitments, levels, language)]
    if any(theme.title for theme in themes):
        shown += [_stack(material, theme, theme.commitments, levels, language) for theme in themes]
    head = [Message("Theme").of(language), *(one.words.of(language) for one in levels)]
    title = Message("Progress by theme") if shown[1:] else Message("Progress")
    return placed_by(material, "status", title, _told(tally), counted(head, shown, language), language)


_ALL = Theme("", "", "", ())


def _stack(
    material: Material, theme: Theme, found: Sequence[Commitment], levels: Sequence[Status], language: str
) -> tuple[Entry, Stack]:
    tally = material.tally
    numbers = Counter(tally.tag(one.status) for one in found)
    label = labels(material.themes).get(theme.key) or _UNNAMED[theme is _ALL].of(language)
    written = material.publication.declaration.language if theme.title else ""
    shares = [share(one, numbers[one], language) for one in levels]
    return Entry(label, language=written), Stack(label, shares, written)


_UNNAMED = Message("Without a theme"), Message("All commitments")


def _told(tally: Tally) -> Said:
    """Return of how many commitments nothing is told, or else how many are told of by their parts alone."""
    if tally.untold:
        return Plural(
            "The text of the document does not say how far {num} commitment is.",
            "The text of the document does not say how far {num} commitments are.",
            tally.untold,
        )
    if tally.known == tally.total:
        return Message("The document tells of every commitment how far the work has got.")
    return Plural(
        "Of {num} commitment the document judges the parts alone.",
        "Of {num} commitments the document judges the parts alone.",
        tally.total - tally.known,
    )


def _parts(material: Material, language: str) -> Figure | None:
    """Draw how many parts of commitments have which level, where the document judges any by its parts."""
    parts = [part for one in material.commitments for part in one.parts]
    spec = material.parts.by_part
    if spec is None or not any(part.progress for part in parts):
        return None
    lists = material.publication.shared.codelists
    scale = next((lists[column.codes] for column in spec.column if column.codes in lists), None)
    known = [status_of(concept) for concept in (scale.concept if scale else ())]
    numbers = Counter(part.kind for part in parts)
    words = {part.kind: part.progress for part in parts if part.progress}
    left = [Status(kind, words[kind]) for kind in sorted(words) if kind not in {one.code for one in known}]
    levels = [one for one in (*known, *left, Status("", Message("Not judged"))) if numbers[one.code]]
    label = Message("All parts").of(language)
    stack = Stack(label, [share(one, numbers[one.code], language) for one in levels])
    of = Plural("of {num} commitment", "of {num} commitments", sum(bool(one.parts) for one in material.commitments))
    return placed_by(
        material,
        "parts",
        Message("Progress of the parts according to the document"),
        Plural("{num} part {of}.", "{num} parts {of}.", len(parts), values={"of": of}),
        counted(["", *(one.words.of(language) for one in levels)], [(Entry(label), stack)], language),
        language,
    )


# Evidence -----------------------------------------------------------------------------------------------


def evidence(material: Material, language: str) -> Figure | None:
    """Draw how many links have which status of address, all together and by commitment, those with an address first."""
    spec = material.parts.links
    rows = material.rows[spec.name] if spec else []
    if spec is None or not rows:
        return None
    status = taking(spec, "url_status")
    first: dict[str, Row] = {}
    for row in rows:
        first.setdefault(code(row, status), row)
    number = Counter(code(row, status) for row in rows)
    codes = sorted(first, key=lambda code: (not has_address(first[code]), -number[code], code))
    words = {code: _words(row, status, language) for code, row in first.items()}
    # What the figure asks; the code says where the address comes from, which matters where there are two such ones.
    if len(usable := [code for code in codes if has_address(first[code])]) == 1:
        words[usable[0]] = Message("With a web address").of(language)

    def stack(label: str, links: Sequence[Row], written: str = "") -> Stack:
        found = Counter(code(row, status) for row in links)
        kinds = {code: "known" if has_address(first[code]) else "unknown" for code in codes}
        shares = [Share(words[code], found[code], kinds[code]) for code in codes]
        return Stack(label, shares, written)

    label, written = Message("All links").of(language), material.publication.declaration.language
    shown = [(Entry(label), stack(label, rows))]
    for one in (one for one in material.commitments if one.links):
        title = f"{one.mark}. {one.title}"
        shown.append((Entry(title, one.page, written), stack(title, one.links, written)))
    named = Message("Commitment").of(language) if shown[1:] else ""
    head = [named, *(words[code] for code in codes)]
    of = {"of": Plural("of the {num} link", "of the {num} links", len(rows))}
    many = sum(map(has_address, rows))
    text = Plural("{num} {of} still has an address.", "{num} {of} still have an address.", many, values=of)
    return placed_by(
        material,
        "evidence",
        Message("Which links still have a web address?"),
        text,
        counted(head, shown, language),
        language,
    )


def has_address(row: Row) -> bool:
    """Return whether a link has an address."""
    cell = row.cell(taking(row.spec, "url"))
    return bool(cell and cell.value)


def _words(row: Row, column: Column | None, language: str) -> str:
    cell = row.cell(column)
    if cell is None or not cell.parts:
        return "?"
    words = cell.parts[0].words
    return words.of(language) if words else cell.value


# Time ---------------------------------------------------------------------------------------------------


def _timeline(material: Material, language: str) -> Figure | None:
    """Draw the events of the process at their dates, with what the document contradicts of them."""
    spec = material.parts.process
    if spec is None:
        return None
    found = sorted(_events(material, material.rows[spec.name], language), key=lambda one: one[0].begins)
    if not found:
        return None
    head = [Message("Date").of(language), Message("Event").of(language), Message("What is wrong with it").of(language)]
    title, text, signs = Message("Timeline of the plan"), _moments(len(found)), [*_signs([event for event, _ in found])]
    drawn = timeline([event for event, _ in found[:MOST]], language), Table(head, [entries for _, entries in found])
    return placed_by(material, "timeline", title, text, drawn, language, signs)


def _moments(number: int) -> Plural:
    return Plural("{num} moment in the document.", "{num} moments in the document, the earliest first.", number)


def _signs(events: Sequence[Event]) -> Iterator[Message]:
    """Yield what the signs of a timeline mean, as far as it has them."""
    if any(event.doubt for event in events):
        yield Message("A dotted line: the date is uncertain.")
    if any(not (one.first and one.last) for event in events for one in event.stretches):
        yield Message("A point: when it began or ended is not said.")
    if any(event.wrong for event in events):
        yield Message("A triangle with an exclamation mark: the document contradicts itself.")


def _events(material: Material, rows: Sequence[Row], language: str) -> Iterator[tuple[Event, list[Entry]]]:
    written, findings = material.publication.declaration.language, material.parts.findings
    for row in rows:
        edtf, what = (code(row, taking(row.spec, name)) for name in ("date", "description"))
        stretches = list(_stretches(edtf))
        if not stretches:  # a date that cannot be drawn still stands in the dataset
            continue
        wrong = [*_contradictions(material, row)]
        said = " ".join(_statement(one, language) for one in wrong)
        place = material.where.row(findings.name, wrong[0].key) if findings and wrong else ""
        page = material.where.row(row.spec.name, row.key)
        doubt = dates.doubted(edtf)
        when = dates.plain(edtf, language), doubt.of(language) if doubt else ""
        event = Event(stretches, what or row.key, *when, said, written if what else "")
        yield event, [Entry(dates.spoken(edtf, language)), Entry(what or row.key, page, written), Entry(said, place)]


def _statement(finding: Row, language: str) -> str:
    """Return what a finding says, in a language where it can be said in that."""
    cell = finding.cell(taking(finding.spec, "statement"))
    words = cell.parts[0].words_in(language) if cell and cell.parts else None
    return words.of(language) if words else cell.value if cell else ""


def _stretches(edtf: str) -> Iterator[Stretch]:
    """Yield what a date covers: each date of a set, or a period from one to the other, which may be open."""
    try:
        found = spans(edtf)
    except ValueError:
        return
    if "/" in edtf:
        first, last = found
        yield Stretch(first.first if first else None, last.last if last else None)
    else:
        yield from (Stretch(one.first, one.last) for one in found if one)


def _contradictions(material: Material, event: Row) -> Iterator[Row]:
    """Yield the findings by which the document contradicts the date of an event: at its place, and as it is written."""
    date, places = code(event, taking(event.spec, "date_as_written")), set(event.places)
    for one in material.faults.rows:
        kind, written = (code(one, taking(one.spec, name)) for name in ("kind", "as_written"))
        is_date = kind == "contradiction" and written and (written in date or date in written)
        if is_date and places & set(one.places):
            yield one
