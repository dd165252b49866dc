"""The views: tables with words for their keys and codes, links by what they belong to, rows by their places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ogp_data.core.columns import DatasetSpec
from ogp_data.formats.columns import pairs
from ogp_data.formats.sqlite.lists import list_columns
from ogp_data.formats.sqlite.plan import Plan
from ogp_data.formats.sqlite.sql import literal, quoted

_TITLES = ("dct:title", "rdfs:label")


@dataclass(frozen=True, slots=True)
class _Select:
    """A query under way: what it selects, each with its name, and the tables it joins."""

    selected: list[tuple[str, str]]
    joined: list[str]

    def add(self, expression: str, name: str) -> None:
        """Select an expression under a name that is not in use."""
        taken = {name for _, name in self.selected}
        while name in taken:
            name += "_"
        self.selected.append((expression, name))

    def view(self, name: str, end: str = "") -> str:
        """Return the statement that makes the view."""
        columns = ",\n  ".join(f"{expression} AS {quoted(alias)}" for expression, alias in self.selected)
        return f"CREATE VIEW {quoted(name)} AS\nSELECT\n  {columns}\nFROM {chr(10).join(self.joined)}{end}"


def views(plan: Plan) -> Iterator[str]:
    """Yield the views: tables with words for their keys and codes, links by what they belong to, and lines."""
    for spec, _ in plan.tables:
        select = _labelled(plan, spec)
        if len(select.selected) > len(spec.column):
            yield select.view(plan.name(f"{spec.name}_with_titles"))
    for spec, _ in plan.tables:
        if spec.find.lists == "links":
            yield from _link_views(plan, spec)
    for spec, _ in plan.tables:
        if spec.find.lists == "defects":
            yield from _findings_by_place(plan, spec)
    if plan.has_source:
        yield from _rows_by_place(plan)


def _labelled(plan: Plan, spec: DatasetSpec) -> _Select:
    """Return a query for a table's columns, the titles of the rows they refer to, and the labels of their codes."""
    select = _Select([], [f"{quoted(plan.table[spec.name])} AS t0"])
    for column in spec.column:
        select.add(f"t0.{quoted(column.name)}", column.name)
    _follow(plan, spec, "t0", select, {spec.name})
    return select


def _follow(plan: Plan, spec: DatasetSpec, alias: str, select: _Select, seen: set[str]) -> None:
    """Join what a table's columns refer to, and what that refers to, each dataset once."""
    for column in spec.column:
        target = plan.specs.get(column.references)
        if column.codes and alias == "t0":
            other = _join(select, alias, [column.name], plan.codes[column.codes], ["code"])
            for language in plan.languages:
                select.add(f"{other}.label_{language}", f"{column.name}_{language}")
        elif target and target.name not in seen:
            seen.add(target.name)
            here, there = pairs(spec, column, target)
            other = _join(select, alias, here, plan.table[target.name], there)
            for title in (c for c in target.column if c.rdf in _TITLES):
                select.add(f"{other}.{quoted(title.name)}", f"{plan.table[target.name]}_{title.name}")
            _follow(plan, target, other, select, seen)


def _join(select: _Select, alias: str, here: Sequence[str], table: str, there: Sequence[str]) -> str:
    """Join a table whose columns are equal to those of another one, and return its alias."""
    other = f"t{len(select.joined)}"
    equal = (f"{other}.{quoted(b)} = {alias}.{quoted(a)}" for a, b in zip(here, there, strict=True))
    select.joined.append(f"LEFT JOIN {quoted(table)} AS {other} ON {' AND '.join(equal)}")
    return other


def _taking(spec: DatasetSpec, take: str) -> str | None:
    """Return the quoted name of the column that takes something of its row; None when no column does."""
    return next((quoted(column.name) for column in spec.column if column.take == take and not column.of), None)


def _link_views(plan: Plan, spec: DatasetSpec) -> Iterator[str]:
    """Yield, for what links belong to, their counts; and the links without a working address."""
    url = _taking(spec, "url")
    if url is None:
        return
    select = _labelled(plan, spec)
    yield select.view(plan.name(f"{spec.name}_without_address"), f"\nWHERE t0.{url} IS NULL")
    for column in spec.column:
        if owner := plan.specs.get(column.references):
            counts = _Select([], [f"{quoted(plan.table[owner.name])} AS t0"])
            for own in owner.column:
                if own in owner.keys or own.rdf in _TITLES:
                    counts.add(f"t0.{quoted(own.name)}", own.name)
            here, there = pairs(spec, column, owner)
            link = _join(counts, "t0", there, plan.table[spec.name], here)
            counts.add(f"count({link}.{quoted(spec.key.name)})", "links")
            counts.add(f"count({link}.{url})", "with_address")
            counts.add(f"count({link}.{quoted(spec.key.name)}) - count({link}.{url})", "without_address")
            # In the order of the rows: a key that is text would put C10 before C2.
            end = f"\nGROUP BY {', '.join(f't0.{quoted(name)}' for name in there)}\nORDER BY t0.rowid"
            yield counts.view(plan.name(f"{spec.name}_per_{owner.name}"), end)


def _findings_by_place(plan: Plan, spec: DatasetSpec) -> Iterator[str]:
    """Yield the findings place by place, with the text of the place."""
    told = spec.column[-1]
    select = _labelled(plan, spec)
    table = plan.lists[spec.name, told.name]
    keys = [key.name for key in spec.keys]
    found = _join(select, "t0", keys, table, keys)
    at = _join(select, found, [list_columns(spec)[1]], plan.source, ["place"])
    numbered = _Select([], select.joined)
    for expression, name in ((f"{at}.{plan.number}", plan.number), *select.selected):
        numbered.add(expression, name)
    numbered.add(f"{at}.text", f"{plan.unit}_text")
    yield numbered.view(
        plan.name(f"{spec.name}_by_{plan.unit}"), f"\nORDER BY {at}.{plan.number}, t0.{quoted(spec.key.name)}"
    )


def _rows_by_place(plan: Plan) -> Iterator[str]:
    """Yield every row of every dataset by the places that it came from."""
    parts = [
        f"SELECT publication, {quoted(list_columns(spec)[1])} AS place, {literal(spec.name)} AS dataset, "
        f'CAST({quoted(spec.key.name)} AS TEXT) AS "row" '
        f"FROM {quoted(plan.lists[spec.name, column.name])}"
        for spec, _ in plan.tables
        for column in spec.column[-1:]
    ]
    if parts:
        union = "\n  UNION ALL ".join(parts)
        yield (
            f"CREATE VIEW {quoted(plan.name(f'rows_by_{plan.unit}'))} AS\n"
            f'SELECT s.{plan.number}, r.publication, r.dataset, r."row", s.text AS {plan.unit}_text'
            f" FROM (\n  {union}\n) AS r\nJOIN {quoted(plan.source)} AS s ON s.place = r.place\n"
            f'ORDER BY s.{plan.number}, r.publication, r.dataset, r."row"'
        )
