"""Letters at places of a page -> lines of text, each in runs of one look and one link."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from ogp_data.documents.markers import marker
from ogp_data.documents.marks import drawn, sign
from ogp_data.documents.pdf.corners import Corners, Drawn, around, corners, holds, middle

_LIGATURES = {ord(one): many for one, many in zip("ﬀﬁﬂﬃﬄﬅﬆ", ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True)}
_BOLD = re.compile(r"bold|black|heavy|semibold|demi", re.I)
_ITALIC = re.compile(r"italic|oblique", re.I)
_SPACE, _TAB = 0.22, 0.12
"""A gap of so much of the size of the letters parts words."""
_SMALL = 0.8
"""Letters of less than so much of the size of the text around them are raised, or notes."""
GUTTER = 9.0
"""Columns are at least so far apart."""
_AGAIN = 0.1
"""The same letter at so much of its size or less is drawn again; no letter is so narrow."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter: what it says, its box, and how it looks; `drawn` is what a mark of a private font really is.

    In a line that is packed it is a run of letters that look the same in everything, with the spaces between them.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    bold: bool
    italic: bool
    link: str = ""
    drawn: str = ""
    artifact: bool = False
    ink: str = ""

    @property
    def count(self) -> int:
        """Return how many characters of it are seen."""
        return sum(not character.isspace() for character in self.text)

    @property
    def box(self) -> Corners:
        """Return left, top, right and bottom."""
        return self.left, self.top, self.right, self.bottom

    @property
    def middle(self) -> tuple[float, float]:
        """Return the point in its middle."""
        return middle(self.box)


@dataclass(frozen=True, slots=True)
class Ends:
    """Where a line begins and ends, how wide its first letter, word and space and its last word are.

    `spaced`: a space is its last letter.
    """

    left: float
    right: float
    first: float
    word: float
    space: float
    spaced: bool
    last: float


@dataclass(slots=True)
class Line:
    """Letters that stand beside one another; of those that are packed, `kept` tells how the line ends.

    The letters of one that runs another way stand as if it ran to the right; `at` is its box on the page.
    """

    letters: list[Letter] = field(default_factory=list)
    kept: Ends | None = None
    at: Corners | None = None

    @property
    def ends(self) -> Ends:
        """Return where it begins and ends."""
        return self.kept or _ends(self.letters)

    @property
    def box(self) -> Corners:
        """Return left, top, right and bottom."""
        return self.at or around(one.box for one in self.letters)

    @property
    def size(self) -> float:
        """Return the size that most of its letters have."""
        sizes: Counter[float] = Counter()
        for one in self.letters:
            sizes[round(one.size, 1)] += one.count
        return sizes.most_common(1)[0][0]

    @property
    def bold(self) -> bool:
        """Return whether all of it is bold."""
        return all(one.bold for one in self.letters if one.text.strip())

    @property
    def is_artifact(self) -> bool:
        """Return whether the file itself says that it is no part of the text."""
        return all(one.artifact for one in self.letters if one.text.strip())

    @property
    def text(self) -> str:
        """Return what it says, words parted by one space."""
        return " ".join("".join(text for text, _ in self.runs()).split())

    @property
    def words(self) -> list[str]:
        """Return its words, without the bullet in front of them."""
        found = marker(self.text)
        return (self.text[found.end :] if found and found.is_bullet else self.text).split(" ")

    def runs(self) -> Iterator[tuple[str, Letter]]:
        """Yield its letters in runs of one look and one link, with the first letter of each that tells them."""
        run: list[str] = []
        first = last = None
        for one in self.letters:
            gap = " " if last and _is_gap(last, one) else ""
            if first and not _same(first, one):
                yield "".join(run), first
                run, first = [], None
            run.append(gap + one.text)
            first, last = first or one, one
        if first:
            yield "".join(run), first

    def packed(self) -> Line:
        """Return a line that says and looks the same, with letters that look the same as one: it takes less memory."""
        runs: list[list[Letter]] = []
        for one in self.letters:
            if runs and _alike(runs[-1][0], one):
                runs[-1].append(one)
            else:
                runs.append([one])
        return Line(list(map(_packed, runs)), self.ends, self.at)

    def raised(self) -> Iterator[str]:
        """Yield the runs that are raised."""
        return (text for text, first in self.runs() if self.is_raised(first))

    def is_raised(self, letter: Letter) -> bool:
        """Return whether a letter is small, and stands higher than those around it."""
        return _raised(letter, self._bottom(), self.size)

    def _bottom(self) -> float:
        size = self.size
        return max((one.bottom for one in self.letters if one.size >= _SMALL * size), default=self.letters[0].bottom)


