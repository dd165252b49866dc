"""What a publication owes as a government's, and that one which is none, or that nobody has confirmed, says so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ogp_data.core.declared import Declaration
from ogp_data.core.findings import Finding, Place, finding
from ogp_data.core.messages import Message
from ogp_data.core.publication import disclaimer
from ogp_data.core.shared import Shared
from ogp_data.core.words import Words


def stated(declaration: Declaration, shared: Shared) -> Declaration:
    """Return a declaration whose descriptions say that it is unofficial, or not confirmed, if it is.

    The descriptions go wherever the data goes: into the catalogue, pages, spreadsheets and packages.
    """
    said = disclaimer(declaration, shared)
    if said is None:
        return declaration
    datasets = [replace(spec, description=_with(spec.description, said)) for spec in declaration.dataset]
    series = replace(declaration.series, description=_with(declaration.series.description, said))
    return replace(declaration, description=_with(declaration.description, said), dataset=datasets, series=series)


def _with(text: Words, said: Message) -> Words:
    return Words({language: f"{words} {said.of(language)}" for language, words in text.items()})


def check_publisher(declaration: Declaration, shared: Shared) -> Iterator[Finding]:
    """Yield that a publication and its publisher contradict each other about whose it is."""
    publisher = shared.agents.get(declaration.publisher)
    if publisher is None or not (publisher.type or declaration.unofficial):
        return
    if declaration.unofficial and (publisher.is_government or not publisher.type):
        kind = Message("is a government ({type})", type=publisher.type) if publisher.type else Message("is of no kind")
        message = Message("The publication is unofficial, but its publisher {id!r} {kind}.", id=publisher.id, kind=kind)
        hint = Message(
            "Say in agents.toml what the publisher is, such as non-governmental-organisation, or leave out the key."
        )
        yield finding("contradictory-publisher", message, Place(key="unofficial"), hint)
    elif not declaration.unofficial and not publisher.is_government:
        message = Message("The publisher {id!r} is not a government ({type}).", id=publisher.id, type=publisher.type)
        hint = Message("Write `unofficial = true`, or name the government as publisher and the other as `creator`.")
        yield finding("contradictory-publisher", message, Place(key="publisher"), hint)


def check_confirmed(declaration: Declaration) -> Iterator[Finding]:
    """Yield that no person has confirmed a publication."""
    if not declaration.confirmed:
        message = Message("No person has confirmed that the rows are what the document says; the pages say so.")
        yield finding("unconfirmed-publication", message, Place(key="confirmed"))


def check_contact(declaration: Declaration, shared: Shared) -> Iterator[Finding]:
    """Yield that the description of the API, by the rules of the Dutch government, would lack an e-mail address."""
    if not (declaration.profile.startswith("dcat-ap-nl") or declaration.service):
        return
    for at, contact in enumerate(shared.contacts.values()):
        if contact.id == declaration.contact and not contact.email:
            message = Message("The contact {id!r} has no e-mail address.", id=contact.id)
            yield finding("contact-without-email", message, Place(file="agents.toml", key=f"contact[{at}].email"))
