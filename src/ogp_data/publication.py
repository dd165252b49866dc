"""TOML -> Publication, or findings with the file and the key path."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError
from rdflib import Namespace, URIRef

from ogp_data.findings import Finding, Place, errors, finding
from ogp_data.model import (
    STRICT,
    Agent,
    CodeList,
    Column,
    Contact,
    Correction,
    DatasetSpec,
    Declaration,
    Publication,
    ReferenceSpec,
    Shared,
    Term,
)
from ogp_data.source import READERS
from ogp_data.text import SourceText, is_date, url_fault
from ogp_data.validation.lists import ValueLists
from ogp_data.vocab import expand

NAME = re.compile(r"[a-z0-9][a-z0-9-]*")
DATASET_NAME = re.compile(r"[a-z][a-z0-9_-]*")
RESERVED = frozenset({"catalog", "codelists", "manifest", "reports", "source", "upload", "v", "nl", "en", "everything"})
"""Names in a package that no dataset can have."""

_EXAMPLE = re.compile(
    r"^https?://(?:[^/]*\.)?(?:example\.(?:org|com|net)|[^/]*\.(?:example|invalid|test))(?:[:/]|$)", re.I
)
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class _AgentsFile:
    __pydantic_config__ = STRICT
    agent: list[Agent] = field(default_factory=list)
    contact: list[Contact] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _TermsFile:
    __pydantic_config__ = STRICT
    term: list[Term] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _CorrectionsFile:
    __pydantic_config__ = STRICT
    correction: list[Correction] = field(default_factory=list)


def find_publications(data: Path) -> list[str]:
    """Return the names of the publications under a data folder, in alphabetical order."""
    return sorted(path.parent.name for path in data.glob("*/publication.toml"))


def load(
    data: Path, name: str, lists: ValueLists, base_iri: str = "", base_url: str = ""
) -> tuple[Publication | None, list[Finding]]:
    """Return the publication called `name`, and what is wrong with its declaration.

    `base_iri` and `base_url` take the place of the declared ones. There is no publication when an error makes
    it impossible to go on.
    """
    folder = data / name
    found: list[Finding] = []
    declaration = _read(folder / "publication.toml", Declaration, found)
    shared = _shared(data, found)
    corrections = _read(folder / "corrections.toml", _CorrectionsFile, found, optional=True) or _CorrectionsFile()
    if declaration is None or shared is None or errors(found):
        return None, found
    declaration = _based(declaration, base_iri, base_url)
    found += check(declaration, name, shared, lists)
    references = [_reference(folder, spec, found) for spec in declaration.reference]
    source = _source(folder, declaration, found)
    if source is None or errors(found):
        return None, found
    joined = _joined(references)
    records = tuple(corrections.correction)
    return Publication(declaration, shared, records, joined, folder, source), found


def _based(declaration: Declaration, base_iri: str, base_url: str) -> Declaration:
    base = base_iri or declaration.base_iri
    url = base_url or ("" if base_iri else declaration.base_url) or base
    return replace(declaration, base_iri=_slashed(base), base_url=_slashed(url))


def _slashed(address: str) -> str:
    return address if address.endswith("/") else address + "/"


# Reading files ------------------------------------------------------------------------------------------


def _read(path: Path, kind: type[_T], found: list[Finding], optional: bool = False) -> _T | None:
    """Return a TOML file as an instance of a dataclass, or None with findings."""
    place = Place(file=str(path))
    try:
        data = tomllib.loads(path.read_bytes().decode("utf-8"))
    except FileNotFoundError:
        if not optional:
            found.append(finding("declaration-missing", f"There is no {path.name}.", place))
        return None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as reason:
        found.append(finding("declaration-syntax", f"This is no TOML: {reason}.", place))
        return None
    try:
        # In JSON mode, strict types are strict for values, while a table may still become a dataclass.
        return TypeAdapter(kind).validate_json(json.dumps(data, default=str))
    except ValidationError as reason:
        found.extend(_declaration_faults(path, reason))
        return None


def _declaration_faults(path: Path, reason: ValidationError) -> Iterator[Finding]:
    for error in reason.errors(include_url=False):
        place = Place(file=str(path), key=_key_path(error["loc"]))
        if error["type"] == "unexpected_keyword_argument":
            yield finding("key-unknown", f"There is no key '{error['loc'][-1]}'.", place)
        elif error["type"] in ("missing", "missing_argument"):
            yield finding("key-missing", f"The key '{error['loc'][-1]}' is missing.", place)
        else:
            yield finding("value-type", f"{error['msg']}; it is {error['input']!r:.60}.", place)


def _key_path(loc: tuple[int | str, ...]) -> str:
    """Return a path as TOML people write it, `dataset[2].column[0].title.nl`; union tags are left out."""
    tags = {"Headings", "ListItems", "TableRows", "Paragraphs", "Furniture", "Links", "Quotes", "Faults"}
    path = ""
    for part in loc:
        if isinstance(part, int):
            path += f"[{part}]"
        elif part not in tags:
            path += f".{part}" if path else part
    return path


def _shared(data: Path, found: list[Finding]) -> Shared | None:
    agents = _read(data / "agents.toml", _AgentsFile, found)
    terms = _read(data / "vocabulary.toml", _TermsFile, found)
    lists = [_read(path, CodeList, found) for path in sorted((data / "codelists").glob("*.toml"))]
    if agents is None or terms is None or errors(found):
        return None
    return Shared(
        agents={agent.id: agent for agent in agents.agent},
        contacts={contact.id: contact for contact in agents.contact},
        codelists={codes.id: codes for codes in lists if codes},
        terms={term.name: term for term in terms.term},
    )


def _reference(folder: Path, spec: ReferenceSpec, found: list[Finding]) -> Mapping[str, Mapping[str, str]]:
    """Return a reference table's rows by key."""
    path = _inside(folder, spec.file, "reference.file", found)
    place = Place(file=f"{folder.name}/{spec.file}")
    if path is None:
        return {}
    try:
        rows = list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8"), newline="")))
    except (OSError, UnicodeDecodeError) as reason:
        found.append(finding("reference-missing", f"The reference table cannot be read: {reason}.", place))
        return {}
    if rows and spec.key not in rows[0]:
        found.append(finding("reference-missing", f"The reference table has no column '{spec.key}'.", place))
        return {}
    return {row[spec.key]: row for row in rows}


