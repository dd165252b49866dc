"""A place in a document without lines and pages, such as one of Word or of the web."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from urllib.parse import quote

from ogp_data.core.messages import Message
from ogp_data.core.places.base import Order, SourcePlace, check_counts
from ogp_data.core.text import fold, shown

_BY_ID = re.compile(r"""//\*\[@id=(["'])(?P<id>[^"']+)\1\]""")


@dataclass(frozen=True, slots=True)
class Block(SourcePlace):
    """A block of a document without lines or pages, counted from 1; where it is known, the XPath of its element."""

    number: int
    path: str = ""

    def __post_init__(self) -> None:
        """Refuse a number that counts nothing, and what is no path."""
        check_counts(self.file, self.number)
        self.path.encode()
        if self.path and not self.path.startswith("/"):
            raise ValueError(Message("{path!r} is not an XPath from the root of its document", path=self.path))

    @property
    def whole(self) -> Block:
        """Return the block without its path."""
        return replace(self, path="")

    @property
    def own_text(self) -> str:
        """Return `b17`."""
        return f"b{self.number}"

    @property
    def own_words(self) -> Message:
        """Return "block 17", and its path."""
        path = f" ({fold(shown(self.path))})" if self.path else ""
        return Message("block {number}{path}", number=self.number, path=path)

    @property
    def fragment(self) -> str:
        """Return the id of an element that is found by it, or the path as a selector, or the number of the block."""
        if by_id := _BY_ID.fullmatch(self.path):
            return quote(by_id["id"], safe="")
        if self.path:
            return f"selector(type=XPathSelector,value={quote(self.path, safe='/')})"
        return f"block={self.number}"

    @property
    def order(self) -> tuple[int, int, Order]:
        """Return the order of blocks."""
        return self.file, 3, (self.number, self.path)

    @property
    def members(self) -> dict[str, object]:
        """Return the block, and its path."""
        return {"block": self.number, **({"path": self.path} if self.path else {})}

    def follows(self, before: SourcePlace) -> bool:
        """Return whether the place is in the same block as another one, or in the next."""
        return isinstance(before, Block) and before.file == self.file and self.number - before.number in (0, 1)
