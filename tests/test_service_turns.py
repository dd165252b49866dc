"""Whose query runs next: no process, no clock but one of the test."""

from __future__ import annotations

import contextlib
import random

import pytest

from ogp_data.service.limits import Limits
from ogp_data.service.turns import FullError, Turn, Turns


class Clock:
    """A clock that goes on when it is told."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def started(turns: Turns) -> list[str]:
    found = []
    while turn := turns.next():
        found.append(f"{turn.client}:{turn.text}")
    return found


def test_of_equals_the_client_that_had_least_goes_first_and_within_a_client_the_one_that_came_first() -> None:
    clock = Clock()
    turns = Turns(Limits(), clock)
    greedy = turns.enter("a", "1")
    assert turns.next() is greedy
    clock.now = 1.0
    turns.leave(greedy)
    for client, text in (("a", "2"), ("a", "3"), ("b", "1"), ("b", "2")):
        turns.enter(client, text)
    assert started(turns) == ["b:1", "b:2", "a:2", "a:3"]


def test_of_one_client_the_query_that_came_first_goes_first_while_the_clock_goes_on() -> None:
    ticks = iter(range(1000))
    turns = Turns(Limits(workers=2), lambda: next(ticks) / 1000)
    used = turns.enter("a", "0")
    turns.next()
    turns.leave(used)
    for number in range(1, 9):
        turns.enter("a", str(number))
    assert started(turns) == [f"a:{number}" for number in range(1, 9)]


def test_what_was_used_is_forgotten_by_half_every_ten_seconds() -> None:
    clock = Clock()
    turns = Turns(Limits(), clock)
    for client, begin, end in (("long ago", 0.0, 3.0), ("lately", 33.0, 34.0)):  # 3 s, of which an eighth is left
        clock.now = begin
        turn = turns.enter(client, "x")
        turns.next()
        clock.now = end
        turns.leave(turn)
    for client in ("lately", "long ago"):
        turns.enter(client, "y")
    assert started(turns) == ["long ago:y", "lately:y"]


def test_a_text_that_was_long_once_waits_behind_the_short_ones_and_never_has_all_workers() -> None:
    turns = Turns(Limits(workers=3))
    first = turns.enter("a", "heavy")
    turns.next()
    turns.lengthen(first)
    turns.leave(first)
    for client in "abc":
        turns.enter(client, "heavy")
    turns.enter("d", "light")
    assert started(turns) == ["d:light", "b:heavy", "c:heavy"]


def test_a_text_that_was_long_once_and_is_answered_within_its_slice_is_short_again() -> None:
    turns = Turns(Limits(workers=2))
    for tell in (turns.lengthen, turns.shorten):
        turn = turns.enter("a", "x")
        assert turns.next() is turn
        tell(turn)
        turns.leave(turn)
    assert not turns.enter("a", "x").is_long


def test_the_short_ones_of_a_client_put_off_its_long_one_for_a_third_of_its_time_and_no_longer() -> None:
    clock = Clock()
    turns = Turns(Limits(workers=3, seconds=3.0), clock)
    known = turns.enter("a", "heavy")
    turns.next()
    turns.lengthen(known)
    turns.leave(known)
    turns.enter("a", "heavy")
    for now, begins in ((0.0, "a:light"), (0.9, "a:light"), (1.1, "a:heavy")):
        clock.now = now
        turns.enter("a", "light")
        turn = turns.next()
        assert turn is not None
        assert f"{turn.client}:{turn.text}" == begins
        turns.leave(turn)


def test_a_long_one_that_waited_goes_before_no_other_client_that_used_less() -> None:
    clock = Clock()
    turns = Turns(Limits(workers=3, seconds=3.0), clock)
    known = turns.enter("hog", "heavy")
    turns.next()
    turns.lengthen(known)
    clock.now = 1.0
    turns.leave(known)
    turns.enter("hog", "heavy")
    clock.now = 3.5
    turns.enter("a", "light")
    assert started(turns) == ["a:light", "hog:heavy"]


def test_one_client_runs_one_long_query_and_beside_it_one_that_may_prove_to_be_long() -> None:
    turns = Turns(Limits(workers=4))
    for text in "1234":
        turns.enter("a", text)
    first = turns.next()
    assert first is not None
    turns.lengthen(first)
    assert started(turns) == ["a:2"]
    assert turns.too_long() is None


def test_one_that_became_long_beyond_the_bound_makes_room_as_soon_as_another_waits_and_not_before() -> None:
    clock = Clock()
    turns = Turns(Limits(workers=2), clock)
    own = [turns.enter("hog", text) for text in "12"]
    assert started(turns) == ["hog:1", "hog:2"]
    for turn in own:
        turns.lengthen(turn)
    assert turns.too_long() is None
    turns.enter("a", "x")
    over = turns.too_long()
    assert over is own[1]  # the one that began last: what was done for the other is not lost
    turns.back(over)
    assert started(turns) == ["a:x"]
    assert turns.too_long() is None


def test_a_long_query_of_another_client_takes_the_place_of_the_second_long_one_of_a_client() -> None:
    turns = Turns(Limits(workers=3))
    known = turns.enter("b", "heavy")
    turns.next()
    turns.lengthen(known)
    turns.leave(known)
    own = [turns.enter("hog", text) for text in "12"]
    started(turns)
    for turn in own:
        turns.lengthen(turn)
    assert turns.too_long() is None
    turns.enter("b", "heavy")
    assert started(turns) == []
    over = turns.too_long()
    assert over in own
    turns.back(over)
    assert started(turns) == ["b:heavy"]


def test_the_bounds_of_waiting_hold_for_each_client_and_for_all() -> None:
    turns = Turns(Limits(workers=1, waiting=5, client_waiting=2))
    for client, most in (("a", 3), ("b", 3)):
        for number in range(most):
            turns.enter(client, str(number))
        with pytest.raises(FullError):
            turns.enter(client, "one more")
    assert len(turns) == 6
    with pytest.raises(FullError):
        turns.enter("c", "x")


def test_clients_that_are_remembered_are_bounded() -> None:
    turns = Turns(Limits(clients=100))
    for number in range(300):
        turn = turns.enter(str(number), "x")
        turns.next()
        turns.leave(turn)
    assert len(turns._used) == 100


@pytest.mark.parametrize("seed", range(20))
def test_whatever_comes_everybody_gets_a_turn_and_the_bounds_hold(seed: int) -> None:
    chance, clock = random.Random(seed), Clock()
    limits = Limits(workers=chance.randint(1, 4), waiting=40, client_waiting=20, client_long=chance.randint(1, 2))
    turns, running = Turns(limits, clock), list[Turn]()
    for _ in range(500):
        clock.now += chance.random()
        client = chance.choice("aaaaabcd")
        with contextlib.suppress(FullError):
            turns.enter(client, f"{client}{chance.randint(0, 9)}")
        for turn in chance.sample(running, chance.randint(0, len(running))):
            if chance.random() < 0.5:
                turns.lengthen(turn)
            else:
                turns.leave(turn)
                running.remove(turn)
        if len(running) == limits.workers and (over := turns.too_long()):
            turns.back(over)
            running.remove(over)
        while len(running) < limits.workers and (turn := turns.next()):
            running.append(turn)
        assert all(turn.running for turn in running)
        assert len(running) <= limits.workers
    while len(turns):  # all that wait come to their turn when those before them end
        clock.now += 1
        for turn in running:
            turns.leave(turn)
        running = []
        while len(running) < limits.workers and (turn := turns.next()):
            running.append(turn)
        assert running or not len(turns)
