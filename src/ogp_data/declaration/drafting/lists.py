"""Numbered lists -> themes with commitments below them, lessons, recommendations, and lists of the document's own."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ogp_data.core.messages import Message
from ogp_data.declaration.drafting.headed import find_headed, numbers_of, propose_headed
from ogp_data.declaration.drafting.naming import dataset_name
from ogp_data.declaration.drafting.outline import Grid, Listed, Section
from ogp_data.declaration.drafting.proposal import Entry, Proposal, Sight, numbering, said, sampled
from ogp_data.declaration.drafting.subject import about, about_list, is_elsewhere, is_of_commitments, nothing_is_known
from ogp_data.declaration.drafting.themes import Pattern, about_of, is_numbered, pattern_of, titles_of
from ogp_data.models.lexicon import folded
from ogp_data.tables.numbers import NUMBERED

_OF_THE_MODEL = ("themes", "irm_lessons", "recommendations")
"""The datasets of the model that are one list each, besides the commitments."""


@dataclass(frozen=True, slots=True)
class Commitments:
    """The lists in which the commitments stand, the headings above them where these are themes, and their numbers."""

    lists: tuple[Listed, ...] = ()
    themes: tuple[Section, ...] = ()
    headed: tuple[Section, ...] = ()
    """The headings that are the commitments themselves."""

    @property
    def numbers(self) -> list[int]:
        """Return the numbers of the commitments, in order; those that are no integers say nothing of tables."""
        headed = [int(number) for number in numbers_of(self.headed) if number.isdigit()]
        return headed or [number for listed in self.lists for number in listed.numbers]

    @property
    def begin_again(self) -> bool:
        """Return whether the numbers begin again below a heading."""
        return len({*self.numbers}) < len(self.numbers)


def find_commitments(sight: Sight, table: Grid | None = None) -> Commitments:
    """Return where the commitments stand; nowhere when no headings and none of the lists are surely theirs.

    `table` is one below a heading that says that they stand there: besides it only a list of the same words is theirs.
    """
    if headed := find_headed(sight):
        return Commitments(headed=headed)
    numbered = [listed for listed in sight.outline.lists if all(listed.numbers)]
    own = {listed: about_of(sight.lexicon, listed.section.title) for listed in numbered}
    if found := _alone(sight, [listed for listed in numbered if own[listed] == "commitments"]):
        return found
    beside = [one for one in numbered if own[one] != "themes" or _is_theme(one, own)]
    subject = {one: about_list(sight, one) for one in beside if table is None or _repeats(one, table)}
    free = [listed for listed, said_of in subject.items() if is_of_commitments(said_of)]
    for siblings in _siblings(free):
        headings = tuple(listed.section for listed in siblings)
        if _are_themes(sight, siblings) and pattern_of(sight.outline, headings):
            return Commitments(tuple(siblings), headings)
    named = [listed for listed in free if subject[listed] == "commitments"]
    in_tables = {tuple(grid.numbers) for grid in _of_commitments(sight) if len(grid.numbers) > 1}
    repeated = [listed for listed in free if tuple(listed.numbers) in in_tables]
    # A list that nothing speaks of is one of commitments only where the document has nothing else to tell it from.
    unnamed = [one for one in free if not subject[one] and _goes_on([one])] if nothing_is_known(sight) else []
    return _alone(sight, named) or _alone(sight, repeated) or _alone(sight, unnamed) or Commitments()


def _of_commitments(sight: Sight) -> Iterator[Grid]:
    return (grid for grid in sight.outline.grids if not is_elsewhere(sight, grid))


def _alone(sight: Sight, lists: Sequence[Listed]) -> Commitments | None:
    """Return lists as the commitments where all stand below one heading text, and their numbers go on."""
    if len({listed.section.title for listed in lists}) != 1:
        return None
    found = Commitments(tuple(_below(sight, lists[0].section.title)))
    return None if found.begin_again else found


def _is_theme(listed: Listed, own: Mapping[Listed, str]) -> bool:
    """Return whether a heading that says the word is one theme of several; alone, it has a list of all below it."""
    others = [one.section for one in own if own[one] == "themes" and one != listed]
    return any((one.level, one.above) == (listed.section.level, listed.section.above) for one in others)


def _repeats(listed: Listed, table: Grid) -> bool:
    """Return whether half of the items of a list stand in a table too, word for word."""
    words = {folded(NUMBERED.sub("", cell)) for row in table.cells for cell in row}
    return 2 * sum(folded(block.inline.passage.text) in words for _, block in listed.items) >= len(listed.items)


def _siblings(lists: Sequence[Listed]) -> Iterator[list[Listed]]:
    """Yield the lists whose headings stand at one level below the same headings."""
    alike: dict[tuple[int, tuple[Section, ...]], list[Listed]] = {}
    for listed in lists:
        if listed.section.number >= 0:
            alike.setdefault((listed.section.level, listed.section.above), []).append(listed)
    yield from alike.values()


def _are_themes(sight: Sight, lists: Sequence[Listed]) -> bool:
    """Return whether the headings of lists are themes: the items' numbers go on below them, or they say so."""
    return (len(lists) > 1 and _goes_on(lists)) or _are_numbered(sight, [listed.section for listed in lists])