def _same(first: Letter, one: Letter) -> bool:
    """Return whether two letters are of one run; a mark stands alone."""
    if first.drawn or one.drawn:
        return False
    if not one.text.strip():
        return first.link == one.link or not one.link
    higher = abs(first.bottom - one.bottom) > 0.15 * max(first.size, one.size)
    return not higher and (first.bold, first.italic, first.link) == (one.bold, one.italic, one.link)


def _ends(line: Sequence[Letter]) -> Ends:
    seen = [one for one in line if one.text.strip()]
    spaces = [one.right - one.left for one in line if one.text == " "]
    space = min(spaces, default=_SPACE * seen[0].size)
    left = seen[0].left
    gaps = [(one.right, after.left) for one, after in itertools.pairwise(seen) if after.left - one.right > 0.5 * space]
    right, first = seen[-1].right, seen[0].right - left
    word, last = (gaps[0][0], gaps[-1][1]) if gaps else (right, left)
    return Ends(left, right, first, word - left, space, line[-1].text == " ", right - last)


def _alike(first: Letter, one: Letter) -> bool:
    """Return whether two letters differ in nothing but what they say and where in the line they stand."""
    looks = (first.top, first.bottom, first.size, first.bold, first.italic, first.link, first.artifact, first.ink)
    other = (one.top, one.bottom, one.size, one.bold, one.italic, one.link, one.artifact, one.ink)
    # A space in front is of the run before it, whatever that looks like.
    return looks == other and not (first.drawn or one.drawn) and bool(first.text.strip())


def _packed(run: Sequence[Letter]) -> Letter:
    texts = [run[0].text]
    for last, one in itertools.pairwise(run):
        texts.append(f" {one.text}" if _is_gap(last, one) else one.text)
    return replace(run[0], text="".join(texts), right=run[-1].right)


def _raised(one: Letter, bottom: float, size: float) -> bool:
    return one.size < _SMALL * size + 0.5 and one.size < size and bottom - one.bottom > 0.15 * size


def _is_gap(last: Letter, one: Letter) -> bool:
    if last.text.endswith(" ") or one.text.startswith(" "):
        return False
    # Behind the number of an item stands what a tab has left of room.
    share = _TAB if last.text.endswith((".", ")")) and one.text[:1].isalpha() else _SPACE
    return one.left - last.right > share * max(min(last.size, one.size), 1.0)


# Letters --------------------------------------------------------------------------------------------------------


def letters(chars: Iterable[Drawn], links: Sequence[tuple[Corners, str]]) -> Iterator[Letter]:
    """Yield letters with the links that cover them; the signs of private fonts as signs that everybody has."""
    for link, run in itertools.groupby(_read(chars, links), key=lambda one: one.link):
        found = list(run)
        yield from _trimmed(found) if link else found


def _trimmed(run: Sequence[Letter]) -> Iterator[Letter]:
    """Yield the letters of a link: a full stop that its box covers and its colour does not is none of it."""
    ink = Counter(one.ink for one in run).most_common(1)[0][0]
    last = max((at for at, one in enumerate(run) if one.ink == ink or one.text.isalnum()), default=len(run))
    first = min((at for at, one in enumerate(run) if one.ink == ink or one.text.isalnum()), default=0)
    for at, one in enumerate(run):
        yield one if first <= at <= last else replace(one, link="")


def _read(chars: Iterable[Drawn], links: Sequence[tuple[Corners, str]]) -> Iterator[Letter]:
    by_top = sorted(links, key=lambda link: link[0][1])
    tops = [box[1] for box, _ in by_top]
    for char in chars:
        text, font = _shown(char)
        if not text:
            continue
        mark = sign(char["text"], font)
        name = font.rpartition("+")[2]
        yield Letter(
            mark or text,
            char["x0"],
            char["top"],
            max(char["x1"], char["x0"]),
            max(char["bottom"], char["top"]),
            float(char["size"]) or 1.0,
            bool(_BOLD.search(name)),
            bool(_ITALIC.search(name)),
            _link(*middle(corners(char)), by_top, tops),
            drawn(char["text"], font) if mark else "",
            char.get("tag") == "Artifact",
            str(char.get("non_stroking_color")),
        )


