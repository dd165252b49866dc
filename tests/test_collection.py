"""Three made publications together: what stands at the top of dist/ says of each just what it says itself."""

from __future__ import annotations

import csv
import datetime
import hashlib
import io
import json
import re
import shutil
import sqlite3
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from collection_help import EACH, collection, root
from made_editions import BASE, COMMITMENTS, FILES, FINAL, MIDTERM, NEXT, Editions
from ogp_data import beside
from ogp_data.checks.tables import check_package
from ogp_data.cli.main import main
from ogp_data.collection.gathering import Found, gather
from ogp_data.collection.published import Gone, UnreadableError
from ogp_data.collection.published import read as read_published
from ogp_data.collection.staging import stage_tables, undescribed
from ogp_data.core import program
from ogp_data.core.declared_site import Site
from ogp_data.core.findings import Finding
from ogp_data.core.rdf import read, to_graph
from ogp_data.core.shared import Agent, Contact
from ogp_data.core.stage import Stage
from ogp_data.core.theme import Theme
from ogp_data.core.vocab import DCAT, DCT, OGP, SPDX
from ogp_data.core.words import Words

SERIES = f"{BASE}{FINAL}/catalog#series"
ATOM, SITEMAP = "{http://www.w3.org/2005/Atom}", "{http://www.sitemaps.org/schemas/sitemap/0.9}"
CC0 = "https://creativecommons.org/publicdomain/zero/1.0/"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Editions:
    """Return three publications of one country, of which the last continues one, published with what is over all."""
    return collection(tmp_path_factory.mktemp("collection"))


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))


def index(made: Editions) -> Mapping[str, Mapping[str, object]]:
    told = json.loads((made.dist / "index.json").read_bytes())
    return {one["id"]: one for one in told["publications"]}


def test_the_index_has_each_publication_with_its_counts_licence_and_last_change(made: Editions) -> None:
    found = index(made)
    assert list(found) == sorted(EACH)
    assert {name: one["datasets"]["commitments"] for name, one in found.items()} == {  # type: ignore[index]
        name: len(commitments) for name, commitments in COMMITMENTS.items()
    }
    assert {one["licence"] for one in found.values()} == {CC0}
    assert found[NEXT]["modified"] == "2026-06-01"
    assert found[NEXT]["continues"] == [FINAL]
    assert found[FINAL]["country"] == {"code": "", "name": {"en": "Country Q"}}
    assert found[MIDTERM]["statuses"] == {
        "basis": "document",
        "codelist": "progress",
        "counts": {"green": 1, "amber": 1, "red": 1},
    }
    assert not any(one["stale"] for one in found.values())


@pytest.mark.parametrize("dataset", ["commitments", "assessments", "narrative", "document"])
def test_a_stacked_table_has_every_row_of_each_publication_cell_by_cell(made: Editions, dataset: str) -> None:
    stacked = rows(made.dist / "all" / dataset / f"{dataset}.csv")
    for name in EACH:
        own = rows(made.dist / name / dataset / f"{dataset}.csv")
        here = [row for row in stacked if row["publication"] == name]
        assert [{key: row[key] for key in own[0]} for row in here] == own
        assert {(row["country"], row["plan"], row["licence"]) for row in here} == {
            ("Country Q", "2025-2027" if name == NEXT else "2022-2024", CC0)
        }
    assert len(stacked) == sum(len(rows(made.dist / name / dataset / f"{dataset}.csv")) for name in EACH)
    assert [*stacked[0]][:5] == ["publication", "country", "plan", "licence", [*own[0]][1]]


def test_what_became_of_commitments_is_read_from_the_earlier_edition_to_the_later(made: Editions) -> None:
    found = rows(made.dist / "all" / "continuations" / "continuations.csv")
    told = {
        (one["publication"], one["commitment"], one["next_publication"], one["next_commitment"], one["change"])
        for one in found
    }
    assert told == {
        (FINAL, "C1", NEXT, "C1", "continued"),
        (FINAL, "C2", NEXT, "C2", "continued"),
        (FINAL, "C3", NEXT, "C4", "continued"),
        (FINAL, "C4", NEXT, "", "dropped"),
        (FINAL, "", NEXT, "C3", "new"),
        (FINAL, "", NEXT, "C5", "new"),
    }


