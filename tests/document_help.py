"""What holds of every document that is read, whatever its kind."""

from __future__ import annotations

import itertools
from collections import Counter

from ogp_data.core.source import SourceFile
from ogp_data.core.unseen import ABOUT
from ogp_data.documents import READERS, Block, Cell, Document, Inline


def read(kind: str, content: bytes | str, name: str = "") -> Document:
    """Return a document, after a look at what must hold of every one."""
    raw = content.encode() if isinstance(content, str) else content
    document = READERS[kind].read(SourceFile(name or f"made.{kind}", raw))
    check(document)
    return document


def check(document: Document) -> None:
    """Every character that is seen is in one text or set aside once; labels, addresses and looks stand in the text."""
    text = document.source.text
    spans = [span for inline in inlines(document) for span in inline.passage.spans]
    # The places of a document are read from its blocks one after another, so their texts must not be out of order.
    assert spans == sorted(spans)
    spans += [(aside.start, aside.end) for aside in document.asides]
    spans.sort()
    at = 0
    for start, end in spans:
        assert at <= start, f"twice: {text[start:at]!r}"
        assert not text[at:start].strip(), f"nowhere: {text[at:start]!r}"
        at = end
    assert not text[at:].strip(), f"nowhere: {text[at:]!r}"
    for block in document.blocks:
        for cell in block.cells:
            assert not (cell.covered and cell.passage.fragments)
    for inline in inlines(document):
        for fragment in inline.passage.fragments:
            assert fragment.text == text[fragment.start : fragment.end]
        for style in inline.styles:
            assert text[style.start : style.end].strip() or style.kind != "mark"
        for anchor in inline.anchors:
            address = anchor.target.fragments
            assert text[anchor.start : anchor.start + 1] == (address[0].text[:1] if address else "")
    for _, rows in itertools.groupby((b for b in document.blocks if b.cells), key=lambda block: block.table):
        found = list(rows)
        assert found[0].table == 0 or len({len(row.cells) for row in found}) == 1


def inlines(document: Document) -> list[Inline | Cell]:
    return [inline for block in document.blocks for inline in (block.cells or (block.inline,))]


def words(document: Document, furniture: bool = False) -> Counter[str]:
    """Return the words of all texts, and of what stands on each page again where that is asked for."""
    found = Counter(word for inline in inlines(document) for word in inline.passage.text.split())
    if furniture:
        for aside in document.asides:
            if aside.reason != "address":
                found.update(document.source.text[aside.start : aside.end].split())
    return found


def links(document: Document) -> list[tuple[str, str]]:
    return [(anchor.label.text, anchor.target.text) for inline in inlines(document) for anchor in inline.anchors]


def told(document: Document) -> list[tuple[str, str]]:
    """Return the rules of the findings with their places."""
    return [(found.rule, found.place.at.text if found.place.at else "") for found in document.findings]


def carried(document: Document) -> dict[str, str]:
    """Return the kinds of what bears on the tables and is carried unseen, each with the place where it is first met."""
    found = [one for one in document.carried if ABOUT[one.kind].is_content]
    return {one.kind: one.places[0].text if one.places else "" for one in found}


def rows(document: Document) -> list[list[str]]:
    return [[cell.passage.text for cell in block.cells] for block in document.blocks if block.cells]


def said(block: Block) -> str:
    return block.inline.passage.text
