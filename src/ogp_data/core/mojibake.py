"""Text in UTF-8 that somebody read as Windows-1252: "cafÃ©" for "café"."""

from __future__ import annotations

import re

_UNDEFINED = (0x81, 0x8D, 0x8F, 0x90, 0x9D)
"""What Windows-1252 has no character for; programs read it as the control character of the same number."""
_BYTE = {**{bytes([b]).decode("cp1252"): b for b in range(0x80, 0x100) if b not in _UNDEFINED}}
_BYTE |= {chr(b): b for b in range(0x80, 0xA0)}
_BYTES = str.maketrans({character: chr(byte) for character, byte in _BYTE.items()})

_BEHIND = "[" + "".join(re.escape(character) for character, byte in _BYTE.items() if byte < 0xC0) + "]"
"""What a byte behind the first of a character looks like."""

_LATIN = rf"[ÂÃÄÅ]{_BEHIND}"
"""A letter of the Latin alphabet with a mark, or a sign of Latin-1."""
_TYPOGRAPHY = rf"â{_BEHIND}{{2}}|ï»¿|ðŸ{_BEHIND}{{2}}"
"""A curly quote, a dash, a euro sign; a byte order mark; an emoji."""
_VIETNAMESE = rf"á(?:º{_BEHIND}|»(?![‘’“”…–—›]){_BEHIND})"
"""A letter with two marks; a quotation that ends in á and goes on with another sign is none."""
_OTHER_SCRIPTS = rf"(?:[Ç-ß]{_BEHIND}){{3,}}|(?:[à-ï]{_BEHIND}{{2}}){{2,}}"
"""Some letters of another alphabet in a row."""
_SEQUENCE = re.compile(rf"{_TYPOGRAPHY}|{_VIETNAMESE}|{_OTHER_SCRIPTS}|{_LATIN}")

_PUNCTUATION = frozenset("‘’‚“”„–—…‹›«»•")


MOST_TIMES = 3
"""So often a text may have gone through it, each time with more signs."""


def repaired(text: str) -> str:
    """Return a text as it was before UTF-8 was read as Windows-1252; "" where nothing says that it was."""
    found = ""
    for _ in range(MOST_TIMES):
        if not (once := _repaired_once(found or text)):
            break
        found = once
    return found


def _repaired_once(text: str) -> str:
    if text.isascii():
        return ""
    read = _SEQUENCE.sub(lambda match: _read(match) if _is_certain(match) else match[0], text)
    # One sequence beyond doubt settles it for those that could be letters and quotes of their own.
    return _SEQUENCE.sub(_read, text) if read != text else ""


def _read(match: re.Match[str]) -> str:
    """Return what a sequence stands for, itself when its bytes are no UTF-8."""
    try:
        read = match[0].translate(_BYTES).encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return match[0]
    return read if all(character.isprintable() or character in "\xa0\xad\ufeff" for character in read) else match[0]


def _is_certain(match: re.Match[str]) -> bool:
    """Return whether nobody would write a sequence: a capital before a closing quote is one in some languages."""
    first, behind = match[0][0], match[0][1:]
    if first not in "ÂÃÄÅ" or not _PUNCTUATION.intersection(behind):
        return True
    text, before, after = match.string, match.start() - 1, match.end()
    between = text[after : after + 1].isalpha() and not text[after : after + 1].isupper()
    return between and (before < 0 or text[before].isspace() or text[before].islower())
