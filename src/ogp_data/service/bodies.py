"""What stands at each address of the API, as JSON; `api.py` sends it, `openapi.py` takes its examples from it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote, urlencode

from ogp_data.core.messages import Message
from ogp_data.core.vocab import DCT
from ogp_data.service.cursors import CursorError
from ogp_data.service.listing import catalogue_of, node
from ogp_data.service.problems import ProblemError
from ogp_data.service.row_queries import (
    LIMIT,
    Column,
    Fault,
    Page,
    Question,
    Row,
    Table,
    as_json,
    as_text,
    ask,
    page_of,
    tables_of,
)
from ogp_data.service.snapshot import Published, Snapshot

ROOT: Final = "/api/v1"
TITLE: Final = "Rows of the open data"
VERSION: Final = "1.0.0"

Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """A request to the API: what is published at its moment, where the API is, its query in order, and its form.

    `form` is what `f` names, which is no part of `query`; "" when the form is that which the client accepts.
    """

    published: Published
    root: str
    query: Sequence[tuple[str, str]] = ()
    form: str = ""

    def link(self, *path: str, query: str = "") -> Body:
        """Return a link to an address of the API."""
        href = "/".join((self.root, *(quote(step, safe="") for step in path)))
        return {"href": f"{href}?{query}" if query else href}


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a dataset as they are asked for: the question, what is wrong with it, and its page if nothing is."""

    snapshot: Snapshot
    table: Table
    question: Question
    faults: Sequence[Fault]
    page: Page | None

    @property
    def columns(self) -> list[Column]:
        """Return the columns of the answer, in its order."""
        named = {column.name: column for column in self.table.columns}
        return [named[name] for name in self.question.fields or named]


def root_from(steps: int) -> str:
    """Return where the API is as seen from an address of so many steps, whatever a proxy put before them."""
    return f"{'../' * (steps - 2)}v1"


def route(asked: Asked, path: Sequence[str]) -> Body:
    """Return what is at a path below the API's root; ProblemError when there is nothing, or the query is wrong."""
    match list(path):
        case []:
            _no_query(asked)
            return _index(asked)
        case ["publications"]:
            _no_query(asked)
            return _publications(asked)
        case ["publications", name]:
            _no_query(asked)
            return _publication(asked, _snapshot(asked, name))
        case ["publications", name, "datasets"]:
            _no_query(asked)
            return _datasets(asked, _snapshot(asked, name))
        case ["publications", name, "datasets", dataset, *rest]:
            snapshot = _snapshot(asked, name)
            return _of_dataset(asked, snapshot, _table(snapshot, dataset), rest)
        case ["publications", name, *_]:
            raise ProblemError(
                404, Message("The publication {id} has nothing at this address.", id=_snapshot(asked, name).id)
            )
    raise ProblemError(404, Message("There is nothing at this address; the API begins at {root}.", root=ROOT))


def rows_asked(asked: Asked, path: Sequence[str], whole: bool = False) -> Rows | None:
    """Return the rows that a path asks for, None where it is none of rows; `whole`: all where no limit is given."""
    match list(path):
        case ["publications", name, "datasets", dataset, "rows"]:
            snapshot = _snapshot(asked, name)
            table = _table(snapshot, dataset)
        case _:
            return None
    question, faults = ask(table, asked.query)
    if faults:
        return Rows(snapshot, table, question, faults, None)
    try:
        limit = question.limit or (max(1, len(table.rows)) if whole else LIMIT)
        page = page_of(table, question, limit, snapshot.id)
    except CursorError as fault:
        return Rows(snapshot, table, question, [Fault("cursor", fault.args[0])], None)
    return Rows(snapshot, table, question, [], page)


def _snapshot(asked: Asked, name: str) -> Snapshot:
    snapshot = asked.published.publications.get(name)
    if snapshot is None:
        raise ProblemError(404, Message("There is no publication {name!r}.", name=name[:100]))
    return snapshot


def _table(snapshot: Snapshot, name: str) -> Table:
    tables = tables_of(snapshot)
    # The rules want hyphens in paths, and whoever knows the dataset by its file writes an underscore.
    table = tables.get(name.replace("_", "-")) or tables.get(name)
    if table is None:
        raise ProblemError(
            404, Message("The publication {id} has no dataset {name!r}.", id=snapshot.id, name=name[:100])
        )
    return table


def _of_dataset(asked: Asked, snapshot: Snapshot, table: Table, path: Sequence[str]) -> Body:
    match list(path):
        case []:
            _no_query(asked)
            return _dataset(asked, snapshot, table)
        case ["rows"]:
            found = rows_asked(asked, ("publications", snapshot.id, "datasets", table.slug, "rows"))
            assert found is not None
            return rows_body(asked, found)
        case ["rows", key]:
            _no_query(asked)
            row = table.by_key.get(key)
            if row is None:
                raise ProblemError(
                    404, Message("The dataset {name} has no row {key!r}.", name=table.name, key=key[:100])
                )
            return _row(asked, snapshot, table, row, ())
    raise ProblemError(404, Message("The dataset {name} has nothing at this address.", name=table.name))


def _no_query(asked: Asked) -> None:
    # A misspelt parameter that is passed over would give all rows, and look like an answer.
    if asked.query:
        refuse([Fault(name, Message("There is no such parameter at this address.")) for name, _ in asked.query])


def refuse(faults: Sequence[Fault]) -> None:
    """Raise the problem that tells every parameter that is wrong."""
    details = {fault.name: fault.detail for fault in faults}
    errors = [{"in": "query", "name": name[:100], "detail": detail} for name, detail in details.items()]
    names = ", ".join(error["name"] for error in errors)
    raise ProblemError(400, Message("The query is wrong: {names}.", names=names), errors=errors)


