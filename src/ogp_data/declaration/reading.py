"""A folder -> Publication: its declaration with all that it refers to, or findings."""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ogp_data.core.declared import Declaration, ReferenceSpec
from ogp_data.core.files import is_device, read_file
from ogp_data.core.findings import Finding, Place, errors, finding
from ogp_data.core.messages import Message
from ogp_data.core.publication import Correction, Publication
from ogp_data.core.shared import Agent, CodeList, Contact, Shared
from ogp_data.core.spreadsheet import read_as
from ogp_data.core.strict import STRICT
from ogp_data.declaration.checking import NAME, address_faults, check, check_filled
from ogp_data.declaration.complete import complete
from ogp_data.declaration.datasets import check_reference_columns
from ogp_data.declaration.earlier import name_faults
from ogp_data.declaration.editions import in_series, published_before
from ogp_data.declaration.languages import check_reasons, check_shared
from ogp_data.declaration.listed import check_agents
from ogp_data.declaration.official import check_contact, stated
from ogp_data.declaration.publication_file import read_publication
from ogp_data.declaration.sources import source_files
from ogp_data.declaration.themes import theme_of
from ogp_data.declaration.toml_files import inside, read_toml
from ogp_data.declaration.typing import check_types
from ogp_data.declaration.withheld import check_earlier, check_withheld
from ogp_data.models.lists import ValueLists
from ogp_data.models.vocabulary import vocabulary


@dataclass(frozen=True, slots=True)
class _AgentsFile:
    __pydantic_config__ = STRICT
    agent: list[Agent] = field(default_factory=list)
    contact: list[Contact] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _CorrectionsFile:
    __pydantic_config__ = STRICT
    correction: list[Correction] = field(default_factory=list)


def unknown(data: Path, name: str) -> list[Finding]:
    """Return that there is no publication of this name; nothing where its folder, or something else, stands."""
    path, found = data / name / "publication.toml", list[Finding]()
    if not os.path.lexists(path.parent):
        read_toml(path, Declaration, found)
    return found


def load(
    data: Path, name: str, lists: ValueLists, base_iri: str = "", base_url: str = ""
) -> tuple[Publication | None, list[Finding]]:
    """Return the publication called `name`, and what is wrong with its declaration.

    `base_iri` and `base_url` take the place of the declared ones. There is no publication when an error makes
    it impossible to go on.
    """
    found: list[Finding] = []
    declaration, written = read_publication(data, name, lists, found)
    publication = _load(data, name, declaration, lists, (base_iri, base_url), found)
    return replace(publication, written=written) if publication else None, [written.located(fault) for fault in found]


def _load(
    data: Path,
    name: str,
    declaration: Declaration | None,
    lists: ValueLists,
    addresses: tuple[str, str],
    found: list[Finding],
) -> Publication | None:
    """Return the publication of a declaration, or None with findings."""
    folder = data / name
    shared = _shared(data, lists, found)
    corrections = read_toml(folder / "corrections.toml", _CorrectionsFile, found, optional=True) or _CorrectionsFile()
    if declaration is None or shared is None:
        return None
    declaration = complete(declaration)
    found += (untyped := list(check_types(declaration, name)))
    if errors(untyped):
        return None
    declaration = _based(declaration, *addresses)
    found += check(declaration, name, shared, lists)
    found += check_reasons(corrections.correction, declaration.page_languages, f"{name}/corrections.toml")
    found += check_withheld(name, declaration.source, corrections.correction)
    found += (*check_shared(declaration, shared), *check_contact(declaration, shared))
    found += name_faults(declaration.version, Place(file=f"{name}/publication.toml", key="version"))
    theme = theme_of(data, declaration.theme, Place(file=f"{name}/publication.toml", key="theme"), found)
    references = [_reference(folder, spec, found) for spec in declaration.reference]
    files = source_files(folder, declaration, found)
    earlier, editions = published_before(folder, declaration, found)
    if files is None or errors(found):
        return None
    joined = _joined(references)
    found += check_reference_columns(declaration, joined)
    if errors(found):
        return None
    records = tuple(corrections.correction)
    declaration = in_series(stated(declaration, shared), editions)
    publication = Publication(declaration, shared, records, joined, folder, files, earlier, editions, theme=theme)
    found += check_earlier(publication)
    return publication


def _based(declaration: Declaration, base_iri: str, base_url: str) -> Declaration:
    base = base_iri or declaration.base_iri
    url = base_url or ("" if base_iri else declaration.base_url) or base
    return replace(declaration, base_iri=_slashed(base), base_url=_slashed(url))


def _slashed(address: str) -> str:
    return address if address.endswith("/") else address + "/"


def _shared(data: Path, lists: ValueLists, found: list[Finding]) -> Shared | None:
    unread: list[Finding] = []
    agents = read_toml(data / "agents.toml", _AgentsFile, unread)
    own = [read_toml(path, CodeList, unread) for path in sorted((data / "codelists").glob("*.toml"))]
    found += unread
    if agents is None or errors(unread):
        return None
    codelists = [codes for codes in own if codes]
    found += _check_agents(agents, lists, data / "agents.toml")
    found += (misnamed := list(_check_codelists(data / "codelists", codelists)))
    if errors(misnamed):
        return None
    found += _check_texts(data / "agents.toml", agents)
    for codes in codelists:
        found += _check_texts(data / "codelists" / f"{codes.id}.toml", codes)
    model = vocabulary()
    return Shared(
        agents={agent.id: agent for agent in agents.agent},
        contacts={contact.id: contact for contact in agents.contact},
        codelists={**model.codelists, **{codes.id: codes for codes in codelists}},
        terms=model.terms,
        model=frozenset(model.codelists),
    )