def test_the_publications_are_a_table(made: Editions) -> None:
    found = rows(made.dist / "all" / "publications" / "publications.csv")
    assert [one["id"] for one in found] == sorted(EACH)
    wanted = {"id", "country", "plan", "title", "publisher", "licence", "languages", "issued", "modified"}
    assert wanted <= found[0].keys()
    assert {one["publisher"] for one in found} == {"Cabinet Office of Country Q"}


def test_frictionless_finds_nothing_wrong_with_the_data_package_over_all(made: Editions) -> None:
    assert check_package(made.dist / "all", {}) == []


def test_every_format_of_a_dataset_is_there_for_each_table_and_for_all_together(made: Editions) -> None:
    everything = {path.name for path in (made.dist / "all").iterdir() if path.is_file()}
    assert everything == {"all.xlsx", "all.ods", "all.sqlite", "all.zip", "datapackage.json", "manifest.json"}
    for folder in (path for path in (made.dist / "all").iterdir() if path.is_dir()):
        suffixes = {path.name.removeprefix(folder.name) for path in folder.iterdir()}
        assert {".csv", ".csv-metadata.json", ".jsonld", ".ttl", ".xlsx", ".ods", ".parquet"} <= suffixes, folder.name


def test_the_database_is_sound_and_joins_rows_of_one_publication_alone(made: Editions) -> None:
    with sqlite3.connect(f"file:{made.dist / 'all' / 'all.sqlite'}?mode=ro", uri=True) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        joined = "SELECT count(*) FROM assessments JOIN commitments USING (publication, commitment)"
        assert database.execute(joined).fetchone() == (sum(map(len, COMMITMENTS.values())),)


def statements(path: Path) -> set[str]:
    form = ox.RdfFormat.TURTLE if path.suffix == ".ttl" else ox.RdfFormat.JSON_LD
    return {str(quad.triple) for quad in ox.parse(path.read_bytes(), format=form)}


@pytest.mark.parametrize("dataset", ["commitments", "assessments"])
def test_the_linked_data_says_what_each_publication_says_and_whose_a_row_is(made: Editions, dataset: str) -> None:
    here = statements(made.dist / "all" / dataset / f"{dataset}.ttl")
    assert here == statements(made.dist / "all" / dataset / f"{dataset}.jsonld")
    own = set().union(*(statements(made.dist / name / dataset / f"{dataset}.ttl") for name in EACH))
    added = {text.split("> <")[1].rpartition("/")[2].split(">")[0] for text in here - own}
    assert own <= here
    assert added == {"publicationCountry", "publicationPlan", "license"}


def test_a_second_run_changes_nothing(made: Editions) -> None:
    before = (made.dist / ".root").readlink()
    ended = root(made)
    assert (ended.published, ended.changed) == (True, False)
    assert (made.dist / ".root").readlink() == before


def test_the_catalogue_over_all_has_that_of_each_publication_whole_and_the_tables_over_all(made: Editions) -> None:
    here = {str(triple) for triple in read((made.dist / "catalog.nt").read_bytes(), "nt")}
    for name in EACH:
        own = {str(one) for one in read((made.dist / name / "catalog.nt").read_bytes(), "nt")}
        # The series is that of the first edition, which says what it is; the others name it alone.
        lacking = {one for one in own - here if not one.startswith(f"<{SERIES}>")}
        assert lacking == set()
        assert f"<{BASE}catalog> <{DCAT.catalog}> <{BASE}{name}/catalog>" in here
    of_series = [one for one in here if one.startswith(f"<{SERIES}> <{DCT.publisher}>")]
    assert of_series == [f"<{SERIES}> <{DCT.publisher}> <{BASE}{FINAL}/codelists/organisations#q-cabinet>"]
    tables = {path.name for path in (made.dist / "all").iterdir() if path.is_dir()}
    told = {
        text.split(f"<{BASE}all/")[1].rstrip(">")
        for text in here
        if text.startswith(f"<{BASE}catalog> <{DCAT.dataset}>")
    }
    assert told == {*tables, "everything"}


@pytest.mark.parametrize("form", ["ttl", "rdf", "jsonld", "nt"])
def test_our_own_validation_finds_no_error_in_the_catalogue_over_all(
    made: Editions, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["validate", str(made.dist / f"catalog.{form}"), "--profile", "dcat-ap"]) == 0
    assert "0 errors" in capsys.readouterr().out


