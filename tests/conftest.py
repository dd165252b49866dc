"""What tests have in common: a copy of the real publication to spoil, and one good build of it."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from long_form import long_form
from ogp_data import pipeline
from ogp_data.core.web import Bounds
from ogp_data.declaration import scaffold
from ogp_data.declaration.drafting.answers import Answers
from ogp_data.declaration.drafting.draft import Asked
from ogp_data.declaration.receiving import receive
from ogp_data.pipeline import Folders, Outcome

if TYPE_CHECKING:
    from browser import Browser

pytest_plugins = ["ckan_server", "pytester", "tiers"]

ROOT = Path(__file__).parents[1]
NAME = "nl-2020-2022"
SOURCE = f"{NAME}/source/ogp-self-assessment-nl-2020-2022.txt"


def shared() -> Path:
    """Return the folder of outside reference material; without it, the calling test is skipped."""
    folder = Path(os.environ.get("OGP_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip(f"there is no reference material at {folder}; name its folder in OGP_SHARED")
    return folder


@dataclass(frozen=True)
class Workspace:
    """A folder with `data/` and a publication in it that may be spoilt, to build in and to publish into."""

    folder: Path
    name: str = NAME
    file: str = SOURCE

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def build(self) -> Path:
        return self.folder / "build"

    @property
    def dist(self) -> Path:
        return self.folder / "dist"

    @property
    def source(self) -> Path:
        return self.data / self.file

    def edit(self, relative_path: str, old: str, new: str, count: int = 1) -> None:
        """Replace a text of a file below `data/` that stands there just `count` times."""
        path = self.data / relative_path
        content = path.read_bytes().decode("utf-8")
        assert content.count(old) == count, f"{old!r} stands {content.count(old)} times in {relative_path}"
        path.write_bytes(content.replace(old, new).encode())

    def edit_source(self, old: str, new: str, count: int = 1) -> None:
        """Change the source document on purpose: its declared SHA-256 goes with it."""
        self.edit(self.file, old, new, count)
        self.declare_source()

    def write_source(self, content: bytes) -> None:
        """Put another document in the place of the source, and declare it."""
        self.source.write_bytes(content)
        self.declare_source()

    def declare_source(self) -> None:
        """Write the SHA-256 of the source as it now is into the declaration."""
        path = self.data / self.name / "publication.toml"
        before, _, rest = path.read_text(encoding="utf-8").partition('sha256 = "')
        digest = hashlib.sha256(self.source.read_bytes()).hexdigest()
        path.write_text(f'{before}sha256 = "{digest}{rest[64:]}', encoding="utf-8")

    def line(self, begins: str) -> int:
        """Return the number of the first line of the source that begins with a text."""
        lines = self.source.read_bytes().decode("utf-8").split("\n")
        return next(number for number, line in enumerate(lines, start=1) if line.startswith(begins))

    def publish(
        self,
        name: str | None = None,
        base_iri: str = "",
        base_url: str = "",
        say: Callable[[str], None] = lambda _: None,
        write_dist: bool = True,
    ) -> Outcome:
        """Build in this process."""
        return pipeline.run(
            Folders(self.data, self.build, self.dist),
            self.name if name is None else name,
            base_iri,
            base_url,
            say,
            write_dist=write_dist,
        )


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Return a copy of the shipped declarations that a test may spoil, in the long form, which has each key."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    (tmp_path / "data" / NAME / "publication.toml").write_text(long_form(ROOT / "data", NAME), encoding="utf-8")
    return Workspace(tmp_path)


def begin(data: Path, name: str, document: Path | None = None) -> scaffold.Begun:
    """Begin a publication as `ogp-data new` does where nobody is there to be asked."""
    documents = receive([str(document)] if document else [], Bounds()).documents
    start = scaffold.prepare(data, Asked(name), documents)
    return scaffold.create(start, start.seen.answers if start.seen else Answers())


_FILLED = {
    "country": '"NLD"',
    "spatial": '["NLD"]',
    "plan": '"2023-2027"',
    "issued": "2026-11-23",
    "language": '"en"',
    "licence": '"http://creativecommons.org/publicdomain/zero/1.0/deed.nl"',
    "email": '"open@example.org"',
}
"""What a test writes for a key that a draft leaves open; "Report" for any other."""

_OPEN = re.compile(r'(?P<key>[\w.]+) = (?:(?<!\\)""|\[""\]|0001-01-01)')


def fill_in(declaration: Path) -> int:
    """Fill in what a new declaration, and the files beside it, leave open; return how many lines these were."""
    count = 0
    data = declaration.parents[1]
    for path in (declaration, data / "site.toml", data / "agents.toml"):
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        for at, line in enumerate(lines):
            if line.startswith("#"):
                continue
            filled = _OPEN.sub(lambda open_: f"{open_['key']} = {_FILLED.get(open_['key'], _REPORT)}", line)
            if codes := re.search(r"one of: (.+)", f"{lines[at - 1]} {line}"):
                for open_, code in zip(re.findall(r"FILL_IN\w* = ", filled), codes[1].split(", "), strict=False):
                    filled = filled.replace(open_, f"{code} = ")
            count += filled != line
            lines[at] = filled
        if lines:
            path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return count


_REPORT = '"Report"'

SMALL = "One paragraph.\n\nStakeholders took initial steps.\n\nAnother one.\n"


def small_workspace(folder: Path) -> Workspace:
    """Return a folder with a publication of three rows of one column with text, built in a quarter of the time."""
    data = folder / "data"
    (data / "small" / "source").mkdir(parents=True)
    shutil.copy(ROOT / "data" / "agents.toml", data)
    shutil.copy(ROOT / "tests" / "small" / "publication.toml", data / "small")
    (data / "small" / "source" / "small.txt").write_text(SMALL, encoding="utf-8")
    return Workspace(folder, "small", "small/source/small.txt")


@pytest.fixture
def small(tmp_path: Path) -> Workspace:
    """Return a copy of that publication that a test may spoil."""
    return small_workspace(tmp_path)


@pytest.fixture(scope="session")
def small_published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of that publication, built once; tests only read it."""
    outcome = small_workspace(tmp_path_factory.mktemp("small-published")).publish()
    assert outcome.published, [str(found) for found in outcome.report.findings]
    return outcome.folder


