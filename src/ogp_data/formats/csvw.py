"""The columns of a dataset as CSV on the Web metadata, https://www.w3.org/TR/tabular-metadata/.

A converter that follows https://www.w3.org/TR/csv2rdf/ in minimal mode makes of the CSV just the triples of
the dataset's Turtle. Every IRI is written out: CSVW knows some prefixes by itself, and `schema:` differs.
"""

from __future__ import annotations

from typing import Any

from rdflib.namespace import RDF

from ogp_data.core.columns import Column, DatasetSpec, is_filled
from ogp_data.core.messages import Message
from ogp_data.core.names import Names
from ogp_data.core.publication import Publication
from ogp_data.core.rdf import dump
from ogp_data.core.vocab import expand
from ogp_data.core.words import Text
from ogp_data.formats.columns import absolute, constants, pairs
from ogp_data.tables.provides import origin
from ogp_data.types import is_iri, language_of, type_of
from ogp_data.types.base import Setting

SUFFIX = ".csv-metadata.json"
"""What the name of a CSV's metadata ends in; https://www.w3.org/TR/tabular-data-model/ looks for it there."""

CONTEXT = "http://www.w3.org/ns/csvw"

DIALECT: dict[str, Any] = {
    "encoding": "utf-8",
    "delimiter": ",",
    "quoteChar": '"',
    "doubleQuote": True,
    "lineTerminators": ["\n"],
    "header": True,
    "headerRowCount": 1,
    "skipInitialSpace": False,
    "trim": False,
}
"""How `datasets.csv` writes, https://www.w3.org/TR/tabular-metadata/#dialect-descriptions."""

_CLASS = Message("Class")
_CLASS_DESCRIPTION = Message("The class of what the row describes.")


def to_csvw(publication: Publication, spec: DatasetSpec) -> bytes:
    """Return a dataset's CSVW metadata, the content of `<dataset>/<dataset>.csv-metadata.json`."""
    return dump(table_group(publication, spec))


def table_group(publication: Publication, spec: DatasetSpec) -> dict[str, Any]:
    """Return a table group: the dataset's table, and those it refers to without output.

    https://www.w3.org/TR/tabular-metadata/#table-groups
    """
    tables = _tables(publication, spec)
    return {
        "@context": [CONTEXT, {"@language": publication.declaration.language}],
        **({"dc:license": {"@id": licence}} if (licence := publication.declaration.licence) else {}),
        "dialect": DIALECT,
        "tables": [_table(publication, table, spec, tables) for table in tables.values()],
    }


def _tables(publication: Publication, spec: DatasetSpec) -> dict[str, DatasetSpec]:
    """Return the dataset and all that it refers to, through others too, in the order in which they are met."""
    known = {dataset.name: dataset for dataset in publication.declaration.dataset}
    found = {spec.name: spec}
    ahead = [spec]
    while ahead:
        for column in ahead.pop(0).column:
            if column.references and column.references not in found:
                found[column.references] = known[column.references]
                ahead.append(known[column.references])
    return found


def _table(
    publication: Publication, spec: DatasetSpec, own: DatasetSpec, tables: dict[str, DatasetSpec]
) -> dict[str, Any]:
    """Return a table description, https://www.w3.org/TR/tabular-metadata/#tables."""
    suppressed = {} if spec is own else {"suppressOutput": True}
    return {
        "url": _url(spec, own),
        **suppressed,
        "dc:title": _texts(publication, spec.title),
        "dc:description": _texts(publication, spec.description),
        "tableSchema": _schema(publication, spec, own, tables),
    }


def _url(spec: DatasetSpec, own: DatasetSpec) -> str:
    """Return where a table's CSV lies, seen from the metadata of the dataset `own`."""
    return f"{spec.name}.csv" if spec is own else f"../{spec.name}/{spec.name}.csv"


