"""Documents of other kinds than text: from every table, file and page, their places lead back."""

from __future__ import annotations

import html
import random
import re
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import unquote

import pytest
from lxml import html as lxml_html

from generate_declarations import Entry, Small, faults, narrative, read, table
from ogp_data import staging
from ogp_data.catalogue.provenance import provenance_triples
from ogp_data.checks.staged import check_tables
from ogp_data.core.doors import Door
from ogp_data.core.places import Block as Part
from ogp_data.core.places import Box, Line, Page, SheetCell, SourcePlace
from ogp_data.core.places import read as read_places
from ogp_data.core.publication import Publication
from ogp_data.core.source import SourceFile, SourceText
from ogp_data.core.stage import Stage
from ogp_data.core.tables import Table
from ogp_data.core.text import Fragment, Passage
from ogp_data.documents import Block, Cell, Document, Reader
from ogp_data.documents import read as read_document
from ogp_data.site.build import stage_site
from ogp_data.site.context import gather
from ogp_data.site.document.laid import lay
from ogp_data.tables import build as tables
from ogp_data.tables import corrections, reconcile

Stretch = tuple[str, SourcePlace]
Made = Sequence[Sequence[Stretch]]
"""Blocks: one stretch is a paragraph, several are the cells of a row."""

BOXES = (Box(72, 100, 300, 120), Box(310, 100, 500, 120))
PAGES: Made = [
    [("Lead", Page(1, BOXES[0])), ("Status", Page(1, BOXES[1]))],
    [("Archive", Page(2, BOXES[0])), ("Begun", Page(2, BOXES[1]))],
    [("It goes well.", Page(2))],
    [("And it ends wel.", Page(3, Box(72, 100, 300, 120)))],
]
SHEET = "Plan '22; (1)!"
CELLS: Made = [
    [("Lead", SheetCell(SHEET, "A", 1)), ("Status", SheetCell(SHEET, "B", 1))],
    [("Archive", SheetCell(SHEET, "A", 2, ("A", 3))), ("Begun", SheetCell(SHEET, "B", 2))],
    [("It goes well.", SheetCell("Notes", "XFD", 1_048_576, tab=1))],
    [("And it ends wel.", SheetCell("Notes", "A", 1, file=2))],
]
BLOCKS: Made = [
    [("Lead", Part(1)), ("Status", Part(2))],
    [("Archive", Part(3)), ("Begun", Part(4))],
    [("It goes well.", Part(5))],
    [("And it ends wel.", Part(6))],
]
PATHS: Made = [
    [("Lead", Part(1, "/html/body/table/tr[1]/th[1]")), ("Status", Part(1, "/html/body/table/tr[1]/th[2]"))],
    [("Archive", Part(2, "/html/body/table/tr[2]/td[1]")), ("Begun", Part(2, "/html/body/table/tr[2]/td[2]"))],
    [("It goes well.", Part(3, "/html/body/p[.=';']"))],
    [("And it ends wel.", Part(4, '//*[@id="end"]'))],
]


def sources(stage: Stage) -> list[str]:
    """Return the English pages of the source."""
    return [one.path for one in stage.artefacts if one.path.startswith("en/source/") and one.path.endswith(".html")]


def reader(made: Made) -> tuple[SourceText, Door[Reader]]:
    """Return the text of a made document, and a reader of it."""
    stretches = [(f"{text}\n", place) for block in made for text, place in block]
    source = SourceText.placed("document.txt", stretches)

    def inline(text: SourceText, at: int) -> Cell:
        start = text.starts[at]
        end = text.starts[at + 1] if at + 1 < len(text.starts) else len(text.text)
        return Cell(Passage((Fragment(text.text[start:end], start, end),)))

    def read_made(_: SourceFile) -> Document:
        text = source
        blocks, at = [], 0
        for block in made:
            parts = tuple(inline(text, at + index) for index in range(len(block)))
            place = block[0][1]
            blocks.append(
                Block("row", place, cells=parts) if len(parts) > 1 else Block("paragraph", place, inline=parts[0])
            )
            at += len(block)
        return Document(text, tuple(blocks), ())

    return source, Door("made.readers", Reader, (Reader("converted-text", read_made),))


RECORD: Entry = {
    "kind": "spelling",
    "expect": "wel.",
    "value": "well.",
    "reason": "An l is lost.",
    "status": "corrected",
}
DATASETS = [table(["Lead", "Status"]), narrative(), faults()]


