"""Collection -> what countries and plans have in common, and the years that no plan covers; scales stay apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from ogp_data.collection.handed import Country, Statuses, Table
from ogp_data.collection.published import Published
from ogp_data.core.collation import order
from ogp_data.core.messages import Message
from ogp_data.core.records import Record
from ogp_data.core.shared import CodeList
from ogp_data.core.words import Text, Words
from ogp_data.site.statuses import BY_PART, PARTLY, UNTOLD, Basis, Status, Tally, status_of, tally

LONGEST = 40
"""So many years of one plan are shown at most: more of them are a mistake of somebody's, or no plan."""

_YEAR = re.compile(r"[0-9]{4}")


@dataclass(frozen=True, slots=True)
class Plan:
    """A publication as it is compared: the numbers that any publication has, and the years that it covers.

    A number is None where the publication has no dataset of such things: nobody counted them, and none is not 0.
    """

    published: Published
    tally: Tally
    commitments: int
    themes: int | None
    milestones: int | None
    links: int | None
    addressed: int | None
    """How many of the links have an address."""
    years: Sequence[int]


@dataclass(frozen=True, slots=True)
class Land:
    """A country with its plans, the oldest first; `key` names it in addresses, "" where no country is said."""

    key: str
    country: Country
    plans: Sequence[Plan]

    @property
    def name(self) -> Text:
        """Return what it is called."""
        return self.country.name or Message("Without a country")

    @property
    def page(self) -> str:
        """Return the path of its page; "" where no country is said."""
        return f"countries/{self.key}.html" if self.key else ""


@dataclass(frozen=True, slots=True)
class Year:
    """A year of a country: the plans that cover it, and whether it is between two that others cover."""

    number: int
    plans: Sequence[Plan]
    is_gap: bool


@dataclass(frozen=True, slots=True)
class Scale:
    """Plans whose progress is told on the same scale in the same way, so that their numbers can stand side by side."""

    title: Text
    tally: Tally
    levels: Sequence[Status]
    plans: Sequence[Plan]

    def numbers(self, plan: Plan) -> list[int]:
        """Return how many commitments of a plan are at each level."""
        counted = {one.status: one.number for one in plan.tally.counts}
        return [counted.get(level, 0) for level in self.levels]


# Plans and countries ----------------------------------------------------------------------------------------------


def of_class(published: Published, name: str) -> Table | None:
    """Return the dataset of a class of the vocabulary that others refer to, or else the first of that class."""
    own = [table for table in published.tables if local_name(table.type) == name]
    referred = {column.references for table in published.tables for column in table.columns}
    return next((table for table in own if table.name in referred), own[0] if own else None)


def local_name(iri: str) -> str:
    """Return the name of a class within its vocabulary, whose address may differ from one publication to the next."""
    return re.split("[#/]", iri)[-1]


def plan(published: Published, codelists: Mapping[str, CodeList]) -> Plan:
    """Return a publication as it is compared."""
    links = published.rows("links") if published.table("links") else None
    return Plan(
        published,
        tally_of(published.statuses, codelists),
        _count(published, "Commitment") or 0,
        _count(published, "Theme"),
        _count(published, "Milestone"),
        None if links is None else len(links),
        None if links is None else sum(1 for one in links if one.get("url")),
        _years(published.start, published.end),
    )


def _count(published: Published, name: str) -> int | None:
    table = of_class(published, name)
    return table.rows if table else None


def _years(start: str, end: str) -> list[int]:
    """Return the years from one date to another, both as EDTF has them; none where neither says a year."""
    known = [int(found[0]) for date in (start, end) if (found := _YEAR.match(date))]
    return list(range(known[0], max(known) + 1))[:LONGEST] if known else []


def tally_of(statuses: Statuses, codelists: Mapping[str, CodeList]) -> Tally:
    """Return how many commitments have which status; a code that its list does not have is its own word."""
    scale = codelists.get(statuses.codes)
    basis: Basis = next((one for one in UNTOLD if one == statuses.basis), "")
    known = {concept.code: status_of(concept) for concept in (scale.concept if scale else ())}
    known |= {"": UNTOLD[basis], BY_PART: PARTLY}
    return tally(
        (
            known.get(code, Status(code, Words(und=code)))
            for code, number in statuses.counts.items()
            for _ in range(number)
        ),
        scale,
        basis,
    )


def lands(plans: Iterable[Plan], language: str) -> list[Land]:
    """Return the countries in the order of their names in a language; plans without one come last."""
    by_key: dict[str, list[Plan]] = {}
    for one in sorted(plans, key=lambda one: (one.years, one.published.issued, one.published.id)):
        by_key.setdefault(one.published.country.key, []).append(one)
    found = [Land(key, own[-1].published.country, own) for key, own in by_key.items()]
    return sorted(found, key=lambda land: (not land.key, order(land.name.of(language))))


