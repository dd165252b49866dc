"""The nouns: what a declaration says and what the stages hand to each other. Frozen, and without I/O.

The second part of an `Annotated` is the key's line in docs/publication.md.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal
from urllib.parse import quote

from ogp_data.core import places
from ogp_data.core.text import Passage

if TYPE_CHECKING:
    import pandas as pd

STRICT = {"extra": "forbid", "strict": True}

Origin = Literal["source", "derived", "reference", "generated"]
"""Where a column's text comes from: its home in the source, a part of a home, a named file, or this program."""


@dataclass(frozen=True, slots=True)
class Words:
    """A text in Dutch and English."""

    __pydantic_config__ = STRICT
    nl: Annotated[str, "The text in Dutch."]
    en: Annotated[str, "The text in English."]

    def __iter__(self) -> Iterator[tuple[str, str]]:
        """Yield language and text, Dutch first."""
        yield "nl", self.nl
        yield "en", self.en

    def of(self, language: str) -> str:
        """Return the text in Dutch ("nl") or else in English."""
        return self.nl if language == "nl" else self.en


@dataclass(frozen=True, slots=True)
class WordLists:
    """Keywords in Dutch and English."""

    __pydantic_config__ = STRICT
    nl: Annotated[list[str], "Keywords in Dutch."]
    en: Annotated[list[str], "Keywords in English."]


@dataclass(frozen=True, slots=True)
class Agent:
    """An organisation: publisher, creator or the lead of a commitment."""

    __pydantic_config__ = STRICT
    id: Annotated[str, "Short name by which declarations refer to the organisation."]
    name: Annotated[Words, "Its name."]
    iri: Annotated[
        str,
        "Its IRI in the Dutch government's TOOI register; absent: one is made from `id`, below `base_iri`.",
    ] = ""
    type: Annotated[
        Literal["", "national-authority"], "Kind of organisation, as the catalogue names its publisher."
    ] = ""
    origin: Annotated[str, "Where its name and IRI come from."] = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact point: a function, never a person; it has a web address, an e-mail address, or both."""

    __pydantic_config__ = STRICT
    id: Annotated[str, "Short name by which declarations refer to the contact."]
    name: Annotated[Words, "The team or function that answers."]
    url: Annotated[str, "Web address of a contact page."] = ""
    email: Annotated[str, "E-mail address of the function, without mailto:."] = ""


@dataclass(frozen=True, slots=True)
class Concept:
    """One code of a code list."""

    __pydantic_config__ = STRICT
    code: Annotated[str, "The code, as it stands in the CSV."]
    label: Annotated[Words, "Its name for readers."]
    definition: Annotated[Words | None, "What it means."] = None
    written: Annotated[list[str], "How documents write it; compared exactly, after white space is folded."] = field(
        default_factory=list
    )


@dataclass(frozen=True, slots=True)
class CodeList:
    """A list of codes, published as a SKOS concept scheme."""

    __pydantic_config__ = STRICT
    id: Annotated[str, "Name of the list, the same as the file's."]
    title: Annotated[Words, "Title of the list."]
    description: Annotated[Words, "What the list is for."]
    origin: Annotated[str, "Where the list comes from."]
    established: Annotated[datetime.date, "The day on which it was taken from there."]
    concept: Annotated[list[Concept], "The codes."]


@dataclass(frozen=True, slots=True)
class Term:
    """A class or property of the `ogp` vocabulary."""

    __pydantic_config__ = STRICT
    name: Annotated[str, "Name of the term, as in `ogp:NAME`."]
    kind: Annotated[Literal["class", "property"], "Whether it is a class of rows or a property of them."]
    label: Annotated[Words, "Its name for readers."]
    definition: Annotated[Words, "What it says."]
    broader: Annotated[str, "The standard term that it refines, with its prefix, such as `dct:title`."] = ""


@dataclass(frozen=True, slots=True)
class Shared:
    """What publications have in common: agents, contacts, code lists and the vocabulary."""

    agents: Mapping[str, Agent]
    contacts: Mapping[str, Contact]
    codelists: Mapping[str, CodeList]
    terms: Mapping[str, Term]


# How a dataset is found ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Headings:
    """Rows from headings that match a pattern; its named groups are columns' texts."""

    __pydantic_config__ = STRICT
    kind: Literal["headings"]
    under: Annotated[str, "The heading below which they stand."]
    pattern: Annotated[
        str, "Regular expression that the whole heading matches, with a named group for each part that a column takes."
    ]


