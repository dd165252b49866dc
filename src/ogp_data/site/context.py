"""What the pages are made of: a publication, its rows and files, and what they amount to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from ogp_data.catalogue.statistics import Statistics
from ogp_data.catalogue.versions import DatasetChange
from ogp_data.core.artefact import Artefact
from ogp_data.core.columns import Column, DatasetSpec
from ogp_data.core.framed import HOME
from ogp_data.core.places import Line, SourcePlace, merged
from ogp_data.core.publication import Publication
from ogp_data.core.records import Record
from ogp_data.core.shared import CodeList, Term
from ogp_data.core.source import SourceText
from ogp_data.core.words import Text, Words
from ogp_data.site.cells import Cell, Reader, Row, Said
from ogp_data.site.document.laid import Laid
from ogp_data.site.locations import Addresses, addresses, leaf_path
from ogp_data.site.roles import Roles, mark_column, reference, roles, taking, title_column
from ogp_data.site.statuses import PARTLY, UNTOLD, Basis, Status, Tally, status_of, tally
from ogp_data.tables.reconcile import Figures


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a commitment that the document judges by itself: its mark as printed, its title, its level as words."""

    mark: str
    title: str
    progress: Text | None
    kind: str
    row: Row


@dataclass(frozen=True, slots=True)
class Commitment:
    """A commitment with what the tables say of it.

    `mark` is its number as printed where no other commitment has it, else its key.
    `status` is the document's own judgement where there is one (`judged`), else what the text says, else unknown.
    The levels of its `parts` never make one for the whole: what the document does not judge stays so.
    """

    key: str
    mark: str
    title: str
    page: str
    row: Row
    assessments: Sequence[Row]
    parts: Sequence[Part]
    links: Sequence[Row]
    others: Sequence[Row]
    status: Status
    quote: str
    judged: bool

    @property
    def progress(self) -> Text | None:
        """Return its level as words; None where none is told of the whole."""
        return self.status.words if self.status.is_told else None

    @property
    def kind(self) -> str:
        """Return the code of its level; "" where none is told of the whole."""
        return self.status.code if self.status.is_told else ""

    @property
    def rows(self) -> list[Row]:
        """Return the rows that its page shows in full."""
        return [self.row, *self.assessments, *(part.row for part in self.parts), *self.links]

    @property
    def by_part(self) -> bool:
        """Return whether the document judges it by its parts and not as a whole."""
        return not self.judged and any(part.progress for part in self.parts)


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme and its commitments."""

    key: str
    title: str
    mark: str
    commitments: Sequence[Commitment]


@dataclass(frozen=True, slots=True)
class Faults:
    """The faults of the document, and their places in that list by row, or by place for those outside the tables."""

    rows: Sequence[Row]
    by_row: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    by_place: dict[SourcePlace, list[int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Material:
    """All that pages show."""

    publication: Publication
    records: Mapping[str, Sequence[Record]] = field(repr=False)
    artefacts: Sequence[Artefact] = field(repr=False)
    changed: Sequence[DatasetChange]
    counted: Mapping[str, Statistics]
    texts: Mapping[SourcePlace, str] = field(repr=False)
    parts: Roles
    where: Addresses
    rows: Mapping[str, list[Row]] = field(repr=False)
    commitments: Sequence[Commitment]
    themes: Sequence[Theme]
    faults: Faults = field(repr=False)
    laid: Laid = field(repr=False)
    figures: Figures
    list_page: str = HOME
    """The page with the list of all commitments."""

    @cached_property
    def is_text(self) -> bool:
        """Return whether the document is a text, whose places are lines."""
        return all(isinstance(place, Line) for place in self.texts)

    @cached_property
    def is_markup(self) -> bool:
        """Return whether any of the document is written as markup, which people do not see who read it."""
        return any(part.is_markup for part, _ in self.laid.source.parts)

    @cached_property
    def told(self) -> Basis:
        """Return what tells of progress: the judgements of the document, or else words of its text; "" for neither."""
        return _basis(self.parts, self.commitments)

    @cached_property
    def scale(self) -> CodeList | None:
        """Return the code list of what tells of progress."""
        lists, told = self.publication.shared.codelists, self.told
        columns = (one for one in progress_columns(self.parts) if (one.take == "phrase") == (told == "text"))
        return next((lists[one.codes] for one in columns if told and one.codes in lists), None)

    @cached_property
    def tally(self) -> Tally:
        """Return how many commitments have which status."""
        lost = any(column.lost for column in progress_columns(self.parts))
        return tally((one.status for one in self.commitments), self.scale, self.told, lost)

    @cached_property
    def theme_of(self) -> Mapping[str, Theme]:
        """Return the theme of each commitment that has one, by the key of the commitment."""
        return {one.key: theme for theme in reversed(self.themes) if theme.title for one in theme.commitments}

    @cached_property
    def _numbers(self) -> Mapping[tuple[str, str], Sequence[int]]:
        """The numbers of the rows by dataset and key; there is one for each key, but in a publication with errors."""
        found: dict[tuple[str, str], list[int]] = {}
        for name, spec in self.publication.specs.items():
            for number, record in enumerate(self.records[name]):
                found.setdefault((name, record[spec.key.name]), []).append(number)
        return found

    def texts_of(self, rows: Sequence[Row]) -> Mapping[SourcePlace, str]:
        """Return the text of each place that rows came from, as far as it is about them."""
        shown = {(row.spec.name, n) for row in rows for n in self._numbers.get((row.spec.name, row.key), ())}
        said = self.laid.said_by(shown)
        places = merged(place for row in rows for place in row.places)
        return {place: said.get(place) or self.texts.get(place, "") for place in places}

    def term(self, spec: DatasetSpec) -> Term | None:
        """Return what the vocabulary says of the rows of a dataset."""
        return self.publication.shared.terms.get(spec.type.removeprefix("ogp:"))

    def files(self, dataset: str) -> list[Artefact]:
        """Return the downloads of a dataset, those that have a format first."""
        own = [file for file in self.artefacts if file.dataset == dataset]
        return [*(file for file in own if file.format), *(file for file in own if not file.format)]


def gather(
    publication: Publication,
    records: Mapping[str, Sequence[Record]],
    artefacts: Sequence[Artefact],
    changed: Sequence[DatasetChange],
    counted: Mapping[str, Statistics],
    laid: Laid,
    said: Said,
    figures: Figures,
) -> Material:
    """Return the material of a publication's pages.

    `laid` is its document as they show it, `said` what cells say in several languages, `figures` the account of words.
    """
    parts, texts = roles(publication), _texts(laid.source)
    # A place that goes on in a second leaf is found where it begins.
    shown = {place: leaf_path(leaf.number) for leaf in reversed(laid.leaves) for place in leaf.places}
    where = addresses(publication, records, parts, shown)
    reader = Reader(publication, where, said, records)
    rows = {name: reader.rows(spec, records[name]) for name, spec in publication.specs.items()}
    commitments = _alike(parts, _commitments(publication, parts, where, rows))
    themes = _themes(parts, rows, commitments)
    faults = _faults(parts, rows)
    return Material(
        publication,
        records,
        artefacts,
        changed,
        counted,
        texts,
        parts,
        where,
        rows,
        commitments,
        themes,
        faults,
        laid,
        figures,
    )


def _texts(source: SourceText) -> Mapping[SourcePlace, str]:
    """Return what stands at each place of a source; an empty one at its end is none."""
    texts = dict(source.texts)
    if texts and not texts[last := next(reversed(texts))]:
        del texts[last]
    return texts


def _commitments(
    publication: Publication, parts: Roles, where: Addresses, rows: Mapping[str, list[Row]]
) -> list[Commitment]:
    spec = parts.commitments
    if spec is None:
        return []
    about = {
        name: _by_commitment(other, spec, rows[name]) for name, other in publication.specs.items() if other != spec
    }
    shown = (parts.assessments, parts.by_part, parts.links)
    assessed, by_part, linked = (about.pop(part.name, {}) if part else {} for part in shown)
    title, marks, named = title_column(spec), _marks(spec, rows[spec.name]), _named(parts, rows)
    lists = publication.shared.codelists
    return [
        _commitment(
            row,
            marks[row.key],
            _value(row, title) or row.key,
            where.row(spec.name, row.key),
            assessed.get(row.key, []),
            [_part(one, named) for one in by_part.get(row.key, ())],
            linked.get(row.key, []),
            [one for found in about.values() for one in found.get(row.key, ())],
            lists,
        )
        for row in rows[spec.name]
    ]


def _saying(spec: DatasetSpec, term: str) -> Column | None:
    """Return the column with a property, so that a publication may call it as it likes."""
    return next((column for column in spec.column if column.rdf == term), None)


def _named(parts: Roles, rows: Mapping[str, list[Row]]) -> Mapping[str, str]:
    """Return the title of each milestone that has one, by its key."""
    spec = parts.milestones
    # Without a title a milestone has no other name than its mark, which stands before it in any case.
    title = _saying(spec, "dct:title") if spec else None
    return {row.key: _value(row, title) for row in rows[spec.name]} if spec else {}


def _part(row: Row, named: Mapping[str, str]) -> Part:
    level, mark = (_saying(row.spec, name) for name in ("ogp:progress", "skos:notation"))
    cell = row.cell(level)
    words = cell.parts[0].words if cell and cell.parts else None
    kind = cell.value if cell and words else ""
    return Part(_value(row, mark) or row.key, named.get(row.key, ""), words, kind, row)


def _alike(parts: Roles, commitments: list[Commitment]) -> list[Commitment]:
    """Return commitments whose progress is told alike: where one is judged, words of the text are no judgement."""
    basis = _basis(parts, commitments)
    return [_told_by(basis, one) for one in commitments]


def _told_by(basis: Basis, one: Commitment) -> Commitment:
    if one.status.is_told and (one.judged or basis == "text"):
        return one
    return replace(one, status=PARTLY if one.by_part else UNTOLD[basis], quote="")


def _basis(parts: Roles, commitments: Sequence[Commitment]) -> Basis:
    if any(one.judged or one.by_part for one in commitments):
        return "document"
    columns = list(progress_columns(parts))
    if any(column.take == "phrase" for column in columns):
        return "text"
    # Of a judgement that the conversion lost nobody can say that it was not given.
    return "document" if any(not column.lost for column in columns) else ""


def progress_columns(parts: Roles) -> Iterator[Column]:
    """Yield the columns of the assessments that tell of progress, the judgement of the document first."""
    columns = parts.assessments.column if parts.assessments else []
    # Found by its property, so that a publication may call the column as it likes.
    yield from (column for column in columns if column.rdf == "ogp:progress")
    yield from (column for column in columns if column.take == "phrase")


def _marks(spec: DatasetSpec, rows: Sequence[Row]) -> Mapping[str, str]:
    """Return how a reader knows each row, by key: its number as printed, unless numbers stand twice or are missing."""
    found = {row.key: _value(row, mark_column(spec)) for row in rows}
    is_sure = all(found.values()) and len(set(found.values())) == len(rows)
    return found if is_sure else {key: key for key in found}


def _commitment(
    row: Row,
    mark: str,
    title: str,
    page: str,
    assessments: list[Row],
    parts: list[Part],
    links: list[Row],
    others: list[Row],
    lists: Mapping[str, CodeList],
) -> Commitment:
    cells = [cell for one in assessments for cell in one.cells if cell.value]
    judged = [cell for cell in cells if cell.column.rdf == "ogp:progress" and cell.parts[0].words]
    # What the document judges goes before what its text happens to say; the page never mixes the two.
    said = judged or [cell for cell in cells if cell.column.take == "phrase"]
    quotes = [cell.value for one in assessments for cell in one.cells if cell.column.take == "quote" and cell.value]
    quote = "" if judged or not quotes else quotes[0]
    status = _status(said[0], lists) if said else UNTOLD[""]
    return Commitment(row.key, mark, title, page, row, assessments, parts, links, others, status, quote, bool(judged))


def _status(cell: Cell, lists: Mapping[str, CodeList]) -> Status:
    concepts = lists[cell.column.codes].concept if cell.column.codes in lists else []
    known = next((status_of(one) for one in concepts if one.code == cell.value), None)
    return known or Status(cell.value, cell.parts[0].words or Words(und=cell.value))


def _by_commitment(spec: DatasetSpec, commitments: DatasetSpec, rows: Sequence[Row]) -> dict[str, list[Row]]:
    """Return the rows of a dataset by the commitment that they are about."""
    column = reference(spec, commitments)
    found: dict[str, list[Row]] = {}
    for row in rows if column else ():
        if key := _value(row, column):
            found.setdefault(key, []).append(row)
    return found


def _themes(parts: Roles, rows: Mapping[str, list[Row]], commitments: Sequence[Commitment]) -> list[Theme]:
    """Return the themes with their commitments; one without a name where commitments have none."""
    spec, of = parts.themes, parts.commitments
    column = reference(of, spec) if spec and of else None
    if spec is None or column is None:
        return [Theme("", "", "", commitments)] if commitments else []
    under: dict[str, list[Commitment]] = {}
    for commitment in commitments:
        under.setdefault(_value(commitment.row, column), []).append(commitment)
    mark, title = mark_column(spec), title_column(spec)
    known = [Theme(row.key, _value(row, title), _value(row, mark), under.pop(row.key, [])) for row in rows[spec.name]]
    # A theme that no row has: such commitments are shown without a theme rather than not at all.
    left = [one for found in under.values() for one in found]
    return [*known, Theme("", "", "", left)] if left else known


def _value(row: Row, column: Column | None) -> str:
    cell = row.cell(column)
    return cell.value if cell else ""


def _faults(parts: Roles, rows: Mapping[str, list[Row]]) -> Faults:
    """Return the faults of the document by what they touch."""
    spec = parts.findings
    found = Faults(rows[spec.name] if spec else [])
    dataset, row = (taking(spec, name) if spec else None for name in ("dataset", "row"))
    for number, fault in enumerate(found.rows):
        if name := _value(fault, dataset):
            found.by_row.setdefault((name, _value(fault, row)), []).append(number)
        else:
            # A fault outside the tables belongs to whatever stands at its place.
            for place in fault.places:
                found.by_place.setdefault(place, []).append(number)
    return found


def findings_on(material: Material, commitment: Commitment) -> list[Row]:
    """Return the faults of the document that touch a commitment: in its rows, or outside the tables at its places."""
    faults = material.faults
    touching = {number for one in commitment.rows for number in faults.by_row.get((one.spec.name, one.key), ())}
    touching |= {n for one in commitment.rows for place in one.places for n in faults.by_place.get(place, ())}
    return [faults.rows[number] for number in sorted(touching)]
