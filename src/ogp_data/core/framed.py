"""Publication -> the frame of each of its pages: its publisher, the menu, the way back, and its other languages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from urllib.parse import urljoin, urlsplit

from ogp_data.core.date_phrases import spoken
from ogp_data.core.frame import PARTS, Alternate, Frame, Link, tongues
from ogp_data.core.licences import licence_name
from ogp_data.core.messages import Message, own_name
from ogp_data.core.pages import canonical, in_language, relative
from ogp_data.core.publication import Publication
from ogp_data.core.templates import styles, web_page
from ogp_data.core.theme import Theme
from ogp_data.core.web import is_placeholder
from ogp_data.core.words import Text, Words

HOME, DATA, SOURCE = "index.html", "data.html", "source/index.html"
LIST = "commitments.html"
"""The page of all commitments, where they are too many for the home page."""

ABOUT, LOST = "about.html", "404.html"
STYLE, ICON = "site/site.css", "favicon.svg"

KINDS = ("home", "commitment", "dataset", "source", "dictionary", "report", "drawing", "charts", "service")
"""The parts of the style that only pages of a kind load; their templates name them. All load STYLE."""


def sheets(theme: Theme) -> Iterator[tuple[str, bytes]]:
    """Yield the path and content of each style sheet of a publication's pages."""
    yield STYLE, theme.sheet(PARTS).encode()
    for part in KINDS:
        yield urljoin(STYLE, f"{part}.css"), styles([part]).encode()


CSP = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; connect-src 'self';"
    " base-uri 'none'; form-action 'none'"
)
"""What pages of a site may load: what lies beside them, and nothing of another host.

They fetch nothing themselves; Lighthouse looks at robots.txt from within the page.
"""

_FOOTER = (
    ("about.html#report", Message("Report an error")),
    ("accessibility.html", Message("Accessibility")),
)


def menu(publication: Publication) -> list[tuple[str, Message]]:
    """Return the main menu: what there is of these pages, each by its path in the first language."""
    d = publication.declaration
    items = [(HOME, Message("Results"))] if _has_commitments(publication) else []
    if any(spec.find.lists == "events" for spec in d.dataset):
        items.append(("index.html#timeline", Message("Timeline")))
    items.append((DATA, Message("The data")))
    if d.source.publish:
        items.append((SOURCE, Message("The document")))
    return [*items, (ABOUT, Message("About this site"))]


def _has_commitments(publication: Publication) -> bool:
    return any(spec.type == "ogp:Commitment" for spec in publication.declaration.dataset)


def footer(publication: Publication, path: str) -> list[tuple[str, Message]]:
    """Return what the foot of a page leads to: what there is of these pages, and nothing that the page leads to."""
    is_told = path != HOME and any(spec.find.lists == "defects" for spec in publication.declaration.dataset)
    return [*_FOOTER, ("findings.html", Message("What is wrong in the document"))] if is_told else [*_FOOTER]


def of_publication(
    publication: Publication,
    path: str,
    language: str,
    title: Text,
    *,
    summary: Text | None = None,
    crumbs: Sequence[tuple[str, Text]] = (),
    short: Text | None = None,
    alternates: Sequence[tuple[str, str, Text]] = (),
    jsonld: str = "",
    csp: str = CSP,
) -> Frame:
    """Return the frame of a page of a publication; `path` is the page's in the first language.

    `crumbs` are the pages between the home page and this one, each a path and a name; `short` is what
    the page is called behind them, where that is not its title.
    """
    d = publication.declaration
    own = in_language(path, language, d.page_languages)

    def to(target: str, tongue: str = language) -> str:
        return relative(in_language(target, tongue, d.page_languages), own)

    base = "" if is_placeholder(publication.names.url) else publication.names.url
    feed = [("feed.atom", "application/atom+xml", Message("Versions"))] if base else []
    return Frame(
        title.of(language),
        summary.of(language) if summary else "",
        owner=beginning(publication.shared.agents[d.publisher].name.of(language)),
        site=d.title.of(language),
        home=to("index.html"),
        menu=[
            Link(name.of(language), to(at), at == path, holds=at == _section(path, crumbs))
            for at, name in menu(publication)
        ],
        crumbs=[] if path == HOME else list(_crumbs(publication, path, short or title, crumbs, language, to)),
        languages=tongues(path, language, d.page_languages),
        footer=[
            *(Link(name.of(language), to(at), at == path) for at, name in footer(publication, path)),
            *(Link(Message("All plans").of(language), above) for above in _above(publication, base)),
        ],
        imprint=list(_imprint(publication, language)),
        note=publication.disclaimer.of(language) if publication.disclaimer else "",
        sheet=relative(STYLE, own),
        icon=relative(ICON, own),
        address=base and base + canonical(own),
        translations=[
            Link(own_name(one), base + canonical(in_language(path, one, d.page_languages)), one == language, one)
            for one in d.page_languages
            if base
        ],
        alternates=[Alternate(relative(at, own), kind, name.of(language)) for at, kind, name in [*alternates, *feed]],
        jsonld=jsonld,
        csp=csp,
    )


