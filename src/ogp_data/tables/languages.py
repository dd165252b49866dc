"""Rows of a document in several languages: a thing is one row, in however many languages it is said.

The files of each language are searched for themselves. Rows of further languages are paired with those of the first by
number, or else by key; what they offer stands beside that of the first, by offer and language.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ogp_data.core.columns import Column, DatasetSpec
from ogp_data.core.findings import Finding
from ogp_data.core.messages import Message
from ogp_data.core.places import merged
from ogp_data.core.tables import Cell
from ogp_data.tables.kind import Finder, finder
from ogp_data.tables.numbers import by_number, takes_number
from ogp_data.tables.rows import Row, Search
from ogp_data.tables.taking import has_own, keys, offer_of, said_in
from ogp_data.types import type_of
from ogp_data.types.base import Setting, Written

_FIND = re.compile(r"\A(dataset\[\d+\]\.)find\.")

_Name = tuple[str, ...]
"""What tells the things of a dataset apart: what they are under, their number and letter; or their key."""
_Thing = dict[str, Row]
"""The rows that say one thing, by language."""


def rows_in_files(search: Search, spec: DatasetSpec) -> list[Row]:
    """Return the rows of a dataset in all files, those of files whose numbers name them in the order of these."""
    rows = _rows_in_languages(search, spec)
    return by_number(rows) if len(search.publication.source_files) > 1 and takes_number(spec.key) else rows


def _rows_in_languages(search: Search, spec: DatasetSpec) -> list[Row]:
    """Return the rows of a dataset, those that say one thing in several languages as one."""
    languages = search.publication.declaration.source_languages
    if len(languages) == 1:
        return finder(spec).rows(search, spec)
    found = {language: _rows(search, spec, language) for language in languages}
    if not finder(spec).paired:
        return [row for rows in found.values() for row in rows]
    return _Pairing(search, spec, languages).paired(found)


def in_language(spec: DatasetSpec, language: str) -> Finder:
    """Return where the rows of a dataset are found in the files of a language."""
    return finder(_localized(spec, language))


def _localized(spec: DatasetSpec, language: str) -> DatasetSpec:
    """Return a dataset as it is found in the files of a language, with the headings of that."""
    if language not in spec.find_in:
        return spec
    here = replace(spec, find=spec.find_in[language])
    called = finder(here).called_here(finder(spec))
    return replace(here, column=[replace(one, heading=called.get(one.heading, one.heading)) for one in spec.column])


def _rows(search: Search, spec: DatasetSpec, language: str) -> list[Row]:
    """Return the rows of the files in a language, which offer all under the names that it has in the first."""
    files, declaration = search.publication.source_files, search.reading.declaration
    placed = [spot for spot in search.placed if files[spot.block.place.file - 1].language == language]
    specs = [_localized(one, language) for one in declaration.dataset]
    own = specs[[one.name for one in specs].index(spec.name)]
    reading = replace(search.reading, declaration=replace(declaration, dataset=specs))
    before, told = search.parents.get(spec.name, {}), len(reading.findings)
    rows = finder(own).rows(replace(search, placed=placed, reading=reading), own)
    if spec.name in search.parents:
        search.parents[spec.name] = {**before, **search.parents[spec.name]}
    reading.findings[told:] = [_told_here(fault, spec, language) for fault in reading.findings[told:]]
    called = finder(own).called_here(finder(spec))
    return [_renamed(row, {f"cell:{here}": f"cell:{first}" for first, here in called.items()}) for row in rows]


def _renamed(row: Row, names: Mapping[str, str]) -> Row:
    offers = {names.get(offer, offer): cell for offer, cell in row.offers.items()}
    return replace(row, offers=offers, anchors={names.get(offer, offer): one for offer, one in row.anchors.items()})


def _told_here(fault: Finding, spec: DatasetSpec, language: str) -> Finding:
    """Return a finding about where rows are found with the key that says so for their language."""
    key = fault.place.key
    if language in spec.find_in:
        key = _FIND.sub(rf"\1find_in.{language}.", key)
    return replace(fault, place=replace(fault.place, key=key))


@dataclass(frozen=True, slots=True)
class _Pairing:
    """Pairs the rows of a dataset."""

    search: Search
    spec: DatasetSpec
    languages: Sequence[str]

    def paired(self, found: Mapping[str, list[Row]]) -> list[Row]:
        """Return the things of a dataset as rows, in the order of the first language, then those that it has not.

        What stands twice in a language stays two rows: that is told of the rows.
        """
        things: dict[_Name, _Thing] = {}
        again: list[Row] = []
        for language, rows in found.items():
            for name, row in zip(self._names(rows), rows, strict=True):
                thing = things.setdefault(name, {})
                if thing.setdefault(language, row) is not row:
                    again.append(row)
        self._check_said(things, [language for language, rows in found.items() if rows])
        self._check_columns([*things.values()])
        return [*map(self._joined, things.values()), *again]

    def _names(self, rows: Sequence[Row]) -> list[_Name]:
        by_key = keys(self.search.publication, self.spec, rows)
        return [
            (row.text("parent"), row.number, row.text("letter")) if row.number else (key,)
            for row, key in zip(rows, by_key, strict=True)
        ]

    def _check_said(self, things: Mapping[_Name, _Thing], there: Sequence[str]) -> None:
        """Tell of things that are said in some of the languages only in which the dataset has rows."""
        for name, thing in things.items():
            for language in there:
                if language not in thing:
                    row = next(iter(thing.values()))
                    message = Message(
                        "{name} is not said in the language {language}.", name=" ".join(name).strip(), language=language
                    )
                    place = self.search.reading.place(row.places[0], self.spec.name, row=row.number)
                    self.search.reading.fault("untranslated-row", message, place)

    def _check_columns(self, things: Sequence[_Thing]) -> None:
        """Tell of columns that most rows fill in one language and none in another: there the label is another one."""
        for column in self.spec.column:
            offer, language = offer_of(column), self._language(column)
            for other in {self._language(one) for one in self.spec.column if offer_of(one) == offer} - {language}:
                pairs = [(thing[other], thing[language]) for thing in things if {other, language} <= thing.keys()]
                filled = [row for row, _ in pairs if row.text(offer)]
                if 2 * len(filled) > len(pairs) and not any(row.text(offer) for _, row in pairs):
                    self._tell_column(column, filled, other, language)

    def _language(self, column: Column) -> str:
        return column.language or self.languages[0]

    def _tell_column(self, column: Column, filled: Sequence[Row], other: str, language: str) -> None:
        message = Message(
            "{count} rows say this in the language {other}, and none of them in the language {language}.",
            count=len(filled),
            other=other,
            language=language,
        )
        place = self.search.reading.place(filled[0].places[0], self.spec.name, column.name, filled[0].number)
        self.search.reading.fault("untranslated-column", message, place)

    def _joined(self, thing: _Thing) -> Row:
        """Return the rows that say one thing as one."""
        (first_language, first), *further = thing.items()
        offers, anchors = dict(first.offers), dict(first.anchors)
        for language, row in further:
            offers |= {said_in(offer, language): cell for offer, cell in row.offers.items()}
            anchors |= {said_in(offer, language): found for offer, found in row.anchors.items()}
        places = merged(place for row in thing.values() for place in row.places)
        joined = replace(first, offers=offers, anchors=anchors, places=places)
        for language, _ in further:
            self._say_once(joined, offers, first_language, language)
        return joined

    def _say_once(self, row: Row, offers: dict[str, Cell], first: str, language: str) -> None:
        """Set aside what a row says once more in a language that has no column for it: it must be the same."""
        for column in self.spec.column:
            offer = offer_of(column)
            again = offers.get(said_in(offer, language), Cell())
            is_apart = column.of or column.language == language or has_own(self.spec, offer, language)
            if is_apart or again.origin != "source" or again.passage is None:
                continue
            said = offers.get(offer, Cell())
            if not said.value:
                offers[offer] = again
                continue
            if self._value(column, said, first) != self._value(column, again, language):
                self._differ(column, row, said, again)
            self.search.reading.set_aside(again.passage, "repeated")

    def _value(self, column: Column, cell: Cell, language: str) -> object:
        """Return what a cell says, as its column reads it in a language."""
        return type_of(column).parse(
            Written(cell.value, language, {}), Setting(self.search.publication, replace(column, language=language))
        )

    def _differ(self, column: Column, row: Row, said: Cell, again: Cell) -> None:
        reading = self.search.reading
        message = Message(
            "{again!r} is said here, and {said!r} in the first language.", again=again.value[:60], said=said.value[:60]
        )
        at = reading.document.source.place(again.passage.start) if again.passage else row.places[0]
        reading.fault("languages-differ", message, reading.place(at, self.spec.name, column.name, row.number))