def test_each_file_over_all_is_a_distribution_with_its_own_size_and_checksum(made: Editions) -> None:
    files = {path.relative_to(made.dist).as_posix() for path in (made.dist / "all").rglob("*") if path.is_file()}
    stated = {}
    graph = to_graph(read((made.dist / "catalog.nt").read_bytes(), "nt"))
    for node, address in graph.subject_objects(DCAT.downloadURL):
        if str(address).startswith(f"{FILES}all/"):
            checksum = graph.value(graph.value(node, SPDX.checksum), SPDX.checksumValue)
            stated[str(address).removeprefix(FILES)] = (int(str(graph.value(node, DCAT.byteSize))), str(checksum))
    assert stated.keys() == {one for one in files if not one.endswith((".csv-metadata.json", "all/manifest.json"))}
    for path, (size, sha256) in stated.items():
        content = (made.dist / path).read_bytes()
        assert (len(content), hashlib.sha256(content).hexdigest()) == (size, sha256), path


def test_csv_on_the_web_names_each_row_as_its_publication_does(made: Editions) -> None:
    told = json.loads((made.dist / "all/commitments/commitments.csv-metadata.json").read_bytes())
    schema = next(one["tableSchema"] for one in told["tables"] if one["url"] == "commitments.csv")
    template = schema["aboutUrl"]
    assert template == f"{BASE}{{publication}}/commitments#{{commitment}}"
    row = rows(made.dist / "all/commitments/commitments.csv")[0]
    here = statements(made.dist / "all/commitments/commitments.ttl")
    assert any(one.startswith(f"<{template.format(**row)}> ") for one in here)


# What a site has at its top --------------------------------------------------------------------------------------


def test_the_feed_has_an_entry_for_each_publication_the_newest_first(made: Editions) -> None:
    feed = ET.parse(made.dist / "feed.atom").getroot()
    entries = feed.findall(f"{ATOM}entry")
    assert [one.findtext(f"{ATOM}id") for one in entries] == [
        f"{BASE}{name}/catalog#version-1.0.0" for name in (NEXT, FINAL, MIDTERM)
    ]
    assert feed.findtext(f"{ATOM}updated") == "2026-06-01T00:00:00Z"
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Cabinet Office of Country Q"


def test_the_site_map_leads_to_the_pages_over_all_and_to_the_maps_of_the_publications(made: Editions) -> None:
    maps = [one.text for one in ET.parse(made.dist / "sitemap.xml").getroot().iter(f"{SITEMAP}loc")]
    assert maps == [f"{FILES}sitemap-root.xml", *(f"{FILES}{name}/sitemap.xml" for name in EACH)]
    pages = [one.text for one in ET.parse(made.dist / "sitemap-root.xml").getroot().iter(f"{SITEMAP}loc")]
    assert FILES in pages
    for page in pages:
        assert (made.dist / str(page).removeprefix(FILES)).exists(), page
    assert (made.dist / "robots.txt").read_text() == f"User-agent: *\nAllow: /\nSitemap: {FILES}sitemap.xml\n"


# When something is not as it should be ---------------------------------------------------------------------------


@pytest.fixture
def copy(made: Editions, tmp_path: Path) -> Editions:
    shutil.copytree(made.folder, tmp_path / "copy", symlinks=True)
    return Editions(tmp_path / "copy")


def test_a_publication_of_another_version_of_the_program_is_named_with_what_to_do(copy: Editions) -> None:
    (copy.dist / MIDTERM / "publication.json").unlink()
    ended = root(copy)
    assert ended.published
    assert [(one.rule, one.severity, one.hint) for one in ended.report.findings] == [
        ("unlisted-publication", "warning", f"Publish it again: ogp-data publish {MIDTERM}")
    ]
    assert list(index(copy)) == [FINAL, NEXT]
    assert (copy.dist / MIDTERM / "index.html").is_file()
    assert {row["publication"] for row in rows(copy.dist / "all/commitments/commitments.csv")} == {FINAL, NEXT}
    assert copy.publish(MIDTERM).published
    assert root(copy).report.findings == []
    assert list(index(copy)) == sorted(EACH)


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("publication.json", b'{"form": 0}'),
        ("publication.json", b"["),
        ("publication.json", b"\xff"),
        ("publication.json", b'{"form": 1, "id": 7}'),
        ("publication.json", None),
        ("manifest.json", b"[]"),
        ("manifest.json", None),
        ("commitments/commitments.csv", None),
        ("commitments/commitments.csv", b"publication\n"),
        ("catalog.ttl", b"<a> <b>"),
    ],
)
def test_what_is_left_of_a_publication_stops_no_other(copy: Editions, path: str, content: bytes | None) -> None:
    place = copy.dist / FINAL / path
    place.unlink() if content is None else place.write_bytes(content)
    with pytest.raises(UnreadableError):
        read_published(copy.dist / FINAL)
    people: tuple[list[Agent], list[Contact]] = ([], [])
    found = Found({name: copy.dist / name for name in EACH})
    collection, faults = gather(Site(), people, found)
    assert [one.id for one in collection.publications] == [MIDTERM, NEXT]
    assert [(one.rule, one.hint) for one in faults] == [
        ("unlisted-publication", f"Publish it again: ogp-data publish {FINAL}")
    ]


