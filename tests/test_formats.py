"""A format of another package is published, described, shown and served like those of this program."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable

import pytest
from rdflib import DCAT, DCTERMS, Graph, Literal, URIRef

from conftest import ROOT, Workspace
from ogp_data.core.findings import Finding
from ogp_data.formats.known import KNOWN
from ogp_data.formats.writers import FORMATS
from outside import install
from service_help import Web, service

HOW_TO = (ROOT / "docs" / "how-to" / "add-a-format.md").read_text(encoding="utf-8")
MODULE = re.findall(r"```python\n(.*?)```", HOW_TO, re.DOTALL)[0]
"""The module of the how-to: what is said there is what is tried here."""

ENTRY = "tsv = outside_things:WRITER"
Outside = Callable[[str, str], None]


@pytest.fixture
def outside(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Outside:
    """Return what installs a package that offers a format."""
    return lambda entry, module: install(tmp_path_factory.mktemp("site"), monkeypatch, FORMATS, entry, module)


def test_a_format_of_another_package_is_published_like_ours(outside: Outside, small: Workspace) -> None:
    outside(ENTRY, MODULE)
    outcome = small.publish()
    assert outcome.published, [str(found) for found in outcome.report.findings]
    assert sorted(path.name for path in outcome.folder.glob("*/*.tsv")) == ["links.tsv", "narrative.tsv"]
    content = (outcome.folder / "narrative" / "narrative.tsv").read_bytes()
    assert content.splitlines()[:2] == [
        b"publication\tsequence\tsection\ttext\tsource_places",
        b"small\t1\t\tOne paragraph.\tL1",
    ]
    graph = Graph().parse(outcome.folder / "catalog.ttl")
    media = URIRef("https://www.iana.org/assignments/media-types/text/tab-separated-values")
    told = {str(one).rpartition("#")[2]: one for one in graph.subjects(DCAT.mediaType, media)}
    assert sorted(told) == ["links-tsv", "narrative-tsv"]
    one = told["narrative-tsv"]
    assert (None, DCAT.distribution, one) in graph
    assert str(graph.value(one, DCTERMS["format"])).endswith("/authority/file-type/TSV")
    assert Literal("Text with tabs and a header row.", lang="en") in set(graph.objects(one, DCTERMS.description))
    page = (outcome.folder / "narrative" / "index.html").read_text(encoding="utf-8")
    assert 'href="../narrative/narrative.tsv" download>TSV</a>' in page
    assert "narrative/narrative.tsv" in (outcome.folder / "dictionary" / "narrative.html").read_text(encoding="utf-8")
    assert "narrative/narrative.tsv" in zipfile.ZipFile(outcome.folder / "small.zip").namelist()
    answer = Web(service(small.dist)).get("/small/narrative", headers={"Accept": "text/tab-separated-values"})
    assert (answer.status_code, answer.content) == (200, content)


def test_a_format_of_all_datasets_comes_before_the_archive(outside: Outside, small: Workspace) -> None:
    outside("tsv = outside_things:WRITER", MODULE.replace("of_dataset=write", "of_all=lambda tables: write(tables[0])"))
    outcome = small.publish()
    assert outcome.published
    assert "small.tsv" in zipfile.ZipFile(outcome.folder / "small.zip").namelist()
    assert b"#everything-tsv>" in (outcome.folder / "catalog.nt").read_bytes()


def refused(outcome_findings: list[Finding]) -> list[tuple[str, str]]:
    return [(found.rule, found.message) for found in outcome_findings if found.rule.startswith(("extension", "format"))]


@pytest.mark.parametrize(
    ("old", "new", "rule", "said"),
    [
        ('name="tsv"', 'name="csv"', "extension-broken", "is called 'csv'"),
        ('suffix=".tsv"', 'suffix=".ods"', "extension-broken", "The suffix '.ods' is that of the format ods."),
        ('suffix=".tsv"', 'suffix="/../x"', "extension-broken", "The suffix '/../x' is not one of letters"),
        ('"text/tab-separated-values"', '"tabs"', "extension-broken", "The media type 'tabs'"),
        ("of_dataset=write", "", "extension-broken", "It needs a function that writes it"),
        ("of_dataset=write", "of_all=write, of_files=write", "extension-broken", "both of_all and of_files"),
        (
            "of_dataset=write",
            "of_dataset=lambda _: 1 / 0",
            "extension-broken",
            "ZeroDivisionError: division by zero",
        ),
        ("of_dataset=write", "of_dataset=lambda rows: 'text'", "extension-broken", "gives str, not bytes"),
        ("of_dataset=write", "of_all=lambda rows: None", "extension-broken", "gives NoneType, not bytes"),
        ("of_dataset=write", "of_files=lambda files: None", "extension-broken", "gives NoneType, not bytes"),
    ],
)
def test_a_format_that_cannot_be_written_stops_the_publication(
    outside: Outside, small: Workspace, old: str, new: str, rule: str, said: str
) -> None:
    assert MODULE.count(old) >= 1
    outside(ENTRY, MODULE.replace(old, new, 1))
    outcome = small.publish()
    assert not outcome.published
    found = refused(outcome.report.findings)
    assert {one for one, _ in found} == {rule}
    assert all(said in message for _, message in found)


def test_a_name_of_ours_is_taken_also_that_of_what_the_build_itself_writes(outside: Outside, small: Workspace) -> None:
    outside("prov = outside_things:WRITER", MODULE.replace('name="tsv"', 'name="prov"'))
    assert refused(small.publish().report.findings) == [("extension-taken", "The name 'prov' is taken.")]


def test_what_a_format_cannot_hold_is_told_with_its_place(outside: Outside, small: Workspace) -> None:
    module = "from ogp_data.formats.workbook import UnfitError\n" + MODULE.replace(
        "    names = [", '    raise UnfitError([(rows.spec.name, "1", "text", "too long")])\n    names = ['
    )
    outside(ENTRY, module)
    (rule, message), _ = refused(small.publish().report.findings)
    assert rule == "format-omitted"
    assert message.endswith("row 1, column text: too long")


def test_each_format_is_described_whole_in_both_languages() -> None:
    for fmt in KNOWN.values():
        assert fmt.suffix.startswith(".")
        assert re.fullmatch(r"[a-z]+/[a-z0-9.+-]+", fmt.media_type)
        assert fmt.standard.startswith("https://")
        assert all(text.of(language) for text in (fmt.title, fmt.description) for language in ("nl", "en"))
    assert len({fmt.suffix for fmt in KNOWN.values()}) == len(KNOWN)
