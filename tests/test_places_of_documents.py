"""Documents of other kinds than text: their pages, cells, blocks and paths lead from every table, file and page back."""

from __future__ import annotations

import csv
import io
import re
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from finding_help import line_of
from generate_declarations import NAME, Entry, Small, faults, load, narrative, table
from ogp_data import staging
from ogp_data.checks import staged
from ogp_data.core.findings import Finding
from ogp_data.core.names import Names
from ogp_data.core.places import Block as Numbered
from ogp_data.core.places import Box, Page, SheetCell, SourcePlace, place
from ogp_data.core.source import SourceText
from ogp_data.core.stage import Stage
from ogp_data.core.text import Fragment, Passage
from ogp_data.documents import Block, Document, Inline, repaired, restored
from ogp_data.site.build import pages, stage_site
from ogp_data.site.context import Material, gather
from ogp_data.tables import build as tables
from ogp_data.tables import corrections, reconcile
