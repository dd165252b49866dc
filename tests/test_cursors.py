"""Pages of rows by cursor: each row once, whatever the order, the pages and the builds between; and no other text."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from contextlib import suppress
from random import Random

import pytest

from ogp_data.service import cursors
from ogp_data.service.cursors import CursorError
from ogp_data.service.row_queries import Column, Page, Question, Row, Table, page_of
from ogp_data.types.rows import Value

KEY, GROUP = (Column(name, "string", "T", "D", True, ()) for name in ("key", "group"))
INPUTS = 100


def table(keys: Sequence[str], groups: str = "ab") -> Table:
    """Return a table of rows with these keys; each is in one of the groups, by its last sign."""
    rows: list[Row] = [
        {"key": (Value(key, key),), "group": (Value(group, group),)}
        for key in keys
        for group in [groups[ord(key[-1]) % len(groups)]]
    ]
    return Table("t", "t", "T", "D", (KEY, GROUP), "key", rows, {row["key"][0].text: row for row in rows})


def keys(page: Page) -> list[str]:
    return [row["key"][0].text for row in page.rows]


def asked(cursor: str, order: tuple[tuple[str, bool], ...]) -> Question:
    return Question(order=order, cursor=cursor)


def some_keys(chance: Random) -> list[str]:
    """Return up to 40 different keys, of letters of several scripts and lengths."""
    made = {"".join(chance.choices("ab09-é/\U0001f600 ", k=chance.randint(1, 8))) for _ in range(chance.randint(1, 40))}
    return chance.sample(sorted(made), len(made))


@pytest.mark.parametrize("seed", range(INPUTS))
def test_each_row_is_on_one_page_forward_and_back(seed: int) -> None:
    chance = Random(seed)
    rows = table(some_keys(chance))
    order = chance.choice([(), (("key", True),), (("group", False), ("key", False)), (("group", True),)])
    whole = keys(page_of(rows, asked("", order), 1000))
    limit, cursor, found = chance.randint(1, 12), "", list[list[str]]()
    for _ in range(len(whole) + 1):
        page = page_of(rows, asked(cursor, order), limit)
        found.append(keys(page))
        if not page.after:
            break
        cursor = page.after
    assert [key for one in found for key in one] == whole
    for before in reversed(found[:-1]):
        page = page_of(rows, asked(page.before, order), limit)
        assert keys(page) == before
    assert page.before == ""


@pytest.mark.parametrize("seed", range(INPUTS))
def test_what_stays_through_a_new_build_is_seen_once(seed: int) -> None:
    chance = Random(seed)
    before = some_keys(chance)
    first = page_of(table(before), asked("", ()), chance.randint(1, 5))
    stays = {*keys(first), *(key for key in before if chance.random() < 0.7)}
    after = [key for key in before if key in stays]
    for number in range(chance.randint(0, 5)):
        after.insert(chance.randrange(len(after) + 1), f"new {number}")
    if not first.after:
        return
    rest = keys(page_of(table(after), asked(first.after, ()), 1000))
    seen = [*keys(first), *(key for key in rest if key in stays)]
    assert seen == [key for key in before if key in stays]


@pytest.mark.parametrize("seed", range(INPUTS))
def test_a_text_that_is_no_cursor_is_told_and_never_breaks(seed: int) -> None:
    chance = Random(seed)
    rows = table(some_keys(chance))
    page = page_of(rows, asked("", ()), 1)
    good = page.after or cursors.write("t ([], [], ())", "gone", 0)
    spoilt = [*good]
    for _ in range(chance.randint(1, 3)):
        spoilt[chance.randrange(len(spoilt))] = chance.choice("AZaz09-_=é \x00/+")
    text = "".join(spoilt)[: chance.choice([24, 24, 24, 23, 5, 1])]
    with suppress(CursorError):
        assert len(page_of(rows, asked(text, ()), 3).rows) <= 3


def test_a_row_that_is_gone_is_told() -> None:
    cursor = page_of(table(["a", "b", "c"]), asked("", ()), 2).after
    with pytest.raises(CursorError) as told:
        page_of(table(["a", "c"]), asked(cursor, ()), 2)
    assert told.value.args[0] == cursors.GONE


def test_a_cursor_is_as_long_for_any_key_and_does_not_show_it() -> None:
    texts = [cursors.write("question", key, at) for key in ("a", "k" * 5000, "é/\U0001f600") for at in (0, 2**32 - 1)]
    assert {len(text) for text in texts} == {cursors.LENGTH}
    assert all(b"kkk" not in base64.urlsafe_b64decode(text) for text in texts)
