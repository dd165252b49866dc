"""A path below a publication -> what it names: a file, or a document in several forms.

Names lie one step below the base IRI and rows are fragments, so what is asked for is always a document: its forms are
files of the build, or are converted from its Turtle. A thing without a form of its own leads elsewhere, with 303.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from ogp_data.catalogue.metadata import DICTIONARY, EVERYTHING
from ogp_data.core.messages import SOURCE, reason
from ogp_data.core.pages import in_language
from ogp_data.core.rdf import from_ox as as_rdflib
from ogp_data.core.rdf import jsonld, read, unique, write
from ogp_data.core.vocab import OGP, PREFIXES, SERVED
from ogp_data.service import wellformed
from ogp_data.service.problems import ProblemError
from ogp_data.service.snapshot import VOCABULARY, File, Snapshot, made

HTML = "text/html"
FORMS: Mapping[str, str] = {
    HTML: ".html",
    "text/turtle": ".ttl",
    "application/ld+json": ".jsonld",
    "application/rdf+xml": ".rdf",
    "application/n-triples": ".nt",
    "text/csv": ".csv",
    "application/json": ".json",
}
"""Media type -> suffix of the forms of a document, the first first where the client has no preference. A dataset has,
after these, those of its other files."""

CONVERTED = {".jsonld": "application/ld+json", ".rdf": "application/rdf+xml", ".nt": "application/n-triples"}


@dataclass(frozen=True, slots=True)
class Form:
    """Where a form of a document lies. `elsewhere`: that is a document of its own, to be led to."""

    path: str
    elsewhere: bool = False
    fragment: str = ""


def is_converted(snapshot: Snapshot, path: str) -> bool:
    """Return whether a path is that of a form which is made of a file of the build."""
    stem, dot, suffix = path.rpartition(".")
    return path not in snapshot.files and dot + suffix in CONVERTED and f"{stem}.ttl" in snapshot.files


def converted(snapshot: Snapshot, path: str) -> File | None:
    """Return the form of a Turtle file that a path asks for, made once."""
    if not is_converted(snapshot, path):
        return None
    known = snapshot.kept.get(path)
    if isinstance(known, File):
        return known
    stem, _, suffix = path.rpartition(".")
    triples = read(snapshot.files[f"{stem}.ttl"].content, "ttl", f"{snapshot.base_iri}{path}")
    form = made(path, serialised(triples, suffix, snapshot.base_iri), CONVERTED[f".{suffix}"])
    snapshot.kept[path] = form
    return form


def serialised(triples: list[ox.Triple], suffix: str, base_iri: str) -> bytes:
    """Return triples in one of the forms, with the prefixes of a publication's files; ProblemError without a way."""
    prefixes = {**PREFIXES, **SERVED, "ogp": OGP, "own": f"{base_iri}codelists/own#", "cat": f"{base_iri}catalog#"}
    if suffix == "jsonld":
        return jsonld(unique(map(as_rdflib, triples)), prefixes)
    # Sorted, so that the bytes, and with them the ETag, do not depend on the order of the store. Turtle keeps the order
    # of the file that it comes from.
    ordered = sorted(triples, key=str) if suffix in ("rdf", "nt") else triples
    written = write(ordered, suffix, prefixes)
    try:
        return wellformed.xml(written) if suffix == "rdf" else written
    except wellformed.NoXmlError as fault:
        raise ProblemError(406, reason(fault)) from None


def forms(snapshot: Snapshot, path: str, language: str = "") -> dict[str, Form]:
    """Return the forms of the document that a path names, by media type; none when it names nothing. Made once."""
    key = f"forms {language} {path}"
    known = snapshot.kept.get(key)
    if not isinstance(known, dict):
        known = _made_forms(snapshot, path, language)
        if known:  # of what names nothing there may be any number
            snapshot.kept[key] = known
    return known


