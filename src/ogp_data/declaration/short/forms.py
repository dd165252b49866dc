"""What a form says of its datasets, beneath what the declaration says of them."""

from __future__ import annotations

from ogp_data.core.messages import Message, sentences
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
    form = work.given.forms.get(name) if isinstance(name, str) else None
    if form is None:
        _no_form(name, work)
    work.form = form
    if not isinstance(held, dict):
        return said
    return {**said, DATASETS: over(form.datasets, held) if form else held}


def _no_form(name: object, work: Work) -> None:
    message = Message("There is no form {name!r}.", name=name)
    known = Message("The forms are: {names}.", names=", ".join(work.given.forms))
    work.fault("dangling-reference", _FORM, message, sentences(did_you_mean(str(name), work.given.forms), known))