@dataclass(frozen=True, slots=True)
class ListItems:
    """Rows from numbered list items, under one heading or under each row of a `headings` dataset."""

    __pydantic_config__ = STRICT
    kind: Literal["list"]
    under: Annotated[str, "The heading directly above the list."] = ""
    each: Annotated[
        str, "In the place of `under`: a dataset of kind `headings`; each of its headings must have items."
    ] = ""


@dataclass(frozen=True, slots=True)
class TableRows:
    """Rows of a table, recognised by its column headings; where they stand again, its rows go on."""

    __pydantic_config__ = STRICT
    kind: Literal["table"]
    headings: Annotated[
        list[str], "The column headings of the table, exactly as the document writes them and in order."
    ]
    under: Annotated[
        str, "The heading below which the table stands, at any depth; absent: every table with these headings."
    ] = ""
    continues: Annotated[
        Literal["empty-key", "never"],
        "Which row continues the one above it, each cell by itself: `empty-key`, one whose key cell (that of the key"
        " column, or else the first) is empty, as where a page break splits rows; `never`, none; absent: `never`.",
    ] = "never"


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """Rows from paragraphs."""

    __pydantic_config__ = STRICT
    kind: Literal["paragraphs"]


@dataclass(frozen=True, slots=True)
class Normalise:
    """How the value of a line of front matter is made comparable."""

    __pydantic_config__ = STRICT
    label: Annotated[str, "The label of the line, exactly as the document writes it."]
    to: Annotated[Literal["date", "codes"], "`date`: as EDTF (ISO 8601-2); `codes`: by the table `codes`."]
    codes: Annotated[dict[str, str], "For each written value, its code."] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Furniture:
    """Rows from what frames the text: title, front matter, headings, instructions, legend."""

    __pydantic_config__ = STRICT
    kind: Literal["document"]
    instructions_under: Annotated[
        list[str], "Headings below which a paragraph in italics is an instruction of the form."
    ]
    front_matter_under: Annotated[
        list[str],
        "Headings below which a row of two cells is a line of front matter, a label and its value; above the first"
        " heading after the title it always is.",
    ] = field(default_factory=list)
    normalise: Annotated[list[Normalise], "Lines whose value is also given in comparable form."] = field(
        default_factory=list
    )
    lost_marks: Annotated[
        str, "Code of the list `finding-kind` for each mark of the legend that lost its colour; absent: no finding."
    ] = ""


@dataclass(frozen=True, slots=True)
class Links:
    """Rows from every link in the text, in the order of the document."""

    __pydantic_config__ = STRICT
    kind: Literal["links"]


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
class Quotes:
    """Rows from declared quotations, each checked to stand in the text of another dataset."""

    __pydantic_config__ = STRICT
    kind: Literal["quotes"]
    of: Annotated[str, "The dataset in whose column `text` they stand."]
    quote: Annotated[list[Quote], "The quotations, in the order of the text."]


@dataclass(frozen=True, slots=True)
class Faults:
    """Rows from the faults of the source: those the reader finds and those that corrections.toml records."""

    __pydantic_config__ = STRICT
    kind: Literal["findings"]


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of another dataset once more, each with what further datasets say of the same thing."""

    __pydantic_config__ = STRICT
    kind: Literal["rows"]
    of: Annotated[str, "The dataset whose rows they are."]


Find = Headings | ListItems | TableRows | Paragraphs | Furniture | Links | Quotes | Faults | Rows

ColumnType = Literal["integer", "string", "text", "date", "edtf", "url", "code", "agent", "places"]


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words of the text, and what a column says where they stand."""

    __pydantic_config__ = STRICT
    words: Annotated[str, "The words, whole and exactly as the text has them; they stand there at least once."]
    value: Annotated[str, "The value of the column in a row whose text has them."]


