"""Make a value list of the package anew from its publisher's own file. Nothing is fetched: download the file first.

    .venv/bin/python tools/refresh_lists.py country countries-skos.rdf --date 2026-09-30

The EU tables, HVD categories and ADMS are SKOS (.rdf, .ttl), at https://op.europa.eu/en/web/eu-vocabularies; the Dutch
registers are JSON-LD (.json), from https://standaarden.overheid.nl/tooi; the checksum algorithms are in the ontology of
SPDX (.ttl); the media types are the registry itself (.xml), from https://www.iana.org/assignments/media-types/.

A column that the file says something of is taken from it; the others (media types of file types, web addresses of
licences, labels that are our own) stay as they are for each code that stays. What is new, gone and changed is printed.
The same file gives the same bytes, so that running it twice changes nothing.
"""

from __future__ import annotations

import argparse
import csv
import io
import re
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDFS, SKOS
from rdflib.term import Node

from ogp_data.core import resources
from ogp_data.models.lists import ValueList, load_lists

Rows = dict[str, dict[str, str]]
"""Code -> column -> text."""

FORMATS = {".rdf": "xml", ".owl": "xml", ".ttl": "turtle", ".nt": "nt", ".json": "json-ld", ".jsonld": "json-ld"}

NOTATIONS = {
    "ISO_3166_1_ALPHA_2": "alpha2",
    "ISO_3166_1_ALPHA_3": "alpha3",
    "ISO_639_1": "iso639_1",
    "ISO_639_3": "iso639_3",
}
"""Datatype of a notation in the EU's tables -> column."""

DATES = {"begindatum": "started", "einddatum": "ended", "end.use": "ended", "endDate": "ended"}
"""Last step of a property's IRI -> column, in the EU's tables and in the Dutch registers."""

GONE = re.compile(r"OBSOLETE|DEPRECATED", re.IGNORECASE)


def main(arguments: Sequence[str] | None = None) -> int:
    """Refresh a list, print what changed, and return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("list", help="id of the list, such as country")
    parser.add_argument("file", type=Path, help="the publisher's file")
    parser.add_argument("--date", required=True, type=date.fromisoformat, help="the day of the publisher's version")
    parser.add_argument("--folder", type=Path, default=resources.value_lists(), help="folder of the lists")
    options = parser.parse_args(arguments)
    lists = load_lists(options.folder).lists
    if options.list not in lists or lists[options.list].file is None:
        print(f"there is no list {options.list!r} with codes; take one of: {', '.join(lists)}", file=sys.stderr)
        return 2
    values = lists[options.list]
    said = read(values, options.file, options.date)
    if not said:
        print(f"{options.file} names nothing below {values.base}", file=sys.stderr)
        return 1
    after = merged(values, said)
    print("\n".join(differences(values, after)))
    write(options.folder, values, after, options.date)
    return 0


def read(values: ValueList, file: Path, day: date) -> Rows:
    """Return what a publisher's file says of each code of a list."""
    if file.suffix == ".xml":
        return dict(_registered(ET.parse(file).getroot()))
    graph = Graph().parse(file, format=FORMATS[file.suffix])
    subjects = {s for s in graph.subjects() if isinstance(s, URIRef) and s.startswith(values.base)}
    codes = {str(s).removeprefix(values.base): s for s in subjects}
    named = {code: s for code, s in codes.items() if code and (not values.pattern or values.fits(s))}
    return {code: _described(values, graph, subject, day) for code, subject in sorted(named.items())}


def _registered(registry: ET.Element) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield each media type of IANA's registry; what is obsolete says so behind its name."""
    space = registry.tag.partition("}")[0] + "}"
    for part in registry.iter(f"{space}registry"):
        for record in part.findall(f"{space}record"):
            name, _, note = (record.findtext(f"{space}name") or "").strip().partition(" ")
            code = f"{part.get('id')}/{name.removeprefix(part.get('id', '') + '/')}"
            if name:
                yield code, {"code": code, "status": "deprecated" if GONE.search(note) else ""}


