"""The description of the API in OpenAPI 3.1, made of the tables that are published, with examples from their rows."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Final

import yaml

from ogp_data.core.vocab import DCAT, DCT, VCARD
from ogp_data.service import cursors, schemas
from ogp_data.service.bodies import TITLE, VERSION, Asked, Body, route
from ogp_data.service.listing import Catalogue, catalogue_of, node
from ogp_data.service.row_queries import LARGEST, LIMIT, LONGEST, Column, Table, tables_of
from ogp_data.service.schemas import ref
from ogp_data.service.snapshot import Published, Snapshot
from ogp_data.service.validation import FORM, REPORTS, SYNTAXES

ABOUT: Final = """\
The rows of every dataset, with filters, words to search for, an order and pages. Fields have the names of the columns \
of the CSV. A filter is the name of a column in lowerCamelCase: an empty one gives rows without a value, and one that \
is given more than once gives rows with either value. A list, such as `source_places`, is an array, and a filter on it \
gives rows that have the value in their list.

A page has the link `next` as long as there are more rows; follow it, and leave what is in it as it is. Its cursor \
names a row and not a number of rows, so nothing is seen twice or missed when rows come or go elsewhere meanwhile.

Answers are JSON, CSV (rows only) or a page for people, by `Accept`, or by `f` for those who cannot set a header.

Changes: 1.0.0, the first version."""

CODES: Final = {
    "400": "The question is wrong; each parameter that is wrong is named, with what to do.",
    "404": "There is nothing at this address.",
    "406": "There is no form of this that the client accepts.",
    "429": "Too many requests of one client; try again after what `Retry-After` says.",
    "503": "Nothing can be served yet; try again after what `Retry-After` says.",
}
EXAMPLE: Final = 100
"""Characters of a value that a filter may have as its example."""

_CHECK_CODES: Final = {
    "400": "The request is wrong.",
    "406": "There is no form of the report that the client accepts.",
    "413": "The catalogue is too large.",
    "415": "The body is of a kind that is not read.",
    "422": "The check needs more memory, or its report more bytes, than is allowed.",
    "429": "Other catalogues of the same client are being checked.",
    "503": "Too many catalogues wait to be checked.",
    "504": "The check takes longer than is allowed.",
}


def as_yaml(document: Body) -> bytes:
    """Return a description in YAML."""
    # As JSON first, which has no references: other readers of YAML bound those that they follow.
    text = yaml.safe_dump(json.loads(json.dumps(document)), allow_unicode=True, sort_keys=False)
    return str(text).encode()


def document(published: Published, root: str, profiles: Sequence[str] = ()) -> Body:
    """Return the description of the API that stands at an address, with checks by these profiles."""
    snapshots = list(published.publications.values())
    names = schemas.row_names(snapshots)
    listed = ("listPublications", "All publications", "Title, version and links of each.")
    paths: Body = {
        "/": _get(("getIndex", "The beginning of the API", "Leads to everything else."), "Index", "api"),
        "/publications": _get(listed, "Publications", "api"),
        "/openapi.json": _description(),
    }
    for snapshot in snapshots:
        paths |= _paths(snapshot, names)
    for path, item in paths.items():
        _exemplify(item, published, path, root)
    if profiles:
        paths["/validate"] = _validation(root, profiles)
    return {
        "openapi": "3.1.0",
        "info": _info(snapshots),
        # Relative, so that one description holds behind any proxy; OpenAPI resolves it against its own address.
        "servers": [{"url": root}],
        "tags": _tags(snapshots, bool(profiles)),
        "paths": paths,
        "components": {
            "schemas": {**schemas.common(), **{names[key]: schemas.row(table) for key, table in _tables(snapshots)}},
            "headers": {"API-Version": schemas.version_header(), "Link": schemas.link_header()},
            "responses": _errors(),
        },
    }


def _tables(snapshots: Sequence[Snapshot]) -> list[tuple[tuple[str, str], Table]]:
    return [((one.id, slug), table) for one in snapshots for slug, table in tables_of(one).items()]


def _info(snapshots: Sequence[Snapshot]) -> Body:
    catalogue = catalogue_of(snapshots[0])
    info: Body = {"title": TITLE, "version": VERSION, "description": ABOUT}
    if contact := _contact(catalogue):
        info["contact"] = contact
    if licence := catalogue.text(catalogue.iri, node(DCT.license)):
        info["license"] = {"name": "CC0 1.0" if "publicdomain/zero" in licence else "Licence", "url": licence}
    return info


def _contact(catalogue: Catalogue) -> Body:
    """Return whom to ask: what the catalogue says of its contact; the contact's own name where it has no web page."""
    (point, *_) = catalogue.values(catalogue.iri, node(DCAT.contactPoint)) or [catalogue.iri]
    mail = catalogue.text(point, node(VCARD.hasEmail)).removeprefix("mailto:")
    iri = getattr(point, "value", "") if str(point).startswith("<") else ""
    found = {"name": catalogue.text(point, node(VCARD.fn)), "url": catalogue.text(point, node(VCARD.hasURL)) or iri}
    return {name: text for name, text in {**found, "email": mail}.items() if text}