@dataclass(frozen=True)
class Published:
    """What a made document became."""

    loaded: Publication
    source: SourceText
    built: tables.Tables
    stage: Stage
    told: list[str]

    @property
    def source_places(self) -> list[str]:
        return [place.text for place in self.source.spans]

    def table(self, name: str) -> Table:
        return next(table for table in self.built.tables if table.name == name)

    def places(self, name: str) -> list[str]:
        text = self.stage.read(f"{name}/{name}.csv").decode()
        return [line.rsplit(",", 1)[1] for line in text.splitlines()[1:]]

    def derived(self, name: str) -> list[str]:
        text = self.stage.read(f"{name}/{name}.prov.ttl").decode()
        base = re.escape(f"{self.loaded.names.base}source/") + "(?:document|second).txt#"
        return sorted(set(re.findall(f"<{base}([^>]*)>", text)))


Publish = Callable[[Made, str], Published]


def with_files(loaded: Publication, *names: str) -> Publication:
    """Return a publication whose source has files of these names."""
    files = (replace(loaded.source_files[0], name=name, number=number) for number, name in enumerate(names, start=1))
    return replace(loaded, source_files=tuple(files))


@pytest.fixture
def publish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Publish:
    """Return what reads a made document and stages all that is made of it; a record corrects its last word."""

    def run(made: Made, place: str) -> Published:
        small = Small(
            "".join(f"{text}\n" for block in made for text, _ in block), DATASETS, [{**RECORD, "place": place}]
        )
        loaded = read(small).loaded
        assert loaded
        loaded = with_files(loaded, "document.txt", "second.txt")
        source, readers = reader(made)
        monkeypatch.setattr("ogp_data.documents.READERS", readers)
        repairs, found = corrections.repairs(loaded, source)
        document = read_document("converted-text", SourceFile("document.txt", b""), lambda _: repairs)
        built = tables.build(loaded, document)
        stage = Stage(tmp_path / "stage")
        records = staging.stage_tables(built.tables, stage)
        figures, lost = reconcile.reconcile(document.source, built.tables, built.asides, records)
        assert figures.lost == 0
        counted, unwritten = staging.stage_data(loaded, document.source, built.tables, records, stage)
        unwritten += staging.stage_formats(loaded, document.source, built.tables, records, stage)
        differing = check_tables(loaded, built.tables, records, stage)
        changed = staging.stage_versions(loaded, records, stage)
        laid = lay(loaded, document, built, ())
        material = gather(loaded, records, stage.artefacts, changed, counted, laid, built.said, figures)
        stage_site(material, None, stage)
        told = [str(one) for one in (*found, *built.findings, *lost, *unwritten, *differing)]
        return Published(loaded, document.source, built, stage, told)

    return run


NAMED = "Plan%20%2722%3B%20%281%29%21"
QUOTED = "'Plan%20%27%2722%3B%20%281%29%21'"


