"""What a column of progress says -> the scale whose codes it means, and which word stands for which code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ogp_data.declaration.drafting.proposal import FILL_IN
from ogp_data.models.lexicon import Lexicon, folded

_MOST = 8
"""No scale has more steps."""
_LONGEST = 40
"""Characters of the longest word of a scale: what is longer tells of progress in sentences."""


@dataclass(frozen=True, slots=True)
class Scale:
    """A code list, and the words of a document for its codes; those that stand for no known one are to be filled in."""

    codes: str
    written: dict[str, list[str]] = field(default_factory=dict)


def scale_of(cells: Sequence[str], lexicon: Lexicon) -> Scale | None:
    """Return the scale of a column; None when its cells are no words of any."""
    words = [word for word in dict.fromkeys(cells) if word]
    if len(words) > _MOST or any(len(word) > _LONGEST for word in words):
        return None
    known = {codes: [word for word in words if folded(word) in said] for codes, said in lexicon.codes.items()}
    best = max(known, key=lambda codes: len(known[codes]))
    code_of = lexicon.codes[best]
    open_words = [word for word in words if word not in known[best]]
    written: dict[str, list[str]] = {}
    for word in words:
        place = f"{FILL_IN}_{open_words.index(word) + 1}" if len(open_words) > 1 and word in open_words else FILL_IN
        written.setdefault(code_of.get(folded(word), place), []).append(word)
    return Scale(best, {code: said for code, said in written.items() if said != [code]})
