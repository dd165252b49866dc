"""How high a figure's own page is where another page shows it in a frame, whatever the width of that frame."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ogp_data.site.charts import WIDTH
from ogp_data.site.lettering import SIZE, wrapped

_NARROW, _WIDE = 256, 432
"""Pixels of the narrowest drawing that is reckoned with, and of the widest that style/charts.css lets it become."""

_STEP = 8

_LETTERS = 17
"""Pixels that letters are high."""

_LINE = 27.2
"""Pixels from one line of text to the next: 1.6 times the height of letters."""

_AROUND = 176
"""Pixels of all margins of the page: those of the figure, its caption and its files, and of the page's own end."""


def height(drawing: float, texts: Sequence[str]) -> int:
    """Return how many pixels high a page is with a drawing of so many units and these texts above and below it.

    It is the largest of all widths: a wider drawing is higher, and a narrower page has more lines of text.
    """
    return math.ceil(max(_at(wide, drawing, texts) for wide in range(_NARROW, _WIDE + 1, _STEP)))


def _at(wide: int, drawing: float, texts: Sequence[str]) -> float:
    lines = sum(len(wrapped(text, wide * SIZE / _LETTERS)) for text in texts)
    return drawing * wide / WIDTH + _LINE * lines + _AROUND
