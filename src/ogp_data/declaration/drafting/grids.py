"""Tables -> assessments, commitments, and datasets of the document's own with typed columns."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ogp_data.core.messages import Message
from ogp_data.declaration.drafting.cells import keys_of
from ogp_data.declaration.drafting.lists import called, in_languages, own_texts
from ogp_data.declaration.drafting.naming import column_name, dataset_name
from ogp_data.declaration.drafting.outline import Grid
from ogp_data.declaration.drafting.progress import levels_of, scale_of
from ogp_data.declaration.drafting.proposal import FILL_IN, Entry, Proposal, Sight, numbering, said, sampled
from ogp_data.declaration.drafting.shapes import THEME_GROUP
from ogp_data.declaration.drafting.subject import is_elsewhere
from ogp_data.declaration.drafting.themes import about_of
from ogp_data.models.lexicon import Lexicon, folded

_ASSESSED = ("progress", "evidence", "reasons", "next_steps", "results")
"""The columns of which a table of assessments has one at least."""
_KEYS = ("commitment_number", "theme_number", "sequence", "assessed_on")
"""What a row is known by, or takes from elsewhere; no cell of a table holds it by its heading."""


@dataclass(frozen=True, slots=True)
class Tables:
    """Which table is that of the assessments, and which that of the commitments, which may be the same."""

    assessments: Grid | None = None
    commitments: Grid | None = None


def known_cells(lexicon: Lexicon, row: Sequence[str]) -> int:
    """Return how many cells of a row are headings of columns that the model has."""
    return max(len(lexicon.columns(name, row)) for name in ("assessments", "commitments"))


@dataclass(frozen=True, slots=True)
class _Keyed:
    """How rows of a table name commitments: by which numbers, in which column the words stand, and what says so."""

    numbers: list[int]
    subject: int = 0
    columns: Mapping[str, object] = field(default_factory=dict)


def _keyed(sight: Sight, grid: Grid) -> _Keyed:
    """Return how rows name commitments: by a number in front of the words, or by one in a column of its own."""
    if numbers := grid.numbers:
        return _Keyed(numbers)
    words = {one.said for one in sight.lexicon.known if one.column == "commitment_number"}
    if not (counted := grid.counted) or folded(grid.headings[0]) not in words:
        return _Keyed([])
    titles = [at for at, column in sight.lexicon.columns("commitments", grid.headings).items() if column == "title"]
    number = {"columns.commitment_number": {"heading": grid.headings[0]}}
    return _Keyed(counted, next(filter(None, titles), 1), {"columns.commitment": "C{commitment_number}", **number})


def find_tables(sight: Sight, listed: Sequence[int]) -> Tables:
    """Return the tables whose rows are commitments; `listed` are the numbers of those in a list."""
    headed = [grid for grid in sight.outline.grids if grid.is_headed and not is_elsewhere(sight, grid)]
    free = [grid for grid in headed if not _are_themes(sight, grid)]
    fitting = [grid for grid in free if _name_commitments(_keyed(sight, grid).numbers, listed)]
    counted = [(_assessed(sight, grid), grid) for grid in fitting]
    most = max((count for count, _ in counted), default=0)
    assessed = next((grid for count, grid in counted if count == most > 0), None)
    if listed:
        return Tables(assessed)
    fitting.sort(key=lambda grid: not _says_commitments(sight, grid))
    named = [grid for grid in fitting if "title" in sight.lexicon.columns("commitments", grid.headings).values()]
    listing = next((grid for grid in named if grid != assessed), assessed)
    # A number in a column of its own can stand in one dataset only, so both cannot be made of that table.
    is_one = listing is not None and listing == assessed and bool(_keyed(sight, listing).columns)
    return Tables(None if is_one else assessed, listing)


def _assessed(sight: Sight, grid: Grid) -> int:
    """Return how many columns of assessments a table has; the levels that are ticked in it are one."""
    return len({*_columns(sight, "assessments", grid).values()} & {*_ASSESSED}) + bool(_levels(sight, grid))


def _levels(sight: Sight, grid: Grid) -> tuple[str, dict[str, str]] | None:
    """Return the scale of the levels that are ticked in a table, each code with its heading."""
    return levels_of([grid.headings[at] for at in grid.ticked], sight.lexicon) if grid.ticked else None


def find_listing(sight: Sight) -> Grid | None:
    """Return the table of the commitments that stands below a heading that says so; None where none does."""
    grid = find_tables(sight, []).commitments
    return grid if grid and _says_commitments(sight, grid) else None


def _says_commitments(sight: Sight, grid: Grid) -> bool:
    return any(about_of(sight.lexicon, section.title) == "commitments" for section in grid.sections)


def _are_themes(sight: Sight, grid: Grid) -> bool:
    """Return whether the heading of a table says that its rows are themes, and none of its own says commitments."""
    about = {about_of(sight.lexicon, section.title) for section in grid.sections}
    return about == {"themes"} and "commitments" not in map(sight.lexicon.dataset, grid.headings)


def _name_commitments(numbers: Sequence[int], listed: Sequence[int]) -> bool:
    """Return whether numbers are those of commitments, each once."""
    is_once = bool(numbers) and len({*numbers}) == len(numbers)
    return is_once and (2 * len({*numbers} & {*listed}) >= len(listed) if listed else _counts(numbers))


def _counts(numbers: Sequence[int]) -> bool:
    return [*numbers] == [*range(1, len(numbers) + 1)]


def _columns(sight: Sight, dataset: str, grid: Grid) -> dict[int, str]:
    """Return which columns of a dataset the headings of a table are, besides those by which its rows are known."""
    beside = (0, _keyed(sight, grid).subject)
    found = sight.lexicon.columns(dataset, grid.headings).items()
    return {at: column for at, column in sorted(found) if at not in beside and column not in _KEYS}


def titles_in(grid: Grid | None) -> dict[str, object]:
    """Return the column of commitments that has their titles in a table of assessments, whose rows begin with both."""
    if grid is None or not grid.numbers:
        return {}
    return {"columns.title_in_assessment": {"of": "assessments", "heading": grid.headings[0]}}


def _cells(grid: Grid, at: int) -> list[str]:
    return [row[at] for row in grid.cells]


# Proposals ----------------------------------------------------------------------------------------------


def propose_commitments_of(sight: Sight, tables: Tables) -> Iterator[Proposal]:
    """Yield the commitments that stand in a table, where they stand in no list."""
    grid = tables.commitments
    if grid is None:
        return
    known = _of_commitments(sight, tables, grid)
    keyed = _keyed(sight, grid)
    columns: dict[str, object] = {**keyed.columns, "columns.title": {"heading": grid.headings[keyed.subject]}}
    columns |= {f"columns.{name}": {"heading": grid.headings[at]} for at, name in known.items()}
    if grid != tables.assessments:
        rest = [at for at in range(1, len(grid.headings)) if at not in known and at != keyed.subject]
        columns |= _own_columns(sight, grid, rest, _model_columns(sight.lexicon, "commitments"))
    yield _table(sight, "commitments", grid, (*said(columns), *_theme(sight, grid)))


def _of_commitments(sight: Sight, tables: Tables, grid: Grid) -> dict[int, str]:
    """Return which columns are those of commitments: in a table of assessments, what tells nothing of these."""
    assessed = _columns(sight, "assessments", grid) if grid == tables.assessments else {}
    found = {at: name for at, name in _columns(sight, "commitments", grid).items() if name != "title"}
    return {at: name for at, name in found.items() if at not in assessed and _fits(sight, grid, at, name)}


def _fits(sight: Sight, grid: Grid, at: int, column: str) -> bool:
    """Return whether the cells of a column are what the model's column of that name holds."""
    return column not in _DATED or keys_of(_cells(grid, at), sight.language)["type"] in ("date", "edtf")


