"""What came of commitments, counted: by the codes of the document, or by what its text says; never both, none lost."""

from __future__ import annotations

import datetime
import random
from collections.abc import Sequence
from typing import get_args

import pytest

from ogp_data.core.shared import CodeList, Concept, Meaning
from ogp_data.core.words import Words
from ogp_data.models.vocabulary import vocabulary
from ogp_data.site.statuses import MEANINGS, PARTLY, UNTOLD, Basis, Status, status_of, tally

_SCALES = ("progress", "completion", "irm-completion", "progress-statement")


def scale(*levels: tuple[str, Meaning | None]) -> CodeList:
    concepts = [Concept(code, Words(en=code.title()), progress=meaning) for code, meaning in levels]
    title = Words(en="Scale")
    return CodeList("scale", title, title, "Drawn up for this test.", datetime.date(2026, 1, 1), concepts)


SAID = scale(("all", "done"), ("most", "mostly"), ("goals", "done"), ("late", "delayed"), ("odd", None))


def of(codes: CodeList, *chosen: str, basis: Basis = "text") -> list[Status]:
    known = {one.code: status_of(one) for one in codes.concept}
    return [known.get(code, UNTOLD[basis]) for code in chosen]


def told(counts: Sequence[object]) -> list[tuple[str, int]]:
    return [(one.status.words.of("en"), one.number) for one in counts]  # type: ignore[attr-defined]


def test_what_the_text_says_is_told_by_its_meaning() -> None:
    found = tally(of(SAID, "goals", "all", "late", "", "all"), SAID, "text")
    assert told(found.shown) == [("Done", 3), ("Delayed", 1), ("Not stated", 1)]
    assert told(found.counts) == [("All", 2), ("Most", 0), ("Goals", 1), ("Late", 1), ("Odd", 0), ("Not stated", 1)]
    assert (found.total, found.known) == (5, 4)


def test_a_code_without_a_meaning_keeps_its_own_words() -> None:
    assert told(tally(of(SAID, "odd", "all"), SAID, "text").shown) == [("Done", 1), ("Odd", 1)]


def test_a_judgement_is_told_in_the_words_of_its_scale_and_in_its_order() -> None:
    chosen = of(SAID, "goals", "all", "", basis="document")
    found = tally([*chosen, PARTLY], SAID, "document")
    assert told(found.shown) == [("All", 1), ("Goals", 1), ("Judged by part", 1), ("Not judged", 1)]
    assert (found.total, found.known) == (4, 2)


def test_a_code_that_its_list_lacks_still_counts() -> None:
    gone = Status("gone", Words(en="Gone"))
    assert told(tally([gone, gone], SAID, "document").shown) == [("Gone", 2)]


def test_without_a_list_all_are_counted_as_not_told() -> None:
    assert told(tally([UNTOLD[""]] * 3, None, "").shown) == [("Not stated", 3)]


@pytest.mark.parametrize("name", _SCALES)
def test_each_level_of_a_shared_scale_says_what_it_means(name: str) -> None:
    assert all(one.progress in get_args(Meaning) for one in vocabulary().codelists[name].concept)


def test_no_count_is_lost_whatever_is_told() -> None:
    chance = random.Random(20260)
    for _ in range(2000):
        levels = [(f"c{n}", chance.choice([None, *MEANINGS])) for n in range(chance.randint(0, 6))]
        codes, basis = scale(*levels), chance.choice(("document", "text", ""))
        statuses = [*map(status_of, codes.concept), UNTOLD[basis], PARTLY, Status("gone", Words(en="Gone"))]
        chosen = chance.choices(statuses, k=chance.randint(0, 30))
        found = tally(chosen, codes, basis)
        assert sum(one.number for one in found.shown) == found.total == len(chosen)
        assert len({one.status for one in found.shown}) == len(found.shown)
        assert [one.status.code for one in found.counts[: len(levels)]] == [code for code, _ in levels]
        assert {found.tag(one) for one in chosen} == {one.status for one in found.shown}
        if any(not one.status.code for one in found.shown):
            assert not found.shown[-1].status.code
