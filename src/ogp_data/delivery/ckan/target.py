"""The keys of a target that is a CKAN."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Annotated, Literal

from ogp_data.core.messages import Message
from ogp_data.delivery.target import Target


@dataclass(frozen=True, slots=True)
class CkanTarget(Target):
    """A CKAN, asked by its action API."""

    kind: Annotated[Literal["ckan"], "A CKAN, asked by its action API."]
    organisation: Annotated[str, "Name of the organisation that owns the datasets."] = ""
    flavour: Annotated[
        Literal["donl", "dcat", "extras"],
        "`donl` for DCAT-AP-DONL 1.1 fields, `dcat` for those of ckanext-dcat's scheming schema, `extras` for a CKAN"
        " without ckanext-scheming.",
    ] = "extras"
    files: Annotated[Literal["link", "upload"], "Whether files are linked or uploaded."] = "link"
    themes: Annotated[
        dict[str, list[str]], "DONL: for a code of the EU data-theme table, the IRIs of OWMS themes that stand for it."
    ] = field(default_factory=dict)
    organisations: Annotated[
        dict[str, str], "DONL: for the IRI of an organisation in the package, its IRI in the OWMS list."
    ] = field(default_factory=dict)

    @property
    def catalogue(self) -> str:
        """Return which catalogue this is, in whose name it is asked, and in which fields."""
        return f"{self.kind} {self.url.rstrip('/')} {self.organisation} {self.flavour}"

    def faults(self) -> Iterator[tuple[str, str]]:
        """Yield that the organisation is none."""
        if not re.fullmatch(r"[a-z0-9_-]{2,100}", self.organisation):
            yield "organisation", Message("This is not the name of an organisation in CKAN, as in its address.")
