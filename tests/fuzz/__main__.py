"""`make fuzz`: search every target for its part of the time, and tell what was tried and what was found."""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread

from fuzz.search import CURRENT, LONGEST
from fuzz.target import TESTS, Case, case_of, kept
from fuzz.targets import TARGETS

PATIENCE = LONGEST + 10
"""Seconds after which a search that does not come out of one input by itself is killed."""
HANGS = 3
"""After so many killed searches a target is left alone."""


@dataclass(slots=True)
class Sums:
    """What came of the search of one target."""

    target: str
    inputs: int = 0
    seconds: float = 0.0
    slowest: float = 0.0
    memory: int = 0
    ignored: int = 0
    samples: dict[str, str] = field(default_factory=dict)
    found: list[dict[str, str]] = field(default_factory=list)

    def count(self, hang: bool) -> int:
        return sum(found["found"].startswith("HangError") == hang for found in self.found)

    def __str__(self) -> str:
        known = f", {self.ignored} met a fault that is known" if self.ignored else ""
        return (
            f"{self.target:14}{self.inputs:>8} inputs in {self.seconds:>6.0f} s, {self.count(False)} faults,"
            f" {self.count(True)} hangs, slowest {self.slowest:.2f} s, memory {self.memory} MB{known}"
        )


def seconds_of(text: str) -> float:
    """Return a time as people write it, 90, 90s, 10m or 2h, in seconds."""
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([smh]?)", text.strip())
    if match is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no time, such as 300, 10m or 2h")
    return float(match[1]) * {"": 1, "s": 1, "m": 60, "h": 3600}[match[2]]


def search(target: str, seconds: float, seed: int, scratch: Path) -> Sums:
    """Search a target; a search that hangs or dies is begun again after what it came upon."""
    sums, until = Sums(target), time.monotonic() + seconds
    for attempt in range(HANGS):
        left = until - time.monotonic()
        if left <= 0:
            break
        known = [found["found"] for found in sums.found]
        options = ["--seconds", str(left), "--seed", str(seed + attempt), "--known", *known]
        killed = _run(target, scratch, options, sums)
        sums.seconds = seconds - max(0.0, until - time.monotonic())
        if not killed:
            break
    if sums.samples:
        _again(target, scratch, sums)
    return sums


def _run(target: str, scratch: Path, options: Sequence[str], sums: Sums) -> bool:
    """Run one process of a search and take up what it tells; return whether it was killed or died."""
    process = subprocess.Popen(
        _command(target, scratch, options), stdout=subprocess.PIPE, env=_environment("1"), start_new_session=True
    )
    try:
        for line in _lines(process, scratch / CURRENT):
            if "found" in line:
                sums.found.append(line)
                print(f"{target}: {line['found']}: {line['detail']}", flush=True)
            else:
                sums.inputs += line["inputs"]
                sums.ignored += line["ignored"]
                sums.slowest = max(sums.slowest, line["slowest"])
                sums.memory, sums.samples = line["memory"], line["samples"]
                return False
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    _take_current(scratch, sums, f"ended with {process.returncode}")
    return True


def _command(target: str, scratch: Path, options: Sequence[str]) -> list[str]:
    return [sys.executable, "-m", "fuzz.search", target, str(scratch), *options]


def _environment(hash_seed: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(TESTS), "PYTHONHASHSEED": hash_seed}


def _lines(process: subprocess.Popen[bytes], current: Path) -> Iterator[dict[str, object]]:
    """Yield what a search tells, until it ends or does not come out of one input."""
    queue: SimpleQueue[bytes] = SimpleQueue()
    stream = process.stdout
    assert stream is not None

    def read() -> None:
        with stream:
            for line in stream:
                queue.put(line)
        queue.put(b"")

    Thread(target=read, daemon=True).start()
    while True:
        try:
            line = queue.get(timeout=1)
        except Empty:
            if _stuck(current):
                return
            continue
        if not line:
            return
        yield json.loads(line)


def _stuck(current: Path) -> bool:
    with suppress(OSError):
        about = current.stat()
        return bool(about.st_size) and time.time() - about.st_mtime > PATIENCE
    return False


def _take_current(scratch: Path, sums: Sums, how: str) -> None:
    """Take up the case that a search was killed or died on."""
    content = (scratch / CURRENT).read_bytes() if (scratch / CURRENT).exists() else b""
    suffix, _, rest = content.partition(b"\n")
    if not content:
        raise SystemExit(f"The search of {sums.target} {how} without a case.")
    fault = f"HangError or crash {len(sums.found)}"
    _found(sums, fault, how, Case(rest, suffix.decode()))


def _found(sums: Sums, fault: str, detail: str, case: Case) -> None:
    """Take up a fault that a search cannot tell of itself."""
    sums.found.append({"found": fault, "detail": detail, "file": str(kept(sums.target, fault, case))})
    print(f"{sums.target}: {fault}: {detail}", flush=True)


def _again(target: str, scratch: Path, sums: Sums) -> None:
    """Try some inputs again in a process that hashes otherwise: the same must come of them."""
    folder = scratch / "samples"
    files = [str(folder / name) for name in sorted(sums.samples)]
    command = _command(target, scratch, ["--again", *files])
    done = subprocess.run(command, stdout=subprocess.PIPE, env=_environment("2"), check=False)
    if done.returncode:
        raise SystemExit(f"The inputs of {target} could not be tried again.")
    other = json.loads(done.stdout.splitlines()[-1])["again"]
    for name, first in sums.samples.items():
        if other.get(name) != first:
            _found(sums, "not the same twice", "another process tells it otherwise", case_of(folder / name))
            return


def main() -> int:
    """Search, and return 1 when something was found."""
    parser = argparse.ArgumentParser(prog="make fuzz", description=__doc__)
    parser.add_argument(
        "--time", type=seconds_of, default=300.0, help="how long altogether: 300, 10m, 2h (default: 5m)"
    )
    parser.add_argument("--target", choices=TARGETS, action="append", help="only this one (default: all of them)")
    parser.add_argument("--seed", type=int, default=0, help="begin with the same inputs as another run with this seed")
    options = parser.parse_args()
    seed = options.seed or random.SystemRandom().randrange(1, 10**6)
    names = options.target or list(TARGETS)
    print(f"seed {seed}, {options.time / len(names):.0f} s for each of: {', '.join(names)}", flush=True)
    done = []
    for name in names:
        with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
            done.append(search(name, options.time / len(names), seed, Path(folder)))
        print(done[-1], flush=True)
    found = [one for sums in done for one in sums.found]
    for one in found:
        print(f"\n{one['found']}\n    {one['detail']}\n    {one['file']}")
        print(f"    again: .venv/bin/pytest tests/test_corpus.py -k {Path(one['file']).name}")
    print(f"\n{sum(one.inputs for one in done)} inputs, {len(found)} found")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
