"""What CKAN's action API answers, as nouns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Required

from typing_extensions import TypedDict

from ogp_data.delivery.reading import OPEN, Shape, mappings, part


class Extra(TypedDict):
    """A field that the catalogue's schema does not know."""

    __pydantic_config__ = OPEN  # type: ignore[misc]
    key: str
    value: Any


class Resource(TypedDict, total=False):
    """A file."""

    __pydantic_config__ = OPEN  # type: ignore[misc]
    id: Required[str]
    url_type: str | None


class Organisation(TypedDict, total=False):
    """An organisation, as lists and datasets name it."""

    __pydantic_config__ = OPEN  # type: ignore[misc]
    name: str | None


class Dataset(TypedDict, total=False):
    """A dataset with its files."""

    __pydantic_config__ = OPEN  # type: ignore[misc]
    id: Required[str]
    name: Required[str]
    title: str | None
    state: str | None
    metadata_modified: str | None
    organization: Organisation | None
    resources: list[Resource]
    extras: list[Extra]


class Found(TypedDict):
    """A page of search results."""

    __pydantic_config__ = OPEN  # type: ignore[misc]
    count: int
    results: list[Dataset]


class SchemaField(TypedDict, total=False):
    """A field of a schema."""

    __pydantic_config__ = OPEN  # type: ignore[misc]
    field_name: str


class Schema(TypedDict, total=False):
    """A schema of ckanext-scheming."""

    __pydantic_config__ = OPEN  # type: ignore[misc]
    dataset_fields: list[SchemaField]


DATASET: Shape[Dataset] = Shape(Dataset)
RESOURCE: Shape[Resource] = Shape(Resource)
FOUND: Shape[Found] = Shape(Found)
ORGANISATIONS: Shape[list[Organisation]] = Shape(list[Organisation])
SCHEMA: Shape[Schema] = Shape(Schema)


@dataclass(frozen=True, slots=True)
class Refusal:
    """What CKAN says is wrong: by field, and by field of each file."""

    fields: Mapping[str, Any]
    files: tuple[Mapping[str, Any], ...]


def refusal(json: Any) -> Refusal | None:
    """Return what an answer says is wrong; None when it says nothing of the kind."""
    error = part(json, "error")
    return Refusal(error, tuple(mappings(error.get("resources")))) if isinstance(error, Mapping) else None
