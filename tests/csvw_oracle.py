"""A short converter of CSV on the Web to RDF, for the tests: minimal mode, and nothing of what it tests.

Written from the W3C Recommendations of 17 December 2015, whose sections the functions name:
tabular-metadata (https://www.w3.org/TR/tabular-metadata/), tabular-data-model
(https://www.w3.org/TR/tabular-data-model/) and csv2rdf (https://www.w3.org/TR/csv2rdf/).
What it does not know of these, it refuses.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urljoin, urlsplit

from rdflib import RDF, XSD, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection

Json = Mapping[str, Any]

INHERITED: dict[str, Any] = {
    "aboutUrl": None,
    "datatype": "string",
    "default": "",
    "lang": "und",
    "null": "",
    "ordered": False,
    "propertyUrl": None,
    "required": False,
    "separator": None,
    "valueUrl": None,
}
"""Inherited properties and their defaults, tabular-metadata 5.7."""

DIALECT: dict[str, Any] = {
    "commentPrefix": "#",
    "delimiter": ",",
    "doubleQuote": True,
    "encoding": "utf-8",
    "header": True,
    "headerRowCount": 1,
    "lineTerminators": ["\r\n", "\n"],
    "quoteChar": '"',
    "skipBlankRows": False,
    "skipColumns": 0,
    "skipInitialSpace": False,
    "skipRows": 0,
    "trim": False,
}
"""The default dialect, tabular-metadata 5.9."""

PREFIXES = {
    "csvw": "http://www.w3.org/ns/csvw#",
    "dc": "http://purl.org/dc/terms/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "http://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""Of the prefixes that CSVW knows by itself, the common ones; schema is http there."""


class RefusedError(ValueError):
    """The metadata and the table do not fit each other, or are beyond this converter."""


@dataclass(frozen=True)
class Value:
    """A value of a cell: its canonical text, its datatype's IRI, and its language when it is a string."""

    text: str
    datatype: str = str(XSD.string)
    lang: str = "und"

    def literal(self) -> Literal:
        """Return the literal, csv2rdf 4.3."""
        if self.datatype != str(XSD.string):
            return Literal(self.text, datatype=URIRef(self.datatype))
        return Literal(self.text, lang=None if self.lang == "und" else self.lang)


CellValue = Value | list[Value] | None


@dataclass(frozen=True)
class Column:
    """A column with its description; inherited properties come from schema, table or group when it has none."""

    description: Json
    above: tuple[Json, ...]
    number: int

    def __getitem__(self, key: str) -> Any:
        for description in (self.description, *self.above):
            if key in description:
                return description[key]
        return INHERITED[key]

    @property
    def name(self) -> str:
        return self.description.get("name", f"_col.{self.number}")

    @property
    def virtual(self) -> bool:
        return self.description.get("virtual", False)

    def titles(self) -> set[str]:
        """Return the titles in all languages: a header has none, and that matches any, tabular-metadata 5.5.1."""
        titles = self.description.get("titles", [])
        groups = titles.values() if isinstance(titles, dict) else [titles]
        return {title for group in groups for title in ([group] if isinstance(group, str) else group)}


def minimal(metadata: Path) -> Graph:
    """Return the triples of a metadata document's tables in minimal mode, csv2rdf 4.2."""
    group = json.loads(metadata.read_text(encoding="utf-8"))
    graph = Graph()
    for table in group.get("tables", [group]):
        if not table.get("suppressOutput", False):
            _convert(graph, metadata, table, {} if table is group else group)
    return graph


def _convert(graph: Graph, metadata: Path, table: Json, group: Json) -> None:
    """Add the triples of a table: those of each cell of each row."""
    url = urljoin(metadata.resolve().as_uri(), table["url"])
    columns = _columns(table, group)
    dialect = {**DIALECT, **group.get("dialect", {}), **table.get("dialect", {})}
    rows = _rows(Path(unquote(urlsplit(url).path)), dialect)
    if dialect["header"]:
        _check_header(next(rows)[1], columns)
    for number, (source, cells) in enumerate(rows, start=1):
        real = [column for column in columns if not column.virtual]
        if len(cells) != len(real):
            raise RefusedError(f"line {source} has {len(cells)} cells, {len(real)} columns are described")
        values = {column.name: parse_cell(text, column) for column, text in zip(real, cells, strict=True)}
        _convert_row(graph, url, columns, values, {"_row": str(number), "_sourceRow": str(source)})


