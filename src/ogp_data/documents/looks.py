"""Whether what was set aside looks like the reason that it was set aside for, and which words it holds.

It shares nothing with the readers but the names of HTML, and takes tags apart with the parser of Python's library:
a reader that takes words for markup is to be found out here.
"""

from __future__ import annotations

import re
import unicodedata
from html.parser import HTMLParser

from ogp_data.core.text import ENTITY, decode
from ogp_data.documents.html_names import SPOKEN, is_tag

_LINK_END = re.compile(r"\]\((.*)\)", re.S)
_NUMBER = re.compile(r"\d+\.")
_OF_NUMBER = re.compile(r"[\d.\s]*|\(?(?:[A-Za-z]{1,3}[-.]?)?\d[\d.-]*(?:[.:)]|\s*[-–—])?")
_SEPARATOR = re.compile(r"[-\s]+")
_MARKS = re.compile(r"[^\w\s]+(?:\s+[^\w\s]+)*")


def words_in(text: str, reason: str) -> str | None:
    """Return the words that people read in what was set aside, mostly none; None when it is not what is said."""
    text = text.strip()
    if reason == "separator":
        return "" if _SEPARATOR.fullmatch(text) else None
    if reason == "invisible":
        return "" if all(unicodedata.category(c) in ("Cf", "Cc") for c in decoded(text)) else None
    if reason == "number":
        return "" if _OF_NUMBER.fullmatch(decoded(text)) else None
    return _in_markup(text) if reason == "markup" else ""


def decoded(text: str) -> str:
    """Return a text with its character references decoded; one behind a backslash is none."""
    return _REFERENCE.sub(lambda match: match[1] + decode(match[0][len(match[1]) :]), text)


_REFERENCE = re.compile(rf"(?<!\\)((?:\\\\)*){ENTITY.pattern}")


def _in_markup(text: str) -> str | None:
    if not decoded(text).strip() or _NUMBER.fullmatch(text):
        return ""
    if text.startswith("<!--") and text.endswith("-->"):
        return _spoken(text[4:-3])
    if link := _LINK_END.fullmatch(text):
        return _spoken(_after_address(link[1].strip()))
    if text.startswith("<") and len(text) > 2:
        return _in_tag(text)
    return "" if _MARKS.fullmatch(text) else None


def _after_address(text: str) -> str:
    """Return what stands behind the address of a link: its title."""
    if text.startswith("<"):
        return text.partition(">")[2]
    address, _, rest = text.partition(text.split(maxsplit=1)[0]) if text else ("", "", "")
    return address + rest


def _spoken(text: str) -> str:
    return " ".join(text.split()) if any(character.isalnum() for character in text) else ""


class _Tag(HTMLParser):
    """Takes up the one tag that a text is made of."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, list[tuple[str, str | None]], str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, attrs, self.get_starttag_text() or ""))


def _in_tag(text: str) -> str | None:
    if text.startswith("</"):
        return "" if is_tag(text[2:-1].strip(), [], closing=True) else None
    parser = _Tag()
    parser.feed(text)
    # More than one tag, or none: then words stood between what the reader took for a single tag.
    if len(parser.found) != 1:
        return None
    name, attributes, whole = parser.found[0]
    # The parser forgives much, so what it took must be the whole text.
    if whole != text or not is_tag(name, attributes):
        return None
    return _spoken(" ".join(value or "" for key, value in attributes if key in SPOKEN))
