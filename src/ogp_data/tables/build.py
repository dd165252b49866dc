"""Document -> typed tables, each row and each text with its places.

Three steps: find rows, let columns take what they declare, and derive the tables that are made of the others
(links, quotations, faults).
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ogp_data.core.addresses import soundness
from ogp_data.core.columns import Column, DatasetSpec
from ogp_data.core.dates import Dated, read_date
from ogp_data.core.edtf import days, is_edtf
from ogp_data.core.findings import Finding, Place, errors
from ogp_data.core.places import SourcePlace, merged, series
from ogp_data.core.publication import Correction, Publication
from ogp_data.core.tables import Cell, Fault, Table
from ogp_data.core.text import Passage, url_fault
from ogp_data.documents import Anchor, Aside, Document
from ogp_data.tables import corrections, derive, typed
from ogp_data.tables.kinds.front_matter import FrontMatter
from ogp_data.tables.kinds.headings import Headings
from ogp_data.tables.kinds.links import Links
from ogp_data.tables.kinds.list_items import ListItems
from ogp_data.tables.kinds.paragraphs import Paragraphs
from ogp_data.tables.kinds.quotes import Quote, Quotes
from ogp_data.tables.kinds.source_defects import SourceDefects
from ogp_data.tables.kinds.table_rows import TableRows
from ogp_data.tables.nearest import check_found
from ogp_data.tables.rows import (
    Draft,
    Drafts,
    Placed,
    Reading,
    Row,
    check_day,
    check_gaps,
    check_numbers,
    check_under,
    derived_cell,
    furniture_rows,
    heading_rows,
    list_rows,
    paragraph_rows,
    place_blocks,
    report_unclaimed,
    table_rows,
)
from ogp_data.types import type_of

Addressed = Mapping[int | str, Row]


@dataclass(frozen=True, slots=True)
class Tables:
    """Every table of a publication, and what of the document is in none of them."""

    tables: tuple[Table, ...]
    asides: tuple[Aside, ...]
    findings: tuple[Finding, ...]


def build(publication: Publication, document: Document) -> Tables:
    """Return the publication's tables in the order of the declaration, and what is wrong.

    Where rows are not sound, only that is told: what is wrong further on may be no more than its consequence.
    """
    reading = Reading(document, publication.declaration, list(document.findings), list(document.asides))
    reading.doubts += document.doubts
    specs = publication.declaration.dataset
    rows = _find_rows(reading, specs)
    unsound = tuple(reading.findings) if errors(reading.findings) else ()
    drafts = {spec.name: _drafts(publication, spec, rows) for spec in specs if spec.name in rows}
    drafts = corrections.apply(publication, reading, drafts)
    drafts = {spec.name: typed.read(publication, spec, drafts[spec.name]) for spec in specs if spec.name in rows}
    _row_faults(reading, specs, rows, drafts)
    _check_links(reading, specs, drafts)
    for kind, find in _FOUND_IN_TABLES:
        for spec in specs:
            if isinstance(spec.find, kind):
                found = _drafts(publication, spec, {spec.name: find(publication, reading, drafts, spec)})
                drafts[spec.name] = typed.read(publication, spec, found)
    _derive(publication, reading, drafts)
    tables = tuple(typed.table(publication, reading, spec, drafts[spec.name]) for spec in specs)
    typed.check_references(reading, specs, drafts)
    return Tables(tables, tuple(reading.asides), unsound or tuple(reading.findings))


def _derive(publication: Publication, reading: Reading, drafts: Drafts) -> None:
    """Fill in what follows from the rows: what phrases say, then the datasets that are joined of others."""
    specs = publication.specs
    for spec in sorted(specs.values(), key=lambda spec: bool(spec.find.base)):
        if spec.find.base:
            drafts[spec.name] = derive.joined_rows(specs, drafts, spec)
        said = derive.fill_phrases(reading, spec, drafts)
        drafts[spec.name] = typed.read(publication, spec, said, lambda column: column.take == "phrase")


# Finding rows -------------------------------------------------------------------------------------------


def _find_rows(reading: Reading, specs: Sequence[DatasetSpec]) -> dict[str, list[Row]]:
    """Return the rows of every dataset that is found in the document itself."""
    placed = place_blocks(reading)
    _check_names(reading, specs, placed)
    rows: dict[str, list[Row]] = {}
    parents: dict[str, dict[int, str]] = {}
    claimed: set[int] = set()
    for spec in specs:
        if isinstance(spec.find, Headings):
            found = heading_rows(reading, placed, spec.find)
            rows[spec.name] = [row for _, row in found]
            parents[spec.name] = {spot.number: row.offers["position"].value for spot, row in found}
        elif isinstance(spec.find, TableRows):
            rows[spec.name] = table_rows(reading, placed, spec, claimed)
    for spec in specs:
        if isinstance(spec.find, ListItems):
            rows[spec.name] = list_rows(reading, placed, spec.find, parents.get(spec.find.each, {}))
            _check_parents(reading, spec.find, rows[spec.name], parents.get(spec.find.each, {}))
    _check_all_numbers(reading, specs, rows)
    _find_the_rest(reading, specs, placed, rows, {number for own in parents.values() for number in own}, claimed)
    _check_labels(reading, specs, rows)
    check_found(reading, placed, rows)
    return rows


def _check_names(reading: Reading, specs: Sequence[DatasetSpec], placed: Sequence[Placed]) -> None:
    """Report headings that the declaration names and the document does not have."""
    for index, spec in enumerate(specs):
        if under := getattr(spec.find, "under", ""):
            check_under(reading, placed, [under], f"dataset[{index}].find.under")
        for key in ("instructions_under", "front_matter_under"):
            check_under(reading, placed, getattr(spec.find, key, ()), f"dataset[{index}].find.{key}")


def _check_labels(reading: Reading, specs: Sequence[DatasetSpec], rows: Mapping[str, list[Row]]) -> None:
    """Report labels that columns take a value from and the document does not have, and dates there that are none."""
    for index, spec in enumerate(specs):
        for at, column in enumerate(spec.column):
            if not column.where:
                continue
            named = [row for row in rows.get(column.of, ()) if row.offers["label"].value == column.where]
            if not named:
                message = f"The document has no line of front matter with the label {column.where!r}."
                reading.dangling(message, f"dataset[{index}].column[{at}].where")
            elif type_of(column).about.datatype == "xsd:date":
                check_day(reading, named[0], column.where)


def _find_the_rest(
    reading: Reading,
    specs: Sequence[DatasetSpec],
    placed: Sequence[Placed],
    rows: dict[str, list[Row]],
    headings: set[int],
    claimed: set[int],
) -> None:
    """Find the paragraphs and what frames the text, and report the rows of cells that are left."""
    furniture = [spec.find for spec in specs if isinstance(spec.find, FrontMatter)]
    instructions = {title for find in furniture for title in find.instructions_under}
    for spec in specs:
        if isinstance(spec.find, Paragraphs):
            rows[spec.name] = paragraph_rows(reading, placed, instructions)
        elif isinstance(spec.find, FrontMatter):
            rows[spec.name] = furniture_rows(reading, placed, spec.find, headings, claimed)
    report_unclaimed(reading, placed, claimed)


def _check_all_numbers(reading: Reading, specs: Sequence[DatasetSpec], rows: Mapping[str, list[Row]]) -> None:
    """Check the numbers that name the rows of a table or list, and that a table's are in the list it refers to."""
    for spec in specs:
        naming = (column for column in spec.column if column.key or column.references)
        column = next((column for column in naming if column.take == "number"), None)
        if column is None or not rows.get(spec.name):
            continue
        check_numbers(reading, rows[spec.name], spec.name)
        if listed := rows.get(column.references):
            _check_same_numbers(reading, spec.name, rows[spec.name], column.references, listed)
        else:
            check_gaps(reading, rows[spec.name], spec.name)


