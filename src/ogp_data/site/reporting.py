"""How a reader reports an error in a cell: a link that names it, where the publisher has an address for that."""

from __future__ import annotations

from typing import Literal
from urllib.parse import quote

from ogp_data.core.messages import Message
from ogp_data.core.publication import Publication


def report_by(publication: Publication) -> Literal["mail", "form", "contact", ""]:
    """Return how errors are reported: by mail, by a form, or by what the contact's page offers."""
    d = publication.declaration
    contact = publication.shared.contacts[d.contact]
    if d.report and d.report.url:
        return "form"
    if (d.report and d.report.email) or contact.email:
        return "mail"
    return "contact" if contact.url else ""


def address(publication: Publication, title: str, body: str) -> str | None:
    """Return a link to the form or a mail (RFC 6068) with a title and text begun; None where there is neither."""
    d = publication.declaration
    if d.report and d.report.url:
        parts = {"{title}": quote(title, safe=""), "{body}": quote(body, safe="")}
        url = d.report.url
        for name, value in parts.items():
            # One after the other and not by str.format: an address may have other braces, which are left alone.
            url = url.replace(name, value)
        return url
    email = (d.report.email if d.report else "") or publication.shared.contacts[d.contact].email
    if not email:
        return None
    # RFC 6068 wants CR LF between the lines of a body.
    lines = quote(body.replace("\n", "\r\n"), safe="")
    return f"mailto:{quote(email, safe='@')}?subject={quote(title, safe='')}&body={lines}"


def reporting(publication: Publication, language: str, dataset: str, row: str, column: str) -> str | None:
    """Return the report of an error in a cell, begun: it names publication, version, dataset, row, column and IRI."""
    d = publication.declaration
    place = f"{dataset}, {row}, {column}"
    title = Message("Error in {publication} {version}: {place}", publication=d.id, version=d.version, place=place)
    begun = Message(
        "dataset: {dataset}\nrow: {row}\ncolumn: {column}\nversion: {version}\n{iri}\n\nWhat does it say?\n"
        "What should it say?\n",
        dataset=dataset,
        row=row,
        column=column,
        version=f"{d.id} {d.version}",
        iri=publication.names.row(dataset, row),
    )
    return address(publication, title.of(language), begun.of(language))