def _joined(references: Iterable[Mapping[str, Mapping[str, str]]]) -> dict[str, dict[str, str]]:
    """Return the reference tables as one: key -> column -> text."""
    joined: dict[str, dict[str, str]] = {}
    for rows in references:
        for key, row in rows.items():
            joined.setdefault(key, {}).update(row)
    return joined


def _inside(folder: Path, relative: str, key: str, found: list[Finding]) -> Path | None:
    """Return a path below a folder, or None with a finding when it climbs out."""
    path = (folder / relative).resolve()
    if path.is_relative_to(folder.resolve()):
        return path
    place = Place(file=str(folder / "publication.toml"), key=key)
    found.append(finding("path-escapes", f"{relative!r} leads out of the publication's folder.", place))
    return None


def _source(folder: Path, declaration: Declaration, found: list[Finding]) -> bytes | None:
    """Return the source document's bytes when it is there, UTF-8, not empty, and the declared one."""
    path = _inside(folder, declaration.source.file, "source.file", found)
    place = Place(file=f"{folder.name}/{declaration.source.file}")
    if path is None:
        return None
    try:
        content = path.read_bytes()
    except OSError as reason:
        found.append(finding("source-missing", f"The source document cannot be read: {reason.strerror}.", place))
        return None
    found += _source_faults(content, declaration, place)
    return content


def _source_faults(content: bytes, declaration: Declaration, place: Place) -> Iterator[Finding]:
    if not content.strip():
        yield finding("source-empty", "The source document is empty.", place)
        return
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as reason:
        line = content.count(b"\n", 0, reason.start) + 1
        at = replace(place, line=line)
        yield finding("source-encoding", f"Byte {reason.start} (0x{content[reason.start]:02x}) is not UTF-8.", at)
    actual = hashlib.sha256(content).hexdigest()
    if actual != declaration.source.sha256.lower():
        message = f"The source document has SHA-256 {actual}, the declaration says {declaration.source.sha256}."
        yield finding("source-changed", message, place)


