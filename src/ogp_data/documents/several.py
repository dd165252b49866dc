"""The documents of the files of a source -> one Document, in which each place says in which file it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ogp_data.core.findings import Finding, Place, finding
from ogp_data.core.limits import Limits
from ogp_data.core.messages import Message
from ogp_data.core.places import Page, SourcePlace
from ogp_data.core.source import Part, SourceText
from ogp_data.core.text import Passage
from ogp_data.documents.document import Anchor, AnyInline, Block, Document
from ogp_data.documents.limits import too_large


def numbered(document: Document, file: int) -> Document:
    """Return a document whose places are in a file of that number."""
    if file == 1:
        return document
    source = replace(document.source, stretches=tuple(_in(place, file) for place in document.source.stretches))
    blocks = tuple(replace(block, place=_in(block.place, file)) for block in document.blocks)
    doubtful = (doubt.told for doubt in document.doubts)
    told = {found: _told(found, file) for found in (*document.findings, *document.differences, *doubtful)}
    doubts = tuple(replace(doubt, told=told[doubt.told]) for doubt in document.doubts)
    findings, differences = (tuple(map(told.__getitem__, one)) for one in (document.findings, document.differences))
    carried = tuple(replace(c, places=tuple(_in(place, file) for place in c.places)) for c in document.carried)
    return replace(
        document,
        source=source,
        blocks=blocks,
        findings=findings,
        doubts=doubts,
        carried=carried,
        differences=differences,
    )


def _told(found: Finding, file: int) -> Finding:
    return replace(found, place=replace(found.place, at=_in(found.place.at, file))) if found.place.at else found


def _in(place: SourcePlace, file: int) -> SourcePlace:
    return place if place.file == file else replace(place, file=file)


def joined(name: str, documents: Sequence[Document]) -> Document:
    """Return the documents of the files of a source, which have their numbers, as one; a single one as it is."""
    if len(documents) == 1:
        return documents[0]
    shifts, texts = [], []
    at = tables = 0
    for document in documents:
        # What follows stands apart: no word of one file goes on in the next.
        text = document.source.text if document.source.text.endswith("\n") else f"{document.source.text}\n"
        shifts.append(_Shift(at, tables))
        texts.append(text)
        at += len(text)
        tables += max((block.table for block in document.blocks), default=0)
    moved = list(zip(documents, shifts, strict=True))
    return Document(
        _source(name, "".join(texts), moved),
        tuple(shift.block(block) for document, shift in moved for block in document.blocks),
        tuple(
            replace(aside, start=aside.start + shift.by, end=aside.end + shift.by)
            for document, shift in moved
            for aside in document.asides
        ),
        tuple(found for document in documents for found in document.findings),
        tuple(replace(doubt, at=doubt.at + shift.by) for document, shift in moved for doubt in document.doubts),
        tuple(one for document in documents for one in document.carried),
        tuple(found for document in documents for found in document.differences),
    )


def _source(name: str, text: str, moved: Sequence[tuple[Document, _Shift]]) -> SourceText:
    starts, stretches = list[int](), list[SourcePlace]()
    for document, shift in moved:
        starts += (start + shift.by for start in document.source.starts)
        stretches += document.source.stretches
    parts = tuple(Part(one.source.name, shift.by, one.source.is_markup) for one, shift in moved)
    edges = tuple(edge + shift.by for document, shift in moved for edge in document.source.edges)
    return SourceText(name, text, tuple(starts), tuple(stretches), several=parts, edges=edges)


@dataclass(frozen=True, slots=True)
class _Shift:
    """How far the offsets of a document move, and how many tables stand before its own."""

    by: int
    tables: int

    def block(self, block: Block) -> Block:
        """Return a block at its new place."""
        cells = tuple(map(self._inline, block.cells))
        table = block.table + self.tables if block.table else 0
        return replace(block, inline=self._inline(block.inline), cells=cells, table=table)

    def _inline(self, inline: AnyInline) -> AnyInline:
        anchors = tuple(map(self._anchor, inline.anchors))
        styles = tuple(replace(one, start=one.start + self.by, end=one.end + self.by) for one in inline.styles)
        return replace(inline, passage=self._passage(inline.passage), anchors=anchors, styles=styles)

    def _anchor(self, anchor: Anchor) -> Anchor:
        label, target = self._passage(anchor.label), self._passage(anchor.target)
        return replace(anchor, label=label, target=target, start=anchor.start + self.by)

    def _passage(self, passage: Passage) -> Passage:
        return Passage(tuple(replace(f, start=f.start + self.by, end=f.end + self.by) for f in passage.fragments))


def over(documents: Sequence[Document], limits: Limits, seconds: float) -> Finding | None:
    """Return that the files read so far are together larger than is read, or took longer; None where they are not."""
    held = {
        "pages": sum(map(_pages, documents)),
        "cells": sum(len(block.cells) for one in documents for block in one.blocks),
        "seconds": seconds,
    }
    said = {
        "pages": Message("The files of the source have together more than {limit} pages.", limit=limits.pages),
        "cells": Message("The files of the source have together more than {limit} cells.", limit=limits.cells),
        "seconds": Message("Reading the files of the source takes more than {limit} seconds.", limit=limits.seconds),
    }
    key = next((key for key, much in held.items() if much > getattr(limits, key)), "")
    if not key:
        return None
    refusal = too_large(said[key], key)
    return finding(refusal.rule, refusal.message, Place(file=documents[-1].source.name), refusal.hint)


def _pages(document: Document) -> int:
    return max((place.number for place in document.source.stretches if isinstance(place, Page)), default=0)
