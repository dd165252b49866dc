"""A fault of the program itself: one finding that says what to send, never a traceback; what was published stays."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import pytest

from generate_declarations import NAME, Small, narrative
from ogp_data import __version__, pipeline
from ogp_data.checks import foreign as catalogues
from ogp_data.checks import scored
from ogp_data.cli.main import main
from ogp_data.declaration import earlier, scaffold
from ogp_data.delivery import deliver

SMALL = Small("A plan.\n\nIt is short.\n", [narrative()])


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with a small publication and something published, in which commands run."""
    SMALL.write(tmp_path / "data")
    (tmp_path / "dist" / NAME).mkdir(parents=True)
    (tmp_path / "dist" / NAME / "old.csv").write_text("as it was")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def fails(*_arguments: object, **_more: object) -> None:
    raise RuntimeError("the secret of the traceback")


STAGES = ["reading.load", "tables.build", "staging.stage_tables", "reconcile.reconcile", "reports.to_html"]


@pytest.mark.parametrize("stage", STAGES)
def test_where_a_stage_fails_that_is_one_error_and_nothing_published_changes(
    here: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], stage: str
) -> None:
    module, name = stage.split(".")
    monkeypatch.setattr(getattr(pipeline, module), name, fails)
    assert main(["publish"]) == 1
    out, err = capfd.readouterr()
    assert out.count("error internal-error: A fault in this program stopped it (RuntimeError)") == 1
    assert "Traceback" not in out + err
    assert "secret" not in out + err
    assert [path.name for path in (here / "dist" / NAME).iterdir()] == ["old.csv"]
    (account,) = here.rglob("*internal-error.txt")
    assert str(account.relative_to(here) if account.is_relative_to(here / "build") else account) in out
    written = account.read_text()
    assert f"ogp-data {__version__}" in written
    assert "RuntimeError: the secret of the traceback" in written


def test_the_report_tells_it_with_what_was_found_before(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline.tables, "build", fails)
    assert main(["publish", "--json"]) == 1
    told = json.loads((here / "build" / NAME / "reports" / "validation.json").read_text())
    assert (told["publishable"], told["errors"]) == (False, 1)
    assert told["findings"][0]["rule"] == "internal-error"
    assert "unknown-source-origin" in {found["rule"] for found in told["findings"]}


@pytest.mark.parametrize(
    ("module", "name", "arguments"),
    [
        (pipeline.tables, "build", ["check", "--json"]),
        (catalogues, "validate", ["validate", "x.ttl", "--json"]),
        (scored, "score", ["quality", "x.ttl", "--json"]),
        (deliver, "plan_target", ["plan", "x.toml", "--json"]),
        (deliver, "apply_target", ["apply", "x.toml", "--json"]),
    ],
)
def test_every_command_that_speaks_json_tells_it_in_json(
    here: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    module: object,
    name: str,
    arguments,
) -> None:
    monkeypatch.setattr(module, name, fails)
    assert main(arguments) == 1
    told = json.loads(capsys.readouterr().out)
    findings = told["publications"][0]["findings"] if "publications" in told else told["findings"]
    (found,) = (one for one in findings if one["rule"] == "internal-error")
    assert Path(found["place"]["file"]).is_relative_to(here)
    assert "RuntimeError" in Path(found["place"]["file"]).read_text()


@pytest.mark.parametrize(
    ("module", "name", "arguments"),
    [(scaffold, "create", ["new", "x"]), (earlier, "keep", ["keep", NAME])],
)
def test_commands_for_people_tell_it_in_words(
    here: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    module: object,
    name: str,
    arguments,
) -> None:
    monkeypatch.setattr(module, name, fails)
    assert main(arguments) == 1
    out, err = capsys.readouterr()
    assert (out, "Traceback" in err) == ("", False)
    assert err.startswith("error internal-error: A fault in this program stopped it (RuntimeError)")
    assert f"at: {here}" in err


def test_a_disk_that_takes_no_account_is_no_second_fault(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(scaffold, "create", fails)
    monkeypatch.setattr(tempfile, "tempdir", str(here / "not-there"))
    assert main(["new", "x"]) == 1
    assert "ogp-data --version" in capsys.readouterr().err
