"""Material -> what the pages say of the commitments, as it is handed to the root: the same figures in both places."""

from __future__ import annotations

from collections import Counter

from ogp_data.collection.handed import Statuses
from ogp_data.site.context import Material, progress_columns


def statuses(material: Material) -> Statuses:
    """Return how many commitments have each status, by code in the order of its list; "" last where nothing is said."""
    if not material.commitments:
        return Statuses()
    columns = [one for one in progress_columns(material.parts) if (one.take == "phrase") == (material.told == "text")]
    codes = columns[0].codes if columns and material.told else ""
    counted = Counter(one.kind for one in material.commitments)
    known = material.publication.shared.codelists.get(codes)
    order = [concept.code for concept in known.concept] if known else []
    said = [code for code in dict.fromkeys([*order, *sorted(counted)]) if code and counted[code]]
    counts = {code: counted[code] for code in (*said, "") if counted[code]}
    return Statuses(material.told, codes, counts)
