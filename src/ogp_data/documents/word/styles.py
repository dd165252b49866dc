"""What styles say of paragraphs and runs: each may be based on another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ogp_data.documents.word.names import Element, is_on, value, w

_DEEPEST = 20
"""So many styles may be based on one another."""


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of a document by their ids."""

    by_id: dict[str, Element] = field(default_factory=dict)

    @staticmethod
    def of(root: Element | None) -> Styles:
        """Return the styles that the part of styles has."""
        found = root.iter(w("style")) if root is not None else ()
        return Styles({style.get(w("styleId"), ""): style for style in found})

    def chain(self, name: str | None) -> Iterator[Element]:
        """Yield a style, the one that it is based on, and so on."""
        for _ in range(_DEEPEST):
            style = self.by_id.get(name or "")
            if style is None:
                return
            yield style
            name = value(style, "basedOn")

    def level(self, paragraph: Element | None) -> int:
        """Return the level of a heading; 0 for any other paragraph, -1 for the title of the document."""
        said = value(paragraph, "outlineLvl")
        for style in self.chain(value(paragraph, "pStyle")):
            if (value(style, "name") or "").lower() == "title":
                return -1
            said = said if said is not None else value(style.find(w("pPr")), "outlineLvl")
        return int(said) + 1 if said and said.isdecimal() and int(said) < 9 else 0

    def numbering(self, paragraph: Element | None) -> tuple[str, int] | None:
        """Return the list that a paragraph is an item of and its level, counted from 0; None where it is none."""
        own = paragraph.find(w("numPr")) if paragraph is not None else None
        name, level = value(own, "numId"), value(own, "ilvl")
        for style in self.chain(value(paragraph, "pStyle")):
            properties = style.find(w("pPr"))
            found = properties.find(w("numPr")) if properties is not None else None
            name = name if name is not None else value(found, "numId")
            level = level if level is not None else value(found, "ilvl")
        if not name or name == "0":
            return None
        return name, int(level) if level and level.isdecimal() else 0

    def looks(self, paragraph: Element | None, run: Element | None, name: str) -> bool:
        """Return whether a run is bold or italic, by itself or by its style or that of its paragraph."""
        own = is_on(run, name)
        for start in (value(run, "rStyle"), value(paragraph, "pStyle")):
            for style in self.chain(start):
                own = own if own is not None else is_on(style.find(w("rPr")), name)
        return bool(own)
