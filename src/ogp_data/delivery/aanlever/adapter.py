"""The Aanlever API of data.overheid.nl: what a catalogue holds, and each change as few safe requests.

A dataset is known by its dctIdentifier, which is its IRI. It is made as a draft and published when it is seen to be
whole; a file is changed at its own address, so that its id there stays. What was done before a fault is found again.
"""

from __future__ import annotations

import email.utils
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

from ogp_data.core.messages import Message, listed
from ogp_data.delivery.aanlever import fields
from ogp_data.delivery.aanlever.answers import MADE
from ogp_data.delivery.aanlever.answers import Dataset as Raw
from ogp_data.delivery.aanlever.api import About, Api
from ogp_data.delivery.adapter import Say, dropped
from ogp_data.delivery.faults import DeliveryError
from ogp_data.delivery.package_reader import Dataset, Package
from ogp_data.delivery.plan import Change, Held, Wanted, WantedFile
from ogp_data.delivery.reading import mappings, part
from ogp_data.delivery.receipts import Receipts
from ogp_data.delivery.target import Target

DRAFT, PUBLISHED, WITHDRAWN = "DRAFT", "PUBLISHED", "WITHDRAWN"


def wanted(package: Package, target: Target) -> list[Wanted]:
    """Return the datasets in the API's fields; DeliveryError for what it would refuse."""
    found = [fault for dataset in package.datasets for fault in fields.faults(dataset, target.language)]
    if found:
        more = Message(" and {count} more", count=len(found) - 5) if len(found) > 5 else ""
        message = Message(
            "The catalogue would not accept these datasets: {found}{more}.", found=listed(found[:5], "; "), more=more
        )
        raise DeliveryError("target-dataset-rejected", message)
    return [_wanted(dataset, target.language) for dataset in package.datasets]


def _wanted(dataset: Dataset, language: str) -> Wanted:
    return Wanted(
        iri=dataset.iri,
        name=dataset.name,
        fields=fields.dataset_fields(dataset, language),
        files=tuple(
            WantedFile(file.iri, file.path, fields.file_fields(dataset, file, language)) for file in dataset.files
        ),
        losses=tuple(fields.losses(dataset, language)),
    )


def body(wanted: Wanted) -> dict[str, Any]:
    """Return all that is sent to make a dataset."""
    return fields.payload(wanted.fields, (file.fields for file in wanted.files))


@dataclass(frozen=True, slots=True)
class Line:
    """A dataset in the listing; `settled`: whoever changes it from now on also changes its `modified`."""

    id: str
    modified: str
    status: str
    settled: bool


