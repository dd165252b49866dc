"""What a declaration may say, and what it may not, beyond the list of bad inputs."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from rdflib import Graph, URIRef

from conftest import NAME, ROOT, Workspace
from ogp_data.core import resources
from ogp_data.core.declared import Declaration
from ogp_data.core.findings import Finding
from ogp_data.declaration import reading as publication
from ogp_data.declaration import toml_files
from ogp_data.models.lists import load_lists
from ogp_data.models.vocabulary import vocabulary

DECLARATION = f"{NAME}/publication.toml"
_OWN_KEY = 'take = "C{number}"\nreferences = "commitments"\nrdf = '


def told(workspace: Workspace, **options: str) -> list[tuple[str, str, str]]:
    """Return severity, rule and key path of what a build finds, without what the shipped publication warns about."""
    outcome = workspace.publish(**options)
    usual = {"placeholder-base-iri", "unknown-source-origin", "dcat-ap-nl-recommended"}
    usual |= {"placeholder-base-url", "missing-site-assets", "altered-by-spreadsheet", "vocabulary-unregistered"}
    usual.add("contact-without-email")
    usual.add("same-title")  # the small publication calls both its datasets "Report"
    return [(f.severity, f.rule, f.place.key) for f in outcome.report.findings if f.rule not in usual]


# What works ---------------------------------------------------------------------------------------------


def test_an_address_with_an_ampersand_written_as_html_does_is_published(workspace: Workspace) -> None:
    workspace.edit_source('href="https://pleio.nl"', 'href="https://pleio.nl/?a=1&amp;b=2"')
    assert told(workspace) == []
    with (workspace.dist / NAME / "links/links.csv").open(encoding="utf-8", newline="") as file:
        assert "https://pleio.nl/?a=1&b=2" in {row["url"] for row in csv.DictReader(file)}


def test_a_cell_of_200_kilobytes_is_published_by_the_command_too(workspace: Workspace) -> None:
    workspace.edit_source("The Senate adopted the bill", "The Senate " + "word " * 40_000 + "adopted the bill")
    command = [sys.executable, "-m", "ogp_data", "check", "--data", str(workspace.data), "--json"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.stderr == ""
    (report,) = json.loads(ended.stdout)["publications"]
    assert report["errors"] == 0
    assert "format-omitted" in {found["rule"] for found in report["findings"]}  # no spreadsheet holds such a cell


def test_another_country_and_language_need_no_code(small: Workspace) -> None:
    small.edit("small/publication.toml", "spatial = []", 'spatial = ["FRA"]')
    small.edit("small/publication.toml", 'languages = ["ENG"]', 'languages = ["FRA", "ENG"]')
    assert told(small) == []
    graph = Graph().parse(small.dist / "small" / "catalog.ttl")
    country = URIRef("http://publications.europa.eu/resource/authority/country/FRA")
    assert (None, URIRef("http://purl.org/dc/terms/spatial"), country) in graph


def test_editions_can_share_a_series(small: Workspace) -> None:
    series = "https://data.overheid.nl/ogp/actieplannen"
    small.edit("small/publication.toml", "[series]\n", f'[series]\niri = "{series}"\n')
    assert told(small) == []
    graph = Graph().parse(small.dist / "small" / "catalog.ttl")
    assert {str(o) for o in graph.objects(None, URIRef("http://www.w3.org/ns/dcat#inSeries"))} == {series}


def test_a_date_in_words_that_are_not_read_can_be_declared(workspace: Workspace) -> None:
    workspace.edit(DECLARATION, 'date_as_written = "October 2019"', 'date_as_written = "started"\ndate = "2019-10"')
    assert told(workspace) == []
    assert f"\n{NAME},1,2019-10,started," in (workspace.dist / NAME / "process/process.csv").read_text(encoding="utf-8")


def test_fixed_words_of_a_heading_pattern_are_set_aside_as_such(workspace: Workspace) -> None:
    source = workspace.source.read_text(encoding="utf-8")
    for roman in ("I", "II", "III", "IV", "V", "VI", "VII"):
        source = source.replace(f"### {roman}. Open", f"### Theme {roman}: Open")
    workspace.write_source(source.encode())
    workspace.edit(DECLARATION, r"'(?P<roman>[IVXLC]+)\. (?P<title>.+)'", "'Theme (?P<roman>[IVXLC]+): (?P<title>.+)'")
    assert told(workspace) == []
    report = json.loads((workspace.dist / NAME / "reports/validation.json").read_bytes())
    assert report["words"]["aside"]["pattern"] == 7


# What is refused, and where it is told ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("issued = 2026-11-23", "issued = 2026-11-24", ("error", "invalid-date", "modified")),
        ('start = "2020", end = "2022"', 'start = "2022", end = "2020"', ("error", "invalid-date", "temporal")),
        ('title.nl = "Zelfevaluatie van', 'title.nl = "\\u0001Zelfevaluatie van', ("error", "value-type", "title")),
        ('nl = ["Actieplan Open', 'nl = ["\\u0007Actieplan Open', ("error", "value-type", "keywords")),
        ('languages = ["ENG"]', "languages = []", ("error", "missing-key", "languages")),
        ('themes = ["GOVE"]', "themes = []", ("error", "missing-key", "themes")),
        ('name = "roman"', 'name = "schema"', ("error", "duplicate-name", "dataset[0].column[1].name")),
        ('date_as_written = "October 2019"', 'date_as_written = "started"\ndate = "in 2019"', None),
    ],
)
def test_what_cannot_be_true_is_told_with_its_key(
    workspace: Workspace, old: str, new: str, expected: tuple[str, str, str] | None
) -> None:
    workspace.edit(DECLARATION, old, new)
    assert told(workspace) == [expected or ("error", "invalid-date", "dataset[4].find.quote[0]")]


@pytest.mark.parametrize("base", ["https://data.nl/x#", "https://data.nl/x?y=", "mailto:a@b.nl"])
def test_a_base_under_which_nothing_can_be_named_is_refused(workspace: Workspace, base: str) -> None:
    assert ("error", "invalid-address", "base_iri") in told(workspace, base_iri=base)


def test_a_vocabulary_without_a_separator_is_refused(workspace: Workspace) -> None:
    workspace.edit(DECLARATION, 'version = "1.0.0"', 'version = "1.0.0"\nvocabulary = "https://data.nl/v"')
    assert told(workspace) == [("error", "invalid-address", "vocabulary")]


COLOURS = """\
id = "colours"
title = { nl = "Kleuren", en = "Colours" }
description = { nl = "Kleuren in het document.", en = "Colours in the document." }
origin = "Made up for this test."
established = 2024-05-03

