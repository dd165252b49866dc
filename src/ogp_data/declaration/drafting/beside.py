"""What publications share, laid down where it is not there yet: `site.toml` and `agents.toml`."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ogp_data.core.files import read_file
from ogp_data.core.messages import Message
from ogp_data.declaration.drafting.answers import Answers
from ogp_data.declaration.drafting.page import Page, Written
from ogp_data.declaration.drafting.proposal import Entry
from ogp_data.declaration.drafting.shared_keys import SHARED

SITE, AGENTS = "site.toml", "agents.toml"
_PUBLISHER, _CONTACT = "publisher", "contact"
"""The organisation and the contact that are laid down, by their ids."""
EXAMPLE = "https://example.org/ogp/{id}/"
"""An address for as long as there is no lasting one."""

_DUTCH_LICENCE = Message("the address of the licence, such as http://creativecommons.org/publicdomain/zero/1.0/deed.nl")


@dataclass(frozen=True, slots=True)
class Known:
    """What publications share already: keys that site.toml gives, its languages, and whether the files are there.

    `taken` are files of somewhere else that are to be put there, as they are.
    """

    given: frozenset[str] = frozenset()
    languages: tuple[str, ...] = ()
    has_site: bool = False
    has_agents: bool = False
    taken: Mapping[str, bytes] = field(default_factory=dict)


def known(data: Path, elsewhere: Path | None = None) -> Known:
    """Return what publications share already, or what they will where a `site.toml` of elsewhere is taken.

    What of it cannot be read is reported by a check; ValueError where that of elsewhere is none, or another is there.
    """
    taken = _taken(data, elsewhere) if elsewhere else {}
    shared, has_site = _read(data / SITE, taken.get(SITE)), SITE in taken or os.path.lexists(data / SITE)
    languages = shared.get("languages")
    said_in = tuple(one for one in languages if isinstance(one, str)) if isinstance(languages, list) else ()
    given = frozenset(key for key in SHARED if key in shared or not has_site)
    return Known(given, said_in, has_site, AGENTS in taken or os.path.lexists(data / AGENTS), taken)


def _read(path: Path, content: bytes | None) -> dict[str, Any]:
    with suppress(OSError, ValueError, RecursionError):
        return tomllib.loads((read_file(path) if content is None else content).decode("utf-8"))
    return {}


def _taken(data: Path, elsewhere: Path) -> dict[str, bytes]:
    """Return a `site.toml` of elsewhere with the `agents.toml` beside it, as far as they are not there already."""
    content = read_file(elsewhere)
    try:
        tomllib.loads(content.decode("utf-8"))
    except (ValueError, RecursionError) as reason:
        raise ValueError(Message("{path} is no TOML: {reason}", path=elsewhere, reason=reason)) from reason
    if os.path.lexists(data / SITE) and read_file(data / SITE) != content:
        there = Message("{path} is there already, and says something else; leave out --site", path=data / SITE)
        raise ValueError(there)
    found = {SITE: content}
    beside = elsewhere.with_name(AGENTS)
    if beside.exists() and not os.path.lexists(data / AGENTS):
        found[AGENTS] = read_file(beside)
    return {name: content for name, content in found.items() if not os.path.lexists(data / name)}


def site(language: str, pages: Sequence[str], country: str, has_agents: bool, answers: Answers) -> Written:
    """Return a `site.toml` to fill in; where `agents.toml` is laid down with it, its publisher is that one."""
    page = Page(language)
    about = Message("What all publications share; what one says itself comes first, and {id} is its id.", id="{id}")
    page.say(about)
    page.begin()
    note = Message("a name reserved for examples: put your own, lasting address here")
    own = answers.base_iri not in ("", EXAMPLE)
    page.add(Entry("base_iri", answers.base_iri or EXAMPLE, "" if own else note))
    ids = dict.fromkeys(("publisher", "creator"), _PUBLISHER) | {"contact": _CONTACT}
    page.add(*(Entry(key, "" if has_agents else name, SHARED[key], has_agents) for key, name in ids.items()))
    is_dutch = country == "NLD"
    page.add(_answered("licence", answers.licence, _DUTCH_LICENCE if is_dutch else SHARED["licence"]))
    page.add(Entry("languages", [*pages], Message("of the pages, the first at their root")))
    page.add(Entry("profile", "dcat-ap-nl" if is_dutch else "dcat-ap", Message("the profile of the catalogue")))
    return page.written


def _answered(key: str, answer: str, note: str) -> Entry:
    """Return a line with what somebody answered, or one that is to be filled in."""
    return Entry(key, answer, "" if answer else note, is_open=not answer)


def agents(language: str, pages: Sequence[str], answers: Answers) -> Written:
    """Return an `agents.toml` with an organisation and a contact to fill in."""
    page = Page(language)
    names = dict.fromkeys(pages, answers.publisher)
    page.say(Message("The organisations that publish, and where they can be asked."))
    page.begin("[[agent]]")
    page.add(Entry("id", _PUBLISHER), *_noted(names, Message("the name of the organisation that publishes the data")))
    page.say(Message('type = "national-authority", or regional-authority, local-authority, company, ...'))
    page.begin("[[contact]]")
    page.add(Entry("id", _CONTACT), *_noted(names, Message("the name of the team that answers questions")))
    key = "url" if answers.contact.startswith(("http:", "https:")) else "email"
    page.add(_answered(key, answers.contact, Message("its e-mail address; or write url, the address of a page")))
    return page.written


def _noted(names: dict[str, str], note: Message) -> tuple[Entry, ...]:
    """Return names to fill in, a line for each language."""
    return tuple(_answered(f"name.{code}", name, note) for code, name in names.items())
