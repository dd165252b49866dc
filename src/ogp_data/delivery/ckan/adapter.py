"""CKAN's action API (https://docs.ckan.org/en/2.11/api/): what a catalogue holds, and each change as few safe requests.

A dataset is known by its IRI, a file by an id made of its IRI, so whatever was done before a fault is met again. A
dataset goes with all its files in one request, which happens as a whole or not at all and can be repeated.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ogp_data.core import bounds
from ogp_data.core.messages import Message
from ogp_data.delivery.adapter import Say, dropped
from ogp_data.delivery.ckan import fields as ckan_fields
from ogp_data.delivery.ckan import flavours
from ogp_data.delivery.ckan.answers import DATASET, FOUND, RESOURCE, Dataset, Resource, refusal
from ogp_data.delivery.ckan.api import API, CREATE, TOLD, Api, names_field
from ogp_data.delivery.ckan.fields import OF_UPLOAD, SERVER_SET, dataset_name, is_ours
from ogp_data.delivery.ckan.readiness import check_target
from ogp_data.delivery.ckan.target import CkanTarget
from ogp_data.delivery.faults import DeliveryError
from ogp_data.delivery.http import TOO_LARGE, Answer, AnswerLostError, Client
from ogp_data.delivery.package_reader import Package
from ogp_data.delivery.plan import Change, Fields, Held, Wanted, WantedFile
from ogp_data.delivery.reading import part

PAGE = 1000
"""Datasets of one answer; CKAN gives no more."""


class Ckan:
    """A CKAN catalogue, in the fields of one flavour."""

    def __init__(self, target: CkanTarget, client: Client, anonymous: bool = False) -> None:
        """Take the target and who asks it; `anonymous`: without a token, so that its rights need not be looked at."""
        self.target, self.client, self._anonymous = target, client, anonymous
        self.api = Api(target, client)
        self.flavour = flavours.FLAVOURS[target.flavour]
        self._checked = False

    def wanted(self, package: Package) -> list[Wanted]:
        """Return the datasets in the fields of the flavour; DeliveryError for values that its lists lack."""
        return ckan_fields.wanted(package, self.target)

    # What is held ---------------------------------------------------------------------------------------

    def held(self, package: Package) -> list[Held]:
        """Return the datasets of the organisation whose IRIs are those of the package's datasets, now or before."""
        # First, since a plan on a catalogue that lacks the fields would be wrong in each of its lines.
        if not self._checked:
            check_target(self.api, self.flavour, self._anonymous)
            self._checked = True
        ours = list(self._ours(package))
        for raw in ours:
            _check_not_harvested(raw)
        found = [self._held(raw) for raw in ours]
        _check_once(found)
        return found

    def _ours(self, package: Package) -> Iterator[Dataset]:
        """Yield the datasets of the package; DeliveryError for a name of ours that belongs to another dataset.

        That is found before anything is written.
        """
        names = {dataset_name(package.id, dataset.name) for dataset in package.datasets}
        for raw in self._search():
            iri = self.flavour.iri(raw)
            if package.names(iri):
                yield raw
            elif raw["name"] in names:
                message = Message(
                    "The name {raw} belongs to {iri} in the catalogue.",
                    raw=raw["name"],
                    iri=iri or "a dataset without an IRI",
                )
                hint = Message(
                    "If that is the same dataset under an earlier base_iri, publish under that one again, or delete"
                    " what was delivered under it; otherwise rename it there, or publish under another id."
                )
                raise DeliveryError("target-name-taken", message, hint)

    def _search(self) -> Iterator[Dataset]:
        """Yield every dataset of the organisation."""
        about = Message("What package_search gives at {url} is not a list of datasets", url=self.target.url)
        began, start, count = self.client.received, 0, 1
        for _ in range(bounds.PAGES):
            query = {
                "fq": f'organization:"{self.target.organisation}"',
                "rows": PAGE,
                "start": start,
                # By relevance, a dataset could move from a page that was not read yet to one that was.
                "sort": "name asc",
                # A withdrawn dataset is private here, and must be met again instead of made a second time.
                "include_private": True,
                "include_drafts": True,
            }
            answer = self.client.read(API + "package_search", query, TOLD)
            page = FOUND.read(self.api.result(answer, "package_search"), about)
            yield from page["results"]
            self.client.check_listing(began)
            # A catalogue may give fewer than it is asked for: the next page begins where this one ended.
            start, count = start + len(page["results"]), page["count"] if page["results"] else 0
            if start >= count:
                return
        raise self.client.endless("pages", bounds.PAGES)

    def _held(self, raw: Dataset) -> Held:
        return Held(
            iri=self.flavour.iri(raw),
            name=raw["name"],
            id=raw["id"],
            fields=self.flavour.kept(raw),
            files={file["id"]: self._kept_file(file) for file in raw.get("resources", ()) if is_ours(file["id"])},
            stamp=raw.get("metadata_modified") or "",
            withdrawn=self.flavour.is_withdrawn(raw) or raw.get("state") == "draft",
            deleted=raw.get("state") == "deleted",
            raw=raw,
        )

    def _kept_file(self, raw: Mapping[str, Any]) -> Fields:
        fields = self.flavour.kept_file(raw)
        if raw.get("url_type") == "upload":
            fields = {name: value for name, value in fields.items() if name not in SERVER_SET}
            fields["url_type"] = "upload"
        return fields

    def fresh(self, change: Change) -> Held | None:
        """Return a dataset as it is now, a deleted one too; DeliveryError when its name belongs to another."""
        raw = self._show(change.held.id if change.held else change.name)
        if raw is None:
            return None
        owner = part(raw, "organization", "name")
        # Both: a copy in another organisation has our IRI and is not ours to write.
        if self.flavour.iri(raw) == change.iri and owner == self.target.organisation:
            return self._held(raw)
        if change.held or raw.get("state") == "deleted":
            return None
        message = Message(
            "The name {name} belongs to another dataset, {get!r} of organisation {owner!r}.",
            name=change.name,
            get=raw.get("title"),
            owner=owner,
        )
        raise DeliveryError("target-name-taken", self.client.hide(message))

    def _show(self, id_or_name: str) -> Dataset | None:
        answer = self.api.get("package_show", {"id": id_or_name})
        if answer.status == 404 and refusal(answer.json):
            return None
        if answer.status == 403:
            message = Message(
                "The name {id_or_name} belongs to a dataset that the token may not see.", id_or_name=id_or_name
            )
            raise DeliveryError("target-name-taken", message)
        return DATASET.read(
            self.api.result(answer, "package_show"), Message("What package_show gives is not a dataset")
        )

    # Changes --------------------------------------------------------------------------------------------

    def perform(self, change: Change, package: Package, say: Say) -> None:
        """Make one change; each request can be made again."""
        if change.action in ("create", "update") and change.wanted:
            self._put(change, change.wanted, package, say)
        elif change.action == "withdraw" and change.held:
            self.api.act("package_patch", {"id": change.held.id, **self.flavour.withdrawal})
        elif change.action == "delete" and change.held:
            self.api.act("package_delete", {"id": change.held.id})

    def _put(self, change: Change, wanted: Wanted, package: Package, say: Say) -> None:
        """Write a dataset with all its files, then send the files whose bytes are not there yet."""
        kept = self._held(self._update(wanted, change.held) if change.held else self._create(change, wanted))
        # Before files are sent: a catalogue that dropped fields has another schema, and megabytes would be sent in
        # vain.
        self._check_kept(wanted, kept)
        sent = {file.id for file in change.files if file.upload}
        for file in wanted.files:
            if file.upload:
                self._bring(file, kept.files.get(file.id, {}), file.id in sent, package, say)

    def _update(self, wanted: Wanted, held: Held) -> Dataset:
        made = self.api.act("package_update", ckan_fields.body(wanted, self.target, held.raw))
        return DATASET.read(made, Message("What package_update gives is not a dataset"))

    def _create(self, change: Change, wanted: Wanted) -> Dataset:
        """Make a dataset; one that was made by a request whose answer was lost is met by its name, and updated."""
        lost = AnswerLostError("")
        for attempt in range(1, bounds.ATTEMPTS + 1):
            answer: Answer | None = None
            try:
                answer = self.client.write("POST", API + CREATE, ckan_fields.body(wanted, self.target, {}), TOLD)
                if not (answer.status == 409 and names_field(refusal(answer.json), "name")):
                    return self._made(answer, wanted)
            except AnswerLostError as reason:
                lost = reason
            made = self.fresh(change)
            if made and not made.deleted:
                return self._update(wanted, made)
            if answer:
                return self._made(answer, wanted)
            if attempt < bounds.ATTEMPTS:
                self.client.pause(attempt, lost)
        raise self.client.unanswered("POST", API + CREATE, str(lost))

    def _made(self, answer: Answer, wanted: Wanted) -> Dataset:
        return DATASET.read(
            self.api.done(answer, CREATE, wanted.name), Message("What {create} gives is not a dataset", create=CREATE)
        )

    def _bring(self, file: WantedFile, kept: Fields, planned: bool, package: Package, say: Say) -> None:
        """Send a file whose bytes are not there yet, and then its size, where the catalogue counts in other units.

        `planned`: that was seen before the dataset was written, by its size as well, which is now the one we wrote.
        """
        if planned or kept.get("url_type") != "upload" or kept.get("hash") != file.fields.get("hash"):
            say(Message("sending {path}", path=file.path))
            kept = self._kept_file(self._send(file, package))
        if "size" in file.fields and kept.get("size") != file.fields["size"]:
            self.api.act("resource_patch", {"id": file.id, "size": file.fields["size"]})

    def _send(self, file: WantedFile, package: Package) -> Resource:
        """Send a file's bytes together with their checksum, so that one is never there without the other."""
        body = {
            "id": file.id,
            **{n: file.fields[n] for n in ("hash", "hash_algorithm", "mimetype") if n in file.fields},
        }
        sent = (file.path.rpartition("/")[2], _bytes(file, package))
        accepted = TOLD | {TOO_LARGE}
        answer = self.client.write("POST", API + "resource_patch", body, accepted, repeatable=True, file=sent)
        error = refusal(answer.json)
        if answer.status == TOO_LARGE or names_field(error, "upload"):
            said = self.api.words(error) or Message("it is too large")
            message = Message(
                "The catalogue does not accept {path} ({count} bytes): {said}.",
                path=file.path,
                count=len(sent[1]),
                said=said,
            )
            raise DeliveryError("target-file-refused", message)
        return RESOURCE.read(
            self.api.done(answer, "resource_patch", file.path), Message("What resource_patch gives is not a file")
        )

    def _check_kept(self, wanted: Wanted, held: Held) -> None:
        """Tell which fields the catalogue took and did not keep; what is of bytes is told when they are sent."""
        lost = [name for name, value in wanted.fields.items() if held.fields.get(name) != value]
        for file in wanted.files:
            kept = held.files.get(file.id, {})
            skipped = OF_UPLOAD if file.upload else ()
            lost += [f"{file.path}: {n}" for n, v in file.fields.items() if n not in skipped and kept.get(n) != v]
        if lost:
            hint = Message(
                'The target says flavour = "{flavour}"; choose the one whose fields the catalogue has.',
                flavour=self.target.flavour,
            )
            raise dropped(wanted.name, lost, hint)