def tiny_data(folder: Path) -> Path:
    """Return a `data/` below a folder with the publication of three commitments, which uses every kind of table."""
    data = folder / "data"
    shutil.copytree(ROOT / "tests" / "tiny" / "data", data)
    return data


@pytest.fixture
def tiny_workspace(tmp_path: Path) -> Workspace:
    """Return a copy of the publication of three commitments that a test may spoil."""
    tiny_data(tmp_path)
    return Workspace(tmp_path, "tiny", "tiny/source/evaluatie.txt")


@pytest.fixture(scope="session")
def tiny_published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of that publication, built once; tests only read it."""
    folder = tmp_path_factory.mktemp("tiny-published")
    outcome = pipeline.run(
        Folders(tiny_data(folder), folder / "build", folder / "dist"), "tiny", "", "", lambda _: None
    )
    assert outcome.published, [str(found) for found in outcome.report.findings]
    return outcome.folder


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the shipped publication, built once; tests only read it."""
    folder = tmp_path_factory.mktemp("published")
    outcome = pipeline.run(
        Folders(ROOT / "data", folder / "build", folder / "dist"), NAME, "", "", lambda _: None, write_dist=True
    )
    assert outcome.published, [str(found) for found in outcome.report.findings]
    return outcome.folder


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Yield a browser of the file's own."""
    from browser import Browser  # Selenium takes time to load, and few files need it

    made = Browser(tmp_path_factory.mktemp("browser"))
    yield made
    made.close()
