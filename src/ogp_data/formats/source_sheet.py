"""The sheet of a workbook that says where its rows come from, and how to read them."""

from __future__ import annotations

from collections.abc import Iterator

from ogp_data.core.columns import DatasetSpec
from ogp_data.core.declared import Declaration
from ogp_data.core.messages import Message, own_name
from ogp_data.core.publication import Publication
from ogp_data.core.shared import Contact
from ogp_data.core.words import Text
from ogp_data.formats.sheets import Sheet, joined, sheet_name
from ogp_data.types.sheet import Cell, linked

_Fact = tuple[Message, tuple[Cell, ...]]
"""A subject, and what there is to know of it in each language."""


def source_sheet(publication: Publication, spec: DatasetSpec | None = None) -> Sheet:
    """Return the sheet of a dataset, or of all of them together."""
    d = publication.declaration
    facts = (*(_dataset(publication, spec) if spec else _whole(publication)), *_facts(publication))
    advice = _said(Message("How to read this table") if spec else Message("How to read these tables"), _ADVICE, d)
    header = (joined(Message("Subject"), d), *map(own_name, d.page_languages))
    rows = tuple((Cell(joined(subject, d)), *cells) for subject, cells in (*facts, advice) if cells[0].value)
    widths = (32, *(76 for _ in d.page_languages))
    return Sheet(sheet_name(Message("Source"), d), header, rows, widths, frozen_columns=1)


def _dataset(publication: Publication, spec: DatasetSpec) -> Iterator[_Fact]:
    """Yield what is known of a dataset alone."""
    d, names = publication.declaration, publication.names
    yield _said(Message("Dataset"), spec.title, d)
    yield _said(Message("Description"), spec.description, d)
    yield _said(Message("Part of"), d.title, d)
    yield _same(Message("Address of the dataset"), linked(names.dataset(spec.name)), d)
    csv = names.download(f"{spec.name}/{spec.name}.csv")
    yield _same(Message("The same table as CSV"), linked(csv), d)


def _whole(publication: Publication) -> Iterator[_Fact]:
    """Yield what is known of all datasets together."""
    d = publication.declaration
    yield _said(Message("Title"), d.title, d)
    yield _said(Message("Description"), d.description, d)
    yield _same(Message("Address of the catalogue"), linked(publication.names.dataset("catalog")), d)


def _facts(publication: Publication) -> Iterator[_Fact]:
    """Yield what is the same for all datasets."""
    d = publication.declaration
    agents, contact = publication.shared.agents, publication.shared.contacts[d.contact]
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
