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

from ogp_data.core.columns import Column, DatasetSpec, is_filled
from ogp_data.core.declared import Declaration
from ogp_data.core.messages import Message, listed, own_name
from ogp_data.core.publication import Publication
from ogp_data.core.shared import Contact
from ogp_data.core.words import Text
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
        said = [
            Message("{table}, row {key}, column {column}: {reason}", table=table, key=key, column=column, reason=reason)
            for table, key, column, reason in places[:10]
        ]
        more = [Message("and {count} more", count=len(places) - 10)] if len(places) > 10 else []
        super().__init__(Message("{places}", places=listed([*said, *more], "; ")))


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
        sheets=(_data_sheet(d, spec, rows), _columns_sheet(publication, spec), _source_sheet(publication, spec)),
        title=_joined(spec.title, d, " | "),
        subject=_joined(d.title, d, " | "),
        author=publication.shared.agents[d.creator].name.of(d.page_languages[0]),
        description=_joined(spec.description, d, "\n\n"),
        keywords=tuple(
            dict.fromkeys(word for tag in d.page_languages for words in (d, spec) for word in words.keywords.of(tag))
        ),
        language=d.language,
        created=d.issued,
        modified=d.modified,
    )


# What a spreadsheet cannot hold --------------------------------------------------------------------------


def _unfit(spec: DatasetSpec, rows: Sequence[Row]) -> Iterator[tuple[str, str, str, str]]:
    """Yield the place of everything that a spreadsheet would lose."""
    if len(rows) >= MOST_ROWS:
        yield (
            spec.name,
            str(MOST_ROWS),
            "",
            Message(
                "{count} rows; a sheet holds {most_rows} below its header", count=len(rows), most_rows=MOST_ROWS - 1
            ),
        )
    if len(spec.column) > MOST_COLUMNS:
        yield (
            spec.name,
            "",
            "",
            Message("{count} columns; a sheet holds {most_columns}", count=len(spec.column), most_columns=MOST_COLUMNS),
        )
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
        return Message(
            "{size} characters; a cell of a spreadsheet holds {most_characters}",
            size=size,
            most_characters=MOST_CHARACTERS,
        )
    if found := _UNWRITABLE.search(text):
        return Message("the character U+{ord:04X}, which a spreadsheet cannot hold", ord=ord(found[0]))
    return next(filter(None, map(type_of(column).unfit, split(type_of(column), text))), "")


# The table ----------------------------------------------------------------------------------------------


def cell(column: Column, row: Row) -> Cell:
    """Return a cell of a row by the type of its column; a list is text."""
    kind, found = type_of(column), row.typed[column.name]
    if kind.about.separator or not found:
        return Cell(row[column.name])
    return kind.sheet(found[0].text, found[0].value, column)


def _data_sheet(d: Declaration, spec: DatasetSpec, rows: Sequence[Row]) -> Sheet:
    return Sheet(
        name=_sheet_name(Message("Data"), d),
        header=tuple(column.name for column in spec.column),
        rows=tuple(tuple(cell(column, row) for column in spec.column) for row in rows),
        widths=tuple(_width(column, (row[column.name] for row in rows)) for column in spec.column),
        frozen_columns=_keys_in_front(spec),
        filtered=True,
    )


def _keys_in_front(spec: DatasetSpec) -> int:
    """Return how many columns stay in sight: those that identify a row, where they stand before all others."""
    keys = spec.keys
    return len(keys) if (*spec.column[: len(keys)],) == keys else 0


