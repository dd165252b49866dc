"""What stands around the content of every page: whose it is, where one is, and the ways to the others.

One template, `templates/frame.html`, draws it. A page of a publication gets its frame from `core/framed.py`; a page
that stands alone, such as a report that is sent by mail, has its style within it.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from ogp_data.core.messages import own_name
from ogp_data.core.pages import in_language, relative
from ogp_data.core.templates import styles
from ogp_data.core.theme import DARK

PARTS = ("tokens", DARK, "frame", "components")
"""The style of every page: each is a file of `templates/style/`."""

NO_ICON = "data:,"
"""The icon of a page that stands alone: none, and no request for one."""


@dataclass(frozen=True, slots=True)
class Link:
    """A way to a page: what it is called, where it is, whether the reader is there, and the language it is in.

    `holds` says that the reader is on a page below it.
    """

    name: str
    href: str = ""
    here: bool = False
    language: str = ""
    rel: str = ""
    holds: bool = False

    @property
    def current(self) -> str:
        """Return what it is to the page that a reader is on: this page, the part it is in ("true"), or neither."""
        return "page" if self.here else "true" if self.holds else ""


@dataclass(frozen=True, slots=True)
class Alternate:
    """What a page says in another form: its address, media type and name."""

    href: str
    media_type: str
    name: str


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around a page: its head, header, breadcrumb and footer.

    `sheet` is the address of the style that all pages have, else `style` is the style itself. `address` is where the
    page is known in the world, and `translations` are there too; both are empty where no lasting address is declared.
    """

    title: str
    summary: str = ""
    owner: str = ""
    site: str = ""
    home: str = ""
    menu: Sequence[Link] = ()
    crumbs: Sequence[Link] = ()
    languages: Sequence[Link] = ()
    footer: Sequence[Link] = ()
    imprint: Sequence[tuple[str, Link]] = ()
    note: str = ""
    sheet: str = ""
    style: str = field(default="", repr=False)
    icon: str = NO_ICON
    address: str = ""
    translations: Sequence[Link] = ()
    alternates: Sequence[Alternate] = ()
    jsonld: str = field(default="", repr=False)
    csp: str = ""
    is_listed: bool = True
    """Whether search engines may list it."""

    def beside(self, part: str) -> str:
        """Return the address of a part of the style that pages of a kind have, which lies beside that of all."""
        return f"{self.sheet.rpartition('/')[0]}/{part}.css"

    @property
    def whole_title(self) -> str:
        """Return what a tab of a browser shows: the page, and the site where that is not the same.

        Only the home page, which nothing leads back from, may be called as the site is and no more.
        """
        if not self.site or (self.site == self.title and not self.crumbs):
            return self.title
        called = self.crumbs[-1].name if self.site == self.title else self.title
        return f"{called} – {self.site}"

    @property
    def policy(self) -> str:
        """Return what the page may load; no style but its own, by hash, where it has that within it."""
        if self.sheet:
            return self.csp
        digest = base64.b64encode(hashlib.sha256(self.style.encode()).digest()).decode()
        return self.csp.replace("style-src 'self'", f"style-src 'sha256-{digest}'")


def alone(title: str, *parts: str, note: str = "", languages: Sequence[Link] = ()) -> Frame:
    """Return the frame of a page with nothing beside it: its style is within it, the `parts` after those of all."""
    return Frame(title, note=note, languages=languages, style=styles((*PARTS, *parts)))


def tongues(path: str, language: str, languages: Sequence[str]) -> list[Link]:
    """Return the ways to a page in each of its languages; none where it has only one. `path` is that in the first."""
    own = in_language(path, language, languages)
    at = {one: relative(in_language(path, one, languages), own) for one in languages}
    return [Link(own_name(one), at[one], one == language, one) for one in languages] if languages[1:] else []
