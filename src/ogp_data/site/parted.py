"""Countries with their plans -> parts that each fit a page, for a comparison that grows with every plan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ogp_data.core.messages import Message
from ogp_data.core.words import Text
from ogp_data.site.compared import Land, Plan

MOST = 24
"""So many plans are compared on one page: with all that is told of them it stays below 60 kB."""

NAMED = 150
"""So many plans are named on a page that leads to each; of more, countries are, which lead to their plans."""

LISTED = 300
"""So many countries are listed on a page; more of them are listed by part."""


@dataclass(frozen=True, slots=True)
class Part:
    """Countries that stand one after the other, each with all of its plans or, where these are many, some."""

    number: int
    lands: Sequence[Land]

    @property
    def page(self) -> str:
        """Return the path of its page."""
        return f"compare/{self.number}.html"

    @property
    def plans(self) -> list[Plan]:
        """Return its plans, country by country."""
        return [one for land in self.lands for one in land.plans]

    @property
    def name(self) -> Text:
        """Return its first country and its last, as a dictionary names its pages; of one alone its plans too."""
        first, last = self.lands[0], self.lands[-1]
        if first is not last:
            return Message("{first} – {last}", first=first.name, last=last.name)
        said = (one.published.plan for one in (first.plans[0], first.plans[-1]))
        plans = " – ".join(dict.fromkeys(filter(None, said)))
        return Message("{country}, {plans}", country=first.name, plans=plans) if plans else first.name


def parts(lands: Sequence[Land]) -> list[Part]:
    """Return the parts of all countries in their order, none with more plans than fit, each as full as can be."""
    found: list[list[Land]] = []
    room = 0
    for piece in _pieces(lands):
        if len(piece.plans) > room:
            found.append([])
            room = MOST
        found[-1].append(piece)
        room -= len(piece.plans)
    return [Part(number, own) for number, own in enumerate(found, 1)]


def _pieces(lands: Sequence[Land]) -> Iterator[Land]:
    """Yield the countries, one of which too many plans are published in pieces."""
    for land in lands:
        yield from (replace(land, plans=land.plans[at : at + MOST]) for at in range(0, len(land.plans), MOST))
