"""The words by which a thing of the model is known in a document, in whatever language it is written."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_WORD = re.compile(r"[^\W_]+|#")
_LONGEST = 200
"""No heading is longer; a paragraph that somebody marked as one holds any word."""
_EXACT = 1_000
_BEGINS = 500


def folded(text: str) -> str:
    """Return a text as it is compared: its words in small letters, a space between them."""
    return " ".join(_WORD.findall(text[:_LONGEST].casefold()))


@dataclass(frozen=True, slots=True)
class Known:
    """A wording, and what it stands for: a dataset, or a column of it, in a language."""

    said: str
    dataset: str
    column: str
    language: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Every wording that is known, and the words that documents write for the codes of a list."""

    known: Sequence[Known]
    codes: Mapping[str, Mapping[str, str]]
    """Code list -> what is written -> code."""

    def dataset(self, heading: str) -> str:
        """Return the dataset that a heading is about, which says at least half of it; "" for none."""
        said = folded(heading)
        fits = [(_fit(said, one.said), one.dataset) for one in self.known if not one.column]
        best = max((fit for fit in fits if fit[0] >= _EXACT or _says_half(said, fit[0])), default=(0, ""))
        return best[1]

    def mentions(self, dataset: str, heading: str) -> bool:
        """Return whether a heading has a wording of a dataset in it, whatever else it says."""
        return self._best(dataset, heading) > 0

    def begins(self, dataset: str, heading: str) -> bool:
        """Return whether a heading begins with a wording of a dataset, whatever follows."""
        return self._best(dataset, heading) >= _BEGINS

    def _best(self, dataset: str, heading: str) -> int:
        said = folded(heading)
        wordings = (one.said for one in self.known if one.dataset == dataset and not one.column)
        return max((_fit(said, word) for word in wordings), default=0)

    def columns(self, dataset: str, headings: Sequence[str]) -> dict[int, str]:
        """Return which of the headings are those of which columns of a dataset, each at most once, the surest first."""
        fits = [
            (-_fit(said, one.said), at, one.column)
            for at, said in enumerate(map(folded, headings))
            for one in self.known
            if one.dataset == dataset and one.column
        ]
        found: dict[int, str] = {}
        for fit, at, column in sorted(fits):
            if fit < 0 and at not in found and column not in found.values():
                found[at] = column
        return found

    def languages(self, headings: Sequence[str]) -> list[str]:
        """Return the language of each heading that is a known wording of just one."""
        spoken: dict[str, set[str]] = {}
        for one in self.known:
            spoken.setdefault(one.said, set()).add(one.language)
        said = (spoken.get(folded(heading), set()) for heading in headings)
        return [next(iter(languages)) for languages in said if len(languages) == 1]


def _fit(said: str, word: str) -> int:
    """Return how well a wording fits a text: as a whole, as its beginning, or amid it, the longer the better."""
    if said == word:
        return _EXACT + len(word)
    if said.startswith(f"{word} "):
        return _BEGINS + len(word)
    return len(word) if len(word) > 3 and f" {word} " in f" {said} " else 0


def _says_half(said: str, fit: int) -> bool:
    return fit > 0 and 2 * (fit % _BEGINS) >= len(said)


@cache
def lexicon() -> Lexicon:
    """Return the words of the model."""
    table = tomllib.loads(Path(__file__).with_name("ogp").joinpath("words.toml").read_text(encoding="utf-8"))
    codes = table.pop("codes")
    written = {name: {said: code for code, words in of.items() for said in _all(words)} for name, of in codes.items()}
    return Lexicon(tuple(one for dataset, entry in table.items() for one in _of(dataset, entry)), written)


def _of(dataset: str, entry: Mapping[str, Any]) -> Iterator[Known]:
    for column, words in {"": entry.get("words", {}), **entry.get("columns", {})}.items():
        for language, wordings in words.items():
            yield from (Known(folded(one), dataset, column, language) for one in wordings)


def _all(words: Mapping[str, Sequence[str]]) -> Iterator[str]:
    return (folded(one) for wordings in words.values() for one in wordings)