@dataclass(frozen=True, slots=True)
class Column:
    """A column, declared once and projected to every format."""

    __pydantic_config__ = STRICT
    name: Annotated[str, "Name in the header of the CSV and key in the JSON-LD: small letters, digits and underscores."]
    type: Annotated[
        ColumnType,
        "Type of its values; see the types of columns above.",
    ]
    take: Annotated[str, "What of the row it takes; see the verbs of the dataset's kind above."]
    title: Annotated[Words, "Title of the column, for readers."]
    description: Annotated[Words, "What the column says, and when it is empty."]
    rdf: Annotated[str, "The RDF property, with its prefix, such as `dct:title` or `ogp:evidence`."]
    heading: Annotated[str, 'The column heading of the cell (with `take = "cell"`).'] = ""
    of: Annotated[str, "Another dataset, from which the value is taken."] = ""
    where: Annotated[str, "The label of the line of front matter there (with `of` a dataset of kind `document`)."] = ""
    codes: Annotated[str, 'The code list of its values (with `type = "code"`).'] = ""
    references: Annotated[str, "The dataset to whose rows its values refer; the values are keys there."] = ""
    iri: Annotated[
        str, "The IRI that stands for the value in the linked data, with names of columns in braces: `{dataset}#{row}`."
    ] = ""
    language: Annotated[str, "Language of its text, as a two-letter code; absent: that of the document."] = ""
    key: Annotated[bool, "Whether its values name the rows; just one column of a dataset is the key."] = False
    required: Annotated[bool, "Whether each row must have a value."] = False
    lost: Annotated[
        str,
        "Code of the list `finding-kind` to publish for each empty cell, when the conversion lost what stood there.",
    ] = ""
    search: Annotated[
        list[str],
        'The columns whose text is searched for phrases (with `take = "phrase"`): of the same row or, with `of`, of'
        " any row of that dataset.",
    ] = field(default_factory=list)
    phrase: Annotated[list[Phrase], 'The phrases that give it a value (with `take = "phrase"`).'] = field(
        default_factory=list
    )
    basis: Annotated[
        str,
        'The column whose phrase it quotes (with `take = "quote"`) or gives the places of (`take = "quote_places"`).',
    ] = ""
    having: Annotated[str, 'Count only rows with a value in this column of theirs (with `take = "count"`).'] = ""
    lacking: Annotated[str, 'Count only rows without a value in this column of theirs (with `take = "count"`).'] = ""

    def spoken(self, document: str) -> str:
        """Return the language of its text: as declared, English where the program speaks, else the document's."""
        return self.language or ("en" if self.take == "statement" else document)

    @property
    def datatype(self) -> str:
        """Return the CURIE of the RDF datatype of its literals; "" for IRIs and for text with a language."""
        return {
            "integer": "xsd:integer",
            "date": "xsd:date",
            "edtf": "edtf:EDTF",
        }.get(self.type, "xsd:string" if self.type in ("string", "places") else "")

    @property
    def is_iri(self) -> bool:
        """Return whether its values are IRIs in the RDF."""
        return bool(self.iri or self.references or self.type in ("url", "code", "agent"))

    @property
    def is_list(self) -> bool:
        """Return whether a cell holds several values."""
        return bool(self.separator)

    @property
    def separator(self) -> str:
        """Return what stands between the values of a cell; "" when it holds one."""
        return places.SEPARATOR if self.type == "places" else ""


@dataclass(frozen=True, slots=True)
class DatasetSpec:
    """A dataset: what it is, where its rows are found, and its columns."""

    __pydantic_config__ = STRICT
    name: Annotated[
        str, "Name: its folder, its files and the last part of its IRI; small letters, digits, hyphens and underscores."
    ]
    type: Annotated[str, "The class of its rows, with its prefix, such as `ogp:Commitment`."]
    title: Annotated[Words, "Title of the dataset; it must be clear without the title of the catalogue."]
    description: Annotated[
        Words, "Description of the dataset, at most 2,000 characters: what one row is, and what is missing."
    ]
    keywords: Annotated[WordLists, "Keywords of this dataset, beside those of the publication."]
    find: Annotated[Find, "Where its rows are found; the kinds are described above."]
    column: Annotated[list[Column], 'Its columns, in order; the last is `source_places`, with `type = "places"`.']
    rows: Annotated[
        int | None,
        "How many rows there must be; absent: at least one, but for links, findings and rows of these, which may lack.",
    ] = None

    @property
    def key(self) -> Column:
        """Return the key column."""
        return next(column for column in self.column if column.key)