_DATED = ("start", "end")
"""The columns of commitments that hold dates."""


def propose_assessments(sight: Sight, tables: Tables, columns: Mapping[str, object]) -> Iterator[Proposal]:
    """Yield the assessments, with further columns in front of those of the table."""
    grid = tables.assessments
    if grid is None:
        return
    elsewhere = {*_of_commitments(sight, tables, grid)} if grid == tables.commitments else set()
    keyed = _keyed(sight, grid)
    levels = _levels(sight, grid)
    apart = {*elsewhere, *(grid.ticked if levels else ())}
    known = {at: name for at, name in _columns(sight, "assessments", grid).items() if at not in apart}
    entries = [*said(keyed.columns), *said(columns)]
    for at, name in list(known.items()):
        if name == "progress":
            entry = _progress(sight, grid, at)
            if entry:
                entries.append(entry)
            else:
                del known[at]
        else:
            entries.append(Entry(f"columns.{name}", {"heading": grid.headings[at]}))
    if levels and levels[0] != "progress":
        entries.append(Entry("columns.progress", {"codes": levels[0]}))
    # The words beside a number in a column of its own are joined to nothing; here they have a column too.
    beside = {*known, *apart} | (set() if keyed.columns else {keyed.subject})
    rest = [at for at in range(1, len(grid.headings)) if at not in beside]
    entries += said(_own_columns(sight, grid, rest, _model_columns(sight.lexicon, "assessments")))
    names = {0: "commitment", **known}
    shows = tuple(names.get(at, heading) for at, heading in enumerate(grid.headings))
    if grid != tables.commitments:
        entries += _theme(sight, grid)
    find = {"ticks": levels[1]} if levels else {}
    yield replace(_table(sight, "assessments", grid, tuple(entries), find=find), shows=shows)


def _model_columns(lexicon: Lexicon, dataset: str) -> set[str]:
    return {one.column for one in lexicon.known if one.dataset == dataset} | _SHARED


_SHARED = {"publication", "commitment", "commitment_number", "theme_number", "milestone", "source_places", "section"}


