"""A column is declared once; here it becomes Table Schema, JSON-LD context and triples."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote

import pyoxigraph as ox
from rdflib.namespace import RDF

from ogp_data.core.columns import Column, DatasetSpec, is_filled, is_publication
from ogp_data.core.declared import Declaration
from ogp_data.core.names import Names
from ogp_data.core.publication import Publication
from ogp_data.core.records import Record
from ogp_data.core.vocab import PREFIXES, expand
from ogp_data.tables.provides import origin
from ogp_data.types import is_iri, type_of
from ogp_data.types.base import Setting, TextType
from ogp_data.types.rows import Row, rows, split

_VARIABLE = re.compile(r"\{([a-z][a-z0-9_]*)\}")


def prefixes(publication: Publication, names: Names) -> dict[str, str]:
    """Return the prefixes of a publication's files: the vocabularies, and one for each dataset's rows."""
    rows = {spec.name: f"{names.base}{spec.name}#" for spec in publication.declaration.dataset}
    return {**PREFIXES, **names.spaces, **rows}


def typed(spec: DatasetSpec, records: Iterable[Record]) -> list[Row]:
    """Return a dataset's rows with their typed values."""
    return rows({column.name: type_of(column) for column in spec.column}, records)


# Table Schema -------------------------------------------------------------------------------------------


def table_schema(publication: Publication, spec: DatasetSpec) -> dict[str, Any]:
    """Return a dataset's Table Schema 2.0, https://datapackage.org/standard/table-schema/."""
    schema: dict[str, Any] = {
        "fields": [_field(publication, spec, column) for column in spec.column],
        "primaryKey": [column.name for column in spec.keys],
        "missingValues": [""],
    }
    if foreign := [_foreign_key(publication, spec, column) for column in spec.column if column.references]:
        schema["foreignKeys"] = foreign
    return schema


def _field(publication: Publication, spec: DatasetSpec, column: Column) -> dict[str, Any]:
    kind, setting = type_of(column), Setting(publication, column)
    described = kind.field(setting)
    field: dict[str, Any] = {
        "name": column.name,
        "type": described.pop("type"),
        **_texts(publication.declaration, column),
        "origin": origin(column, spec, publication.specs),
    }
    # A key of ours, as CSVW has it: the `list` of Table Schema may not say, by a pattern, what its items look like.
    if kind.about.separator:
        field["separator"] = kind.about.separator
    # Where Table Schema has no type of its own, this says which of ours is meant; most texts are texts to it too.
    if field["type"] != kind.name and (kind.about.dated or not isinstance(kind, TextType)):
        field["columnType"] = kind.name
    required = {"required": True} if is_filled(column) else {}
    constraints = {**required, **kind.constraints(setting)}
    return {**field, **described, **kind.details(column), **({"constraints": constraints} if constraints else {})}


def _texts(d: Declaration, column: Column) -> dict[str, str]:
    """Return what a column is called and says, in other languages by keys of ours: Table Schema has none."""
    others = (language for language in d.page_languages if language != d.plain_language)
    tagged = (("", d.plain_language), *((f":{language}", language) for language in others))
    return {
        f"{name}{tag}": text.of(language)
        for tag, language in tagged
        for name, text in (("title", column.title), ("description", column.description))
    }


def _foreign_key(publication: Publication, spec: DatasetSpec, column: Column) -> dict[str, Any]:
    """Return the reference of a row, which is to a row of the same publication.

    Where a cell may be empty, its column alone refers: Frictionless takes a pair of which one is empty for a value.
    """
    target = publication.specs[column.references]
    here, there = pairs(spec, column, target) if is_filled(column) else ([column.name], [target.key.name])
    return {"fields": here, "reference": {"resource": target.name, "fields": there}}


def pairs(spec: DatasetSpec, column: Column, target: DatasetSpec) -> tuple[list[str], list[str]]:
    """Return the columns of a reference and those that it leads to: of the publication, then of the row."""
    here = [own.name for own in spec.column if is_publication(own)]
    return [*here, column.name], [own.name for own in target.keys]


# RDF ----------------------------------------------------------------------------------------------------


