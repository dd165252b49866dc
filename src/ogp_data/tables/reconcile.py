"""The measure: nothing lost, nothing doubled.

Every character of the source that is not white space lies in just one home, the text of one published cell,
or is set aside with a reason that its own look bears out. The count is made anew on every build from the
staged files, on character spans.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from ogp_data.core.columns import Column
from ogp_data.core.findings import Finding, Place, errors, finding
from ogp_data.core.messages import Message
from ogp_data.core.places import SourcePlace
from ogp_data.core.source import SourceText
from ogp_data.core.tables import Cell, Table
from ogp_data.core.text import ENTITY, LINE_END, Fragment, Passage, decode, fold
from ogp_data.documents import Aside
from ogp_data.documents.looks import decoded, words_in
from ogp_data.tables.claims import homes as claimed
from ogp_data.types import type_of

_JOINTS = frozenset({"", " "})
_DERIVED_JOINTS = _JOINTS | {" > ", "mailto:"}


@dataclass(frozen=True, slots=True)
class Figures:
    """How many words of the source are where.

    A word is cut where a span begins or ends, so there are more than white space alone parts; `characters`, all
    that are not white space, are counted in the source itself, `covered` in the spans. `expected` are the characters
    of the source that are not set aside, `published` those of them that stand in the staged files; `lost` and
    `doubled` tell what the staged files lack, or have besides, too.
    """

    words: int
    homes: int
    aside: Mapping[str, int]
    lost: int
    doubled: int
    characters: int
    covered: int
    expected: int = 0
    published: int = 0

    @property
    def whole(self) -> bool:
        """Return whether every word has just one place."""
        counted = self.characters == self.covered and self.expected == self.published
        return not self.lost and not self.doubled and counted

    def as_dict(self) -> dict[str, object]:
        """Return the figures for a report."""
        return {
            "words": self.words,
            "homes": self.homes,
            "aside": dict(sorted(self.aside.items())),
            "lost": self.lost,
            "doubled": self.doubled,
            "characters": self.characters,
            "covered": self.covered,
            "expected": self.expected,
            "published": self.published,
        }


Staged = Mapping[str, Sequence[Mapping[str, str]]]
"""The rows of each dataset as read back from its staged CSV."""


def reconcile(
    source: SourceText, tables: Sequence[Table], asides: Sequence[Aside], staged: Staged
) -> tuple[Figures, list[Finding]]:
    """Return how the words of the source are accounted for, and every word that is not."""
    findings = [*_check_asides(source, asides)]
    parted = _with_tabs_that_part(source, asides)
    for table in tables:
        findings += _check_table(parted, table, staged.get(table.name, ()))
    figures, faults = _cover(source, tables, asides)
    findings += faults
    figures = _with_published(source, tables, asides, staged, figures)
    if not figures.whole and not errors(findings):
        message = Message(
            "Of {expected} characters that belong in cells, {published} do.",
            expected=figures.expected,
            published=figures.published,
        )
        findings.append(finding("words-changed", message, Place(file=source.name)))
    return figures, findings


# Where each word is -------------------------------------------------------------------------------------


def _cover(source: SourceText, tables: Sequence[Table], asides: Sequence[Aside]) -> tuple[Figures, list[Finding]]:
    """Count the words of each span, and find those that lie in no span or in two."""
    homes = sorted((claim.start, claim.end) for claim in claimed(tables))
    spans = sorted([(a, b, "home") for a, b in homes] + [(x.start, x.end, x.reason) for x in asides])
    counts: Counter[str] = Counter()
    findings: list[Finding] = []
    at = lost = doubled = 0
    for start, end, reason in spans:
        lost += _words(source, at, start, "words-lost", findings)
        doubled += _words(source, start, min(at, end), "words-duplicated", findings)
        counts[reason] += len(source.text[start:end].split())
        at = max(at, end)
    lost += _words(source, at, len(source.text), "words-lost", findings)
    aside = {reason: n for reason, n in counts.items() if reason != "home"}
    words = counts.total() + lost - doubled
    characters = len("".join(source.text.split()))
    covered = sum(len("".join(source.text[start:end].split())) for start, end, _ in spans)
    return Figures(words, counts["home"], aside, lost, doubled, characters, covered), findings


def _words(source: SourceText, start: int, end: int, rule: str, findings: list[Finding]) -> int:
    """Take up a finding for each stretch of words between two offsets; return how many words."""
    words = list(re.finditer(r"\S+", source.text[start:end])) if end > start else []
    if words:
        text = fold(source.text[start:end])
        how = Message("is not in any published cell") if rule == "words-lost" else Message("is in two places")
        place = _at(source, start + words[0].start())
        findings.append(finding(rule, Message("“{text}” {how}.", text=text[:80], how=how), place))
    return len(words)


def _at(source: SourceText, offset: int) -> Place:
    at = source.place(offset)
    return Place(file=source.named(at), at=at)


def _check_asides(source: SourceText, asides: Sequence[Aside]) -> Iterator[Finding]:
    """Yield a finding for text set aside for a reason that its look does not bear out, and for words in markup."""
    for aside in asides:
        text = source.text[aside.start : aside.end]
        words = words_in(text, aside.reason)
        place = _at(source, aside.start)
        if words is None:
            yield finding(
                "words-lost",
                Message("“{fold}” was set aside as {reason}, but is not.", fold=fold(text)[:80], reason=aside.reason),
                place,
            )
        elif words:
            message = Message(
                "“{words}” is in a comment, a title or another part of the markup, and is not in any cell.",
                words=words[:80],
            )
            yield finding("words-set-aside", message, place)


# What is published -------------------------------------------------------------------------------------


def _with_published(
    source: SourceText, tables: Sequence[Table], asides: Sequence[Aside], staged: Staged, figures: Figures
) -> Figures:
    """Return the figures with what the staged files hold, counted in them and not in what the reader claims."""
    wanted = _letters("".join(_decoded(text, part.is_markup) for part, text in source.parts))
    for aside in asides:
        wanted.subtract(_letters(_as_read(source, [(aside.start, aside.end)])))
    held: Counter[str] = Counter()
    lost = doubled = 0
    for want, have, says in _home_cells(source, tables, staged):
        before, after = Counter(want.split()), Counter(have.split())
        lost, doubled = lost + (before - after).total(), doubled + (after - before).total()
        held.update(_letters(says))
    return replace(
        figures,
        lost=figures.lost + lost,
        doubled=figures.doubled + doubled,
        expected=wanted.total(),
        published=(held & wanted).total() - (held - wanted).total(),
    )


def _home_cells(source: SourceText, tables: Sequence[Table], staged: Staged) -> Iterator[tuple[str, str, str]]:
    """Yield for each home what it must say, what its file says, and what words of the source that are.

    A code and a corrected text stand for the words of the source where they are published as they must be.
    """
    for table in tables:
        written = staged.get(table.name, ())
        for number, row in enumerate(table.cells):
            for column in table.spec.column:
                cell = row[column.name]
                if cell.origin == "source" and cell.passage:
                    want = _expected(source, column, cell)
                    have = written[number].get(column.name, "") if number < len(written) else ""
                    stands_for = want == have and (want != cell.passage.text or _is_recorded(cell.passage))
                    yield want, have, _original(source, cell.passage) if stands_for else have


def _is_recorded(passage: Passage) -> bool:
    return any(fragment.recorded for fragment in passage.fragments)


def _original(source: SourceText, passage: Passage) -> str:
    return _as_read(source, list(passage.spans))


def _as_read(source: SourceText, spans: Sequence[tuple[int, int]]) -> str:
    """Return parts of one of the files as people read them."""
    text = "".join(source.text[start:end] for start, end in spans)
    return _decoded(text, bool(spans) and source.written_as_markup(spans[0][0]))


def _decoded(text: str, is_markup: bool) -> str:
    """Return a text as people read it: of markup, the characters that its references stand for."""
    return decoded(text) if is_markup else text


def _letters(text: str) -> Counter[str]:
    """Return how often each character occurs that is not white space, composed and raised ones as their parts."""
    return Counter("".join(_level(text, "NFKD").split()))


def _level(text: str, form: Literal["NFKC", "NFKD"] = "NFKC") -> str:
    """Return a text with raised and lowered characters as plain ones; the raised minus stands for a hyphen as well."""
    return unicodedata.normalize(form, text).replace("\u2212", "-")


# Whether the cells say what the source says -------------------------------------------------------------


def _with_tabs_that_part(source: SourceText, asides: Iterable[Aside]) -> SourceText:
    """Return the document with a space for each tab that a recorded correction takes away, as it parts no cells."""
    taken = [aside for aside in asides if aside.reason == "correction"]
    pieces, at = [], 0
    for aside in sorted(taken, key=lambda aside: aside.start):
        pieces += [source.text[at : aside.start], source.text[max(at, aside.start) : aside.end].replace("\t", " ")]
        at = max(at, aside.end)
    return replace(source, text="".join((*pieces, source.text[at:])))


def _check_table(source: SourceText, table: Table, staged: Sequence[Mapping[str, str]]) -> Iterator[Finding]:
    if len(staged) != len(table.cells):
        message = Message(
            "{name}.csv has {count} rows, {count2} were read.",
            name=table.name,
            count=len(staged),
            count2=len(table.cells),
        )
        yield finding("words-changed", message, Place(file=f"{table.name}/{table.name}.csv"))
    for number, (row, found, written) in enumerate(zip(table.cells, table.places, staged, strict=False), start=2):
        for column in table.spec.column:
            yield from _check_cell(source, table, column, row[column.name], written.get(column.name, ""), number, found)


def _check_cell(
    source: SourceText,
    table: Table,
    column: Column,
    cell: Cell,
    written: str,
    number: int,
    found: tuple[SourcePlace, ...],
) -> Iterator[Finding]:
    at = found[0] if found else None
    if cell.passage and cell.passage.start >= 0:
        at = source.place(cell.passage.start)
    place = Place(f"{table.name}/{table.name}.csv", "", table.name, at, str(number), column.name)
    if cell.passage:
        yield from _check_passage(source, cell, place)
    expected = _expected(source, column, cell)
    if written != expected:
        yield finding("words-changed", _difference(expected, written), _at_word(source, cell, expected, written, place))


def _expected(source: SourceText, column: Column, cell: Cell) -> str:
    """Return what a cell must say: for text, what the source says at its spans."""
    if cell.passage is None or not type_of(column).about.verbatim:
        return cell.value
    return fold("".join(_said(source, fragment) for fragment in cell.passage.fragments))


def _said(source: SourceText, fragment: Fragment) -> str:
    """Return what the source says at a span; a joint and a recorded correction speak for themselves."""
    if fragment.start == fragment.end or fragment.recorded:
        return fragment.text
    text = source.text[fragment.start : fragment.end]
    if ENTITY.fullmatch(text) and source.written_as_markup(fragment.start):
        text = decode(text)
    return fragment.text if _is_set_apart(source, fragment, text) else text


def _is_set_apart(source: SourceText, fragment: Fragment, text: str) -> bool:
    """Return whether a text is the source's own but for characters that are published as raised or lowered."""
    same = _level(fragment.text) == _level(text)
    before = source.text[max(fragment.start - 1000, 0) : fragment.start].lower()
    return same and fragment.text != text and "<su" in before


