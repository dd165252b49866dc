"""Figures of a publication: what came of its commitments, when it was made, which links still work, what came before.

A figure is a drawing with the same figures as a table; a page shows both, and they are files and a page of their own.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from ogp_data.core.columns import Column
from ogp_data.core.edtf import spans
from ogp_data.core.messages import Message, Plural
from ogp_data.core.pages import in_language
from ogp_data.core.web import is_placeholder
from ogp_data.core.words import Text
from ogp_data.site import date_phrases as dates
from ogp_data.site.cells import Row
from ogp_data.site.charts import Drawing, Event, Share, Stack, Stretch, stacks, timeline
from ogp_data.site.context import Commitment, Material, Theme
from ogp_data.site.roles import taking
from ogp_data.site.statuses import Status, Tally, status_of

FOLDER = "charts"
"""Where the files of figures lie."""

MOST = 40
"""How many bars or events a drawing shows; its table has them all."""


Said = Text | Plural
"""What a figure says of itself: a text, or one that counts."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands in a cell of a figure's table: its text, the page that it leads to, and its language ("": none)."""

    text: str
    page: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """The figures of a drawing as a table."""

    head: Sequence[str]
    rows: Sequence[Sequence[Entry]]

    def to_csv(self) -> bytes:
        """Return the table as CSV."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(self.head)
        writer.writerows([entry.text for entry in row] for row in self.rows)
        return out.getvalue().encode("utf-8", "backslashreplace")


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing in a language, what it is called and says, its table, and the paths of its files and its own page."""

    name: str
    title: str
    text: str
    drawing: Drawing
    table: Table
    csv: str
    image: str
    embed: str
    base: str = ""
    """The address below which its files lie, "" where none is declared yet."""

    @property
    def svg(self) -> Markup:
        """Return the drawing as it stands in a page."""
        return self.drawing.svg(self.name, self.title, self.text)

    @property
    def height(self) -> int:
        """Return how many pixels high its own page is where it is as wide as a small screen."""
        return round(self.drawing.height * 1.2) + 160

    @property
    def code(self) -> str:
        """Return what another page shows it with."""
        return (
            f'<iframe src="{escape(self.base + self.embed)}" title="{escape(self.title)}" width="100%"'
            f' height="{self.height}" loading="lazy"></iframe>'
        )


@dataclass(frozen=True, slots=True)
class Site:
    """Where the files of figures go: the languages of the pages, and their address, "" where none is declared yet."""

    languages: Sequence[str]
    base: str = ""


def placed(site: Site, name: str, title: Text, text: Said, drawn: tuple[Drawing, Table], language: str) -> Figure:
    """Return a figure whose files lie where those of its name and language do."""
    path, page = (in_language(f"{FOLDER}/{one}", language, site.languages) for one in (name, f"{name}.html"))
    files = f"{path}.csv", f"{path}.svg", page
    return Figure(name, title.of(language), text.of(language), *drawn, *files, site.base)


def figures(material: Material, language: str) -> dict[str, Figure]:
    """Return the figures of a publication in a language by name, as far as it has what they show."""
    made = (
        _statuses(material, language),
        _parts(material, language),
        _timeline(material, language),
        _evidence(material, language),
        *_editions(material, language),
    )
    return {one.name: one for one in made if one}


def _placed(material: Material, name: str, title: Text, text: Said, drawn: tuple[Drawing, Table], lang: str) -> Figure:
    url = material.publication.names.url
    site = Site(material.publication.declaration.page_languages, "" if is_placeholder(url) else url)
    return placed(site, name, title, text, drawn, lang)


def counted(head: Sequence[str], shown: Sequence[tuple[Entry, Stack]], total: str) -> tuple[Drawing, Table]:
    """Return bars with the table of their numbers; `head` is what the bars are, then what their parts are."""
    rows = [
        [label, *(Entry(str(share.number)) for share in stack.shares), Entry(str(stack.total))]
        for label, stack in shown
    ]
    return stacks([stack for _, stack in shown[:MOST]]), Table([*head, total], rows)


def _total(language: str) -> str:
    return Message("Total").of(language)


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
    return _placed(material, "status", title, _told(tally), counted(head, shown, _total(language)), language)


_ALL = Theme("", "", "", ())


def _stack(
    material: Material, theme: Theme, found: Sequence[Commitment], levels: Sequence[Status], language: str
) -> tuple[Entry, Stack]:
    tally = material.tally
    numbers = Counter(tally.tag(one.status) for one in found)
    label = _called(theme, language)
    written = material.publication.declaration.language if theme.title else ""
    return Entry(label, language=written), Stack(label, [_share(one, numbers[one], language) for one in levels])


def _share(status: Status, number: int, language: str) -> Share:
    return Share(status.words.of(language), number, status.meaning)


def _called(theme: Theme, language: str) -> str:
    if theme is _ALL:
        return Message("All commitments").of(language)
    if not theme.title:
        return Message("Without a theme").of(language)
    return f"{theme.mark}. {theme.title}" if theme.mark else theme.title


