"""The files of a document -> which of them say what it is: one in a folder of its own is part of something else."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import PurePosixPath

from ogp_data.documents import Block, Document

_INDEX = ("readme", "index")
"""What a file is called that says what the files beside it are."""

Numbered = tuple[int, Block]
"""A block with its number in the document."""


def fronts(document: Document) -> list[list[list[Numbered]]]:
    """Return the blocks of each file: of those that speak for all first, and together those that say as much."""
    told = sorted(_files(document), key=lambda file: _rank(file[0]))
    return [[blocks for _, blocks in alike] for _, alike in itertools.groupby(told, lambda file: _rank(file[0]))]


def _files(document: Document) -> Iterator[tuple[str, list[Numbered]]]:
    named = itertools.groupby(enumerate(document.blocks), lambda one: document.source.named(one[1].place))
    return ((name, [*blocks]) for name, blocks in named)


def _rank(path: str) -> tuple[int, bool]:
    return path.count("/"), PurePosixPath(path).stem.casefold() not in _INDEX
