"""Collection -> the files over all publications, staged."""

from __future__ import annotations

from ogp_data.collection.index import INDEX, to_index
from ogp_data.collection.published import Collection
from ogp_data.core.stage import Stage


def stage_collection(collection: Collection, stage: Stage) -> None:
    """Write what is over all publications but the pages."""
    stage.add(INDEX, to_index(collection))
