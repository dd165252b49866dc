"""What the catalogue page shows: the commitments at a glance, figures, all datasets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ogp_data.catalogue.metadata import EVERYTHING
from ogp_data.core.columns import Column, DatasetSpec
from ogp_data.core.messages import Message, Plural, listed
from ogp_data.core.words import Text
from ogp_data.site import formatting as show
from ogp_data.site.context import Commitment, Material
from ogp_data.site.figures import figures, has_address
from ogp_data.site.roles import lost_columns


def overview(material: Material, language: str) -> dict[str, Any]:
    """Return what the catalogue page shows in a language."""
    publication, parts = material.publication, material.parts
    return {
        "commitments": material.commitments,
        "themes": material.themes,
        "total": material.counted[EVERYTHING],
        "counted": material.counted,
        "lost": list(_lost(material)),
        "evidence": parts.links is not None and material.rows[parts.links.name],
        "events": parts.process is not None and material.rows[parts.process.name],
        "links": parts.links,
        "process": parts.process,
        "findings": parts.findings,
        "files": material.files,
        "where": material.where,
        "figures": figures(material, language),
        "told": material.told,
        "assessed": material.parts.assessments is not None,
        "addressed": addressed,
        "levels": levels,
        "citation": show.citation(
            publication, publication.declaration.title, publication.names.dataset("catalog"), language
        ),
    }


def _lost(material: Material) -> Iterator[tuple[DatasetSpec, Column, Plural]]:
    """Yield each column that the conversion lost, and in how many of how many rows it is empty."""
    for spec, column in lost_columns(material.publication):
        records = material.records[spec.name]
        empty = sum(1 for record in records if not record[column.name])
        of = Plural("of {num} row", "of {num} rows", len(records))
        yield spec, column, Plural("Empty in {num} {of}.", "Empty in {num} {of}.", empty, values={"of": of})


def addressed(commitment: Commitment) -> int:
    """Return how many links of a commitment have an address."""
    return sum(1 for row in commitment.links if has_address(row))


_NOT_JUDGED = Message("Not judged")
_APART = Message("; ")


def levels(one: Commitment) -> Text:
    """Return the level of each part of a commitment, behind the part's mark."""
    said = (Message("{label}: {value}", label=part.mark, value=part.progress or _NOT_JUDGED) for part in one.parts)
    return Message("{sentences}", sentences=listed(said, _APART))
