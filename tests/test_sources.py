"""Sources of several files: which files they are, how places count them, and what must not reach over a file's end."""

from __future__ import annotations

import html as html_text
import random
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from conftest import Workspace
from ogp_data.core.places import Line, place
from ogp_data.core.source import SourceFile
from ogp_data.documents import READERS, keeping, read, read_all
from ogp_data.documents.bounded import read_bounded
from sources_help import BOTH, EN, FR, NAME, RECORDS, commitment, html, lay, make, markdown, word

ONE = {
    "source/fr/a.md": markdown(*commitment(1, "Premier", "Il le faut.", "Ministère A", FR)),
    "source/fr/b.html": html(*commitment(2, "Deuxième", "Il faut &amp; suffit.", "Ministère B", FR)),
    "source/fr/c.docx": word(*commitment(3, "Troisième", "Sans doute.", "Ministère C", FR)),
}
FRENCH = '[{ path = "source/fr/" }]'


@pytest.fixture(autouse=True)
def _in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read without a process for each file, which is no matter here."""
    monkeypatch.setattr("ogp_data.documents.read_bounded", lambda kind, file: READERS[kind].read(file))


# Which files ----------------------------------------------------------------------------------------------


def test_files_of_any_kind_are_one_source_in_the_order_of_their_paths(tmp_path: Path) -> None:
    made = make(lay(tmp_path, ONE, FRENCH))
    assert made.rules == []
    assert made.loaded
    assert [(f.number, f.name, f.kind, f.language) for f in made.loaded.source_files] == [
        (1, "fr/a.md", "markdown", "fr"),
        (2, "fr/b.html", "html", "fr"),
        (3, "fr/c.docx", "docx", "fr"),
    ]
    rows = made.tables["commitments"]
    assert [(row["commitment"], row["title"], row["problem"], row["lead_institution"]) for row in rows] == [
        ("C1", "Premier", "Il le faut.", "Ministère A"),
        ("C2", "Deuxième", "Il faut & suffit.", "Ministère B"),
        ("C3", "Troisième", "Sans doute.", "Ministère C"),
    ]
    assert [row["source_places"].split()[0] for row in rows] == ["L1", "2:b1", "3:b1"]
    assert made.figures
    assert made.figures.whole


@pytest.mark.parametrize(
    ("entries", "taken"),
    [
        ('[{ path = "source/" }]', ["a.md", "b/a.md", "b/c/a.md", "b/c/x.md"]),
        ('[{ path = "source" }]', ["a.md", "b/a.md", "b/c/a.md", "b/c/x.md"]),
        ('[{ path = "source/**" }]', ["a.md", "b/a.md", "b/c/a.md", "b/c/x.md"]),
        ('[{ path = "source/*.md" }]', ["a.md"]),
        ('[{ path = "source/**/a.md" }]', ["a.md", "b/a.md", "b/c/a.md"]),
        ('[{ path = "source/*/a.md" }]', ["b/a.md"]),
        ('[{ path = "source/b/**/?.md" }]', ["b/a.md", "b/c/a.md", "b/c/x.md"]),
        ('[{ path = "source/b/c/x.md" }, { path = "source/a.md" }]', ["a.md", "b/c/x.md"]),
    ],
)
def test_a_path_is_a_file_a_folder_or_has_wildcards(tmp_path: Path, entries: str, taken: list[str]) -> None:
    paths = ["source/a.md", "source/b/a.md", "source/b/c/a.md", "source/b/c/x.md"]
    files = dict.fromkeys(paths, b"# Engagement 1\n\n## Titre\n")
    lay(tmp_path, files, entries)
    (tmp_path / NAME / "source" / ".hidden.md").write_text("# Engagement 9\n")
    kept = {path: content for path, content in files.items() if path.removeprefix("source/") in taken}
    made = make(lay(tmp_path, kept, entries))
    assert made.loaded
    assert [file.name for file in made.loaded.source_files] == taken


@pytest.mark.parametrize(
    ("entries", "rule", "key"),
    [
        ('[{ path = "../other/*.md" }]', "path-outside-folder", "source.files[0].path"),
        ('[{ path = "/etc/passwd" }]', "path-outside-folder", "source.files[0].path"),
        ('[{ path = "source/fr/" }, { path = "source/nl/*.md" }]', "missing-source", "source.files[1].path"),
        ('[{ path = "source/fr/d.md" }]', "missing-source", "source.files[0].path"),
        ('[{ path = "source/fr/" }, { path = "source/fr/a.md" }]', "duplicate-file", "source.files[1].path"),
        ('[{ path = "source/fr/*.md" }]', "unclaimed-file", "source.files"),
        ('[{ path = "source/fr/", kind = "scroll" }]', "dangling-reference", "source.files[0].kind"),
        ('[{ path = "source/fr/", language = "en" }]', "value-type", "language"),
    ],
)
def test_what_is_wrong_with_the_files_is_told_at_its_key(tmp_path: Path, entries: str, rule: str, key: str) -> None:
    told = [one for one in make(lay(tmp_path, ONE, entries)).told if one.rule == rule]
    assert [one.place.key for one in told] == [key]
    assert told[0].place.file.endswith("publication.toml")
    assert told[0].hint


def test_a_file_that_changed_is_told_with_the_sum_of_all(tmp_path: Path) -> None:
    data = lay(tmp_path, ONE, FRENCH)
    (data / NAME / "source/fr/a.md").write_bytes(b"# Engagement 1\n\nAutre.\n")
    made = make(data)
    assert made.rules == ["source-changed"]
    assert made.told[-1].place.key == "source.sha256"


def test_a_link_that_leads_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    data = lay(tmp_path, ONE, FRENCH)
    (tmp_path / "secret.md").write_text("# Engagement 4\n")
    (data / NAME / "source/fr/d.md").symlink_to(tmp_path / "secret.md")
    assert make(data).rules == ["path-outside-folder"]


def test_a_source_is_one_file_or_several(tmp_path: Path) -> None:
    made = make(lay(tmp_path, ONE, FRENCH, source='file = "source/fr/a.md"'))
    assert "value-type" in made.rules


def test_a_page_of_the_publication_is_no_file_of_its_source(tmp_path: Path) -> None:
    files = {"source/index.html": html((1, "Engagement 1"), (2, "Titre"), (3, "Enjeux"), (0, "Oui."))}
    assert make(lay(tmp_path, files, '[{ path = "source/*.html" }]')).rules == ["unsafe-name"]


@pytest.mark.parametrize("limit", ["bytes = 40000", "cells = 5", "pages = 1"])
def test_limits_are_those_of_all_files_together(tmp_path: Path, limit: str) -> None:
    table = b"<!DOCTYPE html><html><body><table><tr><td>a<td>b</tr><tr><td>c<td>d</tr></table></body></html>"
    files = {**ONE, "source/fr/d.html": table, "source/fr/e.html": table}
    if limit.startswith("bytes"):
        files["source/fr/f.docx"] = word((0, "Encore."))
    made = make(lay(tmp_path, files, FRENCH, source=f"[source.limits]\n{limit}"))
    assert ("too-large" in made.rules) is not limit.startswith("pages")


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Return the processes that read documents, in the order in which they begin."""
    begun: list[object] = []

    class Counted(subprocess.Popen[bytes]):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            begun.append(args)
            super().__init__(*args, **kwargs)

    monkeypatch.setattr("ogp_data.documents.bounded.Popen", Counted)
    monkeypatch.setattr("ogp_data.documents.read_bounded", read_bounded)
    return begun