def test_a_publication_that_fails_stays_as_it_was_and_the_index_says_so(
    copy: Editions, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(copy.folder)
    before = (copy.dist / FINAL).readlink()
    copy.edit(FINAL, 'language = "en"', 'langage = "en"')
    copy.edit(MIDTERM, "issued = 2023-06-01\nlanguage", "issued = 2023-06-01\nmodified = 2023-07-01\nlanguage")
    assert main(["publish", MIDTERM, FINAL]) == 1
    assert (copy.dist / FINAL).readlink() == before
    told = index(copy)
    assert {name: one["stale"] for name, one in told.items()} == {FINAL: True, MIDTERM: False, NEXT: False}
    assert told[MIDTERM]["modified"] == "2023-07-01"
    # One that is built alone says nothing of the others: what was said of them still holds.
    assert main(["publish", MIDTERM]) == 0
    assert index(copy)[FINAL]["stale"] is True
    assert "could not be published" in (copy.dist / "index.html").read_text(encoding="utf-8")
    told = capsys.readouterr().out
    assert told.count("stale-publication") == 1, "of the run in which it failed, its own errors say so"
    assert f"fix: See what is wrong, and publish it again: ogp-data publish {FINAL}\n" in told
    copy.edit(FINAL, 'langage = "en"', 'language = "en"')
    assert main(["publish", FINAL]) == 0
    assert index(copy)[FINAL]["stale"] is False
    assert "stale-publication" not in capsys.readouterr().out
    assert "could not be published" not in (copy.dist / "index.html").read_text(encoding="utf-8")


def test_a_run_that_finds_nothing_new_makes_nothing_again(copy: Editions, monkeypatch: pytest.MonkeyPatch) -> None:
    made = list[str]()
    stage = beside.stage_collection

    def watched(*arguments: Any) -> Any:
        made.append("root")
        return stage(*arguments)

    def runs(**run: Any) -> tuple[bool, int]:
        made.clear()
        ended = root(copy, **run)
        assert ended.published
        return ended.changed, len(made)

    monkeypatch.setattr(beside, "stage_collection", watched)
    assert runs() == (False, 1), "the folder of builds is a new one, so nobody knows what the root is made of"
    assert runs() == (False, 0)
    # What was said of a publication is one thing that it is made of, each file of it another, the program a third.
    assert runs(failed=[FINAL]) == (True, 1)
    assert runs(failed=[FINAL]) == (False, 0)
    assert runs(built=[FINAL]) == (True, 1)
    (copy.dist / "compare.html").resolve().unlink()
    assert runs() == (True, 1)
    (copy.dist / "search.html").unlink()
    assert runs() == (True, 1)
    assert (copy.dist / "search.html").is_file()
    monkeypatch.setattr(program, "digest", lambda: "of another version")
    assert runs() == (False, 1)
    assert runs() == (False, 0)
    (copy.data / "site.toml").write_text((copy.data / "site.toml").read_text() + "title.en = 'Together'\n")
    assert runs() == (True, 1)
    copy.edit(MIDTERM, "issued = 2023-06-01\nlanguage", "issued = 2023-06-01\nmodified = 2023-07-01\nlanguage")
    assert copy.publish(MIDTERM).changed
    assert runs() == (True, 1)
    assert runs() == (False, 0)
    (copy.dist / NEXT / "commitments" / "commitments.ttl").write_text("")
    assert runs() == (True, 1), "it is left out"
    assert copy.publish(NEXT).changed
    assert runs() == (True, 1)
    assert list(index(copy)) == sorted(EACH)


def test_whatever_the_root_is_made_of_makes_another(copy: Editions) -> None:
    collection, _ = gather(Site(), ([], []), Found({name: copy.dist / name for name in EACH}))
    first, *others = collection.publications
    changes: dict[str, Any] = {
        "theme": Theme(light={"--link": "#123456"}),
        "title": Words(en="Another"),
        "owner": None,
        "withdrawn": [Gone("a", datetime.date(2026, 1, 1), Words(en="Why"))],
        "moved": {"a": "b"},
        "failed": ["a"],
        "languages": ["fr"],
        "publications": [replace(first, stale=True), *others],
        "publications ": [replace(first, sha256="0"), *others],
        "publications  ": [replace(first, country=replace(first.country, code="NLD")), *others],
    }
    made = [beside._made_of(replace(collection, **{name.strip(): value})) for name, value in changes.items()]
    assert len({beside._made_of(collection), *made}) == len(changes) + 1 - (collection.owner is None)
    assert beside._made_of(replace(collection)) == beside._made_of(collection)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"of": 3}', '{"of": "", "manifest": ""}'])
