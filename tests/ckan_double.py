"""A stateful double of CKAN's action API, for tests: as strict and as odd as CKAN 2.11.6 was seen to be.

`Api` keeps datasets and has no network. `CkanDouble` serves it on the loopback, and breaks on demand.

What a real one was seen to do, and this does:

- A token that it does not know is nobody's: reads are answered as to anyone, writes are 403.
- `package_search` leaves out deleted datasets, and private ones and drafts unless they are asked for; a page holds no
  more than `rows_max`.
- `package_update` puts a whole dataset in the place of the old one: files and extras that are left out are gone.
  `package_patch` keeps what is left out. Every write moves `metadata_modified`, also one that changes nothing.
- The name of a deleted dataset is free; `package_show` by that name still gives it, to who may edit it, until another
  has the name. The ids of its files stay taken. An update with `state: active` brings it back.
- `resource_create` with the id of a file of the same dataset puts it in the place of that one; the id of a file of
  another dataset is 409.
- A file that was sent gets an address of the catalogue and its size in bytes. It stays a sent file, whatever `url` it
  is given, until `url_type` is an empty text. `hash` stays as it was: sending does not count it.
- A write to one file is refused when another file of the dataset is wrong, without a word about that one.
- Some fields of a file stay as they were when an update leaves them out (`STAYING`); the others are gone.
- An address without a scheme gets `http://` before it. White space around a title goes.
- Without a schema, fields of a dataset that CKAN does not know are dropped without a word, and so are those that a
  schema lacks; fields of files are kept. An extra is text: a list becomes spoilt text.
- A list of choices comes back in the order of the schema, tags in that of the alphabet.
- An error is JSON with `error`, but for an unknown action, which is a JSON string, and a wrong path, which is a page.
"""

from __future__ import annotations

import copy
import json
import re
import socket
import struct
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Literal
from urllib.parse import parse_qs, urlsplit

import yaml

Json = Any
How = Literal["500", "502", "503", "429", "hang", "reset", "truncated", "html", "redirect"]

IDS = uuid.UUID("0d8b1cf3-7f6b-4a53-9d0c-6a3f2d3e5a11")
TOKEN = "eyJ0eXAi.a-token-of-the-double.Zm9v"
READS = frozenset(
    {
        "package_search",
        "package_show",
        "organization_list_for_user",
        "organization_show",
        "scheming_dataset_schema_show",
    }
)
VOLATILE = frozenset({"metadata_created", "metadata_modified", "created", "last_modified"})
"""What differs between two runs that did the same."""

STAYING = ("name", "format", "mimetype", "hash", "size")
"""What a file keeps when it is left out; an empty text empties it."""

_CORE = ("title", "notes", "url", "version", "license_id", "author", "author_email", "maintainer", "maintainer_email")
_FILE = (
    "cache_last_updated",
    "cache_url",
    "description",
    "last_modified",
    "mimetype",
    "mimetype_inner",
    "name",
    "resource_type",
    "size",
    "url_type",
)
_LICENCES = {"cc-zero": ("Creative Commons CCZero", "http://www.opendefinition.org/licenses/cc-zero", True)}
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?)?)?)?")
_DAY = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?)?")


@dataclass(frozen=True)
class User:
    """Who has a token, and the organisations whose datasets they may edit."""

    name: str
    organisations: tuple[str, ...] = ()


@dataclass(frozen=True)
class Field:
    """A field of a schema: its kind, its values if only these are allowed, and its subfields."""

    kind: Literal["text", "list", "set", "choice", "date", "moment", "parts", "count"] = "text"
    required: bool = False
    choices: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Schema:
    """The fields of datasets and of files that ckanext-scheming was given; `pairs`: both or none of them."""

    fields: Mapping[str, Field]
    file_fields: Mapping[str, Field]
    pairs: tuple[tuple[str, str], ...] = ()