@dataclass(frozen=True, slots=True)
class SourceSpec:
    """The source document, byte for byte as received."""

    __pydantic_config__ = STRICT
    file: Annotated[str, "Path of the document, from the publication's folder."]
    kind: Annotated[
        str,
        "Kind of document; there is one reader, `converted-text`: text that a converter made of a laid-out document.",
    ]
    sha256: Annotated[str, "SHA-256 of the file, in hexadecimal."]
    title: Annotated[Words, "Title of the document."]
    description: Annotated[Words, "Description of the document."]
    url: Annotated[str, "Web address at which it was published; absent when unknown, with a warning."] = ""
    retrieved: Annotated[
        datetime.date | None, "The day on which it was taken from there; absent when unknown, with a warning."
    ] = None
    encoding: Annotated[
        Literal["utf-8", "utf-16", "windows-1252", "iso-8859-1", "iso-8859-15"],
        "How the bytes of the document are read as text; they are published as they are.",
    ] = "utf-8"

    @property
    def codec(self) -> str:
        """Return the name by which Python knows the encoding; a byte order mark of UTF-8 is no text."""
        return "utf-8-sig" if self.encoding == "utf-8" else self.encoding


@dataclass(frozen=True, slots=True)
class ReferenceSpec:
    """A table from elsewhere, kept beside the declaration, whose columns are joined by key."""

    __pydantic_config__ = STRICT
    file: Annotated[str, "Path of the table (CSV in UTF-8), from the publication's folder."]
    key: Annotated[str, "The column of the table whose values are the numbers of the rows."]
    origin: Annotated[str, "Where its facts come from."]


@dataclass(frozen=True, slots=True)
class Section:
    """A place where the document's headings mislead, and the section that is meant."""

    __pydantic_config__ = STRICT
    begins: Annotated[str, "The words with which the heading or paragraph begins."]
    path: Annotated[list[str], "The headings of the section that it belongs to, from the outermost."]
    reason: Annotated[str, "Why; published as the statement of a finding on the document."]


@dataclass(frozen=True, slots=True)
class Period:
    """A period between two dates, years or months, of which one may be open."""

    __pydantic_config__ = STRICT
    start: Annotated[str, "Begin: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, as text; absent: the beginning is open."] = ""
    end: Annotated[str, "End, in the same way; absent: it still goes on."] = ""

    @property
    def edtf(self) -> str:
        """Return the period as an interval of EDTF, which is one of ISO 8601 as well; `..` is an open end."""
        return f"{self.start or '..'}/{self.end or '..'}"


@dataclass(frozen=True, slots=True)
class Series:
    """The series that the publication's datasets belong to."""

    __pydantic_config__ = STRICT
    title: Annotated[Words, "Title of the series."]
    description: Annotated[Words, "Description of the series."]
    iri: Annotated[str, "IRI of the series, the same in every edition; absent: one below `base_iri`."] = ""


@dataclass(frozen=True, slots=True)
class Previous:
    """The version that was published before this one; `ogp-data keep` keeps it and prints this table."""

    __pydantic_config__ = STRICT
    manifest: Annotated[str, "Path of its `manifest.json`, from the publication's folder."]
    sha256: Annotated[str, "SHA-256 of that file, in hexadecimal."]


@dataclass(frozen=True, slots=True)
class ServiceSpec:
    """The service over what is published, `ogp-data serve`, as it is reached from outside."""

    __pydantic_config__ = STRICT
    url: Annotated[str, "Address below which it answers, such as `https://data.example.nl/`."]


@dataclass(frozen=True, slots=True)
class Report:
    """Where readers report an error in a cell; the pages begin the report for them."""

    __pydantic_config__ = STRICT
    url: Annotated[str, "Web address of a form, with `{title}` and `{body}` where the begun report is to stand."] = ""
    email: Annotated[str, "E-mail address for reports, without mailto:; absent: that of the contact."] = ""


@dataclass(frozen=True, slots=True)
class Use:
    """A known use of the data, shown on the pages and published in the Dataset Usage Vocabulary."""

    __pydantic_config__ = STRICT
    title: Annotated[Words, "What it is called."]
    description: Annotated[Words, "What it does with the data."]
    url: Annotated[str, "Web address where it can be seen."]
    date: Annotated[datetime.date | None, "The day on which it appeared, when known."] = None
    datasets: Annotated[list[str], "The datasets that it uses; absent: all of them."] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Feedback:
    """What somebody outside reported, and what was changed because of it."""

    __pydantic_config__ = STRICT
    date: Annotated[datetime.date, "The day of the report."]
    text: Annotated[Words, "What was reported; without names of persons."]
    change: Annotated[Words, "What was changed because of it."]
    version: Annotated[str, "The version in which it was changed."] = ""
    dataset: Annotated[str, "The dataset that it is about; absent: all of them."] = ""
    row: Annotated[str, "The key of the row that it is about."] = ""
    column: Annotated[str, "The column that it is about."] = ""
    url: Annotated[str, "Web address of the report, when it is public."] = ""


