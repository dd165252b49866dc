"""Whether rows of a kind have what a column would take of them."""

from __future__ import annotations

import re
import warnings
from collections.abc import Collection, Mapping
from typing import Any

from ogp_data.tables.composed import variables
from ogp_data.tables.kind import ANYWHERE, Finder
from ogp_data.tables.kinds import KINDS
from ogp_data.tables.patterns import pattern_fault

_GROUP = "group:NAME"


def kind_of(find: Mapping[str, Any]) -> type[Finder] | None:
    """Return the class of the keys of the kind that a table `find` names; None where it names none."""
    name = find.get("kind")
    kind = KINDS.get(name) if isinstance(name, str) else None
    return kind.keys if kind else None


def broken_pattern(find: Mapping[str, Any]) -> str:
    """Return why the pattern of a table `find` cannot be read; "" where it can, or its kind has none."""
    kind = kind_of(find)
    return pattern_fault(pattern_of(find)[1]) if kind and _GROUP in kind.offers else ""


def pattern_of(find: Mapping[str, Any]) -> tuple[str, str]:
    """Return the key of a table `find` that holds its pattern, and that pattern."""
    key = "pattern" if "pattern" in find else "starts"
    return key, str(find.get(key, ""))


def groups(find: Mapping[str, Any]) -> Collection[str]:
    """Return the names of the groups in the pattern of a table `find`, with that of a title which is a heading.

    There are none where the pattern is none.
    """
    pattern = pattern_of(find)[1]
    if pattern_fault(pattern):
        return ()
    with warnings.catch_warnings(action="ignore", category=FutureWarning):  # told when the pattern is used
        named = re.compile(pattern).groupindex.keys()
    return [*named, *(["title"] if find.get("title") == "next heading" else [])]


def offered(find: Mapping[str, Any]) -> list[str]:
    """Return what a column can take of rows of a kind, with the groups that its pattern has by their names."""
    kind = kind_of(find)
    verbs = {*(kind.offers if kind else ()), *ANYWHERE} - {"source_places"}
    if _GROUP in verbs and (named := groups(find)):
        verbs = verbs - {_GROUP, *({"number"} - {*named})} | {f"group:{name}" for name in named}
    return sorted(verbs)


def labels(find: Mapping[str, Any]) -> Collection[str]:
    """Return the names of the labels in a table `find`; none where they are no table."""
    said = find.get("labels")
    return said.keys() if isinstance(said, dict) else ()


def is_offered(find: Mapping[str, Any], verb: str, columns: Collection[str] = ()) -> bool:
    """Return whether rows of a kind offer what a column takes; a template may name other columns as well."""
    kind = kind_of(find)
    if kind is None:
        return False
    if names := variables(verb):
        return all(name in columns or is_offered(find, name) for name in names)
    offers = {*kind.offers, *ANYWHERE}
    prefix, colon, name = verb.rpartition(":")
    if prefix == "band":
        return f"{prefix}:NAME" in offers and name in groups({"pattern": find.get("bands", "")})
    if verb in kind.offers and (needs := kind.offers[verb].needs):
        return any(find.get(key) for key in needs)
    # Where groups of a pattern are offered, the number is that of the group with this name.
    if prefix == "group" or (verb == "number" and _GROUP in offers):
        # Records of another dataset have the groups of that.
        return _GROUP in offers and (name in groups(find) or bool(find.get("of")))
    return verb in offers if not colon else prefix == "reference"
