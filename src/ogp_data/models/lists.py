"""The lists of values that profiles prescribe: membership, labels and types.

They stand in values/, `index.toml` and a CSV file for each list; a list's codes are read when they are first asked for.
Validation needs to know that, say, the EU's CSV is a dct:MediaTypeOrExtent; a catalogue only names its IRI.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from ogp_data.core.namespaces import DCAT, DCT, FOAF, SKOS, VCARD, expand
from ogp_data.core.near import Near
from ogp_data.core.terms import RDF, RDFS, Iri, Literal
from ogp_data.core.words import Words

# dcat:Catalog is not here as subclass of dcat:Dataset, only of what that is itself: DCAT says so, but catalogues would
# then be held to what profiles ask of datasets.
AXIOMS: tuple[tuple[Iri, Iri], ...] = (
    (DCAT.Catalog, DCAT.Resource),
    (DCAT.Dataset, DCAT.Resource),
    (DCAT.DataService, DCAT.Resource),
    (DCAT.DatasetSeries, DCAT.Resource),
    (VCARD.Group, VCARD.Kind),
    (VCARD.Individual, VCARD.Kind),
    (VCARD.Location, VCARD.Kind),
    (VCARD.Organization, VCARD.Kind),
    (FOAF.Organization, FOAF.Agent),
    (DCT.MediaType, DCT.MediaTypeOrExtent),
)
"""Class and superclass, from DCAT 3, vCard, FOAF and Dublin Core."""

_AGENT = FOAF.Agent.value

CALLED = ("code", "en", "nl", "alpha2", "alpha3", "iso639_1", "iso639_3", "abbreviation", "also")
"""The columns of a list by whose text somebody may have meant its code."""
CALLED_EACH = ("media_types", "extensions")
"""The same, of which each word may have been meant."""


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who publishes the facts of a list, and on which terms they may be used."""

    name: str
    licence: str
    terms: str


@dataclass(frozen=True, slots=True)
class Concept:
    """One value of a list. `en` or `nl` is empty where its publisher gives no label in that language.

    `ended` is the day after which it is no longer in force; `facts` are the other columns of its list.
    """

    iri: str
    code: str
    en: str = ""
    nl: str = ""
    deprecated: bool = False
    ended: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)

    def label(self, language: str) -> str:
        """Return its label in a language, or in another where there is none: English first, the code last."""
        own = {"nl": self.nl, "en": self.en}.get(language, "")
        return own or self.en or self.nl or self.code

    @property
    def words(self) -> Words:
        """Return its labels, as what says itself in a language; the code where it has none."""
        return Words({tag: text for tag, text in (("en", self.en), ("nl", self.nl)) if text} or {"en": self.code})

    def labels(self) -> Iterator[Literal]:
        """Yield the label in each language there is, Dutch first; of a code that is a name, that as English."""
        said = (("nl", self.nl), ("en", self.en if self.en or self.nl else self.code))
        return (Literal(text, language=lang) for lang, text in said if text)


@dataclass(frozen=True)
class ValueList:
    """A list, its concepts by IRI, and the class that a property's range asks of them.

    A list `grows` when its publisher adds codes all the time; one without a file is known by its `pattern` alone.
    `dutch` says who made the Dutch labels, "" when that is the publisher.
    """

    id: str
    scheme: str
    bases: tuple[str, ...]
    title: Words
    publisher: Publisher
    date: str
    kind: str = ""
    pattern: str = ""
    grows: bool = False
    dutch: str = ""
    file: Path | None = None
    called: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """What people write for a code, where nobody could tell it from the code or its label."""

    @property
    def base(self) -> str:
        """Return what stands before each code in an IRI."""
        return self.bases[0]

    @cached_property
    def rows(self) -> dict[str, dict[str, str]]:
        """Return the columns of each code, read at the first question."""
        if self.file is None:
            return {}
        with self.file.open(encoding="utf-8", newline="") as lines:
            header, *rows = csv.reader(lines)
        return {row[0]: dict(zip(header, row, strict=True)) for row in rows}

    @cached_property
    def concepts(self) -> Mapping[str, Concept]:
        """Return every concept by its IRI."""
        return {self.base + code: self._concept(code, row) for code, row in self.rows.items()}

    def __contains__(self, iri: str) -> bool:
        """Return whether the list holds the IRI; where it has no codes, whether the IRI has the form of its own."""
        return (self.get(iri) is not None) if self.file else self.fits(iri)

    def fits(self, iri: str) -> bool:
        """Return whether an IRI has the form of those of the list."""
        code = self._code(iri)
        return code is not None and self.pattern != "" and re.fullmatch(self.pattern, code) is not None

    def get(self, iri: str) -> Concept | None:
        """Return what is known of an IRI, None when its code is not in the list."""
        code = self._code(iri)
        row = self.rows.get(code) if code is not None else None
        return self._concept(code, row) if code is not None and row is not None else None

    def of_code(self, code: str) -> Concept | None:
        """Return the concept of a code, None when it is not in the list."""
        row = self.rows.get(code)
        return self._concept(code, row) if row is not None else None

    def nearest(self, written: str) -> list[Concept]:
        """Return which concepts may be meant by a code, name or IRI that is not in the list, the nearest first."""
        steps = re.split(r"[/#]", written.rstrip("/#"))
        is_elsewhere = "://" in written and not written.startswith(self.base)
        word = steps[-1] if is_elsewhere else written.removeprefix(self.base)
        return [self._concept(code, self.rows[code]) for code in self._near.of(word, "/".join(steps[-2:]))]

    @cached_property
    def _near(self) -> Near:
        is_agent = self.kind == _AGENT
        return Near((code, [*_words(row, is_agent), *self.called.get(code, ())]) for code, row in self.rows.items())

    def _code(self, iri: str) -> str | None:
        base = next((base for base in self.bases if iri.startswith(base)), None)
        return None if base is None else iri[len(base) :]

    def _concept(self, code: str, row: Mapping[str, str]) -> Concept:
        said, deprecated = row.get, row.get("status") == "deprecated"
        return Concept(self.base + code, code, said("en", ""), said("nl", ""), deprecated, said("ended", ""), row)

    @property
    def _is_scheme(self) -> bool:
        """Return whether the list names concepts; organisations are none, nor is what only a pattern knows."""
        return self.file is not None and self.kind != _AGENT

    def described(self, iris: Iterable[str]) -> Iterator[ox.Triple]:
        """Yield the list as a concept scheme with some of its concepts; KeyError when one is not in it."""
        if self._is_scheme:
            scheme = Iri(self.scheme)
            yield ox.Triple(scheme, RDF.type, SKOS.ConceptScheme)
            for language, title in self.title.items():
                yield ox.Triple(scheme, DCT.title, Literal(title, language=language))
        for iri in iris:
            yield from self._described(iri)

    def _described(self, iri: str) -> Iterator[ox.Triple]:
        concept = self.get(iri)
        if concept is None and not self.fits(iri):
            raise KeyError(iri)
        subject = Iri(iri)
        for kind in filter(None, (SKOS.Concept.value if self._is_scheme else "", self.kind)):
            yield ox.Triple(subject, RDF.type, Iri(kind))
        if concept and self._is_scheme:
            yield ox.Triple(subject, SKOS.inScheme, Iri(self.scheme))
            for label in concept.labels():
                yield ox.Triple(subject, SKOS.prefLabel, label)