def _tags(snapshots: Sequence[Snapshot], has_checks: bool) -> list[Body]:
    tags = [{"name": "api", "description": "The API itself: where it begins, what it has, how it is described."}]
    for snapshot in snapshots:
        catalogue = catalogue_of(snapshot)
        titles = catalogue.texts(catalogue.iri, node(DCT.title))
        tags.append({"name": snapshot.id, "description": titles.get("en") or next(iter(titles.values()), snapshot.id)})
    checks = {"name": "checks", "description": "Checks of catalogues of others, beside the API."}
    return sorted([*tags, *([checks] if has_checks else [])], key=lambda tag: tag["name"])


# Paths ----------------------------------------------------------------------------------------------------


def _paths(snapshot: Snapshot, names: Mapping[tuple[str, str], str]) -> Body:
    at, own = f"/publications/{snapshot.id}", snapshot.id
    about = (f"getPublication-{own}", f"The publication {own}", "Its title, version and links.")
    listed = (f"listDatasets-{own}", f"The datasets of {own}", "Title, number of rows and links of each.")
    paths = {at: _get(about, "Publication", own), f"{at}/datasets": _get(listed, "Datasets", own)}
    for slug, table in tables_of(snapshot).items():
        paths |= _table_paths(snapshot, table, f"{at}/datasets/{slug}", names[snapshot.id, slug])
    return paths


def _table_paths(snapshot: Snapshot, table: Table, at: str, row: str) -> Body:
    own, tag = f"{snapshot.id}-{table.slug}", snapshot.id
    about = (f"getDataset-{own}", f"The dataset {table.name}", "Its columns, with their types, titles and codes.")
    one = (f"getRow-{own}", f"A row of {table.name}", f"The row with this {table.key}.")
    return {
        at: _get(about, "Dataset", tag),
        f"{at}/rows": _rows(snapshot, table, row),
        f"{at}/rows/{{key}}": _get(one, row, tag, [_key(table), _form("json", "html")]),
    }


def _rows(snapshot: Snapshot, table: Table, row: str) -> Body:
    page = {"allOf": [ref("Page"), {"type": "object", "properties": {"rows": {"type": "array", "items": ref(row)}}}]}
    told = (f"listRows-{snapshot.id}-{table.slug}", f"Rows of {table.name}", table.description)
    item = _get(told, page, snapshot.id, _parameters(table))
    ok = item["get"]["responses"]["200"]
    ok["headers"]["Link"] = ref("Link", "headers")
    ok["content"]["text/csv"] = {"schema": {"type": "string", "description": "With the names of the columns first."}}
    return item


def _key(table: Table) -> Body:
    key = table.column(table.key)
    assert key is not None
    example = {"example": key.kind.json(table.rows[0][table.key][0].value)} if table.rows else {}
    named = {"name": "key", "in": "path", "required": True, "description": key.description}
    return {**named, "schema": schemas.typed(key), **example}


def _get(told: tuple[str, str, str], schema: str | Body, tag: str, parameters: Sequence[Body] = ()) -> Body:
    """Return what can be got at an address; `told` are the name of the operation, what it gives, and more about it."""
    name, summary, about = told
    content: Body = {"application/json": {"schema": ref(schema) if isinstance(schema, str) else schema}}
    content["text/html"] = {"schema": {"type": "string", "description": "The same as a page for people."}}
    ok = {"description": summary, "headers": {"API-Version": ref("API-Version", "headers")}, "content": content}
    errors = {code: ref(code, "responses") for code in CODES}
    operation: Body = {"operationId": name, "tags": [tag], "summary": summary, "description": about}
    operation["parameters"] = list(parameters) or [_form("json", "html")]
    return {"get": {**operation, "responses": {"200": ok, **errors}}}


def _description() -> Body:
    told = ("getDescription", "This description", "In OpenAPI 3.1; `openapi.yaml` has the same in YAML.")
    item = _get(told, {"type": "object"}, "api")
    del item["get"]["parameters"]
    del item["get"]["responses"]["200"]["content"]["text/html"]
    return item