def _told(tally: Tally) -> Plural:
    """Return of how many commitments something is known, and who says it."""
    values = {"of": Plural("of the {num} commitment", "of the {num} commitments", tally.total)}
    if tally.basis == "document":
        return Plural(
            "The document gives the progress of {num} {of}.",
            "The document gives the progress of {num} {of}.",
            tally.known,
            values=values,
        )
    return Plural(
        "The text says something about the progress of {num} {of}.",
        "The text says something about the progress of {num} {of}.",
        tally.known,
        values=values,
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
    stack = Stack(label, [_share(one, numbers[one.code], language) for one in levels])
    of = Plural("of {num} commitment", "of {num} commitments", sum(bool(one.parts) for one in material.commitments))
    return _placed(
        material,
        "parts",
        Message("Progress of the parts according to the document"),
        Plural("{num} part {of}.", "{num} parts {of}.", len(parts), values={"of": of}),
        counted(["", *(one.words.of(language) for one in levels)], [(Entry(label), stack)], _total(language)),
        language,
    )


# Evidence -----------------------------------------------------------------------------------------------


def _evidence(material: Material, language: str) -> Figure | None:
    """Draw how many links have which status of address, all together and by commitment, those with an address first."""
    spec = material.parts.links
    rows = material.rows[spec.name] if spec else []
    if spec is None or not rows:
        return None
    status = taking(spec, "url_status")
    first: dict[str, Row] = {}
    for row in rows:
        first.setdefault(_code(row, status), row)
    number = Counter(_code(row, status) for row in rows)
    codes = sorted(first, key=lambda code: (not has_address(first[code]), -number[code], code))

    def stack(label: str, links: Sequence[Row]) -> Stack:
        found = Counter(_code(row, status) for row in links)
        kinds = {code: "known" if has_address(first[code]) else "unknown" for code in codes}
        return Stack(label, [Share(_words(first[code], status, language), found[code], kinds[code]) for code in codes])

    label = Message("All links").of(language)
    shown = [(Entry(label), stack(label, rows))]
    for one in (one for one in material.commitments if one.links):
        title = f"{one.mark}. {one.title}"
        shown.append((Entry(title, one.page, material.publication.declaration.language), stack(title, one.links)))
    head = [Message("Commitment").of(language), *(_words(first[code], status, language) for code in codes)]
    of = {"of": Plural("of the {num} link", "of the {num} links", len(rows))}
    usable = sum(map(has_address, rows))
    text = Plural("{num} {of} still has an address.", "{num} {of} still have an address.", usable, values=of)
    return _placed(
        material,
        "evidence",
        Message("Links by the status of their address"),
        text,
        counted(head, shown, _total(language)),
        language,
    )


def has_address(row: Row) -> bool:
    """Return whether a link has an address."""
    cell = row.cell(taking(row.spec, "url"))
    return bool(cell and cell.value)


def _code(row: Row, column: Column | None) -> str:
    cell = row.cell(column)
    return cell.value if cell else ""


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
    found = list(_events(material, material.rows[spec.name], language))
    if not found:
        return None
    head = [Message("Date").of(language), Message("Event").of(language), Message("What is wrong with it").of(language)]
    text = Plural(
        "{num} event that the document names, with its date as it gives it.",
        "{num} events that the document names, with dates as it gives them.",
        len(found),
    )
    drawn = timeline([event for event, _ in found[:MOST]]), Table(head, [entries for _, entries in found])
    return _placed(material, "timeline", Message("Timeline of the process"), text, drawn, language)


def _events(material: Material, rows: Sequence[Row], language: str) -> Iterator[tuple[Event, list[Entry]]]:
    written, findings = material.publication.declaration.language, material.parts.findings
    for row in rows:
        edtf, what = (_code(row, taking(row.spec, name)) for name in ("date", "description"))
        stretches = list(_stretches(edtf))
        if not stretches:  # a date that cannot be drawn still stands in the dataset
            continue
        wrong = [*_contradictions(material, row)]
        said = " ".join(_code(one, taking(one.spec, "statement")) for one in wrong)
        place = material.where.row(findings.name, wrong[0].key) if findings and wrong else ""
        when = dates.spoken(edtf, language)
        page = material.where.row(row.spec.name, row.key)
        flag = Message("The document contradicts itself").of(language) if wrong else ""
        event = Event(stretches, what or row.key, when, dates.span(edtf)[2], flag)
        yield event, [Entry(when), Entry(what or row.key, page, written), Entry(said, place)]


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
    date, places = _code(event, taking(event.spec, "date_as_written")), set(event.places)
    for one in material.faults.rows:
        kind, written = (_code(one, taking(one.spec, name)) for name in ("kind", "as_written"))
        is_date = kind == "contradiction" and written and (written in date or date in written)
        if is_date and places & set(one.places):
            yield one


# Editions -----------------------------------------------------------------------------------------------


def _editions(material: Material, language: str) -> Iterator[Figure]:
    """Draw what became of the commitments of each edition before, by the change that is declared."""
    spec = next((one for one in material.publication.declaration.dataset if one.type == "ogp:Continuation"), None)
    rows = material.rows[spec.name] if spec else []
    if spec is None or not rows:
        return
    change, before = taking(spec, "change"), taking(spec, "previous_publication")
    lists = material.publication.shared.codelists
    concepts = lists[change.codes].concept if change and change.codes in lists else []
    words: Mapping[str, Text] = {**{one.code: one.label for one in concepts}, "": Message("Not known")}
    kinds = {"dropped": "stopped", "new": "notstarted", "": "unknown"}
    by_edition: dict[str, Counter[str]] = {}
    for row in rows:
        by_edition.setdefault(_code(row, before), Counter())[_code(row, change)] += 1
    codes = [code for code in words if any(number[code] for number in by_edition.values())]
    shown = [
        (
            Entry(edition),
            Stack(edition, [Share(words[code].of(language), found[code], kinds.get(code, "known")) for code in codes]),
        )
        for edition, found in by_edition.items()
    ]
    head = [Message("Earlier publication").of(language), *(words[code].of(language) for code in codes)]
    text = Plural(
        "What is declared of {num} earlier edition.", "What is declared of {num} earlier editions.", len(shown)
    )
    title = Message("What became of earlier commitments")
    yield _placed(material, "continuations", title, text, counted(head, shown, _total(language)), language)
