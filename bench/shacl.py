"""SHACL: our validation of a made catalogue against other engines on the official shapes of DCAT-AP-NL.

Every run is a process of its own (`engines.py`), measured as a whole: its time is what passed, or what the processors
took when that is less, for other programs lengthen the one, an engine that uses several cores the other. All engines
get the same catalogue and must tell the same breaks: those that were sown.
"""

from __future__ import annotations

import json
import math
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from made_catalogue import sown, turtle
from targets import ENVIRONMENT, Target, clocks

from ogp_data.checks.shacl import parse_shapes
from ogp_data.core import resources
from ogp_data.core.namespaces import curie
from ogp_data.core.rdf import unique, write
from ogp_data.models.lists import load_lists

WORKER = Path(__file__).with_name("engines.py")
Limits = Mapping[tuple[int, str, str], float]
"""Datasets, an engine and another -> the most that the one may take of the other's time; the rest is only told."""


@dataclass(frozen=True)
class Plan:
    """Datasets in the made catalogue -> runs of each engine, and what the ratios may be."""

    rounds: Mapping[int, int]
    limits: Limits


WHOLE = Plan(
    {1: 5, 100: 5, 1_000: 3, 10_000: 1},
    {(1, "ours", "imports"): 0.5, (1_000, "compiled", "pyshacl"): 1 / 25, (10_000, "ours", "libraries"): 20},
)
"""What `make bench` measures: the targets."""
SHORT = Plan(
    {1: 5, 300: 3},
    {(1, "ours", "imports"): 0.8, (300, "compiled", "pyshacl"): 0.055, (300, "ours", "pyshacl"): 0.12},
)
"""What `make bench-short` measures, in less than a minute: each may be a third worse than it was on 2026-11-30."""
MOST = 350
"""The most megabytes that our validation of 10,000 datasets may take."""
LONGEST = 900
"""Seconds after which a run is given up."""
OURS = "ours"
PROFILE = "dcat-ap-nl-3.0.1"
OFFICIAL = (
    "dcat-ap-SHACL.ttl",
    "dcat-ap-nl-SHACL.ttl",
    "dcat-ap-nl-SHACL-klassebereik.ttl",
    "dcat-ap-nl-SHACL-klassebereik-codelijsten.ttl",
)
"""What DCAT-AP-NL's own validation of what is mandatory loads."""


@dataclass(frozen=True)
class Run:
    """How one engine fared with one catalogue."""

    seconds: float
    megabytes: float
    told: frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Engine:
    """An engine, the Python that it is installed for, and the shapes that it is given."""

    name: str
    python: Path
    shapes: Sequence[Path] = ()

    def run(self, catalogue: Path, background: Path) -> Run | str:
        """Return what came of one run, or why there is nothing."""
        command = list(map(str, (self.python, WORKER, self.name, catalogue, background, *self.shapes)))
        try:
            begun = clocks()
            done = subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, timeout=LONGEST)
            seconds = min(now - then for now, then in zip(clocks(), begun, strict=True))
        except subprocess.TimeoutExpired:
            return f"took more than {LONGEST} seconds"
        if done.returncode:
            return (done.stderr.strip().splitlines() or [f"ended with {done.returncode}"])[-1]
        line = json.loads(done.stdout.splitlines()[-1])
        return Run(seconds, line["megabytes"], frozenset((iri, curie(path)) for iri, path in line["told"]))


@dataclass(frozen=True)
class Comparison:
    """The ratios, and in words: what could not be measured, where results differ, and the memory that it took."""

    targets: Sequence[Target] = ()
    left_out: Sequence[str] = ()
    differences: Sequence[str] = ()
    memory: Sequence[str] = ()


def installed(official: Path, other_python: Path) -> tuple[list[Engine], list[str]]:
    """Return the engines there are, ours first, and what is missing of the others."""
    shapes, python = [official / PROFILE / name for name in OFFICIAL], Path(sys.executable)
    found = [Engine(name, python) for name in (OURS, "imports", "libraries")]
    if not all(path.is_file() for path in shapes):
        return found, [f"the official shapes are not at {official / PROFILE}"]
    found += [Engine(name, python, shapes) for name in ("compiled", "pyshacl")]
    if not other_python.is_file():
        return found, [f"rudof is not installed for {other_python}"]
    return [*found, Engine("rudof", other_python, shapes)], []


