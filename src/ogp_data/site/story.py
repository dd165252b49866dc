"""A commitment -> its story: what was promised, who leads, how far it is, what was done, why, and what is next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ogp_data.core import places
from ogp_data.core.messages import Message
from ogp_data.core.places import SourcePlace, merged
from ogp_data.core.words import Text, Words
from ogp_data.site.cells import Cell, Row
from ogp_data.site.context import Commitment, Material, Theme
from ogp_data.site.prose import Prose, items, prose, sentence_with, sentences
from ogp_data.types import language_of, type_of

_LEADS = ("ogp:leadOrganisation", "ogp:leadInstitution")
_PARTNERS = ("ogp:supportingInstitution",)
_PERIOD = (("schema:startDate", "schema:endDate"), ("ogp:startAsWritten", "ogp:endAsWritten"), ("ogp:periodAsWritten",))

_PROMISED, _DONE, _WHY, _NEXT = (
    Message("What was promised"),
    Message("What was done"),
    Message("Why"),
    Message("What comes next"),
)
CHAPTERS: tuple[tuple[Message, tuple[str, ...]], ...] = (
    (
        _PROMISED,
        (
            "ogp:shortTitle",
            "dct:description",
            "ogp:objective",
            "ogp:ambition",
            "ogp:problem",
            "ogp:context",
            "ogp:relevance",
            "ogp:contribution",
            "ogp:roadmap",
            "ogp:furtherText",
        ),
    ),
    (_DONE, ("ogp:results", "ogp:evidence")),
    (_WHY, ("ogp:reasons",)),
    (_NEXT, ("ogp:nextSteps",)),
)
"""The chapters of a story, and the properties that each tells, in order."""

_RESULTS = ("ogp:results", "ogp:reasons", "ogp:evidence", "ogp:objective", "dct:description", "ogp:shortTitle")
"""What one line of result is taken of: the first of these that there is."""


Marks = Mapping[tuple[str, str], Mapping[str, Sequence[int]]]
"""The numbers of findings by the dataset and row that each is about, and there by the column."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of a story: what it is called, and the texts that tell it."""

    name: Message
    texts: Sequence[Prose]

    @property
    def is_promise(self) -> bool:
        """Return whether it tells what was promised."""
        return self.name is _PROMISED


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of the document: whole sentences, their language, and where they stand."""

    text: str
    language: str
    places: Sequence[SourcePlace]


@dataclass(frozen=True, slots=True)
class Fact:
    """Something short that is known of a commitment: what it is called, and its cells."""

    name: Text
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Story:
    """A commitment as it is told, with what stands beside it; no cell of its rows is left out of all of these."""

    chapters: Sequence[Chapter]
    quote: Quote | None
    theme: Theme | None
    leads: Sequence[Text]
    lead_cells: Sequence[Cell]
    facts: Sequence[Fact]
    period: Sequence[Cell]
    identifiers: Sequence[tuple[Cell, str]]
    """What it is known by elsewhere, with the page there."""
    told: frozenset[tuple[str, str]]
    """The dataset and column of each cell that the story tells in full."""
    pictures: Sequence[str]
    """What the document says of other pictures there: beside the title, or where it has no word."""

    def has_quoted(self, chapter: Chapter, wrong: Marks) -> bool:
        """Return whether a chapter says no more than the quotation does, and of no cell in which anything is wrong."""
        first = chapter.texts[0]
        is_plain = len(chapter.texts) == 1 and first.is_plain
        faults = wrong.get((first.row.spec.name, first.row.key), {})
        is_sound = first.cell.column.name not in faults
        return is_plain and is_sound and self.quote is not None and first.text == self.quote.text

    def rest(self, row: Row) -> list[Cell]:
        """Return the cells of a row that the story does not tell; a text that it tells of another cell stands once."""
        texts = {text.cell.value for chapter in self.chapters for text in chapter.texts}
        return [
            cell
            for cell in row.cells
            if (row.spec.name, cell.column.name) not in self.told
            if not (cell.value in texts and type_of(cell.column).about.spoken)
        ]


class Teller:
    """Tells commitments: of a text that the document has in several languages, it takes the one of the page."""

    def __init__(self, material: Material) -> None:
        """Take what is told of; each story is made once, for all pages that tell it."""
        self._material, self._own = material, material.publication.declaration.language
        specs = filter(None, (material.parts.commitments, material.parts.assessments))
        self._spoken = {language_of(column, self._own) for spec in specs for column in spec.column}
        self._told: dict[tuple[str, str], Story] = {}

    def story(self, one: Commitment, language: str) -> Story:
        """Return the story of a commitment on pages in a language."""
        tongue = language if language in self._spoken else self._own
        if (one.key, tongue) not in self._told:
            self._told[one.key, tongue] = _Telling(self._material, one, tongue).story()
        return self._told[one.key, tongue]


@dataclass(frozen=True, slots=True)
class _Telling:
    """A commitment that is told in a language."""

    material: Material
    one: Commitment
    language: str
    read: dict[tuple[str, str], Prose] = field(default_factory=dict)

    def story(self) -> Story:
        """Return its story."""
        chapters, leads = list(self._chapters()), self._lead_cells()
        return Story(
            chapters,
            self._quote(),
            self.material.theme_of.get(self.one.key),
            self._leads(leads),
            leads,
            [Fact(cell.column.title, [cell]) for cell in self._saying(self.one.row, *_PARTNERS)],
            next(filter(None, (self._saying(self.one.row, *names) for names in _PERIOD)), []),
            self._identifiers(),
            frozenset((text.row.spec.name, text.cell.column.name) for chapter in chapters for text in chapter.texts),
            self._pictures(chapters),
        )

    def _pictures(self, chapters: Sequence[Chapter]) -> list[str]:
        """Return what is said of the pictures of its rows, but those that the chapters tell of."""
        read = self.material.laid.paragraphs
        if not (read and read.is_pictured):
            return []
        texts = (prose(self.material, row, cell) for row in self.one.rows for cell in row.cells if cell.value)
        found = [said for text in texts for said in text.pictures]
        places = merged(place.whole for row in self.one.rows for place in row.places)
        found += [said for place in places for said in read.wordless.get(place, ())]
        told = {said for chapter in chapters for text in chapter.texts for said in text.pictures}
        return [said for said in dict.fromkeys(found) if said not in told]

    def _leads(self, cells: Sequence[Cell]) -> list[Text]:
        """Return the names of who leads it, each once."""
        found: dict[str, Text] = {}
        for cell in cells:
            if type_of(cell.column).about.names == "agents":
                found |= {part.text: part.words or Words(und=part.text) for part in cell.parts}
            else:
                found |= {name: Words(und=name) for name in items(self._prose(self.one.row, cell))}
        return list(found.values())

    def _quote(self) -> Quote | None:
        """Return the words that say how far it is: what its status rests on, else the first sentence of a result."""
        quote = self.one.quote
        for row in (*self.one.assessments, self.one.row):
            for cell in self._saying(row, *_RESULTS):
                found = self._prose(row, cell)
                if not quote:
                    return Quote(next(sentences(found.text), ""), cell.language, found.places)
                if quote in found.text:
                    return Quote(sentence_with(found.text, quote), cell.language, _quoted_at(row) or found.places)
        return None

    def _identifiers(self) -> list[tuple[Cell, str]]:
        pages = [part.address for cell in self._saying(self.one.row, "foaf:page") for part in cell.parts]
        return [(cell, pages[0] if pages else "") for cell in self._saying(self.one.row, "dct:identifier")]

    def _lead_cells(self) -> list[Cell]:
        """Return the cells that name who leads: as organisations where these are known, else as written."""
        return next(filter(None, (self._saying(self.one.row, name) for name in _LEADS)), [])

    def _chapters(self) -> Iterator[Chapter]:
        rows = [self.one.row, *self.one.assessments]
        seen: set[str] = set()
        for name, properties in CHAPTERS:
            cells = [(row, cell) for row in rows for cell in self._saying(row, *properties)]
            told: list[Prose] = []
            for row, cell in cells:
                if cell.value not in seen:  # an assessment repeats texts of its commitment
                    seen.add(cell.value)
                    told.append(self._prose(row, cell))
            if told:
                yield Chapter(name, told)

    def _prose(self, row: Row, cell: Cell) -> Prose:
        """Return the text of a cell as the document has it, read once for the chapter and the quotation."""
        at = (row.spec.name, cell.column.name)
        known = self.read.get(at)
        if known is None or known.row is not row:
            known = self.read[at] = prose(self.material, row, cell)
        return known

    def _saying(self, row: Row, *properties: str) -> list[Cell]:
        """Return the cells of these properties; where one has several in several languages, that of the page."""
        return [cell for name in properties for cell in self._spoken(row.saying(name))]

    def _spoken(self, cells: list[Cell]) -> list[Cell]:
        if len(cells) < 2 or len({cell.language for cell in cells}) < 2:
            return cells
        return [cell for cell in cells if cell.language == self.language] or cells


def _quoted_at(row: Row) -> Sequence[SourcePlace]:
    held = next((c.value for c in row.cells if c.column.take == "quote_places"), "")
    return list(dict.fromkeys(place.whole for place in places.read(held))) if held else ()
