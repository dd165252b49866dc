"""Kind of target -> its adapter, ready to ask."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ogp_data.delivery.aanlever import adapter as aanlever
from ogp_data.delivery.aanlever.adapter import Aanlever
from ogp_data.delivery.aanlever.api import Api, Tokens
from ogp_data.delivery.adapter import Adapter
from ogp_data.delivery.ckan import fields as ckan_fields
from ogp_data.delivery.ckan.adapter import Ckan
from ogp_data.delivery.http import Client
from ogp_data.delivery.package_reader import Package
from ogp_data.delivery.receipts import Receipts
from ogp_data.delivery.secrets import Secret
from ogp_data.delivery.target import NoSecretError, Target, secret


def adapter(
    target: Target, folder: Path, receipts: Path, proxy: str = "", reads_only: bool = False
) -> tuple[Adapter, Client]:
    """Return the adapter of a target and its client.

    `folder`: where the target's file lies, `receipts`: the file of what it held before. A CKAN tells anybody what it
    publishes, so that one that is only read needs no token.
    """
    url = target.url.rstrip("/")
    try:
        token = secret(target, folder)
    except NoSecretError:
        if not (reads_only and target.kind == "ckan"):
            raise
        client = Client(url, dict, [], proxy=proxy)
        return Ckan(target, client, anonymous=True), client
    if target.kind == "ckan":
        client = Client(url, lambda: _authorisation(token), [token], proxy=proxy)
        return Ckan(target, client), client
    client = Client(url, dict, [token], proxy=proxy)
    api = Api(client, Tokens(client, target.client, token))
    return Aanlever(target, api, Receipts(receipts, f"{url} {target.client}", token)), client


def bodies(target: Target, package: Package) -> Iterator[dict[str, Any]]:
    """Yield what would be sent to make each dataset of a package, in their order; nobody is asked."""
    if target.kind == "ckan":
        yield from (ckan_fields.body(one, target, {}) for one in ckan_fields.wanted(package, target))
    else:
        yield from map(aanlever.body, aanlever.wanted(package, target))


def _authorisation(token: Secret) -> dict[str, str]:
    return {"Authorization": token.reveal()}
