"""Rows -> a workbook, as every spreadsheet format writes it: typed cells, links, widths, words for the reader.

Three sheets: the table, what its columns mean, and where it comes from. What a spreadsheet cannot hold whole is
refused with its place: a cell that was cut would look like the data.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from ogp_data.core.columns import Column, DatasetSpec
from ogp_data.core.publication import Publication
from ogp_data.core.shared import Contact
from ogp_data.core.words import Words
from ogp_data.tables.provides import ORIGINS, origin
from ogp_data.types import language_of, type_of
from ogp_data.types.rows import Row, split
from ogp_data.types.sheet import Cell, linked

MOST_ROWS, MOST_COLUMNS, MOST_CHARACTERS = 1_048_576, 16_384, 32_767
"""Of a sheet and of a cell: "Excel specifications and limits",
https://support.microsoft.com/office/1672b34d-7043-467e-8e27-269d656771c3."""

_UNWRITABLE = re.compile("[\x00-\x09\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 does not allow in a text (https://www.w3.org/TR/xml/#charsets), the return, which it makes a new line,
and the tab, which LibreOffice 7.4 and others leave out when they read the element that OpenDocument has for it."""

_LEAST_WIDTH, _MOST_WIDTH, _LINES, _MOST_LINES = 10, 100, 20, 27
"""Widths in characters, and heights in lines: those of a comfortable cell, and those of Excel's highest row."""

_FILTER_ARROW = 4


class UnfitError(ValueError):
    """What a format cannot hold: each place as (dataset, key of the row, column, reason)."""

    def __init__(self, places: Sequence[tuple[str, str, str, str]]) -> None:
        """Keep every place, and say the first ten."""
        self.places = tuple(places)
        said = [f"{table}, row {key}, column {column}: {reason}" for table, key, column, reason in places[:10]]
        more = [f"and {len(places) - 10} more"] if len(places) > 10 else []
        super().__init__("; ".join([*said, *more]))


@dataclass(frozen=True)
class Sheet:
    """A sheet: its name, header, rows, widths in characters, how many columns stay in sight, whether it filters."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...]
    frozen_columns: int = 0
    filtered: bool = False

    @cached_property
    def heights(self) -> tuple[int, ...]:
        """Return the height of each row in lines, the header's first, as far as the widths tell it without a font."""
        return self._height(self.header), *(self._height(cell.value for cell in row) for row in self.rows)

    def _height(self, texts: Iterable[object]) -> int:
        pairs = zip(texts, self.widths, strict=True)
        return min(_MOST_LINES, max(_folded(str(text), width) for text, width in pairs))


def _folded(text: str, width: int) -> int:
    """Return how many lines a text takes."""
    # A width counts digits, than which letters are narrower; words that do not fit leave some of it empty.
    on_a_line = max(1, width + width // 10 - 3)
    return sum(max(1, -(-len(line) // on_a_line)) for line in text.split("\n"))


@dataclass(frozen=True, slots=True)
class Workbook:
    """Sheets, and what the file says of itself."""

    sheets: tuple[Sheet, ...]
    title: str
    subject: str
    author: str
    description: str
    keywords: tuple[str, ...]
    language: str
    created: datetime.date
    modified: datetime.date


def to_workbook(publication: Publication, spec: DatasetSpec, rows: Sequence[Row]) -> Workbook:
    """Return a dataset as a workbook; raises UnfitError when a spreadsheet cannot hold it whole."""
    d = publication.declaration
    if unfit := list(_unfit(spec, rows)):
        raise UnfitError(unfit)
    return Workbook(
        sheets=(_data_sheet(spec, rows), _columns_sheet(publication, spec), _source_sheet(publication, spec)),
        title=f"{spec.title.nl} | {spec.title.en}",
        subject=f"{d.title.nl} | {d.title.en}",
        author=publication.shared.agents[d.creator].name.nl,
        description=f"{spec.description.nl}\n\n{spec.description.en}",
        keywords=tuple(dict.fromkeys([*d.keywords.nl, *spec.keywords.nl, *d.keywords.en, *spec.keywords.en])),
        language=d.language,
        created=d.issued,
        modified=d.modified,
    )


# What a spreadsheet cannot hold --------------------------------------------------------------------------


def _unfit(spec: DatasetSpec, rows: Sequence[Row]) -> Iterator[tuple[str, str, str, str]]:
    """Yield the place of everything that a spreadsheet would lose."""
    if len(rows) >= MOST_ROWS:
        yield spec.name, str(MOST_ROWS), "", f"{len(rows)} rows; a sheet holds {MOST_ROWS - 1} below its header"
    if len(spec.column) > MOST_COLUMNS:
        yield spec.name, "", "", f"{len(spec.column)} columns; a sheet holds {MOST_COLUMNS}"
    for row in rows:
        for column in spec.column:
            if reason := _reason(column, row[column.name]):
                yield spec.name, row[spec.key.name], column.name, reason


def _reason(column: Column, text: str) -> str:
    """Return why a spreadsheet cannot hold a cell, or ""."""
    # Excel counts in UTF-16, where a character beyond the first plane takes two places.
    if (
        len(text) * 2 > MOST_CHARACTERS
        and (size := len(text.encode("utf-16-le", "surrogatepass")) // 2) > MOST_CHARACTERS
    ):
        return f"{size} characters; a cell of a spreadsheet holds {MOST_CHARACTERS}"
    if found := _UNWRITABLE.search(text):
        return f"the character U+{ord(found[0]):04X}, which a spreadsheet cannot hold"
    return next(filter(None, map(type_of(column).unfit, split(type_of(column), text))), "")


# The table ----------------------------------------------------------------------------------------------


def cell(column: Column, row: Row) -> Cell:
    """Return a cell of a row by the type of its column; a list is text."""
    kind, found = type_of(column), row.typed[column.name]
    if kind.about.separator or not found:
        return Cell(row[column.name])
    return kind.sheet(found[0].text, found[0].value, column)


def _data_sheet(spec: DatasetSpec, rows: Sequence[Row]) -> Sheet:
    return Sheet(
        name="Gegevens - Data",
        header=tuple(column.name for column in spec.column),
        rows=tuple(tuple(cell(column, row) for column in spec.column) for row in rows),
        widths=tuple(_width(column, (row[column.name] for row in rows)) for column in spec.column),
        frozen_columns=1 if spec.column[0].key else 0,
        filtered=True,
    )


def _width(column: Column, texts: Iterable[str]) -> int:
    """Return a width at which the header fits and a long text takes a page's height at most."""
    longest = max((len(part) for text in texts for part in text.split("\n")), default=0)
    # A short text stands on one line, a long one is folded to be read as a paragraph; an address hardly folds.
    on_one_line = type_of(column).about.on_one_line
    wanted = longest + 2 if longest <= on_one_line else max(44, longest // _LINES)
    return max(_LEAST_WIDTH, len(column.name) + _FILTER_ARROW, min(wanted, _MOST_WIDTH))


# The columns explained ----------------------------------------------------------------------------------

_KEY, _LEADS_TO = Words("sleutel", "key"), Words("verwijst naar", "refers to")
_YES, _NO = Words("ja", "yes"), Words("nee", "no")


def _both(words: Words) -> str:
    return words.nl if words.nl == words.en else f"{words.nl} / {words.en}"


def _columns_sheet(publication: Publication, spec: DatasetSpec) -> Sheet:
    explained = [_explained(publication, spec, column) for column in spec.column]
    # Headings that nothing stands under, such as that of the codes in a table without any, are left out.
    used = [index for index in range(len(_COLUMN_HEADINGS)) if any(words[index] for words in explained)]
    header, widths = zip(*(_COLUMN_HEADINGS[index] for index in used), strict=True)
    rows = tuple(tuple(Cell(words[index]) for index in used) for words in explained)
    return Sheet("Kolommen - Columns", header, rows, widths, frozen_columns=1)


_COLUMN_HEADINGS = (
    ("Kolom / Column", 22),
    ("Titel", 24),
    ("Title", 24),
    ("Uitleg", 46),
    ("Explanation", 46),
    ("Soort / Type", 28),
    ("Verplicht / Required", 12),
    ("Codes", 60),
    ("Sleutel of verwijzing / Key or reference", 34),
    ("Herkomst / Origin", 40),
)
"""Of the second sheet, with the width of each in characters."""


def _explained(publication: Publication, spec: DatasetSpec, column: Column) -> tuple[str, ...]:
    language = language_of(column, publication.declaration.language)
    return (
        column.name,
        column.title.nl,
        column.title.en,
        column.description.nl,
        column.description.en,
        _both(type_of(column).label(column)) + (f" ({language})" if language else ""),
        _both(_YES if column.required or column.key else _NO),
        _codes(publication, column),
        _role(publication, column),
        _both(ORIGINS[origin(column, spec, publication.specs)]),
    )


def _codes(publication: Publication, column: Column) -> str:
    """Return each code of a column's list with its labels, one on a line."""
    concepts = publication.shared.codelists[column.codes].concept if column.codes else []
    return "\n".join(f"{concept.code} = {_both(concept.label)}" for concept in concepts)


def _role(publication: Publication, column: Column) -> str:
    keys = {name: spec.key.name for name, spec in publication.specs.items()}
    parts = [_both(_KEY)] if column.key else []
    if column.references:
        target = ".".join(filter(None, (column.references, keys.get(column.references, ""))))
        parts.append(f"{_both(_LEADS_TO)} {target}")
    return "\n".join(parts)


# Where it comes from ------------------------------------------------------------------------------------


def _source_sheet(publication: Publication, spec: DatasetSpec) -> Sheet:
    header = ("Onderwerp / Subject", "Nederlands", "English")
    rows = tuple((Cell(_both(subject)), nl, en) for subject, nl, en in _facts(publication, spec) if nl.value)
    return Sheet("Bron - Source", header, rows, (32, 76, 76), frozen_columns=1)


def _facts(publication: Publication, spec: DatasetSpec) -> Iterator[tuple[Words, Cell, Cell]]:
    """Yield what there is to know of a dataset: subject, in Dutch, in English."""
    d, names = publication.declaration, publication.names
    agents, contact = publication.shared.agents, publication.shared.contacts[d.contact]
    yield _said(Words("Dataset", "Dataset"), spec.title)
    yield _said(Words("Beschrijving", "Description"), spec.description)
    yield _said(Words("Onderdeel van", "Part of"), d.title)
    yield _same(Words("Adres van de dataset", "Address of the dataset"), linked(names.dataset(spec.name)))
    csv = names.download(f"{spec.name}/{spec.name}.csv")
    yield _same(Words("Dezelfde tabel als CSV", "The same table as CSV"), linked(csv))
    yield _same(Words("Licentie", "Licence"), linked(d.licence))
    yield _said(Words("Uitgever", "Publisher"), agents[d.publisher].name)
    yield _said(Words("Maker", "Creator"), agents[d.creator].name)
    yield _said(Words("Contact", "Contact"), contact.name)
    yield from _reached(contact)
    yield _same(Words("Versie", "Version"), Cell(d.version))
    yield _said(Words("Over deze versie", "About this version"), d.version_notes)
    yield _same(Words("Eerst uitgegeven op", "First issued on"), Cell(d.issued, "date"))
    yield _same(Words("Gewijzigd op", "Changed on"), Cell(d.modified, "date"))
    yield _same(Words("Periode", "Period"), Cell(" - ".join((d.temporal.start or "…", d.temporal.end or "…"))))
    yield _said(Words("Brondocument", "Source document"), d.source.title)
    yield _said(Words("Over het brondocument", "About the source document"), d.source.description)
    document = names.download(f"source/{publication.source_name}")
    yield _same(Words("Adres van het brondocument", "Address of the source document"), linked(document))
    yield _same(Words("SHA-256 van het brondocument", "SHA-256 of the source document"), Cell(d.source.sha256))
    yield _same(Words("Gepubliceerd op", "Published at"), linked(d.source.url))
    yield _same(Words("Opgehaald op", "Retrieved on"), Cell(d.source.retrieved or "", "date"))
    yield _said(Words("Hoe deze tabel te lezen", "How to read this table"), _ADVICE)


_ADVICE = Words(
    nl="Een lege cel is een onbekende waarde. In source_places staat uit welke plaatsen in het brondocument een rij "
    "komt: L98 is regel 98, geteld vanaf 1. Geen cel is een formule: een tekst die met = begint, is een tekst.",
    en="An empty cell is an unknown value. Source_places are the places in the source document from which a row came: "
    "L98 is line 98, counted from 1. No cell is a formula: a text that begins with = is a text.",
)


def _reached(contact: Contact) -> Iterator[tuple[Words, Cell, Cell]]:
    """Yield the addresses of a contact point."""
    yield _same(Words("Webadres van het contact", "Web address of the contact"), linked(contact.url))
    mail = linked(contact.email, f"mailto:{contact.email}") if contact.email else Cell()
    yield _same(Words("E-mailadres van het contact", "E-mail address of the contact"), mail)


def _said(subject: Words, words: Words) -> tuple[Words, Cell, Cell]:
    return subject, Cell(words.nl), Cell(words.en)


def _same(subject: Words, same: Cell) -> tuple[Words, Cell, Cell]:
    return subject, same, same
