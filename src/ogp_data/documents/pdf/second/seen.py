"""What PDFium sees on a page: letters in its own order and where they stand, links, and small drawn shapes."""

from __future__ import annotations

import ctypes
import math
from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium
from pypdfium2 import PdfDocument

from ogp_data.documents.marks import sign
from ogp_data.documents.pdf.corners import Corners, ordered

BROKEN = "\uffff"
"""Stands for a hyphen that breaks a word at the end of a line: PDFium does not say whether it is a soft one."""
_UNKNOWN = "\ufffd"
_LONGEST = 4096
_SMALL, _LARGE = 3.0, 30.0
"""Points that a drawn tick is wide and high at least and at most."""
_DEEP = 4
"""So deep are drawings in drawings looked into."""
_FINE = 1000
"""So many steps a point is divided into where places are asked for, which come in whole steps."""


@dataclass(slots=True)
class Seen:
    """A page: its size, its letters with a space where words are parted, the middle of each, links, small drawings."""

    size: tuple[float, float]
    letters: str
    xs: array[float]
    ys: array[float]
    links: list[tuple[Corners, str]] = field(default_factory=list)
    drawn: list[Corners] = field(default_factory=list)

    @property
    def whole(self) -> Corners:
        """Return the box of the page."""
        return (0.0, 0.0, *self.size)


def pages(content: bytes, stretch: range) -> Iterator[Seen]:
    """Yield what is seen on some pages, counted from 0; boxes count from the top left corner of what is seen."""
    with PdfDocument(content) as pdf:
        for index in stretch:
            page = pdf[index]
            try:
                yield _seen(pdf, page)
            finally:
                page.close()


def _seen(pdf: PdfDocument, page: Any) -> Seen:
    at = _places(page)
    text = page.get_textpage()
    try:
        letters, xs, ys = _letters(text.raw, at)
    finally:
        text.close()
    return Seen(page.get_size(), letters, xs, ys, list(_links(pdf.raw, page.raw, at)), list(_drawn(page.raw, at)))


At = Callable[[float, float], tuple[float, float]]
"""A point of the PDF -> how far it is from the left and from the top of what is seen of the page."""


def _places(page: Any) -> At:
    """Return what tells where on the page, cut and turned as people see it, a point of the PDF is."""
    width, height = page.get_size()
    found = ctypes.c_int(), ctypes.c_int()

    def fine(x: float, y: float) -> tuple[float, float]:
        pdfium.FPDF_PageToDevice(page.raw, 0, 0, round(width * _FINE), round(height * _FINE), 0, x, y, *found)
        return found[0].value / _FINE, found[1].value / _FINE

    (x, y), right, up = fine(0, 0), fine(1000, 0), fine(0, 1000)
    across = (right[0] - x) / 1000, (right[1] - y) / 1000
    upwards = (up[0] - x) / 1000, (up[1] - y) / 1000
    return lambda a, b: (x + a * across[0] + b * upwards[0], y + a * across[1] + b * upwards[1])


# Letters --------------------------------------------------------------------------------------------------------


def _letters(text: Any, at: At) -> tuple[str, array[float], array[float]]:
    """Return the letters of a page, and how far the middle of each is from the left and from the top."""
    said: list[str] = []
    xs, ys = array("f"), array("f")
    names: dict[int, str] = {}
    sides = tuple(ctypes.c_double() for _ in range(4))
    left, right, bottom, top = sides
    for index in range(pdfium.FPDFText_CountChars(text)):
        letter = _letter(text, index, names)
        pdfium.FPDFText_GetCharBox(text, index, *sides)
        # A hyphen that breaks a word stands nowhere: it goes with the letter before.
        if right.value > left.value or not xs:
            x, y = at((left.value + right.value) / 2, (bottom.value + top.value) / 2)
        said.append(letter)
        xs.extend([x] * len(letter))
        ys.extend([y] * len(letter))
    return "".join(said), xs, ys


def _letter(text: Any, index: int, names: dict[int, str]) -> str:
    """Return a letter, a mark of a private font as the sign that it looks like, or a space between words."""
    code = pdfium.FPDFText_GetUnicode(text, index)
    if pdfium.FPDFText_IsHyphen(text, index) == 1:
        return BROKEN
    if pdfium.FPDFText_IsGenerated(text, index) == 1:
        return " "
    if code < 0x20:
        return " " if chr(code).isspace() else _UNKNOWN
    letter = chr(code)
    if letter.isalpha() and not 0xE000 <= code <= 0xF8FF and code > 0xFF:
        return letter
    return sign(letter, _font(text, index, names)) or letter


