"""The names of WordprocessingML as lxml has them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Element = Any
"""An element of lxml, which has no types of its own."""

SPACE = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"


def w(name: str) -> str:
    """Return a name with the namespace of Word."""
    return SPACE + name


def value(parent: Element | None, name: str) -> str | None:
    """Return the value of a member of properties; None where it is not there, "" where it has none."""
    found = parent.find(w(name)) if parent is not None else None
    return None if found is None else found.get(w("val"), "")


def is_on(parent: Element | None, name: str) -> bool | None:
    """Return whether a property is switched on or off; None where nothing is said of it."""
    said = value(parent, name)
    return None if said is None else said not in ("0", "false", "off", "none")


def children(parent: Element) -> Iterator[Element]:
    """Yield what stands in an element, also in what only wraps it: content controls, what was put in, smart tags."""
    for child in parent:
        if child.tag == w("sdt"):
            inner = child.find(w("sdtContent"))
            yield from children(inner) if inner is not None else ()
        elif child.tag in (w("ins"), w("moveTo"), w("smartTag"), w("customXml"), w("dir"), w("bdo")):
            yield from children(child)
        elif child.tag == ALTERNATE:
            # The same in two ways: what new programs show comes first.
            yield from children(child[0]) if len(child) else ()
        else:
            yield child


TRACKED = tuple(map(w, ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge")))
"""What Word marks as put in, taken out or moved while it keeps track of changes: runs, paragraphs, rows and cells."""


def is_taken_out(properties: Element | None) -> bool:
    """Return whether a row, or a cell, is gone once all tracked changes are accepted, by its properties."""
    return properties is not None and any(properties.find(w(name)) is not None for name in ("del", "cellDel"))