def of_kinds(contents: Mapping[str, bytes]) -> list[SourceFile]:
    """Return files of a source by their names, which say their kinds."""
    kinds = {"md": "markdown", "html": "html", "docx": "docx"}
    return [
        SourceFile(name, content, number=number, kind=kinds[name.rpartition(".")[2]])
        for number, (name, content) in enumerate(contents.items(), start=1)
    ]


def test_several_files_are_read_in_one_process_and_then_in_none(tmp_path: Path, begun: list[object]) -> None:
    with keeping(tmp_path):
        first = read_all("source", of_kinds(ONE))
        assert len(begun) == 1
        assert read_all("source", of_kinds(ONE)) == first
        assert len(begun) == 1
        # One that is new is the only one that is read.
        more = read_all("source", of_kinds({**ONE, "d.md": b"# Engagement 4\n"}))
        assert (len(begun), len(more.blocks)) == (2, len(first.blocks) + 1)


def test_a_file_that_cannot_be_read_is_told_by_itself(tmp_path: Path, begun: list[object]) -> None:
    with keeping(tmp_path):
        found = read_all("source", of_kinds({**ONE, "d.docx": ONE["source/fr/c.docx"][:-200]}))
    assert [(one.rule, one.place.file) for one in found.findings] == [("damaged-file", "d.docx")]
    assert len(begun) == 2


