"""Tables that are spoilt: whatever the keys of the declaration, no word is doubled or changed."""

from __future__ import annotations

from random import Random
from typing import Any

from generate_declarations import SEQUENCE, Entry, Small, column, furniture, narrative, read, table
from test_records import kept

HEADS = ("No", "Action", "Lead", "Level")
TEXTS = ("", "", "a", "b c", "x", "✓", "1.", "1.1", "C2 Open", "(3)", "Note x", "a) b<br>c) d", "• e • f", "g; h", "No")
SPANS = (*[""] * 8, ' rowspan="2"', ' colspan="2"', ' colspan="4"', ' rowspan="3" colspan="2"')


def spoilt(random: Random) -> str:
    """Return tables in which cells span what they should not, and rows are of any width."""
    header = f"<tr>{''.join(f'<td>{heading}</td>' for heading in HEADS)}</tr>"
    across = '<tr><td colspan="4">{}</td></tr>'
    parts = []
    for _ in range(random.randint(1, 3)):
        rows = [header]
        for _ in range(random.randint(0, 7)):
            cells = "".join(
                f"<td{random.choice(SPANS)}>{random.choice(TEXTS)}</td>" for _ in range(random.randint(1, 5))
            )
            lines = [across.format(text) for text in ("Theme 1: A", "Note y", "Odd")]
            rows.append(random.choice([header, *lines, *[f"<tr>{cells}</tr>"] * 12]))
        parts.append(f"<table>{''.join(rows)}</table>{random.choice(['', '<p>Text</p>', '<h2>H</h2>'])}")
    return "".join(parts)


def keyed(random: Random) -> Entry:
    """Return a dataset of these tables with any of the keys."""
    columns = [column(heading.lower(), "cell", heading=heading) for heading in HEADS]
    keys: dict[str, Any] = {
        "continues": random.choice(["empty-key", "no-label"]),
        "merged": random.choice(["repeat", "join"]),
        "bands": r"Theme (?P<n>\d): (?P<t>.+)",
        "notes": "Note .+",
        "split": {random.choice(HEADS): random.choice(["line", "item", ";", r"[a-z]\)"])},
        "ticks": {"l": "Level"},
    }
    find = {key: value for key, value in keys.items() if random.random() < 0.4}
    columns = [one for one in columns if not (one["name"] == "level" and "ticks" in find)]
    columns += [column(name, f"band:{name}") for name in "nt" if "bands" in find]
    return table(HEADS, SEQUENCE, *columns, **find)


def check_spoilt(seed: int) -> None:
    """Each word of a table is in one place or told to be in none, whatever the table and its keys are."""
    random = Random(seed)
    small = Small(spoilt(random), [keyed(random), narrative(), furniture()], kind="html")
    found = read(small, here=True)
    assert found.built, (seed, found.findings)
    assert [fault for fault in kept(found) if not fault.startswith("error words-lost")] == [], seed


def test_no_word_of_a_spoilt_table_is_doubled_or_changed() -> None:
    for seed in range(25):
        check_spoilt(seed)
