"""Collection -> what countries and plans have in common, and the years that no plan covers; scales stay apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from ogp_data.collection.handed import Country, Statuses
from ogp_data.collection.published import Published
from ogp_data.core.collation import order
from ogp_data.core.messages import Message
from ogp_data.core.shared import CodeList
from ogp_data.core.words import Text, Words
from ogp_data.site.statuses import BY_PART, PARTLY, UNTOLD, Basis, Status, Tally, status_of, tally
from ogp_data.site.tabled import of_class, saying

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
    assessed_on: str
    """The day of its assessments where all have the same; "" else."""
    judge: Text | None = None
    """Who judges by its scale, where that is not the government itself."""


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
        """Return the path of its page; no country is called `_`."""
        return f"countries/{self.key or '_'}.html"


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
    judge: Text | None = None
    """Who judges by it, where that is not the government itself."""

    def numbers(self, plan: Plan) -> list[int]:
        """Return how many commitments of a plan are at each level."""
        counted = {one.status: one.number for one in plan.tally.counts}
        return [counted.get(level, 0) for level in self.levels]

    @property
    def together(self) -> list[int]:
        """Return how many commitments of all the plans are at each level."""
        return list(map(sum, zip(*map(self.numbers, self.plans), strict=True)))


# Plans and countries ----------------------------------------------------------------------------------------------


def plan(published: Published, codelists: Mapping[str, CodeList]) -> Plan:
    """Return a publication as it is compared."""
    links = of_class(published, "Link")
    addresses = [saying(links, "url", row) for row in published.rows(links.name)] if links else None
    return Plan(
        published,
        tally_of(published.statuses, codelists),
        _count(published, "Commitment") or 0,
        _count(published, "Theme"),
        _count(published, "Milestone"),
        None if addresses is None else len(addresses),
        None if addresses is None else sum(map(bool, addresses)),
        _years(published.start, published.end),
        _assessed_on(published),
        _judge(published.statuses.codes, codelists),
    )


def _judge(scale: str, codelists: Mapping[str, CodeList]) -> Text | None:
    return codelists[scale].judge if scale in codelists else None


def _assessed_on(published: Published) -> str:
    table = of_class(published, "Assessment")
    dates = {saying(table, "date", row) for row in published.rows(table.name)} if table else set()
    return dates.pop() if len(dates) == 1 else ""


def _count(published: Published, name: str) -> int | None:
    table = of_class(published, name)
    return table.rows if table else None


def _years(start: str, end: str) -> list[int]:
    """Return the years from one date to another, both as EDTF has them; none where neither says a year."""
    known = [int(found[0]) for date in (start, end) if (found := _YEAR.match(date))]
    return list(range(known[0], max(known) + 1))[:LONGEST] if known else []


def tally_of(statuses: Statuses, codelists: Mapping[str, CodeList]) -> Tally:
    """Return how many commitments have which status; a code that its list does not have is its own word.

    Where no commitment has any, nobody judged, whatever column there is for it.
    """
    if not any(number for code, number in statuses.counts.items() if code):
        statuses = Statuses(counts=statuses.counts)
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


def counted_once(plans: Iterable[Plan]) -> list[Plan]:
    """Return one publication of each plan, the newest: several assessments of a plan are about the same commitments."""
    newest: dict[tuple[str, ...], Plan] = {}
    for one in sorted(plans, key=lambda one: (one.published.issued, one.published.id)):
        own = one.published
        is_said = own.country.key and own.plan
        newest[(own.country.key, own.plan) if is_said else (own.id,)] = one
    return list(newest.values())


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
        Scale(_title(codelists.get(scale)), own[0].tally, _levels(own), own, own[0].judge)
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
