"""How languages write numbers, and how what they write is read: to the digit, and never by a guess."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from ogp_data.core.messages import Message, listed, locale, sentences

CANONICAL = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
"""A number as XML Schema and every program write it: a point for the fraction and nothing between thousands."""

SPACES = " \u00a0\u2009\u202f"
_MINUS = "-\u2212\u2013"


@dataclass(frozen=True, slots=True)
class Numerals:
    """A language's marks: of the fraction, and those that may stand between thousands; its words for powers of ten."""

    point: str
    groups: str
    powers: tuple[tuple[int, str], ...]
    """A power of ten and the words for it, with `|` between them, in small letters."""

    def power(self, word: str) -> int:
        """Return the power of ten that a word says; 0 for no word."""
        return next((power for power, words in self.powers if word in words.split("|")), 0) if word else 0


# Reading has a table of its own. CLDR has one way for each language, and countries that share one differ: 1.234 is not
# the same number in Spain and Mexico. Nor does it have the words and spaces that documents use.
_NUMERALS: Mapping[str, Numerals] = {
    "nl": Numerals(
        ",", f".{SPACES}", ((3, "duizend"), (6, "miljoen|mln|mln."), (9, "miljard|mld|mld."), (12, "biljoen"))
    ),
    "en": Numerals(".", f",{SPACES}", ((3, "thousand"), (6, "million|mln"), (9, "billion|bn"), (12, "trillion|tn"))),
    "fr": Numerals(
        ",", SPACES, ((3, "mille"), (6, "million|millions"), (9, "milliard|milliards|md"), (12, "billion|billions"))
    ),
    "de": Numerals(
        ",",
        f".'\u2019{SPACES}",
        (
            (3, "tausend|tsd."),
            (6, "million|millionen|mio|mio."),
            (9, "milliarde|milliarden|mrd|mrd."),
            (12, "billion|billionen"),
        ),
    ),
}


def of(language: str) -> Sequence[Numerals]:
    """Return how a language writes numbers; every known way where that language is not known."""
    return [_NUMERALS[language]] if language in _NUMERALS else list(_NUMERALS.values())


@dataclass(frozen=True, slots=True)
class Read:
    """What words say: a number in canonical form, or why they say none (a predicate)."""

    number: str = ""
    fault: str = ""


def read(text: str, language: str) -> Read:
    """Return the number that a text says in a language, with just the digits that it has.

    Without a language the canonical form is taken as it is: it is how tables write numbers for programs. In a language
    that is not known here, a number counts when all known ways to write one agree on it.
    """
    bare = text.strip(SPACES)
    if not language and CANONICAL.fullmatch(bare):
        return Read(_plain(bare))
    found = {number for numerals in of(language) for number in _readings(bare, numerals)}
    if len(found) == 1:
        return Read(found.pop())
    if found:
        return Read(fault=Message("may be {found}", found=listed(sorted(found), Message(" or "))))
    return Read(
        fault=Message(
            "is not a number as {named} write it, such as {example}", named=_named(language), example=example(language)
        )
    )


def _named(language: str) -> str:
    return Message("documents in '{language}'", language=language) if language else Message("tables")


def meant(language: str, written: str) -> Message:
    """Return how to say what is meant by a number that cannot be read, after the example of one that can."""
    if language:
        how = Message("Record in corrections.toml what is meant, as {example} is written.", example=written)
    else:
        how = Message("Write in the table from elsewhere what is meant, as {example} is written.", example=written)
    return sentences(how, as_written("text"))


def as_written(kind: str) -> Message:
    """Return how to publish what is no number: as of a type of texts."""
    return Message('To publish it as it is written, declare the column as `type = "{kind}"`.', kind=kind)


def example(language: str) -> str:
    """Return a number as a language writes it."""
    return write("1234.5", language) if language in _NUMERALS else "1234.5"


def _readings(text: str, numerals: Numerals) -> Iterator[str]:
    if match := _form(numerals).fullmatch(text.lower()):
        fraction = match["fraction"] or match["only"]
        digits = re.sub(r"[^0-9]", "", match["whole"] or "0") + (f".{fraction}" if fraction else "")
        sign = "-" if match["sign"] and match["sign"] in _MINUS else ""
        yield _plain(_scaled(sign + digits, numerals.power(match["power"] or "")))


@cache
def _form(numerals: Numerals) -> re.Pattern[str]:
    # Between thousands stands the same mark each time: 1.234 567 is none of any language.
    grouped = rf"[1-9][0-9]{{0,2}}(?:(?P<mark>[{re.escape(numerals.groups)}])[0-9]{{3}}(?:(?P=mark)[0-9]{{3}})*)"
    point, powers = re.escape(numerals.point), "|".join(words for _, words in numerals.powers).split("|")
    words = "|".join(map(re.escape, sorted(powers, key=len, reverse=True)))
    return re.compile(
        rf"(?P<sign>[+{re.escape(_MINUS)}])?[{SPACES}]?"
        rf"(?:(?P<whole>{grouped}|0|[1-9][0-9]*)(?:{point}(?P<fraction>[0-9]+))?|{point}(?P<only>[0-9]+))"
        rf"(?:[{SPACES}]?(?P<power>{words}))?"
    )


def _scaled(number: str, power: int) -> str:
    """Return a number times a power of ten, by moving the point: no digit is computed."""
    if not power:
        return number
    whole, _, fraction = number.partition(".")
    fraction = fraction.ljust(power, "0")
    return f"{whole}{fraction[:power]}" + (f".{fraction[power:]}" if fraction[power:] else "")


def _plain(number: str) -> str:
    """Return a number without zeros before it, and without the sign of nothing."""
    sign, digits = ("-", number[1:]) if number.startswith("-") else ("", number)
    whole, point, fraction = digits.partition(".")
    whole = whole.lstrip("0") or "0"
    return (sign if (whole + fraction).strip("0") else "") + whole + point + fraction


def write(number: str, language: str) -> str:
    """Return a canonical number as a language writes it."""
    point, mark = _marks(language)
    sign, digits = ("-", number[1:]) if number.startswith("-") else ("", number)
    whole, _, fraction = digits.partition(".")
    first = len(whole) % 3 or 3
    grouped = mark.join([whole[:first], *(whole[at : at + 3] for at in range(first, len(whole), 3))])
    return sign + grouped + (f"{point}{fraction}" if fraction else "")


@cache
def _marks(language: str) -> tuple[str, str]:
    """Return the mark of the fraction and that between thousands, as the pages of a language have them."""
    from babel.core import UnknownLocaleError
    from babel.numbers import get_decimal_symbol, get_group_symbol

    try:
        return get_decimal_symbol(locale(language)), get_group_symbol(locale(language))
    except (UnknownLocaleError, ValueError):
        return ".", ""


@dataclass(frozen=True, slots=True)
class Said:
    """A canonical number, said as each language writes it."""

    number: str

    def of(self, language: str) -> str:
        """Return it in a language."""
        return write(self.number, language)


def significant(number: str) -> int:
    """Return how many digits of a canonical number count."""
    return len(number.lstrip("-").replace(".", "").lstrip("0")) or 1


def scale(number: str) -> int:
    """Return how many decimals a canonical number has."""
    return len(number.partition(".")[2])


def value(text: str) -> Decimal:
    """Return a canonical number to the digit; ValueError for another text."""
    if not CANONICAL.fullmatch(text):
        raise ValueError(text)
    return Decimal(text)
