"""What is withheld, and what would publish it all the same: the document, and an earlier version."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ogp_data.core.declared import SourceSpec
from ogp_data.core.findings import Finding, Place, finding
from ogp_data.core.messages import Message, listed
from ogp_data.core.publication import Correction, Publication
from ogp_data.core.words import Words

_SHOWN = 3
"""So many records a message names; one key of the declaration is wrong, however many they are."""


def check_withheld(name: str, source: SourceSpec, records: Sequence[Correction]) -> Iterator[Finding]:
    """Yield that the document is published with what records withhold, if it is."""
    withheld = [f"correction[{index}]" for index, record in enumerate(records) if record.status == "withheld"]
    if source.publish and withheld:
        message = Message(
            "The document is published byte for byte, with what is withheld in corrections.toml ({count}: {records}).",
            count=len(withheld),
            records=listed([Words(und=one) for one in withheld[:_SHOWN]]),
        )
        place = Place(file=f"{name}/publication.toml", key="source.publish")
        yield finding("withheld-text-published", message, place)


def check_earlier(publication: Publication) -> Iterator[Finding]:
    """Yield that the version before, which stays below `v/`, has what this one withholds, if it has."""
    files = publication.earlier.files if publication.earlier else {}
    if path := publication.withdrawn.first_in(files):
        message = Message("The earlier version has what is published no longer, in its file {path}.", path=path)
        yield finding("withdrawn-in-version", message, Place(f"{publication.id}/publication.toml", key="previous"))