def _progress(sight: Sight, grid: Grid, at: int) -> Entry | None:
    """Return the column of progress by the scale that its cells are of; None when they are of none."""
    cells = _cells(grid, at)
    scale = scale_of(cells, sight.lexicon)
    if scale is None:
        return None
    keys: dict[str, object] = {"heading": grid.headings[at]}
    if scale.codes != "progress":
        keys["codes"] = scale.codes
    if scale.written:
        keys["written"] = scale.written
    if not any(cells) and any(block.kind == "mark" for block in sight.outline.document.blocks):
        keys["lost"] = "lost-colour"
    is_open = any(code.startswith(FILL_IN) for code in scale.written)
    codes = ", ".join(dict.fromkeys(sight.lexicon.codes[scale.codes].values()))
    note = Message("write for {word} one of: {codes}", word=FILL_IN, codes=codes) if is_open else ""
    return Entry("columns.progress", keys, note, is_open)


def propose_tables(sight: Sight, tables: Tables, listed: Sequence[int], taken: Collection[str]) -> Iterator[Proposal]:
    """Yield a dataset of its own for each table that is none of the model's."""
    used = {*taken, *sight.taken}
    for grid in sight.outline.grids:
        if grid.is_headed and grid not in (tables.assessments, tables.commitments):
            name = dataset_name(grid.sections[0].title, "table", used)
            used.add(name)
            yield _own_table(sight, name, grid, listed)


def _own_table(sight: Sight, name: str, grid: Grid, listed: Sequence[int]) -> Proposal:
    numbers, keyed = grid.numbers, _keyed(sight, grid)
    first, rest = grid.headings[0], [*range(1, len(grid.headings))]
    title = {"heading": first, "type": "text", "title": _title(sight, first)}
    columns: dict[str, object]
    if listed and keyed.numbers == sorted({*listed}):
        take = {"take": "C{commitment_number}"} if keyed.columns else {}
        columns = {**keyed.columns, "columns.commitment": {"key": True, **take}}
        columns |= {} if keyed.columns else {"columns.title": title}
    elif numbers and _counts(numbers):
        number = {"key": True, "type": "integer", "take": "number", "title": in_languages(sight, Message("Number"))}
        columns = {"columns.number": number, "columns.title": title}
    else:
        order = in_languages(sight, Message("Sequence"))
        columns = {"columns.sequence": {"key": True, "type": "integer", "take": "sequence", "title": order}}
        rest = [0, *rest]
    names = {key.removeprefix("columns.") for key in columns}
    entries = (*own_texts(sight, grid.sections[0].title, Message("a table")),)
    own = said(columns | _own_columns(sight, grid, rest, {*names, *_SHARED}))
    return _table(sight, name, grid, (*own, *_theme(sight, grid)), entries)


def _own_columns(sight: Sight, grid: Grid, which: Sequence[int], taken: Collection[str]) -> dict[str, object]:
    """Return the columns that the model does not have, by their headings."""
    columns: dict[str, object] = {}
    used = {*taken}
    for at in which:
        heading = grid.headings[at]
        name = column_name(heading, at, used)
        used.add(name)
        typed = keys_of(_cells(grid, at), sight.language)
        columns[f"columns.{name}"] = {"heading": heading, **typed, "title": _title(sight, heading)}
    return columns


def _title(sight: Sight, heading: str) -> dict[str, str]:
    return called(sight, heading, Message("Column “{heading}”", heading=heading))


def _theme(sight: Sight, grid: Grid) -> tuple[Entry, ...]:
    """Return the column of what the bands of a table say; none where it has no bands."""
    title = in_languages(sight, Message("Theme"))
    take = {"type": "text", "take": f"band:{THEME_GROUP}", "title": title}
    return tuple(said({f"columns.{THEME_GROUP}": take})) if "bands" in grid.find else ()


def _table(
    sight: Sight,
    name: str,
    grid: Grid,
    columns: tuple[Entry, ...],
    texts: tuple[Entry, ...] = (),
    find: Mapping[str, object] | None = None,
) -> Proposal:
    """Return a table as a dataset: where it is, how many rows it has, and its columns."""
    numbers = grid.numbers
    rows = [row for row in grid.cells if row[0] or not numbers]
    under = {"under": grid.sections[0].title} if grid.apart else {}
    continues = {"continues": "empty-key"} if len(rows) < len(grid.rows) else {}
    found = {"kind": "table", **under, "headings": [*grid.headings], **continues, **grid.find, **(find or {})}
    if len(grid.sections) > 1 and any(section != grid.sections[0] for section in grid.sections):
        section = {"type": "text", "take": "section", "title": in_languages(sight, Message("Section"))}
        columns = (*columns, *said({"columns.section": section}))
    about = Message("the table")
    if grid.sections[0].title:
        about = Message("the table below “{title}”", title=grid.sections[0].title)
    entries = (*texts, *said({"rows": len(rows), "find": found}), *columns)
    blocks, sure = frozenset(grid.blocks), (*_known(sight, name, grid), numbering(_keyed(sight, grid).numbers))
    return Proposal(name, about, entries, len(rows), grid.headings, sampled(rows), blocks, sure)


def _known(sight: Sight, name: str, grid: Grid) -> Iterator[Message]:
    """Yield how many headings of a table are known to the model, where it is one of the model's."""
    if name in sight.taken:
        known, count = len(sight.lexicon.columns(name, grid.headings)), len(grid.headings)
        yield Message("{known} of {count} headings are known", known=known, count=count)
