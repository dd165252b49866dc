"""Recorded repairs and acknowledged faults.

One expires when the source no longer holds what it expects, and is then reported as `correction-mismatch`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ogp_data.core.findings import Finding, Place, finding
from ogp_data.core.messages import Message, changed, listed
from ogp_data.core.near import meant
from ogp_data.core.places import Page, SourcePlace
from ogp_data.core.publication import Correction, Publication
from ogp_data.core.source import SourceText
from ogp_data.core.tables import Fault
from ogp_data.core.text import FORBIDDEN, LINE_END, Fragment, Passage, fold, shown, url_fault
from ogp_data.core.words import Words
from ogp_data.documents import Repair

if TYPE_CHECKING:
    from ogp_data.tables.rows import Draft, Drafts, Reading


def by_place(publication: Publication) -> Mapping[tuple[str, str, str], Correction]:
    """Return the records by dataset, row and column."""
    return {(r.dataset, r.row, r.column): r for r in publication.corrections if r.dataset}


def apply(publication: Publication, reading: Reading, drafts: Drafts) -> Drafts:
    """Return the rows with the recorded repairs made; records and failures are taken up by the reading."""
    fixed = {name: list(rows) for name, rows in drafts.items()}
    rows_by_key = _rows_by_key(publication, drafts)
    subjects: dict[tuple[object, ...], int] = {}
    for index, record in enumerate(publication.corrections):
        if subjects.setdefault(_subject(publication, record), index) != index:
            message = Message("An earlier record is about the same text.")
            hint = Message("Remove one of the two records.")
            reading.findings.append(finding("correction-mismatch", message, _place(publication, index), hint))
        elif _is_sound(publication, reading, record, index) and not _is_link(publication, record):
            if record.at is not None:
                _acknowledge_at(reading, record, record.at)
            else:
                at = rows_by_key.get((record.dataset, record.row))
                _apply_to_cell(publication, reading, record, fixed.get(record.dataset, []), at, index)
    return fixed


def _rows_by_key(publication: Publication, drafts: Drafts) -> Mapping[tuple[str, str], int]:
    """Return where in its dataset each row stands, by dataset and key; the first of equals."""
    found: dict[tuple[str, str], int] = {}
    for name, rows in drafts.items():
        key = publication.specs[name].key.name
        for at, draft in enumerate(rows):
            found.setdefault((name, draft.cells[key].value), at)
    return found


def repairs(publication: Publication, source: SourceText) -> tuple[list[Repair], list[Finding]]:
    """Return what is to be read in the place of what places of the document say, and the records that do not hold."""
    made: dict[SourcePlace, list[Repair]] = {}
    findings: list[Finding] = []
    files, last = {place.file for place in source.stretches}, len(publication.source_files)
    for index, record in enumerate(publication.corrections):
        if record.at is None or record.value is None:
            continue
        # Each file is read with the records of its own; of a file that there is not, the first one tells.
        if (record.at.file if record.at.file <= last else 1) not in files:
            continue
        if fault := _repair_fault(source, record, record.at, made.get(record.at.whole, ())):
            findings.append(finding("correction-mismatch", fault[0], _place(publication, index), fault[1]))
        else:
            start, end = source.find(record.expect, record.at)[0]
            made.setdefault(record.at.whole, []).append(Repair(start, end, record.value))
    return [repair for found in made.values() for repair in found], findings


_Told = tuple[str, str]
"""What is wrong, and how it is fixed."""


def _repair_fault(source: SourceText, record: Correction, at: SourcePlace, made: Iterable[Repair]) -> _Told | None:
    """Return why a place cannot be read as its record says, or None."""
    if LINE_END.search(record.value or "") or FORBIDDEN.search(record.value or ""):
        hint = Message("Write `value` as one line; what belongs to other lines needs records of its own.")
        return Message("The value of a line cannot contain a line end or control character."), hint
    found = source.find(record.expect, at)
    if len(found) != 1:
        message = Message(
            "The record expects {expect!r} once on {at}; it stands there {count} times.",
            expect=record.expect,
            at=at,
            count=len(found),
        )
        return message, _which(source, found) or _where_else(source, record, at)
    if any(repair.start < found[0][1] and found[0][0] < repair.end for repair in made):
        return Message("An earlier record is about the same text."), Message(
            "Remove one of the two records, or combine them."
        )
    return None


def _how_often(count: int) -> str:
    """Return what to do when a text stands at a place more than once, or ""."""
    return Message("Write more of the text in `expect`, so that it occurs only once.") if count > 1 else ""


_SHOWN = 3
"""So many places or boxes a hint names."""


def _which(source: SourceText, found: Sequence[tuple[int, int]]) -> str:
    """Return what to do when a text stands at a place more than once, or ""."""
    standing = [source.place(start) for start, _ in found]
    boxes = [list(one.box.corners) for one in standing if isinstance(one, Page) and one.box]
    if len(found) < 2 or len({*map(str, boxes)}) < len(found):
        return _how_often(len(found))
    return Message(
        "Write more of the text in `expect`, or say which of them is meant: {boxes}.",
        boxes=listed([Words(und=f"box = {box}") for box in boxes[:_SHOWN]]),
    )


def _where_else(source: SourceText, record: Correction, at: SourcePlace) -> str:
    """Return what to do when a text does not stand at the place of its record."""
    elsewhere = [place for place in source.everywhere(record.expect) if place != at]
    if len(elsewhere) == 1:
        return Message('It is on {found} now: write place = "{text}".', found=elsewhere[0], text=elsewhere[0].text)
    if elsewhere:
        named = listed([place.words for place in elsewhere[:_SHOWN]])
        return Message(
            'It stands at other places, such as {found}: write the one that is meant, such as place = "{text}".',
            found=named,
            text=elsewhere[0].text,
        )
    written = source.texts.get(at.whole, "").strip()
    if not written:
        return Message("Correct `place`: {at} has no text.", at=at)
    return Message(
        "Copy `expect` from {at}, which says {written!r}; or remove the record.", at=at, written=written[:120]
    )


def holds(reading: Reading, record: Correction, target: Passage, at: SourcePlace) -> bool:
    """Return whether a link's target is what its record expects; takes up the fault, or the failure."""
    if fold(record.expect) != target.text:
        place = reading.place(at, record.dataset, record.column, record.row)
        message = Message(
            "The record expects {expect!r}; the link's address is {text!r}.", expect=record.expect, text=target.text
        )
        hint = Message("Write the address in `expect`, {text!r}; or the link that is meant in `row`.", text=target.text)
        reading.fault("correction-mismatch", message, place, changed(hint, shown))
        return False
    is_left_out = record.status == "withheld" and not record.value
    if record.value is not None and not is_left_out and (fault := url_fault(record.value)):
        place = reading.place(at, record.dataset, record.column, record.row)
        reading.fault(
            "invalid-url", Message("The corrected address {fault}: {value!r}.", fault=fault, value=record.value), place
        )
    reading.faults.append(_fault(record, at, target))
    return True


