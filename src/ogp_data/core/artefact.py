"""Files that are written, and their formats."""

from __future__ import annotations

from dataclasses import dataclass

from ogp_data.core.words import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A file format as it is described: suffix, EU file type, IANA media type, the standard it conforms to, and words.

    `service` is the service of the catalogue that gives what such a file holds, `api` or `sparql`, if one does.
    """

    name: str
    suffix: str
    media_type: str
    standard: str
    title: Text
    description: Text
    file_type: str = ""
    service: str = ""


@dataclass(frozen=True, slots=True)
class Artefact:
    """A staged file: path below the package, size in bytes, SHA-256 in hexadecimal, media type.

    `part` tells apart files of a dataset that have one format: it is the name of each.
    """

    path: str
    bytes: int
    sha256: str
    media_type: str
    format: Format | None = None
    dataset: str = ""
    part: str = ""
