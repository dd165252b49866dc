"""Collection -> the pages over all publications: which there are, how they compare, and a search in all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

from ogp_data.collection.published import Collection
from ogp_data.core import date_phrases as dates
from ogp_data.core.artefact import Artefact
from ogp_data.core.licences import licence_name, licence_terms
from ogp_data.core.messages import Message, direction
from ogp_data.core.shared import Vocabulary
from ogp_data.core.stage import THEME, Stage
from ogp_data.core.templates import asset, render
from ogp_data.site import became, compared, moved, parted, search, searched
from ogp_data.site import formatting as show
from ogp_data.site.compared import Land, Plan
from ogp_data.site.parted import Part
from ogp_data.site.root_data import MOST, tables
from ogp_data.site.root_frame import (
    COMPARE,
    DATA,
    HOME,
    ICON,
    LOST,
    SCRIPT,
    SEARCH,
    STYLE,
    STYLE_PARTS,
    Page,
    Ways,
    frame,
)

LEAD = Message(
    "In action plans, governments promise to work more openly. Read here what they promised and what came of it, and"
    " find each statement in the document that it was taken from."
)
"""What the first page is about, where site.toml does not say it; what is said of the catalogue is for programs."""

FEW = 12
"""So many publications are shown as cards; of more there is a list of countries, and the cards are on their pages."""


FILES = (
    ("all/all.xlsx", Message("All tables in one workbook"), "Excel"),
    ("all/all.ods", Message("All tables in one workbook"), "OpenDocument"),
    ("all/commitments/commitments.csv", Message("All commitments"), "CSV"),
    ("all/all.zip", Message("All tables in all forms"), "ZIP"),
    ("all/all.sqlite", Message("All tables in one database"), "SQLite"),
    ("all/datapackage.json", Message("What the tables and columns are"), "Data Package"),
    ("catalog.ttl", Message("The catalogue over all publications"), "Turtle"),
    ("index.json", Message("What is published, for programs"), "JSON"),
    ("feed.atom", Message("What changed"), "Atom"),
)
"""The files over all publications that pages name: path, what it is, and its form; the most wanted first."""


@dataclass(frozen=True)
class Material:
    """What the pages over all publications are made of."""

    collection: Collection
    vocabulary: Vocabulary
    files: Sequence[Artefact] = ()
    """What is staged beside them."""

    @cached_property
    def plans(self) -> Sequence[Plan]:
        """Return the publications as they are compared."""
        return [compared.plan(one, self.vocabulary.codelists) for one in self.collection.publications]

    @cached_property
    def names(self) -> Mapping[str, Mapping[str, str]]:
        """Return what each publication is called, by language and id."""
        return {language: compared.names(self.plans, language) for language in self.collection.languages}

    @cached_property
    def named(self) -> Sequence[tuple[str, Message, str]]:
        """Return which of the files that pages name there are; none where nothing is published."""
        staged = {one.path for one in self.files} if self.plans else ()
        return [one for one in FILES if one[0] in staged]

    @cached_property
    def once(self) -> Sequence[Plan]:
        """Return one publication of each plan."""
        return compared.counted_once(self.plans)

    @cached_property
    def pages(self) -> Mapping[str, Mapping[str, str]]:
        """Return the pages of the commitments of each publication, by key."""
        own = {one.id: searched.pages_of(one) for one in self.collection.publications}
        return own | {old: own[new] for old, new in self.collection.moved.items() if new in own}


def stage_root(collection: Collection, vocabulary: Vocabulary, stage: Stage) -> None:
    """Write the pages over all publications, in each language, and the index of the search."""
    material = Material(collection, vocabulary, stage.artefacts)
    for language in collection.languages:
        for page in pages(material, language):
            stage.add(page.own(language, collection.languages), _render(material, page, language))
    for path, content in moved.pages(collection):
        stage.add(path, content)
    stage.add(STYLE, collection.theme.sheet(STYLE_PARTS).encode())
    if tokens := collection.theme.tokens:
        stage.add(THEME, tokens.encode())
    stage.add(SCRIPT, asset("root/search.js"))
    stage.add(ICON, asset("style/favicon.svg"))
    for path, content in _index(material):
        stage.add(path, content)


def pages(material: Material, language: str) -> Iterator[Page]:
    """Yield the pages in a language."""
    collection, plans = material.collection, material.plans
    found = compared.lands(plans, language)
    lead = LEAD if isinstance(collection.description, Message) else collection.description
    chosen = {"lands": found, "parts": parted.parts(found)}
    yield Page(HOME, "index.html", collection.title, lead, {**chosen, "few": len(plans) <= FEW})
    yield from _comparison(material, found)
    yield Page(
        SEARCH,
        "search.html",
        Message("Search everything"),
        Message("Search the words of all publications: commitments, what came of them, and the rest of each document."),
        chosen,
    )
    if material.named:
        yield _data(material, language)
    yield from (_country(material, land) for land in found)
    for gone in collection.withdrawn:
        title = Message("{name} is withdrawn", name=gone.name)
        yield Page("index.html", "withdrawn.html", title, title, {"gone": gone}, folder=gone.id)
    for old, new in collection.moved.items():
        if collection.of(new) is None:
            title = Message("{id} has another address", id=old)
            yield Page("index.html", "moved.html", title, title, {"new": new}, folder=old)
    yield Page(LOST, LOST, Message("This page does not exist"), Message("There is nothing at this address."))


def _comparison(material: Material, found: Sequence[Land]) -> Iterator[Page]:
    """Yield the comparison of all plans; of more than fit a page, one that leads to a page for each part of them."""
    parts = parted.parts(found)
    title = Message("Countries and plans compared")
    if len(material.plans) < 2:
        return
    if len(parts) == 1:
        yield _compared(material, COMPARE, title, found, {"before": [], "behind": []})
        return
    scales = compared.scales(material.once, material.vocabulary.codelists)
    yield Page(COMPARE, "parted.html", title, _COMPARED, {"parts": parts, "scales": scales})
    for part in parts:
        called = Message("{title}: {part}", title=title, part=part.name)
        around = {"before": parts[part.number - 2 :][:1] if part.number > 1 else [], "behind": parts[part.number :][:1]}
        yield _compared(material, part.page, called, part.lands, around)


_COMPARED = Message("What countries promised in their open government action plans and what came of it, side by side.")


def _compared(
    material: Material, path: str, title: Message, lands: Sequence[Land], around: Mapping[str, Sequence[Part]]
) -> Page:
    plans = [one for land in lands for one in land.plans]
    years, covered = compared.coverage(lands)
    return Page(
        path,
        "compare.html",
        title,
        _COMPARED,
        {
            "plans": plans,
            "scales": compared.scales(plans, material.vocabulary.codelists),
            "untold": [one for one in plans if not one.tally.basis],
            "shared": compared.shared(plans),
            "years": years,
            "covered": covered,
            **around,
        },
    )


def _data(material: Material, language: str) -> Page:
    collection = material.collection
    found = tables(collection, material.vocabulary.terms, material.files, language)
    about = Message("All tables of these publications as files: Excel, CSV, and forms for programs.")
    return Page(DATA, "data.html", Message("The data"), about, {"tables": found, "most": MOST})


def _country(material: Material, land: Land) -> Page:
    _, [(_, covered)] = compared.coverage([land])
    steps = list(became.steps(land, material.pages, material.vocabulary.codelists["change"]))
    title = Message("{country}: action plans and what came of them", country=land.name)
    return Page(land.page, "country.html", title, title, {"land": land, "years": covered, "steps": steps})


def _index(material: Material) -> Iterator[tuple[str, bytes]]:
    """Yield the files of the search."""
    collection = material.collection
    found = [entry for one in collection.publications for entry in searched.entries(one)]
    known = {
        one.id: {
            "languages": list(one.languages),
            "direction": direction(one.document_languages[0]),
            "name": {language: material.names[language][one.id] for language in collection.languages},
        }
        for one in collection.publications
    }
    kinds = searched.kinds(collection.publications, material.vocabulary.terms, collection.languages)
    return search.index(found, known, kinds)


# Drawing ----------------------------------------------------------------------------------------------------------


def _render(material: Material, page: Page, language: str) -> bytes:
    """Return a page in one language."""
    ways, names = Ways(material.collection, page, language, bool(material.named)), material.names[language]
    return render(
        f"root/{page.template}",
        language,
        frame=frame(ways),
        collection=material.collection,
        all_plans=material.plans,
        once=material.once,
        named=len(material.plans) <= parted.NAMED,
        listed=parted.LISTED,
        fitting=parted.MOST,
        ways=ways,
        to=ways.to,
        file=ways.file,
        publication=ways.publication,
        data=material.named,
        name=lambda published: names[published.id],
        spoken=dates.spoken,
        number=partial(show.number, language),
        size=partial(show.size, language),
        licence=licence_name,
        terms=licence_terms,
        **page.context,
    )
