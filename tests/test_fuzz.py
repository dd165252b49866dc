"""The search itself: it finds what is planted, makes it small, tells it once, and does the same with the same seed."""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import strategies as st

from fuzz import search, target
from fuzz.__main__ import seconds_of
from fuzz.search import HangError, Search, limited
from fuzz.target import BrokenError, Case, Check, Target, file_name, signature, told
from ogp_data.core.findings import Finding, Place, finding
from ogp_data.core.source import SourceText

Try = Callable[[Case], str]


def planted(case: Case) -> str:
    """Fail for any number of two digits, and for 7."""
    number = int(case.content)
    if number == 7:
        raise BrokenError("seven", "it is 7")
    if number > 9:
        SourceText.of("x", "x").place(number.bit_length() * "x")  # type: ignore[arg-type]  # a fault in our code
    return str(number)


def searched(check: Try, folder: Path, capsys: pytest.CaptureFixture[str], known: set[str]) -> list[dict[str, str]]:
    """Return what a short search tells."""

    @contextmanager
    def opened(_folder: Path) -> Iterator[Check]:
        yield check

    cases = st.integers(0, 20).map(lambda number: Case(str(number).encode(), ".txt"))
    one = Search(Target("planted", cases, opened), check, folder, 600, known)
    for seed in range(6):
        one.batch(seed)
    assert one.inputs > 50
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Have the corpus in a folder of its own, and what is told where a test can read it."""
    monkeypatch.setattr(target, "CORPUS", tmp_path / "corpus")
    monkeypatch.setattr(search, "tell", lambda **what: print(json.dumps(what)))
    return tmp_path / "corpus"


def test_each_planted_fault_is_told_once_with_the_smallest_case(
    corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = searched(planted, tmp_path, capsys, set())
    contents = {one["found"]: Path(one["file"]).read_bytes() for one in found}
    assert len(contents) == len(found) == 2
    assert contents["seven"] == b"7"
    assert next(content for fault, content in contents.items() if fault.startswith("TypeError in source.")) == b"10"
    assert {path.parent for path in corpus.glob("*/*")} == {corpus / "planted"}


@pytest.mark.usefixtures("corpus")
def test_a_fault_that_is_known_is_not_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def check(case: Case) -> str:
        return planted(case) if case.content == b"7" else ""

    assert searched(check, tmp_path, capsys, {"seven"}) == []


def test_what_takes_too_long_is_ended() -> None:
    with pytest.raises(HangError), limited(0.05):
        time.sleep(5)


def test_a_fault_is_called_by_its_place_in_our_code_and_its_file_by_its_content() -> None:
    with pytest.raises(TypeError) as caught:
        planted(Case(b"10", ".txt"))
    fault = signature(caught.value)
    assert fault == "TypeError in source.SourceText.stretch"
    assert file_name(fault, Case(b"10", ".txt")) == "typeerror-in-source-sourcetext-stretch-4a44dc15.txt"


@pytest.mark.parametrize(
    ("found", "what"),
    [
        (finding("empty-source", "The source document is empty."), "has no place"),
        (finding("empty-source", " ", Place(file="x")), "says nothing"),
        (Finding("empty-source", "It is empty.", Place(file="x")), "says nothing"),
        (Finding("no-such-rule", "It is empty.", Place(file="x"), "Fix it."), "says nothing"),
        (finding("internal-error", "A fault.", Place(file="x")), "internal-error"),
    ],
)
def test_a_finding_that_does_not_help_is_a_fault(found: Finding, what: str) -> None:
    with pytest.raises(BrokenError, match=what):
        told([found])


@pytest.mark.parametrize(("text", "seconds"), [("300", 300), ("90s", 90), ("10m", 600), ("2h", 7200), ("1.5m", 90)])
def test_a_time_is_written_as_people_write_it(text: str, seconds: float) -> None:
    assert seconds_of(text) == seconds


def test_what_is_no_time_is_refused() -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="'soon' is no time"):
        seconds_of("soon")