def test_what_is_written_down_of_the_root_may_be_spoilt(copy: Editions, content: str) -> None:
    assert root(copy).published
    record = copy.folder / "build" / ".root.made-of.json"
    before = record.read_text(encoding="utf-8")
    record.write_text(content, encoding="utf-8")
    assert root(copy).changed is False
    assert record.read_text(encoding="utf-8") == before


GONE = f"""
[[withdrawn]]
id = "{MIDTERM}"
date = 2026-07-01
reason = {{ en = "It had the wrong document." }}

[moved]
old-name = "{NEXT}"

[security]
contact = ["mailto:leaks@countryq.example", "https://countryq.example/leaks"]
expires = 2027-06-01
"""


def test_a_publication_that_is_withdrawn_or_moved_leaves_a_page_and_nothing_else(copy: Editions) -> None:
    site = copy.data / "site.toml"
    site.write_text(site.read_text(encoding="utf-8") + GONE, encoding="utf-8")
    refused = root(copy)
    assert [(one.rule, one.place.key) for one in refused.report.findings] == [
        ("gone-still-declared", "withdrawn[0].id")
    ]
    assert (copy.dist / MIDTERM / "commitments" / "commitments.csv").is_file()
    shutil.move(copy.data / MIDTERM, copy.folder / "elsewhere")
    ended = root(copy)
    assert ended.published, list(map(str, ended.report.findings))
    assert ended.report.findings == []
    assert [path.name for path in (copy.dist / MIDTERM).rglob("*")] == ["index.html"]
    assert "It had the wrong document." in (copy.dist / MIDTERM / "index.html").read_text(encoding="utf-8")
    for path in (copy.dist / NEXT).resolve().rglob("*.html"):
        where = path.relative_to((copy.dist / NEXT).resolve())
        leads = f"{'../' * len(where.parts)}{NEXT}/{where.as_posix()}"
        assert f'<a href="{leads}">' in (copy.dist / "old-name" / where).read_text(encoding="utf-8")
    assert not list((copy.dist / f".{MIDTERM}.editions").glob("*/"))
    told = json.loads((copy.dist / "index.json").read_bytes())
    assert [one["id"] for one in told["publications"]] == [FINAL, NEXT]
    assert (told["withdrawn"][0]["id"], told["moved"]) == (MIDTERM, {"old-name": NEXT})
    title = told["withdrawn"][0]["title"]["en"]
    assert title.endswith("Country Q, 2022-2024"), "it is called as it was while it was published"
    assert f"{title} is withdrawn" in (copy.dist / MIDTERM / "index.html").read_text(encoding="utf-8")
    assert MIDTERM not in (copy.dist / "all/commitments/commitments.csv").read_text(encoding="utf-8")
    assert (copy.dist / ".well-known" / "security.txt").read_text() == (
        "Contact: mailto:leaks@countryq.example\nContact: https://countryq.example/leaks\n"
        f"Expires: 2027-06-01T00:00:00Z\nPreferred-Languages: en\nCanonical: {FILES}.well-known/security.txt\n"
    )
    assert root(copy).changed is False


