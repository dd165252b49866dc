"""Measure the speed of ogp-data, as ratios in one run: `make bench`.

1. The whole publication of nl-2020-2022 against the bare import of the five libraries that it uses.
2. `ogp-data --help` against the same import.
3. A made publication of 10,000 assessments against one of 1,000.
4. Writing its site against writing and hashing the same files (`site_pages.py`).
5. Headers and queries that are made to take long, ten times as long (`hostile.py`).
6. Reading a PDF against the plain pass of the library that reads it, and the memory for ten times the pages
   (`documents.py`).
7. The validation of a made catalogue of 100, 1,000 and 10,000 datasets against other SHACL engines (`shacl.py`).

Each figure is the median of several runs. A run is a whole process, and the runs of one comparison alternate, so
that a busy moment of the machine touches both sides alike. The exit code is 1 when a target is missed, or when the
engines tell different breaks. What is not there (the official shapes, another engine) is left out, and that is told.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import io
import itertools
import json
import math
import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import documents
import hostile
from shacl import Comparison, compare
from site_pages import measure_site
from targets import ENVIRONMENT, Target, alternated, duration

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "data"
MODEL = "nl-2020-2022"
REFERENCE = Path("reference", "ogp-commitments.csv")
LIBRARIES = ("rdflib", "pandas", "frictionless", "pyshacl", "requests")
SMALL, LARGE = 1_000, 10_000
COMMITMENTS_IN_THEME = 100


@dataclass(frozen=True)
class Results:
    """What one run of the benchmark found: ratios, the seconds of each stage of the large publication, and SHACL."""

    targets: Sequence[Target] = ()
    stages: Mapping[str, float] = field(default_factory=dict)
    shacl: Comparison = field(default_factory=Comparison)

    @property
    def all_targets(self) -> list[Target]:
        return [*self.targets, *self.shacl.targets]

    @property
    def good(self) -> bool:
        return all(target.met for target in self.all_targets) and not self.shacl.differences

    def as_dict(self) -> dict[str, object]:
        return {
            "machine": {"cores": os.cpu_count(), "python": platform.python_version()},
            "targets": [target.as_dict() for target in self.all_targets],
            "stages": dict(self.stages),
            "left_out": list(self.shacl.left_out),
            "differences": list(self.shacl.differences),
            "memory": list(self.shacl.memory),
        }


# Whole processes ----------------------------------------------------------------------------------------


def run(*arguments: str) -> list[tuple[float, str]]:
    """Run Python as a process of its own; return each line of its progress with the second at which it came."""
    begun = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *arguments], env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    assert process.stderr is not None
    progress = [(time.perf_counter() - begun, line.strip()) for line in process.stderr]
    if process.wait():
        raise SystemExit("\n".join([f"python {' '.join(arguments)} failed:", *(line for _, line in progress)]))
    return [*progress, (time.perf_counter() - begun, "")]


OPEN_LISTS = """
from ogp_data.core import resources
from ogp_data.models.lists import load_lists
lists, tables = load_lists(resources.value_lists()), "http://publications.europa.eu/resource/authority/"
assert all(lists.label(tables + code) for code in ("country/NLD", "language/NLD", "licence/CC_BY_4_0"))
"""


def seconds(*arguments: str) -> float:
    """Return how long a process takes."""
    return duration(lambda: run(*arguments))


def import_libraries() -> float:
    return seconds("-c", f"import {', '.join(LIBRARIES)}")


def open_lists() -> float:
    """Return how long a process takes that asks for the label of a country, a language and a licence."""
    return seconds("-c", OPEN_LISTS)


def publish(data: Path, name: str, work: Path) -> list[tuple[float, str]]:
    """Publish into an empty folder; return the progress with its times."""
    with tempfile.TemporaryDirectory(dir=work) as folder:
        folders = ["--data", str(data), "--build", f"{folder}/build", "--dist", f"{folder}/dist"]
        return run("-m", "ogp_data", "publish", name, *folders)


# A made publication -------------------------------------------------------------------------------------


def make_publication(data: Path, count: int) -> str:
    """Write a publication of `count` assessments, declared like the shipped one; return its name."""
    name = f"made-{count}"
    folder = data / name
    (folder / "source").mkdir(parents=True)
    (folder / "reference").mkdir()
    content = "\n".join(_document(count)).encode()
    (folder / "source" / "document.txt").write_bytes(content)
    (folder / REFERENCE).write_text(_reference(count), encoding="utf-8")
    digest = hashlib.sha256(content).hexdigest()
    (folder / "publication.toml").write_text(_declaration(name, digest), encoding="utf-8")
    return name


def share_declarations(data: Path) -> None:
    """Let the made publications use what those of the project share."""
    data.mkdir()
    for shared in ("agents.toml", "site.toml"):
        (data / shared).symlink_to(DATA / shared)


def _document(count: int) -> Iterator[str]:
    """Yield the lines of a document with the parts of the shipped one, all but the text about the process."""
    yield "## OGP Self-Assessment Open Government Action Plan 2020-2022"
    yield from ("", "<b>Country</b>\tNetherlands", "<b>Date Prepared</b>\tMay 26 2023", "")
    yield from ("## Introduction", "", f"The plan has themes, each has commitments: {' '.join(_phrases('narrative'))}.")
    for number in range(1, count + 1):
        if number % COMMITMENTS_IN_THEME == 1:
            yield from ("", f"### {_roman(number // COMMITMENTS_IN_THEME + 1)}. Theme of commitment {number}", "")
        yield f"{number}. {_title(number)}"
    yield from ("", "## Assessment of the Commitments", "", "*Provide your progress assessment below.*", "")
    yield "\t".join(_HEADINGS)
    said = _phrases("assessments")
    yield from (_assessment(number, said[number % len(said)]) for number in range(1, count + 1))


def _phrases(dataset: str) -> list[str]:
    """Return the words that the shipped declaration looks for in a dataset: a made document must hold them, too."""
    declared = tomllib.loads((DATA / MODEL / "publication.toml").read_text(encoding="utf-8"))["datasets"]
    tables = ((name, column) for name, table in declared.items() for column in table.get("columns", {}).values())
    searching = ((column.get("of", name), column) for name, column in tables if isinstance(column, dict))
    return [phrase["words"] for name, column in searching if name == dataset for phrase in column.get("phrase", ())]


_HEADINGS = (
    "Commitment",
    "Assessment of Progress (Green/Ambler/Red)",
    "Evidence supporting the assessment",
    "Reasons for the assessment",
    "Next Steps",
)


def _title(number: int) -> str:
    return f"Commitment {number} about open government"


def _assessment(number: int, said: str) -> str:
    """Return a row of the table; every second one has a link, and every fourth link lost its address."""
    address = "#" if number % 8 == 0 else f"https://www.example.org/reports/{number}"
    link = f'<a href="{address}">the report on commitment {number}</a>' if number % 2 == 0 else "the annual report"
    evidence = f"<p>The evidence for commitment {number} stands in {link}.</p> <p>It was published &amp; discussed.</p>"
    reasons = f"{said} Milestone {number} is one that those responsible kept in touch about."
    return f"{number}. {_title(number)}\t\t{evidence}\t{reasons}\tThe work of commitment {number} will go on."


def _roman(number: int) -> str:
    signs = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    text = ""
    for value, sign in signs:
        text += sign * (number // value)
        number %= value
    return text


def _reference(count: int) -> str:
    """Return the shipped reference table for so many commitments: its rows in turn, with numbers of their own."""
    with (DATA / MODEL / REFERENCE).open(encoding="utf-8", newline="") as file:
        shipped = list(csv.DictReader(file))
    text = io.StringIO()
    writer = csv.DictWriter(text, shipped[0], lineterminator="\n")
    writer.writeheader()
    for number in range(1, count + 1):
        own = {
            "commitment_number": number,
            "ogp_id": f"NL{number - 1:04}",
            "ogp_url": f"https://www.example.org/ogp/{number}",
        }
        writer.writerow(shipped[number % len(shipped)] | own)
    return text.getvalue()


_LEFT_OUT = ("process", "irm_lessons", "recommendations")
"""Datasets of the shipped publication whose text the made documents do not have."""


def _declaration(name: str, digest: str) -> str:
    """Return the shipped declaration for a made document: other facts, fewer tables, no number of rows."""
    shipped = (DATA / MODEL / "publication.toml").read_text(encoding="utf-8")
    head, *datasets = re.split(r"(?m)^(?=\[datasets\.)", shipped)
    left_out = tuple(f"[datasets.{left}{end}" for left in _LEFT_OUT for end in ".]")
    kept = [text for text in datasets if not text.startswith(left_out)]
    head = re.sub(r"\[\[section\]\]\n.*?(?=\n\n|\Z)", "", head, flags=re.S)
    head = re.sub(r"(?m)^file = \"source/.*$", 'file = "source/document.txt"', head)
    head = re.sub(r"(?m)^sha256 = .*$", f'sha256 = "{digest}"', head)
    text = "".join([head, *kept]).replace(MODEL, name)
    return re.sub(r"(?m)^rows = \d+\n", "", text)


# The benchmark ------------------------------------------------------------------------------------------


def measure_publication(work: Path, rounds: int, large_rounds: int) -> tuple[list[Target], dict[str, float]]:
    """Return the ratios of publications, and the seconds of each stage of a large one."""
    import_libraries()  # the first start compiles the libraries; it is not counted
    imported, published, helped, begun, opened = alternated(
        rounds,
        import_libraries,
        lambda: duration(lambda: publish(DATA, MODEL, work)),
        lambda: seconds("-m", "ogp_data", "--help"),
        lambda: seconds("-c", "import rdflib"),
        open_lists,
    )
    small, large, stages = measure_growth(work, large_rounds)
    targets = [
        Target(f"publication of {MODEL} / import of the libraries", published, imported, 1.8),
        Target("ogp-data --help / import of the libraries", helped, imported, 1 / 5),
        Target("value lists opened / import of rdflib alone", opened, begun, 1.5),
        Target(f"publication of {LARGE:,} assessments / of {SMALL:,}", large, small, 12),
        *measure_site(work / "data", f"made-{LARGE}", work, large_rounds),
    ]
    return targets, stages


def measure_growth(work: Path, rounds: int) -> tuple[float, float, dict[str, float]]:
    """Return the seconds of a small and of a large publication, and the seconds of each stage of the large one."""
    data = work / "data"
    share_declarations(data)
    names = [make_publication(data, count) for count in (SMALL, LARGE)]
    runs: list[list[tuple[float, str]]] = []

    def publish_large() -> float:
        runs.append(publish(data, names[1], work))
        return runs[-1][-1][0]

    small, large = alternated(rounds, lambda: publish(data, names[0], work)[-1][0], publish_large)
    return small, large, _stages(runs)


def _stages(runs: Sequence[Sequence[tuple[float, str]]]) -> dict[str, float]:
    """Return the median seconds of each stage: from its line of progress to the next one."""
    times: dict[str, list[float]] = {}
    for progress in runs:
        times.setdefault("starting", []).append(progress[0][0])
        for (begun, line), (ended, _) in itertools.pairwise(progress):
            times.setdefault(line.partition(": ")[2], []).append(ended - begun)
    return {stage: statistics.median(durations) for stage, durations in times.items()}


def table(results: Results) -> str:
    """Return the results as a table to read."""
    lines = [f"{'':58}{'seconds':>17}{'ratio':>8}{'target':>9}", *map(_row, results.all_targets)]
    if results.stages:
        lines += ["", f"where the time of {LARGE:,} assessments goes, in seconds:"]
        lines += [f"  {stage:32}{duration:7.2f}" for stage, duration in results.stages.items()]
    if results.shacl.memory:
        lines += ["", "memory of a validation at its peak, reading included:"]
        lines += [f"  {line}" for line in results.shacl.memory]
    lines += [f"DIFFERENT: {line}" for line in results.shacl.differences]
    return "\n".join([*lines, *(f"left out: {line}" for line in results.shacl.left_out)])


def _row(target: Target) -> str:
    pair = f"{target.numerator:.2f} / {target.denominator:.2f}"
    line = f"{target.name:58}{pair:>17}{target.ratio:8.2f}"
    if target.limit == math.inf:
        return line
    return f"{line}{f'<= {target.limit:.3g}':>9}  {'met' if target.met else 'MISSED'}"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure the speed of ogp-data, as ratios in one run.")
    parser.add_argument("--json", action="store_true", help="print one JSON document instead of a table")
    parser.add_argument("--only", choices=("publication", "documents", "shacl"), help="measure only this part")
    parser.add_argument("--rounds", type=int, default=7, help="runs of each short measure (default: 7)")
    parser.add_argument("--large-rounds", type=int, default=3, help="runs of each made publication (default: 3)")
    parser.add_argument(
        "--shared",
        type=Path,
        default=Path(os.environ.get("OGP_SHARED", ROOT.parent / "shared")),
        help="folder with the official shapes and sample documents (default: OGP_SHARED, or ../shared)",
    )
    parser.add_argument(
        "--engine-python",
        type=Path,
        default=ROOT / "build" / "bench-venv" / "bin" / "python",
        help="a Python for which bench/requirements.txt is installed (default: build/bench-venv/bin/python)",
    )
    return parser.parse_args()


def measure(options: argparse.Namespace) -> Results:
    """Measure the parts that are asked for."""
    results = Results()
    with tempfile.TemporaryDirectory() as folder:
        if options.only in (None, "documents"):
            results = replace(results, targets=documents.measure(Path(folder), options.shared, options.rounds))
        if options.only in (None, "publication"):
            targets, stages = measure_publication(Path(folder), options.rounds, options.large_rounds)
            targets += [*hostile.measure(options.rounds), *results.targets]
            results = replace(results, targets=targets, stages=stages)
        if options.only in (None, "shacl"):
            compared = compare(Path(folder), options.shared / "standards", options.engine_python)
            results = replace(results, shacl=compared)
    return results


def main() -> int:
    """Measure, print, and return 1 when a target is missed."""
    options = _options()
    results = measure(options)
    print(json.dumps(results.as_dict(), indent=2) if options.json else table(results))
    return 0 if results.good else 1


if __name__ == "__main__":
    sys.exit(main())