class Aanlever:
    """A catalogue with the Aanlever API."""

    def __init__(self, target: Target, api: Api, receipts: Receipts) -> None:
        """Take the target, who asks it, and what it held before."""
        self.target, self.api, self._receipts = target, api, receipts
        self._known: dict[str, Any] | None = None
        self._ids: dict[str, str] = {}

    def wanted(self, package: Package) -> list[Wanted]:
        """Return the datasets in the API's fields; DeliveryError for what it would refuse."""
        return wanted(package, self.target)

    # What is held -------------------------------------------------------------------------------------------

    def held(self, package: Package) -> list[Held]:
        """Return the datasets of the organisation whose identifiers are those of the package's datasets, now or before.

        The listing does not tell identifiers, so each dataset is asked for, unless it is as the receipts have it.
        """
        mine = {dataset.iri: _wanted(dataset, self.target.language).files for dataset in package.datasets}
        raws = [raw for raw in self._raws(package) if package.names(identifier(raw))]
        found = [self._held(raw, mine.get(identifier(raw), ())) for raw in raws]
        self._ids |= {one.iri: one.id for one in found}
        _check_once(found)
        return found

    def _raws(self, package: Package) -> Iterator[Raw]:
        """Yield every dataset of the listing, of those that are not ours the identifier only."""
        before = self._receipts.read() if self._known is None else self._known
        now: dict[str, Any] = {}
        for line in list(self._lines()):
            raw = self._remembered(before.get(line.id), line, package) or self._asked(line)
            if raw is None:
                continue
            if line.settled:
                short: Raw = {"dcatDataset": {"dctIdentifier": identifier(raw)}}
                whole = raw if package.names(identifier(raw)) else short
                now[line.id] = {"modified": line.modified, "status": line.status, "raw": whole}
            yield raw
        if now != before:
            self._receipts.write(now)
        self._known = now

    def _asked(self, line: Line) -> Raw | None:
        return self.api.dataset(line.id, About(Message("the dataset {id}", id=line.id)))

    def _remembered(self, receipt: Any, line: Line, package: Package) -> Raw | None:
        """Return a dataset from its receipt, when the listing says that it is still so and enough of it is there."""
        if receipt is None or [receipt["modified"], receipt["status"]] != [line.modified, line.status]:
            return None
        raw: Raw = receipt["raw"]
        return raw if "id" in raw or not package.names(identifier(raw)) else None

    def _lines(self) -> Iterator[Line]:
        """Yield each line of the listing once; one that moved to the next page meanwhile stands on both."""
        seen: set[str] = set()
        for line in self._all_lines():
            if line.id not in seen:
                seen.add(line.id)
                yield line

    def _all_lines(self) -> Iterator[Line]:
        for line, headers in self.api.records():
            meta = line.get("meta") or {}
            if meta.get("primaryTopicType") not in ("DATASET", None):
                continue
            key = meta.get("primaryTopicId") or ""
            if not re.fullmatch(r"[\w-]+", key):
                raise DeliveryError(
                    "unexpected-target-answer",
                    Message("A line of the catalogue's list of datasets does not have the id of a dataset."),
                )
            modified = (line.get("dcatCatalogRecord") or {}).get("dctModified") or ""
            status = meta.get("publicationStatus") or ""
            yield Line(key, modified, status, _is_settled(modified, headers.get("Date", "")))

    def _held(self, raw: Raw, files: Sequence[WantedFile]) -> Held:
        dataset, meta = raw["dcatDataset"], raw.get("meta") or {}
        status, allowed = meta.get("publicationStatus"), meta.get("allowedPublicationStatuses")
        contents = [fields.kept_file(one) for one in _distributions(raw)]
        return Held(
            iri=identifier(raw),
            name=identifier(raw).rstrip("/").rpartition("/")[2],
            id=str(raw["id"]),
            fields=fields.kept(dataset),
            files={
                name: one
                for name, one in zip(fields.names(files, contents, identifier(raw)), contents, strict=True)
                if name
            },
            stamp=_stamp(raw),
            withdrawn=status != PUBLISHED,
            deletable=status == DRAFT,
            withdrawable=allowed is None or WITHDRAWN in allowed,
            raw=raw,
        )

    def fresh(self, change: Change) -> Held | None:
        """Return a dataset as it is now; one that was not found is not looked for, since POST refuses a second one."""
        key = change.held.id if change.held else self._ids.get(change.iri, "")
        return self._fresh(key, change.wanted, _about(change)) if key else None

    def _fresh(self, key: str, wanted: Wanted | None, about: About) -> Held | None:
        raw = self.api.dataset(key, about)
        return self._held(raw, wanted.files if wanted else ()) if raw else None

    # Changes ------------------------------------------------------------------------------------------------

    def perform(self, change: Change, package: Package, say: Say) -> None:
        """Make one change; whatever of it was made before is found and not made again."""
        about = _about(change, package)
        if change.wanted and change.held:
            self._update(change.held, change.wanted, about, say)
        elif change.wanted:
            self._create(change.wanted, about)
        elif change.held and change.action == "withdraw":
            self._set_status(change.held.id, WITHDRAWN, about)
        elif change.held:
            self.api.write("DELETE", _path(change.held.id), None, about, gone=True)

    def _create(self, wanted: Wanted, about: About) -> None:
        """Make a dataset as a draft, look whether all of it is there, and publish it."""
        answer = self.api.write_once("POST", "/datasets", body(wanted), about, lambda: bool(self._look_for(wanted.iri)))
        about_id = Message("The catalogue does not give the id of {name}, which it made", name=wanted.name)
        key = MADE.read(answer.json, about_id)["id"] if answer else self._ids[wanted.iri]
        self._ids[wanted.iri] = key
        self._publish(key, wanted, about)

    def _look_for(self, iri: str) -> str:
        """Return the id of a dataset that the listing did not have before; "" when it is not there."""
        for line in self._lines():
            if line.id not in {*(self._known or {}), *self._ids.values()}:
                raw = self._asked(line)
                if raw and identifier(raw) == iri:
                    self._ids[iri] = line.id
                    return line.id
        return ""

    def _update(self, held: Held, wanted: Wanted, about: About, say: Say) -> None:
        if held.fields != wanted.fields:
            self._write_fields(held, wanted, about)
        if held.files != {file.id: file.fields for file in wanted.files}:
            say(Message("changing the files of {name}", name=wanted.name))
            self._change_files(held.id, wanted, about)
        if held.withdrawn:
            self._publish(held.id, wanted, about)

    def _write_fields(self, held: Held, wanted: Wanted, about: About) -> None:
        """Write the fields of a dataset: by PATCH, which leaves its files and their ids alone; by PUT to empty one.

        PATCH has no word for a field that goes. PUT replaces the files too, so they go along as they are.
        """
        method, sent = "PATCH", dict(wanted.fields)
        if fields.empties(held.fields, wanted.fields):
            kept = fields.others(held.raw["dcatDataset"])
            method, sent = "PUT", fields.payload({**kept, **wanted.fields}, _distributions(held.raw))
        version = part(held.raw, "meta", "version")
        # Releases after 0.9.0 give a version, and replace no other than that one.
        path = _path(held.id) + (f"?version={quote(str(version), safe='')}" if version is not None else "")

        def is_there() -> bool:
            now = self._fresh(held.id, wanted, about)
            return now is not None and now.fields == wanted.fields

        self.api.write_once(method, path, sent, about, is_there)

    def _change_files(self, key: str, wanted: Wanted, about: About) -> None:
        """Make the files of a dataset what is wanted: first what is new or changed, then what goes."""
        there = self._files(key, wanted, about)
        for file in wanted.files:
            known = there.pop(file.id, None)
            if known is None:
                self._add_file(key, file, wanted, about)
            elif fields.kept_file(known[1]) != file.fields:
                sent = {**fields.others_of_file(known[1]), **file.fields}
                self.api.write("PUT", _path(key, known[0]), sent, about)
        # Last, so that a delivery that ends early leaves a file too many rather than a dead link.
        for gone, _ in there.values():
            self.api.write("DELETE", _path(key, gone), None, about, gone=True)

    def _add_file(self, key: str, file: WantedFile, wanted: Wanted, about: About) -> None:
        def is_there() -> bool:
            return fields.kept_file(self._files(key, wanted, about).get(file.id, ("", {}))[1]) == file.fields

        self.api.write_once("POST", f"{_path(key)}/distributions", dict(file.fields), about, is_there)

    def _files(self, key: str, wanted: Wanted, about: About) -> dict[str, tuple[str, Mapping[str, Any]]]:
        """Return our id of each file -> its id in the catalogue and its fields."""
        found = self.api.distributions(key, about)
        contents = [fields.kept_file(content) for _, content in found]
        names = fields.names(wanted.files, contents, wanted.iri)
        return {name: one for name, one in zip(names, found, strict=True) if name}

    def _publish(self, key: str, wanted: Wanted, about: About) -> None:
        """Publish a dataset; DeliveryError when not all of it is there."""
        # Looked at before it is published: what is public may be harvested by others before it is whole.
        now = self._fresh(key, wanted, about)
        lost = _lacking(wanted, now)
        if lost:
            hint = Message("It is not published. Inspect it in the catalogue; its API may have changed.")
            raise dropped(wanted.name, lost, hint).hidden(self.api.client.hide)
        self._set_status(key, PUBLISHED, about)

    def _set_status(self, key: str, status: str, about: About) -> None:
        self.api.write("PUT", f"{_path(key)}/publication-status", {"publicationStatus": status}, about)


