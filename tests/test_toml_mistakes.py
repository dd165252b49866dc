"""What is told of a file that is not TOML: what was done, on which line, and what to write instead."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from ogp_data.core.findings import Finding
from ogp_data.declaration.toml_files import read_tables
from ogp_data.declaration.toml_mistakes import Mistake, mistake

DECLARATION = """\
# An example.
title.en = "Self-assessment of the plan"
country = "NLD"
issued = 2026-11-30
plan = "2023-2025"
keywords.en = ["open", "government"]

[datasets.commitments]
rows = 9
find = { kind = "headings", pattern = '(?P<title>.+)' }

[datasets.lessons]
rows = 4
title = { en = "Lessons" }
"""
STRAIGHT, DAY, QUOTES, BOTH_ENDS = "straight quotation marks:", "YYYY-MM-DD", "in quotation marks:", "at both ends"


def spoilt(text: str) -> Mistake:
    """Return what is told of a text that is not TOML."""
    with pytest.raises(tomllib.TOMLDecodeError) as reason:
        tomllib.loads(text + "\n")
    return mistake(text, reason.value)


@pytest.mark.parametrize(
    ("line", "fix"),
    [
        ("issued = 2026-13-45", DAY),
        ("issued = 2026-02-30", DAY),
        ("issued = 30-11-2026", DAY),
        ("issued = 30/11/2026  # the day", DAY),
        ("issued = 30.11.2026", DAY),
        ("issued = 30 november 2026", DAY),
        ("issued = November 30th, 2026", DAY),
        ("plan = 2023-2025", '"2023-2025"'),
        ("plan = 2023/25", '"2023/25"'),
        ("plan = 2023–2025", '"2023–2025"'),
        ("temporal = { start = 2020-01 }", '"2020-01"'),
        ("title = “Plan”", STRAIGHT),
        ('title = "Plan”', STRAIGHT),
        ('keywords = ["open", “government”]', STRAIGHT),
        ("title = «Plan»", STRAIGHT),
        ('title = "Plan', BOTH_ENDS),
        ('title = Plan"', BOTH_ENDS),
        ('keywords = ["open, "government"]', BOTH_ENDS),
        ("title = 'it's'", BOTH_ENDS),
        ('title = "It’s the plan', BOTH_ENDS),
        ("title = The plan", '"The plan"'),
        ("country = NLD", '"NLD"'),
        ("open = True", "Write true."),
        (r'pattern = "\d+"', "single quotation marks"),
        ("title =", "behind the equals sign"),
        ("title: The plan", "KEY = VALUE"),
        ("[datasets.commitments", "behind the name"),
        ('keywords = ["open" "government"]', "comma"),
        ("keywords = [", "] behind its last entry"),
    ],
)
def test_what_was_done_on_a_line_is_told_with_what_to_write(line: str, fix: str) -> None:
    told = spoilt(f'id = "x"\n{line}\nversion = "1"')
    assert fix in told.fix
    assert told.line == (3 if "last entry" in fix else 2)


def test_a_key_that_stands_twice_is_told_with_both_lines_and_that_a_table_may_be_missing() -> None:
    told = spoilt(DECLARATION.replace("[datasets.lessons]\n", ""))
    assert (told.what, told.line) == ("the key 'rows' is already there, on line 9", 12)
    assert "[datasets.NAME]" in told.fix


def test_a_text_over_several_lines_without_an_end_is_told_where_it_begins() -> None:
    told = spoilt('id = "x"\ntitle = """\nThe plan\nversion = "1"')
    assert (told.line, told.fix) == (2, "Write the same three quotation marks at the end of the text.")


def test_the_finding_has_the_line_and_the_fix(tmp_path: Path) -> None:
    path, found = tmp_path / "publication.toml", list[Finding]()
    path.write_text("issued = 30-11-2026", encoding="utf-8")
    assert read_tables(path, found) is None
    (one,) = found
    assert str(one.place) == f"{path}, line 1"
    assert one.hint == "Write the day as YYYY-MM-DD, without quotation marks, such as 2026-11-30."


def _dates(rng: random.Random) -> str:
    year, month, day = rng.randint(1990, 2100), rng.randint(1, 12), rng.randint(1, 28)
    name = rng.choice(["november", "March", "août", "mei", "Sept."])
    numbers = [f"{day}{sign}{month}{sign}{year}" for sign in "-/."] + [
        f"{year}{sign}{month}{sign}{day}" for sign in "/."
    ]
    words = [f"{day} {name} {year}", f"{name} {day}, {year}"]
    return rng.choice([*numbers, *words, f"{year}-{month + 12}-{day:02}"])


def _curled(rng: random.Random, line: str) -> str:
    before, after = rng.choice(["“”", "‘’", "„“", "«»", "””"])
    first, last = line.index('"'), line.index('"', line.index('"') + 1)
    return f"{line[:first]}{before}{line[first + 1 : last]}{after}{line[last + 1 :]}"


def _lost(rng: random.Random, line: str) -> str:
    at = rng.choice([index for index, char in enumerate(line) if char == '"'])
    return line[:at] + line[at + 1 :]


SPOILING: list[tuple[str, Callable[[random.Random, str], str]]] = [
    (DAY, lambda rng, line: f"{line.split(' = ')[0]} = {_dates(rng)}"),
    (STRAIGHT, _curled),
    (BOTH_ENDS, _lost),
    (QUOTES, lambda rng, line: f"{line.split(' = ')[0]} = {rng.randint(1990, 2100)}{rng.choice('-/–')}2105"),
    (QUOTES, lambda rng, line: f"{line.split(' = ')[0]} = {rng.choice(['Plan', 'The plan', 'één plan', 'NLD'])}"),
]


@pytest.mark.parametrize("seed", range(300))
def test_one_line_of_a_declaration_that_is_spoilt_is_the_line_that_is_told(seed: int) -> None:
    rng, lines = random.Random(seed), DECLARATION.splitlines()
    number = rng.choice([at for at, line in enumerate(lines) if '"' in line and " = " in line])
    fix, spoil = rng.choice(SPOILING)
    lines[number] = spoil(rng, lines[number]) + rng.choice(["", "  # as agreed", " "])
    told = spoilt(rng.choice(["\n", "\r\n"]).join(lines))
    assert (told.line, fix in told.fix) == (number + 1, True), lines[number]
