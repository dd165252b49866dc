"""What was published before, as it is kept beside a declaration: the version before, and the editions before."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Container, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pydantic import TypeAdapter, ValidationError
from rdflib import Graph, URIRef
from rdflib.namespace import FOAF

from ogp_data.core.declared import Continues, Declaration, Previous
from ogp_data.core.editions import numbers
from ogp_data.core.files import read_file
from ogp_data.core.findings import Finding, Place, finding
from ogp_data.core.messages import Message
from ogp_data.core.near import meant, nearest
from ogp_data.core.publication import COMMITMENTS, Earlier, Edition
from ogp_data.core.rdf import read as read_rdf
from ogp_data.core.rdf import to_graph
from ogp_data.core.stage import MANIFEST
from ogp_data.core.vocab import DCAT
from ogp_data.declaration.earlier import every, of_edition, version_faults
from ogp_data.declaration.earlier import read as read_build
from ogp_data.declaration.toml_files import find_publications, inside, parse


def published_before(
    folder: Path, declaration: Declaration, found: list[Finding]
) -> tuple[Earlier | None, tuple[Edition, ...]]:
    """Return the version before a publication, and the editions before it; what is wrong goes to `found`."""
    file = f"{folder.name}/publication.toml"
    faults = [replace(fault, place=replace(fault.place, file=file)) for fault in _faults(folder, declaration)]
    found += [*faults, *_undeclared(folder, declaration)]
    if faults:
        return None, ()
    previous, earlier = declaration.previous, None
    if previous and not previous.publication:
        earlier = _build(folder, previous, declaration.id, "previous", found)
    if earlier:
        found += version_faults(earlier, declaration.version, Place(file=file, key="version"))
    return earlier, tuple(_editions(folder, declaration, found))


def in_series(declaration: Declaration, editions: Sequence[Edition]) -> Declaration:
    """Return a declaration in the series of the editions before it; one that it declares itself goes before."""
    known = next((edition.series for edition in editions if edition.series), "")
    return replace(declaration, series=replace(declaration.series, iri=declaration.series.iri or known))


def moved(folder: Path) -> Previous | None:
    """Return the edition that [previous] names, for which a version of the publication itself takes the place."""
    previous = _tables(folder / "publication.toml").get("previous")
    with suppress(ValidationError):
        kept = parse(previous, Previous)
        return kept if kept.publication else None
    return None


# What a declaration says -----------------------------------------------------------------------------------


def _faults(folder: Path, declaration: Declaration) -> Iterator[Finding]:
    """Yield what is wrong with the names of editions, before any is read."""
    circles = [*_circles(folder.parent, declaration)]
    yield from circles
    if circles:
        return  # which edition is meant is not known, and so not whether it is kept
    known = _known(folder, declaration)
    for index, one in enumerate(declaration.continues):
        key = f"continues[{index}]"
        if one.publication in [other.publication for other in declaration.continues[:index]]:
            message = Message("The edition {name!r} is already there.", name=one.publication)
            hint = Message("Put all commitments of one earlier edition in one [[continues]].")
            yield finding("duplicate-name", message, Place(key=f"{key}.publication"), hint)
        elif not one.manifest and not _is_previous(declaration, one.publication):
            yield _misspelt(declaration.previous, one, known) or _not_kept(
                folder.name, one, known, f"{key}.publication"
            )
        yield from _twice(one, key)


def _circles(data: Path, declaration: Declaration) -> Iterator[Finding]:
    """Yield the editions that this one comes before, by what the declarations beside it say."""
    previous = declaration.previous
    named = {previous.publication: "previous"} if previous and previous.publication else {}
    named |= {one.publication: f"continues[{index}]" for index, one in enumerate(declaration.continues)}
    for name, key in named.items():
        if name == declaration.id:
            hint = Message("Leave `publication` out: an earlier version of the same publication needs none.")
            yield _circle([name], f"{key}.publication", hint if key == "previous" else "")
        elif way := _way(data, name, declaration.id):
            yield _circle([declaration.id, *way], f"{key}.publication")


def _known(folder: Path, declaration: Declaration) -> list[str]:
    """Return the publications that may be meant as an earlier edition."""
    others = [name for name in find_publications(folder.parent) if name != declaration.id]
    return list(dict.fromkeys([*_kept_editions(folder), *others]))


def _not_kept(name: str, one: Continues, known: Sequence[str], key: str) -> Finding:
    message = Message("The edition {edition!r} is not kept here.", edition=one.publication)
    hint: str = meant(one.publication, known)
    if one.publication in known or not known:
        hint = Message(
            "Run `ogp-data keep {edition} --for {name}` and take over the `manifest` and `sha256` that it prints.",
            edition=one.publication,
            name=name,
        )
    return finding("missing-previous-version", message, Place(key=key), hint)


def _misspelt(previous: Previous | None, one: Continues, known: Sequence[str]) -> Finding | None:
    """Return that [previous] misspells an edition that [[continues]] has right; None where it does not."""
    wrong = previous.publication if previous else ""
    if not wrong or wrong in known or nearest(wrong, known) != one.publication:
        return None
    message = Message("The edition {edition!r} is not kept here.", edition=wrong)
    return finding("missing-previous-version", message, Place(key="previous.publication"), meant(wrong, known))


def _is_previous(declaration: Declaration, edition: str) -> bool:
    return declaration.previous is not None and declaration.previous.publication == edition


def _twice(one: Continues, key: str) -> Iterator[Finding]:
    """Yield the commitments here that are named twice for the same earlier one."""
    for before, named in one.commitments.items():
        for index, name in enumerate(named):
            if name in named[:index]:
                message = Message("The commitment {name!r} is already there.", name=name)
                yield finding("duplicate-name", message, Place(key=f"{key}.commitments.{before}[{index}]"))


def _circle(way: Sequence[str], key: str, hint: str = "") -> Finding:
    ring = " → ".join([*way, way[0]])
    return finding(
        "circular-editions", Message("An edition comes before itself: {ring}.", ring=ring), Place(key=key), hint
    )


def _way(data: Path, start: str, sought: str) -> list[str]:
    """Return how the declarations beside this one lead from an edition to another that it continues; [] if not."""
    ways, seen = [[start]], {start}
    while ways:
        way = ways.pop(0)
        for name in _continued(data / way[-1] / "publication.toml"):
            if name == sought:
                return way
            if name not in seen:
                seen.add(name)
                ways.append([*way, name])
    return []


def _continued(path: Path) -> list[str]:
    """Return the editions that a declaration says to come before; what is wrong with it is told when it is built."""
    declared = _tables(path)
    tables = [declared.get("previous"), *_listed(declared.get("continues"))]
    names = [table.get("publication") for table in tables if isinstance(table, dict)]
    return [name for name in names if isinstance(name, str)]


def _tables(path: Path) -> dict[str, Any]:
    with suppress(OSError, ValueError, RecursionError):
        return tomllib.loads(read_file(path).decode("utf-8"))
    return {}


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _undeclared(folder: Path, declaration: Declaration) -> Iterator[Finding]:
    """Yield that something is kept which the declaration does not name."""
    place, previous = Place(file=f"{folder.name}/publication.toml", key="previous"), declaration.previous
    if (previous is None or previous.publication) and any((folder / "previous").glob(f"*/{MANIFEST}")):
        message = Message("An earlier version is kept in previous/, but [previous] does not declare it.")
        yield finding("undeclared-previous-version", message, place)
    named = {one.publication for one in declaration.continues} | {previous.publication if previous else ""}
    for name in _kept_editions(folder):
        if name not in named:
            message = Message("The edition {name} is kept in previous/, but nothing declares it.", name=name)
            hint = Message(
                "Declare it with the lines that `ogp-data keep` prints, or remove the folder previous/{name}/.",
                name=name,
            )
            yield finding("undeclared-previous-version", message, place, hint)


def _kept_editions(folder: Path) -> list[str]:
    """Return the editions that are kept beside a declaration."""
    found = sorted({path.parent.parent.name for path in (folder / "previous").glob(f"*/*/{MANIFEST}")})
    return [name for name in found if not (folder / "previous" / name / MANIFEST).exists()]


# What is kept ---------------------------------------------------------------------------------------------


def _build(folder: Path, kept: Previous, own: str, key: str, found: list[Finding]) -> Earlier | None:
    """Return a build as it is kept beside a declaration."""
    path = inside(folder, kept.manifest, f"{key}.manifest", found)
    if path is None:
        return None
    at = (Path(folder.name) / kept.manifest).parent.as_posix()
    which = of_edition if kept.publication else every
    build, faults = read_build(path, kept.publication or own, at, kept.sha256, which)
    found += faults
    return build


def _editions(folder: Path, declaration: Declaration, found: list[Finding]) -> Iterator[Edition]:
    """Yield the editions before, the one that is compared first."""
    previous = declaration.previous
    named = {one.publication: (f"continues[{index}]", one) for index, one in enumerate(declaration.continues)}
    if previous and previous.publication:
        key, said = named.pop(previous.publication, ("previous", Continues(previous.publication)))
        here = key if said.manifest else "previous"
        yield from _edition(folder, declaration, _kept(said) or previous, said, (here, key), found)
    for key, said in named.values():
        if kept := _kept(said):
            yield from _edition(folder, declaration, kept, said, (key, key), found)


def _kept(said: Continues) -> Previous | None:
    return Previous(said.manifest, said.sha256, said.publication) if said.manifest else None


def _edition(
    folder: Path,
    declaration: Declaration,
    kept: Previous,
    said: Continues,
    keys: tuple[str, str],
    found: list[Finding],
) -> Iterator[Edition]:
    """Yield an edition, unless what is kept of it cannot be read; `keys` say where it is declared, and what of it."""
    build = _build(folder, kept, declaration.id, keys[0], found)
    if build is None:
        return
    file = f"{folder.name}/publication.toml"
    try:
        edition = _without(_read(build, said, keys[1]), _withdrawn(folder.parent))
    except (KeyError, SyntaxError, ValueError) as reason:
        message = Message(
            "What is kept of the edition {name} cannot be read: {reason}.", name=said.publication, reason=reason
        )
        found.append(finding("invalid-previous-version", message, Place(file=file, key=keys[0])))
        return
    faults = _edition_faults(edition, declaration)
    found += [replace(fault, place=replace(fault.place, file=file)) for fault in faults]
    yield edition


@dataclass(frozen=True, slots=True)
class _Path:
    path: str


@dataclass(frozen=True, slots=True)
class _Paths:
    files: list[_Path]


@dataclass(frozen=True, slots=True)
class _Package:
    id: str


@dataclass(frozen=True, slots=True)
class _Before:
    publication: str


@dataclass(frozen=True, slots=True)
class _Changes:
    editions: list[_Before] = field(default_factory=list)


def _read(build: Earlier, said: Continues, at: str) -> Edition:
    """Return an edition as its own catalogue describes it; an error says what of it cannot be read."""
    files = build.files
    base = _web(TypeAdapter(_Package).validate_json(files["datapackage.json"]).id.removesuffix("catalog"))
    listed = TypeAdapter(_Paths).validate_json(files[MANIFEST]).files
    before = TypeAdapter(_Changes).validate_json(files.get("changes.json", b"{}")).editions
    told = to_graph(read_rdf(files.get("catalog.nt", b""), "nt"))
    catalogue = URIRef(f"{base}catalog")
    return Edition(
        build,
        base,
        home=_web(told.value(catalogue, FOAF.homepage) or "").removesuffix("index.html"),
        series=_web(next(told.objects(None, DCAT.inSeries), "")),
        first=_first(base, told),
        before=tuple(one.publication for one in before),
        paths=frozenset(one.path for one in listed),
        at=at,
        named=said.commitments,
        same_numbers=said.same_numbers,
    )


def _withdrawn(data: Path) -> frozenset[str]:
    """Return the ids that site.toml says to be withdrawn; what is wrong with it is told of what stands over all."""
    entries = _listed(_tables(data / "site.toml").get("withdrawn"))
    ids = [entry.get("id") for entry in entries if isinstance(entry, dict)]
    return frozenset(name for name in ids if isinstance(name, str))


def _without(edition: Edition, withdrawn: Container[str]) -> Edition:
    """Return an edition without what lies below the addresses of publications that are withdrawn."""
    if edition.id in withdrawn:
        return replace(edition, home="", series="", first={}, is_withdrawn=True)
    first = {name: f"{edition.base}{name}" if _is_below(iri, withdrawn) else iri for name, iri in edition.first.items()}
    # The series is that of the earliest edition that is there, as its own next build says too.
    series = f"{edition.base}catalog#series" if _is_below(edition.series, withdrawn) else edition.series
    return replace(edition, series=series, first=first)


def _is_below(iri: str, ids: Container[str]) -> bool:
    """Return whether an address lies below one of those ids, as addresses of publications do."""
    return any(step in ids for step in urlsplit(iri).path.split("/")[:-1])


def _web(iri: object) -> str:
    """Return an address as text, "" for none; ValueError for what nobody should follow from a page of ours."""
    text = str(iri)
    if text and not _WEB.fullmatch(text):
        raise ValueError(Message("{text!r} is not a web address", text=text))
    return text


_WEB = re.compile(r"https?://[^\s<>\"{}|\\^`\x00-\x20]+")


def _first(base: str, told: Graph) -> Mapping[str, str]:
    """Return the first member of the series by dataset: one that the catalogue names as such, else its own."""
    own = {str(iri).removeprefix(base): str(iri) for iri in told.objects(None, DCAT.dataset)}
    named = {str(iri).rpartition("/")[2]: str(iri) for iri in told.objects(None, DCAT.first)}
    return {name: named.get(name, iri) for name, iri in own.items()}


def _edition_faults(edition: Edition, declaration: Declaration) -> Iterator[Finding]:
    """Yield what the declaration says of an edition that is not so."""
    if declaration.id in edition.before:
        way = [declaration.id, edition.id, *reversed(edition.before[edition.before.index(declaration.id) + 1 :])]
        yield _circle(way, f"{edition.at}.publication")
    if edition.base == declaration.base_iri:
        message = Message("The edition {name} has the same base IRI, so its rows have the same names.", name=edition.id)
        hint = Message("Give this edition a base IRI of its own; what was published keeps its names.")
        yield finding("invalid-address", message, Place(key="base_iri"), hint)
    if declaration.series.iri and edition.series and declaration.series.iri != edition.series:
        message = Message("The series is not that of the edition {name}, <{iri}>.", name=edition.id, iri=edition.series)
        yield finding("separate-series", message, Place(key="series.iri"))
    if edition.is_continued and COMMITMENTS not in edition.build.tables:
        message = Message("The edition {name} has no dataset '{dataset}'.", name=edition.id, dataset=COMMITMENTS)
        hint = Message("Name it in [previous] alone: without commitments, nothing can continue them.")
        yield finding("dangling-reference", message, Place(key=f"{edition.at}.publication"), hint)
    else:
        yield from _unknown_before(edition)


def _unknown_before(edition: Edition) -> Iterator[Finding]:
    """Yield the earlier commitments that are named and that the edition does not have."""
    known = [*edition.commitments.rows]
    for before in (key for key in edition.named if key not in known):
        message = Message("The edition {name} has no commitment {key!r}.", name=edition.id, key=before)
        hint = meant(before, known, numbers(edition.commitments))
        yield finding("dangling-reference", message, Place(key=f"{edition.at}.commitments.{before}"), hint)
