"""The file formats of a dataset's files: EU file type, IANA media type, and the standard each conforms to."""

from __future__ import annotations

from ogp_data.model import Format, Words

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
