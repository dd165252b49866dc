"""The schemas of the API: what is the same for every table, and the rows of each."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ogp_data.service.bodies import VERSION, Body
from ogp_data.service.row_queries import Column, Table, tables_of
from ogp_data.service.snapshot import Snapshot

_DATED = re.compile(r"date|datum|.*(?:\w+D|_[dD])(?:ate|atum).*")
"""Names that the API Design Rules take for those of dates, for which they want a `format`."""


def ref(name: str, kind: str = "schemas") -> Body:
    """Return a reference to a component."""
    return {"$ref": f"#/components/{kind}/{name}"}


def row_names(snapshots: Sequence[Snapshot]) -> dict[tuple[str, str], str]:
    """Return publication and slug of each table -> the name of the schema of its rows, in UpperCamelCase."""
    found: dict[tuple[str, str], str] = {}
    for snapshot in snapshots:
        for slug in tables_of(snapshot):
            name = "Row" + "".join(word.capitalize() for word in re.split(r"[-_]", f"{snapshot.id}-{slug}"))
            # `a-bc` and `ab-c` are two names of which the same would be made.
            taken = {other.casefold() for other in found.values()}
            number = next(n for n in range(1, len(found) + 2) if f"{name}{'x' * (n - 1)}".casefold() not in taken)
            found[snapshot.id, slug] = f"{name}{'x' * (number - 1)}"
    return found


def row(table: Table) -> Body:
    """Return the schema of the rows of a table."""
    properties = {column.name: _property(column) for column in table.columns}
    return {"type": "object", "title": table.name, "properties": {**properties, "_links": ref("Links")}}


def typed(column: Column) -> Body:
    """Return the schema of a value of a column."""
    kind = column.kind.openapi()
    return {**kind, "enum": list(column.codes)} if column.codes else kind


def _property(column: Column) -> Body:
    kind: Body = {"type": "array", "items": typed(column)} if column.separator else typed(column)
    if not column.required:  # a value that is not known is null, never left out
        kind["type"] = [kind["type"], "null"]
        if "enum" in kind:
            kind["enum"] = [*kind["enum"], None]
    if _DATED.fullmatch(column.name):
        # A moment, a text or a list of dates may be called so too; its type says which it is.
        kind.setdefault("format", column.type)
    return {**kind, "title": column.title, "description": column.description}


def common() -> Body:
    """Return the schemas of what is the same for every table."""
    words = {"type": "object", "additionalProperties": _text(), "description": "Texts by the tags of their languages."}
    links = {"_links": ref("Links")}
    short = {
        "name": _text("Name of the dataset, as in the paths of its files."),
        "iri": _uri("What it is called as linked data."),
        "title": words,
        "rowCount": _integer("How many rows it has."),
        **links,
    }
    column = {
        "name": _text("Name of the column, as in the CSV."),
        "queryKey": _text("Its name as a filter."),
        "type": _text("The type of its values."),
        "required": {"type": "boolean", "description": "Whether each row has a value."},
        "title": _text("What it is called."),
        "description": _text("What it says."),
        "codes": {"type": "array", "items": _text(), "description": "The values that it may have."},
        "currency": _text("Currency of amounts."),
        "currencyIn": _text("Column with the currency of each amount."),
    }
    columns = {"type": "array", "items": object_of(column), "description": "Its columns, in order."}
    dataset = {**short, "description": words, "key": _text("Column whose value names a row."), "columns": columns}
    one = object_of({"href": _uri("Where it leads, as seen from the address that was asked.")}, "href")
    listed = {"datasets": {"type": "array", "items": ref("DatasetSummary"), "description": "All datasets."}, **links}
    return {
        "Links": {"type": "object", "additionalProperties": one, "description": "Where it goes on."},
        "Index": object_of({"title": _text("What this is."), "version": _text("Version of the API."), **links}),
        "Publication": object_of({**_publication(words), **links}),
        "Publications": object_of({"publications": {"type": "array", "items": ref("Publication")}, **links}),
        "DatasetSummary": object_of(short),
        "Datasets": object_of(listed),
        "Dataset": object_of(dataset),
        "Page": object_of({**_page(), **links}, *_page()),
        "Problem": _problem(),
    }


def _publication(words: Body) -> Body:
    return {
        "id": _text("Name of the publication."),
        "version": _text("Version of its data."),
        "build": _text("What tells this build from others of the same version."),
        "iri": _uri("What its catalogue is called as linked data."),
        "title": words,
        "modified": {"type": "string", "format": "date", "description": "The day on which the data last changed."},
    }


def _page() -> Body:
    return {
        "limit": _integer("How many rows a page may have."),
        "totalRows": _integer("How many rows the answer has, on all pages."),
    }


def _problem() -> Body:
    where = {
        "in": _text("Where it stands."),
        "name": _text("The parameter."),
        "detail": _text("What is wrong with it."),
    }
    fields = {
        "status": _integer("The status of the answer."),
        "title": _text("What that status is called."),
        "detail": _text("What is wrong, and what to do."),
    }
    errors = {"type": "array", "items": object_of(where), "description": "Each parameter that is wrong."}
    return object_of({**fields, "errors": errors}, *fields)


def object_of(properties: Body, *required: str) -> Body:
    """Return the schema of an object."""
    found: Body = {"type": "object", "properties": properties}
    return {**found, "required": list(required)} if required else found


def version_header() -> Body:
    """Return the header that every answer has."""
    return {"description": "The whole version of this API.", "schema": _text(), "example": VERSION}


def link_header() -> Body:
    """Return the header with the links of rows in CSV, which has no other place for them."""
    return {"description": "For CSV: the links `first`, `prev` and `next` (RFC 8288).", "schema": _text()}


def _text(about: str = "") -> Body:
    return {"type": "string", "description": about} if about else {"type": "string"}


def _integer(about: str) -> Body:
    return {"type": "integer", "description": about}


def _uri(about: str) -> Body:
    return {"type": "string", "format": "uri-reference", "description": about}
