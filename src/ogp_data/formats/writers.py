"""Every format that is written of the rows, behind one door: its description with its writer.

A format of another package comes in by an entry point of the group `ogp_data.formats` that leads to a `Writer`
(docs/how-to/add-a-format.md). Its files are then distributions of the catalogue, downloads of the site and in the
archive like all others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import pyoxigraph as ox

from ogp_data.core.artefact import Format
from ogp_data.core.columns import DatasetSpec
from ogp_data.core.doors import Door
from ogp_data.core.messages import Message
from ogp_data.core.publication import Publication
from ogp_data.core.rdf import write
from ogp_data.core.source import SourceText
from ogp_data.core.text import url_fault
from ogp_data.formats import linked, ods, parquet, xlsx
from ogp_data.formats.archive import to_zip
from ogp_data.formats.columns import prefixes
from ogp_data.formats.known import KNOWN
from ogp_data.formats.sheets import Workbook
from ogp_data.formats.sqlite import to_sqlite
from ogp_data.formats.workbook import to_whole, to_workbook
from ogp_data.types.rows import Row

LINKED = frozenset(
    {"text/turtle", "application/ld+json", "application/n-triples", "application/rdf+xml", "application/trig"}
)
"""Media types of linked data."""


@dataclass(frozen=True)
class Rows:
    """The rows of one dataset, as they stand in its CSV and typed, with what several writers make of them."""

    publication: Publication
    spec: DatasetSpec
    records: Sequence[Row]
    source: SourceText

    @cached_property
    def triples(self) -> list[ox.Triple]:
        """Return the rows as triples."""
        return list(
            linked.row_triples(self.spec, self.publication.names, self.publication.declaration.language, self.records)
        )

    @property
    def jsonld(self) -> bytes:
        """Return the rows as JSON-LD whose keys are the names of the columns."""
        return linked.to_jsonld(self.spec, self.publication.names, self.publication.declaration.language, self.records)

    @cached_property
    def workbook(self) -> Workbook:
        """Return the rows as a workbook; UnfitError for what no spreadsheet can hold."""
        return to_workbook(self.publication, self.spec, self.records)


@dataclass(frozen=True, slots=True)
class Writer:
    """A format and how it is written: of the rows of one dataset, and of all datasets or of all files so far.

    Each gives the bytes of a file, the same for the same input, and raises `UnfitError` for what its format cannot
    hold.
    """

    format: Format
    of_dataset: Callable[[Rows], bytes] | None = None
    of_all: Callable[[Sequence[Rows]], bytes] | None = None
    of_files: Callable[[Mapping[str, bytes]], bytes] | None = None

    @property
    def name(self) -> str:
        """Return the name of the format."""
        return self.format.name

    @property
    def is_linked(self) -> bool:
        """Return whether the format is one of linked data."""
        return self.format.media_type in LINKED


def bound(publication: Publication) -> dict[str, str]:
    """Return the prefixes of a publication's files, with one for what the catalogue alone describes."""
    return {**prefixes(publication, publication.names), "cat": publication.names.node("")}


def _turtle(rows: Rows) -> bytes:
    return write(rows.triples, "ttl", bound(rows.publication))


def _sqlite(tables: Sequence[Rows]) -> bytes:
    return to_sqlite(tables[0].publication, [(rows.spec, rows.records) for rows in tables], tables[0].source)


def _book(tables: Sequence[Rows]) -> Workbook:
    return to_whole(tables[0].publication, [(rows.spec, rows.workbook) for rows in tables])


def _unfit(writer: Writer, known: Mapping[str, Writer]) -> str:
    """Return why the files of a format would have no name of their own, no type or no content."""
    fmt = writer.format
    if not re.fullmatch(r"(\.[a-z0-9]+)+", fmt.suffix):
        return Message("The suffix {suffix!r} is not one of letters and digits, such as '.tsv'.", suffix=fmt.suffix)
    # Files of a dataset differ by their suffix only; the second would replace the first.
    if taken := next((one.name for one in known.values() if one.format.suffix == fmt.suffix), ""):
        return Message("The suffix {suffix!r} is that of the format {taken}.", suffix=fmt.suffix, taken=taken)
    if not re.fullmatch(r"[a-z]+/[a-z0-9][a-z0-9.+-]*", fmt.media_type):
        return Message("The media type {media_type!r} is not one, such as 'text/csv'.", media_type=fmt.media_type)
    if url_fault(fmt.standard):
        return Message("The standard {standard!r} is not an address.", standard=fmt.standard)
    if not (writer.of_dataset or writer.of_all or writer.of_files):
        return Message("It needs a function that writes it: of_dataset, of_all or of_files.")
    # Both would write the file of the whole, and the second would replace the first.
    return Message("It has both of_all and of_files, for one file.") if writer.of_all and writer.of_files else ""


_OWN: Mapping[str, Writer] = {
    writer.name: writer
    for writer in (
        Writer(KNOWN["jsonld"], lambda rows: rows.jsonld),
        Writer(KNOWN["ttl"], _turtle),
        Writer(KNOWN["xlsx"], lambda rows: xlsx.write(rows.workbook), lambda tables: xlsx.write(_book(tables))),
        Writer(KNOWN["ods"], lambda rows: ods.write(rows.workbook), lambda tables: ods.write(_book(tables))),
        Writer(KNOWN["parquet"], lambda rows: parquet.to_parquet(rows.publication, rows.spec, rows.records)),
        Writer(KNOWN["sqlite"], of_all=_sqlite),
        Writer(KNOWN["zip"], of_files=to_zip),
    )
}

FORMATS: Door[Writer] = Door(
    "ogp_data.formats", Writer, tuple(_OWN.get(name, Writer(fmt)) for name, fmt in KNOWN.items()), _unfit
)
"""The formats. Those without a writer are made by the build itself (staging.py): the CSV, of which all others are
written, the provenance, the Data Package and the source document."""