@dataclass(frozen=True, slots=True)
class Declaration:
    """publication.toml: everything true of this publication and of no other."""

    __pydantic_config__ = STRICT
    id: Annotated[str, "Name of the publication, the same as its folder's."]
    base_iri: Annotated[str, "Address below which everything is named: lasting, the publisher's own, ending in `/`."]
    version: Annotated[str, "Version of the data, such as `1.0.0`; it is part of addresses."]
    version_notes: Annotated[Words, "What is new in this version."]
    issued: Annotated[datetime.date, "The day on which the data was first published."]
    modified: Annotated[datetime.date, "The day on which the data was last changed."]
    language: Annotated[str, "Language of the document, as a two-letter code such as `en`."]
    languages: Annotated[list[str], "Languages of the data, as codes of the EU language table such as `ENG`."]
    title: Annotated[Words, "Title of the catalogue."]
    description: Annotated[Words, "Description of the catalogue."]
    keywords: Annotated[WordLists, "Keywords of every dataset; one at least."]
    publisher: Annotated[str, "Publisher: `id` of an agent."]
    creator: Annotated[str, "Creator: `id` of an agent."]
    contact: Annotated[str, "Contact point: `id` of a contact."]
    licence: Annotated[str, "IRI of the licence, from the list of DCAT-AP-NL."]
    themes: Annotated[list[str], "Codes of the EU data-theme table, such as `GOVE`."]
    spatial: Annotated[list[str], "Codes of the EU country table, such as `NLD`."]
    temporal: Annotated[Period, "The period that the data is about."]
    frequency: Annotated[str, "Code of the EU frequency table, such as `NEVER`."]
    access_rights: Annotated[str, "Code of the EU access-right table, such as `PUBLIC`."]
    status: Annotated[str, "Code of the EU dataset-status table, such as `COMPLETED`."]
    availability: Annotated[str, "Code of the EU planned-availability table, such as `STABLE`."]
    series: Annotated[Series, "The series that the datasets belong to."]
    source: Annotated[SourceSpec, "The document that is published."]
    dataset: Annotated[list[DatasetSpec], "The datasets."]
    reference: Annotated[
        list[ReferenceSpec], "Tables from elsewhere whose columns are joined to a dataset by number."
    ] = field(default_factory=list)
    section: Annotated[list[Section], "Places where the headings of the document mislead."] = field(
        default_factory=list
    )
    base_url: Annotated[
        str, "Address at which the folder `dist/<id>/` is downloaded; absent: the same as `base_iri`."
    ] = ""
    vocabulary: Annotated[
        str, "IRI of the vocabulary that `ogp:` stands for; absent: `codelists/ogp#` below `base_iri`."
    ] = ""
    cell_limit: Annotated[int, "How many bytes a cell may hold at most."] = 1_000_000
    previous: Annotated[
        Previous | None, "The version before this one; its files stay published below `v/`. Absent: this is the first."
    ] = None

    service: Annotated[
        ServiceSpec | None, "The service for queries and rows, told in the catalogue; absent: the catalogue has none."
    ] = None
    report: Annotated[Report | None, "Where errors are reported; absent: by e-mail to the contact, if it has that."] = (
        None
    )
    use: Annotated[list[Use], "Known uses of the data."] = field(default_factory=list)
    feedback: Annotated[list[Feedback], "What was changed because of feedback."] = field(default_factory=list)

    @property
    def names(self) -> Names:
        """Return the IRIs of the publication."""
        vocabulary = self.vocabulary or f"{self.base_iri}codelists/ogp#"
        return Names(self.base_iri, self.base_url or self.base_iri, vocabulary)


@dataclass(frozen=True, slots=True)
class Correction:
    """A record of corrections.toml: a fault of the source that is known, and mended when it has a value."""

    __pydantic_config__ = STRICT
    kind: Annotated[str, "What kind of fault it is: a code of the list `finding-kind`."]
    expect: Annotated[
        str, "The text that stands there, just once, also amid a word; the publication stops when it no longer does."
    ]
    reason: Annotated[str, "What is wrong; published as the statement of the finding."]
    status: Annotated[Literal["acknowledged", "corrected"], "`corrected` with a `value`, `acknowledged` without one."]
    value: Annotated[
        str | None, "The text to publish in its place, empty for none; absent: it is published as it is."
    ] = None
    dataset: Annotated[str, "Place: name of the dataset; goes with `row` and `column`."] = ""
    row: Annotated[str, "Place: key of the row there."] = ""
    column: Annotated[str, "Place: name of the column there."] = ""
    line: Annotated[
        int | None,
        "Place in the document itself: its line, counted from 1. With `value`, it is read as if that stood there.",
    ] = None


