"""What site.toml says of the whole is held to what can be, and to the day on which it is looked at."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from ogp_data.core.declared_site import Security, Site, WithdrawnSpec
from ogp_data.core.words import Words
from ogp_data.declaration.naming import LANGUAGE_CODES, id_fault
from ogp_data.declaration.rooted import check_site, undeclared, unpublished

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
    assert [(one.rule, one.place.key) for one in check_site(site, ["q-1"], ["q-1"], TODAY)] == [(rule, key)]


WITHDRAWN = [WithdrawnSpec("q-7", TODAY, Words(en="Why."))]


@pytest.mark.parametrize(
    ("site", "message", "hint"),
    [
        (Site(moved={"q-8": "q-9"}), "q-8 leads to q-9, and there is no such publication.",
         "Did you mean q-1? Use one of: q-1."),
        (Site(moved={"q-8": "xyz-later"}), "q-8 leads to xyz-later, and there is no such publication.",
         "Use one of: q-1."),
        (Site(moved={"q-8": "q-2"}), "q-8 leads to q-2, which is not published yet.",
         "Publish it first: ogp-data publish q-2"),
        (Site(moved={"q-1": "q-1"}), "q-1 leads to itself.",
         "Take it out of [moved], or name the id that the publication has now."),
        (Site(moved={"q-8": "q-7"}, withdrawn=WITHDRAWN), "q-8 leads to q-7, which is withdrawn.",
         "Write q-8 under [[withdrawn]] as well, or name an id that is published."),
        (Site(moved={"q-8": "q-6", "q-6": "q-1"}), "q-8 leads to q-6, which has moved itself.",
         'Name the id that it has now: q-8 = "q-1"'),
    ],
)  # fmt: skip
def test_an_id_that_leads_to_nothing_is_told_what_it_can_lead_to(site: Site, message: str, hint: str) -> None:
    found = check_site(site, ["q-1", "q-2"], ["q-1"], TODAY)
    assert [(one.rule, str(one.message), str(one.hint)) for one in found] == [("gone-still-declared", message, hint)]


def test_an_id_leads_to_nothing_where_nothing_is_published() -> None:
    (found,) = check_site(Site(moved={"q-8": "q-9"}), [], [], TODAY)
    assert found.hint == "Name an id that is published."


def test_what_is_published_and_what_is_declared_are_held_against_each_other() -> None:
    site, dist = Site(withdrawn=WITHDRAWN, moved={"q-6": "q-1"}), Path("dist")
    published = {name: dist / name for name in ("q-1", "q-3", "q-6", "q-7")}
    (left,) = undeclared(site, ["q-1", "q-2"], published)
    assert (left.rule, left.severity, left.place.file) == ("undeclared-publication", "warning", "dist/q-3")
    assert "write q-3 into data/site.toml: under [[withdrawn]], or under [moved]" in left.hint
    (lacking,) = unpublished(Path("data"), ["q-1", "q-2"], published)
    assert (lacking.rule, lacking.severity, lacking.place.file) == (
        "unpublished-declaration", "warning", "data/q-2/publication.toml",
    )  # fmt: skip
    assert lacking.hint == "Publish it: ogp-data publish q-2"


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
    found = check_site(Site(security=Security([SOUND], expires)), [], [], TODAY)
    assert [(one.rule, one.severity) for one in found] == [("security-expires", "warning")] * is_wrong


def test_a_site_that_says_nothing_of_the_whole_is_sound() -> None:
    assert check_site(Site(), ["q-1"], ["q-1"], TODAY) == []


RESERVED = "all api catalog compare countries git health index root search site sparql v validate vocabulary"


@pytest.mark.parametrize("name", [*RESERVED.split(), *sorted(LANGUAGE_CODES), ".root", ".x", "2020-nl", "mei-2020", ""])
def test_what_the_root_needs_is_no_id(name: str) -> None:
    assert id_fault(name)
