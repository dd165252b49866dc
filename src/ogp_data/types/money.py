"""The type `money`: amounts in a currency that the column declares, or that another column has."""

from __future__ import annotations

import decimal
import re
import unicodedata
from collections.abc import Mapping

from ogp_data.core.columns import Column, DatasetSpec
from ogp_data.core.messages import Message
from ogp_data.core.vocab import CURRENCIES
from ogp_data.types import currencies, numbers
from ogp_data.types.base import About, Fault, Misfit, Setting, Shown, Texts, Written
from ogp_data.types.decimal import Decimal
from ogp_data.types.sheet import Cell

_SIGNS: Mapping[str, str] = {"€": "EUR", "£": "GBP", "$": "USD AUD CAD NZD SGD HKD", "¥": "JPY CNY", "₤": "GBP"}
"""What a sign can mean, among the currencies that a column can declare."""

_WORDS: Mapping[str, str] = {"euro": "EUR", "euros": "EUR", "eur.": "EUR", "pond": "GBP", "pounds": "GBP"}
_LABEL = rf"(?i:{'|'.join(map(re.escape, _WORDS))})|[{''.join(_SIGNS)}]|(?!MLN|MIO|MRD|MLD)[A-Z]{{3}}"
_NAMED = re.compile(
    rf"(?P<sign>[-+\u2212\u2013]?)\s*(?:(?P<before>{_LABEL})(?![^\W\d_]))?\s*(?P<number>\S.*?)"
    rf"\s*(?P<after>{_LABEL})?"
)
_AROUND = re.compile(rf"(?P<before>[^0-9]*)[0-9](?:[0-9.,'\u2019{numbers.SPACES}]*[0-9])?(?P<after>[^0-9]*)")
"""What stands before and after the only number of a text."""

_MARKS = "()+-\u2212\u2013\u2014=.,:;'\u2019"
_NO_CENTS = re.compile(r"[.,](?:[-\u2013\u2014]|--|=)$")
"""How prices are written that have no cents: € 5,-"""


class Money(Decimal):
    """Amounts of money."""

    about = About(
        name="money",
        holds="amounts of money in the currency that `currency` declares or the column `currency_in` has; written as"
        " decimals are, with or without the currency's sign or code",
        label=Message("amount of money"),
        in_csv=Message(
            "an amount without the sign of its currency: digits with a point before the decimals and nothing"
            " between thousands: -1234.50; the column says in which currency"
        ),
        datatype="xsd:decimal",
        verbatim=False,
        numeric=True,
        in_currency=True,
    )

    def parse(self, written: Written, setting: Setting) -> str | Fault:
        """Return the amount that is written, when it is one of the currency of the column."""
        text = written.text.strip()
        # In accounts, what stands between brackets is taken off.
        is_taken_off = text.startswith("(") and text.endswith(")")
        found = _NAMED.fullmatch(text[1:-1].strip() if is_taken_off else text)
        if found is None or (found["before"] and found["after"]) or (found["sign"] and is_taken_off):
            return self._amount(written.text, setting.column, written)
        for named in filter(None, (found["before"], found["after"])):
            if fault := _other(named, setting.column, written):
                return fault
        sign = "-" if is_taken_off else found["sign"]
        return self._amount(sign + _NO_CENTS.sub("", found["number"]), setting.column, written)

    def _amount(self, number: str, column: Column, written: Written) -> str | Fault:
        """Return a number; when it is none, that what stands beside it is the trouble, or that it is no number."""
        found = self._number(number, written)
        return found if isinstance(found, str) else _mislabelled(column, written) or found

    def check(self, text: str, setting: Setting, row: Texts) -> Fault | None:
        """Return why a text is not an amount, or that nothing says its currency."""
        column = setting.column
        if column.currency_in and row.get(column.currency_in, "") not in currencies.codes():
            message = Message(
                "The currency of {text!r} is {get!r}, not a code of ISO 4217 such as EUR.",
                text=text[:40],
                get=row.get(column.currency_in, ""),
            )
            hint = Message(
                "Record in corrections.toml the code that is meant for the column '{currency_in}'.",
                currency_in=column.currency_in,
            )
            return Fault("cell-type", message, hint)
        return super().check(text, setting, row)

    def sheet(self, text: str, value: decimal.Decimal, column: Column) -> Cell:
        """Return a number with its currency."""
        return Cell(value, "money", decimals=numbers.scale(text), currency=column.currency)

    def show(self, text: str, setting: Setting) -> Shown:
        """Return the amount as each language writes it, with the currency where the column declares one."""
        said = numbers.Said(text)
        if currency := setting.column.currency:
            return Shown(text, Message("{currency}\u00a0{amount}", currency=currency, amount=said))
        return Shown(text, Message("{number}", number=said))

    def label(self, column: Column) -> Message:
        """Return that it is an amount, and of which currency."""
        if column.currency:
            return Message("amount in {currency}", currency=column.currency)
        where = column.currency_in
        return Message("amount in the currency of {where}", where=where)

    def details(self, column: Column) -> Mapping[str, str]:
        """Return the currency, or the column that has it."""
        return {"currency": column.currency} if column.currency else {"currencyIn": column.currency_in}

    def constants(self, column: Column) -> Mapping[str, str]:
        """Return the currency that is declared, by its IRI in the table of the EU."""
        return {"schema:currency": f"{CURRENCIES}{column.currency}"} if column.currency else {}

    def misfit(self, spec: DatasetSpec, column: Column) -> Misfit | None:
        """Return what keeps the currency of the amounts from being known."""
        if bool(column.currency) == bool(column.currency_in):
            message = Message("A column of amounts says their currency by `currency` or by `currency_in`, one of both.")
            return Misfit("currency", message)
        if column.currency and column.currency not in currencies.codes():
            return _unknown(column.currency)
        others = sorted({other.currency or other.currency_in for other in spec.column} - {"", column.currency})
        if column.currency and others:
            message = Message(
                "A row of the linked data says one currency for all its amounts: {currency}, or {others}?",
                currency=column.currency,
                others=others[0],
            )
            return Misfit("currency", message, Message("Let each of the columns name one by `currency_in`."))
        return None