def _columns(table: Json, group: Json) -> list[Column]:
    schema = table.get("tableSchema", group.get("tableSchema", {}))
    above = (schema, table, group)
    columns = [Column(description, above, n) for n, description in enumerate(schema["columns"], start=1)]
    names = [column.name for column in columns]
    if len(set(names)) != len(names):
        raise RefusedError("two columns have one name")
    if [column.virtual for column in columns] != sorted(column.virtual for column in columns):
        raise RefusedError("a virtual column stands before another")
    return columns


def _rows(path: Path, dialect: Json) -> Iterator[tuple[int, list[str]]]:
    """Yield the line number and cells of each row, tabular-data-model 8."""
    for key in (
        "doubleQuote",
        "headerRowCount",
        "skipBlankRows",
        "skipColumns",
        "skipInitialSpace",
        "skipRows",
        "trim",
    ):
        if dialect[key] != DIALECT[key]:
            raise RefusedError(f"the dialect says {key} {dialect[key]!r}")
    text = path.read_bytes().decode(dialect["encoding"])
    if "\r" in text and not {"\r\n", "\r"} & set(dialect["lineTerminators"]):
        raise RefusedError("a carriage return ends no line in this dialect")
    lines = csv.reader(
        io.StringIO(text, newline=""), delimiter=dialect["delimiter"], quotechar=dialect["quoteChar"], strict=True
    )
    for cells in lines:
        if not (dialect["commentPrefix"] and cells and cells[0].startswith(dialect["commentPrefix"])):
            yield lines.line_num, cells


def _check_header(header: list[str], columns: list[Column]) -> None:
    """Refuse a header that is not compatible with the schema, tabular-metadata 5.5.1."""
    real = [column for column in columns if not column.virtual]
    if len(header) != len(real):
        raise RefusedError(f"the header has {len(header)} columns, {len(real)} are described")
    for title, column in zip(header, real, strict=True):
        if title not in (column.titles() or {column.name}):
            raise RefusedError(f"the header says {title!r} where {column.name!r} is described")


# Parsing cells, tabular-data-model 6.4 -------------------------------------------------------------------


def parse_cell(text: str, column: Column) -> CellValue:
    """Return the value of a cell."""
    base = _base(column["datatype"])
    if base not in ("string", "json", "xml", "html", "anyAtomicType"):
        text = " ".join(re.sub(r"[\r\n\t]", " ", text).split())
    text = text or column["default"]
    if column["separator"] is None:
        return _parse_one(text, column)
    if text == "":
        return []
    if text in _nulls(column):
        return None
    parts = text.split(column["separator"])
    values = [_parse_one(part if base in ("string", "anyAtomicType") else part.strip(), column) for part in parts]
    return [value for value in values if value is not None]


def _parse_one(text: str, column: Column) -> Value | None:
    text = text or column["default"]
    if text in _nulls(column):
        return None
    datatype, base = column["datatype"], _base(column["datatype"])
    described: Json = {"base": datatype} if isinstance(datatype, str) else datatype
    canonical = _canonical(text, base, described.get("format"))
    if canonical is None:  # an error of the cell: its value is then a string
        return Value(text, lang=column["lang"] if base == "string" else "und")
    return Value(canonical, described.get("@id", str(XSD[base])), column["lang"] if base == "string" else "und")


def _nulls(column: Column) -> list[str]:
    return [column["null"]] if isinstance(column["null"], str) else column["null"]


def _base(datatype: str | Json) -> str:
    return datatype if isinstance(datatype, str) else datatype.get("base", "string")


