"""A document laid out for people: its leaves, its pages as pictures, and what took each stretch of its text."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ogp_data.core.places import SourcePlace
from ogp_data.core.publication import Publication
from ogp_data.core.source import SourceText
from ogp_data.documents import Document, Picture
from ogp_data.site.document.layout import parts
from ogp_data.site.document.leaves import Leaf, bound
from ogp_data.tables.build import Tables
from ogp_data.tables.claims import Claim, claims


@dataclass(frozen=True, slots=True)
class Laid:
    """A document in leaves, with the pictures of those that are pages, and its text with what took each stretch."""

    source: SourceText = field(repr=False)
    leaves: Sequence[Leaf]
    pictures: Mapping[SourcePlace, Picture] = field(repr=False)
    claims: Sequence[Claim] = field(repr=False)

    def picture(self, leaf: Leaf) -> Picture | None:
        """Return the picture of a leaf; None where it is no page, or was not drawn."""
        return self.pictures.get(leaf.first.whole)

    def said_by(self, rows: Collection[tuple[str, int]], texts: Mapping[SourcePlace, str]) -> Mapping[SourcePlace, str]:
        """Return the text of each place; of a page, which holds much else, what rows have of it where they have any."""
        found: dict[SourcePlace, list[str]] = {}
        for run in (run for leaf in self.leaves if leaf.page for part in leaf.parts for run in part.all_runs):
            if run.claim and (run.claim.dataset, run.claim.row) in rows:
                found.setdefault(run.place.whole, []).append(" ".join(run.text.split()))
        return {**texts, **{place: "\n".join(said) for place, said in found.items()}}


def lay(publication: Publication, document: Document, built: Tables, pictures: Iterable[Picture]) -> Laid:
    """Return the document of a publication laid out."""
    drawn: dict[SourcePlace, Picture] = {picture.page: picture for picture in pictures}
    held = claims(document.source, built.tables, built.asides)
    names = [file.name for file in publication.source_files]
    leaves = bound(parts(document, held), names, [one.page for one in drawn.values()])
    return Laid(document.source, leaves, drawn, held)