def _described(values: ValueList, graph: Graph, subject: URIRef, day: date) -> dict[str, str]:
    row = {"code": str(subject).removeprefix(values.base)}
    for predicate, value in sorted(graph.predicate_objects(subject)):
        row |= _fact(predicate, value)
    if parent := graph.value(subject, SKOS.broader):
        row["parent"] = str(parent).removeprefix(values.base)
    ended = row.get("ended", "")
    gone = _is_deprecated(graph, subject) or ("" < ended <= day.isoformat())
    return {**row, "status": "deprecated" if gone else ""}


def _fact(predicate: Node, value: Node) -> dict[str, str]:
    """Return the column that a statement is about, and its text; nothing for what no list has."""
    name = re.split(r"[/#]", str(predicate))[-1]
    if isinstance(value, Literal) and predicate == SKOS.notation and value.datatype:
        column = NOTATIONS.get(re.split(r"[/#]", value.datatype)[-1])
        return {column: str(value)} if column else {}
    if isinstance(value, Literal) and predicate in (SKOS.prefLabel, RDFS.label):
        language = value.language or ("nl" if predicate == RDFS.label else "en")
        return {language: " ".join(value.split())} if language in ("nl", "en") else {}
    if name in DATES:
        return {DATES[name]: str(value)[:10]}
    return {"abbreviation": str(value)} if name == "afkorting" else {}


def _is_deprecated(graph: Graph, subject: URIRef) -> bool:
    """Return whether a concept is said to be deprecated, in one of the ways in which the EU's tables have said so."""
    return any(
        (name == "deprecated" and str(value).lower() in ("true", "1"))
        or (name == "status" and str(value).endswith("concept-status/DEPRECATED"))
        for predicate, value in graph.predicate_objects(subject)
        for name in re.split(r"[/#]", str(predicate))[-1:]
    )


def merged(values: ValueList, said: Rows) -> Rows:
    """Return the rows of a list after a publisher's file; a column of which the file is silent stays."""
    kept = {"nl"} if values.dutch else set()
    columns = list(next(iter(values.rows.values())))
    told = {column for row in said.values() for column in row if row[column]} | {"status"}
    after = {}
    for code in sorted(said):
        before = values.rows.get(code, {"en": code} if "en" in columns else {})
        fresh = {column: text for column, text in said[code].items() if column in told - kept}
        row = {column: before.get(column, "") for column in columns if column not in told or column in kept}
        after[code] = {column: {**row, **fresh}.get(column, "") for column in columns}
    return after


def differences(values: ValueList, after: Rows) -> Iterator[str]:
    """Yield what is new, gone and changed."""
    before = values.rows
    yield f"{values.id}: {len(after)} codes, {len(before)} before"
    for code in sorted({*before, *after}):
        if code not in before:
            yield f"  new: {code} {after[code].get('en') or after[code].get('nl', '')}".rstrip()
        elif code not in after:
            yield f"  gone: {code}"
        else:
            yield from (f"  {code}: {text}" for text in _changed(before[code], after[code]))


def _changed(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[str]:
    return (f"{column} {before[column]!r} -> {after[column]!r}" for column in before if before[column] != after[column])


def write(folder: Path, values: ValueList, rows: Rows, day: date) -> None:
    """Write the CSV of a list, and its date into the index."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(next(iter(rows.values())))
    writer.writerows(row.values() for row in rows.values())
    (folder / f"{values.id}.csv").write_text(text.getvalue(), encoding="utf-8", newline="")
    index = folder / "index.toml"
    head, name, rest = index.read_text(encoding="utf-8").partition(f"[list.{values.id}]\n")
    own, gap, others = rest.partition("\n\n")
    dated = re.sub(r"^date = .*\n?", "", own + "\n", flags=re.MULTILINE) + f'date = "{day.isoformat()}"'
    index.write_text(head + name + dated + gap + others, encoding="utf-8", newline="")


if __name__ == "__main__":
    raise SystemExit(main())
