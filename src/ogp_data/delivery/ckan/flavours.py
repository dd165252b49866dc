"""The fields by which a CKAN knows a dataset: three flavours, each with what it takes, keeps and cannot carry."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ogp_data.core.messages import Message
from ogp_data.delivery import donl, mapping
from ogp_data.delivery.ckan import tables
from ogp_data.delivery.ckan.target import CkanTarget
from ogp_data.delivery.mapping import Subject, Table
from ogp_data.delivery.package_reader import Dataset, File
from ogp_data.delivery.plan import Fields

Raw = Mapping[str, Any]
"""A dataset or file as CKAN's JSON has it."""


@dataclass(frozen=True, slots=True)
class Flavour:
    """How a dataset and its files stand in CKAN.

    `of_dataset` and `of_file` are its tables.
    """

    of_dataset: Table
    of_file: Table
    losses: Callable[[Dataset, CkanTarget], Iterable[str]]
    faults: Callable[[Dataset, CkanTarget], Iterable[str]] = lambda _dataset, _target: ()
    takes: Callable[[File], bool] = lambda _file: True
    as_extras: bool = False
    schema_fields: frozenset[str] = frozenset()
    withdrawal: Mapping[str, Any] = field(default_factory=lambda: {"private": True})
    publication: Mapping[str, Any] = field(default_factory=lambda: {"private": False})

    @property
    def managed(self) -> frozenset[str]:
        """Return the fields of a dataset that are ours: one that is no longer wanted is emptied, others stay."""
        return mapping.managed(self.of_dataset)

    @property
    def managed_file(self) -> frozenset[str]:
        """Return the fields of a file that are ours."""
        return mapping.managed(self.of_file)

    def dataset_fields(self, dataset: Dataset, target: CkanTarget) -> dict[str, Any]:
        """Return a dataset in the fields of the flavour."""
        return mapping.fields(self.of_dataset, Subject(dataset, target, target.language))

    def file_fields(self, dataset: Dataset, file: File, target: CkanTarget) -> dict[str, Any]:
        """Return a file in the fields of the flavour."""
        return mapping.fields(self.of_file, Subject(dataset, target, target.language, file))

    def iri(self, raw: Raw) -> str:
        """Return the IRI by which a dataset is known as ours; "" for one of others."""
        values = {**raw, **self.extras(raw)} if self.as_extras else raw
        # Not every flavour has both fields, and either holds the IRI.
        return str(values.get("identifier") or values.get("uri") or "")

    def is_withdrawn(self, raw: Raw) -> bool:
        """Return whether a dataset stands there without being published."""
        hidden = any(raw.get(name, value) != value for name, value in self.publication.items())
        return hidden or all(raw.get(name) == value for name, value in self.withdrawal.items())

    def kept(self, raw: Raw) -> Fields:
        """Return the fields of a dataset that are ours, as they were sent; empty ones are absent."""
        values = {**raw, **self.extras(raw)} if self.as_extras else raw
        return mapping.kept(self.of_dataset, values, _plain)

    def kept_file(self, raw: Raw) -> Fields:
        """Return the fields of a file that are ours; empty ones are absent."""
        return mapping.kept(self.of_file, raw, _plain)

    def sent(self, fields: Fields, raw: Raw) -> dict[str, Any]:
        """Return fields as CKAN takes them: with `as_extras`, those that it does not know as extras."""
        if not self.as_extras:
            return dict(fields)
        own = {name: value for name, value in fields.items() if name in CORE}
        # package_update replaces all extras, and those of other programs must go along to stay.
        others = {key: value for key, value in self.extras(raw).items() if key not in self.managed}
        extras = {**others, **{name: value for name, value in fields.items() if name not in CORE}}
        return {**own, "extras": [{"key": key, "value": extras[key]} for key in sorted(extras)]}

    def extras(self, raw: Raw) -> dict[str, Any]:
        """Return the extras of a dataset by their keys."""
        return {extra["key"]: extra["value"] for extra in raw.get("extras", ())}


CORE = mapping.managed(tables.CORE)
"""Fields of a dataset that every CKAN has."""


def _plain(value: Any) -> Any:
    """Return a value without what CKAN adds to it: ids of tags, empty subfields, other line ends."""
    if isinstance(value, str):
        # Forms in a browser send CR LF, so a text that somebody only looked at and saved would count as changed.
        return value.replace("\r\n", "\n")
    if not isinstance(value, list):
        return value
    if value and all(isinstance(part, Mapping) and "name" in part and "display_name" in part for part in value):
        return sorted(({"name": part["name"]} for part in value), key=lambda tag: str(tag["name"]))
    # A list of texts is a set: CKAN gives one back in the order of its schema, the package in that of the alphabet.
    plain = [mapping.filled(part) if isinstance(part, Mapping) else part for part in value]
    return sorted(plain) if all(isinstance(part, str) for part in plain) else plain


# What they cannot carry ----------------------------------------------------------------------------------


def _dcat_losses(dataset: Dataset, target: CkanTarget) -> Iterator[str]:
    """Yield what ckanext-dcat's fields cannot carry."""
    yield from _text_losses(dataset, target)
    if dataset.series:
        yield Message("the dataset series")
    if dataset.status:
        yield Message("the status of datasets")
    if any(licence not in tables.REGISTER for licence in dataset.licences):
        yield Message("the licence of datasets that is not in CKAN's register (it stays with each file)")


def _text_losses(dataset: Dataset, target: CkanTarget) -> Iterator[str]:
    for other in sorted(dataset.title.keys() - {target.language, ""}):
        yield Message("titles, descriptions and keywords in another language ({other})", other=other)


def _extras_losses(dataset: Dataset, target: CkanTarget) -> Iterator[str]:
    """Yield what extras cannot carry: the same, and every creator and area beyond the first."""
    yield from _dcat_losses(dataset, target)
    if len(dataset.creators) > 1:
        yield Message("creators beyond the first")
    if len(dataset.spatial) > 1:
        yield Message("areas beyond the first")


FLAVOURS: Mapping[str, Flavour] = {
    "donl": Flavour(
        of_dataset=tables.DONL,
        of_file=tables.DONL_FILE,
        losses=donl.losses,
        faults=donl.faults,
        takes=lambda file: bool(file.file_type),
        schema_fields=frozenset(
            {"identifier", "authority", "contact_point_name", "dataset_status", "metadata_language"}
        ),
        withdrawal={"dataset_status": donl.UNAVAILABLE},
        publication={"private": False},
    ),
    "dcat": Flavour(
        of_dataset=tables.DCAT,
        of_file=tables.DCAT_FILE,
        losses=_dcat_losses,
        schema_fields=frozenset({"identifier", "contact", "publisher", "temporal_coverage", "conforms_to"}),
    ),
    "extras": Flavour(
        of_dataset=tables.EXTRAS,
        of_file=tables.EXTRAS_FILE,
        losses=_extras_losses,
        as_extras=True,
    ),
}
"""Name in a target -> flavour."""
