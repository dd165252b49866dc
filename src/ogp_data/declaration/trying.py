"""A declaration that only names a form, tried on its document -> what of the document the form takes."""

from __future__ import annotations

import datetime
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from ogp_data.core import resources
from ogp_data.core.tables import Table
from ogp_data.declaration import reading
from ogp_data.declaration.drafting.answers import Answers
from ogp_data.declaration.drafting.beside import AGENTS, SITE
from ogp_data.declaration.drafting.draft import Asked, Survey, draft
from ogp_data.declaration.drafting.shared_keys import SHARED
from ogp_data.documents import Aside, Document
from ogp_data.models.lists import load_lists
from ogp_data.tables import build
from ogp_data.tables.claims import homes

_SITE = """\
base_iri = "https://example.org/ogp/{id}/"
publisher = "a"
creator = "a"
contact = "a"
licence = "http://creativecommons.org/publicdomain/zero/1.0/"
languages = ["en"]
profile = "dcat-ap"
"""
_AGENTS = """\
[[agent]]
id = "a"
name.en = "A"

[[contact]]
id = "a"
name.en = "A"
email = "a@example.org"
"""
"""What a declaration needs to be read, whatever it is about."""
_FRAME = ("narrative", "document", "links")
"""The datasets that take what no other does."""


def taken_by_form(asked: Asked, seen: Survey, answers: Answers) -> frozenset[int]:
    """Return the numbers of the blocks that are rows of the form, or headings and labels of its rows."""
    own = replace(asked, given=frozenset(SHARED), pages=("en",))
    day = datetime.date(2000, 1, 1)
    said = Answers(answers.language or "en", "NLD", plan="2000", issued=day)
    files = {
        SITE: _SITE.encode(),
        AGENTS: _AGENTS.encode(),
        f"{asked.id}/publication.toml": draft(own, seen, said).written.text.encode(),
        **{f"{asked.id}/{file.path}": file.content for file in seen.opened.files},
    }
    with tempfile.TemporaryDirectory() as folder:
        for path, content in files.items():
            Path(folder, path).parent.mkdir(parents=True, exist_ok=True)
            Path(folder, path).write_bytes(content)
        publication, _ = reading.load(Path(folder), asked.id, load_lists(resources.value_lists()))
        if publication is None:
            return frozenset()
        built = build.build(publication, seen.opened.document)
    return frozenset(_within(seen.outline.document, [*_spans(built.tables, built.asides)]))


def _spans(tables: Sequence[Table], asides: Sequence[Aside]) -> Iterator[tuple[int, int]]:
    """Yield the stretches of the source that the datasets of a form have, and those set aside as its labels."""
    for claim in homes(tables):
        if claim.dataset not in _FRAME:
            yield claim.start, claim.end
    for aside in asides:
        if aside.reason in ("label", "table-header"):
            yield aside.start, aside.end


def _within(document: Document, spans: Sequence[tuple[int, int]]) -> Iterator[int]:
    """Yield the numbers of the blocks in which a stretch begins."""
    starts = {start for start, _ in spans}
    for number, block in enumerate(document.blocks):
        own = (span for text in block.texts for span in text.passage.spans)
        if any(starts & {*range(start, end)} for start, end in own):
            yield number
