"""What a file of an office program carries beside its text: an archive of parts, most of which nobody sees."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree

from ogp_data.core.unseen import Kind
from ogp_data.documents.unseen import pictures
from ogp_data.documents.unseen.gathered import Unseen
from ogp_data.documents.zips import part

_AUTHORS = ("creator", "lastModifiedBy", "initial-creator", "printed-by")
_PROGRAM = ("Application", "AppVersion", "generator", "created", "creation-date", "modified", "date", "lastPrinted")
_PROPERTIES = ("title", "subject", "keywords", "keyword", "description", "category", "contentStatus", "user-defined")
_ORGANISATION = ("Company", "Manager")
_META: tuple[tuple[Kind, tuple[str, ...]], ...] = (
    ("authors", _AUTHORS),
    ("organisation", _ORGANISATION),
    ("properties", _PROPERTIES),
    ("program", _PROGRAM),
)
"""What a kind is called where a file says its properties, in OOXML and in OpenDocument."""

_PATHS: tuple[tuple[Kind, str], ...] = (
    ("printer", r"printerSettings[^/]*\.bin$"),
    ("preview", r"^docProps/thumbnail\.|^Thumbnails/.*\."),
    ("macros", r"vbaProject\.bin$|/activeX/[^/]+\.bin$|/macrosheets/[^/]+\.xml$|^(?:Basic|Scripts)/.*[^/]$"),
    ("embedded-objects", r"/embeddings/[^/]+$|/activeX/activeX[^/]+\.xml$|^Object\s\d+/content\.xml$"),
    ("kept-data", r"/pivotCacheRecords[^/]*\.xml$|/externalLinks/externalLink[^/]*\.xml$|/model/item\.data$"),
    ("external-references", r"/externalLinks/externalLink[^/]*\.xml$|/connections\.xml$"),
    ("tracked-changes", r"/revisions/revisionLog[^/]*\.xml$"),
    ("earlier-versions", r"^Versions/.*[^/]$"),
)
"""What a part is by its path in the archive."""

_PICTURE = re.compile(r"(?:/media/|^Pictures/)[^/]+\.(?:jpe?g|png|tiff?|webp)$", re.I)
_NAMED = re.compile(rb"[\s:](?:author|displayName)=\"([^\"]+)\"|<(?:author|dc:creator)>([^<]+)</")
"""Who made a comment or a change, in whichever part."""
_WITH_AUTHORS = re.compile(
    r"word/(?:document|comments[^/]*|footnotes|endnotes|people)\.xml|xl/(?:.*/)?(?:comments?\d*|person)\.xml|content\.xml"
)
_ON_DISK = re.compile(r"^(?:file:|[A-Za-z]:[\\/]|\\\\)", re.I)
_PLAIN_TEMPLATES = ("", "normal", "normal.dotm", "normal.dot")
_MARKS: tuple[tuple[re.Pattern[str], Kind, re.Pattern[bytes]], ...] = (
    (
        re.compile(r"word/document\.xml|xl/drawings/drawing\d*\.xml"),
        "cropped-pictures",
        re.compile(rb"<a:srcRect [^>]*[lrtb]=\"[1-9]"),
    ),
    # Where the file lay when it was saved, as Excel says it.
    (re.compile(r"xl/workbook\.xml"), "file-paths", re.compile(rb"absPath [^>]*url=\"[^\"]+\"")),
    (re.compile(r"content\.xml"), "file-paths", re.compile(rb"xlink:href=\"(?:file:|/?[A-Za-z]:[\\/])")),
    (
        re.compile(r"content\.xml"),
        "tracked-changes",
        re.compile(rb"<table:(?:cell-content-change|insertion|deletion)\b"),
    ),
    (re.compile(r"content\.xml"), "external-references", re.compile(rb"<table:(?:table-source|cell-range-source)\b")),
    (re.compile(r"settings\.xml"), "printer", re.compile(rb"\"PrinterName\"[^>]*>[^<]+<")),
)
"""What is written amid the text of a part: in which, of which kind, and how."""
_LARGEST_PICTURE = 50_000_000


def look(archive: zipfile.ZipFile, unseen: Unseen) -> None:
    """Take up what an archive carries: its properties, its parts by their paths, its pictures, and who is named."""
    names = sorted(archive.namelist())
    for kind, pattern in _PATHS:
        unseen.add(kind, count=sum(1 for name in names if re.search(pattern, name)))
    for name in names:
        if name in ("docProps/core.xml", "docProps/app.xml", "meta.xml"):
            _properties(_root(archive, name), unseen)
        elif name.endswith(".rels"):
            _relations(_root(archive, name), unseen)
        elif _PICTURE.search(name) and archive.getinfo(name).file_size < _LARGEST_PICTURE:
            pictures.look(part(archive, name), unseen)
    unseen.add("properties", count=len(own := list(_own_properties(archive, names))), names=own)
    _persons(archive, names, unseen)
    for name in names:
        _marks(name, archive, unseen)


def _properties(root: Any, unseen: Unseen) -> None:
    """Take up the properties that a file says of itself; a value is told of nobody, its name is."""
    said = [element for element in _elements(root) if (element.text or "").strip()]
    for kind, called in _META:
        found = [_local(element) for element in said if _local(element) in called]
        unseen.add(kind, count=len(found), names=() if kind == "authors" else found)
    templates = [element.text for element in said if _local(element) == "Template"]
    templates += [_attribute(element, "href") for element in _elements(root) if _local(element) == "template"]
    unseen.add("file-paths", count=sum(1 for name in templates if name.lower() not in _PLAIN_TEMPLATES))


def _relations(root: Any, unseen: Unseen) -> None:
    """Take up what a part refers to outside of the file; a link is no reference, but may lead to somebody's disk."""
    for one in _elements(root):
        if one.get("TargetMode") != "External":
            continue
        kind, target = str(one.get("Type", "")).rpartition("/")[2], str(one.get("Target", ""))
        if _ON_DISK.match(target):
            unseen.add("file-paths")
        elif kind != "hyperlink":
            unseen.add("external-references")


