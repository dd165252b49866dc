"""Collection -> the pages over all publications: which there are, how they compare, and a search in all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any

from ogp_data.collection.published import Collection, Published
from ogp_data.core.frame import PARTS, Frame, Link
from ogp_data.core.licences import licence_name
from ogp_data.core.messages import Message, own_name
from ogp_data.core.pages import canonical, in_language, relative
from ogp_data.core.shared import Vocabulary
from ogp_data.core.stage import Stage
from ogp_data.core.templates import asset, render, styles
from ogp_data.core.web import is_placeholder
from ogp_data.core.words import Text
from ogp_data.site import compared, search, searched
from ogp_data.site import date_phrases as dates
from ogp_data.site import formatting as show
from ogp_data.site.compared import Land, Plan

HOME, COMPARE, SEARCH = "index.html", "compare.html", "search.html"
STYLE, ICON, SCRIPT = "site/site.css", "favicon.svg", "site/search.js"

CSP = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; base-uri 'none'; form-action 'self'"
)

FEW = 12
"""So many publications are shown as cards; of more there is a list of countries, and the cards are on their pages."""


@dataclass(frozen=True)
class Material:
    """What the pages over all publications are made of."""

    collection: Collection
    vocabulary: Vocabulary
    files: Sequence[str] = ()
    """The files that are staged beside the pages, which these name where they are there."""

    @cached_property
    def plans(self) -> Sequence[Plan]:
        """Return the publications as they are compared."""
        return [compared.plan(one, self.vocabulary.codelists) for one in self.collection.publications]

    @cached_property
    def pages(self) -> Mapping[str, Mapping[str, str]]:
        """Return the pages of the commitments of each publication, by key."""
        return {one.id: searched.pages_of(one) for one in self.collection.publications}


@dataclass(frozen=True, slots=True)
class Page:
    """A page in one language: its path, its template, what it is called and about, the way to it, and what it shows."""

    path: str
    template: str
    title: Text
    summary: Text
    context: Mapping[str, Any] = field(default_factory=dict)
    crumbs: Sequence[tuple[str, Text]] = ()
    folder: str = ""
    """The folder of a publication that is no more, in whose place the page stands."""


def stage_root(collection: Collection, vocabulary: Vocabulary, stage: Stage) -> None:
    """Write the pages over all publications, in each language, and the index of the search."""
    material = Material(collection, vocabulary, [artefact.path for artefact in stage.artefacts])
    for language in collection.languages:
        for page in pages(material, language):
            stage.add(_own(page, language, collection.languages), _render(material, page, language))
    stage.add(STYLE, styles((*PARTS, "charts", "root")).encode())
    stage.add(SCRIPT, asset("root/search.js"))
    stage.add(ICON, asset("style/favicon.svg"))
    for path, content in _index(material):
        stage.add(path, content)


def pages(material: Material, language: str) -> Iterator[Page]:
    """Yield the pages in a language."""
    collection, plans = material.collection, material.plans
    found = compared.lands(plans, language)
    yield Page(HOME, "index.html", collection.title, collection.description, {"lands": found, "few": len(plans) <= FEW})
    if len(plans) > 1:
        yield _compare(material, found)
    yield Page(
        SEARCH,
        "search.html",
        Message("Search everything"),
        Message("Search the words of all publications: commitments, what came of them, and the rest of each document."),
        {"lands": found},
    )
    for land in found:
        if land.page:
            yield _country(material, land)
    for gone in collection.withdrawn:
        title = Message("{id} is withdrawn", id=gone.id)
        yield Page("index.html", "withdrawn.html", title, title, {"gone": gone}, folder=gone.id)
    for old, new in collection.moved.items():
        title = Message("{id} has another address", id=old)
        target = collection.of(new)
        yield Page("index.html", "moved.html", title, title, {"new": new, "target": target}, folder=old)
    yield Page(
        "404.html", "404.html", Message("This page does not exist"), Message("There is nothing at this address."), {}
    )


def _compare(material: Material, found: Sequence[Land]) -> Page:
    plans = [one for land in found for one in land.plans]
    years, covered = compared.coverage(found)
    return Page(
        COMPARE,
        "compare.html",
        Message("Countries and plans compared"),
        Message("What countries promised in their open government action plans and what came of it, side by side."),
        {
            "plans": plans,
            "scales": compared.scales(plans, material.vocabulary.codelists),
            "untold": [one for one in plans if not one.tally.basis],
            "shared": compared.shared(plans),
            "years": years,
            "covered": covered,
        },
    )


def _country(material: Material, land: Land) -> Page:
    _, [(_, covered)] = compared.coverage([land])
    steps = list(compared.steps(land, material.pages, material.vocabulary.codelists["change"]))
    title = Message("{country}: action plans and what came of them", country=land.name)
    return Page(land.page, "country.html", title, title, {"land": land, "years": covered, "steps": steps})


def _index(material: Material) -> Iterator[tuple[str, bytes]]:
    """Yield the files of the search."""
    collection = material.collection
    found = [entry for one in collection.publications for entry in searched.entries(one)]
    called = {language: compared.names(material.plans, language) for language in collection.languages}
    known = {
        one.id: {
            "languages": list(one.languages),
            "name": {language: names[one.id] for language, names in called.items()},
        }
        for one in collection.publications
    }
    kinds = searched.kinds(collection.publications, material.vocabulary.terms, collection.languages)
    return search.index(found, known, kinds)


# Drawing ----------------------------------------------------------------------------------------------------------


def _own(page: Page, language: str, languages: Sequence[str]) -> str:
    """Return the path of a page in a language: below the folder of a publication as its own pages were."""
    path = in_language(page.path, language, languages)
    return f"{page.folder}/{path}" if page.folder else path


def _render(material: Material, page: Page, language: str) -> bytes:
    """Return a page in one language."""
    collection = material.collection
    own, languages = _own(page, language, collection.languages), collection.languages
    names = compared.names(material.plans, language)

    def publication(published: Published, path: str = "index.html") -> str:
        tongue = language if language in published.languages else published.languages[0]
        return relative(f"{published.id}/{in_language(path, tongue, published.languages)}", own)

    return render(
        f"root/{page.template}",
        language,
        frame=_frame(material, page, language),
        collection=collection,
        all_plans=material.plans,
        to=lambda path: relative(in_language(path, language, languages), own),
        file=lambda path: relative(path, own),
        files=material.files,
        publication=publication,
        name=lambda one: names[one.id],
        names=names,
        top=relative("", own),
        spoken=dates.spoken,
        number=partial(show.number, language),
        licence=licence_name,
        tongue=partial(_tongue, language),
        **page.context,
    )


def _tongue(language: str, text: Text) -> str:
    """Return in which language a text is said to readers of a language; "" where it is theirs, or nobody knows."""
    if text.has(language) or isinstance(text, Message):
        return ""
    return next((code for code in text if code != "und" and text[code] == text.of(language)), "")


def _frame(material: Material, page: Page, language: str) -> Frame:
    """Return what stands around a page."""
    collection, languages = material.collection, material.collection.languages
    own = _own(page, language, languages)

    def to(path: str, tongue: str = language) -> str:
        return relative(in_language(path, tongue, languages), own)

    def itself(tongue: str) -> str:
        return _own(page, tongue, languages)

    here = "" if page.folder else page.path
    items = [(HOME, Message("All plans")), (SEARCH, Message("Search"))]
    if len(material.plans) > 1:
        items.insert(1, (COMPARE, Message("Compare")))
    between = [(HOME, Message("Home")), *page.crumbs]
    base = "" if not collection.url or is_placeholder(collection.url) or page.path == "404.html" else collection.url
    return Frame(
        page.title.of(language),
        page.summary.of(language),
        owner=collection.owner.name.of(language) if collection.owner else "",
        site=collection.title.of(language),
        home=to(HOME),
        menu=[Link(name.of(language), to(path), path == here) for path, name in items],
        crumbs=[
            *(Link(name.of(language), to(path)) for path, name in between),
            Link(page.title.of(language), relative(own, own), here=True),
        ]
        if here != HOME
        else [],
        languages=[
            Link(own_name(one), relative(itself(one), own), one == language, one) for one in languages if languages[1:]
        ],
        imprint=[(Message("Published by").of(language), Link(collection.owner.name.of(language)))]
        if collection.owner
        else [],
        sheet=relative(STYLE, own),
        icon=relative(ICON, own),
        address=base and base + canonical(own),
        translations=[
            Link(own_name(one), base + canonical(itself(one)), one == language, one) for one in languages if base
        ],
        csp=CSP,
        is_listed=not page.folder and page.path != "404.html",
    )
