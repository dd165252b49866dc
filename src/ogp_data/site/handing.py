"""Material -> what the pages say of the commitments, as it is handed to the root: the same figures in both places."""

from __future__ import annotations

from ogp_data.collection.handed import Statuses
from ogp_data.site.context import Material


def statuses(material: Material) -> Statuses:
    """Return how many commitments have each status, by code in the order of its list; "" last where nothing is said."""
    tally = material.tally
    counts = {one.status.code: one.number for one in tally.counts if one.number}
    return Statuses(tally.basis, tally.scale, counts)
