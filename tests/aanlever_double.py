"""A stateful double of data.overheid.nl's Aanlever API 0.9.0, for tests; written from its OpenAPI document.

`Document` reads that document: operations, parameters, schemas and answers come from there, so a request that does
not fit it is refused and an answer that does not fit it is a fault of the double. `Api` keeps datasets and has no
network. `AanleverDouble` serves it on the loopback, and breaks on demand.

What the document says, and this does:

- A token is had for a client id and an API key; without a valid one a write and the own listing are 401, without body.
- GET of a dataset, its status or its distributions needs no token: what the asker may not see is 404.
- POST keeps a dataset as DRAFT unless `publicationStatus` says PUBLISHED; WITHDRAWN is 409, no status to begin with.
- DRAFT may become PUBLISHED, PUBLISHED may become WITHDRAWN, WITHDRAWN may become PUBLISHED; anything else is 409, and
  the status that it has already changes nothing. The moment of first publication stays after withdrawal.
- DELETE is answered 204 whatever the status: no 409 is listed for it. The dataset is then gone for everybody.
- A dctIdentifier that a dataset has already is 409, at POST, PUT and PATCH; so PUT and PATCH may change it.
- PATCH changes the fields that are sent, and the whole dataset is checked after that.
- Dates without a time become midnight UTC, others come back in UTC; a time without a zone is refused.
- Pages count from 0 and hold 20, at most 100; an unknown field to sort by is 400.
- The listing shows title, two dates, status and ids: not dctIdentifier, description or distributions.

What it leaves open, and this assumes (what a test may want otherwise is in `Assumptions`):

- Which field errors get which code: see `_CODES`. Paths are written `dcatDistribution[0].dcatAccessUrl`.
- FIELD_NOT_MODIFIABLE and INVALID_CONTACT_POINT are listed, but no rule for them; none applies unless assumed.
- Codes that it does not name are in `ASSUMED`. DCAT_DATASET_NOT_OWNED is named by the README beside the document.
- Fields that no schema knows are accepted and not kept. `date-time` accepts a date, since the descriptions do.
- PATCH merges objects within the dataset, as its example changes only the name of a contact; lists are replaced.
- A payload holds no ids of distributions, so PUT or PATCH with `dcatDistribution` gives every one a new id, and PUT
  without it removes them all. Ids given by POST last until then, also through PUT of that distribution.
- A page of more than 100 is cut to 100. A distribution that changes, or a status, changes its record's `dctModified`.
- An address whose id is no UUID is 404. A problem is told of what comes first: token, role, query,
  id, owner, body, status, duplicate.
- Parameters that no operation knows are passed over, such as the `version` of later releases; `Assumptions.versioned`
  is what they do with it.
- Every 400 of a dataset is `oneOf` two schemas that each sound answer fits both; it is read as anyOf.
"""

from __future__ import annotations

import functools
import json
import re
import socket
import struct
import threading
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar, Literal, TypeVar
from urllib.parse import parse_qs, urlsplit

import yaml
from jsonschema import Draft202012Validator, FormatChecker, ValidationError
from referencing import Registry
from referencing.jsonschema import DRAFT202012

Json = Any
T = TypeVar("T")
Status = Literal["DRAFT", "PUBLISHED", "WITHDRAWN"]
How = Literal["500", "502", "503", "429", "timeout", "reset", "truncated", "html"]

TRANSITIONS: Mapping[str, tuple[str, ...]] = {
    "DRAFT": ("PUBLISHED",),
    "PUBLISHED": ("WITHDRAWN",),
    "WITHDRAWN": ("PUBLISHED",),
}
NAMED = {
    "DCAT_DATASET_NOT_FOUND": (404, "DCAT-dataset niet gevonden"),
    "DCAT_DATASET_VALIDATION_FAILED": (400, "DCAT-payloadvalidatie is mislukt"),
    "DCAT_DATASET_DESERIALIZATION_FAILED": (400, "DCAT-payload kon niet worden geparsed"),
    "DCAT_DATASET_ALREADY_EXISTS": (409, "DCAT-dataset bestaat al"),
    "DCAT_DATASET_INVALID_PUBLICATION_TRANSITION": (409, "Ongeldige publicatiestatusovergang"),
}
"""Codes with the status and title that the document's examples give them."""
ASSUMED = {
    "INTERNAL_ERROR": (500, "Interne fout"),
    "DCAT_DATASET_NOT_OWNED": (403, "DCAT-dataset van een andere organisatie"),
    "DCAT_DISTRIBUTION_NOT_FOUND": (404, "DCAT-distributie niet gevonden"),
    "INVALID_REQUEST": (400, "Ongeldige aanvraag"),
}
"""Codes whose title, and mostly name, the document does not give."""
LATER = {
    "DCAT_DATASET_VERSION_REQUIRED": (428, "Versie ontbreekt"),
    "DCAT_DATASET_VERSION_CONFLICT": (409, "Dataset is inmiddels gewijzigd"),
}
"""Codes of 0.11.0 (2026-09-08), which the changelog beside the document tells of."""
PROBLEMS = {**NAMED, **ASSUMED, **LATER}
START = datetime(2026, 1, 1, tzinfo=UTC)
"""When the double's clock begins; each request takes a second, so that the same requests give the same answers."""
IDS = uuid.UUID("5aa4d627-2b5a-4b69-b8e9-7af31d1288ee")
MOST = 100
"""How many a page holds at most."""

_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_DURATION = re.compile(r"P(?=.)(?:\d+W|(\d+Y)?(\d+M)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?)", re.ASCII)
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?:%[0-9A-Fa-f]{2}|[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-])+")