def _parameters(table: Table) -> list[Body]:
    names = ", ".join(column.name for column in table.columns)
    number = {"type": "integer", "minimum": 1, "maximum": LARGEST, "default": LIMIT}
    return [
        _control(
            "q",
            "Words that must all occur in a row, in any column; accents and capitals do not matter. Words in quotes are"
            " found where they stand so, one after the other.",
            {"type": "string", "maxLength": LONGEST},
        ),
        _control("limit", "How many rows a page has; CSV without it has all.", number),
        _control(
            "cursor",
            "Where the page begins: it stands in the links of the page before, and goes with the rest of the question.",
            {"type": "string", "pattern": cursors.PATTERN},
        ),
        _control(
            "sort",
            f"Columns to order by, with commas between them; a minus before one turns it around: {names}.",
            _text(),
            f"-{table.key}",
        ),
        _control("fields", f"Columns that are wanted, with commas between them: {names}.", _text(), table.key),
        _form("json", "csv", "html"),
        *(_filter(table, column) for column in table.filters),
    ]


def _filter(table: Table, column: Column) -> Body:
    given = next((values[0] for row in table.rows if (values := row[column.name])), None)
    example = {"example": [column.kind.json(given.value)]} if given and len(given.text) <= EXAMPLE else {}
    return {
        "name": column.query_key,
        "in": "query",
        "description": f"{column.title}. {column.description}",
        "schema": {"type": "array", "items": schemas.typed(column)},
        "explode": True,
        # An empty filter means rows without a value, so it must be distinguishable from a filter that is absent.
        "allowEmptyValue": True,
        **example,
    }


def _control(name: str, description: str, schema: Body, example: str = "") -> Body:
    control = {"name": name, "in": "query", "description": description, "schema": schema}
    return {**control, "example": example} if example else control


def _form(*names: str) -> Body:
    about = "The form of the answer, for those who cannot set `Accept`."
    return _control("f", about, {"type": "string", "enum": list(names), "default": names[0]})


def _text() -> Body:
    return {"type": "string"}


def _exemplify(item: Body, published: Published, path: str, root: str) -> None:
    """Put into a description what its address answers now; nothing where that is the description itself.

    The links of the examples lead on from the description, which is where they are read.
    """
    steps = [step for step in path.split("/") if step]
    if steps == ["openapi.json"]:
        return
    if "{key}" in steps:
        table = tables_of(published.publications[steps[1]])[steps[3]]
        if not table.rows:
            return
        steps[-1] = table.key_of(table.rows[0])
    # A publication, a dataset and a row may be called `rows` too.
    asked = Asked(published, root, [("limit", "1")] if steps[4:] == ["rows"] else [])
    item["get"]["responses"]["200"]["content"]["application/json"]["example"] = route(asked, steps)


# Checks and errors ----------------------------------------------------------------------------------------


def _validation(root: str, profiles: Sequence[str]) -> Body:
    """Return the check of a catalogue, which stands beside the API."""
    binary = {"type": "string", "format": "binary"}
    names = {"type": "string", "enum": list(profiles)}
    chosen: Body = {"profile": {"type": "array", "items": names, "default": list(profiles[:1])}}
    chosen |= {"houseRules": {"type": "string", "enum": ["0", "1"]}, "language": _text()}
    form = schemas.object_of({"file": binary, "text": _text(), **chosen})
    about = {
        "profile": "The application profile that it is checked by, or several that go together.",
        "houseRules": "1: also what this program asks of its own publications.",
        "language": "The language of the report; else that of Accept-Language.",
    }
    reports: Body = {media: {"schema": _text()} for media in REPORTS}
    reports["application/json"] = {"schema": {"type": "object"}}
    errors = {code: _refused(text) for code, text in _CHECK_CODES.items()}
    # Whether the catalogue is right stands in the report: the request was answered either way.
    ok = {"description": "The report", "headers": {"API-Version": ref("API-Version", "headers")}, "content": reports}
    operation: Body = {
        "operationId": "checkCatalogue",
        "tags": ["checks"],
        "summary": "Check a catalogue",
        "description": "Nothing of it is kept, and nothing that it refers to is fetched.",
        "parameters": [_control(name, about[name], schema) for name, schema in chosen.items()],
        "requestBody": {
            "description": "The catalogue, or a form with it.",
            "required": True,
            "content": {**{media: {"schema": binary} for media in SYNTAXES}, FORM: {"schema": form}},
        },
        "responses": {"200": ok, **errors},
    }
    return {"servers": [{"url": f"{root}/../.."}], "post": operation}


def _refused(text: str) -> Body:
    return {"description": text, "content": {"application/problem+json": {"schema": ref("Problem")}}}


def _errors() -> Body:
    headers = {"API-Version": ref("API-Version", "headers")}
    return {code: {**_refused(text), "headers": headers} for code, text in CODES.items()}
