"""Reads a PDF: its pages one after another, then what goes over from one to the next."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from ogp_data.core.messages import Message
from ogp_data.core.places import Box, Page
from ogp_data.core.source import SourceFile
from ogp_data.documents.building import Builder, Piece
from ogp_data.documents.document import Cell, Document, Reason
from ogp_data.documents.joining import SOFT_HYPHEN, Joint, is_address, joint
from ogp_data.documents.limits import UnreadableError
from ogp_data.documents.markers import marker
from ogp_data.documents.marks import LEGEND
from ogp_data.documents.pdf.corners import Corners
from ogp_data.documents.pdf.furniture import furniture
from ogp_data.documents.pdf.letters import Line
from ogp_data.documents.pdf.opening import Opened, opened, reading
from ogp_data.documents.pdf.order import Unit, in_order
from ogp_data.documents.pdf.pages import Held, PageRead, read_page
from ogp_data.documents.pdf.paragraphs import Look, Part, continues, heading_level, levels, parts
from ogp_data.documents.pdf.rulings import Spot
from ogp_data.documents.pdf.second.comparing import differences
from ogp_data.documents.pdf.tables import Joined, by_row, columns
from ogp_data.documents.pdf.wrapping import Wrapping, Wraps
from ogp_data.documents.sharing import shared_out, taken
from ogp_data.documents.unseen import pdf as unseen

_SCANNED = 0.5
"""A page of which a picture covers so much, with hardly a letter, is a scan."""
_FEW = 10
_STRETCH = 8
"""So many pages are read at a time: each stretch reads the fonts anew, and what it takes of memory goes with it."""


def read(file: SourceFile) -> Document:
    """Return the document that a PDF is, and where a second reading differs from it."""
    document, count = _read(file)  # of the first reading nothing else is left in memory then
    return replace(document, differences=differences(file.content, document, count))


def _read(file: SourceFile) -> tuple[Document, int]:
    """Return the document, and how many pages it has."""
    builder = Builder(file.name, file.limits)
    pages = []
    with opened(file.content, file.limits.pages) as pdf:
        for read in shared_out(partial(_read_pages, pdf), _stretches(len(pdf.pages))):
            pages += taken(read)
        unseen.of_file(pdf, file.content, builder.unseen)
    for page in pages:
        builder.unseen.take(page.carried)
    _check_text(pages, builder)
    _Reading(builder, pages).take()
    return builder.document(), len(pages)


def _stretches(count: int) -> list[range]:
    """Return the pages in stretches that are read by themselves."""
    return [range(first, min(first + _STRETCH, count)) for first in range(0, count, _STRETCH)]


def _read_pages(pdf: Opened, stretch: range) -> list[PageRead]:
    found = []
    with reading():
        for page in pdf.pages[stretch.start : stretch.stop]:
            found.append(read_page(page, page.page_number))
            page.close()  # what the library keeps of a page, it keeps for good
    return found


def _check_text(pages: Sequence[PageRead], builder: Builder) -> None:
    """Refuse a scan: half of its pages or more are pictures; where fewer are, tell which."""
    scanned = [page for page in pages if page.letters < _FEW and _covered(page) >= _SCANNED]
    if scanned and len(scanned) * 2 >= len(pages):
        message = Message(
            "The PDF is a scan: {count} of its {all} pages are pictures without text.",
            count=len(scanned),
            all=len(pages),
        )
        raise UnreadableError("no-text-layer", message, place=Page(scanned[0].number))
    if scanned:
        message = Message(
            "Of the {all} pages {count} are pictures without text, of which nothing is read: {pages}.",
            count=len(scanned),
            all=len(pages),
            pages=_series(scanned),
        )
        builder.warn("page-without-text", message, Page(scanned[0].number))


def _series(pages: Sequence[PageRead]) -> str:
    """Return the numbers of pages, those that follow one another as one range."""
    numbers = [page.number for page in pages]
    starts = [number for number in numbers if number - 1 not in numbers]
    ends = [number for number in numbers if number + 1 not in numbers]
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in zip(starts, ends, strict=True))


def _covered(page: PageRead) -> float:
    """Return how much of a page pictures cover; scanners cut one page into several."""
    areas = [(right - left) * (bottom - top) for left, top, right, bottom in page.pictures]
    return sum(areas) / max(page.width * page.height, 1.0)


@dataclass(slots=True)
class _Reading:
    """One reading: the pages, what of them is furniture, the size of the text, and the tables put together."""

    builder: Builder
    pages: Sequence[PageRead]
    apart: Mapping[int, Reason] = field(default_factory=dict)
    body: float = 10.0
    wrapping: Wrapping = field(default_factory=Wrapping)
    levels: dict[Look, int] = field(default_factory=dict)
    joined: dict[int, Joined] = field(default_factory=dict)
    """By the identity of a part: the table that it belongs to."""

    def take(self) -> None:
        """Take up everything, in the order of pages."""
        self.body = _body(self.pages)
        self.apart = furniture(self.pages, self.body)
        self.wrapping = _wrapping(self.pages)
        runs = [(page, run) for page in self.pages for run in self._runs(page)]
        self._join(runs)
        items = list(self._whole(runs))
        self.levels = levels([item for _, item in items if isinstance(item, Part)], self.body)
        pictures = _repeated(self.pages)
        by_page: dict[int, list[Part | Held]] = {}
        for page, item in items:
            by_page.setdefault(page.number, []).append(item)
        for page in self.pages:
            for item in by_page.get(page.number, ()):
                if isinstance(item, Part):
                    self._part(item)
                else:
                    self._table(page.number, item)
            self._rest(page, pictures)

    def _runs(self, page: PageRead) -> list[list[Unit]]:
        return in_order([unit for unit in page.units if id(unit) not in self.apart])

    def _whole(self, runs: Iterable[tuple[PageRead, Sequence[Unit]]]) -> Iterator[tuple[PageRead, Part | Held]]:
        """Yield paragraphs and tables; a paragraph that goes on in the next column or page is one."""
        waiting: tuple[PageRead, Part] | None = None
        for page, run in runs:
            for at, item in enumerate(self._items(page, run)):
                last = list(waiting[1].whole)[-1] if waiting else None
                if at == 0 and last and isinstance(item, Part) and continues(last, item, self.body):
                    last.rest = item
                    continue
                if waiting:
                    yield waiting
                waiting = (page, item) if isinstance(item, Part) else None
                if waiting is None:
                    yield page, item
        if waiting:
            yield waiting

    def _items(self, page: PageRead, run: Sequence[Unit]) -> Iterator[Part | Held]:
        """Yield the paragraphs and tables of a column."""
        waiting: list[Line] = []
        for unit in run:
            if unit.grid:
                yield from parts(page.number, _whole(waiting), self.body)
                waiting = []
                yield page.tables[unit.grid]
            elif unit.line:
                waiting.append(unit.line)
        yield from parts(page.number, _whole(waiting), self.body)

    # Tables over pages ----------------------------------------------------------------------------------------

    def _join(self, runs: Iterable[tuple[PageRead, Sequence[Unit]]]) -> None:
        """Put together the tables that go on from the foot of a page, above its notes, at the head of the next."""
        last: Joined | None = None
        before = 0
        noted = False
        for page, unit in ((page, unit) for page, run in runs for unit in run):
            if unit.grid is None:
                noted = last is not None and page.number == before and (noted or _begins_note(page, unit))
                last = last if noted else None
                continue
            noted = False
            held = page.tables[unit.grid]
            if last is None or page.number != before + 1 or not last.goes_on(held):
                self.builder.tables += 1
                last = Joined(self.builder.tables, [])
            last.parts.append((page.number, held))
            self.joined[id(held)] = last
            before = page.number

    def _table(self, number: int, held: Held) -> None:
        table = self.joined[id(held)]
        sides = table.sides
        at = columns(held, sides)
        rows = by_row(held)
        covered = _covered_squares(held, at)
        first = held is table.parts[0][1]
        for row, spots in enumerate(rows):
            top, bottom = held.grid.ys[row], held.grid.ys[row + 1]
            cells = [Cell(covered=(row, column) in covered) for column in range(len(sides) - 1)]
            header = first and row == 0 and _is_bold(line for spot in spots for line in held.lines.get(spot, ()))
            for spot in spots:
                cells[at[spot.column]] = self._cell(number, held, spot, at, header)
            self.builder.row(_place(number, (held.grid.xs[0], top, held.grid.xs[-1], bottom)), cells, table.number)

    def _cell(self, number: int, held: Held, spot: Spot, at: Mapping[int, int], header: bool) -> Cell:
        place = _place(number, held.grid.corners(spot))
        lines = held.lines.get(spot, ())
        wraps = self.wrapping.wraps(held.cell(spot))
        pieces = list(_pieces([(line, place) for line in lines], wraps))
        wide = at[spot.column + spot.columns] - at[spot.column]
        fill = held.fills.get(spot, "")
        return self.builder.cell(pieces, rows=spot.rows, columns=max(wide, 1), is_header=header, fill=fill)

    # Text -----------------------------------------------------------------------------------------------------

    def _part(self, part: Part) -> None:
        place = _place(part.page, part.box)
        pieces = list(_pieces([(line, _place(one.page, one.box)) for one in part.whole for line in one.lines]))
        level = heading_level(part, self.levels, self.body)
        if level and not (part.marker and part.marker.is_bullet):
            self.builder.add("heading", place, pieces, level=level)
        elif part.marker and _is_legend(part):
            self.builder.add("mark", place, pieces)
        elif part.marker:
            pieces = list(_marked(pieces, part.marker.end))
            said, number = part.marker.text, part.marker.number
            self.builder.add("item", place, pieces, marker=said, number=number, depth=1)
        else:
            self.builder.add("paragraph", place, pieces)

    def _rest(self, page: PageRead, repeated: set[Corners]) -> None:
        """Take up what is no running text of a page."""
        for unit in page.units:
            if unit.line and (reason := self.apart.get(id(unit))):
                place = _place(page.number, unit.box)
                said = _pieces([(unit.line, place)])
                self.builder.inline([Piece(piece.text, place, reason=reason) for piece in said])
        for box, address in page.lost:
            place = _place(page.number, box)
            message = Message("A link to {text!r} has no label.", text=address[:80])
            self.builder.warn("link-without-label", message, place)
            self.builder.add("paragraph", place, [Piece("", place, address)])
        for box in page.pictures:
            if _rounded(box) not in repeated:
                place = _place(page.number, box)
                self.builder.add("picture", place)
                self.builder.picture("", place)


def _is_legend(part: Part) -> bool:
    """Return whether a paragraph begins with a mark in a colour of its own: what that colour means."""
    first, *rest = (one for line in part.lines for one in line.letters if one.text.strip())
    return first.text.strip() in LEGEND and bool(rest) and first.ink != rest[0].ink


def _place(number: int, box: Corners) -> Page:
    left, top, right, bottom = box
    return Page(number, Box(left, top, max(left, right), max(top, bottom)))


def _body(pages: Sequence[PageRead]) -> float:
    """Return the size of most letters, of those outside of tables where there are enough."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for unit in page.units:
            for line in [unit.line] if unit.line else _held_lines(page.tables[unit.grid] if unit.grid else None):
                for one in line.letters:
                    sizes[round(one.size, 1)] += one.count
    return sizes.most_common(1)[0][0] if sizes else 10.0


