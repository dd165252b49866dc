"""What was read, written down: the same each time, a line for each block, and nowhere in what is published."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from document_help import read
from made_documents import DATASETS, MADE, laid_down
from ogp_data.documents.described import described


@pytest.mark.parametrize("kind", MADE)
def test_the_reading_is_the_same_each_time(kind: str) -> None:
    content = MADE[kind]()
    first, second = (described(read(kind, content)) for _ in range(2))
    assert first == second
    held = json.loads(first)
    cells = [cell for block in held["blocks"] for cell in block.get("cells", ())]
    assert {"text": "Substantial", "fill": "#00b050"} in cells or kind in ("markdown", "csv")
    # A change of one block is a change of one line.
    assert first.count(b"\n") == len(held["blocks"]) + max(len(held["asides"]), 1) + 5


def test_it_is_in_the_build_and_not_in_what_is_published(tmp_path: Path) -> None:
    outcome = laid_down(tmp_path, "markdown", MADE["markdown"](), DATASETS).publish()
    assert outcome.published
    held = json.loads((tmp_path / "build" / "small" / "document.json").read_bytes())
    assert held["blocks"][1] == {
        "kind": "paragraph",
        "place": "L3",
        "text": "Arendia opens its archives, as the law wants & says.",
        "links": [["the law", "https://law.arendia.example/?a=1&b=2"]],
    }
    assert held["asides"][0] == {"reason": "address", "place": "L3", "text": "https://law.arendia.example/?a=1&b=2"}
    assert not (outcome.folder / "document.json").exists()
    assert '"document.json"' not in (outcome.folder / "manifest.json").read_text(encoding="utf-8")
