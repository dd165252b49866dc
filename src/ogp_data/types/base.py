"""What a type of column is: everything that can be asked of one, so that none can be half a type.

A value has one canonical text, which stands in the CSV and is its lexical form in the linked data. `parse` makes it of
what the document says, once; every other function takes the canonical text, or the value that `value` makes of it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from ogp_data.core.columns import Column, DatasetSpec
from ogp_data.core.publication import Publication
from ogp_data.core.shared import Agent, Concept
from ogp_data.core.words import Text
from ogp_data.types.sheet import Cell

if TYPE_CHECKING:
    import pyarrow as pa

Json = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class About:
    """What a type says of itself."""

    name: str
    holds: str
    """What its cells hold, for docs/publication.md."""
    label: Text
    """What a reader is told that it is."""
    in_csv: Text
    """What its values look like in the CSV, for the data dictionary."""
    datatype: str = ""
    """The CURIE of the RDF datatype of its literals; "" for IRIs and for text with a language."""
    names: Literal["", "codes", "agents", "places", "addresses"] = ""
    """What its values name: codes of a list, organisations, places of the source, addresses; "" for none of these."""
    separator: str = ""
    """What stands between the values of a cell; "" when a cell holds one."""
    spoken: bool = False
    """Whether its text is in a language."""
    words: bool = False
    """Whether its text is what people wrote, which a spreadsheet may take for something else."""
    verbatim: bool = True
    """Whether its canonical text is that of the document, character by character."""
    native: bool = False
    """Whether JSON-LD has its values as they are; else the context names the datatype."""
    dated: bool = False
    """Whether its values are dates."""
    numeric: bool = False
    """Whether its values are ordered as numbers."""
    in_currency: bool = False
    """Whether its values are amounts, so that its columns say a currency."""
    on_one_line: int = 40
    """Up to how many characters a spreadsheet shows it on one line."""

    @property
    def is_iri(self) -> bool:
        """Return whether its values are IRIs in the linked data."""
        return self.names in ("codes", "agents", "addresses")


@dataclass(frozen=True)
class Setting:
    """A column where it stands: what reading, checking and describing its values takes besides the values."""

    publication: Publication
    column: Column

    @property
    def language(self) -> str:
        """Return the language of the document."""
        return self.publication.declaration.language

    @cached_property
    def concepts(self) -> Mapping[str, Concept]:
        """Return the concepts of the column's code list, by code."""
        return {concept.code: concept for concept in self.publication.shared.codelists[self.column.codes].concept}

    @cached_property
    def written(self) -> Mapping[str, Sequence[str]]:
        """Return how each code may be written: as itself, as its list or the document says, or by its name there.

        A name that is written for another code, or that several codes have, says none.
        """
        own, language = self.column.written, self.column.language or self.language
        said = {code: (code, *concept.written, *own.get(code, ())) for code, concept in self.concepts.items()}
        names = {code: concept.label.get(language, "") for code, concept in self.concepts.items()}
        meant = Counter(text for code, texts in said.items() for text in {*texts, names[code]})
        return {
            code: (*texts, names[code]) if names[code] not in ("", *texts) and meant[names[code]] == 1 else texts
            for code, texts in said.items()
        }

    @cached_property
    def codes(self) -> Mapping[str, str]:
        """Return the code of each text that is written for one; of two codes, that which comes first in the list."""
        return {text: code for code, texts in reversed([*self.written.items()]) for text in texts}

    @cached_property
    def agents(self) -> Mapping[str, Agent]:
        """Return the known organisations by IRI."""
        return {self.publication.names.agent(agent): agent for agent in self.publication.shared.agents.values()}


Texts = Mapping[str, str]
"""The texts of a row's cells by column."""


@dataclass(frozen=True, slots=True)
class Written:
    """What stands in a cell: its text, the language that it is written in, and the other cells of its row.

    The language is "" where it is not known: in tables from elsewhere, and for what no document says.
    """

    text: str
    language: str
    row: Texts


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a value: a rule, a message, and the fix; an empty one is the rule's own."""

    rule: str
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page shows of a value: its text, or words in each language, and the address that it leads to."""

    text: str
    words: Text | None = None
    address: str = ""


@dataclass(frozen=True, slots=True)
class Misfit:
    """A key of a column that does not fit its type: what is wrong, and the fix; an empty one is the rule's own."""

    key: str
    message: str
    hint: str = ""


