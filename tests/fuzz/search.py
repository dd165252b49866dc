"""The search of one target, in a process of its own that may be killed: what it finds is told line by line.

Each case is written to a file before it is tried, so that whoever kills this process knows what it hung on.
"""

from __future__ import annotations

import argparse
import json
import logging
import resource
import signal
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

import hypothesis
from hypothesis import HealthCheck, Phase, Verbosity, settings

from fuzz.known import KNOWN
from fuzz.target import CORPUS, Case, Check, Target, case_of, digest, kept, signature
from fuzz.targets import TARGETS

LONGEST = 10
"""Seconds that one input may take."""
MEMORY = 4 << 30
"""Bytes of memory that a search may have beside what it begins with."""
BATCH = 100
SHRINKING = 15.0
"""Seconds in which a case that shows a fault is made smaller."""
AGAIN = 0.05
"""Which part of the time goes to inputs that are tried again in another process."""
CURRENT = "current"

SETTINGS = settings(
    max_examples=BATCH,
    database=None,
    deadline=None,
    phases=(Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
    report_multiple_bugs=False,
    verbosity=Verbosity.quiet,
)


class HangError(BaseException):
    """An input takes too long; no code that is tried catches this."""


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raise HangError in what takes longer."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise HangError

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@dataclass(slots=True)
class Found:
    """A fault, and the smallest case so far that shows it; after `until` no smaller one is looked for."""

    fault: str
    case: Case
    detail: str
    until: float


@dataclass(slots=True)
class Search:
    """One search: what it must not tell again, and what it counts."""

    target: Target
    check: Check
    scratch: Path
    seconds: float
    known: set[str]
    began: float = field(default_factory=time.monotonic)
    inputs: int = 0
    ignored: int = 0
    slowest: float = 0.0
    again: float = 0.0
    samples: dict[str, str] = field(default_factory=dict)
    found: Found | None = None

    @property
    def over(self) -> bool:
        """Return whether the time is over: that of the search or, once a fault is found, that of making it smaller."""
        now = time.monotonic()
        return now > self.found.until if self.found else now > self.began + self.seconds

    def run(self, seed: int) -> None:
        """Try cases until the time is over, and tell each fault once."""
        batch = 0
        while not self.over:
            self.batch(seed * 1_000_003 + batch)
            batch += 1

    def batch(self, seed: int) -> None:
        """Try some cases; a fault among them is made small and told."""
        self.found = None
        try:
            SETTINGS(hypothesis.seed(seed)(hypothesis.given(self.target.cases)(self._try)))()
        except (HangError, Exception):
            if self.found is None:  # a fault of the search itself
                raise
        if self.found:
            self.known.add(self.found.fault)
            path = kept(self.target.name, self.found.fault, self.found.case)
            tell(found=self.found.fault, detail=self.found.detail, file=str(path))
        self.found = None

    def _try(self, case: Case) -> None:
        """Try one case; a fault that is not known is raised, so that a smaller case is looked for."""
        if self.over:
            return
        (self.scratch / CURRENT).write_bytes(f"{case.suffix}\n".encode() + case.content)
        began = time.monotonic()
        try:
            with limited(LONGEST):
                said = self.check(case)
        except (HangError, Exception) as reason:
            if not self._is_news(reason, case):
                return
            raise
        finally:
            self.inputs += 1
            self.slowest = max(self.slowest, time.monotonic() - began)
            (self.scratch / CURRENT).write_bytes(b"")
        self._sample(case, said, time.monotonic() - began)

    def _is_news(self, reason: BaseException, case: Case) -> bool:
        """Take up a fault and return True; False for one that is known, or that is not the one at hand."""
        fault = signature(reason)
        if fault in self.known or (self.found and self.found.fault != fault):
            self.ignored += 1
            return False
        if self.found is None:
            detail = f"{type(reason).__name__}: {reason}" if str(reason) else f"{type(reason).__name__}"
            self.found = Found(fault, case, detail[:800], time.monotonic() + SHRINKING)
        elif len(case.content) <= len(self.found.case.content):
            self.found.case = case
        return True

    def _sample(self, case: Case, said: str, seconds: float) -> None:
        """Keep a case and what came of it, to be tried again in another process."""
        if self.again < self.seconds * AGAIN and not self.found:
            self.again += seconds
            name = f"{len(self.samples):05}{case.suffix}"
            (self.scratch / "samples").mkdir(exist_ok=True)
            (self.scratch / "samples" / name).write_bytes(case.content)
            self.samples[name] = digest(said)


def tell(**what: object) -> None:
    """Write one line for the process that waits for it."""
    print(json.dumps(what), file=sys.__stdout__, flush=True)


def faults_known(target: Target, check: Check) -> set[str]:
    """Return the faults that the corpus has and that are not fixed yet."""
    faults = set()
    for name in KNOWN:
        path = CORPUS / name
        if path.parent.name == target.name:
            try:
                with limited(LONGEST):
                    check(case_of(path))
            except (HangError, Exception) as reason:
                faults.add(signature(reason))
    return faults


def bound_memory() -> None:
    """Let this process have so much memory more than it has now, and no more."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    most = pages * resource.getpagesize() + MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def main() -> int:
    """Search one target for so many seconds, or try files again."""
    parser = argparse.ArgumentParser()
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("scratch", type=Path)
    parser.add_argument("--seconds", type=float, default=0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--known", nargs="*", default=[])
    parser.add_argument("--again", type=Path, nargs="*", default=[])
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    sys.stdout = sys.stderr
    target = TARGETS[options.target]
    folder = Path(tempfile.mkdtemp(dir=options.scratch))
    with target.open(folder) as check:
        bound_memory()
        if options.again:
            tell(again={path.name: digest(check(case_of(path))) for path in options.again})
            return 0
        search = Search(target, check, options.scratch, options.seconds, {*options.known, *faults_known(target, check)})
        search.run(options.seed)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    tell(
        inputs=search.inputs,
        seconds=time.monotonic() - search.began,
        ignored=search.ignored,
        slowest=search.slowest,
        memory=memory,
        samples=search.samples,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