@dataclass(frozen=True)
class Client:
    """Somebody who delivers: its credentials, organisation and role; without a role it may only read."""

    id: str
    key: str
    organisation: str = "00000001"
    role: Literal["User", "Admin", ""] = "User"


CLIENT = Client("ogp-data", "a-key-of-the-double")
STRANGER = Client("elders", "another-key-of-the-double", "00000002")


@dataclass(frozen=True)
class Assumptions:
    """What the document leaves open and a test may want otherwise."""

    fixed_fields: frozenset[str] = frozenset()
    """Fields that PUT and PATCH must not change: FIELD_NOT_MODIFIABLE."""
    contact_needs_address: bool = False
    """Whether a contact point needs an e-mail or web address: INVALID_CONTACT_POINT."""
    deleted_keeps_identifier: bool = False
    """Whether the dctIdentifier of a deleted dataset stays taken."""
    put_keeps_distributions: bool = False
    """Whether distributions stay as they are when PUT does not name them."""
    same_distributions_keep_ids: bool = False
    """Whether PUT and PATCH leave the id of a distribution that says the same as before."""
    stale_token_refused: bool = False
    """Whether a token that is no longer valid is 401 also where none is needed, which the document does not list."""
    transitions: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: TRANSITIONS)
    """Which status may follow which; withdrawing may be kept from a deliverer."""
    versioned: bool = False
    """Whether PUT and PATCH need the `version` that the dataset was read at, as from 0.11.0 they do."""


@dataclass(frozen=True)
class Request:
    """A request as it came, and the status that it was answered with; 0 when it never was."""

    number: int
    method: str
    path: str
    query: Mapping[str, list[str]]
    headers: Mapping[str, str]
    body: bytes
    status: int = 0

    @property
    def json(self) -> Json:
        return json.loads(self.body) if self.body else None

    @property
    def writes(self) -> bool:
        """Return whether it asks for a change; having a token is none."""
        return self.method != "GET" and not self.path.startswith("/api/v1/auth/")


@dataclass(frozen=True)
class Answer:
    """An answer before it is sent; `outside`: given by what stands before the API, so not in the document."""

    status: int
    body: Json = None
    headers: Mapping[str, str] = field(default_factory=dict)
    outside: bool = False

    @property
    def media_type(self) -> str:
        return "application/problem+json" if self.status >= 400 else "application/json"