[[concept]]
code = "green"
label = { nl = "Groen", en = "Green" }

[[concept]]
code = "red"
label = { nl = "Rood", en = "Red" }
"""


def own_list(data: Path, text: str, file: str = "colours.toml") -> None:
    """Lay down a code list beside those of the model."""
    (data / "codelists").mkdir(parents=True, exist_ok=True)
    (data / "codelists" / file).write_text(text, encoding="utf-8")


@pytest.mark.parametrize("name", ["../../evil", "ogp", "own", "organisations", "with space", "other"])
def test_a_code_list_has_the_name_of_its_file_and_none_that_is_taken(workspace: Workspace, name: str) -> None:
    own_list(workspace.data, COLOURS.replace('id = "colours"', f'id = "{name}"'))
    workspace.edit(DECLARATION, 'codes = "progress"', f'codes = "{name}"')
    assert ("error", "unsafe-name", "id") in told(workspace)
    assert not list(workspace.folder.rglob("evil*"))


@pytest.mark.parametrize("name", sorted(vocabulary().codelists))
def test_a_code_list_cannot_have_the_name_of_one_of_the_model(workspace: Workspace, name: str) -> None:
    own_list(workspace.data, COLOURS.replace('id = "colours"', f'id = "{name}"'), f"{name}.toml")
    assert told(workspace) == [("error", "duplicate-name", "id")]


def test_a_code_stands_in_its_list_once(workspace: Workspace) -> None:
    own_list(workspace.data, COLOURS.replace('code = "red"', 'code = "green"'))
    assert ("error", "duplicate-name") in {(severity, rule) for severity, rule, _ in told(workspace)}


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("agents.toml", 'id = "bzk"', 'id = "b zk"'),
        ("agents.toml", 'id = "open-overheid"', 'id = "open overheid"'),
    ],
)
def test_names_that_no_iri_can_hold_are_refused(workspace: Workspace, file: str, old: str, new: str) -> None:
    workspace.edit(file, old, new)
    assert "unsafe-name" in {rule for _, rule, _ in told(workspace)}


@pytest.mark.parametrize("code", ["mei-2020", "1-2", "true", "01", "1e3"])
def test_a_code_that_a_spreadsheet_reads_as_something_else_is_refused(workspace: Workspace, code: str) -> None:
    own_list(workspace.data, COLOURS.replace('code = "red"', f'code = "{code}"'))
    assert ("error", "unsafe-name", "concept[1].code") in told(workspace)


@pytest.mark.parametrize("name", ["mei-2020", "true"])
def test_a_dataset_whose_name_a_spreadsheet_reads_as_something_else_is_refused(workspace: Workspace, name: str) -> None:
    workspace.edit(DECLARATION, 'name = "narrative"', f'name = "{name}"')
    assert "unsafe-name" in {rule for _, rule, _ in told(workspace)}


def test_a_broken_rule_about_our_own_terms_is_a_finding(workspace: Workspace) -> None:
    workspace.edit(DECLARATION, _OWN_KEY + '"ogp:commitment"', _OWN_KEY + '"dct:relation"')
    assert ("error", "ogp-required", "") in told(workspace)


def test_marks_that_may_be_markup_are_warned_about_and_published(workspace: Workspace) -> None:
    workspace.edit_source("1. We ensured more cohesion", "1. We **ensured** more cohesion")
    assert told(workspace) == [("warning", "markup-as-text", "")]
    text = Path(workspace.dist / NAME / "irm_lessons/irm_lessons.csv").read_text(encoding="utf-8")
    assert "We **ensured** more cohesion" in text


@pytest.mark.parametrize(
    "text",
    [
        f"{'.'.join(['a'] * 3000)} = 1",
        f"source.{'.'.join(['a'] * 240)} = 1",
        f"[{'.'.join(['a'] * 3000)}]\nb = 1",
        f"[[dataset]]\nname = {'[' * 3000}{']' * 3000}",
        f"source = {'{ a = ' * 3000}1{' }' * 3000}",
    ],
    ids=["a key", "a known key", "a table", "a list", "a table in one line"],
)
def test_keys_deep_inside_each_other_are_one_finding(tmp_path: Path, text: str) -> None:
    path = tmp_path / "publication.toml"
    path.write_text(text, encoding="utf-8")
    found: list[Finding] = []
    assert toml_files.read_toml(path, Declaration, found) is None
    assert [one.rule for one in found] in (["value-type"], ["declaration-syntax"])
    assert found[0].place.file == str(path)


def test_a_bad_base_is_one_error_and_no_library_speaks(small: Workspace) -> None:
    command = [
        sys.executable,
        "-m",
        "ogp_data",
        "check",
        "--data",
        str(small.data),
        "--base-iri",
        "https://x y/",
        "--json",
    ]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.stderr == ""
    (report,) = json.loads(ended.stdout)["publications"]
    errors = [(one["rule"], one["place"]["key"]) for one in report["findings"] if one["severity"] == "error"]
    assert errors == [("invalid-address", "base_iri")]


def test_what_libraries_log_or_warn_of_does_not_reach_the_terminal() -> None:
    program = (
        "import warnings; from rdflib import Graph, URIRef; from ogp_data.cli import main as cli;"
        "cli.main(['explain', 'internal-error']);"
        "warnings.warn('noise'); g = Graph(); g.add((URIRef('a b'),) * 3)"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ended.stderr == ""


@pytest.mark.parametrize(
    ("file", "key"),
    [
        ("agents.toml", "agent[0].name.nl"),
        ("codelists/colours.toml", "title.nl"),
    ],
)
def test_a_shared_text_that_nobody_sees_is_told_with_its_key(tmp_path: Path, file: str, key: str) -> None:
    data = tmp_path / "data"
    own_list(data, COLOURS)
    (data / "agents.toml").write_bytes((ROOT / "data/agents.toml").read_bytes())
    found: list[Finding] = []
    publication._shared(data, load_lists(resources.value_lists()), found)
    assert found == []
    text = (data / file).read_text(encoding="utf-8")
    (data / file).write_text(re.sub(r'nl = "[^"]*"', 'nl = "\\\\u200b"', text, count=1), encoding="utf-8")
    publication._shared(data, load_lists(resources.value_lists()), found)
    assert [(one.rule, one.place.file, one.place.key) for one in found] == [("missing-key", str(data / file), key)]
