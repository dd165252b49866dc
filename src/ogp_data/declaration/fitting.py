"""Whether a dataset's declaration fits together: its way to find rows, its columns, and the datasets it takes from.

What is told here could not be published, or would silently be published empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from ogp_data.core.columns import Column, DatasetSpec
from ogp_data.core.findings import Finding, Place, finding
from ogp_data.core.messages import Message
from ogp_data.core.near import meant
from ogp_data.tables.kind import finder
from ogp_data.types import type_of

_VARIABLE = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_PLACES = ("source_places", "quote_places")


@dataclass(frozen=True, slots=True)
class _Spot:
    """A column with its dataset, the other datasets by name, and its key path."""

    spec: DatasetSpec
    column: Column
    known: Mapping[str, DatasetSpec]
    key: str

    def fault(self, rule: str, part: str, message: str, hint: str = "") -> Finding:
        return finding(rule, message, Place(key=f"{self.key}.{part}"), hint)


def check_dataset(spec: DatasetSpec, known: Mapping[str, DatasetSpec], at: str) -> Iterator[Finding]:
    """Yield what does not fit together in a dataset."""
    if spec.rows is not None and spec.rows < 0:
        yield finding("value-type", Message("{rows} is not a number of rows.", rows=spec.rows), Place(key=f"{at}.rows"))
    yield from _check_properties(spec, at)
    for index, column in enumerate(spec.column):
        spot = _Spot(spec, column, known, f"{at}.column[{index}]")
        yield from _check_type(spot)
        yield from _check_iri(spot)
        yield from _check_other(spot)
        yield from _check_phrases(spot)
        if index == len(spec.column) - 1 and column.key:
            yield spot.fault(
                "key-column",
                "key",
                Message("The places of a row cannot be its key."),
                Message("Make another column the key."),
            )


def _check_properties(spec: DatasetSpec, at: str) -> Iterator[Finding]:
    """Yield the columns whose values the linked data cannot tell from those of an earlier column.

    A row may refer to several things in one way; texts of two languages are told apart by their language.
    """
    seen: dict[tuple[str, str], str] = {}
    for index, column in enumerate(spec.column):
        if type_of(column).about.names == "agents" or column.references:
            continue
        first = seen.setdefault((column.rdf, column.language), column.name)
        if first != column.name:
            message = Message(
                "The column {name!r} has the property {rdf} of the column {first!r}.",
                name=column.name,
                rdf=column.rdf,
                first=first,
            )
            yield finding("duplicate-property", message, Place(key=f"{at}.column[{index}].rdf"))


def _takes(spec: DatasetSpec, take: str) -> bool:
    return any(column.take == take and not column.of for column in spec.column)


def _check_type(spot: _Spot) -> Iterator[Finding]:
    """Yield what a column says of its type that its values cannot be."""
    column = spot.column
    if _is_places(column) != _takes_places(spot):
        message = Message("A column has the type 'places' if and only if it takes places, as `source_places` does.")
        yield spot.fault("value-type", "type", message, Message("Correct `type` or `take`."))
    if misfit := type_of(column).misfit(spot.spec, column):
        yield spot.fault("value-type", misfit.key, misfit.message, misfit.hint)
    yield from _check_currency(spot)
    if column.codes and type_of(column).about.names != "codes":
        yield spot.fault("value-type", "codes", Message("Only a column of the type 'code' has a code list."))
    if column.written and type_of(column).about.names != "codes":
        yield spot.fault(
            "value-type", "written", Message("Only a column of the type 'code' has codes that are written.")
        )
    target = spot.known.get(column.references)
    if target and (key := next((c for c in target.column if c.key), None)) and key.type != column.type:
        message = Message(
            "The keys of '{name}' are of the type '{type}', this column of '{type2}'.",
            name=target.name,
            type=key.type,
            type2=column.type,
        )
        yield spot.fault("value-type", "type", message, Message('Write type = "{type}".', type=key.type))


def _check_currency(spot: _Spot) -> Iterator[Finding]:
    """Yield a currency of what is no amount, and a column of currencies that cannot have any."""
    column = spot.column
    if not type_of(column).about.in_currency:
        for part in (part for part in ("currency", "currency_in") if getattr(column, part)):
            message = Message("Only a column of amounts of money has a currency.")
            yield spot.fault("value-type", part, message, Message('Remove the key, or write type = "money".'))
        return
    if not column.currency_in:
        return
    able = [other.name for other in spot.spec.column if other.name != column.name and _holds_codes(other)]
    if column.currency_in in able:
        return
    if column.currency_in in {other.name for other in spot.spec.column}:
        message = Message("The column {name!r} cannot have the currency of each amount.", name=column.currency_in)
    else:
        message = Message("There is no column {name!r} in the dataset.", name=column.currency_in)
    hint = Message("Use one of: {columns}.", columns=", ".join(able)) if able else _NO_CURRENCIES
    yield spot.fault("value-type", "currency_in", message, hint)


_NO_CURRENCIES = Message(
    'Declare the one currency by `currency`, or a column of the type "string" with the code of each currency.'
)


def _holds_codes(column: Column) -> bool:
    """Return whether a column can have the codes of currencies: text, or a list of codes, and nothing that is read."""
    kind = type_of(column)
    if kind.about.names not in ("", "codes") or kind.about.dated:
        return False
    try:
        kind.value("EUR")
    except ValueError:
        return False
    return True


def _is_places(column: Column) -> bool:
    return type_of(column).about.names == "places"


def _takes_places(spot: _Spot) -> bool:
    """Return whether a column takes the places of its row, of a quotation, or what has them in another dataset."""
    if not spot.spec.find.base or spot.column.take in _PLACES:
        return spot.column.take in _PLACES
    target = spot.known.get(spot.column.of or spot.spec.find.base)
    return target is not None and any(c.name == spot.column.take and _is_places(c) for c in target.column)


_SOUND_BASE = "https://data.example.nl/"
"""What is wrong with the base itself is told once, of the base."""


def _check_iri(spot: _Spot) -> Iterator[Finding]:
    """Yield what is wrong with the pattern of the IRIs that stand for a column's values."""
    template, columns = spot.column.iri, {column.name for column in spot.spec.column}
    for name in _VARIABLE.findall(template):
        if name not in columns:
            message = Message("There is no column {name!r} in the dataset.", name=name)
            yield spot.fault(
                "dangling-reference",
                "iri",
                message,
                meant(name, sorted(columns)),
            )
    filled = _VARIABLE.sub("x", template)
    try:
        ox.NamedNode(filled if ":" in filled else f"{_SOUND_BASE}{filled}")
    except ValueError as reason:
        yield spot.fault(
            "invalid-address",
            "iri",
            Message("{template!r} does not make an IRI: {reason}.", template=template, reason=reason),
        )