def _wrapping(pages: Sequence[PageRead]) -> Wrapping:
    cells = [held.cell(spot) for page in pages for held in page.tables.values() for spot in held.lines]
    return Wrapping.of(cells, [unit.line for page in pages for unit in page.units if unit.line])


def _held_lines(held: Held | None) -> list[Line]:
    return [line for lines in held.lines.values() for line in lines] if held else []


def _begins_note(page: PageRead, unit: Unit) -> bool:
    """Return whether a line begins with the mark of a note that stands raised further up on its page."""
    mark = unit.line.text.split(" ")[0] if unit.line else ""
    lines = [line for held in page.tables.values() for line in _held_lines(held)]
    lines += [other.line for other in page.units if other.line and other is not unit]
    return bool(mark) and any(mark == text.strip() for line in lines for text in line.raised())


def _whole(found: Sequence[Line]) -> list[Line]:
    """Return the lines of a column, the parts of one that a wide gap had parted put together again."""
    whole: list[Line] = []
    for line in found:
        last = whole[-1] if whole else None
        if last and abs(last.box[3] - line.box[3]) < 0.35 * line.size and line.box[0] >= last.box[2] - 1:
            whole[-1] = Line([*last.letters, *line.letters])
        else:
            whole.append(line)
    return whole


def _is_bold(found: Iterable[Line]) -> bool:
    bold = [line.bold for line in found]
    return bool(bold) and all(bold)


