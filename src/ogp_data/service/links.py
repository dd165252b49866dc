"""`Link` headers: FAIR Signposting (https://signposting.org/FAIR/) and the description of each CSV.

Targets are relative to the address that was asked for, so that they hold behind any proxy; only names are absolute.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

import pyoxigraph as ox

from ogp_data.catalogue.metadata import EVERYTHING
from ogp_data.core.vocab import DCT
from ogp_data.service.listing import Catalogue, catalogue_of, node
from ogp_data.service.resolve import Form
from ogp_data.service.snapshot import VOCABULARY, Snapshot

LINKSET, LINKSET_TYPE = "linkset", "application/linkset+json"
CSVW, CSVW_TYPE = ".csv-metadata.json", "application/csvm+json"
MOST = 30
"""A page of more items lists them in its link set only: headers have bounds."""

_SCHEMA = "https://schema.org/"
_METADATA = {"ttl": "text/turtle", "jsonld": "application/ld+json", "rdf": "application/rdf+xml"}


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a document: where to, what for, and what is there. An absolute target is a name."""

    target: str
    rel: str
    about: Mapping[str, str] = field(default_factory=dict)


def relative(target: str, here: str) -> str:
    """Return a path below a publication as seen from another one."""
    if "://" in target:
        return target
    folder, _, name = target.rpartition("/")
    steps = posixpath.relpath(f"/{folder}", posixpath.dirname(f"/{here}"))
    # "./" and not "": an empty target is the address that was asked for, with its query.
    return quote(name or "./") if steps == "." else quote(f"{steps}/{name}")


def header(links: Iterator[Link], here: str) -> str:
    """Return the links of a document as a header."""
    return ", ".join(
        f'<{relative(link.target, here)}>; rel="{link.rel}"' + "".join(f'; {k}="{v}"' for k, v in link.about.items())
        for link in links
    )


def links_of(snapshot: Snapshot, path: str, forms: Mapping[str, Form] | None = None) -> Iterator[Link]:
    """Yield the links of a file, or of the document in the given forms that a path names."""
    if snapshot.is_vocabulary:
        yield from _of_vocabulary(snapshot, path, forms or {})
        return
    name = _dataset(snapshot, path)
    catalogue = catalogue_of(snapshot)
    yield Link(LINKSET, "linkset", {"type": LINKSET_TYPE})
    for licence in catalogue.values(catalogue.iri, node(DCT.license)):
        if isinstance(licence, ox.NamedNode):
            yield Link(licence.value, "license")
    yield from (Link(form.path, "alternate", {"type": media}) for media, form in (forms or {}).items())
    # A page is a landing page, and everything else of the dataset is content: Signposting asks different links of them.
    if name and _is_page(path, name):
        yield from _landing(snapshot, catalogue, name)
    elif name:
        yield from _content(path, name)
    elif path in ("", "catalog", "index.html") or path.startswith("catalog."):
        yield from _of_catalogue(snapshot, catalogue)


def _of_vocabulary(snapshot: Snapshot, path: str, forms: Mapping[str, Form]) -> Iterator[Link]:
    """Yield the links of the vocabulary, a term or a code list: its name, and the forms in which it is told of."""
    if forms:
        yield Link(snapshot.base_iri + ("" if path == VOCABULARY else path), "cite-as")
        yield Link(f"{_SCHEMA}{'DefinedTerm' if path in snapshot.terms else 'DefinedTermSet'}", "type")
    yield from (Link(form.path, "alternate", {"type": media}) for media, form in forms.items())


def _dataset(snapshot: Snapshot, path: str) -> str:
    """Return the dataset that a path belongs to, or nothing."""
    first = path.split("/")[0]
    return first if first == EVERYTHING or first in snapshot.datasets else ""


def _is_page(path: str, name: str) -> bool:
    return path in (name, f"{name}/", f"{name}/index.html")


def _landing(snapshot: Snapshot, catalogue: Catalogue, name: str) -> Iterator[Link]:
    iri = node(f"{snapshot.base_iri}{name}")
    yield Link(iri.value, "cite-as")
    yield from (Link(f"{_SCHEMA}{kind}", "type") for kind in ("Dataset", "AboutPage"))
    yield from _authors(catalogue, iri)
    yield from _described(snapshot)
    if f"{name}/{name}{CSVW}" in snapshot.files:
        yield Link(f"{name}/{name}{CSVW}", "describedby", {"type": CSVW_TYPE})
    yield from _items(snapshot, name)
    yield Link("catalog", "collection", {"type": "text/turtle"})


def _items(snapshot: Snapshot, name: str) -> Iterator[Link]:
    """Yield the files of a dataset; everything together has those that lie in no folder."""
    for path, file in snapshot.files.items():
        of_dataset = path.startswith(f"{name}/{name}.") and not path.endswith(CSVW)
        of_all = name == EVERYTHING and "/" not in path and path.startswith((f"{snapshot.id}.", "datapackage."))
        if of_dataset or of_all:
            yield Link(path, "item", {"type": file.media_type})


def _content(path: str, name: str) -> Iterator[Link]:
    yield Link(name, "collection", {"type": "text/html"})
    yield Link(f"{_SCHEMA}Dataset", "type")
    if path == f"{name}/{name}.csv":
        yield Link(f"{name}/{name}{CSVW}", "describedby", {"type": CSVW_TYPE})
    if path == f"{name}/{name}{CSVW}":
        yield Link(f"{name}/{name}.csv", "describes", {"type": "text/csv"})


def _of_catalogue(snapshot: Snapshot, catalogue: Catalogue) -> Iterator[Link]:
    yield Link(catalogue.iri.value, "cite-as")
    yield from (Link(f"{_SCHEMA}{kind}", "type") for kind in ("DataCatalog", "AboutPage"))
    yield from _authors(catalogue, catalogue.iri)
    yield from _described(snapshot)
    if len(catalogue.datasets) <= MOST:
        for name in (*snapshot.datasets, EVERYTHING):
            yield Link(name, "item", {"type": "text/html"})


def _authors(catalogue: Catalogue, iri: ox.NamedNode) -> Iterator[Link]:
    for creator in catalogue.values(iri, node(DCT.creator)):
        if isinstance(creator, ox.NamedNode):
            yield Link(creator.value, "author")


def _described(snapshot: Snapshot) -> Iterator[Link]:
    for suffix, media in _METADATA.items():
        if f"catalog.{suffix}" in snapshot.files:
            yield Link(f"catalog.{suffix}", "describedby", {"type": media})


def linkset(snapshot: Snapshot, base: str) -> dict[str, object]:
    """Return the links of the catalogue, of each dataset and of their files, by RFC 9264; `base`: their address."""
    names = [*snapshot.datasets, EVERYTHING]
    paths = ["catalog", *names, *(link.target for name in names for link in _items(snapshot, name))]
    return {"linkset": [_context(snapshot, path, base) for path in paths]}


def _context(snapshot: Snapshot, path: str, base: str) -> dict[str, object]:
    found: dict[str, list[dict[str, str]]] = {}
    for link in links_of(snapshot, path):
        # The link set is the answer itself here, and would point to itself from every context.
        if link.rel != "linkset":
            href = link.target if "://" in link.target else base + quote(link.target)
            found.setdefault(link.rel, []).append({"href": href, **link.about})
    if path == "catalog" and "item" not in found:
        found["item"] = [{"href": base + quote(name), "type": "text/html"} for name in snapshot.datasets]
    return {"anchor": base + quote(path), **found}