def _check_same_numbers(reading: Reading, name: str, rows: Sequence[Row], of: str, listed: Sequence[Row]) -> None:
    known, present = {row.number for row in listed}, {row.number for row in rows}
    for row in rows:
        if row.number and row.number not in known:
            message = f"Number {row.number} is not in the list '{of}'."
            reading.fault("unknown-number", message, reading.place(row.places[0], name, row=str(row.number)))
    for row in listed:
        if row.number not in present:
            message = f"Number {row.number} of the list '{of}' has no row in '{name}'."
            reading.fault("missing-number", message, reading.place(row.places[0], of, row=str(row.number)))


def _check_parents(reading: Reading, find: ListItems, rows: Sequence[Row], parents: Mapping[int, str]) -> None:
    used = {row.offers["parent"].value for row in rows}
    for number, key in parents.items():
        if key not in used:
            message = f"The heading is row {key} of '{find.each}' and has no list items under it."
            at = reading.document.blocks[number].place
            reading.fault("heading-without-items", message, reading.place(at, find.each, row=key))


# Columns take what they declare -------------------------------------------------------------------------


def _drafts(publication: Publication, spec: DatasetSpec, rows: Mapping[str, list[Row]]) -> list[Draft]:
    drafts = []
    others = {column.of: _addressed(rows.get(column.of, ())) for column in spec.column if column.of}
    for sequence, row in enumerate(rows[spec.name], start=1):
        cells: dict[str, Cell] = {}
        anchors: dict[str, tuple[Anchor, ...]] = {}
        found = set(row.places)
        for column in spec.column:
            if column is spec.column[-1]:
                continue
            cell, other = _take(publication, column, row, sequence, others)
            cells[column.name] = cell
            anchors[column.name] = (other or row).anchors.get(_offer(column), ()) if cell.origin == "source" else ()
            if other and cell.origin == "source":
                found.update(other.places[:1])
        drafts.append(Draft(cells, merged(found), anchors))
    return drafts


