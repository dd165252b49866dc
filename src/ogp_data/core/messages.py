"""What the program says, in each language that has a catalogue below `locales/`: gettext, with English msgids."""

from __future__ import annotations

import gettext
import io
import os
import re
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Literal

LOCALES = Path(__file__).parents[1] / "locales"
DOMAIN = "ogp_data"
SOURCE = "en"
"""The language of the msgids; it needs no catalogue."""


class Message(str):
    """What the program says: text in English that can say itself in other languages.

    The msgid is a literal, so that `make messages` finds it; what changes from one place to the next is in `values`, by
    the names that stand in braces.
    """

    __slots__ = ("msgid", "values")
    msgid: str
    values: Mapping[str, object]

    def __new__(cls, msgid: str, /, **values: object) -> Message:
        """Return the message with its values, in English."""
        message = super().__new__(cls, _filled(msgid, values, SOURCE))
        # A fault that is kept would keep all that was at work when it was raised.
        kept = {name: reason(value) if isinstance(value, BaseException) else value for name, value in values.items()}
        message.msgid, message.values = msgid, kept
        return message

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, object]]:
        """Return what makes the same message again, when it is copied."""
        return (self.msgid,), dict(self.values)

    def of(self, language: str) -> str:
        """Return the message in a language; in English where its catalogue does not have it."""
        return str(self) if language == SOURCE else _filled(translated(self.msgid, language), self.values, language)

    def has(self, _: str) -> bool:
        """Return that the message can be said in any language, if need be in English."""
        return True

    def said(self, languages: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Yield each of the languages with the message in it."""
        return ((language, self.of(language)) for language in languages)


@dataclass(frozen=True, slots=True)
class Plural:
    """What is said of one thing and of several, with their number as `{num}`; each language has its own plurals.

    `values` are filled in besides the number, by their names, and may be plurals themselves.
    """

    one: str
    many: str
    number: int
    shown: object = None
    values: Mapping[str, object] = field(default_factory=dict, hash=False)

    def of(self, language: str) -> str:
        """Return it in a language."""
        number = self.number if self.shown is None else in_language(self.shown, language)
        pattern = catalogue(language).ngettext(self.one, self.many, self.number)
        return pattern.format(num=number, **{name: written(value, language) for name, value in self.values.items()})


@dataclass(frozen=True, slots=True)
class Listed:
    """Things that are told one after the other, with the same between any two of them; it says itself as they do."""

    parts: tuple[object, ...]
    between: object = ", "

    def __str__(self) -> str:
        """Return them in English."""
        return self.of(SOURCE)

    def of(self, language: str) -> str:
        """Return them in a language."""
        between = str(in_language(self.between, language))
        return between.join(str(in_language(part, language)) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Padded:
    """A text with as many blanks behind it as make it a column of a terminal, in whatever language it is said."""

    text: str
    width: int

    def __str__(self) -> str:
        """Return it in English."""
        return self.of(SOURCE)

    def of(self, language: str) -> str:
        """Return it in a language."""
        return say(self.text, language).ljust(self.width)


def listed(parts: Iterable[object], between: object = ", ") -> Listed:
    """Return things that are told one after the other."""
    return Listed(tuple(parts), between)


def sentences(*parts: str) -> Message:
    """Return sentences, those that say something, one after the other."""
    return Message("{sentences}", sentences=listed(filter(None, parts), " "))


def reason(fault: BaseException) -> str:
    """Return why something was raised; the message that it was raised with can still say itself in any language."""
    return fault.args[0] if fault.args and isinstance(fault.args[0], Message) else str(fault)


def in_language(value: object, language: str) -> object:
    """Return a text in a language, and all else as it is."""
    said = getattr(value, "of", None)
    return said(language) if callable(said) else value


def changed(text: str, change: Callable[[str], str]) -> str:
    """Return a text with a change to it: of a message, to what is filled in, so that it is still one."""
    if not isinstance(text, Message):
        return change(text)
    values = text.values.items()
    return Message(text.msgid, **{name: changed(v, change) if isinstance(v, str) else v for name, v in values})


def say(text: str, language: str) -> str:
    """Return what the program says in a language: a message, or a text that stands in the catalogues as it is."""
    return text.of(language) if isinstance(text, Message) else translated(text, language)


def _filled(pattern: str, values: Mapping[str, object], language: str) -> str:
    """Return a pattern with its values, which may be messages themselves."""
    if not values:
        return pattern
    return pattern.format(**{name: written(value, language) for name, value in values.items()})


def written(value: object, language: str) -> object:
    """Return a value as readers of a language get it: a number takes the marks of the language where it is asked to."""
    if language != SOURCE and isinstance(value, int | float) and not isinstance(value, bool):
        return _Number(value, language)
    return in_language(value, language)


@dataclass(frozen=True, slots=True)
class _Number:
    """A number to be filled in: `{bytes:,}` is 1,000 in English, 1.000 in Dutch; `{seconds:g}` 0.5 and 0,5."""

    value: float
    language: str

    def __format__(self, form: str) -> str:
        if form not in (",", "g"):
            return format(self.value, form)
        from babel.numbers import format_decimal

        return format_decimal(self.value, locale=locale(self.language))

    def __repr__(self) -> str:
        return repr(self.value)


def translated(msgid: str, language: str) -> str:
    """Return a text of the program in a language; in English where the catalogue of that language does not have it."""
    return known(msgid, language) or msgid


def known(msgid: str, language: str) -> str:
    """Return what the catalogue of a language has for a text; "" where it does not have it."""
    return catalogue(language).gettext(msgid) if msgid else ""


class _Unknown(gettext.NullTranslations):
    """What a catalogue says of messages that it does not have."""

    def gettext(self, message: str) -> str:  # noqa: ARG002
        """Return that there is none: a translation may well be the same as its message."""
        return ""


@cache
def languages() -> tuple[str, ...]:
    """Return the languages in which the program speaks, English first."""
    return SOURCE, *sorted(path.parents[1].name for path in LOCALES.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """Return the messages in a language, read when the first one is asked for; none where there is no catalogue."""
    if language not in languages() or language == SOURCE:
        return _Unknown()
    translations = gettext.GNUTranslations(io.BytesIO(_compiled(language)))
    translations.add_fallback(_Unknown())
    return translations


def _compiled(language: str) -> bytes:
    """Return the compiled catalogue of a language.

    It is kept as Python keeps compiled modules: beside its source, under a name that changes with it, and only where
    the program may write.
    """
    source = (LOCALES / language / "LC_MESSAGES" / f"{DOMAIN}.po").read_bytes()
    kept = LOCALES / "__pycache__" / f"{language}.{zlib.crc32(source):08x}.mo"
    with suppress(OSError):
        return kept.read_bytes()
    compiled = _compile(source, language)
    if not sys.dont_write_bytecode:
        with suppress(OSError):
            kept.parent.mkdir(exist_ok=True)
            written = kept.with_suffix(f".{os.getpid()}")
            written.write_bytes(compiled)
            written.replace(kept)
    return compiled


def _compile(source: bytes, language: str) -> bytes:
    """Return a catalogue as gettext reads it."""
    # Babel is asked just once for each change of a catalogue: it takes longer to load than all messages do.
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    target = io.BytesIO()
    # A catalogue without its language is compiled with the plurals of English, whatever its header says.
    write_mo(target, read_po(io.BytesIO(source), locale=language))
    return target.getvalue()


def own_name(language: str) -> str:
    """Return what a language is called in itself, such as Nederlands."""
    from babel import Locale, UnknownLocaleError

    try:
        name = Locale(language).get_display_name() or language
    except UnknownLocaleError:
        return language
    return name[0].upper() + name[1:]


def language_name(code: str, language: str) -> str:
    """Return what a language is called in another, such as Dutch; its code where that is not known."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(code).get_language_name(language) or code
    except (UnknownLocaleError, ValueError):
        return code


def direction(language: str) -> Literal["ltr", "rtl"]:
    """Return in which direction a language is written, as HTML has it: that of its script."""
    return "rtl" if _RIGHT_TO_LEFT.fullmatch(_script(language)) else "ltr"


_RIGHT_TO_LEFT = re.compile(
    "Adlm|Arab|Aran|Armi|Avst|Chrs|Cprt|Elym|Gara|Hatr|Hebr|Hung|Khar|Lydi|Mand|Mani|Mend|Merc|Mero|Narb|Nbat|Nkoo"
    "|Orkh|Ougr|Palm|Phli|Phlp|Phnx|Prti|Rohg|Samr|Sarb|Sidt|Sogd|Sogo|Syrc|Syre|Syrj|Syrn|Thaa|Todr|Yezi"
)
"""The scripts of ISO 15924 whose letters Unicode writes from right to left."""


def _script(language: str) -> str:
    """Return the script of a language tag: its own, or else the one in which that language is mostly written there."""
    from babel.core import get_global

    # What follows a single letter, such as x-hebr, says nothing of the script.
    name, *more = re.split(r"(?:^|-)\w(?:-|$)", language)[0].split("-")
    if script := next((one.title() for one in more if len(one) == 4 and one.isalpha()), ""):
        return script
    name = get_global("language_aliases").get(name.lower(), name.lower())
    regions = (one.upper() for one in more if len(one) == 2 or one.isdigit())
    likely = get_global("likely_subtags")
    found = next(filter(None, (likely.get(one) for one in (*(f"{name}_{region}" for region in regions), name))), "")
    return next((one for one in found.split("_")[1:] if len(one) == 4), "")


def locale(language: str) -> str:
    """Return a language with the territory whose spelling its pages have, such as nl_NL."""
    from babel.core import get_global

    if language == SOURCE:
        return "en_GB"
    parts = get_global("likely_subtags").get(language, language).split("_")
    return f"{parts[0]}_{parts[-1]}"
