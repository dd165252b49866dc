"""Two texts of one place -> the words in which they differ: not those that only stand or are divided otherwise."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence

from ogp_data.documents.pdf.second.seen import BROKEN

_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\ufffe]")
_LONGEST = 2000
"""Of more words that differ nobody looks at each."""


def folded(text: str) -> str:
    """Return a text without what is no difference: ligatures, raised digits, kinds of spaces, what nobody sees."""
    return unicodedata.normalize("NFKC", _UNSEEN.sub("", text))


def unlike(first: str, second: str) -> tuple[list[str], list[str]]:
    """Return the words of each text that the other does not have, in their order."""
    one, other = folded(first).split(), folded(second).replace(BROKEN, f"{BROKEN} ").split()
    if one == other:
        return [], []
    one, other = _left(one, other), _left(other, one)
    if len(one) + len(other) <= _LONGEST:
        one, other = _undivided(one, other)
        other, one = _undivided(other, one)
    other = [word.replace(BROKEN, "-") for word in other]
    return ([], []) if "".join(one) == "".join(other) else (one, other)


def _left(words: Sequence[str], others: Sequence[str]) -> list[str]:
    """Return the words for which the others have no equal; each equal counts once."""
    counted = Counter(others)
    left = []
    for word in words:
        if counted[word]:
            counted[word] -= 1
        else:
            left.append(word)
    return left


def _undivided(words: Sequence[str], parts: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return words and parts without those words that parts make up."""
    left, rest = [], list(parts)
    for word in words:
        made = _run(word, rest) or _pair(word, rest)
        for at in sorted(made, reverse=True):
            del rest[at]
        left += [] if made else [word]
    return left, rest


def _run(word: str, parts: Sequence[str]) -> range:
    """Return which parts follow one another and together are a word; none where there are none."""
    for start in range(len(parts)):
        if end := _end(word, parts, start):
            return range(start, end)
    return range(0)


def _end(word: str, parts: Sequence[str], at: int) -> int:
    """Return behind which part a word ends that begins with another; 0 where it does not."""
    if not word:
        return at
    ends = (_end(word[len(said) :], parts, at + 1) for said in _said(parts[at : at + 1]) if word.startswith(said))
    return next(filter(None, ends), 0)


def _pair(word: str, parts: Sequence[str]) -> Sequence[int]:
    """Return which two parts, in another order, are a word that is broken at the end of a line."""
    for start, part in enumerate(parts):
        for said in _said([part]) if part.endswith(("-", BROKEN)) else ():
            if word.startswith(said) and word[len(said) :] in parts:
                return start, parts.index(word[len(said) :])
    return ()


def _said(parts: Sequence[str]) -> Iterator[str]:
    """Yield what a part can say: one that is broken has its hyphen or, where that is a soft one, nothing."""
    for part in parts:
        yield part.replace(BROKEN, "-")
        if part.endswith(BROKEN) and len(part) > 1:
            yield part[:-1]
