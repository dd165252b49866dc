"""What became of the commitments of an earlier edition: computed from which are said to continue which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ogp_data.core.messages import Message
from ogp_data.core.near import meant
from ogp_data.core.publication import Contents, Edition

NUMBER = "commitment_number"
"""The column that has the number of a commitment as the document prints it."""


@dataclass(frozen=True, slots=True)
class Continuation:
    """What became of a commitment, or where one came from: its key before and now, "" for none; the change, if known.

    The change is a code of the list `change`.
    """

    before: str
    now: str
    change: str


def continuations(edition: Edition, now: Mapping[str, str]) -> list[Continuation]:
    """Return what became of each commitment of an edition, then which here continue none of it.

    `now` has the number of each commitment here by its key, in order.
    """
    known = [*edition.commitments.rows]
    successors = {before: found for before in known if (found := _successors(edition, before, now)) is not None}
    came = Counter(key for found in successors.values() for key in found)
    # Only when it is said of every earlier commitment what continues it, is a commitment that continues none a new one.
    rest = "new" if known and len(successors) == len(known) else ""
    became = [one for before in known for one in _became(before, successors.get(before), came)]
    return [*became, *(Continuation("", key, rest) for key in now if key not in came)]


def _became(before: str, successors: Sequence[str] | None, came: Mapping[str, int]) -> Iterator[Continuation]:
    """Yield what became of a commitment; None: nobody says it."""
    if successors is None:
        yield Continuation(before, "", "")
    elif not successors:
        yield Continuation(before, "", "dropped")
    for key in successors or ():
        yield Continuation(before, key, _change(len(successors or ()), came[key]))


def _change(successors: int, predecessors: int) -> str:
    """Return what a commitment and the one that continues it are to each other, by how many there are on each side."""
    if successors > 1:
        return "regrouped" if predecessors > 1 else "split"
    return "merged" if predecessors > 1 else "continued"


def _successors(edition: Edition, before: str, now: Mapping[str, str]) -> Sequence[str] | None:
    """Return the commitments here that continue an earlier one; None when nobody says which."""
    if before in edition.named:
        return edition.named[before]
    if not edition.same_numbers:
        return None
    if before in now:
        return [before]
    # A number that stands twice, as where numbers begin again in each theme, says nothing.
    known = numbers(edition.commitments)
    found = [key for key, number in now.items() if number == known[before]]
    return found if [*known.values()].count(known[before]) == 1 and len(found) < 2 else None


def numbers(commitments: Contents) -> dict[str, str]:
    """Return the number of each commitment by its key; one that was published before there were keys is its own."""
    return {key: row.get(NUMBER, key) for key, row in commitments.rows.items()}


def unknown_now(edition: Edition, now: Mapping[str, str]) -> Iterator[tuple[str, Message, str]]:
    """Yield the key of the declaration, what is wrong and the fix for each commitment named that is not there."""
    keys = [*now]
    for before, named in edition.named.items():
        for index, key in enumerate(named):
            if key not in keys:
                message = Message("There is no commitment {key!r} here.", key=key)
                yield f"{edition.at}.commitments.{before}[{index}]", message, meant(key, keys, now)
