"""Document -> what a person sees who leafs through it: headings, lists, tables, lines of front matter."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ogp_data.declaration.drafting.fronts import Numbered, fronts
from ogp_data.declaration.drafting.shapes import shape
from ogp_data.documents import Block, Document
from ogp_data.tables.numbers import NUMBERED
from ogp_data.tables.rows import titles
from ogp_data.tables.sections import headings_above

_LONGEST = 120
"""Characters of the longest heading of a column."""
_COUNT = re.compile(r"[1-9]\d{0,8}")
_VALUE = re.compile(r"[-+]?[\d.,\s%€$£/:-]+|https?://\S+")

IsKnown = Callable[[Sequence[str]], int]
"""Tells how many cells of a row are headings that the model knows."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, and the headings above it; `number` is that of its block, -1 above the first heading."""

    number: int = -1
    level: int = 0
    title: str = ""
    above: tuple[Section, ...] = ()


@dataclass(frozen=True, slots=True)
class Listed:
    """The items of a numbered list that stand below one heading."""

    section: Section
    items: tuple[Numbered, ...]

    @property
    def numbers(self) -> list[int]:
        """Return the numbers of the items."""
        return [block.number for _, block in self.items]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its headings, its other rows, the numbers of all its blocks, and the sections in which it stands.

    `is_headed` tells whether the first row looks like headings; `apart`, that others have the same.
    """

    sections: tuple[Section, ...]
    headings: tuple[str, ...]
    rows: tuple[Block, ...]
    blocks: tuple[int, ...]
    is_headed: bool = True
    apart: bool = False
    find: Mapping[str, object] = field(default_factory=dict)
    """What `find` says of its bands and merged cells."""
    texts: tuple[int, ...] = ()
    """The numbers of its blocks that are running text: titles and notes over all columns."""
    ticked: tuple[int, ...] = ()
    """The columns in which nothing but marks stands."""

    @property
    def cells(self) -> list[tuple[str, ...]]:
        """Return the texts of the rows, each as wide as the headings."""
        width = len(self.headings)
        return [tuple((titles(row) + [""] * width)[:width]) for row in self.rows]

    @property
    def numbers(self) -> list[int]:
        """Return the numbers with which the rows begin; none when a row has another text in front."""
        found = [NUMBERED.match(first) for first, *_ in self.cells if first]
        return [int(match["number"]) for match in found if match] if all(found) else []

    @property
    def counted(self) -> list[int]:
        """Return the numbers that are all that stands in the first cells; none when one has something else."""
        first = [row[0] for row in self.cells]
        return list(map(int, first)) if all(map(_COUNT.fullmatch, first)) else []


@dataclass(frozen=True, slots=True)
class Outline:
    """What a document consists of. `of` is the section of each block, by number."""

    document: Document
    of: tuple[Section, ...]
    title: Section
    lists: tuple[Listed, ...]
    grids: tuple[Grid, ...]
    front_matter: tuple[Numbered, ...]

    @property
    def fronts(self) -> list[list[list[Numbered]]]:
        """Return the blocks of each file; those of the files that speak for all come first."""
        return fronts(self.document)

    @property
    def headings(self) -> list[Section]:
        """Return the headings, in order, with the title."""
        return [self.of[number] for number, block in enumerate(self.document.blocks) if block.kind == "heading"]


def outline(document: Document, is_known: IsKnown) -> Outline:
    """Return what a document consists of."""
    of = tuple(_sections(document.blocks))
    title = next((of[number] for number in _headings(document)), Section())
    rows = [(number, block) for number, block in enumerate(document.blocks) if block.kind == "row"]
    front: list[Numbered] = []
    grids: list[Grid] = []
    for run in _runs(rows):
        if of[run[0][0]].number in (-1, title.number) and _is_front_matter(run):
            front += run
        else:
            grids += _split(run, of, is_known)
    return Outline(document, of, title, tuple(_lists(document.blocks, of)), tuple(_joined(grids)), tuple(front))


def _headings(document: Document) -> Iterator[int]:
    """Yield the headings of the files, beginning with a file that says what all are."""
    files = itertools.chain.from_iterable(fronts(document))
    return (number for blocks in files for number, block in blocks if block.kind == "heading")


def _sections(blocks: Sequence[Block]) -> Iterator[Section]:
    """Yield the section of each block; a heading is in its own."""
    stack: list[tuple[int, Section]] = []
    current = Section()
    for number, block in enumerate(blocks):
        if block.kind == "heading":
            stack = headings_above(stack, block.level)
            current = Section(number, block.level, block.inline.passage.text, tuple(one for _, one in stack))
            stack.append((block.level, current))
        yield current


def _lists(blocks: Sequence[Block], of: Sequence[Section]) -> Iterator[Listed]:
    """Yield the numbered lists, as the kind `list` takes them: bullets and notes are running text."""
    found: dict[int, list[Numbered]] = {}
    for number, block in enumerate(blocks):
        if block.is_numbered:
            found.setdefault(of[number].number, []).append((number, block))
    for items in found.values():
        yield Listed(of[items[0][0]], tuple(items))


# Tables -------------------------------------------------------------------------------------------------


def _runs(rows: Sequence[Numbered]) -> Iterator[list[Numbered]]:
    """Yield the rows between which no other block stands."""
    # Numbers that follow each other keep the same distance to their index, so each run is one group.
    for _, run in itertools.groupby(enumerate(rows), lambda entry: entry[1][0] - entry[0]):
        yield [row for _, row in run]


def _is_front_matter(run: Sequence[Numbered]) -> bool:
    """Return whether rows above the text are labels with their values, and no table of numbered rows."""
    cells = [titles(block) for _, block in run]
    is_numbered = len(cells) > 1 and all(NUMBERED.match(first) for first, *_ in cells[1:])
    return all(len(row) == 2 for row in cells) and not is_numbered


def _split(run: Sequence[Numbered], of: Sequence[Section], is_known: IsKnown) -> Iterator[Grid]:
    """Yield the tables of a run of rows; another one begins where a row looks like headings of its own."""
    starts, headings = [0], titles(run[0][1])
    for at, ((_, before), (_, block)) in enumerate(itertools.pairwise(run), start=1):
        said = titles(block)
        # A reader that knows tables says where one ends; else a gap does, before what looks like headings.
        is_another = block.table != before.table
        is_apart = not (block.table or block.place.follows(before.place))
        if said != headings and (is_another or _begins(headings, said, is_apart, is_known)):
            starts.append(at)
            headings = said
    for start, end in itertools.pairwise([*starts, len(run)]):
        held = shape([block for _, block in run[start:end]])
        numbers = tuple(number for number, _ in run[start:end])
        is_headed = bool(held.rows) and _look_like_headings(held.headings)
        section = of[run[start][0]]
        texts = tuple(numbers[at] for at in held.texts)
        grid = Grid((section,), held.headings, held.rows, numbers, is_headed, find=held.find)
        yield replace(grid, texts=texts, ticked=held.ticked)


def _begins(headings: Sequence[str], said: Sequence[str], is_apart: bool, is_known: IsKnown) -> bool:
    """Return whether a row is the headings of another table."""
    if not _look_like_headings(said):
        return False
    known = is_known(said)
    if len(said) != len(headings):
        return is_apart or known > 0
    shares = any(one == other for one, other in zip(said, headings, strict=True))
    return is_apart and (shares or 2 * known >= len(said))


def _look_like_headings(said: Sequence[str]) -> bool:
    """Return whether the cells of a row can be told apart, and are short words rather than values."""
    is_short = all(cell and len(cell) <= _LONGEST for cell in said)
    is_value = any(NUMBERED.match(cell) or _VALUE.fullmatch(cell) for cell in said)
    return len(said) > 1 and is_short and not is_value and len(set(said)) == len(said)


def _joined(grids: Sequence[Grid]) -> Iterator[Grid]:
    """Yield the tables, those with the same headings as one where their rows go on, or nothing tells them apart."""
    alike: dict[tuple[str, ...], list[Grid]] = {}
    for grid in grids:
        alike.setdefault(grid.headings if grid.is_headed else (str(grid.blocks[0]),), []).append(grid)
    for same in alike.values():
        if len(same) == 1 or _go_on(same) or not _tell_apart(same):
            yield _as_one(same)
        else:
            yield from (replace(grid, apart=True) for grid in same)


def _go_on(grids: Sequence[Grid]) -> bool:
    """Return whether rows of tables are numbered, and no number occurs in two of them."""
    numbers = [number for grid in grids for number in grid.numbers]
    return all(grid.numbers for grid in grids) and len({*numbers}) == len(numbers)


def _tell_apart(grids: Sequence[Grid]) -> bool:
    """Return whether each table stands below a heading of its own, that no other stands below."""
    own = [grid.sections[0].title for grid in grids]
    above = {section.title for grid in grids for section in grid.sections[0].above}
    return all(own) and len({*own}) == len(own) and not above & {*own}


def _as_one(grids: Sequence[Grid]) -> Grid:
    first = grids[0]
    if len(grids) == 1:
        return first
    sections = dict.fromkeys(grid.sections[0] for grid in grids)
    rows = tuple(row for grid in grids for row in grid.rows)
    find = {key: value for grid in grids for key, value in grid.find.items()}
    ticked = tuple(at for at in first.ticked if all(at in grid.ticked for grid in grids))
    return replace(
        first,
        find=find,
        ticked=ticked,
        sections=tuple(sections),
        rows=rows,
        blocks=tuple(n for grid in grids for n in grid.blocks),
    )
