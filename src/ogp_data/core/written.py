"""Where in its files something was declared: the key as it was written there, and its line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from ogp_data.core.findings import Finding, Place
from ogp_data.core.places import Line
from ogp_data.core.toml_lines import key_lines

_LAST_STEP = re.compile(r"""(?:^|\.)(?:[^.\[\]"]*|"(?:\\.|[^"\\])*")$|\[\d+\]$""")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a key of the long form of a declaration was written: a key, and the file if that is another one."""

    key: str
    file: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """The texts of a declaration's files by the names that findings give them, and where its keys were written."""

    declaration: tuple[str, ...] = ()
    """What findings call the file whose keys may have been written otherwise."""
    keys: Mapping[str, Origin] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict, repr=False)

    def located(self, found: Finding) -> Finding:
        """Return a finding with the key as it was written, and its line, where it is about one of the files."""
        return replace(found, place=self.place(found.place))

    def place(self, place: Place) -> Place:
        """Return the place of a key as it was written, with its line; any other place as it is."""
        if place.at or not place.key or place.file not in self.texts:
            return place
        origin = self._origin(place.key) if place.file in self.declaration else Origin(place.key)
        file = origin.file or place.file
        line = _line(self.texts.get(file, ""), origin.key)
        return replace(place, file=file, key=origin.key, at=Line(line) if line else None)

    def _origin(self, key: str) -> Origin:
        """Return where a key of the long form was written, itself or the next one above it that was."""
        above, rest = key, ""
        while above and above not in self.keys:
            shorter = _above(above)
            above, rest = shorter, above[len(shorter) :] + rest
        origin = self.keys.get(above)
        return replace(origin, key=origin.key + rest) if origin else Origin(key)


def _line(text: str, key: str) -> int:
    """Return the line of a key, or of what lies above it where the key itself is missing; 0 where that is nothing."""
    lines = _lines(text)
    while key and key not in lines:
        key = _above(key)
    return lines.get(key, 0)


def _above(key: str) -> str:
    """Return a path without its last step."""
    return _LAST_STEP.sub("", key, count=1)


@lru_cache(maxsize=16)
def _lines(text: str) -> Mapping[str, int]:
    """Return the lines of the keys of a text, which is scanned when the first finding asks."""
    try:
        return key_lines(text)
    except RecursionError:  # so deep that it is told of the whole file
        return {}
