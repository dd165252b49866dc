"""Whole publications by chance, each with all that strangers put in one: published sound, or told what is wrong.

Thousands were made so; `python tests/test_wholes.py FIRST LAST` makes as many as one likes. A sample stands here.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from unicodedata import normalize

import pytest

from made_commitments import NAME, Made, publish
from made_commitments import lay_down as lay_down_made
from made_wholes import lay_down, whole
from ogp_data import beside, documents, pipeline
from ogp_data.core.frame import Frame, Link
from ogp_data.documents.readers import READERS
from site_rules import Page, broken, read, root_broken, squeezed

SAMPLE = ((3, 7, 24), (27, 28, 39))


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have documents read by this process, which begins no other for each."""
    monkeypatch.setattr(documents, "read_bounded", lambda kind, file: READERS[kind].read(file))


def wrong(seeds: Sequence[int], folder: Path) -> Iterator[str]:
    """Publish the publications of seeds beside each other, and yield what does not hold, with its seed."""
    made = {one.name: (seed, one) for seed in seeds for one in [whole(seed)]}
    folders, published = lay_down([one for _, one in made.values()], folder), dict[str, int]()
    for name, (seed, one) in made.items():
        for outcome in (pipeline.run(folders, name, "", "", lambda _: None) for _ in range(2)):
            found = [each for each in outcome.report.findings if each.severity == "error"]
            told = [f"{seed}: {each}" for each in found if each.rule == "internal-error" or not each.hint]
            yield from told
            if outcome.published == bool(found):
                yield f"{seed}: published with errors, or not without"
        if outcome.published:
            if one.cells:
                shown = squeezed((outcome.folder / "commitments/commitments.csv").read_text("utf-8").replace('""', '"'))
                lost = [cell for cell in one.cells if squeezed(normalize("NFC", cell)) not in shown]
                yield from (f"{seed}: the document's {cell[:60]!r} is lost" for cell in lost)
            published[name] = one.count
            yield from (f"{seed}: {line}" for line in broken(outcome.folder, one.count, one.declared["page_languages"]))
        if outcome.changed:
            yield f"{seed}: a second run changed something"
    if published:
        yield from _root_wrong(folders, published, seeds)


def _root_wrong(folders: pipeline.Folders, published: dict[str, int], seeds: Sequence[int]) -> Iterator[str]:
    outcomes = [beside.publish_root(folders, beside.Run()) for _ in range(2)]
    if not outcomes[1].published or outcomes[1].changed:
        yield f"{seeds}: the root is not published, or changes without a reason"
    else:
        yield from (f"{seeds}: {line}" for line in root_broken(folders.dist, published))


@pytest.mark.parametrize("seeds", SAMPLE)
def test_whatever_a_publication_holds_its_pages_are_sound_or_it_is_told_what_is_wrong(
    seeds: Sequence[int], tmp_path: Path
) -> None:
    assert list(wrong(seeds, tmp_path)) == []


def test_a_seed_gives_the_same_publication() -> None:
    assert [whole(seed) for seed in range(9)] == [whole(seed) for seed in range(9)]
    assert {whole(seed).suffix for seed in range(40)} == {"md", "html", "csv", "xlsx", "txt"}


class Marked(Made):
    """A plan whose commitments and their parts are called by markup."""

    @property
    def document(self) -> str:
        """Return the document."""
        rows = "".join(f"n{n}&lt;b&gt;\ta&lt;i&gt;\tStep {n}\n" for n in range(1, 4))
        listed = "".join(f"n{n}&lt;b&gt;\tTitle {n}\n" for n in range(1, 4))
        return f"# Plan\n\n## Commitments\n\nNo\tTitle\n{listed}\n## Parts\n\nOf\tLetter\tStep\n{rows}"

    def declaration(self, content: bytes) -> str:
        """Return the declaration."""
        head = super().declaration(content).partition("[datasets.")[0]
        return f"""{head}
[datasets.commitments]
find = {{ kind = "table", headings = ["No", "Title"] }}
columns.commitment = "C{{commitment_number}}"
columns.commitment_number = {{ heading = "No" }}
columns.title = {{ heading = "Title" }}

[datasets.milestones]
find = {{ kind = "table", headings = ["Of", "Letter", "Step"] }}
columns.commitment = "C{{commitment_number}}"
columns.commitment_number = {{ heading = "Of" }}
columns.letter = {{ heading = "Letter" }}
columns.title = {{ heading = "Step" }}

[datasets.document]
"""


