"""Each kind of dataset is one file: its keys, its rows, what they offer, what is checked of its declaration."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT
from generate_declarations import NAME, PLACES, SEQUENCE, Small, column, dataset, furniture, links, narrative, read
from ogp_data import pipeline
from ogp_data.pipeline import Folders
from ogp_data.tables.kinds import KINDS
from outside import install

SRC = ROOT / "src" / "ogp_data"


def told(find: Any) -> list[tuple[str, str, str]]:
    """Return rule, key and message of what is wrong with a declaration with this `find`."""
    found = read(Small("# Plan\n\nText.\n", [dataset("text", find, SEQUENCE, column("text", "text")), furniture()]))
    return [(one.rule, one.place.key, one.message) for one in found.findings]


@pytest.mark.parametrize(
    ("find", "rule", "key", "message"),
    [
        ({"kind": "quotes", "of": "text"}, "missing-key", "find.quote", "The key 'quote' is missing."),
        ({"kind": "quotes", "of": "text", "quote": [{"year": "x"}]}, "value-type", "find.quote[0].year", "integer"),
        ({"kind": "links", "of": "text"}, "unknown-key", "find.of", "There is no key 'of'."),
        ({"kind": "linkz"}, "value-type", "find.kind", "Input should be one of: headings, list, table, records"),
        ({"kind": 7}, "value-type", "find.kind", "it is 7"),
        ({"of": "text"}, "missing-key", "find.kind", "The key 'kind' is missing."),
        ("paragraphs", "value-type", "find", "it is 'paragraphs'"),
    ],
)
def test_a_wrong_key_of_find_is_told_of_the_kind_that_is_meant(find: Any, rule: str, key: str, message: str) -> None:
    found = [one for one in told(find) if one[0] == rule]
    assert [one[1] for one in found] == [f"dataset[0].{key}"]
    assert message in found[0][2]


def test_a_dataset_without_rows_is_reported_whatever_else_is_wrong_with_the_document() -> None:
    find = {"kind": "headings", "under": "Plan", "pattern": "(?P<title>.+)"}
    themes = dataset("themes", find, SEQUENCE, column("title", "group:title"))
    found = read(Small("# Plan\n\nText.\n\na\tb\tc\n", [themes, narrative(), furniture()])).told
    assert [rule for rule, _ in found] == ["unclaimed-row", "empty-dataset"]


# Nothing else asks which kind it is ----------------------------------------------------------------------

OWN = {kind.keys.__name__ for kind in KINDS}


def asked(text: str) -> list[str]:
    """Return the kinds that a module imports, names or compares `kind` with; not what is called alike elsewhere."""
    found, tree = [], ast.parse(text)
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    others = {
        name.name for node in imports if not (node.module or "").startswith("ogp_data.tables") for name in node.names
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("ogp_data.tables.kinds."):
            found += [name.name for name in node.names]
        elif isinstance(node, ast.Name | ast.Attribute):
            found += [name for name in (getattr(node, "id", ""), getattr(node, "attr", "")) if name in OWN - others]
        elif isinstance(node, ast.Compare) and ast.unparse(node.left).endswith("find.kind"):
            found.append(ast.unparse(node))
    return found


def test_no_file_outside_of_the_kinds_asks_which_kind_a_dataset_is() -> None:
    room = SRC / "tables" / "kinds"
    others = [path for path in SRC.rglob("*.py") if room not in path.parents]
    assert len(others) > 100
    assert {str(path.relative_to(SRC)): found for path in others if (found := asked(path.read_text("utf-8")))} == {}


@pytest.mark.parametrize(
    "text",
    [
        "from ogp_data.tables.kinds.links import Links",
        "from ogp_data.tables.kinds.paragraphs import Paragraphs\nisinstance(spec.find, Paragraphs)",
        "isinstance(spec.find, kinds.Links)",
        "spec.find.kind == 'links'",
        "type(spec.find) is Links",
    ],
)
def test_a_planted_question_is_found(text: str) -> None:
    assert asked(text)


# A kind of another package -------------------------------------------------------------------------------

HOW_TO = (ROOT / "docs" / "how-to" / "add-a-kind.md").read_text(encoding="utf-8")
MODULE = re.findall(r"```python\n(.*?)```", HOW_TO, re.DOTALL)[0]
"""The module of the how-to: what is said there is what is tried here."""

ENTRY = "terms = outside_things:TERMS"
GLOSSARY = """\
# Plan

The plan is short.

## Glossary

Open data: data that anyone may use.

Not a term.

