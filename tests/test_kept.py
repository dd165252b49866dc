"""A document that has not changed is read once: its reading is kept, whole, for just what it was read of and by."""

from __future__ import annotations

import json
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import Workspace
from made_documents import DATASETS, MADE, TABLE_ALONE, laid_down
from ogp_data import documents
from ogp_data.cli.main import main
from ogp_data.core.findings import Finding, Place
from ogp_data.core.limits import Limits
from ogp_data.core.messages import Listed, Message, Plural
from ogp_data.core.places import Block as BlockPlace
from ogp_data.core.places import Box, Line, Page, SheetCell, SourcePlace
from ogp_data.core.source import SourceFile, SourceText
from ogp_data.core.text import Fragment, Passage
from ogp_data.documents import READERS, Anchor, Aside, Block, Cell, Document, Inline, Style, keeping, read
from ogp_data.documents.document import Doubt
from ogp_data.documents.kept import form, shelf

# The form -------------------------------------------------------------------------------------------------------


def told(document: Document) -> list[list[str]]:
    """Return what the findings say in each language, which two equal texts need not have in common."""
    return [found.lines(language) for found in document.findings for language in ("en", "nl", "fr")]


@pytest.mark.parametrize("kind", MADE)
def test_what_a_reader_gives_is_the_same_when_it_was_written_down(kind: str) -> None:
    document = READERS[kind].read(SourceFile(f"document.{kind}", MADE[kind]()))
    again = form.read(form.written(document))
    assert again == document
    assert told(again) == told(document)


