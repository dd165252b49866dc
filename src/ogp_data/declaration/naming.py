"""Names of publications, datasets and columns: safe in addresses, taken by nothing else, kept by spreadsheets."""

from __future__ import annotations

import re

from ogp_data.core.files import is_device
from ogp_data.core.messages import Message
from ogp_data.core.spreadsheet import READINGS, read_as

_CODES = """
aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en
eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja
jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb
nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq
sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
"""
LANGUAGE_CODES = frozenset(_CODES.split())
"""The two-letter codes of ISO 639-1."""

LONGEST = 100
"""Characters of the longest name: files and folders are called after it, with an ending, and disks bound those."""

_FILE_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9_-])?")

_ID = re.compile(r"[a-z][a-z0-9-]*")
_DATASET = re.compile(r"[a-z][a-z0-9_-]*")

_BESIDE_PUBLICATIONS = frozenset(
    {
        *("all", "api", "catalog", "compare", "countries", "git", "health", "index", "root", "search", "site"),
        *("sparql", "v", "validate", "vocabulary"),
    }
)
_IN_A_PUBLICATION = frozenset(
    {
        *("api", "catalog", "charts", "codelists", "dictionary", "everything", "health", "index", "ldes", "linkset"),
        *("manifest", "organisations", "query", "reports", "site", "source", "sparql", "upload", "v", "vocabulary"),
    }
)


def is_file_name(name: str) -> bool:
    """Return whether a name of a file is part of an address as it is, and can lie on any disk."""
    return bool(_FILE_NAME.fullmatch(name)) and not is_device(name)


def id_fault(name: str) -> str:
    """Return why a publication cannot have an id (a predicate), or "" when it can."""
    if not _ID.fullmatch(name):
        return Message("must begin with a lowercase letter and consist of lowercase letters, digits and hyphens")
    return _fault(name, _BESIDE_PUBLICATIONS)


def dataset_fault(name: str) -> str:
    """Return why a dataset cannot have a name (a predicate), or "" when it can."""
    if not _DATASET.fullmatch(name):
        return Message(
            "must begin with a lowercase letter and consist of lowercase letters, digits, hyphens and underscores"
        )
    return _fault(name, _IN_A_PUBLICATION)


def _fault(name: str, taken: frozenset[str]) -> str:
    if len(name) > LONGEST:
        return Message("is longer than {longest} characters", longest=LONGEST)
    if is_device(name):
        return Message("is the name of a device on Windows, where nothing else can be called so")
    if name in LANGUAGE_CODES:
        return Message("is the code of a language, which is where pages in that language are")
    return Message("is taken by another file or folder") if name in taken else spreadsheet_fault(name)


def spreadsheet_fault(name: str) -> str:
    """Return what a spreadsheet makes of a name in a cell, or "" when it keeps it."""
    reading = read_as(name)
    return Message("is read by spreadsheets as a {reading}", reading=READINGS[reading]) if reading else ""
