"""The rule about a format and a media type that are those of two kinds of files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from ogp_data.checks.catalogue import Catalogue
from ogp_data.core.findings import Finding
from ogp_data.core.messages import Message
from ogp_data.core.namespaces import DCAT, DCT
from ogp_data.core.terms import Term
from ogp_data.models.lists import Concept, ValueList

GENERIC = frozenset(
    (
        "application/octet-stream",
        "text/plain",
        "application/xml",
        "text/xml",
        "application/json",
        "application/zip",
        "application/gzip",
        "application/x-gzip",
        "application/x-zip-compressed",
        "application/x-7z-compressed",
        "application/x-tar",
    )
)
"""Media types of what a file is underneath, or of what it is packed in: they go with any format."""


class _FileTypes:
    """The media types of the EU's file types, read when a distribution has both."""

    def __init__(self, values: ValueList) -> None:
        self._values = values

    @cached_property
    def by_media_type(self) -> Mapping[str, set[str]]:
        """Return the codes of file types by their media types."""
        found = defaultdict[str, set[str]](set)
        for code, row in self._values.rows.items():
            for name in row["media_types"].split():
                found[name].add(code)
        return found

    def other(self, formats: Sequence[Concept], media_type: str) -> str:
        """Return the file type that a media type is of when it is of none of some formats; "" when it may be of one.

        A format without media types or extensions of its own, such as a service, gives files of any kind.
        """
        codes = set() if media_type in GENERIC else self.by_media_type.get(media_type, set())
        fits = any(each.code in codes or not _is_of_files(each) for each in formats)
        return "" if fits else min(codes, default="")


def _is_of_files(concept: Concept) -> bool:
    return bool(concept.facts.get("media_types") and concept.facts.get("extensions"))


def formats(catalogue: Catalogue) -> Iterator[Finding]:
    """Find distributions with a format, and with the media type of another one."""
    graph, values = catalogue.graph, catalogue.lists["file-type"]
    types, media = _FileTypes(values), dict(graph.groups(DCAT.mediaType))
    judged = dict[tuple[Term, ...], Message | None]()
    for subject, named in catalogue.groups(DCT.format):
        for value in media.get(subject, ()):
            key = (*named, value)
            if key not in judged:
                judged[key] = _message(types, [c for each in named if (c := values.get(each.value))], value)
            if message := judged[key]:
                yield catalogue.fault("contradictory-format", subject, DCAT.mediaType, message)


def _message(types: _FileTypes, formats: Sequence[Concept], value: Term) -> Message | None:
    name = "/".join(value.value.rstrip("/").lower().split("/")[-2:])
    other = types.other(formats, name) if formats else ""
    if not other:
        return None
    return Message(
        "The format is {format}, and the media type {media_type} is that of {other}.",
        format=formats[0].code,
        media_type=name,
        other=other,
    )
