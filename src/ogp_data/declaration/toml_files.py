"""A TOML file -> a noun, or findings with the file and the key path."""

from __future__ import annotations

import json
import os
import shlex
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError

from ogp_data.core import misfits
from ogp_data.core.files import kind_of, read_file
from ogp_data.core.findings import Finding, Place, finding, rules
from ogp_data.core.finds import Find
from ogp_data.core.messages import Message, Plural
from ogp_data.core.near import nearest
from ogp_data.core.places import Line
from ogp_data.core.toml_lines import key_path
from ogp_data.declaration.key_names import known_keys
from ogp_data.declaration.toml_mistakes import mistake
from ogp_data.tables.kinds import KINDS

_T = TypeVar("_T")

_OF_ONE = ("publication.toml", "corrections.toml")
"""The files of a declaration that stand in the folder of one publication."""

_SHOWN = 10
"""So many publications are named to whoever names one that there is not."""


def find_publications(data: Path) -> list[str]:
    """Return the names of the publications under a data folder, in alphabetical order."""
    return sorted(path.parent.name for path in data.glob("*/publication.toml"))


def read_toml(path: Path, kind: type[_T], found: list[Finding], optional: bool = False) -> _T | None:
    """Return a TOML file as an instance of a dataclass, or None with findings."""
    tables = read_tables(path, found, optional)
    return None if tables is None else as_noun(tables, kind, path, found)


def read_tables(path: Path, found: list[Finding], optional: bool = False) -> dict[str, Any] | None:
    """Return what a TOML file says, or None with findings."""
    place = Place(file=str(path))
    try:
        # At the end of a last line without an end, the parser does not say which line that was.
        return tomllib.loads((text := read_file(path).decode("utf-8")) + "\n")
    except OSError as reason:
        if not optional or os.path.lexists(path):
            message = Message("{name} cannot be read: {strerror}.", name=path.name, strerror=reason.strerror)
            found.append(finding("missing-declaration", message, place, _missing_hint(path, reason)))
        return None
    except UnicodeDecodeError as reason:
        at = replace(place, at=Line(reason.object.count(b"\n", 0, reason.start) + 1))
        message = Message("This is not TOML: byte 0x{object:02x} is not UTF-8.", object=reason.object[reason.start])
        found.append(finding("declaration-syntax", message, at))
        return None
    except (tomllib.TOMLDecodeError, RecursionError) as reason:
        wrong = mistake(text, reason)
        at = replace(place, at=Line(wrong.line) if wrong.line else None)
        message = Message("This is not TOML: {reason}.", reason=wrong.what)
        found.append(finding("declaration-syntax", message, at, wrong.fix))
        return None


def as_noun(tables: Mapping[str, Any], kind: type[_T], path: Path, found: list[Finding]) -> _T | None:
    """Return what the TOML file of a path says as an instance of a dataclass, or None with findings."""
    try:
        return parse(tables, kind)
    except ValidationError as reason:
        if not _is_too_deep(reason):
            found.extend(declaration_faults(path, reason, kind, tables))
            return None
    except RecursionError:
        pass
    message = Message("A key or value is nested too deeply to be read.")
    found.append(finding("value-type", message, Place(file=str(path))))
    return None


def _is_too_deep(reason: ValidationError) -> bool:
    """Return whether a file was given up before its keys were looked at, as only its depth can be the cause of."""
    return any(error["type"] == "json_invalid" for error in reason.errors(include_url=False))


def _missing_hint(path: Path, reason: OSError) -> str:
    """Return what helps against a file of a declaration that cannot be read."""
    data = path.parent.parent if path.name in _OF_ONE else path.parent
    option = "" if data == Path("data") else f" --data {shlex.quote(str(data))}"
    if isinstance(reason, PermissionError):
        return Message("Grant permission to read it and to enter the folders above it.")
    away = Message("Move away what is there ({kind}). ", kind=kind) if (kind := kind_of(path)) else ""
    if path.name == "publication.toml" and not os.path.lexists(path.parent):
        return _unknown_hint(path.parent.name, find_publications(data), option)
    if path.name == "publication.toml":
        return Message(
            "{away}Put the declaration there; `ogp-data new ANOTHER-ID{option}` writes one whose text can be copied.",
            away=away,
            option=option,
        )
    if path.name == "corrections.toml":
        return Message("{away}A document without known faults does not need this file.", away=away)
    if path.name == "agents.toml":
        return Message(
            "{away}`ogp-data new{option}`, without an ID, creates what publications share and is missing.",
            away=away,
            option=option,
        )
    return away or rules()["missing-declaration"].fix


