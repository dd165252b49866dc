"""Whose query runs next, so that none who asks much takes the service from those who ask little. Nothing runs here.

Short queries go before long ones, and of equals the client that had the least time lately goes first. What a query will
cost is not guessed: each begins as a short one, and is a long one when it has used its slice; its text is remembered.
Long ones never have all workers, and one client has few of them at once. One that became long where no more may run
goes on as long as nobody waits for its place; then it makes room, and waits with the long ones. One that waited for
`PATIENCE` counts as a short one where the next is chosen: the short ones of its own client cannot put it off for ever.
"""

from __future__ import annotations

import time
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ogp_data.service.limits import Limits

HALF_LIFE = 10.0
"""Seconds after which half of what a client used is forgotten."""

PATIENCE = 1 / 3
"""The part of a query's time that it waits behind short ones."""


class FullError(Exception):
    """Too many queries wait, of everybody or of this client."""


@dataclass(slots=True, eq=False)
class Turn:
    """A query that waits or runs; `came`: when it began to wait, `since`: when its run began."""

    client: str
    text: str
    number: int
    came: float
    is_long: bool = False
    running: bool = False
    since: float = 0.0


class Turns:
    """The queries that wait and run, and what each client used."""

    def __init__(self, limits: Limits, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin with nobody waiting."""
        self._limits, self._clock, self._number = limits, clock, 0
        self._turns: dict[Turn, None] = {}
        self._used: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._long: OrderedDict[str, None] = OrderedDict()

    def __len__(self) -> int:
        """Return how many wait and run."""
        return len(self._turns)

    def enter(self, client: str, text: str) -> Turn:
        """Return the turn of a query that now waits; FullError when too many do."""
        limits = self._limits
        # Counted over all that run and wait, so that running queries do not come on top of a client's share.
        own = sum(turn.client == client for turn in self._turns)
        if len(self) >= limits.workers + limits.waiting or own >= limits.workers + limits.client_waiting:
            raise FullError
        self._number += 1
        turn = Turn(client, text, self._number, self._clock(), text in self._long)
        self._turns[turn] = None
        return turn

    def leave(self, turn: Turn) -> None:
        """Forget a query that is answered or given up."""
        self._stop(turn)
        self._turns.pop(turn, None)

    def back(self, turn: Turn) -> None:
        """Let a query whose run was broken off wait again."""
        self._stop(turn)

    def lengthen(self, turn: Turn) -> None:
        """Tell that a query has used its slice."""
        turn.is_long = True
        self._long[turn.text] = None
        self._long.move_to_end(turn.text)
        # Texts of strangers are kept here, so their number is bounded too; the one seen longest ago goes.
        if len(self._long) > self._limits.waiting:
            self._long.popitem(last=False)

    def shorten(self, turn: Turn) -> None:
        """Tell that a query was answered within its slice: whatever it once took, it is a short one now."""
        self._long.pop(turn.text, None)

    def next(self) -> Turn | None:
        """Return the query that runs from now on; None when there is none that may."""
        now = self._clock()
        chosen = min(self._ready(), key=lambda turn: self._order(turn, now), default=None)
        if chosen is not None:
            chosen.running, chosen.since = True, now
        return chosen

    def too_long(self) -> Turn | None:
        """Return a running query that has to make room for one that waits, if there is such."""
        of_client = Counter(turn.client for turn in self._running_long())
        excess = of_client.total() > self._most_long
        over = [t for t in self._running_long() if excess or of_client[t.client] > self._limits.client_long]
        waits = any(True for turn in self._ready()) or any(
            turn.is_long and not turn.running and not of_client[turn.client] for turn in self._turns
        )
        now = self._clock()
        # The client with the most long queries gives way first, and of its queries the one that would have come last.
        return max(over, key=lambda t: (of_client[t.client], *self._order(t, now)), default=None) if waits else None

    @property
    def _most_long(self) -> int:
        # One worker is always left to short queries; with a single worker there is none to spare.
        return max(1, self._limits.workers - 1)

    def _running_long(self) -> Iterator[Turn]:
        return (turn for turn in self._turns if turn.running and turn.is_long)

    def _ready(self) -> Iterator[Turn]:
        """Yield those that wait and may run."""
        of_client = Counter(turn.client for turn in self._running_long())
        short = Counter(turn.client for turn in self._turns if turn.running and not turn.is_long)
        has_long = {turn.client for turn in self._turns if turn.is_long}
        room = of_client.total() < self._most_long
        for turn in self._turns:
            if turn.running:
                continue
            if turn.is_long:
                may = room and of_client[turn.client] < self._limits.client_long
            else:  # who has a long one tries others one by one: each may prove to be as long
                may = not (turn.client in has_long and short[turn.client])
            if may:
                yield turn

    def _order(self, turn: Turn, now: float) -> tuple[bool, float, int]:
        # One moment for all that are compared: with a clock that goes on, of two of a client the later would go first.
        patient = now - turn.came < PATIENCE * self._limits.seconds
        return turn.is_long and patient, self._spent(turn.client, now), turn.number

    def _spent(self, client: str, now: float) -> float:
        """Return the seconds that a client used, of which those long ago count little."""
        seconds, at = self._used.get(client, (0.0, 0.0))
        return float(seconds * 0.5 ** ((now - at) / HALF_LIFE))

    def _stop(self, turn: Turn) -> None:
        if turn.running:
            turn.running = False
            now = self._clock()
            # What was used before is first brought down to this moment, or an old debt would weigh as much as a new
            # one.
            self._used[turn.client] = (self._spent(turn.client, now) + now - turn.since, now)
            self._used.move_to_end(turn.client)
            if len(self._used) > self._limits.clients:
                self._used.popitem(last=False)