def names(plans: Sequence[Plan], language: str) -> dict[str, str]:
    """Return what each publication is called: its country and plan, where another has that its title, else its id too.

    Titles do not tell it alone, for nothing keeps two publications from having the same.
    """
    found: dict[str, str] = {}
    for say in (_by_plan, _by_title, _by_id):
        said = {one.published.id: say(one.published, language) for one in plans if one.published.id not in found}
        often = Counter([*said.values(), *found.values()])
        found |= {name: text for name, text in said.items() if text and often[text] == 1}
    return found


def _by_plan(published: Published, language: str) -> str:
    country = published.country.name.of(language)
    return f"{country} {published.plan}" if country and published.plan else ""


def _by_title(published: Published, language: str) -> str:
    return published.title.of(language)


def _by_id(published: Published, language: str) -> str:
    return f"{published.title.of(language)} ({published.id})"


# What they share --------------------------------------------------------------------------------------------------


def scales(plans: Sequence[Plan], codelists: Mapping[str, CodeList]) -> list[Scale]:
    """Return the plans by the scale on which progress is told and by what tells it; the numbers of two never add up."""
    told = [one for one in plans if one.tally.basis]
    ranked = sorted(told, key=lambda one: (one.tally.basis, one.tally.scale))
    return [
        Scale(_title(codelists.get(scale)), own[0].tally, _levels(own), own)
        for (_, scale), group in groupby(ranked, lambda one: (one.tally.basis, one.tally.scale))
        if (own := list(group))
    ]


def _title(codes: CodeList | None) -> Text:
    return codes.title if codes else Message("Progress")


def _levels(plans: Sequence[Plan]) -> list[Status]:
    """Return the levels of a scale in its order, with those that any of its plans has besides, untold last."""
    found = dict.fromkeys(one.status for plan in plans for one in plan.tally.counts)
    return sorted(found, key=lambda status: not status.is_told)


def shared(plans: Sequence[Plan]) -> list[tuple[str, list[int | None]]]:
    """Return the datasets that at least two plans have, most first, each with how many rows each plan has of it."""
    held = Counter(name for one in plans for name in one.published.counts)
    common = sorted((name for name, times in held.items() if times > 1), key=lambda name: -held[name])
    return [(name, [one.published.counts.get(name) for one in plans]) for name in common]


def coverage(found: Sequence[Land]) -> tuple[list[int], list[tuple[Land, list[Year]]]]:
    """Return the years that plans cover, and for each country which plan covers each; a year between two is a gap."""
    covered = sorted({year for land in found for one in land.plans for year in one.years})
    years = [*range(covered[0], covered[-1] + 1)] if covered and covered[-1] - covered[0] < LONGEST else covered
    return years, [(land, list(_of_land(land, years))) for land in found]


def _of_land(land: Land, years: Sequence[int]) -> Iterator[Year]:
    own = sorted({year for one in land.plans for year in one.years})
    for year in years:
        plans = [one for one in land.plans if year in one.years]
        yield Year(year, plans, bool(own) and own[0] < year < own[-1] and not plans)


# Editions ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Became:
    """What became of a commitment: before and now, each with its number, title and page; the change, if known."""

    before: tuple[str, str, str]
    now: tuple[str, str, str]
    change: Text | None


@dataclass(frozen=True, slots=True)
class Step:
    """From one edition to the next: what became of each commitment, and how many changes of each kind there are."""

    before: str
    now: Plan
    became: Sequence[Became]
    counts: Sequence[tuple[Text, int]]


NOT_SAID = Message("Not said")


def steps(land: Land, pages: Mapping[str, Mapping[str, str]], changes: CodeList) -> Iterator[Step]:
    """Yield what became of the commitments of each edition of a country, as the edition after it says.

    `pages` has the pages of commitments of each publication, by key.
    """
    labels = {concept.code: concept.label for concept in changes.concept}
    for one in land.plans:
        table = of_class(one.published, "Continuation")
        rows = one.published.rows(table.name) if table else []
        for before, group in groupby(rows, lambda row: row["previous_publication"]):
            told = list(group)
            became = [_became(row, one, pages, labels) for row in told]
            often = Counter(row["change"] for row in told)
            known = [(label, often[code]) for code, label in labels.items() if often[code]]
            yield Step(before, one, became, [*known, *([(NOT_SAID, often[""])] if often[""] else [])])


def _became(row: Record, now: Plan, pages: Mapping[str, Mapping[str, str]], labels: Mapping[str, Text]) -> Became:
    previous, key = row["previous_commitment"], row["commitment"]
    earlier, own = row["previous_publication"], now.published.id
    return Became(
        (previous, row["previous_title"], pages.get(earlier, {}).get(previous, "")),
        (key, titles(now.published).get(key, ""), pages.get(own, {}).get(key, "")),
        labels.get(row["change"]),
    )


def titles(published: Published) -> Mapping[str, str]:
    """Return the title of each commitment of a publication by its key."""
    table = of_class(published, "Commitment")
    return {row["commitment"]: row.get("title", "") for row in published.rows(table.name)} if table else {}
