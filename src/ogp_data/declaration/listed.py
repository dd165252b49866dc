"""What a declaration names out of a list: codes, a licence, a profile, kinds of organisations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ogp_data.core.declared import Declaration
from ogp_data.core.findings import Finding, Place, finding
from ogp_data.core.messages import Message, listed
from ogp_data.core.near import meant
from ogp_data.core.shared import Agent
from ogp_data.models.licences import Licences
from ogp_data.models.lists import Concept, ValueList, ValueLists
from ogp_data.models.organisations import nearest_types, type_names, type_of
from ogp_data.models.profiles import Profile, load_profile, profile_ids

SHORT = 12
"""A list of so many codes is told whole to who has written another."""


def check_lists(declaration: Declaration, lists: ValueLists) -> Iterator[Finding]:
    """Yield the codes that are in no list or deprecated, and a licence or a profile that is not known."""
    if declaration.profile not in profile_ids():
        yield _unknown_profile(declaration.profile)
        return
    profile = load_profile(declaration.profile)
    yield from _check_obligatory(declaration.page_languages, profile)
    yield from _check_codes(declaration, lists, profile)
    yield from _check_places(declaration.spatial, lists, profile)
    yield from _check_licence(declaration.licence, Licences(lists), profile)


def _check_obligatory(languages: Sequence[str], profile: Profile) -> Iterator[Finding]:
    """Yield the languages that readers of a profile's catalogues expect, and in which the publication has no texts."""
    for language in profile.languages:
        if language not in languages:
            message = Message(
                "There are no texts in {language!r}, the language of {title}.", language=language, title=profile.title
            )
            hint = Message("Add {language!r} to `page_languages`, or name another profile.", language=language)
            yield finding("missing-profile-language", message, Place(key="page_languages"), hint)


def _unknown_profile(name: str) -> Finding:
    return finding(
        "unknown-code",
        Message("There is no application profile {name!r}.", name=name),
        Place(key="profile"),
        meant(name, profile_ids()),
    )


def _check_codes(declaration: Declaration, lists: ValueLists, profile: Profile) -> Iterator[Finding]:
    declared: Mapping[str, tuple[str, Sequence[str]]] = {
        "themes": (profile.themes, declaration.themes),
        "languages": ("language", declaration.languages),
        "frequency": ("frequency", [declaration.frequency]),
        "access_rights": ("access-right", [declaration.access_rights]),
        "status": ("dataset-status", [declaration.status]),
        "availability": ("planned-availability", [declaration.availability]),
    }
    only = {values: codes for term, codes in profile.only.items() for values in profile.lists[term]}
    for key, (list_id, codes) in declared.items():
        if not codes and key in ("languages", "themes"):  # a dataset without them is found by nobody
            yield finding(
                "missing-key", Message("The list is empty."), Place(key=key), Message("Name at least one code.")
            )
        for code in codes:
            yield from _check_code(lists[list_id], code, Place(key=key), only.get(list_id, ()))


def _check_code(values: ValueList, code: str, place: Place, only: Sequence[str] = ()) -> Iterator[Finding]:
    concept = values.of_code(code)
    if concept is None or (only and code not in only):
        message = Message(
            "{code!r} is not a code of the list {id}{text}.",
            code=code,
            id=values.id,
            text=Message(" that is allowed") if concept else "",
        )
        yield finding("unknown-code", message, place, _known(values, code, only))
    elif concept.deprecated:
        since = Message(" since {ended}", ended=concept.ended) if concept.ended else ""
        message = Message(
            "{code} ({label}) of the list {id} is deprecated{since}.",
            code=code,
            label=concept.words,
            id=values.id,
            since=since,
        )
        yield finding(
            "deprecated-code",
            message,
            place,
            Message("Take a code of <{scheme}> that is in force.", scheme=values.scheme),
        )


def _known(values: ValueList, code: str, only: Sequence[str] = ()) -> str:
    """Return which codes there are: those that may be meant, all of a short list, or else where they stand."""
    codes = [concept for each in only or values.rows if (concept := values.of_code(each))]
    near = [concept for concept in values.nearest(code) if not only or concept.code in only]
    may_be = Message("Did you mean {near}? ", near=listed(map(_named, near), Message(" or "))) if near else ""
    if len(codes) <= SHORT:
        return Message("{meant}Use one of: {codes}.", meant=may_be, codes=listed(map(_named, codes)))
    return Message("{meant}Use a code of <{scheme}>.", meant=may_be, scheme=values.scheme)