def _unknown_hint(name: str, known: Sequence[str], option: str) -> str:
    """Return what helps who names a publication that is not there."""
    near = nearest(name, known)
    there = (
        Message("Did you mean {near}? ", near=near)
        if near
        else Message("There is {known}. ", known=_some(known))
        if known
        else ""
    )
    return Message("{there}`ogp-data new ID DOCUMENT{option}` begins a publication.", there=there, option=option)


def _some(names: Sequence[str]) -> object:
    """Return as many names as can be looked over, and how many more there are."""
    shown = ", ".join(names[:_SHOWN])
    further = len(names) - _SHOWN
    more = Plural("{names} and {num} more", "{names} and {num} more", further, values={"names": shown})
    return more if further > 0 else shown


@cache
def _adapter(kind: type[_T]) -> TypeAdapter[_T]:
    """Return what reads a dataclass; it is made once, which takes longer than to read a code list."""
    return TypeAdapter(kind)


def declaration_faults(path: Path, reason: ValidationError, kind: type, tables: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield what is wrong with a file of a declaration, each with its key path."""
    for error in reason.errors(include_url=False):
        place = Place(file=str(path), key=key_path(*error["loc"]))
        if error["type"] == "unexpected_keyword_argument":
            *above, key = error["loc"]
            near = nearest(str(key), known_keys(kind, above, tables))
            hint = Message("Did you mean {near}?", near=near) if near else ""
            yield finding("unknown-key", Message("There is no key '{error}'.", error=key), place, hint)
        elif error["type"] in ("missing", "missing_argument"):
            yield finding("missing-key", Message("The key '{error}' is missing.", error=error["loc"][-1]), place)
        else:
            yield finding(
                "value-type",
                Message("{error}; it is {error2!r:.60}.", error=misfits.told(error), error2=error["input"]),
                place,
                misfits.example(error),
            )


def _find(table: object) -> Find:
    """Return a table `find` as the keys of the kind that it names."""
    if not isinstance(table, dict):
        raise PydanticCustomError("value", Message("Input should be a table"))
    if "kind" not in table:
        fault = InitErrorDetails(type="missing", loc=("kind",), input=table)
        raise ValidationError.from_exception_data("find", [fault], input_type="json")
    kind = KINDS.get(table["kind"]) if isinstance(table["kind"], str) else None
    if kind is None:
        unknown_kind = PydanticCustomError(
            "value", Message("Input should be one of: {all}", all=", ".join(KINDS.all()))
        )
        fault = InitErrorDetails(type=unknown_kind, loc=("kind",), input=table["kind"])
        raise ValidationError.from_exception_data("find", [fault], input_type="json")
    return parse(table, kind.keys)


def parse(data: object, kind: type[_T]) -> _T:
    """Return what TOML says as an instance of a dataclass; ValidationError says what is wrong with it."""
    # In JSON mode, strict types are strict for values, while a table may still become a dataclass.
    adapter: TypeAdapter[_T] = _adapter(kind)  # type: ignore[arg-type]  # mypy knows no class as hashable
    return adapter.validate_json(json.dumps(data, default=str), context=_find)


def inside(folder: Path, relative: str, key: str, found: list[Finding]) -> Path | None:
    """Return a path below the folder of a publication, or None with a finding when it climbs out."""
    with suppress(ValueError, RuntimeError):  # a NUL in it; links in a circle
        path = (folder / relative).resolve()
        if path.is_relative_to(folder.resolve()):
            return path
    message = Message("{relative!r} leads outside the publication's folder.", relative=relative)
    found.append(finding("path-outside-folder", message, Place(file=str(folder / "publication.toml"), key=key)))
    return None
