"""How a reader reports an error in a cell: a link that names it, where the publisher has an address for that."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal
from urllib.parse import quote

from ogp_data.core.messages import Message
from ogp_data.core.publication import Publication
from ogp_data.core.shell import mark


def report_by(publication: Publication) -> Literal["mail", "form", "contact", ""]:
    """Return how errors are reported: by mail, by a form, or by what the contact's page offers."""
    d = publication.declaration
    contact = publication.shared.contacts[d.contact]
    if d.report and d.report.url:
        return "form"
    if (d.report and d.report.email) or contact.email:
        return "mail"
    return "contact" if contact.url else ""


class Reporter:
    """Begins the reports of errors in a language; each names publication, version, dataset, row, column and IRI.

    A page has one for each of its cells, so all that is the same in them is worked out once.
    """

    def __init__(self, publication: Publication, language: str) -> None:
        """Take the publication, which says where reports can be sent."""
        self._names, self._pattern = publication.names, _pattern(publication, language)
        self._same = {"publication": publication.id, "version": publication.declaration.version}

    @property
    def offers(self) -> bool:
        """Return whether there is an address for reports."""
        return bool(self._pattern)

    def report(self, dataset: str, row: str) -> Callable[[str], str] | None:
        """Return what gives the address at which an error in a cell of a row is reported; None where there is none."""
        if not self._pattern:
            return None
        values = {**self._same, "dataset": dataset, "row": row, "iri": self._names.row(dataset, row)}
        quoted = {name: quote(value, safe="") for name, value in values.items()}
        begun = self._pattern.format(**quoted, column=_COLUMN)
        return lambda column: begun.replace(_COLUMN, quote(column, safe=""))


_COLUMN = mark("column")


def _pattern(publication: Publication, language: str) -> str:
    """Return the report of an error in a cell, with names in braces for what the cell fills in; "" for none."""
    own = {name: f"{{{name}}}" for name in ("dataset", "row", "column", "iri", "publication", "version")}
    place = "{dataset}, {row}, {column}"
    title = Message("Error in {publication} {version}: {place}", place=place, **own).of(language)
    begun = Message(
        "dataset: {dataset}\nrow: {row}\ncolumn: {column}\nversion: {version}\n{iri}\n\nWhat does it say?\n"
        "What should it say?\n",
        **{**own, "version": "{publication} {version}"},
    ).of(language)
    return _to(publication, title, begun)


def _to(publication: Publication, title: str, begun: str) -> str:
    """Return a link to the form or a mail (RFC 6068) with a title and text begun; "" where there is neither."""
    d = publication.declaration
    if d.report and d.report.url:
        # An address may have other braces, which are left alone.
        url = d.report.url.replace("{", "{{").replace("}", "}}")
        return url.replace("{{title}}", _quoted(title)).replace("{{body}}", _quoted(begun))
    email = (d.report.email if d.report else "") or publication.shared.contacts[d.contact].email
    if not email:
        return ""
    # RFC 6068 wants CR LF between the lines of a body.
    lines = begun.replace("\n", "\r\n")
    return f"mailto:{_quoted(email, '@')}?subject={_quoted(title)}&body={_quoted(lines)}"


def _quoted(text: str, safe: str = "") -> str:
    """Return a text as part of an address, with the names in braces that a cell fills in."""
    return quote(text, safe=f"{{}}{safe}")


def reporting_on(publication: Publication, language: str, dataset: str = "") -> str:
    """Return the report of an error that its writer still has to place, begun, in a dataset or anywhere; or ""."""
    d = publication.declaration
    about = f"{d.id}, {dataset}" if dataset else d.id
    title = Message("Error in {publication} {version}", publication=about, version=d.version)
    asked = Message("What does it say, and where?\nWhat should it say?\n")
    named = Message("dataset: {dataset}\nrow: \ncolumn: \nversion: {version}\n\n", dataset=dataset, version=d.version)
    begun = f"{named.of(language) if dataset else ''}{asked.of(language)}"
    return _to(publication, title.of(language), begun).format()
