"""What a picture carries beside what it shows, as EXIF, IPTC or XMP have it: where, when, by whom and with what."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

from ogp_data.documents.unseen.gathered import Unseen

_GPS, _EXIF_PART = 0x8825, 0x8769
_COORDINATES = {2, 4}
"""Latitude and longitude, in a block of its own; without these it says the version of its form alone."""
_TELLING = {0x010F, 0x0110, 0x013B, 0x8298, 0x9003, 0x9004, 0xA430, 0xA431, 0xA434, 0xA435, 0x0132, 0x9C9D}
"""Maker, model, artist, rights, dates, owner and numbers of the camera and lens, author."""
_POSITION = re.compile(rb"exif:GPS(?:Latitude|Longitude)\b")
_PERSON = re.compile(rb"<(?:dc:creator|photoshop:(?:AuthorsPosition|Credit)|Iptc4xmpCore:CreatorContactInfo)\b")
_IPTC = b"Photoshop 3.0\x00"
_MOST = 200
"""So many entries of a block are looked at."""


def look(content: bytes, unseen: Unseen) -> None:
    """Take up what a picture carries: a JPEG, PNG, TIFF or WebP, whatever its name says."""
    tags = set(_tags(_exif(content)))
    if _GPS in tags or _POSITION.search(content):
        unseen.add("picture-location")
    if tags & _TELLING or _IPTC in content[:65536] or _PERSON.search(content):
        unseen.add("picture-properties")


def _exif(content: bytes) -> bytes:
    """Return the block of EXIF in a picture, which is a TIFF of its own."""
    if content[:4] in (b"II*\0", b"MM\0*"):
        return content
    for mark in (b"Exif\0\0", b"eXIf", b"EXIF"):
        at = content.find(mark)
        # In a WebP the length stands between the name of the block and the block.
        for start in (at + len(mark), at + 8) if at >= 0 else ():
            if content[start : start + 4] in (b"II*\0", b"MM\0*"):
                return content[start:]
    return b""


def _tags(block: bytes) -> Iterator[int]:
    """Yield the entries of a block of EXIF that say something; a damaged block says what it still can."""
    if len(block) < 8:
        return
    order = "<" if block[:2] == b"II" else ">"
    left, seen = [struct.unpack_from(f"{order}I", block, 4)[0]], set[int]()
    while left:
        at = left.pop()
        for tag, value in _entries(block, at, order) if at not in seen else ():
            if tag == _EXIF_PART:
                left.append(value)
            elif tag != _GPS or not _COORDINATES.isdisjoint(dict(_entries(block, value, order))):
                yield tag
        seen.add(at)


def _entries(block: bytes, at: int, order: str) -> Iterator[tuple[int, int]]:
    """Yield the entries of a directory that begins somewhere in a block: the tag and the value of each."""
    if at + 2 > len(block):
        return
    count = min(struct.unpack_from(f"{order}H", block, at)[0], _MOST)
    for entry in range(at + 2, min(at + 2 + 12 * count, len(block) - 11), 12):
        yield struct.unpack_from(f"{order}H6xI", block, entry)
