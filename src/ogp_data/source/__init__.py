"""One reader for each kind of document: text -> Document."""

from collections.abc import Callable

from ogp_data.source.converted_text import read as read_converted_text
from ogp_data.source.document import Anchor, Aside, Block, Document, Inline
from ogp_data.text import SourceText

READERS: dict[str, Callable[[SourceText], Document]] = {"converted-text": read_converted_text}

__all__ = ["READERS", "Anchor", "Aside", "Block", "Document", "Inline"]
