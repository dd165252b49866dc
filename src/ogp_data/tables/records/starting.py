"""Blocks -> records: where each begins, what its beginning says, and the blocks down to its end."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ogp_data.core.text import Passage
from ogp_data.documents import Block, Inline
from ogp_data.tables.records.again import LEAST, Head, groups, head_above
from ogp_data.tables.records.item_rows import rows_of_items
from ogp_data.tables.records.labels import block_label, heads, spelling_of
from ogp_data.tables.records.wording import Header, Wording, header_of, labels_in, whole_label, with_levels
from ogp_data.tables.rows import Placed

_Shape = tuple[str, int, int, bool, bool]

_TITLE = re.compile(r"(?P<title>.+)", re.S)
"""A beginning without a number."""

_NOTE = re.compile(r"\[.+\]")
"""The marker of a note of Markdown; in other kinds a bare number may be that of a list as well."""

MARK = "mark"
"""The group of words that only say what begins, such as `Commitment`: they are no text of it."""


@dataclass(frozen=True, slots=True)
class Record:
    """A record: the block in which it begins, what its pattern matches there, and the blocks below.

    `title` is that of the record where it stands elsewhere, in the block `titled`; `label` what stands before the
    number; `header` the column headings above, where each record is a row.
    """

    start: Placed
    head: Inline
    match: re.Match[str]
    spots: tuple[Placed, ...] = ()
    title: Inline | None = None
    titled: Placed | None = None
    label: Passage = field(default_factory=Passage)
    header: Header | None = None


@dataclass(frozen=True, slots=True)
class Begins:
    """How records begin: the pattern, where the title stands, and whether there have to be labels below."""

    starts: re.Pattern[str]
    title: str
    labelled: bool


@dataclass(frozen=True, slots=True)
class _Begun:
    """A beginning: its index, its text with what matches there, what stands before it, and its title elsewhere."""

    index: int
    head: Inline
    match: re.Match[str]
    at: int = -1
    label: Passage = field(default_factory=Passage)
    title: Inline | None = None
    titled: Placed | None = None

    @property
    def parts(self) -> int:
        """Return of how many parts its number is."""
        return len(re.findall(r"\d+", self.match.groupdict().get("number") or ""))


def find_records(placed: Sequence[Placed], begins: Begins, wording: Wording) -> list[Record]:
    """Return the records, each with the blocks down to the next one or the end of its section."""
    headers = find_headers(placed, wording) if begins.labelled else {}
    levels = _levels(placed, wording.labels)
    begun = list(_begun(placed, begins, headers, wording))
    every = begun
    if begins.labelled:
        alike = _of_one_shape(placed, begun, headers, wording)
        every = sorted([*alike, *_unlike(placed, alike, begins, headers, wording)], key=lambda one: one.index)
    before = [-1, *(one.index for one in every)]
    tops = [
        _top(placed, one.index, at) if begins.labelled else one.index for one, at in zip(every, before, strict=False)
    ]
    ends = [*tops[1:], len(placed)]
    # Headings within records stand above those that follow, and are no sections of these.
    level: dict[int, int] = {}
    for one in every:
        file = placed[one.index].block.place.file
        level[file] = min(level.get(file, levels[one.index]), levels[one.index])
    found = []
    for one, top, end in zip(every, tops, ends, strict=False):
        if begins.labelled and _labels_below(placed, one, end, headers, wording) < LEAST:
            continue
        start = placed[one.index]
        below = _in_file(start, placed[one.index + 1 : end])
        rest = (spot for spot in below if spot is not one.titled)
        section = _section(start, level[start.block.place.file], rest, wording.labels)
        spots = (*placed[top : one.index], *(_without_notes([*section]) if begins.labelled else section))
        header = headers.get(start.number)
        found.append(Record(start, one.head, one.match, spots, one.title, one.titled, one.label, header))
    return found


def _top(placed: Sequence[Placed], start: int, before: int) -> int:
    """Return the index of the first row of the table in which a record begins, where none but titles stand above it."""
    top, block = start, placed[start].block
    while top and block.cells and placed[top - 1].block.cells and placed[top - 1].block.table == block.table:
        if top - 1 == before or sum(bool(cell.passage.text) for cell in placed[top - 1].block.cells) != 1:
            return start
        top -= 1
    return top


def _without_notes(spots: Sequence[Placed]) -> Sequence[Placed]:
    """Return blocks without the notes at their end, which are those of the whole document."""
    end = len(spots)
    while end and spots[end - 1].block.kind == "item" and _NOTE.fullmatch(spots[end - 1].block.marker):
        end -= 1
    return spots[:end]


def _in_file(start: Placed, below: Iterable[Placed]) -> Iterator[Placed]:
    """Return the blocks down to the end of the file in which a record begins."""
    return itertools.takewhile(lambda spot: spot.block.place.file == start.block.place.file, below)


def find_headers(placed: Sequence[Placed], wording: Wording) -> dict[int, Header]:
    """Return the column headings above the rows of tables, by the numbers of these."""
    headers: dict[int, Header] = {}
    last: Header | None = None
    for spot in placed:
        if not spot.block.cells or (last and last.table != spot.block.table):
            last = None
        if not spot.block.cells:
            continue
        if found := header_of(spot, wording):
            last = found if found.is_of_records else last
        elif last and last.spots[-1].number == spot.number - 1 and (both := with_levels(last, spot, wording)):
            last = both
        elif last:
            headers[spot.number] = last
    return headers


def _begun(
    placed: Sequence[Placed], begins: Begins, headers: Mapping[int, Header], wording: Wording
) -> Iterator[_Begun]:
    items = rows_of_items(placed, wording) if begins.labelled else frozenset[int]()
    for index, spot in enumerate(placed):
        if spot.number in items:
            continue
        header = headers.get(spot.number)
        for at, head, label in _heads(spot.block, header, wording):
            if match := begins.starts.fullmatch(head.passage.text):
                one = _titled(placed, _Begun(index, head, match, at, label), begins)
                if one.title or match.groupdict().get("title") or not begins.labelled:
                    yield one
                    break


def _heads(block: Block, header: Header | None, wording: Wording) -> Iterator[tuple[int, Inline, Passage]]:
    """Yield the texts of a block in which a record may begin, each with its column and the label before it."""
    if header and header.named:
        yield from ((at, block.cells[at], Passage()) for at in header.named if block.cells[at].passage.text)
        return
    head = heads(block)
    if head is None:
        return
    if block.cells and (label := whole_label(block.cells[0], wording.named)):
        right = next((at for at in range(1, len(block.cells)) if block.cells[at].passage.text), 0)
        if right:
            yield right, block.cells[right], label.label
    elif not block.cells and (said := block_label(block, wording.named)) and said.rest.passage.text:
        yield -1, said.rest, said.label
    yield 0, head, Passage()


def _titled(placed: Sequence[Placed], one: _Begun, begins: Begins) -> _Begun:
    """Return a beginning with its title, where that stands in the cell right of it or in the next block."""
    if begins.title == "same" or (begins.title == "any" and one.match.groupdict().get("title")):
        return one
    cells = placed[one.index].block.cells
    right = next((cell for cell in cells[one.at + 1 :] if cell.passage.text), None) if one.at >= 0 else None
    if begins.title == "any" and right:
        return replace(one, title=right)
    after = next(iter(placed[one.index + 1 : one.index + 2]), None)
    title = heads(after.block) if after else None
    if title is None or (begins.title == "any" and begins.starts.fullmatch(title.passage.text)):
        return one
    return replace(one, title=title, titled=after)


def _unlike(
    placed: Sequence[Placed],
    alike: Sequence[_Begun],
    begins: Begins,
    headers: Mapping[int, Header],
    wording: Wording,
) -> Iterator[_Begun]:
    """Yield the beginnings of records that are set unlike others or have no number: labels begin again below them."""
    if not alike and headers:
        yield from _without_number(placed, headers)
        return
    if any(placed[one.index].number in headers for one in alike):
        return  # rows below column headings have labels in these alone
    bounds = [0, *(one.index for one in alike), len(placed)]
    found = []
    for start, end in itertools.pairwise(bounds):
        floor = start + 1 if start else 0
        for order, (first, last) in enumerate(groups(placed, start, end, wording)):
            if order or not start:
                head = head_above(placed, first, floor, wording)
                found += [_begun_by(placed, head, begins)] if head and head.index >= floor else []
            floor = last
    if alike or len(found) >= LEAST:
        yield from found


def _without_number(placed: Sequence[Placed], headers: Mapping[int, Header]) -> Iterator[_Begun]:
    """Yield the rows below column headings one of which is that of titles."""
    for index, spot in enumerate(placed):
        header = headers.get(spot.number)
        at = next((at for at in header.named if spot.block.cells[at].passage.text), -1) if header else -1
        if at >= 0 and (match := _TITLE.fullmatch(spot.block.cells[at].passage.text)):
            yield _Begun(index, spot.block.cells[at], match, at)


def _begun_by(placed: Sequence[Placed], head: Head, begins: Begins) -> _Begun:
    """Return the beginning that a text is: with its number, or as a title without one."""
    text = head.text.passage.text
    if match := begins.starts.fullmatch(text):
        one = _titled(placed, _Begun(head.index, head.text, match, head.at, head.label), begins)
        if one.title or match.groupdict().get("title"):
            return one
    match = _TITLE.fullmatch(text)
    assert match, "whatever has a text matches"
    return _Begun(head.index, head.text, match, head.at, head.label)


def _of_one_shape(
    placed: Sequence[Placed], begun: Sequence[_Begun], headers: Mapping[int, Header], wording: Wording
) -> list[_Begun]:
    """Return the beginnings of the one shape below which labels stand most often, and least often do not.

    So neither the numbered headings of a document nor the numbered parts of a commitment are taken for commitments.
    """
    shapes: dict[_Shape, list[_Begun]] = {}
    for one in begun:
        block = placed[one.index].block
        shape: _Shape = (
            block.kind,
            block.level,
            one.parts,
            bool(one.match.groupdict().get(MARK)),
            bool(one.label.text),
        )
        shapes.setdefault(shape, []).append(one)
    ranks: list[tuple[int, int, int, _Shape]] = []
    for order, (shape, some) in enumerate(shapes.items()):
        ends = [*(one.index for one in some[1:]), len(placed)]
        counts = [_labels_below(placed, one, end, headers, wording) for one, end in zip(some, ends, strict=False)]
        with_labels = sum(count >= LEAST for count in counts)
        ranks.append((with_labels, with_labels - len(counts), -order, shape))
    return shapes[max(ranks)[3]] if ranks and max(ranks)[0] else []


def _labels_below(
    placed: Sequence[Placed], one: _Begun, end: int, headers: Mapping[int, Header], wording: Wording
) -> int:
    """Return how many labels stand between a beginning and the next one."""
    found: set[str] = set()
    for spot in placed[one.index : end]:
        found |= labels_in(spot.block, wording)
    # A row below column headings has what these say, however many of its cells are empty.
    return LEAST if placed[one.index].number in headers else len(found)


def headings_above(placed: Sequence[Placed], records: Sequence[Record]) -> list[Placed]:
    """Return the headings right above records, where several have different titles and more records stand below them.

    So neither the one heading of all records is a theme, nor one that each record has of its own.
    """
    begun = {record.start.number for record in records}
    headings = {spot.block.inline.passage: spot for spot in placed if spot.block.kind == "heading"}
    above = [
        next((p for p in reversed(record.start.path) if p in headings and headings[p].number not in begun), None)
        for record in records
    ]
    found = list(dict.fromkeys(passage for passage in above if passage))
    titles = {passage.text for passage in found}
    return [headings[p] for p in found] if 1 < len(found) == len(titles) and len(found) < len(records) else []


def _section(start: Placed, level: int, below: Iterable[Placed], labels: tuple[str, ...]) -> Iterator[Placed]:
    """Return the blocks down to the end of the section in which a record begins: to a heading that is no label.

    A heading as high as that of the record may be a label of it, where all are set alike.
    """
    own = start.block.level if start.block.kind == "heading" else 0
    for spot in below:
        is_high = spot.block.kind == "heading" and spot.block.level <= (own or level)
        if is_high and (spot.block.level != own or not _is_label(spot.block, labels)):
            return
        yield spot


def _is_label(block: Block, labels: tuple[str, ...]) -> bool:
    return bool(spelling_of(block, labels))


def _levels(placed: Sequence[Placed], labels: tuple[str, ...]) -> list[int]:
    """Return of each block how deep the heading is below which it stands; labels of other records are none."""
    levels: list[int] = []
    level, file = 0, 1
    for spot in placed:
        if spot.block.place.file != file:
            level, file = 0, spot.block.place.file
        if spot.block.kind == "heading" and not _is_label(spot.block, labels):
            level = spot.block.level
        levels.append(level)
    return levels
