"""What a kind of catalogue must be able to do, so that planning and applying are the same for all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from ogp_data.core.messages import Message, listed
from ogp_data.delivery.faults import DeliveryError
from ogp_data.delivery.package_reader import Package
from ogp_data.delivery.plan import Change, Held, Wanted
from ogp_data.delivery.target import Target

Say = Callable[[str], None]


class Adapter(Protocol):
    """What a kind of catalogue must be able to do."""

    @property
    def target(self) -> Target:
        """Return what it delivers to."""
        ...

    def wanted(self, package: Package) -> list[Wanted]:
        """Return what is to stand in the catalogue; DeliveryError for a value that its lists lack."""
        ...

    def held(self, package: Package) -> list[Held]:
        """Return what it holds of this publication; reads only."""
        ...

    def fresh(self, change: Change) -> Held | None:
        """Return a dataset as it is now, also a deleted one of which only the id is left; reads only."""
        ...

    def perform(self, change: Change, package: Package, say: Say) -> None:
        """Make one change to `change.held` as it is now, so that doing it again after a fault finishes it."""
        ...


def check_values(faults: Iterable[str], flavour: str) -> None:
    """Refuse values that a catalogue's lists lack, all of them at once: there they would become something else."""
    found = list(dict.fromkeys(faults))
    if found:
        more = Message(" and {count} more", count=len(found) - 5) if len(found) > 5 else ""
        message = Message(
            "The catalogue ({flavour}) would not understand: {found}{more}.",
            flavour=flavour,
            found=listed(found[:5], "; "),
            more=more,
        )
        raise DeliveryError("unknown-target-value", message)


def dropped(name: str, lost: Sequence[str], hint: str) -> DeliveryError:
    """Return the fault that a catalogue took fields of a dataset and did not keep them."""
    more = Message(" and {count} more", count=len(lost) - 8) if len(lost) > 8 else ""
    message = Message(
        "The catalogue did not keep these fields of {name}: {lost}{more}.",
        name=name,
        lost=listed(lost[:8]),
        more=more,
    )
    return DeliveryError("target-field-dropped", message, hint)