def check_links(publication: Publication, reading: Reading, dataset: str, count: int) -> None:
    """Report the records about a link that the document does not have."""
    numbers = {str(number) for number in range(1, count + 1)}
    for index, record in enumerate(publication.corrections):
        if record.dataset == dataset and (record.row not in numbers or record.column != "url"):
            message = Message(
                "There is no link {row} with a column '{column}'; only addresses have records.",
                row=record.row,
                column=record.column,
            )
            hint = (
                Message('Write column = "url", and as `row` a number from 1 to {count}.', count=count)
                if count
                else Message("Remove the record.")
            )
            reading.findings.append(finding("correction-mismatch", message, _place(publication, index), hint))


def record_of_link(dataset: str, number: int, address: str) -> str:
    """Return the record that acknowledges a link's address, with all its keys."""
    return Message(
        'Record it in corrections.toml: kind = "corrupted-link", dataset = "{dataset}",'
        ' row = "{number}", column = "url", expect = {as_toml},'
        ' status = "acknowledged", reason = "..."; with the right address, status = "corrected" and `value`.',
        dataset=dataset,
        number=number,
        as_toml=_as_toml(address),
    )


def _as_toml(text: str) -> str:
    return FORBIDDEN.sub(lambda match: f"\\U{ord(match[0]):08x}", json.dumps(text, ensure_ascii=False))


def _is_link(publication: Publication, record: Correction) -> bool:
    """Return whether a record is about a link's address, which the links themselves look up."""
    spec = publication.specs.get(record.dataset)
    return spec is not None and spec.find.lists == "links"


def _subject(publication: Publication, record: Correction) -> tuple[object, ...]:
    """Return what a record is about; a link has one address, other places have many texts."""
    text = "" if _is_link(publication, record) else record.expect
    return record.dataset, record.row, record.column, record.at, text


def _fault(record: Correction, at: SourcePlace, written: Passage) -> Fault:
    said = None if record.status == "withheld" else written
    return Fault(record.kind, record.reason, at, record.dataset, record.row, record.column, said, record.status)


def _place(publication: Publication, index: int) -> Place:
    return Place(file=f"{publication.id}/corrections.toml", key=f"correction[{index}]")


def _is_sound(publication: Publication, reading: Reading, record: Correction, index: int) -> bool:
    """Return whether a record says what it must; what it lacks becomes a finding."""
    place = _place(publication, index)
    faults = [finding("correction-mismatch", message, place, hint) for message, hint in _unsound(record)]
    kinds = publication.shared.codelists.get("finding-kind")
    known = [concept.code for concept in kinds.concept] if kinds else []
    if record.kind not in known:
        message = Message("{kind!r} is not in the list finding-kind.", kind=record.kind)
        at = replace(place, key=f"{place.key}.kind")
        faults.append(finding("unknown-code", message, at, meant(record.kind, known)))
    reading.findings.extend(faults)
    return not faults


