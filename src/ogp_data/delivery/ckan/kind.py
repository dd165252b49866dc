"""CKAN as a kind of target."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ogp_data.delivery.adapter import Adapter
from ogp_data.delivery.ckan import fields
from ogp_data.delivery.ckan.adapter import Ckan
from ogp_data.delivery.ckan.target import CkanTarget
from ogp_data.delivery.http import Client
from ogp_data.delivery.kind import Opening, TargetKind
from ogp_data.delivery.package_reader import Package
from ogp_data.delivery.target import NoSecretError, secret


def _opened(target: CkanTarget, opening: Opening) -> tuple[Adapter, Client]:
    """Return a CKAN; it tells anybody what it publishes, so that one that is only read needs no token."""
    try:
        token = secret(target, opening.folder)
    except NoSecretError:
        if not opening.reads_only:
            raise
        client = opening.client(target)
        return Ckan(target, client, anonymous=True), client
    client = opening.client(target, lambda: {"Authorization": token.reveal()}, [token])
    return Ckan(target, client), client


def _bodies(target: CkanTarget, package: Package) -> Iterator[dict[str, Any]]:
    return (fields.body(one, target, {}) for one in fields.wanted(package, target))


CKAN = TargetKind("ckan", CkanTarget, _opened, _bodies)
