"""Words of a document -> names of datasets and columns of its own."""

from __future__ import annotations

import re
from collections.abc import Collection

from ogp_data.core.collation import without_accents
from ogp_data.core.spreadsheet import read_as
from ogp_data.core.vocab import PREFIXES
from ogp_data.declaration.naming import dataset_fault

_LONGEST = 40
_NUMBER = re.compile(r"^(?:[IVXLC]+|\d+(?:\.\d+)*|[A-Z])[.):]\s+")


def bare(heading: str) -> str:
    """Return a heading without the number in front of it."""
    return _NUMBER.sub("", heading)


def dataset_name(heading: str, otherwise: str, taken: Collection[str]) -> str:
    """Return the name of a dataset after its heading, which no other has."""
    name = _slug(bare(heading))
    return _free(otherwise if not name or dataset_fault(name) else name, taken)


def column_name(heading: str, at: int, taken: Collection[str]) -> str:
    """Return the name of a column after its heading, which no other has."""
    name = _slug(heading)
    unfit = not name or name in ("ogp", *PREFIXES) or read_as(name)
    name = f"column_{at + 1}" if unfit else name
    return _free(name if name not in taken else f"{name}_as_written", taken)


def _free(name: str, taken: Collection[str]) -> str:
    number = 2
    while (free := name if number == 2 else f"{name}_{number - 1}") in taken:
        number += 1
    return free


def _slug(text: str) -> str:
    """Return a text in letters without accents, digits and underscores, that begins with a letter; "" for none."""
    words = re.findall(r"[a-z0-9]+", without_accents(text).casefold())
    slug = ""
    for word in words:
        if slug and len(slug) + len(word) >= _LONGEST:
            break
        slug = f"{slug}_{word}" if slug else word
    return slug[:_LONGEST] if slug[:1].isalpha() and slug.isascii() else ""