def _texts(publication: Publication, text: Text) -> list[dict[str, str]]:
    """Return a text in each language, https://www.w3.org/TR/tabular-metadata/#common-properties."""
    said = text.said(publication.declaration.page_languages)
    return [{"@value": text, "@language": language} for language, text in said]


def _schema(
    publication: Publication, spec: DatasetSpec, own: DatasetSpec, tables: dict[str, DatasetSpec]
) -> dict[str, Any]:
    """Return a table's schema, https://www.w3.org/TR/tabular-metadata/#schemas."""
    columns = [_column(publication, spec, column) for column in spec.column]
    foreign = [
        _foreign_key(spec, column, tables[column.references], own) for column in spec.column if _is_foreign(column)
    ]
    return {
        "aboutUrl": absolute(publication.names, f"{spec.name}#{{{spec.key.name}}}"),
        "null": "",
        "columns": [*columns, _class_column(publication, spec), *_constant_columns(spec, publication.names)],
        "primaryKey": [column.name for column in spec.keys],
        **({"foreignKeys": foreign} if foreign else {}),
    }


def _is_foreign(column: Column) -> bool:
    """Return whether a column is a foreign key: each of its cells must refer to a row, so none may be empty.

    https://www.w3.org/TR/tabular-data-model/#validating-tables
    """
    return bool(column.references) and is_filled(column)


def _foreign_key(spec: DatasetSpec, column: Column, target: DatasetSpec, own: DatasetSpec) -> dict[str, Any]:
    """Return a foreign key, https://www.w3.org/TR/tabular-metadata/#schema-foreignKeys."""
    here, there = pairs(spec, column, target)
    return {"columnReference": here, "reference": {"resource": _url(target, own), "columnReference": there}}


def _column(publication: Publication, spec: DatasetSpec, column: Column) -> dict[str, Any]:
    """Return a column description, https://www.w3.org/TR/tabular-metadata/#columns."""
    kind, languages = type_of(column), publication.declaration.page_languages
    described = {
        "name": column.name,
        "titles": {
            language: list(dict.fromkeys((text, column.name))) for language, text in column.title.said(languages)
        },
        "dc:description": _texts(publication, column.description),
        f"{publication.names.ogp}origin": origin(column, spec, publication.specs),
        "datatype": kind.csvw(Setting(publication, column)),
        "lang": language_of(column, publication.declaration.language) or "und",
        "required": is_filled(column),
        "propertyUrl": str(expand(column.rdf, publication.names.spaces)),
    }
    if kind.about.separator:
        described["separator"] = kind.about.separator
    if is_iri(column):
        described["valueUrl"] = _value_url(column, publication.names)
    return described


def _value_url(column: Column, names: Names) -> str:
    """Return the template of the IRI that stands for a value, https://www.w3.org/TR/tabular-metadata/#cell-valueUrl."""
    value = f"{{{column.name}}}"
    if column.iri:
        return absolute(names, column.iri)
    if column.references:
        return absolute(names, f"{column.references}#{value}")
    if type_of(column).about.names == "codes":
        return f"{names.concept(column.codes)}#{value}"
    return f"{{+{column.name}}}"


def _constant_columns(spec: DatasetSpec, names: Names) -> list[dict[str, Any]]:
    """Return a virtual column for each thing that all rows say."""
    return [
        {
            "name": curie.replace(":", "."),
            "virtual": True,
            "titles": {"und": [curie]},
            "propertyUrl": str(expand(curie, names.spaces)),
            "valueUrl": value,
        }
        for curie, value in constants(spec).items()
    ]


def _class_column(publication: Publication, spec: DatasetSpec) -> dict[str, Any]:
    """Return the virtual column that says what class a row is of; no column of ours has a dot in its name."""
    return {
        "name": "rdf.type",
        "virtual": True,
        "titles": {language: [text] for language, text in _CLASS.said(publication.declaration.page_languages)},
        "dc:description": _texts(publication, _CLASS_DESCRIPTION),
        "propertyUrl": str(RDF.type),
        "valueUrl": str(expand(spec.type, publication.names.spaces)),
    }