def test_nothing_leads_to_an_edition_that_is_withdrawn_and_what_became_of_it_is_still_said(copy: Editions) -> None:
    shutil.move(copy.data / FINAL, copy.folder / "elsewhere")
    site = copy.data / "site.toml"
    gone = f'[[withdrawn]]\nid = "{FINAL}"\ndate = 2026-07-01\nreason.en = "Wrong."\n'
    site.write_text(site.read_text(encoding="utf-8") + gone, encoding="utf-8")
    assert copy.publish(NEXT).published
    ended = root(copy)
    assert (ended.published, ended.report.findings) == (True, [])
    leading, binary = re.compile(rf'[^\s"<>,;]*\b{FINAL}/[^\s"<>,;]*'), {".xlsx", ".ods", ".sqlite", ".zip", ".parquet"}
    for top in (NEXT, MIDTERM, ".root"):
        for path in (copy.dist / top).resolve().rglob("*.*"):
            if path.suffix not in binary and path.parent.name != FINAL:
                # What is withdrawn is named on the first page and in the feed, which lead to the page that says so.
                led = set(leading.findall(path.read_text(encoding="utf-8")))
                assert led <= {f"{FINAL}/index.html", f"{FILES}{FINAL}/", f"{FILES}{FINAL}/#withdrawn"}, path
    assert [
        (row["publication"], row["commitment"], row["title"], row["next_commitment"], row["change"])
        for row in rows(copy.dist / "all/continuations/continuations.csv")
        if row["publication"] == FINAL
    ] == [
        (FINAL, "C1", "Register of lobbyists", "C1", "continued"),
        (FINAL, "C2", "Draft laws online", "C2", "continued"),
        (FINAL, "C3", "Map of all public land", "C4", "continued"),
        (FINAL, "C4", "Timetables of all buses", "", "dropped"),
        (FINAL, "", "", "C3", "new"),
        (FINAL, "", "", "C5", "new"),
    ]


def test_what_became_of_an_edition_leads_to_it_under_the_id_that_it_has_now(copy: Editions) -> None:
    (copy.data / FINAL).rename(copy.data / "q-end")
    copy.edit("q-end", f'id = "{FINAL}"', 'id = "q-end"')
    site = copy.data / "site.toml"
    site.write_text(f'{site.read_text(encoding="utf-8")}[moved]\n{FINAL} = "q-end"\n', encoding="utf-8")
    assert copy.publish("q-end").published
    assert root(copy).published
    country = (copy.dist / "countries" / "country-q.html").read_text(encoding="utf-8")
    assert 'href="../q-end/commitments/C1.html"' in country
    assert (copy.dist / FINAL / "commitments" / "C1.html").is_file()


def test_a_publication_that_is_renamed_is_told_until_its_old_id_is_declared_to_have_moved(copy: Editions) -> None:
    site = copy.data / "site.toml"
    said = site.read_text(encoding="utf-8")
    (copy.data / MIDTERM).rename(copy.data / "q-mid")
    copy.edit("q-mid", f'id = "{MIDTERM}"', 'id = "q-mid"')
    told = [(one.rule, Path(one.place.file).name) for one in root(copy).report.findings]
    assert told == [("undeclared-publication", MIDTERM), ("unpublished-declaration", "publication.toml")]
    site.write_text(f'{said}[moved]\n{MIDTERM} = "q-mid"\n', encoding="utf-8")
    before = (copy.dist / ".root").readlink()
    (refused,) = root(copy).report.findings
    assert (refused.severity, refused.hint) == ("error", "Publish it first: ogp-data publish q-mid")
    assert (copy.dist / ".root").readlink() == before
    assert (copy.dist / MIDTERM / "commitments").is_dir(), "nothing of it is removed before it stands elsewhere"
    assert copy.publish("q-mid").published
    assert root(copy).report.findings == []
    assert list(index(copy)) == [FINAL, NEXT, "q-mid"]