class RefusalError(Exception):
    """An answer that ends the handling of a request."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer)
        self.answer = answer


# The document -------------------------------------------------------------------------------------------


class _Loader(yaml.SafeLoader):
    """Reads YAML as JSON has it: a date stays text."""

    yaml_implicit_resolvers: ClassVar = {
        sign: [(tag, pattern) for tag, pattern in pairs if tag != "tag:yaml.org,2002:timestamp"]
        for sign, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


@functools.cache
def load(path: Path) -> Json:
    """Return the OpenAPI document, read once and fixed where no sound answer could fit it."""
    return _mended(yaml.load(path.read_text(encoding="utf-8"), _Loader))


def _mended(document: Json) -> Json:
    """Return the document with `anyOf` for its `oneOf`, and the format that only a description tells."""
    document["components"]["schemas"]["DcatDataset"]["properties"]["dcatTemporalResolution"]["format"] = "duration"
    for item in document["paths"].values():
        for operation in item.values():
            for content in operation["responses"].get("400", {}).get("content", {}).values():
                if "oneOf" in content["schema"]:
                    content["schema"] = {"anyOf": content["schema"]["oneOf"]}
    return document


def as_utc(text: str) -> str:
    """Return a date, or a moment with its zone, as a moment in UTC; ValueError for anything else."""
    if _DATE.fullmatch(text):
        return f"{date.fromisoformat(text)}T00:00:00Z"
    if not _MOMENT.fullmatch(text):
        raise ValueError(text)
    return datetime.fromisoformat(text).astimezone(UTC).isoformat().replace("+00:00", "Z")


def _is_uri(text: str) -> bool:
    if not _URI.fullmatch(text):
        return False
    parts = urlsplit(text)
    return parts.scheme not in ("http", "https") or bool(parts.hostname)


_FORMATS: Mapping[str, Callable[[str], bool]] = {
    "uri": _is_uri,
    "uuid": lambda text: str(uuid.UUID(text)) == text.lower(),
    "date": lambda text: bool(_DATE.fullmatch(text) and as_utc(text)),
    "date-time": lambda text: bool(as_utc(text)),
    "duration": lambda text: bool(_DURATION.fullmatch(text)),
}


def _formats() -> FormatChecker:
    """Return what is checked of a text beside its schema."""
    checker = FormatChecker(formats=())
    for name, holds in _FORMATS.items():
        checker.checks(name, raises=(ValueError, OverflowError))(functools.partial(_holds, holds))
    return checker


def _holds(check: Callable[[str], bool], value: object) -> bool:
    return not isinstance(value, str) or check(value)


@dataclass(frozen=True)
class Operation:
    """An operation of the document, and what an address gives for the names in its path."""

    id: str
    spec: Mapping[str, Json]
    names: Mapping[str, str]

    @property
    def needs_token(self) -> bool:
        return bool(self.spec.get("security"))


class Document:
    """What the OpenAPI document says of requests and answers."""

    def __init__(self, content: Json) -> None:
        self.content = content
        self.version: str = content["info"]["version"]
        resource = DRAFT202012.create_resource(content)
        self._registry: Registry[Json] = Registry().with_resource("urn:document", resource)
        self._formats = _formats()
        self._paths = [(_pattern(template), item) for template, item in content["paths"].items()]

    def operation(self, method: str, path: str) -> Operation | None:
        """Return the operation that an address names."""
        for pattern, item in self._paths:
            if (match := pattern.fullmatch(path)) and method.lower() in item:
                spec = item[method.lower()]
                return Operation(spec.get("operationId", path), spec, match.groupdict())
        return None

    def schema(self, name: str) -> Json:
        return self.content["components"]["schemas"][name]

    def errors(self, schema: Json, value: Json) -> list[ValidationError]:
        """Return what is wrong with a value, in the order of its paths."""
        bound = _absolute(schema)
        validator = Draft202012Validator(bound, registry=self._registry, format_checker=self._formats)
        return sorted(validator.iter_errors(value), key=lambda error: (_path(error), _code(error)))

    def named(self, name: str, value: Json) -> list[ValidationError]:
        """Return what is wrong with a value of a named schema."""
        return self.errors({"$ref": f"#/components/schemas/{name}"}, value)

    def query(self, operation: Operation, sent: Mapping[str, list[str]]) -> dict[str, Json]:
        """Return the parameters of a query with their defaults; ValueError says what is wrong with them."""
        wanted = [one for one in operation.spec.get("parameters", ()) if one["in"] == "query"]
        values = {one["name"]: _cast(one["schema"], sent.get(one["name"])) for one in wanted}
        for one in wanted:
            for error in self.errors(one["schema"], values[one["name"]]):
                raise ValueError(f"{one['name']}: {error.message}")
        return values

    def normal(self, schema: Json, value: Json) -> Json:
        """Return a value as it is kept: only known fields, and moments in UTC."""
        schema = self.schema(schema["$ref"].rpartition("/")[2]) if "$ref" in schema else schema
        if schema.get("type") == "object":
            known = schema.get("properties", {})
            return {name: self.normal(known[name], part) for name, part in value.items() if name in known}
        if schema.get("type") == "array":
            return [self.normal(schema["items"], part) for part in value]
        return as_utc(value) if schema.get("format") == "date-time" else value

    def answer_faults(self, operation: Operation, answer: Answer) -> list[str]:
        """Return how an answer differs from what the document says of it."""
        said = operation.spec["responses"].get(str(answer.status))
        if said is None:
            return [f"{operation.id}: status {answer.status} is not listed"]
        faults = [f"{operation.id}: header {name} is missing" for name in said["headers"] if name not in answer.headers]
        content = said.get("content", {})
        if answer.body is None:
            # Two kinds of 403 are told apart in words only: one of them has no body.
            bare = not content or answer.status == 403
            return faults if bare else [*faults, f"{operation.id}: {answer.status} has no body"]
        media = content.get(answer.media_type) or content.get("*/*")
        if media is None:
            return [*faults, f"{operation.id}: {answer.status} has a body as {answer.media_type}"]
        wrong = self.errors(media["schema"], answer.body)
        return faults + [f"{operation.id}: {answer.status}: {_path(error)}: {error.message}" for error in wrong]


def _pattern(template: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", template.replace(".", r"\.")))


def _absolute(schema: Json) -> Json:
    """Return a schema whose references can be followed from anywhere."""
    if isinstance(schema, Mapping):
        return {
            name: f"urn:document{part}" if name == "$ref" and part.startswith("#") else _absolute(part)
            for name, part in schema.items()
        }
    return [_absolute(part) for part in schema] if isinstance(schema, list) else schema


def _cast(schema: Json, sent: list[str] | None) -> Json:
    if sent is None:
        return schema.get("default")
    if schema["type"] == "array":
        return sent
    return int(sent[-1]) if schema["type"] == "integer" and re.fullmatch(r"-?\d+", sent[-1]) else sent[-1]


def _path(error: ValidationError) -> str:
    """Return where an error is, in the names of the payload."""
    parts: list[str | int] = list(error.absolute_path)
    if error.validator == "required":
        parts.append(next(name for name in error.validator_value if f"'{name}' is a" in error.message))
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in parts).lstrip(".")


_CODES = {
    "required": "REQUIRED_FIELD",
    # What is too short is empty, and so not filled in; what is too long has a size.
    "minItems": "REQUIRED_FIELD",
    "minLength": "REQUIRED_FIELD",
    "maxItems": "INVALID_SIZE",
    "maxLength": "INVALID_SIZE",
    "pattern": "INVALID_PATTERN",
    "format uri": "INVALID_URI",
    "format date": "INVALID_DATE",
    "format date-time": "INVALID_DATE",
    "format duration": "INVALID_DURATION",
    "type number": "INVALID_NUMERIC_VALUE",
}
"""What a broken rule of the schema is called: assumed, since the document gives the codes without their rules."""


def _code(error: ValidationError) -> str:
    rule = str(error.validator)
    return _CODES.get(rule) or _CODES.get(f"{rule} {error.validator_value}", "INVALID_FIELD_VALUE")


def _field_error(code: str, path: str) -> dict[str, str]:
    return {"code": code, "path": path, "message": "ongeldige waarde"}


# What is kept -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Distribution:
    """A distribution that is kept; `created` is its place in the order of time."""

    id: str
    content: Json
    created: str


@dataclass(frozen=True)
class Stored:
    """A dataset that is kept, with what the API adds to it; `payload` is without its distributions."""

    id: str
    record: str
    owner: Client
    payload: Json
    distributions: tuple[Distribution, ...]
    created: str
    modified: str
    status: str = "DRAFT"
    published: str = ""
    deleted: bool = False
    version: int = 1

    @property
    def identifier(self) -> str:
        return str(self.payload["dctIdentifier"])

    @property
    def dataset(self) -> Json:
        """Return the payload as GET gives it back."""
        listed = {"dcatDistribution": [one.content for one in self.distributions]} if self.distributions else {}
        return {**self.payload, **listed}


@dataclass(frozen=True)
class Token:
    """A token that was given out, and until when it is valid."""

    text: str
    client: Client
    until: float


@dataclass(frozen=True)
class Ask:
    """A request whose address, query and sender are known."""

    request: Request
    operation: Operation
    query: Mapping[str, Json]
    client: Client | None

    @property
    def sender(self) -> Client:
        """Return who asks, where the document demands that somebody does."""
        assert self.client is not None, self.operation.id
        return self.client


class Api:
    """The API without a network: `answer` is all there is to it."""

    def __init__(
        self, document: Document, clients: Sequence[Client], assumptions: Assumptions, expires_in: float
    ) -> None:
        self.document = document
        self.clients = {client.id: client for client in clients}
        self.assumptions = assumptions
        self.version = "0.11.0" if assumptions.versioned else document.version
        self.expires_in = expires_in
        self.datasets: dict[str, Stored] = {}
        self.tokens: dict[str, Token] = {}
        self.faults: list[str] = []
        self._ticks = self._ids = 0

    @property
    def now(self) -> str:
        return (START + timedelta(seconds=self._ticks)).isoformat().replace("+00:00", "Z")

    def answer(self, request: Request) -> Answer:
        """Return the answer to a request, as the document has it; 599 when this double is at fault."""
        self._ticks += 1
        operation = self.document.operation(request.method, request.path)
        if operation is None:
            return Answer(404, outside=True)
        handle = OPERATIONS.get(operation.id)
        if handle is None:
            return self._at_fault([f"the double does not know {operation.id}"])
        try:
            given = handle(self, self._ask(request, operation))
        except RefusalError as refusal:
            given = refusal.answer
        except Exception as bug:
            return self._at_fault([f"{operation.id}: {bug!r}"])
        given = replace(given, headers={"API-Version": self.version, **given.headers})
        faults = [] if given.outside else self.document.answer_faults(operation, given)
        return self._at_fault(faults) if faults else given

    def _at_fault(self, faults: list[str]) -> Answer:
        self.faults += faults
        return Answer(599, {"faults": faults})

    def _ask(self, request: Request, operation: Operation) -> Ask:
        """Return what is asked; RefusalError when its sender or its query are not as the document demands."""
        text = request.headers.get("authorization", "")
        token = self._valid(text)
        if token is None and operation.needs_token:
            raise RefusalError(Answer(401))
        if token is None and text and self.assumptions.stale_token_refused and operation.id != "token":
            raise RefusalError(Answer(401, outside=True))
        if operation.needs_token and operation.spec["responses"].get("403") and token and not token.client.role:
            raise RefusalError(Answer(403))
        try:
            query = self.document.query(operation, request.query)
        except ValueError as reason:
            raise _refusal(request, "INVALID_REQUEST", str(reason)) from None
        return Ask(request, operation, query, token.client if token else None)

    def _valid(self, authorization: str) -> Token | None:
        scheme, _, text = authorization.partition(" ")
        token = self.tokens.get(text)
        return token if token and scheme == "Bearer" and time.monotonic() < token.until else None

    def expire_tokens(self) -> None:
        """Make every token that was given out invalid."""
        self.tokens = {text: replace(one, until=0.0) for text, one in self.tokens.items()}

    def new_id(self) -> str:
        """Return the next id: the same requests give the same ids."""
        self._ids += 1
        return str(uuid.uuid5(IDS, str(self._ids)))

    # Who may see and change what

    def visible(self, stored: Stored, client: Client | None) -> bool:
        """Return whether a dataset is there for somebody."""
        return not stored.deleted and (stored.status == "PUBLISHED" or _owns(client, stored))

    def seen(self, ask: Ask) -> Stored:
        """Return the dataset that an address names; RefusalError when the asker may not see one there."""
        key = ask.operation.names["datasetId"].lower()
        stored = self.datasets.get(key)
        if stored is None or not self.visible(stored, ask.client):
            raise _refusal(ask.request, "DCAT_DATASET_NOT_FOUND", f"Er bestaat geen dataset met id {key}")
        return stored

    def owned(self, ask: Ask) -> Stored:
        """Return the dataset that an address names; RefusalError when the asker may not change it."""
        stored = self.seen(ask)
        if not _owns(ask.sender, stored):
            raise _refusal(ask.request, "DCAT_DATASET_NOT_OWNED", f"Dataset {stored.id} is van een ander")
        return stored

    def mine(self, client: Client) -> list[Stored]:
        """Return the datasets of somebody's organisation; without one, those that somebody made."""
        kept = [one for one in self.datasets.values() if not one.deleted]
        return [one for one in kept if _same(client, one.owner)]

    # What is delivered

    def dataset(self, ask: Ask, payload: Json, before: Stored | None = None) -> Json:
        """Return a payload as it is kept; RefusalError with every field that is not sound."""
        errors = [_field_error(_code(one), _path(one)) for one in self.document.named("DcatDataset", payload)]
        if not errors:
            kept = self.document.normal(self.document.schema("DcatDataset"), payload)
            errors = self._assumed_errors(kept, before)
        if errors:
            raise _refusal(
                ask.request, "DCAT_DATASET_VALIDATION_FAILED", "De DCAT-datasetpayload is ongeldig", errors=errors
            )
        return kept

    def _assumed_errors(self, payload: Json, before: Stored | None) -> list[dict[str, str]]:
        contact = payload["dcatContactPoint"]
        silent = self.assumptions.contact_needs_address and not {"vcardHasEmail", "vcardHasUrl"} & set(contact)
        errors = [_field_error("INVALID_CONTACT_POINT", "dcatContactPoint")] if silent else []
        if before is None:
            return errors
        changed = [
            name for name in sorted(self.assumptions.fixed_fields) if payload.get(name) != before.dataset.get(name)
        ]
        return errors + [_field_error("FIELD_NOT_MODIFIABLE", name) for name in changed]

    def unique(self, ask: Ask, payload: Json, before: Stored | None = None) -> None:
        """Refuse an identifier that another dataset has, whoever can see that."""
        kept = [one for one in self.datasets.values() if not one.deleted or self.assumptions.deleted_keeps_identifier]
        if any(one.identifier == payload["dctIdentifier"] and one.id != (before and before.id) for one in kept):
            detail = "Er bestaat al een dataset met dezelfde dctIdentifier"
            raise _refusal(ask.request, "DCAT_DATASET_ALREADY_EXISTS", detail)

    def save(self, stored: Stored) -> Stored:
        """Keep a dataset as changed now."""
        self.datasets[stored.id] = replace(stored, modified=self.now, version=stored.version + 1)
        return self.datasets[stored.id]

    def rewrite(self, ask: Ask, stored: Stored, payload: Json, keep: bool) -> Answer:
        """Keep another payload for a dataset; `keep`: its distributions stay when the payload names none."""
        self.current(ask, stored)
        kept = self.dataset(ask, payload, stored)
        self.unique(ask, kept, stored)
        files = stored.distributions
        if "dcatDistribution" in kept or not keep:
            files = self.distributions(kept.pop("dcatDistribution", []), stored.distributions)
        return Answer(200, self.told(self.save(replace(stored, payload=kept, distributions=files))))

    def distributions(self, contents: Sequence[Json], before: Sequence[Distribution] = ()) -> tuple[Distribution, ...]:
        """Return distributions with ids; those that were there before keep theirs only when that is assumed."""
        left = list(before) if self.assumptions.same_distributions_keep_ids else []
        found = []
        for content in contents:
            same = next((one for one in left if one.content == content), None)
            if same:
                left.remove(same)
            found.append(same or Distribution(self.new_id(), content, self.now))
        return tuple(found)

    def distribution(self, ask: Ask, stored: Stored) -> Distribution:
        """Return the distribution that an address names."""
        key = ask.operation.names["distributionId"].lower()
        for one in stored.distributions:
            if one.id == key:
                return one
        raise _refusal(ask.request, "DCAT_DISTRIBUTION_NOT_FOUND", f"Er bestaat geen distributie met id {key}")

    def distribution_content(self, ask: Ask) -> Json:
        """Return the distribution that a request brings."""
        return self.document.normal(self.document.schema("DcatDistribution"), self.body(ask, "DcatDistribution"))

    def body(self, ask: Ask, schema: str = "") -> Json:
        """Return the object that a request brings; RefusalError when it brings none, or one that does not fit."""
        code = "INVALID_REQUEST" if schema else "DCAT_DATASET_DESERIALIZATION_FAILED"
        said = "De request body is ongeldig of onvolledig" if schema else "De DCAT-datasetpayload is onleesbaar"
        media = ask.request.headers.get("content-type", "").partition(";")[0].strip().lower()
        try:
            value = json.loads(ask.request.body, parse_constant=_no_number)
        except (ValueError, RecursionError):
            value = None
        if not isinstance(value, dict) or media != "application/json":
            raise _refusal(ask.request, code, said)
        for error in self.document.named(schema, value) if schema else ():
            raise _refusal(ask.request, code, f"{said}: {_path(error)}: {error.message}")
        return value

    def meta(self, stored: Stored) -> dict[str, Json]:
        """Return what a dataset's answer tells beside DCAT."""
        shown = {
            "publicationStatus": stored.status,
            "allowedPublicationStatuses": list(self.assumptions.transitions[stored.status]),
        }
        return shown | ({"publishedAt": stored.published} if stored.published else {}) | self._version(stored)

    def told(self, stored: Stored) -> dict[str, Json]:
        """Return what the answer to a write tells of a dataset."""
        return {"id": stored.id, "dctIdentifier": stored.identifier} | self._version(stored)

    def _version(self, stored: Stored) -> dict[str, Json]:
        return {"version": stored.version} if self.assumptions.versioned else {}

    def current(self, ask: Ask, stored: Stored) -> None:
        """Refuse a change of a dataset that somebody changed since it was read, where versions are kept."""
        sent = ask.request.query.get("version", [""])[-1]
        if self.assumptions.versioned and not sent:
            raise _refusal(ask.request, "DCAT_DATASET_VERSION_REQUIRED", "Geef de queryparameter version mee")
        if self.assumptions.versioned and sent != str(stored.version):
            detail = f"De dataset is gewijzigd sinds versie {sent}"
            raise _refusal(ask.request, "DCAT_DATASET_VERSION_CONFLICT", detail, currentVersion=stored.version)

    def shown(self, stored: Stored) -> dict[str, Json]:
        """Return a dataset as GET gives it."""
        return {"id": stored.id, "dcatDataset": stored.dataset, "meta": self.meta(stored)}