def _made_forms(snapshot: Snapshot, path: str, language: str) -> dict[str, Form]:
    if not path or path.endswith("/"):
        return {}
    if path in snapshot.terms:
        return dict(_term(snapshot, path, language))
    root, name = _split(path)
    found = dict(_forms(snapshot, path, root, name, language))
    # `everything` has no document of its own; the catalogue describes it, and the data package lists its files.
    if name == EVERYTHING and f"{root}catalog.ttl" in snapshot.files:
        led = {media: Form(f"{root}catalog{suffix}", elsewhere=True) for media, suffix in FORMS.items()}
        led["application/json"] = Form(f"{root}datapackage.json", elsewhere=True)
        found = {m: f for m, f in led.items() if f.path in snapshot.files} | found
    if found and HTML not in found and _is_dataset(snapshot, root, name) and f"{root}{DICTIONARY}" in snapshot.files:
        found = {HTML: Form(f"{root}{DICTIONARY}", elsewhere=True, fragment=name), **found}
    if found and _is_dataset(snapshot, root, name):
        found = dict(_downloads(snapshot, root, name)) | found
    # In the order of FORMS, since the first is what a client without a preference gets.
    return {media: found[media] for media in FORMS if media in found} | found


def _term(snapshot: Snapshot, name: str, language: str) -> Iterator[tuple[str, Form]]:
    """Yield where each form of all terms tells of one: it has no form of its own."""
    for media, form in forms(snapshot, VOCABULARY, language).items():
        yield media, Form(form.path, elsewhere=True, fragment=name if media == HTML else "")


def _downloads(snapshot: Snapshot, root: str, name: str) -> Iterator[tuple[str, Form]]:
    """Yield the files of a dataset in whatever other formats it was published."""
    start = f"{root}{snapshot.id}." if name == EVERYTHING else f"{root}{name}/{name}."
    for path, file in snapshot.files.items():
        # Bytes of an unknown kind have no media type that anybody could ask for.
        if path.startswith(start) and file.media_type not in (*FORMS, "application/octet-stream"):
            yield file.media_type, Form(path, elsewhere=name == EVERYTHING)


def _split(path: str) -> tuple[str, str]:
    """Return the folder of a version, which is empty for the latest, and the rest of a path."""
    parts = path.split("/")
    return ("/".join(parts[:2]) + "/", "/".join(parts[2:])) if parts[0] == "v" and len(parts) > 2 else ("", path)


def _is_dataset(snapshot: Snapshot, root: str, name: str) -> bool:
    return name == EVERYTHING or f"{root}{name}/{name}.csv" in snapshot.files


def _forms(snapshot: Snapshot, path: str, root: str, name: str, language: str) -> Iterator[tuple[str, Form]]:
    last = path.rpartition("/")[2]
    for media, suffix in FORMS.items():
        candidates = [f"{path}{suffix}", f"{path}/{last}{suffix}"]
        if media == HTML:
            candidates = [
                *pages(snapshot, root, name, language),
                *candidates,
            ]
        for candidate in candidates:
            if candidate in snapshot.files or is_converted(snapshot, candidate):
                yield media, Form(candidate)
                break


def pages(snapshot: Snapshot, root: str, name: str, language: str) -> Iterator[str]:
    """Yield where the site below a root has the page of a thing, in the client's language first."""
    languages = languages_of(snapshot, root)
    for spoken in sorted(languages, key=lambda other: other != language):
        for path in ("index.html",) if name == snapshot.whole else (f"{name}.html", f"{name}/index.html"):
            yield root + in_language(path, spoken, languages)


def languages_of(snapshot: Snapshot, root: str = "") -> tuple[str, ...]:
    """Return the languages of a site's pages: that of the page at its root, and those in whose folder there is one."""
    key = f"languages {root}"
    known = snapshot.kept.get(key)
    if not isinstance(known, str):
        home = snapshot.files.get(f"{root}index.html")
        first = _LANG.search(home.content[:_HEAD]) if home else None
        others = (match[1] for path in snapshot.files if (match := _TRANSLATED.fullmatch(path.removeprefix(root))))
        known = snapshot.kept[key] = " ".join([first[1].decode() if first else SOURCE, *sorted(others)])
    return tuple(known.split())


_LANG, _HEAD = re.compile(rb'<html lang="([a-z]{2})"'), 200
_TRANSLATED = re.compile(r"([a-z]{2})/index\.html")


def is_translated(snapshot: Snapshot, name: str) -> bool:
    """Return whether the page of what a path names is chosen by language."""
    root, name = _split(snapshot.whole if name in snapshot.terms else name)
    return sum(page in snapshot.files for page in pages(snapshot, root, name, "")) > 1
