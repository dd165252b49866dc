"""What ends a delivery: a finding, raised because no later step makes sense without the one that failed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ogp_data.core.findings import Finding, Place, finding
from ogp_data.core.messages import Message


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a delivery came: changes made, of how many, and the dataset that may be made in part, "" for none."""

    made: int
    of: int
    partly: str = ""

    @property
    def told(self) -> Message:
        """Return it in a sentence."""
        if not self.made and not self.partly:
            return Message("Nothing was written.")
        partly = Message("; {partly} may be made in part", partly=self.partly) if self.partly else ""
        return Message("{made} of {of} changes are made{partly}.", made=self.made, of=self.of, partly=partly)


class DeliveryError(Exception):
    """A delivery cannot go on; `finding` says why and what to do, `progress` how far an apply came."""

    def __init__(self, rule: str, message: str, hint: str = "", place: Place | None = None) -> None:
        """Keep the finding."""
        super().__init__(message)
        self.finding: Finding = finding(rule, message, place, hint)
        self.progress: Progress | None = None

    def after(self, progress: Progress, again: str) -> DeliveryError:
        """Return the same, with how far the apply came; `again` is the fix where something was written."""
        found = self.finding
        fix = (
            Message("{hint} {again}", hint=found.hint, again=again) if progress.made or progress.partly else found.hint
        )
        said = DeliveryError(
            found.rule, Message("{message} {progress}", message=found.message, progress=progress.told), fix, found.place
        )
        said.progress = progress
        return said

    def hidden(self, hide: Callable[[str], str]) -> DeliveryError:
        """Return the same, in which every text has gone through `hide`."""
        found = self.finding
        said = DeliveryError(found.rule, hide(found.message), hide(found.hint), found.place)
        said.progress = self.progress
        return said


class StoppedError(KeyboardInterrupt):
    """A person stopped an apply; `progress` says how far it came."""

    def __init__(self, progress: Progress) -> None:
        """Keep how far it came."""
        super().__init__()
        self.progress = progress
