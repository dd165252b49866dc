"""Where in a source something stands: a line, a page and box, a cell of a sheet, a block and its XPath, in which file.

A place has a text in the tables (`L98`, `p12`, `Sheet1!A5`, `b17`, `2:L98`), words for people, a fragment in IRIs, and
an order. A letter stands in each text, so that no spreadsheet of any country reads a place, or a list of them, as a
number or a date. A box, a range and an XPath stand in the fragment alone: the text names what they are a part of.
"""

from ogp_data.core.places.base import SourcePlace
from ogp_data.core.places.blocks import Block
from ogp_data.core.places.lines import Line
from ogp_data.core.places.lists import PATTERN, SEPARATOR, called, merged, place, read, series, write
from ogp_data.core.places.pages import Box, Page
from ogp_data.core.places.sheets import SheetCell

__all__ = [
    "PATTERN",
    "SEPARATOR",
    "Block",
    "Box",
    "Line",
    "Page",
    "SheetCell",
    "SourcePlace",
    "called",
    "merged",
    "place",
    "read",
    "series",
    "write",
]