def _goes_on(lists: Sequence[Listed]) -> bool:
    """Return whether each number is greater than the one before it."""
    return all(b > a for a, b in itertools.pairwise(number for listed in lists for number in listed.numbers))


def _are_numbered(sight: Sight, headings: Sequence[Section]) -> bool:
    """Return whether headings are numbered as themes: as such by their words, or all that are so numbered here.

    Chapters are numbered too; of these, some have a list below them and others have not.
    """
    if not is_numbered([one.title for one in headings]):
        return False
    if all(about(sight, one) in ("themes", "commitments") for one in headings):
        return True
    first = headings[0]
    beside = [one for one in sight.outline.headings if (one.level, one.above) == (first.level, first.above)]
    others = [one for one in beside if one not in headings and is_of_commitments(about(sight, one))]
    return len(headings) > 1 and not any(
        is_numbered([*(one.title for one in headings), other.title]) for other in others
    )


def _below(sight: Sight, title: str) -> list[Listed]:
    """Return the lists below headings with a title: a declaration cannot tell such headings apart."""
    return [listed for listed in sight.outline.lists if listed.section.title == title]


# Proposals ----------------------------------------------------------------------------------------------


def propose_commitments(sight: Sight, found: Commitments, columns: dict[str, object]) -> Iterator[Proposal]:
    """Yield the themes, where there are any, and the commitments with further columns."""
    if found.headed:
        yield from propose_headed(sight, found.headed, columns)
    if not found.lists:
        return
    pattern = pattern_of(sight.outline, found.themes) if found.themes else None
    if pattern:
        yield _themes(found.themes, pattern)
    entries: dict[str, object] = {"rows": len(found.numbers), "find": _find(found)}
    if found.begin_again:
        entries["columns.commitment"] = "T{parent}-C{number}"
    entries |= columns
    rows = [
        (f"{block.number}", block.inline.passage.text, *((listed.section.title,) if pattern else ()))
        for listed in found.lists
        for _, block in listed.items
    ]
    shows = ("commitment_number", "title", *(("theme",) if pattern else ()))
    about = Message("a numbered list below each theme") if pattern else _under(found.lists[0].section.title)
    sure, blocks = (numbering(found.numbers),), _blocks(found.lists)
    yield Proposal("commitments", about, said(entries), len(rows), shows, sampled(rows), blocks, sure)


def _find(found: Commitments) -> dict[str, object]:
    if found.themes:
        return {"kind": "list", "each": "themes"}
    return _list_under(found.lists[0].section.title)


def _list_under(title: str) -> dict[str, object]:
    return {"kind": "list", "under": title} if title else {"kind": "list"}


def _under(title: str) -> Message:
    if not title:
        return Message("the numbered list")
    return Message("the numbered list below “{title}”", title=title)


