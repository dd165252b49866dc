"""The API as pages: what is there, and a form for each dataset on which a person asks for rows and sees how it is done.

In English like the API itself. The form is sent without a script; what it asks stands in the address of its answer.
"""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from ogp_data.core import templates
from ogp_data.core.frame import Link
from ogp_data.core.messages import SOURCE
from ogp_data.service.bodies import Asked, Body, Rows, paging, route, row_links
from ogp_data.service.framing import framed
from ogp_data.service.listing import titled
from ogp_data.service.row_queries import LARGEST, LIMIT, LONGEST, Column, as_text, tables_of

_CHOICES = 60
"""Codes of a column that a list to choose from has; more are typed."""


@dataclass(frozen=True, slots=True)
class Field:
    """A column on the form: what is asked of it, what may be, and what was wrong."""

    column: Column
    given: Sequence[str]
    choices: Sequence[str]
    wrong: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the answer, and the row that it refers to."""

    column: Column
    text: str
    href: str


def of_rows(asked: Asked, found: Rows, origin: str) -> bytes:
    """Return the page of a dataset's rows with its form, which tells what is wrong when it was filled in wrongly."""
    table, snapshot = found.table, found.snapshot
    title = titled(snapshot, table.name, SOURCE)
    at = f"publications/{snapshot.id}/datasets/{table.slug}"
    crumbs = [Link("API", asked.root), Link(snapshot.id, f"{asked.root}/publications/{snapshot.id}?f=html")]
    links = paging(asked, found)
    json_query = urlencode([pair for pair in asked.query if pair[0] != "cursor"])
    address = f"{origin}/{at}/rows{'?' if json_query else ''}{json_query}"
    return templates.render(
        "service/rows.html",
        frame=framed(f"Rows: {title}", _up(asked), "api/v1", crumbs=crumbs, look=asked.published.look),
        title=title,
        table=table,
        fields=(fields := list(_fields(asked, found))),
        given=dict(asked.query),
        filtered=any(field.given for field in fields),
        arranged=any(name in ("sort", "fields", "limit") for name, _ in asked.query),
        faults=found.faults,
        page=found.page,
        columns=found.columns,
        rows=list(_cells(asked, found)),
        links={name: link["href"] for name, link in links.items()},
        address=address,
        curl=f"curl -H 'Accept: text/csv' {shlex.quote(address)}",
        forms={"csv": _in_form("csv", asked, "cursor", "limit"), "json": _in_form("json", asked, "cursor")},
        limits={"usual": LIMIT, "most": LARGEST, "characters": LONGEST},
    )


def _in_form(form: str, asked: Asked, *without: str) -> str:
    """Return the address of the same rows in another form, without some of what is asked: no limit gives all."""
    return f"rows?{urlencode([('f', form), *(pair for pair in asked.query if pair[0] not in without)])}"


def _fields(asked: Asked, found: Rows) -> Iterator[Field]:
    wrong = {fault.name: str(fault.detail) for fault in found.faults}
    for column in found.table.filters:
        names = (column.name, column.query_key)
        given = [text for name, text in asked.query if name in names]
        told = next((wrong[name] for name in names if name in wrong), "")
        yield Field(column, given, column.codes[:_CHOICES] if len(column.codes) <= _CHOICES else (), told)


def _cells(asked: Asked, found: Rows) -> Iterator[list[Cell]]:
    for row in found.page.rows if found.page else ():
        links = row_links(asked, found.snapshot, found.table, row)
        links = {**links, found.table.key: links["self"]}
        cells = []
        for column in found.columns:
            href = links[column.name]["href"] + "?f=html" if column.name in links and row[column.name] else ""
            cells.append(Cell(column, as_text(column, row[column.name]), href))
        yield cells


def of(asked: Asked, path: Sequence[str], body: Body) -> bytes:
    """Return the page of any other address: what it says as JSON, and where it leads."""
    if not path:
        return _index(asked)
    title = " / ".join(path)
    crumbs = [Link("API", asked.root)]
    return templates.render(
        "service/api.html",
        frame=framed(title, _up(asked), "api/v1", crumbs=crumbs, look=asked.published.look),
        links=list(_links(body, "")),
        text=json.dumps(body, ensure_ascii=False, indent=2),
    )


def _links(value: object, name: str) -> Iterator[Link]:
    """Yield the links in JSON, each once, with what it leads from."""
    if isinstance(value, Mapping):
        called = str(value.get("name") or value.get("id") or name)
        for relation, link in value.get("_links", {}).items():
            of_api = not link["href"].startswith(("http:", "https:"))
            yield Link(
                f"{called}: {relation}" if called else relation, f"{link['href']}?f=html" if of_api else link["href"]
            )
        for key, one in value.items():
            if key != "_links":
                yield from _links(one, called)
    elif isinstance(value, list):
        for one in value:
            yield from _links(one, name)


def _index(asked: Asked) -> bytes:
    """Return the first page of the API: all datasets, and how they are asked."""
    publications = [
        (
            snapshot,
            titled(snapshot, "catalog", SOURCE),
            [(table, titled(snapshot, table.name, SOURCE)) for table in tables_of(snapshot).values()],
        )
        for snapshot in asked.published.publications.values()
    ]
    return templates.render(
        "service/index.html",
        frame=framed("API: the rows of the open data", _up(asked), "api/v1", look=asked.published.look),
        publications=publications,
        root=asked.root,
        version=route(asked, ())["version"],
        limits={"usual": LIMIT, "most": LARGEST},
    )


def _up(asked: Asked) -> str:
    """Return the way from an address to the root of the service."""
    return f"{asked.root.removesuffix('v1')}../"