def _no_number(text: str) -> float:
    raise ValueError(text)


def _refusal(request: Request, code: str, detail: str, **more: Json) -> RefusalError:
    """Return a refusal as a problem document (RFC 9457)."""
    status, title = PROBLEMS[code]
    problem = {
        "type": _problem_type(code),
        "title": title,
        "status": status,
        "detail": detail,
        "instance": request.path,
        "code": code,
    }
    # The document lists no 428: later releases do.
    return RefusalError(Answer(status, problem | more, outside=status == 428))


def _problem_type(code: str) -> str:
    return f"urn:datastore:problem:{code.lower().replace('_', '-')}"


def _same(client: Client, owner: Client) -> bool:
    return client.organisation == owner.organisation if client.organisation else client.id == owner.id


def _owns(client: Client | None, stored: Stored) -> bool:
    return client is not None and (client.role == "Admin" or _same(client, stored.owner))


def _given(one: Distribution) -> dict[str, Json]:
    return {"id": one.id, "dcatDistribution": one.content}


def _merged(before: Json, change: Json) -> Json:
    """Return a value with a change in it: objects field by field, anything else as a whole."""
    if not isinstance(before, dict) or not isinstance(change, dict):
        return change
    return {**before, **{name: _merged(before.get(name), part) for name, part in change.items()}}