# What joins -----------------------------------------------------------------------------------------------


def test_a_record_ends_with_its_file(tmp_path: Path) -> None:
    files = {
        "source/fr/a.md": markdown((1, "Engagement 1"), (2, "Premier"), (3, "Enjeux"), (0, "Un.")),
        "source/fr/b.md": markdown((0, "Ce qui suit n'est à personne."), (1, "Engagement 2"), (2, "Deuxième")),
    }
    made = make(lay(tmp_path, files, FRENCH, f"{RECORDS}\n[datasets.narrative]\n"))
    assert [row["problem"] for row in made.tables["commitments"]] == ["Un.", ""]
    assert [(row["section"], row["text"], row["source_places"]) for row in made.tables["narrative"]] == [
        ("", "Ce qui suit n'est à personne.", "2:L1")
    ]


def test_a_correction_names_the_file_of_its_place(tmp_path: Path) -> None:
    record = {"kind": "spelling", "expect": "Premeir", "value": "Premier", "status": "corrected", "reason": "Faute."}
    files = {
        "source/fr/a.md": markdown((1, "Engagement 1"), (2, "Premeir")),
        "source/fr/b.md": markdown((1, "Engagement 2"), (2, "Premeir")),
    }
    records = [{**record, "place": "2:L3"}]
    made = make(lay(tmp_path, files, FRENCH, RECORDS.partition("labels")[0], records))
    assert [row["title"] for row in made.tables["commitments"]] == ["Premeir", "Premier"]
    assert "correction-mismatch" not in made.rules
    missing = make(lay(tmp_path, files, FRENCH, RECORDS.partition("labels")[0], [{**record, "place": "3:L3"}]))
    assert missing.rules.count("correction-mismatch") == 1


def test_what_a_reader_finds_is_told_of_its_file(tmp_path: Path) -> None:
    files = {**ONE, "source/fr/d.md": markdown((1, "Engagement 4"), (2, "Un signe: \ufffd"))}
    told = next(one for one in make(lay(tmp_path, files, FRENCH)).told if one.rule == "suspicious-character")
    assert (told.place.file, told.place.at) == ("fr/d.md", Line(3, file=4))


def any_file(chance: random.Random, number: int) -> SourceFile:
    """Return a file of some kind with headings, paragraphs, links, tables and characters that markup writes apart."""
    words = ["un", "deux &", "<trois>", "quatre é", "\u202fcinq", "six"]
    blocks = [(chance.randrange(4), " ".join(chance.choices(words, k=3))) for _ in range(chance.randrange(6))]
    kind = chance.choice(["markdown", "html", "converted-text", "csv"])
    escaped = [(level, text.replace("&", "&amp;").replace("<", "&lt;")) for level, text in blocks]
    content = {
        "markdown": markdown(*escaped) + chance.choice([b"", b"| a | b |\n|---|---|\n| c | d |\n", b"sans fin"]),
        "html": html(*escaped),
        "converted-text": "".join(f"{text}\t{text}\n" for _, text in blocks).encode() or b"rien",
        "csv": "".join(f"{text};{text};x\n" for _, text in blocks).encode() or b"a;b;c\n",
    }[kind]
    return SourceFile(f"{number}.x", content, number=number, kind=kind)


