"""What a page of the web carries beside what a browser shows: comments, scripts, who made it, what it fetches."""

from __future__ import annotations

import re
from typing import Any

from ogp_data.core.places import SourcePlace
from ogp_data.core.unseen import Kind
from ogp_data.documents.unseen.gathered import Unseen

_COMMENT = re.compile(r"<!--(?!>|->)(.*?)(?:-->|\Z)", re.S)
_RAW = re.compile(r"<(script|style|textarea|title|noscript|xmp)\b.*?</\1\s*>", re.S | re.I)
"""In these `<!--` begins no comment."""
_META: dict[str, Kind] = {
    "author": "authors",
    "creator": "authors",
    "dc.creator": "authors",
    "dcterms.creator": "authors",
    "article:author": "authors",
    "generator": "program",
    "progid": "program",
    "company": "organisation",
    "dc.publisher": "organisation",
    "dcterms.publisher": "organisation",
}
"""What a page says of itself and nobody sees; its description and the like are meant to be found by."""
_FETCHED = {"script": "src", "iframe": "src", "frame": "src", "embed": "src", "object": "data", "link": "href"}


def _look_for_comments(text: str, unseen: Unseen, place: SourcePlace | None = None) -> None:
    """Take up the comments that stand in markup."""
    unseen.add("comments", place, sum(1 for said in _COMMENT.findall(_RAW.sub("", text)) if said.strip()))


def look(root: Any, text: str, unseen: Unseen, place: SourcePlace | None = None) -> None:
    """Take up what a page carries, or a part of one that is at a place of another text."""
    _look_for_comments(text, unseen, place)
    for element in root.iter() if root is not None else ():
        if not isinstance(element.tag, str):
            continue
        name = str(element.get("name") or element.get("property") or "").lower()
        if element.tag == "meta" and name in _META and (element.get("content") or "").strip():
            unseen.add(_META[name], place)
        fetched = _FETCHED.get(element.tag)
        is_link = element.tag == "link" and (element.get("rel") or "").lower() != "stylesheet"
        if fetched and element.get(fetched) and not is_link:
            unseen.add("external-references", place)
        if element.tag == "script" or any(attribute.startswith("on") for attribute in map(str, element.attrib)):
            unseen.add("macros", place)
