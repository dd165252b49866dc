"""Rows from quotations that the declaration makes of the text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from ogp_data.core.findings import Finding
from ogp_data.core.finds import Subject
from ogp_data.core.strict import STRICT
from ogp_data.tables.kind import Declared, Finder, Kind, Offer
from ogp_data.tables.kinds.paragraphs import Paragraphs


@dataclass(frozen=True, slots=True)
class Quote:
    """A dated event, quoted from the text."""

    __pydantic_config__ = STRICT
    description: Annotated[str, "The words that are quoted, whole and exactly as the text has them."]
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
    of: Annotated[str, "The dataset in whose column `text` they stand."]
    quote: Annotated[list[Quote], "The quotations, in the order of the text."]

    lists: ClassVar[Subject] = "events"
    in_document: ClassVar[bool] = False
    offers: ClassVar[Mapping[str, Offer]] = {
        "description": Offer("repeated", "the words that are quoted *"),
        "date_as_written": Offer("repeated", "the words that say when *"),
        "date": Offer("derived", "that date in EDTF (ISO 8601-2), no more precise than the words"),
        "date_earliest": Offer("derived", "the first day that it can mean; empty when its beginning is open"),
        "date_latest": Offer("derived", "the last day that it can mean; empty when its end is open"),
        "phase": Offer("repeated", "the heading under which the words stand *"),
    }

    def check(self, declared: Declared) -> Iterator[Finding]:
        """Yield that nothing is quoted, or that there is no text for it to stand in."""
        if not self.quote:
            yield declared.fault("missing-key", "find.quote", "No quotation is declared.")
        for index, quote in enumerate(self.quote):
            for part in ("description", "date_as_written"):
                if not getattr(quote, part).strip():
                    yield declared.fault("missing-key", f"find.quote[{index}].{part}", "The text is empty.")
        text = declared.known.get(self.of)
        if text is None or not isinstance(text.find, Paragraphs):
            message = f"There is no dataset {self.of!r} of the kind 'paragraphs'."
            yield declared.fault("dangling-reference", "find.of", message)
        elif not any(column.take == "text" and not column.of for column in text.column):
            message = f"Dataset '{text.name}' has no column that takes the text in which the quotations stand."
            yield declared.fault("dangling-reference", "find.of", message, 'Give it a column with take = "text".')


QUOTES = Kind("quotes", Quotes, "Dated events, quoted by the declaration and checked to stand in the text.")
