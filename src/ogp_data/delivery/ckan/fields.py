"""A dataset as CKAN's action API takes it: the fields of a flavour, its files, and names that last."""

from __future__ import annotations

import re
import uuid
from collections.abc import Container, Mapping
from typing import Any

from ogp_data.delivery.adapter import check_values
from ogp_data.delivery.ckan import flavours
from ogp_data.delivery.ckan.flavours import Flavour
from ogp_data.delivery.ckan.target import CkanTarget
from ogp_data.delivery.package_reader import Dataset, File, Package
from ogp_data.delivery.plan import Wanted, WantedFile


def wanted(package: Package, target: CkanTarget) -> list[Wanted]:
    """Return the datasets in the fields of the target's flavour; DeliveryError for values that its lists lack."""
    flavour = flavours.FLAVOURS[target.flavour]
    check_values((fault for dataset in package.datasets for fault in flavour.faults(dataset, target)), target.flavour)
    return [_wanted(package, dataset, target) for dataset in package.datasets]


def _wanted(package: Package, dataset: Dataset, target: CkanTarget) -> Wanted:
    flavour = flavours.FLAVOURS[target.flavour]
    return Wanted(
        iri=dataset.iri,
        name=dataset_name(package.id, dataset.name),
        fields=flavour.dataset_fields(dataset, target),
        files=tuple(_wanted_file(dataset, file, target) for file in dataset.files if flavour.takes(file)),
        losses=tuple(flavour.losses(dataset, target)),
    )


def _wanted_file(dataset: Dataset, file: File, target: CkanTarget) -> WantedFile:
    fields = flavours.FLAVOURS[target.flavour].file_fields(dataset, file, target)
    upload = target.files == "upload" and bool(file.path)
    if upload:  # the catalogue gives a sent file its own address, and counts its bytes itself
        fields = {name: value for name, value in fields.items() if name not in SERVER_SET}
        fields["url_type"] = "upload"
    return WantedFile(file_id(file.iri), file.path, fields, upload, file.download_url or file.access_url)


def body(wanted: Wanted, target: CkanTarget, raw: Mapping[str, Any]) -> dict[str, Any]:
    """Return all that is sent of a dataset: what others keep in it, then what we want; nothing is left half.

    `raw` is the dataset as the catalogue holds it, empty for a new one.
    """
    flavour, files = flavours.FLAVOURS[target.flavour], {file["id"]: file for file in raw.get("resources", ())}
    return {
        "name": wanted.name,
        **_others(raw, flavour.managed | _COMPUTED),
        **flavour.sent(wanted.fields, raw),
        **flavour.publication,
        "owner_org": target.organisation,
        "state": "active",
        "resources": [
            *(_resource(file, files.get(file.id, {}), flavour) for file in wanted.files),
            *(file for file in files.values() if not is_ours(file["id"])),
        ],
    }


def _resource(file: WantedFile, raw: Mapping[str, Any], flavour: Flavour) -> dict[str, Any]:
    is_there = raw.get("url_type") == "upload"
    fields: Mapping[str, Any] = {**dict.fromkeys((name for name in _STAYING if raw.get(name)), ""), **file.fields}
    if file.upload:
        # The bytes follow in a request of their own; until then all that tells of them is of those that lie there.
        there = {name: raw[name] for name in OF_UPLOAD if raw.get(name)} if is_there else {}
        none = {"url": file.link, "hash": "", "hash_algorithm": ""}
        fields = {**{name: value for name, value in fields.items() if name not in OF_UPLOAD}, **none, **there}
    elif is_there:
        # Only an empty text makes CKAN take the address of a sent file for one elsewhere.
        fields = {**fields, "url_type": ""}
    return {**_others(raw, flavour.managed_file), **fields, "id": file.id}


def dataset_name(publication: str, dataset: str) -> str:
    """Return a dataset's lasting name in CKAN: small letters, digits and hyphens, at most 100."""
    # Not made of the title, as CKAN would: a title changes, and the name is part of addresses.
    return re.sub(r"[^a-z0-9-]+", "-", f"{publication}-{dataset}".lower())[:100]


def file_id(iri: str) -> str:
    """Return a file's lasting id: a UUID made of its IRI (RFC 9562, version 5)."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, iri))


def is_ours(file: str) -> bool:
    """Return whether a file's id is one that this program makes; CKAN gives those of version 4 to files of others."""
    try:
        return uuid.UUID(file).version == 5
    except ValueError:
        return False


_COMPUTED = frozenset(
    {
        "creator_user_id",
        "isopen",
        "license_title",
        "license_url",
        "metadata_created",
        "metadata_modified",
        "num_resources",
        "num_tags",
        "organization",
        "tracking_summary",
    }
)
"""Fields of a dataset that CKAN makes itself."""

SERVER_SET = frozenset({"url", "access_url", "download_url"})
"""Fields of a sent file that are its address there, which CKAN gives it."""

OF_UPLOAD = frozenset({"url", "url_type", "hash", "hash_algorithm", "size"})
"""What belongs to the bytes that lie in the catalogue."""

_STAYING = ("name", "format", "mimetype", "hash", "size")
"""Fields of a file that stay as they were when they are left out; an empty text empties them."""


def _others(raw: Mapping[str, Any], ours: Container[str]) -> dict[str, Any]:
    """Return the fields that are not ours and hold something: a schema may refuse the empty ones that it gives."""
    return {name: value for name, value in raw.items() if name not in ours and value not in ("", [], {}, None)}