def _offer(column: Column) -> str:
    return f"cell:{column.heading}" if column.take == "cell" else column.take


def _take(
    publication: Publication, column: Column, row: Row, sequence: int, others: Mapping[str, Addressed]
) -> tuple[Cell, Row | None]:
    """Return what a column takes of a row, and the other dataset's row when it is taken from there."""
    if column.take == "sequence":
        return Cell(str(sequence)), None
    if column.take.startswith("reference:"):
        joined = publication.references.get(str(row.number), {})
        return Cell(joined.get(column.take.removeprefix("reference:"), ""), "reference"), None
    if column.of and column.take == "row":
        return (row.offers["row"] if row.offers["dataset"].value == column.of else Cell()), None
    if not column.of:
        return row.offers.get(_offer(column), Cell()), None
    other = others[column.of].get(column.where or row.number)
    if other is None:
        return Cell(), None
    cell = other.offers.get(_offer(column), Cell())
    return (replace(cell, origin="derived", passage=None), None) if column.where else (cell, other)


def _addressed(rows: Iterable[Row]) -> Addressed:
    """Return rows by their number, and by their label where they have one; the first of equals."""
    found: dict[int | str, Row] = {}
    for row in rows:
        found.setdefault(row.number, row)
        if "label" in row.offers:
            found.setdefault(row.offers["label"].value, row)
    return found


# Faults that the reader finds ---------------------------------------------------------------------------


def _row_faults(
    reading: Reading,
    specs: Sequence[DatasetSpec],
    rows: Mapping[str, list[Row]],
    drafts: Mapping[str, list[Draft]],
) -> None:
    for spec in specs:
        for row, draft in zip(rows.get(spec.name, ()), drafts.get(spec.name, ()), strict=True):
            key = draft.cells[spec.key.name].value
            reading.faults.extend(_faults_of_row(spec, row, draft, key))


def _faults_of_row(spec: DatasetSpec, row: Row, draft: Draft, key: str) -> Iterator[Fault]:
    if row.pieces:
        statement = f"A page break split this row into {len(row.pieces)} pieces, on {series(row.pieces).en}."
        yield Fault("split-row", statement, row.places[0], spec.name, key)
    for heading in row.broken:
        broken = next((c.name for c in spec.column if c.heading == heading), "")
        statement = "A page break broke a word; its two parts are published as one word."
        yield Fault("broken-word", statement, row.pieces[-1], spec.name, key, broken)
    for column in spec.column:
        if column.lost and not draft.cells[column.name].value:
            statement = "The colour that stood here was lost in conversion; the value is unknown."
            yield Fault(column.lost, statement, row.places[0], spec.name, key, column.name)
    if isinstance(spec.find, FrontMatter) and spec.find.lost_marks and row.offers["kind"].value == "legend":
        statement = "The colour of this mark was lost in conversion."
        yield Fault(spec.find.lost_marks, statement, row.places[0], spec.name, key, _taking(spec, "as_written"))
    yield from _differing_titles(spec, draft, key)


def _differing_titles(spec: DatasetSpec, draft: Draft, key: str) -> Iterator[Fault]:
    """Yield a fault when the same title is written in two ways, here and in the dataset it is also taken from."""
    own = next((c for c in spec.column if c.take == "text"), None)
    for column in spec.column[:-1]:
        other = draft.cells[column.name]
        if own is None or not column.of or other.origin != "source" or other.value == draft.cells[own.name].value:
            continue
        statement = f"The title is written in two ways: “{draft.cells[own.name].value}” and “{other.value}”."
        yield Fault("title-differs", statement, draft.places[-1], spec.name, key, column.name, other.passage)


# Links --------------------------------------------------------------------------------------------------