# What is at each address ----------------------------------------------------------------------------------


def _index(asked: Asked) -> Body:
    links = {"self": asked.link(), "publications": asked.link("publications"), "openapi": asked.link("openapi.json")}
    return {"title": TITLE, "version": VERSION, "_links": links}


def _publications(asked: Asked) -> Body:
    listed = [_publication(asked, snapshot) for snapshot in asked.published.publications.values()]
    return {"publications": listed, "_links": {"self": asked.link("publications")}}


def _publication(asked: Asked, snapshot: Snapshot) -> Body:
    catalogue, at = catalogue_of(snapshot), ("publications", snapshot.id)
    return {
        "id": snapshot.id,
        "version": snapshot.version,
        "build": snapshot.build,
        "iri": catalogue.iri.value,
        "title": catalogue.texts(catalogue.iri, node(DCT.title)),
        "modified": catalogue.text(catalogue.iri, node(DCT.modified)),
        "_links": {"self": asked.link(*at), "datasets": asked.link(*at, "datasets")},
    }


def _datasets(asked: Asked, snapshot: Snapshot) -> Body:
    links = {"self": asked.link("publications", snapshot.id, "datasets")}
    return {"datasets": [_short(asked, snapshot, one) for one in tables_of(snapshot).values()], "_links": links}


def _short(asked: Asked, snapshot: Snapshot, table: Table) -> Body:
    catalogue, iri = catalogue_of(snapshot), node(f"{snapshot.base_iri}{table.name}")
    at = ("publications", snapshot.id, "datasets", table.slug)
    return {
        "name": table.name,
        "iri": iri.value,
        "title": catalogue.texts(iri, node(DCT.title)),
        "rowCount": len(table.rows),
        "_links": {"self": asked.link(*at), "rows": asked.link(*at, "rows")},
    }


def _dataset(asked: Asked, snapshot: Snapshot, table: Table) -> Body:
    catalogue, iri = catalogue_of(snapshot), node(f"{snapshot.base_iri}{table.name}")
    described = catalogue.texts(iri, node(DCT.description))
    columns = [_column(column) for column in table.columns]
    return {**_short(asked, snapshot, table), "description": described, "key": table.key, "columns": columns}


def _column(column: Column) -> Body:
    told = {"name": column.name, "queryKey": column.query_key, "type": column.type, "required": column.required}
    codes = {"codes": list(column.codes)} if column.codes else {}
    return {**told, "title": column.title, "description": column.description, **codes, **column.details}


# Rows -----------------------------------------------------------------------------------------------------


def rows_body(asked: Asked, found: Rows) -> Body:
    """Return a page of rows as JSON; ProblemError when its question is wrong."""
    refuse(found.faults) if found.faults else None
    page = found.page
    assert page is not None
    return {
        "rows": [_row(asked, found.snapshot, found.table, row, found.question.fields) for row in page.rows],
        "limit": found.question.limit or LIMIT,
        "totalRows": page.total,
        "_links": paging(asked, found),
    }


def paging(asked: Asked, found: Rows) -> Body:
    """Return the links from a page of rows: to itself, to others of the same question, and to the dataset."""
    at = ("publications", found.snapshot.id, "datasets", found.table.slug)
    form = [("f", asked.form)] if asked.form else []
    links = {"self": asked.link(*at, "rows", query=urlencode([*form, *asked.query]))}
    for name, cursor in _cursors(found.page):
        # As a list of pairs and not as a mapping: a filter may be given more than once.
        others = [pair for pair in asked.query if pair[0] != "cursor"]
        query = [*form, *others, *([("cursor", cursor)] if cursor else [])]
        links[name] = asked.link(*at, "rows", query=urlencode(query))
    return {**links, "dataset": asked.link(*at)}


def rows_csv(found: Rows) -> bytes:
    """Return a page of rows as CSV, each cell spelled as in the file of the dataset."""
    assert found.page is not None
    columns = found.columns
    target = io.StringIO(newline="")
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow([column.name for column in columns])
    writer.writerows([as_text(column, row[column.name]) for column in columns] for row in found.page.rows)
    return target.getvalue().encode("utf-8", "surrogatepass")


def _cursors(page: Page | None) -> Iterator[tuple[str, str]]:
    yield "first", ""
    if page and page.before:
        yield "prev", page.before
    if page and page.after:
        yield "next", page.after


def _row(asked: Asked, snapshot: Snapshot, table: Table, row: Row, fields: Sequence[str]) -> Body:
    """Return a row with links to itself, to what it is called as linked data, and to rows that it refers to."""
    columns: Mapping[str, Column] = {column.name: column for column in table.columns}
    values = {name: as_json(columns[name], row[name]) for name in fields or columns}
    return {**values, "_links": row_links(asked, snapshot, table, row, fields)}


def row_links(asked: Asked, snapshot: Snapshot, table: Table, row: Row, fields: Sequence[str] = ()) -> Body:
    """Return the links from a row; those from its cells have the names of the columns."""
    at, key = ("publications", snapshot.id, "datasets"), table.key_of(row)
    slugs = {other.name: slug for slug, other in tables_of(snapshot).items()}
    links = {
        "self": asked.link(*at, table.slug, "rows", key),
        "iri": {"href": f"{snapshot.base_iri}{table.name}#{quote(key, safe='')}"},
    }
    for column in table.columns:
        values = row[column.name]
        if column.refers in slugs and values and (not fields or column.name in fields):
            links[column.name] = asked.link(*at, slugs[column.refers], "rows", values[0].text)
    return links