_AGENT = Field("parts", parts=("uri", "name", "email", "url", "type", "identifier"))
DCAT = Schema(
    fields={
        **dict.fromkeys(("identifier", "uri", "version_notes", "frequency", "provenance", "access_rights"), Field()),
        **dict.fromkeys(("theme", "language", "documentation", "conforms_to", "has_version"), Field("list")),
        **dict.fromkeys(("issued", "modified"), Field("date")),
        "contact": Field("parts", parts=("uri", "name", "email", "identifier", "url")),
        "publisher": _AGENT,
        "creator": _AGENT,
        "temporal_coverage": Field("parts", parts=("start", "end")),
        "spatial_coverage": Field("parts", parts=("uri", "text", "geom", "bbox", "centroid")),
        "notes": Field(required=True),
    },
    file_fields={
        "status": Field(
            "choice",
            choices=tuple(
                f"http://purl.org/adms/status/{name}"
                for name in ("Completed", "UnderDevelopment", "Deprecated", "Withdrawn")
            ),
        )
    },
)
"""The fields of ckanext-dcat's `dcat_ap_full`, as far as a test needs them."""


def donl(path: Path) -> Schema:
    """Return the schema of DCAT-AP-DONL as its file has it."""
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    kinds = (
        {one["field_name"]: _field(one) for one in content[part]} for part in ("dataset_fields", "resource_fields")
    )
    fields, files = kinds
    # Fields that exist only to refuse are in `pairs`, the others of CKAN itself in the code below.
    for name in ("contact_point", "spatial_pair", "legal_foundation", "owner_org", "tag_string", "name", "title"):
        fields.pop(name, None)
    files.pop("checksum", None)
    return Schema(fields, files, (("hash", "hash_algorithm"),))


def _field(one: Mapping[str, Json]) -> Field:
    preset, checks = one.get("preset", ""), one.get("validators", "")
    choices = tuple(choice["value"] for choice in one.get("choices", ()))
    kinds = {"multiple_select": "set", "multiple_text": "list", "select": "choice"}
    kind = kinds.get(preset) or ("choice" if choices else "text")
    if "isodatetime" in checks:
        kind = "moment"
    if "is_positive_integer" in checks:
        kind = "count"
    required = one.get("required", False) or "not_empty" in checks
    return Field(kind, required, choices)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Request:
    """A request as it came, and the status that it was answered with; 0 when it never was."""

    number: int
    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    data: Json
    status: int = 0

    @property
    def action(self) -> str:
        return self.path.rpartition("/")[2]

    @property
    def writes(self) -> bool:
        return self.method == "POST" and self.action not in READS


class RefusalError(Exception):
    """An answer that ends the handling of a request."""

    def __init__(self, status: int, error: Json) -> None:
        super().__init__(status, error)
        self.status, self.error = status, error


def _invalid(**faults: Json) -> RefusalError:
    return RefusalError(409, {**faults, "__type": "Validation Error"})


def _forbidden(what: str) -> RefusalError:
    return RefusalError(403, {"__type": "Authorization Error", "message": f"Toestemming geweigerd: {what}"})


def _absent() -> RefusalError:
    return RefusalError(404, {"__type": "Not Found Error", "message": "Niet gevonden"})


# What is kept -------------------------------------------------------------------------------------------