def _canonical(text: str, base: str, pattern: str | None) -> str | None:
    """Return the canonical text of a value, or None when it is none of its datatype."""
    if base in ("string", "anyURI"):
        return text if pattern is None or re.search(pattern, text) else None
    if pattern is not None:
        raise RefusedError(f"the datatype {base} has the format {pattern!r}")
    if base == "integer":
        return str(int(text)) if re.fullmatch(r"[+-]?[0-9]+", text) else None
    if base == "date":
        try:
            return date.fromisoformat(text).isoformat() if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else None
        except ValueError:
            return None
    if base in _FORMS:
        return text if re.fullmatch(_FORMS[base], text) else None
    raise RefusedError(f"the datatype is {base}")


_FORMS = {
    "decimal": r"[+-]?[0-9]+(\.[0-9]+)?",
    "boolean": "true|false",
    "dateTime": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?",
    "duration": r"-?P(?=.)(\d+Y)?(\d+M)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?",
}
"""Lexical forms of XML Schema, https://www.w3.org/TR/xmlschema11-2/."""


# Triples, csv2rdf 4.2 ------------------------------------------------------------------------------------


def _convert_row(
    graph: Graph, url: str, columns: list[Column], values: Mapping[str, CellValue], row: Mapping[str, str]
) -> None:
    default = BNode()
    for column in columns:
        if column.description.get("suppressOutput", False):
            continue
        number = str(column.number)
        variables = {**values, **row, "_name": column.name, "_column": number, "_sourceColumn": number}
        about, property_url = (
            _expand(column["aboutUrl"], variables, url),
            _expand(column["propertyUrl"], variables, url),
        )
        subject = default if about is None else about
        predicate = URIRef(f"{url}#{quote(column.name)}") if property_url is None else property_url
        value = values.get(column.name)
        # tabular-data-model 6.4: the value URL is null when the value is, except in a virtual column
        if column["valueUrl"] is not None and (value is not None or column.virtual):
            graph.add((subject, predicate, _expand(column["valueUrl"], variables, url)))
        elif isinstance(value, list) and column["ordered"]:
            node = BNode() if value else RDF.nil
            Collection(graph, node, [item.literal() for item in value])
            graph.add((subject, predicate, node))
        else:
            for item in value if isinstance(value, list) else [value]:
                if item is not None:
                    graph.add((subject, predicate, item.literal()))


# URI templates, tabular-metadata 5.1.3 and RFC 6570 --------------------------------------------------------

RESERVED = ":/?#[]@!$&'()*+,;="


def _expand(template: str | None, variables: Mapping[str, CellValue | str], url: str) -> URIRef | None:
    """Return a template as an absolute IRI: expanded, its prefix written out, resolved against the table's URL."""
    if template is None:
        return None
    expanded = re.sub(r"\{([^{}]*)\}", lambda match: _expression(match[1], variables), template)
    prefix, _, rest = expanded.partition(":")
    expanded = PREFIXES[prefix] + rest if prefix in PREFIXES else expanded
    return URIRef(expanded if urlsplit(expanded).scheme else urljoin(url, expanded))


def _expression(expression: str, variables: Mapping[str, CellValue | str]) -> str:
    """Return an expression {x,y}, {+x} or {#x}: the members of a list stand in one IRI, with commas between."""
    operator = expression[0] if expression[0] in "+#" else ""
    names = expression.removeprefix(operator).split(",")
    if not all(
        re.fullmatch(r"(?:[A-Za-z0-9_]|%[0-9A-Fa-f]{2})(?:\.?(?:[A-Za-z0-9_]|%[0-9A-Fa-f]{2}))*", n) for n in names
    ):
        raise RefusedError(f"the template says {{{expression}}}")
    texts = [text for name in names for text in _texts(variables.get(name))]
    return (operator if operator == "#" and texts else "") + ",".join(_encode(text, operator) for text in texts)


def _texts(value: CellValue | str) -> list[str]:
    if value is None or isinstance(value, str):
        return [] if value is None else [value]
    return [item.text for item in value] if isinstance(value, list) else [value.text]


def _encode(text: str, operator: str) -> str:
    if not operator:
        return quote(text, safe="")
    return quote(re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", text), safe=RESERVED + "%")
