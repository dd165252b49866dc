"""What a PDF carries beside its pages, and on a page beside what people see."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import pairwise
from typing import Any

from lxml import etree
from pdfminer.pdftypes import PDFStream, resolve1

from ogp_data.core.places import Page
from ogp_data.core.unseen import Carried, Kind
from ogp_data.documents.colours import shares
from ogp_data.documents.pdf.corners import Corners, Drawn, corners, holds, middle
from ogp_data.documents.unseen import pictures
from ogp_data.documents.unseen.gathered import Unseen

Opened = Any
"""A file or a page as pdfplumber has it, which has no types here."""
_Ink = tuple[float, ...]
_WHITE: _Ink = (1.0, 1.0, 1.0)

_INFO: Mapping[str, Kind] = {
    **dict.fromkeys(("Author",), "authors"),
    **dict.fromkeys(("Company", "Manager"), "organisation"),
    **dict.fromkeys(("Creator", "Producer", "CreationDate", "ModDate"), "program"),
}
"""What a kind is called in the dictionary of a file's properties; all others are properties of its own."""
_PLAIN = {"Trapped", "PTEX.Fullbanner", "AAPL:Keywords"}
_XMP: Mapping[str, Kind] = {
    **dict.fromkeys(("creator", "AuthorsPosition"), "authors"),
    **dict.fromkeys(("Company", "publisher"), "organisation"),
    **dict.fromkeys(("CreatorTool", "Producer", "CreateDate", "ModifyDate", "MetadataDate"), "program"),
    **dict.fromkeys(("title", "subject", "description", "Keywords", "History", "DerivedFrom"), "properties"),
}
"""The same in XMP, which mostly repeats it."""
_END = re.compile(rb"startxref\s+\d+\s+%%EOF")
_OBJECT = re.compile(rb"\d\s+\d+\s+obj\b")
_NOTES = {"Text", "FreeText", "Highlight", "Underline", "Squiggly", "StrikeOut", "Stamp", "Ink", "Caret", "Popup"}
_NOTES |= {"Line", "Square", "Circle", "Polygon", "PolyLine"}
_MEDIA = {"RichMedia", "Screen", "Movie", "Sound", "3D"}
_ACTIONS: Mapping[str, Kind] = {
    "JavaScript": "macros",
    "Launch": "external-references",
    "GoToR": "external-references",
    "ImportData": "external-references",
    "SubmitForm": "external-references",
}
_TINY = 1.5
"""Points below which nobody reads a letter."""
_THIN = 4
"""Points below which a box is a line, behind which nothing hides."""


def of_file(pdf: Opened, content: bytes, unseen: Unseen) -> None:
    """Take up what the file as a whole carries."""
    catalog = _dict(pdf.doc.catalog)
    _properties(pdf, catalog, unseen)
    names = _dict(catalog.get("Names"))
    unseen.add("attachments", count=len(_named(names.get("EmbeddedFiles"))))
    unseen.add("macros", count=len(_named(names.get("JavaScript"))) + bool(_dict(catalog.get("AA"))))
    _action(catalog.get("OpenAction"), unseen)
    unseen.add("form-fields", count=len(_list(_dict(catalog.get("AcroForm")).get("Fields"))))
    hidden = _list(_dict(_dict(catalog.get("OCProperties")).get("D")).get("OFF"))
    unseen.add("hidden-layers", count=len(hidden))
    unseen.add("properties", count=int("PieceInfo" in catalog), names=["PieceInfo"])
    unseen.add("earlier-versions", count=_earlier(content))


def _earlier(content: bytes) -> int:
    """Return how many earlier versions a file has: a new one is written behind it, with the objects that changed."""
    ends = [match.end() for match in _END.finditer(content)]
    # Word ends a file twice, with a second table of the same objects for programs of its time.
    changed = sum(1 for start, end in pairwise(ends) if _OBJECT.search(content, start, end))
    # One that is made to be shown while it arrives has two ends from the beginning.
    return changed - int(b"/Linearized" in content[:2048])


def _properties(pdf: Opened, catalog: Mapping[str, Any], unseen: Unseen) -> None:
    found: dict[tuple[Kind, str], None] = {}
    for info in pdf.doc.info:
        for name, value in _dict(info).items():
            if name not in _PLAIN and _said(value):
                found[_INFO.get(name, "properties"), name] = None
    for name in _xmp(catalog.get("Metadata")):
        if name in _XMP and (_XMP[name] == "properties" or _XMP[name] not in {kind for kind, _ in found}):
            found[_XMP[name], name[:1].upper() + name[1:]] = None
    for kind in dict.fromkeys(kind for kind, _ in found):
        names = [name for one, name in found if one == kind]
        unseen.add(kind, count=len(names), names=() if kind == "authors" else names)


