"""Tokens and keys: whatever prints one prints stars, however it is written."""

from __future__ import annotations

import base64
import html.entities
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any

STARS = "***"
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
        """Return a text without the value.

        It is found as it is, in letters of any case, escaped for addresses (also twice), JSON, HTML or Python, in
        hexadecimal digits, and in base64 wherever it begins in that, as in the header of Basic.
        """
        return self._written.sub(STARS, text) if self._value else text

    @cached_property
    def _written(self) -> re.Pattern[str]:
        return re.compile("|".join(self._forms()), re.IGNORECASE)

    def _forms(self) -> Iterator[str]:
        yield "".join(map(_spelt, self._value))
        yield "[ :]?".join(f"{ord(sign):02x}" for sign in self._value)
        for core in _in_base64(self._value.encode()):
            for written in {core, core.translate(str.maketrans("+/", "-_"))}:
                # What stands around it in the same word holds the rest of its bits.
                yield r"[a-z0-9+/=_%-]*" + "".join(map(_spelt, written)) + r"[a-z0-9+/=_%-]*"


def hidden(value: Any, hide: Callable[[str], str]) -> Any:
    """Return JSON in which every text, name or value, has gone through `hide`."""
    if isinstance(value, str):
        return hide(value)
    if isinstance(value, Mapping):
        return {hide(name): hidden(one, hide) for name, one in value.items()}
    return [hidden(one, hide) for one in value] if isinstance(value, list | tuple) else value


def _spelt(sign: str) -> str:
    """Return a pattern of a sign in every form that it takes in addresses, JSON, HTML and Python."""
    code, is_mark = ord(sign), not sign.isalnum()
    forms = [  # the plain sign last: a backslash may begin one of the others
        rf"%(?:25)*{code:02x}",
        rf"\\+(?:u00|x){code:02x}",
        rf"&(?:amp;)*\#(?:0*{code}|x0*{code:x});",
        *([rf"\\+{re.escape(sign)}"] if is_mark else []),
        *([rf"&(?:amp;)*{_ENTITIES[sign]};"] if sign in _ENTITIES else []),
        re.escape(sign),
    ]
    return f"(?:{'|'.join(forms)})"


def _in_base64(value: bytes) -> Iterator[str]:
    """Yield what base64 says of some bytes alone, for each of the three places where they can begin in it."""
    for before in range(3):
        said = base64.b64encode(b"\0" * before + value + b"\0" * 3).decode()
        core = said[-(-before * 8 // 6) : (before + len(value)) * 8 // 6]
        if len(core) >= 6:
            yield core