def _width(column: Column, texts: Iterable[str]) -> int:
    """Return a width at which the header fits and a long text takes a page's height at most."""
    longest = max((len(part) for text in texts for part in text.split("\n")), default=0)
    # A short text stands on one line, a long one is folded to be read as a paragraph; an address hardly folds.
    on_one_line = type_of(column).about.on_one_line
    wanted = longest + 2 if longest <= on_one_line else max(44, longest // _LINES)
    return max(_LEAST_WIDTH, len(column.name) + _FILTER_ARROW, min(wanted, _MOST_WIDTH))


# The columns explained ----------------------------------------------------------------------------------

_KEY, _LEADS_TO = Message("key"), Message("refers to")
_YES, _NO = Message("yes"), Message("no")


def _keywords(d: Declaration, spec: DatasetSpec) -> Iterator[list[str]]:
    """Yield the keywords of each language, those of the publication first."""
    return (words.of(language) for language in d.page_languages for words in (d.keywords, spec.keywords))


def _joined(text: Text, d: Declaration, between: str = " / ") -> str:
    """Return a text in each language of the publication, once where it is the same."""
    return between.join(dict.fromkeys(said for _, said in text.said(d.page_languages)))


def _columns_sheet(publication: Publication, spec: DatasetSpec) -> Sheet:
    explained = [_explained(publication, spec, column) for column in spec.column]
    # Headings that nothing stands under, such as that of the codes in a table without any, are left out.
    headings = _column_headings(publication.declaration)
    used = [index for index in range(len(headings)) if any(words[index] for words in explained)]
    header, widths = zip(*(headings[index] for index in used), strict=True)
    rows = tuple(tuple(Cell(words[index]) for index in used) for words in explained)
    return Sheet(_sheet_name(Message("Columns"), publication.declaration), header, rows, widths, frozen_columns=1)


def _sheet_name(name: Message, d: Declaration) -> str:
    """Return what a sheet is called; a name of Excel has no slash and at most 31 characters."""
    return _joined(name, d, " - ")[:31]


def _column_headings(d: Declaration) -> tuple[tuple[str, int], ...]:
    """Return the headings of the second sheet, with the width of each in characters."""
    return (
        (_joined(Message("Column"), d), 22),
        *((title, 24) for _, title in Message("Title").said(d.page_languages)),
        *((explanation, 46) for _, explanation in Message("Explanation").said(d.page_languages)),
        (_joined(Message("Type"), d), 28),
        (_joined(Message("Required"), d), 12),
        (_joined(Message("Codes"), d), 60),
        (_joined(Message("Key or reference"), d), 34),
        (_joined(Message("Origin"), d), 40),
    )


def _explained(publication: Publication, spec: DatasetSpec, column: Column) -> tuple[str, ...]:
    d = publication.declaration
    language = language_of(column, d.language)
    return (
        column.name,
        *(title for _, title in column.title.said(d.page_languages)),
        *(description for _, description in column.description.said(d.page_languages)),
        _joined(type_of(column).label(column), d) + (f" ({language})" if language else ""),
        _joined(_YES if is_filled(column) else _NO, d),
        _codes(publication, column),
        _role(publication, spec, column),
        _joined(ORIGINS[origin(column, spec, publication.specs)], d),
    )


def _codes(publication: Publication, column: Column) -> str:
    """Return each code of a column's list with its labels, one on a line."""
    concepts = publication.shared.codelists[column.codes].concept if column.codes else []
    return "\n".join(f"{concept.code} = {_joined(concept.label, publication.declaration)}" for concept in concepts)


def _role(publication: Publication, spec: DatasetSpec, column: Column) -> str:
    parts = [_joined(_KEY, publication.declaration)] if column in spec.keys else []
    if column.references:
        target = f"{column.references}.{publication.specs[column.references].key.name}"
        parts.append(f"{_joined(_LEADS_TO, publication.declaration)} {target}")
    return "\n".join(parts)


# Where it comes from ------------------------------------------------------------------------------------


def _source_sheet(publication: Publication, spec: DatasetSpec) -> Sheet:
    d = publication.declaration
    header = (_joined(Message("Subject"), d), *map(own_name, d.page_languages))
    rows = tuple((Cell(_joined(subject, d)), *cells) for subject, cells in _facts(publication, spec) if cells[0].value)
    widths = (32, *(76 for _ in d.page_languages))
    return Sheet(_sheet_name(Message("Source"), d), header, rows, widths, frozen_columns=1)


_Fact = tuple[Message, tuple[Cell, ...]]
"""A subject, and what there is to know of it in each language."""


def _facts(publication: Publication, spec: DatasetSpec) -> Iterator[_Fact]:
    """Yield what there is to know of a dataset."""
    d, names = publication.declaration, publication.names
    agents, contact = publication.shared.agents, publication.shared.contacts[d.contact]
    yield _said(Message("Dataset"), spec.title, d)
    yield _said(Message("Description"), spec.description, d)
    yield _said(Message("Part of"), d.title, d)
    yield _same(Message("Address of the dataset"), linked(names.dataset(spec.name)), d)
    csv = names.download(f"{spec.name}/{spec.name}.csv")
    yield _same(Message("The same table as CSV"), linked(csv), d)
    yield _same(Message("Licence"), linked(d.licence), d)
    yield _said(Message("Publisher"), agents[d.publisher].name, d)
    yield _said(Message("Creator"), agents[d.creator].name, d)
    yield _said(Message("Contact"), contact.name, d)
    yield from _reached(contact, d)
    yield _same(Message("Version"), Cell(d.version), d)
    yield _said(Message("About this version"), d.version_notes, d)
    yield _same(Message("First issued on"), Cell(d.issued, "date"), d)
    yield _same(Message("Changed on"), Cell(d.modified, "date"), d)
    yield _same(Message("Period"), Cell(" - ".join((d.temporal.start or "…", d.temporal.end or "…"))), d)
    yield _said(Message("Source document"), d.source.title, d)
    yield _said(Message("About the source document"), d.source.description, d)
    yield _same(Message("Address of the source document"), linked(publication.source_address), d)
    yield _same(Message("SHA-256 of the source document"), Cell(d.source.sha256), d)
    yield _same(Message("Published at"), linked(d.source.url), d)
    yield _same(Message("Retrieved on"), Cell(d.source.retrieved or "", "date"), d)
    yield _said(Message("How to read this table"), _ADVICE, d)


_ADVICE = Message(
    "An empty cell is an unknown value. Source_places are the places in the source document from which a row came:"
    " L98 is line 98, counted from 1. No cell is a formula: a text that begins with = is a text."
)


def _reached(contact: Contact, d: Declaration) -> Iterator[_Fact]:
    """Yield the addresses of a contact point."""
    yield _same(Message("Web address of the contact"), linked(contact.url), d)
    mail = linked(contact.email, f"mailto:{contact.email}") if contact.email else Cell()
    yield _same(Message("E-mail address of the contact"), mail, d)


def _said(subject: Message, text: Text, d: Declaration) -> _Fact:
    return subject, tuple(Cell(said) for _, said in text.said(d.page_languages))


def _same(subject: Message, same: Cell, d: Declaration) -> _Fact:
    return subject, (same,) * len(d.page_languages)
