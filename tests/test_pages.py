"""The pages that people read: their links lead somewhere, their tables are true, and forms are as GitHub takes them."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from conftest import ROOT

PAGES = sorted(p for p in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / ".github").rglob("*.md")))
LINK = re.compile(r"!?\[(?:[^\[\]]|\[[^\]]*\])*\]\(([^()\s]+)\)")
FORMS = sorted(path for path in (ROOT / ".github/ISSUE_TEMPLATE").glob("*.yml") if path.name != "config.yml")


def links(page: Path) -> list[str]:
    """Return the addresses that a page links to; what stands in code is no link."""
    text = re.sub(r"```.*?```|^(?: {4}|\t)[^\n]*$", "", page.read_text(encoding="utf-8"), flags=re.S | re.M)
    return LINK.findall(re.sub(r"`[^`\n]*`", "`code`", text))


def anchors(page: Path) -> set[str]:
    """Return the fragments of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def dead(page: Path) -> list[str]:
    """Return the links of a page that lead to no file or heading of the checkout."""
    return [link for link in links(page) if not re.match(r"[a-z]+:", link) and not leads(page, link)]


def leads(page: Path, link: str) -> bool:
    """Return whether a link of a page leads to a file of the checkout and, in a page, to a heading."""
    path, _, fragment = link.partition("#")
    target = (page.parent / path).resolve() if path else page
    return target.exists() and (not fragment or target.suffix != ".md" or fragment in anchors(target))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    assert dead(page) == []


def test_a_link_that_leads_nowhere_is_found(tmp_path: Path) -> None:
    (tmp_path / "there.md").write_text("# What's `new`\n", encoding="utf-8")
    page = tmp_path / "page.md"
    lines = ("[a](there.md) [b](there.md#whats-new) [c](gone.md)", "[d](there.md#gone) [`e`](https://example.org/)")
    page.write_text("\n\n".join((*lines, "    [f](code.md)", "```\n[g](code.md)\n```", "`[h](code.md)`")), "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(globals(), "ROOT", tmp_path)
        assert dead(page) == ["gone.md", "there.md#gone"]


def test_every_page_can_be_found_from_the_readme() -> None:
    seen: set[Path] = set()
    ahead = [ROOT / "README.md"]
    while ahead:
        page = ahead.pop()
        if page in seen or page.suffix != ".md" or not page.exists():
            continue
        seen.add(page)
        ahead += [(page.parent / link.split("#")[0]).resolve() for link in links(page) if ":" not in link]
    pages = {page for page in PAGES if not {".github", "decisions"} & set(page.parts)}
    assert pages - seen == set()


def numbers_of(page: Path) -> tuple[int, int]:
    """Return the number of a decision in the name of its file and in its heading; -1 where a heading has none."""
    heading = re.match(r"# (\d+)\. ", page.read_text(encoding="utf-8"))
    return int(page.name.split("-")[0]), int(heading[1]) if heading else -1


def test_each_decision_has_a_number_of_its_own_and_none_is_left_out() -> None:
    decisions = [page for page in PAGES if page.parent.name == "decisions"]
    assert [numbers_of(page) for page in decisions] == [(n, n) for n in range(1, len(decisions) + 1)]


def test_a_link_to_a_decision_says_its_number() -> None:
    link = re.compile(r"\[decision (\d+)\]\([\w./]*?(\d{4})-[\w-]+\.md\)", re.I)
    said = [(int(n), int(name)) for page in PAGES for n, name in link.findall(page.read_text(encoding="utf-8"))]
    assert len(said) > 5
    assert [n for n, _ in said] == [name for _, name in said]


def test_the_readme_is_one_page() -> None:
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) <= 60


def test_the_picture_is_small() -> None:
    assert (ROOT / "docs/what-comes-out.png").stat().st_size < 250_000


def test_the_warnings_that_the_page_explains_are_those_of_the_publication(published: Path) -> None:
    report = json.loads((published / "reports/validation.json").read_text(encoding="utf-8"))
    warned = Counter(found["rule"] for found in report["findings"] if found["severity"] == "warning")
    page = (ROOT / "docs/how-to/read-a-report.md").read_text(encoding="utf-8")
    rows = {rule: int(times) for rule, times in re.findall(r"^\| `([a-z-]+)` \| (\d+) \|", page, re.M)}
    assert rows == {"missing-site-assets": 1, **warned}


# An example of a package of somebody else is called `..._for_ogp.py`.
NAMED = re.compile(r"`([\w./-]*(?<!_for_ogp)\.py|src/[\w./-]+|tools/[\w./-]+)`")


def test_every_file_of_code_that_a_page_names_is_there() -> None:
    """A page names files from the root of the checkout, of the package or of a room, or by their name alone."""
    roots = [ROOT, ROOT / "src/ogp_data", ROOT / "tests", *(ROOT / "src/ogp_data").glob("*/")]
    names = {path.name for path in (ROOT / "src").rglob("*.py")}
    named = [(page.name, name) for page in PAGES for name in NAMED.findall(page.read_text(encoding="utf-8"))]
    gone = [(page, n) for page, n in named if n not in names and not any((root / n).exists() for root in roots)]
    assert len(named) > 60
    assert gone == []


# Forms of GitHub ------------------------------------------------------------------------------------------

# https://docs.github.com/en/communities/using-templates-to-encourage-useful-issues-and-pull-requests
PARTS = {
    "markdown": {"value"},
    "input": {"label", "description", "placeholder", "value"},
    "textarea": {"label", "description", "placeholder", "value", "render"},
    "dropdown": {"label", "description", "multiple", "options", "default"},
    "checkboxes": {"label", "description", "options"},
}


def fields(form: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the parts of a form that somebody fills in."""
    return [part for part in form["body"] if part["type"] != "markdown"]


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_an_issue_form_is_as_github_takes_it(path: Path) -> None:
    form = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert set(form) == {"name", "description", "title", "labels", "body"}
    assert all(isinstance(form[key], str) for key in ("name", "description", "title"))
    for part in form["body"]:
        assert set(part["attributes"]) <= PARTS[part["type"]]
        assert set(part) <= {"type", "id", "attributes", "validations"}
        assert set(part.get("validations", {})) <= {"required"}
    names = [part["id"] for part in fields(form)]
    labels = [part["attributes"]["label"] for part in fields(form)]
    assert len(names) == len(set(names)) == len(set(labels)) >= 4
    assert any(part.get("validations", {}).get("required") for part in fields(form))


def test_there_is_a_form_for_each_thing_that_is_asked() -> None:
    assert [path.stem for path in FORMS] == ["fault", "new-document", "wrong-cell"]
    assert yaml.safe_load((ROOT / ".github/ISSUE_TEMPLATE/config.yml").read_text(encoding="utf-8"))
