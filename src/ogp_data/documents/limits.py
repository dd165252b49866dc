"""How a reader says that it cannot read a document."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ogp_data.core.messages import Message
from ogp_data.core.places import SourcePlace


class UnreadableError(Exception):
    """Raised where a document cannot be read: the rule, what is wrong, what can be done, and where."""

    def __init__(self, rule: str, message: str, hint: str = "", place: SourcePlace | None = None) -> None:
        """Keep what the finding says."""
        super().__init__(rule, message, hint, place)
        self.rule, self.message, self.hint, self.place = rule, message, hint, place


def too_large(message: str, limit: str) -> UnreadableError:
    """Return that a document has more of something than is read; `limit` is the key that says how much."""
    hint = Message("If the document is sound, raise `{limit}` under [source.limits] in publication.toml.", limit=limit)
    return UnreadableError("too-large", message, hint)


@contextmanager
def refusing(refusal: Callable[[Exception], UnreadableError]) -> Iterator[None]:
    """Let whatever a library raises be the refusal of its file; what our own code raises stays what it is."""
    try:
        yield
    except UnreadableError:
        raise
    except Exception as reason:  # a damaged file leads its library anywhere
        if _is_ours(reason):
            raise
        raise refusal(reason) from reason


def _is_ours(reason: BaseException) -> bool:
    """Return whether our own code raised: that is a fault of this program, and no damage of a document."""
    at = reason.__traceback__
    while at and at.tb_next:
        at = at.tb_next
    return at is not None and str(at.tb_frame.f_globals.get("__name__", "")).startswith("ogp_data.")
