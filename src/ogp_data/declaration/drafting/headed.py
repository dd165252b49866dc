"""Headings that are the commitments themselves, with their milestones in lists below each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ogp_data.core.messages import Message
from ogp_data.declaration.drafting.outline import Section
from ogp_data.declaration.drafting.proposal import Proposal, Sight, numbering, said, sampled
from ogp_data.declaration.drafting.themes import NUMBER, match_of, pattern_of, titles_of, word_in


def find_headed(sight: Sight) -> tuple[Section, ...]:
    """Return the headings that are commitments: each a number, behind the word or below a heading that says so."""
    listed = {one.section.number for one in sight.outline.lists}
    words = {one.said for one in sight.lexicon.known if one.dataset == "commitments" and not one.column}
    alike: dict[tuple[int, str, str], list[Section]] = {}
    for section in sight.outline.headings:
        if match := match_of(section.title, NUMBER):
            below = bool(section.above) and sight.lexicon.dataset(section.above[-1].title) == "commitments"
            word = word_in(match["lead"])
            # A number above a list may be that of a theme; only the word itself says more.
            if word in words or (below and not word and section.number not in listed):
                alike.setdefault((section.level, match["lead"], match["joint"]), []).append(section)
    found = max(alike.values(), key=len, default=[])
    # Where numbers occur twice, they name no commitment.
    is_sure = len(found) > 1 and len({*numbers_of(found)}) == len(found)
    return tuple(found) if is_sure and pattern_of(sight.outline, found, "number") else ()


def numbers_of(headed: Sequence[Section]) -> list[str]:
    """Return the numbers of headings, as printed."""
    matches = (match_of(section.title, NUMBER) for section in headed)
    return [match["mark"] for match in matches if match]


def propose_headed(sight: Sight, headed: Sequence[Section], columns: Mapping[str, object]) -> Iterator[Proposal]:
    """Yield the commitments that are headings, and their milestones where each has a numbered list below it."""
    pattern = pattern_of(sight.outline, headed, "number")
    if pattern is None:
        return
    find = {"kind": "headings", **({"under": pattern.under} if pattern.under else {}), "pattern": pattern.pattern}
    groups = titles_of(pattern, headed)
    rows = [(group.get("number", ""), group["title"]) for group in groups]
    entries = said({"rows": len(rows), "find": find, **columns})
    about = Message("headings that are commitments")
    blocks = frozenset(section.number for section in headed)
    numbers = [int(number) if number.isdecimal() else 0 for number, _ in rows]
    sure = (numbering(numbers),) if all(numbers) else ()
    yield Proposal(
        "commitments", about, entries, len(rows), ("commitment_number", "title"), sampled(rows), blocks, sure
    )
    yield from _milestones(sight, headed)


def _milestones(sight: Sight, headed: Sequence[Section]) -> Iterator[Proposal]:
    below = {listed.section.number: listed for listed in sight.outline.lists if all(listed.numbers)}
    lists = [below[section.number] for section in headed if section.number in below]
    if len(lists) < len(headed):
        return
    items = [(listed, number, block) for listed in lists for number, block in listed.items]
    columns = {
        "columns.milestone": "{parent}-{number}",
        "columns.commitment": "parent",
        "columns.letter": "number",
        "columns.title": "text",
    }
    rows = [(str(block.number), block.inline.passage.text, listed.section.title) for listed, _, block in items]
    entries = said({"rows": len(rows), "find": {"kind": "list", "each": "commitments"}, **columns})
    about, shows = Message("a numbered list below each commitment"), ("letter", "title", "commitment")
    blocks = frozenset(number for _, number, _ in items)
    yield Proposal("milestones", about, entries, len(rows), shows, sampled(rows), blocks)
