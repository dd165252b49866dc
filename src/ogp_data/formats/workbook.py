"""Rows -> a workbook, as every spreadsheet format writes it: typed cells, links, widths, words for the reader.

Of one dataset three sheets: the table, what its columns mean, and where it comes from. Of all datasets the same, with a
sheet for each table and, in front, what is where. What a spreadsheet cannot hold whole is refused with its place: a
cell that was cut would look like the data.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ogp_data.core.columns import Column, DatasetSpec, is_filled
from ogp_data.core.declared import Declaration
from ogp_data.core.messages import Message, listed
from ogp_data.core.publication import Publication
from ogp_data.core.words import Text
from ogp_data.formats.sheets import LINES, Sheet, Workbook, distinct, joined, sheet_name
from ogp_data.formats.source_sheet import source_sheet
from ogp_data.tables.provides import ORIGINS, origin
from ogp_data.types import language_of, type_of
from ogp_data.types.rows import Row, split
from ogp_data.types.sheet import Cell

MOST_ROWS, MOST_COLUMNS, MOST_CHARACTERS = 1_048_576, 16_384, 32_767
"""Of a sheet and of a cell: "Excel specifications and limits",
https://support.microsoft.com/office/1672b34d-7043-467e-8e27-269d656771c3."""

_UNWRITABLE = re.compile("[\x00-\x09\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 does not allow in a text (https://www.w3.org/TR/xml/#charsets), the return, which it makes a new line,
and the tab, which LibreOffice 7.4 and others leave out when they read the element that OpenDocument has for it."""

_LEAST_WIDTH, _MOST_WIDTH = 10, 100
"""In characters."""

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


def to_workbook(publication: Publication, spec: DatasetSpec, rows: Sequence[Row]) -> Workbook:
    """Return a dataset as a workbook; raises UnfitError when a spreadsheet cannot hold it whole."""
    if unfit := list(_unfit(spec, rows)):
        raise UnfitError(unfit)
    d = publication.declaration
    sheets = (_data_sheet(d, spec, rows), _columns_sheet(publication, [spec]), source_sheet(publication, spec))
    return _workbook(publication, sheets, spec.title, spec.description, [spec])


def to_whole(publication: Publication, books: Sequence[tuple[DatasetSpec, Workbook]]) -> Workbook:
    """Return the workbooks of datasets as one: a sheet for each table, and what the columns of all of them mean."""
    d, specs = publication.declaration, [spec for spec, _ in books]
    contents, columns = sheet_name(Message("Contents"), d), _columns_sheet(publication, specs)
    source = source_sheet(publication)
    names = distinct((spec.name for spec in specs), (contents, columns.name, source.name))
    tables = tuple(replace(book.sheets[0], name=name) for (_, book), name in zip(books, names, strict=True))
    front = _contents_sheet(contents, d, specs, tables)
    return _workbook(publication, (front, *tables, columns, source), d.title, d.description, specs)


def _workbook(
    publication: Publication, sheets: tuple[Sheet, ...], title: Text, description: Text, specs: Sequence[DatasetSpec]
) -> Workbook:
    d, own = publication.declaration, [spec.keywords for spec in specs]
    words = (word for tag in d.page_languages for one in (d.keywords, *own) for word in one.of(tag))
    return Workbook(
        sheets=sheets,
        title=joined(title, d, " | "),
        subject=joined(d.title, d, " | "),
        author=publication.shared.agents[d.creator].name.of(d.page_languages[0]),
        description=joined(description, d, "\n\n"),
        keywords=tuple(dict.fromkeys(words)),
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
        name=sheet_name(Message("Data"), d),
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
    wanted = longest + 2 if longest <= on_one_line else max(44, longest // LINES)
    return max(_LEAST_WIDTH, len(column.name) + _FILTER_ARROW, min(wanted, _MOST_WIDTH))


# What is where ------------------------------------------------------------------------------------------


def _contents_sheet(name: str, d: Declaration, specs: Sequence[DatasetSpec], tables: Sequence[Sheet]) -> Sheet:
    """Return the first sheet: each table, which leads to its sheet, what it is, and how many rows it has."""
    titles = [title for _, title in Message("Title").said(d.page_languages)]
    explanations = [explanation for _, explanation in Message("Explanation").said(d.page_languages)]
    rows = (
        (
            Cell(table.name, "link", f"#{table.name}"),
            *(Cell(title) for _, title in spec.title.said(d.page_languages)),
            Cell(len(table.rows), "integer"),
            *(Cell(explanation) for _, explanation in spec.description.said(d.page_languages)),
        )
        for spec, table in zip(specs, tables, strict=True)
    )
    header = (joined(Message("Table"), d), *titles, joined(Message("Rows"), d), *explanations)
    widths = (26, *(40 for _ in titles), 14, *(80 for _ in explanations))
    return Sheet(name, header, tuple(rows), widths, frozen_columns=1)


# The columns explained ----------------------------------------------------------------------------------

_KEY, _LEADS_TO = Message("key"), Message("refers to")
_YES, _NO = Message("yes"), Message("no")


def _columns_sheet(publication: Publication, specs: Sequence[DatasetSpec]) -> Sheet:
    """Return the sheet that has the titles of columns in the reader's language, which the tables have not.

    The first row of a table has the names that every format has: a second one would be read as a row of data.
    """
    d = publication.declaration
    explained = [(spec.name, *_explained(publication, spec, column)) for spec in specs for column in spec.column]
    headings = ((joined(Message("Table"), d), 22), *_column_headings(d))
    # Headings that nothing stands under, such as that of the codes in a table without any, are left out.
    first = 0 if len(specs) > 1 else 1
    used = [index for index in range(first, len(headings)) if any(words[index] for words in explained)]
    header, widths = zip(*(headings[index] for index in used), strict=True)
    rows = tuple(tuple(Cell(words[index]) for index in used) for words in explained)
    name = sheet_name(Message("Columns"), d)
    return Sheet(name, header, rows, widths, frozen_columns=2 - first, filtered=len(specs) > 1)


def _column_headings(d: Declaration) -> tuple[tuple[str, int], ...]:
    """Return the headings of the second sheet, with the width of each in characters."""
    return (
        (joined(Message("Column"), d), 22),
        *((title, 24) for _, title in Message("Title").said(d.page_languages)),
        *((explanation, 46) for _, explanation in Message("Explanation").said(d.page_languages)),
        (joined(Message("Type"), d), 28),
        (joined(Message("Required"), d), 12),
        (joined(Message("Codes"), d), 60),
        (joined(Message("Key or reference"), d), 34),
        (joined(Message("Origin"), d), 40),
    )


def _explained(publication: Publication, spec: DatasetSpec, column: Column) -> tuple[str, ...]:
    d = publication.declaration
    language = language_of(column, d.language)
    return (
        column.name,
        *(title for _, title in column.title.said(d.page_languages)),
        *(description for _, description in column.description.said(d.page_languages)),
        joined(type_of(column).label(column), d) + (f" ({language})" if language else ""),
        joined(_YES if is_filled(column) else _NO, d),
        _codes(publication, column),
        _role(publication, spec, column),
        joined(ORIGINS[origin(column, spec, publication.specs)], d),
    )


def _codes(publication: Publication, column: Column) -> str:
    """Return each code of a column's list with its labels, one on a line."""
    concepts = publication.shared.codelists[column.codes].concept if column.codes else []
    return "\n".join(f"{concept.code} = {joined(concept.label, publication.declaration)}" for concept in concepts)


def _role(publication: Publication, spec: DatasetSpec, column: Column) -> str:
    parts = [joined(_KEY, publication.declaration)] if column in spec.keys else []
    if column.references:
        target = f"{column.references}.{publication.specs[column.references].key.name}"
        parts.append(f"{joined(_LEADS_TO, publication.declaration)} {target}")
    return "\n".join(parts)
