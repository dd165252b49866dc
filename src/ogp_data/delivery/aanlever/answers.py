"""What the Aanlever API answers, as nouns."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Required

from typing_extensions import TypedDict

from ogp_data.delivery.aanlever.fields import DECLARED, DECLARED_OF_FILES, FILES
from ogp_data.delivery.reading import OPEN, Shape, mappings, part


class Token(TypedDict, total=False):
    """A token, and how many seconds it holds."""

    __pydantic_config__ = OPEN  # type: ignore[misc]
    accessToken: Required[str]
    expiresIn: float | None


class Meta(TypedDict, total=False):
    """What the API says of a dataset, or of a line of a list."""

    __pydantic_config__ = OPEN  # type: ignore[misc]
    primaryTopicType: str | None
    primaryTopicId: str | None
    publicationStatus: str | None
    allowedPublicationStatuses: list[str] | None
    version: int | str | None


class CatalogRecord(TypedDict, total=False):
    """When a dataset was changed."""

    __pydantic_config__ = OPEN  # type: ignore[misc]
    dctModified: str | None


class Record(TypedDict, total=False):
    """A line of the list of datasets."""

    __pydantic_config__ = OPEN  # type: ignore[misc]
    meta: Meta | None
    dcatCatalogRecord: CatalogRecord | None


class Content(TypedDict, total=False):
    """The fields of a dataset."""

    __pydantic_config__ = OPEN  # type: ignore[misc]
    dctIdentifier: Required[str]
    dcatDistribution: list[dict[str, Any]] | None


class Dataset(TypedDict, total=False):
    """A dataset."""

    __pydantic_config__ = OPEN  # type: ignore[misc]
    id: str
    dcatDataset: Required[Content]
    meta: Meta | None


class Distribution(TypedDict, total=False):
    """A file, with its id in the catalogue."""

    __pydantic_config__ = OPEN  # type: ignore[misc]
    id: Required[str]
    dcatDistribution: dict[str, Any] | None


class Pages(TypedDict, total=False):
    """How many pages there are."""

    __pydantic_config__ = OPEN  # type: ignore[misc]
    totalPages: int | None


class Page(TypedDict, total=False):
    """A page of a list."""

    __pydantic_config__ = OPEN  # type: ignore[misc]
    content: Required[list[dict[str, Any]]]
    page: Pages | None


class Made(TypedDict):
    """What a POST made."""

    __pydantic_config__ = OPEN  # type: ignore[misc]
    id: str


TOKEN: Shape[Token] = Shape(Token)
RECORD: Shape[Record] = Shape(Record)
DATASET: Shape[Dataset] = Shape(Dataset)
DISTRIBUTION: Shape[Distribution] = Shape(Distribution)
PAGE: Shape[Page] = Shape(Page)
MADE: Shape[Made] = Shape(Made)


# Problems -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """What is wrong with a field: a code, a path as the API writes it, and words."""

    code: str
    path: str
    message: str

    @property
    def declared(self) -> str:
        """Return the key that the field comes from, by the names in its path, whose form is not laid down."""
        names = re.findall(r"\w+", self.path)
        known = DECLARED_OF_FILES if FILES in names else DECLARED
        return next((known[name] for name in names if name in known), "")


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem (RFC 9457) of the API, "" for what it does not say."""

    code: str
    title: str
    detail: str
    fields: tuple[FieldProblem, ...]


def problem(json: Any) -> Problem:
    """Return the problem that an answer tells, also where it tells it otherwise than it should."""
    said = json if isinstance(json, Mapping) else {}
    fields = (
        FieldProblem(_text(one, "code"), _text(one, "path"), _text(one, "message"))
        for one in mappings(part(said, "errors"))
    )
    return Problem(_text(said, "code"), _text(said, "title"), _text(said, "detail"), tuple(fields))


def _text(value: Mapping[str, Any], name: str) -> str:
    """Return what is said under a name, on one line; a number or a list as Python writes it."""
    found = value.get(name)
    return "" if found is None else " ".join(str(found).split())
