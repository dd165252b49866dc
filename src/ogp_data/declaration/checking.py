"""What a declaration says, checked beyond the types of its keys: head, addresses, references, codes, datasets."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import MISSING, fields, is_dataclass, replace
from datetime import date
from urllib.parse import unquote

from ogp_data.core.addresses import host_fault, web_fault
from ogp_data.core.columns import DatasetSpec, written
from ogp_data.core.declared import Declaration, Period, ServiceSpec
from ogp_data.core.edtf import is_edtf
from ogp_data.core.findings import Finding, Place, errors, finding
from ogp_data.core.messages import Message
from ogp_data.core.near import meant
from ogp_data.core.shared import Shared
from ogp_data.core.text import FORBIDDEN, url_fault
from ogp_data.core.web import is_placeholder
from ogp_data.core.words import WordLists, Words
from ogp_data.declaration.datasets import check_datasets, check_language
from ogp_data.declaration.languages import check_model, check_page_languages, check_texts
from ogp_data.declaration.listed import check_lists
from ogp_data.declaration.naming import id_fault
from ogp_data.declaration.official import check_confirmed, check_publisher
from ogp_data.declaration.vocabularies import check_own_terms, check_vocabulary
from ogp_data.documents import READERS
from ogp_data.models.lists import ValueLists

NAME = re.compile(r"[a-z0-9][a-z0-9-]*")
_PRECISE = re.compile(r"[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-[0-9]{2})?)?")
"""A year, a month or a day."""

_TAG = re.compile(r"[\w .-]{2,100}")
"""What CKAN takes as a tag; a comma makes two keywords of one."""

_CONTROL = re.compile(rf"[\f\r]|{FORBIDDEN.pattern}")


def check(declaration: Declaration, name: str, shared: Shared, lists: ValueLists) -> list[Finding]:
    """Return what is wrong with a declaration beyond the types of its keys."""
    file = f"{name}/publication.toml"
    spoken = list(check_page_languages(declaration, lists))
    checks = (
        _check_head(declaration, name),
        spoken,
        # What lacks a language that there is not is no fault of its own.
        () if errors(spoken) else _check_written(declaration, shared),
        _check_addresses(declaration),
        _check_references(declaration, shared),
        check_lists(declaration, lists),
        check_publisher(declaration, shared),
        check_confirmed(declaration),
        check_datasets(declaration, shared),
        check_own_terms(declaration),
        _check_origin(declaration),
        _check_community(declaration),
        _check_common_keywords(declaration.keywords),
    )
    found = (fault for part in checks for fault in part)
    return [replace(fault, place=replace(fault.place, file=file, key=written(fault.place.key))) for fault in found]


def _check_written(declaration: Declaration, shared: Shared) -> Iterator[Finding]:
    """Yield what is wrong with the texts, in the languages of the pages."""
    yield from check_filled(declaration, "")
    yield from check_texts(declaration)
    yield from check_model(declaration, shared)


def _check_head(declaration: Declaration, name: str) -> Iterator[Finding]:
    if fault := id_fault(declaration.id):
        hint = Message(
            "Call the publication, and its folder under data/, by its country and years, such as nl-2020-2022."
        )
        yield finding(
            "unsafe-name", Message("The id {id!r} {fault}.", id=declaration.id, fault=fault), Place(key="id"), hint
        )
    elif declaration.id != name:
        message = Message("The id is {id!r}, the folder is called {name!r}.", id=declaration.id, name=name)
        yield finding("unsafe-name", message, Place(key="id"))
    yield from check_language(declaration.language, "language")
    if declaration.cell_limit < 1:
        yield finding(
            "value-type",
            Message("{cell_limit} is not a number of bytes.", cell_limit=declaration.cell_limit),
            Place(key="cell_limit"),
        )
    if declaration.issued > declaration.modified:
        yield finding("invalid-date", Message("The data was last changed before it was issued."), Place(key="modified"))
    yield from _check_period(declaration.temporal)
    yield from _check_source(declaration)


def _check_source(declaration: Declaration) -> Iterator[Finding]:
    """Yield the kinds of document that nothing reads, and languages that are none."""
    source = declaration.source
    kinds = {"source.kind": source.kind} | {f"source.files[{n}].kind": one.kind for n, one in enumerate(source.files)}
    for key, kind in kinds.items():
        if kind not in READERS and not (source.files and not kind):
            message = Message("There is no reader for documents of the kind {kind!r}.", kind=kind)
            yield finding("dangling-reference", message, Place(key=key), meant(kind, [*READERS.all()]))
    for number, one in enumerate(source.files):
        if one.language:
            yield from check_language(one.language, f"source.files[{number}].language")
    if source.files and declaration.language not in declaration.source_languages:
        message = Message("No file is in the language of the publication, {language}.", language=declaration.language)
        hint = Message("Write as `language` of the publication that of the files whose columns come first.")
        yield finding("value-type", message, Place(key="language"), hint)


def _check_period(period: Period) -> Iterator[Finding]:
    """Yield what is wrong with a period, of which one end may be open."""
    wrong = [
        (key, value)
        for key, value in (("start", period.start), ("end", period.end))
        if value and not (is_edtf(value) and _PRECISE.fullmatch(value))
    ]
    for key, value in wrong:
        yield finding(
            "invalid-date",
            Message("{value!r} is not a year, month or date.", value=value),
            Place(key=f"temporal.{key}"),
        )
    if not (period.start or period.end):
        hint = Message("Write `start`, `end` or both, and leave out an end that is open.")
        yield finding(
            "missing-key", Message("The period has neither a beginning nor an end."), Place(key="temporal"), hint
        )
    elif not wrong and not is_edtf(period.edtf):
        yield finding("invalid-date", Message("The period ends before it begins."), Place(key="temporal"))


def _check_keywords(words: WordLists, key: str) -> Iterator[Finding]:
    """Yield the keywords that are empty, and those because of which CKAN refuses a dataset when it harvests."""
    for language, said in words.items():
        for index, word in enumerate(said):
            place = Place(key=f"{key}.{language}[{index}]")
            if not _is_visible(word):
                yield finding(
                    "missing-key",
                    Message("The keyword is empty."),
                    place,
                    Message("Write the keyword, or leave it out."),
                )
            elif not _TAG.fullmatch(word) and not _CONTROL.search(word):
                yield finding(
                    "keyword-not-harvested",
                    Message("A harvesting CKAN refuses the keyword “{word}”.", word=word),
                    place,
                )


def _check_common_keywords(words: WordLists) -> Iterator[Finding]:
    """Yield that a publication has no keyword at all; a dataset need not have more."""
    if not any(words.values()):
        yield finding(
            "missing-key", Message("There are no keywords."), Place(key="keywords"), Message("Write at least one.")
        )


def _is_visible(text: str) -> bool:
    return any(unicodedata.category(one)[0] in "LNPS" and one not in _BLANK for one in text)


_BLANK = "\u115f\u1160\u2800\u3164\uffa0"
"""Letters and symbols that show nothing."""


def check_filled(value: object, key: str) -> Iterator[Finding]:
    """Yield a finding for each text in several languages that is still to be written, and each control character."""
    if isinstance(value, date) and value.year == 1:
        yield finding(
            "missing-key", Message("The day has not been filled in."), Place(key=key), Message("Write the day.")
        )
    elif isinstance(value, WordLists):
        yield from _check_control(key, [word for words in value.values() for word in words])
        yield from _check_keywords(value, key)
    elif isinstance(value, Words):
        yield from _check_control(key, value.values())
        for language, text in value.items():
            if not _is_visible(text):
                yield finding(
                    "missing-key",
                    Message("The text is empty."),
                    Place(key=f"{key}.{language}"),
                    Message("Write the text."),
                )
    elif isinstance(value, str):
        yield from _check_control(key, [value])
    elif isinstance(value, list):
        for index, entry in enumerate(value):
            yield from check_filled(entry, f"{key}[{index}]")
    elif is_dataclass(value):
        for part in fields(value):
            yield from check_filled(getattr(value, part.name), f"{key}.{part.name}" if key else part.name)


def _check_control(key: str, texts: Iterable[str]) -> Iterator[Finding]:
    if any(_CONTROL.search(text) for text in texts):
        yield finding(
            "value-type",
            Message("The text contains a control character."),
            Place(key=key),
            Message("Remove the character."),
        )


_OPENED = ("url", "iri", "email")
"""What a key is called that holds an address to open or to name something by."""


def address_faults(value: object, key: str = "") -> Iterator[tuple[str, str]]:
    """Yield the path of each key below a value that holds an address which is none, and what is wrong with it."""
    if isinstance(value, list):
        for index, entry in enumerate(value):
            yield from address_faults(entry, f"{key}[{index}]")
    elif is_dataclass(value) and not isinstance(value, DatasetSpec | ServiceSpec):
        for part in fields(value):
            path, held = f"{key}.{part.name}" if key else part.name, getattr(value, part.name)
            if part.name not in _OPENED:
                yield from address_faults(held, path)
            elif held is not None and (held or part.default is MISSING) and (fault := _opened_fault(part.name, held)):
                yield path, fault


def _opened_fault(name: str, address: str) -> str:
    if name == "email":
        return (
            Message("{address!r} is not an e-mail address.", address=address) if url_fault(f"mailto:{address}") else ""
        )
    fault = web_fault(address.replace("{title}", "x").replace("{body}", "x"))
    return Message("The address {fault}: {address!r}.", fault=fault, address=address) if fault else ""


def _check_addresses(declaration: Declaration) -> Iterator[Finding]:
    wrong = list(_check_bases(declaration))
    yield from wrong or check_vocabulary(declaration)
    if declaration.service:
        yield from _check_base("service.url", declaration.service.url, Message("The service's url"))
    for key, fault in address_faults(declaration):
        yield finding("invalid-address", fault, Place(key=key))
    if is_placeholder(declaration.base_iri):
        message = Message("The base_iri {base_iri} is reserved for examples.", base_iri=declaration.base_iri)
        yield finding("placeholder-base-iri", message, Place(key="base_iri"))


def _check_bases(declaration: Declaration) -> Iterator[Finding]:
    for key in ("base_iri", "base_url", "vocabulary"):
        address = getattr(declaration, key)
        if address and not (key == "base_url" and address == declaration.base_iri):
            yield from _check_base(key, address, Message("The {key}", key=key))


def _placeholder_hint(address: str) -> str:
    """Return what can stand in braces in an address; "" where nothing does."""
    if not {"{", "}"} & {*address}:
        return ""
    return Message(
        "Only {id} is filled in, with the id of each publication, and only in data/site.toml; write it in the place of"
        " all else in braces, or the address as it is.",
        id="{id}",
    )


def _check_base(key: str, address: str, subject: str) -> Iterator[Finding]:
    """Yield what is wrong with an address behind which others are written."""
    local = key != "service.url" and "://localhost" in address
    fault = "" if local else url_fault(address) or host_fault(address)
    if fault:
        yield finding(
            "invalid-address",
            Message("{subject} {fault}: {address!r}.", subject=subject, fault=fault, address=address),
            Place(key=key),
            _placeholder_hint(address),
        )
    elif not _is_base(address, key):
        message = Message(
            "Names cannot be made below {subject}{subject2} {address!r}.",
            subject=subject[0].lower(),
            subject2=subject[1:],
            address=address,
        )
        yield finding("invalid-address", message, Place(key=key), _base_hint(key))


def _base_hint(key: str) -> str:
    ending = Message(" It ends in a slash.") if key == "vocabulary" else ""
    return Message(
        "Write an http or https address without ? and #, and without an empty step, . or .. in its path.{ending}",
        ending=ending,
    )


def _is_base(address: str, key: str) -> bool:
    """Return whether names can be made by writing something behind an address, and are then read as written."""
    path = address.partition("://")[2].removesuffix("/")
    if any(unquote(step) in ("", ".", "..") for step in path.split("/")):
        return False
    form = r"https?://[^?#]+/" if key == "vocabulary" else r"https?://[^?#]+"
    return re.fullmatch(form, address) is not None


def _check_origin(declaration: Declaration) -> Iterator[Finding]:
    if declaration.source.publish is None:
        message = Message("Nothing says whether the source document itself is published; so it is not.")
        yield finding("unsaid-publish", message, Place(key="source.publish"))
    if not declaration.source.url:
        message = Message("Where the source document was published is not known.")
        yield finding("unknown-source-origin", message, Place(key="source.url"))
    if not declaration.source.retrieved:
        message = Message("When the source document was retrieved is not known.")
        yield finding("unknown-source-origin", message, Place(key="source.retrieved"))


def _check_community(declaration: Declaration) -> Iterator[Finding]:
    """Yield what is wrong with known uses and feedback."""
    known = {spec.name: spec for spec in declaration.dataset}
    for index, use in enumerate(declaration.use):
        yield from _check_day(f"use[{index}].date", use.date, declaration)
        for name in use.datasets:
            if name not in known:
                yield _dangling(f"use[{index}].datasets", "dataset", name, known)
    for index, one in enumerate(declaration.feedback):
        at = f"feedback[{index}]"
        yield from _check_day(f"{at}.date", one.date, declaration)
        if (one.dataset or one.row or one.column) and one.dataset not in known:
            yield _dangling(f"{at}.dataset", "dataset", one.dataset, known)
        elif one.column and one.column not in (names := [column.name for column in known[one.dataset].column]):
            yield _dangling(f"{at}.column", "column", one.column, names)


def _check_day(key: str, day: date | None, declaration: Declaration) -> Iterator[Finding]:
    if day and day > declaration.modified:
        message = Message(
            "{day} is after {modified}, the day on which the data was last changed.",
            day=day,
            modified=declaration.modified,
        )
        yield finding("invalid-date", message, Place(key=key))


def _dangling(key: str, kind: str, name: str, known: Iterable[str]) -> Finding:
    return finding(
        "dangling-reference",
        Message("There is no {kind} {name!r}.", kind=kind, name=name),
        Place(key=key),
        meant(name, [*known]),
    )


def _check_references(declaration: Declaration, shared: Shared) -> Iterator[Finding]:
    for key, known in (
        ("publisher", shared.agents),
        ("creator", shared.agents),
        ("contact", shared.contacts),
    ):
        name = getattr(declaration, key)
        if name not in known:
            message = (
                Message("agents.toml has no {name!r}.", name=name)
                if name
                else Message("The {key} has not been filled in.", key=key)
            )
            yield finding("dangling-reference", message, Place(key=key), meant(name, [*known]))
