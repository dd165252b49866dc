"""A reader of another package is one that a declaration can name, and whose faults stop the publication."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import ROOT, Workspace
from ogp_data.core.findings import errors
from ogp_data.documents import READERS
from ogp_data.documents.recognised import recognised
from outside import install

HOW_TO = (ROOT / "docs" / "how-to" / "add-a-reader.md").read_text(encoding="utf-8")
MODULE = re.findall(r"```python\n(.*?)```", HOW_TO, re.DOTALL)[0]
"""The module of the how-to: what is said there is what is tried here."""

OWN = ("converted-text", "markdown", "html", "pdf", "docx", "xlsx", "ods", "csv")
DOCUMENT = "# not a heading here\n\n  AIMS  \n\nWe publish <b>all</b> of it.\n"
Outside = Callable[[str, str], None]


@pytest.fixture
def outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Outside:
    """Return what installs a package with a reader of its own."""
    (tmp_path / "site").mkdir()
    return lambda entry, module: install(tmp_path / "site", monkeypatch, READERS, entry, module)


@pytest.fixture
def capitals(small: Workspace) -> Workspace:
    """Return a publication whose document is declared to be of the kind that the how-to reads."""
    small.edit("small/publication.toml", 'kind = "converted-text"', 'kind = "capitals"')
    small.write_source(DOCUMENT.encode())
    return small


def test_a_document_is_read_by_the_reader_of_another_package(outside: Outside, capitals: Workspace) -> None:
    outside("capitals = outside_things:CAPITALS", MODULE)
    outcome = capitals.publish(write_dist=False)
    # The scaffold of a document without headings has no dataset for them: just the heading is in no cell.
    assert [(found.rule, found.message) for found in errors(outcome.report.findings)] == [
        ("words-lost", "“AIMS” is not in any published cell.")
    ]
    rows = (capitals.build / "small/narrative/narrative.csv").read_text(encoding="utf-8").splitlines()
    assert [row.split(",")[2:] for row in rows[1:]] == [
        ["", "# not a heading here", "L1"],
        ["AIMS", "We publish <b>all</b> of it.", "L5"],
    ]


def test_a_kind_that_nobody_reads_names_those_that_somebody_does(outside: Outside, capitals: Workspace) -> None:
    outside("other = outside_things:CAPITALS", MODULE.replace('"capitals"', '"other"'))
    (found,) = errors(capitals.publish(write_dist=False).report.findings)
    assert (found.rule, found.hint) == (
        "dangling-reference",
        f"Use one of: {', '.join(OWN)}, other.",
    )


@pytest.mark.parametrize(
    ("entry", "module", "rule", "said"),
    [
        ("capitals = outside_things:GONE", MODULE, "extension-broken", "It cannot be loaded: AttributeError"),
        ("capitals = outside_things:read", MODULE, "extension-broken", "It leads to function, not to an instance of"),
        (
            "converted-text = outside_things:CAPITALS",
            MODULE.replace('"capitals"', '"converted-text"'),
            "extension-taken",
            "The name 'converted-text' is taken.",
        ),
        (
            "capitals = outside_things:CAPITALS",
            MODULE.replace("    blocks = []", "    blocks = [1 / 0]"),
            "extension-broken",
            "The reader capitals fails: ZeroDivisionError: division by zero.",
        ),
    ],
)
def test_a_reader_that_cannot_be_used_stops_the_publication(
    outside: Outside, capitals: Workspace, entry: str, module: str, rule: str, said: str
) -> None:
    outside(entry, module)
    outcome = capitals.publish()
    assert not outcome.published
    assert any(found.rule == rule and said in found.message for found in errors(outcome.report.findings))


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("p.csv", "No;Title\n1;Map\n2;List\n", "csv"),
        ("p.csv", 'No,Title\n1,"Map\n2,List\n', "csv"),
        ("p.CSV", "No,Title\n1,Map: a, b\n", "csv"),
        ("p.tsv", "No\tTitle\n1\tMap\n", "csv"),
        ("p.html", "<h1>Two</h1><p>Words.</p>", "html"),
        ("p.md", "# Two\n\nWords, and more.\n", "markdown"),
        ("p.txt", "No;Title\n1;Map\n2;List\n", "converted-text"),
        ("p.csv", "<!doctype html><h1>Two</h1>", "html"),
        ("p.html", "A plan without any markup.\n", "converted-text"),
        ("p.csv", "A plan that only its name calls a table.\n", "converted-text"),
    ],
)
@pytest.mark.parametrize("codec", ["utf-8", "utf-16", "windows-1252"])
def test_the_name_of_a_text_says_its_kind_where_its_look_does_not_contradict(
    name: str, text: str, kind: str, codec: str
) -> None:
    assert recognised(name, text.encode(codec))[0] == kind
