"""What a column of progress says -> the scale whose codes it means, and which word stands for which code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ogp_data.declaration.drafting.proposal import FILL_IN
from ogp_data.models.lexicon import Lexicon, folded
from ogp_data.models.vocabulary import vocabulary
from ogp_data.tables.grids.names import PATH

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
    lists = {codes: {**lexicon.codes[codes], **_own(codes)} for codes in lexicon.codes}
    known = {codes: [word for word in words if _code(word, said)] for codes, said in lists.items()}
    best = max(known, key=lambda codes: len(known[codes]))
    left = [word for word in words if word not in known[best]]
    places = {word: f"{FILL_IN}_{number}" if len(left) > 1 else FILL_IN for number, word in enumerate(left, start=1)}
    written: dict[str, list[str]] = {}
    for word in words:
        if word not in _own(best):  # of those the list knows itself, nothing has to be said
            written.setdefault(_code(word, lists[best]) or places[word], []).append(word)
    return Scale(best, written)


def levels_of(headings: Sequence[str], lexicon: Lexicon) -> tuple[str, dict[str, str]] | None:
    """Return the scale whose codes headings are, each code with its heading; None when one of them is of none."""
    words = {heading: heading.rpartition(PATH)[2] for heading in headings}
    scale = scale_of([*words.values()], lexicon)
    if scale is None or any(code.startswith(FILL_IN) for code in scale.written):
        return None
    said = {word: code for code, written in scale.written.items() for word in written}
    levels = {said.get(word) or _own(scale.codes)[word]: heading for heading, word in words.items()}
    return (scale.codes, levels) if len(levels) == len(headings) else None


def _code(word: str, said: Mapping[str, str]) -> str:
    return said.get(word) or said.get(folded(word), "")


def _own(codes: str) -> dict[str, str]:
    """Return what a code list itself says that documents write, with the code of each."""
    concepts = vocabulary().codelists[codes].concept
    return {word: concept.code for concept in concepts for word in (concept.code, *concept.written)}
