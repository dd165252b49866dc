"""A place in a document of pages."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from ogp_data.core.messages import SOURCE, Message
from ogp_data.core.places.base import Order, SourcePlace, check_counts


@dataclass(frozen=True, slots=True)
class Box:
    """A part of a page, in points from the top left corner of what is seen of it, to a hundredth of a point."""

    left: float
    top: float
    right: float
    bottom: float

    def __post_init__(self) -> None:
        """Round, and refuse what is upside down or no number."""
        for name in ("left", "top", "right", "bottom"):
            object.__setattr__(self, name, round(float(getattr(self, name)), 2) + 0.0)  # + 0.0: no negative zero
        if not all(map(math.isfinite, self.corners)) or self.right < self.left or self.bottom < self.top:
            raise ValueError(Message("{corners} is not a box: left, top, right, bottom", corners=self.corners))

    @property
    def corners(self) -> tuple[float, float, float, float]:
        """Return left, top, right and bottom."""
        return self.left, self.top, self.right, self.bottom


@dataclass(frozen=True, slots=True)
class Page(SourcePlace):
    """A page, counted from 1, or a box on it."""

    number: int
    box: Box | None = None

    def __post_init__(self) -> None:
        """Refuse a number that counts nothing."""
        check_counts(self.file, self.number)

    @property
    def whole(self) -> Page:
        """Return the page without its box."""
        return replace(self, box=None)

    @property
    def own_text(self) -> str:
        """Return `p12`."""
        return f"p{self.number}"

    @property
    def own_words(self) -> Message:
        """Return "page 12", and how far a box is from the left and from the top."""
        if self.box is None:
            return Message("page {number}", number=self.number)
        left, top = _decimal(self.box.left), _decimal(self.box.top)
        return Message(
            "page {number}, {left} pt from the left and {top} pt from the top",
            number=self.number,
            left=_Points(left),
            top=_Points(top),
        )

    @property
    def fragment(self) -> str:
        """Return the fragment of RFC 8118; a box is a rectangle to view: left, top, width, height."""
        if self.box is None:
            return f"page={self.number}"
        left, top, right, bottom = self.box.corners
        rectangle = ",".join(map(_decimal, (left, top, right - left, bottom - top)))
        return f"page={self.number}&viewrect={rectangle}"

    @property
    def order(self) -> tuple[int, int, Order]:
        """Return the order of pages; on a page, the page itself, then boxes from the top and from the left."""
        box = (self.box.top, self.box.left, self.box.bottom, self.box.right) if self.box else ()
        return self.file, 1, (self.number, *box)

    @property
    def members(self) -> dict[str, object]:
        """Return the page, and the corners of a box."""
        return {"page": self.number, **({"box": list(self.box.corners)} if self.box else {})}

    def follows(self, before: SourcePlace) -> bool:
        """Return whether the place is on the same page as another one, or on the next."""
        return isinstance(before, Page) and before.file == self.file and self.number - before.number in (0, 1)


def _decimal(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")


@dataclass(frozen=True, slots=True)
class _Points:
    """A measure, which each language writes with its own mark of the fraction."""

    text: str

    def of(self, language: str) -> str:
        if language == SOURCE:
            return self.text
        from babel.numbers import get_decimal_symbol

        return self.text.replace(".", get_decimal_symbol(language))