def _unknown(currency: str) -> Misfit:
    message = Message("{currency!r} is not a code of ISO 4217, such as EUR.", currency=currency)
    near = currencies.nearest(currency)
    return Misfit("currency", message, Message('Did you mean "{code}"?', code=near) if near else "")


def _is_label(word: str) -> bool:
    return word in _SIGNS or word.lower() in _WORDS or word in currencies.codes()


def _labels(written: Written) -> list[str]:
    """Return what stands beside the number of a text, where its currency can stand; marks and powers of ten do not."""
    around = _AROUND.fullmatch(written.text.strip())
    words = f"{around['before']} {around['after']}".split() if around else []
    bare = [word if _is_label(word) else word.strip(_MARKS) for word in words]
    powers = [numerals.power for numerals in numbers.of(written.language)]
    return [word for word in bare if _says_something(word) and not any(power(word.lower()) for power in powers)]


def _says_something(word: str) -> bool:
    return any(char.isalpha() or unicodedata.category(char) == "Sc" for char in word)


def _mislabelled(column: Column, written: Written) -> Fault | None:
    """Return that an amount names its currency more than once, or by what is no sign, code or word of one."""
    labels = _labels(written)
    unknown = [label for label in labels if not _is_label(label)]
    text = written.text[:40]
    if unknown:
        message = Message(
            "{text!r} has {named!r}, which is no sign or code of a currency.", text=text, named=unknown[0]
        )
    elif len(labels) > 1:
        message = Message("{text!r} names a currency more than once: {named}.", text=text, named=" ".join(labels))
    else:
        return None
    currency = column.currency or written.row.get(column.currency_in, "")
    example = f"{currency} {numbers.example(written.language)}".strip()
    return Fault("cell-type", message, numbers.meant(written.language, example))


def _other(named: str, column: Column, written: Written) -> Fault | None:
    """Return that an amount names another currency than that of its column."""
    currency = column.currency or written.row.get(column.currency_in, "")
    means = _SIGNS.get(named) or _WORDS.get(named.lower()) or named.upper()
    if currency in means.split():
        return None
    message = Message(
        "{text!r} is not an amount in {currency}.",
        text=written.text[:40],
        currency=currency or Message("a currency that is known"),
    )
    hint = Message(
        "Let `currency_in` name a column with the currency of each amount, or record in corrections.toml what is meant."
    )
    return Fault("cell-type", message, hint)
