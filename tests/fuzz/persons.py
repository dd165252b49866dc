"""Makes sentences with addresses and numbers of persons, of offices, and with what only looks so."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ogp_data.documents.personal import find

FIRST = ("Anna", "Jan", "Marie", "Piet", "Luc", "Grace", "José", "Fatima", "Wim", "Chloé")
LAST = ("Vos", "de Boer", "van den Berg", "Dupont", "Peeters", "Smith", "O'Neill", "Müller", "Martin", "El Amrani")
DOMAINS = ("minbzk.example", "gemeente.example.nl", "etat.example.fr", "vlaanderen.example.be", "agency.example.gov")
OFFICES = (
    "info",
    "contact",
    "open-overheid",
    "press.office",
    "woo",
    "helpdesk",
    "opendata",
    "no-reply",
    "secretariat.dg1",
)


@dataclass(frozen=True)
class Made:
    """A text, and what of persons is in it, by kind."""

    text: str
    emails: int = 0
    numbers: int = 0


def _digits(rng: random.Random, count: int, first: str = "0123456789") -> str:
    return rng.choice(first) + "".join(rng.choice("0123456789") for _ in range(count - 1))


def person(rng: random.Random) -> tuple[str, str]:
    return rng.choice(FIRST), rng.choice(LAST)


def email(rng: random.Random) -> str:
    """Return an address of a person."""
    first, last = (part.lower().replace(" ", "").replace("'", "") for part in person(rng))
    local = rng.choice((f"{first}.{last}", f"{first[0]}.{last}", f"{first}{last}", f"{last}_{first[0]}", first))
    return f"{local}@{rng.choice(DOMAINS)}"


def veiled(rng: random.Random) -> str:
    """Return an address of a person, written so that a program does not see it."""
    local, domain = email(rng).split("@")
    at, dot = rng.choice(
        ((" [at] ", "."), ("(at)", "."), (" (at) ", " (dot) "), ("[at]", "[dot]"), (" {at} ", " {punt} "))
    )
    return f"{local}{at}{domain.replace('.', dot)}"


def dutch(rng: random.Random) -> str:
    last = _digits(rng, 8, "12345678")
    area, rest = rng.choice(("070", "010", "020", "030", "050")), _digits(rng, 7, "2345678")
    return rng.choice(
        (
            f"06-{last}",
            f"06{last}",
            f"06 {last[:2]} {last[2:4]} {last[4:6]} {last[6:]}",
            f"+31 6 {last}",
            f"+31 (0)6 {last[:4]} {last[4:]}",
            f"0031 6 {last}",
            f"{area}-{rest}",
            f"({area}) {rest[:3]} {rest[3:]}",
            f"{area} {rest[:3]} {rest[3:5]} {rest[5:]}",
            f"+31 (0){area[1:]} {rest}",
            f"+31 {area[1:]} {rest[:3]} {rest[3:]}",
        )
    )


def dutch_desk(rng: random.Random) -> str:
    """Return a number that is fixed to a place."""
    return f"{rng.choice(('070', '010', '020'))}-{_digits(rng, 7, '2345678')}"


def at_office(rng: random.Random) -> str:
    """Return a person who works at an office, with a number."""
    first, last = person(rng)
    office = rng.choice(("Ministry of the Interior", "gemeente Utrecht", "Bureau ICT", "head of bureau", "loket WOO"))
    joint = rng.choice((f", {office}, ", f" ({office}) ", f"; Title: {office}; Phone: ", f", Director, {office}, "))
    return f"{first} {last}{joint}{rng.choice(NUMBERS)(rng)}"


def belgian(rng: random.Random) -> str:
    mobile = rng.choice(("0471", "0485", "0496", "0456")), _digits(rng, 6)
    land = _digits(rng, 7, "23456")
    return rng.choice(
        (
            f"{mobile[0]} {mobile[1][:2]} {mobile[1][2:4]} {mobile[1][4:]}",
            f"{mobile[0]}/{mobile[1][:2]}.{mobile[1][2:4]}.{mobile[1][4:]}",
            f"+32 {mobile[0][1:]} {mobile[1][:2]} {mobile[1][2:4]} {mobile[1][4:]}",
            f"02 {land[:3]} {land[3:5]} {land[5:]}",
            f"02/{land[:3]}.{land[3:5]}.{land[5:]}",
            f"+32 2 {land[:3]} {land[3:5]} {land[5:]}",
        )
    )


def french(rng: random.Random, begins: str = "1234567") -> str:
    rest = [_digits(rng, 2) for _ in range(4)]
    first = rng.choice(begins)
    return rng.choice(
        (
            f"0{first} {' '.join(rest)}",
            f"0{first}.{'.'.join(rest)}",
            f"0{first}{''.join(rest)}",
            f"+33 {first} {' '.join(rest)}",
            f"+33 (0){first} {' '.join(rest)}",
        )
    )


def american(rng: random.Random) -> str:
    area, middle, last = rng.choice(("202", "415", "646", "312")), _digits(rng, 3, "23456789"), _digits(rng, 4)
    return rng.choice(
        (
            f"({area}) {middle}-{last}",
            f"{area}-{middle}-{last}",
            f"{area}.{middle}.{last}",
            f"+1 {area} {middle} {last}",
            f"1-{area}-{middle}-{last}",
        )
    )


def abroad(rng: random.Random) -> str:
    code = rng.choice(("44", "49", "34", "351", "358", "254", "55"))
    return f"{rng.choice(('+', '00'))}{code} {_digits(rng, 2, '123456789')} {_digits(rng, 4)} {_digits(rng, 3)}"


NUMBERS: Sequence[Callable[[random.Random], str]] = (dutch, belgian, french, american, abroad)


def _day(rng: random.Random) -> tuple[int, int, int]:
    return rng.randint(1, 31), rng.randint(1, 12), rng.randint(1990, 2035)


def _date(rng: random.Random) -> str:
    day, month, year = _day(rng)
    return rng.choice(
        (
            f"{day:02}-{month:02}-{year}",
            f"{day:02}.{month:02}.{year}",
            f"{year}-{month:02}-{day:02}",
            f"{day}/{month}/{year}",
        )
    )


LOOK_ALIKES: Sequence[Callable[[random.Random], str]] = (
    _date,
    lambda rng: f"{_date(rng)} {rng.randint(0, 23):02}:{rng.randint(0, 59):02}",
    lambda rng: f"from {_date(rng)} to {_date(rng)}",
    lambda rng: f"{rng.randint(2010, 2030)}-{rng.randint(2010, 2030)}",
    lambda rng: f"{rng.randint(2010, 2030)}/{rng.randint(2010, 2030)}",
    lambda rng: f"€ {rng.randint(1, 999)}.{_digits(rng, 3)}.{_digits(rng, 3)},{_digits(rng, 2)}",
    lambda rng: f"{rng.randint(1, 999)} {_digits(rng, 3)} {_digits(rng, 3)} euros",
    lambda rng: f"${rng.randint(1, 999)},{_digits(rng, 3)},{_digits(rng, 3)}.00",
    lambda rng: f"+{rng.randint(1, 9)}{rng.randint(0, 9)} 000 000",
    lambda rng: f"commitment {rng.randint(1, 9)}.{rng.randint(1, 20)}.{rng.randint(1, 20)}",
    lambda rng: f"ISBN 978-90-{_digits(rng, 4)}-{_digits(rng, 3)}-{_digits(rng, 1)}",
    lambda rng: f"978{_digits(rng, 10)}",
    lambda rng: f"ISBN 0-306-{_digits(rng, 5)}-{_digits(rng, 1)}",
    lambda rng: f"ISSN {_digits(rng, 4)}-{_digits(rng, 4)}",
    lambda rng: f"NL{_digits(rng, 2)} ABNA 0{_digits(rng, 3)} {_digits(rng, 4)} {_digits(rng, 2)}",
    lambda rng: (
        f"FR{_digits(rng, 2)} {_digits(rng, 4)} {_digits(rng, 4)} {_digits(rng, 4)} {_digits(rng, 4)} {_digits(rng, 3)}"
    ),
    lambda rng: f"KvK {_digits(rng, 8)}",
    lambda rng: f"BE 0{_digits(rng, 3, '123')}.{_digits(rng, 3)}.{_digits(rng, 3)}",
    lambda rng: f"0{_digits(rng, 3, '23')}.{_digits(rng, 3)}.{_digits(rng, 3)}",
    lambda rng: f"BSN {_digits(rng, 9)}",
    lambda rng: f"SIRET {_digits(rng, 3)} {_digits(rng, 3)} {_digits(rng, 3)} {_digits(rng, 5)}",
    lambda rng: f"Stb. {rng.randint(1990, 2030)}, {_digits(rng, 3)}",
    lambda rng: f"loi n° {rng.randint(1990, 2030)}-{_digits(rng, 4)}",
    lambda rng: f"kenmerk {rng.randint(2010, 2030)}-0000{_digits(rng, 6)}",
    lambda rng: f"{rng.randint(2010, 2030)}-0{_digits(rng, 9)}",
    lambda rng: f"{rng.randint(10, 60)}.{_digits(rng, 7)}, {rng.randint(1, 9)}.{_digits(rng, 7)}",
    lambda rng: f"0{rng.choice('12345789')}.{_digits(rng, 8)}",
    lambda rng: f"version {rng.randint(0, 9)}.{rng.randint(0, 20)}.{rng.randint(0, 200)}",
    lambda rng: f"10.{_digits(rng, 4)}/{_digits(rng, 8)}.2020.{_digits(rng, 7)}",
    lambda rng: f"https://example.org/{_digits(rng, 10)}/06-{_digits(rng, 8)}",
    lambda rng: f"{rng.randint(2010, 2030)}-05-03T12:00:00+0{rng.randint(1, 3)}:00",
    lambda rng: f"3{_digits(rng, 4)}L{_digits(rng, 4)}",
    lambda rng: f"{_digits(rng, 5)}-{_digits(rng, 4)}",
    lambda rng: f"{_digits(rng, 3)}-{_digits(rng, 2)}-{_digits(rng, 4)}",
    lambda rng: f"{rng.randint(2, 9)}00 {rng.randint(2, 9)}00 {rng.randint(1, 9)}000",
    lambda _: "01 02 03 04 05",
    lambda rng: f"{rng.randint(1, 99)} %, {_digits(rng, 6)} inwoners",
    lambda rng: f"{_digits(rng, 8, '0123456789abcdef')}-1234-5678-9012-{_digits(rng, 12)}",
    lambda rng: f"bijlage {rng.randint(1, 99)}, p. {rng.randint(1, 99)}-{rng.randint(1, 99)}",
    lambda rng: (
        f"published at {rng.choice(DOMAINS)}, point (a) www.{rng.choice(DOMAINS)}, option (a) {rng.choice(DOMAINS)}"
    ),
    lambda rng: f"#{_digits(rng, 6)} @team C{rng.randint(1, 99)} @ {rng.randint(1, 9)} uur",
)

OF_OFFICES: Sequence[Callable[[random.Random], str]] = (
    lambda rng: f"{rng.choice(OFFICES)}@{rng.choice(DOMAINS)}",
    lambda _: "logius@logius.example and opengov@opengov.example",
    lambda rng: f"{rng.choice(OFFICES)} [at] {rng.choice(DOMAINS)}",
    lambda rng: f"0800-{_digits(rng, 4)}",
    lambda rng: f"0900 {_digits(rng, 4)}",
    lambda rng: f"1-800-{_digits(rng, 3, '23456789')}-{_digits(rng, 4)}",
    lambda rng: f"het algemeen nummer {dutch_desk(rng)}",
    lambda rng: f"the help line of the press office, {american(rng)}",
    lambda rng: f"l'accueil au {french(rng, '12345')}",
    lambda rng: f"+31 {rng.choice(('800', '900'))} {_digits(rng, 4)}",
    lambda _: "bel 14 070 of 112",
)

FRAMES = ("See {}.", "{}", "In het overleg ({}) is dit besproken.", "Le point {} est clos;", "Row: {} | done", "\n{}\n")


def made(rng: random.Random) -> Made:
    """Return a text: of a person, of an office, or with what only looks so."""
    kind = rng.choice(("email", "veiled", "number", "called", "at office", "alike", "alike", "office", "both"))
    first, last = person(rng)
    if kind == "email":
        return _framed(rng, email(rng), 1, 0)
    if kind == "veiled":
        return _framed(rng, veiled(rng), 1, 0)
    if kind == "number":
        return _framed(rng, rng.choice(NUMBERS)(rng), 0, 1)
    if kind == "called":
        called = rng.choice(("tel.", "T:", "Tel:", "mobile", "gsm", "phone:", "tél. :"))
        return _framed(rng, f"{first} {last}, {called} {rng.choice(NUMBERS)(rng)}", 0, 1)
    if kind == "at office":
        return _framed(rng, at_office(rng), 0, 1)
    if kind == "both":
        return _framed(rng, f"{first} {last} ({email(rng)}, {rng.choice(NUMBERS)(rng)})", 1, 1)
    return _framed(rng, rng.choice(OF_OFFICES if kind == "office" else LOOK_ALIKES)(rng), 0, 0)


def _framed(rng: random.Random, said: str, emails: int, numbers: int) -> Made:
    return Made(rng.choice(FRAMES).format(said), emails, numbers)


@dataclass
class Score:
    """How much of what is there was found, and how much of what was found is there."""

    right: int = 0
    missed: int = 0
    invented: int = 0
    wrong: list[str] | None = None

    @property
    def recall(self) -> float:
        return self.right / max(self.right + self.missed, 1)

    @property
    def precision(self) -> float:
        return self.right / max(self.right + self.invented, 1)


def score(count: int, seed: int = 0) -> dict[str, Score]:
    """Return the scores of so many texts, by kind."""
    rng = random.Random(seed)
    scores = {kind: Score(wrong=[]) for kind in ("e-mail-addresses", "telephone-numbers")}
    for _ in range(count):
        one = made(rng)
        found = [met.kind for met in find(one.text)]
        for kind, there in (("e-mail-addresses", one.emails), ("telephone-numbers", one.numbers)):
            seen = found.count(kind)  # type: ignore[arg-type]
            mine = scores[kind]
            mine.right += min(seen, there)
            mine.missed += max(there - seen, 0)
            mine.invented += max(seen - there, 0)
            if seen != there and mine.wrong is not None:
                mine.wrong.append(f"{seen} of {there}: {one.text!r}")
    return scores
