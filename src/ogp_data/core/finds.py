"""The ways to find a dataset's rows, as a declaration names them.

The second part of an `Annotated` is the key's line in docs/publication.md.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Literal

from ogp_data.core.strict import STRICT


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
