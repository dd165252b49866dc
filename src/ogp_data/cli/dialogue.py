"""What is asked of a steward who begins a publication at a terminal, and how the answers are read."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from ogp_data.cli.asking import Question, ask
from ogp_data.core.addresses import web_fault
from ogp_data.core.dates import read_date
from ogp_data.core.messages import Message
from ogp_data.declaration.drafting.beside import EXAMPLE
from ogp_data.declaration.naming import LANGUAGE_CODES
from ogp_data.models.countries import code_of

if TYPE_CHECKING:
    from ogp_data.declaration.drafting.answers import Answers
    from ogp_data.declaration.recognising import Recognised
    from ogp_data.declaration.scaffold import Start
    from ogp_data.models.lists import ValueList

_LICENCES = {"NLD": "http://creativecommons.org/publicdomain/zero/1.0/deed.nl"}
_BY_NAME = {
    "CC0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "CCBY": "https://creativecommons.org/licenses/by/4.0/",
}
"""Licence -> its address, by its name without its version."""
_LICENCE = _BY_NAME["CCBY"]
_VERSION = {"CC0": "10", "CCBY": "40"}
"""Licence -> the version that its address has, in digits."""
_EMAIL = re.compile(r"[^@\s/]+@[^@\s/]+\.[^@\s/]+")
_YEARS = re.compile(r"(?:19|20)\d\d(?:\W{1,3}(?:19|20)\d\d)?")
_SAID = {
    True: ("yes", "y", "ja", "j", "oui", "o"),
    False: ("no", "n", "nee", "non"),
}


def answered(start: Start, found: Answers, countries: ValueList, today: date, language: str) -> Answers:
    """Return what is answered, where Enter takes what was found; KeyboardInterrupt where somebody wants no more."""

    def asked(text: str, default: str, read: Callable[[str], str]) -> str:
        return ask(Question(text, default, read), language)

    is_formed = start.seen is None or start.seen.form is None or _of_form(start.seen.form, language)
    spoken = asked(Message("Language of the document, in two letters"), found.language, _language)
    country = asked(
        Message("Country or place, as a code or a name"), found.country, lambda said: code_of(said, countries) or said
    )
    is_code = countries.of_code(country) is not None
    said = replace(found, language=spoken, country=country, follows_form=is_formed)
    if country and not is_code:
        text = Message("Address of the place at GeoNames, such as https://sws.geonames.org/2750405/")
        said = replace(said, place=asked(text, "", _address))
    said = replace(said, plan=asked(Message("Years of the plan, such as 2023-2025"), found.plan, _plan))
    return _of_publisher(start, _of_document(said, today, language), language)


def _of_form(form: Recognised, language: str) -> bool:
    """Return whether a form is taken that a document seems to follow."""
    told = {"form": form.form.name, "share": f"{round(100 * form.share)}%"}
    return _is_wanted(
        Message("Take the datasets of the form {form}, of which it has {share} of the labels", **told), language
    )


def _is_wanted(text: Message, language: str) -> bool:
    """Return what somebody says to a question to which Enter says yes."""
    return ask(Question(text, Message("yes").of(language), _truth), language) in _SAID[True]


def _of_document(found: Answers, today: date, language: str) -> Answers:
    """Return answers with where the document is from, and when the data is published."""
    read, days = _day(language), str(found.retrieved or today)
    url = ask(Question(Message("Web address at which the document was published"), found.url, _address), language)
    text = Message("Day on which it was taken from there")
    retrieved = date.fromisoformat(ask(Question(text, days, read), language)) if url else None
    text = Message("Day on which this data is first published")
    issued = date.fromisoformat(ask(Question(text, str(found.issued or today), read), language))
    publish = _is_wanted(Message("Publish the document itself beside the data"), language)
    return replace(found, url=url, retrieved=retrieved, issued=issued, publish=publish)


def _of_publisher(start: Start, found: Answers, language: str) -> Answers:
    """Return answers with who publishes, and on which terms, as far as no file says so."""
    there = start.there
    said = found
    if not there.has_agents:
        text = Message("Organisation that publishes the data")
        contact = Message("E-mail address for questions, or address of a page")
        said = replace(said, publisher=ask(Question(text), language))
        said = replace(said, contact=ask(Question(contact, "", _contact), language))
    if not there.has_site or "licence" not in there.given:
        default = found.licence or _LICENCES.get(found.country, _LICENCE)
        said = replace(
            said,
            licence=ask(Question(Message("Licence, as CC0, CC BY 4.0 or an address"), default, _licence), language),
        )
    if not there.has_site or "base_iri" not in there.given:
        text = Message("Address below which everything is named, {id} standing for the name", id="{id}")
        said = replace(said, base_iri=ask(Question(text, EXAMPLE, _base), language))
    return said


def _language(said: str) -> str:
    if said.lower() not in LANGUAGE_CODES:
        raise ValueError(Message("it is not the code of a language, such as en"))
    return said.lower()


def _plan(said: str) -> str:
    if not _YEARS.fullmatch(said):
        raise ValueError(Message("these are no years, such as 2023-2025"))
    return said


def _address(said: str) -> str:
    if fault := web_fault(said):
        raise ValueError(Message("the address {fault}", fault=fault))
    return said


def _licence(said: str) -> str:
    """Return the address of a licence that is called by its name, however that is written."""
    name = re.sub(r"[^A-Z0-9]", "", said.upper())
    return next((url for known, url in _BY_NAME.items() if name in (known, known + _VERSION[known])), "") or _address(
        said
    )


def _base(said: str) -> str:
    _address(said.replace("{id}", "id"))
    if not said.endswith("/"):
        raise ValueError(Message("it ends in a slash, as names follow it"))
    return said


def _contact(said: str) -> str:
    return said if _EMAIL.fullmatch(said) else _address(said)


def _day(language: str) -> Callable[[str], str]:
    """Return what reads a day as people write it."""

    def read(said: str) -> str:
        found = read_date(said, language).edtf
        try:
            return date.fromisoformat(found).isoformat()
        except ValueError:
            raise ValueError(Message("this is no day, such as 2026-11-30")) from None

    return read


def _truth(said: str) -> str:
    for words in _SAID.values():
        if said.casefold() in words:
            return words[0]
    raise ValueError(Message("answer yes or no"))
