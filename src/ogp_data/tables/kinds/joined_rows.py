"""Rows of another dataset once more, joined with what further datasets say of the same thing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from ogp_data.core import places
from ogp_data.core.columns import Column, DatasetSpec
from ogp_data.core.findings import Finding
from ogp_data.core.messages import Message
from ogp_data.core.near import meant
from ogp_data.core.strict import STRICT
from ogp_data.core.tables import Cell
from ogp_data.tables.composed import is_composed, repeated
from ogp_data.tables.kind import (
    ANYWHERE,
    ColumnOrigin,
    Declared,
    Finder,
    Kind,
    Offer,
    Turn,
    finder,
    no_labels,
    nothing_to_take,
)
from ogp_data.tables.provides import origin
from ogp_data.tables.relations import relation
from ogp_data.tables.rows import Draft, Drafts, Search
from ogp_data.tables.taking import told
from ogp_data.types import type_of

_Related = Callable[[Draft], list[Draft]]
"""Row -> the rows of another dataset that belong to it."""


@dataclass(frozen=True, slots=True)
class JoinedRows(Finder):
    """Rows of another dataset once more, each with what further datasets say of the same thing."""

    __pydantic_config__ = STRICT
    kind: Literal["rows"]
    of: Annotated[str, "The dataset whose rows they are."]

    turn: ClassVar[Turn] = Turn.JOINED
    may_be_empty: ClassVar[bool] = True
    offers: ClassVar[Mapping[str, Offer]] = {
        "COLUMN": Offer(
            "repeated",
            "that column of the dataset that `find.of` names or, with `of`, of a dataset that belongs to it *",
        ),
        "count": Offer(
            "derived", "how many rows of the dataset `of` belong to it; `having` and `lacking` count some of them"
        ),
    }

    @property
    def base(self) -> str:
        """Return the dataset whose rows are repeated."""
        return self.of

    def named_in_templates(self, specs: Mapping[str, DatasetSpec]) -> Iterable[str]:
        """Return the columns of the row that is repeated."""
        base = specs.get(self.of)
        return (column.name for column in base.column[:-1]) if base else ()

    def origin(self, column: Column, specs: Mapping[str, DatasetSpec]) -> ColumnOrigin:
        """Return the origin of the column that is repeated; what the source says there is repeated here."""
        if own := self.verbs().get(column.take):
            return own
        target = specs.get(column.of or self.of)
        original = next((c for c in target.column if c.name == column.take), None) if target else None
        found = origin(original, target, specs) if original and target else "source"
        return "repeated" if found == "source" else found

    def check(self, declared: Declared) -> Iterator[Finding]:
        """Yield that there are no rows to repeat."""
        base = declared.known.get(self.of)
        if base is None or base.find.base:
            message = Message("There is no dataset {of!r} with rows of its own.", of=self.of)
            able = [name for name, spec in declared.known.items() if not spec.find.base]
            yield declared.fault("dangling-reference", "find.of", message, meant(self.of, able))

    def check_column(self, declared: Declared, column: Column, key: str) -> Iterator[Finding]:
        """Yield what is wrong with a column that takes of the row that is repeated, or of one that belongs to it."""
        base, target = declared.known.get(self.of), declared.known.get(column.of or self.of)
        if base is None or target is None or target is declared.spec:
            return  # reported of `find.of` or `of`
        names = {c.name for c in target.column[:-1]}
        if column.take != "count" and column.take not in names:
            yield nothing_to_take(
                declared, column, Message("rows of '{name}'", name=target.name), names | {"count", *ANYWHERE}, key
            )
        yield from _check_type(declared, target, column, key)
        if not column.where:
            yield from _check_relation(declared, base, target, column, key)
        elif not finder(target).labelled:
            yield no_labels(declared, key)
        for part in ("having", "lacking"):
            if (name := getattr(column, part)) and name not in names:
                message = Message("Dataset '{name}' has no column {name2!r}.", name=target.name, name2=name)
                yield declared.fault("dangling-reference", f"{key}.{part}", message, meant(name, sorted(names)))

    def drafts(self, search: Search, spec: DatasetSpec) -> list[Draft]:
        """Return a row for each row of the other dataset, with what further datasets say of it."""
        specs, drafts = search.publication.specs, search.drafts
        base = specs[self.of]
        related = {c.name: _related(specs, drafts, base, c) for c in spec.column[:-1] if c.of}
        own = told(search.publication)
        return [_joined(spec, related, draft, number, own) for number, draft in enumerate(drafts[self.of], start=1)]


def _check_type(declared: Declared, target: DatasetSpec, column: Column, key: str) -> Iterator[Finding]:
    """Yield that the values repeated are of another type: what was read is not read again as something else."""
    original = next((c for c in target.column if c.name == column.take), None)
    if original is None or original.type == column.type:
        return
    if not (type_of(original).about.words or type_of(column).about.words):
        message = Message(
            "The column '{name}' of '{name2}' is of the type '{type}'.",
            name=original.name,
            name2=target.name,
            type=original.type,
        )
        yield declared.fault(
            "value-type", f"{key}.type", message, Message('Write type = "{type}".', type=original.type)
        )


def _check_relation(
    declared: Declared, base: DatasetSpec, target: DatasetSpec, column: Column, key: str
) -> Iterator[Finding]:
    """Yield that nothing says which rows belong to a row, or that several can where one is needed."""
    link = relation(base, target)
    if link is None and _refers_soundly((base, target), declared.known):
        message = Message(
            "No column says which rows of '{name}' belong to a row of '{name2}'.", name=target.name, name2=base.name
        )
        yield declared.fault("dangling-reference", f"{key}.of", message, Message("Give a column there `references`."))
    elif link and column.take != "count" and link[1] != target.key.name:
        message = Message(
            "Several rows of '{name}' can belong to one row of '{name2}'; they can only be counted.",
            name=target.name,
            name2=base.name,
        )
        yield declared.fault("dangling-reference", f"{key}.take", message, Message('Write take = "count".'))


def _refers_soundly(specs: Iterable[DatasetSpec], known: Mapping[str, DatasetSpec]) -> bool:
    """Return whether every reference leads to a dataset; one that does not is reported at its own place."""
    return all(column.references in known for spec in specs for column in spec.column if column.references)


def _joined(
    spec: DatasetSpec, related: Mapping[str, _Related], own: Draft, number: int, more: Mapping[str, Cell]
) -> Draft:
    offers = {**own.cells, "sequence": Cell(str(number)), **more}
    cells: dict[str, Cell] = {}
    found = set(own.places)
    for column in spec.column[:-1]:
        rows = related[column.name](own) if column.of else [own]
        cells[column.name] = _joined_cell(column, rows, offers)
        if column.of and column.take not in ("phrase", "unknown"):
            found.update(place for row in rows for place in row.places)
    return Draft(cells, places.merged(found), offers=offers)


def _joined_cell(column: Column, rows: Sequence[Draft], own: Mapping[str, Cell]) -> Cell:
    if is_composed(column):
        return Cell()
    if column.take in ("publication", "publication_country", "sequence"):
        return own[column.take]
    if column.take == "count":
        return Cell(str(len(rows)), "derived")
    if not rows or column.take not in rows[0].cells:
        return Cell()
    return repeated(rows[0].cells[column.take])


def _related(specs: Mapping[str, DatasetSpec], drafts: Drafts, base: DatasetSpec, column: Column) -> _Related:
    """Return what finds the rows of another dataset that belong to a row, by the references they declare."""
    other, rows = specs[column.of], drafts[column.of]
    if column.where:
        label = next(c.name for c in other.column if c.take == "label")
        labelled = [row for row in rows if row.cells[label].value == column.where]
        return lambda _: labelled
    link = relation(base, other)
    if link is None:
        return lambda _: []
    here, there = link
    by_value: dict[str, list[Draft]] = {}
    for row in rows:
        if _is_meant(column, row):
            by_value.setdefault(row.cells[there].value, []).append(row)
    return lambda own: by_value.get(own.cells[here].value, [])


def _is_meant(column: Column, row: Draft) -> bool:
    """Return whether a row has what a column says by `having`, and lacks what it says by `lacking`."""
    having = not column.having or bool(row.cells[column.having].value)
    return having and not (column.lacking and row.cells[column.lacking].value)


JOINED_ROWS = Kind(
    "rows",
    JoinedRows,
    "Every row of another dataset once more, with what further datasets say of it. Rows belong together when a"
    " column of one has `references` to the other. Nothing here counts as the place of a word.",
)
