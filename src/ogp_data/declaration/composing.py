"""Whether what columns are made of is there: the names in a template, the column that a look-up leads to, no circle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ogp_data.core.columns import CODE_LIST, Column, DatasetSpec
from ogp_data.core.findings import Finding
from ogp_data.core.messages import Message
from ogp_data.core.near import meant
from ogp_data.tables.composed import braces_fault, is_composed, is_template, lookup, variables
from ogp_data.tables.kind import Declared, finder
from ogp_data.types import type_of

_Spot = tuple[str, str]
"""A dataset and a column of it."""

_OF_ROWS = ("publication", "sequence")
"""What a template can name whatever the rows are."""

_LATE = ("phrase", "quote", "quote_places")
"""What is found in the text of rows that have their keys already."""


def check_composed(declared: Declared, column: Column, key: str) -> Iterator[Finding]:
    """Yield what is wrong with a column whose cells are made of others."""
    if column.of:
        message = Message("What is made of other cells is made of those of the same row.")
        yield declared.fault("dangling-reference", f"{key}.of", message, Message("Remove `of`."))
    found = list(_check_made(declared, column, key))
    yield from found or _check_way(declared, column, key)


def _check_made(declared: Declared, column: Column, key: str) -> Iterator[Finding]:
    if column.take == CODE_LIST:
        listed = {other.name: other for other in declared.spec.column if other.codes and other is not column}
        if column.basis not in listed:
            message = Message("There is no column {basis!r} with a code list.", basis=column.basis)
            yield declared.fault("dangling-reference", f"{key}.basis", message, meant(column.basis, sorted(listed)))
    elif is_template(column.take):
        yield from _check_template(declared, column, key)
    else:
        yield from _look_up(declared, column, key)


def _check_template(declared: Declared, column: Column, key: str) -> Iterator[Finding]:
    names = set(variables(column.take))
    if part := braces_fault(column.take):
        message = Message("The braces of {take!r} do not match, at {part!r}.", take=column.take, part=part)
        yield declared.fault("value-type", f"{key}.take", message, Message("Write each name as in `C{number}`."))
        return
    own = {other.name for other in declared.spec.column[:-1]} - {column.name}
    known = {*_OF_ROWS, *finder(declared.spec).named_in_templates(declared.known), *own}
    for name in sorted(names - known):
        message = Message("The rows offer nothing that is called {name!r}.", name=name)
        yield declared.fault("dangling-reference", f"{key}.take", message, meant(name, sorted(known)))
    if not type_of(column).about.words:
        message = Message("What a template makes is text, not of the type '{type}'.", type=column.type)
        yield declared.fault("value-type", f"{key}.type", message, Message('Write type = "string".'))


def _look_up(declared: Declared, column: Column, key: str) -> Iterator[Finding]:
    refers, name = lookup(column.take) or ("", "")
    referring = {other.name: other.references for other in declared.spec.column if other.references in declared.known}
    if refers not in referring:
        message = Message("No column {name!r} refers to a row of another dataset.", name=refers)
        hint = meant(refers, sorted(referring)) or _NO_REFERENCE
        yield declared.fault("dangling-reference", f"{key}.take", message, hint)
        return
    target = declared.known[referring[refers]]
    there = {other.name: other for other in target.column[:-1]}
    if name not in there:
        message = Message("Dataset '{name}' has no column {name2!r}.", name=target.name, name2=name)
        yield declared.fault("dangling-reference", f"{key}.take", message, meant(name, sorted(there)))
    elif there[name].type != column.type and not (_is_text(there[name]) and _is_text(column)):
        said = {"name": name, "name2": target.name, "type": there[name].type}
        message = Message("The column '{name}' of '{name2}' is of the type '{type}'.", **said)
        hint = Message('Write type = "{type}".', type=there[name].type)
        yield declared.fault("value-type", f"{key}.type", message, hint)


_NO_REFERENCE = Message("Give a column of this dataset `references`.")


def _is_text(column: Column) -> bool:
    return type_of(column).about.words


def _check_way(declared: Declared, column: Column, key: str) -> Iterator[Finding]:
    """Yield that a column is made of itself in the end, or a key of what is found only when rows have their keys."""
    here = (declared.spec.name, column.name)
    reached = list(_reached(here, declared.known))
    if here in reached:
        message = Message("The column {name!r} is made of itself in the end.", name=column.name)
        hint = Message("Let one of these take something else: {columns}.", columns=_circle(here, declared.known))
        yield declared.fault("dangling-reference", f"{key}.take", message, hint)
    elif late := next((spot for spot in reached if column.key and _is_late(spot, declared)), None):
        message = Message("A key cannot be made of '{name}', which is known only after it.", name=".".join(late))
        yield declared.fault("dangling-reference", f"{key}.take", message)


def _is_late(spot: _Spot, declared: Declared) -> bool:
    name, column = spot
    spec, own = declared.known[name], finder(declared.spec).turn
    takes = next((other.take for other in spec.column if other.name == column), "")
    return takes in _LATE or (finder(spec).turn > own and not (own.in_document and finder(spec).turn.in_document))


def _reached(start: _Spot, known: Mapping[str, DatasetSpec]) -> Iterator[_Spot]:
    """Yield the columns that a column is made of, and those that these are made of, each once."""
    seen: set[_Spot] = set()
    ahead = [*_parts(start, known)]
    while ahead:
        spot = ahead.pop()
        if spot not in seen:
            seen.add(spot)
            yield spot
            ahead += _parts(spot, known)


def _circle(start: _Spot, known: Mapping[str, DatasetSpec]) -> str:
    """Return the columns that are made of one another."""
    circle = {start, *(spot for spot in _reached(start, known) if start in _reached(spot, known))}
    return ", ".join(".".join(spot) for spot in sorted(circle))


def _parts(spot: _Spot, known: Mapping[str, DatasetSpec]) -> Iterator[_Spot]:
    """Yield the columns that the cells of a column are made of; nothing where that is reported on its own."""
    name, wanted = spot
    spec = known[name]
    column = next((column for column in spec.column if column.name == wanted), None)
    if column is None:
        return
    if not is_composed(column):
        base = known.get(column.of or spec.find.base)
        if spec.find.base and base and any(other.name == column.take for other in base.column):
            yield base.name, column.take
        return
    if column.take == CODE_LIST:
        yield name, column.basis
        return
    if found := lookup(column.take):
        refers, there = found
        target = next((known.get(other.references) for other in spec.column if other.name == refers), None)
        yield name, refers
        if target and (key := next((other for other in target.column if other.key), None)):
            yield target.name, there
            yield target.name, key.name
        return
    offers = {*_OF_ROWS, *finder(spec).named_in_templates(known)}
    for variable in variables(column.take):
        if variable not in offers:
            yield name, variable
        elif spec.find.base and variable not in _OF_ROWS:
            yield spec.find.base, variable
