"""What a kind of target is: its name, the keys of its file, and how a catalogue of that kind is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ogp_data.delivery.adapter import Adapter
from ogp_data.delivery.http import Client
from ogp_data.delivery.package_reader import Package
from ogp_data.delivery.secrets import Secret
from ogp_data.delivery.target import Target


@dataclass(frozen=True, slots=True)
class Opening:
    """With what a catalogue is opened.

    `folder`: where the target's file lies, `receipts`: the file of what it held before, `reads_only`: nothing will be
    written.
    """

    folder: Path
    receipts: Path
    proxy: str = ""
    reads_only: bool = False

    def client(
        self, target: Target, headers: Callable[[], Mapping[str, str]] = dict, secrets: Sequence[Secret] = ()
    ) -> Client:
        """Return who asks a catalogue: `headers` go with each request, `secrets` are told to nobody."""
        return Client(target.url.rstrip("/"), headers, list(secrets), proxy=self.proxy)


@dataclass(frozen=True, slots=True)
class TargetKind:
    """A kind of target.

    `opened` gives the adapter of a target and its client, DeliveryError when it cannot be asked; `bodies` yields what
    would be sent to make each dataset of a package, in their order, and asks nobody.
    """

    name: str
    keys: type[Target]
    opened: Callable[[Any, Opening], tuple[Adapter, Client]]
    bodies: Callable[[Any, Package], Iterator[dict[str, Any]]]
