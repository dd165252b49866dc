"""Where addresses, sizes and checksums of our own catalogue differ from the files of the build."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import unquote

from ogp_data.checks.catalogue import Catalogue
from ogp_data.checks.places import shown
from ogp_data.checks.rules import in_order
from ogp_data.core.findings import Finding
from ogp_data.core.graph import Graph
from ogp_data.core.messages import Message
from ogp_data.core.namespaces import DCAT, SPDX
from ogp_data.core.terms import Term
from ogp_data.models.lists import ValueLists


def check_files(graph: Graph, base_url: str, files: Mapping[str, tuple[int, str]], file: str = "") -> list[Finding]:
    """Return where addresses, sizes and checksums of a catalogue differ from the files of the build.

    `files` maps a path relative to the base URL to the file's size in bytes and its SHA-256 in hexadecimal.
    """
    catalogue, base = Catalogue(graph, ValueLists(), file), base_url.rstrip("/") + "/"
    return in_order([*_unresolved(catalogue, base, files), *_differing(catalogue, base, files)])


def _unresolved(catalogue: Catalogue, base: str, files: Mapping[str, object]) -> Iterator[Finding]:
    for subject, term, address in catalogue.values((DCAT.accessURL, DCAT.downloadURL)):
        path = _path(address, base)
        if path is not None and _published(path, files) is None:
            yield catalogue.fault(
                "unresolved-file",
                subject,
                term,
                Message("{shown} leads to no file of this publication.", shown=shown(address)),
            )


def _path(address: Term, base: str) -> str | None:
    """Return an address as a path under the base URL, or None when it leads elsewhere."""
    # Before anything is decoded: an encoded question mark is part of a file's name.
    plain = re.split("[?#]", address.value, maxsplit=1)[0]
    if plain == base.rstrip("/"):
        return ""
    return unquote(plain.removeprefix(base)) if plain.startswith(base) else None


def _published(path: str, files: Mapping[str, object]) -> str | None:
    """Return the file a web server gives for a path: itself, or the index of the folder."""
    index = "index.html" if path in ("", "/") else path.rstrip("/") + "/index.html"
    return next((name for name in (path, index) if name in files), None)


def _differing(catalogue: Catalogue, base: str, files: Mapping[str, tuple[int, str]]) -> Iterator[Finding]:
    for subject, address in catalogue.graph.pairs(DCAT.downloadURL):
        path = _path(address, base)
        name = _published(path, files) if path is not None else None
        if name is not None:
            size, digest = files[name]
            yield from _size_differs(catalogue, subject, name, size)
            yield from _checksum_differs(catalogue, subject, name, digest)


def _size_differs(catalogue: Catalogue, subject: Term, name: str, size: int) -> Iterator[Finding]:
    for said in catalogue.graph.objects(subject, DCAT.byteSize):
        # XSD lets a number be written with a plus and leading zeros.
        if not re.fullmatch(rf"\+?0*{size}", said.value):
            yield catalogue.fault(
                "file-differs",
                subject,
                DCAT.byteSize,
                Message("The catalogue says {said} bytes; {name} has {size}.", said=said.value, name=name, size=size),
            )


def _checksum_differs(catalogue: Catalogue, subject: Term, name: str, digest: str) -> Iterator[Finding]:
    graph = catalogue.graph
    for checksum in graph.objects(subject, SPDX.checksum):
        said = {value.value.lower() for value in graph.objects(checksum, SPDX.checksumValue)}
        is_sha256 = graph.has(checksum, SPDX.algorithm, SPDX.checksumAlgorithm_sha256)
        if is_sha256 and said != {digest.lower()}:
            yield catalogue.fault(
                "file-differs",
                subject,
                SPDX.checksum,
                Message(
                    "The checksum in the catalogue is not the SHA-256 of {name}, {digest}.", name=name, digest=digest
                ),
            )