def source_text(publication: Publication) -> SourceText:
    """Return the source document as text."""
    return SourceText.of(publication.source_name, publication.source_bytes.decode("utf-8"))


# Checking what the declaration says ---------------------------------------------------------------------


def check(declaration: Declaration, name: str, shared: Shared, lists: ValueLists) -> list[Finding]:
    """Return what is wrong with a declaration beyond the types of its keys."""
    file = f"{name}/publication.toml"
    checks = (
        _check_head(declaration, name),
        _check_addresses(declaration),
        _check_references(declaration, shared),
        _check_lists(declaration, lists),
        _check_datasets(declaration, shared),
        _check_origin(declaration),
    )
    return [replace(fault, place=replace(fault.place, file=file)) for part in checks for fault in part]


def _check_head(declaration: Declaration, name: str) -> Iterator[Finding]:
    if declaration.id != name or not NAME.fullmatch(declaration.id):
        message = f"The id is {declaration.id!r}, the folder is called {name!r}."
        yield finding("name-unsafe", message, Place(key="id"))
    if not re.fullmatch(r"[a-z]{2}", declaration.language):
        message = f"{declaration.language!r} is no two-letter language code."
        yield finding("value-type", message, Place(key="language"), "Write a code of ISO 639-1, such as en.")
    for key, value in (("start", declaration.temporal.start), ("end", declaration.temporal.end)):
        if not re.fullmatch(r"\d{4}(?:-(?:0[1-9]|1[0-2]))?", value) and not is_date(value):
            yield finding("date-invalid", f"{value!r} is no year, month or date.", Place(key=f"temporal.{key}"))
    if declaration.source.kind not in READERS:
        message = f"There is no reader for documents of kind {declaration.source.kind!r}."
        hint = f"Use one of: {', '.join(READERS)}."
        yield finding("reference-dangling", message, Place(key="source.kind"), hint)


def _check_addresses(declaration: Declaration) -> Iterator[Finding]:
    for key in ("base_iri", "base_url", "vocabulary"):
        address = getattr(declaration, key)
        if address and (fault := url_fault(address)) and "://localhost" not in address:
            yield finding("address-invalid", f"The {key} {fault}: {address!r}.", Place(key=key))
    if _EXAMPLE.match(declaration.base_iri):
        message = f"The base_iri {declaration.base_iri} is a name reserved for examples."
        yield finding("base-iri-placeholder", message, Place(key="base_iri"))


def _check_origin(declaration: Declaration) -> Iterator[Finding]:
    if not declaration.source.url:
        message = "Where the source document was published is not known."
        yield finding("source-origin-unknown", message, Place(key="source.url"))
    if not declaration.source.retrieved:
        message = "When the source document was retrieved is not known."
        yield finding("source-origin-unknown", message, Place(key="source.retrieved"))


def _check_references(declaration: Declaration, shared: Shared) -> Iterator[Finding]:
    for key, known in (
        ("publisher", shared.agents),
        ("creator", shared.agents),
        ("contact", shared.contacts),
    ):
        if getattr(declaration, key) not in known:
            message = f"agents.toml has no {getattr(declaration, key)!r}."
            yield finding("reference-dangling", message, Place(key=key), f"Use one of: {', '.join(known)}.")


def _check_lists(declaration: Declaration, lists: ValueLists) -> Iterator[Finding]:
    declared = {
        "themes": ("data-theme", declaration.themes),
        "spatial": ("country", declaration.spatial),
        "languages": ("language", declaration.languages),
        "frequency": ("frequency", [declaration.frequency]),
        "access_rights": ("access-right", [declaration.access_rights]),
        "status": ("dataset-status", [declaration.status]),
        "availability": ("planned-availability", [declaration.availability]),
    }
    for key, (list_id, codes) in declared.items():
        for code in codes:
            if URIRef(lists[list_id].base + code) not in lists[list_id]:
                yield finding("code-unknown", f"{code!r} is not in the EU list {list_id}.", Place(key=key))
    licence = URIRef(declaration.licence)
    if not any(licence in lists[name] for name in ("licence-cc", "licence-geonovum")):
        message = f"<{declaration.licence}> is not a licence of DCAT-AP-NL's list."
        yield finding("code-unknown", message, Place(key="licence"))


