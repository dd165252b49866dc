"""What a form says of its datasets, beneath what the declaration says of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ogp_data.core.messages import Message, sentences
from ogp_data.declaration.offering import labels
from ogp_data.declaration.short.keys import DATASETS
from ogp_data.declaration.short.work import Table, Work, did_you_mean
from ogp_data.models.forms import over

_FORM = "form"


def with_form(said: Table, work: Work) -> Table:
    """Return a declaration with the datasets of its form, of which it changes what it says, or takes out with `false`.

    Of a form that there is not, that alone is told.
    """
    name, held = said.get(_FORM, ""), said.get(DATASETS, {})
    if not name:
        return said
    work.form = work.given.forms.get(name) if isinstance(name, str) else None
    if work.form is None:
        _no_form(name, work)
        return {**said, DATASETS: held}
    if not isinstance(held, dict):
        return said
    datasets = over(work.form.datasets, held)
    return {**said, DATASETS: {name: _optional(table, held.get(name, {})) for name, table in datasets.items()}}


def _optional(table: Any, said: Any) -> Any:
    """Return a dataset of which what the declaration does not say itself may be absent, as all that a form says may."""
    find = table.get("find") if isinstance(table, dict) else None
    own = said.get("find", {}) if isinstance(said, dict) else {}
    if not isinstance(find, Mapping) or not isinstance(own, Mapping):
        return table
    marks = [name for name in ("ticks", "fill") if name in find and name not in own]
    absent = [*(name for name in labels(find) if name not in labels(own)), *marks]
    return {**table, "find": {"optional": absent, **find}} if absent else table


def _no_form(name: object, work: Work) -> None:
    message = Message("There is no form {name!r}.", name=name)
    known = Message("The forms are: {names}.", names=", ".join(work.given.forms))
    work.fault("dangling-reference", _FORM, message, sentences(did_you_mean(str(name), work.given.forms), known))
