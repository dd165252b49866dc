"""How a dataset's rows are found, as far as every room may ask; the kinds themselves live in `tables/kinds/`."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import GetCoreSchemaHandler, ValidationInfo
from pydantic_core import CoreSchema, core_schema

Subject = Literal["", "links", "events", "defects"]
"""What rows are about when other parts of a publication look for them: pages, views of the database, provenance."""


class Find:
    """The table `find` of a declared dataset; each kind of dataset has a subclass with its keys."""

    __slots__ = ()

    lists: ClassVar[Subject] = ""
    """What its rows list; "" for what only this publication knows."""

    kind: str

    @property
    def base(self) -> str:
        """Return the dataset whose rows are repeated; "" when the rows are its own."""
        return ""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Return how a table of TOML becomes one: by what knows the kinds, which is no matter of this room."""
        return handler(source) if cls is not Find else core_schema.with_info_plain_validator_function(_by_kind)


def _by_kind(table: object, info: ValidationInfo) -> object:
    """Return what the reader of declarations, which gives its function as the context, makes of a table."""
    return info.context(table)  # type: ignore[misc]
