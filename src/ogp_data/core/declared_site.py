"""What data/site.toml says: what all publications share, and what is over all of them.

The second part of an `Annotated` is the key's line in docs/publication.md.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Annotated

from ogp_data.core.strict import STRICT
from ogp_data.core.words import Words


@dataclass(frozen=True, slots=True)
class Defaults:
    """The keys of site.toml that a publication has too: its own wins, and `{id}` stands for its id."""

    __pydantic_config__ = STRICT
    base_iri: Annotated[
        str, "Address below which everything is named, such as `https://data.example.nl/ogp/{id}/`."
    ] = ""
    base_url: Annotated[
        str, "Address at which the folder `dist/<id>/` is downloaded, such as `https://x.example/{id}/`."
    ] = ""
    publisher: Annotated[str, "Publisher: `id` of an agent."] = ""
    creator: Annotated[str, "Creator: `id` of an agent."] = ""
    contact: Annotated[str, "Contact point: `id` of a contact."] = ""
    licence: Annotated[str, "IRI of the licence, from a list that the profile allows."] = ""
    languages: Annotated[
        list[str], "The default of `page_languages`, and the languages of the pages over all publications."
    ] = field(default_factory=list)
    profile: Annotated[str, "Application profile that the catalogues keep to."] = ""
    vocabulary: Annotated[
        str, "IRI of the vocabulary that `ogp:` stands for, where it is another than that of all publications."
    ] = ""
    theme: Annotated[
        str,
        "Look of all pages: `neutral`, `green`, `contrast`, or the path in `data/` of a CSS file that gives values to"
        " the tokens of the NL Design System.",
    ] = ""


@dataclass(frozen=True, slots=True)
class WithdrawnSpec:
    """A publication that is published no longer: a page in its place says so, and its files are removed."""

    __pydantic_config__ = STRICT
    id: Annotated[str, "`id` of the publication."]
    date: Annotated[datetime.date, "The day on which it was withdrawn."]
    reason: Annotated[Words, "Why, in each page language."]
    title: Annotated[
        Words | None, "What it was called; absent: as it was called when it was among those that are published."
    ] = None


@dataclass(frozen=True, slots=True)
class Security:
    """What `.well-known/security.txt` says of the site (RFC 9116): who is told of a leak, and until when that holds."""

    __pydantic_config__ = STRICT
    contact: Annotated[list[str], "Addresses, the first preferred: `https://...`, `mailto:...` or `tel:...`."]
    expires: Annotated[
        datetime.date | None,
        "The day from which it no longer holds, at most a year ahead; absent: no security.txt, with a warning.",
    ] = None


@dataclass(frozen=True, slots=True)
class Site(Defaults):
    """site.toml: what all publications share, and what is over all of them needs besides."""

    __pydantic_config__ = STRICT
    title: Annotated[Words | None, "Title of the pages and of the catalogue over all publications."] = None
    description: Annotated[Words | None, "Description of that catalogue."] = None
    root_iri: Annotated[
        str,
        "Address below which what is over all publications is named; absent: `base_iri` as far as `{id}`.",
    ] = ""
    root_url: Annotated[
        str, "Address at which the folder `dist/` is downloaded; absent: `base_url` as far as `{id}`, else `root_iri`."
    ] = ""
    security: Annotated[Security | None, "Who is told of a leak; absent: there is no security.txt."] = None
    withdrawn: Annotated[list[WithdrawnSpec], "Publications that are published no longer."] = field(
        default_factory=list
    )
    moved: Annotated[
        dict[str, str], "Ids that changed, each with the id of today: pages there lead on to the publication."
    ] = field(default_factory=dict)