def _check_texts(path: Path, held: object) -> Iterator[Finding]:
    """Yield the texts of a shared file that nobody sees, and those with control characters."""
    return (replace(fault, place=replace(fault.place, file=str(path))) for fault in check_filled(held, ""))


def people_of(data: Path, found: list[Finding]) -> tuple[list[Agent], list[Contact]]:
    """Return the organisations and contacts that publications share; none, with findings, of a file that is wrong."""
    agents = read_toml(data / "agents.toml", _AgentsFile, found)
    return (agents.agent, agents.contact) if agents else ([], [])


def _check_agents(agents: _AgentsFile, lists: ValueLists, path: Path) -> Iterator[Finding]:
    """Yield the names that stand twice, the addresses that are none, and organisations of no known kind."""
    for kind, entries in (("agent", agents.agent), ("contact", agents.contact)):
        yield from _check_ids(path, kind, "id", [entry.id for entry in entries], NAME)
    for index, contact in enumerate(agents.contact):
        if not (contact.email or contact.url):
            message = Message("The contact {id!r} has neither an e-mail address nor a web address.", id=contact.id)
            hint = Message("Write `email`, `url` or both.")
            yield finding("missing-key", message, Place(file=str(path), key=f"contact[{index}].email"), hint)
    for key, fault in (*address_faults(agents.agent, "agent"), *address_faults(agents.contact, "contact")):
        yield finding("invalid-address", fault, Place(file=str(path), key=key))
    yield from (replace(each, place=replace(each.place, file=str(path))) for each in check_agents(agents.agent, lists))


def _check_codelists(folder: Path, lists: Sequence[CodeList]) -> Iterator[Finding]:
    """Yield the lists that are not called as their file or as one of the model, and codes that do not last."""
    for codes in lists:
        path = folder / f"{codes.id}.toml"
        if codes.id in vocabulary().codelists:
            message = Message("The model has a code list {id!r}, the same for all publications.", id=codes.id)
            hint = Message("Give the list, and its file, another name; or remove the file, and use that of the model.")
            yield finding("duplicate-name", message, Place(file=str(path), key="id"), hint)
        is_taken = codes.id in ("ogp", "organisations", "own") or is_device(codes.id)
        if not NAME.fullmatch(codes.id) or is_taken or not path.is_file():
            message = Message("A code list cannot have the id {id!r}, or its file has another name.", id=codes.id)
            yield finding(
                "unsafe-name", message, Place(file=str(folder), key="id"), Message("Give `id` the name of the file.")
            )
        yield from _check_twice(path, "concept", "code", [concept.code for concept in codes.concept])
        for index, concept in enumerate(codes.concept):
            if reading := read_as(concept.code):
                message = Message(
                    "A spreadsheet that opens the CSV reads the code {code!r} as a {reading}.",
                    code=concept.code,
                    reading=reading,
                )
                place = Place(file=str(path), key=f"concept[{index}].code")
                yield finding(
                    "unsafe-name",
                    message,
                    place,
                    Message("Choose a code that a spreadsheet reads as text, such as a word."),
                )


def _check_ids(path: Path, kind: str, key: str, names: Sequence[str], form: re.Pattern[str]) -> Iterator[Finding]:
    """Yield the names that cannot be part of an IRI, and those that stand twice."""
    for index, name in enumerate(names):
        if not form.fullmatch(name):
            place = Place(file=str(path), key=f"{kind}[{index}].{key}")
            yield finding(
                "unsafe-name", Message("{name!r} cannot be the name of a {kind}.", name=name, kind=kind), place
            )
    yield from _check_twice(path, kind, key, names)


def _check_twice(path: Path, kind: str, key: str, names: Sequence[str]) -> Iterator[Finding]:
    for index, name in enumerate(names):
        if name in names[:index]:
            place = Place(file=str(path), key=f"{kind}[{index}].{key}")
            yield finding(
                "duplicate-name", Message("The {kind} {name!r} is already there.", kind=kind, name=name), place
            )


def _reference(folder: Path, spec: ReferenceSpec, found: list[Finding]) -> Mapping[str, Mapping[str, str]]:
    """Return a reference table's rows by key."""
    path = inside(folder, spec.file, "reference.file", found)
    place = Place(file=f"{folder.name}/{spec.file}")
    if path is None:
        return {}
    try:
        rows = list(csv.DictReader(io.StringIO(read_file(path).decode("utf-8"), newline="")))
    except (OSError, UnicodeDecodeError, csv.Error) as reason:
        message = Message(
            "The reference table cannot be read: {getattr}.", getattr=getattr(reason, "strerror", None) or reason
        )
        found.append(finding("missing-reference-table", message, place))
        return {}
    if uneven := next((number for number, row in enumerate(rows, start=1) if None in row or None in row.values()), 0):
        message = Message("A row of the reference table has more or fewer cells than its header.")
        found.append(finding("missing-reference-table", message, replace(place, row=str(uneven))))
        return {}
    if rows and spec.key not in rows[0]:
        found.append(
            finding(
                "missing-reference-table", Message("The reference table has no column '{key}'.", key=spec.key), place
            )
        )
        return {}
    return {row[spec.key]: row for row in rows}


def _joined(references: Iterable[Mapping[str, Mapping[str, str]]]) -> dict[str, dict[str, str]]:
    """Return the reference tables as one: key -> column -> text."""
    joined: dict[str, dict[str, str]] = {}
    for rows in references:
        for key, row in rows.items():
            joined.setdefault(key, {}).update(row)
    return joined