def _check_links(reading: Reading, specs: Sequence[DatasetSpec], drafts: Drafts) -> None:
    """Report the links with an address that no dataset takes up."""
    listed = any(spec.find.lists == "links" and _taking(spec, "url") for spec in specs)
    taken = {a.start for rows in drafts.values() for d in rows for anchors in d.anchors.values() for a in anchors}
    for anchor in _all_anchors(reading.document):
        address = anchor.target.text
        if address not in ("", "#") and not (listed and anchor.start in taken):
            message = f"The address of the link “{anchor.label.text[:60]}” reaches no table: {address[:80]!r}."
            reading.fault("link-dropped", message, reading.place(reading.document.source.place(anchor.start)))


def _taking(spec: DatasetSpec, take: str) -> str:
    """Return the name of the column that takes something of its dataset's own rows; "" when none does."""
    return next((column.name for column in spec.column if column.take == take and not column.of), "")


def _all_anchors(document: Document) -> Iterator[Anchor]:
    for block in document.blocks:
        for inline in (block.inline, *block.cells):
            yield from inline.anchors


def _link_rows(publication: Publication, reading: Reading, drafts: Drafts, spec: DatasetSpec) -> list[Row]:
    """Return a row for each link in the order of the document."""
    standing = [
        (anchor, name, draft.cells[_key(publication, name)].value, column)
        for name, rows in drafts.items()
        for draft in rows
        for column, anchors in draft.anchors.items()
        for anchor in anchors
    ]
    standing.sort(key=lambda entry: entry[0].start)
    records = corrections.by_place(publication)
    corrections.check_links(publication, reading, spec.name, len(standing))
    return [
        _link_row(reading, spec, number, *entry, records.get((spec.name, str(number), "url")))
        for number, entry in enumerate(standing, start=1)
    ]


def _key(publication: Publication, dataset: str) -> str:
    return next(spec.key.name for spec in publication.declaration.dataset if spec.name == dataset)


def _link_row(
    reading: Reading,
    spec: DatasetSpec,
    number: int,
    anchor: Anchor,
    dataset: str,
    row: str,
    column: str,
    record: Correction | None,
) -> Row:
    at = reading.document.source.place(anchor.start)
    status = _url_status(reading, anchor, at, spec.name, number, record)
    url = Cell("", "derived")
    if status == "as-published":
        url = derived_cell(anchor.target)
    elif status == "corrected" and record and record.value and not url_fault(record.value):
        url = Cell(record.value, "derived")
    reading.faults.extend(_link_faults(anchor, status, at, dataset, row, column))
    offers = {
        "link": Cell(str(number)),
        "dataset": Cell(dataset),
        "row": Cell(row),
        "column": Cell(column),
        "label": derived_cell(anchor.label),
        "url": url,
        "url_status": Cell(status),
    }
    return Row(offers, (at,), number=number)


def _url_status(
    reading: Reading,
    anchor: Anchor,
    at: SourcePlace,
    table: str,
    number: int,
    record: Correction | None,
) -> str:
    status = _own_status(anchor)
    if record and corrections.holds(reading, record, anchor.target, at):
        if record.value is not None:
            return "corrected"
        return "corrupted" if status == "as-published" else status
    address, place = anchor.target.text, reading.place(at, table, "url", str(number))
    hint = corrections.record_of_link(table, number, address)
    if status == "corrupted":
        message = f"The address of the link “{anchor.label.text}” {url_fault(_address(anchor))}: {address!r}."
        reading.fault("invalid-url", message, place, hint)
    elif status in _WHY_UNPUBLISHED:
        message = f"The address of the link “{anchor.label.text}” {_WHY_UNPUBLISHED[status]}: {address!r}."
        reading.fault("unpublished-url", message, place, hint)
        statement = (
            f"The address of the link “{anchor.label.text}” {_WHY_UNPUBLISHED[status]}; it is not published as one."
        )
        reading.faults.append(Fault("unpublished-link", statement, at, table, str(number), "url", anchor.target))
    return status


_WHY_UNPUBLISHED = {
    "relative": "leads somewhere only from where the document stood",
    "not-a-web-address": "is none of the public web (http, https or mailto)",
    "unencoded": "has letters that a web address holds encoded",
}


def _address(anchor: Anchor) -> str:
    """Return the target of a link as it is written, white space and all."""
    return "".join(fragment.text for fragment in anchor.target.fragments)


def _own_status(anchor: Anchor) -> str:
    """Return the status of a link's address by what the document says alone."""
    if anchor.target.text in ("", "#"):
        return "lost-in-conversion"
    if anchor.is_made_up:
        return "false-link"
    found = soundness(_address(anchor))
    return "corrupted" if found == "broken" else found


