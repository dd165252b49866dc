"""Draws the pages of a PDF: as large as they can be read, in few bytes, and in the same bytes each time."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pypdfium2
from PIL import Image

from ogp_data.core.messages import Message
from ogp_data.core.places import Page
from ogp_data.core.source import SourceFile
from ogp_data.documents.limits import UnreadableError, refusing
from ogp_data.documents.pictures import MOST, Picture

_SCALE = 1.5
"""Pixels for a point: letters of 10 points are 15 pixels high."""
_LONGEST = 1600
"""So many pixels a side has at most."""
_LARGEST = 120_000
"""So many bytes a picture has at most, unless even a coarse one has more."""
_COLOURS = 64


def draw(file: SourceFile) -> tuple[Picture, ...]:
    """Return the pages of a PDF as pictures, each as people see it: turned and cut as the file says."""
    with refusing(_undrawn), pypdfium2.PdfDocument(file.content) as pdf:
        return tuple(_drawn(pdf[index], index + 1) for index in range(min(len(pdf), MOST)))


def _undrawn(raised: Exception) -> UnreadableError:
    return UnreadableError("damaged-file", Message("The PDF cannot be drawn: {said}.", said=str(raised)[:200]))


def _drawn(page: pypdfium2.PdfPage, number: int) -> Picture:
    width, height = page.get_size()
    scale = min(_SCALE, _LONGEST / max(width, height, 1))
    image = page.render(scale=scale).to_pil().convert("RGB")
    page.close()
    suffix, content = _coded(image)
    return Picture(Page(number), (round(width, 2), round(height, 2)), image.size, suffix, content)


def _coded(image: Image.Image) -> tuple[str, bytes]:
    """Return a picture in the first form that is small enough, else in the smallest."""
    forms = _forms(image)
    least = next(forms)
    while len(least[1]) > _LARGEST and (coarser := next(forms, None)):
        least = min(least, coarser, key=lambda form: len(form[1]))
    return least


def _forms(image: Image.Image) -> Iterator[tuple[str, bytes]]:
    """Yield a picture in forms that are ever coarser: few colours do for text, and not for photographs."""
    few = image.quantize(_COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    yield ".png", _saved(few, "PNG", compress_level=6)
    for quality in (75, 50, 25):
        yield ".webp", _saved(image, "WEBP", quality=quality, method=4)


def _saved(image: Image.Image, form: str, **options: int) -> bytes:
    content = io.BytesIO()
    image.save(content, form, **options)
    return content.getvalue()
