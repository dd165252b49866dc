"""In which language a text is written, by the small words that every text has."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_WORDS: Mapping[str, str] = {
    "nl": "de het een en van is zijn niet aan om dat die worden met voor naar ook er wij uit deze wordt door bij hun",
    "en": "the and of to in is are was were that this with for on by it be has have not from as at their we which an",
    "fr": "le la les des et du de est une un sont dans en pour sur avec par que qui au aux ce cette pas ne nous ont",
    "de": "der die das und ist nicht mit von zu den dem ein eine wird werden für auf im des sich auch durch wir sind",
    "es": "el la los las y de del es son una un en por para con que se no al como más sus fue han este esta su",
    "pt": "o a os as e do da dos das é são uma um em no na por para com que se não ao como mais foi pela este seu",
    "it": "il lo la gli le e di del della è sono una un in per con che non al come più si dei delle nel questo suo",
}
"""Language -> words without which hardly a sentence is written in it."""

KNOWN = frozenset(_WORDS)
"""The languages that can be told."""

_BY_WORD: Mapping[str, Sequence[str]] = {
    word: [language for language, words in _WORDS.items() if word in words.split()]
    for said in _WORDS.values()
    for word in said.split()
}
_LETTERS = re.compile(r"[^\W\d_]+")
_LOOKED_AT = 200_000
"""So many characters tell the language of the rest."""
_FEWEST = 3
_WHOLE = 60
"""What a word counts that just one language has; those of several count a part of it."""
_HEADING = 2
"""What a heading counts that is known in one language only: as two small words."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """The language that a text seems to be in, "" when that is not sure, and how many words say so."""

    language: str = ""
    words: int = 0


def words_of(text: str) -> list[str]:
    """Return the words of the beginning of a text, as many as tell its language."""
    return _LETTERS.findall(text[:_LOOKED_AT])


def detect(text: str, headings: Sequence[str] = ()) -> Spoken:
    """Return the language of a text; `headings` are the languages of headings that are known."""
    words, weights = Counter(headings), Counter({one: _HEADING * _WHOLE * n for one, n in Counter(headings).items()})
    for word, times in Counter(words_of(text.casefold())).items():
        spoken = _BY_WORD.get(word, ())
        for language in spoken:
            words[language] += times
            # What several languages have in common says little of each.
            weights[language] += times * _WHOLE // len(spoken)
    (first, most), (_, next_) = [*weights.most_common(2), ("", 0), ("", 0)][:2]
    return Spoken(first, words[first]) if most >= _FEWEST * _WHOLE and most >= 2 * next_ else Spoken()
