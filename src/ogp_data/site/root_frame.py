"""Collection -> the frame of each page over all publications, and how such a page names others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from ogp_data.collection.published import Collection, Published
from ogp_data.core.frame import PARTS, Frame, Link
from ogp_data.core.framed import CSP as OF_SITES
from ogp_data.core.messages import Message, own_name
from ogp_data.core.pages import canonical, in_language, relative
from ogp_data.core.web import is_placeholder
from ogp_data.core.words import Text

HOME, COMPARE, SEARCH, DATA, LOST = "index.html", "compare.html", "search.html", "data.html", "404.html"
STYLE, ICON, SCRIPT = "site/site.css", "favicon.svg", "site/search.js"
STYLE_PARTS = (*PARTS, "charts", "root")

CSP = OF_SITES.replace("form-action 'none'", "form-action 'self'")  # the field of the search is a form


@dataclass(frozen=True, slots=True)
class Page:
    """A page in any language: its path in the first, its template, what it is called and about, and what it shows."""

    path: str
    template: str
    title: Text
    summary: Text
    context: Mapping[str, Any] = field(default_factory=dict)
    folder: str = ""
    """The folder of a publication that is no more, in whose place the page stands."""

    @property
    def is_lost(self) -> bool:
        """Return whether it is shown at addresses that there are not, of which nobody knows how deep they lie."""
        return self.path == LOST

    def own(self, language: str, languages: Sequence[str]) -> str:
        """Return its path in a language: below the folder of a publication as that publication's pages were."""
        path = in_language(self.path, language, languages)
        return f"{self.folder}/{path}" if self.folder else path


@dataclass(frozen=True, slots=True)
class Ways:
    """How a page names others: from where it stands, or by the path of the site where it may be shown anywhere."""

    collection: Collection
    page: Page
    language: str
    has_data: bool = False
    """Whether there are files over all publications, and so a page on them."""

    @property
    def own(self) -> str:
        """Return the path of the page."""
        return self.page.own(self.language, self.collection.languages)

    @property
    def base(self) -> str:
        """Return the address of the site; "" where no lasting one is declared."""
        return "" if is_placeholder(self.collection.url) else self.collection.url

    def file(self, path: str) -> str:
        """Return how the page names a file."""
        return urlsplit(self.base).path + path if self.page.is_lost and self.base else relative(path, self.own)

    def to(self, path: str) -> str:
        """Return how the page names another in its language, by that one's path in the first."""
        return self.file(in_language(path, self.language, self.collection.languages))

    def publication(self, published: Published, path: str = HOME) -> str:
        """Return how the page names one of a publication: in its own language where that has it."""
        tongue = self.language if self.language in published.languages else published.languages[0]
        return self.file(f"{published.id}/{in_language(path, tongue, published.languages)}")

    def gone(self, name: str) -> str:
        """Return how the page names the one in the place of a publication that is no more."""
        return self.file(f"{name}/{in_language(HOME, self.language, self.collection.languages)}")


def frame(ways: Ways) -> Frame:
    """Return what stands around a page."""
    collection, page, language = ways.collection, ways.page, ways.language
    owner = _owner(collection, language)
    base = "" if page.is_lost else ways.base
    others = [(one, page.own(one, collection.languages)) for one in collection.languages]
    return Frame(
        page.title.of(language),
        page.summary.of(language),
        owner=owner,
        site=collection.title.of(language),
        home=ways.to(HOME),
        menu=_menu(ways),
        crumbs=[] if _is_home(page) else _crumbs(ways),
        languages=[Link(own_name(one), ways.file(path), one == language, one) for one, path in others if others[1:]],
        imprint=[(Message("Published by").of(language), Link(owner))] if owner else [],
        sheet="" if page.is_lost else ways.file(STYLE),
        style=collection.theme.sheet(STYLE_PARTS) if page.is_lost else "",
        icon=ways.file(ICON),
        address=base and base + canonical(ways.own),
        translations=[
            Link(own_name(one), base + canonical(path), one == language, one) for one, path in others if base
        ],
        csp=CSP,
        is_listed=not page.folder and not page.is_lost,
    )


def _is_home(page: Page) -> bool:
    return page.path == HOME and not page.folder


def _menu(ways: Ways) -> list[Link]:
    several = len(ways.collection.publications) > 1
    items = [(HOME, Message("All plans") if several else Message("The plan")), (SEARCH, Message("Search"))]
    if several:
        items.insert(1, (COMPARE, Message("Compare")))
    if ways.has_data:
        items.append((DATA, Message("The data")))
    here = "" if ways.page.folder else COMPARE if ways.page.path.startswith("compare/") else ways.page.path
    return [Link(name.of(ways.language), ways.to(path), path == here) for path, name in items]


def _crumbs(ways: Ways) -> list[Link]:
    home = Link(Message("Home").of(ways.language), ways.to(HOME))
    return [home, Link(ways.page.title.of(ways.language), ways.file(ways.own), here=True)]


def _owner(collection: Collection, language: str) -> str:
    """Return whose the site is, as a line begins; not by capitalize(), which puts the rest in small letters."""
    name = collection.owner.name.of(language) if collection.owner else ""
    return name[:1].upper() + name[1:]
