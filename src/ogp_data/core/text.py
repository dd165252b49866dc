"""White space, entities and addresses of government prose, and text that knows where it came from."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html.entities import html5
from typing import NamedTuple
from urllib.parse import urlsplit

from ogp_data.core.messages import Message

ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane * 0x10000 + last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
    + "]"
)
"""The characters that XML or HTML does not allow in a text, or that stand for nothing there."""

LINE_END = re.compile(r"\r\n|\n|\r")
"""Where a line ends, as editors count lines: also where an old Mac ended it."""


def shown(text: str) -> str:
    """Return a text with each character that no page may hold as the sign that stands for it, such as ␇."""
    return _UNSHOWN.sub(lambda match: _sign(ord(match[0])), text)


_UNSHOWN = re.compile(f"\f|{FORBIDDEN.pattern}")


def _sign(code: int) -> str:
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else "\ufffd"


def fold(text: str) -> str:
    """Return the text in Unicode NFC with each run of white space as one space and none at the ends."""
    return unicodedata.normalize("NFC", " ".join(text.split()))


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of published text and the span of the source (character offsets) it stands for.

    A fragment with an empty span is a joint that the reader put between two pieces.
    """

    text: str
    start: int
    end: int
    recorded: bool = False
    """Whether a recorded correction put the text in the place of what the source says."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Text read from the source, piece by piece, so that every character leads back to its place."""

    fragments: tuple[Fragment, ...] = ()

    @property
    def text(self) -> str:
        """Return the published text: pieces joined, white space folded, NFC."""
        return fold("".join(fragment.text for fragment in self.fragments))

    @property
    def spans(self) -> Iterator[tuple[int, int]]:
        """Yield the spans of the source this text stands for, joints left out."""
        return ((f.start, f.end) for f in self.fragments if f.end > f.start)

    @property
    def start(self) -> int:
        """Return the offset of the first character that is not white space; -1 for no text."""
        return next((f.start + len(f.text) - len(f.text.lstrip()) for f in self.fragments if f.text.strip()), -1)

    def __add__(self, other: Passage) -> Passage:
        """Return this text followed by the other, without a joint."""
        return Passage(self.fragments + other.fragments)

    def replace(self, expect: str, value: str) -> Passage | None:
        """Return the passage with the one occurrence of `expect` published as `value`; None when not just one."""
        found = self.find(expect)
        if found is None or self.text.count(fold(expect)) != 1:
            return None
        start, end = found.fragments[0].start, found.fragments[-1].end
        before = _clip(self.fragments, -1, start)
        after = _clip(self.fragments, end, None)
        return Passage((*before, Fragment(value, start, end, recorded=True), *after))

    def find(self, needle: str) -> Passage | None:
        """Return the part whose published text is `needle` (white space folded), or None."""
        needle = fold(needle)
        at = self.text.find(needle)
        return None if at < 0 else self.slice(at, at + len(needle))

    def quoted(self, words: str) -> Passage | None:
        """Return the first part whose published text is `words`, beginning and ending where words do, or None."""
        words = fold(words)
        at = self.text.find(words)
        while at >= 0:
            if _is_bound(self.text, at) and _is_bound(self.text, at + len(words)):
                return self.slice(at, at + len(words))
            at = self.text.find(words, at + 1)
        return None

    def begins_with(self, words: str) -> bool:
        """Return whether the published text begins with words, the last of them whole."""
        return self.text.startswith(words) and _is_bound(self.text, len(words))

    def slice(self, start: int, end: int) -> Passage:
        """Return the part between two positions of the published text."""
        return Passage(tuple(_runs(list(self._characters())[start:end])))

    def _characters(self) -> Iterator[_Character]:
        """Yield each published character with the span it stands for, white space folded."""
        space: _Character | None = None
        begun = False
        for character in _composed(_unfolded(self.fragments)):
            if character.text.isspace():
                space = space or character._replace(text=" ")
                continue
            if space and begun:
                yield space
            space, begun = None, True
            yield character


_PAIR = re.compile(r"[^\W_]{2}")
_AMID_NUMBER = re.compile(r"[0-9][.,][0-9]")


def _is_bound(text: str, at: int) -> bool:
    """Return whether no word or number goes on across a position of a text; 1.000 and 12,5 are one number."""
    if not 0 < at < len(text):
        return True
    amid = _PAIR.match(text, at - 1) or unicodedata.combining(text[at])
    return not (amid or _AMID_NUMBER.match(text, at - 1) or (at > 1 and _AMID_NUMBER.match(text, at - 2)))


