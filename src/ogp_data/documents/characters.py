"""Characters of a document that cannot be published, or that hint at a conversion gone wrong."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from ogp_data.core.findings import Finding, Place, finding
from ogp_data.core.messages import Message
from ogp_data.core.source import SourceText
from ogp_data.core.text import FORBIDDEN

CONTROLS = "\x01-\x07\x10-\x17\x19\x7f"
"""Controls of a line or a device, which say nothing of the text, as a pattern has them between brackets.

The others do: they end a line, part words or files, take back or replace what stands before, or change what follows.
"""
_FORMATS = "\u00ad\u180e\u200b\u200c\u200d\u2060-\u2064\ufeff"
INVISIBLE = f"{_FORMATS}{CONTROLS}"
"""Characters that show nothing and are no text, as a pattern has them between brackets."""

_CONTROLS = re.compile(f"[{CONTROLS}]")
_JOINED = re.compile(rf'(?P<before>[^\s"\\]{{1,20}}?)(?P<control>[{CONTROLS}]++)(?P<after>[^\s"\\{CONTROLS}]{{1,20}})')
"""What control characters may have parted: the words on both sides, as a record can quote them."""
_UNSEEN = re.compile(f"[{_FORMATS}]")
_JOINERS = "\u200c\u200d"
_KINDS = {
    re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"): Message(
        "which sets the direction of the text around it"
    ),
    re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]"): Message("which has a meaning only in one program or font"),
    re.compile("[\ufffd]"): Message("which stands for a character that was lost"),
    re.compile("[\ufff9-\ufffc]"): Message("which stands for a note or an object that is not in the text"),
    re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u2065\u206a-\u206f\u3164\uffa0]|[\U000e0000-\U000e01ef]"): (
        Message("which is invisible")
    ),
}

_BYTES = {bytes([byte]).decode("cp1252", "replace"): byte for byte in range(0x80, 0x100)} | {
    chr(byte): byte for byte in range(0x80, 0x100)
}
"""Characters that a byte becomes when it is read as Windows-1252 or as Latin-1."""
_TRAIL = "".join(re.escape(character) for character, byte in _BYTES.items() if 0x80 <= byte < 0xC0)
_MISREAD = re.compile(f"(?:[\u00c2-\u00df][{_TRAIL}]|[\u00e0-\u00ef][{_TRAIL}]{{2}}|[\u00f0-\u00f4][{_TRAIL}]{{3}})+")
_USUAL = re.compile("[\u00a0-\u017f\u2010-\u2122\ufb01\ufb02\ufeff]")
"""What one sequence alone is likely to have been: a letter of Europe or a punctuation mark."""


def visible(text: str) -> str:
    """Return a text without the characters that format it unseen, but for joiners that stand in a word."""
    return _UNSEEN.sub(lambda found: found[0] if joins(text, found.start(), len(text)) else "", text)


def joins(text: str, at: int, end: int) -> bool:
    """Return whether a joiner stands at a place, inside a word of a script that needs it, or in a composed sign."""
    before, after = text[max(at - 1, 0) : at], text[at + 1 : min(at + 2, end)]
    return text[at] in _JOINERS and all(side and ord(side) > 0x24F and not side.isspace() for side in (before, after))


def check_characters(source: SourceText) -> Iterator[Finding]:
    """Yield an error for each line with characters that no file can hold, and warnings for unseen and doubtful ones."""
    for at, start, end in source:
        line = source.text[start:end]
        if not line.isascii() or not line.isprintable():
            place = Place(file=source.name, at=at)
            yield from _forbidden(line, place)
            yield from _set_aside(line, place)
            yield from _doubtful(line, place)
            yield from _misread(line, place)


def _forbidden(line: str, place: Place) -> Iterator[Finding]:
    found = sorted(set(FORBIDDEN.findall(_CONTROLS.sub("", line))))
    if found:
        expect = f"\\u{ord(found[0]):04X}" if ord(found[0]) < 0x10000 else f"\\U{ord(found[0]):08X}"
        message = Message(
            "The line contains {named}, which is not allowed in any file, page or answer.", named=_named(found)
        )
        record = f'place = "{place.at.text if place.at else ""}", expect = "{expect}"'
        hint = Message(
            'Record it in corrections.toml: {record} (with text around it where it occurs more than once), value = "".',
            record=record,
        )
        yield finding("control-character", message, place, hint)


def _set_aside(line: str, place: Place) -> Iterator[Finding]:
    if found := sorted(set(_CONTROLS.findall(line))):
        message = Message("The line contains {named}, which shows nothing and is not published.", named=_named(found))
        yield finding("invisible-control-character", message, place, _as_two_words(line, place))


def _as_two_words(line: str, place: Place) -> str:
    """Return how to part the words on both sides of a control character; "" where none stand at it."""
    if not (joined := _JOINED.search(line)):
        return ""
    before, after = (FORBIDDEN.split(joined[side])[at] for side, at in (("before", -1), ("after", 0)))
    control = "".join(f"\\u{ord(character):04X}" for character in joined["control"])
    return Message(
        'If these are two words, record it in corrections.toml: place = "{place}", expect = "{expect}",'
        ' value = "{value}".',
        place=place.at.text if place.at else "",
        expect=f"{before}{control}{after}",
        value=f"{before} {after}",
    )


def _doubtful(line: str, place: Place) -> Iterator[Finding]:
    for pattern, what in _KINDS.items():
        if found := sorted(set(pattern.findall(line))):
            yield finding(
                "suspicious-character",
                Message("The line contains {named}, {what}.", named=_named(found), what=what),
                place,
            )


def _misread(line: str, place: Place) -> Iterator[Finding]:
    for match in _MISREAD.finditer(line):
        try:
            meant = bytes(_BYTES[character] for character in match[0]).decode("utf-8")
        except UnicodeDecodeError:
            continue
        if len(meant) > 1 or _USUAL.match(meant):
            message = Message(
                "“{match}” is what “{meant}” becomes when UTF-8 is read as another encoding.",
                match=match[0],
                meant=meant,
            )
            yield finding("suspicious-character", message, place)
            return


def _named(characters: list[str]) -> str:
    named = [f"U+{ord(c):04X} {unicodedata.name(c, '')}".strip() for c in characters[:5]]
    return Message("{named} and others", named=", ".join(named)) if len(characters) > 5 else ", ".join(named)
