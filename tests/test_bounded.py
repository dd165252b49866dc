"""A document is read within its limits, in a process that can be ended: what is beyond them is refused by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import Workspace
from made_documents import MADE, TABLE_ALONE, laid_down
from ogp_data.core.findings import Finding, errors
from ogp_data.core.source import SourceFile
from ogp_data.documents import READERS, read
from ogp_data.documents.bounded import read_bounded
from ogp_data.documents.limits import UnreadableError


@pytest.mark.parametrize("kind", MADE)
def test_another_process_reads_what_this_one_reads(kind: str) -> None:
    file = SourceFile(f"document.{kind}", MADE[kind]())
    assert read_bounded(kind, file) == READERS[kind].read(file)


def limited(folder: Path, kind: str, limits: str) -> Workspace:
    workspace = laid_down(folder, kind, MADE[kind](), TABLE_ALONE)
    path = workspace.data / "small" / "publication.toml"
    text = path.read_text(encoding="utf-8")
    before, kept, rest = text.partition("sha256")
    quoted = '"' if before.endswith('"') else ""
    before = before.removesuffix('"')
    path.write_text(f"{before}limits = {{ {limits} }}, {quoted}{kept}{rest}", encoding="utf-8")
    return workspace


@pytest.mark.parametrize(
    ("kind", "limits", "said"),
    [
        ("csv", "bytes = 20", "has more than 20 bytes"),
        ("csv", "cells = 7", "has more than 7 cells"),
        ("xlsx", "cells = 7", "has more than 7 cells"),
        ("ods", "cells = 7", "has more than 7 cells"),
        ("docx", "cells = 7", "has more than 7 cells"),
        ("html", "cells = 7", "has more than 7 cells"),
        ("markdown", "cells = 7", "has more than 7 cells"),
        ("pdf", "pages = 2", "has 3 pages, more than 2"),
        ("pdf", "seconds = 0", "takes more than 0 seconds"),
    ],
)
def test_what_is_over_a_limit_is_refused_by_its_name(kind: str, limits: str, said: str, tmp_path: Path) -> None:
    outcome = limited(tmp_path, kind, limits).publish(write_dist=False)
    found = next(one for one in errors(outcome.report.findings) if one.rule == "too-large")
    assert said in found.message
    assert f"raise `{limits.split()[0]}` under [source.limits]" in found.hint
    assert not outcome.published


def test_a_reader_that_crashes_is_a_damaged_document(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ogp_data.documents.bounded._MODULE", "faulthandler_that_is_not_there")
    with pytest.raises(UnreadableError) as raised:
        read_bounded("csv", SourceFile("a.csv", b"a,b"))
    assert raised.value.rule == "damaged-file"


def test_what_cannot_be_read_is_a_finding_with_its_fix() -> None:
    (found,) = read("pdf", SourceFile("a.pdf", b"%PDF-1.7 nothing")).findings
    assert isinstance(found, Finding)
    assert (found.rule, found.place.file) == ("damaged-file", "a.pdf")
    assert found.hint.startswith("Fetch the document again")
