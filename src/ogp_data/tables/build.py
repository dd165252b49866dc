"""Document -> typed tables, each row and each text with its places.

Three steps: find rows, let columns take what they declare, and derive the tables that are made of the others
(links, quotations, faults).
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from ogp_data.core.columns import Column, DatasetSpec
from ogp_data.core.doors import FAILURES, said
from ogp_data.core.findings import Finding, Place, errors
from ogp_data.core.messages import Message
from ogp_data.core.publication import Publication
from ogp_data.core.tables import Table
from ogp_data.core.words import Text
from ogp_data.documents import Aside, Block, Document
from ogp_data.tables import corrections, derive, typed
from ogp_data.tables.anchors import check_links
from ogp_data.tables.composed import compose
from ogp_data.tables.continued import check_continued
from ogp_data.tables.defects import row_defects
from ogp_data.tables.kind import Turn, finder
from ogp_data.tables.kinds import KINDS
from ogp_data.tables.labels import check_labels
from ogp_data.tables.languages import in_language, rows_in_files
from ogp_data.tables.nearest import check_found
from ogp_data.tables.numbers import check_all_numbers
from ogp_data.tables.rows import Drafts, Placed, Reading, Search, begin, has_text
from ogp_data.tables.sections import check_under, place_blocks
from ogp_data.tables.taking import take
from ogp_data.types import type_of

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Tables:
    """Every table of a publication, and what of the document is in none of them."""

    tables: tuple[Table, ...]
    asides: tuple[Aside, ...]
    findings: tuple[Finding, ...]

    @property
    def said(self) -> Mapping[tuple[str, int, str], Text]:
        """Return what can be said in several languages, by dataset, row counted from 0, and column."""
        cells = (
            (table, number, name, cell)
            for table in self.tables
            for number, row in enumerate(table.cells)
            for name, cell in row.items()
        )
        return {(table.name, number, name): cell.said for table, number, name, cell in cells if cell.said}


def build(publication: Publication, document: Document) -> Tables:
    """Return the publication's tables in the order of the declaration, and what is wrong.

    Where rows are not sound, only that is told: what is wrong further on may be no more than its consequence.
    """
    reading = Reading(document, publication.declaration, list(document.findings), list(document.asides))
    reading.doubts += document.doubts
    specs = publication.declaration.dataset
    search = Search(publication, reading, place_blocks(reading))
    _find_rows(search, specs)
    # The tables are made all the same, so that the steward can look at them beside the report.
    unsound = tuple(reading.findings) if errors(reading.findings) else ()
    drafts = {spec.name: take(publication, spec, search.rows) for spec in specs if spec.name in search.rows}
    # Corrections name rows by their keys; what is made of corrected cells is made again further on.
    drafts = compose(publication.specs, drafts)
    # Before anything is typed or joined, so that a correction reaches every table that repeats the cell.
    drafts = corrections.apply(publication, reading, drafts)
    for spec in specs:
        if spec.name in drafts:
            search.drafts[spec.name] = typed.read(publication, spec, drafts[spec.name])
    search.drafts = compose(publication.specs, search.drafts)
    row_defects(reading, specs, search.rows, search.drafts)
    check_links(reading, specs, search.drafts)
    _find_made_rows(search, specs)
    drafts = _derived(search, specs)
    tables = tuple(typed.table(publication, reading, spec, drafts[spec.name]) for spec in specs)
    typed.check_references(reading, specs, drafts)
    reading.findings += check_continued(publication, drafts)
    # Two datasets may be made of one table; what both set aside of it is set aside once.
    return Tables(tables, tuple(dict.fromkeys(reading.asides)), unsound or tuple(reading.findings))


def _find_rows(search: Search, specs: Sequence[DatasetSpec]) -> None:
    """Find the rows that stand in the document itself, and report what does not fit of what the declaration says."""
    reading = search.reading
    for index, spec in enumerate(specs):
        finds = {"find": finder(spec)} | {f"find_in.{tongue}": in_language(spec, tongue) for tongue in spec.find_in}
        for at, find in finds.items():
            for key, titles in find.named().items():
                check_under(reading, search.placed, titles, f"dataset[{index}].{at}.{key}")
    in_document = [spec for spec in _by_turn(specs) if finder(spec).turn.in_document]
    for spec in in_document:
        search.rows[spec.name] = _found(search, spec, rows_in_files)
    check_all_numbers(reading, specs, search.rows)
    _report_unclaimed(reading, search.placed, search.claimed)
    check_labels(reading, specs, search.rows)
    check_found(search, {spec.name for spec in in_document if not search.rows[spec.name]})


def _found(search: Search, spec: DatasetSpec, find: Callable[[Search, DatasetSpec], list[_T]]) -> list[_T]:
    """Return what a kind finds; that the code of another package fails is reported with the kind's name."""
    try:
        return find(search, spec)
    except FAILURES as reason:
        # A fault of ours is an internal error with a report of its own; here it would be blamed on an extension.
        if KINDS.is_own(spec.find.kind):
            raise
        place = Place(file=KINDS.origin(spec.find.kind), table=spec.name)
        search.reading.fault(
            "extension-broken",
            Message("The kind {kind} cannot find rows: {said}.", kind=spec.find.kind, said=said(reason)),
            place,
        )
        return []


