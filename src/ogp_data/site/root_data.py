"""The tables over all publications -> what the page on the data says of each: its name, how much it has, its files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from ogp_data.collection.handed import Table
from ogp_data.collection.published import Collection
from ogp_data.collection.stacking import PUBLICATIONS, title_of
from ogp_data.core.artefact import Artefact
from ogp_data.core.messages import Message
from ogp_data.core.shared import Term
from ogp_data.core.words import Text, Words, foreign
from ogp_data.site import formatting as show
from ogp_data.site.tabled import key_of, local_name
from ogp_data.site.titles import shortened_titles, told_apart

MOST = 30
"""So many tables the page shows by themselves, so that it stays below 60 kB; the files that hold all have the rest."""

_WHOLE = "all/"
"""Below which the tables over all publications lie, a folder for each."""


@dataclass(frozen=True, slots=True)
class Stacked:
    """A table over all publications: what it is called, how many rows it has in words ("" unknown), and its files."""

    title: Text
    rows: str
    files: Sequence[Artefact]


def tables(
    collection: Collection, terms: Mapping[str, Term], files: Iterable[Artefact], language: str
) -> list[Stacked]:
    """Return the tables over all publications, as they are staged."""
    titles = {**_titles(collection, language), PUBLICATIONS: Message("Publications")}
    counts = {
        **_counts(collection, terms, language),
        PUBLICATIONS: show.rows(language, None, len(collection.publications)),
    }
    own = (one for one in files if one.format and one.path.startswith(f"{_WHOLE}{one.dataset}/"))
    return [
        Stacked(titles.get(name, Words(und=name)), counts.get(name, ""), list(found))
        for name, found in groupby(own, attrgetter("dataset"))
    ]


def _titles(collection: Collection, language: str) -> dict[str, Text]:
    """Return what each table is called: as in the model, else as in the first publication that has it."""
    first = {table.name: table for one in reversed(collection.publications) for table in reversed(one.tables)}
    full = [_title(table, language) for table in first.values()]
    short = told_apart(shortened_titles([title for _, title in full]), [*first])
    return {name: Words({tongue: said}) for name, (tongue, _), said in zip(first, full, short, strict=True)}


def _title(table: Table, language: str) -> tuple[str, str]:
    """Return what a table is called, and in which language that is."""
    if known := title_of(table.name, language):
        return language, known
    return foreign(table.title, language) or language, table.title.of(language)


def _counts(collection: Collection, terms: Mapping[str, Term], language: str) -> Mapping[str, str]:
    """Return how many rows each table has; not where publications key it differently, for then there are several."""
    every = sorted((table for one in collection.publications for table in one.tables), key=attrgetter("name"))
    groups = ((name, list(own)) for name, own in groupby(every, attrgetter("name")))
    return {
        name: show.rows(language, terms.get(local_name(own[0].type)), sum(table.rows for table in own))
        for name, own in groups
        if len({key_of(table) for table in own}) == 1
    }
