"""Published cells -> cells that follow from them: phrases that the text literally says, joined rows, counts.

Nothing here reads the document. What is derived keeps the words it rests on, and the places of its row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ogp_data.core import places
from ogp_data.core.columns import Column, DatasetSpec, Phrase
from ogp_data.core.findings import Place
from ogp_data.core.tables import Cell
from ogp_data.core.text import Passage
from ogp_data.tables.relations import relation
from ogp_data.tables.rows import Draft, Drafts, Reading

Specs = Mapping[str, DatasetSpec]
Related = Callable[[Draft], list[Draft]]
"""Row -> the rows of another dataset that belong to it."""


# What the text literally says ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Said:
    """A phrase where it stands."""

    phrase: Phrase
    passage: Passage


def fill_phrases(reading: Reading, spec: DatasetSpec, drafts: Drafts) -> list[Draft]:
    """Return a dataset's rows with each column that a declared phrase gives a value, and the columns that quote it."""
    filled = drafts[spec.name]
    for at, column in enumerate(spec.column):
        if column.take == "phrase":
            index = reading.declaration.dataset.index(spec)
            place = replace(reading.declared(f"dataset[{index}].column[{at}].phrase"), table=spec.name)
            filled = _with_phrases(reading, spec, column, {**drafts, spec.name: filled}, place)
    return filled


def _with_phrases(reading: Reading, spec: DatasetSpec, column: Column, drafts: Drafts, place: Place) -> list[Draft]:
    """Return the rows with what one column says of them; report phrases that the text does not hold."""
    used: set[str] = set()
    filled = []
    elsewhere = list(_said(column, drafts[column.of])) if column.of else []
    for draft in drafts[spec.name]:
        said = elsewhere or list(_said(column, () if column.of else [draft]))
        used.update(one.phrase.words for one in said)
        _check_agreed(reading, spec, column, draft, said)
        filled.append(_quoted(reading, spec, column, draft, said[0]) if said else draft)
    for number, phrase in enumerate(column.phrase):
        if phrase.words not in used and filled:
            message = f"The text does not hold “{phrase.words[:60]}”."
            reading.fault("quote-not-found", message, replace(place, key=f"{place.key}[{number}]"))
    return filled


def _said(column: Column, drafts: Iterable[Draft]) -> Iterator[_Said]:
    """Yield the phrases of a column that stand in the searched cells, in the order of the text."""
    for draft in drafts:
        passages = [draft.cells[name].passage for name in column.search]
        found = [_Said(p, part) for p in column.phrase for text in passages if text and (part := text.quoted(p.words))]
        yield from sorted(found, key=lambda one: one.passage.start)


def _check_agreed(reading: Reading, spec: DatasetSpec, column: Column, draft: Draft, said: Sequence[_Said]) -> None:
    values = list(dict.fromkeys(one.phrase.value for one in said))
    if len(values) > 1:
        message = f"The text says {' and '.join(map(repr, values))}: {' … '.join(f'“{s.phrase.words}”' for s in said)}."
        at = reading.document.source.places(said[0].passage)[0]
        place = reading.place(at, spec.name, column.name, draft.cells[spec.key.name].value)
        reading.fault("conflicting-phrases", message, place)


def _quoted(reading: Reading, spec: DatasetSpec, column: Column, draft: Draft, said: _Said) -> Draft:
    """Return a row with the value of a phrase, its words and its places in the columns that are for them."""
    found = reading.document.source.places(said.passage)
    quotes = {
        "quote": Cell(said.passage.text, "derived", said.passage),
        "quote_places": Cell(places.write(found), "derived"),
    }
    basis = {c.name: quotes[c.take] for c in spec.column if c.basis == column.name and c.take in quotes}
    cells = {**draft.cells, column.name: Cell(said.phrase.value, "derived"), **basis}
    return replace(draft, cells=cells, places=places.merged((*draft.places, *found)))


# Rows of another dataset, joined by their keys -----------------------------------------------------------


def joined_rows(specs: Specs, drafts: Drafts, spec: DatasetSpec) -> list[Draft]:
    """Return a row for each row of another dataset, with what further datasets say of it."""
    base = specs[spec.find.base]
    related = {c.name: _related(specs, drafts, base, c) for c in spec.column[:-1] if c.of}
    return [_joined(spec, related, draft, number) for number, draft in enumerate(drafts[base.name], start=1)]


def _joined(spec: DatasetSpec, related: Mapping[str, Related], own: Draft, number: int) -> Draft:
    cells: dict[str, Cell] = {}
    found = set(own.places)
    for column in spec.column[:-1]:
        rows = related[column.name](own) if column.of else [own]
        cells[column.name] = _joined_cell(column, rows, number)
        if column.of and column.take not in ("phrase", "unknown"):
            found.update(place for row in rows for place in row.places)
    return Draft(cells, places.merged(found))


def _joined_cell(column: Column, rows: Sequence[Draft], number: int) -> Cell:
    if column.take == "sequence":
        return Cell(str(number))
    if column.take == "count":
        return Cell(str(len(rows)), "derived")
    if not rows or column.take not in rows[0].cells:
        return Cell()
    cell = rows[0].cells[column.take]
    # A code stands for its words, so only text that is repeated word for word keeps its place in the source.
    repeated = cell.passage is not None and cell.passage.text == cell.value
    return replace(cell, origin="derived", passage=cell.passage if repeated else None)


def _related(specs: Specs, drafts: Drafts, base: DatasetSpec, column: Column) -> Related:
    """Return what finds the rows of another dataset that belong to a row, by the references they declare."""
    other, rows = specs[column.of], drafts[column.of]
    if column.where:
        label = next(c.name for c in other.column if c.take == "label")
        labelled = [row for row in rows if row.cells[label].value == column.where]
        return lambda _: labelled
    link = relation(base, other)
    if link is None:
        return lambda _: []
    here, there = link
    by_value: dict[str, list[Draft]] = {}
    for row in rows:
        if _is_meant(column, row):
            by_value.setdefault(row.cells[there].value, []).append(row)
    return lambda own: by_value.get(own.cells[here].value, [])


def _is_meant(column: Column, row: Draft) -> bool:
    """Return whether a row has what a column says by `having`, and lacks what it says by `lacking`."""
    having = not column.having or bool(row.cells[column.having].value)
    return having and not (column.lacking and row.cells[column.lacking].value)
