"""Which licence an address means: the EU's table, the lists of DCAT-AP-NL and web addresses name the same ones."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from ogp_data.core.near import Near
from ogp_data.models.lists import Concept, ValueLists

EU = "licence"
DUTCH = ("licence-cc", "licence-geonovum")

_CREATIVE_COMMONS = ("creativecommons.org/licenses/", "creativecommons.org/publicdomain/")
_PUBLISHED = re.compile(
    r"creativecommons\.org/(?:licenses/(?:(?:by|by-nc|by-nc-nd|by-nc-sa|by-nd|by-nd-nc|by-sa)/(?:[123]\.0|2\.[15]|4\.0)"
    r"|(?:nc|nc-sa|nd|nd-nc|sa)/1\.0)(?:/[a-z]{2,3}(?:-[a-z]+)?)?"
    r"|publicdomain/(?:zero/1\.0|mark/1\.0|certification/1\.0(?:/us)?))"
)
"""The licences and marks that Creative Commons has published, https://creativecommons.org/licenses/list.en."""
_DEED = re.compile(r"/(?:deed|legalcode)(?:\.[A-Za-z-]+)?/?$")


@dataclass(frozen=True)
class Licences:
    """The licences of the lists, by IRI and by the web pages that are about just one of them."""

    lists: ValueLists

    def meant(self, address: str) -> Concept | None:
        """Return the licence of the EU's table that an IRI or a web address means, None when it is not in it."""
        for name in DUTCH:
            if concept := self.lists[name].get(address):
                return self.lists[EU].of_code(concept.facts["eu"])
        return self.lists[EU].get(address) or self.lists[EU].of_code(self._pages.get(_page(address), ""))

    def is_known(self, address: str) -> bool:
        """Return whether the EU's table has a licence, by its IRI or a web address, also one that several share."""
        return self.lists[EU].get(address) is not None or _page(address) in self._known

    @cached_property
    def _known(self) -> frozenset[str]:
        rows = self.lists[EU].rows.values()
        pages = (_page(page) for row in rows for page in (*row["addresses"].split(), *row["shared"].split()))
        return frozenset(pages) - {""}

    def is_creative_commons(self, address: str) -> bool:
        """Return whether an IRI or a web address means a licence of Creative Commons, also one that no list has."""
        licence = self.meant(address)
        return _page(address).startswith(_CREATIVE_COMMONS) or (
            licence is not None and (licence.code == "CC0" or licence.code.startswith("CC_"))
        )

    def is_there(self, address: str) -> bool:
        """Return whether Creative Commons has a licence of that name and version, ported to a country or not."""
        page = _page(address)
        return not page.startswith(_CREATIVE_COMMONS) or _PUBLISHED.fullmatch(page) is not None

    @cached_property
    def _pages(self) -> dict[str, str]:
        """Return web page -> code. A page of several licences does not tell which is meant, and is not here."""
        rows = self.lists[EU].rows.items()
        return {_page(address): code for code, row in rows for address in row["addresses"].split()}

    def nearest(self, address: str) -> list[str]:
        """Return the EU's IRIs of the licences that may be meant by an IRI or address, the nearest first."""
        codes = [concept.code for concept in self.lists[EU].nearest(address)]
        return [self.lists[EU].base + code for code in dict.fromkeys([*codes, *self._near.of(_page(address))])]

    @cached_property
    def _near(self) -> Near:
        return Near((code, (page,)) for page, code in self._pages.items())

    def same(self, iri: str) -> list[str]:
        """Return by which other IRIs the lists name the licence that an IRI or web address means."""
        licence = self.meant(iri)
        if licence is None:
            return []
        dutch = (c.iri for name in DUTCH for c in self.lists[name].concepts.values() if c.facts["eu"] == licence.code)
        return [each for each in (licence.iri, *dutch) if each != iri]


def _page(address: str) -> str:
    """Return an address without what does not change which licence is meant: scheme, www, and a deed's language."""
    scheme, _, rest = address.partition("://")
    host, slash, path = rest.partition("/")
    if scheme.lower() not in ("http", "https"):
        return ""
    page = host.lower().removeprefix("www.") + slash + path
    return (_DEED.sub("", page) if page.startswith(_CREATIVE_COMMONS) else page).rstrip("/")
