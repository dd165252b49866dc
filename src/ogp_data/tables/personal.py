"""Tables -> what they tell of persons: in which column and rows, and what can be done before it is published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ogp_data.core.columns import Column
from ogp_data.core.declared import SourceSpec
from ogp_data.core.findings import Finding, Place, finding
from ogp_data.core.messages import Message, sentences
from ogp_data.core.places import SourcePlace
from ogp_data.core.tables import Table
from ogp_data.core.unseen import ABOUT, Carried
from ogp_data.documents import Document
from ogp_data.documents.carried import no_more
from ogp_data.documents.personal import Kind, Met, find

_SHOWN = 5


@dataclass(slots=True)
class _Told:
    """What a column tells of persons: the rows that do, and the place of the first."""

    at: SourcePlace | None
    rows: dict[str, None] = field(default_factory=dict)
    count: int = 0


def told(document: Document, tables: Sequence[Table], spec: SourceSpec) -> Iterator[Finding]:
    """Yield what is told of persons, each kind once for each column, and once for what only the document has.

    What `carries` names, whether of persons or unseen, and is not there, is told here as well: now all is known.
    """
    source, said = document.source, dict[Kind, set[str]]()
    in_file = [(met, source.place(met.start)) for met in find(source.text)]
    for table in tables:
        yield from _of_table(table, spec, said)
    if spec.publish is not False:
        yield from _of_document(in_file, source.name, said, spec)
    there = {met.kind for met, _ in in_file} | said.keys()
    yield from no_more([*document.carried, *map(Carried, sorted(there))], spec)


def _of_document(
    in_file: Iterable[tuple[Met, SourcePlace]], name: str, said: Mapping[Kind, set[str]], spec: SourceSpec
) -> Iterator[Finding]:
    left: dict[Kind, list[SourcePlace]] = {}
    for met, place in in_file:
        if met.said not in said.get(met.kind, ()) and met.kind not in spec.carries:
            left.setdefault(met.kind, []).append(place)
    for kind, at in left.items():
        message = Message(
            "The document says {what} ({count}) where no table has them.", what=ABOUT[kind].what, count=len(at)
        )
        hint = Message(
            "Write `publish = false` under [source] to publish the data without the document. If these persons agreed,"
            ' add "{kind}" to `carries` under [source].',
            kind=kind,
        )
        yield finding("personal-data", message, Place(file=name, at=at[0]), hint)


def _of_table(table: Table, spec: SourceSpec, said: dict[Kind, set[str]]) -> Iterator[Finding]:
    """Yield what a table tells that those before it do not: what repeats their cells is mended with them."""
    known: dict[tuple[str, Kind], _Told] = {}
    fresh: dict[Kind, set[str]] = {}
    for row, column, met in _met(table):
        if met.said in said.get(met.kind, ()):
            continue
        fresh.setdefault(met.kind, set()).add(met.said)
        one = known.setdefault((column.name, met.kind), _Told(next(iter(table.places[row]), None)))
        one.rows[str(table.frame[table.spec.key.name].iloc[row])] = None
        one.count += 1
    for kind, found in fresh.items():
        said.setdefault(kind, set()).update(found)
    for (column_name, kind), one in known.items():
        if kind not in spec.carries:
            yield _finding(table.name, column_name, kind, one, spec.publish is True)


def _finding(table: str, column: str, kind: Kind, one: _Told, is_published: bool) -> Finding:
    rows = [*one.rows]
    message = Message(
        "The column holds {what} ({count}), in rows such as {rows}.",
        what=ABOUT[kind].what,
        count=one.count,
        rows=", ".join(rows[:_SHOWN]),
    )
    place = Place(table=table, at=one.at, row=rows[0], column=column)
    return finding("personal-data", message, place, _advice(place, kind, is_published))


def _met(table: Table) -> Iterator[tuple[int, Column, Met]]:
    """Yield what the cells of a table that come from the document tell of persons: row, column, and what it is."""
    for row, cells in enumerate(table.cells):
        for column in table.spec.column:
            cell = cells.get(column.name)
            # A file or list from elsewhere is what its own publisher made it; codes and keys are nobody's.
            if cell and cell.passage is not None and cell.value:
                yield from ((row, column, met) for met in find(cell.value))


def _advice(place: Place, kind: Kind, is_published: bool) -> Message:
    withhold = Message(
        'Withhold each in corrections.toml: kind = "personal-data", dataset = "{table}", row = "{row}", column ='
        ' "{column}", expect = what is not to be published, value = "", status = "withheld", reason = why not.',
        table=place.table,
        row=place.row,
        column=place.column,
    )
    agreed = Message('If these persons agreed, add "{kind}" to `carries` under [source].', kind=kind)
    without = Message("Write `publish = false` under [source] as well: the document says it too.")
    return sentences(withhold, *[without] * is_published, agreed)
