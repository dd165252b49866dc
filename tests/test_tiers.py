"""A test is in the right tier without anybody's doing: by what it does, not by what it says of itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from tiers import sample

TESTS = Path(__file__).parent

ONE_OF_EACH = """
import http.server, os, subprocess, threading
import pytest
from ogp_data.checks import staged

@pytest.fixture(scope="module")
def served():
    with http.server.HTTPServer(("127.0.0.1", 0), http.server.BaseHTTPRequestHandler) as server:
        yield server

def test_quick(): pass
def test_builds():
    with staged.beside(len, "abc") as value:
        assert value() == 3
def test_starts(): subprocess.run(["true"])
def test_forks():
    if not os.fork():
        os._exit(0)
    os.wait()
def test_serves(served): pass
def test_serves_too(served): pass
def test_samples(places, request):
    assert len(places(range(70), 1)) == (70 if request.config.getoption("--all") else 10)
"""


def run(pytester: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    pytester.makepyfile(ONE_OF_EACH)
    return pytester.runpytest_subprocess("-p", "tiers", "-p", "no:cacheprovider", "-rs", "-s", *arguments)


@pytest.fixture(autouse=True)
def importable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(TESTS))


def test_a_fast_run_skips_what_builds_starts_processes_or_serves(pytester: pytest.Pytester) -> None:
    ended = run(pytester, "--fast")
    ended.assert_outcomes(passed=2, skipped=5)
    told = [line.split()[1] + line.rpartition(":")[2] for line in ended.outlines if line.startswith("SKIPPED")]
    built, started, served = "[1] builds a whole publication", "[2] starts a process", "[1] listens at a port"
    assert sorted(told) == sorted([built, started, served, served])


def test_any_other_run_skips_nothing(pytester: pytest.Pytester) -> None:
    run(pytester, "--all").assert_outcomes(passed=7)


REST = """
import os, pytest

@pytest.mark.skipif("TOOL" not in os.environ, reason="there is no tool")
def test_with_the_tool(): pass
def test_that_ran(): assert "TOOL" not in os.environ
def test_of_a_sample(places): assert len(places(range(70), 1)) == (70 if "TOOL" in os.environ else 10)
@pytest.mark.xfail(reason="not yet")
def test_not_yet(): assert "TOOL" in os.environ
"""
NEEDING = """
import pytest
pytest.importorskip("a_module_of_the_rest", exc_type=ImportError)
def test_in_a_file_of_its_own(): pass
"""


def test_the_rest_is_what_was_skipped_and_what_a_sample_was_tried_of(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytester.makepyfile(test_rest=REST, test_needing=NEEDING)
    pytester.makeini("[pytest]\ntestpaths = .")
    arguments = ("-p", "tiers")
    assert pytester.runpytest_subprocess(*arguments, "--rest").ret == pytest.ExitCode.USAGE_ERROR
    pytester.runpytest_subprocess(*arguments, "-n", "1").assert_outcomes(passed=2, skipped=2, xfailed=1)
    monkeypatch.setenv("TOOL", "1")
    pytester.makepyfile(a_module_of_the_rest="")
    monkeypatch.setenv("PYTHONPATH", f"{TESTS}:{pytester.path}")
    pytester.runpytest_subprocess(*arguments, "--rest").assert_outcomes(passed=3)


def test_a_sample_is_each_seventh_place_and_seven_faults_reach_all() -> None:
    assert [list(sample(range(10), number)) for number in range(3, 10)] == [[3], [4], [5], [6], [0, 7], [1, 8], [2, 9]]
    assert [list(sample(range(3), number)) for number in range(4)] == [[0], [1], [2], [0]]
    assert [list(sample(range(3), number, step=1)) for number in range(3)] == [[0, 1, 2]] * 3
