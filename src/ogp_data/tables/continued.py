"""What the commitments of a publication are to those of the editions before, as far as its own rows are needed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ogp_data.core.editions import NUMBER, continuations, unknown_now
from ogp_data.core.findings import Finding, Place, finding
from ogp_data.core.messages import Message
from ogp_data.core.places import SourcePlace
from ogp_data.core.publication import COMMITMENTS, Publication
from ogp_data.tables.rows import Draft, Drafts


def numbers(publication: Publication, drafts: Drafts) -> dict[str, str]:
    """Return the number of each commitment, as the document prints it, by key."""
    return {
        key: draft.cells[NUMBER].value if NUMBER in draft.cells else key for key, draft in _keyed(publication, drafts)
    }


def places(publication: Publication, drafts: Drafts) -> Mapping[str, tuple[SourcePlace, ...]]:
    """Return the places of each commitment by key."""
    return {key: draft.places for key, draft in _keyed(publication, drafts)}


def _keyed(publication: Publication, drafts: Drafts) -> Iterator[tuple[str, Draft]]:
    spec = publication.specs.get(COMMITMENTS)
    return ((draft.cells[spec.key.name].value, draft) for draft in drafts.get(COMMITMENTS, ()) if spec)


def check_continued(publication: Publication, drafts: Drafts) -> Iterator[Finding]:
    """Yield the commitments that [[continues]] names and that are not there, and those that it says nothing of."""
    now, file = numbers(publication, drafts), f"{publication.id}/publication.toml"
    for edition in (one for one in publication.editions if one.is_continued):
        if COMMITMENTS not in publication.specs:
            message = Message("There is no dataset '{name}' here, whose rows could continue others.", name=COMMITMENTS)
            yield finding("dangling-reference", message, Place(file=file, key=edition.at))
            continue
        for key, message, hint in unknown_now(edition, now):
            yield finding("dangling-reference", message, Place(file=file, key=key), hint)
        unsaid = [one.before for one in continuations(edition, now) if one.before and not one.change]
        if unsaid:
            message = Message(
                "Nothing says what became of {count} commitments of {edition}: {keys}.",
                count=len(unsaid),
                edition=edition.id,
                keys=", ".join(unsaid),
            )
            yield finding("unsaid-continuation", message, Place(file=file, key=f"{edition.at}.commitments"))
