"""What only a person can know of a publication, whether somebody said it, or a document or a site did."""

from __future__ import annotations

import datetime
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answers:
    """Each what was said, or "" (None: of a day) for what is left to fill in."""

    language: str = ""
    country: str = ""
    """A code, or else a name."""
    place: str = ""
    """The address of a place of which the country is no code."""
    plan: str = ""
    issued: datetime.date | None = None
    url: str = ""
    retrieved: datetime.date | None = None
    publisher: str = ""
    contact: str = ""
    """An e-mail address, or the address of a page."""
    licence: str = ""
    base_iri: str = ""
    publish: bool = True
    confirmed: bool = True
    follows_form: bool = True
    """Whether the form is taken that the document seems to follow."""