def _own_properties(archive: zipfile.ZipFile, names: Iterable[str]) -> Iterator[str]:
    """Yield the names of properties that somebody made up, and of XML that another program put in."""
    for element in _elements(_root(archive, "docProps/custom.xml")):
        if _local(element) == "property":
            yield str(element.get("name", ""))
    for name in names:
        if re.match(r"customXml/item\d+\.xml$", name):
            root = _root(archive, name)
            # Word itself puts in an empty list of books.
            if root is not None and (len(root) or (root.text or "").strip()):
                yield name


def _persons(archive: zipfile.ZipFile, names: Iterable[str], unseen: Unseen) -> None:
    found = {
        match[1] or match[2]
        for name in names
        if _WITH_AUTHORS.fullmatch(name)
        for match in _NAMED.finditer(part(archive, name))
    }
    unseen.add("authors", count=len(found))


def _marks(name: str, archive: zipfile.ZipFile, unseen: Unseen) -> None:
    """Take up what the text of a part says that has no part of its own."""
    for pattern, kind, mark in _MARKS:
        if pattern.fullmatch(name):
            unseen.add(kind, count=len(mark.findall(part(archive, name))))


def _elements(root: Any) -> Iterator[Any]:
    return (element for element in root.iter() if isinstance(element.tag, str)) if root is not None else iter(())


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _attribute(element: Any, name: str) -> str:
    return next((str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == name), "")


def _root(archive: zipfile.ZipFile, name: str) -> Any:
    """Return the root of a part; None where there is none, or it is no XML."""
    content = part(archive, name)
    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        return etree.fromstring(content, parser=parser) if content else None
    except etree.XMLSyntaxError:
        return None
