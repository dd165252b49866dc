"""A dataset and its columns, as a declaration describes them.

The second part of an `Annotated` is the key's line in docs/publication.md.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated, Literal

from ogp_data.core.finds import Find
from ogp_data.core.messages import SOURCE, languages
from ogp_data.core.strict import STRICT
from ogp_data.core.words import WordLists, Words

_INDEX = re.compile(r"(?<=\.column\[)\d+(?=\])")

Origin = Literal["source", "derived", "reference", "generated"]
"""Where a column's text comes from: its home in the source, a part of a home, a named file, or this program."""


CODE_LIST = "code_list"
"""What a column takes that says from which list the code of another column is."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words of the text, and what a column says where they stand."""

    __pydantic_config__ = STRICT
    words: Annotated[str, "The words, complete and exactly as in the text, where they must occur at least once."]
    value: Annotated[str, "The value of the column in a row whose text has them."]


@dataclass(frozen=True, slots=True)
class Column:
    """A column, declared once and projected to every format."""

    __pydantic_config__ = STRICT
    name: Annotated[
        str, "Name in the header of the CSV and key in the JSON-LD: lowercase letters, digits and underscores."
    ]
    type: Annotated[
        str,
        "Type of its values; see the types of columns above.",
    ]
    take: Annotated[str, "What of the row it takes; see the verbs of the dataset's kind above."]
    title: Annotated[Words, "Title of the column, for readers."]
    description: Annotated[Words, "What the column says, and when it is empty."]
    rdf: Annotated[
        str,
        "The RDF property, with its prefix, such as `dct:title` or `ogp:evidence`; `own:NAME` is one of the publication"
        " itself.",
    ]
    heading: Annotated[str, 'The column heading of the cell (with `take = "cell"`).'] = ""
    of: Annotated[str, "Another dataset, from which the value is taken."] = ""
    where: Annotated[str, "The label of the line of front matter there (with `of` a dataset of kind `document`)."] = ""
    codes: Annotated[str, 'The code list of its values (with `type = "code"`).'] = ""
    written: Annotated[
        dict[str, list[str]],
        'How this document writes a code: `written = { amber = ["Yellow"] }`, beside what the code list knows.',
    ] = field(default_factory=dict)
    references: Annotated[str, "The dataset to whose rows its values refer; the values are keys there."] = ""
    iri: Annotated[
        str, "The IRI that stands for the value in the linked data, with names of columns in braces: `{dataset}#{row}`."
    ] = ""
    currency: Annotated[str, 'The currency of its amounts (with `type = "money"`), as a code of ISO 4217: `EUR`.'] = ""
    currency_in: Annotated[
        str, 'The column of the same dataset that has the currency of each amount (with `type = "money"`).'
    ] = ""
    language: Annotated[
        str,
        "Language of its text, as a two-letter code; absent: that of the document. Where files of the source are in it,"
        " the column takes what these say.",
    ] = ""
    key: Annotated[bool, "Whether its values identify the rows; exactly one column of a dataset is the key."] = False
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
        'The column whose phrase it quotes (with `take = "quote"`) or gives the places of (`take = "quote_places"`), or'
        ' whose code list it names (`take = "code_list"`).',
    ] = ""
    having: Annotated[str, 'Count only rows with a value in this column of theirs (with `take = "count"`).'] = ""
    lacking: Annotated[str, 'Count only rows without a value in this column of theirs (with `take = "count"`).'] = ""

    def spoken(self, document: str) -> str:
        """Return the language of its text: as declared, or the document's; a statement is in one the program speaks."""
        language = self.language or document
        return SOURCE if self.take == "statement" and language not in languages() else language


@dataclass(frozen=True)
class DatasetSpec:
    """A dataset: what it is, where its rows are found, and its columns."""

    __pydantic_config__ = STRICT
    name: Annotated[
        str,
        "Name: its folder, its files and the last part of its IRI; lowercase letters, digits, hyphens and underscores.",
    ]
    type: Annotated[
        str,
        "The class of its rows, with its prefix, such as `ogp:Commitment`; `own:NAME` is one of the publication"
        " itself.",
    ]
    title: Annotated[Words, "Title of the dataset; it must be clear without the title of the catalogue."]
    description: Annotated[
        Words, "Description of the dataset, at most 2,000 characters: what one row is, and what is missing."
    ]
    keywords: Annotated[WordLists, "Keywords of this dataset, in addition to those of the publication."]
    find: Annotated[Find, "Where its rows are found; the kinds are described above."]
    column: Annotated[
        list[Column],
        "Its columns, in order. `publication` stands before them and `source_places` behind them by themselves.",
    ]
    rows: Annotated[
        int | None,
        "How many rows there must be; absent: at least one, except of links, findings and rows of these.",
    ] = None
    optional: Annotated[bool, "Whether the document may have no row of it, which is an error otherwise."] = False
    find_in: Annotated[
        dict[str, Find],
        "By language, where its rows are found in the files of a further language, in which headings are others.",
    ] = field(default_factory=dict)

    @cached_property
    def key(self) -> Column:
        """Return the key column."""
        # There is just one: a declaration without it, or with two, is refused before anything asks.
        return next(column for column in self.column if column.key)

    @property
    def keys(self) -> tuple[Column, ...]:
        """Return the columns that identify a row among those of all publications: `publication` and the key."""
        return tuple(column for column in self.column if column.key or is_publication(column))


def is_publication(column: Column) -> bool:
    """Return whether a column says of each row which publication it comes from."""
    return column.take == "publication"


def is_filled(column: Column) -> bool:
    """Return whether a column has a value in each row."""
    return column.required or column.key


def written(key: str) -> str:
    """Return a key path into a completed declaration as its file has it, which does not say `publication`."""
    return _INDEX.sub(lambda index: str(int(index[0]) - 1), key, count=1)