def test_the_last_line_says_what_is_published_what_failed_and_how_the_root_ended(
    copy: Editions, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(command: str) -> list[str]:
        main([command])
        return capsys.readouterr().out.splitlines()

    monkeypatch.chdir(copy.folder)
    told = run("publish")
    assert told[-1] == "3 published; root unchanged"
    without_engine = [line for line in told if line.startswith("warning missing-site-assets: ")]
    assert len(without_engine) == 1, "what is said of each alike is told once"
    assert [line for line in told if line.endswith(" told above")], "and that is told, too"
    copy.edit(FINAL, 'language = "en"', 'langage = "en"')
    assert run("check")[-1] == f"2 sound; 1 failed: {FINAL} (1 error); root sound"
    assert run("publish")[-1] == f"2 published; 1 failed: {FINAL} (1 error); root published"
    copy.edit(FINAL, 'langage = "en"', 'language = "en"')
    site = copy.data / "site.toml"
    said = site.read_text(encoding="utf-8")
    site.write_text(f"{said}nonsense = 1\n", encoding="utf-8")
    told = run("publish")
    failed = ", ".join(f"{name} (1 error)" for name in sorted(EACH))
    assert told[-1] == f"0 published; 3 failed: {failed}; root failed: 1 error"
    assert len([line for line in told if line.startswith("error unknown-key: ")]) <= 2, "not for each of them"
    site.write_text(f'{said}[[withdrawn]]\nid = "{NEXT}"\ndate = 2026-07-01\nreason.en = "Why."\n', encoding="utf-8")
    told = run("publish")
    assert told[-1] == f"2 published; 1 failed: {NEXT} (1 error); root failed: 1 error"
    assert len([line for line in told if line.startswith("error gone-still-declared: ")]) == 1


def test_the_last_publication_can_be_withdrawn(
    copy: Editions, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(copy.folder)
    for name in EACH:
        shutil.move(copy.data / name, copy.folder / f"elsewhere-{name}")
    site = copy.data / "site.toml"
    said = site.read_text(encoding="utf-8")
    gone = "".join(
        f'[[withdrawn]]\nid = "{name}"\ndate = 2026-07-01\nreason = {{ en = "Wrong text." }}\n' for name in EACH
    )
    site.write_text(said + gone, encoding="utf-8")
    assert main(["preview"]) == 2, "there is nothing to look at"
    assert main(["publish"]) == 0, capsys.readouterr().out
    for name in EACH:
        assert [path.name for path in (copy.dist / name).rglob("*")] == ["index.html"]
        assert not list((copy.dist / f".{name}.editions").glob("*/"))
    told = json.loads((copy.dist / "index.json").read_bytes())
    assert (told["publications"], [one["id"] for one in told["withdrawn"]]) == ([], sorted(EACH))
    assert not (copy.dist / "all").exists()
    before = (copy.dist / ".root").readlink()
    assert main(["publish"]) == 0
    assert (copy.dist / ".root").readlink() == before
    site.write_text(f"{said}{gone}langage = 1\n", encoding="utf-8")
    assert main(["publish"]) == 1, "what is wrong is told as a finding"
    assert "unknown-key" in capsys.readouterr().out
    assert (copy.dist / ".root").readlink() == before


BY, SHARE_ALIKE = (f"https://creativecommons.org/licenses/{name}/4.0/" for name in ("by", "by-sa"))


def staged_under(made: Editions, stage: Stage, *licences: str) -> tuple[list[str], list[Finding]]:
    """Return the licences of the Data Package over three publications that have these, and what is told of these."""
    collection, _ = gather(Site(), ([], []), Found({name: made.dist / name for name in EACH}))
    each = [replace(one, licence=own) for one, own in zip(collection.publications, licences, strict=True)]
    collection = replace(collection, publications=each)
    stage_tables(collection, stage, OGP)
    told = json.loads(stage.read("datapackage.json"))["licenses"]
    return [one["path"] for one in told], [one for one in undescribed(collection) if not one.place.key]


def test_the_data_package_over_all_is_under_the_licence_that_the_catalogue_names(
    made: Editions, tmp_path: Path
) -> None:
    assert staged_under(made, Stage(tmp_path), CC0, BY, f"{CC0}deed.nl") == ([BY], [])


def test_licences_that_cannot_stand_together_are_told_with_whose_they_are(made: Editions, tmp_path: Path) -> None:
    licences, (fault,) = staged_under(made, Stage(tmp_path), BY, SHARE_ALIKE, BY)
    assert licences == [SHARE_ALIKE, BY]
    each = f"{FINAL} {BY}, {MIDTERM} {SHARE_ALIKE}, {NEXT} {BY}"
    assert fault.message.endswith(f"none of their licences can be that of all: {each}.")
    assert (fault.rule, str(fault.place), "site.toml" in fault.hint) == ("undescribed-root", "", False)
