"""What site.toml says of the whole is held to what can be, and to the day on which it is looked at."""

from __future__ import annotations

import datetime

import pytest

from ogp_data.core.declared_site import Security, Site, WithdrawnSpec
from ogp_data.core.words import Words
from ogp_data.declaration.naming import LANGUAGE_CODES, id_fault
from ogp_data.declaration.rooted import check_site

TODAY = datetime.date(2026, 11, 30)
SOUND = "mailto:leaks@countryq.example"


def withdrawn(name: str) -> WithdrawnSpec:
    return WithdrawnSpec(name, TODAY, Words(en="Why."))


@pytest.mark.parametrize(
    ("site", "rule", "key"),
    [
        (Site(withdrawn=[withdrawn("q-1")]), "gone-still-declared", "withdrawn[0].id"),
        (Site(withdrawn=[withdrawn("q-9"), withdrawn("q-9")]), "duplicate-name", "withdrawn[1].id"),
        (Site(withdrawn=[withdrawn("q-9")], moved={"q-9": "q-1"}), "duplicate-name", "withdrawn[0].id"),
        (Site(withdrawn=[withdrawn("all")]), "unsafe-name", "withdrawn[0].id"),
        (Site(moved={"q-1": "q-1"}), "gone-still-declared", "moved.q-1"),
        (Site(moved={"q-8": "q-9"}), "gone-still-declared", "moved.q-8"),
        (Site(moved={"../x": "q-1"}), "unsafe-name", "moved.../x"),
        (Site(root_iri="data"), "invalid-address", "root_iri"),
        (Site(root_url="https://a b/"), "invalid-address", "root_url"),
        (Site(security=Security(["http://countryq.example/leaks"], datetime.date(2027, 6, 1))), "invalid-address",
         "security.contact[0]"),
        (Site(security=Security([], datetime.date(2027, 6, 1))), "missing-key", "security.contact"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told_with_its_key(site: Site, rule: str, key: str) -> None:
    assert [(one.rule, one.place.key) for one in check_site(site, ["q-1"], TODAY)] == [(rule, key)]


@pytest.mark.parametrize(
    ("expires", "is_wrong"),
    [
        (None, True),
        (datetime.date(2026, 11, 30), True),
        (datetime.date(2020, 1, 1), True),
        (datetime.date(2026, 12, 29), True),
        (datetime.date(2026, 12, 30), False),
        (datetime.date(2027, 11, 30), False),
        (datetime.date(2028, 1, 1), True),
    ],
)
def test_until_when_the_contacts_hold_is_judged_by_the_day(expires: datetime.date | None, is_wrong: bool) -> None:
    found = check_site(Site(security=Security([SOUND], expires)), [], TODAY)
    assert [(one.rule, one.severity) for one in found] == [("security-expires", "warning")] * is_wrong


def test_a_site_that_says_nothing_of_the_whole_is_sound() -> None:
    assert check_site(Site(), ["q-1"], TODAY) == []


RESERVED = "all api catalog countries git health index root search site sparql v validate vocabulary"


@pytest.mark.parametrize("name", [*RESERVED.split(), *sorted(LANGUAGE_CODES), ".root", ".x", "2020-nl", "mei-2020", ""])
def test_what_the_root_needs_is_no_id(name: str) -> None:
    assert id_fault(name)
