"""The sub-items of a record: those that a text sets out by letters, and the numbers of the rows of a table of them."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ogp_data.core.text import Passage
from ogp_data.documents import Inline
from ogp_data.tables.rows import sliced

_WORD = r"(?i:(?:milestone|activity|mijlpaal|jalon)\s*)?"
_NUMBERED = re.compile(rf"{_WORD}\(?([A-Za-z]|\d{{1,2}}(?:\.\d{{1,2}})*)[.):]+\s+(?=\S)")

_PARTED = re.compile(rf"{_WORD}(\d{{1,2}}(?:\.\d{{1,2}})+)\s+(?=\S)")
"""A number of several parts needs no sign behind it where the rows are counted by such numbers."""

_FIRST = ("a", "A", "1", "i", "I")


def by_letter(texts: Sequence[tuple[Inline, str]], letters: str) -> Iterator[tuple[str, Passage, Inline]]:
    """Yield what texts say of each sub-item: its letter, as it stands there, and the words behind it.

    Each text has the marker that it has as an item. The letters count on from the first: another one is a word of the
    text. A text in which no letter stands belongs to the sub-item before it.
    """
    mark = re.compile(rf"(?:(?<=\A)|(?<=[.;:!?)]\s))\(?({letters})[.)]\s+")
    alone = re.compile(rf"\(?({letters})[.)]?")
    last: tuple[str, Passage] | None = None
    for text, marker in texts:
        whole = text.passage.text
        if item := alone.fullmatch(marker):
            last = item[1], Passage()
        found = list(_counting(mark.finditer(whole), last[0] if last else ""))
        first = found[0].start() if found else len(whole)
        if last and first:
            yield (last[0], Passage(), sliced(text, 0, first))
        ends = [*(match.start() for match in found[1:]), len(whole)]
        for match, end in zip(found, ends, strict=False):
            last = match[1], text.passage.slice(match.start(), match.end())
            yield (*last, replace(sliced(text, match.end(), end), soft=text.soft and end == len(whole)))


def _counting(matches: Iterable[re.Match[str]], last: str) -> Iterator[re.Match[str]]:
    """Yield the letters that follow one upon the other; the first of a text may be the first of all once more."""
    for match in matches:
        if _follows(last, match[1]) or (match.start() == 0 and match[1] in _FIRST):
            last = match[1]
            yield match


def _follows(before: str, letter: str) -> bool:
    if before.isdecimal() and letter.isdecimal():
        return int(letter) == int(before) + 1
    return len(before) == len(letter) == 1 and ord(letter) == ord(before) + 1


def numbers(texts: Sequence[Inline]) -> list[tuple[str, int]]:
    """Return the number of each sub-item and where its words begin; the next free one, and 0, where it has none.

    A number that another one has as well is no number, but the beginning of its words.
    """
    counted = _counted(texts)
    found = [_numbered(text, counted) for text in texts]
    met = Counter(number for number, _ in found)
    own = {number for number, count in met.items() if number and count == 1}
    free = (str(number) for number in itertools.count(1) if str(number) not in own)
    return [(number, end) if number in own else (next(free), 0) for number, end in found]


def _numbered(text: Inline, counted: bool) -> tuple[str, int]:
    match = _NUMBERED.match(text.passage.text) or (_PARTED.match(text.passage.text) if counted else None)
    return (match[1], match.end()) if match else ("", 0)


def _counted(texts: Sequence[Inline]) -> bool:
    """Return whether texts begin with `3.1`, `3.2` and so on: a number of one of them alone may be one of its words."""
    found = [_PARTED.match(text.passage.text) for text in texts]
    first = found[0][1].rpartition(".")[0] if found and found[0] else ""
    return [match[1] if match else "" for match in found] == [f"{first}.{at}" for at in range(1, len(texts) + 1)]
