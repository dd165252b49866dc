"""Declaration -> which dataset and column plays which part on the pages: by class and kind, never by name."""

from __future__ import annotations

from dataclasses import dataclass

from ogp_data.core.columns import Column, DatasetSpec
from ogp_data.core.finds import Subject
from ogp_data.core.publication import Publication
from ogp_data.types import type_of


@dataclass(frozen=True, slots=True)
class Roles:
    """The datasets that pages are made of; None where a publication has no such dataset."""

    themes: DatasetSpec | None
    commitments: DatasetSpec | None
    assessments: DatasetSpec | None
    by_part: DatasetSpec | None
    milestones: DatasetSpec | None
    links: DatasetSpec | None
    process: DatasetSpec | None
    findings: DatasetSpec | None


def roles(publication: Publication) -> Roles:
    """Return the parts that the datasets of a publication play."""
    specs = publication.declaration.dataset
    commitments = _of_class(specs, "ogp:Commitment")
    return Roles(
        themes=_of_class(specs, "ogp:Theme"),
        commitments=commitments,
        assessments=_about(specs, "ogp:Assessment", commitments),
        by_part=_about(specs, "ogp:MilestoneAssessment", commitments),
        milestones=_of_class(specs, "ogp:Milestone"),
        links=_listing(specs, "links"),
        process=_listing(specs, "events"),
        findings=_listing(specs, "defects"),
    )


def _about(specs: list[DatasetSpec], name: str, commitments: DatasetSpec | None) -> DatasetSpec | None:
    return next((s for s in specs if s.type == name and commitments and reference(s, commitments)), None)


def _listing(specs: list[DatasetSpec], subject: Subject) -> DatasetSpec | None:
    return next((spec for spec in specs if spec.find.lists == subject), None)


def _of_class(specs: list[DatasetSpec], name: str) -> DatasetSpec | None:
    """Return the dataset of a class that others refer to, or else the first of that class."""
    own = [spec for spec in specs if spec.type == name]
    # A publication may repeat a class, as the overview repeats the commitments; the one that is referred to is the
    # original.
    referred = {column.references for spec in specs for column in spec.column}
    return next((spec for spec in own if spec.name in referred), own[0] if own else None)


def reference(spec: DatasetSpec, target: DatasetSpec) -> Column | None:
    """Return the column whose values are keys of another dataset."""
    return next((column for column in spec.column if column.references == target.name), None)


def title_column(spec: DatasetSpec) -> Column:
    """Return the column that names a row for readers: its title, else its label, else its first text, else its key."""
    for fits in (
        lambda column: column.rdf == "dct:title",
        lambda column: column.rdf == "rdfs:label",
        lambda column: bool(type_of(column).about.spoken),
    ):
        if found := next(filter(fits, spec.column), None):
            return found
    return spec.key


def mark_column(spec: DatasetSpec) -> Column:
    """Return the column by which readers of the document know a row: its mark or number as printed, else its key."""
    return next((c for c in spec.column if c.rdf in ("skos:notation", "ogp:commitmentNumber")), spec.key)


def taking(spec: DatasetSpec, *takes: str) -> Column | None:
    """Return the first column that takes one of these of its row."""
    return next((column for column in spec.column if column.take in takes), None)
