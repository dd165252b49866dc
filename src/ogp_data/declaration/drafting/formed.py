"""Which known form a document follows, why it does not follow the one that is named, and what a draft says of it."""

from __future__ import annotations

from collections.abc import Iterator

from ogp_data.core.messages import Message, Plural, sentences
from ogp_data.core.near import meant
from ogp_data.declaration.drafting.proposal import Entry
from ogp_data.declaration.recognising import Recognised, recognise
from ogp_data.documents import Document
from ogp_data.models.forms import forms

_SHARE = 0.5
"""Of so many of its labels a form is known without being named."""
_FEWEST = 2
"""Of fewer records nothing shows that they are of one form."""
_MANY = 5
"""So many records, each with two of its labels or more, are of a form whatever labels it has besides."""


def followed(document: Document, named: str = "") -> Recognised | None:
    """Return the form that a document follows; ValueError where it does not follow the one that is named."""
    known = forms()
    if named and named not in known:
        missing = Message("there is no form {name!r}.", name=named)
        names = Message("The forms are: {names}.", names=", ".join(known))
        raise ValueError(sentences(missing, meant(named, [*known]), names))
    ranked = recognise(document, known)
    if not named:
        sure = (one for one in ranked if one.records >= (_FEWEST if one.share >= _SHARE else _MANY))
        return next(sure, None)
    found = next((one for one in ranked if one.form.name == named), None)
    if found and found.records:
        return found
    raise ValueError(sentences(_why_not(named, found), *(_nearest(one) for one in ranked[:1] if one != found)))


def _why_not(named: str, found: Recognised | None) -> Message:
    """Return what a document does not have of a form."""
    begins = Message("no commitment with two of its labels begins anywhere")
    lacking = found.lacking if found else tuple(forms()[named].usual)
    labels = Message("it has nothing for {labels}", labels=", ".join(lacking))
    why = labels if lacking else begins
    return Message("the document does not follow the form {name}: {why}.", name=named, why=why)


def _nearest(one: Recognised) -> Message:
    share = f"{round(100 * one.share)}%"
    return Message("The nearest is {name}, of which it has {share} of the labels.", name=one.form.name, share=share)


def drafted_from(file: str, form: Recognised | None, has_more: bool) -> Iterator[Message]:
    """Yield out of what a draft is made, and what of it shows how it was understood."""
    if form is None:
        yield Message("Drafted from {file}: each dataset shows in a comment what was understood.", file=file)
        return
    told = {"file": file, "form": form.form.name}
    yield Message(
        "Drafted from {file}: the datasets are those of the form {form}, which says where they stand.", **told
    )
    if has_more:
        yield Message("Of what the form does not take, each dataset below shows in a comment what was understood.")


def form_entry(form: Recognised | None) -> Iterator[Entry]:
    """Yield the form that a document follows: its datasets, and where they are found, it says itself."""
    if form:
        found = Plural("{num} commitment", "{num} commitments", form.records)
        told = {"title": form.form.title, "share": f"{round(100 * form.share)}%", "found": found}
        yield Entry("form", form.form.name, Message("{title}: {share} of its labels, {found}", **told))