@pytest.mark.parametrize(
    ("made", "record", "action", "paragraphs", "derived", "end"),
    [
        (
            PAGES,
            "p3",
            "p2",
            ["p2", "p3"],
            ["page=2&viewrect=310,100,190,20", "page=2&viewrect=72,100,228,20"],
            "page=3&viewrect=72,100,228,20",
        ),
        (
            CELLS,
            "2:Notes!A1",
            f"{NAMED}!A2 {NAMED}!B2",
            ["Notes!XFD1048576", "2:Notes!A1"],
            [f"{QUOTED}!A2:A3", f"{QUOTED}!B2"],
            "'Notes'!A1",
        ),
        (BLOCKS, "b6", "b3 b4", ["b5", "b6"], ["block=3", "block=4"], "block=6"),
        (
            PATHS,
            "b4",
            "b2",
            ["b3", "b4"],
            [
                "selector(type=XPathSelector,value=/html/body/table/tr%5B2%5D/td%5B1%5D)",
                "selector(type=XPathSelector,value=/html/body/table/tr%5B2%5D/td%5B2%5D)",
            ],
            "end",
        ),
    ],
    ids=["pages", "cells", "blocks", "paths"],
)
def test_places_lead_back_from_everywhere(
    publish: Publish,
    made: Made,
    record: str,
    action: str,
    paragraphs: list[str],
    derived: list[str],
    end: str,
) -> None:
    found = publish(made, record)
    assert found.told == []
    # The tables, and the correction with the place that its record names.
    assert found.places("actions") == [action]
    assert found.places("narrative") == paragraphs
    assert found.places("source_findings") == [record]
    assert [cell["text"].value for cell in found.table("narrative").cells] == ["It goes well.", "And it ends well."]
    # The provenance says all of a place.
    assert found.derived("actions") == derived
    assert end in found.derived("narrative")
    assert f'ogp:sourcePlace "{record}"' in found.stage.read("source_findings/source_findings.prov.ttl").decode()
    # The pages lead to the place in the document, and so does the database.
    ids = {
        id_ for path in sources(found.stage) for id_ in re.findall(r' id="([^"]*)"', found.stage.read(path).decode())
    }
    assert set(found.source_places) <= set(map(html.unescape, ids))
    page = lxml_html.fromstring(found.stage.read("en/narrative/index.html"))
    links = [link.get("href") for link in page.iterfind(".//a[@href]") if "/source/" in link.get("href")]
    for place in paragraphs:
        (link,) = {link for link in links if unquote(link).endswith(f"#{place}")}
        leaf = lxml_html.fromstring(found.stage.read(link.partition("#")[0].replace("../", "en/", 1)))
        assert len(leaf.xpath("//*[@id=$place]", place=place)) == 1
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(found.stage.read("small.sqlite"))
        rows = list(database.execute("SELECT place FROM source ORDER BY position"))
        texts = list(database.execute("SELECT position, place_text FROM rows_by_place WHERE dataset = 'narrative'"))
    assert [place for (place,) in rows] == list(found.source_places)
    assert [text for _, text in texts][-1].split("\n")[-1] == "And it ends wel."


# Any document ---------------------------------------------------------------------------------------------


def any_place(chance: random.Random, number: int, file: int) -> SourcePlace:
    """Return a place of some kind that comes at or behind all of its file with a smaller number."""
    box = Box(chance.randrange(9), chance.randrange(9), 9, 9) if chance.random() < 0.5 else None
    return chance.choice(
        (
            Line(number, file=file),
            Page(number // 3 + 1, box, file=file),
            SheetCell(chance.choice(("Sheet1", SHEET, "é")), chance.choice("AZ"), number, file=file),
            Part(number, chance.choice(("", f"/p[{number}]")), file=file),
        )
    )


def any_document(chance: random.Random) -> Made:
    """Return a table in one file, and paragraphs behind it, whose texts are all different and stand at any places."""
    file = chance.choice((1, 2))
    blocks: list[list[Stretch]] = [[("Lead", any_place(chance, 1, file)), ("Status", any_place(chance, 2, file))]]
    rows, last = chance.randrange(1, 8), chance.randrange(8, 15)
    for number in range(3, last):
        width = 2 if number < rows + 3 else 1
        file = file if width == 2 else chance.randrange(file, 3)
        blocks.append([(f"Text {number} {index}.", any_place(chance, number, file)) for index in range(width)])
    return blocks


def check_document(loaded: Publication, made: Made) -> None:
    """Hold the places of each row against those of its texts, in the table and in the provenance."""
    _, readers = reader(made)
    built = tables.build(loaded, readers["converted-text"].read(SourceFile("document.txt", b"")))
    rows = [block for block in made[1:] if len(block) == 2]
    paragraphs = [block for block in made if len(block) == 1]
    for name, blocks in (("actions", rows), ("narrative", paragraphs)):
        found = next(one for one in built.tables if one.name == name)
        assert len(found.places) == len(blocks)
        for block, places, cells in zip(blocks, found.places, found.cells, strict=True):
            stands = {place for _, place in block}
            assert set(places) == stands
            assert list(places) == sorted(places)
            assert set(read_places(cells["source_places"].value)) == {place.whole for place in stands}
            iris = {loaded.names.place(loaded.source_files[place.file - 1].name, place) for place in stands}
            said = {
                triple.object.value
                for triple in provenance_triples(loaded, found.spec, [("1", places)])
                if triple.subject.value == loaded.names.row(name, "1") and "#" in triple.object.value
            }
            assert {iri for iri in said if iri.startswith(f"{loaded.names.base}source/")} == iris


def test_any_document_leads_back() -> None:
    loaded = read(Small("Any.\n", DATASETS)).loaded
    assert loaded
    loaded = with_files(loaded, "one.bin", "two.bin")
    for seed in range(100):
        check_document(loaded, any_document(random.Random(seed)))
