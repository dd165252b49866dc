"""The file formats of a dataset's files: EU file type, IANA media type, and the standard each conforms to."""

from __future__ import annotations

from ogp_data.core.artefact import Format
from ogp_data.core.words import Words

FORMATS: dict[str, Format] = {
    fmt.id: fmt
    for fmt in (
        Format(
            "csv",
            ".csv",
            "CSV",
            "text/csv",
            "https://www.rfc-editor.org/info/rfc4180",
            Words("CSV", "CSV"),
            Words(
                nl="Kommagescheiden tekst in UTF-8 met een kopregel.",
                en="Comma-separated text in UTF-8 with a header row.",
            ),
        ),
        Format(
            "jsonld",
            ".jsonld",
            "JSON_LD",
            "application/ld+json",
            "https://www.w3.org/TR/json-ld11/",
            Words("JSON-LD", "JSON-LD"),
            Words(
                nl="Dezelfde rijen als linked data in JSON, met de context erbij.",
                en="The same rows as linked data in JSON, with its context inline.",
            ),
        ),
        Format(
            "ttl",
            ".ttl",
            "RDF_TURTLE",
            "text/turtle",
            "https://www.w3.org/TR/turtle/",
            Words("Turtle", "Turtle"),
            Words(nl="Dezelfde rijen als linked data in Turtle.", en="The same rows as linked data in Turtle."),
        ),
        Format(
            "prov",
            ".prov.ttl",
            "RDF_TURTLE",
            "text/turtle",
            "https://www.w3.org/TR/prov-o/",
            Words("herkomst, Turtle", "provenance, Turtle"),
            Words(
                nl="Van welke regels van het brondocument elke rij komt, in PROV-O.",
                en="From which lines of the source document each row came, in PROV-O.",
            ),
        ),
        Format(
            "xlsx",
            ".xlsx",
            "XLSX",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "https://ecma-international.org/publications-and-standards/standards/ecma-376/",
            Words("Excel", "Excel"),
            Words(
                nl="Rekenblad met de rijen, uitleg van de kolommen, en bron, licentie en contact.",
                en="Spreadsheet with the rows, the columns explained, and source, licence and contact.",
            ),
        ),
        Format(
            "ods",
            ".ods",
            "ODS",
            "application/vnd.oasis.opendocument.spreadsheet",
            "https://docs.oasis-open.org/office/OpenDocument/v1.3/",
            Words("OpenDocument-rekenblad", "OpenDocument spreadsheet"),
            Words(
                nl="Rekenblad met de rijen, uitleg van de kolommen, en bron, licentie en contact.",
                en="Spreadsheet with the rows, the columns explained, and source, licence and contact.",
            ),
        ),
        Format(
            "parquet",
            ".parquet",
            "PARQUET",
            "application/vnd.apache.parquet",
            "https://parquet.apache.org/docs/file-format/",
            Words("Parquet", "Parquet"),
            Words(
                nl="De rijen met echte typen, voor analyse; de kolommen zijn in het bestand beschreven.",
                en="The rows with real types, for analysis; the columns are described inside the file.",
            ),
        ),
        Format(
            "sqlite",
            ".sqlite",
            "",
            "application/vnd.sqlite3",
            "https://www.sqlite.org/fileformat2.html",
            Words("SQLite-database", "SQLite database"),
            Words(
                nl="Alle tabellen in één database, met sleutels, codelijsten en overzichten.",
                en="All tables in one database, with keys, code lists and views.",
            ),
        ),
        Format(
            "datapackage",
            ".json",
            "JSON",
            "application/json",
            "https://specs.frictionlessdata.io/data-package/",
            Words("Data Package", "Data Package"),
            Words(
                nl="Beschrijving van elke CSV en haar kolommen, voor Frictionless.",
                en="Description of every CSV and its columns, for Frictionless.",
            ),
        ),
        Format(
            "zip",
            ".zip",
            "ZIP",
            "application/zip",
            "https://www.iana.org/assignments/media-types/application/zip",
            Words("zip-archief", "zip archive"),
            Words(nl="Alle bestanden in één archief.", en="All files in one archive."),
        ),
        Format(
            "txt",
            ".txt",
            "TXT",
            "text/plain",
            "https://www.rfc-editor.org/info/rfc3629",
            Words("platte tekst", "plain text"),
            Words(nl="Het document zoals ontvangen, byte voor byte.", en="The document as received, byte for byte."),
        ),
    )
}
"""The formats of a dataset's files, by id."""