@dataclass
class Api:
    """The datasets, and what the actions do to them."""

    url: str = ""
    users: dict[str, User] = field(default_factory=lambda: {TOKEN: User("bezorger", ("proef",))})
    organisations: list[str] = field(default_factory=lambda: ["proef", "elders"])
    schema: Schema | None = None
    rows_max: int = 1000
    largest: int = 10_000_000
    datasets: dict[str, Json] = field(default_factory=dict)
    uploads: dict[str, bytes] = field(default_factory=dict)
    index: list[Json] | None = None
    """What searching finds when it lags behind; None: it does not."""
    _moments: int = 0

    def act(self, action: str, user: User | None, data: Mapping[str, Json], upload: tuple[str, bytes] | None) -> Json:
        """Return the result of an action; RefusalError when it is refused."""
        if action == "scheming_dataset_schema_show" and self.schema is None:
            raise RefusalError(400, f"Onjuiste aanvraag - Action name not known: {action}")
        handler = getattr(self, f"_do_{action}", None)
        if handler is None:
            raise RefusalError(400, f"Onjuiste aanvraag - Action name not known: {action}")
        if action in READS:
            return copy.deepcopy(handler(user, data))
        if user is None:
            raise _forbidden("Gebruiker  is niet gemachtigd")
        before = copy.deepcopy(self.datasets)
        try:
            done = handler(user, data, upload) if action.startswith("resource_") else handler(user, data)
        except RefusalError:
            self.datasets = before
            raise
        return copy.deepcopy(done)

    # Reading

    def _do_package_search(self, user: User | None, data: Mapping[str, Json]) -> Json:
        rows = self.index if self.index is not None else list(self.datasets.values())
        wanted = re.findall(r'organization:"([^"]*)"', str(data.get("fq", "")))
        found = [
            one
            for one in sorted(rows, key=lambda one: one["name"])
            if all(one["organization"]["name"] == name for name in wanted) and _is_found(one, user, data)
        ]
        start, rows_wanted = int(data.get("start", 0)), min(int(data.get("rows", 10)), self.rows_max)
        return {"count": len(found), "results": found[start : start + rows_wanted]}

    def _do_package_show(self, user: User | None, data: Mapping[str, Json]) -> Json:
        one = self._find(data)
        if one["private"] or one["state"] != "active":
            _check_edits(user, one, "lezen")
        return one

    def _do_organization_list_for_user(self, user: User | None, _: Mapping[str, Json]) -> Json:
        return [self._organisation(name) for name in (user.organisations if user else ())]

    def _do_organization_show(self, _: User | None, data: Mapping[str, Json]) -> Json:
        if data.get("id") not in self.organisations:
            raise _absent()
        return self._organisation(data["id"])

    def _do_scheming_dataset_schema_show(self, _: User | None, data: Mapping[str, Json]) -> Json:
        assert self.schema is not None
        if data.get("type") != "dataset":
            raise _absent()
        return {
            "dataset_fields": [{"field_name": name} for name in self.schema.fields],
            "resource_fields": [{"field_name": name} for name in self.schema.file_fields],
        }

    def _organisation(self, name: str) -> Json:
        return {"id": str(uuid.uuid5(IDS, name)), "name": name, "is_organization": True, "state": "active"}

    def _find(self, data: Mapping[str, Json]) -> Json:
        """Return a dataset by its id or name; of a name that was given anew, the one that has it now."""
        wanted = data.get("id") or data.get("name")
        if not wanted:
            raise _invalid(id=["Missende waarde"])
        if wanted in self.datasets:
            return self.datasets[wanted]
        named = [one for one in self.datasets.values() if one["name"] == wanted]
        if not named:
            raise _absent()
        return next((one for one in named if one["state"] != "deleted"), named[-1])

    # Writing

    def _do_package_create(self, user: User, data: Mapping[str, Json]) -> Json:
        if data.get("id"):
            raise _invalid(id=["Het invoerveld id werd niet verwacht."])
        if not data.get("owner_org"):
            raise _invalid(owner_org=["Een organisatie moet worden ingevoerd"])
        if self._owner(data["owner_org"]) not in user.organisations:
            raise _forbidden("Gebruiker is niet gemachtigd om gegevenssets toe te voegen aan deze organisatie")
        count = sum(one["name"] == data.get("name") for one in self.datasets.values())
        made = str(uuid.uuid5(IDS, f"{data.get('name')} {count}"))
        self.datasets[made] = {"id": made, "metadata_created": self._now(), "resources": [], "state": "active"}
        return self._put(self.datasets[made], data)

    def _do_package_update(self, user: User, data: Mapping[str, Json]) -> Json:
        one = self._find(data)
        _check_edits(user, one, "wijzigen")
        if self._owner(data.get("owner_org") or one["owner_org"]) not in user.organisations:
            raise _invalid(owner_org=["Je kan geen dataset aan deze organisatie toevoegen"])
        return self._put(one, data)

    def _do_package_patch(self, user: User, data: Mapping[str, Json]) -> Json:
        one = self._find(data)
        return self._do_package_update(user, {**one, **data, "id": one["id"]})

    def _do_package_delete(self, user: User, data: Mapping[str, Json]) -> Json:
        one = self._find(data)
        _check_edits(user, one, "verwijderen")
        one["state"] = "deleted"
        return None

    def _do_resource_create(self, user: User, data: Mapping[str, Json], upload: tuple[str, bytes] | None) -> Json:
        one = self._find({"id": data.get("package_id")})
        _check_edits(user, one, "wijzigen")
        made = {**data, "id": data.get("id") or str(uuid.uuid5(IDS, self._now()))}
        files = [file for file in one["resources"] if file["id"] != made["id"]]
        return self._put_file(one, [*files, made], made["id"], upload)

    def _do_resource_patch(self, user: User, data: Mapping[str, Json], upload: tuple[str, bytes] | None) -> Json:
        both = ((one, file) for one in self.datasets.values() for file in one["resources"])
        one, old = next(((one, file) for one, file in both if file["id"] == data.get("id")), (None, None))
        if one is None:
            raise _absent()
        _check_edits(user, one, "wijzigen")
        files = [{**old, **data} if file is old else file for file in one["resources"]]
        return self._put_file(one, files, data["id"], upload)

    def _put_file(self, one: Json, files: list[Json], file_id: str, upload: tuple[str, bytes] | None) -> Json:
        """Write one file of a dataset, and its bytes if they came with it."""
        named = next(file for file in files if file["id"] == file_id)
        if upload:
            name, content = upload
            if len(content) > self.largest:
                raise _invalid(upload=["File upload too large"])
            if not content:
                raise _invalid(size=["Must be a positive integer"])
            named |= {"url": name, "url_type": "upload", "size": len(content), "last_modified": self._now()}
        try:
            kept = self._put(one, {**one, "resources": files})
        except RefusalError as reason:
            # What is wrong with other files refuses it too, but is not said.
            told = reason.error.get("resources", [{}] * len(files))[files.index(named)]
            raise RefusalError(reason.status, {"__type": reason.error["__type"], **told}) from None
        if upload:
            self.uploads[file_id] = upload[1]
        return next(file for file in kept["resources"] if file["id"] == file_id)

    def _put(self, one: Json, data: Mapping[str, Json]) -> Json:
        """Put what is sent in the place of a dataset, which keeps its id."""
        faults: dict[str, Json] = {}
        name = self._name(one, data, faults)
        owner = self._owner(data.get("owner_org") or one["owner_org"])
        core = {key: data.get(key) for key in _CORE}
        core["title"] = str(data.get("title") or name).strip()
        title, page, is_open = _LICENCES.get(core["license_id"] or "", (core["license_id"], None, False))
        made = {
            **core,
            **({"license_url": page} if page else {}),
            **_schema_values(self.schema.fields if self.schema else {}, data, faults),
            "id": one["id"],
            "name": name,
            "type": "dataset",
            "state": data.get("state") or one["state"],
            "private": bool(data.get("private", False)),
            "owner_org": self._organisation(owner)["id"],
            "organization": self._organisation(owner),
            "isopen": is_open,
            "license_title": title,
            "metadata_created": one["metadata_created"],
            "metadata_modified": self._now(),
            "tags": _tags(data.get("tags") or [], faults),
            "extras": self._extras(data.get("extras") or [], faults),
            "groups": data.get("groups") or [],
            "relationships_as_object": [],
            "relationships_as_subject": [],
        }
        made["resources"] = self._files(one, data.get("resources") or [], faults)
        made |= {"num_resources": len(made["resources"]), "num_tags": len(made["tags"])}
        if faults:
            raise _invalid(**faults)
        one.clear()
        one.update(made)
        return one

    def _name(self, one: Json, data: Mapping[str, Json], faults: dict[str, Json]) -> str:
        name = str(data.get("name") or one.get("name") or "")
        if not re.fullmatch(r"[a-z0-9_-]{2,100}", name):
            faults["name"] = ["Moet bestaan uit kleine letters (ascii), cijfers en deze symbolen: -_"]
        others = (other for other in self.datasets.values() if other is not one and other["state"] != "deleted")
        if any(other["name"] == name for other in others):
            faults["name"] = ["Deze URL is al in gebruik."]
        return name

    def _owner(self, id_or_name: str) -> str:
        for name in self.organisations:
            if id_or_name in (name, self._organisation(name)["id"]):
                return name
        raise _invalid(owner_org=["Organisatie bestaat niet"])

    def _extras(self, sent: list[Json], faults: dict[str, Json]) -> list[Json]:
        known = {*_CORE, *(self.schema.fields if self.schema else ())}
        keys = [one["key"] for one in sent]
        if len(keys) > len(set(keys)):
            faults["extras_validation"] = ["Duplicate key"]
        if any(key in known for key in keys):
            faults["extras"] = [{"key": ["Er is een veld in het schema met dezelfde naam"]}]
        spoilt = {one["key"]: _spoilt(one["value"]) for one in sent}
        return [{"key": key, "value": spoilt[key]} for key in sorted(spoilt)]

    def _files(self, one: Json, sent: list[Json], faults: dict[str, Json]) -> list[Json]:
        told: list[dict[str, Json]] = [{} for _ in sent]
        made = [self._file(one, file, place, told[place]) for place, file in enumerate(sent)]
        if any(told):
            faults["resources"] = told
        return list({file["id"]: file for file in made}.values())

    def _file(self, one: Json, sent: Json, place: int, faults: dict[str, Json]) -> Json:
        file_id = sent.get("id") or str(uuid.uuid5(IDS, f"{one['id']} {self._now()}"))
        if not _is_uuid(file_id):
            faults["id"] = ["Invalid id provided"]
        others = (other for other in self.datasets.values() if other is not one)
        if any(file["id"] == file_id for other in others for file in other["resources"]):
            faults["id"] = ["Resource id already exists."]
        old = next((file for file in one["resources"] if file["id"] == file_id), {})
        fields = self.schema.file_fields if self.schema else {}
        values = _schema_values(fields, sent, faults)
        if "size" not in fields and not str(sent.get("size") or 0).isdigit():
            faults["size"] = ["Ongeldig geheel getal"]
        staying = {name: old[name] for name in STAYING if sent.get(name) is None and name in old}
        made = {
            **dict.fromkeys(_FILE),
            "hash": "",
            "format": "",
            "created": old.get("created") or self._now(),
            **sent,
            **values,
            **staying,
            "id": file_id,
            "package_id": one["id"],
            "position": place,
            "state": "active",
            "metadata_modified": self._now(),
        }
        made["size"] = int(made["size"]) if made["size"] and str(made["size"]).isdigit() else None
        for first, second in self.schema.pairs if self.schema else ():
            if bool(made.get(first)) != bool(made.get(second)):
                faults["checksum"] = ["Missende waarde"]
        if sent.get("url_type") is None and old.get("url_type") == "upload":
            made["url_type"] = "upload"
        made["url"] = self._address(made)
        return made

    def _address(self, file: Json) -> str:
        url = str(file.get("url") or "").strip()
        if file["url_type"] == "upload":
            name = re.sub(r"[^a-zA-Z0-9._-]+", "-", url.rpartition("/")[2]).lower()
            return f"{self.url}/dataset/{file['package_id']}/resource/{file['id']}/download/{name}"
        return url if not url or urlsplit(url).scheme else f"http://{url.lstrip('/')}"

    def _now(self) -> str:
        """Return a moment that no write had before."""
        self._moments += 1
        return f"2026-01-01T00:00:00.{self._moments:06}"


