"""The fields by which a CKAN knows a dataset: three flavours, each with what it takes, keeps and cannot carry."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ogp_data.core.vocab import SPDX
from ogp_data.delivery import donl
from ogp_data.delivery.ckan.target import CkanTarget
from ogp_data.delivery.package_reader import Agent, Dataset, File, spoken
from ogp_data.delivery.plan import Fields

Raw = Mapping[str, Any]
"""A dataset or file as CKAN's JSON has it."""


@dataclass(frozen=True, slots=True)
class Flavour:
    """How a dataset and its files stand in CKAN.

    `managed` are the fields that are ours: one that is no longer wanted is emptied, any other stays as it is.
    """

    dataset_fields: Callable[[Dataset, CkanTarget], dict[str, Any]]
    file_fields: Callable[[Dataset, File, CkanTarget], dict[str, Any]]
    losses: Callable[[Dataset, CkanTarget], Iterable[str]]
    managed: frozenset[str]
    managed_file: frozenset[str]
    faults: Callable[[Dataset, CkanTarget], Iterable[str]] = lambda _dataset, _target: ()
    takes: Callable[[File], bool] = lambda _file: True
    as_extras: bool = False
    schema_fields: frozenset[str] = frozenset()
    withdrawal: Mapping[str, Any] = field(default_factory=lambda: {"private": True})
    publication: Mapping[str, Any] = field(default_factory=lambda: {"private": False})

    def iri(self, raw: Raw) -> str:
        """Return the IRI by which a dataset is known as ours; "" for one of others."""
        values = {**raw, **self.extras(raw)} if self.as_extras else raw
        return str(values.get("identifier") or values.get("uri") or "")

    def is_withdrawn(self, raw: Raw) -> bool:
        """Return whether a dataset stands there without being published."""
        hidden = any(raw.get(name, value) != value for name, value in self.publication.items())
        return hidden or all(raw.get(name) == value for name, value in self.withdrawal.items())

    def kept(self, raw: Raw) -> Fields:
        """Return the fields of a dataset that are ours, as they were sent; empty ones are absent."""
        values = {**raw, **self.extras(raw)} if self.as_extras else raw
        return _filled({name: _plain(values[name]) for name in self.managed if name in values})

    def kept_file(self, raw: Raw) -> Fields:
        """Return the fields of a file that are ours; empty ones are absent."""
        return _filled({name: _plain(raw[name]) for name in self.managed_file if name in raw})

    def sent(self, fields: Fields, raw: Raw) -> dict[str, Any]:
        """Return fields as CKAN takes them: with `as_extras`, those that it does not know as extras."""
        if not self.as_extras:
            return dict(fields)
        own = {name: value for name, value in fields.items() if name in CORE}
        others = {key: value for key, value in self.extras(raw).items() if key not in self.managed}
        extras = {**others, **{name: value for name, value in fields.items() if name not in CORE}}
        return {**own, "extras": [{"key": key, "value": extras[key]} for key in sorted(extras)]}

    def extras(self, raw: Raw) -> dict[str, Any]:
        """Return the extras of a dataset by their keys."""
        return {extra["key"]: extra["value"] for extra in raw.get("extras", ())}


CORE = frozenset({"title", "notes", "tags", "url", "version", "license_id"})
"""Fields of a dataset that every CKAN has."""

REGISTER = {"http://creativecommons.org/publicdomain/zero/1.0/deed.nl": "cc-zero"}
"""Licence -> its id in CKAN's own register, where it has one."""


def _filled(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in ("", [], {}, None)}


def _plain(value: Any) -> Any:
    """Return a value without what CKAN adds to it: ids of tags, empty subfields, other line ends."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n")
    if not isinstance(value, list):
        return value
    if value and all(isinstance(part, Mapping) and "name" in part and "display_name" in part for part in value):
        return sorted(({"name": part["name"]} for part in value), key=lambda tag: str(tag["name"]))
    # A list of texts is a set: CKAN gives one back in the order of its schema, the package in that of the alphabet.
    plain = [_filled(part) if isinstance(part, Mapping) else part for part in value]
    return sorted(plain) if all(isinstance(part, str) for part in plain) else plain


# Fields of ckanext-dcat ----------------------------------------------------------------------------------


def _dcat_fields(dataset: Dataset, target: CkanTarget) -> dict[str, Any]:
    """Return a dataset in the fields of ckanext-dcat's scheming schema `dcat_ap_full`."""
    language = target.language
    contact = dataset.contact
    return _filled(
        {
            **_common(dataset, language),
            "contact": [
                _filled(
                    {
                        "uri": contact.iri,
                        "name": spoken(contact.name, language),
                        "email": contact.email,
                        "url": contact.url,
                    }
                )
            ],
            "publisher": [_agent(dataset.publisher, language)],
            "creator": [_agent(agent, language) for agent in dataset.creators],
            "temporal_coverage": [period] if (period := _filled({"start": dataset.start, "end": dataset.end})) else [],
            "spatial_coverage": [{"uri": iri} for iri in dataset.spatial],
            "theme": list(dataset.themes),
            "language": list(dataset.languages),
            "documentation": list(dataset.pages),
            "conforms_to": list(dataset.conforms_to),
        }
    )


