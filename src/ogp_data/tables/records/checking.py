"""What is wrong with records as a whole: labels that none has, records without any, labels that nobody knows."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Mapping, Sequence

from ogp_data.core.columns import DatasetSpec
from ogp_data.core.findings import finding
from ogp_data.core.messages import Message
from ogp_data.core.near import nearest
from ogp_data.tables.records.again import is_again
from ogp_data.tables.records.family import Family, Keys, Taken
from ogp_data.tables.records.labels import block_label, label_like, spelt
from ogp_data.tables.records.marks import by_code
from ogp_data.tables.records.ticks import Ticked
from ogp_data.tables.records.wording import Wording
from ogp_data.tables.rows import Placed, Reading, check_met

_SIDE_BY_SIDE = 2
"""So many levels that a record names are a row of headings, in which all levels stand."""


def check_records(
    reading: Reading, spec: DatasetSpec, records: Sequence[Taken], family: Family, placed: Sequence[Placed]
) -> None:
    """Report records without any label, labels before the first record, and labels that are not known."""
    wording = family.wording
    for taken in records:
        if taken.is_empty and wording.labels:
            message = Message("The record {text!r} has none of the labels.", text=taken.record.head.passage.text[:60])
            reading.fault("empty-record", message, reading.place(taken.record.start.block.place, spec.name))
        if family.members[0].keys.begins == "labelled":
            _check_beginning(reading, spec, taken)
    headers = {spot.number for taken in records for header in taken.found.headers for spot in header.spots}
    first = records[0].record.start.number if records else 0
    for spot in itertools.takewhile(lambda spot: spot.number < first, placed):
        if label := "" if spot.number in headers else _label_in(spot, wording):
            message = Message("The label {label!r} stands before the first record.", label=label)
            reading.fault("label-before-record", message, reading.place(spot.block.place, spec.name))
    if family.takes_rest:
        _check_unknown(reading, spec, records)


def _check_beginning(reading: Reading, spec: DatasetSpec, taken: Taken) -> None:
    """Report a record without a number, and one whose labels begin again as those of another would."""
    record, parts = taken.record, taken.found.parts
    if not record.match.groupdict().get("number"):
        message = Message("The record {text!r} has no number.", text=record.head.passage.text[:60])
        reading.fault("record-without-number", message, reading.place(record.start.block.place, spec.name))
    said = [part.spelling for part in parts]
    at = next((at for at, one in enumerate(said) if one in said[:at]), len(said))
    if not record.header and is_again(said[:at], said[at:]):
        message = Message(
            "The labels begin again at {label!r}, as those of another record.", label=parts[at].label.text
        )
        reading.fault("labels-again", message, reading.place(parts[at].begun.block.place, spec.name))


def _label_in(spot: Placed, wording: Wording) -> str:
    """Return the label in a block that belongs to no record; "" for none."""
    if spot.block.cells:
        said = (spelt(cell.passage.text) for cell in spot.block.cells if cell.passage.text)
        return next((one for one in said if one in wording.labels), "")
    found = block_label(spot.block, wording.labels)
    return found.label.text if found else ""


def _check_unknown(reading: Reading, spec: DatasetSpec, records: Sequence[Taken]) -> None:
    """Report what stands in the tables of records beside labels that are not known."""
    for taken in records:
        headings = [(cell, spot) for header in taken.found.headers for cell, spot in header.unread(taken.record.start)]
        begun = [(next(cell for cell in spot.block.cells if cell.passage.text), spot) for spot in taken.found.rest]
        for cell, spot in (*begun, *headings):
            message = Message("The label {label!r} is not known.", label=cell.passage.text[:60])
            reading.fault("unknown-label", message, reading.place(spot.block.place, spec.name))


def check_labels(reading: Reading, spec: DatasetSpec, keys: Keys, records: Sequence[Taken]) -> None:
    """Report labels that no record has, with the one most like it that the document has."""
    index = reading.declaration.dataset.index(spec)
    present = {part.spelling for taken in records for part in taken.found.parts}
    present |= {spelling for taken in records for item in taken.found.items for spelling in item.header.spellings}
    for name, spellings in keys.labels.items():
        if not records or name in keys.optional or present.intersection(map(spelt, spellings)):
            continue
        message = Message("No record has the label {label!r}.", label=spellings[0] if spellings else name)
        near = nearest(spellings[0] if spellings else name, _like_labels(records))
        hint = Message("The document has {near!r}.", near=near) if near else ""
        place = reading.declared(f"dataset[{index}].find.labels.{name}")
        reading.findings.append(finding("label-not-found", message, place, hint))


def check_marks(reading: Reading, spec: DatasetSpec, keys: Keys, records: Sequence[Taken]) -> None:
    """Report levels of which no record has the headings, and colours of which no record has one."""
    if not records:
        return
    ticked = [taken.found.ticked for taken in records]
    cells = (cell for taken in records for spot in taken.record.spots for cell in spot.block.cells)
    said: dict[str, tuple[object, object, str]] = {
        "ticks": (keys.ticks, any(one.headings or one.marks for one in ticked), Message("No record has `ticks`.")),
        "fill": (
            keys.fill,
            any(cell.fill in keys.fill for cell in cells),
            Message("No cell is filled as `fill` says."),
        ),
    }
    check_met(reading, spec, {key: one for key, one in said.items() if key not in keys.optional})
    if "ticks" not in keys.optional:
        _check_headings(reading, spec, by_code(keys.ticks), ticked)


def _check_headings(
    reading: Reading, spec: DatasetSpec, levels: Mapping[str, Sequence[str]], ticked: Sequence[Ticked]
) -> None:
    """Report levels that no record names, where a record names several of the others."""
    spellings = {code: {*map(spelt, headings)} for code, headings in levels.items()}
    named = [_named(one, spellings) for one in ticked]
    # Where each record says its own level alone, in words, one that no record has is named nowhere.
    if max(map(len, named), default=0) < _SIDE_BY_SIDE:
        return
    index = reading.declaration.dataset.index(spec)
    for code, headings in levels.items():
        if not any(code in codes for codes in named):
            heading = headings[0] if headings else code
            message = Message(
                "No record has the heading {heading!r} of the level {code!r}.", heading=heading, code=code
            )
            reading.dangling(message, f"dataset[{index}].find.ticks.{code}")


def _named(ticked: Ticked, spellings: Mapping[str, Collection[str]]) -> set[str]:
    """Return the codes of the levels that stand in a record, as headings or by themselves."""
    alone = (mark.passage for mark in ticked.marks if not mark.letter)
    words = {spelt(passage.text) for passage in (*ticked.headings, *alone)}
    return {code for code, said in spellings.items() if not words.isdisjoint(said)}


def _like_labels(records: Sequence[Taken]) -> list[str]:
    spots = (spot for taken in records for spot in taken.record.spots)
    return list(dict.fromkeys(text for spot in spots for text in label_like(spot.block)))