def _is_found(one: Json, user: User | None, data: Mapping[str, Json]) -> bool:
    if one["state"] == "deleted" or (one["state"] == "draft" and not data.get("include_drafts")):
        return False
    mine = user is not None and one["organization"]["name"] in user.organisations
    return mine if one["state"] == "draft" else not one["private"] or (mine and bool(data.get("include_private")))


def _check_edits(user: User | None, one: Json, verb: str) -> None:
    if user is None or one["organization"]["name"] not in user.organisations:
        raise _forbidden(f"Gebruiker is niet gemachtigd om pakket {one['id']} te {verb}")


def _is_uuid(text: str) -> bool:
    try:
        return str(uuid.UUID(text)) == text.lower()
    except ValueError:
        return False


def _tags(sent: list[Json], faults: dict[str, Json]) -> list[Json]:
    names = sorted({one["name"] for one in sent})
    wrong = [name for name in names if not re.fullmatch(r"[\w \-.]{2,100}", name)]
    if wrong:
        faults["tags"] = [f'Tag "{name}" can only contain alphanumeric characters' for name in wrong]
    return [
        {"id": str(uuid.uuid5(IDS, name)), "name": name, "display_name": name, "state": "active", "vocabulary_id": None}
        for name in names
    ]


def _spoilt(value: Json) -> str:
    if isinstance(value, list):
        return "{" + ",".join(map(str, value)) + "}"
    return value if isinstance(value, str) else json.dumps(value)


