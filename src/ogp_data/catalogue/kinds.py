"""Kind of target -> its adapter, ready to ask."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ogp_data.catalogue import aanlever, ckan_fields
from ogp_data.catalogue.aanlever import Aanlever
from ogp_data.catalogue.aanlever_api import Api, Tokens
from ogp_data.catalogue.ckan import Ckan
from ogp_data.catalogue.contents import Package
from ogp_data.catalogue.deliver import Adapter
from ogp_data.catalogue.http import Client
from ogp_data.catalogue.receipts import Receipts
from ogp_data.catalogue.target import Secret, Target, secret


def adapter(target: Target, folder: Path, receipts: Path) -> tuple[Adapter, Client]:
    """Return the adapter of a target and its client.

    `folder`: where the target's file lies, `receipts`: the file of what it held before.
    """
    token, url = secret(target, folder), target.url.rstrip("/")
    if target.kind == "ckan":
        client = Client(url, lambda: _authorisation(token), [token])
        return Ckan(target, client), client
    client = Client(url, dict, [token])
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