def _named(concept: Concept) -> Message:
    return Message("{code} ({label})", code=concept.code, label=concept.words)


_DUTCH = "http://creativecommons.org/publicdomain/zero/1.0/deed.nl"


def _not_filled_in(key: str, hint: str) -> Finding:
    return finding("missing-key", Message("The {key} has not been filled in.", key=key), Place(key=key), hint)


def _check_places(places: Iterable[str], lists: ValueLists, profile: Profile) -> Iterator[Finding]:
    known = [lists[name] for name in profile.places]
    for place in places:
        if not place:
            hint = Message("Write a code of the EU country table, such as NLD, or the address of a place.")
            yield _not_filled_in("spatial", hint)
        elif "://" not in place:
            yield from _check_code(lists["country"], place, Place(key="spatial"))
        elif not any(place in values for values in known):
            names = listed(values.title for values in known)
            message = Message(
                "<{place}> is a place of none of the lists that {title} knows.", place=place, title=profile.title
            )
            yield finding(
                "unknown-code", message, Place(key="spatial"), Message("Take an IRI of: {names}.", names=names)
            )


def _check_licence(address: str, licences: Licences, profile: Profile) -> Iterator[Finding]:
    """Yield that the profile does not allow a licence; by another address of its own it may."""
    if not address:
        example = "https://creativecommons.org/licenses/by/4.0/" if profile.licence.by_address else _DUTCH
        yield _not_filled_in("licence", Message("Write the address of a licence, such as {example}.", example=example))
        return
    lists, place = [licences.lists[name] for name in profile.licence.lists], Place(key="licence")
    same = [iri for iri in licences.same(address) if any(iri in values for values in lists)]
    if home := next((values for values in lists if address in values), None):
        concept = home.get(address)
        yield from _check_code(home, concept.code if concept else "", place)
    elif not (same and profile.licence.by_address):
        message = Message("<{address}> is not a licence that {title} allows.", address=address, title=profile.title)
        near = [f"<{iri}>" for iri in same] or [f"<{c.iri}>" for values in lists for c in values.nearest(address)]
        where = listed((f"<{values.scheme}>" for values in lists), Message(" or "))
        hint = (
            Message("Write {near}.", near=listed(near[:2], Message(" or ")))
            if near
            else Message("Take a licence of {where}.", where=where)
        )
        yield finding("unknown-code", message, place, hint)


def check_agents(agents: Sequence[Agent], lists: ValueLists) -> Iterator[Finding]:
    """Yield the organisations of an unknown kind, and those that their register does not have."""
    for index, agent in enumerate(agents):
        if agent.type and type_of(lists, agent.type) is None:
            near = nearest_types(lists, agent.type)
            hint = Message(
                "{near}Use one of: {type_names}.",
                near=Message("Did you mean {near}? ", near=near[0]) if near else "",
                type_names=", ".join(type_names(lists)),
            )
            message = Message("There is no kind of organisation {type!r}.", type=agent.type)
            yield finding("unknown-code", message, Place(key=f"agent[{index}].type"), hint)
        yield from _check_registered(agent, lists, Place(key=f"agent[{index}].iri"))


def _check_registered(agent: Agent, lists: ValueLists, place: Place) -> Iterator[Finding]:
    home = lists.home(agent.iri) if agent.iri else None
    if home is None or home.file is None:
        return
    if home.get(agent.iri) is None:
        near = [f"{each.code} ({each.nl})" for each in home.nearest(agent.name.of("nl"))]
        message = Message(
            "<{iri}> is not in the register “{of}” of {date}.", iri=agent.iri, of=home.title.of("en"), date=home.date
        )
        hint = Message(
            "{near}Nothing needs fixing when the register has it by now.",
            near=Message("Did you mean {near}? ", near=near[0]) if near else "",
        )
        yield finding("unregistered-code", message, place, hint)