def _check_other(spot: _Spot) -> Iterator[Finding]:
    """Yield what is wrong with the other dataset that a column takes a value from."""
    column, target = spot.column, spot.known.get(spot.column.of)
    if target is None:
        return
    joined = bool(spot.spec.find.base) or column.take == "phrase"
    if not joined and not finder(target).turn.in_document:
        message = Message(
            "The rows of '{name}' are made from other datasets; a column here cannot take from them.", name=target.name
        )
        yield spot.fault(
            "dangling-reference", "of", message, Message('Declare a dataset with find = { kind = "rows" } for it.')
        )
    if column.where and spot.spec.find.base and not _takes(target, "label"):
        message = Message("Dataset '{name}' has no column that takes the label of a line.", name=target.name)
        yield spot.fault("dangling-reference", "where", message, Message('Give it a column with take = "label".'))
    if column.take == "phrase" and target.find.base:
        message = Message(
            "The rows of '{name}' are those of another dataset; name that dataset instead.", name=target.name
        )
        yield spot.fault("dangling-reference", "of", message)


def _check_phrases(spot: _Spot) -> Iterator[Finding]:
    """Yield the phrases without words, and the columns named that hold no text: the places of a row."""
    for number, phrase in enumerate(spot.column.phrase):
        if not phrase.words.strip():
            yield spot.fault("missing-key", f"phrase[{number}].words", Message("The text is empty."))
    searched = spot.known.get(spot.column.of, spot.spec)
    named = {"search": spot.column.search, "having": [spot.column.having], "lacking": [spot.column.lacking]}
    for part, columns in named.items():
        if searched.column and searched.column[-1].name in columns:
            yield spot.fault(
                "dangling-reference",
                part,
                Message("{name!r} contains places, not text.", name=searched.column[-1].name),
            )