def _xmp(held: object) -> Iterator[str]:
    """Yield the names of what the XMP of a file says; a damaged one says nothing."""
    stream = resolve1(held)
    root = None
    with suppress(Exception):  # whatever a damaged part is, it is not there
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        root = etree.fromstring(stream.get_data().strip(b"\0 \r\n\t"), parser=parser)
    for element in root.iter() if root is not None else ():
        if not isinstance(element.tag, str):
            continue
        if "".join(element.itertext()).strip():
            yield element.tag.rpartition("}")[2]
        yield from (str(name).rpartition("}")[2] for name, value in element.attrib.items() if str(value).strip())


def of_page(page: Opened, number: int, chars: Sequence[Drawn], off_page: bool) -> tuple[Carried, ...]:
    """Return what a page carries; `chars` are the letters on it."""
    unseen, place = Unseen(), Page(number)
    unseen.add("text-off-page", place, int(off_page))
    unseen.add("unseen-text", place, int(any(_unseen_chars(page, chars))))
    for annotation in page.annots:
        _annotation(_dict(annotation.get("data")), place, unseen)
    held = _dict(page.page_obj.attrs)
    unseen.add("preview", place, int("Thumb" in held))
    unseen.add("properties", place, int("PieceInfo" in held), ["PieceInfo"])
    for image in page.images:
        raw = getattr(image.get("stream"), "rawdata", None)
        if raw and raw[:2] == b"\xff\xd8":
            pictures.look(raw, unseen)
    return unseen.carried


def _annotation(data: Mapping[str, Any], place: Page, unseen: Unseen) -> None:
    kind = _name(data.get("Subtype"))
    if kind in _NOTES and (kind != "Popup") and (kind != "FreeText" or _said(data.get("Contents"))):
        unseen.add("comments", place)
        if _said(data.get("T")):
            unseen.add("authors", place)
    elif kind == "FileAttachment":
        unseen.add("attachments", place)
    elif kind in _MEDIA:
        unseen.add("embedded-objects", place)
    _action(data.get("A"), unseen, place)


def _action(held: object, unseen: Unseen, place: Page | None = None) -> None:
    kind = _ACTIONS.get(_name(_dict(held).get("S")))
    if kind:
        unseen.add(kind, place)


def _unseen_chars(page: Opened, chars: Sequence[Drawn]) -> Iterator[bool]:
    """Yield for each letter whether nobody sees it: too small, or of the colour of what it stands on."""
    boxes = [box for box in page.rects if box.get("fill") and min(box["width"], box["height"]) >= _THIN]
    covers = [(corners(box), _ink(box)) for box in boxes] + [(corners(image), ()) for image in page.images]
    inks = {_ink(box) for box in boxes} | {_WHITE}
    for char in chars:
        if not char["text"].strip():
            continue
        ink = _ink(char)
        yield float(char["size"] or _TINY) < _TINY or (ink in inks and _behind(middle(corners(char)), covers) == ink)


def _behind(point: tuple[float, float], covers: Sequence[tuple[Corners, _Ink]]) -> _Ink:
    """Return the colour at a point: of the last box that covers it, white without one; () if it is not known."""
    return next((ink for box, ink in reversed(covers) if holds(box, *point)), _WHITE)


def _ink(drawn: Drawn) -> _Ink:
    """Return the colour that something is filled with, as near as it is told from another."""
    return tuple(round(share, 2) for share in shares(drawn.get("non_stroking_color")))


# What PDF is made of -------------------------------------------------------------------------------------


def _dict(held: object) -> Mapping[str, Any]:
    with suppress(Exception):  # whatever a damaged part is, it is not there
        found = resolve1(held)
        found = found.attrs if isinstance(found, PDFStream) else found
        return found if isinstance(found, dict) else {}
    return {}


def _list(held: object) -> Sequence[Any]:
    with suppress(Exception):
        found = resolve1(held)
        return found if isinstance(found, list) else ()
    return ()


def _named(held: object, depth: int = 0) -> Sequence[Any]:
    """Return what a tree of names holds."""
    node = _dict(held)
    own = list(_list(node.get("Names")))[1::2]
    kids = _list(node.get("Kids")) if depth < 8 else ()
    return own + [one for kid in kids for one in _named(kid, depth + 1)]


def _name(held: object) -> str:
    found = resolve1(held)
    return str(getattr(found, "name", found) or "")


def _said(held: object) -> bool:
    found = resolve1(held)
    text = found.replace(b"\0", b"").strip(b"\xfe\xff \t\r\n") if isinstance(found, bytes) else found
    return bool(text)