class RowMapper:
    """Turns the rows of one dataset into triples: the row's type, then its cells in the order of the columns."""

    def __init__(self, spec: DatasetSpec, names: Names, language: str) -> None:
        """Take what is the same for all rows."""
        self.spec, self.names, self.language = spec, names, language
        self._key, spaces = spec.key.name, names.spaces
        self._type = ox.NamedNode(str(expand(spec.type, spaces)))
        self._a = ox.NamedNode(str(RDF.type))
        self._properties = {c.name: ox.NamedNode(str(expand(c.rdf, spaces))) for c in spec.column}
        self._datatypes = {c.name: _datatype(c) for c in spec.column}

    def triples(self, record: Record) -> Iterator[ox.Triple]:
        """Yield the triples of one row; an empty cell gives none."""
        row = ox.NamedNode(self.names.row(self.spec.name, record[self._key]))
        yield ox.Triple(row, self._a, self._type)
        for column in self.spec.column:
            for value in split(type_of(column), record[column.name]):
                yield ox.Triple(row, self._properties[column.name], self._object(column, value, record))
        for curie, value in constants(self.spec).items():
            yield ox.Triple(row, ox.NamedNode(str(expand(curie, self.names.spaces))), ox.NamedNode(value))

    def _object(self, column: Column, value: str, record: Record) -> ox.NamedNode | ox.Literal:
        if is_iri(column):
            return ox.NamedNode(absolute(self.names, iri(column, value, record, self.names)))
        if datatype := self._datatypes[column.name]:
            return ox.Literal(value, datatype=datatype)
        return ox.Literal(value, language=column.spoken(self.language))


def constants(spec: DatasetSpec) -> dict[str, str]:
    """Return what each row of a dataset says because of its columns' types: property -> IRI."""
    return {curie: value for column in spec.column for curie, value in type_of(column).constants(column).items()}


def _datatype(column: Column) -> ox.NamedNode | None:
    prefix, _, term = type_of(column).about.datatype.partition(":")
    return ox.NamedNode(PREFIXES[prefix] + term) if term else None


def iri(column: Column, value: str, record: Record, names: Names) -> str:
    """Return the IRI that stands for a cell's value, relative to the publication's base where it is ours."""
    if column.iri:
        return _VARIABLE.sub(lambda match: quote(record[match[1]], safe=""), column.iri)
    if column.references:
        return f"{column.references}#{quote(value, safe='')}"
    if type_of(column).about.names == "codes":
        return names.relative(names.concept(column.codes, value))
    return value


def absolute(names: Names, relative: str) -> str:
    """Return an IRI below the publication's base, or the IRI itself when it is absolute."""
    return relative if ":" in relative else names.base + relative


def context(spec: DatasetSpec, names: Names, language: str) -> dict[str, Any]:
    """Return the JSON-LD context of a dataset: the columns' names as keys, typed as in the Turtle."""
    terms = {column.name: _term(column, language) for column in spec.column}
    curies = [spec.type, *(c.rdf for c in spec.column), *_datatypes(spec), *constants(spec)]
    known = {**PREFIXES, **names.spaces}
    used = {prefix: known[prefix] for prefix in sorted({curie.partition(":")[0] for curie in curies})}
    return {"@version": 1.1, "@base": names.base, **used, **terms}


def _datatypes(spec: DatasetSpec) -> Iterator[str]:
    return filter(None, (type_of(column).about.datatype for column in spec.column))


def _term(column: Column, language: str) -> dict[str, Any]:
    about, term = type_of(column).about, {"@id": column.rdf}
    if is_iri(column):
        return {**term, "@type": "@id"}
    if about.spoken:
        return {**term, "@language": column.spoken(language)}
    return term if about.native else {**term, "@type": about.datatype}


def agents_in_use(publication: Publication, records: Mapping[str, Sequence[Record]]) -> set[str]:
    """Return the IRIs of the organisations that the tables name."""
    return {
        value
        for spec in publication.declaration.dataset
        for column in spec.column
        if type_of(column).about.names == "agents"
        for record in records.get(spec.name, ())
        for value in split(type_of(column), record[column.name])
    }
