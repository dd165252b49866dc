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


def is_ours(reason: BaseException) -> bool:
    """Return whether our own code raised: that is a fault of this program, and no damage of a document."""
    at = reason.__traceback__
    while at and at.tb_next:
        at = at.tb_next
    return at is not None and str(at.tb_frame.f_globals.get("__name__", "")).startswith("ogp_data.")
