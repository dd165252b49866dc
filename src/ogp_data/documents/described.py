"""A document as it was read -> JSON to look at and to compare between runs: a line for each block and aside."""

from __future__ import annotations

import json
from collections.abc import Mapping

from ogp_data.core.places import SourcePlace
from ogp_data.documents.document import Aside, Block, Cell, Document, Inline


def described(document: Document) -> bytes:
    """Return the blocks of a document in reading order, and what of it is set aside."""
    blocks = ",\n".join(map(_line, (_block(block, document.source.text) for block in document.blocks)))
    asides = ",\n".join(map(_line, (_aside(aside, document) for aside in document.asides)))
    name = json.dumps(document.source.name, ensure_ascii=False)
    return f'{{"name": {name},\n"blocks": [\n{blocks}\n],\n"asides": [\n{asides}\n]}}\n'.encode(errors="replace")


def _line(held: Mapping[str, object]) -> str:
    """Return what is said, without what is not: each line says only what is out of the ordinary."""
    return json.dumps({key: value for key, value in held.items() if value}, ensure_ascii=False)


def _block(block: Block, text: str) -> Mapping[str, object]:
    return {
        "kind": block.kind,
        **_place(block.place),
        "level": block.level,
        "marker": block.marker,
        "number": block.number,
        "depth": block.depth,
        "table": block.table,
        "emphasis": block.emphasis,
        "drawn": block.drawn,
        **_inline(block.inline, text),
        "cells": [_cell(cell, text) for cell in block.cells],
    }


def _cell(cell: Cell, text: str) -> Mapping[str, object]:
    spans = {"rows": cell.rows if cell.rows > 1 else 0, "columns": cell.columns if cell.columns > 1 else 0}
    looks = {"header": cell.is_header, "fill": cell.fill, "covered": cell.covered}
    held = {**_inline(cell, text), **spans, **looks}
    return {key: value for key, value in held.items() if value}


def _inline(inline: Inline, text: str) -> Mapping[str, object]:
    return {
        "text": inline.passage.text,
        "links": [[anchor.label.text, anchor.target.text] for anchor in inline.anchors],
        "looks": [
            [style.kind, text[style.start : style.end], *([style.drawn] if style.drawn else [])]
            for style in inline.styles
        ],
    }


def _place(place: SourcePlace) -> Mapping[str, object]:
    """Return a place, and what of it its text does not say: a box, a range, a path."""
    rest = {key: value for key, value in place.members.items() if key in ("box", "path")}
    return {"place": place.text, **rest}


def _aside(aside: Aside, document: Document) -> Mapping[str, object]:
    place = document.source.place(aside.start).text
    return {"reason": aside.reason, "place": place, "text": document.source.text[aside.start : aside.end]}
