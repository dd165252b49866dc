"""Material -> the page of what is wrong in the document: by kind, each with its place and how it was treated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from ogp_data.core.columns import Column, DatasetSpec
from ogp_data.core.framed import ABOUT, SOURCE
from ogp_data.core.messages import Message, Plural
from ogp_data.core.shared import Concept
from ogp_data.core.words import Text, Words
from ogp_data.site.cells import Cell, Part, Row
from ogp_data.site.context import Material
from ogp_data.site.figure import MOST_TABLE
from ogp_data.site.figures import evidence
from ogp_data.site.page import Page, downloads, page_jsonld
from ogp_data.site.roles import taking
from ogp_data.site.titles import short_titles

PATH = "findings.html"
FOUND = "found"
"""The status of what the program itself found."""


@dataclass(frozen=True, slots=True)
class Told:
    """A fault as the page tells it: its number, what is wrong, the words concerned, and where it is in the data.

    `dataset` is "" for what is outside the tables; `row` is the fault's own.
    """

    number: str
    statement: Part
    written: str
    dataset: str
    key: str
    column: Text | None
    status: str
    treated: Text
    row: Row


@dataclass(frozen=True, slots=True)
class Group:
    """The faults of one kind, in the order of the document."""

    code: str
    kind: Concept
    told: Sequence[Told]

    @property
    def title(self) -> Text:
        """Return what the faults are called, as many as they are."""
        return self.kind.plural if self.kind.plural and len(self.told) > 1 else self.kind.label

    @property
    def is_commonest(self) -> Message:
        """Return the sentence that says that there are more of them than of any other kind."""
        if self.kind.plural:
            return Message("{kinds} are the most common: {number}.", kinds=self.kind.plural, number=len(self.told))
        return Message("The most common kind is “{kind}”: {number}.", kind=self.kind.label, number=len(self.told))

    @property
    def is_found(self) -> bool:
        """Return whether the program found all of them by itself."""
        return all(one.status == FOUND for one in self.told)


def fault_pages(material: Material) -> Iterator[Page]:
    """Yield the page of what is wrong in the document, where a publication tells that."""
    if spec := material.parts.findings:
        title = Message("What is wrong in the document")
        yield Page(
            PATH,
            "findings.html",
            title,
            _counted(material),
            partial(_shown, material, spec),
            downloads(material, spec.name),
            partial(page_jsonld, material.publication, title),
            crumbs=[_above(material)],
        )


def _above(material: Material) -> tuple[str, Message]:
    """Return the page that this one is below: the document, where the site shows it."""
    if material.publication.declaration.source.publish:
        return SOURCE, Message("The document")
    return ABOUT, Message("About this site")


def _counted(material: Material) -> Message:
    """Return how much is wrong in the document."""
    counted = Plural(
        "The document “{document}” has {num} fault or gap.",
        "The document “{document}” has {num} faults or gaps.",
        len(material.faults.rows),
        values={"document": material.publication.declaration.source.title},
    )
    return Message("{sentences}", sentences=counted)


def _shown(material: Material, spec: DatasetSpec, language: str) -> Mapping[str, Any]:
    told = [_told(material, spec, row) for row in material.faults.rows]
    statuses = {one.status: one.treated for one in told}
    found = groups(material, spec, told)
    return {
        "unread": material.laid.unread,
        "evidence": evidence(material, language),
        "most_table": MOST_TABLE,
        "origins": list(_origins(found)),
        "arisen": [arisen.of(language) for arisen in _arisen(found)],
        "most": _largest(found),
        "told": material.told,
        "lost": material.tally.lost,
        "count": len(told),
        "counted": _counted(material).of(language),
        "found": sum(one.status == FOUND for one in told),
        "treated": list(_meanings(material, taking(spec, "status"), statuses)),
        "spec": spec,
        "titles": short_titles(material.publication),
        "where": material.where,
    }


def commonest(material: Material) -> Group | None:
    """Return the kind of which the document has the most faults; None where it has no two of any."""
    spec = material.parts.findings
    told = [_told(material, spec, row) for row in material.faults.rows] if spec else []
    return _largest(groups(material, spec, told)) if spec else None


def _largest(found: Sequence[Group]) -> Group | None:
    largest = max(found, key=_size, default=None)
    return largest if largest and _size(largest) > 1 else None


def _size(group: Group) -> int:
    return len(group.told)


def _origins(found: Sequence[Group]) -> Iterator[tuple[Message, Sequence[Group]]]:
    """Yield the faults by where they come from, as far as their kinds say so, with what that is called."""
    if not any(group.kind.arises for group in found):
        yield Message("By kind"), found
        return
    for origin, title in _TITLES.items():
        if some := [group for group in found if group.kind.arises == origin]:
            yield title, some


_TITLES = {
    "document": Message("In the document itself"),
    "conversion": Message("Arisen when the document was converted"),
    None: Message("In the document, or arisen when it was converted"),
}
"""What the faults are called that stand in what the authors wrote, that a conversion made, and that may be either."""


def _arisen(found: Sequence[Group]) -> Iterator[Message | Plural]:
    """Yield how many of the faults come from where, as far as their kinds say so."""
    counts = Counter({origin: sum(_size(one) for one in found if one.kind.arises == origin) for origin in _TITLES})
    if not (counts["conversion"] or counts["document"]):
        return
    said = {
        "conversion": Plural(
            "{num} arose when the document was converted.",
            "{num} arose when the document was converted.",
            counts["conversion"],
        ),
        "document": Plural("{num} is in the document itself.", "{num} are in the document itself.", counts["document"]),
        None: Plural("{num} may be either.", "{num} may be either.", counts[None]),
    }
    yield from (text for origin, text in said.items() if counts[origin])


def groups(material: Material, spec: DatasetSpec, told: Sequence[Told]) -> Sequence[Group]:
    """Return faults by kind: first those that somebody noted who read the document, each in the order of its list."""
    kind = taking(spec, "kind")
    by_kind: dict[str, list[Told]] = {}
    for one in told:
        by_kind.setdefault(_value(one.row.cell(kind)), []).append(one)
    named = _concepts(material, kind)
    ranks = {code: rank for rank, code in enumerate(named)}
    made = [Group(code, named.get(code, Concept(code, Words(und=code))), some) for code, some in by_kind.items()]
    return sorted(made, key=lambda one: (one.is_found, ranks.get(one.code, len(ranks)), one.code))


def _concepts(material: Material, column: Column | None) -> Mapping[str, Concept]:
    """Return the codes of a column, in the order of their list."""
    lists = material.publication.shared.codelists
    return {one.code: one for one in lists[column.codes].concept} if column and column.codes in lists else {}


def _meanings(
    material: Material, column: Column | None, used: Mapping[str, Text]
) -> Iterator[tuple[str, Text, Text | None]]:
    """Yield how faults are treated, as far as any is: the code, what it is called, and what it means."""
    known = _concepts(material, column)
    for code in [*(code for code in known if code in used), *(code for code in used if code not in known)]:
        concept = known.get(code)
        yield code, concept.label if concept else used[code], concept.definition if concept else None


def _told(material: Material, spec: DatasetSpec, row: Row) -> Told:
    cells = {take: row.cell(taking(spec, take)) for take in ("statement", "as_written", "dataset", "row", "column")}
    value = {take: _value(cell) for take, cell in cells.items()}
    status = row.cell(taking(spec, "status"))
    about = material.publication.specs.get(value["dataset"])
    column = next((one for one in about.column if one.name == value["column"]), None) if about else None
    said = cells["statement"]
    return Told(
        row.key,
        said.parts[0] if said and said.parts else Part(""),
        value["as_written"],
        about.name if about else "",
        value["row"],
        column.title if column else None,
        _value(status),
        (status.parts[0].words if status and status.parts else None) or Words(und=_value(status)),
        row,
    )


def _value(cell: Cell | None) -> str:
    return cell.value if cell else ""
