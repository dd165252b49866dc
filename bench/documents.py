"""Reading documents: our whole reading of a PDF against the plain pass of its library, and how its memory grows.

The plain pass is what any program begins with that reads tables of a PDF by pdfplumber: the letters, lines and boxes of
each page, its words and its tables, each page closed behind it. Ours does that too, reads the PDF a second time by
another library, compares both, and gives back the whole document.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from targets import ENVIRONMENT, Target, alternated

SAMPLE = Path("samples", "us-nap2-midterm-self-assessment.pdf")
FEW, MANY = 50, 500
LABELS = ("Lead implementing agency", "Other actors involved", "Start date", "End date", "Main objective", "Next steps")
SAID = "The council publishes the minutes of its meetings and answers every question that people ask of it in writing. "

PLAIN = """
import sys, pdfplumber
with pdfplumber.open(sys.argv[1]) as pdf:
    for page in pdf.pages:
        page.chars, page.lines, page.rects, page.hyperlinks, page.extract_words(), page.extract_tables()
        page.close()
"""

OURS = """
import sys
from pathlib import Path
from ogp_data.core.source import SourceFile
from ogp_data.documents import read
assert read("pdf", SourceFile("document.pdf", Path(sys.argv[1]).read_bytes())).blocks
"""

KEPT = f"""
from ogp_data.documents import keeping
import sys; from pathlib import Path
with keeping(Path(sys.argv[2])):{OURS.replace(chr(10), chr(10) + "    ")}
"""


def made(path: Path, pages: int) -> Path:
    """Write a PDF with a table of labels and values for each page, as forms have them, and return it."""
    from fpdf import FPDF

    paper = FPDF(unit="pt", format="A4")
    paper.set_auto_page_break(False)
    for number in range(1, pages + 1):
        paper.add_page()
        paper.set_font("helvetica", "B", 14)
        paper.text(72, 72, f"{number}. Commitment of the page")
        paper.set_font("helvetica", size=9)
        for row, label in enumerate(LABELS):
            top = 90 + 110 * row
            paper.set_fill_color("#deeaf6")
            paper.rect(72, top, 110, 110, style="DF")
            paper.rect(182, top, 340, 110)
            paper.set_xy(74, top + 4)
            paper.multi_cell(106, 12, label)
            paper.set_xy(184, top + 4)
            paper.multi_cell(330, 12, f"{SAID * 4} ({number}.{row})")
    path.write_bytes(bytes(paper.output()))
    return path


def measure(work: Path, shared: Path, rounds: int) -> list[Target]:
    """Return the ratios of time, on the sample or a made PDF of as many pages, and of memory."""
    sample = shared / SAMPLE
    path = sample if sample.exists() else made(work / "made-28.pdf", 28)
    what = "the PDF of 28 pages" if sample.exists() else "a made PDF of 28 pages"
    shelf = work / "kept"
    _seconds(KEPT, path, shelf)
    ours, plain, kept = alternated(
        rounds, lambda: _seconds(OURS, path), lambda: _seconds(PLAIN, path), lambda: _seconds(KEPT, path, shelf)
    )
    worked, plainly = alternated(rounds, lambda: processor_seconds(OURS, path), lambda: processor_seconds(PLAIN, path))
    targets = [
        Target(f"processors at work for it / for the plain pass of {what}", worked, plainly),
        Target(f"reading {what} / plain pass of pdfplumber", ours, plain, 1.5),
        Target(f"reading {what} again / plain pass of pdfplumber", kept, plain),
    ]
    if Path("/proc/self/smaps_rollup").exists():
        many, few = (megabytes(OURS, made(work / f"made-{pages}.pdf", pages)) for pages in (MANY, FEW))
        targets.append(Target(f"megabytes for {MANY} pages / for {FEW}", many, few, 1.5))
    return targets


def _seconds(program: str, *arguments: Path) -> float:
    """Return how long a process takes, with all that it begins."""
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-c", program, *map(str, arguments)], env=ENVIRONMENT, check=True)
    return time.perf_counter() - begun


def processor_seconds(program: str, *arguments: Path) -> float:
    """Return how long processors are at work for a process and all that it begins."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    _seconds(program, *arguments)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


# Memory ---------------------------------------------------------------------------------------------------------


def megabytes(program: str, *arguments: Path) -> float:
    """Return the most memory that a process and all that it begins take together, what they share counted once."""
    process = subprocess.Popen([sys.executable, "-c", program, *map(str, arguments)], env=ENVIRONMENT)
    peak = 0
    while process.poll() is None:
        peak = max(peak, sum(map(_proportional, _family(process.pid))))
        time.sleep(0.02)
    if process.returncode:
        raise SystemExit(f"a process failed with {process.returncode}")
    return peak / 1024


def _family(process: int) -> Iterator[int]:
    yield process
    with suppress(OSError):
        for child in Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split():
            yield from _family(int(child))


def _proportional(process: int) -> int:
    """Return the kilobytes of a process, its share of what it has in common with others."""
    with suppress(OSError):
        lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
        return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
    return 0
