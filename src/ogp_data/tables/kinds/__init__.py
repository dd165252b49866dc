"""The kinds of dataset, one file each: its keys in a declaration, how its rows are found, what they offer to columns.

A kind of another package comes in by an entry point of the group `ogp_data.kinds`; docs/how-to/add-a-kind.md shows one.
"""

from ogp_data.core.doors import Door
from ogp_data.tables.kind import Finder, Kind, Offer, finder, unfit
from ogp_data.tables.kinds.continuations import CONTINUATIONS
from ogp_data.tables.kinds.front_matter import FRONT_MATTER
from ogp_data.tables.kinds.headings import HEADINGS
from ogp_data.tables.kinds.joined_rows import JOINED_ROWS
from ogp_data.tables.kinds.links import LINKS
from ogp_data.tables.kinds.list_items import LIST_ITEMS
from ogp_data.tables.kinds.paragraphs import PARAGRAPHS
from ogp_data.tables.kinds.quotes import QUOTES
from ogp_data.tables.kinds.records import RECORDS
from ogp_data.tables.kinds.source_defects import SOURCE_DEFECTS
from ogp_data.tables.kinds.table_rows import TABLE_ROWS

KINDS = Door(
    "ogp_data.kinds",
    Kind,
    own=(
        HEADINGS,
        LIST_ITEMS,
        TABLE_ROWS,
        RECORDS,
        PARAGRAPHS,
        FRONT_MATTER,
        LINKS,
        QUOTES,
        JOINED_ROWS,
        SOURCE_DEFECTS,
        CONTINUATIONS,
    ),
    unfit=unfit,
)
"""Every kind of dataset by the name that `find.kind` calls it."""

__all__ = ["KINDS", "Finder", "Kind", "Offer", "finder"]
