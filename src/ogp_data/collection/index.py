"""Collection -> index.json: what is published, when it last changed, how much, how sound, under which licence."""

from __future__ import annotations

import json
from collections.abc import Container, Iterator
from typing import Any

from ogp_data.collection.published import Collection, Published
from ogp_data.core.findings import Finding, Place, finding
from ogp_data.core.messages import Message
from ogp_data.core.rdf import dump
from ogp_data.core.words import Text, Words

INDEX = "index.json"


def to_index(collection: Collection) -> bytes:
    """Return the index of all publications, for programs."""
    return dump(
        {
            "title": _said(collection.title, collection),
            "description": _said(collection.description, collection),
            "modified": collection.modified and collection.modified.isoformat(),
            "languages": list(collection.languages),
            "publisher": collection.owner and {"iri": collection.owner.iri, "name": dict(collection.owner.name)},
            "address": collection.url,
            "publications": [_publication(one) for one in collection.publications],
            "failed": list(collection.failed),
            "withdrawn": [
                {
                    "id": one.id,
                    "title": dict(one.title) if one.title else None,
                    "date": one.date.isoformat(),
                    "reason": _said(one.reason, collection),
                }
                for one in collection.withdrawn
            ],
            "moved": dict(collection.moved),
        }
    )


def known_before(content: bytes) -> tuple[frozenset[str], dict[str, Words]]:
    """Return what the index of an earlier run tells: which builds had failed, and what publications were called.

    Raises ValueError, KeyError, TypeError or AttributeError where it is none that this program wrote.
    """
    told = json.loads(content)
    failed = frozenset((*told["failed"], *(one["id"] for one in told["publications"] if one["stale"])))
    called = [(one["id"], one.get("title")) for one in (*told["publications"], *told["withdrawn"])]
    return failed, {name: Words(dict(title)) for name, title in called if title}


def stale(collection: Collection, told: Container[str] = ()) -> Iterator[Finding]:
    """Yield the publications that stand as they were before their last build, but for those of which that is told."""
    for one in collection.publications:
        if one.stale and one.id not in told:
            message = Message(
                "{name} stands as it was before its newest build, which failed: version {version} of {modified}.",
                name=one.id,
                version=one.version,
                modified=one.modified.isoformat(),
            )
            hint = Message("See what is wrong, and publish it again: ogp-data publish {name}", name=one.id)
            yield finding("stale-publication", message, Place(file=str(one.folder)), hint)


def _said(text: Text, collection: Collection) -> dict[str, str]:
    return dict(text.said(collection.languages))


def _publication(one: Published) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": dict(one.title),
        "country": {"code": one.country.code, "name": dict(one.country.name)},
        "plan": one.plan,
        "publisher": {"iri": one.publisher.iri, "name": dict(one.publisher.name)},
        "licence": one.licence,
        "languages": list(one.languages),
        "documentLanguages": list(one.document_languages),
        "version": one.version,
        "issued": one.issued.isoformat(),
        "modified": one.modified.isoformat(),
        "period": {"start": one.start, "end": one.end},
        "catalogue": one.catalogue,
        "address": one.base_url,
        "path": f"{one.id}/",
        "manifest": {"path": f"{one.id}/manifest.json", "sha256": one.sha256},
        "disclaimer": dict(one.disclaimer) if one.disclaimer else None,
        "stale": one.stale,
        "continues": list(one.continues),
        "datasets": dict(one.counts),
        "rows": sum(one.counts.values()),
        "findings": {
            "errors": one.findings.errors,
            "warnings": one.findings.warnings,
            "document": one.findings.document,
        },
        "scores": {
            name: {"points": score.points, "maximum": score.maximum, "offlineMaximum": score.offline_maximum}
            for name, score in one.scores.items()
        },
        "statuses": {"basis": one.statuses.basis, "codelist": one.statuses.codes, "counts": dict(one.statuses.counts)},
    }
