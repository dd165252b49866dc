"""What a reader makes of a plan of the made country, held cell by cell against what anybody sees in it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from made_country import Plan, Seen, folded, seen
from ogp_data.core.places import Page
from ogp_data.documents import Document


@dataclass(frozen=True)
class Difference:
    """A cell that says something else than the plan: of what, where, and both."""

    what: str
    row: int
    column: int
    expected: object
    got: object


@dataclass(frozen=True)
class Has:
    """What a kind of document has of a table beside its words."""

    fills: bool = True
    links: str = "words"
    """`words`: the words of a cell have links; `cell`: the whole cell has one; "": there are none."""
    spans: bool = True
    soft: bool = True
    notes: bool = False


HAS: Mapping[str, Has] = {
    "docx": Has(notes=True),
    "pdf": Has(notes=True, soft=False),
    "html": Has(),
    "markdown": Has(fills=False, spans=False),
    "csv": Has(fills=False, links="", spans=False),
    "xlsx": Has(links="cell"),
    "ods": Has(),
}


def tables(document: Document) -> list[list[list[Seen]]]:
    """Return the tables of a document."""
    rows = [block for block in document.blocks if block.cells]
    found = []
    for _, group in itertools.groupby(rows, key=lambda block: block.table):
        found.append(
            [
                [
                    Seen(
                        cell.passage.text,
                        cell.fill,
                        tuple((anchor.label.text, anchor.target.text) for anchor in cell.anchors),
                        cell.rows,
                        cell.columns,
                        cell.covered,
                    )
                    for cell in block.cells
                ]
                for block in group
            ]
        )
    return found


def differences(plan: Plan, document: Document, has: Has) -> list[Difference]:
    """Return in what the only table of a document differs from that of the plan."""
    expected = [[_as(cell, has) for cell in row] for row in seen(_noted(plan, has).rows)]
    found = tables(document)
    pages = {block.place.number for block in document.blocks if block.cells and isinstance(block.place, Page)}
    whole = [Difference("table", 0, 0, 1, len(found))] if len(found) != 1 else []
    rows = [[_as(cell, has) for cell in row] for table in found for row in table]
    if {len(row) for row in rows} != {len(row) for row in expected}:
        return [*whole, Difference("shape", 0, 0, _shape(expected), _shape(rows))]
    if len(pages) > 1:
        expected = [[_spread(cell) for cell in row] for row in expected]
        rows = [[_spread(cell) for cell in row] for row in rows]
        rows = [row for at, row in enumerate(rows) if at == 0 or row != rows[0]]
        rows = list(_aligned(rows, expected))
    if [len(row) for row in rows] != [len(row) for row in expected]:
        return [*whole, Difference("shape", 0, 0, _shape(expected), _shape(rows))]
    return whole + [
        Difference(what, r, c, mine, theirs)
        for r, (wanted, got) in enumerate(zip(expected, rows, strict=True))
        for c, (one, other) in enumerate(zip(wanted, got, strict=True))
        for what, mine, theirs in _aspects(one, other, has)
    ]


def _aspects(one: Seen, other: Seen, has: Has) -> Iterator[tuple[str, object, object]]:
    yield from (("text", one.text, other.text) for _ in range(not _same_text(one.text, other.text, has)))
    yield from (("fill", one.fill, other.fill) for _ in range(one.fill != other.fill))
    yield from (("links", one.links, other.links) for _ in range(one.links != other.links))
    mine, theirs = (one.rows, one.columns, one.covered), (other.rows, other.columns, other.covered)
    yield from (("spans", mine, theirs) for _ in range(mine != theirs))


def _same_text(wanted: str, got: str, has: Has) -> bool:
    """Return whether a cell says what it should, where a kind shows a soft hyphen, as one like any other."""
    if "\u00ad" in wanted and not has.soft:
        return folded(wanted).replace("-", "") == got.replace("-", "")
    return folded(wanted) == got


def _shape(rows: Sequence[Sequence[Seen]]) -> tuple[int, list[int]]:
    return len(rows), sorted({len(row) for row in rows})


def _noted(plan: Plan, has: Has) -> Plan:
    """Return a plan without the notes of cells where a kind has none."""
    rows = tuple(tuple(replace(square, note=square.note if has.notes else "") for square in row) for row in plan.rows)
    return replace(plan, rows=rows)


def _as(cell: Seen, has: Has) -> Seen:
    """Return a cell with what a kind of document has of it."""
    links = cell.links if has.links else ()
    if has.links == "cell" and links:
        links = ((folded(cell.text), links[0][1]),)
    spans = {} if has.spans else {"rows": 1, "columns": 1, "covered": False}
    return replace(cell, fill=cell.fill if has.fills else "", links=links, **spans)  # type: ignore[arg-type]


def _spread(cell: Seen) -> Seen:
    """Return a cell of a table over several pages, at whose ends what spans rows is parted."""
    fill = "" if cell.covered else cell.fill
    return replace(cell, rows=1, columns=1, covered=False, fill=fill if cell.text else "")


def _aligned(rows: Sequence[Sequence[Seen]], expected: Sequence[Sequence[Seen]]) -> Iterator[list[Seen]]:
    """Yield rows with those put together that the end of a page parts."""
    at = 0
    for wanted in expected:
        if at >= len(rows):
            return
        held, first = list(rows[at]), at
        at += 1
        while at < len(rows) and not _same(held, wanted) and _begins(held, wanted):
            held = [_both(one, other) for one, other in zip(held, rows[at], strict=True)]
            at += 1
        # Whether the end of the page parts a word or two words is not to be seen.
        whole = at > first + 1
        yield [
            replace(one, text=folded(w.text)) if whole and _bare(one) == _bare(w) else one
            for one, w in zip(held, wanted, strict=True)
        ]
    yield from (list(row) for row in rows[at:])


def _bare(cell: Seen) -> str:
    return "".join(folded(cell.text).split()).replace("-", "")


def _same(held: Sequence[Seen], wanted: Sequence[Seen]) -> bool:
    return [_bare(one) for one in held] == [_bare(one) for one in wanted]


def _begins(held: Sequence[Seen], wanted: Sequence[Seen]) -> bool:
    return all(_bare(other).startswith(_bare(one)) for one, other in zip(held, wanted, strict=True))


def _both(one: Seen, other: Seen) -> Seen:
    links = list(one.links)
    for label, address in other.links:
        if links and links[-1][1] == address:
            links[-1] = (" ".join((links[-1][0], label)), address)
        else:
            links.append((label, address))
    return Seen(" ".join((one.text, other.text)).strip(), one.fill or other.fill, tuple(links))