def _unsound(record: Correction) -> Iterator[_Told]:
    """Yield what a record lacks or says too much, whatever the document says."""
    if (record.status == "acknowledged") != (record.value is None):
        hint = Message(
            'Write status = "corrected" or "withheld" if there is a `value`,'
            ' and status = "acknowledged" if there is none.'
        )
        yield Message("`corrected` and `withheld` need a value, and `acknowledged` cannot have one."), hint
    if (record.place is None) == (not record.dataset):
        hint = Message("Write either `place`, or `dataset`, `row` and `column`.")
        yield Message("A record needs a place, or dataset, row and column."), hint
    if record.box and not isinstance(record.place, Page):
        hint = Message('Write the page of the box as `place`, such as "p12", or remove `box`.')
        yield Message("A box is a part of a page, and `place` names none."), hint
    if not record.expect:
        hint = Message("Copy into `expect` the words of the place that the record is about.")
        yield Message("A record says in `expect` what is there."), hint
    reasons = list(record.reason.values())
    # Such as the dots that stand for it in a fix.
    if silent := [text for text in reasons or [""] if not any(map(str.isalpha, text))]:
        message = Message(
            "`reason` says nothing, and is published as the statement of the finding: {reason!r}.", reason=silent[0]
        )
        yield message, Message("Say in `reason` in a sentence what is wrong, or why it is withheld: readers see it.")
    if any(FORBIDDEN.search(text) for text in (record.value or "", *reasons)):
        hint = Message("Remove the control characters from `value` and `reason`.")
        yield Message("`value` and `reason` cannot contain control characters."), hint


def _acknowledge_at(reading: Reading, record: Correction, place: SourcePlace) -> None:
    source = reading.document.source
    found = source.find(record.expect, place)
    if not found and record.value is None:  # a repair that does not hold is told when it is to be made
        message = Message(
            "The record expects {expect!r} on {place}, but it is not there.", expect=record.expect, place=place
        )
        reading.fault("correction-mismatch", message, reading.place(place), _where_else(source, record, place))
    for start, end in found[:1]:
        written = Passage() if FORBIDDEN.search(record.expect) else _passage(source.text, start, end)
        reading.faults.append(_fault(record, source.place(start), written))
        reading.settle(start, end)


def _passage(text: str, start: int, end: int) -> Passage:
    return Passage((Fragment(text[start:end], start, end),))


def _apply_to_cell(
    publication: Publication, reading: Reading, record: Correction, rows: list[Draft], at: int | None, index: int
) -> None:
    cell = rows[at].cells.get(record.column) if at is not None else None
    if at is None or cell is None or cell.passage is None or cell.origin != "source":
        message = Message(
            "There is no text in dataset '{dataset}', row {row}, column '{column}'.",
            dataset=record.dataset,
            row=record.row,
            column=record.column,
        )
        hint = _which_cell(publication, record, rows, at)
        reading.findings.append(finding("correction-mismatch", message, _place(publication, index), hint))
        return
    _mend(reading, record, rows, at, cell.passage)


def _which_cell(publication: Publication, record: Correction, rows: Sequence[Draft], at: int | None) -> str:
    """Return which datasets, rows or columns a record can name in the place of what it names."""
    if record.dataset not in publication.specs:
        return meant(record.dataset, [*publication.specs])
    spec = publication.specs[record.dataset]
    if at is None and rows:
        keys = [draft.cells[spec.key.name].value for draft in rows]
        return Message(
            "Write as `row` a value of the column '{name}', such as {shown}.",
            name=spec.key.name,
            shown=shown(", ".join(keys[:20])),
        )
    first = rows[at or 0].cells if rows else {}
    own = [name for name, cell in first.items() if cell.origin == "source" and cell.passage]
    if own:
        return Message("Write as `column` one that contains text of the document: {own}.", own=", ".join(own))
    return Message("Record the text where it belongs: by `place`, or in the dataset that has it.")


def _mend(reading: Reading, record: Correction, rows: list[Draft], at: int, passage: Passage) -> None:
    draft = rows[at]
    found = passage.find(record.expect)
    count = passage.text.count(fold(record.expect))
    if found is None or count != 1:
        place = reading.standing_at(draft, record.dataset, record.column, record.row)
        message = Message(
            "The record expects {expect!r} once in the cell, but it occurs there {count} times.",
            expect=record.expect,
            count=count,
        )
        hint = _how_often(count) or Message(
            "Copy `expect` from the cell: {shown!r}; or remove the record.", shown=shown(passage.text[:200])
        )
        reading.fault("correction-mismatch", message, place, hint)
        return
    reading.faults.append(_fault(record, reading.document.source.place(found.start), found))
    for span in found.spans:
        reading.settle(*span)
    if record.value is not None:
        fixed = passage.replace(record.expect, record.value) or passage
        cell = replace(draft.cells[record.column], value=fixed.text, passage=fixed)
        rows[at] = replace(draft, cells={**draft.cells, record.column: cell})