@dataclass(frozen=True, slots=True)
class Contents:
    """What a table holds, as its CSV has it: its key column, its columns, and its rows by key."""

    key: str = ""
    columns: tuple[str, ...] = ()
    rows: Mapping[str, Mapping[str, str]] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Earlier:
    """A build that was published before: its version, SHA-256 of its manifest, files by path, tables by name."""

    version: str
    sha256: str
    files: Mapping[str, bytes] = field(repr=False)
    tables: Mapping[str, Contents] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Publication:
    """A declaration with all that it refers to, read and checked; `source` is the document's text."""

    declaration: Declaration
    shared: Shared
    corrections: tuple[Correction, ...]
    references: Mapping[str, Mapping[str, str]]
    folder: Path
    source_bytes: bytes = field(repr=False)
    earlier: Earlier | None = None

    @property
    def id(self) -> str:
        """Return the publication's name."""
        return self.declaration.id

    @property
    def specs(self) -> Mapping[str, DatasetSpec]:
        """Return the datasets by name."""
        return {spec.name: spec for spec in self.declaration.dataset}

    @property
    def names(self) -> Names:
        """Return the publication's IRIs."""
        return self.declaration.names

    @property
    def source_name(self) -> str:
        """Return the source document's file name."""
        return Path(self.declaration.source.file).name

    @property
    def source_said(self) -> str:
        """Return the source document as text, without the byte order mark that some programs write in front."""
        return self.source_bytes.decode(self.declaration.source.codec)


# Tables -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Cell:
    """A value with its origin; text of the source keeps its passage. An unknown value is ""."""

    value: str = ""
    origin: Origin = "generated"
    passage: Passage | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with the source that is published in source_findings."""

    kind: str
    statement: str
    line: int
    dataset: str = ""
    row: str = ""
    column: str = ""
    written: Passage | None = None
    status: str = "found"


@dataclass(frozen=True, slots=True)
class Table:
    """A dataset's rows: a typed frame, the source lines of each row, and the cell each value came from."""

    spec: DatasetSpec
    frame: pd.DataFrame
    lines: tuple[tuple[int, ...], ...]
    cells: tuple[Mapping[str, Cell], ...] = field(repr=False)

    @property
    def name(self) -> str:
        """Return the dataset's name."""
        return self.spec.name


# What is delivered --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: extension, EU file type, IANA media type, the standard it conforms to."""

    id: str
    suffix: str
    file_type: str
    media_type: str
    standard: str
    title: Words
    description: Words


@dataclass(frozen=True, slots=True)
class Artefact:
    """A staged file: path below the package, size in bytes, SHA-256 in hexadecimal, media type."""

    path: str
    bytes: int
    sha256: str
    media_type: str
    format: Format | None = None
    dataset: str = ""


@dataclass(frozen=True, slots=True)
class Names:
    """The IRIs of a publication, flat: below `base` every name is one step, or a fragment of it."""

    base: str
    url: str
    ogp: str

    def dataset(self, name: str) -> str:
        """Return the IRI of a dataset."""
        return f"{self.base}{name}"

    def row(self, dataset: str, key: str) -> str:
        """Return the IRI of a row, a fragment of its dataset's."""
        return f"{self.base}{dataset}#{quote(key, safe='')}"

    def node(self, name: str) -> str:
        """Return the IRI of something that only the catalogue describes."""
        return f"{self.base}catalog#{name}"

    def concept(self, codelist: str, code: str = "") -> str:
        """Return the IRI of a code list, or of a code in it."""
        scheme = f"{self.base}codelists/{codelist}"
        return f"{scheme}#{quote(code, safe='')}" if code else scheme

    def agent(self, agent: Agent) -> str:
        """Return an organisation's TOOI IRI, or one of our own."""
        return agent.iri or self.concept("organisations", agent.id)

    def lines(self, source: str, line: int) -> str:
        """Return the IRI of a line of the source document; RFC 5147 counts the gaps between lines from 0."""
        return f"{self.base}source/{source}#line={line - 1},{line}"

    def download(self, path: str) -> str:
        """Return the address where a file is downloaded."""
        return self.url + path
