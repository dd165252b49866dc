"""Rows from quotations that the declaration makes of the text."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Annotated, ClassVar, Literal

from ogp_data.core.columns import DatasetSpec
from ogp_data.core.dates import Dated, read_date
from ogp_data.core.edtf import days, is_edtf
from ogp_data.core.findings import Finding, Place
from ogp_data.core.finds import Subject
from ogp_data.core.messages import Message
from ogp_data.core.near import meant
from ogp_data.core.strict import STRICT
from ogp_data.core.tables import Cell
from ogp_data.core.text import Passage
from ogp_data.tables.kind import Declared, Finder, Kind, Offer, Turn
from ogp_data.tables.kinds.paragraphs import Paragraphs
from ogp_data.tables.rows import Draft, Reading, Row, Search, derived_cell, taking
from ogp_data.tables.sections import PATH_JOINT


@dataclass(frozen=True, slots=True)
class Quote:
    """A dated event, quoted from the text."""

    __pydantic_config__ = STRICT
    description: Annotated[str, "The words that are quoted, complete and exactly as in the text."]
    date_as_written: Annotated[str, "Those of the quoted words that say when."]
    year: Annotated[int | None, "The year, when only the context gives it; published as uncertain (`2020?-03-04`)."] = (
        None
    )
    date: Annotated[str, "The date as EDTF, where the program cannot read the words as a date."] = ""


@dataclass(frozen=True, slots=True)
class Quotes(Finder):
    """Rows from declared quotations, each checked to stand in the text of another dataset."""

    __pydantic_config__ = STRICT
    kind: Literal["quotes"]
    of: Annotated[str, "The dataset whose column `text` contains them."]
    quote: Annotated[list[Quote], "The quotations, in the order of the text."]

    lists: ClassVar[Subject] = "events"
    turn: ClassVar[Turn] = Turn.TAKEN
    may_be_empty: ClassVar[bool] = True
    offers: ClassVar[Mapping[str, Offer]] = {
        "description": Offer("repeated", "the words that are quoted *"),
        "date_as_written": Offer("repeated", "the words that say when *"),
        "date": Offer("derived", "that date in EDTF (ISO 8601-2), no more precise than the words"),
        "date_earliest": Offer("derived", "the first day that it can mean; empty when its beginning is open"),
        "date_latest": Offer("derived", "the last day that it can mean; empty when its end is open"),
        "phase": Offer("repeated", "the heading that the words are under *"),
    }

    def check(self, declared: Declared) -> Iterator[Finding]:
        """Yield that nothing is quoted, or that there is no text for it to stand in."""
        if not self.quote:
            yield declared.fault("missing-key", "find.quote", Message("No quotations are declared."))
        for index, quote in enumerate(self.quote):
            for part in ("description", "date_as_written"):
                if not getattr(quote, part).strip():
                    yield declared.fault("missing-key", f"find.quote[{index}].{part}", Message("The text is empty."))
        text = declared.known.get(self.of)
        if text is None or not isinstance(text.find, Paragraphs):
            message = Message("There is no dataset {of!r} of the kind 'paragraphs'.", of=self.of)
            able = [name for name, spec in declared.known.items() if isinstance(spec.find, Paragraphs)]
            yield declared.fault("dangling-reference", "find.of", message, meant(self.of, able))
        elif not any(column.take == "text" and not column.of for column in text.column):
            message = Message(
                "Dataset '{name}' has no column that takes the text containing the quotations.", name=text.name
            )
            yield declared.fault(
                "dangling-reference", "find.of", message, Message('Give it a column with take = "text".')
            )

    def rows(self, search: Search, spec: DatasetSpec) -> list[Row]:
        """Return a row for each declared quotation that stands in the text."""
        return _quote_rows(search, spec, self)


def _quote_rows(search: Search, spec: DatasetSpec, find: Quotes) -> list[Row]:
    """Return a row for each declared quotation that stands in the text."""
    reading = search.reading
    texts = list(_texts(search.publication.specs[find.of], search.drafts[find.of]))
    at = f"dataset[{reading.declaration.dataset.index(spec)}].find.quote"
    places = (replace(reading.declared(f"{at}[{index}]"), table=spec.name) for index in itertools.count())
    rows = (_quote_row(reading, quote, texts, place) for quote, place in zip(find.quote, places, strict=False))
    return [row for row in rows if row]


def _texts(spec: DatasetSpec, drafts: Iterable[Draft]) -> Iterator[tuple[Passage, Passage]]:
    """Yield the text of each row of paragraphs, and its section."""
    text, section = taking(spec, "text"), taking(spec, "section")
    for draft in drafts:
        if text and (passage := draft.cells[text].passage):
            yield passage, draft.cells.get(section, Cell()).passage or Passage()


def _quote_row(reading: Reading, quote: Quote, texts: Iterable[tuple[Passage, Passage]], place: Place) -> Row | None:
    """Return the row of a quotation; None, and what is wrong is taken up, where it does not stand in the text."""
    quoted = ((passage.quoted(quote.description), section) for passage, section in texts)
    part, section = next((found for found in quoted if found[0]), (None, Passage()))
    written = part and part.quoted(quote.date_as_written)
    if part is None:
        message = Message("The text does not contain “{description}”.", description=quote.description[:60])
        reading.fault("quote-not-found", message, place)
    elif written is None:
        message = Message(
            "The description does not contain “{date_as_written}”.", date_as_written=quote.date_as_written
        )
        reading.fault("quote-not-found", message, place)
    elif (edtf := _date_of(reading, quote, place)) is not None:
        return Row(_offers(edtf, part, written, section), reading.document.source.places(part))
    return None


def _date_of(reading: Reading, quote: Quote, place: Place) -> str | None:
    """Return the date of a quotation; None, and what is wrong is taken up, where its words say none."""
    dated = _quote_date(quote, reading.declaration.language)
    if dated.fault:
        hint = Message(
            "Quote the words that say when; give `year` when only the context says which, or `date` in EDTF."
        )
        reading.fault(
            "invalid-date",
            Message("“{date_as_written}” {fault}.", date_as_written=quote.date_as_written, fault=dated.fault),
            place,
            hint,
        )
        return None
    return dated.edtf


def _offers(edtf: str, part: Passage, written: Passage, section: Passage) -> dict[str, Cell]:
    title = section.text.rsplit(PATH_JOINT, 1)[-1]
    phase = section.slice(len(section.text) - len(title), len(section.text))
    earliest, latest = days(edtf)
    return {
        "date": Cell(edtf, "derived"),
        "date_earliest": Cell(str(earliest or ""), "derived"),
        "date_latest": Cell(str(latest or ""), "derived"),
        "date_as_written": derived_cell(written),
        "description": derived_cell(part),
        "phase": derived_cell(phase),
    }


def _quote_date(quote: Quote, language: str) -> Dated:
    """Return the date that a quotation is declared to have, or that its words say."""
    if not quote.date:
        return read_date(quote.date_as_written, language, quote.year)
    return (
        Dated(quote.date)
        if is_edtf(quote.date)
        else Dated(fault=Message("is declared as {date!r}, which is not a date", date=quote.date))
    )


QUOTES = Kind("quotes", Quotes, "Dated events, quoted by the declaration and checked against the text.")
