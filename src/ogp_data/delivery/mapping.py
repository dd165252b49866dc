"""A dataset or file <-> the fields of a catalogue, by a table: one row for each field, read in both directions.

A row says which of our properties it carries, under which name, what of it the field can carry (`get`), and how such a
value is written there (`form`). What `get` cannot take along is lost, and a plan says so; what a form writes, it reads
back as the same value.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ogp_data.core.messages import Message
from ogp_data.delivery.package_reader import Dataset, File, Texts, spoken

EMPTY: tuple[object, ...] = ("", [], {}, (), None)
"""A value that says nothing: its field is absent."""


@dataclass(frozen=True, slots=True)
class Form:
    """How values are written in a catalogue's JSON, and read back; ValueError for what was not written so."""

    there: Callable[[Any], Any]
    back: Callable[[Any], Any]

    def same(self, value: Any) -> Any:
        """Return a value that stands there as this form writes it; one in another form as it is."""
        try:
            # Read and written once more, so that two spellings of the same value do not count as a change in each plan.
            return self.there(self.back(value))
        except (ValueError, TypeError, KeyError):
            return value


@dataclass(frozen=True, slots=True)
class Subject:
    """What a row is asked of: a dataset, or a file of it, for a target that keeps texts in one language."""

    dataset: Dataset
    target: Any
    language: str
    of_file: File | None = None

    @property
    def keywords(self) -> Sequence[str]:
        """Return the keywords in the language of the target, else in another."""
        words = self.dataset.keywords
        return words.get(self.language) or next(iter(words.values()), ())

    @property
    def file(self) -> File:
        """Return the file of a row about files."""
        if self.of_file is None:
            raise ValueError(Message("this row is about a file"))
        return self.of_file

    def said(self, texts: Texts) -> str:
        """Return a text in the language of the target, else in another."""
        return spoken(texts, self.language)


@dataclass(frozen=True, slots=True)
class Row:
    """A field: the property of DCAT that it carries, its name there, what it can carry of that, and how it is written.

    `declared` is the key of publication.toml that it comes from, where a fault of it is to be told by that.
    """

    property: str
    field: str
    get: Callable[[Subject], Any]
    form: Form
    declared: str = ""


Table = Sequence[Row]


def fields(table: Table, subject: Subject) -> dict[str, Any]:
    """Return what a dataset or file is in the fields of a table; an empty one is absent."""
    values = ((row, row.get(subject)) for row in table)
    written = {row.field: row.form.there(value) for row, value in values if value not in EMPTY}
    return filled(written)


def kept(table: Table, raw: Mapping[str, Any], plain: Callable[[Any], Any]) -> dict[str, Any]:
    """Return the fields of a table that stand in a catalogue, as they would be sent; an empty one is absent.

    `plain` takes from a value what the catalogue adds to every one.
    """
    return filled({row.field: row.form.same(plain(raw[row.field])) for row in table if row.field in raw})


def managed(table: Table) -> frozenset[str]:
    """Return the names of the fields that are ours."""
    return frozenset(row.field for row in table)


def filled(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return fields without those that say nothing."""
    # A catalogue gives "" or null for what was never set, and neither is a difference from a field that is absent.
    return {name: value for name, value in values.items() if value not in EMPTY}


# Forms ----------------------------------------------------------------------------------------------------


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(Message("no text"))
    return value


def _number(value: Any) -> int:
    # isinstance would let true through, which is an int to Python and not to a catalogue.
    if type(value) is not int:
        raise ValueError(Message("no number"))
    return value


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError(Message("no list"))
    return value


def _only(value: Any, names: Iterable[str]) -> Mapping[str, Any]:
    if not isinstance(value, Mapping) or not set(value) <= set(names):
        raise ValueError(Message("other subfields"))
    return value


TEXT = Form(_text, _text)
NUMBER = Form(_number, _number)
TEXTS = Form(list, lambda value: tuple(map(_text, _list(value))))
"""Several texts, as a list."""


def each(form: Form) -> Form:
    """Return the form of a tuple of values as a list."""
    return Form(
        lambda values: [form.there(value) for value in values],
        lambda value: tuple(form.back(part) for part in _list(value)),
    )


def one(form: Form) -> Form:
    """Return the form of a value as a list of just that one."""

    def back(value: Any) -> Any:
        (only,) = _list(value)
        return form.back(only)

    return Form(lambda value: [form.there(value)], back)


def part(name: str, form: Form) -> Form:
    """Return the form of a value as a mapping with just that value in it."""
    return Form(lambda value: {name: form.there(value)}, lambda value: form.back(_only(value, {name})[name]))


def record(**parts: str) -> Form:
    """Return the form of a tuple of texts as a mapping: name -> what its text begins with there, such as `mailto:`."""

    def there(values: Sequence[str]) -> dict[str, str]:
        pairs = zip(parts.items(), values, strict=True)
        return {name: before + value for (name, before), value in pairs if value}

    def back(value: Any) -> tuple[str, ...]:
        found = _only(value, parts)
        return tuple(_without(before, _text(found.get(name, before))) for name, before in parts.items())

    return Form(there, back)


def closed(after: str) -> Form:
    """Return the form of a text that ends with something there."""

    def back(value: Any) -> str:
        if not _text(value).endswith(after):
            raise ValueError(Message("not {after}", after=after))
        return str(value).removesuffix(after)

    return Form(lambda value: value + after, back)


def ended(before: str) -> Form:
    """Return the form of an address that stands there without its beginning; one with another beginning is whole."""
    return Form(
        lambda value: _text(value).removeprefix(before),
        lambda value: value if "://" in _text(value) else before + value,
    )


def coded(codes: Mapping[str, str], before: str = "") -> Form:
    """Return the form of a value that has another name there."""
    known = {before + there: here for here, there in codes.items()}
    return Form(lambda value: before + codes[value], lambda value: known[_text(value)])


def _without(before: str, value: str) -> str:
    if not value.startswith(before):
        raise ValueError(Message("not {before}", before=before))
    return value.removeprefix(before)


def _json_list(value: Any) -> tuple[str, ...]:
    return tuple(map(_text, _list(json.loads(_text(value)))))


JSON = Form(lambda values: json.dumps(list(values)), _json_list)
"""Several texts, as a JSON text."""