# The operations -----------------------------------------------------------------------------------------


def _token(api: Api, ask: Ask) -> Answer:
    sent = api.body(ask, "ApiClientCredentials")
    client = api.clients.get(sent["clientId"])
    if client is None or client.key != sent["apiKey"]:
        return Answer(401)
    token = Token(f"token-{len(api.tokens) + 1}-of-{client.id}", client, time.monotonic() + api.expires_in)
    api.tokens[token.text] = token
    return Answer(200, {"accessToken": token.text, "tokenType": "Bearer", "expiresIn": int(api.expires_in)})


def _user(_: Api, ask: Ask) -> Answer:
    client = ask.sender
    return Answer(200, {"id": client.id, "organisationId": client.organisation, "authorities": [client.role]})


def _create(api: Api, ask: Ask) -> Answer:
    payload = api.dataset(ask, api.body(ask))
    status, key = ask.query["publicationStatus"], api.new_id()
    if status == "WITHDRAWN":
        raise _no_transition(ask, key, "DRAFT", status)
    api.unique(ask, payload)
    files = api.distributions(payload.pop("dcatDistribution", []))
    published = api.now if status == "PUBLISHED" else ""
    made = Stored(key, api.new_id(), ask.sender, payload, files, api.now, api.now, status, published)
    api.datasets[key] = made
    return Answer(201, api.told(made), {"Location": f"/api/v1/datasets/{key}"})


