"""How much of a document is read, and how a reader says that it cannot read one."""

from __future__ import annotations

from ogp_data.core.places import SourcePlace

BYTES = 200_000_000
PAGES = 1000
CELLS = 5_000_000
SECONDS = 600
"""What is larger is refused by name, unless `[source.limits]` says otherwise: nobody has looked at such a document."""


class UnreadableError(Exception):
    """Raised where a document cannot be read: the rule, what is wrong, where, and what can be done."""

    def __init__(self, rule: str, message: str, hint: str = "", place: SourcePlace | None = None) -> None:
        """Keep what the finding says."""
        super().__init__(rule, message, hint, place)
        self.rule, self.message, self.hint, self.place = rule, message, hint, place