def _link_faults(anchor: Anchor, status: str, at: SourcePlace, dataset: str, row: str, column: str) -> Iterator[Fault]:
    label = anchor.label.text
    place = (at, dataset, row, column, anchor.label)
    if status == "lost-in-conversion":
        yield Fault("lost-link", f"The address of the link “{label}” was lost in conversion.", *place)
    if status == "false-link":
        statement = f"“{label}” is the end of a word broken by a page break; the converter made a link of it."
        yield Fault("false-link", statement, *place)
    if any("   " in fragment.text.strip() for fragment in anchor.label.fragments):
        statement = f"A separator between the parts of “{label}” was lost; three spaces stand in its place."
        yield Fault("lost-separator", statement, *place)


# Quotations ---------------------------------------------------------------------------------------------


def _quote_rows(publication: Publication, reading: Reading, drafts: Drafts, spec: DatasetSpec) -> list[Row]:
    """Return a row for each declared quotation that stands in the text."""
    find = spec.find
    if not isinstance(find, Quotes):
        return []
    texts = list(_texts(publication.specs[find.of], drafts[find.of]))
    at = f"dataset[{publication.declaration.dataset.index(spec)}].find.quote"
    places = (replace(reading.declared(f"{at}[{index}]"), table=spec.name) for index in itertools.count())
    rows = (_quote_row(reading, quote, texts, place) for quote, place in zip(find.quote, places, strict=False))
    return [row for row in rows if row]


def _texts(spec: DatasetSpec, drafts: Iterable[Draft]) -> Iterator[tuple[Passage, Passage]]:
    """Yield the text of each row of paragraphs, and its section."""
    text, section = _taking(spec, "text"), _taking(spec, "section")
    for draft in drafts:
        if text and (passage := draft.cells[text].passage):
            yield passage, draft.cells.get(section, Cell()).passage or Passage()


def _quote_row(reading: Reading, quote: Quote, texts: Iterable[tuple[Passage, Passage]], place: Place) -> Row | None:
    found = next(
        ((section, part) for passage, section in texts if (part := passage.quoted(quote.description))),
        None,
    )
    if found is None:
        reading.fault("quote-not-found", f"The text does not hold “{quote.description[:60]}”.", place)
        return None
    section, part = found
    written = part.quoted(quote.date_as_written)
    if written is None:
        reading.fault("quote-not-found", f"The description does not hold “{quote.date_as_written}”.", place)
        return None
    dated = _quote_date(quote, reading.declaration.language)
    if dated.fault:
        hint = "Quote the words that say when; give `year` when only the context says which, or `date` in EDTF."
        reading.fault("invalid-date", f"“{quote.date_as_written}” {dated.fault}.", place, hint)
        return None
    title = section.text.rsplit(" > ", 1)[-1]
    phase = section.slice(len(section.text) - len(title), len(section.text))
    earliest, latest = days(dated.edtf)
    offers = {
        "date": Cell(dated.edtf, "derived"),
        "date_earliest": Cell(str(earliest or ""), "derived"),
        "date_latest": Cell(str(latest or ""), "derived"),
        "date_as_written": derived_cell(written),
        "description": derived_cell(part),
        "phase": derived_cell(phase),
    }
    return Row(offers, reading.document.source.places(part))


def _quote_date(quote: Quote, language: str) -> Dated:
    """Return the date that a quotation is declared to have, or that its words say."""
    if not quote.date:
        return read_date(quote.date_as_written, language, quote.year)
    return Dated(quote.date) if is_edtf(quote.date) else Dated(fault=f"is declared as {quote.date!r}, which is no date")


# Faults as a table --------------------------------------------------------------------------------------


def _fault_rows(_publication: Publication, reading: Reading, _drafts: Drafts, _spec: DatasetSpec) -> list[Row]:
    """Return a row for each fault of the source, in the order of the document."""
    faults = sorted(reading.faults, key=lambda f: (f.place, f.kind, f.dataset, f.row, f.column, f.statement))
    return [_fault_row(fault) for fault in faults]


def _fault_row(fault: Fault) -> Row:
    offers = {
        "kind": Cell(fault.kind),
        "statement": Cell(fault.statement),
        "dataset": Cell(fault.dataset),
        "row": Cell(fault.row),
        "column": Cell(fault.column),
        "as_written": derived_cell(fault.written) if fault.written else Cell(),
        "status": Cell(fault.status),
    }
    return Row(offers, (fault.place,))


_Find = Callable[[Publication, Reading, Drafts, DatasetSpec], list[Row]]
_FOUND_IN_TABLES: tuple[tuple[type, _Find], ...] = (
    (Links, _link_rows),
    (Quotes, _quote_rows),
    (SourceDefects, _fault_rows),
)
"""The tables that are made of the others' texts, in the order in which one needs the other."""
