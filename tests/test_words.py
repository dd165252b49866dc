"""Any one word removed, added, doubled, changed or moved between reading and the staged files is caught."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from finding_help import line_of
from ogp_data import staging
from ogp_data.checks.readback import check_formats
from ogp_data.core import resources
from ogp_data.core.findings import Finding
from ogp_data.core.places import Line
from ogp_data.core.publication import Publication
from ogp_data.core.records import from_csv
from ogp_data.core.source import SourceText
from ogp_data.core.stage import Stage
from ogp_data.core.tables import Cell, Table
from ogp_data.core.text import Fragment, Passage
from ogp_data.declaration import reading as publication
from ogp_data.documents import READERS
from ogp_data.formats.csv import to_csv
from ogp_data.models.lists import load_lists
from ogp_data.tables import build as tables
from ogp_data.tables import reconcile, typed

ROOT = Path(__file__).parents[1]
KINDS = ("removed", "added", "doubled", "changed", "moved")


@cache
def read() -> tuple[Publication, SourceText, tables.Tables]:
    lists = load_lists(resources.value_lists())
    loaded, _ = publication.load(ROOT / "data", "nl-2020-2022", lists)
    assert loaded
    source = loaded.source_files[0].said
    document = READERS["converted-text"].read(loaded.source_files[0])
    return loaded, source, tables.build(loaded, document)


@cache
def places() -> list[tuple[int, int, str, int]]:
    """Return every word of every cell that has a place in the document: table, row, column, word."""
    _, _, built = read()
    return [
        (t, r, column, w)
        for t, table in enumerate(built.tables)
        for r, row in enumerate(table.cells)
        for column, cell in row.items()
        if cell.passage
        for w in range(len(cell.value.split()))
    ]


def mutate(kind: str, words: list[str], at: int) -> list[str]:
    if kind == "removed":
        return words[:at] + words[at + 1 :]
    if kind == "added":
        return [*words[:at], "woord", *words[at:]]
    if kind == "doubled":
        return [*words[: at + 1], *words[at:]]
    if kind == "changed":
        return [*words[:at], words[at] + "x", *words[at + 1 :]]
    rest = words[:at] + words[at + 1 :]
    return [*rest[: (at + 1) % (len(rest) + 1)], words[at], *rest[(at + 1) % (len(rest) + 1) :]]


def expected_lines(cell: Cell, source: SourceText) -> set[int]:
    assert cell.passage
    return {place.number for place in source.places(cell.passage) if isinstance(place, Line)}


def check(built: tables.Tables, source: SourceText, changed: dict[str, list[dict[str, str]]]) -> list[Finding]:
    unchanged = {table.name: as_staged(table) for table in built.tables if table.name not in changed}
    return reconcile.reconcile(source, built.tables, built.asides, unchanged | changed)[1]


_STAGED: dict[int, tuple[Table, list[dict[str, str]]]] = {}


def as_staged(table: Table) -> list[dict[str, str]]:
    """Return the rows of a table as its CSV gives them back; each table is written and read once."""
    if id(table) not in _STAGED:
        _STAGED[id(table)] = (table, [dict(row) for row in from_csv(to_csv(table.frame))])
    return _STAGED[id(table)][1]


def test_the_document_itself_reconciles() -> None:
    _, source, built = read()
    figures, found = reconcile.reconcile(
        source, built.tables, built.asides, {table.name: from_csv(to_csv(table.frame)) for table in built.tables}
    )
    assert found == []
    assert figures.whole


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(kind=st.sampled_from(KINDS), place=st.integers(min_value=0, max_value=10**6))
def test_a_word_mutated_in_a_staged_csv_is_caught_with_its_line(kind: str, place: int) -> None:
    _, source, built = read()
    t, r, column, w = places()[place % len(places())]
    table = built.tables[t]
    staged = [dict(row) for row in as_staged(table)]
    words = staged[r][column].split()
    mutated = mutate(kind, words, min(w, len(words) - 1))
    if mutated == words:  # a moved word of a one-word cell, or between two equal words
        return
    staged[r][column] = " ".join(mutated)
    found = check(built, source, {table.name: staged})
    assert found, (table.name, r, column, kind)
    assert all(fault.rule.startswith("words-") for fault in found)
    assert {line_of(fault) for fault in found} & expected_lines(table.cells[r][column], source)


@pytest.mark.parametrize("kind", KINDS)
def test_a_word_moved_to_another_cell_or_row_is_caught(kind: str) -> None:
    """Moving a word out of one cell into another is a removal here and an addition there."""
    _, source, built = read()
    table = next(table for table in built.tables if table.name == "assessments")
    chance = random.Random(kind)
    for _ in range(20):
        staged = [dict(row) for row in as_staged(table)]
        one, two = chance.sample([(r, c) for r in range(13) for c in ("evidence", "reasons", "next_steps")], 2)
        words = staged[one[0]][one[1]].split()
        word = words.pop(chance.randrange(len(words)))
        staged[one[0]][one[1]] = " ".join(words)
        staged[two[0]][two[1]] += " " + word
        found = check(built, source, {"assessments": staged})
        lines = {line_of(fault) for fault in found}
        assert lines & expected_lines(table.cells[one[0]][one[1]], source)
        assert lines & expected_lines(table.cells[two[0]][two[1]], source)


# Faults of the reader itself: what it claims must be what the source says --------------------------------


def with_passage(built: tables.Tables, name: str, row: int, column: str, passage: Passage) -> tables.Tables:
    """Return the tables as a faulty reader would have made them."""
    changed: list[Table] = []
    for table in built.tables:
        if table.name == name:
            cells = [dict(cell) for cell in table.cells]
            cells[row][column] = replace(cells[row][column], passage=passage, value=passage.text)
            table = Table(table.spec, typed.frame(table.spec, cells), table.places, tuple(cells))
        changed.append(table)
    return replace(built, tables=tuple(changed))


def passage_of(built: tables.Tables, name: str, row: int, column: str) -> Passage:
    table = next(table for table in built.tables if table.name == name)
    passage = table.cells[row][column].passage
    assert passage
    return passage


def split_at_word(passage: Passage, word: str) -> tuple[Passage, Passage, Passage]:
    at = passage.text.index(word)
    end = at + len(word)
    return passage.slice(0, at), passage.slice(at, end), passage.slice(end, len(passage.text))


def test_a_word_that_the_reader_drops_is_lost() -> None:
    _, source, built = read()
    before, _, after = split_at_word(passage_of(built, "assessments", 1, "reasons"), "incremental,")
    found = check(with_passage(built, "assessments", 1, "reasons", before + after), source, {})
    assert [(f.rule, line_of(f)) for f in found] == [("words-lost", 101)]
    assert "“incremental,”" in found[0].message


def test_a_word_that_the_reader_takes_twice_is_doubled() -> None:
    _, source, built = read()
    before, word, after = split_at_word(passage_of(built, "assessments", 1, "reasons"), "incremental,")
    found = check(with_passage(built, "assessments", 1, "reasons", before + word + word + after), source, {})
    assert ("words-duplicated", 101) in [(f.rule, line_of(f)) for f in found]


def test_a_word_that_the_reader_changes_is_caught() -> None:
    _, source, built = read()
    before, word, after = split_at_word(passage_of(built, "assessments", 1, "reasons"), "incremental,")
    tampered = Passage(tuple(replace(f, text=f.text.replace("incre", "excre")) for f in word.fragments))
    found = check(with_passage(built, "assessments", 1, "reasons", before + tampered + after), source, {})
    assert [(f.rule, line_of(f)) for f in found] == [("words-changed", 101)]


def test_a_word_that_the_reader_invents_is_caught() -> None:
    _, source, built = read()
    passage = passage_of(built, "assessments", 1, "reasons")
    invented = passage + Passage((Fragment(" moreover", passage.fragments[-1].end, passage.fragments[-1].end),))
    found = check(with_passage(built, "assessments", 1, "reasons", invented), source, {})
    assert any(f.rule == "words-changed" and "moreover" in f.message and line_of(f) == 101 for f in found)


def test_words_that_the_reader_puts_out_of_order_are_caught() -> None:
    _, source, built = read()
    before, word, after = split_at_word(passage_of(built, "assessments", 1, "reasons"), "incremental,")
    found = check(with_passage(built, "assessments", 1, "reasons", before + after + word), source, {})
    assert any(f.rule == "words-changed" and line_of(f) == 101 for f in found)


def test_a_word_that_the_reader_moves_over_a_cell_border_is_caught() -> None:
    _, source, built = read()
    evidence, reasons = (passage_of(built, "assessments", 1, c) for c in ("evidence", "reasons"))
    last = split_at_word(evidence, "Act.")[1]
    moved = with_passage(built, "assessments", 1, "evidence", split_at_word(evidence, "Act.")[0])
    moved = with_passage(moved, "assessments", 1, "reasons", last + reasons)
    found = check(moved, source, {})
    assert any(f.rule == "words-changed" and line_of(f) == 101 for f in found)


def test_a_word_set_aside_as_markup_that_is_none_is_caught() -> None:
    _, source, built = read()
    before, word, after = split_at_word(passage_of(built, "assessments", 1, "reasons"), "incremental,")
    swept = with_passage(built, "assessments", 1, "reasons", before + after)
    start, end = next(word.spans)
    aside = replace(built.asides[0], start=start, end=end, reason="markup")
    found = check(replace(swept, asides=(*swept.asides, aside)), source, {})
    assert [(f.rule, line_of(f)) for f in found] == [("words-lost", 101)]


# The linked files ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", ["ttl", "jsonld"])
def test_a_word_changed_in_a_linked_file_is_caught_with_its_line(tmp_path: Path, suffix: str) -> None:
    loaded, _, built = read()
    stage = Stage(tmp_path / "stage")
    records = staging.stage_tables(built.tables, stage)
    staging.stage_linked(loaded, loaded.source_files[0].said, built.tables, records, stage)
    table = next(table for table in built.tables if table.name == "assessments")
    names = [f"assessments/assessments.{s}" for s in ("ttl", "jsonld", "prov.ttl")]
    files = {name: stage.read(name) for name in names}
    assert check_formats(loaded, table, records["assessments"], files) == []
    for old, new in (
        (b"incremental,", b"radical,"),
        (b"incremental, ", b""),
        (b"incremental,", b"incremental, incremental,"),
    ):
        changed = {
            **files,
            f"assessments/assessments.{suffix}": files[f"assessments/assessments.{suffix}"].replace(old, new),
        }
        found = check_formats(loaded, table, records["assessments"], changed)
        assert [(f.rule, line_of(f)) for f in found] == [("formats-differ", 101)] * 2  # lacks one, has another


def test_a_changed_line_in_the_provenance_is_caught(tmp_path: Path) -> None:
    loaded, _, built = read()
    stage = Stage(tmp_path / "stage")
    records = staging.stage_tables(built.tables, stage)
    staging.stage_linked(loaded, loaded.source_files[0].said, built.tables, records, stage)
    table = next(table for table in built.tables if table.name == "themes")
    files = {f"themes/themes.{s}": stage.read(f"themes/themes.{s}") for s in ("ttl", "jsonld", "prov.ttl")}
    files["themes/themes.prov.ttl"] = files["themes/themes.prov.ttl"].replace(b"#line=17,18", b"#line=18,19")
    assert {f.rule for f in check_formats(loaded, table, records["themes"], files)} == {"formats-differ"}


# A small document by hand: what a finding says, and where ------------------------------------------------


@dataclass(frozen=True)
class Small:
    """A table of one text column, made by hand from lines of a document; `joined` texts stand over two lines."""

    source: SourceText
    table: Table

    def told(self, *texts: str) -> list[tuple[str, int | None, str, str]]:
        """Return the line, file row and message of each finding when the staged file has these texts."""
        staged = {"notes": [{"number": str(n), "text": text} for n, text in enumerate(texts, 1)]}
        found = reconcile.reconcile(self.source, [self.table], (), staged)[1]
        return [(one.rule, line_of(one), one.place.row, one.message) for one in found]

    def figures(self, *texts: str) -> reconcile.Figures:
        staged = {"notes": [{"number": str(n), "text": text} for n, text in enumerate(texts, 1)]}
        return reconcile.reconcile(self.source, [self.table], (), staged)[0]


def small() -> Small:
    text = "een twee\ndrie vier\nvijf zes\n"
    loaded, _, _ = read()
    model = next(spec for spec in loaded.declaration.dataset if spec.name == "recommendations")
    number, words = (next(c for c in model.column if c.take == take) for take in ("number", "text"))
    spec = replace(model, name="notes", column=(replace(number, name="number"), replace(words, name="text")))
    spans = ((0, 18), (19, 27))
    cells = tuple(
        {"number": Cell(str(n)), "text": Cell(passage.text, "source", passage)}
        for n, (start, end) in enumerate(spans, 1)
        for passage in [Passage((Fragment(text[start:end], start, end),))]
    )
    return Small(
        SourceText.of("d.txt", text), Table(spec, typed.frame(spec, cells), ((Line(1), Line(2)), (Line(3),)), cells)
    )


def test_what_is_right_is_told_by_nothing_and_counted_in_the_file() -> None:
    assert small().told("een twee drie vier", "vijf zes") == []
    figures = small().figures("een twee drie vier", "vijf zes")
    assert (figures.whole, figures.lost, figures.expected, figures.published) == (True, 0, 22, 22)


@pytest.mark.parametrize(
    ("first", "second", "line", "row", "message"),
    [
        ("een twee drie vijf", "vijf zes", 2, "2", "At word 4 the file says “vijf”, but the source says “vier”."),
        (
            "ene twee drie vier",
            "vijf zes",
            1,
            "2",
            "At word 1 the file says “ene twee drie vier”, but the source says “een twee",
        ),
        ("een twee vier", "vijf zes", 2, "2", "At word 3 the file says “vier”, but the source says “drie vier”."),
        ("een twee", "vijf zes", 2, "2", "At word 3 the file says nothing, but the source says “drie vier”."),
        ("een twee drie vier", "vijf", 3, "3", "At word 2 the file says nothing, but the source says “zes”."),
        ("een twee drie vier", "vijf zes acht", 3, "3", "At word 3 the file says “acht”, but the source says nothing."),
        ("een twee drie vier", "", 3, "3", "At word 1 the file says nothing, but the source says “vijf zes”."),
    ],
)
def test_a_difference_is_told_at_its_word_line_and_row(
    first: str, second: str, line: int, row: str, message: str
) -> None:
    (found,) = small().told(first, second)
    assert found[:3] == ("words-changed", line, row)
    assert found[3].startswith(message)
    assert not small().figures(first, second).whole


@pytest.mark.parametrize(
    ("second", "lost", "doubled"), [("vijf", 1, 0), ("", 2, 0), ("vijf zes zes", 0, 1), ("vijf acht", 1, 1)]
)
def test_the_figures_count_the_words_of_the_file(second: str, lost: int, doubled: int) -> None:
    figures = small().figures("een twee drie vier", second)
    assert (figures.lost, figures.doubled, figures.whole) == (lost, doubled, False)


def test_a_row_that_the_file_lacks_is_told_and_its_words_are_lost() -> None:
    assert ("words-changed", None, "", "notes.csv has 1 rows, 2 were read.") in small().told("een twee drie vier")
    assert small().figures("een twee drie vier").lost == 2
