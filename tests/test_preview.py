"""The document beside the rows that were made of it: each text once, with what took it, and loud where nothing did."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from lxml import html

from conftest import Workspace
from document_help import words as words_of
from made_documents import DATASETS, MADE, NOTE, TABLE_ALONE, laid_down
from ogp_data import pipeline
from ogp_data.core.messages import say
from ogp_data.core.places import Page
from ogp_data.core.source import SourceFile
from ogp_data.core.tables import Cell, Table
from ogp_data.core.text import Fragment, Passage
from ogp_data.documents import READERS, Aside, draw
from ogp_data.documents.document import Reason
from ogp_data.pipeline import Folders, Outcome
from ogp_data.site.document.layout import parts
from ogp_data.site.document.leaves import MOST, bound
from ogp_data.tables.claims import claims
from test_places_of_documents import any_document, reader

ALONE = ("csv", "xlsx", "ods")


def look(workspace: Workspace) -> Outcome:
    folders = Folders(workspace.data, workspace.build, workspace.dist)
    return pipeline.run(folders, workspace.name, "", "", lambda _: None, write_dist=False, look="only")


def laid(folder: Path, kind: str) -> Workspace:
    return laid_down(folder, kind, MADE[kind](), TABLE_ALONE if kind in ALONE else DATASETS)


def page(outcome: Outcome) -> html.HtmlElement:
    assert outcome.preview
    return html.fromstring(outcome.preview.read_bytes())


def said(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


@pytest.mark.parametrize("kind", MADE)
def test_each_word_of_a_row_leads_to_the_row_and_back(kind: str, tmp_path: Path) -> None:
    outcome = look(laid(tmp_path, kind))
    assert not outcome.published
    assert not (tmp_path / "dist").exists()
    found = page(outcome)
    ids = [one.get("id") for one in found.iter() if one.get("id")]
    assert len(ids) == len(set(ids))
    for link in found.iterfind(".//a[@href]"):
        if link.get("href").startswith("#"):
            assert link.get("href")[1:] in ids
    (row,) = found.iterfind('.//article[@data-row="progress.3"]')
    assert "Stream the council" in said(row)
    texts = [said(one) for one in found.iterfind('.//a[@data-row="progress.3"]') if one.find("rect") is None]
    assert "Stream the council" in texts
    assert "see below" in texts
    assert not found.findall(".//mark")


@pytest.mark.parametrize("kind", MADE)
def test_what_no_dataset_takes_is_loud_and_the_failed_publication_shows_it(kind: str, tmp_path: Path) -> None:
    without = [one for one in (TABLE_ALONE if kind in ALONE else DATASETS) if one["name"] != "progress"]
    outcome = laid_down(tmp_path, kind, MADE[kind](), without).publish()
    assert not outcome.published
    found = page(outcome)
    lost = [said(one) for one in found.iterfind(".//mark[@id]")]
    assert any("Substantial" in text for text in lost)
    listed = [said(one) for one in found.iterfind('.//ol[@class="left"]/li')]
    assert listed == lost
    # The text of a page is open where something in it is lost, and that of no other page.
    texts = found.findall(".//details")
    assert [one.get("open") is not None for one in texts] == [one.find(".//mark") is not None for one in texts]
    assert not (tmp_path / "dist" / outcome.report.publication).exists()


def test_a_publication_that_succeeds_or_is_only_checked_makes_no_preview(tmp_path: Path) -> None:
    workspace = laid(tmp_path, "markdown")
    assert workspace.publish().preview is None
    folders = Folders(workspace.data, workspace.build, workspace.dist)
    pipeline.run(folders, workspace.name, "", "", lambda _: None, write_dist=False, look="never")
    assert not (workspace.build / workspace.name / "preview").exists()


def test_the_pages_of_a_pdf_are_pictures_with_a_box_over_each_text(tmp_path: Path) -> None:
    outcome = look(laid(tmp_path, "pdf"))
    found = page(outcome)
    pictures = found.findall(".//img")
    assert [one.get("src") for one in pictures] == ["../preview/1.png", "../preview/2.png", "../preview/3.png"]
    assert all(one.get("alt") and one.get("loading") == "lazy" for one in pictures)
    assert outcome.preview
    for one in pictures:
        assert (outcome.preview.parent / one.get("src")).read_bytes().startswith(b"\x89PNG")
    third = found.findall('.//section[@class="leaf"]')[2]
    (box,) = (one for one in third.iterfind(".//svg//a") if "narrative" in one.get("data-row"))
    assert NOTE in said(third)
    # The page is A4, 842 points high; the note is the second line of it, right below the heading.
    rectangle = box.find("rect")
    assert rectangle is not None
    assert 80 < float(rectangle.get("y")) < 160
    assert float(rectangle.get("x")) == pytest.approx(28.35 + 2.83, abs=2)


def test_what_is_found_at_several_places_is_told_once_with_all_of_them(tmp_path: Path) -> None:
    several = b"\n![](a.png)\n\n![](b.png)\n\n![A map](c.png)\n"
    found = page(look(laid_down(tmp_path, "markdown", MADE["markdown"]() + several, DATASETS)))
    told = [one for one in found.find_class("told") if "picture-unread" in said(one)]
    last = len((MADE["markdown"]() + several).splitlines())
    assert [len(one.findall(".//li")) for one in told] == [2, 0]
    assert [said(one).rpartition(", ")[2] for one in told[0].iterfind(".//li")] == [
        f"regel {last - 4}",
        f"regel {last - 2}",
    ]
    assert f"regel {last}" in said(told[1])


def test_a_picture_is_told_of_in_the_language_of_the_reader() -> None:
    (found,) = READERS["markdown"].read(SourceFile("made.md", b"![](a.png)")).findings
    assert say(found.message, "nl") == "Niet gepubliceerd: afbeelding; het document zegt er niets van."
    assert " : image " in " ".join(say(found.message, "fr").split())


def test_a_preview_is_the_same_bytes_each_time(tmp_path: Path) -> None:
    made = []
    for name in ("one", "other"):
        outcome = look(laid(tmp_path / name, "pdf"))
        assert outcome.preview
        made.append({path.name: path.read_bytes() for path in sorted(outcome.preview.parent.iterdir())})
    assert made[0] == made[1]


def test_pages_are_drawn_as_they_are_seen_and_stay_small() -> None:
    drawn = draw(SourceFile("made.pdf", MADE["pdf"](), kind="pdf", number=2))
    assert [(one.page, one.points, one.pixels) for one in drawn] == [
        (Page(number, file=2), (595.28, 841.89), (893, 1263)) for number in (1, 2, 3)
    ]
    assert max(len(one.content) for one in drawn) < 120_000
    assert draw(SourceFile("made.md", b"# A", kind="markdown")) == ()
    assert draw(SourceFile("made.pdf", b"%PDF-1.7 no more", kind="pdf")) == ()


@pytest.mark.parametrize("kind", MADE)
def test_the_parts_of_a_document_say_all_of_it_once(kind: str) -> None:
    document = READERS[kind].read(SourceFile(f"made.{kind}", MADE[kind]()))
    found = parts(document, claims(document.source, (), document.asides))
    texts = [run.text for part in found for run in part.all_runs]
    counted = words_of(document, furniture=True)
    assert sorted(" ".join(texts).split()) == sorted(word for word, count in counts(counted) for _ in range(count))


def counts(counted: dict[str, int]) -> list[tuple[str, int]]:
    return sorted(counted.items())


# Any document ---------------------------------------------------------------------------------------------


def test_any_claims_part_a_text_without_a_word_between() -> None:
    """Cells and reasons that lie anywhere, over each other too: each character is told of once, in order."""
    for seed in range(300):
        chance = random.Random(seed)
        text, readers = reader(any_document(chance))
        document = readers["converted-text"].read(SourceFile("document.txt", b""))
        size = len(text.text)
        spans = [sorted(chance.sample(range(size + 1), 2)) for _ in range(chance.randrange(6))]
        asides = [Aside(start, end, chance.choice(_REASONS)) for start, end in spans[::2]]
        cells = [{"text": Cell("x", "source", Passage((Fragment("x", a, b),)))} for a, b in spans[1::2]]
        table = Table(_Named("made"), None, (), tuple(cells))  # type: ignore[arg-type]
        found = claims(text, [table], asides)
        check_claims(text.text, found, spans)
        leaves = bound(parts(document, found), ("one.txt", "two.txt"))
        runs = [run for leaf in leaves for part in leaf.parts for run in part.all_runs]
        assert sorted("".join(run.text for run in runs).split()) == sorted(text.text.split())
        for run in runs:
            assert run.place in text.stretches
        assert all(sum(part.weight for part in leaf.parts) <= MOST for leaf in leaves if len(leaf.parts) > 1)


_REASONS: tuple[Reason, ...] = ("markup", "number")


class _Named:
    def __init__(self, name: str) -> None:
        self.name = name


def check_claims(text: str, found: object, spans: list[list[int]]) -> None:
    at = 0
    for claim in found:  # type: ignore[attr-defined]
        assert claim.start >= at
        assert claim.end > claim.start
        assert not text[at : claim.start].strip()
        covered = any(start <= claim.start and claim.end <= end for start, end in spans)
        assert claim.is_lost != covered
        at = claim.end
    assert not text[at:].strip()