TEXT = st.text(st.characters(), max_size=6)
COUNT = st.integers(1, 9)
FILLED = st.recursive(
    TEXT | st.integers() | st.floats(allow_nan=False) | st.booleans() | st.builds(Line, COUNT),
    lambda inner: (
        st.builds(lambda value: Message("“{one}” of {one}", one=value), inner)
        | st.builds(Listed, st.tuples(inner, inner), TEXT)
        | st.builds(Plural, st.just("{num} row"), st.just("{num} rows"), COUNT, st.none() | inner)
    ),
    max_leaves=3,
)
MESSAGE = TEXT | st.builds(lambda value: Message("A cell says {value}.", value=value), FILLED)
BOX = st.tuples(*[st.floats(0, 600)] * 4).map(
    lambda s: Box(min(s[0], s[2]), min(s[1], s[3]), max(s[0], s[2]), max(s[1], s[3]))
)
PLACE: st.SearchStrategy[SourcePlace] = (
    st.builds(Line, COUNT, file=COUNT)
    | st.builds(Page, COUNT, st.none() | BOX, file=COUNT)
    | st.builds(BlockPlace, COUNT, st.sampled_from(["", "/html/body/p[1]"]))
    | st.builds(SheetCell, st.sampled_from(["Sheet1", "Blad 2"]), st.sampled_from(["A", "BC"]), COUNT)
)
FINDING = st.builds(
    Finding,
    TEXT,
    MESSAGE,
    st.builds(Place, file=TEXT, at=st.none() | PLACE),
    MESSAGE,
    st.sampled_from(["error", "warning"]),
)
PASSAGE = st.builds(
    Passage,
    st.lists(st.builds(Fragment, TEXT, st.integers(0, 99), st.integers(0, 99), st.booleans()), max_size=3).map(tuple),
)
ANCHORS = st.lists(st.builds(Anchor, PASSAGE, PASSAGE, COUNT, st.booleans()), max_size=2).map(tuple)
STYLES = st.lists(
    st.builds(Style, st.sampled_from(["bold", "italic", "raised", "mark"]), COUNT, COUNT, TEXT), max_size=2
).map(tuple)
INLINE = st.builds(Inline, PASSAGE, ANCHORS, st.booleans(), STYLES)
CELL = st.builds(Cell, PASSAGE, ANCHORS, st.booleans(), STYLES, COUNT, COUNT, st.booleans(), TEXT, st.booleans())
BLOCK = st.builds(
    Block,
    st.sampled_from(["heading", "item", "row", "mark", "paragraph", "picture", "rule"]),
    PLACE,
    INLINE,
    COUNT,
    COUNT,
    st.booleans(),
    st.lists(CELL, max_size=2).map(tuple),
    TEXT,
    COUNT,
    COUNT,
    TEXT,
)
DOCUMENT = st.builds(
    Document,
    st.builds(lambda name, runs: SourceText.placed(name, runs), TEXT, st.lists(st.tuples(TEXT, PLACE), max_size=3)),
    st.lists(BLOCK, max_size=3).map(tuple),
    st.lists(st.builds(Aside, COUNT, COUNT, st.sampled_from(["markup", "address", "label"])), max_size=2).map(tuple),
    st.lists(FINDING, max_size=2).map(tuple),
    st.lists(st.builds(Doubt, COUNT, FINDING), max_size=1).map(tuple),
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(DOCUMENT)
def test_any_document_is_the_same_when_it_was_written_down(document: Document) -> None:
    again = form.read(form.written(document))
    assert again == document
    assert repr(again) == repr(document)
    assert told(again) == told(document)
    assert form.written(again) == form.written(document)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_what_is_no_document_is_none(data: st.DataObject) -> None:
    """Whatever somebody writes into the file: it is a document, each member of its type, or it is refused."""
    held = json.loads(form.written(READERS["csv"].read(SourceFile("a.csv", b"a,b\n1,2\n"))))
    part, junk = held, st.none() | st.integers(-9, 40) | TEXT | st.just([]) | st.just({}) | st.just([0, [1, 2]])
    while True:
        at = data.draw(st.integers(0, len(part) - 1))
        if not (isinstance(part[at], list) and part[at] and data.draw(st.booleans())):
            break
        part = part[at]
    part[at] = data.draw(junk)
    try:
        document = form.read(json.dumps(held).encode())
    except form.UnknownFormError:
        return
    assert form.written(document) == json.dumps(held, separators=(",", ":")).encode()


@pytest.mark.parametrize(
    "content",
    [b"", b"[", b"null", b"[0]", b"[2,{}]", b"[[[1]]]", b'[1,"x {y}",[2,{}]]', b"[" * 9999, b"\xff", b'{"a":1}'],
)
def test_no_content_is_anything_but_a_document_or_refused(content: bytes) -> None:
    with pytest.raises(form.UnknownFormError):
        form.read(content)


def test_what_has_no_form_is_not_written() -> None:
    document = READERS["csv"].read(SourceFile("a.csv", b"a,b\n1,2\n"))
    odd = Finding("x", Message("{odd}", odd=object()))
    with pytest.raises(form.UnknownFormError):
        form.written(replace(document, findings=(odd,)))


# The shelf ------------------------------------------------------------------------------------------------------

FILE = SourceFile("a.csv", b"a,b\n1,2\n")


class Counted:
    """How often a document was really read."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.times, self.bounded = 0, documents.read_bounded
        monkeypatch.setattr(documents, "read_bounded", self)

    def __call__(self, kind: str, file: SourceFile) -> Document:
        self.times += 1
        return self.bounded(kind, file)


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Counted:
    return Counted(monkeypatch)


@contextmanager
def kept_in(folder: Path) -> Iterator[Path]:
    with keeping(folder):
        yield folder / ".readings"


@pytest.mark.parametrize("kind", [kind for kind in MADE if READERS[kind].is_bounded])
def test_an_unchanged_document_is_read_once(kind: str, tmp_path: Path, counted: Counted) -> None:
    file = SourceFile(f"document.{kind}", MADE[kind]())
    with kept_in(tmp_path):
        first, second = read(kind, file), read(kind, file)
    assert (counted.times, second) == (1, first)
    read(kind, file)
    assert counted.times == 2, "without a folder nothing is kept"


@pytest.mark.parametrize(
    "other",
    [
        replace(FILE, content=b"a,b\n1,3\n"),
        replace(FILE, name="b.csv"),
        replace(FILE, codec="utf-16"),
        replace(FILE, limits=Limits(cells=99)),
    ],
)
def test_a_document_that_differs_in_anything_is_another(other: SourceFile, tmp_path: Path) -> None:
    calls = []

    def work() -> Document:
        calls.append(1)
        return READERS["csv"].read(FILE)

    with kept_in(tmp_path):
        for file in (FILE, other, FILE, other):
            shelf.kept_or_read("csv", file, work)
        shelf.kept_or_read("markdown", FILE, work)
    assert len(calls) == 3


def test_another_version_of_a_reader_reads_anew(
    tmp_path: Path, counted: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    with kept_in(tmp_path):
        read("csv", FILE)
        shelf.readers_version.cache_clear()
        before = shelf.readers_version()
        versions = shelf._version
        monkeypatch.setattr(shelf, "_version", lambda name: "9.9" if name == "lxml" else versions(name))
        shelf.readers_version.cache_clear()
        assert shelf.readers_version() != before
        read("csv", FILE)
    shelf.readers_version.cache_clear()
    assert counted.times == 2


def test_the_version_of_the_readers_covers_their_libraries_and_their_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    libraries = {"pdfplumber", "pdfminer-six", "pillow", "openpyxl", "lxml", "python-docx", "markdown-it-py"}
    assert libraries <= set(shelf._libraries())
    copy = tmp_path / "ogp_data"
    shutil.copytree(shelf._PACKAGE / "documents", copy / "documents")
    shutil.copytree(shelf._PACKAGE / "core", copy / "core")
    monkeypatch.setattr(shelf, "_PACKAGE", copy)
    seen = set()
    for path in (None, "documents/pdf/letters.py", "core/text.py", "core/rules.toml"):
        if path:
            (copy / path).write_bytes((copy / path).read_bytes() + b"\n")
        shelf.readers_version.cache_clear()
        seen.add(shelf.readers_version())
    shelf.readers_version.cache_clear()
    assert len(seen) == 4


def damages(content: bytes) -> Iterator[bytes]:
    yield b""
    for length in range(0, len(content), 31):
        yield content[:length]
    for at in range(0, len(content), 37):
        yield content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]
    yield content + b" "
    yield content.replace(b'"1"', b'"7"')


def test_a_damaged_reading_is_read_anew_and_mended(tmp_path: Path) -> None:
    first = READERS["csv"].read(FILE)
    calls: list[int] = []

    def work() -> Document:
        calls.append(1)
        return first

    with kept_in(tmp_path) as folder:
        shelf.kept_or_read("csv", FILE, work)
        (path,) = folder.iterdir()
        whole = path.read_bytes()
        assert whole.count(b'"1"') > 0
        tried = list(damages(whole))
        for number, content in enumerate(tried, start=2):
            path.write_bytes(content)
            assert shelf.kept_or_read("csv", FILE, work) == first
            assert (len(calls), path.read_bytes()) == (number, whole)
    assert len(tried) > 30


def test_a_reading_under_the_name_of_another_is_none(tmp_path: Path, counted: Counted) -> None:
    other = replace(FILE, content=b"a,b\n3,4\n")
    with kept_in(tmp_path) as folder:
        read("csv", FILE)
        (path,) = folder.iterdir()
        second = read("csv", other)
        (taken,) = set(folder.iterdir()) - {path}
        taken.write_bytes(path.read_bytes())
        assert read("csv", other) == second
    assert counted.times == 3


@pytest.mark.parametrize("spoilt", ["file", "link", "folder", "pipe", "readonly"])
def test_where_nothing_can_be_kept_the_document_is_read_all_the_same(spoilt: str, tmp_path: Path) -> None:
    with kept_in(tmp_path) as folder:
        first = read("csv", FILE)
        (path,) = folder.iterdir()
        path.unlink()
        if spoilt == "file":
            folder.rmdir()
            folder.write_bytes(b"")
        elif spoilt == "link":
            path.symlink_to(tmp_path / "nowhere" / "else")
        elif spoilt == "folder":
            path.mkdir()
        elif spoilt == "pipe":
            os.mkfifo(path)
        else:
            folder.chmod(0o500)
        assert read("csv", FILE) == first
        assert read("csv", FILE) == first
        if folder.is_dir():
            folder.chmod(0o700)


def test_a_document_that_cannot_be_read_is_not_kept(tmp_path: Path, counted: Counted) -> None:
    with kept_in(tmp_path) as folder:
        for _ in range(2):
            assert [found.rule for found in read("pdf", SourceFile("a.pdf", b"%PDF-1.7 no")).findings] == [
                "damaged-file"
            ]
        assert not folder.exists()
    assert counted.times == 2


def test_the_oldest_reading_goes_where_there_are_too_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "_MOST", 3)
    document = READERS["csv"].read(FILE)
    files = [replace(FILE, content=b"%d" % number) for number in range(6)]
    with kept_in(tmp_path) as folder:
        folder.mkdir()
        (folder / "mine.txt").write_bytes(b"of somebody else")
        for file in files:
            shelf.kept_or_read("csv", file, lambda: document)
        left = set(folder.iterdir())
    assert left == {folder / "mine.txt", *(shelf._path(folder, "csv", file) for file in files[3:])}


def test_runs_beside_one_another_read_the_same(tmp_path: Path) -> None:
    found: list[Document] = []

    def run() -> None:
        with keeping(tmp_path):
            found.extend(read("csv", FILE) for _ in range(3))

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 12
    assert all(one == found[0] for one in found)
    assert len(list((tmp_path / ".readings").iterdir())) == 1


# The commands ---------------------------------------------------------------------------------------------------


def test_check_and_publish_share_what_is_kept(tmp_path: Path, counted: Counted) -> None:
    workspace = laid_down(tmp_path, "pdf", MADE["pdf"](), DATASETS)
    built = []
    for command in ("check", "publish", "publish", "check"):
        assert main([command, *options(workspace)]) == 0
        if command == "publish":
            built.append((workspace.build / "small" / "document.json").read_bytes())
            built.append((workspace.dist / "small" / "manifest.json").read_bytes())
    assert counted.times == 1
    assert built[:2] == built[2:]
    assert not [path for path in (workspace.dist / "small").rglob("*") if "reading" in path.name]


def test_what_is_published_is_the_same_whether_the_document_was_read_or_kept(tmp_path: Path) -> None:
    workspace = laid_down(tmp_path, "csv", MADE["csv"](), TABLE_ALONE)
    manifests = []
    for _ in range(2):
        assert main(["publish", *options(workspace)]) == 0
        manifests.append((workspace.dist / "small" / "manifest.json").read_bytes())
    shutil.rmtree(workspace.build / ".readings")
    assert main(["publish", *options(workspace)]) == 0
    assert manifests == [(workspace.dist / "small" / "manifest.json").read_bytes()] * 2


def test_what_new_read_publish_need_not_read(tmp_path: Path, counted: Counted, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plan.pdf").write_bytes(MADE["pdf"]())
    assert main(["new", "ar-2026", "plan.pdf"]) == 0
    main(["check", "ar-2026"])
    assert counted.times == 1


def options(workspace: Workspace) -> list[str]:
    return ["small", "--data", str(workspace.data), "--build", str(workspace.build), "--dist", str(workspace.dist)]