def _common(dataset: Dataset, language: str) -> dict[str, Any]:
    return {
        "title": spoken(dataset.title, language).strip(),
        "notes": spoken(dataset.description, language),
        "tags": _tags(dataset, language),
        "url": next(iter(dataset.landing_pages), ""),
        "version": dataset.version,
        "license_id": next((REGISTER[iri] for iri in dataset.licences if iri in REGISTER), ""),
        "identifier": dataset.identifier,
        "uri": dataset.iri,
        "issued": dataset.issued,
        "modified": dataset.modified,
        "version_notes": spoken(dataset.version_notes, language),
        "frequency": dataset.frequency,
        "access_rights": dataset.access_rights,
    }


def _agent(agent: Agent, language: str) -> dict[str, str]:
    return _filled({"uri": agent.iri, "name": spoken(agent.name, language)})


def _tags(dataset: Dataset, language: str) -> list[dict[str, str]]:
    """Return the keywords as CKAN's tags: letters, digits, spaces, hyphens, underscores and full stops."""
    words = dataset.keywords.get(language) or next(iter(dataset.keywords.values()), ())
    plain = {"".join(sign for sign in word if sign.isalnum() or sign in " -_.").strip()[:100] for word in words}
    return [{"name": word} for word in sorted(plain) if len(word) > 1]


def _dcat_file(dataset: Dataset, file: File, target: CkanTarget) -> dict[str, Any]:
    """Return a file in the fields that ckanext-dcat reads; `status` from the older ADMS list that its schema has."""
    language = target.language
    return _filled(
        {
            "url": file.access_url,
            "name": spoken(file.title, language),
            "description": spoken(file.description, language),
            "uri": file.iri,
            "format": file.file_type.rpartition("/")[2].replace("_", "-") or file.media_type.rpartition("/")[2],
            "mimetype": file.media_type.partition("media-types/")[2] or file.media_type,
            "size": file.size,
            "hash": file.sha256,
            "hash_algorithm": str(SPDX.checksumAlgorithm_sha256) if file.sha256 else "",
            "license": file.licence,
            "access_url": file.access_url,
            "download_url": file.download_url,
            "status": donl.status(dataset, file),
            "availability": file.availability,
            "rights": file.rights,
            "issued": file.issued,
            "modified": file.modified,
            "language": list(file.languages),
            "conforms_to": list(file.conforms_to),
        }
    )


# The same as extras of a plain CKAN ----------------------------------------------------------------------


def _extras_fields(dataset: Dataset, target: CkanTarget) -> dict[str, Any]:
    """Return a dataset with the keys by which ckanext-dcat reads extras; a list is a JSON text."""
    language, contact = target.language, dataset.contact
    creator = dataset.creators[0] if dataset.creators else Agent("", {})
    return _filled(
        {
            **_common(dataset, language),
            "contact_uri": contact.iri,
            "contact_name": spoken(contact.name, language),
            "contact_email": contact.email,
            "contact_url": contact.url,
            "publisher_uri": dataset.publisher.iri,
            "publisher_name": spoken(dataset.publisher.name, language),
            "creator_uri": creator.iri,
            "creator_name": spoken(creator.name, language),
            "temporal_start": dataset.start,
            "temporal_end": dataset.end,
            "spatial_uri": dataset.spatial[0] if dataset.spatial else "",
            "theme": _listed(dataset.themes),
            "language": _listed(dataset.languages),
            "documentation": _listed(dataset.pages),
            "conforms_to": _listed(dataset.conforms_to),
        }
    )


