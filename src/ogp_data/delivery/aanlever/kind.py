"""The Aanlever API as a kind of target."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from ogp_data.core.messages import Message
from ogp_data.delivery.aanlever import adapter
from ogp_data.delivery.aanlever.api import Api, Tokens
from ogp_data.delivery.adapter import Adapter
from ogp_data.delivery.http import Client
from ogp_data.delivery.kind import Opening, TargetKind
from ogp_data.delivery.package_reader import Package
from ogp_data.delivery.receipts import Receipts
from ogp_data.delivery.target import Target, secret


@dataclass(frozen=True, slots=True)
class AanleverTarget(Target):
    """data.overheid.nl, or another catalogue with its Aanlever API."""

    kind: Annotated[Literal["aanlever"], "data.overheid.nl's Aanlever API."]
    client: Annotated[str, "The client id that goes with the key."] = ""

    @property
    def catalogue(self) -> str:
        """Return which catalogue this is, and in whose name it is asked."""
        return f"{self.kind} {self.url.rstrip('/')} {self.client}"

    def faults(self) -> Iterator[tuple[str, str]]:
        """Yield that the client id is missing."""
        if not self.client:
            yield "client", Message("The client id that goes with the API key is missing.")


def _opened(target: AanleverTarget, opening: Opening) -> tuple[Adapter, Client]:
    key = secret(target, opening.folder)
    client = opening.client(target, secrets=[key])
    receipts = Receipts(opening.receipts, f"{target.url.rstrip('/')} {target.client}", key)
    return adapter.Aanlever(target, Api(client, Tokens(client, target.client, key)), receipts), client


def _bodies(target: AanleverTarget, package: Package) -> Iterator[dict[str, Any]]:
    return map(adapter.body, adapter.wanted(package, target))


AANLEVER = TargetKind("aanlever", AanleverTarget, _opened, _bodies)
