"""Editions of a country -> what became of each commitment, as the edition after it says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ogp_data.collection.handed import Table
from ogp_data.core.messages import Message
from ogp_data.core.records import Record
from ogp_data.core.shared import CodeList
from ogp_data.core.words import Text, Words
from ogp_data.site.compared import Land, Plan
from ogp_data.site.tabled import of_class, saying, titles

NOT_SAID = Message("Not stated")

Pages = Mapping[str, Mapping[str, str]]
"""The pages of the commitments of each publication: by its id, then by key."""


@dataclass(frozen=True, slots=True)
class Told:
    """A commitment as an edition tells it: its key, "" for none, its title, and its page where that is known."""

    key: str
    title: str
    page: str


@dataclass(frozen=True, slots=True)
class Became:
    """What became of a commitment: it before and now, and the change, None where nobody says it."""

    before: Told
    now: Told
    change: Text | None


@dataclass(frozen=True, slots=True)
class Step:
    """From one edition, by its id, to the next: what became of each commitment, and how many of them changed how."""

    before: str
    now: Plan
    became: Sequence[Became]
    counts: Sequence[tuple[Text, int]]


def steps(land: Land, pages: Pages, changes: CodeList) -> Iterator[Step]:
    """Yield what became of the commitments of each edition of a country that another continues."""
    for plan in land.plans:
        if table := of_class(plan.published, "Continuation"):
            for before, rows in _by_edition(table, plan.published.rows(table.name)).items():
                yield _step(before, plan, table, rows, pages, changes)


def _by_edition(table: Table, rows: Sequence[Record]) -> Mapping[str, Sequence[Record]]:
    found: dict[str, list[Record]] = {}
    for row in rows:
        found.setdefault(saying(table, "previousPublication", row), []).append(row)
    return found


def _step(before: str, now: Plan, table: Table, rows: Sequence[Record], pages: Pages, changes: CodeList) -> Step:
    titled, own = titles(now.published), pages.get(now.published.id, {})
    labels: dict[str, Text] = {concept.code: concept.label for concept in changes.concept}

    changed = [saying(table, "change", row) for row in rows]
    # A code that the list does not have is its own word; that none is said comes last.
    words = {**labels, **{code: Words(und=code) for code in changed if code and code not in labels}}

    def became(row: Record, change: str) -> Became:
        previous, key = saying(table, "previousKey", row), saying(table, "commitment", row)
        earlier = Told(previous, saying(table, "previousTitle", row), pages.get(before, {}).get(previous, ""))
        return Became(earlier, Told(key, titled.get(key, ""), own.get(key, "")), words.get(change))

    # By code, for nothing keeps two of them from having the same label.
    often = Counter(changed)
    counts = [(text, often[code]) for code, text in {**words, "": NOT_SAID}.items() if often[code]]
    return Step(before, now, list(map(became, rows, changed)), counts)