def _covered_squares(held: Held, at: Mapping[int, int]) -> set[tuple[int, int]]:
    """Return the squares of a table that cells cover which begin further up or left."""
    found = set()
    for spot in held.grid.spots:
        for row in range(spot.row, spot.row + spot.rows):
            for column in range(at[spot.column], at[spot.column + spot.columns]):
                if (row, column) != (spot.row, at[spot.column]):
                    found.add((row, column))
    return found


def _repeated(pages: Sequence[PageRead]) -> set[Corners]:
    """Return where the same picture stands on several pages: an ornament."""
    seen = Counter(box for page in pages for box in {_rounded(box) for box in page.pictures})
    return {box for box, count in seen.items() if count > 2}


def _rounded(box: Corners) -> Corners:
    left, top, right, bottom = (round(side) for side in box)
    return left, top, right, bottom


def _pieces(found: Sequence[tuple[Line, Page]], wraps: Wraps | None = None) -> Iterator[Piece]:
    """Yield the runs of lines, with what stands between two: a space, or nothing in a broken word.

    Of the lines of a cell it is known how they end.
    """
    for index, (line, place) in enumerate(found):
        pieces = [
            Piece(text, place, first.link, first.bold, first.italic, line.is_raised(first), first.drawn)
            for text, first in line.runs()
        ]
        if wraps and (mark := marker(line.text)) and mark.is_bullet:
            pieces = list(_marked(pieces, mark.end))
        if index + 1 == len(found):
            yield from pieces
            return
        yield from _ended(pieces, line.text, found[index + 1][0], wraps, index)