def _schema_values(fields: Mapping[str, Field], data: Mapping[str, Json], faults: dict[str, Json]) -> dict[str, Json]:
    """Return the values of the fields that a schema has, as it keeps them."""
    values = {}
    for name, one in fields.items():
        value = data.get(name)
        if value in (None, "", []):
            if one.required:
                faults[name] = ["Missende waarde"]
            values |= {name: []} if one.kind in ("list", "set") else {}
        elif (kept := _kept(name, one, value, faults)) is not None:
            values[name] = kept
    return values


def _kept(name: str, one: Field, value: Json, faults: dict[str, Json]) -> Json:
    """Return a value as its field keeps it."""
    match one.kind:
        case "parts":
            if not isinstance(value, list) or not all(isinstance(part, Mapping) for part in value):
                message = f"Only lists of dicts can be placed against subschema ('{name}',)"
                raise RefusalError(400, {"__type": "Integrity Error", "message": message, "data": {name: value}})
            return [{part: item[part] for part in one.parts if part in item} for item in value]
        case "list" | "set":
            texts = value if isinstance(value, list) else [value]
            wrong = [text for text in texts if one.choices and text not in one.choices]
            if wrong:
                faults[name] = [f"unexpected choice {wrong[0]!r}"]
            return sorted(set(texts) - set(wrong), key=one.choices.index) if one.kind == "set" else texts
        case "choice" if value not in one.choices:
            faults[name] = [f"Value must be one of {list(one.choices)}"]
        case "date" if not _DATE.fullmatch(str(value)):
            faults[name] = ["Date format incorrect"]
        case "moment" if not _DAY.fullmatch(str(value)):
            faults[name] = ["Date format incorrect"]
        case "moment":
            return value if "T" in value else f"{value}T00:00:00"
        case "count" if not str(value).isdigit() or int(value) < 1:
            faults[name] = ["Must be a positive integer"]
        case "count":
            return int(value)
        case _ if isinstance(value, list):
            faults[name] = ["Must be a text"]
    return value


