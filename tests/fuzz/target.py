"""A way into the program that is searched: how inputs for it are made, and what must hold for each."""

from __future__ import annotations

import hashlib
import re
import traceback
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from hypothesis.strategies import SearchStrategy

from ogp_data.core.findings import Finding, rules

TESTS = Path(__file__).parents[1]
ROOT = TESTS.parent
CORPUS = TESTS / "corpus"
SOURCES = str(ROOT / "src")


@dataclass(frozen=True, slots=True)
class Case:
    """One input, as a file of the corpus holds it."""

    content: bytes
    suffix: str


class BrokenError(AssertionError):
    """Something that must hold whatever the input is, and does not; `what` names it in a word or two."""

    def __init__(self, what: str, detail: str) -> None:
        super().__init__(f"{what}: {detail}")
        self.what = what


Check = Callable[[Case], str]
"""Try a case: return in words what came of it, which is the same each time; raise when it is not as it must be."""


@dataclass(frozen=True, slots=True)
class Target:
    """A way in: its name, its inputs, and what yields the check while a folder of its own is there for it."""

    name: str
    cases: SearchStrategy[Case]
    open: Callable[[Path], AbstractContextManager[Check]]


def signature(reason: BaseException) -> str:
    """Return which fault this is: the same for two inputs that meet the same one."""
    if isinstance(reason, BrokenError):
        return reason.what
    codes = [frame.f_code for frame, _ in traceback.walk_tb(reason.__traceback__)]
    ours = [code for code in codes if code.co_filename.startswith(SOURCES)]
    last = ours[-1] if ours else codes[-1]
    where = f" in {Path(last.co_filename).stem}.{last.co_qualname}"
    return f"{type(reason).__name__}{where}".replace("<locals>.", "")


def file_name(fault: str, case: Case) -> str:
    """Return what a case that shows a fault is called in the corpus."""
    words = "-".join(re.findall(r"[a-z0-9]+", fault.lower()))[:60]
    return f"{words}-{hashlib.sha256(case.content).hexdigest()[:8]}{case.suffix}"


def told(findings: Iterable[Finding], placed: bool = True) -> str:
    """Return findings in words; BrokenError for one that does not say what, where and how to fix it."""
    lines = []
    for found in findings:
        if found.rule == "internal-error":
            raise BrokenError(f"internal-error {_where(Path(found.place.file))}", str(found))
        if found.rule not in rules() or not found.message.strip() or not found.hint.strip():
            raise BrokenError(f"{found.rule} says nothing", repr(found))
        if placed and found.severity == "error" and not str(found.place):
            raise BrokenError(f"{found.rule} has no place", found.message)
        lines.append(str(found))
    return "\n".join(lines)


def _where(report: Path) -> str:
    """Return where a fault of the program was met, by the report that it writes of it."""
    text = report.read_text(encoding="utf-8") if report.is_file() else ""
    frames = re.findall(rf'File "{SOURCES}[^"]*/(\w+)\.py", line \d+, in (\S+)', text)
    return " in ".join((text.strip().rpartition("\n")[2].partition(":")[0], *map(".".join, frames[-1:])))


def case_of(path: Path) -> Case:
    """Return the case that a file of the corpus holds."""
    return Case(path.read_bytes(), path.suffix)


def digest(said: str) -> str:
    """Return a short text that stands for what came of a case."""
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


def kept(target: str, fault: str, case: Case) -> Path:
    """Put a case into the corpus, and return its file."""
    path = CORPUS / target / file_name(fault, case)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(case.content)
    return path
