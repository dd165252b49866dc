"""The figures of the structure: counted by hand on a package of a few lines."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT

sys.path.insert(0, str(ROOT / "tools"))

import structure

MADE = {
    "__init__.py": '"""A package."""\n',
    "__main__.py": "import sys\n\nfrom ogp_data.story import tell\n\ntell(sys.argv[-1])\n",
    "story.py": """\
from ogp_data.low import nouns
from ogp_data.high import maker


def tell(name):
    # Sorted, because the next one compares.
    return sorted(maker.made(name), key=nouns.weight)
""",
    "high/__init__.py": "",
    "high/maker.py": """\
from ogp_data.low import nouns, walk


def made(name):
    nouns.weight(name)
    nouns.weight(name)
    return walk.each(name, mark)


def mark(sign):  # noqa: D103
    return sign
""",
    "low/__init__.py": "",
    "low/nouns.py": '''\
def weight(name):
    """Return the weight.

    It is one.
    """
    return len(name)  # letters
''',
    "low/walk.py": "def each(name, do):\n    return [do(sign) for sign in name]\n",
}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Return a tree with the made package, and with a publication for it to publish."""
    for name, text in MADE.items():
        (tmp_path / "src/ogp_data" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "src/ogp_data" / name).write_text(text)
    (tmp_path / "tests/tiny/data").mkdir(parents=True)
    (tmp_path / "tests/tiny/data/agents.toml").touch()
    return tmp_path


def test_the_figures_of_a_made_package(tree: Path) -> None:
    assert structure.figures(tree) == {
        "rooms": "3",
        "floors, so that each import leads down": "3",
        "arrows between rooms": "3",
        "circles between rooms": "0",
        "circles between files": "0",
        "rooms that one publication enters": "3",
        # story calls maker and, by way of sorted, nouns; maker calls nouns and walk; walk calls maker back.
        "its moves between modules of different rooms": "5",
        "of those, back up": "1",
        "its moves between rooms": "4",
        "files": "8",
        "files over 400 lines": "0",
        "lines": "32",
        "lines without the service": "32",
        "lines with a comment": "6.2%",
        "lines of docstrings": "15.6%",
        "functions": "5",
        "lines of a function, median": "3",
        "lines of a function, 95 of 100 have at most": "6",
        "lines of the longest functions": "6 `low.nouns.weight`<br>4 `high.maker.made`<br>3 `story.tell`"
        "<br>2 `low.walk.each`<br>2 `high.maker.mark`",
    }


def test_a_circle_is_of_files_and_of_rooms(tree: Path) -> None:
    (tree / "src/ogp_data/low/walk.py").write_text("import ogp_data.high.maker\n")
    graph = structure.arrows(tree / "src/ogp_data")
    assert structure.circles(graph) == [["high.maker", "low.walk"]]
    assert structure.circles(structure.room_arrows(graph)) == [["high", "low"]]
    assert structure.floors(structure.room_arrows(graph)) == 2


def test_a_room_of_its_own_for_the_service_is_left_out_of_the_second_sum(tree: Path) -> None:
    (tree / "src/ogp_data/service.py").write_text("\n" * 500)
    texts = {m: structure.text_of(p.read_text(), m) for m, p in structure.modules(tree / "src/ogp_data").items()}
    lines = structure._lines(texts)
    assert (lines["lines"], lines["lines without the service"]) == ("532", "32")
    assert lines["files over 400 lines"] == "1"


def test_a_publication_that_fails_is_not_measured(tree: Path) -> None:
    (tree / "src/ogp_data/low/nouns.py").write_text("def weight(name):\n    raise SystemExit(3)\n")
    with pytest.raises(SystemExit, match="could not be published"):
        structure.figures(tree)


def test_a_commit_is_put_beside_and_the_page_keeps_its_words(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git = ("git", "-c", "user.name=x", "-c", "user.email=x@example.org", "-C", str(tree))
    for command in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "made"]):
        subprocess.run([*git, *command], check=True)
    (tree / "src/ogp_data/attic.py").touch()
    monkeypatch.setattr(structure, "ROOT", tree)
    page = tree / "page.md"
    page.write_text(f"Before.\n\n{structure.MARK}\nold\n{structure.END}\nAfter.\n")
    for _ in range(2):
        assert structure.main(["--before", "HEAD", "--page", str(page)]) == 0
        text = page.read_text()
        assert text.startswith(
            f"Before.\n\n{structure.MARK}\n|  | before (HEAD) | now |\n| --- | ---: | ---: |\n| rooms | 3 | 4 |"
        )
        assert text.endswith(f"|\n{structure.END}\nAfter.\n")
