"""Material -> the page of each commitment: its story, the facts, and where all of it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from ogp_data.core.messages import Message
from ogp_data.core.places import SourcePlace, merged
from ogp_data.core.publication import Publication
from ogp_data.core.source import SourceFile
from ogp_data.core.words import Text, Words
from ogp_data.site.cells import Part, Row
from ogp_data.site.context import Commitment, Material, findings_on
from ogp_data.site.figures import has_address
from ogp_data.site.lines import Stretch, as_read, marked
from ogp_data.site.page import Page, downloads
from ogp_data.site.roles import taking
from ogp_data.site.schema_org import commitment_jsonld
from ogp_data.site.story import Teller


@dataclass(frozen=True, slots=True)
class _Finding:
    """A finding as a commitment's page shows it, numbered there from 1; `cells` is its row."""

    number: int
    dataset: str
    row: str
    column: str
    kind: Text
    status: Text
    statement: Part
    written: str
    cells: Any


@dataclass(frozen=True, slots=True)
class _Continued:
    """The commitment of an earlier edition that one continues, with its page; without a key it is new, or not known."""

    edition: str
    key: str
    title: str
    page: str
    change: str
    said: Text | None


def commitment_page(material: Material, number: int) -> Page:
    """Return the page of a commitment, counted from 0."""
    commitment = material.commitments[number]
    title = Message("Commitment {mark}: {title}", mark=commitment.mark, title=commitment.title)
    return Page(
        commitment.page,
        "commitment.html",
        title,
        title,
        partial(_commitment, material, number),
        downloads(material, commitment.row.spec.name),
        partial(commitment_jsonld, material.publication, commitment.row.spec.name, commitment.key, commitment.title),
        crumbs=[(f"{material.list_page}#commitments", Message("Commitments"))],
        short=Message("Commitment {mark}", mark=commitment.mark),
    )


def _commitment(material: Material, number: int, language: str) -> dict[str, Any]:
    commitment, around = material.commitments[number], material.commitments
    findings = [_finding(number, row) for number, row in enumerate(findings_on(material, commitment), 1)]
    texts, story = material.texts_of(commitment.rows), Teller(material, language).story(commitment)
    read = {place: as_read(text) for place, text in texts.items()} if material.is_markup else texts
    laid = [list(_by_file(material.publication, _marked(commitment, findings, one))) for one in (read, texts)]
    return {
        "one": commitment,
        "story": story,
        "tag_of": material.tally.tag(commitment.status),
        "told": material.told,
        "judge": material.scale.judge if material.scale else None,
        "assessed": material.parts.assessments is not None,
        "assessed_on": _assessed_on(commitment),
        "addressed": sum(map(has_address, commitment.links)),
        "sources": [_source(row) for row in commitment.links],
        "continued": [_continued(row) for row in commitment.others if row.spec.type == "ogp:Continuation"],
        "is_text": material.is_text,
        "findings": findings,
        "as_read": laid[0],
        "as_received": laid[1] if material.is_markup else [],
        "where": material.where,
        "list_page": material.list_page,
        "before": around[number - 1] if number else None,
        "after": around[number + 1] if number + 1 < len(around) else None,
    }


@dataclass(frozen=True, slots=True)
class _Source:
    """A source that the document names: its label, its address where it has one that works, else why there is none."""

    row: Row
    label: str
    language: str
    address: str
    status: Text | None


def _source(row: Row) -> _Source:
    label, address, status = (row.cell(taking(row.spec, name)) for name in ("label", "url", "url_status"))
    said = status.parts if status and status.value else ()
    works = address.parts if address and address.value else ()
    return _Source(
        row,
        label.value if label else row.key,
        label.language if label else "",
        works[0].address if works else "",
        said[0].words if said else None,
    )


def _marked(commitment: Commitment, findings: Sequence[_Finding], texts: Mapping[SourcePlace, str]) -> list[Stretch]:
    """Return the places that a commitment came from, with the words marked that a finding or its status is about."""
    found = merged(place for row in commitment.rows for place in row.places)
    sought = [(one.written, one.cells.places) for one in findings]
    return marked(texts, found, [*sought, (commitment.quote, found)] if commitment.quote else sought)


def _assessed_on(commitment: Commitment) -> str:
    """Return when a commitment was assessed; "" where that is not said."""
    return next((cell.value for row in commitment.assessments for cell in row.saying("dct:date")), "")


def _by_file(publication: Publication, stretches: Sequence[Stretch]) -> Iterator[tuple[SourceFile, Sequence[Stretch]]]:
    """Yield stretches by the file that they are in, those in the language of the document first."""
    files, language = publication.source_files, publication.declaration.language
    held: dict[int, list[Stretch]] = {}
    for stretch in stretches:
        held.setdefault(stretch.place.file, []).append(stretch)
    for number in sorted(held, key=lambda number: (files[number - 1].language not in ("", language), number)):
        yield files[number - 1], held[number]


def _finding(number: int, row: Any) -> _Finding:
    cells = {take: row.cell(taking(row.spec, take)) for take in _TAKES}
    value = {take: cell.value if cell else "" for take, cell in cells.items()}
    words = {take: cell.parts[0].words if cell and cell.parts else None for take, cell in cells.items()}
    return _Finding(
        number,
        value["dataset"],
        value["row"],
        value["column"],
        words["kind"] or Words(und=value["kind"]),
        words["status"] or Words(und=value["status"]),
        cells["statement"].parts[0] if cells["statement"] and cells["statement"].parts else Part(""),
        value["as_written"],
        row,
    )


def _continued(row: Row) -> _Continued:
    cells = {take: row.cell(taking(row.spec, take)) for take in _PREVIOUS}
    edition, key, title, page, change = (cell.value if cell else "" for cell in cells.values())
    said = cells["change"].parts if cells["change"] else ()
    return _Continued(edition, key, title, page, change, said[0].words if said else None)


_PREVIOUS = ("previous_publication", "previous_commitment", "previous_title", "previous_page", "change")

_TAKES = ("dataset", "row", "column", "kind", "status", "statement", "as_written")
