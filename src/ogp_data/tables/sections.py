"""Blocks -> blocks with their sections: by heading level, or as the declaration sets it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from ogp_data.core.declared import Section
from ogp_data.core.messages import Message
from ogp_data.core.tables import Cell, Fault
from ogp_data.core.text import Fragment, Passage
from ogp_data.documents import Block
from ogp_data.tables.rows import Placed, Reading, derived_cell

_T = TypeVar("_T")

PATH_JOINT = " > "


def place_blocks(reading: Reading) -> list[Placed]:
    """Return the blocks in order, each with its section: by heading level, or as the declaration sets it."""
    titles = {b.inline.passage.text: b.inline.passage for b in reading.document.blocks if b.kind == "heading"}
    used: set[str] = set()
    placed: list[Placed] = []
    stack: list[tuple[int, Passage]] = []
    heading = -1
    file = 1
    for number, block in enumerate(reading.document.blocks):
        if block.place.file != file:  # a file begins anew, whatever stands in those before it
            stack, heading, file = [], -1, block.place.file
        if block.kind == "heading":
            heading = number
            stack = headings_above(stack, block.level)
            stack.append((block.level, block.inline.passage))
        if section := _section_of(block, reading.declaration.section):
            used.add(section.begins)
            stack = _set_path(reading, section, block, titles)
        placed.append(Placed(block, number, tuple(passage for _, passage in stack), heading))
    for index, section in enumerate(reading.declaration.section):
        if section.begins not in used:
            reading.dangling(
                Message("No heading or paragraph begins with {begins!r}.", begins=section.begins),
                f"section[{index}].begins",
            )
    return placed


def headings_above(stack: Sequence[tuple[int, _T]], level: int) -> list[tuple[int, _T]]:
    """Return which of the headings so far, each with its level, stand above one of a level."""
    # A heading ends all sections of its own level and below; levels may be skipped.
    return [entry for entry in stack if entry[0] < level]


def _section_of(block: Block, sections: Iterable[Section]) -> Section | None:
    if block.kind not in ("heading", "paragraph"):
        return None
    passage = block.inline.passage
    return next((section for section in sections if passage.begins_with(section.begins)), None)


def _set_path(
    reading: Reading, section: Section, block: Block, titles: Mapping[str, Passage]
) -> list[tuple[int, Passage]]:
    reading.faults.append(Fault("section-set", section.reason, block.place, written=block.inline.passage))
    for title in section.path:
        if title not in titles:
            index = reading.declaration.section.index(section)
            reading.no_heading(title, titles, f"section[{index}].path")
    known = [titles[title] for title in section.path if title in titles]
    # A paragraph has no level of its own; it counts as the lowest heading.
    depth = block.level or 6
    return [(depth - len(known) + 1 + index, passage) for index, passage in enumerate(known)]


def section_cell(path: Sequence[Passage]) -> Cell:
    """Return a section's heading path as one text."""
    fragments: list[Fragment] = []
    for passage in path:
        if fragments and passage.text:
            fragments.append(Fragment(PATH_JOINT, 0, 0))
        fragments.extend(passage.fragments)
    return derived_cell(Passage(tuple(fragments)))


def check_under(reading: Reading, placed: Sequence[Placed], titles: Iterable[str], key: str) -> None:
    """Report the headings that a dataset's rows must stand under and that the document does not have."""
    known = {passage.text for spot in placed for passage in spot.path}
    for title in titles:
        if title not in known:
            reading.no_heading(title, known, key)