def check_joined(files: list[SourceFile]) -> None:
    """Hold the joined document against those of its files."""
    whole, parts = read_all("source", files), [read(file.kind, file) for file in files]
    assert [block.kind for block in whole.blocks] == [block.kind for part in parts for block in part.blocks]
    tables = [block.table for block in whole.blocks if block.table]
    assert len(set(tables)) == sum(len({b.table for b in part.blocks if b.table}) for part in parts)
    assert tables == sorted(tables)
    source = whole.source
    own = iter((block, part) for part in parts for block in part.blocks)
    for block in whole.blocks:
        before, part = next(own)
        assert (block.place, block.place.file) == (before.place, files[parts.index(part)].number)
        for text, original in zip((block.inline, *block.cells), (before.inline, *before.cells), strict=True):
            assert text.passage.text == original.passage.text
            assert source.places(text.passage) == part.source.places(original.passage)
            for (start, end), (first, last) in zip(text.passage.spans, original.passage.spans, strict=True):
                assert source.text[start:end] == part.source.text[first:last]
                assert source.written_as_markup(start) is part.source.is_markup
    for aside, original in zip(whole.asides, [(a, p) for p in parts for a in p.asides], strict=True):
        first, part = original
        assert source.text[aside.start : aside.end] == part.source.text[first.start : first.end]
        assert source.named(source.place(aside.start)) == part.source.name
    for at, text in source.texts.items():
        assert place(at.text) == at
        assert text == parts[at.file - 1].source.texts[at]


def test_any_files_joined_say_what_each_says() -> None:
    for seed in range(60):
        chance = random.Random(seed)
        check_joined([any_file(chance, number) for number in range(1, chance.randrange(3, 6))])


LINKED = {
    "b.html": "source/fr/b.html",
    "./b.html#top": "source/fr/b.html",
    "../fr/c.docx?x=1": "source/fr/c.docx",
    "sub/d%2De.md": "source/fr/sub/d-e.md",
    "sub/d-e.md": "source/fr/sub/d-e.md",
    "z.html": "",
    "../b.html": "",
    "b.html/": "source/fr/b.html",
    "//b.html": "",
}
"""An address in fr/a.md -> where the file that it leads to is published."""


@pytest.mark.parametrize("publish", ["true", "false"])
@pytest.mark.parametrize("address", LINKED)
def test_a_link_to_another_file_of_the_source_is_no_fault(tmp_path: Path, address: str, publish: str) -> None:
    said = f"Il le faut, [voir](<{address}>)."
    files = {
        **ONE,
        "source/fr/a.md": markdown(*commitment(1, "Premier", said, "Ministère A", FR)),
        "source/fr/sub/d-e.md": markdown(*commitment(4, "Quatrième", "Oui.", "Ministère D", FR)),
    }
    data = lay(tmp_path, files, FRENCH, f"{RECORDS}\n[datasets.links]\n[datasets.source_findings]\n")
    path = data / NAME / "publication.toml"
    path.write_text(path.read_text().replace("publish = true", f"publish = {publish}"))
    made = make(data)
    (link,) = made.tables["links"]
    is_within, url = bool(LINKED[address]), f"https://data.example.org/{NAME}/{LINKED[address]}"
    assert (link["url_status"] == "within-source") is is_within
    assert link["url"] == (url if is_within and publish == "true" else "")
    told = {"unpublished-url", "invalid-url"} & {*made.rules}
    assert bool(told) is not is_within
    assert bool([row for row in made.tables["source_findings"] if row["dataset"] == "links"]) is bool(told)


# Languages ------------------------------------------------------------------------------------------------


PAIRED = {
    "source/en/b.html": html(*commitment(2, "Second", "Needed &amp; enough.", "Ministry B", EN)),
    "source/en/z.md": markdown(*commitment(1, "First", "It is needed.", "Ministry A", EN)),
    **ONE,
}


def test_a_thing_in_two_languages_is_one_row(tmp_path: Path) -> None:
    made = make(lay(tmp_path, PAIRED))
    rows = made.tables["commitments"]
    names = [name for name in rows[0] if name.startswith(("title", "problem", "lead"))]
    assert names == [
        "title", "title_en", "title_in_assessment", "lead_institution", "lead_institution_en", "problem", "problem_en"
    ]  # fmt: skip
    said = [[row[name] for name in ("commitment", "title", "title_en", "problem_en")] for row in rows]
    assert said == [
        ["C1", "Premier", "First", "It is needed."],
        ["C2", "Deuxième", "Second", "Needed & enough."],
        ["C3", "Troisième", "", ""],
    ]
    assert made.rules == ["untranslated-row"]
    assert (made.told[-1].place.file, made.told[-1].place.row) == ("fr/c.docx", "3")
    # Files in the order of their paths: en/b.html, en/z.md, fr/a.md, fr/b.html, fr/c.docx.
    assert [{at.partition(":")[0] for at in row["source_places"].split()} for row in rows] == [
        {"2", "3"},
        {"b1", "b2", "b3", "b4", "b5", "4"},
        {"5"},
    ]
    assert made.figures
    assert made.figures.whole
    assert made.figures.aside["repeated"] == 2