def identifier(raw: Raw) -> str:
    """Return the identifier of a dataset."""
    return str(raw["dcatDataset"]["dctIdentifier"])


def _stamp(raw: Raw) -> str:
    """Return a hash of a dataset; what else the API tells of it may differ from one asker to another."""
    said = [raw["dcatDataset"], part(raw, "meta", "publicationStatus"), part(raw, "meta", "version")]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _distributions(raw: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return mappings(part(raw, "dcatDataset", fields.FILES))


def _lacking(wanted: Wanted, now: Held | None) -> list[str]:
    """Return the fields that are not what is wanted."""
    if now is None:
        return [Message("all of them")]
    lost = [name for name, value in wanted.fields.items() if now.fields.get(name) != value]
    return lost + [
        Message("file {path}", path=file.path) for file in wanted.files if now.files.get(file.id) != file.fields
    ]


def _path(key: str, distribution: str = "") -> str:
    """Return the path of a dataset, or of one of its distributions."""
    path = f"/datasets/{quote(key, safe='')}"
    return f"{path}/distributions/{quote(distribution, safe='')}" if distribution else path


def _about(change: Change, package: Package | None = None) -> About:
    return About(change.name, change.iri, f"{package.id}/publication.toml" if package else "")


def _check_once(held: Iterable[Held]) -> None:
    """Refuse two datasets that say to be the same: which of them is ours cannot be known."""
    known: dict[str, Held] = {}
    for one in held:
        other = known.setdefault(one.iri, one)
        if other is not one:
            message = Message(
                "The catalogue has two datasets of {iri}: {id} and {id2}.", iri=one.iri, id=other.id, id2=one.id
            )
            raise DeliveryError(
                "target-name-taken", message, Message("Delete the one that this program did not deliver.")
            )


def _is_settled(modified: str, date: str) -> bool:
    """Return whether a moment of change is past for good: another change would get another moment.

    One in whole seconds must be over by the catalogue's own clock; one with parts of a second is never had twice.
    """
    try:
        moment, now = datetime.fromisoformat(modified), email.utils.parsedate_to_datetime(date)
        return bool(re.search(r"\.\d*[1-9]", modified)) or moment < now.replace(microsecond=0)
    except (ValueError, TypeError):
        return False
