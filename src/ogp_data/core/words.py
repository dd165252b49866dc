"""Texts in the languages of a publication."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from ogp_data.core.messages import SOURCE, Message, known

if TYPE_CHECKING:
    from pydantic_core import CoreSchema

_T = TypeVar("_T")


class _ByLanguage(Mapping[str, _T]):
    """A value for each of several languages, by their two-letter codes."""

    __slots__ = ("_by_language",)

    def __init__(self, by_language: Mapping[str, _T] | None = None, /, **more: _T) -> None:
        """Take the values of the languages."""
        self._by_language = {**(by_language or {}), **more}

    def __getitem__(self, language: str) -> _T:
        """Return the value in a language; KeyError if there is none."""
        return self._by_language[language]

    def __iter__(self) -> Iterator[str]:
        """Yield the languages that there are."""
        return iter(self._by_language)

    def __len__(self) -> int:
        """Return in how many languages it is."""
        return len(self._by_language)

    def __hash__(self) -> int:
        """Return what is the same for equal values."""
        return hash(frozenset(self._by_language))

    def __repr__(self) -> str:
        """Return the values by language."""
        return f"{type(self).__name__}({self._by_language!r})"

    @classmethod
    def _schema(cls, value: CoreSchema) -> CoreSchema:
        from pydantic_core import core_schema

        return core_schema.no_info_after_validator_function(
            cls, core_schema.dict_schema(core_schema.str_schema(strict=True), value, strict=True)
        )


class Words(_ByLanguage[str]):
    """A text in the languages in which it is declared.

    What the program itself declares, such as its code lists, is in English at least; other languages may stand in the
    catalogues of messages.
    """

    __slots__ = ()

    def __hash__(self) -> int:
        """Return what is the same for equal texts, and hardly ever for others."""
        return hash(frozenset(self._by_language.items()))

    def of(self, language: str) -> str:
        """Return the text in a language; in another one if there is none."""
        return self.get(language) or self._translated(language) or self.get(SOURCE) or next(iter(self.values()), "")

    def has(self, language: str) -> bool:
        """Return whether the text can be said in a language."""
        return language in self or bool(self._translated(language))

    def said(self, languages: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Yield each of the languages with the text in it."""
        return ((language, self.of(language)) for language in languages)

    def _translated(self, language: str) -> str:
        return known(self.get(SOURCE, ""), language)

    @classmethod
    def __get_pydantic_core_schema__(cls, *_: Any) -> CoreSchema:
        """Return how a declaration has it: a table with a text for each language."""
        from pydantic_core import core_schema

        return cls._schema(core_schema.str_schema(strict=True))


UNNAMED = "und"
"""The code of a language that is not said."""


class Saying(Words):
    """A text in a language that its author does not name, or in several by their codes."""

    __slots__ = ()

    @classmethod
    def __get_pydantic_core_schema__(cls, *_: Any) -> CoreSchema:
        """Return how a declaration has it: as a text, or as a table with a text for each language."""
        from pydantic_core import core_schema

        return core_schema.no_info_before_validator_function(_by_code, cls._schema(core_schema.str_schema(strict=True)))


def _by_code(told: object) -> object:
    from pydantic_core import PydanticCustomError

    if not isinstance(told, str | dict):
        raise PydanticCustomError("value", Message("Input should be a text, or a table with a text for each language"))
    return {UNNAMED: told} if isinstance(told, str) else told


class WordLists(_ByLanguage[list[str]]):
    """Keywords in the languages in which they are declared."""

    __slots__ = ()

    def of(self, language: str) -> list[str]:
        """Return the keywords in a language."""
        return self.get(language, [])

    @classmethod
    def __get_pydantic_core_schema__(cls, *_: Any) -> CoreSchema:
        """Return how a declaration has it: a table with a list of texts for each language."""
        from pydantic_core import core_schema

        return cls._schema(core_schema.list_schema(core_schema.str_schema(strict=True), strict=True))


Text = Words | Message
"""A text that can be asked for in a language: declared, or said by the program."""


def foreign(text: Text, language: str) -> str:
    """Return in which language a text is said to readers of a language; "" where it is theirs, or nobody knows."""
    if isinstance(text, Message) or text.has(language):
        return ""
    return next((code for code in text if code != UNNAMED and text[code] == text.of(language)), "")