def _section(path: str, crumbs: Sequence[tuple[str, Text]]) -> str:
    """Return the page of the menu that a page is below."""
    first = crumbs[0][0].partition("#")[0] if crumbs else path
    return HOME if first == LIST else first


def _above(publication: Publication, base: str) -> Iterator[str]:
    """Yield the address of the pages over all publications, where it is known: one that is hosted alone has none."""
    own = f"/{publication.id}/"
    if base.endswith(own):
        yield base.removesuffix(own) + "/"


def of_lost(publication: Publication, language: str) -> Frame:
    """Return the frame of the page for what is not there, which a host shows at an address of any depth.

    So it has its style within it and names pages by the path of the site; by their names where no address is declared.
    """
    title, summary = Message("This page does not exist"), Message("There is nothing at this address.")
    frame = of_publication(publication, LOST, language, title, summary=summary)
    url = publication.names.url
    here = "" if is_placeholder(url) else urlsplit(url).path + in_language(LOST, language, _languages(publication))

    def placed(links: Iterable[Link]) -> list[Link]:
        return [replace(one, href=urljoin(here, one.href)) if one.href else one for one in links]

    return replace(
        frame,
        home=urljoin(here, frame.home),
        menu=placed(frame.menu),
        crumbs=placed(frame.crumbs),
        languages=placed(frame.languages),
        footer=placed(frame.footer),
        icon=urljoin(here, frame.icon),
        sheet="",
        style=publication.theme.sheet(PARTS),
        address="",
        translations=(),
        alternates=(),
        is_listed=False,
    )


def _languages(publication: Publication) -> Sequence[str]:
    return publication.declaration.page_languages


def of_report(publication: Publication, path: str, language: str, title: Text, about: Message) -> Frame:
    """Return the frame of a report on a publication, which lies beside itself in JSON and in Turtle."""
    jsonld = web_page(publication.names.dataset("catalog"), {language: about.of(language)})
    stem = path.removesuffix(".html")
    kinds = ((".json", "application/json", "JSON"), (".ttl", "text/turtle", "Turtle"))
    alternates = [(stem + suffix, media, Words(und=name)) for suffix, media, name in kinds]
    crumbs = [(ABOUT, Message("About this site"))]
    return of_publication(publication, path, language, title, crumbs=crumbs, alternates=alternates, jsonld=jsonld)


def _crumbs(
    publication: Publication,
    path: str,
    title: Text,
    between: Sequence[tuple[str, Text]],
    language: str,
    to: Callable[[str], str],
) -> Iterator[Link]:
    """Yield the way from the home page to a page, which is named last."""
    home = Message("Results") if _has_commitments(publication) else Message("Home")
    for at, name in ((HOME, home), *between):
        yield Link(name.of(language), to(at))
    yield Link(title.of(language), to(path), here=True)


def _imprint(publication: Publication, language: str) -> Iterator[tuple[str, Link]]:
    """Yield what the foot of a page says of the publication."""
    d = publication.declaration
    yield (
        Message("Published by").of(language),
        Link(beginning(publication.shared.agents[d.publisher].name.of(language))),
    )
    yield Message("Licence").of(language), Link(licence_name(d.licence), d.licence, rel="license")
    day = spoken(d.modified.isoformat(), language)
    dated = Message("{date}, version {version}", date=day, version=d.version)
    yield Message("Updated on").of(language), Link(dated.of(language))


def beginning(name: str) -> str:
    """Return a name as it begins a line; not by capitalize(), which puts the rest of it in small letters."""
    return name[:1].upper() + name[1:]