class _Character(NamedTuple):
    text: str
    start: int
    end: int
    recorded: bool


def _unfolded(fragments: Iterable[Fragment]) -> Iterator[_Character]:
    """Yield every character; the first of a recorded text stands for all that it replaces, the others for nothing."""
    for fragment in fragments:
        exact = len(fragment.text) == fragment.end - fragment.start and not fragment.recorded
        for index, character in enumerate(fragment.text):
            if exact:
                yield _Character(character, fragment.start + index, fragment.start + index + 1, False)
            else:
                start = fragment.end if fragment.recorded and index else fragment.start
                yield _Character(character, start, fragment.end, fragment.recorded)


def _composed(characters: Iterable[_Character]) -> Iterator[_Character]:
    """Yield the characters in Unicode NFC; a composed character stands for the span of all its parts."""
    held: _Character | None = None
    for character in characters:
        if held and not character.text.isascii():
            joined = unicodedata.normalize("NFC", held.text + character.text)
            if len(joined) == 1:
                held = held._replace(text=joined, end=character.end)
                continue
        if held:
            yield held
        held = character._replace(text=unicodedata.normalize("NFC", character.text))
    if held:
        yield held


def _runs(characters: Iterable[_Character]) -> Iterator[Fragment]:
    """Yield the characters again as fragments, neighbours joined."""
    run: list[_Character] = []
    for character in characters:
        if run and not _goes_on(run, character):
            yield _fragment(run)
            run = []
        run.append(character)
    if run:
        yield _fragment(run)


def _goes_on(run: list[_Character], character: _Character) -> bool:
    """Return whether a character stands in the source right behind a run, or belongs to the same recorded text."""
    last = run[-1]
    if character.recorded or last.recorded:
        return last.recorded and character.start == character.end == last.end
    single = character.end == character.start + 1 and len(run) == last.end - run[0].start
    return single and character.start == last.end


def _fragment(run: list[_Character]) -> Fragment:
    return Fragment("".join(character.text for character in run), run[0].start, run[-1].end, run[0].recorded)


def _clip(fragments: Iterable[Fragment], after: int, before: int | None) -> Iterator[Fragment]:
    """Yield what lies at or after one offset and before another; a decoded entity is never cut."""
    for f in fragments:
        low, high = max(f.start, after), f.end if before is None else min(f.end, before)
        if f.start >= after and (before is None or f.end <= before):
            yield f
        elif low < high:
            yield Fragment(f.text[low - f.start : high - f.start], low, high)


# Addresses ---------------------------------------------------------------------------------------------

_URL = re.compile(r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+")
_BRACKETED_HOST = re.compile(r"(?<=//)\[[0-9A-Fa-f:.]*\]")
_MISPLACED = re.compile(r"[\[\]]|#.*#")
_BAD_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


def url_fault(url: str) -> str:
    """Return why a text is not a web address to publish (RFC 3986, http, https or mailto), or "" when it is one."""
    if re.search(r"[\x00-\x1f\x7f]", url):
        return Message("contains control characters")
    if re.search(r"\s", url):
        return Message("contains white space")
    if not url.isascii():
        return Message("contains letters outside ASCII")
    if not _URL.fullmatch(url) or _BAD_PERCENT.search(url) or _MISPLACED.search(_BRACKETED_HOST.sub("", url)):
        return Message("contains characters that RFC 3986 does not allow")
    return _scheme_fault(url)


def _scheme_fault(url: str) -> str:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as reason:
        return Message("is not an address ({reason})", reason=reason)
    if parts.scheme == "mailto":
        return "" if re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", parts.path) else Message("is not an e-mail address")
    if parts.scheme not in ("http", "https"):
        return (
            Message("has the scheme '{scheme}', not http, https or mailto", scheme=parts.scheme)
            if parts.scheme
            else Message("has no scheme")
        )
    return "" if parts.hostname and "." in parts.hostname else Message("names no host")


def decode(reference: str) -> str:
    """Return the character that a character reference stands for, or the reference itself when it stands for none."""
    if not reference.startswith("&#") and reference[1:] not in html5:
        return reference
    character = html.unescape(reference)
    return reference if not character or FORBIDDEN.search(character) or "\ufffd" in character else character
