"""The text of a cell -> its canonical text, and that in every format: one class for each type. Imports core.

A type of another package comes in by an entry point of the group `ogp_data.types`; docs/how-to/add-a-type.md shows one.
"""

from __future__ import annotations

from ogp_data.core.columns import Column
from ogp_data.core.doors import Door
from ogp_data.types.agent import Agent
from ogp_data.types.base import Type
from ogp_data.types.boolean import Boolean
from ogp_data.types.code import Code
from ogp_data.types.date import Date
from ogp_data.types.datetime import Datetime
from ogp_data.types.decimal import Decimal
from ogp_data.types.duration import Duration
from ogp_data.types.edtf import Edtf
from ogp_data.types.integer import Integer
from ogp_data.types.money import Money
from ogp_data.types.places import Places
from ogp_data.types.string import String
from ogp_data.types.text import Text
from ogp_data.types.url import Url

TYPES: Door[Type] = Door(
    "ogp_data.types",
    Type,  # type: ignore[type-abstract]  # what comes in is an instance of a class below it
    own=(
        Integer(),
        Decimal(),
        Money(),
        Boolean(),
        String(),
        Text(),
        Date(),
        Datetime(),
        Edtf(),
        Duration(),
        Url(),
        Code(),
        Agent(),
        Places(),
    ),
)
"""Every type by its name, ours first."""


def type_of(column: Column) -> Type:
    """Return the type of a column; that there is one is checked when a declaration is read."""
    return TYPES[column.type]


def is_iri(column: Column) -> bool:
    """Return whether a column's values are IRIs in the linked data."""
    return bool(column.iri or column.references or type_of(column).about.is_iri)


def language_of(column: Column, document: str) -> str:
    """Return the language of a column's text, "" when it has none; `document`: the language of the document."""
    return column.spoken(document) if type_of(column).about.spoken else ""
