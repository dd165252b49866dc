"""The pages over all publications: which there are, how they compare, and what is odd about some of them."""

from __future__ import annotations

import datetime
import json
import posixpath
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from random import Random
from urllib.parse import quote, unquote, urlsplit

import pytest

import made_collections
from made_collection import ALL, LAKELAND, LATER, MERVALE, REASON, SANDLAND, Made, collection, publication
from ogp_data.collection.handed import Country
from ogp_data.collection.published import Collection, Gone
from ogp_data.core.shared import CodeList, Concept
from ogp_data.core.stage import Stage
from ogp_data.core.theme import read
from ogp_data.core.words import Words
from ogp_data.formats.known import KNOWN
from ogp_data.models.vocabulary import vocabulary
from ogp_data.site import became, compared, parted, searched
from ogp_data.site.compared import Land, Plan
from ogp_data.site.root import stage_root

CODELISTS = vocabulary().codelists


class Shown(HTMLParser):
    """The links, tags and text of a page."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.links: list[str] = []
        self.tags: list[str] = []
        self.said: list[str] = []
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src", "action")]

    def handle_data(self, data: str) -> None:
        self.said.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.said).split())


def staged(folder: Path, made: Sequence[Made] = ALL, **changed: object) -> Stage:
    stage = Stage(folder / "root")
    stage_root(replace(collection(folder / "dist", made), **changed), vocabulary(), stage)  # type: ignore[arg-type]
    return stage


def page(stage: Stage, path: str) -> Shown:
    return Shown(stage.read(path))


def plans(folder: Path, made: Sequence[Made]) -> list[Plan]:
    return [compared.plan(publication(folder, one), CODELISTS) for one in made]


def test_the_root_lists_countries_with_their_plans_and_what_came_of_each(tmp_path: Path) -> None:
    text = page(staged(tmp_path), "en/index.html").text
    assert "Countries 3 Publications 4 Commitments 9" in text
    assert text.index("Lakeland 2021-2023") < text.index("Lakeland 2025-2026") < text.index("Mervale 2022-2024")
    assert "1 Not started 1 Substantial 1 Completed Here the government judges itself." in text
    assert "The document does not say how far the commitments are." in text
    assert "ll-2019 , 20 November 2026: It held personal data." in text


def test_who_judges_is_named_where_that_is_not_the_government(tmp_path: Path) -> None:
    reviewed = replace(LAKELAND, id="reviewed", codes="irm-completion")
    stage = staged(tmp_path, [reviewed])
    assert "Judged by the Independent Reporting Mechanism." in page(stage, "en/index.html").text
    assert "Beoordeeld door het Independent Reporting Mechanism." in page(stage, "index.html").text
    assert "the government judges itself" not in page(stage, "en/index.html").text


def test_a_page_leads_to_all_tables_and_the_menu_to_it(tmp_path: Path) -> None:
    stage = Stage(tmp_path / "root")
    stage.add("all/all.xlsx", b"", KNOWN["xlsx"], "everything")
    for name in ("publications", "commitments"):
        stage.add(f"all/{name}/{name}.csv", b"a", KNOWN["csv"], name)
    stage_root(collection(tmp_path / "dist"), vocabulary(), stage)
    shown = page(stage, "en/data.html")
    tables = {"../all/publications/publications.csv", "../all/commitments/commitments.csv", "../all/all.xlsx"}
    assert tables <= {*shown.links}
    assert "in 2 tables" in shown.text
    # Two plans of Lakeland with three and two commitments, one of Mervale and one of Sandland with two each.
    assert "Publications 4 rows CSV" in shown.text
    assert "Commitments 9 commitments CSV" in shown.text
    assert "Lakeland" not in shown.text
    for path in ("index.html", "en/search.html", "countries/lakeland.html", "ll-2019/index.html"):
        assert any(link.endswith("data.html") for link in page(stage, path).links), path
    # Without files there is no page on them, and nothing leads to it.
    assert not any("data.html" in link for link in page(staged(tmp_path / "none"), "index.html").links)


@pytest.mark.parametrize("many", [30, 31, 500])
def test_the_page_of_the_data_does_not_grow_with_the_tables(tmp_path: Path, many: int) -> None:
    stage = Stage(tmp_path / "root")
    stage.add("all/all.xlsx", b"", KNOWN["xlsx"], "everything")
    for number in range(many):
        name = f"table_with_a_name_of_some_length_{number}"
        for form in ("csv", "jsonld", "ttl", "xlsx", "ods", "parquet"):
            stage.add(f"all/{name}/{name}.{form}", b"a", KNOWN[form], name)
    stage_root(collection(tmp_path / "dist"), vocabulary(), stage)
    assert len(stage.read("data.html")) < 60_000
    said = {30: "", 31: "1 more table is in the files above.", 500: "470 more tables are in the files above."}
    text = page(stage, "en/data.html").text
    assert said[many] in text
    assert ("in the files above" in text) is (many > 30)


def test_the_commitments_of_a_plan_are_counted_once_however_many_assess_it(tmp_path: Path) -> None:
    final = replace(LAKELAND, id="ll-end", titles=[*LAKELAND.titles, "Open contracts"], said=[*LAKELAND.said, "Done."])
    others = (("mv-1", "Mervale"), ("unsaid", ""))
    elsewhere, unsaid = (replace(LAKELAND, id=name, country=of, others={}) for name, of in others)
    shown = page(staged(tmp_path, [LAKELAND, final, elsewhere, unsaid]), "en/index.html").text
    # Four in the newest of Lakeland's two, three elsewhere, three where no country is said.
    assert "Countries 2 Plans 3 Publications 4 Commitments 10" in shown
    assert "counted once" in shown
    assert "counted once" not in page(staged(tmp_path / "apart"), "en/index.html").text


def test_every_link_leads_to_a_page_or_into_a_publication(tmp_path: Path) -> None:
    stage = staged(tmp_path)
    known = {artefact.path for artefact in stage.artefacts}
    ids = {one.id for one in ALL}
    for path in sorted(known):
        if path.endswith(".html"):
            for link in page(stage, path).links:
                parts = urlsplit(link)
                if parts.scheme or not parts.path:
                    continue
                target = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path)))
                assert target in known or target.split("/")[0] in ids, (path, link)


def test_a_page_in_a_language_leads_to_the_publication_in_it_if_it_has_that(tmp_path: Path) -> None:
    stage = staged(tmp_path)
    assert "../ll-2021-2023/index.html" in page(stage, "en/index.html").links
    assert "../mv-2022-2024/en/index.html" in page(stage, "en/index.html").links
    assert "mv-2022-2024/index.html" in page(stage, "index.html").links


def test_where_no_commitment_has_a_status_nobody_is_said_to_have_judged(tmp_path: Path) -> None:
    mute = replace(LAKELAND, id="mute", country="Muteland", progress=[], others={})
    stage = staged(tmp_path, [mute, MERVALE])
    home = page(stage, "en/index.html").text
    assert home.count("Here the government judges itself.") == 1
    assert "The document does not say how far the commitments are." in home
    compared_pages = page(stage, "en/compare.html").text
    assert "These documents do not say how far the commitments are. Muteland 2021-2023" in compared_pages


def test_scales_are_never_put_together(tmp_path: Path) -> None:
    found = compared.scales(plans(tmp_path, ALL), CODELISTS)
    assert [(one.tally.scale, [plan.published.id for plan in one.plans]) for one in found] == [
        ("completion", ["ll-2021-2023", "ll-2025-2026"]),
        ("progress", ["mv-2022-2024"]),
    ]
    levels = [str(level.words.of("en")) for level in found[0].levels]
    assert levels == ["Not started", "Limited", "Substantial", "Completed", "Not judged"]
    assert [found[0].numbers(one) for one in found[0].plans] == [[1, 0, 1, 1, 0], [0, 1, 0, 0, 1]]


def test_the_same_scale_judged_and_read_from_a_text_is_two(tmp_path: Path) -> None:
    read = replace(MERVALE, id="mv-read", basis="text")
    found = compared.scales(plans(tmp_path, [MERVALE, read]), CODELISTS)
    assert [one.tally.basis for one in found] == ["document", "text"]


def test_a_year_between_two_plans_that_none_is_about_is_a_gap(tmp_path: Path) -> None:
    years, rows = compared.coverage(compared.lands(plans(tmp_path, ALL), "en"))
    assert years == [2021, 2022, 2023, 2024, 2025, 2026]
    gaps = {land.name.of("en"): [one.number for one in covered if one.is_gap] for land, covered in rows}
    assert gaps == {"Lakeland": [2024], "Mervale": [], "أرض الرمال": []}
    assert "gap" in page(staged(tmp_path), "en/compare.html").text


@pytest.mark.parametrize(
    ("plan", "years"),
    [
        ("2021-2023", [2021, 2022, 2023]),
        ("2023", [2023]),
        ("", []),
        ("2023-2021", [2023]),
        ("0001-9999", [*range(1, 41)]),
    ],
)
def test_the_years_of_a_plan(tmp_path: Path, plan: str, years: list[int]) -> None:
    (made,) = plans(tmp_path, [replace(LAKELAND, plan=plan)])
    assert list(made.years) == years


def test_what_a_publication_has_no_table_of_is_not_nought(tmp_path: Path) -> None:
    lakeland, *_, sandland = plans(tmp_path, ALL)
    assert (lakeland.milestones, lakeland.links, lakeland.themes) == (None, None, 1)
    assert dict(compared.shared([lakeland, sandland]))["commitments"] == [3, 2]
    assert dict(compared.shared(plans(tmp_path, ALL)))["narrative"] == [1, 1, None, None]
    assert "– not in the data" in page(staged(tmp_path), "en/compare.html").text


def test_a_country_shows_what_became_of_each_commitment(tmp_path: Path) -> None:
    shown = page(staged(tmp_path), "en/countries/lakeland.html")
    assert "No published plan is about 2024." in shown.text
    assert "1 Continued 1 Dropped 1 New 1 Not stated" in shown.text
    assert "C1. Register of lobbyists Continued C1. Register of lobbyists, second part" in shown.text
    assert "C2. Draft laws online Dropped –" in shown.text
    assert {"../../ll-2021-2023/commitments/C1.html", "../../ll-2025-2026/commitments/C2.html"} <= {*shown.links}


def test_what_became_of_commitments_is_counted_by_code_whatever_the_codes_are_called(tmp_path: Path) -> None:
    later = replace(
        LATER, continued=[("C1", "A", "C1", "kept"), ("C2", "B", "C2", "renamed"), ("C3", "C", "", "moved")]
    )
    same = Words(en="Goes on")
    codes = CodeList(
        "change", same, same, "", datetime.date(2026, 1, 1), [Concept(c, same) for c in ("kept", "renamed")]
    )
    (land,) = compared.lands(plans(tmp_path, [LAKELAND, later]), "en")
    (step,) = became.steps(land, {}, codes)
    # A code that the list does not have says something all the same.
    assert [(words.of("en"), number) for words, number in step.counts] == [("Goes on", 1), ("Goes on", 1), ("moved", 1)]


def test_publications_of_one_title_are_told_apart(tmp_path: Path) -> None:
    twins = [replace(LAKELAND, id=name, title="A plan") for name in ("a-plan", "b-plan")]
    named = compared.names(plans(tmp_path, twins), "en")
    assert named == {"a-plan": "A plan (a-plan)", "b-plan": "A plan (b-plan)"}
    mixed = [*twins, replace(LAKELAND, id="c-plan", title="Another"), LATER]
    named = compared.names(plans(tmp_path, mixed), "en")
    assert (named["c-plan"], named[LATER.id]) == ("Another", "Lakeland 2025-2026")


def test_countries_that_no_latin_letters_can_write_are_not_made_one(tmp_path: Path) -> None:
    made = [SANDLAND, replace(SANDLAND, id="zz", country="中国"), replace(SANDLAND, id="zy", country="中华"), LAKELAND]
    found = compared.lands(plans(tmp_path, made), "en")
    assert len({land.page for land in found}) == 4
    assert all(land.page.isascii() for land in found)


def test_with_one_publication_the_page_leads_to_it_and_compares_nothing(tmp_path: Path) -> None:
    stage = staged(tmp_path, [MERVALE])
    shown = page(stage, "index.html")
    assert "mv-2022-2024/index.html" in shown.links
    assert "compare.html" not in {artefact.path for artefact in stage.artefacts}
    assert "compare.html" not in shown.links


def test_with_none_the_page_says_so(tmp_path: Path) -> None:
    shown = page(staged(tmp_path, [], withdrawn=[], moved={}), "en/index.html")
    assert "Nothing is published here yet." in shown.text


def test_what_failed_is_said(tmp_path: Path) -> None:
    made = collection(tmp_path / "dist")
    stale = [replace(one, stale=one.id == LAKELAND.id) for one in made.publications]
    text = page(staged(tmp_path, publications=stale, failed=["x-2020"]), "en/index.html").text
    assert text.count("The newest version could not be published. This is the one before.") == 1
    assert "x-2020 could not be published and is missing here." in text


def test_what_a_publication_says_of_itself_stands_with_it(tmp_path: Path) -> None:
    said = Words(en="Not published by the government.", nl="Niet van de overheid.")
    made = [
        replace(one, disclaimer=said if one.id == MERVALE.id else None) for one in collection(tmp_path).publications
    ]
    stage = staged(tmp_path, publications=made)
    assert page(stage, "en/index.html").text.count("Not published by the government.") == 1
    assert "Niet van de overheid." in page(stage, "countries/mervale.html").text


def test_a_withdrawn_publication_and_one_that_moved_leave_a_page_in_each_language(tmp_path: Path) -> None:
    stage = staged(tmp_path, withdrawn=[*collection(tmp_path / "dist").withdrawn], moved={"old": LAKELAND.id, "x": "y"})
    assert "Er stonden persoonsgegevens in." in page(stage, "ll-2019/index.html").text
    assert "20 November 2026" in page(stage, "ll-2019/en/index.html").text
    assert b'content="0; url=../ll-2021-2023/index.html"' in stage.read("old/index.html")
    assert "../../ll-2021-2023/index.html" in page(stage, "old/en/index.html").links
    assert "It is now called y" in page(stage, "x/en/index.html").text
    assert "refresh" not in stage.read("x/index.html").decode()


@pytest.mark.parametrize("address", ["https://ogp.voorbeeld.nl/ll/", "https://ogp.example/ll/"])
def test_each_page_of_an_id_of_before_leads_to_the_same_page_of_today(tmp_path: Path, address: str) -> None:
    paths = ["index.html", "fr/index.html", "ar/index.html", "commitments/a b&c.html", "v/1.0.0/fr/about.html"]
    made = publication(tmp_path / "dist", replace(LAKELAND, languages=("en", "fr", "ar")))
    one = replace(made, base_url=address, pages=paths)
    stage = staged(tmp_path, publications=[one], moved={"old": one.id})
    # The pages over all are in Dutch and English, and so was what stood in its place.
    homes = {"en/index.html": "index.html"}
    said = {artefact.path for artefact in stage.artefacts if artefact.path.startswith("old/")}
    assert said == {f"old/{path}" for path in (*paths, *homes, "moved.json")}
    for path, leads in {**{path: path for path in paths}, **homes}.items():
        text = stage.read(f"old/{path}").decode()
        way = "../" * (path.count("/") + 1) + f"{one.id}/{quote(leads)}"
        for place in ('content="0; url={}"', 'data-target="{}"', '<a href="{}">'):
            assert place.format(way) in text, (path, place)
        known = f"{address}{quote(leads.removesuffix('index.html'))}"
        assert (f'<link rel="canonical" href="{known}">' in text) is (address == "https://ogp.voorbeeld.nl/ll/"), path
    assert json.loads(stage.read("old/moved.json")) == {"moved": one.id}


def test_a_withdrawn_publication_is_called_by_its_title(tmp_path: Path) -> None:
    gone = Gone("ll-2019", datetime.date(2026, 11, 20), REASON, Words(nl="Plan van Merenland", en="Lakeland’s plan"))
    stage = staged(tmp_path, withdrawn=[gone])
    assert "Lakeland’s plan is withdrawn" in page(stage, "ll-2019/en/index.html").text
    assert "Plan van Merenland" in page(stage, "index.html").text
    unknown = staged(tmp_path / "unknown")
    assert "ll-2019 is withdrawn" in page(unknown, "ll-2019/en/index.html").text


def test_scripts_in_every_cell_stay_text(tmp_path: Path) -> None:
    evil = "</title></script><script>alert(1)</script><img src=x onerror=alert(1)>"
    made = replace(
        LAKELAND,
        country=evil,
        title=evil,
        titles=[evil],
        said=[evil],
        progress=[evil],
        narrative=[evil],
        plan=evil,
        others={},
    )
    stage = staged(tmp_path, [made, replace(made, id="zz")], failed=[evil])
    for artefact in stage.artefacts:
        if artefact.path.endswith(".html"):
            tags = page(stage, artefact.path).tags
            assert tags.count("script") == (
                1 if artefact.path.endswith("search.html") or artefact.path.startswith("lakeland/") else 0
            ), artefact.path
            assert "img" not in tags


def test_fifty_publications_weigh_little_and_are_chosen_by_country(tmp_path: Path) -> None:
    made = [
        replace(LAKELAND, id=f"p{number}", country=f"Country {number % 20}", plan=f"{2000 + number}", others={})
        for number in range(50)
    ]
    stage = staged(tmp_path, made)
    sizes = {artefact.path: artefact.bytes for artefact in stage.artefacts}
    assert {path: size for path, size in sizes.items() if size > 60_000} == {}
    assert page(stage, "en/index.html").tags.count("h3") == 0
    assert "Choose a country" in page(stage, "en/index.html").text
    assert sum(path.startswith("countries/") for path in sizes) == 20


@pytest.mark.parametrize("each", [1, 3, 400], ids=["a country each", "three a country", "one country"])
def test_no_page_grows_with_the_plans_and_each_plan_is_reached_without_scripts(tmp_path: Path, each: int) -> None:
    made = [
        replace(LAKELAND, id=f"p{number}", country=f"Country {number // each}", plan=f"{number}", others={})
        for number in range(400)
    ]
    stage = staged(tmp_path, made, languages=["en"])
    pages = {artefact.path: artefact.bytes for artefact in stage.artefacts if artefact.path.endswith(".html")}
    assert {path: size for path, size in pages.items() if size > 60_000} == {}
    for start in ("index.html", "search.html", "compare.html"):
        reached, found = {start}, [start]
        while found:
            path = found.pop()
            links = (unquote(urlsplit(link).path) for link in page(stage, path).links if "://" not in link)
            led = {posixpath.normpath(posixpath.join(posixpath.dirname(path), link)) for link in links}
            found += [link for link in led - reached if link in pages and link not in ("index.html", "search.html")]
            reached |= led
        assert {f"{one.id}/index.html" for one in made} <= reached, start


@cache
def plan() -> Plan:
    """Return a plan of which nothing is asked but which one it is."""
    made = made_collections.publications(1)[0]
    return compared.plan(made, CODELISTS)


def check_parts(seed: int) -> None:
    """Each plan is in one part, in the order of all; a part is never larger than fits, and two are never one."""
    chance = Random(seed)
    sizes = [chance.choice((1, 1, 2, 3, 23, 24, 25, 60)) for _ in range(chance.randrange(1, 30))]
    keyed = [(f"c-{at}", [replace(plan(), years=[at, n]) for n in range(many)]) for at, many in enumerate(sizes)]
    lands = [Land(key, Country("", Words(en=key)), own) for key, own in keyed]
    parts = parted.parts(lands)
    assert [one for part in parts for one in part.plans] == [one for land in lands for one in land.plans], seed
    assert all(0 < len(part.plans) <= parted.MOST for part in parts), seed
    assert all(len(one.plans) + len(other.lands[0].plans) > parted.MOST for one, other in pairwise(parts)), seed
    assert [part.number for part in parts] == [*range(1, len(parts) + 1)], seed


def test_parts_have_each_plan_once_and_fit() -> None:
    for seed in range(500):
        check_parts(seed)


def test_a_part_is_called_by_its_countries_or_by_the_plans_of_its_only_one(tmp_path: Path) -> None:
    one, two, *_ = plans(tmp_path, [LAKELAND, LATER])
    lake, mer = (Land(name, Country("", Words(en=name)), [one, two]) for name in ("Lakeland", "Mervale"))
    assert parted.Part(1, [lake, mer]).name.of("en") == "Lakeland – Mervale"
    assert parted.Part(1, [lake]).name.of("en") == "Lakeland, 2021-2023 – 2025-2026"
    assert parted.Part(1, [replace(lake, plans=[one])]).name.of("en") == "Lakeland, 2021-2023"


def test_what_can_be_found_is_said_once_with_its_page(tmp_path: Path) -> None:
    found = [(one.kind, one.page, one.title, one.text) for one in searched.entries(publication(tmp_path, LAKELAND))]
    assert found == [
        (
            "publication",
            "index.html",
            "Open government in Lakeland, 2021-2023",
            "What came of the plan 2021-2023. · Lakeland · Merenland · 2021-2023",
        ),
        ("Commitment", "commitments/C1.html", "1. Register of lobbyists", "The law is in force."),
        ("Commitment", "commitments/C2.html", "2. Draft laws online", "All of 2022 is online."),
        ("Commitment", "commitments/C3.html", "3. Map of public land", "Nothing was done."),
        ("Theme", "themes/index.html#1", "Openness", ""),
        (
            "Paragraph",
            "narrative/index.html#1",
            "Introduction",
            "The plan was written with forty organisations of citizens.",
        ),
    ]


def test_the_same_collection_gives_the_same_bytes_whatever_day_it_is(tmp_path: Path) -> None:
    one, other = staged(tmp_path / "a"), staged(tmp_path / "b")
    assert [(a.path, a.sha256) for a in one.artefacts] == [(a.path, a.sha256) for a in other.artefacts]
    today = datetime.date.today().isoformat()
    assert all(today.encode() not in one.read(artefact.path) for artefact in one.artefacts)


def test_without_scripts_the_search_lists_the_plans(tmp_path: Path) -> None:
    stage = staged(tmp_path)
    shown = page(stage, "en/search.html")
    assert {f"../{one.id}/index.html" for one in ALL if one.languages[0] == "en"} <= {*shown.links}
    assert b'<div id="search" hidden' in stage.read("en/search.html")
    assert "Searching works in browsers that run scripts." in shown.text


def test_a_collection_needs_no_owner(tmp_path: Path) -> None:
    made: Collection = collection(tmp_path / "dist")
    assert made.owner
    assert made.owner.name["en"] not in page(staged(tmp_path, owner=None), "en/index.html").text


def test_what_is_shown_at_any_wrong_address_finds_its_way_back(tmp_path: Path) -> None:
    shown = page(staged(tmp_path, url="https://data.example.nl/ogp/"), "en/404.html")
    assert {"/ogp/en/index.html", "/ogp/en/search.html", "/ogp/favicon.svg"} <= {*shown.links}
    assert "style" in shown.tags  # a style sheet beside it may be anywhere
    assert (
        page(staged(tmp_path, url="https://data.example.nl/ogp/"), "en/index.html").links.count("../en/search.html") > 0
    )


def test_an_address_is_named_only_where_a_lasting_one_is_declared(tmp_path: Path) -> None:
    declared = page(staged(tmp_path, url="https://data.overheid.nl/ogp/"), "en/index.html").links
    assert {"https://data.overheid.nl/ogp/", "https://data.overheid.nl/ogp/en/"} <= {*declared}
    assert not [link for link in page(staged(tmp_path), "en/index.html").links if link.startswith("http")]


def test_the_pages_wear_the_theme_of_the_site(tmp_path: Path) -> None:
    stage = staged(tmp_path, theme=read(":root { --utrecht-link-color: #123456; }"))
    for path in ("site/site.css", "404.html"):
        assert "--utrecht-link-color: #123456" in stage.read(path).decode()
