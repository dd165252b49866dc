"""The languages of a publication's pages, and whether each text that it uses is in all of them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace

from ogp_data.core.declared import Declaration
from ogp_data.core.findings import Finding, Place, finding
from ogp_data.core.messages import SOURCE, Message, languages
from ogp_data.core.near import nearest
from ogp_data.core.publication import Correction
from ogp_data.core.shared import Shared
from ogp_data.core.words import UNNAMED, WordLists, Words
from ogp_data.declaration.datasets import check_language
from ogp_data.declaration.naming import LANGUAGE_CODES
from ogp_data.models.languages import eu_code
from ogp_data.models.lists import ValueLists


def check_page_languages(declaration: Declaration, lists: ValueLists) -> Iterator[Finding]:
    """Yield the languages of the pages that are none, stand twice, or that the program does not speak."""
    if not declaration.page_languages:
        yield finding(
            "missing-key", Message("There is no language."), Place(key="page_languages"), Message("Write at least one.")
        )
    for index, code in enumerate(declaration.page_languages):
        key = f"page_languages[{index}]"
        if code not in LANGUAGE_CODES:
            yield from check_language(code, key)
        elif code in declaration.page_languages[:index]:
            yield finding(
                "duplicate-name", Message("The language {code!r} is already there.", code=code), Place(key=key)
            )
        elif code not in languages() or not eu_code(code, lists):
            message = Message(
                "The program has no messages in the language {code!r}; it has {languages}.",
                code=code,
                languages=", ".join(languages()),
            )
            yield finding("language-without-messages", message, Place(key=key))


def check_texts(declaration: Declaration) -> Iterator[Finding]:
    """Yield the texts that lack a language of the pages, and those in another one, which nobody would see.

    Of texts in no language of the pages it is told once, of those languages, that they are others.
    """
    foreign = _foreign(declaration)
    if foreign:
        yield _other_languages(declaration, foreign)
    for key, text in texts(declaration):
        if key not in foreign:
            yield from _text_faults(key, text, declaration.page_languages)


def check_reasons(corrections: Sequence[Correction], needed: Sequence[str], file: str) -> Iterator[Finding]:
    """Yield the reasons of recorded corrections that lack a language of the pages, or are in another one."""
    for key, text in texts(list(corrections), "correction"):
        for fault in _text_faults(key, text, needed):
            yield replace(fault, place=replace(fault.place, file=file))


def _foreign(declaration: Declaration) -> Mapping[str, Words | WordLists]:
    """Return the texts that are in no language of the pages, by their keys; nothing where that is just one."""
    needed = set(declaration.page_languages)
    foreign = {key: text for key, text in texts(declaration) if text and needed.isdisjoint(text)}
    return foreign if len(foreign) > 1 else {}


def _other_languages(declaration: Declaration, foreign: Mapping[str, Words | WordLists]) -> Finding:
    needed, written = declaration.page_languages, list(dict.fromkeys(tag for text in foreign.values() for tag in text))
    message = Message(
        "The pages are in {needed}, and {count} texts of the declaration are in {written}.",
        needed=", ".join(needed),
        count=len(foreign),
        written=", ".join(written),
    )
    hint = Message(
        "Write {languages} there, or write each of those texts in {needed}.",
        languages=json.dumps(written),
        needed=", ".join(needed),
    )
    return finding("unknown-key", message, Place(key="page_languages"), hint)


def _text_faults(key: str, text: Words | WordLists, needed: Sequence[str]) -> Iterator[Finding]:
    for language in needed:
        if language not in text:
            message = Message("The key {language!r} is missing.", language=language)
            yield finding("missing-key", message, Place(key=f"{key}.{language}"))
    for language in text:
        if language not in needed:
            near = nearest(language, needed) or next(iter(needed), "")
            message = Message(
                "{language!r} is not a language of the pages, which are in {needed}.",
                language=language,
                needed=", ".join(needed),
            )
            hint = Message("Write {near!r}, or add the language to `page_languages`.", near=near)
            yield finding("unknown-key", message, Place(key=f"{key}.{language}"), hint)


def check_shared(declaration: Declaration, shared: Shared) -> Iterator[Finding]:
    """Yield the texts that publications share, that this one uses, and that lack a language of its pages.

    Of a language that there is not, and where its own texts are in other languages than the pages, that alone is told.
    """
    is_foreign = bool(_foreign(declaration))
    due = [one for one in declaration.page_languages if one in LANGUAGE_CODES]
    lists = {column.codes for dataset in declaration.dataset for column in dataset.column} & shared.codelists.keys()
    named = {declaration.publisher, declaration.creator}
    used: list[tuple[str, str, object]] = [
        *(("agents.toml", f"agent[{i}]", agent) for i, agent in enumerate(shared.agents.values()) if agent.id in named),
        *(
            ("agents.toml", f"contact[{i}]", contact)
            for i, contact in enumerate(shared.contacts.values())
            if contact.id == declaration.contact
        ),
        *((f"codelists/{name}.toml", "", shared.codelists[name]) for name in sorted(lists - shared.model)),
    ]
    for file, at, entry in used:
        for key, text in texts(entry, at):
            for language in () if is_foreign and not set(due) & set(text) else due:
                if isinstance(text, Words) and not text.has(language):
                    message = Message("The key {language!r} is missing.", language=language)
                    yield finding("missing-key", message, Place(file=file, key=f"{key}.{language}"))


def check_model(declaration: Declaration, shared: Shared) -> Iterator[Finding]:
    """Yield the languages of the pages in which what this publication uses of the model is not said whole."""
    curies = {dataset.type for dataset in declaration.dataset} | {c.rdf for d in declaration.dataset for c in d.column}
    lists = {column.codes for dataset in declaration.dataset for column in dataset.column} & shared.model
    used = [
        *(term for term in shared.terms.values() if f"ogp:{term.name}" in curies),
        *(shared.codelists[name] for name in sorted(lists)),
    ]
    said = [text for entry in used for _, text in texts(entry) if isinstance(text, Words)]
    for index, language in enumerate(declaration.page_languages):
        missing = [text for text in said if not text.has(language)]
        if missing and language in languages():
            message = Message(
                "{count} texts of the vocabulary are not there in the language {code!r}, such as “{text}”.",
                count=len(missing),
                code=language,
                text=missing[0].of(SOURCE),
            )
            yield finding("language-without-messages", message, Place(key=f"page_languages[{index}]"))


def texts(value: object, key: str = "") -> Iterator[tuple[str, Words | WordLists]]:
    """Yield every text below a value that names its languages, with the path of its key."""
    if isinstance(value, Words | WordLists):
        if UNNAMED not in value:
            yield key, value
    elif isinstance(value, list):
        for index, entry in enumerate(value):
            yield from texts(entry, f"{key}[{index}]")
    elif is_dataclass(value):
        for part in fields(value):
            yield from texts(getattr(value, part.name), f"{key}.{part.name}" if key else part.name)
