"""A document -> the forms that it may follow, the likeliest first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ogp_data.documents import Document
from ogp_data.models.forms import Form
from ogp_data.tables.kinds import KINDS
from ogp_data.tables.rows import Placed


class Recognised(NamedTuple):
    """A form, which share of the labels by which it is known the document has, how many records, and what it lacks."""

    form: Form
    share: float
    records: int
    lacking: tuple[str, ...] = ()


def recognise(document: Document, forms: Mapping[str, Form]) -> list[Recognised]:
    """Return the forms of which the document has records, that of which it has most of the labels first."""
    placed = [Placed(block, number) for number, block in enumerate(document.blocks)]
    found = [one for form in forms.values() for one in _recognised(form, placed)]
    return sorted(found, key=lambda one: (-one.share, -one.records, one.form.name))


def _recognised(form: Form, placed: Sequence[Placed]) -> Iterator[Recognised]:
    finds: dict[str, dict[str, Mapping[str, Any]]] = {}
    for name, table in form.datasets.items():
        find = table.get("find", {})
        finds.setdefault(find.get("kind", ""), {})[name] = find
    seen = [KINDS[kind].keys.seen(some, placed) for kind, some in finds.items() if kind in KINDS]
    known = {label for one in seen for label in one.labels}.intersection(form.usual)
    lacking = tuple(label for label in form.usual if label not in known)
    if known:
        yield Recognised(form, len(known) / len(form.usual), max(one.rows for one in seen), lacking)