def _themes(themes: Sequence[Section], pattern: Pattern) -> Proposal:
    find = {"kind": "headings", **({"under": pattern.under} if pattern.under else {}), "pattern": pattern.pattern}
    groups = titles_of(pattern, themes)
    shows = tuple(groups[0])
    rows = [tuple(group.values()) for group in groups]
    about = Message("headings with a numbered list below each")
    if pattern.under:
        about = Message("headings below “{title}”, with a numbered list below each", title=pattern.under)
    blocks = frozenset(theme.number for theme in themes)
    return Proposal("themes", about, said({"rows": len(rows), "find": find}), len(rows), shows, sampled(rows), blocks)


def _blocks(lists: Sequence[Listed]) -> frozenset[int]:
    return frozenset(number for listed in lists for number, _ in listed.items)


def propose_lists(sight: Sight, claimed: Collection[int], taken: Collection[str]) -> Iterator[Proposal]:
    """Yield a dataset for each list that is not claimed: of the model where its heading says which."""
    reserved, used = {*taken, *sight.taken}, {*taken}
    by_title: dict[str, list[Listed]] = {}
    for listed in sight.outline.lists:
        if listed.items[0][0] not in claimed:
            by_title.setdefault(listed.section.title, []).append(listed)
    for title, lists in by_title.items():
        known = about_of(sight.lexicon, title)
        is_known = known in _OF_THE_MODEL and known not in used
        name = known if is_known else dataset_name(title, "list", reserved)
        used.add(name)
        reserved.add(name)
        yield _list(sight, name, title, lists, is_known)


def _list(sight: Sight, name: str, title: str, lists: Sequence[Listed], is_known: bool) -> Proposal:
    items = [block for listed in lists for _, block in listed.items]
    rows = [(f"{block.number}", block.inline.passage.text) for block in items]
    numbers = [block.number for block in items]
    # Numbers that begin again, or leave one out, name no rows; the order of the document always does.
    take = "number" if numbers == [*range(1, len(numbers) + 1)] else "sequence"
    find: dict[str, object] = {"rows": len(rows), "find": _list_under(title)}
    if is_known:
        entries = said(find | ({"columns.sequence": "sequence"} if take == "sequence" else {}))
    else:
        entries = (*own_texts(sight, title, Message("a list")), *said(find), *_own_columns(sight, take, all(numbers)))
    shows, sure = ("number", "text"), (numbering(numbers),)
    return Proposal(name, _under(title), entries, len(rows), shows, sampled(rows), _blocks(lists), sure)


def _own_columns(sight: Sight, take: str, is_numbered: bool) -> tuple[Entry, ...]:
    """Return the columns of a list that the model does not have."""
    number, text = in_languages(sight, Message("Number")), in_languages(sight, Message("Text"))
    key = {"key": True, "type": "integer", "take": take, "title": number}
    order = {"key": True, "type": "integer", "take": "sequence", "title": in_languages(sight, Message("Sequence"))}
    columns: dict[str, object] = {"columns.number": key} if take == "number" else {"columns.sequence": order}
    if take == "sequence" and is_numbered:
        columns["columns.number"] = {"type": "integer", "take": "number", "title": number}
    return said({**columns, "columns.text": {"type": "text", "take": "text", "title": text}})


def own_texts(sight: Sight, heading: str, what: Message) -> tuple[Entry, ...]:
    """Return title and description of a dataset that the model does not have, after the heading above it."""
    if heading:
        titles = called(sight, heading, Message("From the document: “{heading}”", heading=heading))
        about = Message("What the document gives in {what} below “{heading}”.", what=what, heading=heading)
    else:
        titles = in_languages(sight, Message("From the document: {what} without a heading", what=what))
        about = Message("What the document gives in {what} without a heading.", what=what)
    return said({"title": titles, "description": in_languages(sight, about)})


def called(sight: Sight, words: str, quoted: Message) -> dict[str, str]:
    """Return words of the document as a title in its own language; in the others of the pages they are quoted."""
    return {code: words if code == sight.language else quoted.of(code) for code in sight.page_languages}


def in_languages(sight: Sight, text: Message) -> dict[str, str]:
    """Return what the program says in each language of the pages."""
    return {code: text.of(code) for code in sight.page_languages}
