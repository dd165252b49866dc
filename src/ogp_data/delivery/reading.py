"""Answers of a catalogue are read once, where they come in: what has another shape is a fault with its place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Generic, TypeVar

from pydantic import ConfigDict, TypeAdapter, ValidationError

from ogp_data.core import misfits
from ogp_data.core.messages import Message
from ogp_data.delivery.faults import DeliveryError

T = TypeVar("T")

OPEN = ConfigDict(strict=True, extra="allow")
"""Of a noun of others: each field that we read has its type, any other stays as it is."""


class Shape(Generic[T]):
    """What an answer must be like."""

    def __init__(self, kind: Any) -> None:
        """Take the type that `read` returns."""
        self._adapter: TypeAdapter[T] = TypeAdapter(kind)

    def read(self, value: Any, about: str) -> T:
        """Return a value of this shape; DeliveryError, in which `about` says what it is and is not, for any other."""
        try:
            return self._adapter.validate_python(value)
        except ValidationError as reason:
            first = reason.errors(include_url=False, include_input=False)[0]
            place = ".".join(map(str, first["loc"]))[:100]
            message = Message(
                "{about} ({place}{first}).", about=about, place=place + ": " if place else "", first=misfits.told(first)
            )
            raise DeliveryError("unexpected-target-answer", message) from None


def part(value: Any, *names: str) -> Any:
    """Return what an answer holds under names, one within the other; None where it does not."""
    for name in names:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def mappings(value: Any) -> list[Mapping[str, Any]]:
    """Return the objects in a list; none of what is no list."""
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []
