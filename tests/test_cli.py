"""The command line: exit codes, progress, one format of findings, JSON for programs."""

from __future__ import annotations

import json
import os
import pty
import re
import shutil
import subprocess
import sys
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import NAME, Workspace, fill_in
from ogp_data.cli.main import main
from ogp_data.core.findings import Place, finding, rules
from ogp_data.core.places import Line
from ogp_data.declaration.receiving import safe_name
from test_drafting import REPORT

COMMAND = [sys.executable, "-m", "ogp_data"]
STAGES = [
    "reading the declaration",
    "reading the document",
    "writing the datasets",
    "accounting for words",
    "drawing the document",
    "writing spreadsheets, Parquet and the database",
    "writing the site",
    "validating the tables",
    "validating the linked data",
    "validating the catalogue",
    "scoring the catalogue",
    "publishing",
]
HEAVY = [
    "rdflib",
    "pandas",
    "frictionless",
    "pyshacl",
    "requests",
    "pydantic",
    "pyoxigraph",
    "jinja2",
    "pyarrow",
    "xlsxwriter",
    "ssl",
    "http.client",
    "email",
]


@pytest.fixture
def here(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """Return a workspace that commands run in."""
    monkeypatch.chdir(workspace.folder)
    return workspace


def call(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *arguments], cwd=folder, env={**os.environ, **environment}, capture_output=True, text=True
    )


def spoil(workspace: Workspace) -> None:
    workspace.edit_source("May 26 2023", "May 36 2023")


def everything(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {
        str(path.relative_to(folder)): (path.lstat().st_mtime_ns, path.read_bytes() if path.is_file() else b"")
        for path in folder.rglob("*")
    }


# How it ends --------------------------------------------------------------------------------------------


def test_a_publication_with_warnings_ends_with_0_and_its_folder_as_the_last_line(small: Workspace) -> None:
    ended = call(small.folder, "publish")
    assert ended.returncode == 0
    assert ended.stdout.endswith("published: dist/small\n")
    assert re.search(r"^small: 0 errors, \d+ warnings$", ended.stdout, re.M)
    assert "warning placeholder-base-iri: " in ended.stdout
    assert ended.stderr == "small: building\n", "each line of a pipe is kept: one for a publication is enough"


def test_what_is_wrong_in_a_file_that_all_share_is_told_once_with_its_line(
    here: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    site = here.data / "site.toml"
    lines = site.read_text(encoding="utf-8").splitlines()
    site.write_text("\n".join(["tilte = 1", *lines]), encoding="utf-8")
    assert main(["publish"]) == 1
    out = capsys.readouterr().out
    assert out.count("There is no key 'tilte'.") == 1
    assert out.count("site.toml, key tilte, line 1\n") == 1


def test_of_many_publications_ten_are_named_and_the_rest_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(10, 22):
        (tmp_path / f"data/p-{number}").mkdir(parents=True)
        (tmp_path / f"data/p-{number}/publication.toml").touch()
    where = [f"--{name}={tmp_path / name}" for name in ("data", "build", "dist")]
    assert main(["publish", "nope", *where]) == 1
    assert f"There is {', '.join(f'p-{number}' for number in range(10, 20))} and 2 more. " in capsys.readouterr().out


def test_errors_end_with_1_and_the_path_of_reports_and_staged_files_as_the_last_line(
    here: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(here)
    assert main(["publish", NAME]) == 1
    out = capsys.readouterr().out
    assert out.endswith(f"\nnot published; reports and staged files: build/{NAME}\n")
    assert "error invalid-date: 'May 36 2023' is not a day in the calendar.\n    at: ogp-self-assessment" in out
    assert (here.build / NAME / "reports" / "validation.html").is_file()
    assert not here.dist.exists()


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["publich"],
        ["publish", "--nope"],
        ["explain", "no-such-rule"],
        ["new", "plan.txt"],
        ["new", "../x"],
        ["publish", "--data", "."],
    ],
)
def test_wrong_usage_ends_with_2_and_says_why(here: Workspace, capsys: pytest.CaptureFixture[str], arguments) -> None:
    before = everything(here.folder)
    try:
        code = main(arguments)
    except SystemExit as reason:
        code = int(reason.code or 0)
    assert code == 2
    told = capsys.readouterr()
    assert (told.out, "ogp-data" in told.err) == ("", True)
    assert everything(here.folder) == before


@pytest.mark.usefixtures("here")
def test_a_publication_that_is_not_there_is_a_finding(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["publish", "nl-2030"]) == 1
    assert "error missing-declaration: " in capsys.readouterr().out


def test_findings_can_be_told_to_a_terminal_that_knows_ascii_only(workspace: Workspace) -> None:
    workspace.edit_source('<a href="https://pleio.nl">', '<a href="https://pleio.nl/aжb">')
    ended = call(workspace.folder, "check", PYTHONIOENCODING="ascii", PYTHONUTF8="0", LC_ALL="C")
    assert (ended.returncode, "Traceback" in ended.stderr) == (1, False)
    assert "error invalid-url: " in ended.stdout


# Progress -----------------------------------------------------------------------------------------------


def test_a_terminal_shows_the_stage_on_one_changing_line(small: Workspace) -> None:
    terminal, side = pty.openpty()
    ended = subprocess.run([*COMMAND, "check"], cwd=small.folder, stdout=subprocess.PIPE, stderr=side)
    os.close(side)
    shown = b""
    try:
        while part := os.read(terminal, 65536):
            shown += part
    except OSError:  # a terminal whose other side is closed
        pass
    os.close(terminal)
    assert ended.returncode == 0
    assert b"\n" not in shown
    texts = [text for text in shown.decode().split("\r\x1b[K") if text]
    assert texts == [f"small: {stage}" for stage in STAGES[:-1]]
    assert shown.endswith(b"\r\x1b[K")


# JSON ---------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("here")
def test_json_is_one_document_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["publish", "--json"]) == 0
    told = capsys.readouterr()
    (publication,) = json.loads(told.out)["publications"]
    assert told.err == ""
    assert (publication["publication"], publication["published"], publication["changed"]) == (NAME, True, True)
    assert publication["folder"] == f"dist/{NAME}"
    assert (publication["errors"], publication["words"]["lost"]) == (0, 0)


def test_json_is_one_document_also_with_errors(here: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(here)
    assert main(["publish", NAME, "nl-2030", "../x", "--json"]) == 1
    told = capsys.readouterr()
    assert told.err == ""
    spoiled, missing, unsafe = json.loads(told.out)["publications"]
    (found,) = [found for found in spoiled["findings"] if found["severity"] == "error"]
    assert (found["rule"], found["place"]["line"]) == ("invalid-date", 8)
    assert found["message"] == "'May 36 2023' is not a day in the calendar."
    assert found["hint"]
    assert spoiled["folder"] == f"build/{NAME}"
    assert (missing["findings"][0]["rule"], unsafe["findings"][0]["rule"]) == ("missing-declaration", "unsafe-name")


# check --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sound", [True, False])
def test_check_writes_nothing_anywhere(workspace: Workspace, published: Path, sound: bool) -> None:
    shutil.copytree(published.parent, workspace.dist, symlinks=True)
    (workspace.folder / "tmp").mkdir()
    if not sound:
        spoil(workspace)
    before = everything(workspace.folder)
    ended = call(workspace.folder, "check", TMPDIR=str(workspace.folder / "tmp"), PYTHONDONTWRITEBYTECODE="1")
    changed = {path for path, state in everything(workspace.folder).items() if before.get(path) != state}
    assert changed <= {"tmp"}
    assert not any((workspace.folder / "tmp").iterdir())
    assert ended.returncode == (0 if sound else 1)
    assert ended.stdout.endswith("sound: nothing was written\n")
    assert ended.stdout.endswith("not sound: nothing was written\n") is not sound
    assert "reports/" not in ended.stdout


# new ----------------------------------------------------------------------------------------------------

TO_FILL_IN = re.compile(r"^to fill in: (?P<file>.+), \d+ lines?: (?P<lines>[\d, ]+)$", re.M)


def to_fill_in(said: str) -> set[tuple[str, int]]:
    """Return the files and lines that the command says are to be filled in."""
    found = TO_FILL_IN.finditer(said)
    return {(Path(m["file"]).name, int(line)) for m in found for line in m["lines"].split(", ")}


def faults(report: str) -> set[tuple[str, int]]:
    """Return the files and lines of the errors of a check, and of what is missing beside them nothing."""
    (publication,) = json.loads(report)["publications"]
    places = [found["place"] for found in publication["findings"] if found["severity"] == "error"]
    return {(Path(place["file"]).name, place.get("line", 0)) for place in places}


@pytest.mark.parametrize("text", [REPORT, "A paragraph.\n", "# Verslag\n\nLand\tNederland\n\n1. Eén\n2. Twee\n"])
def test_a_check_of_a_draft_tells_just_the_lines_that_are_to_be_filled_in(
    tmp_path: Path, capsys, monkeypatch, text: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("report.txt").write_text(text, encoding="utf-8")
    assert main(["new", "p", "report.txt"]) == 0
    marked = to_fill_in(capsys.readouterr().out)
    assert len(marked) >= 5
    assert main(["check", "p", "--json"]) == 1
    assert faults(capsys.readouterr().out) == marked
    assert fill_in(Path("data/p/publication.toml")) == len(marked)
    assert main(["check", "p"]) == 0, capsys.readouterr().out
    assert "lost 0, doubled 0" in capsys.readouterr().out


def test_new_says_that_it_found_no_commitments_and_what_is_to_be_done(tmp_path: Path, capsys, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, heading, is_said in (("p", "LESSONS LEARNED", True), ("q", "Commitments", False)):
        Path("report.txt").write_text(f"# R\n\n## {heading}\n\n1. Start small.\n2. Ask.\n", encoding="utf-8")
        assert main(["new", name, "report.txt"]) == 0
        said = capsys.readouterr().out
        assert ("no commitments were found" in said) is is_said
        assert ("say under [datasets.commitments] in publication.toml" in " ".join(said.split())) is is_said
        drafted = tomllib.loads(Path("data", name, "publication.toml").read_text(encoding="utf-8"))["datasets"]
        assert ({"commitments", "overview", "ogp-crosswalk"} <= set(drafted)) is not is_said


def test_a_declaration_without_a_document_is_told_what_it_lacks(tmp_path: Path, capsys, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["new", "p"]) == 0
    marked = to_fill_in(capsys.readouterr().out)
    assert main(["check", "p", "--json"]) == 1
    hash_of_the_document = {("publication.toml", 12)}
    assert faults(capsys.readouterr().out) == marked - hash_of_the_document | {("document.txt", 0)}


def test_where_publications_share_a_site_only_what_is_the_documents_own_is_marked(here: Workspace, capsys) -> None:
    site = 'base_iri = "https://a.example/{id}/"\npublisher = "bzk"\ncreator = "bzk"\ncontact = "open-overheid"\n'
    (here.data / "site.toml").write_text(site + 'languages = ["nl", "en"]\n', encoding="utf-8")
    document = here.folder / "plan.txt"
    document.write_text(REPORT, encoding="utf-8")
    assert main(["new", "tiny", str(document)]) == 0
    lines = (here.data / "tiny/publication.toml").read_text(encoding="utf-8").splitlines()
    marked = [lines[number - 1].split(" = ")[0] for _, number in sorted(to_fill_in(capsys.readouterr().out))]
    assert marked[:4] == ["country.nl", "spatial", "issued", "licence"]


@pytest.mark.parametrize("name", ["../x", "NL", "a/b", "", ".", "nl 2023"])
def test_new_refuses_an_unsafe_name(here: Workspace, capsys: pytest.CaptureFixture[str], name: str) -> None:
    before = everything(here.folder)
    assert main(["new", name]) == 2
    assert "consist of lowercase letters, digits and hyphens" in capsys.readouterr().err
    assert everything(here.folder) == before


def test_new_refuses_a_folder_that_exists(here: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    before = everything(here.folder)
    assert main(["new", NAME]) == 2
    assert f"{NAME} exists already" in capsys.readouterr().err
    assert everything(here.folder) == before


def test_new_without_its_document_begins_nothing(here: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "nl-2023", "nowhere.txt"]) == 2
    assert "nowhere.txt" in capsys.readouterr().err
    assert not (here.data / "nl-2023").exists()


def test_new_takes_no_pipe_for_a_document(here: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    os.mkfifo(here.folder / "pipe.txt")
    assert main(["new", "nl-2023", "pipe.txt"]) == 2
    assert "pipe.txt" in capsys.readouterr().err
    assert not (here.data / "nl-2023").exists()


def test_new_lays_down_what_a_check_needs_and_leaves_what_is_there(tmp_path: Path, capsys, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("data").mkdir()
    Path("data/agents.toml").write_text("# ours\n", encoding="utf-8")
    assert main(["new", "nl-2023"]) == 0
    assert Path("data/agents.toml").read_text(encoding="utf-8") == "# ours\n"
    assert "laid" not in capsys.readouterr().out
    Path("data/agents.toml").unlink()
    assert main(["new", "nl-2027"]) == 0
    assert 'id = "publisher"' in Path("data/agents.toml").read_text(encoding="utf-8")
    assert "data/agents.toml" in capsys.readouterr().out
    assert main(["new", "nl-2031"]) == 0
    assert "laid" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("file", "called"),
    [
        ("Mijn verslag 2023.txt", "Mijn-verslag-2023.txt"),
        ("zelfevaluatie_v1.2-def.md", "zelfevaluatie_v1.2-def.md"),
        ("Évaluation – coördinatie (définitif).TXT", "Evaluation-coordinatie-definitif.TXT"),
        ("100% klaar?.txt", "100-klaar.txt"),
        (".verborgen.txt", "verborgen.txt"),
        ("verslag", "verslag"),
        ("отчёт.txt", "document.txt"),
        ("報告", "document"),
        ("é" + "a" * 240 + "b.txt", "e" + "a" * 99 + ".txt"),
        ("verslag.d o c", "verslag.d-o-c"),
        ("regel\nregel.txt", "regel-regel.txt"),
    ],
)
def test_new_calls_the_copy_so_that_it_can_stand_in_an_address(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, file: str, called: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(file).write_text("Een alinea.\n", encoding="utf-8")
    assert main(["new", "nl-2023", file]) == 0
    said = capsys.readouterr().out
    assert (f"{file!r} cannot be part of a web address; the copy is called {called}\n" in said) is (file != called)
    assert Path("data/nl-2023/source", called).read_text(encoding="utf-8") == "Een alinea.\n"
    assert main(["check", "nl-2023", "--json"]) == 1
    assert faults(capsys.readouterr().out) == to_fill_in(said)


@given(st.text(st.characters(exclude_characters="/\0"), min_size=1, max_size=200).filter(lambda name: name != ".."))
def test_any_name_of_a_file_becomes_one_that_can_stand_in_an_address(file: str) -> None:
    called = safe_name(file)
    assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,254}", called)
    assert not called.endswith(".")
    assert safe_name(called) == called


@pytest.mark.parametrize(("file", "called"), [("con.txt", "document-con.txt"), ("NUL", "document-NUL"), ("a.", "a")])
def test_a_file_that_windows_cannot_have_gets_another_name(file: str, called: str) -> None:
    assert safe_name(file) == called


# explain ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rule", rules())
def test_every_rule_is_explained(capsys: pytest.CaptureFixture[str], rule: str) -> None:
    assert main(["explain", rule]) == 0
    told = capsys.readouterr().out
    assert told.startswith(f"{rule} ({rules()[rule].severity}")
    assert f"When it occurs: {rules()[rule].occurs}\nHow to fix it: {rules()[rule].fix}\n" in told


def test_without_a_rule_all_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == list(rules())


@pytest.mark.parametrize(("rule", "says"), [("words-lots", "did you mean words-lost"), ("x", "lists all")])
def test_a_misspelt_rule_brings_what_may_be_meant(capsys: pytest.CaptureFixture[str], rule: str, says: str) -> None:
    assert main(["explain", rule]) == 2
    assert says in capsys.readouterr().err


@pytest.mark.parametrize(
    ("key", "lines"),
    [
        ("dataset[2].column[0].take", ["dataset[].column[].take (text), in publication.toml"]),
        (
            "dataset.find.each",
            [
                'dataset[].find.each (text), in publication.toml with kind = "list"',
                'dataset[].find.each (one of `row`, `band`), in publication.toml with kind = "table"',
                'dataset[].find.each (one of `record`, `sub-item`), in publication.toml with kind = "records"',
            ],
        ),
        (
            "contact",
            [
                "contact (text), in publication.toml",
                "contact (text), in site.toml",
                "contact[].id (text), in agents.toml",
                "contact[].name (text in each of the page languages), in agents.toml",
                "contact[].url (text), in agents.toml",
                "contact[].email (text), in agents.toml",
            ],
        ),
    ],
)
def test_a_key_is_explained_as_a_finding_names_it(
    capsys: pytest.CaptureFixture[str], key: str, lines: list[str]
) -> None:
    assert main(["explain", key]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[::2] == lines
    assert all(line.startswith("  ") and line.endswith((".", ")")) for line in told[1::2])


# Addresses ----------------------------------------------------------------------------------------------


def test_the_given_addresses_take_the_place_of_the_declared_ones(here: Workspace, capsys) -> None:
    addresses = ["--base-iri", "https://data.minbzk.nl/ogp/{id}", "--base-url", "https://files.minbzk.nl/{id}/"]
    assert main(["publish", *addresses]) == 0
    assert "placeholder-base-iri" not in capsys.readouterr().out
    package = here.dist / NAME
    catalogue = (package / "catalog.nt").read_text(encoding="utf-8")
    assert f"<https://data.minbzk.nl/ogp/{NAME}/assessments>" in catalogue
    downloads = re.findall(r"<http://www.w3.org/ns/dcat#downloadURL> <([^>]+)>", catalogue)
    assert downloads
    for address in downloads:
        assert address.startswith(f"https://files.minbzk.nl/{NAME}/")
        assert (package / address.removeprefix(f"https://files.minbzk.nl/{NAME}/")).is_file()
    assert not [path for path in package.rglob("*") if path.is_file() and b"example.org" in path.read_bytes()]


def test_a_base_iri_alone_is_also_where_files_are_downloaded(here: Workspace) -> None:
    here.edit(
        f"{NAME}/publication.toml", 'version = "1.0.0"', 'version = "1.0.0"\nbase_url = "https://old.example.org/"'
    )
    assert main(["publish", "--base-iri", "https://data.minbzk.nl/"]) == 0
    catalogue = (here.dist / NAME / "catalog.nt").read_text(encoding="utf-8")
    assert "<https://data.minbzk.nl/assessments/assessments.csv>" in catalogue
    assert "example.org" not in catalogue


@pytest.mark.parametrize("option", ["--base-iri", "--base-url"])
def test_one_address_cannot_be_that_of_several_publications(here: Workspace, capsys, option: str) -> None:
    shutil.copytree(here.data / NAME, here.data / "nl-copy")
    assert main(["publish", option, "https://data.minbzk.nl/"]) == 2
    assert f"{option} needs {{id}} in it for 2 publications" in capsys.readouterr().err
    assert not here.build.exists()


@pytest.mark.parametrize(
    "address", ["data.minbzk.nl/ogp", "ftp://data.minbzk.nl/", "https://data minbzk.nl/", "javascript:x"]
)
@pytest.mark.usefixtures("here")
def test_an_address_that_is_none_is_a_finding(capsys, address: str) -> None:
    assert main(["publish", "--base-iri", address]) == 1
    assert len(re.findall("^error invalid-address: The base_iri ", capsys.readouterr().out, re.M)) == 1


# Help and form ------------------------------------------------------------------------------------------


def loaded_by(arguments: list[str], folder: Path) -> list[str]:
    program = f"""
import sys
from ogp_data.cli.main import main
try:
    main({arguments!r})
except SystemExit:
    pass
print("loaded:", *sys.modules)
"""
    ended = subprocess.run([sys.executable, "-c", program], cwd=folder, capture_output=True, text=True)
    assert "\nloaded: " in ended.stdout, ended.stderr
    return ended.stdout.rpartition("loaded: ")[2].split()


@pytest.mark.parametrize("arguments", [["--help"], ["publish", "--help"], ["explain"], ["new", "--help"]])
def test_help_waits_for_no_heavy_library(tmp_path: Path, arguments: list[str]) -> None:
    loaded = loaded_by(arguments, tmp_path)
    assert [name for name in HEAVY if name in loaded] == []


@pytest.mark.parametrize("arguments", [["--help"], ["new", "--help"], ["validate", "--help"]])
def test_help_loads_the_commands_and_only_what_they_say(tmp_path: Path, arguments: list[str]) -> None:
    own = {name for name in loaded_by(arguments, tmp_path) if name.startswith("ogp_data.")}
    rooms = {name for name in own if not name.startswith("ogp_data.cli")} - {"ogp_data.core", "ogp_data.service"}
    # Its words, how they look at a terminal, and the figures that they have; what checks catalogues begins alone.
    figures = {"core.bounds"} if arguments[0] == "validate" else {"core.bounds", "service.limits"}
    assert rooms == {f"ogp_data.{one}" for one in ("core.messages", "core.terminal", *figures)}


@pytest.mark.parametrize("arguments", [["--help"], ["publish", "--help"], ["check", "--help"]])
def test_help_says_what_the_exit_codes_mean(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 0
    assert "0 published or sound (also with warnings), 1 errors, 2 wrong usage" in " ".join(
        capsys.readouterr().out.split()
    )


def test_findings_are_told_in_one_form_that_reads_aloud(here: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    at = Place(file="plan.txt", table="assessments", at=Line(102), column="Evidence")
    assert str(finding("row-width", "A row has 4 cells, but the table has 5 columns.", at, "Fix the row.")) == (
        "error row-width: A row has 4 cells, but the table has 5 columns.\n"
        "    at: plan.txt, table 'assessments', line 102, column 'Evidence'\n"
        "    fix: Fix the row."
    )
    sentence = {"norm": "https://example.org/norm#title", "clause": "Norm 1, 4.1"}
    assert replace(finding("row-width", "It is.", None, "Mend it."), **sentence).lines("fr")[1:] == [
        "    remède : Mend it.",
        "    norme : Norm 1, 4.1 <https://example.org/norm#title>",
    ]
    here.edit(f"{NAME}/publication.toml", 'publisher = "bzk"', 'publisher = "bkz"')
    here.edit(f"{NAME}/publication.toml", "rows = 7", "rows = 7\nrow = 7")
    assert main(["check"]) == 1
    told = capsys.readouterr().out.split("\nnl-2020-2022: ")[0]
    more = r"(\n    norm: [^\n]+)?(\n    also: \d+ other places?)?"
    form = rf"(error|warning) [a-z-]+: [^\n]+[.”]\n    at: [^\n]+\n    fix: [^\n]+{more}"
    assert re.fullmatch(rf"{form}(\n{form})*", told)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("datasets", "datasets.commitments: Open Government Action Plan: commitments, {country}, {plan}"),
        ("dataset.commitments", "commitment_number (string): Commitment number"),
        ("datasets.commitments.columns", "  key: commitment; found by default: "),
        ("datasets.links.columns.url", "  in every publication; takes `url`"),
        ("datasets.links.columns.milestone", "milestone (string): Milestone"),
        ("datasets.links.rows", "datasets.NAME.rows (whole number), in publication.toml"),
        ("datasets.links.columns.url.heading", "dataset[].column[].heading (text), in publication.toml"),
        ("datasets.links.find.kind", 'dataset[].find.kind (`links`), in publication.toml with kind = "links"'),
    ],
)
def test_the_model_explains_its_datasets_and_columns(capsys: pytest.CaptureFixture[str], name: str, said: str) -> None:
    assert main(["explain", name]) == 0
    assert any(line.startswith(said) for line in capsys.readouterr().out.split("\n"))


def test_the_model_explains_itself_in_the_language_that_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "datasets.links.columns.url", "--language", "nl"]) == 0
    assert "url (url): Webadres" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("datasets.linkz", "datasets.links"),
        ("datasets.links.columns.ulr", "datasets.links.columns.url"),
        ("dataset.colum.take", "dataset.column.take"),
        ("unknwon-key", "unknown-key"),
    ],
)
def test_what_is_no_key_is_told_with_what_is_nearly_so(
    capsys: pytest.CaptureFixture[str], name: str, near: str
) -> None:
    assert main(["explain", name]) == 2
    told = capsys.readouterr().err
    assert name in told
    assert near in told