def _extras_file(dataset: Dataset, file: File, target: CkanTarget) -> dict[str, Any]:
    fields = _dcat_file(dataset, file, target)
    return {name: _listed(value) if isinstance(value, list) else value for name, value in fields.items()}


def _listed(values: Iterable[str]) -> str:
    found = list(values)
    return json.dumps(found) if found else ""


def _dcat_losses(dataset: Dataset, target: CkanTarget) -> Iterator[str]:
    """Yield what ckanext-dcat's fields cannot carry."""
    yield from _text_losses(dataset, target)
    if dataset.series:
        yield "the dataset series"
    if dataset.status:
        yield "the status of datasets"
    if any(licence not in REGISTER for licence in dataset.licences):
        yield "the licence of datasets that is not in CKAN's register (it stays with each file)"


def _text_losses(dataset: Dataset, target: CkanTarget) -> Iterator[str]:
    other = "en" if target.language == "nl" else "nl"
    if other in dataset.title:
        yield f"titles, descriptions and keywords in the other language ({other})"


def _extras_losses(dataset: Dataset, target: CkanTarget) -> Iterator[str]:
    """Yield what extras cannot carry: the same, and every creator and area beyond the first."""
    yield from _dcat_losses(dataset, target)
    if len(dataset.creators) > 1:
        yield "creators beyond the first"
    if len(dataset.spatial) > 1:
        yield "areas beyond the first"


_DCAT_COMMON = CORE | {
    "identifier",
    "uri",
    "issued",
    "modified",
    "version_notes",
    "frequency",
    "access_rights",
    "theme",
    "language",
    "documentation",
    "conforms_to",
}
_DCAT = _DCAT_COMMON | {"contact", "publisher", "creator", "temporal_coverage", "spatial_coverage"}
_EXTRAS = _DCAT_COMMON | {
    "contact_uri",
    "contact_name",
    "contact_email",
    "contact_url",
    "publisher_uri",
    "publisher_name",
    "creator_uri",
    "creator_name",
    "temporal_start",
    "temporal_end",
    "spatial_uri",
}
_DCAT_FILE = frozenset(
    {
        "url",
        "name",
        "description",
        "uri",
        "format",
        "mimetype",
        "size",
        "hash",
        "hash_algorithm",
        "license",
        "access_url",
        "download_url",
        "status",
        "availability",
        "rights",
        "issued",
        "modified",
        "language",
        "conforms_to",
    }
)
_DONL = frozenset(
    {
        "identifier",
        "title",
        "notes",
        "authority",
        "publisher",
        "contact_point_name",
        "contact_point_email",
        "contact_point_website",
        "theme",
        "license_id",
        "language",
        "metadata_language",
        "modified",
        "issued",
        "access_rights",
        "dataset_status",
        "frequency",
        "temporal_start",
        "temporal_end",
        "url",
        "tags",
        "conforms_to",
        "version",
        "version_notes",
        "documentation",
    }
)
_DONL_FILE = frozenset(
    {
        "url",
        "name",
        "description",
        "metadata_language",
        "language",
        "license_id",
        "format",
        "mimetype",
        "size",
        "download_url",
        "status",
        "release_date",
        "modification_date",
        "rights",
        "hash",
        "hash_algorithm",
        "distribution_type",
    }
)

FLAVOURS: Mapping[str, Flavour] = {
    "donl": Flavour(
        dataset_fields=donl.dataset_fields,
        file_fields=donl.file_fields,
        losses=donl.losses,
        managed=_DONL,
        managed_file=_DONL_FILE,
        faults=donl.faults,
        takes=lambda file: bool(file.file_type),
        schema_fields=frozenset(
            {"identifier", "authority", "contact_point_name", "dataset_status", "metadata_language"}
        ),
        withdrawal={"dataset_status": donl.UNAVAILABLE},
        publication={"private": False},
    ),
    "dcat": Flavour(
        dataset_fields=_dcat_fields,
        file_fields=_dcat_file,
        losses=_dcat_losses,
        managed=_DCAT,
        managed_file=_DCAT_FILE,
        schema_fields=frozenset({"identifier", "contact", "publisher", "temporal_coverage", "conforms_to"}),
    ),
    "extras": Flavour(
        dataset_fields=_extras_fields,
        file_fields=_extras_file,
        losses=_extras_losses,
        managed=_EXTRAS,
        managed_file=_DCAT_FILE,
        as_extras=True,
    ),
}
"""Name in a target -> flavour."""