def _replace(api: Api, ask: Ask) -> Answer:
    stored = api.owned(ask)
    return api.rewrite(ask, stored, api.body(ask), api.assumptions.put_keeps_distributions)


def _patch(api: Api, ask: Ask) -> Answer:
    stored = api.owned(ask)
    return api.rewrite(ask, stored, _merged(stored.payload, api.body(ask)), keep=True)


def _delete(api: Api, ask: Ask) -> Answer:
    api.save(replace(api.owned(ask), deleted=True))
    return Answer(204)


def _get(api: Api, ask: Ask) -> Answer:
    return Answer(200, api.shown(api.seen(ask)))


def _get_status(api: Api, ask: Ask) -> Answer:
    return Answer(200, api.meta(api.seen(ask)))


def _change_status(api: Api, ask: Ask) -> Answer:
    stored = api.owned(ask)
    status = api.body(ask, "DcatDatasetPublicationStatusRequest")["publicationStatus"]
    if status == stored.status:
        return Answer(200, api.meta(stored))
    if status not in api.assumptions.transitions[stored.status]:
        raise _no_transition(ask, stored.id, stored.status, status)
    published = stored.published or (api.now if status == "PUBLISHED" else "")
    return Answer(200, api.meta(api.save(replace(stored, status=status, published=published))))


def _no_transition(ask: Ask, key: str, old: str, new: str) -> RefusalError:
    detail = f"Dataset {key} kan niet overgaan van {old} naar {new}"
    return _refusal(ask.request, "DCAT_DATASET_INVALID_PUBLICATION_TRANSITION", detail)


def _add_distribution(api: Api, ask: Ask) -> Answer:
    stored = api.owned(ask)
    made = Distribution(api.new_id(), api.distribution_content(ask), api.now)
    api.save(replace(stored, distributions=(*stored.distributions, made)))
    return Answer(201, _given(made), {"Location": f"{ask.request.path}/{made.id}"})


def _replace_distribution(api: Api, ask: Ask) -> Answer:
    stored = api.owned(ask)
    old = api.distribution(ask, stored)
    new = replace(old, content=api.distribution_content(ask))
    api.save(replace(stored, distributions=tuple(new if one is old else one for one in stored.distributions)))
    return Answer(200, _given(new))


def _delete_distribution(api: Api, ask: Ask) -> Answer:
    stored = api.owned(ask)
    gone = api.distribution(ask, stored)
    api.save(replace(stored, distributions=tuple(one for one in stored.distributions if one is not gone)))
    return Answer(204)


def _get_distribution(api: Api, ask: Ask) -> Answer:
    return Answer(200, _given(api.distribution(ask, api.seen(ask))))


def _get_distributions(api: Api, ask: Ask) -> Answer:
    rows = list(enumerate(api.seen(ask).distributions))
    fields: dict[str, Callable[[tuple[int, Distribution]], Json]] = {
        "sortOrder": lambda row: row[0],
        "createdAt": lambda row: row[1].created,
        "dctFormat": lambda row: row[1].content.get("dctFormat", ""),
    }
    return _page(ask, rows, fields, lambda row: _given(row[1]))


def _get_datasets(api: Api, ask: Ask) -> Answer:
    rows = [one for one in api.datasets.values() if one.status == "PUBLISHED" and not one.deleted]
    fields: dict[str, Callable[[Stored], Json]] = {
        "createdAt": lambda row: row.created,
        "dctIdentifier": lambda row: row.identifier,
        "dctIssued": lambda row: row.payload.get("dctIssued", ""),
        "dctModified": lambda row: row.payload.get("dctModified", ""),
        "publishedAt": lambda row: row.published,
    }
    return _page(ask, rows, fields, api.shown)


