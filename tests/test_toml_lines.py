"""The line of each key of a TOML file, by hand and in generated files whose writer knows the lines."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from ogp_data.core.findings import Place
from ogp_data.core.toml_lines import Path, key_lines, key_path
from ogp_data.core.written import Written

HAND = '''# a comment with [brackets] and key = 1
id = "x"  # another = 2
title.nl = "Een"
title.en = """
[not.a.table]
no = "key"
"""
quoted."a.b".c = 1
'lit eral' = 2

[source]
file = 'C:\\no\\escape'
text = \'\'\'
x = 1\'\'\'

[[dataset]]
name = "a"  # ]]
find = { kind = "table", headings = [
    "One", # the first
    "Two, [2]",
], deep = { x.y = 1 } }

[[dataset.column]]
name = "b"

[[ dataset . column ]]
name = "quote \\" # no comment"
day = 2026-11-23 10:00:00

[dataset.more]
lists = [[1, 2],
  [3,
   { a = 4 }]]
[[dataset]]
name = """a""""
last = true'''

LINES = {
    "id": 2,
    "title": 3,
    "title.nl": 3,
    "title.en": 4,
    "quoted": 8,
    'quoted."a.b".c': 8,
    '"lit eral"': 9,
    "source": 11,
    "source.file": 12,
    "source.text": 13,
    "dataset": 16,
    "dataset[0]": 16,
    "dataset[0].find.kind": 18,
    "dataset[0].find.headings": 18,
    "dataset[0].find.headings[0]": 19,
    "dataset[0].find.headings[1]": 20,
    "dataset[0].find.deep.x.y": 21,
    "dataset[0].column": 23,
    "dataset[0].column[0].name": 24,
    "dataset[0].column[1]": 26,
    "dataset[0].column[1].name": 27,
    "dataset[0].column[1].day": 28,
    "dataset[0].more.lists[0][1]": 31,
    "dataset[0].more.lists[1]": 32,
    "dataset[0].more.lists[1][1].a": 33,
    "dataset[1]": 34,
    "dataset[1].name": 35,
    "dataset[1].last": 36,
}


def test_each_key_has_its_line() -> None:
    tomllib.loads(HAND)
    found = key_lines(HAND)
    assert {key: found.get(key) for key in LINES} == LINES


@pytest.mark.parametrize(
    "text", ["", "\n\n", "# only a comment", "a = 1", "\ufeff".strip("\ufeff"), "a = {}\nb = []\n"]
)
def test_little_or_nothing_has_few_lines_or_none(text: str) -> None:
    assert key_lines(text) == {key: number for number, key in enumerate(tomllib.loads(text), start=1)}


def test_windows_line_ends_are_counted_once() -> None:
    assert key_lines('a = """\r\nb = 1\r\n"""\r\nc = 2\r\n')["c"] == 4


# Generated ----------------------------------------------------------------------------------------------

NAMES = ["a", "b-c", "d_1", "3", '"e.f"', "'g h'", '"i\\"j"', '"# k"', "'[l]'", '"é"']
VALUES = [
    "1", "-0.5", "true", "2026-11-23", "2026-11-23T10:00:00Z", "inf", '""', "''", '"x = 1"', "'# no'", '"a\\"]"',
    '"""\n[t]\nk = 1\n"""', '"""a \\\n  b"""', "'''\n\"\"\"\n# x\n'''", '"""\\""""', '"""""x"""""', "'''''y'''''",
]  # fmt: skip


class Writer:
    """Writes a TOML file by chance, and notes the line of each path as it goes."""

    def __init__(self, chance: random.Random) -> None:
        self.chance, self.text, self.lines = chance, "", dict[Path, int]()

    def put(self, text: str) -> None:
        self.text += text

    def note(self, path: Path) -> None:
        line = self.text.count("\n") + 1
        for length in range(1, len(path) + 1):
            self.lines.setdefault(path[:length], line)

    def space(self) -> None:
        self.put(self.chance.choice(["", " ", "\t", "  "]))

    def end(self) -> None:
        self.put(self.chance.choice(["", "  # note = [", ' # "']) + self.chance.choice(["\n", "\r\n", "\n\n"]))

    def names(self) -> Iterator[str]:
        return iter(self.chance.sample(NAMES, self.chance.randint(1, 4)))

    def pairs(self, path: Path, depth: int) -> None:
        """Write keys with their values, one to a line, some of them dotted."""
        for name in self.names():
            parts = [name, *(self.chance.sample(NAMES, self.chance.randint(0, 2)))]
            self.note((*path, *map(plain, parts)))
            self.put(self.chance.choice([".", " . "]).join(parts))
            self.put(self.chance.choice([" = ", "=", "\t=  "]))
            self.value((*path, *map(plain, parts)), depth)
            self.end()

    def value(self, path: Path, depth: int) -> None:
        form = self.chance.choice(["plain", "list", "table"]) if depth else "plain"
        if form == "plain":
            self.put(self.chance.choice(VALUES))
        elif form == "list":
            self.listed(path, depth - 1)
        else:
            self.inline(path, depth - 1)

    def listed(self, path: Path, depth: int) -> None:
        self.put("[")
        count = self.chance.randint(0, 3)
        for number in range(count):
            self.put(self.chance.choice(["", "\n", " # ]\n  "]))
            self.note((*path, number))
            self.value((*path, number), depth)
            self.put("," if number < count - 1 else self.chance.choice(["", ",", "\n", ", # x\n"]))
        self.put("]")

    def inline(self, path: Path, depth: int) -> None:
        self.put("{")
        for number, name in enumerate(self.names()):
            self.put(", " if number else " ")
            self.note((*path, plain(name)))
            self.put(f"{name} = ")
            self.value((*path, plain(name)), depth)
        self.put(" }")

    def tables(self, path: Path, written: str, depth: int) -> None:
        """Write tables and lists of tables below a path, each with keys and more of them."""
        for name in self.chance.sample(["t", "u", '"v.w"'], self.chance.randint(0, 2)):
            header, is_list = f"{written}{name}", self.chance.random() < 0.5
            for number in range(self.chance.randint(1, 3) if is_list else 1):
                inner: Path = (*path, plain(name), number) if is_list else (*path, plain(name))
                self.note(inner)
                self.put(f"[[{header}]]" if is_list else f"[ {header} ]")
                self.end()
                self.pairs(inner, 2)
                if depth:
                    self.tables(inner, f"{header}.", depth - 1)


def plain(name: str) -> str:
    (key,) = tomllib.loads(f"{name} = 0")
    return key


def paths(value: Any, path: Path = ()) -> Iterator[Path]:
    """Yield the path of every key and entry of what was read."""
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in entries:
        yield (*path, key)
        yield from paths(inner, (*path, key))


def check(seed: int) -> bool:
    """Compare the lines of one generated file; return whether it was TOML, which by chance it may not be."""
    writer = Writer(random.Random(seed))
    writer.pairs((), 2)
    writer.tables((), "", 2)
    try:
        read = tomllib.loads(writer.text)
    except tomllib.TOMLDecodeError:
        return False
    expected = {key_path(*path): line for path, line in writer.lines.items()}
    found = key_lines(writer.text)
    assert found == expected, writer.text
    assert found.keys() == {key_path(*path) for path in paths(read)}
    return True


def test_generated_files_have_the_lines_on_which_they_were_written() -> None:
    assert sum(check(seed) for seed in range(300)) > 200


def test_a_text_that_is_too_deep_to_be_scanned_has_no_lines_and_stops_nothing() -> None:
    deep = "x = " + "[" * 5000 + "]" * 5000
    place = Place(file="a.toml", key="x")
    assert Written((), {}, {"a.toml": deep}).place(place) == place