def _font(text: Any, index: int, names: dict[int, str]) -> str:
    """Return the name of the font of a letter."""
    drawn = pdfium.FPDFText_GetTextObject(text, index)
    font = pdfium.FPDFTextObj_GetFont(drawn) if drawn else None
    if not font:
        return ""
    key = ctypes.cast(font, ctypes.c_void_p).value or 0
    if key not in names:
        names[key] = _said(lambda buffer, length: pdfium.FPDFFont_GetBaseFontName(font, buffer, length))
    return names[key]


def _said(ask: Callable[[Any, int], int]) -> str:
    """Return a text that PDFium writes into a buffer and says the length of."""
    buffer = ctypes.create_string_buffer(_LONGEST)
    length = ask(buffer, _LONGEST)
    return buffer.raw[: max(min(length, _LONGEST) - 1, 0)].decode("utf-8", "replace")


# Links ----------------------------------------------------------------------------------------------------------


def _links(pdf: Any, page: Any, at: At) -> Iterator[tuple[Corners, str]]:
    """Yield the web addresses of links, and what of the page they cover."""
    start, link, box = ctypes.c_int(0), pdfium.FPDF_LINK(), pdfium.FS_RECTF()
    while pdfium.FPDFLink_Enumerate(page, start, link):
        address = _address(pdf, pdfium.FPDFLink_GetAction(link))
        if address and pdfium.FPDFLink_GetAnnotRect(link, box):
            yield _box(at, box.left, box.bottom, box.right, box.top), address


def _address(pdf: Any, action: Any) -> str:
    if not action:
        return ""
    return _said(lambda buffer, length: pdfium.FPDFAction_GetURIPath(pdf, action, buffer, length))


def _box(at: At, left: float, bottom: float, right: float, top: float) -> Corners:
    return ordered(*at(left, bottom), *at(right, top))


# Drawings -------------------------------------------------------------------------------------------------------


def _drawn(page: Any, at: At) -> Iterator[Corners]:
    """Yield where small shapes are drawn that rule nothing: they have a curve, or an oblique line."""
    for index in range(pdfium.FPDFPage_CountObjects(page)):
        yield from _shapes(pdfium.FPDFPage_GetObject(page, index), at, _DEEP)


def _shapes(drawn: Any, at: At, deep: int) -> Iterator[Corners]:
    kind = pdfium.FPDFPageObj_GetType(drawn)
    if kind == pdfium.FPDF_PAGEOBJ_PATH and _is_oblique(drawn):
        sides = [ctypes.c_float() for _ in range(4)]
        if pdfium.FPDFPageObj_GetBounds(drawn, *sides):
            box = _box(at, *(side.value for side in sides))
            if _SMALL <= max(box[2] - box[0], box[3] - box[1]) <= _LARGE:
                yield box
    if kind == pdfium.FPDF_PAGEOBJ_FORM and deep:
        placed = _placed(drawn, at)
        for index in range(max(pdfium.FPDFFormObj_CountObjects(drawn), 0)):
            yield from _shapes(pdfium.FPDFFormObj_GetObject(drawn, index), placed, deep - 1)


def _placed(form: Any, at: At) -> At:
    """Return what tells where a point of a drawing in the page is."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(form, matrix)
    a, b, c, d, e, f = (getattr(matrix, name) for name in "abcdef")
    return lambda x, y: at(a * x + c * y + e, b * x + d * y + f)


def _is_oblique(path: Any) -> bool:
    """Return whether a shape has a curve or an oblique line, and is drawn."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
    if not fill.value and not stroke.value:
        return False
    x, y = ctypes.c_float(), ctypes.c_float()
    last = (math.nan, math.nan)
    for index in range(pdfium.FPDFPath_CountSegments(path)):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        here = x.value, y.value
        if kind == pdfium.FPDF_SEGMENT_BEZIERTO:
            return True
        if kind == pdfium.FPDF_SEGMENT_LINETO and min(abs(here[0] - last[0]), abs(here[1] - last[1])) > 1:
            return True
        last = here
    return False