def _ended(pieces: Sequence[Piece], text: str, following: Line, wraps: Wraps | None, index: int) -> Iterator[Piece]:
    """Yield the runs of a line that goes on in the next."""
    after = following.text
    soft = text.endswith(SOFT_HYPHEN)
    last_word = re.split(r"\s", text.rstrip(SOFT_HYPHEN))[-1]
    link = pieces[-1].link if pieces[-1].link == next(following.runs())[1].link else ""
    if is_address(last_word, after, link):
        between = Joint("")
    elif wraps and index in wraps.amid:
        between = Joint("", doubtful=index in wraps.doubtful)
    else:
        between = joint(last_word, after, soft)
    *rest, last = pieces
    yield from rest
    said = last.text.rstrip(f" {SOFT_HYPHEN}") if not between.text or soft else last.text
    broken = re.split(r"\s", after)[0] if between.doubtful else ""
    yield replace(last, text=said, broken=broken)
    if between.text:
        yield Piece("\n" if wraps is None or index in wraps.ended else " ", last.place, link)


def _marked(pieces: Sequence[Piece], length: int) -> Iterator[Piece]:
    """Yield the runs of an item: the characters of its marker, which are no text of it, then the others."""
    for piece in pieces:
        cut = min(length, len(piece.text))
        if cut and piece.text[:cut].strip():
            yield Piece(piece.text[:cut], piece.place, reason="marker")
        if piece.text[cut:]:
            yield replace(piece, text=piece.text[cut:])
        length -= cut
