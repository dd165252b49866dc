"""How much of the suite runs: what is quick, what `make test` runs, what that skipped, or each fault at each place.

No test says itself which it is. With `--fast` a test is skipped at the moment at which it builds a whole publication,
starts a process or listens at a port, so that a new test is in the right tier without anybody's doing. With `--rest`
those run that the last run of the suite skipped, for what was not there may have been installed since.
"""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any, TypeVar

import frictionless  # noqa: F401  # so that no build has to
import pytest

from ogp_data.checks import staged

_T = TypeVar("_T")

SLOW = {
    "subprocess.Popen": "starts a process",
    "os.fork": "starts a process",
    "os.posix_spawn": "starts a process",
    "socket.bind": "listens at a port",
}
"""What Python audits -> what the test does that makes it slow."""


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("how much")
    group.addoption("--fast", action="store_true", help="skip what builds a publication, starts a process or serves")
    group.addoption("--rest", action="store_true", help="run what the last run skipped, or tried a sample of")
    group.addoption("--all", action="store_true", help="try each fault at each place, not a sample of them")


def pytest_configure(config: pytest.Config) -> None:
    fast = config.getoption("--fast")
    staged.beside = _not_fast if fast else _here
    if fast:
        sys.addaudithook(_audit)
        # A test that is given up where it would listen leaves its socket behind; whoever comes next is not to blame.
        config.addinivalue_line("filterwarnings", "ignore::ResourceWarning")
    if config.getoption("--rest"):
        _noted(config)
    # Few objects die in cycles, many live as long as the session: to look through them all takes a fifth of the time.
    gc.set_threshold(100_000, 50, 100)


@contextmanager
def _here(work: Callable[..., _T], *arguments: object) -> Iterator[Callable[[], _T]]:
    """Do in this process what a build does beside it: another would import its libraries anew for every build."""
    yield partial(work, *arguments)


# A fast run -----------------------------------------------------------------------------------------------

_under_way = threading.local()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol() -> Iterator[None]:
    _under_way.test = True
    try:
        return (yield)
    finally:
        _under_way.test = False


def _audit(event: str, _: tuple[Any, ...]) -> None:
    if event in SLOW and getattr(_under_way, "test", False):
        pytest.skip(SLOW[event])


def _not_fast(*_: object) -> Any:
    pytest.skip("builds a whole publication")


# The rest -------------------------------------------------------------------------------------------------

SKIPPED = "tiers/skipped"
_skipped: set[str] = set()


def pytest_collectreport(report: pytest.CollectReport) -> None:
    if report.skipped:
        _skipped.add(report.nodeid)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.skipped and not hasattr(report, "wasxfail"):
        _skipped.add(report.nodeid)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Note what was skipped, when it was the suite as a whole that ran."""
    config = session.config
    whole = config.args_source is pytest.Config.ArgsSource.TESTPATHS and not config.getoption("keyword")
    partly = config.getoption("--fast") or config.getoption("--rest") or hasattr(config, "workerinput")
    cache = getattr(config, "cache", None)
    if cache and whole and not partly:
        cache.set(SKIPPED, sorted(_skipped))


def _noted(config: pytest.Config) -> frozenset[str]:
    """Return the tests, and files of tests, that the last run of the suite skipped."""
    cache = getattr(config, "cache", None)
    noted = cache.get(SKIPPED, None) if cache else None
    if noted is None:
        raise pytest.UsageError("--rest runs what the last run of the suite skipped, and there was none: make test")
    return frozenset(noted)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--rest"):
        return
    names = _noted(config)
    rest = [item for item in items if "places" in getattr(item, "fixturenames", ()) or _is_of(item.nodeid, names)]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(rest)])
    items[:] = rest


def _is_of(name: str, noted: frozenset[str]) -> bool:
    """Return whether a test, its file or its class was noted."""
    return name in noted or any(name.startswith(f"{one}::") for one in noted)


# A sample -------------------------------------------------------------------------------------------------

Places = Callable[[Sequence[int], int], Sequence[int]]
STEP = 7
"""Of the places at which a fault can be tried, `make test` takes each seventh."""


@pytest.fixture(scope="session")
def whole(request: pytest.FixtureRequest) -> bool:
    """Return whether also what takes minutes is to be tried as a whole."""
    return bool(request.config.getoption("--all"))


@pytest.fixture(scope="session")
def places(request: pytest.FixtureRequest, whole: bool) -> Places:
    """Return what chooses the places at which to try a fault of some number: all of them, or a sample."""
    return partial(sample, step=1 if whole or request.config.getoption("--rest") else STEP)


def sample(places: Sequence[int], number: int, step: int = STEP) -> Sequence[int]:
    """Return each seventh place. Seven faults whose numbers follow each other reach every place."""
    return places[number % min(step, len(places)) :: step]
