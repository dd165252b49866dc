"""What a heading, or else one above it, is about: commitments, or what a document says besides."""

from __future__ import annotations

from ogp_data.declaration.drafting.outline import Grid, Listed, Section
from ogp_data.declaration.drafting.proposal import Sight

_OF_COMMITMENTS = ("commitments", "themes", "assessments", "narrative")
"""What commitments may stand below: an introduction too, since documents forget the heading that ends it."""
_LOOKS_BACK = ("other", "irm_lessons", "recommendations")
"""What a heading is about as soon as it has such a word: "Key lessons from two years of work"."""
_LONGEST = 120
"""Characters of the longest paragraph that stands above a list as its heading."""


def about(sight: Sight, section: Section) -> str:
    """Return the dataset that a heading is about, or the nearest above it that says so; "" for none."""
    title = sight.outline.title
    own = (one.title for one in (section, *reversed(section.above)) if one != title)
    return next(filter(None, (_about(sight, text) for text in own)), "")


def about_list(sight: Sight, listed: Listed) -> str:
    """Return what a list is about; a short line above it speaks for it where it has no heading but the title."""
    if listed.section.number in (-1, sight.outline.title.number):
        return _about(sight, _line_above(sight, listed)) or sight.lexicon.dataset(listed.section.title)
    return about(sight, listed.section)


def is_of_commitments(subject: str) -> bool:
    """Return whether commitments can stand where a text is about this."""
    return not subject or subject in _OF_COMMITMENTS


def is_elsewhere(sight: Sight, grid: Grid) -> bool:
    """Return whether a table stands where no commitments do."""
    return not is_of_commitments(about(sight, grid.sections[0]))


def nothing_is_known(sight: Sight) -> bool:
    """Return whether no heading and no table says what anything in the document is about."""
    return not sight.outline.grids and not any(about(sight, section) for section in sight.outline.headings)


def _about(sight: Sight, text: str) -> str:
    if surest := sight.lexicon.dataset(text):
        return surest
    looks_back = next((one for one in _LOOKS_BACK if sight.lexicon.mentions(one, text)), "")
    return looks_back or ("commitments" if sight.lexicon.begins("commitments", text) else "")


def _line_above(sight: Sight, listed: Listed) -> str:
    number = listed.items[0][0] - 1
    if number < 0 or (block := sight.outline.document.blocks[number]).kind != "paragraph":
        return ""
    text = block.inline.passage.text
    return text if len(text) <= _LONGEST else ""
