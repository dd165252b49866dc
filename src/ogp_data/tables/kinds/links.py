"""Rows from the links in the cells of other datasets."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal
from urllib.parse import unquote, urlsplit

from ogp_data.core.addresses import soundness
from ogp_data.core.columns import Column, DatasetSpec
from ogp_data.core.findings import Finding
from ogp_data.core.finds import Subject
from ogp_data.core.messages import Message
from ogp_data.core.places import SourcePlace
from ogp_data.core.publication import Correction, Publication
from ogp_data.core.source import SourceFile
from ogp_data.core.strict import STRICT
from ogp_data.core.tables import Cell, Fault
from ogp_data.core.text import url_fault
from ogp_data.documents import Anchor
from ogp_data.tables import corrections
from ogp_data.tables.kind import Declared, Finder, Kind, Offer, Turn
from ogp_data.tables.rows import Draft, Drafts, Reading, Row, Search, derived_cell


@dataclass(frozen=True, slots=True)
class Links(Finder):
    """Rows from every link in the text, in the order of the document."""

    __pydantic_config__ = STRICT
    kind: Literal["links"]

    lists: ClassVar[Subject] = "links"
    turn: ClassVar[Turn] = Turn.TAKEN
    may_be_empty: ClassVar[bool] = True
    offers: ClassVar[Mapping[str, Offer]] = {
        "link": Offer("generated", "the number of the link: 1, 2, 3"),
        "dataset": Offer("generated", "the dataset that contains the link"),
        "row": Offer("generated", "the key of the row there"),
        "referred": Offer(
            "generated",
            "the row of the dataset of `references` that the row there refers to, or is; otherwise empty",
        ),
        "column": Offer("generated", "the column that contains it"),
        "label": Offer("repeated", "the text of the link *"),
        "url": Offer(
            "source",
            "its web address; empty when it was lost, is corrupted or false, or is not an address of the public web *",
        ),
        "url_status": Offer(
            "generated",
            "`as-published`, `lost-in-conversion`, `corrupted`, `false-link`, `corrected`, `relative`,"
            " `not-a-web-address` or `unencoded`",
        ),
    }

    def check_take(self, declared: Declared, column: Column, key: str, own: bool) -> Iterator[Finding]:
        """Yield that these rows do not offer what a column takes, or that nothing says of which dataset it is."""
        yield from Finder.check_take(self, declared, column, key, own)
        if own and column.take == "referred" and not column.references:
            message = Message("The key '{part}' is missing.", part="references")
            yield declared.fault("missing-key", f"{key}.references", message)

    def rows(self, search: Search, spec: DatasetSpec) -> list[Row]:
        """Return a row for each link in the order of the document."""
        return _link_rows(search.publication, search.reading, search.drafts, spec)


def _link_rows(publication: Publication, reading: Reading, drafts: Drafts, spec: DatasetSpec) -> list[Row]:
    """Return a row for each link in the order of the document."""
    standing = [
        (anchor, publication.specs[name], draft, column)
        for name, rows in drafts.items()
        for draft in rows
        for column, anchors in draft.anchors.items()
        for anchor in anchors
    ]
    # Readers know the links by their order in the document, and datasets need not be declared in that order.
    standing.sort(key=lambda entry: entry[0].start)
    records = corrections.by_place(publication)
    corrections.check_links(publication, reading, spec.name, len(standing))
    return [
        _link_row(publication, reading, spec, number, *entry, records.get((spec.name, str(number), "url")))
        for number, entry in enumerate(standing, start=1)
    ]


def _referred(spec: DatasetSpec, draft: Draft) -> dict[str, Cell]:
    """Return the row of each dataset that a row refers to, or is; the first where it refers to several of one."""
    found = {spec.name: draft.cells[spec.key.name].value}
    for column in spec.column:
        if column.references:
            found[column.references] = found.get(column.references) or draft.cells[column.name].value
    return {f"referred:{name}": Cell(key) for name, key in found.items()}


def _link_row(
    publication: Publication,
    reading: Reading,
    spec: DatasetSpec,
    number: int,
    anchor: Anchor,
    there: DatasetSpec,
    draft: Draft,
    column: str,
    record: Correction | None,
) -> Row:
    dataset, row = there.name, draft.cells[there.key.name].value
    at = reading.document.source.place(anchor.start)
    linked = _linked_file(publication, anchor, at)
    status = "within-source" if linked and not record else _url_status(reading, anchor, at, spec.name, number, record)
    url = Cell("", "derived")
    if status == "within-source" and linked and publication.declaration.source.publish:
        url = Cell(publication.names.download(f"source/{linked.name}"), "derived")
    elif status == "as-published":
        url = derived_cell(anchor.target)
    # A record may hold a slip too, and what is published as an address has to be one.
    elif status == "corrected" and record and record.value and not url_fault(record.value):
        url = Cell(record.value, "derived")
    reading.faults.extend(_link_faults(anchor, status, at, dataset, row, column))
    offers = {
        "link": Cell(str(number)),
        "dataset": Cell(dataset),
        "row": Cell(row),
        **_referred(there, draft),
        "column": Cell(column),
        "label": derived_cell(anchor.label),
        "url": url,
        "url_status": Cell(status),
    }
    return Row(offers, (at,), number=str(number))


def _linked_file(publication: Publication, anchor: Anchor, at: SourcePlace) -> SourceFile | None:
    """Return the file of the source that a relative address leads to, from the file in which it stands; None for none.

    That is another place of the same document, whether the address is encoded or not.
    """
    address = "" if anchor.is_made_up else _address(anchor)
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if not parts.path or parts.scheme or parts.netloc:
        return None
    here = publication.source_files[at.file - 1].path
    path = posixpath.normpath(posixpath.join(posixpath.dirname(here), unquote(parts.path)))
    return next((file for file in publication.source_files if file.path == path), None)


def _url_status(
    reading: Reading,
    anchor: Anchor,
    at: SourcePlace,
    table: str,
    number: int,
    record: Correction | None,
) -> str:
    status = _own_status(anchor)
    # A record goes before what the address looks like: somebody has looked at it.
    if record and corrections.holds(reading, record, anchor.target, at):
        if record.value is not None:
            return "corrected"
        return "corrupted" if status == "as-published" else status
    address, place = anchor.target.text, reading.place(at, table, "url", str(number))
    hint = corrections.record_of_link(table, number, address)
    if status == "corrupted":
        message = Message(
            "The address of the link “{text}” {url_fault}: {address!r}.",
            text=anchor.label.text,
            url_fault=url_fault(_address(anchor)),
            address=address,
        )
        reading.fault("invalid-url", message, place, hint)
    elif status in _WHY_UNPUBLISHED:
        message = Message(
            "The address of the link “{text}” {WHY_UNPUBLISHED}: {address!r}.",
            text=anchor.label.text,
            WHY_UNPUBLISHED=_WHY_UNPUBLISHED[status],
            address=address,
        )
        reading.fault("unpublished-url", message, place, hint)
        statement = Message(
            "The address of the link “{text}” {why_unpublished}; it is not published as one.",
            text=anchor.label.text,
            why_unpublished=_WHY_UNPUBLISHED[status],
        )
        reading.faults.append(Fault("unpublished-link", statement, at, table, str(number), "url", anchor.target))
    return status


_WHY_UNPUBLISHED = {
    "relative": Message("only makes sense relative to where the document was"),
    "not-a-web-address": Message("is not an address of the public web (http, https or mailto)"),
    "unencoded": Message("contains letters that a web address must encode"),
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
        yield Fault(
            "lost-link", Message("The address of the link “{label}” was lost in conversion.", label=label), *place
        )
    if status == "false-link":
        statement = Message(
            "“{label}” is the end of a word broken by a page break; the converter made a link of it.", label=label
        )
        yield Fault("false-link", statement, *place)
    if any("   " in fragment.text.strip() for fragment in anchor.label.fragments):
        statement = Message(
            "A separator between the parts of “{label}” was lost; three spaces stand in its place.", label=label
        )
        yield Fault("lost-separator", statement, *place)


LINKS = Kind(
    "links",
    Links,
    "Every link in the cells of the other datasets, in the order of the document. A link whose address reaches no"
    " table in this way is reported as a warning.",
)
