"""The IRIs of a publication."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from ogp_data.core.places import SourcePlace
from ogp_data.core.shared import Agent
from ogp_data.core.vocab import OGP


@dataclass(frozen=True, slots=True)
class Names:
    """The IRIs of a publication, flat: below `base` every name is one step, or a fragment of it.

    `ogp` is what stands before the terms of the model and before its code lists, of which `shared` are the names.
    `elsewhere` is where the source is when it is not published here; "" where nobody knows, None when it is.
    """

    base: str
    url: str
    ogp: str = OGP
    shared: frozenset[str] = frozenset()
    elsewhere: str | None = None

    @property
    def own(self) -> str:
        """Return what stands before the terms that the publication declares itself."""
        return f"{self.documents['own']}#"

    @property
    def spaces(self) -> dict[str, str]:
        """Return the vocabularies whose terms are declared, by prefix: the model's and the publication's own."""
        return {"ogp": self.ogp, "own": self.own}

    @property
    def documents(self) -> dict[str, str]:
        """Return the documents that define these terms."""
        return {"ogp": self.ogp, "own": f"{self.base}codelists/own"}

    def dataset(self, name: str) -> str:
        """Return the IRI of a dataset."""
        return f"{self.base}{name}"

    def row(self, dataset: str, key: str) -> str:
        """Return the IRI of a row, a fragment of its dataset's."""
        # A key comes from the document and may hold anything; in an IRI it must not end the fragment or begin a query.
        return f"{self.base}{dataset}#{quote(key, safe='')}"

    def node(self, name: str) -> str:
        """Return the IRI of something that only the catalogue describes."""
        return f"{self.base}catalog#{name}"

    def concept(self, codelist: str, code: str = "") -> str:
        """Return the IRI of a code list, or of a code in it: below the vocabulary where the list is the model's."""
        scheme = f"{self.ogp if codelist in self.shared else self.base}codelists/{codelist}"
        return f"{scheme}#{quote(code, safe='')}" if code else scheme

    def agent(self, agent: Agent) -> str:
        """Return an organisation's TOOI IRI, or one of our own."""
        return agent.iri or self.concept("organisations", agent.id)

    def relative(self, iri: str) -> str:
        """Return an IRI as it is written relative to the base: without that, where it lies below it."""
        return iri.removeprefix(self.base)

    def source(self, file: str) -> str:
        """Return the IRI of a file of the source: its own where it is published, else a name for the source."""
        return f"{self.base}source/{file}" if self.elsewhere is None else self.node("source")

    def place(self, file: str, place: SourcePlace) -> str:
        """Return the IRI of a place in a file of the source; "" when the file is nowhere to be found."""
        found = self.source(file) if self.elsewhere is None else self.elsewhere
        return f"{found}#{place.fragment}" if found else ""

    def download(self, path: str) -> str:
        """Return the address where a file is downloaded."""
        return self.url + path
