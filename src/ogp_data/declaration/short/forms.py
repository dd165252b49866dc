"""What a form says of its datasets, beneath what the declaration says of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ogp_data.core.messages import Message, sentences
from ogp_data.declaration.short.keys import DATASETS
from ogp_data.declaration.short.work import Table, Work, did_you_mean

_FORM = "form"


def with_form(said: Table, work: Work) -> Table:
    """Return a declaration with the datasets of its form, of which it changes what it says, or takes out with `false`.

    Of a form that there is not, that alone is told.
    """
    name, held = said.get(_FORM, ""), said.get(DATASETS, {})
    if not name:
        return said
    form = work.given.forms.get(name) if isinstance(name, str) else None
    if form is None:
        _no_form(name, work)
    if not isinstance(held, dict):
        return said
    known = form.datasets if form else {}
    both = {
        key: _over(known.get(key), held.get(key, {})) for key in (*known, *(key for key in held if key not in known))
    }
    return {**said, DATASETS: {key: table for key, table in both.items() if table is not False or key not in known}}


def _no_form(name: object, work: Work) -> None:
    message = Message("There is no form {name!r}.", name=name)
    known = Message("The forms are: {names}.", names=", ".join(work.given.forms))
    work.fault("dangling-reference", _FORM, message, sentences(did_you_mean(str(name), work.given.forms), known))


def _over(form: object, said: Any) -> Any:
    """Return a dataset of the form as the declaration has it."""
    if not isinstance(form, Mapping) or not isinstance(said, dict):
        return said
    merged = _merged(form, said)
    find, own = form.get("find", {}), said.get("find", {})
    if not isinstance(own, dict) or own.get("kind", find.get("kind")) != find.get("kind"):
        return {**merged, "find": own}  # rows of another kind have none of its keys
    # What the declaration itself says has to be there.
    labels = [name for name in find.get("labels", {}) if name not in own.get("labels", {})]
    marks = [name for name in ("ticks", "fill") if name in find and name not in own]
    if labels or marks:
        merged["find"].setdefault("optional", [*labels, *marks])
    return merged


def _merged(form: Table, said: Table) -> dict[str, Any]:
    """Return two tables as one, where what is said wins key by key."""
    both = {**form, **said}
    inner = [key for key in both if isinstance(form.get(key), Mapping) and isinstance(said.get(key, {}), Mapping)]
    return {**both, **{key: _merged(form[key], said.get(key, {})) for key in inner}}
