"""The parts of what a publication hands over to the root, as `publication.json` has them."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ogp_data.core.words import Words


@dataclass(frozen=True, slots=True)
class Country:
    """A country: its code in the EU's table, "" where none is declared, and its name in the publication's languages."""

    code: str
    name: Words

    @property
    def said(self) -> str:
        """Return its name in the first of the publication's languages."""
        return next(iter(self.name.values()), "")

    @property
    def key(self) -> str:
        """Return what tells it from others in an address: its code in small letters, else its name; "" for neither."""
        if self.code:
            return self.code.lower()
        name = self.said.lower()
        plain = "".join(sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign))
        slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
        # What cannot be written so would make countries of one that are not.
        lost = any(sign.isalnum() and not sign.isascii() for sign in plain)
        return "-".join(filter(None, (slug, hashlib.sha256(name.encode()).hexdigest()[:8]))) if lost else slug


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation: its IRI, its name, and of which kind it is, "" where nobody says."""

    iri: str
    name: Words
    type: str = ""


@dataclass(frozen=True, slots=True)
class Reached:
    """A contact point: its name, web address and e-mail address, of which one is there at least."""

    name: Words
    url: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """A score of the catalogue: points of the most that can be had, and what can be had without asking addresses."""

    points: int | float
    maximum: int
    offline_maximum: int | None = None


@dataclass(frozen=True, slots=True)
class Findings:
    """How many faults the checks found, and how many the document itself has."""

    errors: int
    warnings: int
    document: int = 0


@dataclass(frozen=True, slots=True)
class Statuses:
    """How many commitments have each status: by code of one list, in its order; "" is last, for which nothing is said.

    `basis` says whether the document judged (`document`) or its text was read (`text`); "" for neither.
    """

    basis: str = ""
    codes: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column of a dataset, as far as others have to know it to stack or join it; `rdf` is the IRI of its property."""

    name: str
    type: str
    title: Words
    description: Words
    rdf: str
    origin: str
    key: bool = False
    required: bool = False
    codes: str = ""
    references: str = ""
    iri: str = ""
    currency: str = ""
    currency_in: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A dataset: its name, class, texts, how many rows, and its columns."""

    name: str
    type: str
    title: Words
    description: Words
    rows: int
    columns: Sequence[TableColumn]