@dataclass(frozen=True)
class ValueLists:
    """All lists, by id."""

    lists: Mapping[str, ValueList] = field(default_factory=dict)

    def __getitem__(self, list_id: str) -> ValueList:
        """Return the list of this id; KeyError when there is none."""
        return self.lists[list_id]

    @cached_property
    def _bases(self) -> tuple[str, ...]:
        return tuple(base for values in self.lists.values() for base in values.bases)

    def read(self) -> list[str]:
        """Return the ids of the lists whose codes have been read."""
        return [values.id for values in self.lists.values() if "rows" in vars(values)]

    def concept(self, iri: str) -> Concept | None:
        """Return what is known of an IRI: code and labels."""
        home = self.home(iri)
        return home.get(iri) if home else None

    def home(self, iri: str) -> ValueList | None:
        """Return the list, thus the scheme and class, of an IRI."""
        if not iri.startswith(self._bases):
            return None
        return next((values for values in self.lists.values() if _holds(values, iri)), None)

    def label(self, iri: str, language: str = "en") -> str:
        """Return an IRI's label; English where there is no Dutch one, "" when the IRI is in no list."""
        concept = self.concept(iri)
        return concept.label(language) if concept else ""

    def background(self, named: Iterable[str]) -> Iterator[ox.Triple]:
        """Yield what a validator must know besides a catalogue: the axioms, and what it `named` of the lists."""
        for below, above in AXIOMS:
            yield ox.Triple(below, RDFS.subClassOf, above)
        known: dict[str, list[str]] = {}
        schemes = {values.scheme: values for values in self.lists.values()}
        for iri in set(named):
            if home := self.home(iri) or schemes.get(iri):
                known.setdefault(home.id, []).append(iri)
        for list_id, iris in sorted(known.items()):
            values = self.lists[list_id]
            yield from values.described(sorted(iri for iri in iris if iri != values.scheme))


def _holds(values: ValueList, iri: str) -> bool:
    return iri in values or (values.grows and values.fits(iri))


def _words(row: Mapping[str, str], is_agent: bool) -> Iterator[str]:
    """Yield by what a code may be known: "gemeente Utrecht" is just "Utrecht" to many."""
    if is_agent:
        yield row["nl"].partition(" ")[2]
    yield from (row.get(column, "") for column in CALLED)
    yield from (word for column in CALLED_EACH for word in row.get(column, "").split())


def load_lists(folder: Path) -> ValueLists:
    """Return the lists of a folder; KeyError, ValueError or TypeError when its index is not as it should be."""
    index: dict[str, Any] = tomllib.loads((folder / "index.toml").read_text(encoding="utf-8"))
    publishers = {key: Publisher(**table) for key, table in index["publisher"].items()}
    return ValueLists(
        {list_id: _value_list(list_id, table, publishers, folder) for list_id, table in index["list"].items()}
    )


def _value_list(list_id: str, table: Mapping[str, Any], publishers: Mapping[str, Publisher], folder: Path) -> ValueList:
    file = folder / f"{list_id}.csv"
    bases = [table.get("base", table["scheme"] + "/"), *table.get("also", ())]
    return ValueList(
        id=list_id,
        scheme=table["scheme"],
        bases=tuple(bases),
        title=Words(table["title"]),
        publisher=publishers[table["publisher"]],
        date=table.get("date", ""),
        kind=_class(table.get("class", "")),
        pattern=table.get("pattern", ""),
        grows=table.get("grows", False),
        dutch=table.get("dutch", ""),
        file=file if file.is_file() else None,
        called=table.get("called", {}),
    )


def _class(curie: str) -> str:
    if not curie:
        return ""
    iri = expand(curie)
    if iri is None:
        raise ValueError(f"the class {curie} is in no vocabulary of this project")
    return iri.value