# What is served -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Fault:
    """How a request goes wrong, and whether it has its effect first."""

    how: How
    handled: bool
    retry_after: str


@dataclass(frozen=True)
class Answer:
    """An answer before it is sent."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=lambda: {"Content-Type": "application/json;charset=utf-8"})


_PAGE = Answer(404, b"<!DOCTYPE html>\n<html><title>Niet gevonden</title></html>", {"Content-Type": "text/html"})


class _Handler(BaseHTTPRequestHandler):
    """Hands each request to the double."""

    protocol_version = "HTTP/1.1"
    # Header and body go in two parts, which the other side would otherwise wait for.
    disable_nagle_algorithm = True
    server: _Server

    def serve(self) -> None:
        self.server.double._serve(self)

    do_GET = do_POST = serve  # noqa: N815

    def date_time_string(self, timestamp: float | None = None) -> str:
        return super().date_time_string((timestamp or time.time()) + self.server.double.clock_off)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing."""

    def send(self, answer: Answer, cut: bool = False) -> None:
        """Send an answer; `cut`: half of its body."""
        self.send_response(answer.status)
        for name, value in {**answer.headers, "Content-Length": str(len(answer.body))}.items():
            self.send_header(name, value)
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(answer.body[: len(answer.body) // 2] if cut else answer.body)

    def reset(self) -> None:
        """Break the connection off, so that the other side sees a reset and no end."""
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        socket.close(self.connection.detach())


class _Server(ThreadingHTTPServer):
    """Knows its double."""

    def __init__(self, double: CkanDouble) -> None:
        self.double = double
        super().__init__(("127.0.0.1", 0), _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: a client that went away is what tests of faults are about."""


class CkanDouble:
    """The double on the loopback, from `with` to its end."""

    def __init__(self, schema: Schema | None = None) -> None:
        self.api = Api(schema=schema)
        self.requests: list[Request] = []
        self.clock_off = 0.0
        """Seconds that the header Date is ahead of the time."""
        self.before_proxy: int | None = None
        """Bytes of a body above which what stands before CKAN answers 413, with a page and without reading on."""
        self._lock, self._closing = threading.Lock(), threading.Event()
        self._due: dict[int, Fault] = {}
        self._hooks: dict[int, Callable[[], None]] = {}
        self._server = _Server(self)
        self.url = self.api.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, args=(0.005,), daemon=True).start()

    def __enter__(self) -> CkanDouble:
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.set()
        self._server.shutdown()
        self._server.socket.close()

    @property
    def writes(self) -> list[Request]:
        """Return the requests that ask for a change."""
        return [one for one in self.requests if one.writes]

    @property
    def datasets(self) -> dict[str, Json]:
        """Return the datasets that are not deleted, by their names."""
        return {one["name"]: one for one in self.api.datasets.values() if one["state"] != "deleted"}

    def state(self) -> Json:
        """Return all that is kept, without moments, so that two runs can be compared."""
        sent = {key: content.hex() for key, content in self.api.uploads.items()}
        text = json.dumps([_lasting(list(self.api.datasets.values())), sent], sort_keys=True)
        # The port of one double is not that of another.
        return json.loads(text.replace(self.url, "http://ckan"))

    def plant(self, owner: str = "proef", **fields: Json) -> Json:
        """Keep a dataset that somebody made before."""
        return self.api.act("package_create", User("iemand", (owner,)), {**fields, "owner_org": owner}, None)

    def change(self, dataset: str, **fields: Json) -> None:
        """Change a dataset as somebody else would."""
        organisations = tuple(self.api.organisations)
        self.api.act("package_patch", User("iemand", organisations), {"id": dataset, **fields}, None)

    # Going wrong

    def fail(self, at: int, how: How, handled: bool = False, times: int = 1, retry_after: str = "0") -> None:
        """Let the `at`-th request from now go wrong, and those after it up to `times`.

        `hang`: no answer until the fault is healed; `reset`: the connection breaks; `truncated`: half of the real
        answer, so it is always handled; `html`: 200 with a page; `redirect`: to `elsewhere`. With `handled` the request
        has its effect first.
        """
        fault = Fault(how, handled or how == "truncated", retry_after)
        with self._lock:
            self._due.update({len(self.requests) + at + turn: fault for turn in range(times)})

    def when(self, at: int, hook: Callable[[], None]) -> None:
        """Let something happen when the `at`-th request from now has had its effect, before it is answered."""
        with self._lock:
            self._hooks[len(self.requests) + at] = hook

    def heal(self) -> int:
        """Let nothing go wrong any more, and return how many faults were still to come."""
        self._closing.set()
        with self._lock:
            left, self._due = len(self._due), {}
            self._closing = threading.Event()
        return left

    elsewhere = "http://localhost:9/api/3/action/package_search"

    def _serve(self, handler: _Handler) -> None:
        length = int(handler.headers.get("Content-Length") or 0)
        if self.before_proxy is not None and length > self.before_proxy:
            handler.close_connection = True
            return handler.send(Answer(413, b"<html><h1>413 Request Entity Too Large</h1></html>"))
        body = handler.rfile.read(length)
        with self._lock:
            closing = self._closing
            number = len(self.requests) + 1
            fault = self._due.pop(number, None)
            data, upload = _read(handler, body)
            answer = self._answer(handler, data, upload) if fault is None or fault.handled else None
            headers = {name.lower(): value for name, value in handler.headers.items()}
            path = urlsplit(handler.path).path
            status = answer.status if answer and fault is None else 0
            self.requests.append(Request(number, handler.command, path, headers, body, data, status))
            if hook := self._hooks.pop(number, None):
                hook()
        if fault is None:
            assert answer is not None
            return handler.send(answer)
        return self._break(handler, fault, answer, closing)

    def _break(self, handler: _Handler, fault: Fault, answer: Answer | None, closing: threading.Event) -> None:
        """Answer as a fault has it."""
        match fault.how:
            case "hang":
                closing.wait(60)
                handler.reset()
            case "reset":
                handler.reset()
            case "truncated":
                assert answer is not None
                handler.close_connection = True
                handler.send(answer, cut=True)
            case "redirect":
                handler.send(Answer(302, b"", {"Location": self.elsewhere}))
            case "html":
                handler.send(Answer(200, _PAGE.body, _PAGE.headers))
            case status:
                waiting = {"Retry-After": fault.retry_after} if status in ("429", "503") else {}
                handler.send(Answer(int(status), b"<html>Even geduld</html>", {"Content-Type": "text/html", **waiting}))

    def _answer(self, handler: _Handler, data: Json, upload: tuple[str, bytes] | None) -> Answer:
        parts = urlsplit(handler.path)
        user = self.api.users.get(handler.headers.get("Authorization", ""))
        if match := re.fullmatch(r"/dataset/[^/]+/resource/([^/]+)/download/[^/]+", parts.path):
            return self._download(match[1], user)
        match = re.fullmatch(r"/api/(?:3/)?action/(\w+)", parts.path)
        if match is None:
            return _PAGE
        if handler.command == "POST" and not handler.headers.get("Content-Type"):
            return Answer(415, _PAGE.body, _PAGE.headers)
        if handler.command == "GET" and match[1] not in READS and hasattr(self.api, f"_do_{match[1]}"):
            return _as_json(400, "Onjuiste aanvraag - JSON Error: Invalid request. Please use POST method")
        about = {"help": f"{self.url}/api/3/action/help_show?name={match[1]}"}
        try:
            return _as_json(200, {**about, "success": True, "result": self.api.act(match[1], user, data, upload)})
        except RefusalError as reason:
            body = reason.error if isinstance(reason.error, str) else {**about, "success": False, "error": reason.error}
            return _as_json(reason.status, body)

    def _download(self, file_id: str, user: User | None) -> Answer:
        """Return the bytes of a file; those of a private dataset to who may edit it only."""
        for one in self.api.datasets.values():
            for file in one["resources"]:
                if file["id"] == file_id and file_id in self.api.uploads and file["url_type"] == "upload":
                    mine = user is not None and one["organization"]["name"] in user.organisations
                    if one["private"] and not mine:
                        return Answer(403, _PAGE.body, _PAGE.headers)
                    kind = file.get("mimetype") or "application/octet-stream"
                    return Answer(200, self.api.uploads[file_id], {"Content-Type": kind})
        return _PAGE


def _as_json(status: int, body: Json) -> Answer:
    return Answer(status, json.dumps(body).encode())


def _lasting(value: Json) -> Json:
    if isinstance(value, Mapping):
        return {name: _lasting(part) for name, part in value.items() if name not in VOLATILE}
    return [_lasting(part) for part in value] if isinstance(value, list) else value


def _read(handler: _Handler, body: bytes) -> tuple[Json, tuple[str, bytes] | None]:
    """Return the fields of a request, and the file that came with them."""
    if handler.command == "GET":
        return {name: values[-1] for name, values in parse_qs(urlsplit(handler.path).query).items()}, None
    kind = handler.headers.get("Content-Type", "")
    if not kind.startswith("multipart/form-data"):
        return json.loads(body or b"{}"), None
    data: dict[str, Json] = {}
    upload = None
    for name, filename, content in _parts(body, kind.partition("boundary=")[2].strip('"').encode()):
        if filename:
            upload = (filename, content)
        else:
            data[name] = [*data[name], content.decode()] if name in data else [content.decode()]
    return {name: values[0] if len(values) == 1 else values for name, values in data.items()}, upload


def _parts(body: bytes, boundary: bytes) -> Iterator[tuple[str, str, bytes]]:
    """Yield the name, file name and content of each part of a form, https://www.rfc-editor.org/rfc/rfc7578."""
    for part in (b"\r\n" + body).split(b"\r\n--" + boundary)[1:-1]:
        head, _, content = part.partition(b"\r\n\r\n")
        names = dict(re.findall(r'(\bname|\bfilename)="([^"]*)"', head.decode()))
        yield names["name"], names.get("filename", ""), content
