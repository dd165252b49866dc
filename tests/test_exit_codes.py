"""The exit codes of what reads a catalogue: 1 is for its publisher, 2 for whoever wrote the command."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from ogp_data.cli.main import main

SOUND = Path(__file__).parent / "catalogues" / "conforming.ttl"
FAULTY = """
@prefix dcat: <http://www.w3.org/ns/dcat#> .
<https://example.org/catalog> a dcat:Catalog ; dcat:dataset <https://example.org/bomen> .
<https://example.org/bomen> a dcat:Dataset .
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Begin in a folder with a catalogue without a fault, one with, what is none, and a report that is none."""
    monkeypatch.chdir(tmp_path)
    Path("sound.ttl").write_bytes(SOUND.read_bytes())
    Path("faulty.ttl").write_text(FAULTY, encoding="utf-8")
    Path("page.ttl").write_text("Hello", encoding="utf-8")
    Path("folder").mkdir()
    return tmp_path


def ended(*arguments: str) -> int:
    """Return the exit code of a command."""
    try:
        return main(arguments)
    except SystemExit as reason:
        return int(str(reason.code))


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("sound.ttl",), 0),
        (("faulty.ttl",), 1),
        (("faulty.ttl", "--fail-on", "never"), 0),
        (("page.ttl", "--fail-on", "never"), 1),
        (("https://localhost:1/", "--fail-on", "never"), 1),
        (("gone.ttl",), 2),
        (("gone.ttl", "--fail-on", "never"), 2),
        (("folder",), 2),
        (("/dev/null",), 2),
        (("sound.ttl/more.ttl",), 2),
        (("x" * 300,), 2),
        (("sound.ttl", "faulty.ttl"), 1),
        (("faulty.ttl", "gone.ttl"), 2),
        (("gone.ttl", "faulty.ttl"), 2),
        (("sound.ttl", "--shapes", "gone"), 2),
        (("sound.ttl", "--shapes", "sound.ttl"), 2),
        (("sound.ttl", "--shapes", "folder"), 1),
        (("sound.ttl", "--baseline", "gone.json"), 2),
        (("sound.ttl", "--baseline", "page.ttl"), 2),
        (("sound.ttl", "--output", "gone/report.json"), 2),
        (("sound.ttl", "--profile", "nothing"), 2),
        (("sound.ttl", "--nothing"), 2),
    ],
)
@pytest.mark.parametrize("form", [(), ("--json",)])
def test_validate_ends_with_the_code_that_tells_whose_the_fault_is(
    arguments: Sequence[str], code: int, form: Sequence[str], capsys: pytest.CaptureFixture[str]
) -> None:
    if form and len([one for one in arguments if one.endswith(".ttl")]) > 1:
        form = ()  # a report in JSON is of one catalogue
    assert ended("validate", *arguments, *form) == code
    told = capsys.readouterr()
    assert "internal-error" not in told.out + told.err


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("sound.ttl",), 0),
        (("faulty.ttl",), 0),
        (("page.ttl",), 1),
        (("gone.ttl",), 2),
        (("folder", "--json"), 2),
        (("sound.ttl", "--html", "gone/scores.html"), 2),
        (("sound.ttl", "--as-of", "yesterday"), 2),
    ],
)
def test_quality_ends_alike(arguments: Sequence[str], code: int) -> None:
    assert ended("quality", *arguments) == code


def test_a_standard_input_that_is_closed_is_none(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert ended("validate", "-") == 2
    assert "error missing-file: There is no standard input." in capsys.readouterr().out


@pytest.mark.parametrize(("command", "said"), [("validate", "1 findings that do"), ("quality", "0 scored")])
def test_the_help_tells_the_codes(command: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert ended(command, "--help") == 0
    told = " ".join(capsys.readouterr().out.split())
    assert said in told
    assert "2 wrong usage, such as a file that cannot be read or written" in told
