"""Texts in the languages of a publication."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from ogp_data.core.strict import STRICT


@dataclass(frozen=True, slots=True)
class Words:
    """A text in Dutch and English."""

    __pydantic_config__ = STRICT
    nl: Annotated[str, "The text in Dutch."]
    en: Annotated[str, "The text in English."]

    def __iter__(self) -> Iterator[tuple[str, str]]:
        """Yield language and text, Dutch first."""
        yield "nl", self.nl
        yield "en", self.en

    def of(self, language: str) -> str:
        """Return the text in Dutch ("nl") or else in English."""
        return self.nl if language == "nl" else self.en


@dataclass(frozen=True, slots=True)
class WordLists:
    """Keywords in Dutch and English."""

    __pydantic_config__ = STRICT
    nl: Annotated[list[str], "Keywords in Dutch."]
    en: Annotated[list[str], "Keywords in English."]
