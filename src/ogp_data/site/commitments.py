"""Material -> each commitment as its page tells it: its story, what is wrong in it, and where all of it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ogp_data.core.places import SourcePlace, merged
from ogp_data.core.publication import Publication
from ogp_data.core.source import SourceFile
from ogp_data.core.words import Text, Words
from ogp_data.site.cells import Part, Row
from ogp_data.site.context import Commitment, Material, findings_on
from ogp_data.site.figures import has_address
from ogp_data.site.lines import Sought, Stretch, as_read, marked
from ogp_data.site.roles import taking
from ogp_data.site.story import Marks

ByFile = Sequence[tuple[SourceFile, Sequence[Stretch]]]
"""Places with their text by the file that they are in."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding as a commitment's page shows it, numbered there from 1; `cells` is its row."""

    number: int
    dataset: str
    row: str
    column: str
    kind: Text
    status: Text
    statement: Part
    written: str
    cells: Row


@dataclass(frozen=True, slots=True)
class Continued:
    """The commitment of an earlier edition that one continues, with its page; without a key it is new, or not known."""

    edition: str
    key: str
    title: str
    page: str
    change: str
    said: Text | None


@dataclass(frozen=True, slots=True)
class Source:
    """A source that the document names: its label, its address where it has one that works, else why there is none."""

    row: Row
    label: str
    language: str
    address: str
    status: Text | None


@dataclass(frozen=True, slots=True)
class Told:
    """What the page of a commitment tells beside its story, in whatever language.

    `as_received` is the text with its markup; nothing where that is what people read.
    """

    one: Commitment
    before: Commitment | None
    after: Commitment | None
    findings: Sequence[Finding]
    marks: Marks
    assessed_on: str
    """When it was assessed; "" where that is not said."""
    sources: Sequence[Source]
    addressed: int
    """How many of the sources have their address."""
    continued: Sequence[Continued]
    as_read: ByFile
    as_received: ByFile


def told(material: Material, number: int) -> Told:
    """Return what the page of a commitment tells; it is counted from 0."""
    around = material.commitments
    one = around[number]
    findings = [_finding(at, row) for at, row in enumerate(findings_on(material, one), 1)]
    read, received = _stretches(material, one, findings)
    return Told(
        one,
        around[number - 1] if number else None,
        around[number + 1] if number + 1 < len(around) else None,
        findings,
        _marks(findings),
        next((cell.value for row in one.assessments for cell in row.saying("dct:date")), ""),
        [_source(row) for row in one.links],
        sum(map(has_address, one.links)),
        [_continued(row) for row in one.others if row.spec.type == "ogp:Continuation"],
        read,
        received,
    )


def _marks(findings: Sequence[Finding]) -> Marks:
    found: dict[tuple[str, str], dict[str, list[int]]] = {}
    for one in findings:
        found.setdefault((one.dataset, one.row), {}).setdefault(one.column, []).append(one.number)
    return found


def _source(row: Row) -> Source:
    label, address, status = (row.cell(taking(row.spec, name)) for name in ("label", "url", "url_status"))
    said = status.parts if status and status.value else ()
    works = address.parts if address and address.value else ()
    return Source(
        row,
        label.value if label else row.key,
        label.language if label else "",
        works[0].address if works else "",
        said[0].words if said else None,
    )


def _stretches(material: Material, one: Commitment, findings: Sequence[Finding]) -> tuple[ByFile, ByFile]:
    """Return the places that a commitment came from, with their text as people read it and as it was received.

    The words are marked that a finding or its status is about.
    """
    texts, found = material.texts_of(one.rows), merged(place for row in one.rows for place in row.places)
    sought: list[Sought] = [(finding.written, finding.cells.places) for finding in findings]
    sought += [(one.quote, found)] if one.quote else []

    def laid(said: Mapping[SourcePlace, str]) -> ByFile:
        return list(_by_file(material.publication, marked(said, found, sought)))

    if not material.is_markup:
        return laid(texts), []
    return laid({place: as_read(text) for place, text in texts.items()}), laid(texts)


def _by_file(publication: Publication, stretches: Sequence[Stretch]) -> Iterator[tuple[SourceFile, Sequence[Stretch]]]:
    """Yield stretches by the file that they are in, those in the language of the document first."""
    files, language = publication.source_files, publication.declaration.language
    held: dict[int, list[Stretch]] = {}
    for stretch in stretches:
        held.setdefault(stretch.place.file, []).append(stretch)
    for number in sorted(held, key=lambda number: (files[number - 1].language not in ("", language), number)):
        yield files[number - 1], held[number]


def _finding(number: int, row: Row) -> Finding:
    cells = {take: row.cell(taking(row.spec, take)) for take in _TAKES}
    value = {take: cell.value if cell else "" for take, cell in cells.items()}
    words = {take: cell.parts[0].words if cell and cell.parts else None for take, cell in cells.items()}
    return Finding(
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


def _continued(row: Row) -> Continued:
    cells = {take: row.cell(taking(row.spec, take)) for take in _PREVIOUS}
    edition, key, title, page, change = (cell.value if cell else "" for cell in cells.values())
    said = cells["change"].parts if cells["change"] else ()
    return Continued(edition, key, title, page, change, said[0].words if said else None)


_PREVIOUS = ("previous_publication", "previous_commitment", "previous_title", "previous_page", "change")

_TAKES = ("dataset", "row", "column", "kind", "status", "statement", "as_written")
