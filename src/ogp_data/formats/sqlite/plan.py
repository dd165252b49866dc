"""What everything in the database is called, and in which languages its texts are."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from ogp_data.core.columns import Column, DatasetSpec
from ogp_data.core.places import Line
from ogp_data.core.publication import Publication
from ogp_data.core.shared import Agent
from ogp_data.core.source import SourceText
from ogp_data.core.words import Text
from ogp_data.types import type_of
from ogp_data.types.rows import Row, split

Tables = Sequence[tuple[DatasetSpec, Sequence[Row]]]
"""The datasets with their rows."""


class Plan:
    """The names of everything in the database, each given once."""

    def __init__(self, publication: Publication, tables: Tables, source: SourceText) -> None:
        """Name the tables, those of lists, and those that the database itself adds, in this order."""
        self.publication, self.tables, self.texts = publication, tables, source.texts
        is_text = all(isinstance(place, Line) for place in self.texts)
        self.unit, self.number = ("line", "line") if is_text else ("place", "position")
        self.specs = {spec.name: spec for spec, _ in tables}
        self._taken: set[str] = set()
        self.table = {spec.name: self.name(spec.name) for spec, _ in tables}
        # A table that joins a list is no table to look at, and by the mark in front of its name it is not shown as one.
        self.lists = {
            (spec.name, column.name): self.name(f"_{spec.name}_{column.name}")
            for spec, _ in tables
            for column in spec.column
            if type_of(column).about.separator
        }
        used = {column.codes for spec, _ in tables for column in spec.column if column.codes}
        self.codes = {codes: self.name(f"codes_{codes}") for codes in sorted(used)}
        self.source, self.organisations = self.name("source"), self.name("organisations")
        self.datasets, self.columns, self.metadata = map(self.name, ("datasets", "columns", "metadata"))

    @property
    def has_source(self) -> bool:
        """Return whether the rows come from one document: those over all publications have no text of their own."""
        return bool(self.texts)

    @property
    def languages(self) -> list[str]:
        """Return the languages of texts, each of which has its columns."""
        return self.publication.declaration.page_languages

    def spoken(self, name: str, needed: str = "") -> list[str]:
        """Return the columns of a text, one for each language."""
        return [f"{name}_{language} TEXT {needed}".rstrip() for language in self.languages]

    def said(self, text: Text) -> tuple[str, ...]:
        """Return a text in each language."""
        return tuple(said for _, said in text.said(self.languages))

    def described(self, described: DatasetSpec | Column) -> tuple[str, ...]:
        """Return a title and a description in each language."""
        return (*self.said(described.title), *self.said(described.description))

    def name(self, wanted: str) -> str:
        """Return a name that nothing has yet; SQLite keeps names that begin with sqlite_ for itself."""
        name = wanted.replace("-", "_")
        name = f"table_{name}" if name.startswith("sqlite_") else name
        while name in self._taken:
            name += "_"
        self._taken.add(name)
        return name

    @cached_property
    def agents(self) -> dict[str, Agent]:
        """Return the organisations that the tables name, by IRI."""
        used = {
            iri
            for spec, rows in self.tables
            for column in spec.column
            if type_of(column).about.names == "agents"
            for row in rows
            for iri in split(type_of(column), row[column.name])
        }
        known = {self.publication.names.agent(agent): agent for agent in self.publication.shared.agents.values()}
        return {iri: known[iri] for iri in sorted(used & known.keys())}