def _check_passage(source: SourceText, cell: Cell, place: Place) -> Iterator[Finding]:
    """Yield a finding where text is joined out of order, across cells, or with a joint that is a word."""
    joints = _JOINTS if cell.origin == "source" else _DERIVED_JOINTS
    previous = -1
    for fragment in (cell.passage or Passage()).fragments:
        if fragment.start == fragment.end:
            if fragment.text not in joints and not fragment.recorded:
                yield finding("words-changed", Message("“{text}” is not in the source.", text=fragment.text), place)
            continue
        if cell.origin == "source" and fragment.start < previous:
            yield finding("words-changed", Message("“{text}” is out of order.", text=fragment.text[:40]), place)
        elif cell.origin == "source" and previous >= 0:
            between = source.text[previous : fragment.start]
            if "\t" in between and not LINE_END.search(between):
                yield finding("words-changed", Message("“{text}” is in another cell.", text=fragment.text[:40]), place)
        previous = fragment.end


def _first_difference(want: Sequence[str], have: Sequence[str]) -> int:
    """Return which word is the first that differs, counted from 0."""
    pairs = enumerate(zip(want, have, strict=False))
    return next((index for index, (one, other) in pairs if one != other), min(len(want), len(have)))


def _difference(expected: str, written: str) -> str:
    """Return in words how a staged cell differs from the source."""
    want, have = expected.split(), written.split()
    at = _first_difference(want, have)
    say = f"“{' '.join(have[at : at + 4])}”" if have[at:] else Message("nothing")
    should = f"“{' '.join(want[at : at + 4])}”" if want[at:] else Message("nothing")
    return Message("At word {at} the file says {say}, but the source says {should}.", at=at + 1, say=say, should=should)


def _at_word(source: SourceText, cell: Cell, expected: str, written: str, place: Place) -> Place:
    """Return the place of the first word that differs, or of the last where words are added."""
    want = expected.split()
    if cell.passage is None or not want:
        return place
    at = min(_first_difference(want, written.split()), len(want) - 1)
    rest = cell.passage.slice(len(" ".join([*want[:at], ""])), len(expected))
    start = next((fragment.start for fragment in rest.fragments if fragment.start < fragment.end), -1)
    return replace(place, at=source.place(start)) if start >= 0 else place
