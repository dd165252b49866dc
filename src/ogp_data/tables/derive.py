"""Published cells -> cells that follow from them: what phrases that the text literally says make of it.

Nothing here reads the document. What is derived keeps the words it rests on, and the places of its row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ogp_data.core import places
from ogp_data.core.columns import Column, DatasetSpec, Phrase
from ogp_data.core.findings import Place
from ogp_data.core.messages import Message, listed
from ogp_data.core.tables import Cell
from ogp_data.core.text import Passage
from ogp_data.tables.rows import Draft, Drafts, Reading


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
            message = Message("The text does not contain “{words}”.", words=phrase.words[:60])
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
        message = Message(
            "The text says {values}: {said}.",
            values=listed(map(repr, values), Message(" and ")),
            said=" … ".join(f"“{s.phrase.words}”" for s in said),
        )
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
