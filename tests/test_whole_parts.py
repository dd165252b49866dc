"""What pages are made of, tried with thousands of keys, titles, dates and texts by chance; here a sample of these.

`python tests/test_whole_parts.py 20000` tries each so often.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from html import escape
from random import Random
from typing import get_args
from urllib.parse import quote

import pytest

from made_wholes import DAYS, MARKS, ODD, WORDS
from ogp_data.core.date_phrases import spoken
from ogp_data.core.edtf import spans
from ogp_data.core.files import is_device
from ogp_data.core.shared import Meaning
from ogp_data.core.words import Words
from ogp_data.site.locations import is_anchor, row_pages
from ogp_data.site.search import LONGEST, Entry, index, words
from ogp_data.site.statuses import PARTLY, UNTOLD, Basis, Status, tally
from ogp_data.site.titles import shortened_titles, told_apart
from site_rules import read, squeezed

TIMES = 150
STOCK = (
    *ODD,
    *MARKS,
    *DAYS,
    *(one for said in WORDS.values() for one in said.split()),
    "",
    " ",
    "\u0085",
    "\ufffd",
    "'",
)


def text(chance: Random, most: int = 4) -> str:
    """Return a text of pieces that strangers write, joined in any way."""
    return chance.choice(("", " ", ".", "-", "/", ": ", ", ")).join(
        chance.choice(STOCK) for _ in range(chance.randrange(most))
    )


@pytest.fixture(params=["", *(str(seed) for seed in range(3))])
def chance(request: pytest.FixtureRequest) -> Random:
    return Random(f"whole {request.param}")


def test_each_row_has_a_page_of_its_own_on_any_disk(chance: Random) -> None:
    for _ in range(TIMES):
        keys = list(dict.fromkeys(text(chance) for _ in range(12)))
        pages = row_pages("d", keys)
        assert list(pages) == keys
        names = [page.removeprefix("d/").removesuffix(".html") for page in pages.values()]
        assert len({name.casefold() for name in [*names, "index"]}) == len(keys) + 1
        for name in names:
            assert re.fullmatch(r"[A-Za-z0-9._-]{1,200}", name), name
            assert not is_device(f"{name}.html")
            assert quote(name) == name
            assert name.strip(".") == name


def test_the_place_of_a_row_is_one_word_and_none_of_the_pages_own(chance: Random) -> None:
    for _ in range(TIMES):
        key = text(chance)
        if is_anchor(key):
            assert key.split() == [key]
            assert not key.startswith(("section.", "h.", "column."))
            assert key != "main"
    assert not any(map(is_anchor, ("", "a b", "main", "section.table", "h.rows", "column.x", "x\u2028")))


def test_titles_are_told_apart(chance: Random) -> None:
    for _ in range(TIMES):
        titles = [text(chance, 3) for _ in range(chance.randrange(1, 7))]
        names = [f"n{number}" for number in range(len(titles))]
        found = told_apart(shortened_titles(titles), names)
        assert len(set(found)) == len(titles)
        if len(set(titles)) == len(titles):
            assert found == shortened_titles(titles)


def test_a_date_is_said_or_stays_as_it_is(chance: Random) -> None:
    for _ in range(TIMES):
        said = chance.choice(
            (text(chance, 2), "".join(chance.choices("0123456789-/?~%X{}.,T:YSW ", k=chance.randrange(14))))
        )
        for language in ("nl", "en", "fr"):
            told = spoken(said, language)
            assert bool(told) == bool(said)
            try:
                list(spans(said))
            except ValueError:
                assert told == said


def test_every_commitment_is_counted_once_whatever_its_status(chance: Random) -> None:
    for _ in range(TIMES):
        codes = [f"c{text(chance, 2)}" for _ in range(5)]
        known = [Status(code, Words(und=text(chance, 2)), chance.choice(get_args(Meaning))) for code in codes]
        for basis in get_args(Basis):
            statuses = [chance.choice([*known, PARTLY, UNTOLD[basis]]) for _ in range(chance.randrange(30))]
            counted = tally(statuses, None, basis)
            assert counted.total == len(statuses)
            assert sum(one.number for one in counted.shown) == len(statuses)


def test_all_words_of_a_text_lead_to_it(chance: Random) -> None:
    for _ in range(TIMES // 10):
        said = [Entry("p", "k", f"{number}", text(chance), text(chance, 9), "nl") for number in range(5)]
        files = dict(index(said, {"p": {}}, {"k": {"nl": "k"}}))
        script = b"".join(files.values()).decode("utf-8")
        for word in {word for one in said for word in (*words(one.title), *words(one.text))}:
            assert f'"{word}":[' in script
            assert len(word) <= LONGEST
        assert re.sub(r'"(?:[^"\\]|\\.)*"', "", script).count("<") == 0


def test_the_strict_reading_reads_any_escaped_text(chance: Random) -> None:
    for _ in range(TIMES):
        said = text(chance, 6)
        page = read(f'<h1 title="{escape(said)}">{escape(said)}</h1>')
        assert page.faults == []
        assert squeezed(page.headings[0]) == squeezed(said)


def main(times: int) -> None:
    """Try each so often."""
    global TIMES
    TIMES = times
    tried = Counter[str]()
    for name, test in sorted(globals().items()):
        if name.startswith("test_"):
            test(Random(name))
            tried[name] += times
    print(*(f"{name} {count}" for name, count in tried.items()), sep="\n")


if __name__ == "__main__":
    main(int(sys.argv[1]))
