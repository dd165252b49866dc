"""Material -> the home page: what this is, what came of the commitments, when it was made, and where the data is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from ogp_data.core.artefact import Artefact
from ogp_data.core.columns import Column, DatasetSpec
from ogp_data.core.framed import HOME, LIST
from ogp_data.core.licences import licence_terms
from ogp_data.core.messages import Message, Plural
from ogp_data.core.words import Text
from ogp_data.site import formatting as show
from ogp_data.site.context import Commitment, Material, Theme, progress_columns
from ogp_data.site.faults import commonest
from ogp_data.site.figure import MOST_TABLE, Figure
from ogp_data.site.figures import figures
from ogp_data.site.page import Page, page_jsonld
from ogp_data.site.schema_org import catalogue_jsonld
from ogp_data.site.statuses import Status
from ogp_data.site.story import Quote, Story, Teller
from ogp_data.site.titles import labels, short_titles

MOST = 60
"""How many commitments the home page lists at most, if they fit there."""

_THEMES = 16
"""How many themes the home page names where the list stands elsewhere."""


@dataclass(frozen=True, slots=True)
class Card:
    """A commitment in the list: how far it is, who leads, and a line of what came of it."""

    one: Commitment
    tag: Status
    leads: Sequence[Text]
    quote: Quote | None


@dataclass(frozen=True, slots=True)
class Shelf:
    """The commitments of a theme, with its name where it has one, which no other theme of the plan has."""

    theme: Theme
    label: str
    cards: Sequence[Card]


@dataclass(frozen=True, slots=True)
class Offer:
    """A file that many people want: what it is for, and how many rows it has (-1: several tables)."""

    file: Artefact
    spec: DatasetSpec | None
    rows: int = -1


def home_page(material: Material, teller: Teller, catalogue: Sequence[tuple[str, str, Text]]) -> Page:
    """Return the home page; `catalogue` are the files of the catalogue."""
    d = material.publication.declaration
    return Page(
        HOME,
        "index.html",
        d.title,
        d.description,
        partial(home, material, teller),
        catalogue,
        partial(catalogue_jsonld, material.publication),
    )


def home(material: Material, teller: Teller, language: str) -> Mapping[str, Any]:
    """Return what the home page shows in a language."""
    scale = material.scale
    shown = _shown(material, language)
    return {
        **listed(material, teller, language),
        "findings": material.parts.findings,
        "where": material.where,
        "shown": shown,
        "opened": [one.name for one in shown if _says_more(one)],
        "assessed": material.parts.assessments is not None,
        "headline": show.unbroken(headline(material).of(language), language, len(material.commitments)),
        "judge": scale.judge if scale else None,
        "most_themes": _THEMES,
        "most_table": MOST_TABLE,
        "assessed_on": assessed_on(material),
        "offers": list(_offers(material)),
        "titles": short_titles(material.publication),
        "counted": lambda offer: show.rows(language, material.term(offer.spec), offer.rows),
        "lost_column": _lost(material),
        "terms": licence_terms(material.publication.declaration.licence),
        "faults": len(material.faults.rows),
        "most": commonest(material),
    }


def _shown(material: Material, language: str) -> list[Figure]:
    """Return the figures of the home page; that of the links stands where it is told what is wrong, if that is told."""
    made = figures(material, language)
    names = ["status", "parts", "editions", "continuations", "timeline"]
    return [made[name] for name in (*names, *([] if material.parts.findings else ["evidence"])) if name in made]


def _says_more(one: Figure) -> bool:
    """Return whether a figure tells what came of commitments, and more of it than the numbers above it."""
    # All together and a single theme are the same commitments.
    is_the_same = one.name == "status" and len(one.table.rows) <= 2
    return one.name not in ("timeline", "evidence") and not is_the_same


def list_pages(material: Material, teller: Teller) -> Iterator[Page]:
    """Yield the page of all commitments, where they are too many for the home page."""
    if material.list_page != HOME:
        title = Message("All the commitments")
        about = partial(page_jsonld, material.publication, title)
        yield Page(LIST, "commitments.html", title, title, partial(listed, material, teller), jsonld=about)


def listed(material: Material, teller: Teller, language: str) -> Mapping[str, Any]:
    """Return what the list of commitments shows in a language."""
    shelves = list(_shelves(material, teller, language))
    return {
        "commitments": material.commitments,
        "tally": material.tally,
        "list_page": material.list_page,
        "shelves": shelves,
        "divided": any(shelf.theme.title for shelf in shelves),
        "leads": _leads(shelves, language),
    }


def headline(material: Material) -> Text | Plural:
    """Return what the page answers, as a question where the document tells how far commitments are."""
    count = len(material.commitments)
    if not count:
        return material.publication.declaration.title
    if material.parts.assessments is None:
        return Plural("{num} commitment to open government", "{num} commitments to open government", count)
    return Plural(
        "What came of {num} commitment to open government?", "What came of {num} commitments to open government?", count
    )


def assessed_on(material: Material) -> str:
    """Return the day of the assessments where all have the same; "" else."""
    dates = {cell.value for one in material.commitments for row in one.assessments for cell in row.saying("dct:date")}
    return dates.pop() if len(dates) == 1 else ""


def _lost(material: Material) -> tuple[DatasetSpec, Column] | None:
    """Return the column of the judgements, where the conversion of the document lost them."""
    spec = material.parts.assessments
    found = next((column for column in progress_columns(material.parts) if column.lost), None)
    return (spec, found) if spec and found else None


def _shelves(material: Material, teller: Teller, language: str) -> Iterator[Shelf]:
    called = labels(material.themes)
    for theme in material.themes:
        cards = [_card(material, one, teller.story(one, language)) for one in theme.commitments]
        if cards:
            yield Shelf(theme, called.get(theme.key, ""), cards)


def _card(material: Material, one: Commitment, story: Story) -> Card:
    return Card(one, material.tally.tag(one.status), story.leads, story.quote)


def _leads(shelves: Sequence[Shelf], language: str) -> list[str]:
    """Return who leads any commitment, each once, in the order of the alphabet."""
    names = {name.of(language) for shelf in shelves for card in shelf.cards for name in card.leads}
    return sorted(names, key=str.casefold)


def _offers(material: Material) -> Iterator[Offer]:
    """Yield the files that most people want: all tables as one workbook, and one table of the commitments."""
    workbook = next((file for file in material.files("everything") if file.path.endswith(".xlsx")), None)
    if workbook:
        yield Offer(workbook, None)
    specs = material.publication.declaration.dataset
    spec = next((one for one in specs if one.type == "ogp:CommitmentOverview"), material.parts.commitments)
    table = next((file for file in material.files(spec.name) if file.path.endswith(".csv")), None) if spec else None
    if spec and table:
        yield Offer(table, spec, len(material.rows[spec.name]))