def _by_turn(specs: Sequence[DatasetSpec]) -> list[DatasetSpec]:
    return sorted(specs, key=lambda spec: finder(spec).turn)


def _find_made_rows(search: Search, specs: Sequence[DatasetSpec]) -> None:
    """Make the rows that are made of the texts of others."""
    made = [spec for spec in _by_turn(specs) if Turn.TAKEN <= finder(spec).turn < Turn.JOINED]
    for spec in made:
        drafts = _found(search, spec, finder(spec).drafts)
        search.drafts[spec.name] = typed.read(search.publication, spec, drafts)
        search.drafts = compose(search.publication.specs, search.drafts)
    check_found(search, {spec.name for spec in made if not search.drafts[spec.name]})


def _derived(search: Search, specs: Sequence[DatasetSpec]) -> Drafts:
    """Return all rows with what follows from them: what phrases say, then the rows that are joined of others."""
    joined = [spec for spec in specs if finder(spec).turn == Turn.JOINED]
    for spec in specs:
        if spec not in joined:
            _fill_phrases(search, spec)
    # Joined rows come last, when phrases have filled the cells that they repeat.
    search.drafts = compose(search.publication.specs, search.drafts)
    for spec in joined:
        search.drafts[spec.name] = _found(search, spec, finder(spec).drafts)
        _fill_phrases(search, spec)
    return compose(search.publication.specs, search.drafts)


def _fill_phrases(search: Search, spec: DatasetSpec) -> None:
    said = derive.fill_phrases(search.reading, spec, search.drafts)
    unread = partial(_is_unread, search.publication, spec)
    search.drafts[spec.name] = typed.read(search.publication, spec, said, unread)


def _is_unread(publication: Publication, spec: DatasetSpec, column: Column) -> bool:
    """Return whether a column's cells are still as they are written: those of phrases, and words that are repeated."""
    if not spec.find.base:
        return column.take == "phrase"
    target = publication.specs[column.of or spec.find.base]
    original = next((other for other in target.column if other.name == column.take), None)
    return original is not None and type_of(original).about.words


def _report_unclaimed(reading: Reading, placed: Sequence[Placed], claimed: set[int]) -> None:
    """Report rows of cells that no dataset claims, those that follow each other as one table."""
    unclaimed = [spot.number for spot in placed if has_text(spot.block) and spot.number not in claimed]
    # Numbers that follow each other keep the same distance to their index, so each run is one group.
    for _, run in itertools.groupby(
        enumerate(unclaimed), lambda pair: (pair[1] - pair[0], placed[pair[1]].block.place.file)
    ):
        stretch = [placed[index].block for _, index in run]
        reading.fault("unclaimed-row", _no_table(stretch), reading.place(stretch[0].place))


def _no_table(stretch: Sequence[Block]) -> Message:
    """Return that rows which follow each other are of no declared table."""
    if len(stretch) == 1:
        return Message(
            "A row of {count} cells belongs to no declared table: {begin}.",
            count=len(stretch[0].cells),
            begin=begin(stretch[0]),
        )
    return Message(
        "{count} rows, down to {place}, belong to no declared table; the first is {begin}.",
        count=len(stretch),
        place=stretch[-1].place,
        begin=begin(stretch[0]),
    )
