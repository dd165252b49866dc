"""What somebody may have meant by a word that is not among those that are known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from heapq import nlargest
from types import MappingProxyType

from ogp_data.core.messages import Message

MOST = 3
LONGEST = 80
"""A longer word is compared by its beginning: the time that a comparison takes grows with its square."""
LOOKED_AT = 50
"""So many words are compared letter by letter: those with the most pairs of letters in common with what is asked."""
ALIKE = 0.75
"""How much of two words must be the same, in the same order."""


def meant(name: str, known: Sequence[str], also: Mapping[str, str] = MappingProxyType({})) -> str:
    """Return the fix for a name that is none of those that there are: the nearest one, and all of them.

    `also` has another word by which one that is known may be called.
    """
    if not known:
        return ""
    one_of = Message("Use one of: {known}.", known=", ".join(known))
    near = nearest(name, known, also)
    return Message("Did you mean {near}? {one_of}", near=near, one_of=one_of) if near else one_of


def nearest(name: str, known: Iterable[str], also: Mapping[str, str] = MappingProxyType({})) -> str:
    """Return which of some names is most like another one; "" where none is like it."""
    near = Near((one, (one, also.get(one, ""))) for one in known).of(name)
    return near[0] if near else ""


class Near:
    """Things by all the words that each is known by, to find one by a word that is spelt a little differently."""

    def __init__(self, things: Iterable[tuple[str, Iterable[str]]]) -> None:
        """Take each thing's name and the words that it is known by."""
        self._by_word: dict[str, dict[str, None]] = {}
        for name, words in things:
            for word in filter(None, map(fold, words)):
                self._by_word.setdefault(word, {})[name] = None
        self._asked: dict[str, tuple[str, ...]] = {}

    def of(self, word: str, *others: str) -> tuple[str, ...]:
        """Return the names of at most three things that a word may mean, the nearest first.

        Other ways to write the word count only when they are known as they stand.
        """
        for folded in (fold(text) for text in (word, *others)):
            if folded in self._by_word:
                return tuple(self._by_word[folded])[:MOST]
        folded = fold(word)[:LONGEST]
        if folded not in self._asked:
            self._asked[folded] = tuple(self._of(folded))
        return self._asked[folded]

    def _of(self, folded: str) -> list[str]:
        import difflib  # only who misspells something needs it

        near = difflib.get_close_matches(folded, self._like(folded), n=MOST, cutoff=ALIKE)
        slips = [word for word in self._by_word if len(folded) < 6 and _is_slip(folded, word)]
        return list(dict.fromkeys(name for word in (*slips, *near) for name in self._by_word[word]))[:MOST]

    def _like(self, folded: str) -> list[str]:
        """Return the words that a word is worth comparing with."""
        common = Counter(word for pair in set(_pairs(folded)) for word in self._by_pair.get(pair, ()))
        return nlargest(LOOKED_AT, common, key=lambda word: (2 * common[word] - len(word), word))

    @cached_property
    def _by_pair(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for word in self._by_word:
            for pair in set(_pairs(word)):
                found.setdefault(pair, []).append(word)
        return found


def _pairs(word: str) -> Iterator[str]:
    return (word[at : at + 2] for at in range(len(word) - 1))


def fold(text: str) -> str:
    """Return a text as it is compared: without case, spaces and signs."""
    return "".join(char for char in text.casefold() if char.isalnum())


def _is_slip(one: str, other: str) -> bool:
    """Return whether a short word is another with one letter wrong, lacking, too many, or two of them swapped."""
    if abs(len(one) - len(other)) > 1 or one[:1] != other[:1]:
        return False
    if len(one) == len(other):
        wrong = [i for i in range(len(one)) if one[i] != other[i]]
        return len(wrong) == 1 or (len(wrong) == 2 and [one[i] for i in wrong] == [other[i] for i in wrong[::-1]])
    short, long = sorted((one, other), key=len)
    return any(long[:i] + long[i + 1 :] == short for i in range(len(long)))
