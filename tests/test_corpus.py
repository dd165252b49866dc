"""Everything that a search ever found stays fixed: each file of the corpus is tried again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fuzz.known import KNOWN
from fuzz.search import LONGEST, limited
from fuzz.target import CORPUS, Check, case_of
from fuzz.targets import TARGETS

FILES = sorted(path for path in CORPUS.glob("*/*") if path.is_file())


@pytest.fixture(scope="module")
def check(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Check]:
    """Return what tries the inputs of a target."""
    with TARGETS[request.param].open(tmp_path_factory.mktemp(request.param)) as opened:
        yield opened


def tried(path: Path) -> object:
    """Return a file as a parameter of a test; one whose fault is known must still fail."""
    name = path.relative_to(CORPUS).as_posix()
    marks = [pytest.mark.xfail(reason=KNOWN[name], strict=True)] if name in KNOWN else []
    return pytest.param(path.parent.name, path, id=name, marks=marks)


@pytest.mark.parametrize(("check", "path"), [tried(path) for path in FILES], indirect=["check"])
def test_what_was_found_is_mended(check: Check, path: Path) -> None:
    with limited(LONGEST):
        check(case_of(path))


def test_each_known_fault_is_a_file_of_the_corpus() -> None:
    assert set(KNOWN) <= {path.relative_to(CORPUS).as_posix() for path in FILES}