def compare(work: Path, official: Path, other_python: Path, plan: Plan = WHOLE) -> Comparison:
    """Measure all engines at each size of a plan, alternately."""
    found, left_out = installed(official, other_python)
    runs: dict[tuple[int, str], list[Run]] = {}
    for count, engine, run in _runs(work, found, plan.rounds):
        if isinstance(run, Run):
            runs.setdefault((count, engine), []).append(run)
        elif engine == OURS:
            raise SystemExit(f"our validation of {count:,} datasets failed: {run}")
        else:
            left_out.append(f"{engine} at {count:,} datasets: {run}")
    return Comparison(
        list(_targets(runs, plan.limits)), list(dict.fromkeys(left_out)), list(_differences(runs)), list(_memory(runs))
    )


def _runs(work: Path, engines: list[Engine], sizes: Mapping[int, int]) -> Iterator[tuple[int, str, Run | str]]:
    """Yield what came of each run, with the number of datasets and the name of the engine."""
    background = work / "background.nt"
    made = parse_shapes(["".join(turtle(200))])  # each kind of break is there
    lists = load_lists(resources.value_lists())
    background.write_bytes(write(unique(lists.background(made.named())), "nt", {}))
    for count, rounds in sizes.items():
        catalogue = work / f"made-{count}.ttl"
        catalogue.write_text("".join(turtle(count)), encoding="utf-8")
        for engine in engines * rounds:
            yield count, engine.name, engine.run(catalogue, background)


Runs = Mapping[tuple[int, str], Sequence[Run]]


def _seconds(runs: Runs, count: int, name: str) -> float:
    return statistics.median(run.seconds for run in runs[count, name])


def _targets(runs: Runs, limits: Limits) -> Iterator[Target]:
    """Yield the ratios that have a limit, and those to each other engine; then our growth and our memory."""
    others = {(count, OURS, name): math.inf for count, name in runs if name in ("compiled", "pyshacl", "rudof")}
    for (count, one, other), limit in sorted({**others, **limits}.items()):
        if (count, one) in runs and (count, other) in runs:
            sides = _seconds(runs, count, one), _seconds(runs, count, other)
            yield Target(f"{count:,} datasets: {one} / {other}", *sides, limit)
    if (10_000, OURS) in runs:
        small, large = (_seconds(runs, count, OURS) for count in (1_000, 10_000))
        yield Target("validation of 10,000 datasets / of 1,000", large, small, 12)
        most = max(run.megabytes for run in runs[10_000, OURS])
        yield Target("megabytes for 10,000 datasets / allowed", most, MOST, 1)


def _differences(runs: Runs) -> Iterator[str]:
    """Yield who tells other breaks than were sown."""
    for (count, name), done in runs.items():
        if name not in ("imports", "libraries") and any(run.told != sown(count) for run in done):
            yield f"{name} at {count:,} datasets tells other breaks than were sown"


def _memory(runs: Runs) -> Iterator[str]:
    """Yield the most memory that each engine took at each size, reading included."""
    for (count, name), done in runs.items():
        yield f"{name}, {count:,} datasets: {max(run.megabytes for run in done):,.0f} MB"


def main(shared: str) -> int:
    """Print the short comparison; return 1 when something is a third worse than it was."""
    with tempfile.TemporaryDirectory() as folder:
        compared = compare(Path(folder), Path(shared) / "standards", Path("none"), SHORT)
    for target in compared.targets:
        print(f"{target.name:40}{target.ratio:8.3f}{target.limit:9.3f}{'' if target.met else '   MISSED'}")
    print(*compared.differences, *compared.left_out, sep="\n")
    return int(bool(compared.differences) or not all(target.met for target in compared.targets))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