@pytest.mark.parametrize(("label", "told"), [("Stakes", []), ("Why we do it", ["untranslated-column"])])
def test_a_column_that_one_language_fills_and_another_never_is_told(
    tmp_path: Path, label: str, told: list[str]
) -> None:
    """The English files have the label under another name than the declaration says."""
    words = (EN[0], label, EN[2])
    english = [markdown(*commitment(n, f"So {n}", f"As {n}.", f"Ministère {'AB'[n - 1]}", words)) for n in (1, 2)]
    french = {path: content for path, content in ONE.items() if not path.endswith("docx")}
    files = french | {f"source/en/{number}.md": content for number, content in enumerate(english)}
    made = make(lay(tmp_path, files))
    found = [one for one in made.told if one.rule == "untranslated-column"]
    assert [one.rule for one in found] == told
    assert all((one.place.table, one.place.column) == ("commitments", "problem_en") for one in found)
    assert bool([row for row in made.tables["commitments"] if row["problem_en"]]) is not bool(told)


def any_languages(chance: random.Random) -> tuple[dict[str, bytes], dict[str, dict[int, str]]]:
    """Return files in which commitments stand in one language or both, and the titles of each language by number."""
    files: dict[str, bytes] = {}
    titles: dict[str, dict[int, str]] = {}
    for language, words in (("fr", FR), ("en", EN)):
        numbers = sorted(chance.sample(range(1, 9), chance.randrange(1, 7)))
        titles[language] = {number: f"{language} {chance.randrange(99)} é" for number in numbers}
        while numbers:
            here, numbers = numbers[:2], numbers[2:]
            blocks = [b for n in here for b in commitment(n, titles[language][n], f"So {n}.", f"M {n}", words)]
            form, ending = chance.choice([(markdown, "md"), (html, "html")])
            files[f"source/{language}/{chance.randrange(100)}-{here[0]}.{ending}"] = form(*blocks)
    return files, titles


def check_languages(data: Path, seed: int) -> None:
    """Hold the rows of any files in two languages against the commitments that these have."""
    files, titles = any_languages(random.Random(seed))
    made = make(lay(data, files, datasets=f"{RECORDS}[datasets.document]\nfind.instructions_under = []\n"))
    rows = {int(row["commitment_number"]): row for row in made.tables["commitments"]}
    assert len(rows) == len(made.tables["commitments"])
    assert rows.keys() == titles["fr"].keys() | titles["en"].keys()
    for number, row in rows.items():
        assert (row["title"], row["title_en"]) == (titles["fr"].get(number, ""), titles["en"].get(number, ""))
        assert row["problem"] == (f"So {number}." if number in titles["fr"] else "")
    alone = titles["fr"].keys() ^ titles["en"].keys()
    assert made.rules.count("untranslated-row") == len(alone)
    assert made.figures
    assert made.figures.whole


def test_any_commitments_in_two_languages_are_paired(tmp_path: Path) -> None:
    for seed in range(25):
        check_languages(tmp_path / str(seed), seed)


def test_a_number_that_stands_twice_in_a_language_is_an_error(tmp_path: Path) -> None:
    again = markdown(*commitment(1, "Again", "Once more.", "Ministry A", EN))
    made = make(lay(tmp_path, {**PAIRED, "source/en/y.md": again}))
    assert {"duplicate-number", "duplicate-row-key"} & {*made.rules}


