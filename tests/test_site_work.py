"""The work of writing a site: that of a page is the same however many are beside it; and pages are light to load."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from conftest import ROOT
from ogp_data import pipeline
from ogp_data.pipeline import Folders

sys.path.insert(0, str(ROOT / "bench"))

from bench import make_publication, share_declarations

from page_weight import weight


class Stopped(BaseException):
    """Ends a build when what is to be counted is counted; no fault, which the build would tell of."""


def calls(work: Callable[[], object]) -> int:
    """Return how many functions are called by something, those that are written in C too."""
    count = 0

    def counted(_frame: FrameType, event: str, _argument: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counted)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


def work_of(count: int, folder: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """Return how much is called to write the site of so many commitments."""
    folder.mkdir()
    share_declarations(folder / "data")
    name = make_publication(folder / "data", count)
    staged, found = pipeline.stage_site, []

    def stage(*given: Any) -> None:
        staged(*given)  # the first time templates are compiled
        found.append(calls(lambda: staged(*given)))
        raise Stopped

    monkeypatch.setattr(pipeline, "stage_site", stage)
    with pytest.raises(Stopped):
        pipeline.run(Folders(folder / "data", folder / "build", folder / "dist"), name, "", "", lambda _: None)
    monkeypatch.setattr(pipeline, "stage_site", staged)
    return found[0]


def test_the_work_of_a_page_does_not_grow_with_the_pages_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # All of them have so many commitments that their list is on a page of its own.
    few, more, most = (work_of(count, tmp_path / str(count), monkeypatch) for count in (96, 120, 144))
    first, then = (more - few) / 24, (most - more) / 24
    assert then < 1.001 * first, (few, more, most)


def test_home_datasets_and_dictionary_are_light_to_load(published: Path) -> None:
    names = [f"{table.parent.name}/index.html" for table in published.glob("*/*.csv")]
    pages = [published / one / name for one in ("", "en") for name in ("index.html", "dictionary.html", *names)]
    pages = [page for page in pages if page.exists()]
    assert len(pages) > 20
    assert {page.relative_to(published).as_posix(): size for page in pages if (size := weight(page)) > 60_000} == {}


SHEETS = re.compile(r'<link rel="stylesheet" href="([^"]+)"')
NAMED = re.compile(r"\.([a-z][\w-]*)")
CLASSES = re.compile(r'class="([^"]*)"')
RULE = re.compile(r"[^{}]+(?=\{)")


def test_each_class_on_a_page_has_the_style_of_a_sheet_that_the_page_loads(published: Path) -> None:
    styled = {
        sheet.name: {name for rule in RULE.findall(sheet.read_text("utf-8")) for name in NAMED.findall(rule)}
        for sheet in (published / "site").glob("*.css")
    }
    known = set[str]().union(*styled.values())
    bare = {}
    for page in published.rglob("*.html"):
        text = page.read_text("utf-8")
        sheets = [Path(address).name for address in SHEETS.findall(text)]
        has = set[str]().union(*(styled[sheet] for sheet in sheets))
        if sheets and (lost := {name for found in CLASSES.findall(text) for name in found.split()} & known - has):
            bare[page.relative_to(published).as_posix()] = lost
    assert bare == {}
