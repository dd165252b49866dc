"""Published rows -> what can be found: a commitment with all that is said of it, and each other row that has a text."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from ogp_data.collection.handed import Table, TableColumn
from ogp_data.collection.published import Published
from ogp_data.core.messages import Message
from ogp_data.core.shared import Term
from ogp_data.site.locations import row_pages, row_place, shown_on
from ogp_data.site.search import Entry
from ogp_data.site.tabled import key_of, local_name, of_class, reference, saying, title_in
from ogp_data.types import TYPES

PUBLICATION = "publication"
"""The kind of the entry that is a publication itself."""

_BEGINNING = 80
_OWN = ("source", "reference")
"""Whose words can be found. What the program repeats elsewhere would be found twice, and what it says itself is no
word of a document."""


def pages_of(published: Published) -> Mapping[str, str]:
    """Return the pages of a publication's commitments by their keys."""
    table = of_class(published, "Commitment")
    return row_pages(table.name, (row[key_of(table)] for row in published.rows(table.name))) if table else {}


def entries(published: Published) -> Iterator[Entry]:
    """Yield what can be found in a publication."""
    language = published.document_languages[0]
    first = published.languages[0]
    yield Entry(published.id, PUBLICATION, "index.html", published.title.of(first), _about(published, first), first)
    commitments = of_class(published, "Commitment")
    about = [table for table in published.tables if commitments and reference(table, commitments)]
    if commitments:
        yield from _commitments(published, commitments, about, language)
    for table in published.tables:
        if table is not commitments and table not in about:
            yield from _rows(published, table, language)


def _about(published: Published, first: str) -> str:
    """Return what is said of a publication, and what it and its country are called in its other languages."""
    others = [published.title.of(language) for language in published.languages[1:]]
    named = [*others, *published.country.name.values(), published.plan]
    return " · ".join(filter(None, dict.fromkeys([published.description.of(first), *named])))


def kinds(
    published: Sequence[Published], terms: Mapping[str, Term], languages: Sequence[str]
) -> dict[str, dict[str, str]]:
    """Return what a row of each class is called in each language: as the vocabulary says it, else as its dataset."""
    own = {PUBLICATION: Message("Publication"), "Commitment": Message("A commitment")}
    found = {kind: {language: called.of(language) for language in languages} for kind, called in own.items()}
    for table in (table for one in published for table in one.tables):
        term = terms.get(local_name(table.type))
        label = term.label if term else table.title
        found.setdefault(local_name(table.type), {language: label.of(language) for language in languages})
    return found


def _commitments(published: Published, table: Table, about: Sequence[Table], language: str) -> Iterator[Entry]:
    pages, said = pages_of(published), _said(published, table, about)
    for row in published.rows(table.name):
        key = row[key_of(table)]
        own = [row[name] for name in _texts(table) if row[name]]
        title = title_in(table, row) or (own[0] if own else key)
        number = saying(table, "commitmentNumber", row)
        text = " · ".join(part for part in [*own, *said.get(key, ())] if part != title)
        yield Entry(
            published.id, local_name(table.type), pages[key], f"{number}. {title}" if number else title, text, language
        )


def _said(published: Published, commitments: Table, about: Sequence[Table]) -> dict[str, list[str]]:
    """Return the texts of the rows about each commitment, by its key."""
    found: dict[str, list[str]] = {}
    for table in about:
        names, column = _texts(table), reference(table, commitments)
        for row in published.rows(table.name) if names else ():
            found.setdefault(row[column], []).extend(row[name] for name in names if row[name])
    return found


def _rows(published: Published, table: Table, language: str) -> Iterator[Entry]:
    """Yield each row of a dataset that has a text, with its place on the page of the dataset."""
    names, headings, key = _texts(table), _texts(table, ("repeated",)), key_of(table)
    rows = published.rows(table.name) if names else []
    shown = shown_on(rows, key)
    for row in rows:
        own = [row[name] for name in names if row[name]]
        if not own:
            continue
        title = title_in(table, row) or next((row[name] for name in headings if row[name]), "") or _beginning(own[0])
        text = " · ".join(part for part in own if part != title)
        page = row_place(table.name, row[key], shown)
        yield Entry(published.id, local_name(table.type), page, title, text, language)


def _texts(table: Table, origins: Collection[str] = _OWN) -> list[str]:
    """Return the columns of a dataset that hold texts, as far as these come from there."""
    return [column.name for column in table.columns if _is_spoken(column) and column.origin in origins]


def _is_spoken(column: TableColumn) -> bool:
    kind = TYPES.get(column.type)
    return kind is not None and kind.about.spoken


def _beginning(text: str) -> str:
    """Return how a text begins, cut between words where it has any."""
    if len(text) <= _BEGINNING:
        return text
    return f"{text[:_BEGINNING].rpartition(' ')[0] or text[:_BEGINNING]} …"
