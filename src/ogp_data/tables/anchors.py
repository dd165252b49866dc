"""Whether each link of the document reaches a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ogp_data.core.columns import DatasetSpec
from ogp_data.core.messages import Message
from ogp_data.documents import Anchor, Document
from ogp_data.tables.rows import Drafts, Reading, taking


def check_links(reading: Reading, specs: Sequence[DatasetSpec], drafts: Drafts) -> None:
    """Report the links with an address that no dataset takes up."""
    listed = any(spec.find.lists == "links" and taking(spec, "url") for spec in specs)
    taken = {a.start for rows in drafts.values() for d in rows for anchors in d.anchors.values() for a in anchors}
    for anchor in _all_anchors(reading.document):
        address = anchor.target.text
        if address not in ("", "#") and not (listed and anchor.start in taken):
            message = Message(
                "The address of the link “{text}” is not published in any table: {address!r}.",
                text=anchor.label.text[:60],
                address=address[:80],
            )
            reading.fault("link-dropped", message, reading.place(reading.document.source.place(anchor.start)))


def _all_anchors(document: Document) -> Iterator[Anchor]:
    for block in document.blocks:
        for inline in (block.inline, *block.cells):
            yield from inline.anchors
