"""The numbers and letters that Word puts in front of paragraphs: they stand nowhere in the text, but are seen."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ogp_data.documents.markers import written
from ogp_data.documents.word.names import Element, value, w

_FORMATS = {"lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I"}
_LEVELS = 9


@dataclass(frozen=True, slots=True)
class Counted:
    """The marker in front of a paragraph, its number where it is one alone, and how deep it is, from 1."""

    text: str
    number: int
    depth: int
    is_bullet: bool = False


@dataclass(slots=True)
class Numbering:
    """The lists of a document: how each level counts, and how far it has."""

    levels: dict[str, dict[int, Element]] = field(default_factory=dict)
    lists: dict[str, tuple[str, dict[int, int]]] = field(default_factory=dict)
    """List -> the abstract list that it is one of, and with what its levels begin instead."""
    counts: dict[str, list[int]] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)

    @staticmethod
    def of(root: Element | None) -> Numbering:
        """Return the lists that the part of numbering has."""
        made = Numbering()
        if root is None:
            return made
        for abstract in root.iter(w("abstractNum")):
            levels = {_whole(level.get(w("ilvl")), 0): level for level in abstract.iter(w("lvl"))}
            made.levels[abstract.get(w("abstractNumId"), "")] = levels
        for number in root.iter(w("num")):
            starts = {}
            for override in number.iter(w("lvlOverride")):
                if (start := value(override, "startOverride")) is not None:
                    starts[_whole(override.get(w("ilvl")), 0)] = _whole(start, 1)
            made.lists[number.get(w("numId"), "")] = (value(number, "abstractNumId") or "", starts)
        return made

    def next(self, name: str, level: int) -> Counted | None:
        """Count one more item of a list; None where there is no such list."""
        abstract, starts = self.lists.get(name, ("", {}))
        levels = self.levels.get(abstract, {})
        if level not in levels or level >= _LEVELS:
            return None
        counts = self.counts.setdefault(abstract, [0] * _LEVELS)
        if name not in self.begun:
            self.begun.add(name)
            for at, start in starts.items():
                if at < _LEVELS:
                    counts[at] = start - 1
        start = _whole(value(levels[level], "start"), 1)
        counts[level] = counts[level] + 1 if counts[level] else starts.get(level, start)
        counts[level + 1 :] = [0] * (_LEVELS - level - 1)
        return _counted(levels, counts, level)


def _counted(levels: dict[int, Element], counts: list[int], level: int) -> Counted:
    form = value(levels[level], "numFmt") or "decimal"
    if form in ("bullet", "none"):
        return Counted("•" if form == "bullet" else "", 0, level + 1, is_bullet=True)

    def said(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        style = value(levels.get(at), "numFmt") or "decimal"
        start = _whole(value(levels.get(at), "start"), 1)
        return written(counts[at] or start, _FORMATS.get(style, "1"))

    pattern = value(levels[level], "lvlText") or ""
    text = re.sub(r"%([1-9])", said, pattern)
    alone = form == "decimal" and re.fullmatch(r"\(?%[1-9][.):]?\)?", pattern) is not None
    return Counted(text, counts[level] if alone else 0, level + 1)


def _whole(text: str | None, usual: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 7 else usual