def _get_records(api: Api, ask: Ask) -> Answer:
    fields: dict[str, Callable[[Stored], Json]] = {
        "listingDate": lambda row: row.created,
        "modifiedDate": lambda row: row.modified,
        "primaryTopicType": lambda _: "DATASET",
        "ownerId": lambda row: row.owner.id,
        "dctTitle": lambda row: row.payload["dctTitle"],
        "publicationStatus": lambda row: row.status,
    }
    return _page(ask, api.mine(ask.sender), fields, functools.partial(_record, api))


def _record(api: Api, stored: Stored) -> dict[str, Json]:
    """Return a line of the listing."""
    told = {"primaryTopicType": "DATASET", "primaryTopicId": stored.id, "ownerId": stored.owner.id}
    meta = {name: part for name, part in api.meta(stored).items() if name.endswith(("Status", "Statuses"))}
    dcat = {"dctTitle": stored.payload["dctTitle"], "dcatListingDate": stored.created, "dctModified": stored.modified}
    return {"id": stored.record, "dcatCatalogRecord": dcat, "meta": {**told, **meta}}


def _page(ask: Ask, rows: list[T], fields: Mapping[str, Callable[[T], Json]], show: Callable[[T], Json]) -> Answer:
    """Return one page of rows in the order that was asked for; the first field counts most."""
    for wish in reversed(ask.query["sort"]):
        name, _, direction = wish.partition(",")
        if name not in fields or direction.lower() not in ("", "asc", "desc"):
            raise _refusal(ask.request, "INVALID_REQUEST", f"Sorteren op {wish} kan niet")
        rows = sorted(rows, key=fields[name], reverse=direction.lower() == "desc")
    number, size = ask.query["page"], min(ask.query["size"], MOST)
    page = {"size": size, "number": number, "totalElements": len(rows), "totalPages": -(-len(rows) // size)}
    return Answer(200, {"content": [show(row) for row in rows[number * size :][:size]], "page": page})


def _get_codes(api: Api, _: Ask) -> Answer:
    described = api.document.schema("DcatDatasetPayloadValidationErrorResponse")["properties"]["code"]["enum"]
    problems = [_described(code, "PROBLEM", code) for code in {**NAMED, **ASSUMED}]
    return Answer(200, problems + [_described(c, "VALIDATION", "DCAT_DATASET_VALIDATION_FAILED") for c in described])


def _described(code: str, category: str, problem: str) -> dict[str, Json]:
    status, title = PROBLEMS[problem]
    return {
        "code": code,
        "category": category,
        "description": title,
        "httpStatus": status,
        "problemType": _problem_type(problem),
    }


OPERATIONS: Mapping[str, Callable[[Api, Ask], Answer]] = {
    "token": _token,
    "currentUser": _user,
    "validateDcatDataset": _create,
    "getAllDcatDatasets": _get_datasets,
    "getDcatDataset": _get,
    "replaceDcatDataset": _replace,
    "patchDcatDataset": _patch,
    "deleteDcatDataset": _delete,
    "getDcatDatasetPublicationStatus": _get_status,
    "changeDcatDatasetPublicationStatus": _change_status,
    "getDcatDistributions": _get_distributions,
    "createDcatDistribution": _add_distribution,
    "getDcatDistribution": _get_distribution,
    "replaceDcatDistribution": _replace_distribution,
    "deleteDcatDistribution": _delete_distribution,
    "getMyCatalogRecords": _get_records,
    "getErrorCodes": _get_codes,
}
"""What this double does, by the document's operationId; logging in with a browser is left out."""


# On the network -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Fault:
    """How a request goes wrong; `handled`: its write has happened all the same."""

    how: How
    handled: bool
    retry_after: str


class _Handler(BaseHTTPRequestHandler):
    """Hands each request to the double."""

    protocol_version = "HTTP/1.1"
    # Header and body go in two parts, which the other side would otherwise wait for.
    disable_nagle_algorithm = True
    server: _Server

    def setup(self) -> None:
        super().setup()
        self.server.double._open.add(self.connection)
        if self.server.double._gone:
            _shut(self.connection)

    def finish(self) -> None:
        self.server.double._open.discard(self.connection)
        super().finish()

    def serve(self) -> None:
        self.server.double._serve(self)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = serve  # noqa: N815

    def date_time_string(self, timestamp: float | None = None) -> str:
        return super().date_time_string((timestamp or time.time()) + self.server.double.clock_off)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing."""

    def send(self, status: int, headers: Mapping[str, str], body: bytes, cut: bool = False) -> None:
        """Send an answer; `cut`: half of its body."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 204:
            self.send_header("Content-Length", str(len(body)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if cut else body)

    def reset(self) -> None:
        """Break the connection off, so that the other side sees a reset and no end."""
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        socket.close(self.connection.detach())


class _Server(ThreadingHTTPServer):
    """Knows its double."""

    def __init__(self, double: AanleverDouble, port: int) -> None:
        self.double = double
        super().__init__(("127.0.0.1", port), _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: a client that went away is what tests of faults are about."""


class AanleverDouble:
    """The double on the loopback, from `with` to its end; it fails the test when it was itself at fault."""

    def __init__(
        self,
        openapi: Path,
        clients: Sequence[Client] = (CLIENT, STRANGER),
        assumptions: Assumptions | None = None,
        expires_in: float = 3600,
    ) -> None:
        self._api = Api(Document(load(openapi)), clients, assumptions or Assumptions(), expires_in)
        self.requests: list[Request] = []
        self.clock_off = 0.0
        """Seconds that the header Date is ahead of the time."""
        self._lock, self._closing = threading.Lock(), threading.Event()
        self._due: dict[int, Fault] = {}
        self._expires_at: set[int] = set()
        self._last = 0
        self._open: set[socket.socket] = set()
        self._port = 0
        self._servers: list[_Server] = []
        self._start()

    def __enter__(self) -> AanleverDouble:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self.close()
        assert kind is not None or not self.faults, self.faults

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    @property
    def datasets(self) -> Mapping[str, Stored]:
        """Return what is kept by id, deleted datasets too."""
        return self._api.datasets

    @property
    def faults(self) -> list[str]:
        """Return how answers differed from the document: faults of this double."""
        return self._api.faults

    @property
    def writes(self) -> list[Request]:
        """Return the requests that ask for a change."""
        return [one for one in self.requests if one.writes]

    def find(self, identifier: str) -> Stored | None:
        """Return the dataset with an identifier that is not deleted."""
        kept = (one for one in self.datasets.values() if not one.deleted)
        return next((one for one in kept if one.identifier == identifier), None)

    def plant(self, payload: Json, status: Status = "DRAFT", owner: Client = CLIENT) -> Stored:
        """Keep a dataset that somebody brought before; it is not checked."""
        api = self._api
        with self._lock:
            kept = api.document.normal(api.document.schema("DcatDataset"), payload)
            files = api.distributions(kept.pop("dcatDistribution", []))
            published = "" if status == "DRAFT" else api.now
            made = Stored(api.new_id(), api.new_id(), owner, kept, files, api.now, api.now, status, published)
            api.datasets[made.id] = made
        return made

    def expire_tokens(self, at: int = 0) -> None:
        """Make every token that was given out invalid: now, or just before the `at`-th request from now."""
        with self._lock:
            if at:
                self._expires_at.add(len(self.requests) + at)
            else:
                self._api.expire_tokens()

    # Going wrong

    def fail(self, at: int, how: How, handled: bool = False, times: int = 1, retry_after: str = "0") -> None:
        """Let the `at`-th request from now go wrong, and those after it up to `times`.

        `500`: a problem of the API; `502`: a page of what stands before it; `429`: with Retry-After; `timeout`: no
        answer until the double ends, or a minute; `reset`: the connection breaks; `truncated`: half of the real
        answer, so it is always handled; `html`: 200 with a page. With `handled` the request has its effect first.
        """
        fault = Fault(how, handled or how == "truncated", retry_after)
        with self._lock:
            self._due.update({len(self.requests) + at + turn: fault for turn in range(times)})

    def kill_after(self, count: int) -> None:
        """Let the service be gone after so many more answers; at 0 it is gone at once."""
        with self._lock:
            self._last = len(self.requests) + count
            if count == 0:
                self._stop()

    def revive(self) -> None:
        """Let a service that was gone come back, at the same address and with what it kept."""
        self._last = 0
        self._start()

    def close(self) -> None:
        """End the service and whatever hangs."""
        self._closing.set()
        self._stop()
        deadline = time.monotonic() + 5
        while self._open and time.monotonic() < deadline:
            time.sleep(0.001)

    def _start(self) -> None:
        server = _Server(self, self._port)
        self._servers.append(server)
        self._port = server.server_address[1]
        self._gone = False
        threading.Thread(target=server.serve_forever, args=(0.005,), daemon=True).start()

    def _stop(self, spared: socket.socket | None = None) -> None:
        """Take no connection any more and end those that there are, but for one."""
        if not self._gone:
            self._gone = True
            self._servers[-1].shutdown()
            self._servers[-1].socket.close()
        for connection in self._open - {spared}:
            _shut(connection)

    def _serve(self, handler: _Handler) -> None:
        body = handler.rfile.read(int(handler.headers.get("Content-Length") or 0))
        with self._lock:
            if self._gone:
                return handler.reset()
            request = _request(len(self.requests) + 1, handler, body)
            if request.number in self._expires_at:
                self._api.expire_tokens()
            fault = self._due.pop(request.number, None)
            answer = self._api.answer(request) if fault is None or fault.handled else Answer(0)
            status = answer.status if fault is None or fault.how == "truncated" else _STATUS.get(fault.how, 0)
            self.requests.append(replace(request, status=status))
            if request.number == self._last:
                # Nobody can connect any more before the last answer is out.
                handler.close_connection = True
                self._stop(handler.connection)
        return self._break(handler, fault, answer) if fault else _send(handler, answer)

    def _break(self, handler: _Handler, fault: Fault, answer: Answer) -> None:
        """Answer as a fault has it."""
        match fault.how:
            case "timeout":
                self._closing.wait(60)
                handler.reset()
            case "reset":
                handler.reset()
            case "truncated":
                handler.close_connection = True
                _send(handler, answer, cut=True)
            case "500":
                refusal = _refusal(_request(0, handler, b""), "INTERNAL_ERROR", "Onverwachte fout")
                _send(handler, replace(refusal.answer, headers={"API-Version": self._api.version}))
            case "429":
                handler.send(429, {"Retry-After": fault.retry_after}, b"")
            case how:
                handler.send(_STATUS[how], {"Content-Type": "text/html"}, b"<!doctype html><title>Even geduld</title>")


_STATUS: Mapping[str, int] = {"500": 500, "502": 502, "503": 503, "429": 429, "html": 200}


def _request(number: int, handler: _Handler, body: bytes) -> Request:
    parts = urlsplit(handler.path)
    headers = {name.lower(): value for name, value in handler.headers.items()}
    query = parse_qs(parts.query, keep_blank_values=True)
    return Request(number, handler.command, parts.path, query, headers, body)


def _send(handler: _Handler, answer: Answer, cut: bool = False) -> None:
    if answer.body is None and cut:
        return handler.reset()
    body = b"" if answer.body is None else json.dumps(answer.body, ensure_ascii=False).encode(errors="replace")
    typed = {"Content-Type": answer.media_type} if body else {}
    return handler.send(answer.status, {**answer.headers, **typed}, body, cut)


def _shut(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return