def _check_datasets(declaration: Declaration, shared: Shared) -> Iterator[Finding]:
    known = {dataset.name: dataset for dataset in declaration.dataset}
    ogp = Namespace(declaration.names.ogp)
    for index, dataset in enumerate(declaration.dataset):
        at = f"dataset[{index}]"
        if not DATASET_NAME.fullmatch(dataset.name) or dataset.name in RESERVED:
            yield finding("name-unsafe", f"{dataset.name!r} cannot be a dataset's name.", Place(key=f"{at}.name"))
        if declaration.dataset.index(known[dataset.name]) != index:
            yield finding("name-twice", f"There are two datasets {dataset.name!r}.", Place(key=f"{at}.name"))
        yield from _check_term(dataset.type, ogp, shared, f"{at}.type")
        yield from _check_find(dataset, known, at)
        yield from _check_columns(dataset, known, shared, ogp, at)


def _check_term(curie: str, ogp: Namespace, shared: Shared, key: str) -> Iterator[Finding]:
    own = curie.startswith("ogp:")
    if expand(curie, str(ogp)) is None or (own and curie.removeprefix("ogp:") not in shared.terms):
        where = "vocabulary.toml" if own else "the vocabulary of that prefix"
        yield finding("reference-dangling", f"{curie!r} is not in {where}.", Place(key=key))


def _check_find(dataset: DatasetSpec, known: Mapping[str, DatasetSpec], at: str) -> Iterator[Finding]:
    for key in ("each", "of"):
        target = getattr(dataset.find, key, "")
        if target and target not in known:
            yield finding("reference-dangling", f"There is no dataset {target!r}.", Place(key=f"{at}.find.{key}"))
    if pattern := getattr(dataset.find, "pattern", ""):
        try:
            re.compile(pattern)
        except re.error as reason:
            message = f"The pattern is no regular expression: {reason}."
            yield finding("value-type", message, Place(key=f"{at}.find.pattern"))


def _check_columns(
    dataset: DatasetSpec, known: Mapping[str, DatasetSpec], shared: Shared, ogp: Namespace, at: str
) -> Iterator[Finding]:
    seen: set[str] = set()
    if sum(column.key for column in dataset.column) != 1:
        yield finding("key-column", f"Dataset '{dataset.name}' needs just one key column.", Place(key=f"{at}.column"))
    if not dataset.column or dataset.column[-1].type != "lines":
        message = f"The last column of dataset '{dataset.name}' is not source_lines."
        yield finding("key-column", message, Place(key=f"{at}.column"), "Let `source_lines` be the last column.")
    for index, column in enumerate(dataset.column):
        key = f"{at}.column[{index}]"
        if column.name in seen or not re.fullmatch(r"[a-z][a-z0-9_]*", column.name):
            yield finding("name-twice", f"The column name {column.name!r} is used or unsafe.", Place(key=f"{key}.name"))
        seen.add(column.name)
        yield from _check_column(dataset, column, known, shared, ogp, key)


def _check_column(
    dataset: DatasetSpec,
    column: Column,
    known: Mapping[str, DatasetSpec],
    shared: Shared,
    ogp: Namespace,
    key: str,
) -> Iterator[Finding]:
    yield from _check_term(column.rdf, ogp, shared, f"{key}.rdf")
    for part in ("of", "references"):
        target = getattr(column, part)
        if target and target not in known:
            yield finding("reference-dangling", f"There is no dataset {target!r}.", Place(key=f"{key}.{part}"))
    if column.type == "code" and column.codes not in shared.codelists:
        message = f"There is no code list {column.codes!r}."
        yield finding("reference-dangling", message, Place(key=f"{key}.codes"))
    if column.lost and column.lost not in _codes(shared, "finding-kind"):
        message = f"{column.lost!r} is not in the list finding-kind."
        yield finding("code-unknown", message, Place(key=f"{key}.lost"))
    headings = getattr(known[column.of].find if column.of in known else dataset.find, "headings", None)
    if column.take == "cell" and column.heading not in (headings or ()):
        message = f"The table has no column {column.heading!r}."
        yield finding("reference-dangling", message, Place(key=f"{key}.heading"))


def _codes(shared: Shared, name: str) -> set[str]:
    return {concept.code for concept in shared.codelists[name].concept} if name in shared.codelists else set()
