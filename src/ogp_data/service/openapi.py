"""The description of the API in OpenAPI 3.1, made of the tables that are published; in Dutch, as the rules ask."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import yaml

from ogp_data.core.vocab import DCAT, DCT, VCARD
from ogp_data.service.listing import Catalogue, catalogue_of, node
from ogp_data.service.row_queries import CONTROLS, LARGEST, PAGE_SIZE, Column, Table, tables_of
from ogp_data.service.snapshot import Snapshot
from ogp_data.service.validation import FORM, REPORTS, SYNTAXES

TITLE = "Rijen van de open data"
VERSION = "1.0.0"

_CODES = {"400": "Onjuiste vraag", "404": "Niet gevonden", "429": "Te veel vragen", "503": "Nog niet beschikbaar"}
_CHECK_CODES = {
    "400": "Onjuiste vraag",
    "406": "Niet in deze vorm",
    "413": "Te groot",
    "415": "Geen catalogus in een vorm die wordt gelezen",
    "422": "Meer geheugen of een groter rapport dan mag",
    "429": "Te veel tegelijk van een en dezelfde",
    "503": "Te veel tegelijk",
    "504": "Meer tijd dan mag",
}

Body = dict[str, Any]


def as_yaml(document: Body) -> bytes:
    """Return a description in YAML."""
    text = yaml.safe_dump(document, allow_unicode=True, sort_keys=False)
    return str(text).encode()


def document(snapshots: Sequence[Snapshot], root: str, profiles: Sequence[str] = ()) -> Body:
    """Return the description of the API that stands at an address, with checks by these profiles."""
    paths: Body = {
        "": _get("leesIndex", "Begin van de API", _ref("Index")),
        "/publications": _get("leesPublicaties", "Alle publicaties", _ref("Publications")),
        "/openapi.json": _get("leesBeschrijving", "Deze beschrijving", {"type": "object"}),
    }
    schemas = _common()
    for snapshot in snapshots:
        paths |= _paths(snapshot)
        schemas |= {_name(snapshot, table): _row(table) for table in tables_of(snapshot).values()}
    if profiles:
        paths["/validate"] = _validation(root, profiles)
    return {
        "openapi": "3.1.0",
        "info": _info(snapshots),
        # Relative, so that one description holds behind any proxy; OpenAPI resolves it against its own address.
        "servers": [{"url": root}],
        "paths": {path or "/": item for path, item in paths.items()},
        "components": {"schemas": schemas, "headers": {"API-Version": _version_header()}, "responses": _errors()},
    }


def _info(snapshots: Sequence[Snapshot]) -> Body:
    catalogue = catalogue_of(snapshots[0])
    about = (
        "De rijen van elke dataset, met filters, volgorde en bladzijden. Velden heten zoals de kolommen in de CSV. Een"
        " filter is de naam van een kolom in lowerCamelCase; een leeg filter geeft rijen zonder waarde, en een filter"
        " dat vaker is genoemd geeft rijen met een van die waarden. Een lijst, zoals source_places, is een array; een"
        " filter erop geeft rijen die de waarde in hun lijst hebben. Wijzigingen van deze API: 1.0.0, eerste versie."
    )
    info: Body = {"title": TITLE, "version": VERSION, "description": about}
    if contact := _contact(catalogue):
        info["contact"] = contact
    if licence := catalogue.text(catalogue.iri, node(DCT.license)):
        info["license"] = {"name": "CC0 1.0" if "publicdomain/zero" in licence else "Licentie", "url": licence}
    return info


def _contact(catalogue: Catalogue) -> Body:
    (point, *_) = catalogue.values(catalogue.iri, node(DCAT.contactPoint)) or [catalogue.iri]
    mail = catalogue.text(point, node(VCARD.hasEmail)).removeprefix("mailto:")
    found = {"name": catalogue.text(point, node(VCARD.fn)), "url": catalogue.text(point, node(VCARD.hasURL))}
    return {name: text for name, text in {**found, "email": mail}.items() if text}


def _paths(snapshot: Snapshot) -> Body:
    at = f"/publications/{snapshot.id}"
    paths = {
        at: _get(f"leesPublicatie-{snapshot.id}", f"De publicatie {snapshot.id}", _ref("Publication")),
        f"{at}/datasets": _get(f"leesDatasets-{snapshot.id}", f"De datasets van {snapshot.id}", _ref("Datasets")),
    }
    for table in tables_of(snapshot).values():
        paths |= _table_paths(snapshot, table, f"{at}/datasets/{table.slug}")
    return paths


def _table_paths(snapshot: Snapshot, table: Table, at: str) -> Body:
    own, row = f"{snapshot.id}-{table.slug}", _ref(_name(snapshot, table))
    page: Body = {
        "allOf": [_ref("Page"), {"type": "object", "properties": {"rows": {"type": "array", "items": row}}}],
    }
    key = table.column(table.key)
    assert key is not None
    by_key = {"name": "key", "in": "path", "required": True, "schema": _typed(key), "description": key.description}
    return {
        at: _get(f"leesDataset-{own}", f"De dataset {table.name}", _ref("Dataset")),
        f"{at}/rows": _get(f"zoekRijen-{own}", f"Rijen van {table.name}", page, _parameters(table)),
        f"{at}/rows/{{key}}": _get(f"leesRij-{own}", f"Een rij van {table.name}", row, [by_key]),
    }


def _get(name: str, summary: str, schema: Body, parameters: Sequence[Body] = ()) -> Body:
    ok = {
        "description": summary,
        "headers": {"API-Version": {"$ref": "#/components/headers/API-Version"}},
        "content": {"application/json": {"schema": schema}},
    }
    errors = {code: {"$ref": f"#/components/responses/{code}"} for code in _CODES}
    operation: Body = {"operationId": name, "summary": summary, "responses": {"200": ok, **errors}}
    return {"get": {**operation, "parameters": list(parameters)} if parameters else operation}


def _parameters(table: Table) -> list[Body]:
    names = ", ".join(column.name for column in table.columns)
    filters = [
        {
            "name": column.query_key,
            "in": "query",
            "description": f"{column.title}. {column.description}",
            "schema": {"type": "array", "items": _typed(column)},
            "explode": True,
            # An empty filter means rows without a value, so it must be distinguishable from a filter that is absent.
            "allowEmptyValue": True,
        }
        for column in table.columns
        # A column called `page` or `sort` cannot be filtered: the control of that name goes first.
        if column.query_key not in CONTROLS
    ]
    return [
        _control("page", "Welke bladzijde.", {"type": "integer", "minimum": 1, "default": 1}),
        _control("pageSize", "Rijen op een bladzijde.", _size()),
        _control("sort", f"Kolommen om op te ordenen, komma's ertussen; een min ervoor keert om: {names}.", _text()),
        _control("fields", f"Kolommen die gewenst zijn, met komma's ertussen: {names}.", _text()),
        *filters,
    ]


def _control(name: str, description: str, schema: Body) -> Body:
    return {"name": name, "in": "query", "description": description, "schema": schema}


def _size() -> Body:
    return {"type": "integer", "minimum": 1, "maximum": LARGEST, "default": PAGE_SIZE}


def _text() -> Body:
    return {"type": "string"}


def _typed(column: Column) -> Body:
    kind = column.kind.openapi()
    return {**kind, "enum": list(column.codes)} if column.codes else kind


def _validation(root: str, profiles: Sequence[str]) -> Body:
    """Return the check of a catalogue, which stands beside the API."""
    binary = {"type": "string", "format": "binary"}
    names = {"type": "string", "enum": list(profiles)}
    chosen: Body = {"profile": {"type": "array", "items": names, "default": list(profiles[:1])}}
    chosen |= {"house-rules": {"type": "string", "enum": ["0", "1"]}, "language": _text()}
    form = _object({"file": binary, "text": _text(), **chosen})
    about = {
        "profile": "Het applicatieprofiel waaraan wordt getoetst, of meer die bij elkaar horen.",
        "house-rules": "1: ook wat dit programma van zijn eigen publicaties vraagt.",
        "language": "De taal van het rapport; anders die van Accept-Language.",
    }
    reports: Body = {media: {"schema": _text()} for media in REPORTS}
    reports["application/json"] = {"schema": {"type": "object"}}
    errors = {code: _refused(text) for code, text in _CHECK_CODES.items()}
    operation: Body = {
        "operationId": "toetsCatalogus",
        "summary": "Toets een catalogus; niets ervan wordt bewaard, en niets waarnaar hij verwijst opgehaald",
        "parameters": [_control(name, about[name], schema) for name, schema in chosen.items()],
        "requestBody": {
            "required": True,
            "content": {**{media: {"schema": binary} for media in SYNTAXES}, FORM: {"schema": form}},
        },
        # Whether the catalogue is right stands in the report: the request was answered either way.
        "responses": {"200": {"description": "Het rapport", "content": reports}, **errors},
    }
    return {"servers": [{"url": f"{root}/../.."}], "post": operation}


def _refused(text: str) -> Body:
    return {"description": text, "content": {"application/problem+json": {"schema": _ref("Problem")}}}


def _row(table: Table) -> Body:
    properties = {column.name: _property(column) for column in table.columns}
    return {"type": "object", "title": table.name, "properties": {**properties, "_links": _ref("Links")}}


def _property(column: Column) -> Body:
    kind: Body = {"type": "array", "items": _typed(column)} if column.separator else _typed(column)
    if not column.required:  # a value that is not known is null, never left out
        kind["type"] = [kind["type"], "null"]
        if "enum" in kind:
            kind["enum"] = [*kind["enum"], None]
    return {**kind, "title": column.title, "description": column.description}


def _name(snapshot: Snapshot, table: Table) -> str:
    return f"Row.{snapshot.id}.{table.slug}"


def _ref(name: str) -> Body:
    return {"$ref": f"#/components/schemas/{name}"}


def _common() -> Body:
    """Return the schemas of what is the same for every table."""
    words = {"type": "object", "additionalProperties": _text(), "description": "Tekst per taal."}
    links = {"_links": _ref("Links")}
    short = {"name": _text(), "iri": _uri(), "title": words, "rowCount": {"type": "integer"}, **links}
    publication = {"id": _text(), "version": _text(), "build": _text(), "iri": _uri(), "title": words, **links}
    publication["modified"] = {"type": "string", "format": "date"}
    counts = {name: {"type": "integer"} for name in ("page", "pageSize", "totalRows", "totalPages")}
    column = {name: _text() for name in ("name", "queryKey", "type", "title", "description", "currency", "currencyIn")}
    column |= {"required": {"type": "boolean"}, "codes": {"type": "array", "items": _text()}}
    dataset = {**short, "description": words, "key": _text(), "columns": {"type": "array", "items": _object(column)}}
    one = _object({"href": _uri()}, "href")
    return {
        "Links": {"type": "object", "additionalProperties": one, "description": "Waar het verder gaat."},
        "Index": _object({"title": _text(), "version": _text(), **links}),
        "Publication": _object(publication),
        "Publications": _object({"publications": {"type": "array", "items": _ref("Publication")}, **links}),
        "DatasetSummary": _object(short),
        "Datasets": _object({"datasets": {"type": "array", "items": _ref("DatasetSummary")}, **links}),
        "Dataset": _object(dataset),
        "Page": _object({**counts, **links}, *counts),
        "Problem": _problem(),
    }


def _problem() -> Body:
    where = {"in": _text(), "name": _text(), "detail": _text()}
    fields = {"status": {"type": "integer"}, "title": _text(), "detail": _text()}
    return _object({**fields, "errors": {"type": "array", "items": _object(where)}}, *fields)


def _object(properties: Body, *required: str) -> Body:
    found: Body = {"type": "object", "properties": properties}
    return {**found, "required": list(required)} if required else found


def _uri() -> Body:
    return {"type": "string", "format": "uri-reference"}


def _version_header() -> Body:
    return {"description": "De volledige versie van deze API.", "schema": {"type": "string", "example": VERSION}}


def _errors() -> Body:
    content = {"application/problem+json": {"schema": _ref("Problem")}}
    headers = {"API-Version": {"$ref": "#/components/headers/API-Version"}}
    return {code: {"description": text, "headers": headers, "content": content} for code, text in _CODES.items()}