def test_keys_that_look_like_markup_are_words(tmp_path: Path) -> None:
    folder = publish(Marked(), tmp_path).folder
    assert list(broken(folder, 3)) == []
    page = read((folder / "commitments/row.1.html").read_text(encoding="utf-8"))
    assert "Cn1<b>-a<i>" in page.text


@pytest.mark.parametrize("character", ["\\u0001", "\\u0085", "\\uFDD0", "\\uFFFF", "\\f", "\\r"])
def test_what_no_page_may_hold_is_told_of_shared_files_and_declarations(character: str, tmp_path: Path) -> None:
    folders = lay_down_made(Made(1, 0, is_assessed=False), tmp_path)
    agents = folders.data / "agents.toml"
    agents.write_text(agents.read_text("utf-8").replace('"Office"', f'"Office {character}title{character}"'), "utf-8")
    declared = folders.data / NAME / "publication.toml"
    declared.write_text(declared.read_text("utf-8").replace("2024-2026", f"2024-2026{character}"), "utf-8")
    outcome = pipeline.run(folders, NAME, "", "", lambda _: None)
    keys = [one.place.key for one in outcome.report.findings if one.rule == "value-type"]
    assert {"agent[0].name", "contact[0].name", "plan"} <= {*keys}


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ("<p>a & b</p>", "an ampersand as it is: '& b'"),
        ("<p>a < b</p>", "no tag: '< b</p>'"),
        ("<p><b>a</p>", "</p> closes ['b']"),
        ("<x-evil onclick=alert(1)>", "no tag: '<x-evil onclick=alert(1)>'"),
        ("<x-evil></x-evil>", "<x-evil> of a cell is markup"),
        ('<p onclick="x">a</p>', "<p> of a cell is markup"),
        ("<p>a", "<p> is never closed"),
    ],
)
def test_the_strict_reading_finds_what_no_template_writes(said: str, fault: str) -> None:
    assert fault in read(said).faults


def test_the_strict_reading_finds_what_a_page_says() -> None:
    page = read('<title>A &amp; B</title><h1 id="x">One <b>two</b></h1><script>1 < 2</script><a href="#x">three</a>')
    assert page == Page("\x02One twothree", "A & B", ["One two"], ["x"], ["#x"])
    assert squeezed(" a\u200b b\n") == "ab"


@pytest.mark.parametrize(
    ("title", "site", "crumbs", "shown"),
    [
        ("A plan", "A plan", [], "A plan"),
        ("A plan", "", ["Home", "A plan"], "A plan"),
        ("Data", "A plan", ["Home", "Data"], "Data – A plan"),
        ("A plan", "A plan", ["Home", "The document"], "The document – A plan"),
        ("A plan", "A plan", ["Home", "A plan"], "A plan – A plan"),
    ],
)
def test_no_page_but_home_is_called_as_the_site_and_no_more(
    title: str, site: str, crumbs: Sequence[str], shown: str
) -> None:
    assert Frame(title, site=site, crumbs=[Link(name) for name in crumbs]).whole_title == shown


def main(first: int, last: int) -> None:
    """Make the publications of the seeds from one to another, three beside each other, and print what does not hold."""
    for seed in range(first, last, 3):
        with TemporaryDirectory() as folder:
            for line in wrong(range(seed, min(seed + 3, last)), Path(folder)):
                print(line, flush=True)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