def _shown(char: Drawn) -> tuple[str, str]:
    """Return the text of a letter, ligatures taken apart, and its font."""
    text = str(char["text"]).translate(_LIGATURES)
    return (" " if text in ("\t", "\n", "\r", "\xa0") else text), str(char.get("fontname") or "")


def _link(x: float, y: float, links: Sequence[tuple[Corners, str]], tops: Sequence[float]) -> str:
    """Return the address of the link that covers a point; the last one drawn of several."""
    for at in range(bisect_left(tops, y) - 1, -1, -1):
        box, address = links[at]
        if holds(box, x, y):
            return address
        if y - box[1] > 200 and len(links) > 50:  # they are in order, and none is so high
            break
    return ""


# Lines ----------------------------------------------------------------------------------------------------------


def lines(found: Sequence[Letter]) -> list[Line]:
    """Return letters as lines, from the top; small ones go with the line that they stand at."""
    seen = [one for one in found if one.text.strip()]
    if not seen:
        return []
    usual = Counter(round(one.size, 1) for one in seen).most_common(1)[0][0]
    rows: list[Line] = []
    small: list[Letter] = []
    for one in sorted(found, key=lambda one: (one.bottom, one.left)):
        last = rows[-1].letters[0] if rows else None
        if one.size < _SMALL * usual:
            small.append(one)
        elif last and abs(one.bottom - last.bottom) <= 0.35 * min(one.size, last.size):
            rows[-1].letters.append(one)
        else:
            rows.append(Line([one]))
    rows = [row for row in rows if any(one.text.strip() for one in row.letters)]
    rows += lines([one for one in small if not _joins(one, rows)])
    for row in rows:
        row.letters.sort(key=lambda one: (one.left, one.right))
        row.letters = _once(_without_covered_spaces(row.letters))
    return sorted(rows, key=lambda row: row.box[1])


def parted(line: Line) -> Iterator[Line]:
    """Yield the parts of a line between which there is room for a gutter."""
    part = Line()
    for letter in line.letters:
        seen = [one for one in part.letters if one.text.strip()]
        if seen and letter.text.strip() and letter.left - max(one.right for one in seen[-3:]) > GUTTER:
            yield part
            part = Line()
        part.letters.append(letter)
    if any(one.text.strip() for one in part.letters):
        yield part


def _once(row: Sequence[Letter]) -> list[Letter]:
    """Return the letters of a row without those drawn again on themselves: a shadow, or bold without a font."""
    left: list[Letter] = []
    for one in row:
        if not (left and _is_again(left[-1], one)):
            left.append(one)
    return left


def _is_again(last: Letter, one: Letter) -> bool:
    near = _AGAIN * one.size
    return (
        last.text == one.text
        and bool(one.text.strip())
        and abs(last.left - one.left) <= near
        and abs(last.bottom - one.bottom) <= near
        and abs(last.size - one.size) <= near
    )


def _without_covered_spaces(row: Sequence[Letter]) -> list[Letter]:
    """Return the letters of a row without spaces on which the next letter stands: programs write soft hyphens so."""
    return [
        one
        for one, following in itertools.zip_longest(row, row[1:])
        if one.text != " " or following is None or following.left - one.left > 0.2 * (one.right - one.left)
    ]


def _joins(one: Letter, rows: Sequence[Line]) -> bool:
    """Let a small letter join the line beside whose letters it stands, if there is one."""
    home = _home(one, rows)
    if home:
        home.letters.append(one)
    return home is not None


def _home(one: Letter, rows: Sequence[Line]) -> Line | None:
    """Return the line beside whose letters a small one stands."""
    middle = one.middle[1]
    for row in rows:
        first = row.letters[0]
        if first.top - 0.2 * first.size <= middle <= first.bottom + 0.2 * first.size and any(
            -0.2 * first.size <= one.left - other.right <= 1.2 * first.size
            or -0.2 * first.size <= other.left - one.right <= 1.2 * first.size
            for other in row.letters
        ):
            return row
    return None