def test_a_list_and_its_heading_are_found_in_each_language(tmp_path: Path) -> None:
    files = {
        "source/fr/a.md": b"# Plan\n\n## Engagements\n\n1. Premier\n2. Second\n",
        "source/en/a.md": b"# Plan\n\n## Commitments\n\n1. First\n2. Two\n",
    }
    datasets = '[datasets.commitments]\nfind.under = "Engagements"\nfind_in.en.under = "Commitments"\n'
    made = make(lay(tmp_path, files, BOTH, f"{datasets}[datasets.document]\nfind.instructions_under = []\n"))
    assert made.rules == []
    assert [(row["title"], row["title_en"]) for row in made.tables["commitments"]] == [
        ("Premier", "First"),
        ("Second", "Two"),
    ]
    wrong = lay(tmp_path, files, BOTH, datasets.replace('under = "Commitments"', 'under = "Comitments"'))
    told = next(one for one in make(wrong).told if one.rule == "dangling-reference")
    assert told.place.key == "dataset[0].find_in.en.under"


def test_a_table_has_its_headings_in_each_language(tmp_path: Path) -> None:
    files = {
        "source/fr/a.md": "| N | Titre | Échéance |\n|--|--|--|\n| 1 | Un | 31 décembre 2025 |\n".encode(),
        "source/en/a.md": b"| No | Title | Due |\n|--|--|--|\n| 1 | One | 31 December 2025 |\n",
    }
    datasets = """
[datasets.commitments]
find = { kind = "table", headings = ["N", "Titre", "Échéance"] }
find_in.en.headings = ["No", "Title", "Due"]
columns.title.heading = "Titre"
columns.end.heading = "Échéance"
"""
    made = make(lay(tmp_path, files, BOTH, datasets))
    assert made.rules == []
    row = made.tables["commitments"][0]
    assert [row[name] for name in ("commitment", "title", "title_en", "end")] == ["C1", "Un", "One", "2025-12-31"]
    assert made.figures
    assert made.figures.whole
    other = {**files, "source/en/a.md": files["source/en/a.md"].replace(b"31 Dec", b"30 Dec")}
    differing = next(one for one in make(lay(tmp_path, other, BOTH, datasets)).told if one.rule == "languages-differ")
    assert (differing.place.column, differing.place.file) == ("end", "en/a.md")


def test_a_document_with_both_languages_side_by_side_takes_each_from_its_label(tmp_path: Path) -> None:
    blocks = [(1, "Engagement 1"), (2, "Premier"), (0, "Titre anglais: First"), (0, "Enjeux: Oui.")]
    labels = 'labels = { title_en = ["Titre anglais"], problem = ["Enjeux"] }'
    datasets = f"{RECORDS.partition('labels')[0]}{labels}\n"
    made = make(lay(tmp_path, {"source/fr/a.md": markdown(*blocks)}, FRENCH, datasets))
    assert made.rules == []
    assert [(row["title"], row["title_en"]) for row in made.tables["commitments"]] == [("Premier", "First")]
    assert made.loaded
    column = next(one for one in made.loaded.declaration.dataset[0].column if one.name == "title_en")
    assert (column.language, column.rdf, column.title.of("fr")) == ("en", "dct:title", "Intitulé (anglais)")


def test_all_that_is_published_leads_to_the_file(tmp_path: Path) -> None:
    data = lay(tmp_path / "data", PAIRED, datasets=f"{RECORDS}\n[datasets.links]\n[datasets.source_findings]\n")
    workspace = Workspace(tmp_path, NAME)
    outcome = workspace.publish()
    assert data == workspace.data
    assert [str(one) for one in outcome.report.findings if one.severity == "error"] == []
    dist = workspace.dist / NAME
    for path, content in PAIRED.items():
        assert (dist / path).read_bytes() == content
    assert (dist / "commitments/commitments.ttl").read_text().count('"First"@en') == 1
    base = f"https://data.example.org/{NAME}/"
    assert f"<{base}source/en/z.md#line=2,3>" in (dist / "commitments/commitments.prov.ttl").read_text()
    catalogue = (dist / "catalog.nt").read_text()
    assert f"<{base}source/fr/c.docx>" in catalogue
    links = re.findall(r'href="\.\./(source/[^"#]*)#(2:L3)"', (dist / "commitments/C1.html").read_text())
    assert links
    shown = (dist / links[0][0]).read_text()
    query = html_text.unescape((dist / "query.html").read_text())
    assert 'OPTIONAL { ?commitment dct:title ?title . FILTER(lang(?title) = "fr") }' in query
    assert re.search(r'<div lang="en">.*id="2:L3"[^>]*>.*<bdi>First</bdi>', shown, re.DOTALL)
    assert workspace.publish().changed is False