class Type(ABC):
    """A type of column. Every function is total: it has an answer for each canonical text."""

    @property
    @abstractmethod
    def about(self) -> About:
        """Return what it says of itself."""

    @property
    def name(self) -> str:
        """Return the name by which declarations call it."""
        return self.about.name

    # Reading

    @abstractmethod
    def parse(self, written: Written, setting: Setting) -> str | Fault:
        """Return the canonical text of what a cell says, or why there is none.

        What can mean two things is a fault, never a guess.
        """

    @abstractmethod
    def check(self, text: str, setting: Setting, row: Texts) -> Fault | None:
        """Return why a text is not a canonical one of this type in its column."""

    @abstractmethod
    def value(self, text: str) -> Any:
        """Return the typed value of a canonical text; ValueError for another text."""

    # What it is in one column

    def label(self, column: Column) -> Text:
        """Return what a reader is told that the values of a column are."""
        return self.about.label

    def details(self, column: Column) -> Mapping[str, str]:
        """Return what more there is to know of a column's values, by the names that metadata has for it."""
        return {}

    def constants(self, column: Column) -> Mapping[str, str]:
        """Return what each row of the linked data says because of a column: property -> IRI."""
        return {}

    def misfit(self, spec: DatasetSpec, column: Column) -> Misfit | None:
        """Return the key of a column that does not fit its type, with what is wrong."""
        return None

    # What values become in each format

    @abstractmethod
    def json(self, value: Any) -> Json:
        """Return a value as JSON and JSON-LD have it."""

    @abstractmethod
    def arrow(self, values: Sequence[Any]) -> pa.Array:
        """Return values as an array of Arrow, in which each None is null."""

    @abstractmethod
    def sql(self, value: Any) -> str | int | None:
        """Return a value as SQLite keeps it."""

    @abstractmethod
    def sheet(self, text: str, value: Any, column: Column) -> Cell:
        """Return a value as a cell of a spreadsheet; what a spreadsheet has no type for is text."""

    @abstractmethod
    def unfit(self, text: str) -> str:
        """Return why a spreadsheet cannot hold a value, or ""."""

    @abstractmethod
    def show(self, text: str, setting: Setting) -> Shown:
        """Return what a page shows of a value: as readers of Dutch and of English write it."""

    @abstractmethod
    def rank(self, value: Any) -> Any:
        """Return what values of this type are ordered by."""

    # How columns are described in each format

    @abstractmethod
    def csvw(self, setting: Setting) -> str | dict[str, str]:
        """Return the datatype in CSV on the Web, https://www.w3.org/TR/tabular-metadata/#datatypes."""

    @abstractmethod
    def field(self, setting: Setting) -> dict[str, Any]:
        """Return what a Table Schema says of the type, https://datapackage.org/standard/table-schema/."""

    @abstractmethod
    def constraints(self, setting: Setting) -> dict[str, Any]:
        """Return what a Table Schema requires of the values."""

    @abstractmethod
    def sql_type(self) -> str:
        """Return the type of a column in SQLite."""

    @abstractmethod
    def sql_check(self, name: str) -> str:
        """Return the condition on a column in SQLite whose name is given in quotes, or ""."""

    @abstractmethod
    def openapi(self) -> dict[str, Any]:
        """Return the schema of a value as `json` gives it, in OpenAPI 3.1."""


class TextType(Type):
    """A type whose values are text in every format; what differs from text each of them says itself."""

    def value(self, text: str) -> str:
        """Return the text itself."""
        return text

    def json(self, value: str) -> str:
        """Return the text."""
        return value

    def arrow(self, values: Sequence[str | None]) -> pa.Array:
        """Return an array of strings."""
        import pyarrow as pa

        return pa.array(values, type=pa.string())

    def sql(self, value: str) -> str:
        """Return the text."""
        return value

    def sheet(self, text: str, value: str, column: Column) -> Cell:
        """Return a cell of text."""
        return Cell(text)

    def unfit(self, text: str) -> str:
        """Return nothing: a text that a spreadsheet cannot hold is found for every type alike."""
        return ""

    def show(self, text: str, setting: Setting) -> Shown:
        """Return the text."""
        return Shown(text)

    def rank(self, value: str) -> str:
        """Return the text."""
        return value

    def csvw(self, setting: Setting) -> str | dict[str, str]:
        """Return `string`."""
        return "string"

    def field(self, setting: Setting) -> dict[str, Any]:
        """Return `string`."""
        return {"type": "string"}

    def constraints(self, setting: Setting) -> dict[str, Any]:
        """Return none."""
        return {}

    def sql_type(self) -> str:
        """Return `TEXT`."""
        return "TEXT"

    def sql_check(self, name: str) -> str:
        """Return none."""
        return ""

    def openapi(self) -> dict[str, Any]:
        """Return a string."""
        return {"type": "string"}