def _check_not_harvested(raw: Dataset) -> None:
    """Refuse a copy that the catalogue harvests: it and this program would undo each other's work."""
    if any(extra["key"] == "harvest_object_id" for extra in raw.get("extras", ())):
        message = Message("The catalogue harvests {raw} itself.", raw=raw["name"])
        hint = Message("Choose one way: end the harvest source there, or deliver to another organisation.")
        raise DeliveryError("target-name-taken", message, hint)


def _check_once(held: Iterable[Held]) -> None:
    """Refuse two datasets that say to be the same: which of them is ours cannot be known."""
    known: dict[str, Held] = {}
    for one in held:
        other = known.setdefault(one.iri, one)
        if other is not one:
            message = Message(
                "The catalogue has two datasets of {iri}: {name} and {name2}.",
                iri=one.iri,
                name=other.name,
                name2=one.name,
            )
            hint = Message("Delete the one that was not delivered by this program; what is harvested goes elsewhere.")
            raise DeliveryError("target-name-taken", message, hint)


def _bytes(file: WantedFile, package: Package) -> bytes:
    """Return the bytes of a file; DeliveryError when they are no longer those that were planned."""
    try:
        content = (package.folder / file.path).read_bytes()
    except OSError as reason:
        said = Message(
            "The file {path} of the package cannot be read: {strerror}.", path=file.path, strerror=reason.strerror
        )
        raise DeliveryError("invalid-package", said) from None
    if hashlib.sha256(content).hexdigest() != file.fields.get("hash"):
        raise DeliveryError(
            "invalid-package", Message("The file {path} changed while the package was delivered.", path=file.path)
        )
    return content
