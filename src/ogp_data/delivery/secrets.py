"""Tokens and keys: whatever prints one prints stars, however it is written."""

from __future__ import annotations

import base64
import bisect
import html.entities
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any

STARS = "***"
LEAST = 12
"""Signs of a beginning that are hidden, however long the value is."""
SHORTEST = 4
"""Signs of a beginning that are not hidden below, however short the value is: words begin alike."""
_BASE64 = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/=_%-"
_UNSEEN = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]|&(?:shy|zwj|zwnj|ZeroWidthSpace);"
    r"|[\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u180b-\u180f\u200b-\u200f]"
    r"|[\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
"""Signs that are not seen where a text is printed."""
_ESCAPES = (
    r"(?:u001b|x1b|033|e)\[[0-?]*[ -/]*[@-~]"
    r"|u00[0189][0-9a-f]|u007f|u00ad|u200[b-f]|u202[89a-e]|u20[67][0-9a-f]|ufeff|x(?:[01][0-9a-f]|7f|[89][0-9a-f]|ad)"
)
"""The same after a backslash."""
_ENTITIES = {chr(code): name for name, code in html.entities.name2codepoint.items() if code < 128} | {"'": "apos"}


class Secret:
    """A token or key."""

    def __init__(self, value: str) -> None:
        """Keep the value."""
        self._value = value

    def __repr__(self) -> str:
        """Return stars."""
        return STARS

    def reveal(self) -> str:
        """Return the value itself, for the header of a request only."""
        return self._value

    def hidden_in(self, text: str) -> str:
        """Return a text without the value, and without what begins as it does.

        It is found as it is, in letters of any case, escaped for addresses, JSON, HTML or Python, in hexadecimal
        digits, and in base64 wherever it begins in that, as in the header of Basic; also with signs in between that
        are not seen. A beginning of it counts from half of it on, and from LEAST signs on at the latest.
        """
        if not self._value:
            return text
        # All forms are looked for before any is starred: stars in the middle would hide the rest of another form from
        # us.
        found = [place for form in self._forms for place in form.places(text)]
        for unseen in (_UNSEEN, self._unseen_escaped):
            plain, place = _without(unseen, text)
            if plain != text:
                found += [(place(a), place(b - 1) + 1) for form in self._forms for a, b in form.places(plain)]
        return _starred(text, sorted(found))

    @cached_property
    def _unseen_escaped(self) -> re.Pattern[str]:
        """What is not seen, also as JSON and Python escape it; a backslash of the value itself is no escape."""
        backslashes = r"\\" if "\\" in self._value else r"\\{1,16}"
        letters = "".join(letter for letter in "nrtbfva" if rf"\{letter}" not in self._value.lower())
        escapes = rf"{_ESCAPES}|[{letters}]" if letters else _ESCAPES
        return re.compile(rf"{backslashes}(?:{escapes})|{_UNSEEN.pattern}", re.IGNORECASE)

    @cached_property
    def _forms(self) -> list[_Form]:
        least = min(LEAST, max(len(self._value) - len(self._value) // 2, SHORTEST))
        spelt = [_Form([_spelt(sign) for sign in self._value], least)]
        spelt.append(_Form(_parted("[ :]?", [f"{ord(sign):02x}" for sign in self._value]), least))
        for core in _in_base64(self._value.encode()):
            for written in sorted({core, core.translate(str.maketrans("+/", "-_"))}):
                spelt.append(_Form(_parted(r"\s*", list(map(_spelt, written))), least * 4 // 3, _BASE64))
        return spelt


class _Form:
    """One way to write a value, sign after sign; `around` are the signs that hold the rest of its bits."""

    def __init__(self, signs: list[str], least: int, around: str = "") -> None:
        self._signs, self._least, self._around = signs, min(least, len(signs)), around
        whole, head = "".join(signs), "".join(signs[: self._least])
        self._begins = re.compile(f"(?P<whole>{whole})|{head}", re.IGNORECASE)

    def places(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield from where to where it stands in a text, whole or the beginning of it."""
        at = 0
        while found := self._begins.search(text, at):
            start, end = found.span()
            if found["whole"] is None:
                end = self._further(text, end)
            # In base64 the first and last signs share bits with what stands beside the value; they go as well.
            while start > at and text[start - 1] in self._around:
                start -= 1
            while end < len(text) and text[end] in self._around:
                end += 1
            yield start, end
            at = end

    def _further(self, text: str, end: int) -> int:
        """Return how far the signs after the least ones go on."""
        for sign in self._signs[self._least :]:
            if not (found := re.compile(sign, re.IGNORECASE).match(text, end)):
                break
            end = found.end()
        return end


def _without(unseen: re.Pattern[str], text: str) -> tuple[str, Callable[[int], int]]:
    """Return a text without what is not seen, and what tells where a place in it was."""
    kept, begins, sources, at, length = [], [0], [0], 0, 0
    for cut in unseen.finditer(text):
        kept.append(text[at : cut.start()])
        length, at = length + len(kept[-1]), cut.end()
        begins.append(length)
        sources.append(at)
    kept.append(text[at:])

    def place(plain: int) -> int:
        nearest = bisect.bisect_right(begins, plain) - 1
        return sources[nearest] + plain - begins[nearest]

    return "".join(kept), place


def _starred(text: str, places: list[tuple[int, int]]) -> str:
    """Return a text with stars in some places, given in order; those that meet are one."""
    parts, at = [], 0
    for start, end in places:
        if start >= at:
            parts += [text[at:start], STARS]
        at = max(at, end)
    return "".join([*parts, text[at:]])


def hidden(value: Any, hide: Callable[[str], str]) -> Any:
    """Return JSON in which every text, name or value, has gone through `hide`."""
    if isinstance(value, str):
        return hide(value)
    if isinstance(value, Mapping):
        return {hide(name): hidden(one, hide) for name, one in value.items()}
    return [hidden(one, hide) for one in value] if isinstance(value, list | tuple) else value


def _parted(gap: str, signs: list[str]) -> list[str]:
    """Return patterns of signs, with one of what may stand between two of them."""
    return [*signs[:1], *(gap + sign for sign in signs[1:])]


def _spelt(sign: str) -> str:
    """Return a pattern of a sign in every form that it takes in addresses, JSON, HTML and Python."""
    # Repetitions are bounded: from each of many backslashes the rest of them would be looked through again.
    code, is_mark = ord(sign), not sign.isalnum()
    forms = [  # the plain sign last: a backslash may begin one of the others
        rf"%(?:25){{0,8}}(?:u00)?{code:02x}",
        rf"\\{{1,16}}(?:u00|x|U000000){code:02x}",
        rf"\\{{1,16}}u\{{0{{0,8}}{code:x}\}}",
        rf"\\{{1,16}}0?{code:03o}",
        rf"&(?:amp;?){{0,8}}\#(?:0{{0,8}}{code}|x0{{0,8}}{code:x});?",
        *([rf"\\{{1,16}}{re.escape(sign)}"] if is_mark else []),
        *([rf"&(?:amp;?){{0,8}}{_ENTITIES[sign]};?"] if sign in _ENTITIES else []),
        re.escape(sign),
    ]
    return f"(?:{'|'.join(forms)})"


def _in_base64(value: bytes) -> Iterator[str]:
    """Yield what base64 says of some bytes alone, for each of the three places where they can begin in it."""
    # Three bytes are four signs, so a value has three spellings, by where in a group of three it begins.
    for before in range(3):
        said = base64.b64encode(b"\0" * before + value + b"\0" * 3).decode()
        core = said[-(-before * 8 // 6) : (before + len(value)) * 8 // 6]
        if len(core) >= 6:
            yield core