Bzk: the [ministry](https://www.rijksoverheid.nl/bzk).
"""


def terms(**more: Any) -> dict[str, Any]:
    """Return a dataset of terms."""
    columns = column("term", "term", "string", rdf="dct:title"), column("meaning", "meaning", rdf="dct:description")
    return {**dataset("terms", {"kind": "terms", "under": "Glossary"}, SEQUENCE, *columns), **more}


@pytest.fixture
def outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """Return what installs a package with a kind of its own."""
    (tmp_path / "site").mkdir()
    return lambda entry, module: install(tmp_path / "site", monkeypatch, KINDS, entry, module)


def test_a_kind_of_another_package_is_published_like_ours(outside: Callable[[str, str], None], tmp_path: Path) -> None:
    outside(ENTRY, MODULE)
    Small(GLOSSARY, [terms(), narrative(), furniture(), links()]).write(tmp_path / "data")
    folders = Folders(tmp_path / "data", tmp_path / "build", tmp_path / "dist")
    outcome = pipeline.run(folders, NAME, "", "", lambda _: None)
    assert outcome.published, [str(found) for found in outcome.report.findings]
    table = (outcome.folder / "terms" / "terms.csv").read_text(encoding="utf-8").splitlines()
    assert table == [
        "publication,sequence,term,meaning,source_places",
        "small,1,Open data,data that anyone may use.,L7",
        "small,2,Bzk,the ministry.,L11",
    ]
    paragraphs = (outcome.folder / "narrative" / "narrative.csv").read_text(encoding="utf-8")
    assert "Not a term." in paragraphs
    assert "Open data" not in paragraphs
    assert "https://www.rijksoverheid.nl/bzk" in (outcome.folder / "links" / "links.csv").read_text(encoding="utf-8")
    assert "woorden van het brondocument" in (outcome.folder / "dictionary.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("changed", "text", "rule", "key"),
    [
        ({"find": {"kind": "terms"}}, GLOSSARY, "missing-key", "dataset[0].find.under"),
        ({"find": {"kind": "terms", "under": ""}}, GLOSSARY, "missing-key", "dataset[0].find.under"),
        ({"find": {"kind": "terms", "under": "Words"}}, GLOSSARY, "dangling-reference", "dataset[0].find.under"),
        ({}, GLOSSARY.replace(": ", " - "), "empty-dataset", "dataset[0].find"),
        (
            {"column": [SEQUENCE, column("x", "words"), PLACES]},
            GLOSSARY,
            "dangling-reference",
            "dataset[0].column[1].take",
        ),
    ],
)
def test_what_is_wrong_with_such_a_dataset_is_told_with_its_key(
    outside: Callable[[str, str], None], changed: dict[str, Any], text: str, rule: str, key: str
) -> None:
    outside(ENTRY, MODULE)
    found = read(Small(text, [terms(**changed), narrative(), furniture()])).findings
    assert (rule, key) in [(one.rule, one.place.key) for one in found if one.severity == "error"]


@pytest.mark.parametrize(
    ("entry", "module", "rule", "said"),
    [
        ("links = outside_things:TERMS", MODULE.replace('Kind("terms"', 'Kind("links"'), "extension-taken", "'links'"),
        ("terms = outside_things:Terms", MODULE, "extension-broken", "not to an instance of Kind"),
        (ENTRY, "import nowhere", "extension-broken", "ModuleNotFoundError"),
        (ENTRY, MODULE.replace("Terms(Finder)", "Terms"), "extension-broken", "is not a dataclass derived from Finder"),
        (ENTRY, MODULE.replace('Literal["terms"]', "str"), "extension-broken", "not of the type Literal['terms']"),
        (ENTRY, MODULE.replace("Annotated[str,", "Annotated[Unknown,"), "extension-broken", "Unknown"),
        (ENTRY, MODULE.replace("def rows", "def lines"), "extension-broken", "has no method `rows`"),
        (ENTRY, MODULE.replace('Offer("source"', 'Offer("elsewhere"'), "extension-broken", "comes from elsewhere"),
    ],
)
def test_a_kind_that_cannot_be_let_in_stops_the_publication(
    outside: Callable[[str, str], None], tmp_path: Path, entry: str, module: str, rule: str, said: str
) -> None:
    outside(entry, module)
    Small(GLOSSARY, [narrative(), furniture(), links()]).write(tmp_path / "data")
    folders = Folders(tmp_path / "data", tmp_path / "build", tmp_path / "dist")
    outcome = pipeline.run(folders, NAME, "", "", lambda _: None)
    assert not outcome.published
    (found,) = [found for found in outcome.report.findings if found.severity == "error"]
    assert (found.rule, found.place.file) == (rule, "outside 1.2")
    assert said in found.message


def test_a_kind_whose_code_fails_is_reported_with_its_name(outside: Callable[[str, str], None]) -> None:
    outside(ENTRY, MODULE.replace("search.claim(spot)", "1 / 0"))
    found = read(Small(GLOSSARY, [terms(), narrative(), furniture()])).findings
    (told,) = [one for one in found if one.rule == "extension-broken"]
    assert (told.place.table, told.message) == (
        "terms",
        "The kind terms cannot find rows: ZeroDivisionError: division by zero.",
    )


@pytest.mark.parametrize("kind", ["text", "date"])
def test_labels_of_a_kind_of_another_package_lead_to_its_rows(outside: Callable[[str, str], None], kind: str) -> None:
    module = MODULE.replace('"term"', '"label"').replace(
        "    offers:", "    labelled: ClassVar[bool] = True\n    offers:"
    )
    outside(ENTRY, module)
    known = dataset("terms", terms()["find"], SEQUENCE, column("label", "label"), column("meaning", "meaning"))
    other = column("other", "meaning", kind, of="terms", where="Open data")
    plan = dataset("plan", {"kind": "paragraphs"}, SEQUENCE, column("text", "text"), other)
    found = read(Small(GLOSSARY, [known, plan, furniture(), links()]))
    assert found.built, [str(one) for one in found.findings]
    assert [row["other"] for row in found.rows("plan")] == ["data that anyone may use."] * 2


@pytest.mark.parametrize("find", [{"kind": "paragraphs"}, {"kind": "rows", "of": "document"}])
def test_the_label_of_a_link_is_the_label_of_no_row(find: dict[str, str]) -> None:
    other = column("other", "url_status", "string", of="links", where="ministry")
    key = column("sequence", "sequence", "integer", "schema:position", key=True)
    declared = [dataset("plan", find, key, other), furniture(), links()]
    found = read(Small("# Plan\n\nThe [ministry](https://www.rijksoverheid.nl/bzk).\n", declared)).findings
    told = [(one.place.key, one.message) for one in found if one.severity == "error"]
    assert ("dataset[0].column[1].where", "Only a dataset of the kind 'document' has labels.") in told