def test_rows_stand_in_the_order_of_their_numbers_whatever_files_are_called(tmp_path: Path) -> None:
    files = {
        f"source/fr/engagement-{number}.md": markdown(*commitment(number, f"Titre {number}", "Oui.", "M", FR))
        for number in (1, 2, 10, 11)
    }
    made = make(lay(tmp_path, files, FRENCH))
    assert [row["commitment"] for row in made.tables["commitments"]] == ["C1", "C2", "C10", "C11"]
    assert [row["source_places"].split()[0] for row in made.tables["commitments"]] == ["L1", "4:L1", "2:L1", "3:L1"]


def test_rows_keep_the_order_of_their_files_where_numbers_go_down_in_one(tmp_path: Path) -> None:
    one, two, three = (commitment(number, f"Titre {number}", "Oui.", "M", FR) for number in (1, 2, 3))
    files = {"source/fr/a.md": markdown(*three), "source/fr/b.md": markdown(*two, *one)}
    made = make(lay(tmp_path, files, FRENCH))
    assert [row["commitment"] for row in made.tables["commitments"]] == ["C3", "C2", "C1"]
    assert made.rules.count("number-out-of-order") == 1


FAMILY = """
[datasets.themes.find]
kind = "headings"
pattern = '(?:Thème|Theme) (?P<roman>[IVX]+)\\. (?P<title>.+)'

[datasets.commitments.find]
kind = "records"
starts = '(?:Engagement|Commitment) (?P<number>\\d+)'
title = "next heading"
within = "themes"
labels = { problem = ["Enjeux", "Stakes"] }

[datasets.assessments.find]
kind = "records"
of = "commitments"
labels = { evidence = ["Preuve", "Evidence"] }

[datasets.milestones]
find.kind = "records"
find.of = "commitments"
find.each = "sub-item"
find.sub_items = "[a-z]"
find.labels.title = ["Étapes", "Steps"]
columns.letter = "letter"

[datasets.overview]
"""


def test_all_that_is_made_of_a_record_is_paired(tmp_path: Path) -> None:
    french = [(1, "Thème I. Eau"), (2, "Engagement 1"), (3, "Premier"), (0, "Enjeux: Oui."), (0, "Preuve: Vu.")]
    french += [(0, "Étapes: a) Une. b) Deux."), (1, "Thème II. Air"), (2, "Engagement 1"), (3, "Encore")]
    french += [(0, "Étapes: a) Trois.")]
    english = [(1, "Theme I. Water"), (2, "Commitment 1"), (3, "First"), (0, "Stakes: Yes."), (0, "Evidence: Seen.")]
    english += [(0, "Steps: a) One. b) Two."), (1, "Theme II. Sky"), (2, "Commitment 1"), (3, "Again")]
    english += [(0, "Steps: a) Three.")]
    files = {"source/fr/a.md": markdown(*french), "source/en/a.html": html(*english)}
    made = make(lay(tmp_path, files, datasets=FAMILY))
    assert [one for one in made.told if one.severity == "error"] == []
    assert made.figures
    assert made.figures.whole

    def said(name: str, *columns: str) -> list[list[str]]:
        return [[row[column] for column in columns] for row in made.tables[name]]

    assert said("themes", "title", "title_en") == [["Eau", "Water"], ["Air", "Sky"]]
    assert said("assessments", "commitment", "evidence", "evidence_en") == [
        ["T1-C1", "Vu.", "Seen."],
        ["T2-C1", "", ""],
    ]
    assert said("milestones", "milestone", "title", "title_en") == [
        ["T1-C1-a", "Une.", "One."],
        ["T1-C1-b", "Deux.", "Two."],
        ["T2-C1-a", "Trois.", "Three."],
    ]
    assert said("overview", "theme", "theme_en", "title_en") == [["Eau", "Water", "First"], ["Air", "Sky", "Again"]]
