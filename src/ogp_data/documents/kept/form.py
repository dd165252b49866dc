"""A document that was read -> JSON -> the same document.

The form follows from the nouns themselves: whatever fields they have are written, so a new field needs no change here.
JSON and not pickle: whoever can write into the folder of builds must not thereby run code.
"""

from __future__ import annotations

import dataclasses
import inspect
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from ogp_data.core import places
from ogp_data.core.messages import Listed, Message, Plural
from ogp_data.documents.document import Document

_TUPLE, _MESSAGE, _MAPPING, _NOUN = range(4)
"""What a list of JSON is by its first member; from `_NOUN` on, a noun by its number."""
_PLAIN = (str, int, float, bool, type(None))
_IN_MESSAGES = (Plural, Listed)
"""What messages are filled in with, besides places; their hints do not say so."""


class UnknownFormError(Exception):
    """Raised for a value that has no form here, and for JSON that is of none."""


def written(document: Document) -> bytes:
    """Return a document as JSON; UnknownFormError where it holds something that has no form."""
    return json.dumps(_held(document), separators=(",", ":")).encode()


def read(content: bytes) -> Document:
    """Return the document that JSON holds; UnknownFormError where it holds none."""
    try:
        found = _value(json.loads(content))
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as reason:
        raise UnknownFormError from reason
    if type(found) is not Document:
        raise UnknownFormError
    return found


def _held(value: object) -> object:
    """Return a value as JSON has it."""
    kind = type(value)
    if kind in _PLAIN:
        return value
    if kind is tuple:
        return [_TUPLE, *map(_held, value)]  # type: ignore[call-overload]
    if isinstance(value, Message):
        return [_MESSAGE, value.msgid, _held(dict(value.values))]
    if kind is dict:
        return [_MAPPING, {name: _held(one) for name, one in value.items()}]  # type: ignore[attr-defined]
    number = _numbers().get(kind)
    if number is None:
        raise UnknownFormError(kind)
    return [number, *(_held(getattr(value, name)) for name in _nouns()[number - _NOUN].names)]


def _value(held: Any) -> Any:
    """Return the value of which JSON was made."""
    if not isinstance(held, list):
        return held
    form, *rest = held
    if form == _TUPLE:
        return tuple(map(_value, rest))
    if form == _MESSAGE:
        msgid, values = rest
        return Message(msgid, **_value(values))
    if form == _MAPPING:
        return {name: _value(one) for name, one in rest[0].items()}
    if form < _NOUN:
        raise UnknownFormError(form)
    return _nouns()[form - _NOUN].of([*map(_value, rest)])


@dataclasses.dataclass(frozen=True, slots=True)
class _Noun:
    """A class of nouns: the names of its fields, and for each whether a value can stand in it."""

    kind: Callable[..., object]
    names: tuple[str, ...]
    fits: tuple[Callable[[object], bool], ...]

    def of(self, values: list[object]) -> object:
        """Return the noun with these values."""
        for fits, value in zip(self.fits, values, strict=True):
            if not fits(value):
                raise UnknownFormError(value)
        return self.kind(**dict(zip(self.names, values, strict=True)))


@cache
def _nouns() -> tuple[_Noun, ...]:
    """Return the nouns that a document can hold, in an order that depends on nothing but them."""
    known: set[type] = set()
    kinds = [kind for hint in (Document, *_IN_MESSAGES, *vars(places).values()) for kind in _reached(hint, known)]
    return tuple(map(_noun, sorted(kinds, key=_name)))


@cache
def _numbers() -> Mapping[type, int]:
    ordered = (noun.kind for noun in _nouns())
    return {kind: number for number, kind in enumerate(ordered, start=_NOUN) if isinstance(kind, type)}


def _name(kind: type) -> str:
    return f"{kind.__module__}.{kind.__qualname__}"


def _reached(hint: object, known: set[type]) -> Iterator[type]:
    """Yield the nouns that a value of a type can be or hold, but for those that are known."""
    for part in get_args(hint):
        yield from _reached(part, known)
    if not (isinstance(hint, type) and dataclasses.is_dataclass(hint)) or hint in known:
        return
    known.add(hint)
    if not _is_known_by_name(hint):
        return
    if not inspect.isabstract(hint):
        yield hint
    for part in (*_hints(hint).values(), *hint.__subclasses__()):
        yield from _reached(part, known)


def _is_known_by_name(kind: type) -> bool:
    """Return whether a class is what its name stands for: one with slots is made of one without, which lives on."""
    return bool(getattr(sys.modules[kind.__module__], kind.__name__, None) is kind)


def _hints(kind: type) -> dict[str, Any]:
    """Return the types of a noun's fields; findings name that of their place without loading it."""
    return get_type_hints(kind, localns={"SourcePlace": places.SourcePlace})


def _noun(kind: type) -> _Noun:
    hints = _hints(kind)
    names = tuple(field.name for field in dataclasses.fields(kind) if field.init)
    return _Noun(kind, names, tuple(_fitting(hints[name]) for name in names))


def _fitting(hint: Any) -> Callable[[object], bool]:
    """Return what tells whether a value is of a type."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is tuple and arguments[1:] == (...,):
        each = _fitting(arguments[0])
        return lambda value: isinstance(value, tuple) and all(map(each, value))
    if origin in (Union, UnionType):
        any_of = [_fitting(one) for one in arguments]
        return lambda value: any(fits(value) for fits in any_of)
    if origin is Literal:
        return lambda value: isinstance(value, str) and value in arguments
    if hint is float:
        return lambda value: type(value) in (int, float)
    if hint in (str, int, bool):
        return lambda value: isinstance(value, hint)
    kind = origin or hint
    return lambda value: isinstance(value, kind)
